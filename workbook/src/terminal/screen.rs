//! The terminal: plain lines where there is none, single keys where there is one, and always as it was on leaving.

use std::io::{self, IsTerminal, Write};

use crossterm::terminal;
use indicatif::MultiProgress;

/// While it lives, keys come one by one; dropping it gives the terminal back.
pub struct Screen {
    /// Whether there are any.
    pub keys: bool,
    /// The bars at the end of the screen; text is written above them.
    pub bars: MultiProgress,
}

impl Screen {
    pub fn open() -> Self {
        let terminals = io::stdout().is_terminal() && io::stdin().is_terminal();
        Self { keys: terminals && terminal::enable_raw_mode().is_ok(), bars: MultiProgress::new() }
    }

    /// Empties the visible part and keeps what was scrolled away.
    pub fn clear(&self) {
        if io::stdout().is_terminal() {
            self.print("\x1b[2J\x1b[H");
        }
    }

    /// Writes text. A terminal that went away is no reason to fail: there is nobody to tell.
    pub fn print(&self, text: &str) {
        let mut text = text.to_owned();
        if self.keys {
            // In raw mode a line feed alone does not go back to the first column.
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        self.bars.suspend(|| {
            let mut out = anstream::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        });
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.keys {
            let _ = terminal::disable_raw_mode();
        }
    }
}
