//! Colours, as ANSI codes that the stream leaves out where they are not wanted.

use anstyle::{AnsiColor, Style};

pub const GREEN: Style = AnsiColor::Green.on_default().bold();
pub const RED: Style = AnsiColor::Red.on_default().bold();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();

/// `text` in this style.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` in bold.
pub fn bold(text: &str) -> String {
    paint(BOLD, text)
}

/// `text` as something that is well.
pub fn good(text: &str) -> String {
    paint(GREEN, text)
}

/// `text` as something to know.
pub fn note(text: &str) -> String {
    paint(YELLOW, text)
}

/// `text` as something to mend.
pub fn bad(text: &str) -> String {
    paint(RED, text)
}

/// What an error begins with.
pub fn error_word() -> String {
    paint(RED, "error:")
}

/// `text` in the background.
pub fn dim(text: &str) -> String {
    paint(DIM, text)
}
