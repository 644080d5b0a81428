//! Who can act, and what a page can do.

use std::fs;

use serde_json::{Value, json};
use workbook::serve::Server;

use crate::support::page::{self, Page};
use crate::{book, get, serve};

#[test]
fn a_page_with_the_token_is_handed_on_and_answered() {
    let folder = book();
    let server = serve(folder.path());
    let page = Page::at(server.address());
    assert_eq!(page.token.len(), 64);
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
    let server = Server::start(folder.path(), 0, &Value::Null, |call| panic!("handed on: {call:?}")).unwrap();
    let page = Page::at(server.address());
    let (own, body) = (page.headers(), r#"{"id":"dtos"}"#);
    let without = |line: &str| {
        own.lines().filter(|own| !own.starts_with(line)).map(|own| format!("{own}\r\n")).collect::<String>()
    };
    let with = |line: &str, value: &str| format!("{}{line}: {value}\r\n", without(line));
    let port = server.address().port();
    let other_token = Page::at(serve(folder.path()).address()).token;
    for action in ["run", "hint", "reset", "undo", "solution"] {
        let path = format!("/api/{action}");
        let refused = |headers: &str, body: &str, status| {
            let answer = page.post_with(&path, headers, body).expect(status);
            assert!(!answer.head.contains("access-control"), "{answer:?}");
        };
        // A name of somebody else's that leads here.
        refused(&with("Host", &format!("rebound.example.org:{port}")), body, 403);
        // A page from elsewhere, with the token or without.
        refused(&with("Origin", "http://example.org"), body, 403);
        refused(&with("Origin", "null"), body, 403);
        refused(&with("Sec-Fetch-Site", "cross-site"), body, 403);
        refused(&with("Sec-Fetch-Site", "same-site"), body, 403);
        refused(&without("X-Workbook-Token"), body, 403);
        refused(&with("X-Workbook-Token", &other_token), body, 403);
        refused(&format!("{own}X-Workbook-Token: {}\r\n", page.token), body, 403);
        let in_address = format!("{path}?token={0}&x-workbook-token={0}", page.token);
        page.post_with(&in_address, &without("X-Workbook-Token"), body).expect(403);
        // What a form could send.
        refused(&without("Content-Type"), body, 415);
        refused(&with("Content-Type", "text/plain"), body, 415);
        refused(&with("Content-Type", "application/x-www-form-urlencoded"), body, 415);
        refused(&own, "id=dtos", 400);
        refused(&own, r#"{"id":7}"#, 400);
        refused(&own, "", 400);
        refused(&own, &format!("{{\"id\":\"{}\"}}", "x".repeat(5000)), 413);
        assert_eq!(page.get(&path).status, 403, "a link does not act");
    }
    for (header, value) in [
        ("Host", format!("rebound.example.org:{port}")),
        ("Origin", "http://example.org".into()),
        ("Sec-Fetch-Site", "cross-site".into()),
        ("Sec-Fetch-Site", "same-site".into()),
    ] {
        let answer = page::ask(server.address(), "GET /api/session", &with(header, &value), "").expect(403);
        assert!(!answer.body.contains(&page.token), "{answer:?}");
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
    assert!(!get(&server, "/a.js").contains("content-security-policy"));
}
