//! From a run to the loop: all that it has to tell, but not more often than anybody can follow.
//!
//! To write each of a hundred results to the terminal and to every page costs as much as to run the tests. So a run
//! collects what it has to tell, and the loop comes for it, [paced](Pace).

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    runner::run::{Report, RunEvent},
    serve::live::{Live, Run},
    terminal::report_stream::Stream,
};

/// What is told follows what was told before by no less; the end of a run does not wait.
const PACE: Duration = Duration::from_millis(50);

/// What one run has to tell. Its thread adds, the loop takes.
#[derive(Debug, Clone)]
pub struct Feed {
    started: Instant,
    news: Arc<Mutex<News>>,
}

#[derive(Debug)]
struct News {
    live: Live,
    /// Whether it is another than when it was told last.
    changed: bool,
    /// Lines for the terminal.
    text: String,
    /// Whether the loop knows that there is something.
    announced: bool,
}

impl Feed {
    /// A run that begins now. That it does so is not news.
    pub fn new(live: Live) -> Self {
        let news = News { live, changed: false, text: String::new(), announced: false };
        Self { started: Instant::now(), news: Arc::new(Mutex::new(news)) }
    }

    /// Adds an event, and the lines that `stream` makes of it. Returns whether the loop has to be told that there is
    /// something: once until it comes.
    pub fn add(&self, event: RunEvent<'_>, stream: &mut Stream) -> bool {
        let mut news = self.news();
        if news.live.take(&event, self.started.elapsed()).is_some() {
            news.changed = true;
        }
        news.text.push_str(&stream.take(event).unwrap_or_default());
        let is_news = news.changed || !news.text.is_empty();
        is_news && !mem::replace(&mut news.announced, true)
    }

    /// Adds what came out at the end.
    pub fn end(&self, result: &Result<Report>) {
        let mut news = self.news();
        news.live.end(result, self.started.elapsed());
        news.changed = true;
    }

    /// Hands over what there is, if anything.
    pub fn tell(&self, say: impl FnOnce(&str), show: impl FnOnce(&Run)) {
        let mut news = self.news();
        news.announced = false;
        let text = mem::take(&mut news.text);
        if !text.is_empty() {
            say(&text);
        }
        if mem::take(&mut news.changed) {
            show(news.live.run());
        }
    }

    fn news(&self) -> MutexGuard<'_, News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When the loop comes for news.
#[derive(Debug, Default)]
pub struct Pace {
    told: Option<Instant>,
    due: Option<Instant>,
}

impl Pace {
    /// There is news: they are due at once, or when the last ones are old enough.
    pub fn announce(&mut self, now: Instant) {
        self.due = Some(self.told.map_or(now, |told| now.max(told + PACE)));
    }

    /// The news have been told.
    pub fn told(&mut self, now: Instant) {
        *self = Self { told: Some(now), due: None };
    }

    /// When to tell the news, if there are any.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use indicatif::MultiProgress;

    use super::*;
    use crate::{
        course::{Chapter, Course},
        learner::editor::Editor,
        runner::{
            harness::{Test, TestResult, TestStatus},
            run::{Outcome, Ring},
        },
    };

    fn chapter() -> Chapter {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        Course::load(root).unwrap().chapters.remove(0)
    }

    #[test]
    fn many_results_are_told_at_once_and_nothing_twice() {
        let here = Path::new("/workbook");
        let mut stream = Stream::new(here, &chapter(), "exercise", MultiProgress::new());
        let feed = Feed::new(Live::new("dtos", Editor::usual(here)));
        let names = ["a", "b", "c"];
        let tests = names.map(|name| Test { binary: "api".into(), name: name.into() });
        let announced = feed.add(RunEvent::Tests(Ring::Chapter, &tests), &mut stream);
        assert!(announced, "the first is announced");
        for name in names {
            let failed = TestResult {
                name: name.into(),
                status: TestStatus::Failed,
                output: String::new(),
                slow: false,
            };
            assert!(!feed.add(RunEvent::Test(Ring::Chapter, &failed), &mut stream), "the loop knows already");
        }
        let (mut said, mut shown) = (String::new(), Vec::new());
        let ended = |run: &Run| {
            run.tests.iter().filter(|test| test.status == crate::serve::live::ShownStatus::Failed).count()
        };
        feed.tell(|text| said.push_str(text), |run| shown.push(ended(run)));
        feed.tell(|text| said.push_str(text), |run| shown.push(ended(run)));
        assert_eq!((said.lines().count(), shown), (3, vec![3]));

        let stopped = Report {
            id: "dtos".into(),
            outcome: Outcome::Stopped,
            tests: Vec::new(),
            kept: Vec::new(),
            left_out: 0,
            taught: Default::default(),
            diagnostics: Vec::new(),
            complaint: String::new(),
            first_green: false,
        };
        feed.end(&Ok(stopped));
        let mut ended = 0;
        feed.tell(|_| panic!("no lines"), |_| ended += 1);
        assert_eq!(ended, 1);
    }

    #[test]
    fn the_first_news_are_told_at_once_and_the_next_a_little_later() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut pace = Pace::default();
        assert_eq!(pace.due(), None);
        pace.announce(at(0));
        assert_eq!(pace.due(), Some(at(0)));
        pace.told(at(1));
        assert_eq!(pace.due(), None);
        pace.announce(at(5));
        assert_eq!(pace.due(), Some(at(51)));
        pace.told(at(52));
        pace.announce(at(900));
        assert_eq!(pace.due(), Some(at(900)));
    }
}
