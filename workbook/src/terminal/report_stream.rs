//! A run as it happens: compiler errors and test results as lines, a bar while crates are built.

use std::{
    collections::BTreeSet,
    mem,
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::{
    course::Chapter,
    runner::{BuildEvent, Level, RunEvent, TestStatus, cargo},
    terminal::{results, style, width},
};

/// A build that takes longer shows a bar: an edit of the exercise does not.
const PATIENCE: Duration = Duration::from_millis(800);

/// Turns the events of one run into text.
pub struct Stream {
    started: Instant,
    what: &'static str,
    bars: MultiProgress,
    bar: ProgressBar,
    built: BTreeSet<String>,
    count: Option<(PathBuf, String)>,
    /// Whether it was said that Cargo waits: it may do so for each ring, and more than once.
    waits: bool,
    /// Whether every failure is shown, and not the first alone.
    pub all: bool,
}

impl Stream {
    /// `what` stands before the bar, which is drawn among `bars`: whoever prints meanwhile suspends those.
    pub fn new(root: &Path, chapter: &Chapter, what: &'static str, bars: MultiProgress) -> Self {
        Self {
            started: Instant::now(),
            what,
            bars,
            bar: ProgressBar::hidden(),
            built: BTreeSet::new(),
            count: Some((root.to_owned(), chapter.id.clone())),
            waits: false,
            all: false,
        }
    }

    /// The lines that an event adds to the screen, if any.
    pub fn take(&mut self, event: RunEvent) -> Option<String> {
        match event {
            RunEvent::Build(BuildEvent::Crate { name, .. }) => {
                self.built.insert(name);
                self.show_bar();
                None
            }
            RunEvent::Build(BuildEvent::Waiting) => {
                let is_news = !mem::replace(&mut self.waits, true);
                is_news.then(|| style::dim("  waiting for another cargo to finish\n"))
            }
            RunEvent::Build(BuildEvent::Diagnostic(diagnostic)) if diagnostic.level == Level::Error => {
                self.bar.finish_and_clear();
                Some(results::diagnostic(&diagnostic))
            }
            RunEvent::Build(BuildEvent::Diagnostic(_)) => None,
            RunEvent::Tests(..) => {
                self.bar.finish_and_clear();
                None
            }
            RunEvent::Test(_, result) if result.status == TestStatus::Passed => None,
            RunEvent::Test(_, result) => Some(results::test(&result) + "\n"),
            RunEvent::Chapter(report) => Some(results::chapter(&report, self.all, width())),
        }
    }

    fn show_bar(&mut self) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        if let Some((root, package)) = self.count.take() {
            let style =
                format!("  building what the {} needs {{wide_bar}} {{pos}}/{{len}} crates", self.what);
            let style = ProgressStyle::with_template(&style).expect("the template is well formed");
            self.bar = self.bars.add(ProgressBar::new(0).with_style(style.progress_chars("#>-")));
            let bar = self.bar.clone();
            thread::spawn(move || bar.set_length(crates(&root, &package)));
        }
        let done = self.built.len() as u64;
        self.bar.set_length(self.bar.length().unwrap_or_default().max(done));
        self.bar.set_position(done);
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// How many crates a package and all it needs are, roughly: for a bar, not for a decision.
fn crates(root: &Path, package: &str) -> u64 {
    let mut tree = cargo::command(root);
    tree.args(["tree", "--offline", "--package", package]);
    tree.args(["--prefix", "none", "--format", "{lib}", "--no-dedupe"]);
    let Ok(output) = tree.stderr(Stdio::null()).output() else { return 0 };
    let names: BTreeSet<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    names.len() as u64
}
