//! How long the book takes: all of it, and again after one page was edited, as the tool does while it serves.
//!
//! ```text
//! cargo bench --profile dev -p workbook --bench book [-- CHAPTERS...]
//! ```
//!
//! Measured are the book as it is, and then books of so many chapters, whose further pages are copies of those that exist. Printed are
//! the first build of a process and the median of the builds after it, and the processor's share of both. It fails where that share is
//! more than [`WHOLE`] or [`AGAIN`]: one thread builds, so a machine that has nothing else to do takes no longer.

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    env, fs,
    process::ExitCode,
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use support::Workbook;
use workbook::book::{BuildOptions, Rebuilder};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const WHOLE: Duration = Duration::from_secs(2);
const AGAIN: Duration = Duration::from_secs(1);
const ROUNDS: usize = 10;

fn main() -> ExitCode {
    let sizes = env::args().skip(1).filter(|argument| argument != "--bench");
    let sizes: Vec<usize> = sizes.map(|size| size.parse().expect("how many chapters, as a number")).collect();
    let workbook = Workbook::copy();
    let mut in_time = measure(&workbook);
    for size in sizes {
        grow(&workbook, size);
        in_time &= measure(&workbook);
    }
    if in_time { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure(workbook: &Workbook) -> bool {
    let (done, built) = channel();
    let options = BuildOptions { destination: workbook.path("site"), served: true };
    let rebuilder = Rebuilder::start(&workbook.root, options, move |result| {
        let _ = done.send(result);
    })
    .expect("the folder can be written");
    let build = || {
        let (asked, used) = (Instant::now(), processor());
        rebuilder.request();
        let built = built.recv().expect("the builder lives").expect("the book can be built");
        let took = asked.elapsed();
        let share = used.zip(processor()).map_or(took, |(before, now)| now - before);
        (share, took, built.pages)
    };
    let (whole_share, whole, pages) = build();
    let page = "book/part-1/first-route.md";
    let text = String::from_utf8(workbook.read(page)).expect("a page is UTF-8");
    let mut again: Vec<(Duration, Duration)> = (0..ROUNDS)
        .map(|round| {
            workbook.write(page, format!("{text}\nEdited {round} times.\n"));
            let (share, took, _) = build();
            (share, took)
        })
        .collect();
    workbook.write(page, text);
    again.sort();
    let (again_share, again) = again[ROUNDS / 2];
    let told =
        |took: Duration, share: Duration| format!("{} ms ({} ms)", took.as_millis(), share.as_millis());
    let (first, next) = (told(whole, whole_share), told(again, again_share));
    println!("{pages} pages: whole in {first}, again after an edit in {next}");
    let in_time = whole_share <= WHOLE && again_share <= AGAIN;
    if !in_time {
        println!("That is more than {} ms or {} ms.", WHOLE.as_millis(), AGAIN.as_millis());
    }
    in_time
}

/// What this process has used of the processor, as Linux counts it: in hundredths of a second.
fn processor() -> Option<Duration> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // What stands in parentheses is the program's name.
    let mut numbers = told.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut next = || numbers.next()?.parse::<u64>().ok();
    let ticks = next()? + next()?;
    Some(Duration::from_millis(ticks * 10))
}

/// Copies chapters until there are so many. Their pictures are others, for they are drawn once for each text.
fn grow(workbook: &Workbook, size: usize) {
    let summary = String::from_utf8(workbook.read("book/SUMMARY.md")).expect("a summary is UTF-8");
    let lines: Vec<&str> = summary.lines().filter(|line| line.starts_with("- [")).collect();
    let mut more = String::new();
    for (copy, line) in lines.iter().cycle().enumerate().take(size.saturating_sub(lines.len())) {
        let page = line.split(['(', ')']).nth(1).expect("a link");
        let text =
            fs::read_to_string(workbook.path("book").join(page)).expect("the summary names pages that exist");
        let text: String =
            text.split_inclusive('\n')
                .map(|line| {
                    if line.starts_with("```pikchr") { format!("{line}# {copy}\n") } else { line.to_owned() }
                })
                .collect();
        let name = page.replace(".md", &format!("-{size}-{copy}.md"));
        workbook.write(&format!("book/{name}"), text);
        more.push_str(&format!("- [Copy {copy}]({name})\n"));
    }
    let last = lines.last().expect("there are chapters");
    workbook.write("book/SUMMARY.md", summary.replacen(last, &format!("{last}\n{}", more.trim_end()), 1));
}
