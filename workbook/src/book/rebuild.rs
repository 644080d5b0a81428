//! Rebuilds the served book whenever it is asked. mdBook's book may not leave its thread, so it has one of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use anyhow::{Context, Result, anyhow};

use super::{BuildOptions, Built, build, shelf::Shelf};

/// A thread that builds the book, one build at a time. Dropping it waits for the build that is under way and then removes all
/// that was built.
pub struct Rebuilder {
    requests: Option<SyncSender<()>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Rebuilder {
    /// Starts the thread; nothing is built before [`request`](Rebuilder::request). Each build goes into a fresh folder below
    /// `options.destination`, and `on_done` gets it, on the builder's thread, once it is whole. It gets the error where one failed:
    /// the folder it got before is then still as it was. That folder stays until the second build after it.
    pub fn start(
        root: &Path,
        options: BuildOptions,
        mut on_done: impl FnMut(Result<Built>) + Send + 'static,
    ) -> Result<Rebuilder> {
        let root = root.to_path_buf();
        let mut shelf = Shelf::at(&options.destination)?;
        // Room for one: requests that come during a build are answered by one build after it.
        let (requests, asked) = sync_channel(1);
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread = std::thread::Builder::new()
            .name("book".into())
            .spawn(move || {
                while asked.recv().is_ok() && !stop.load(Ordering::Relaxed) {
                    on_done(build_fresh(&root, options.served, &mut shelf));
                }
            })
            .context(
                "The thread that builds the book could not be started. Close some programs and try again",
            )?;
        Ok(Rebuilder { requests: Some(requests), stopping, thread: Some(thread) })
    }

    /// Asks for a build of what is on the disk now, and returns at once. Requests during a build are answered by one further build.
    pub fn request(&self) {
        if let Some(requests) = &self.requests {
            let _ = requests.try_send(());
        }
    }
}

impl Drop for Rebuilder {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.requests.take();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn build_fresh(root: &Path, served: bool, shelf: &mut Shelf) -> Result<Built> {
    let folder = shelf.next()?;
    let options = BuildOptions { destination: folder.path().to_path_buf(), served };
    let built = catch_unwind(AssertUnwindSafe(|| build(root, &options)))
        .unwrap_or_else(|panic| Err(said(panic.as_ref())))?;
    shelf.keep(folder);
    Ok(built)
}

fn said(panic: &(dyn Any + Send)) -> anyhow::Error {
    let words =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    anyhow!(
        "mdBook gave up: {}. Undo the last change to the book, or report this",
        words.unwrap_or("it did not say why")
    )
}
