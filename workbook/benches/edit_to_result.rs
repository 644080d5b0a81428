//! From the save of a file to the result of the chapter's own tests: plain Cargo with the chapter's ring, the tool called
//! once, the tool while it watches, and a page of the book that the tool serves. Beside them plain Cargo with both rings.
//!
//! ```text
//! cargo bench --profile dev -p workbook --bench edit_to_result [-- ROUNDS [CHAPTER…]]
//! ```
//!
//! Each round makes the same one-line edit five times and measures each way once, in turn, so that whatever else
//! the machine does meets all of them. Printed are medians, their ratios to both rings, and the medians of the differences
//! to the chapter's ring within a round.

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
/// What the terminal prints as soon as the chapter's ring has been run.
const CHAPTER: &str = "chapter: ";
const WAYS: [&str; 5] =
    ["cargo, chapter's ring", "cargo, both rings", "workbook run", "workbook watch", "the page"];

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let rounds = arguments.next().map_or(7, |rounds| rounds.parse().expect("how many rounds, as a number"));
    let mut ids: Vec<String> = arguments.collect();
    if ids.is_empty() {
        ids.push("first-route".into());
    }
    for id in ids {
        chapter(&id, rounds);
    }
}

fn chapter(id: &str, rounds: usize) {
    let workbook = Workbook::copy();
    let course = Course::load(&workbook.root).expect("the copy is a workbook");
    let chapter = course.chapter(id).expect("a chapter");
    let id = chapter.id.as_str();
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

    let cargo = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["test", "--quiet", "--package", id]).args(more).env("CARGO_TARGET_DIR", target());
        quiet(cargo.current_dir(&workbook.root));
    };
    let run = || Running::start(workbook.command(&["run", id]));
    // Everything is built before anything is measured.
    cargo(&[]);
    run().wait_for("Green");

    let mut rows = Vec::new();
    for _ in 0..rounds {
        let saved = edit();
        cargo(&["--test", "chapter"]);
        let by_chapter = saved.elapsed();

        let saved = edit();
        cargo(&[]);
        let by_both = saved.elapsed();

        let saved = edit();
        let mut running = run();
        running.wait_for(CHAPTER);
        let by_run = saved.elapsed();
        running.wait_for("Green");
        drop(running);

        // The watcher sees the saves of the others too, so it lives only now: its first run is not measured.
        let mut watch = Running::start(workbook.command(&["watch", id]));
        watch.wait_for("Green");
        watch.wait_for("chapters");
        let saved = edit();
        watch.wait_for(CHAPTER);
        let by_watch = saved.elapsed();
        watch.wait_for("Green");
        drop(watch);

        let mut tool = Running::start(workbook.command(&["start", "--no-open", "--port", "0"]));
        let page = Page::open(&tool.wait_for("The book:"));
        page.act("run", id).expect(200);
        let mut events = page.events();
        // What the tool does by itself at its start is over: its first run, and the build for the next chapter.
        tool.wait_for(&format!(" {id} "));
        events.done(id, "green");
        tool.wait_for("chapters");
        let saved = edit();
        events.run(|run| run["id"] == id && run["total"] != 0 && run["passed"] == run["total"]);
        let by_page = saved.elapsed();
        events.done(id, "green");
        rows.push([by_chapter, by_both, by_run, by_watch, by_page]);
    }

    println!("from save to the chapter's result, {id}, {rounds} rounds, medians");
    let both = median(rows.iter().map(|row| row[1]));
    for (way, name) in WAYS.into_iter().enumerate() {
        let more = median_difference(rows.iter().map(|row| (row[way], row[0])));
        let time = median(rows.iter().map(|row| row[way]));
        println!("{name:22} {:7.0} ms  {more:+6.0} ms  {:.2}", ms(time), ms(time) / ms(both));
    }
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
