//! Who is answered. A page from elsewhere can make the reader's browser send requests to this machine, and can give a name of its
//! own the address 127.0.0.1; but it cannot change what the browser then writes into Host and Origin.

use std::str::FromStr;

use anyhow::{Context, Error, Result, ensure};
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode,
        header::{CONNECTION, HOST, ORIGIN},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

/// The address at which a browser elsewhere reaches the book, where somebody has forwarded the port. Its origin, as a browser writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forwarded(String);

impl FromStr for Forwarded {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        const SUCH_AS: &str = "Give it as the browser shows it, such as http://localhost:8080 or https://NAME-3030.app.github.dev";
        let url = Url::parse(text).with_context(|| format!("{text:?} is not an address. {SUCH_AS}"))?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        ensure!(
            ["http", "https"].contains(&url.scheme()) && is_bare && url.username().is_empty(),
            "{text:?} is not the address of a host alone. {SUCH_AS}"
        );
        Ok(Self(url.origin().ascii_serialization()))
    }
}

/// By which names this server is asked.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub port: u16,
    pub forwarded: Option<Forwarded>,
}

/// Answers 403 to whatever was not asked of this server by its own name, or was asked by a page that is not its own. Everything
/// it answers was asked of its own port, on this machine or where that was forwarded to.
pub(super) async fn only_our_own(State(names): State<Names>, request: Request, next: Next) -> Response {
    let absolute = request.uri().authority().is_none_or(|authority| names.is_host(authority.as_str()));
    // Other sites may link to a page of the book, and do nothing else.
    let api = request.uri().path().starts_with("/api/");
    // What a browser says of the page that asks: one of ours, or the reader's own hand. Other clients say nothing.
    let mut sites = request.headers().get_all("sec-fetch-site").iter();
    let by_us = sites.all(|site| site == "same-origin" || site == "none");
    if absolute && names.let_in(request.headers()) && (!api || by_us) {
        return next.run(request).await;
    }
    let text = format!(
        "Refused: this server answers only its own pages, by its own name.\nOpen {} (or http://localhost:{}/) in a browser here.\nIf the port is forwarded, name the address that your browser shows: cargo workbook start --forwarded ADDRESS\n",
        names.home(),
        names.port
    );
    (StatusCode::FORBIDDEN, [(CONNECTION, "close")], text).into_response()
}

impl Names {
    /// The first page, as a browser takes it.
    pub fn home(&self) -> String {
        match &self.forwarded {
            Some(Forwarded(origin)) => format!("{origin}/"),
            None => format!("http://127.0.0.1:{}/", self.port),
        }
    }

    fn let_in(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok()).is_some_and(|host| self.is_host(host));
        let mut origins = headers.get_all(ORIGIN).iter();
        host && hosts.next().is_none()
            && origins.all(|origin| origin.to_str().is_ok_and(|origin| self.is_origin(origin)))
    }

    fn is_host(&self, authority: &str) -> bool {
        self.origins().any(|ours| {
            let name = ours.split_once("://").map_or("", |(_, name)| name);
            name.eq_ignore_ascii_case(authority)
        })
    }

    fn is_origin(&self, origin: &str) -> bool {
        self.origins().any(|ours| ours.eq_ignore_ascii_case(origin))
    }

    /// As browsers write them: they leave the port of `http` out.
    fn origins(&self) -> impl Iterator<Item = String> {
        let port = if self.port == 80 { String::new() } else { format!(":{}", self.port) };
        let own = ["127.0.0.1", "localhost"].map(|name| format!("http://{name}{port}"));
        own.into_iter().chain(self.forwarded.as_ref().map(|Forwarded(origin)| origin.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(port: u16, forwarded: Option<&str>) -> Names {
        Names { port, forwarded: forwarded.map(|address| address.parse().unwrap()) }
    }

    fn lets_in_with(headers: &[(&'static str, &str)]) -> bool {
        is_let_in(&names(3000, None), headers)
    }

    fn is_let_in(names: &Names, headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        names.let_in(&map)
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
            "127.0.0.1:+3000",
            "127.0.0.1:03000",
            "127.0.0.1: 3000",
            "user@127.0.0.1:3000",
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
        assert!(names(80, None).is_host("localhost"));
        assert!(!names(3000, None).is_host("localhost"));
    }

    #[test]
    fn where_the_port_is_forwarded_the_address_there_is_ours_too() {
        let names = names(3000, Some("https://Desk-3000.app.github.dev/"));
        assert_eq!(names.home(), "https://desk-3000.app.github.dev/");
        let origin = ("origin", "https://desk-3000.app.github.dev");
        assert!(is_let_in(&names, &[("host", "desk-3000.app.github.dev"), origin]));
        assert!(
            is_let_in(&names, &[("host", "localhost:3000"), origin]),
            "some forward the name of the other end"
        );
        assert!(is_let_in(&names, &[("host", "127.0.0.1:3000")]));
        for headers in [
            &[("host", "other-3000.app.github.dev")][..],
            &[("host", "desk-3000.app.github.dev:3000")],
            &[("host", "desk-3000.app.github.dev"), ("origin", "http://desk-3000.app.github.dev")],
            &[("host", "desk-3000.app.github.dev"), ("origin", "https://other-3000.app.github.dev")],
        ] {
            assert!(!is_let_in(&names, headers), "{headers:?}");
        }
    }

    #[test]
    fn an_address_that_is_not_one_of_a_host_is_refused_with_an_example() {
        for (text, origin) in [
            ("http://localhost:8080", "http://localhost:8080"),
            ("https://desk.example:443/", "https://desk.example"),
        ] {
            assert_eq!(text.parse::<Forwarded>().unwrap(), Forwarded(origin.into()));
        }
        for wrong in [
            "",
            "localhost:8080",
            "desk.example",
            "ftp://desk.example",
            "https://",
            "https://a.example/b",
            "https://ada@a.example",
            "*",
        ] {
            let error = wrong.parse::<Forwarded>().unwrap_err().to_string();
            assert!(error.contains("such as http://localhost:8080"), "{wrong}: {error}");
        }
    }
}
