//! What the service writes to its log.

use std::{cell::RefCell, io, sync::Once};

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The log of one test: what was logged on its thread since it began to listen.
///
/// A `#[tokio::test]` runs its service on its own thread, so tests that run side by side do not see each other's lines.
#[derive(Debug)]
pub struct Log(());

impl Log {
    /// Listens from here on.
    pub fn listen() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            // One subscriber for the process. One for each test would lose lines: tracing remembers, for all threads,
            // that nobody listened when a line was reached for the first time.
            tracing_subscriber::fmt().with_writer(|| Writer).init();
            tracing::callsite::rebuild_interest_cache();
        });
        LINES.take();
        Self(())
    }

    /// What was logged since.
    pub fn text(&self) -> String {
        LINES.with_borrow(|lines| String::from_utf8_lossy(lines).into_owned())
    }
}

struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
