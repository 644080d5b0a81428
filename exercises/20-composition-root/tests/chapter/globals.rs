//! What would be a second way to choose the parts of the service: a global, the environment, another place that builds a
//! state. The sources are searched for it, line by line.

use std::{collections::BTreeSet, fs, path::Path};

/// The files of this crate, each with its lines. What stands after `//` is left out.
fn sources() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = layers::read(folder).expect("the sources of this crate");
    let files: BTreeSet<String> =
        map.modules.into_iter().map(|module| module.file).collect();
    let code = |line: &str| line.split("//").next().unwrap_or("").to_owned();
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(folder.join(&file)).expect("a module");
            (file, text.lines().map(code).collect())
        })
        .collect()
}

/// Whether this is a word of the line. `'static` is another word than `static`, and `env!` than `env`.
fn has_word(line: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !before.ends_with(|letter| is_part(letter) || letter == '\'')
            && !after.starts_with(|letter| is_part(letter) || letter == '!')
    })
}

/// Of each stretch of lines from one that begins so to one that ends so: whether a line is in it.
fn within(
    lines: &[String],
    begins: fn(&str) -> bool,
    ends: fn(&str) -> bool,
) -> Vec<bool> {
    let mut inside = false;
    let is_inside = |line: &String| {
        inside = inside || begins(line);
        let is_inside = inside;
        inside = inside && !ends(line);
        is_inside
    };
    lines.iter().map(is_inside).collect()
}

/// Holds that no line of the sources is wrong.
#[track_caller]
fn assert_no_line(rule: &str, is_wrong: impl Fn(&str, &[String]) -> Vec<bool>) {
    let mut found = Vec::new();
    for (file, lines) in sources() {
        for (at, wrong) in is_wrong(&file, &lines).into_iter().enumerate() {
            if wrong {
                found.push(format!("{file}:{}: {}", at + 1, lines[at].trim()));
            }
        }
    }
    assert!(found.is_empty(), "{rule}. Not so here:\n{}", found.join("\n"));
}

// ANCHOR: static
#[test]
fn wiring_and_http_have_no_static() {
    assert_no_line("What is shared is handed on as an argument", |file, lines| {
        // The migrations, which an adapter has compiled in, are a constant.
        let may = file.starts_with("src/adapters/");
        let is_static = |line: &String| {
            !may && (has_word(line, "static") || line.contains("thread_local!"))
        };
        lines.iter().map(is_static).collect()
    });
}
// ANCHOR_END: static

// ANCHOR: environment
#[test]
fn only_main_reads_the_environment() {
    assert_no_line("`main()` alone reads the environment", |file, lines| {
        let main =
            within(lines, |line| line.contains("fn main("), |line| line == "}");
        let imports = within(
            lines,
            |line| line.starts_with("use "),
            |line| line.ends_with(';'),
        );
        let of_main =
            |at: usize| file == "src/main.rs" && (main[at] || imports[at]);
        let reads =
            |(at, line): (usize, &String)| has_word(line, "env") && !of_main(at);
        lines.iter().enumerate().map(reads).collect()
    });
}
// ANCHOR_END: environment

/// Whether the fields of a state are written down in this line, and neither declared nor taken out of one.
fn fills_a_state(line: &str) -> bool {
    line.split_once("AppState {").is_some_and(|(before, after)| {
        let is_path = |letter: char| letter.is_alphanumeric() || letter == ':';
        let before = before.trim_end_matches(is_path);
        let other = ["struct ", "impl ", "for ", "let ", "-> "];
        !other.iter().any(|word| before.ends_with(word)) && !after.contains(".. }")
    })
}

// ANCHOR: state
#[test]
fn only_main_builds_a_state() {
    assert_no_line("main.rs alone builds an `AppState`", |file, lines| {
        let of_the_state = within(
            lines,
            |line| {
                line.starts_with("impl")
                    && !line.contains("Clone for")
                    && (line.contains("impl AppState")
                        || line.contains("for AppState"))
            },
            |line| line == "}",
        );
        let builds = |(at, line): (usize, &String)| {
            let given = line.split_once("-> ").map_or("", |(_, given)| given);
            file != "src/main.rs"
                && (has_word(given, "AppState")
                    || fills_a_state(line)
                    || of_the_state[at] && has_word(given, "Self"))
        };
        lines.iter().enumerate().map(builds).collect()
    });
}
// ANCHOR_END: state
