//! Runs: one at a time, begun by a save, a key or a page, and seen alike in the terminal and on every page.

use std::{thread, time::Instant};

use anyhow::Result;

use super::{Feed, Message, Running, Watch};
use crate::{
    course::{Chapter, Course},
    learner::{editor::Editor, progress::Progress, record, status::CourseStatus, text},
    runner::{
        cargo,
        process::Stop,
        run::{self, Outcome, Report},
    },
    serve::live::{Live, Phase, Run},
    terminal::{self, report_stream::Stream, results, style},
};

impl<'a> Watch<'a> {
    /// Runs the current chapter, at once or as soon as what is going on has been stopped.
    pub(super) fn start_run(&mut self) -> Result<()> {
        if let Some(Running::Exercise(stop, _) | Running::Preparing(stop)) = &self.running {
            stop.now();
            self.again = true;
            return Ok(());
        }
        self.again = false;
        self.asked = None;
        self.screen.clear();
        self.screen.print(&format!(
            "{}{}\n",
            self.listener.banner(self.chapter),
            results::heading(self.chapter)
        ));
        let stop = Stop::default();
        let (root, id, sender) = (self.course.root.clone(), self.chapter.id.clone(), self.sender.clone());
        let live = Live::new(&id, Editor::load(&root).unwrap_or_else(|_| Editor::usual(&root)));
        self.listener.run_changed(live.run());
        let feed = Feed::new(live);
        self.running = Some(Running::Exercise(stop.clone(), feed.clone()));
        let bars = self.screen.bars.clone();
        thread::spawn(move || {
            let run = || {
                let course = Course::load(&root)?;
                let chapter = course.chapter(&id)?;
                let mut stream = Stream::new(&root, chapter, "exercise", bars);
                record::chapter(&course, chapter, &stop, &mut |event| {
                    if feed.add(event, &mut stream) {
                        let _ = sender.send(Message::News);
                    }
                })
            };
            let result = run();
            feed.end(&result);
            let _ = sender.send(Message::Ended(result));
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
        if let Some(Running::Exercise(_, feed)) = &self.running {
            let show = |run: &Run| {
                let goes_on = self.again && run.id == self.chapter.id;
                if !(goes_on && run.phase == Phase::Stopped) {
                    self.listener.run_changed(run);
                }
            };
            feed.tell(|text| self.screen.print(text), show);
        }
        self.pace.told(Instant::now());
    }

    pub(super) fn tell_state(&self) {
        if let Ok(status) = CourseStatus::load(self.course) {
            self.listener.state_changed(&status);
        }
    }

    pub(super) fn ended(&mut self, result: Result<Report>) -> Result<()> {
        self.tell_news();
        self.running = None;
        match result {
            Ok(report) if report.outcome == Outcome::Stopped && self.again => {}
            Ok(report) => {
                self.screen.print(&results::report(&report, false));
                let status = CourseStatus::load(self.course)?;
                self.listener.state_changed(&status);
                self.show_keys(&status, &report);
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
        self.running = Some(Running::Preparing(stop.clone()));
        let (root, next, sender) = (self.course.root.clone(), next.clone(), self.sender.clone());
        let bars = self.screen.bars.clone();
        thread::spawn(move || {
            let mut stream = Stream::new(&root, &next, "next chapter", bars);
            // What fails here fails again, and is shown, when the learner gets there.
            let _ = cargo::build_test(&root, &next.id, "chapter", &stop, &mut |event| {
                if let cargo::BuildEvent::Crate { .. } = event {
                    stream.take(run::RunEvent::Build(event));
                }
            });
            drop(stream);
            let _ = sender.send(Message::Prepared);
        });
    }

    /// What stands below a result.
    fn show_keys(&self, status: &CourseStatus, report: &Report) {
        let width = terminal::width();
        let mut text = format!("\n{}\n", text::bar(status, width));
        if self.screen.has_keys() {
            text.push_str(&results::keys(report, width));
        }
        self.screen.print(&text);
    }
}
