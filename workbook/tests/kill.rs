//! Progress survives a kill at any point of a write, and a killed tool leaves nothing running: real processes, really killed.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use workbook::learner::progress::Progress;

#[cfg(unix)]
mod support;

#[cfg(unix)]
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const ROOT: &str = "WORKBOOK_KILL_ROOT";

/// Not a test of its own: the process that the test below kills. It writes for ever, each time a larger number.
#[test]
fn writer() {
    let Some(root) = env::var_os(ROOT).map(PathBuf::from) else { return };
    loop {
        let written = Progress::update(&root, |progress| {
            // Large enough that a write takes more than one system call would at once.
            for chapter in 0..40 {
                let entry = progress.entry(&format!("chapter-{chapter:02}"));
                entry.total += 1;
                entry.failing = vec!["a_test_with_a_rather_long_name_that_says_what_it_holds".into(); 20];
            }
        });
        println!("written {}", written.unwrap().chapters["chapter-00"].total);
    }
}

#[test]
fn progress_survives_a_kill_at_any_point_of_a_write() {
    let root = tempfile::tempdir().unwrap();
    let mut last = 0;
    for round in 0..60u64 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "writer", "--nocapture"])
            .env(ROOT, root.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut acknowledged = last;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut next = || lines.find_map(|line| line.rsplit_once("written ")?.1.parse::<usize>().ok());
        // At least one write is acknowledged; then a kill at another point of a later one in each round.
        acknowledged = next().unwrap_or(acknowledged);
        thread::sleep(Duration::from_micros(round * 173));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = std::iter::from_fn(next).last().unwrap_or(acknowledged);

        let progress = Progress::load(root.path()).expect("a whole file after each kill");
        let totals: Vec<usize> = progress.chapters.values().map(|entry| entry.total).collect();
        assert_eq!(totals.len(), 40);
        assert!(totals.iter().all(|total| *total == totals[0]), "one write, whole: {totals:?}");
        assert!(totals[0] >= acknowledged, "{acknowledged} was acknowledged, {} is there", totals[0]);
        last = totals[0];
    }
}

#[cfg(unix)]
mod tool {
    use std::{
        process::{Command, Stdio},
        thread,
        time::{Duration, Instant},
    };

    use crate::support::{PATIENCE, Workbook};

    const ENDLESS: &str = r#"
#[test]
fn endless() {
    let child = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    println!("running");
    std::fs::write("processes", format!("{} {} .", std::process::id(), child.id())).unwrap();
    loop {
        std::hint::spin_loop();
    }
}
"#;

    #[test]
    fn a_killed_tool_leaves_no_test_running_nor_what_that_started() {
        let workbook = Workbook::copy();
        workbook.write("exercises/01-first-route/tests/chapter/main.rs", ENDLESS);
        let mut tool = workbook.command(&["run", "first-route"]).stdout(Stdio::null()).spawn().unwrap();
        let until = Instant::now() + PATIENCE;
        let soon = |what: &str, is_so: &dyn Fn() -> bool| {
            while !is_so() {
                assert!(Instant::now() < until, "{what}");
                thread::sleep(Duration::from_millis(5));
            }
        };
        let written = workbook.path("exercises/01-first-route/processes");
        let processes = || std::fs::read_to_string(&written).unwrap_or_default();
        soon("the test has begun", &|| processes().ends_with('.'));
        let is_running = |id: &str| {
            // One that has ended, and that nobody has waited for, is none: `ps` says Z of it.
            let ps = Command::new("ps").args(["-o", "stat=", "-p", id]).output().unwrap().stdout;
            !ps.is_empty() && !ps.starts_with(b"Z")
        };
        let processes = processes();
        let processes: Vec<_> = processes.split(' ').take(2).collect();
        assert!(processes.iter().all(|id| is_running(id)), "{processes:?}");

        tool.kill().unwrap();
        tool.wait().unwrap();

        soon("both have ended", &|| !processes.iter().any(|id| is_running(id)));
    }
}
