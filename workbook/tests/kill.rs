//! Progress survives a kill at any point of a write: real processes, really killed.

use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use workbook::learner::progress::Progress;

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
