//! A run as it happens: compiler errors and test results as lines, a bar while crates are built.

use std::{
    collections::BTreeSet,
    path::Path,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::{
    course::Chapter,
    runner::{
        cargo::{self, Level},
        harness::TestStatus,
        run::RunEvent,
    },
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
    total: Arc<AtomicU64>,
    count: Option<(std::path::PathBuf, String)>,
    /// Whether every failure is shown, and not the first alone.
    all: bool,
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
            total: Arc::default(),
            count: Some((root.to_owned(), chapter.id.clone())),
            all: false,
        }
    }

    /// Shows every failure.
    pub fn with_all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// The lines that an event adds to the screen, if any.
    pub fn take(&mut self, event: RunEvent<'_>) -> Option<String> {
        match event {
            RunEvent::Build(cargo::BuildEvent::Crate { name, .. }) => {
                self.built.insert(name.to_owned());
                self.show_bar();
                None
            }
            RunEvent::Build(cargo::BuildEvent::Waiting) => {
                Some(style::dim("  waiting for another cargo to finish\n"))
            }
            RunEvent::Build(cargo::BuildEvent::Diagnostic(diagnostic)) => {
                (diagnostic.level == Level::Error).then(|| self.above_bar(results::diagnostic(diagnostic)))
            }
            RunEvent::Tests(..) => {
                self.bar.finish_and_clear();
                None
            }
            RunEvent::Test(_, result) if result.status == TestStatus::Passed => None,
            RunEvent::Test(_, result) => Some(results::test(result) + "\n"),
            RunEvent::Chapter(report) => Some(results::chapter(report, self.all, width())),
        }
    }

    fn above_bar(&self, text: String) -> String {
        self.bar.finish_and_clear();
        text
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
            let total = self.total.clone();
            thread::spawn(move || total.store(crates(&root, &package), Relaxed));
        }
        let done = self.built.len() as u64;
        self.bar.set_length(self.total.load(Relaxed).max(done));
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
    tree.args([
        "tree",
        "--offline",
        "--package",
        package,
        "--prefix",
        "none",
        "--format",
        "{lib}",
        "--no-dedupe",
    ]);
    let Ok(output) = tree.stderr(Stdio::null()).output() else { return 0 };
    let names: BTreeSet<_> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    names.len() as u64
}
