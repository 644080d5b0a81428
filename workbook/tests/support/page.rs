//! What a page does, by hand over a real socket, because what matters is what a client could send.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Instant,
};

use serde_json::{Value, json};

use super::PATIENCE;

/// An answer to one request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The header lines, in small letters.
    pub head: String,
    cookie: Option<String>,
    pub body: String,
}

impl Answer {
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// The cookie that it sets: `name=value`.
    #[track_caller]
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap_or_else(|| panic!("no cookie: {self:?}"))
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Sends bytes and returns the open connection.
pub fn send(server: SocketAddr, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // A server that refuses early may close before it has read all.
    let _ = stream.write_all(request.as_bytes());
    stream
}

/// Sends a request with exactly these headers (lines that end in CRLF) and returns the whole answer.
#[track_caller]
pub fn ask(server: SocketAddr, line: &str, headers: &str, body: &str) -> Answer {
    let request = format!("{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n{body}");
    let mut bytes = Vec::new();
    let read = send(server, &request).read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{line}: {read:?} {text:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next());
    Answer {
        status: status.unwrap_or(0),
        head: head.to_lowercase(),
        cookie: cookie.map(str::to_owned),
        body: body.to_owned(),
    }
}

/// A page of the book in a browser that is connected: it knows where the server is, and has the cookie.
pub struct Page {
    pub server: SocketAddr,
    /// `name=value`
    pub cookie: String,
    /// What the address had after `key=`.
    pub key: String,
}

impl Page {
    /// Opens the address that the tool printed: `text` has `http://127.0.0.1:PORT/?key=KEY` in it.
    #[track_caller]
    pub fn open(text: &str) -> Self {
        let (_, rest) = text.split_once("http://").unwrap_or_else(|| panic!("no address in {text:?}"));
        let address = rest.split_whitespace().next().unwrap();
        let (server, path) = address.split_once('/').unwrap();
        let (_, key) = path.split_once("?key=").unwrap_or_else(|| panic!("no key in {address:?}"));
        let mut page = Self { server: server.parse().unwrap(), cookie: String::new(), key: key.to_owned() };
        let answer = page.get(&format!("/{path}")).expect(303);
        page.cookie = answer.cookie().to_owned();
        page
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        let headers = format!("Host: {}\r\nCookie: {}\r\n", self.server, self.cookie);
        ask(self.server, &format!("GET {path}"), &headers, "")
    }

    /// As the page's script does it.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(path, &self.headers(), &body.to_string())
    }

    /// An action on a chapter.
    #[track_caller]
    pub fn act(&self, action: &str, id: &str) -> Answer {
        self.post(&format!("/api/{action}"), &json!({ "id": id }))
    }

    #[track_caller]
    pub fn post_with(&self, path: &str, headers: &str, body: &str) -> Answer {
        let headers = format!("{headers}Content-Length: {}\r\n", body.len());
        ask(self.server, &format!("POST {path}"), &headers, body)
    }

    /// The headers that a browser and the page's script send.
    pub fn headers(&self) -> String {
        format!(
            "Host: {0}\r\nOrigin: http://{0}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nCookie: {1}\r\n",
            self.server, self.cookie
        )
    }

    pub fn events(&self) -> Events {
        self.events_since("")
    }

    /// The events for a page that has seen some: `?seen=ID`.
    pub fn events_since(&self, query: &str) -> Events {
        let mut events = Events(BufReader::new(send(self.server, &self.asks_for_events(query))));
        assert!(events.line().contains("200"));
        events
    }

    /// The whole request.
    pub fn asks_for_events(&self, query: &str) -> String {
        format!("GET /api/events{query} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", self.server, self.cookie)
    }
}

/// One open page's stream of events.
pub struct Events(BufReader<TcpStream>);

impl Events {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The next event: its id, name and data.
    pub fn next(&mut self) -> (String, String, String) {
        let mut event = (String::new(), String::new(), String::new());
        // Counted here: a quiet stream says that it is alive, and so a read never waits long.
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let line = self.line();
            match line.split_once(": ").unwrap_or((&line, "")) {
                ("id", value) => event.0 = value.to_owned(),
                ("event", value) => event.1 = value.to_owned(),
                ("data", value) => event.2 = value.to_owned(),
                ("", "") if !event.1.is_empty() => return event,
                _ => {}
            }
        }
        panic!("no event in {PATIENCE:?}");
    }

    /// What is left until the server closes the stream.
    pub fn rest(mut self) -> String {
        let mut rest = String::new();
        let _ = self.0.read_to_string(&mut rest);
        rest
    }

    /// Waits for a run that `is` it, and returns it with those that were told before it.
    #[track_caller]
    pub fn run(&mut self, is: impl Fn(&Value) -> bool) -> Vec<Value> {
        self.until("run", is)
    }

    /// Waits for an event of this name whose data `is` it, and returns it with those of its name that were told before it.
    #[track_caller]
    pub fn until(&mut self, wanted: &str, is: impl Fn(&Value) -> bool) -> Vec<Value> {
        let (started, mut told) = (Instant::now(), Vec::new());
        while started.elapsed() < PATIENCE {
            let (_, name, data) = self.next();
            if name == wanted {
                told.push(serde_json::from_str(&data).unwrap());
                if told.last().is_some_and(&is) {
                    return told;
                }
            }
        }
        panic!("no such {wanted} in {PATIENCE:?}: {told:#?}");
    }

    /// Waits for the end of a run of this chapter with this outcome.
    #[track_caller]
    pub fn done(&mut self, id: &str, outcome: &str) -> Value {
        let is = |run: &Value| run["id"] == id && run["phase"] == "done" && run["outcome"] == outcome;
        self.run(is).pop().unwrap()
    }
}
