//! From the save of a file to the result of its tests: plain Cargo, the tool called once, the tool while it watches, and
//! a page of the book that the tool serves.
//!
//! ```text
//! cargo bench --profile dev -p workbook --bench edit_to_result [-- CHAPTER [PAIRS]]
//! ```
//!
//! Each round makes the same one-line edit four times and measures each way once, in turn, so that whatever else
//! the machine does meets all of them. Printed are medians, and the medians of the differences within a round.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    env,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use support::{Running, Workbook, page::Page, target};
use workbook::course::Course;

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let id = arguments.next().unwrap_or_else(|| "first-route".into());
    let rounds = arguments.next().map_or(10, |rounds| rounds.parse().expect("how many rounds, as a number"));

    let workbook = Workbook::copy();
    let course = Course::load(&workbook.root).expect("the copy is a workbook");
    let chapter = course.chapter(&id).expect("a chapter");
    for file in &chapter.about.edit {
        let solution = chapter.solution_dir.join(file);
        std::fs::copy(&solution, chapter.dir.join(file)).expect("the solution");
    }
    let in_rust = chapter.about.edit.iter().find(|file| file.ends_with(".rs")).expect("a chapter edits Rust");
    let edited = format!("exercises/{}/{}", chapter.folder, in_rust);
    let text = String::from_utf8(workbook.read(&edited)).expect("Rust is UTF-8");
    let mut count = 0;
    // A line that the compiler cannot skip: a public function with another body each time.
    let mut edit = || {
        count += 1;
        workbook.write(&edited, format!("{text}\n#[doc(hidden)]\npub fn edited() -> u32 {{ {count} }}\n"));
        Instant::now()
    };

    let cargo = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["test", "--quiet", "--package", &id]).env("CARGO_TARGET_DIR", target());
        quiet(cargo.current_dir(&workbook.root));
    };
    let run = || quiet(&mut workbook.command(&["run", &id]));
    // Everything is built before anything is measured.
    cargo();
    run();

    let mut rows = Vec::new();
    let mut beyond = Vec::new();
    for _ in 0..rounds {
        let saved = edit();
        cargo();
        let by_cargo = saved.elapsed();

        let saved = edit();
        run();
        let by_run = saved.elapsed();

        // The watcher sees the saves of the others too, so it lives only now: its first run is not measured.
        let mut watch = Running::start(workbook.command(&["watch", &id]));
        watch.wait_for("Green");
        watch.wait_for("chapters");
        let saved = edit();
        watch.wait_for("Green");
        let by_watch = saved.elapsed();
        drop(watch);

        let mut tool = Running::start(workbook.command(&["start", "--no-open", "--port", "0"]));
        let page = Page::open(&tool.wait_for("The book:"));
        page.act("run", &id).expect(200);
        let mut events = page.events();
        // What the tool does by itself at its start is over: its first run, and the build for the next chapter.
        tool.wait_for(&format!(" {id} "));
        events.done(&id, "green");
        tool.wait_for("chapters");
        let saved = edit();
        let ran = events.done(&id, "green");
        let by_page = saved.elapsed();
        let run = Duration::from_millis(ran["elapsed_ms"].as_u64().expect("a run has its time"));
        beyond.push((by_page, run));
        rows.push([by_cargo, by_run, by_watch, by_page]);
    }

    println!("from save to result, chapter {id}, {rounds} rounds, medians");
    let cargo = median(rows.iter().map(|row| row[0]));
    for (name, way) in [("cargo test -p", 0), ("workbook run", 1), ("workbook watch", 2), ("the page", 3)] {
        let more = median_difference(rows.iter().map(|row| (row[way], row[0])));
        let time = median(rows.iter().map(|row| row[way]));
        println!("{name:15} {:7.0} ms  {more:+6.0} ms  {:.2}", ms(time), ms(time) / ms(cargo));
    }
    let page = median_difference(rows.iter().map(|row| (row[3], row[2])));
    println!("the page after watch: {page:+.0} ms");
    // The debounce, the end of what was built ahead, the way to the page: all that a reader waits for and no compiler or test needs.
    println!("the page beyond the run itself: {:+.0} ms", median_difference(beyond.into_iter()));
}

fn quiet(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it starts");
    assert!(status.success(), "{command:?} is green");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort();
    times[times.len() / 2]
}

fn median_difference(pairs: impl Iterator<Item = (Duration, Duration)>) -> f64 {
    let mut differences: Vec<_> = pairs.map(|(one, other)| ms(one) - ms(other)).collect();
    differences.sort_by(f64::total_cmp);
    differences[differences.len() / 2]
}
