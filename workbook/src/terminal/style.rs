//! Colours, as ANSI codes that the stream leaves out where they are not wanted.

use anstyle::{AnsiColor, Style};

pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub fn bold(text: &str) -> String {
    paint(Style::new().bold(), text)
}

/// `text` as something that is well.
pub fn good(text: &str) -> String {
    paint(AnsiColor::Green.on_default().bold(), text)
}

/// `text` as something to know.
pub fn note(text: &str) -> String {
    paint(AnsiColor::Yellow.on_default(), text)
}

/// `text` as something to mend.
pub fn bad(text: &str) -> String {
    paint(AnsiColor::Red.on_default().bold(), text)
}

/// What an error begins with.
pub fn error_word() -> String {
    bad("error:")
}

/// `text` in the background.
pub fn dim(text: &str) -> String {
    paint(Style::new().dimmed(), text)
}
