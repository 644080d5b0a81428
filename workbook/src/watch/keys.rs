//! What the keys do.

use anyhow::Result;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Asked, Watch};
use crate::{
    commands::{learn, terminal_width},
    progress::Progress,
    show,
    status::Status,
};

impl Watch<'_> {
    /// Acts on a key; tells whether to quit.
    pub(super) fn key(&mut self, key: KeyEvent) -> Result<bool> {
        let asked = self.asked.take();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let said = match key.code {
            KeyCode::Char('c' | 'd') if control => return Ok(true),
            KeyCode::Char('q') | KeyCode::Esc => return Ok(true),
            KeyCode::Char('r') => return self.start_run().map(|()| false),
            KeyCode::Char('n') => return self.next().map(|()| false),
            KeyCode::Char('a') => {
                Ok(self.last.as_ref().map_or_else(String::new, |report| show::report(report, true)))
            }
            KeyCode::Char('h') => learn::next_hint(self.course, self.chapter),
            KeyCode::Char('l') => {
                Status::load(self.course).map(|status| show::list(&status, terminal_width()))
            }
            KeyCode::Char('s') => self.solution(asked == Some(Asked::Solution)),
            KeyCode::Char('u') => learn::take_back(self.course, self.chapter).map(|text| text + "\n"),
            KeyCode::Char('x') if asked == Some(Asked::Reset) => {
                learn::to_start(self.course, self.chapter).map(|text| text + "\n")
            }
            KeyCode::Char('x') => {
                self.asked = Some(Asked::Reset);
                Ok("Back to the start of this exercise? Your files are kept. Press x again.\n".into())
            }
            _ => return Ok(false),
        };
        let text = said.unwrap_or_else(|error| format!("{} {error:#}\n", show::error_word()));
        self.screen.print(&format!("\n{text}"));
        self.tell_state();
        Ok(false)
    }

    fn solution(&mut self, show_me: bool) -> Result<String> {
        Ok(match learn::reference(self.course, self.chapter, show_me)? {
            Some(text) => text,
            None => {
                self.asked = Some(Asked::Solution);
                "Not green yet. To see the reference all the same, which is written down, press s again.\n"
                    .into()
            }
        })
    }

    fn next(&mut self) -> Result<()> {
        let progress = Progress::load(&self.course.root)?;
        if !progress.is_green(&self.chapter.id) {
            self.screen
                .print("\nNot green yet. To go to another chapter all the same: cargo workbook watch ID\n");
            return Ok(());
        }
        let Some(next) = progress.current(self.course) else {
            self.screen.print("\nYou have solved every chapter.\n");
            return Ok(());
        };
        self.run_chapter(next)
    }
}
