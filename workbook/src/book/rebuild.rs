//! Rebuilds the served book whenever it is asked. mdBook's book may not leave its thread, so it has one of its own.

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::{BuildOptions, Built, build};

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
        let (lock, folder) = own_folder(&options.destination)?;
        // Room for one: requests that come during a build are answered by one build after it.
        let (requests, asked) = sync_channel(1);
        let stopping = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stopping);
        let thread = std::thread::Builder::new()
            .name("book".into())
            .spawn(move || {
                let mut kept = Vec::new();
                while asked.recv().is_ok() && !stop.load(Ordering::Relaxed) {
                    on_done(build_fresh(&root, options.served, folder.path(), &mut kept));
                }
                // In this order: they lie in the folder.
                drop((kept, lock, folder));
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

/// Builds that are kept: the one that is served, and the one before, for requests that are under way.
const KEPT: usize = 2;

/// Builds into a folder of its own below `place`, so that no reader ever meets a half-written page; it goes away unless the build goes
/// well. Of those before, what nobody reads any more is forgotten; where a file is still open it stays, and goes with `place`.
fn build_fresh(root: &Path, served: bool, place: &Path, kept: &mut Vec<TempDir>) -> Result<Built> {
    let folder = TempDir::new_in(place).context("No folder for the book could be made. Free some space")?;
    let options = BuildOptions { destination: folder.path().to_path_buf(), served };
    let built = catch_unwind(AssertUnwindSafe(|| build(root, &options))).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<&str>().copied();
        let words = words.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let words = words.unwrap_or("it did not say why");
        bail!("mdBook gave up: {words}. Undo the last change to the book, or report this")
    })?;
    kept.push(folder);
    kept.drain(..kept.len().saturating_sub(KEPT));
    Ok(built)
}

/// The file in a folder that is locked for as long as the folder is in use.
const LOCK: &str = "in-use";

/// A folder of its own under `place`, which several tools may share, and its lock. What a killed one left there is cleared away.
fn own_folder(place: &Path) -> Result<(File, TempDir)> {
    let cannot =
        || format!("{} cannot be written. Free some space or check who may write there", place.display());
    fs::create_dir_all(place).with_context(cannot)?;
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        // A tool that was killed could not clear up, but the system has let go of its lock.
        let abandoned = File::open(entry.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if entry.file_name().to_string_lossy().starts_with("book-") && abandoned {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let folder = tempfile::Builder::new().prefix("book-").tempdir_in(place).with_context(cannot)?;
    let lock = File::create(folder.path().join(LOCK)).with_context(cannot)?;
    lock.lock().with_context(cannot)?;
    Ok((lock, folder))
}
