//! What the service writes to its log.

use std::{
    cell::{Cell, RefCell},
    io,
    sync::Once,
};

use tracing::Metadata;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static LEVEL: Cell<LevelFilter> = const { Cell::new(LevelFilter::INFO) };
}

/// Crates that log more than a test wants to know below INFO. What is left is the service's own.
const OTHERS: [&str; 6] = ["axum", "h2", "hyper", "sqlx", "tokio", "tower"];

/// Where sqlx warns of a statement or of a connection that took a second or more. Of that a busy machine is to blame.
const SLOW: [&str; 2] = ["sqlx::query", "sqlx::pool::acquire"];

/// The log of one test: what was logged on its thread since it began to listen.
///
/// A `#[tokio::test]` runs its service on its own thread, so tests that run side by side do not see each other's lines.
#[derive(Debug)]
pub struct Log(());

impl Log {
    /// Listens from here on to the levels that a program shows: INFO and above.
    pub fn listen() -> Self {
        Self::listen_to(LevelFilter::INFO)
    }

    /// Listens from here on to every level of the service, TRACE included.
    pub fn listen_to_all_levels() -> Self {
        Self::listen_to(LevelFilter::TRACE)
    }

    fn listen_to(level: LevelFilter) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // One subscriber for the process. One for each test would lose lines: tracing remembers, for all threads,
            // that nobody listened when a line was reached for the first time.
            let wanted = Targets::new()
                .with_default(LevelFilter::TRACE)
                .with_targets(OTHERS.map(|name| (name, LevelFilter::INFO)))
                .with_targets(SLOW.map(|name| (name, LevelFilter::OFF)));
            let lines = fmt::layer().with_writer(ThisThread).with_filter(wanted);
            tracing_subscriber::registry().with(lines).init();
            tracing::callsite::rebuild_interest_cache();
        });
        LINES.take();
        LEVEL.set(level);
        Self(())
    }

    /// What was logged since.
    pub fn text(&self) -> String {
        LINES.with_borrow(|lines| String::from_utf8_lossy(lines).into_owned())
    }
}

/// Writes to the log of the thread that logs, as far as it listens to the level.
struct ThisThread;

impl<'a> MakeWriter<'a> for ThisThread {
    type Writer = Writer;

    fn make_writer(&'a self) -> Writer {
        Writer { listens: true }
    }

    fn make_writer_for(&'a self, line: &Metadata<'_>) -> Writer {
        Writer { listens: *line.level() <= LEVEL.get() }
    }
}

struct Writer {
    listens: bool,
}

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.listens {
            LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
