//! How long the book takes: all of it, and again after one page was edited, as the tool does while it serves.
//!
//! ```text
//! cargo bench --profile dev -p workbook --bench book [-- CHAPTERS...]
//! ```
//!
//! Measured are the book as it is, and then books of so many chapters, whose further pages are copies of those that exist. Printed are
//! the first build of a process and the median of the builds after it. It fails where the book takes longer than [`WHOLE`] or [`AGAIN`].

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
        let asked = Instant::now();
        rebuilder.request();
        let built = built.recv().expect("the builder lives").expect("the book can be built");
        (asked.elapsed(), built.pages)
    };
    let (whole, pages) = build();
    let page = "book/part-1/first-route.md";
    let text = String::from_utf8(workbook.read(page)).expect("a page is UTF-8");
    let mut again: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            workbook.write(page, format!("{text}\nEdited {round} times.\n"));
            build().0
        })
        .collect();
    workbook.write(page, text);
    again.sort();
    let again = again[ROUNDS / 2];
    println!(
        "{pages} pages: whole in {} ms, again after an edit in {} ms",
        whole.as_millis(),
        again.as_millis()
    );
    let in_time = whole <= WHOLE && again <= AGAIN;
    if !in_time {
        println!("That is more than {} ms or {} ms.", WHOLE.as_millis(), AGAIN.as_millis());
    }
    in_time
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
