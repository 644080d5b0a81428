//! What a run tells, until the terminal and the pages have it.
//!
//! To write each of a hundred results to the terminal and to every page costs as much as to run the tests. So what a run
//! tells is collected, and told no more often than anybody can follow.

use std::{
    mem,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    runner::{Report, RunEvent},
    serve::live::{Live, Run},
    terminal::Stream,
};

/// What is told follows what was told before by no less; the end of a run does not wait.
const PACE: Duration = Duration::from_millis(50);

/// What one run has to tell.
pub struct News {
    started: Instant,
    live: Live,
    stream: Stream,
    /// Whether the run is another than when it was told last.
    changed: bool,
    text: String,
    told: Option<Instant>,
}

impl News {
    /// Of a run that begins now. That it does so is not news.
    pub fn new(live: Live, stream: Stream) -> Self {
        Self { started: Instant::now(), live, stream, changed: false, text: String::new(), told: None }
    }

    pub fn add(&mut self, event: RunEvent) {
        self.changed |= self.live.take(&event, self.started.elapsed());
        self.text += &self.stream.take(event).unwrap_or_default();
    }

    pub fn end(&mut self, result: &Result<Report>) {
        self.live.end(result, self.started.elapsed());
        self.changed = true;
    }

    /// When to tell the news, if there are any: at once, or when the last ones are old enough.
    pub fn due(&self) -> Option<Instant> {
        let is_news = self.changed || !self.text.is_empty();
        is_news.then(|| self.told.map_or(self.started, |told| told + PACE))
    }

    /// Hands over what there is, if anything.
    pub fn tell(&mut self, say: impl FnOnce(&str), show: impl FnOnce(&Run)) {
        self.told = Some(Instant::now());
        let text = mem::take(&mut self.text);
        if !text.is_empty() {
            say(&text);
        }
        if mem::take(&mut self.changed) {
            show(&self.live.run);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use indicatif::MultiProgress;

    use super::*;
    use crate::{
        course::Course,
        learner::editor::Editor,
        runner::{Outcome, Ring, Test, TestResult, TestStatus},
        serve::live::ShownStatus,
    };

    fn news() -> News {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let chapter = Course::load(root).unwrap().chapters.remove(0);
        let here = Path::new("/workbook");
        let stream = Stream::new(here, &chapter, "exercise", MultiProgress::new());
        News::new(Live::new("dtos", Editor::usual(here)), stream)
    }

    fn failed(name: &str) -> RunEvent {
        let (name, output) = (name.to_owned(), String::new());
        RunEvent::Test(Ring::Chapter, TestResult { name, status: TestStatus::Failed, output, slow: false })
    }

    #[test]
    fn many_results_are_told_at_once_and_nothing_twice() {
        let mut news = news();
        let names = ["a", "b", "c"];
        let tests = names.map(|name| Test { binary: "api".into(), name: name.into() });
        news.add(RunEvent::Tests(Ring::Chapter, tests.into()));
        let due = news.due();
        assert!(due.is_some(), "the first is announced");
        for name in names {
            news.add(failed(name));
            assert_eq!(news.due(), due, "the loop knows already");
        }
        let (mut said, mut shown) = (String::new(), Vec::new());
        let ended = |run: &Run| {
            let failed = ShownStatus::Ended(TestStatus::Failed);
            run.tests.iter().filter(|test| test.status == failed).count()
        };
        news.tell(|text| said.push_str(text), |run| shown.push(ended(run)));
        news.tell(|text| said.push_str(text), |run| shown.push(ended(run)));
        assert_eq!((said.lines().count(), shown), (3, vec![3]));

        news.end(&Ok(Report { id: "dtos".into(), outcome: Outcome::Stopped, ..Report::default() }));
        let mut ended = 0;
        news.tell(|_| panic!("no lines"), |_| ended += 1);
        assert_eq!(ended, 1);
    }

    #[test]
    fn the_first_news_are_told_at_once_and_the_next_a_little_later() {
        let mut news = news();
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        assert_eq!(news.due(), None);
        news.add(failed("a"));
        assert!(news.due().unwrap() <= at(0), "at once");
        news.tell(|_| {}, |_| {});
        assert!(news.told.unwrap() >= start, "it is known when");
        assert_eq!(news.due(), None);
        news.told = Some(at(1));
        news.add(failed("b"));
        assert_eq!(news.due(), Some(at(51)));
        news.tell(|_| {}, |_| {});
        news.told = Some(at(52));
        news.add(failed("c"));
        assert!(news.due().unwrap() <= at(900), "the last ones are old enough");
    }
}
