//! What the service writes to its log.

use std::{
    cell::{Cell, RefCell},
    io,
    sync::{
        Once,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::Mutex;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets, filter_fn},
    fmt::{self, MakeWriter},
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static LEVEL: Cell<LevelFilter> = const { Cell::new(LevelFilter::INFO) };
}

/// Crates that log more than a test wants to know below INFO. What is left is the service's own.
const OTHERS: [&str; 6] = ["axum", "h2", "hyper", "sqlx", "tokio", "tower"];

/// Where sqlx warns of a statement or of a connection that took a second or more. Of that a busy machine is to blame.
const SLOW: [&str; 2] = [STATEMENTS, "sqlx::pool::acquire"];

/// Where sqlx logs each statement: at DEBUG, unless the options of a connection say otherwise.
const STATEMENTS: &str = "sqlx::query";

/// One subscriber for the process. One for each test would lose lines: tracing remembers, for all threads, that nobody
/// listened when a line was reached for the first time.
fn subscribe() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let wanted = Targets::new()
            .with_default(LevelFilter::TRACE)
            .with_targets(OTHERS.map(|name| (name, LevelFilter::INFO)))
            .with_targets(SLOW.map(|name| (name, LevelFilter::OFF)));
        let lines = fmt::layer().with_writer(ThisThread).with_filter(wanted);
        let counted = filter_fn(|line| {
            line.target() == STATEMENTS && *line.level() == Level::TRACE
        });
        tracing_subscriber::registry()
            .with(lines)
            .with(Counter.with_filter(counted))
            .init();
        tracing::callsite::rebuild_interest_cache();
    });
}

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
        subscribe();
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

static COUNTED: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that are logged, on whichever thread: SQLite's are logged on one of its own.
struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        COUNTED.fetch_add(1, Ordering::Relaxed);
    }
}

/// What this work gives, and how many statements it has cost.
///
/// Counts the statements of connections that log them at TRACE. Those of all other tests are logged at DEBUG, and tests
/// that count take turns, so each counts its own.
pub async fn count_statements<T>(work: impl Future<Output = T>) -> (T, usize) {
    static TURN: Mutex<()> = Mutex::const_new(());
    let _turn = TURN.lock().await;
    subscribe();
    let before = COUNTED.load(Ordering::Relaxed);
    let done = work.await;
    (done, COUNTED.load(Ordering::Relaxed) - before)
}
