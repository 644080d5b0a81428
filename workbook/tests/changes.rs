//! Nothing that a learner wrote is out of reach: two tools at once, saves during a reset, kills at every step of a change.

mod support;

use std::{
    collections::BTreeMap,
    fs,
    process::Stdio,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use support::{Ran, Workbook, strace};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const EXERCISE: &str = "exercises/01-first-route";
const STARTED: &str = "exercises/01-first-route/src/lib.rs";
const SNAPSHOTS: &str = ".workbook/snapshots/first-route";

type Exercise = BTreeMap<String, Vec<u8>>;

fn exercise(workbook: &Workbook) -> Exercise {
    workbook::course::files::read_all(&workbook.path(EXERCISE)).unwrap()
}

/// The exercise as somebody may have left it: one file changed, one added, one deleted.
fn worked_on(workbook: &Workbook, text: &str) -> Exercise {
    workbook.write(STARTED, text);
    workbook.write("exercises/01-first-route/src/notes.rs", format!("// {text}"));
    let _ = fs::remove_file(workbook.path("exercises/01-first-route/tests/kept.rs"));
    let _ = fs::remove_file(workbook.path("exercises/01-first-route/src/main.rs"));
    exercise(workbook)
}

fn snapshots(workbook: &Workbook) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(workbook.path(SNAPSHOTS))
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn two_resets_at_once_leave_one_start_and_one_undo() {
    let workbook = Workbook::cloned();
    let start = exercise(&workbook);
    for round in 0..50 {
        let mine = worked_on(&workbook, &format!("round {round}"));
        let barrier = Barrier::new(2);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    barrier.wait();
                    workbook.run(&["reset", "first-route"]).expect(0);
                });
            }
        });
        assert!(exercise(&workbook) == start, "round {round}: the start");
        workbook.run(&["undo", "first-route"]).expect(0);
        assert!(exercise(&workbook) == mine, "round {round}: what was there");
    }
}

#[test]
fn a_save_during_a_reset_is_in_the_exercise_or_in_the_undo() {
    let workbook = Workbook::cloned();
    for round in 0..100u64 {
        worked_on(&workbook, &format!("before {round}"));
        let saved = format!("saved during the reset {round}");
        let mut reset = workbook.command(&["reset", "first-route"]);
        let mut reset = reset.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_micros(600 * round));
        workbook.write(STARTED, &saved);
        assert!(reset.wait().unwrap().success(), "round {round}");
        if workbook.read(STARTED) != saved.as_bytes() {
            workbook.run(&["undo", "first-route"]).expect(0);
            assert_eq!(String::from_utf8_lossy(&workbook.read(STARTED)), saved, "round {round}");
        }
    }
}

#[test]
fn a_snapshot_of_a_clock_that_was_ahead_is_not_the_last_one() {
    let workbook = Workbook::cloned();
    worked_on(&workbook, "long ago");
    workbook.run(&["reset", "first-route"]).expect(0);
    let ahead = workbook.path(&format!("{SNAPSHOTS}/2999-01-01T00-00-00.000000-before-reset"));
    fs::rename(workbook.path(&format!("{SNAPSHOTS}/{}", snapshots(&workbook)[0])), ahead).unwrap();

    let mine = worked_on(&workbook, "now");
    workbook.run(&["reset", "first-route"]).expect(0);
    workbook.run(&["undo", "first-route"]).expect(0);
    assert!(exercise(&workbook) == mine);
}

#[test]
fn undo_refuses_a_snapshot_that_is_not_whole() {
    let workbook = Workbook::cloned();
    worked_on(&workbook, "mine");
    workbook.run(&["reset", "first-route"]).expect(0);
    let start = exercise(&workbook);
    let lost = workbook.path(&format!("{SNAPSHOTS}/{}/src/lib.rs", snapshots(&workbook)[0]));
    fs::remove_file(lost).unwrap();

    let refused = workbook.run(&["undo", "first-route"]).expect(2);
    assert!(refused.err.contains("not whole"), "{}", refused.err);
    assert!(exercise(&workbook) == start, "nothing was changed");
}

#[test]
fn a_reset_takes_the_state_back_to_its_start_and_keeps_that_it_was_green() {
    let workbook = Workbook::cloned();
    workbook.solve("01-first-route");
    workbook.run(&["run", "first-route"]).expect(0);
    workbook.write(STARTED, "pub fn app() -> axum::Router { 1 }");
    workbook.run(&["run", "first-route"]).expect(1);
    assert!(
        workbook.run(&["list"]).expect(0).out.contains(" 1 of "),
        "what is tried out later takes nothing away"
    );

    workbook.run(&["reset", "first-route"]).expect(0);
    let status = workbook.run(&["status", "--format", "json"]).expect(0).json();
    let chapter = &status["chapters"][0];
    assert_eq!(
        (chapter["state"].as_str(), chapter["was_green"].as_bool()),
        (Some("not-started"), Some(true))
    );
}

#[test]
fn who_holds_the_lock_is_said_after_some_seconds() {
    let workbook = Workbook::cloned();
    worked_on(&workbook, "mine");
    let _held = workbook::learner::Lock::take(&workbook.root).unwrap();
    let started = Instant::now();
    let refused = workbook.run(&["reset", "first-route"]).expect(2);
    assert!(started.elapsed() < Duration::from_secs(20));
    let holder = format!("the process {}", std::process::id());
    assert!(refused.err.contains(&holder), "{}", refused.err);
}

/// Runs the tool and kills it at its `nth` step; whether it came to that.
fn killed_at(workbook: &Workbook, nth: u32, arguments: &[&str]) -> bool {
    strace::killed_at(&workbook.root, Some(&support::target()), nth, arguments)
}

/// Does `round` with a kill at the first step, the second, and so on, until it says that none was left to be killed at. How many
/// there were.
fn at_every_step(mut round: impl FnMut(u32) -> bool) -> usize {
    let steps = (1..500).take_while(|nth| round(*nth)).count();
    assert!(steps < 499, "it comes to an end");
    println!("killed at {steps} steps");
    steps
}

#[test]
#[ignore = "needs strace: .ci/run has it"]
fn a_reset_that_is_killed_at_any_step_has_happened_or_not_and_loses_nothing() {
    let workbook = Workbook::cloned();
    let start = exercise(&workbook);
    workbook.run(&["status"]).expect(0);
    let steps = at_every_step(|nth| {
        let mine = worked_on(&workbook, &format!("kill {nth}"));
        let killed = killed_at(&workbook, nth, &["reset", "first-route"]);
        workbook.run(&["status"]).expect(0);
        let now = exercise(&workbook);
        assert!(now == mine || now == start, "kill {nth}: {:?}", now.keys());
        if now == start {
            workbook.run(&["undo", "first-route"]).expect(0);
            assert!(exercise(&workbook) == mine, "kill {nth}: undo");
        }
        killed
    });
    assert!(steps > 20, "{steps} steps");
}

#[test]
#[ignore = "needs strace: .ci/run has it"]
fn an_undo_that_is_killed_at_any_step_has_happened_or_not_and_loses_nothing() {
    let workbook = Workbook::cloned();
    let steps = at_every_step(|nth| {
        let mine = worked_on(&workbook, &format!("first {nth}"));
        workbook.run(&["reset", "first-route"]).expect(0);
        workbook.write(STARTED, format!("second {nth}"));
        let second = exercise(&workbook);
        let killed = killed_at(&workbook, nth, &["undo", "first-route"]);
        workbook.run(&["status"]).expect(0);
        let now = exercise(&workbook);
        assert!(now == mine || now == second, "kill {nth}: {:?}", now.keys());
        // The one is there, the other one undo away.
        let other = if now == mine { second } else { mine };
        workbook.run(&["undo", "first-route"]).expect(0);
        assert!(exercise(&workbook) == other, "kill {nth}: undo");
        killed
    });
    assert!(steps > 20, "{steps} steps");
}

#[test]
#[ignore = "needs strace: .ci/run has it"]
fn a_first_green_that_is_killed_at_any_step_has_a_snapshot_when_it_is_written_down() {
    let workbook = Workbook::cloned();
    workbook.solve("01-first-route");
    let steps = at_every_step(|nth| {
        let _ = fs::remove_dir_all(workbook.path(".workbook"));
        // The first command of all keeps hundreds of starters; a kill among those is of no interest here.
        workbook.run(&["status"]).expect(0);
        let killed = killed_at(&workbook, nth, &["run", "first-route"]);
        let status: Ran = workbook.run(&["status", "--format", "json"]).expect(0);
        let was_green = status.json()["chapters"][0]["was_green"] == true;
        let kept = snapshots(&workbook).iter().filter(|name| name.ends_with("first-green")).count();
        assert!(!was_green || kept > 0, "kill {nth}: green, and no snapshot");
        workbook.run(&["run", "first-route"]).expect(0);
        assert!(snapshots(&workbook).iter().any(|name| name.ends_with("first-green")), "kill {nth}");
        killed
    });
    assert!(steps > 0, "it was killed at least once");
}
