//! What mdBook says while it works. It speaks through `tracing`; here its warnings become values, so that a gate can
//! fail on them and a progress bar is not written over.

use std::fmt::{Debug, Write as _};
use std::sync::mpsc::{Sender, channel};

use tracing::{Event, Level, Metadata, Subscriber, field::Field, span};

/// Runs `work` and returns its result together with every warning and error that was logged in this thread meanwhile.
pub(super) fn collect<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let (say, said) = channel();
    let result = tracing::subscriber::with_default(Listener(say), work);
    (result, said.try_iter().collect())
}

struct Listener(Sender<String>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn event(&self, event: &Event<'_>) {
        let mut message = String::new();
        event.record(&mut |field: &Field, value: &dyn Debug| {
            let _ = match field.name() {
                "message" => write!(message, "{value:?}"),
                name => write!(message, " {name}={value:?}"),
            };
        });
        let _ = self.0.send(message);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}
