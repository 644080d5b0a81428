//! What the keys do.

use anyhow::Result;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Watch;
use crate::{
    learner::{CourseStatus, Progress, actions, text},
    terminal::{self, results, style},
};

impl Watch<'_> {
    /// Acts on a key; tells whether to quit.
    pub(super) fn key(&mut self, key: KeyEvent) -> Result<bool> {
        let asked = self.asked.take();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if let Some(typed) = self.typed.take().filter(|_| !control) {
            return self.type_on(typed, key.code).map(|()| false);
        }
        let said = match key.code {
            KeyCode::Char('c' | 'd') if control => return Ok(true),
            KeyCode::Char('g') => return self.type_on(String::new(), KeyCode::Null).map(|()| false),
            KeyCode::Char(digit) if digit.is_ascii_digit() => {
                return self.type_on(String::new(), key.code).map(|()| false);
            }
            KeyCode::Char('q') | KeyCode::Esc => return Ok(true),
            KeyCode::Char('r') => return self.start_run().map(|()| false),
            KeyCode::Char('n') => return self.next().map(|()| false),
            KeyCode::Char('a') => {
                let whole = |report| {
                    results::chapter(report, true, terminal::width()) + &results::report(report, true)
                };
                Ok(self.last.as_ref().map_or_else(String::new, whole))
            }
            KeyCode::Char('h') => actions::next_hint(self.course, self.chapter),
            KeyCode::Char('l') => CourseStatus::load(self.course).map(|status| {
                text::list(&status, terminal::width())
                    + "To go to a chapter, type its number and press Enter.\n"
            }),
            KeyCode::Char('o') => actions::open(self.course, self.chapter).map(|text| text + "\n"),
            KeyCode::Char('s') => self.solution(asked == Some('s')),
            KeyCode::Char('u') => actions::take_back(self.course, self.chapter).map(|text| text + "\n"),
            KeyCode::Char('x') if asked == Some('x') => {
                actions::to_start(self.course, self.chapter).map(|text| text + "\n")
            }
            KeyCode::Char('x') => {
                self.asked = Some('x');
                Ok("Back to the start of this exercise? Your files are kept. Press x again.\n".into())
            }
            _ => return Ok(false),
        };
        let text = said.unwrap_or_else(|error| format!("{} {error:#}\n", style::error_word()));
        self.screen.print(&format!("\n{text}"));
        let _ = self.tell_state();
        Ok(false)
    }

    /// One key more of a chapter's number or name; Enter goes there.
    fn type_on(&mut self, mut typed: String, key: KeyCode) -> Result<()> {
        match key {
            KeyCode::Esc => {
                self.screen.print("\r\x1b[K");
                return Ok(());
            }
            KeyCode::Enter if typed.is_empty() => return Ok(()),
            KeyCode::Enter => match self.course.chapter(&typed) {
                Ok(chapter) => return self.run_chapter(chapter),
                Err(error) => {
                    self.screen.print(&format!("\n{} {error:#}\n", style::error_word()));
                    return Ok(());
                }
            },
            KeyCode::Backspace => drop(typed.pop()),
            KeyCode::Char(letter) => typed.push(letter),
            _ => {}
        }
        self.screen.print(&format!("\r\x1b[KGo to chapter (number or name, then Enter): {typed}"));
        self.typed = Some(typed);
        Ok(())
    }

    fn solution(&mut self, show_me: bool) -> Result<String> {
        let reference = actions::reference(self.course, self.chapter, show_me)?;
        Ok(reference.unwrap_or_else(|| {
            self.asked = Some('s');
            "Not green yet. To see the reference all the same, which is written down, press s again.\n".into()
        }))
    }

    fn next(&mut self) -> Result<()> {
        let progress = Progress::load(&self.course.root)?;
        let green = progress.is_green(&self.chapter.id);
        match progress.current(self.course) {
            Some(next) if green => return self.run_chapter(next),
            None if green => self.screen.print("\nYou have solved every chapter.\n"),
            _ => self.screen.print("\nNot green yet. To go to another chapter all the same, press g.\n"),
        }
        Ok(())
    }
}
