//! Who can act, and what a page can do.

use std::fs;

use serde_json::{Value, json};
use workbook::serve::{Key, Server};

use crate::support::page;
use crate::{ask, book, connected, get, serve};

#[test]
fn what_a_connected_page_asks_is_handed_on_and_answered() {
    let folder = book();
    let server = serve(folder.path());
    let page = connected(&server);
    for (action, asked) in [("run", "Run"), ("hint", "Hint"), ("reset", "Reset")] {
        let answer = page.act(action, "dtos").expect(200);
        // As text it holds no markup; as JSON it is what was said.
        assert!(answer.body.contains("\\u003cdtos\\u003e"), "{answer:?}");
        assert_eq!(answer.json()["asked"], format!("{asked} <dtos>"));
        assert!(answer.head.contains("content-type: application/json"), "{answer:?}");
    }
    let asked = page.post("/api/solution", &json!({"id": "dtos", "show_me": true})).expect(200).json();
    assert_eq!(asked["asked"], "Solution { show_me: true } <dtos>");
    let asked = page.act("solution", "dtos").expect(200).json();
    assert_eq!(asked["asked"], "Solution { show_me: false } <dtos>");
    assert_eq!(page.get("/api/chapter/dtos").expect(200).json()["asked"], "Show <dtos>");

    assert_eq!(page.act("undo", "dtos").expect(409).json()["message"], "nothing to undo");
    page.act("run", "gone").expect(503);
    for id in ["../dtos", "dtos/../../etc/passwd", "..\\dtos", "--help", "DTOS", "2", ""] {
        page.act("run", id).expect(404);
    }
    for id in ["..%2fdtos", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "--help", "..", "%ff"] {
        let answer = page.get(&format!("/api/chapter/{id}"));
        assert!([400, 404].contains(&answer.status), "{id}: {answer:?}");
    }
}

#[test]
fn nobody_else_can_act() {
    let folder = book();
    let (key, on_call) = (Key::fresh().unwrap(), |call| panic!("handed on: {call:?}"));
    let server = Server::start(folder.path(), 0, key, None, &Value::Null, on_call).unwrap();
    let page = connected(&server);
    let (own, body) = (page.headers(), r#"{"id":"dtos"}"#);
    let without = |line: &str| {
        own.lines().filter(|own| !own.starts_with(line)).map(|own| format!("{own}\r\n")).collect::<String>()
    };
    let with = |line: &str, value: &str| format!("{}{line}: {value}\r\n", without(line));
    let port = server.address().port();
    let other = connected(&serve(folder.path())).cookie;
    let (name, value) = page.cookie.split_once('=').unwrap();
    let (other_name, other_value) = other.split_once('=').unwrap();
    for action in ["run", "hint", "reset", "undo", "solution"] {
        let path = format!("/api/{action}");
        let refused = |headers: &str, body: &str, status| {
            let answer = page.post_with(&path, headers, body).expect(status);
            assert!(!answer.head.contains("access-control"), "{answer:?}");
        };
        // A name of somebody else's that leads here.
        refused(&with("Host", &format!("rebound.example.org:{port}")), body, 403);
        refused(&with("Host", &format!("127.0.0.1:+{port}")), body, 403);
        // A page from elsewhere, in the browser that has the cookie.
        refused(&with("Origin", "http://example.org"), body, 403);
        refused(&with("Origin", "null"), body, 403);
        refused(&with("Sec-Fetch-Site", "cross-site"), body, 403);
        refused(&with("Sec-Fetch-Site", "same-site"), body, 403);
        // Another account of this machine can send everything but the cookie.
        refused(&without("Cookie"), body, 401);
        for cookie in [
            &other,
            &format!("{name}={other_value}"),
            &format!("{other_name}={value}"),
            &format!("{name}="),
            &format!("{name}={value}x"),
            &format!("x{name}={value}"),
            &format!("other=\"{name}={value}\""),
        ] {
            refused(&with("Cookie", cookie), body, 401);
        }
        for in_address in [format!("{path}?key={value}"), format!("{path}?{name}={value}")] {
            page.post_with(&in_address, &without("Cookie"), body).expect(401);
        }
        // What a form could send.
        refused(&without("Content-Type"), body, 415);
        refused(&with("Content-Type", "text/plain"), body, 415);
        refused(&with("Content-Type", "application/x-www-form-urlencoded"), body, 415);
        refused(&own, "id=dtos", 400);
        refused(&own, r#"{"id":7}"#, 400);
        refused(&own, "", 400);
        refused(&own, &format!("{{\"id\":\"{}\"}}", "x".repeat(5000)), 413);
        page.get(&path).expect(405);
    }
    for path in ["session", "status", "events", "chapter/dtos"] {
        let line = format!("GET /api/{path}");
        for (header, value) in [
            ("Host", format!("rebound.example.org:{port}")),
            ("Origin", "http://example.org".into()),
            ("Sec-Fetch-Site", "cross-site".into()),
            ("Sec-Fetch-Site", "same-site".into()),
        ] {
            page::ask(server.address(), &line, &with(header, &value), "").expect(403);
        }
        let answer = page::ask(server.address(), &line, &without("Cookie"), "").expect(401);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(
            message.contains("Open the address that cargo workbook printed in your terminal"),
            "{message}"
        );
    }
    let preflight =
        format!("{}Access-Control-Request-Method: POST\r\n", with("Origin", "http://example.org"));
    page::ask(server.address(), "OPTIONS /api/run", &preflight, "").expect(403);
}

#[test]
fn a_page_runs_its_own_scripts_and_no_others() {
    let folder = book();
    let script = "alert('Hello, world.');";
    let page =
        format!("<!DOCTYPE html><p onclick=\"x()\">a</p><script>{script}</script><script src=a.js></script>");
    for name in ["index.html", "404.html", "toc.html"] {
        fs::write(folder.path().join(name), &page).unwrap();
    }
    fs::write(folder.path().join("a.js"), "let a;").unwrap();
    let server = serve(folder.path());
    let start = get(&server, "/");
    for part in [
        "script-src 'self' 'sha256-qznlcsrox4gacp2dm0uckczcg+hiz1guq6zzdob/tng=';",
        "default-src 'none'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
    ] {
        assert!(start.contains(part), "{part}: {start}");
    }
    assert!(start.ends_with(&page), "{start}");
    assert!(get(&server, "/toc.html").contains("frame-ancestors 'self'"));
    let lost = get(&server, "/no/such/page.html");
    assert!(lost.contains("base-uri 'self'") && lost.contains("'sha256-"), "{lost}");
}

#[test]
fn every_answer_has_a_policy() {
    let folder = book();
    fs::write(folder.path().join("a.js"), "let a;").unwrap();
    fs::write(folder.path().join("a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    let server = serve(folder.path());
    let page = connected(&server);
    let of = |head: &str| {
        assert_eq!(head.matches("content-security-policy: default-src 'none'").count(), 1, "{head}")
    };
    for path in [
        "/",
        "/a.js",
        "/a.svg",
        "/nowhere.html",
        "/nowhere.js",
        "/api/nothing",
        "/api/status",
        "/api/session",
        "/api/alive?word=a",
        "/api/alive",
    ] {
        of(&page.get(path).head);
        of(&get(&server, path).to_lowercase());
    }
    of(&ask(&server, "GET /", "Host: example.org\r\n").to_lowercase());
    of(&page.act("run", "gone").head);
    of(&page.post_with("/", &page.headers(), "").head);
    of(&get(&server, &server.link("").replace(&server.url(), "/")).to_lowercase());
}

#[test]
fn the_key_in_an_address_becomes_a_cookie_and_leaves_the_address() {
    let folder = book();
    let server = serve(folder.path());
    let host = server.address();
    let key = connected(&server).key;
    let ask = |path: &str| page::ask(host, &format!("GET {path}"), &format!("Host: {host}\r\n"), "");
    for (path, leads_to) in [
        (format!("/?key={key}"), "/"),
        (format!("/part-1/first-route.html?key={key}"), "/part-1/first-route.html"),
        (format!("/part-1/first-route.html?highlight=a&key={key}"), "/part-1/first-route.html"),
        (format!("//example.org/?key={key}"), "/example.org/"),
    ] {
        let answer = ask(&path).expect(303);
        assert!(answer.head.contains(&format!("location: {leads_to}\r\n")), "{answer:?}");
        assert!(answer.cookie().ends_with(&format!("={key}")), "{answer:?}");
        for part in ["; path=/api;", "; httponly", "; samesite=strict"] {
            assert!(answer.head.contains(part), "{answer:?}");
        }
        assert!(!answer.head.contains("domain="), "{answer:?}");
    }
    // The book is free to read; a wrong key connects nobody.
    for path in ["/", "/?key=", "/?key=x", &format!("/?key={key}x"), &format!("/?other=key={key}")] {
        let answer = ask(path).expect(200);
        assert!(answer.body == "the start" && !answer.head.contains("set-cookie"), "{answer:?}");
    }
    let elsewhere = page::ask(host, &format!("GET /?key={key}"), "Host: example.org\r\n", "").expect(403);
    assert!(!elsewhere.head.contains("set-cookie") && !elsewhere.body.contains(&key), "{elsewhere:?}");
}

#[test]
fn a_page_knows_the_tool_again_and_nobody_else_can_be_taken_for_it() {
    let folder = book();
    let server = serve(folder.path());
    let (host, page) = (server.address(), connected(&server));
    let pledge = page.get("/api/session").expect(200).json()["pledge"].as_str().unwrap().to_owned();
    // Without the cookie, as a page asks when it does not know yet who listens.
    let proof = |word: &str| {
        let answer =
            page::ask(host, &format!("GET /api/alive?word={word}"), &format!("Host: {host}\r\n"), "");
        answer.expect(200).json()["proof"].as_str().unwrap().to_owned()
    };
    assert_ne!(proof("one"), proof("other"), "what was heard once says nothing the next time");
    assert!(proof("one").len() == 44 && proof("") != pledge && !pledge.contains(&page.key));
}

#[test]
fn where_the_port_is_forwarded_the_address_there_is_answered_and_printed() {
    let folder = book();
    let forwarded = "https://desk-3030.app.github.dev".parse().unwrap();
    let key = Key::fresh().unwrap();
    let server = Server::start(folder.path(), 0, key, Some(forwarded), &Value::Null, |_| {}).unwrap();
    let (link, port) = (server.link("a.html"), server.address().port());
    assert!(link.starts_with("https://desk-3030.app.github.dev/a.html?key="), "{link}");
    let from =
        |host: &str, origin: &str| ask(&server, "GET /", &format!("Host: {host}\r\nOrigin: {origin}\r\n"));
    for host in ["desk-3030.app.github.dev".to_owned(), format!("localhost:{port}")] {
        assert!(from(&host, "https://desk-3030.app.github.dev").ends_with("the start"), "{host}");
    }
    let other = from("desk-3030.app.github.dev", "https://other-3030.app.github.dev");
    assert!(other.starts_with("HTTP/1.1 403") && other.contains("--forwarded"), "{other}");
}
