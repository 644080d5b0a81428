//! Looks at Rust source as tokens: which macros are called, which attributes stand there. Comments and strings do not
//! count. What is not Rust has no tokens: the compiler says what is wrong with it.

use std::borrow::Cow;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use workbook::course::Files;

use super::Failure;

pub fn rust(files: &Files) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let rust = files.iter().filter(|(name, _)| name.ends_with(".rs"));
    rust.map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes)))
}

/// That this is wrong in each of these lines.
pub fn failures(file: &str, lines: Vec<usize>, problem: &str, mend: &str) -> Vec<Failure> {
    lines.iter().map(|line| Failure::new(format!("{file}:{line} {problem}"), mend)).collect()
}

pub fn calls(text: &str, name: &str) -> Vec<usize> {
    lines(tokens(text), &|tokens| call(tokens, name).is_some())
}

/// The lines with a `todo!` that does not say what to do.
pub fn silent_todos(text: &str) -> Vec<usize> {
    let says = |arguments: &Group| match arguments.stream().into_iter().next() {
        Some(TokenTree::Literal(text)) => !text.to_string().trim_matches('"').trim().is_empty(),
        first => first.is_some(),
    };
    lines(tokens(text), &|tokens| call(tokens, "todo").is_some_and(|arguments| !says(arguments)))
}

/// The lines with the attribute `#[name…]` or `#![name…]`.
pub fn attributes(text: &str, name: &str) -> Vec<usize> {
    lines(tokens(text), &|tokens| {
        let [hash, rest @ ..] = tokens else { return false };
        let rest = rest.split_first().filter(|(first, _)| is(first, "!")).map_or(rest, |(_, rest)| rest);
        let [TokenTree::Group(group), ..] = rest else { return false };
        let first = group.stream().into_iter().next();
        is(hash, "#")
            && group.delimiter() == Delimiter::Bracket
            && first.is_some_and(|first| is(&first, name))
    })
}

/// The arguments of the call of the macro `name` with which these tokens begin.
fn call<'a>(tokens: &'a [TokenTree], name: &str) -> Option<&'a Group> {
    match tokens {
        [macro_name, bang, TokenTree::Group(arguments), ..] if is(macro_name, name) && is(bang, "!") => {
            Some(arguments)
        }
        _ => None,
    }
}

fn is(token: &TokenTree, text: &str) -> bool {
    matches!(token, TokenTree::Ident(_) | TokenTree::Punct(_)) && token.to_string() == text
}

/// The lines of the tokens from which on `wanted` finds what it looks for.
fn lines(tokens: TokenStream, wanted: &dyn Fn(&[TokenTree]) -> bool) -> Vec<usize> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        found.extend(wanted(&tokens[at..]).then(|| token.span().start().line));
        if let TokenTree::Group(group) = token {
            found.extend(lines(group.stream(), wanted));
        }
    }
    found
}

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
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
