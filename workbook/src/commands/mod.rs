//! What each command of `cargo workbook` does.

pub mod build;
pub mod carry;
pub mod check;
pub mod doctor;
pub mod learn;
pub mod map;
pub mod new;
pub mod start;
pub mod verify;

/// How many columns there are; where there is no terminal, as many as a line may need.
pub fn terminal_width() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 120;
    }
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).max(20))
}
