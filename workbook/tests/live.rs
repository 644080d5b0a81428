//! Page and tool together: the real tool serves the real book in a copy of the workbook, and a page acts by its requests.

mod support;

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{
    Running, Workbook,
    page::{Page, send},
};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const FIRST: &str = "exercises/01-first-route/src/lib.rs";

fn start(workbook: &Workbook) -> (Running, Page) {
    let mut tool = Running::start(workbook.command(&["start", "--no-open", "--port", "0"]));
    let page = Page::open(&tool.wait_for("The book:"));
    (tool, page)
}

#[test]
fn the_start_names_one_address_that_of_the_chapter() {
    let workbook = Workbook::copy();
    let mut tool = Running::start(workbook.command(&["start", "--no-open", "--port", "0"]));
    let said = tool.wait_for("Red:");
    assert_eq!(said.matches("http://").count(), 1, "{said}");
    assert!(
        said.contains("The book: http://127.0.0.1:") && said.contains("/part-1/first-route.html"),
        "{said}"
    );
}

/// The order of phases, each once.
fn phases(runs: &[Value]) -> Vec<&str> {
    let mut phases: Vec<_> = runs.iter().map(|run| run["phase"].as_str().unwrap()).collect();
    phases.dedup();
    phases
}

#[test]
fn a_save_and_a_click_are_runs_that_terminal_and_every_page_see() {
    let workbook = Workbook::copy();
    let (mut tool, page) = start(&workbook);
    let (mut one, mut other) = (page.events(), page.events());
    let red = one.done("first-route", "red");
    let total = red["total"].as_u64().unwrap();
    assert!(
        total > 0 && red["passed"] == 0 && red["tests"].as_array().unwrap().len() as u64 == total,
        "{red}"
    );
    let failure = &red["failure"];
    assert_eq!(failure["name"], red["tests"][0]["name"], "the first in the order of the page");
    assert!(failure["message"].as_str().unwrap().contains("not yet implemented"), "{failure}");
    let place = &failure["place"];
    assert_eq!(place["file"], FIRST);
    let link = place["link"].as_str().unwrap();
    assert!(
        link.starts_with("vscode://file/") && link.contains("d%C3%A9sk") && !link.contains(' '),
        "{link}"
    );
    other.done("first-route", "red");
    tool.wait_for("Red: 0 of");

    // A save.
    workbook.solve("01-first-route");
    let runs = one.run(|run| run["phase"] == "done");
    let green = runs.last().unwrap();
    assert_eq!((green["outcome"].as_str(), green["passed"].as_u64()), (Some("green"), Some(total)));
    assert_eq!(green["first_green"], true);
    assert_eq!(other.done("first-route", "green")["passed"], total);
    tool.wait_for("Green: all");

    // A click, also for another chapter: that is then the current one here too.
    assert_eq!(page.act("run", "dtos").expect(200).json(), json!({"accepted": true}));
    let runs = one.run(|run| run["phase"] == "done");
    let done = runs.last().unwrap();
    assert_eq!((done["id"].as_str(), done["outcome"].as_str()), (Some("dtos"), Some("red")));
    assert_eq!(phases(&runs).last(), Some(&"done"));
    let passed = done["tests"].as_array().unwrap().iter().filter(|test| test["status"] == "passed").count();
    assert_eq!(done["passed"], passed);
    tool.wait_for("02 dtos");
    let seen = tool.wait_for("Red:");
    assert!(!seen.contains("02 dtos"), "it ran once:\n{seen}");
    one.until("status", |status| status["current"] == "dtos" && status["chapters"][1]["state"] == "red");
    assert_eq!(page.get("/api/status").expect(200).json()["current"], "dtos");
    workbook.write(".workbook/config.toml", "editor = \"zed://file/{path}:{line}\"");
    let mut edited = workbook.read("exercises/02-dtos/src/lib.rs");
    edited.extend(b"// edited\n");
    workbook.write("exercises/02-dtos/src/lib.rs", edited);
    // The learner's own editor.
    other.until("run", |run| {
        let link = run["failure"]["place"]["link"].as_str().unwrap_or_default();
        run["id"] == "dtos" && link.starts_with("zed://file/")
    });

    for id in ["dto", "../01-first-route", "--version", "02-dtos", "2"] {
        page.act("run", id).expect(404);
    }
}

#[test]
fn what_a_page_asks_for_is_what_the_commands_do_and_is_written_down() {
    let workbook = Workbook::cloned();
    let (_tool, page) = start(&workbook);
    let mut events = page.events();
    events.done("first-route", "red");
    let starter = workbook.read(FIRST);

    let chapter = page.get("/api/chapter/first-route").expect(200).json();
    assert_eq!(
        (chapter["state"].as_str(), chapter["command"].as_str(), chapter["hints_shown"].as_u64()),
        (Some("red"), Some("cargo test -p first-route"), Some(0))
    );
    assert_eq!((&chapter["can_undo"], &chapter["solution_shown"]), (&json!(false), &json!(false)));
    assert_eq!(chapter["edit"][0]["file"], FIRST);
    page.get("/api/chapter/no-such").expect(404);

    let hint = page.act("hint", "first-route").expect(200).json()["hint"].clone();
    assert_eq!(
        (hint["number"].as_u64(), hint["html"].as_str().unwrap().starts_with("<p>")),
        (Some(1), true),
        "{hint}"
    );
    // The command goes on where the page was.
    let next = workbook.run(&["hint", "first-route"]).expect(0).out;
    assert!(next.contains("hint 2 of"), "{next}");
    // A page that is open is told of it, and both have the hints themselves.
    events.until("status", |status| status["chapters"][0]["hints_shown"] == 2);
    let chapter = page.get("/api/chapter/first-route").json();
    let numbers: Vec<_> =
        chapter["hints"].as_array().unwrap().iter().map(|hint| hint["number"].as_u64()).collect();
    assert_eq!((&chapter["hints"][0], numbers), (&hint, vec![Some(1), Some(2)]));
    assert_eq!(chapter["architecture"], Value::Null, "it has no layers");

    let refused = page.act("undo", "first-route").expect(409).json();
    assert!(refused["message"].as_str().unwrap().contains("nothing to undo"), "{refused}");
    let refused = page.act("solution", "first-route").expect(409).json();
    assert_eq!(refused["needs_show_me"], true);
    assert_eq!(page.get("/api/status").json()["chapters"][0]["solution_shown"], false);
    let shown = page.post("/api/solution", &json!({"id": "first-route", "show_me": true})).expect(200).json();
    assert_eq!(shown["diffs"][0]["file"], "src/lib.rs");
    assert!(shown["diffs"][0]["text"].as_str().unwrap().contains("+    Router::new()"), "{shown}");
    assert_eq!(page.get("/api/status").json()["chapters"][0]["solution_shown"], true);

    let mine = b"pub fn app() -> axum::Router { let a = \"<script>alert(1)</script>\"; a }";
    workbook.write(FIRST, mine);
    let broken = events.done("first-route", "does-not-compile");
    let error = &broken["diagnostics"][0];
    assert_eq!((error["level"].as_str(), error["code"].as_str()), (Some("error"), Some("E0308")), "{broken}");
    let html = error["html"].as_str().unwrap();
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    assert!(
        html.contains("<span class=\"ansi-bold ansi-bright-red\">error[E0308]") && !html.contains("style="),
        "{html}"
    );
    assert_eq!((error["place"]["file"].as_str(), error["place"]["line"].as_u64()), (Some(FIRST), Some(1)));

    let said = page.act("reset", "first-route").expect(200).json();
    assert!(said["message"].as_str().unwrap().contains("back at its start"), "{said}");
    assert_eq!(workbook.read(FIRST), starter);
    assert_eq!(page.get("/api/chapter/first-route").json()["can_undo"], true);
    events.done("first-route", "red");
    page.act("undo", "first-route").expect(200);
    assert_eq!(workbook.read(FIRST), mine);
    events.done("first-route", "does-not-compile");
}

#[test]
fn a_save_during_a_run_leads_to_one_new_run() {
    let workbook = Workbook::copy();
    workbook.solve("01-first-route");
    let solution = String::from_utf8(workbook.read(FIRST)).unwrap();
    // One test never ends, so that this run cannot end by itself before the tests' limit.
    let endless = solution.replace(
        "async fn health() -> Json<Health> {\n",
        "async fn health(method: axum::http::Method) -> Json<Health> {\n    println!(\"<script>\");\n    if method == axum::http::Method::HEAD {\n        std::future::pending::<()>().await;\n    }\n",
    );
    assert_ne!(endless, solution);
    workbook.write(FIRST, endless);
    let (_tool, page) = start(&workbook);
    let mut events = page.events();
    let runs = events.run(|run| run["passed"].as_u64() > Some(0));
    let testing = runs.last().unwrap();
    assert_eq!((testing["phase"].as_str(), testing["outcome"].is_null()), (Some("testing"), true));
    assert!(testing["tests"].as_array().unwrap().iter().any(|test| test["status"] == "running"), "{testing}");

    // A save, and a click before that run has begun: the first run ends without a result, and the next one has one.
    workbook.write(FIRST, &solution);
    page.act("run", "first-route").expect(200);
    let runs = events.run(|run| run["phase"] == "done");
    assert_eq!(runs.last().unwrap()["outcome"], "green", "{runs:#?}");
    assert!(
        runs.iter().all(|run| run["tests"]
            .as_array()
            .unwrap()
            .iter()
            .all(|test| test["status"] != "timed-out"))
    );
    let children = processes_of(&workbook);
    assert!(children.is_empty(), "of the stopped run nothing is left: {children:?}");
}

/// The test programs of this copy that run now.
#[cfg(target_os = "linux")]
fn processes_of(workbook: &Workbook) -> Vec<String> {
    let inside = |place: &fs::DirEntry| {
        fs::read_link(place.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(workbook.path("exercises")))
    };
    let processes = fs::read_dir("/proc").unwrap().flatten().filter(inside);
    processes.map(|place| fs::read_to_string(place.path().join("cmdline")).unwrap_or_default()).collect()
}

#[cfg(not(target_os = "linux"))]
fn processes_of(_: &Workbook) -> Vec<String> {
    let _ = fs::exists(".");
    Vec::new()
}

#[test]
fn what_an_exercise_prints_is_text() {
    let workbook = Workbook::copy();
    workbook.write(
        FIRST,
        "pub fn app() -> axum::Router { println!(\"</pre><script>alert(1)</script>\"); panic!(\"<img src=x onerror=alert(2)>\") }",
    );
    let (_tool, page) = start(&workbook);
    let mut events = page.events();
    loop {
        let (_, name, data) = events.next();
        assert!(!data.contains(['<', '>']), "markup as it stands in {name}: {data}");
        let value: Value = serde_json::from_str(&data).unwrap();
        if value["phase"] == "done" {
            let message = value["failure"]["message"].as_str().unwrap();
            assert!(
                message.contains("<script>alert(1)</script>") && message.contains("<img src=x"),
                "{message}"
            );
            break;
        }
    }
}

#[test]
fn a_thousand_open_streams_keep_the_tool_from_nothing() {
    let workbook = Workbook::copy();
    let (mut tool, page) = start(&workbook);
    page.events().done("first-route", "red");
    let mut events = page.events();
    let request = page.asks_for_events("");
    // Nobody reads them.
    let open: Vec<_> = (0..1000).map(|_| send(page.server, &request)).collect();

    let started = Instant::now();
    assert!(page.get("/").expect(200).body.contains("<html"));
    page.act("hint", "first-route").expect(200);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    workbook.solve("01-first-route");
    events.done("first-route", "green");
    tool.wait_for("Green: all");
    page.act("run", "first-route").expect(200);
    events.run(|run| run["phase"] != "done");
    events.done("first-route", "green");
    drop(open);
}

#[test]
fn a_chapter_with_layers_has_its_picture_and_says_which_uses_break_a_rule() {
    let workbook = Workbook::copy();
    let source = |file: &str, text: &str| {
        let file = workbook.path(&format!("exercises/01-first-route/src/{file}"));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    source("domain/mod.rs", "pub mod order;");
    source("domain/order.rs", "pub struct Order;");
    source("http.rs", "use crate::domain::order::Order;\npub fn shown(_: Order) {}");
    let solution = String::from_utf8(workbook.read("solutions/01-first-route/src/lib.rs")).unwrap();
    workbook.write(FIRST, format!("{solution}\npub mod domain;\npub mod http;\n"));
    let (_tool, page) = start(&workbook);
    let mut events = page.events();
    events.done("first-route", "green");
    let picture = || page.get("/api/chapter/first-route").expect(200).json()["architecture"].clone();
    let sound = picture();
    let svg = sound["html"].as_str().unwrap();
    assert!(svg.starts_with("<svg role=\"img\" aria-label=\"The modules of 01 first-route."), "{svg}");
    assert!(svg.contains("Dependencies point inward.") && !svg.contains("style="), "{svg}");
    assert_eq!(sound["violations"], json!([]));

    source("domain/order.rs", "pub struct Order;\nuse crate::http::shown as _;");
    events.done("first-route", "green");
    let broken = picture();
    let svg = broken["html"].as_str().unwrap();
    assert!(svg.contains("var(--picture-bad)") && svg.contains("Against the rules: "), "{svg}");
    let violation = &broken["violations"][0];
    assert_eq!(violation["message"], "domain may not use http: dependencies point inward");
    assert_eq!(violation["place"]["file"], "exercises/01-first-route/src/domain/order.rs");
    assert_eq!(violation["place"]["line"], 2);

    source("http.rs", "use {");
    events.done("first-route", "does-not-compile");
    let none = picture();
    assert!(none["html"].is_null() && none["message"].as_str().unwrap().contains("http.rs"), "{none}");
}
