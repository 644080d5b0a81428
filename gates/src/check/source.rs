//! Looks at Rust source as text: which macros are called, which attributes stand there. Comments and strings do not
//! count.

/// A place in a file: the line, from 1.
pub type Line = usize;

/// The lines on which the macro `name` is called.
pub fn calls(text: &str, name: &str) -> Vec<Line> {
    let code = code(text);
    positions(&code, name).map(|at| line(text, at)).collect()
}

/// The lines with a `todo!` that does not say what to do.
pub fn silent_todos(text: &str) -> Vec<Line> {
    let code = code(text);
    let silent = |at: &usize| {
        let after = at + "todo".len() + 1;
        let arguments = code[after..].trim_start();
        let Some(inner) = arguments.strip_prefix(['(', '[', '{']) else { return false };
        let inner = inner.trim_start();
        if inner.starts_with([')', ']', '}']) {
            return true;
        }
        // The string's text is blank in `code`; it stands at the same place in `text`.
        let start = code.len() - inner.len() + 1;
        let says = || text[start..].split('"').next().unwrap_or_default().trim();
        inner.starts_with('"') && says().is_empty()
    };
    positions(&code, "todo").filter(silent).map(|at| line(text, at)).collect()
}

/// The lines with the attribute `#[name…]` or `#![name…]`.
pub fn attributes(text: &str, name: &str) -> Vec<Line> {
    let code = code(text);
    let is_there = |at: &usize| {
        let rest = code[at + 1..].trim_start();
        let rest = rest.strip_prefix('!').unwrap_or(rest).trim_start();
        let Some(rest) = rest.strip_prefix('[').and_then(|rest| rest.trim_start().strip_prefix(name)) else {
            return false;
        };
        !rest.starts_with(is_word)
    };
    code.match_indices('#').map(|(at, _)| at).filter(is_there).map(|at| line(text, at)).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn positions<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let called =
        move |at: &usize| code[at + name.len()..].starts_with('!') && !code[..*at].ends_with(is_word);
    code.match_indices(name).map(|(at, _)| at).filter(called)
}

fn line(text: &str, at: usize) -> Line {
    text[..at].matches('\n').count() + 1
}

/// `text` with blanks for comments and for what stands in strings, every byte in its place.
fn code(text: &str) -> String {
    let mut code = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (start, end) = next_blank(text, at);
        code[at + start..at + end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        // A string is stepped over with its closing quote.
        let closing = rest[end..].chars().next().filter(|_| end > 0 && start > 0).map_or(0, char::len_utf8);
        let step = rest.chars().next().map_or(1, char::len_utf8);
        at += (end + closing).max(step);
    }
    String::from_utf8(code).expect("blanks replace whole characters")
}

/// If a comment, a string or a character literal begins at `at`: which bytes from there are blank.
fn next_blank(text: &str, at: usize) -> (usize, usize) {
    let rest = &text[at..];
    let within_word = text[..at].ends_with(is_word);
    if rest.starts_with("//") {
        return (0, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (0, block_comment(rest));
    }
    if let Some(body) = rest.strip_prefix('"') {
        return (1, 1 + until_quote(body, '"'));
    }
    if !within_word && let Some((open, close)) = raw_string(rest) {
        return (open, rest[open..].find(&close).map_or(rest.len(), |end| open + end));
    }
    if let Some(body) = rest.strip_prefix('\'') {
        let mut letters = body.chars();
        let (first, second) = (letters.next(), letters.next());
        // Otherwise it is a lifetime.
        if first == Some('\\') || second == Some('\'') {
            return (1, 1 + until_quote(body, '\''));
        }
    }
    (0, 0)
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let step = match &rest[at..] {
            here if here.starts_with("/*") => {
                depth += 1;
                2
            }
            here if here.starts_with("*/") => {
                depth -= 1;
                2
            }
            here => here.chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

fn until_quote(body: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in body.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at,
            _ => {}
        }
    }
    body.len()
}

/// The length of `r#"`, and what closes it.
fn raw_string(rest: &str) -> Option<(usize, String)> {
    let prefix = ["br", "cr", "r"].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let after = &rest[prefix.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then(|| (prefix.len() + hashes + 1, format!("\"{}", "#".repeat(hashes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_found_and_its_name_in_words_is_not() {
        let text = "// todo!()\n/* todo!() /* todo!() */ */\nlet a = \"todo!()\";\nlet b = r#\"todo!() \"# ;\nfn my_todo() {}\nmy_todo!();\ntodo!(\"x\");\n";
        assert_eq!(calls(text, "todo"), [7]);
    }

    #[test]
    fn characters_and_lifetimes_do_not_open_a_string() {
        let text = "fn f<'a>(x: &'a str) { let q = '\"'; let r = '\\''; todo!() } // 'é'\nlet s = \"é \\\" todo!()\"; todo!()";
        assert_eq!(calls(text, "todo"), [1, 2]);
    }

    #[test]
    fn a_todo_says_what_to_do() {
        let text = "todo!()\ntodo! [ ]\ntodo!(\"\")\ntodo!(\" \")\ntodo!(\"add the route\")\ntodo!(\n    \"say é\"\n)\ntodo!(\"{}\", x)\n";
        assert_eq!(silent_todos(text), [1, 2, 3, 4]);
    }

    #[test]
    fn an_attribute_is_found_in_both_forms() {
        let text = "#![allow(dead_code)]\n#[ allow(unused)]\n#[allowed]\n// #[allow(x)]\n#[ignore]\n#[ignore = \"slow\"]\n";
        assert_eq!(attributes(text, "allow"), [1, 2]);
        assert_eq!(attributes(text, "ignore"), [5, 6]);
    }
}
