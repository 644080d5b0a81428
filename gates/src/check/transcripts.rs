//! Gate 5, transcripts: what stands below `$ curl …` in a console block is what the chapter's service answers.
//!
//! The commands of a page run in their order against one process of the solution (of the starter, in blocks marked
//! ```` ```console,starter ````). An id that the page shows stands for the one that the service gave at that place.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::Path,
    process::{Command, Stdio},
    sync::LazyLock,
    time::Duration,
};

use anyhow::Result;
use regex::Regex;
use workbook::{
    book::fences::Fence,
    runner::{
        Stop,
        process::{self, Patience},
    },
};

use super::{
    Failure,
    quotes::{LEFT_OUT, covers},
    regex,
    service::Service,
    shell::{self, Step},
};

/// Where the book says that a service listens.
const ADDRESSES: [&str; 2] = ["127.0.0.1:3000", "localhost:3000"];
const CURL: &str = "curl";
const LIMIT: Duration = Duration::from_secs(30);

/// What is wrong with the transcripts on a page. `packages` are the solution and the starter, where they compile.
pub fn check(
    root: &Path,
    page: &str,
    fences: &[Fence],
    packages: [Option<&str>; 2],
    stop: &Stop,
) -> Result<Vec<Failure>> {
    let consoles = fences.iter().filter(|fence| fence.language() == "console");
    let (of_starter, of_solution): (Vec<_>, Vec<_>) =
        consoles.flat_map(tries).partition(|(starter, _)| *starter);
    if of_starter.is_empty() && of_solution.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(failure) = missing(CURL) {
        return Ok(vec![failure]);
    }
    let mut failures = Vec::new();
    for (package, steps) in packages.into_iter().zip([of_solution, of_starter]) {
        let Some(package) = package.filter(|_| !steps.is_empty()) else { continue };
        let service = match Service::start(root, package, stop)? {
            Ok(service) => service,
            Err(reason) => {
                failures.push(Failure::new(
                    format!("book/{page} shows commands, but there is no service to try them on: {reason}"),
                    format!("let the program print where it listens, as chapter 1 does, and see it with: cargo run -p {package}"),
                ));
                continue;
            }
        };
        let mut ids = Ids::default();
        for (_, step) in steps {
            failures.extend(tried(page, &step, service.port, &mut ids, stop)?);
        }
    }
    Ok(failures)
}

/// The commands of a block that ask the service, with their lines on the page, and whether it is the starter's.
fn tries(fence: &Fence) -> impl Iterator<Item = (bool, Step)> {
    let (starter, first) = (fence.info.split([',', ' ']).any(|part| part == "starter"), fence.line + 1);
    let is_ours = |step: &Step| {
        step.command.starts_with("curl ") && ADDRESSES.iter().any(|at| step.command.contains(at))
    };
    let steps = shell::steps(&fence.content).into_iter().filter(is_ours);
    steps.map(move |step| (starter, Step { line: first + step.line, ..step }))
}

fn missing(program: &str) -> Option<Failure> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let missing = command.status().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    missing.then(|| {
        Failure::new(
            format!("the commands on the page cannot be tried: there is no {program} on the PATH"),
            format!("install it (apt-get install {program}; it comes with macOS and Windows), then run the check again"),
        )
    })
}

fn tried(page: &str, step: &Step, port: u16, ids: &mut Ids, stop: &Stop) -> Result<Option<Failure>> {
    let place = format!("book/{page}:{}", step.line);
    let words = match shell::words(&step.command) {
        Ok(words) => words,
        Err(reason) => {
            return Ok(Some(Failure::new(
                format!("{place} cannot be tried: {reason}"),
                "write it as one plain curl command, with single quotes around data",
            )));
        }
    };
    let here = format!("127.0.0.1:{port}");
    let mut curl = Command::new(CURL);
    // Nobody's own settings, no proxy, no progress meter: errors alone, as a terminal shows them.
    curl.args(["--disable", "--silent", "--show-error", "--noproxy", "*"]);
    let to_here = |word: String| ADDRESSES.iter().fold(word, |word, address| word.replace(address, &here));
    curl.args(words[1..].iter().map(|word| to_here(ids.as_given(word))));
    let (_, printed) = process::text(curl, stop, Patience::of(LIMIT))?;
    let printed = printed.replace("\r\n", "\n");
    let printed = printed.replace(&here, ADDRESSES[0]).replace(&format!("port {port}"), "port 3000");
    let expected = step.output.join("\n");
    ids.learn(&expected, &printed);
    let printed = ids.as_shown(&printed);
    let loose = TIME.is_match(&expected) && TIME.is_match(&printed);
    let is_so = covers(&comparable(&expected, loose), &comparable(&printed, loose));
    Ok((!is_so).then(|| {
        Failure::new(
            format!("{place} shows what the service does not answer. It answers:\n{}", printed.trim_end()),
            format!("copy that to the page, or mend the service; a line with `{LEFT_OUT}` stands for what you leave out"),
        )
    }))
}

static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^((?:< )?date): .*"));
static LENGTH: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^((?:< )?content-length): \d+"));
static TIME: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})"));
static UUID: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"));

/// The lines with what differs from run to run made alike. A time may be printed with more or fewer digits, and the
/// length of the body with it: `loose` leaves it out.
fn comparable(text: &str, loose: bool) -> Vec<String> {
    let alike = |line: &str| {
        let line = DATE.replace(line.trim_end(), "$1: DATE").into_owned();
        let line = TIME.replace_all(&line, "TIME").into_owned();
        if loose { LENGTH.replace(&line, "$1: LENGTH").into_owned() } else { line }
    };
    text.trim_end().lines().map(alike).collect()
}

/// Which id of this run each id on the page stands for.
#[derive(Debug, Default)]
struct Ids(BTreeMap<String, String>);

impl Ids {
    /// Pairs the ids of an answer with those that the page shows for it, in their order. An id that is known already
    /// keeps its meaning: when the page says it is the same, it has to be the same.
    fn learn(&mut self, shown: &str, given: &str) {
        let ids = |text| UUID.find_iter(text).map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
        for (shown, given) in ids(shown).into_iter().zip(ids(given)) {
            if !self.0.values().any(|known| *known == given) {
                self.0.entry(shown).or_insert(given);
            }
        }
    }

    fn as_given(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (shown, given)| text.replace(shown, given))
    }

    fn as_shown(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (shown, given)| text.replace(given, shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: [&str; 2] = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"];
    const RUN: [&str; 2] = ["aaaaaaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-7bbb-8bbb-bbbbbbbbbbbb"];

    #[test]
    fn an_id_on_the_page_stands_for_the_one_of_this_run() {
        let mut ids = Ids::default();
        ids.learn(&format!("location: /users/{}", PAGE[0]), &format!("location: /users/{}", RUN[0]));
        assert_eq!(ids.as_given(&format!("curl /users/{}", PAGE[0])), format!("curl /users/{}", RUN[0]));
        assert_eq!(ids.as_shown(RUN[0]), PAGE[0]);

        ids.learn(PAGE[0], RUN[1]);
        assert_eq!(ids.as_shown(RUN[1]), RUN[1], "a new id is not the one that the page shows again");
        ids.learn(PAGE[1], RUN[0]);
        assert_eq!(ids.as_shown(RUN[0]), PAGE[0], "and the old one is not a new one");
    }

    #[test]
    fn dates_and_times_differ_and_lengths_only_with_them() {
        let page = "HTTP/1.1 200 OK\ncontent-length: 30\ndate: Sun, 22 Nov 2026 12:00:00 GMT\n\n{\"at\":\"2026-11-22T12:00:00.5Z\"}";
        let run = "HTTP/1.1 200 OK\r\ncontent-length: 29\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\n\r\n{\"at\":\"2026-11-23T12:00:00Z\"}\n";
        assert_eq!(comparable(page, true), comparable(&run.replace("Date", "date"), true));
        assert_ne!(comparable(page, false), comparable(run, false));
    }

    #[test]
    fn a_program_that_is_missing_is_a_failure_with_its_mend() {
        let failure = missing("no-such-curl").unwrap();
        assert!(failure.mend.contains("apt-get install no-such-curl"), "{failure:?}");
    }

    #[test]
    fn only_curl_to_the_service_is_tried() {
        let content = "$ cargo run\nx\n$ curl http://127.0.0.1:3000/a\nb\n$ curl https://example.org\n";
        let fence = Fence { info: "console,starter".into(), content: content.into(), line: 10, range: 0..0 };
        let tries: Vec<(bool, Step)> = tries(&fence).collect();
        assert_eq!(tries.len(), 1);
        assert_eq!((tries[0].1.line, tries[0].0), (13, true));
    }
}
