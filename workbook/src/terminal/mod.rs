//! What stands in the terminal.

pub mod report_stream;
pub mod results;
pub mod screen;
pub mod style;

pub use report_stream::Stream;

/// How many columns there are; where there is no terminal, as many as a line may need.
pub fn width() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 120;
    }
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(20))
}

/// How many lines are seen at once, less two for the prompts; where there is no terminal, any number.
pub fn height() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return usize::MAX;
    }
    crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows).saturating_sub(2).max(10))
}
