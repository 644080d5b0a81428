//! `update`: a newer version of the workbook without losing a line.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use walkdir::WalkDir;

use crate::{
    TOOL,
    fixture::{Draft, Workbook, one_at_a_time},
    strace::killed_at,
};

const PROGRESS: &str = "version = 1\ncurrent = \"sound\"\n\n[chapters.later]\npassed = 1\ntotal = 4\n\n[chapters.sound]\npassed = 4\ntotal = 4\ngreen_at = \"2026-11-22T12:00:00Z\"\n";

/// A version of the workbook, with chapters in these folders.
fn draft(version: u32, chapters: &[&str]) -> Draft {
    let mut draft = Draft::new();
    for folder in chapters {
        draft.chapter(folder);
    }
    draft.put("README.md", "The first.\n");
    draft.put("compose.yaml", &format!("version: {version}\n"));
    draft.put("book/new.md", &format!("Of version {version}.\n"));
    draft.put("exercises/rustfmt.toml", &format!("# {version}\n"));
    draft.put(".ci/run", &format!("#!/bin/sh\necho {version}\n"));
    draft
}

fn first() -> Draft {
    let mut draft = draft(1, &["01-sound", "02-other", "03-later"]);
    draft.put("book/gone.md", "It goes.\n");
    draft.put("book/yours.md", "It goes as well.\n");
    draft
}

/// Of the first chapter the start is another one, of the second the tests, and the third has another number.
fn second() -> Draft {
    let mut draft = draft(2, &["01-sound", "02-other", "03-new", "04-later"]);
    draft.replace("exercises/01-sound/src/lib.rs", "Always one.", "One, in the second version.");
    draft.replace("exercises/02-other/tests/chapter/one.rs", "in 02-other", "the second, in 02-other");
    draft
}

/// The second chapter is gone, and the first has another start once more. One file is as it was in the second version.
fn third() -> Draft {
    let mut draft = draft(3, &["01-sound", "03-new", "04-later"]);
    draft.put("compose.yaml", "version: 2\n");
    draft.replace("exercises/01-sound/src/lib.rs", "Always one.", "One, in the third version.");
    draft
}

/// Everything that is not private, and what an update puts beside it: bytes, and whether it can be run.
type Everything = BTreeMap<String, (Vec<u8>, bool)>;

fn everything(workbook: &Workbook) -> Everything {
    let root = workbook.root();
    let shown = |path: &Path| {
        let top = path.strip_prefix(root).unwrap();
        let is_private = top.starts_with(".workbook")
            && !["newer", "left"].iter().any(|name| top.starts_with(format!(".workbook/{name}")));
        !is_private && !top.starts_with("target") && !top.starts_with(".git")
    };
    let files =
        WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files
        .filter(|entry| shown(entry.path()))
        .map(|entry| {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            (name, (fs::read(entry.path()).unwrap(), can_run(entry.path())))
        })
        .collect()
}

#[cfg(unix)]
fn can_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn can_run(_: &Path) -> bool {
    false
}

fn let_run(workbook: &Workbook, path: &str) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(workbook.root().join(path), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let _ = (workbook, path);
}

fn with_a_script(draft: Draft) -> Workbook {
    let workbook = draft.write();
    let_run(&workbook, ".ci/run");
    workbook
}

/// The first version, as somebody has worked in it.
fn worked_in() -> Workbook {
    let workbook = with_a_script(first());
    assert_eq!(workbook.tool(&["list"]).code, Some(0));
    work_in(&workbook);
    workbook
}

fn work_in(workbook: &Workbook) {
    workbook.put(".workbook/progress.toml", PROGRESS);
    workbook.replace("exercises/01-sound/src/lib.rs", "todo!(\"return twice {n}\")", "n + n");
    workbook.replace("exercises/03-later/src/lib.rs", "todo!(\"return twice {n}\")", "2 * n");
    workbook.put("exercises/03-later/src/notes.rs", "// mine\n");
    workbook.put("exercises/03-later/src/.notes.rs.swp", "an editor's\n");
    let_run(workbook, "exercises/03-later/src/notes.rs");
    workbook.put("compose.yaml", "version: mine\n");
    workbook.put("README.md", "Mine.\n");
    workbook.put("book/yours.md", "Mine, too.\n");
    workbook.put("diary.md", "Day one.\n");
}

#[track_caller]
fn update(workbook: &Workbook, from: &Path) -> String {
    let answer = workbook.tool(&["update", "--from", from.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{answer:?}");
    answer.stdout
}

#[test]
fn three_versions_lose_nothing_and_each_update_is_undone_byte_for_byte() {
    let workbook = worked_in();
    let before = everything(&workbook);

    let newer = with_a_script(second());
    let said = update(&workbook, newer.root());
    let now = everything(&workbook);
    // What the learner had not touched is the newer version's.
    for path in [
        "exercises/02-other/tests/chapter/one.rs",
        "exercises/03-new/src/lib.rs",
        "exercises/rustfmt.toml",
        "book/new.md",
        ".ci/run",
    ] {
        assert_eq!(workbook.read(path), newer.read(path), "{path}");
    }
    assert_eq!(workbook.read("exercises.lock"), newer.read("exercises.lock"));
    assert!(now[".ci/run"].1 || cfg!(not(unix)), "it can still be run");
    assert!(!now.contains_key("book/gone.md"));
    // What the learner wrote is as it was, and where both changed a file both are there.
    assert!(workbook.read("exercises/01-sound/src/lib.rs").contains("n + n"));
    assert_eq!(
        workbook.read(".workbook/newer/exercises/01-sound/src/lib.rs"),
        newer.read("exercises/01-sound/src/lib.rs")
    );
    assert_eq!(
        (workbook.read("compose.yaml"), workbook.read("README.md")),
        ("version: mine\n".into(), "Mine.\n".into())
    );
    assert_eq!(workbook.read(".workbook/newer/compose.yaml"), "version: 2\n");
    assert!(!now.contains_key(".workbook/newer/README.md"), "only the learner changed it");
    assert_eq!(
        (workbook.read("book/yours.md"), workbook.read("diary.md")),
        ("Mine, too.\n".into(), "Day one.\n".into())
    );
    // A chapter's files move with its number, and the folder that it had is gone.
    assert!(workbook.read("exercises/04-later/src/lib.rs").contains("2 * n"));
    assert_eq!(now["exercises/04-later/src/notes.rs"], before["exercises/03-later/src/notes.rs"]);
    assert!(now.contains_key("exercises/04-later/src/.notes.rs.swp"));
    assert!(
        !workbook.root().join("exercises/03-later").exists()
            && !workbook.root().join("solutions/03-later").exists()
    );
    assert_eq!(workbook.read(".workbook/progress.toml"), PROGRESS);
    for told in [
        "New chapters: 03-new",
        "exercises/03-later is exercises/04-later now",
        "01-sound: you have begun this chapter",
        "yours:     exercises/01-sound/src/lib.rs",
        "the newer: .workbook/newer/exercises/01-sound/src/lib.rs",
        "cargo workbook reset sound",
        "yours:     compose.yaml",
        "No longer part of the workbook, kept because you changed them:\n  book/yours.md\n",
        "cargo workbook undo update",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!said.contains("README.md") && !said.contains("02-other: you"), "{said}");
    let again = update(&workbook, newer.root());
    assert!(again.contains("This is that version already"), "{again}");
    undone_and_done_again(&workbook, &before, &now);

    workbook.replace("exercises/02-other/src/lib.rs", "todo!(\"return twice {n}\")", "n * 2");
    let before = everything(&workbook);
    let newest = with_a_script(third());
    let said = update(&workbook, newest.root());
    let now = everything(&workbook);
    assert!(workbook.read("exercises/01-sound/src/lib.rs").contains("n + n"));
    assert!(workbook.read(".workbook/newer/exercises/01-sound/src/lib.rs").contains("in the third version"));
    assert_eq!(
        workbook.read(".workbook/newer/compose.yaml"),
        "version: 2\n",
        "it is still not the learner's"
    );
    assert!(said.contains("Your files of it are in .workbook/left/exercises/02-other"), "{said}");
    assert_eq!(now[".workbook/left/exercises/02-other/src/lib.rs"], before["exercises/02-other/src/lib.rs"]);
    assert!(!workbook.root().join("exercises/02-other").exists());
    undone_and_done_again(&workbook, &before, &now);
    let untouched =
        |path: &&String| !path.starts_with(".workbook") && !path.contains("src/") && *path != "diary.md";
    for path in now
        .keys()
        .filter(untouched)
        .filter(|path| !["README.md", "compose.yaml", "book/yours.md"].contains(&path.as_str()))
    {
        assert_eq!(now[path].0, fs::read(newest.root().join(path)).unwrap(), "{path}");
    }
    let _turn = one_at_a_time();
    let ran = workbook.tool(&["run", "later"]);
    assert_eq!(ran.code, Some(0), "Cargo builds it, and the learner's solution is there: {ran:?}");
}

#[track_caller]
fn undone_and_done_again(workbook: &Workbook, before: &Everything, now: &Everything) {
    let undone = workbook.tool(&["undo"]);
    assert_eq!(undone.code, Some(0), "{undone:?}");
    assert!(everything(workbook) == *before, "{undone:?}");
    assert_eq!(workbook.tool(&["undo", "update"]).code, Some(0));
    assert!(everything(workbook) == *now);
}

#[test]
fn a_reset_after_an_update_finds_the_new_start_and_what_was_done_last_is_undone_first() {
    let workbook = worked_in();
    let newer = with_a_script(second());
    update(&workbook, newer.root());
    let updated = everything(&workbook);
    assert_eq!(workbook.tool(&["reset", "sound"]).code, Some(0));
    assert_eq!(workbook.read("exercises/01-sound/src/lib.rs"), newer.read("exercises/01-sound/src/lib.rs"));
    let undone = workbook.tool(&["undo"]);
    assert!(undone.stdout.contains("sound is as it was before"), "{undone:?}");
    assert!(everything(&workbook) == updated);
}

#[test]
fn a_file_that_the_learner_deleted_stays_deleted_and_a_link_stays_one() {
    let workbook = worked_in();
    fs::remove_file(workbook.root().join("exercises/01-sound/src/lib.rs")).unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(workbook.root().join("book/new.md")).unwrap();
        std::os::unix::fs::symlink("../diary.md", workbook.root().join("book/new.md")).unwrap();
    }
    let newer = with_a_script(second());
    update(&workbook, newer.root());
    assert!(!workbook.root().join("exercises/01-sound/src/lib.rs").exists());
    assert!(workbook.root().join(".workbook/newer/exercises/01-sound/src/lib.rs").is_file());
    #[cfg(unix)]
    {
        assert!(workbook.root().join("book/new.md").is_symlink());
        assert_eq!(workbook.read(".workbook/newer/book/new.md"), newer.read("book/new.md"));
        assert_eq!(workbook.read("diary.md"), "Day one.\n");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_in_a_chapter_that_moves_is_named_and_nothing_is_changed() {
    let workbook = worked_in();
    let pipe = workbook.root().join("exercises/03-later/src/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let before = everything(&workbook);
    let newer = with_a_script(second());
    let refused = workbook.tool(&["update", "--from", newer.root().to_str().unwrap()]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.stderr.contains("src/pipe") && refused.stderr.contains("Nothing was changed"),
        "{refused:?}"
    );
    assert!(everything(&workbook) == before);
    // Where its chapter stays, it is nobody's business.
    let elsewhere = worked_in();
    let pipe = elsewhere.root().join("exercises/02-other/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    update(&elsewhere, newer.root());
}

#[test]
fn what_is_no_newer_workbook_is_refused_with_the_reason() {
    let workbook = worked_in();
    let before = everything(&workbook);
    let refused = |arguments: &[&str], reason: &str| {
        let answer = workbook.tool(&[&["update"], arguments].concat());
        assert_eq!(answer.code, Some(2), "{answer:?}");
        assert!(answer.stderr.contains(reason), "{reason}: {answer:?}");
        assert!(everything(&workbook) == before, "{reason}");
    };
    refused(&[], "cargo workbook update --from PLACE");
    refused(&["--from", "no/such/place"], "no/such/place is no folder of a workbook");
    refused(&["--from", "."], "is this workbook itself");
    refused(&["--from", "README.md"], "Unpack the archive yourself");
    let solved = second().write();
    solved.replace("exercises/03-new/src/lib.rs", "todo!(\"return twice {n}\")", "n * 2");
    refused(
        &["--from", solved.root().to_str().unwrap()],
        "somebody has worked in it: exercises/03-new/src/lib.rs",
    );
    let folder = second().write();
    fs::remove_file(folder.root().join("book/new.md")).unwrap();
    folder.put("book/new.md/page.md", "A folder.\n");
    workbook.put("book/new.md", "Mine.\n");
    let before = everything(&workbook);
    let answer = workbook.tool(&["update", "--from", folder.root().to_str().unwrap()]);
    assert!(answer.stderr.contains("book/new.md is a file, where something else has to be"), "{answer:?}");
    assert!(everything(&workbook) == before);
    workbook.put("book/new.md", "Of version 1.\n");
    let broken = second().write();
    broken.put("exercises/03-new/Cargo.toml", "[package");
    refused(&["--from", broken.root().to_str().unwrap()], "exercises/03-new/Cargo.toml");
}

#[test]
fn an_archive_is_unpacked_by_tar_and_said_when_there_is_none() {
    let workbook = worked_in();
    let newer = with_a_script(second());
    let (parent, name) = (newer.root().parent().unwrap(), newer.root().file_name().unwrap());
    let archives = tempfile::tempdir().unwrap();
    let archive = archives.path().join("newer.tar.gz");
    let packed =
        Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(parent).arg(name).status().unwrap();
    assert!(packed.success());

    let mut without = Command::new(TOOL);
    without
        .args(["update", "--from"])
        .arg(&archive)
        .current_dir(workbook.root())
        .env("PATH", archives.path());
    let refused = without.output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("tar cannot be started") && said.contains("name the folder with --from"), "{said}");

    update(&workbook, &archive);
    assert_eq!(workbook.read("book/new.md"), "Of version 2.\n");
    assert!(can_run(&workbook.root().join(".ci/run")) || cfg!(not(unix)));
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@beans.example", "-c", "init.defaultBranch=main"];
    let git = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    assert!(git.status.success(), "git {arguments:?}: {git:?}");
}

/// Commits another version over the one that is there.
fn publish(repository: &Path, version: &Workbook) {
    for entry in
        fs::read_dir(repository).unwrap().map(Result::unwrap).filter(|entry| entry.file_name() != ".git")
    {
        let removed = if entry.path().is_dir() {
            fs::remove_dir_all(entry.path())
        } else {
            fs::remove_file(entry.path())
        };
        removed.unwrap();
    }
    for (path, (bytes, _)) in everything(version) {
        let place = repository.join(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    git(repository, &["add", "--all"]);
    git(repository, &["commit", "--quiet", "--message=a version"]);
}

#[test]
fn a_clone_and_a_fork_get_what_was_published() {
    let upstream = tempfile::tempdir().unwrap();
    git(upstream.path(), &["init", "--quiet"]);
    publish(upstream.path(), &first().write());
    let clone = Workbook::cloned_from(upstream.path());
    // Before the tool ran for the first time, another version came by a pull.
    publish(upstream.path(), &draft(7, &["01-sound", "02-other", "03-later"]).write());
    assert_eq!(clone.tool(&["list"]).code, Some(0));
    git(clone.root(), &["pull", "--quiet"]);
    clone.replace("exercises/03-later/src/lib.rs", "todo!(\"return twice {n}\")", "2 * n");
    clone.put("README.md", "Mine.\n");
    git(clone.root(), &["add", "--all"]);
    git(clone.root(), &["commit", "--quiet", "--message=mine"]);
    let before = everything(&clone);

    publish(upstream.path(), &second().write());
    let updated = clone.tool(&["update"]);
    assert_eq!(updated.code, Some(0), "{updated:?}");
    assert_eq!(
        (clone.read("compose.yaml"), clone.read("README.md")),
        ("version: 2\n".into(), "Mine.\n".into())
    );
    assert!(clone.read("exercises/04-later/src/lib.rs").contains("2 * n"));
    assert!(
        !everything(&clone).keys().any(|path| path.starts_with(".workbook/")),
        "nothing met: {updated:?}"
    );
    assert_eq!(clone.tool(&["undo"]).code, Some(0));
    assert!(everything(&clone) == before);

    // A fork is one's own: the start of a chapter is not in it.
    let fork = Workbook::cloned_from(clone.root());
    let refused = fork.tool(&["update", "--from", clone.root().to_str().unwrap()]);
    assert!(refused.stderr.contains("somebody has worked in it"), "{refused:?}");
    let refused = fork.tool(&["update"]);
    assert!(refused.stderr.contains("somebody has worked in it"), "{refused:?}");
    git(fork.root(), &["remote", "add", "upstream", upstream.path().to_str().unwrap()]);
    let updated = fork.tool(&["update"]);
    assert_eq!(updated.code, Some(0), "{updated:?}");
    assert_eq!(
        (fork.read("compose.yaml"), fork.read("README.md")),
        ("version: 2\n".into(), "Mine.\n".into())
    );

    // From a folder it does not take the owner's solution, which was pushed, for what was published.
    let other = Workbook::cloned_from(clone.root());
    update(&other, second().write().root());
    assert!(other.read("exercises/04-later/src/lib.rs").contains("2 * n"));

    // And a copy without git gets it from the address.
    let copy = worked_in();
    update(&copy, &upstream.path().join(".git"));
    assert_eq!(
        (copy.read("book/new.md"), copy.read("README.md")),
        ("Of version 2.\n".into(), "Mine.\n".into())
    );
}

#[test]
#[ignore = "needs strace: .ci/run has it"]
fn an_update_and_its_undo_that_are_killed_at_any_step_have_happened_or_not() {
    // As little as has every kind of change in it: each step is a kill, and three starts of the tool.
    let version = |folder: &str, text: &str| {
        let mut draft = Draft::new();
        let mut chapter = draft.chapter(folder);
        chapter.without_answers();
        chapter.replace("exercise/src/lib.rs", "Always one.", text);
        chapter.replace("exercise/tests/chapter/one.rs", "in ", text);
        draft.put(&format!("book/{text}.md"), text);
        draft.write()
    };
    let (workbook, newer) = (version("01-sound", "old"), version("02-sound", "new"));
    assert_eq!(workbook.tool(&["list"]).code, Some(0));
    workbook.replace("exercises/01-sound/src/lib.rs", "todo!(\"return twice {n}\")", "n + n");
    workbook.put("exercises/01-sound/src/notes.rs", "// mine\n");
    let from = newer.root().to_str().unwrap();
    let old = everything(&workbook);
    update(&workbook, newer.root());
    let new = everything(&workbook);
    assert!(old != new);
    for (name, before, after, arguments, there_again) in [
        ("undo", &new, &old, &["undo", "update"][..], &["undo", "update"][..]),
        ("update", &old, &new, &["update", "--from", from], &["undo", "update"]),
    ] {
        let mut nth = 0;
        loop {
            nth += 1;
            assert!(everything(&workbook) == *before, "{name} {nth}: the beginning");
            let killed = killed_at(workbook.root(), None, nth, arguments);
            workbook.tool(&["status"]);
            let now = everything(&workbook);
            assert!(now == *before || now == *after, "{name} killed at {nth}");
            if !killed {
                assert!(now == *after);
                break;
            }
            if now == *after {
                let back = workbook.tool(there_again);
                assert_eq!(back.code, Some(0), "{name} {nth}: {back:?}");
            }
            assert!(nth < 2000, "it comes to an end");
        }
        assert!(nth > 50, "{nth} steps");
        println!("{name}: killed at {} steps", nth - 1);
        // The next one begins where this one ended, or from the old version.
        assert!(everything(&workbook) == *after);
    }
}
