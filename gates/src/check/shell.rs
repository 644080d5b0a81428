//! The commands in a console block, taken apart as a shell would: without a shell, so that they run on every system.

use std::fmt;

/// A command of a console block with what stands below it.
#[derive(Debug, PartialEq)]
pub struct Step {
    /// The line of the block it begins on, from 0.
    pub line: usize,
    pub command: String,
    pub output: Vec<String>,
}

/// The commands of a block: a line that begins with `$ `, and what follows it as long as a quote is open or a line
/// ends with a backslash.
pub fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = block.lines().enumerate();
    while let Some((line, text)) = lines.next() {
        if let Some(command) = text.strip_prefix("$ ") {
            let mut command = command.to_owned();
            while words(&command) == Err(Untold::Open) {
                let Some((_, more)) = lines.next() else { break };
                command.push('\n');
                command.push_str(more);
            }
            steps.push(Step { line, command, output: Vec::new() });
        } else if let Some(step) = steps.last_mut() {
            step.output.push(text.trim_end().to_owned());
        }
    }
    for Step { output, .. } in &mut steps {
        output.truncate(output.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
    }
    steps
}

/// Why a command cannot be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// A quote or the line goes on.
    Open,
    /// It needs a shell: a pipe, a redirection, a variable.
    NeedsShell(char),
}

impl fmt::Display for Untold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => write!(f, "a quote in it is never closed"),
            Self::NeedsShell(letter) => write!(f, "it has a {letter}, which only a shell understands"),
        }
    }
}

/// The words of a command: blanks part them, quotes and backslashes keep them together.
pub fn words(command: &str) -> Result<Vec<String>, Untold> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut letters = command.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some('\''), _) => word.get_or_insert_default().push(letter),
            (_, '\\') => match letters.next() {
                None => return Err(Untold::Open),
                Some('\n') => {}
                Some(kept @ ('"' | '\\' | '$')) if quote.is_some() => word.get_or_insert_default().push(kept),
                Some(kept) if quote.is_some() => word.get_or_insert_default().extend(['\\', kept]),
                Some(kept) => word.get_or_insert_default().push(kept),
            },
            (_, '$' | '`') => return Err(Untold::NeedsShell(letter)),
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '|' | '>' | '<' | ';' | '&') => return Err(Untold::NeedsShell(letter)),
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    if quote.is_some() {
        return Err(Untold::Open);
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_a_shell_parts_them() {
        let command = r#"curl -d '{"a": "b\n"}' -H "x: \"y\" \z" '' a\ b c"d"'e'"#;
        let expected = ["curl", "-d", r#"{"a": "b\n"}"#, "-H", r#"x: "y" \z"#, "", "a b", "cde"];
        assert_eq!(words(command).unwrap(), expected);
        assert_eq!(words("curl a \\\n  b").unwrap(), ["curl", "a", "b"]);
    }

    #[test]
    fn what_needs_a_shell_is_refused() {
        for (command, letter) in
            [("a | b", '|'), ("a > b", '>'), ("a $B", '$'), ("a \"$B\"", '$'), ("a & b", '&')]
        {
            assert_eq!(words(command), Err(Untold::NeedsShell(letter)), "{command}");
        }
        assert_eq!(words("a '$B | c > d'").unwrap(), ["a", "$B | c > d"]);
    }

    #[test]
    fn a_block_is_commands_with_what_stands_below_them() {
        let block = "said before\n$ curl -d '{\n}' \\\n  x\nHTTP/1.1 200 OK \n\nbody\n\n$ cargo run\n";
        let found = steps(block);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].command.as_str()), (1, "curl -d '{\n}' \\\n  x"));
        assert_eq!(found[0].output, ["HTTP/1.1 200 OK", "", "body"]);
        assert_eq!((found[1].line, found[1].output.len()), (8, 0));
    }
}
