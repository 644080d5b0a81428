//! Tells of files that were written, also by editors that write a new file and rename it.

use std::{fs, path::Path, sync::mpsc::Sender, time::Duration};

use anyhow::{Context, Result};
use notify::{
    Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, MetadataKind, ModifyKind},
};

use super::Message;
use crate::course::{Course, Files, files};

/// Watches the exercises, the solutions, the book and the progress until it is dropped. `poll` looks every half second instead
/// of asking the system.
pub fn watcher(course: &Course, poll: bool, sender: Sender<Message>) -> Result<Box<dyn Watcher>> {
    let handler = move |event: notify::Result<Event>| {
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            let _ = sender.send(Message::Lost);
            return;
        };
        let paths: Vec<_> = event.paths.into_iter().filter(|path| is_source(path)).collect();
        if is_write(event.kind) && !paths.is_empty() {
            let _ = sender.send(Message::Changed(paths));
        }
    };
    let mut watcher: Box<dyn Watcher> = if poll {
        let config =
            Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
        Box::new(PollWatcher::new(handler, config)?)
    } else {
        Box::new(RecommendedWatcher::new(handler, Config::default()).context(ADVICE)?)
    };
    for folder in ["exercises", "solutions", "book"].map(|folder| course.root.join(folder)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive).context(ADVICE)?;
        }
    }
    // Where it cannot be made, no progress is written either.
    let progress = files::private_folder(&course.root);
    if fs::create_dir_all(&progress).is_ok() {
        watcher.watch(&progress, RecursiveMode::NonRecursive).context(ADVICE)?;
    }
    Ok(watcher)
}

/// What a person writes in a folder; nothing of what cannot be read, which the run will say.
pub fn sources(dir: &Path) -> Files {
    let paths = files::below(dir, files::is_own).unwrap_or_default();
    let sources = paths.into_iter().filter(|path| is_source(path));
    sources.filter_map(|path| Some((files::relative(dir, &path), files::read(&path).ok()?))).collect()
}

const ADVICE: &str = "the system does not report changed files (too many watches, or a network folder). \
                      Start with --poll: it looks for changes itself";

fn is_write(kind: EventKind) -> bool {
    match kind {
        // What polling says of a changed file.
        EventKind::Modify(ModifyKind::Metadata(what)) => what == MetadataKind::WriteTime,
        EventKind::Access(what) => what == AccessKind::Close(AccessMode::Write),
        kind => kind != EventKind::Other,
    }
}

/// Whether a path is something a person writes: not an editor's own file, not a folder, not what a build leaves.
fn is_source(path: &Path) -> bool {
    const ENDINGS: [&str; 11] =
        ["css", "diff", "js", "json", "lock", "md", "rs", "sql", "svg", "toml", "txt"];
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let known = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
    known && !hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_builds_leave_is_no_source() {
        for path in
            ["src/.lib.rs.swp", "src/lib.rs~", "src/4913", "src", "tests/.api.rs.pending-snap", "a/.#lib.rs"]
        {
            assert!(!is_source(Path::new(path)), "{path}");
        }
        for path in ["src/lib.rs", "Cargo.toml", "migrations/1.sql", "hints.md", "missing_commit.diff"] {
            assert!(is_source(Path::new(path)), "{path}");
        }
    }
}
