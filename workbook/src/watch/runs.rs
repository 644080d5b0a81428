//! Runs: one at a time, begun by a save, a key or a page, and seen alike in the terminal and on every page.

use std::thread;

use anyhow::Result;

use super::{Message, News, Watch, causes::Cause, files};
use crate::{
    course::{Chapter, Course},
    learner::{CourseStatus, Editor, Progress, record, text},
    runner::{BuildEvent, Outcome, Report, RunEvent, Stop, cargo},
    serve::live::{Live, Phase, Run},
    terminal::{self, Stream, results, style},
};

impl<'a> Watch<'a> {
    /// Runs the current chapter when its sources are not those of the last run.
    pub(super) fn run_if_changed(&mut self, during: bool) -> Result<()> {
        match self.causes.of(&files::sources(&self.chapter.dir), during) {
            Cause::None => Ok(()),
            Cause::Save => self.start_run(),
            Cause::Run(name) => {
                self.screen.print(&format!(
                    "\n{name} is written by the tests themselves: it starts no run any more.\n"
                ));
                Ok(())
            }
        }
    }

    /// Runs the current chapter, at once or as soon as what is going on has been stopped.
    pub(super) fn start_run(&mut self) -> Result<()> {
        if let Some(stop) = &self.running {
            stop.now();
            self.again = true;
            return Ok(());
        }
        self.again = false;
        self.asked = None;
        self.causes.begin(files::sources(&self.chapter.dir));
        let stop = Stop::default();
        let (root, id, sender) = (self.course.root.clone(), self.chapter.id.clone(), self.sender.clone());
        let live = Live::new(&id, Editor::load(&root).unwrap_or_else(|_| Editor::usual(&root)));
        self.screen.clear();
        if let Some(served) = self.served {
            self.screen.print(&format!("The book: {}\n\n", served.page(self.chapter)));
            served.server.publish_run(&live.run);
        }
        self.screen.print(&format!("{}\n", results::heading(self.chapter)));
        let stream = Stream::new(&root, self.chapter, "exercise", self.screen.bars.clone());
        (self.running, self.news) = (Some(stop.clone()), Some(News::new(live, stream)));
        thread::spawn(move || {
            let run = || {
                let course = Course::load(&root)?;
                let mut on = |event| drop(sender.send(Message::Run(event)));
                record::exercise(&course, course.chapter(&id)?, "", &stop, &mut on)
            };
            let _ = sender.send(Message::Ended(run()));
        });
        Ok(())
    }

    /// Makes a chapter the current one, here and for every other command, and runs it.
    pub(super) fn run_chapter(&mut self, chapter: &'a Chapter) -> Result<()> {
        Progress::update(&self.course.root, |progress| progress.current = Some(chapter.id.clone()))?;
        self.chapter = chapter;
        self.start_run()
    }

    /// Tells what the run has to tell. That it was stopped is of no interest where the next one of the same chapter is
    /// about to begin.
    pub(super) fn tell_news(&mut self) {
        let Some(news) = &mut self.news else { return };
        let show = |run: &Run| {
            let goes_on = self.again && run.id == self.chapter.id;
            if let Some(served) = self.served
                && !(goes_on && run.phase == Phase::Stopped)
            {
                served.server.publish_run(run);
            }
        };
        news.tell(|text| self.screen.print(text), show);
    }

    pub(super) fn tell_state(&self) -> Result<CourseStatus> {
        let status = CourseStatus::load(self.course)?;
        if let Some(served) = self.served {
            served.server.publish_status(&status);
        }
        Ok(status)
    }

    pub(super) fn ended(&mut self, result: Result<Report>) -> Result<()> {
        if let Some(news) = &mut self.news {
            news.end(&result);
        }
        self.tell_news();
        (self.running, self.news) = (None, None);
        match result {
            Ok(report) if report.outcome == Outcome::Stopped && self.again => {}
            Ok(report) => {
                self.screen.print(&results::report(&report, false));
                let (status, width) = (self.tell_state()?, terminal::width());
                let keys = if self.screen.keys { results::keys(&report, width) } else { String::new() };
                self.screen.print(&format!("\n{}\n{keys}", text::bar(&status, width)));
                self.last = Some(report);
            }
            Err(error) => self.screen.print(&format!("\n{} {error:#}\n", style::error_word())),
        }
        if self.again {
            return self.start_run();
        }
        self.prepare_next();
        Ok(())
    }

    pub(super) fn free(&mut self) -> Result<()> {
        self.running = None;
        if self.again { self.start_run() } else { Ok(()) }
    }

    /// Builds what the next chapter needs while the learner reads; a save stops it.
    fn prepare_next(&mut self) {
        let Some(next) = self.course.after(&self.chapter.id) else { return };
        let stop = Stop::default();
        self.running = Some(stop.clone());
        let (root, next, sender) = (self.course.root.clone(), next.clone(), self.sender.clone());
        let bars = self.screen.bars.clone();
        thread::spawn(move || {
            let mut stream = Stream::new(&root, &next, "next chapter", bars);
            // What fails here fails again, and is shown, when the learner gets there.
            let _ = cargo::build_test(&root, &next.id, "chapter", &stop, &mut |event| {
                if let BuildEvent::Crate { .. } = event {
                    stream.take(RunEvent::Build(event));
                }
            });
            drop(stream);
            let _ = sender.send(Message::Prepared);
        });
    }
}
