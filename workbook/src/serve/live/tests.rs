use std::path::{Path, PathBuf};

use super::*;
use crate::runner::Test;

const LATER: Duration = Duration::from_millis(12);

fn live() -> Live {
    Live::new("dtos", Editor::usual(Path::new("/workbook")))
}

fn listed(names: &[&str]) -> Vec<Test> {
    let test = |name: &&str| Test { binary: PathBuf::new(), name: (*name).to_owned() };
    names.iter().map(test).collect()
}

fn result(name: &str, status: TestStatus) -> TestResult {
    let output = format!(
        "thread '{name}' (7) panicked at exercises/02-dtos/tests/api.rs:35:5:\nexpected <script> & \x1b[31mmore\x1b[0m"
    );
    TestResult { name: name.into(), status, output, slow: false }
}

fn report(outcome: Outcome, complaint: &str) -> Report {
    let first_green = outcome == Outcome::Green;
    Report { id: "dtos".into(), outcome, complaint: complaint.into(), first_green, ..Report::default() }
}

#[test]
fn the_first_failure_in_the_order_of_the_page_is_shown_whichever_comes_first() {
    let mut live = live();
    live.take(&RunEvent::Tests(Ring::Chapter, listed(&["a", "b", "c"])), LATER);
    live.take(&RunEvent::Test(Ring::Chapter, result("c", TestStatus::Failed)), LATER);
    assert_eq!(live.run.failure.as_ref().unwrap().name, "c");
    live.take(&RunEvent::Test(Ring::Chapter, result("a", TestStatus::Passed)), LATER);
    live.take(&RunEvent::Test(Ring::Chapter, result("b", TestStatus::TimedOut)), LATER);

    live.end(&Ok(report(Outcome::Red, "")), Duration::from_millis(631));
    let run = &live.run;
    assert_eq!((run.phase, run.outcome, run.passed, run.total), (Phase::Done, Some(Outcome::Red), 1, 3));
    let failure = run.failure.as_ref().unwrap();
    let text = "panicked at exercises/02-dtos/tests/api.rs:35:5:\nexpected <script> & more";
    assert_eq!((failure.name.as_str(), failure.message.as_str()), ("b", text));
    let place = failure.place.as_ref().unwrap();
    assert_eq!((place.file.as_str(), place.line, place.column), ("exercises/02-dtos/tests/api.rs", 35, 5));
}

#[test]
fn as_json_it_has_the_keys_that_pages_read() {
    let mut live = live();
    live.take(&RunEvent::Tests(Ring::Chapter, listed(&["a", "b"])), LATER);
    live.take(&RunEvent::Test(Ring::Chapter, result("a", TestStatus::Passed)), LATER);
    let json = serde_json::to_string(&live.run).unwrap();
    assert_eq!(
        json,
        r#"{"id":"dtos","phase":"testing","outcome":null,"passed":1,"total":2,"elapsed_ms":12,"tests":[{"name":"a","status":"passed"},{"name":"b","status":"running"}],"missing":null,"failure":null,"diagnostics":[],"first_green":false,"kept":null}"#
    );
}

#[test]
fn a_kept_test_that_failed_names_the_chapter_that_taught_it() {
    let mut live = live();
    live.take(&RunEvent::Tests(Ring::Chapter, listed(&["a"])), LATER);
    live.take(&RunEvent::Test(Ring::Chapter, result("a", TestStatus::Passed)), LATER);
    live.take(&RunEvent::Tests(Ring::Kept, listed(&["old::b", "old::c"])), LATER);
    let failed = result("old::b", TestStatus::Failed);
    live.take(&RunEvent::Test(Ring::Kept, failed.clone()), LATER);
    live.take(&RunEvent::Test(Ring::Kept, result("old::c", TestStatus::Passed)), LATER);
    let taught = Taught {
        id: "fat-handlers".into(),
        number: "07".into(),
        title: "Fat handlers".into(),
        page: "part-1/fat-handlers.md".into(),
    };
    let report = Report {
        kept: vec![failed],
        taught: [("old::b".to_owned(), taught)].into(),
        ..report(Outcome::Red, "")
    };
    let run = live.end(&Ok(report), LATER);
    let kept = serde_json::to_value(&run.kept).unwrap();
    assert_eq!((run.passed, run.total, &kept["passed"], &kept["total"]), (1, 1, &1.into(), &2.into()));
    let failure = &kept["failures"][0];
    assert_eq!((&failure["name"], &failure["chapter"]["id"]), (&"old::b".into(), &"fat-handlers".into()));
}

#[test]
fn errors_come_before_warnings_and_are_escaped() {
    let diagnostic = |level, rendered: &str| Diagnostic {
        level,
        code: None,
        message: "m".into(),
        place: Some(("exercises/02-dtos/src/lib.rs".into(), 3, 9)),
        rendered: rendered.into(),
    };
    let mut live = live();
    for (level, text) in [(Level::Warning, "careful"), (Level::Error, "let a = \"<script>\";")] {
        let event = diagnostic(level, text);
        live.take(&RunEvent::Build(BuildEvent::Diagnostic(event)), LATER);
    }
    let said = &live.run.diagnostics;
    assert_eq!((said[0].level, said[1].level), (Level::Error, Level::Warning));
    assert_eq!(said[0].html, "let a = &quot;&lt;script&gt;&quot;;");
    assert!(said[0].place.as_ref().unwrap().link.ends_with("/lib.rs:3:9"));
}

#[test]
fn what_is_no_result_is_said_all_the_same() {
    let run = live().end(&Ok(report(Outcome::DoesNotCompile, "error: no manifest\nmore")), LATER).clone();
    assert_eq!((run.phase, run.diagnostics[0].message.as_str()), (Phase::Done, "error: no manifest"));
    let run = live().end(&Err(anyhow::anyhow!("cargo cannot be started")), LATER).clone();
    assert_eq!((run.phase, run.outcome), (Phase::Stopped, None));
    assert_eq!(run.diagnostics[0].message, "cargo cannot be started");
    assert_eq!(live().end(&Ok(report(Outcome::Stopped, "")), LATER).phase, Phase::Stopped);
    assert!(live().end(&Ok(report(Outcome::Green, "")), LATER).first_green);
}
