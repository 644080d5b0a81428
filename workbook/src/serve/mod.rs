//! The local server behind the book: the pages, and what they learn from the tool while they are open.
//!
//! It listens on 127.0.0.1 only and answers only requests that name it as their host, so that no page from elsewhere can reach it
//! through the reader's browser. Other accounts of the machine read the book, and nothing else. It runs on a
//! thread of its own; nothing that a browser does can hold the tool up.

mod actions;
mod ansi;
pub mod calls;
mod connections;
mod events;
mod guard;
mod key;
pub mod live;
mod policy;
mod routes;
mod session;
mod shared;

use std::{
    io::ErrorKind,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tokio::sync::{Semaphore, watch};

use calls::Call;
use guard::Names;
use routes::routes;
use shared::{MOST_STREAMS, Published, Shared, json};

pub use guard::Forwarded;
pub use key::Key;

/// How many ports after the asked one are tried.
const PORTS_TRIED: u16 = 100;
/// How long requests that are under way may still take when the server stops.
const GRACE: Duration = Duration::from_millis(300);

/// A running server. It stops, and its port is free again, when this is dropped.
pub struct Server {
    address: SocketAddr,
    names: Names,
    key: Key,
    live: watch::Sender<Published>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves `folder` on 127.0.0.1, on `port` or, where that is taken, on the next free one: see [`address`](Self::address). Port 0
    /// takes any. A browser that was opened with the `key` may act. `status` is what pages get from `/api/status` until
    /// [`publish_status`](Self::publish_status) is called. `calls` gets what pages ask for; it must not block. A call that is dropped is answered with 503.
    pub fn start(
        folder: &Path,
        port: u16,
        key: Key,
        forwarded: Option<Forwarded>,
        status: &impl Serialize,
        calls: impl Fn(Call) + Send + Sync + 'static,
    ) -> Result<Server> {
        let listener = bind(port)?;
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let (live, _) = watch::channel(Published {
            folder: Arc::new(folder.to_path_buf()),
            build: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros(),
            status: json(status),
            run: None,
            stopping: false,
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let shared = Shared {
            live: live.clone(),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            key: key.clone(),
            port: address.port(),
            calls: Arc::new(calls),
        };
        let names = Names { port: address.port(), forwarded };
        let app = routes(names.clone(), shared);
        let stopping = live.subscribe();
        let thread = std::thread::Builder::new().name("server".into()).spawn(move || {
            runtime.block_on(async move {
                // Cannot fail: the listener was bound above and the runtime has I/O.
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                connections::serve(listener, app, stopping).await;
            });
            runtime.shutdown_timeout(GRACE);
        });
        let thread =
            thread.context("The server's thread could not be started. Close some programs and try again")?;
        Ok(Server { address, names, key, live, thread: Some(thread) })
    }

    /// Where it listens. The port may be another than the one asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the first page, as a browser takes it. Who opens it reads the book.
    pub fn url(&self) -> String {
        self.names.home()
    }

    /// The address of a page, which connects the browser that opens it: for the learner alone.
    pub fn link(&self, page: &str) -> String {
        format!("{}{page}?key={}", self.url(), self.key.text())
    }

    /// Serves `folder` from now on and reloads every open page. Requests that are under way still read the folder before.
    pub fn show(&self, folder: &Path) {
        self.live.send_modify(|live| {
            live.folder = Arc::new(folder.to_path_buf());
            live.build += 1;
        });
    }

    /// Gives every open page the state of the exercises, and every page that is opened from now on.
    pub fn publish_status(&self, status: &impl Serialize) {
        let status = json(status);
        self.live.send_modify(|live| live.status = status);
    }

    /// Gives every open page a run as it is now, and every page that is opened from now on.
    pub fn publish_run(&self, run: &impl Serialize) {
        let run = json(run);
        self.live.send_modify(|live| live.run = Some(run));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.live.send_modify(|live| live.stopping = true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn bind(asked: u16) -> Result<TcpListener> {
    const NOTHING_LISTENS: &str =
        "This machine lets nothing listen on 127.0.0.1. Look at its network settings";
    let last = if asked == 0 { 0 } else { asked.saturating_add(PORTS_TRIED) };
    for port in asked..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            // Windows says the second of a port that it keeps for itself.
            Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {}
            bound => return bound.context(NOTHING_LISTENS),
        }
    }
    bail!(
        "Every port from {asked} to {last} is taken or forbidden. Choose another with `--port`, 8000 for instance"
    )
}
