//! The real server on a real socket. The requests are written by hand, because what matters is what a client could send.

mod safety;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::page::{self, Page, send};
use tempfile::TempDir;
use workbook::serve::calls::{Action, Call, Reply};
use workbook::serve::{Key, Server};

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_workbook");

const PATIENCE: Duration = Duration::from_secs(10);

fn book() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("part-1")).unwrap();
    fs::write(folder.path().join("index.html"), "the start").unwrap();
    fs::write(folder.path().join("404.html"), "no such page").unwrap();
    fs::write(folder.path().join("part-1/first-route.html"), "chapter one").unwrap();
    folder
}

/// The other end of the calls: says what it was asked, and knows one chapter.
fn answered(call: Call) {
    let reply = match (call.id.as_str(), call.action) {
        ("dtos", Action::Undo) => Reply::Refused(json!({"message": "nothing to undo"})),
        ("dtos", action) => Reply::Done(json!({"asked": format!("{action:?} <{}>", call.id)})),
        ("gone", _) => return,
        _ => Reply::Unknown,
    };
    let _ = call.reply.send(reply);
}

fn serve(folder: &Path) -> Server {
    start(folder, 0)
}

fn start(folder: &Path, port: u16) -> Server {
    Server::start(folder, port, Key::fresh().unwrap(), None, &json!({"chapters": []}), answered).unwrap()
}

/// A page in the learner's browser.
fn connected(server: &Server) -> Page {
    Page::open(&server.link(""))
}

fn ask(server: &Server, line: &str, headers: &str) -> String {
    let answer = page::ask(server.address(), line, headers, "");
    format!("{}\r\n\r\n{}", answer.head.replacen("http/1.1", "HTTP/1.1", 1), answer.body)
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path}"), &format!("Host: {}\r\n", server.address()))
}

#[test]
fn pages_are_served_and_never_kept_by_the_browser() {
    let folder = book();
    let server = serve(folder.path());
    let page = get(&server, "/part-1/first-route.html");
    assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("chapter one"), "{page}");
    assert!(page.contains("cache-control: no-store") && !page.contains("last-modified"), "{page}");
    assert!(get(&server, "/").ends_with("the start"));

    let newer = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n";
    let again = ask(&server, "GET /", &format!("Host: {}\r\n{newer}", server.address()));
    assert!(again.starts_with("HTTP/1.1 200"), "{again}");
}

#[test]
fn what_does_not_exist_gets_the_books_own_page_and_404() {
    let folder = book();
    let server = serve(folder.path());
    let page = get(&server, "/nowhere/at/all.html");
    assert!(page.starts_with("HTTP/1.1 404") && page.ends_with("no such page"), "{page}");
    assert!(get(&server, "/api/nothing").starts_with("HTTP/1.1 404"));
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let folder = book();
    fs::write(folder.path().parent().unwrap().join("workbook-secret.txt"), "secret").unwrap();
    let server = serve(folder.path());
    for path in [
        "/../workbook-secret.txt",
        "/..%2fworkbook-secret.txt",
        "/part-1/%2e%2e/%2e%2e/workbook-secret.txt",
        "/..%5cworkbook-secret.txt",
        "//etc/passwd",
    ] {
        let answer = get(&server, path);
        assert!(
            !answer.starts_with("HTTP/1.1 200")
                && !answer.contains("secret\n")
                && !answer.ends_with("secret"),
            "{path}: {answer}"
        );
    }
    fs::remove_file(folder.path().parent().unwrap().join("workbook-secret.txt")).unwrap();
}

#[test]
fn only_requests_that_name_this_server_are_answered() {
    let folder = book();
    let server = serve(folder.path());
    let port = server.address().port();
    let localhost =
        ask(&server, "GET /", &format!("Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"));
    assert!(localhost.ends_with("the start"), "{localhost}");

    for headers in [
        format!("Host: rebound.example.org:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: http://example.org\r\n"),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: null\r\n"),
    ] {
        for path in ["/", "/api/status", "/api/events"] {
            let answer = ask(&server, &format!("GET {path}"), &headers);
            assert!(
                answer.starts_with("HTTP/1.1 403") && answer.contains(&format!("http://127.0.0.1:{port}/")),
                "{headers}{answer}"
            );
            assert!(!answer.contains("the start"));
        }
    }
    let absolute =
        ask(&server, &format!("GET http://example.org:{port}/"), &format!("Host: 127.0.0.1:{port}\r\n"));
    assert!(absolute.starts_with("HTTP/1.1 403"), "{absolute}");
}

#[test]
fn nothing_can_be_posted() {
    let folder = book();
    let server = serve(folder.path());
    let page = connected(&server);
    for path in ["/", "/api/status", "/api/events", "/api/session", "/api/alive"] {
        page.post_with(path, &page.headers(), "").expect(405);
    }
}

#[test]
fn it_listens_on_this_machine_alone_and_takes_the_next_port_if_one_is_busy() {
    let folder = book();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let asked = busy.local_addr().unwrap().port();
    let server = start(folder.path(), asked);
    assert!(server.address().ip().is_loopback());
    assert!(server.address().port() > asked);
    assert_eq!(server.url(), format!("http://127.0.0.1:{}/", server.address().port()));
    assert!(get(&server, "/").ends_with("the start"));
}

#[test]
fn a_page_is_told_the_state_at_once_and_whenever_it_changes() {
    let folder = book();
    let server = serve(folder.path());
    let mut page = connected(&server).events();
    let (_, name, data) = page.next();
    assert_eq!((name.as_str(), data.as_str()), ("status", r#"{"chapters":[]}"#));

    let state = json!({"current": "first-route", "text": "two\nlines\r\nand <script>"});
    server.publish_status(&state);
    let (_, name, data) = page.next();
    assert_eq!((name.as_str(), serde_json::from_str::<Value>(&data).unwrap()), ("status", state.clone()));
    let asked = connected(&server).get("/api/status").expect(200);
    assert!(asked.head.contains("content-type: application/json"), "{asked:?}");
    assert_eq!(asked.json(), state);
}

#[test]
fn a_newer_book_is_shown_and_open_pages_reload() {
    let (old, new) = (book(), book());
    fs::write(new.path().join("index.html"), "the new start").unwrap();
    let server = serve(old.path());
    let mut page = connected(&server).events();
    page.next();
    server.show(new.path());
    assert_eq!(page.next().1, "reload");
    assert!(get(&server, "/").ends_with("the new start"));
    server.show(new.path());
    assert_eq!(page.next().1, "reload");
}

#[test]
fn a_page_that_was_away_is_told_only_if_it_missed_something() {
    let folder = book();
    let server = serve(folder.path());
    let (seen, ..) = connected(&server).events().next();
    assert_eq!(connected(&server).events_since(&format!("?seen={seen}")).next().1, "status");
    server.show(folder.path());
    assert_eq!(connected(&server).events_since(&format!("?seen={seen}")).next().1, "reload");
    assert_eq!(connected(&server).events_since("?seen=another-start-0").next().1, "reload");
}

#[test]
fn many_open_pages_hold_nobody_up() {
    let folder = book();
    let server = serve(folder.path());
    let (host, page) = (server.address(), connected(&server));
    let request = page.asks_for_events("");
    // None of them reads; the last ones are more than the server keeps.
    let open: Vec<_> = (0..1000).map(|_| send(host, &request)).collect();
    let long = "x".repeat(100_000);
    let started = Instant::now();
    for round in 0..100 {
        server.publish_status(&json!({"round": round, "long": long}));
    }
    assert!(get(&server, "/").ends_with("the start"));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());

    page.get("/api/events").expect(503);
    drop(open);
    let deadline = Instant::now() + PATIENCE;
    for round in 0.. {
        let mut answer = BufReader::new(send(host, &request));
        let mut first = String::new();
        answer.read_line(&mut first).unwrap();
        if first.contains("200") {
            break;
        }
        assert!(Instant::now() < deadline, "places of pages that went are given back");
        server.publish_status(&json!(round));
    }
}

/// Any account of this machine can open connections.
#[test]
fn connections_that_ask_for_nothing_hold_nobody_up() {
    let folder = book();
    let server = serve(folder.path());
    let page = connected(&server);
    let mut events = page.events();
    events.next();
    for begun in [
        "",
        "GET / HTT",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /api/run HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
    ] {
        let open: Vec<_> = (0..400).map(|_| send(server.address(), begun)).collect();
        let started = Instant::now();
        for _ in 0..10 {
            assert!(get(&server, "/").ends_with("the start"));
            page.act("hint", "dtos").expect(200);
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{begun:?}: {:?}", started.elapsed());
        drop(open);
    }
    server.publish_run(&json!({"id": "dtos"}));
    assert_eq!(events.next().1, "run", "the stream of the page was not closed for them");
}

#[test]
fn a_connection_that_takes_too_long_to_ask_is_closed_and_a_stream_is_not() {
    let folder = book();
    let server = serve(folder.path());
    let mut events = connected(&server).events();
    events.next();
    let host = server.address();
    let whole = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
    let open = ["", "GET / HTTP/1.1\r\nHost: ", &whole].map(|begun| send(host, begun));
    for mut stream in open {
        stream.set_read_timeout(Some(2 * PATIENCE)).unwrap();
        stream.read_to_end(&mut Vec::new()).expect("the server closes it");
    }
    server.publish_run(&json!({"id": "dtos"}));
    assert_eq!(events.next().1, "run");
}

#[test]
fn dropping_it_ends_the_streams_and_frees_the_port() {
    let folder = book();
    let server = serve(folder.path());
    let address = server.address();
    let mut page = connected(&server).events();
    page.next();
    let _idle = TcpStream::connect(address).unwrap();
    let started = Instant::now();
    drop(server);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    page.rest();
    let server = start(folder.path(), address.port());
    assert_eq!(server.address(), address);
}

#[test]
fn a_page_gets_the_newest_of_a_run_and_no_backlog() {
    let folder = book();
    let server = serve(folder.path());
    let mut early = connected(&server).events();
    assert_eq!(early.next().1, "status", "no run yet");
    for passed in 0..=500 {
        server.publish_run(&json!({"id": "dtos", "passed": passed, "failure": "<script>"}));
    }
    let mut told = 0;
    loop {
        let (_, name, data) = early.next();
        assert!(name == "run" && !data.contains('<'), "{name} {data}");
        let run: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(run["failure"], "<script>");
        told += 1;
        if run["passed"] == 500 {
            break;
        }
    }
    assert!(told <= 501, "{told}");
    let mut late = connected(&server).events();
    assert_eq!(late.next().1, "status");
    let (_, name, data) = late.next();
    assert!(name == "run" && data.contains("500"), "{data}");
    // The same run again is told again: it has another beginning.
    server.publish_run(&json!({"id": "dtos", "passed": 500}));
    assert_eq!(late.next().1, "run");
}
