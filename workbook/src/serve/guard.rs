//! Who is answered. A page from elsewhere can make the reader's browser send requests to this machine, and can give a name of its
//! own the address 127.0.0.1; but it cannot change what the browser then writes into Host and Origin.

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode,
        header::{CONNECTION, HOST, ORIGIN},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Answers 403 to whatever was not asked of this server by its own name, or was asked by a page that is not its own. Everything
/// it answers was asked of its own port on this machine.
pub(super) async fn only_our_own(State(port): State<u16>, request: Request, next: Next) -> Response {
    let absolute = request.uri().authority().is_none_or(|authority| is_us(port, authority.as_str()));
    // Other sites may link to a page of the book, and do nothing else.
    let api = request.uri().path().starts_with("/api/");
    // What a browser says of the page that asks: one of ours, or the reader's own hand. Other clients say nothing.
    let mut sites = request.headers().get_all("sec-fetch-site").iter();
    let by_us = sites.all(|site| site == "same-origin" || site == "none");
    if absolute && lets_in(port, request.headers()) && (!api || by_us) {
        return next.run(request).await;
    }
    let text = format!(
        "Refused: this server answers only its own pages, on this machine.\nOpen http://127.0.0.1:{port}/ (or http://localhost:{port}/) in a browser here.\n"
    );
    (StatusCode::FORBIDDEN, [(CONNECTION, "close")], text).into_response()
}

fn lets_in(port: u16, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).is_some_and(|host| is_us(port, host));
    let origins = headers.get_all(ORIGIN);
    let origin = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| is_us(port, host));
    host && hosts.next().is_none() && origins.iter().all(|value| value.to_str().is_ok_and(origin))
}

fn is_us(ours: u16, authority: &str) -> bool {
    let (name, port) = match authority.split_once(':') {
        Some((name, port)) => (name, port.parse().ok()),
        // Browsers leave the port of `http` out.
        None => (authority, Some(80)),
    };
    port == Some(ours) && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lets_in_with(headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        lets_in(3000, &map)
    }

    #[test]
    fn only_our_own_name_and_port_are_answered() {
        for host in ["127.0.0.1:3000", "localhost:3000", "LocalHost:3000"] {
            assert!(lets_in_with(&[("host", host)]), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:3001",
            "example.org:3000",
            "127.0.0.1.example.org:3000",
            "127.0.0.1:3000:3000",
            "",
            "[::1]:3000",
        ] {
            assert!(!lets_in_with(&[("host", host)]), "{host}");
        }
        assert!(!lets_in_with(&[]));
        assert!(!lets_in_with(&[("host", "localhost:3000"), ("host", "localhost:3000")]));
    }

    #[test]
    fn a_page_from_elsewhere_is_not_answered() {
        let host = ("host", "localhost:3000");
        assert!(lets_in_with(&[host, ("origin", "http://localhost:3000")]));
        assert!(lets_in_with(&[host, ("origin", "http://127.0.0.1:3000")]));
        for origin in [
            "null",
            "https://localhost:3000",
            "http://localhost:3001",
            "http://localhost",
            "http://example.org",
            "http://localhost:3000/",
        ] {
            assert!(!lets_in_with(&[host, ("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn on_port_80_browsers_name_no_port() {
        assert!(is_us(80, "localhost"));
        assert!(!is_us(3000, "localhost"));
    }
}
