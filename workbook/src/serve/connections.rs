//! How many connections are open at once, and for how long. Each costs the tool a file, and a system lets one program open only so
//! many: without a bound, open pages could keep the tool from starting the compiler. And whatever account of this machine opens
//! connections and says nothing, the reader's pages get through.

use std::{
    collections::HashMap,
    convert::Infallible,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{Router, body::Body, http::header::CONTENT_TYPE, response::Response};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{AbortHandle, JoinSet},
};
use tower::ServiceExt;

use super::{GRACE, shared::Published};

/// Room for all event streams and for as many pages that load; below the 256 files that some systems allow.
const MOST_CONNECTIONS: usize = 180;
/// How long a connection may take to ask for something, the first time and again.
const HEADER_PATIENCE: Duration = Duration::from_secs(10);

/// Answers what comes by the routes of `app`, until the server stops.
pub(super) async fn serve(listener: TcpListener, app: Router, mut live: watch::Receiver<Published>) {
    let (open, mut tasks, mut number) = (Open::default(), JoinSet::new(), 0);
    loop {
        let stopping = live.clone();
        tokio::select! {
            _ = live.wait_for(|live| live.stopping) => break,
            Some(_) = tasks.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    number += 1;
                    open.make_room();
                    let place = Place { number, open: open.clone() };
                    let task = tasks.spawn(answer(stream, app.clone(), place, stopping));
                    open.connections().insert(number, Connection { used: Instant::now(), busy: false, streams: false, task });
                }
                // The other end is gone again, or the system has no files left for now.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    let ended = async { while tasks.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(GRACE, ended).await;
}

/// Answers the requests of one connection. When the server stops, it ends with the request that is under way.
async fn answer(stream: TcpStream, app: Router, place: Place, mut live: watch::Receiver<Published>) {
    let place = &place;
    let service = service_fn(move |request: Request<Incoming>| {
        place.asks();
        let answer = app.clone().oneshot(request.map(Body::new));
        async move { answer.await.inspect(|response| place.answers(response)) as Result<Response, Infallible> }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_PATIENCE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let stopping = async { drop(live.wait_for(|live| live.stopping).await) };
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stopping => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// The connections that are open, by their number.
#[derive(Clone, Default)]
struct Open(Arc<Mutex<HashMap<u64, Connection>>>);

struct Connection {
    /// When it was made, or asked for something the last time.
    used: Instant,
    /// Whether what it asked for has not been answered yet.
    busy: bool,
    /// Whether its answer is a stream of events. Those are counted apart, and only a connected browser gets one.
    streams: bool,
    task: AbortHandle,
}

impl Open {
    fn connections(&self) -> MutexGuard<'_, HashMap<u64, Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When all places are taken, closes the connection that was used the longest ago, one that waits for an answer last. A browser opens
    /// another when it needs one.
    fn make_room(&self) {
        let mut open = self.connections();
        if open.len() < MOST_CONNECTIONS {
            return;
        }
        let others = open.iter().filter(|(_, connection)| !connection.streams);
        let oldest = others.min_by_key(|(_, connection)| (connection.busy, connection.used));
        let oldest = oldest.map(|(number, _)| *number);
        if let Some(connection) = oldest.and_then(|number| open.remove(&number)) {
            connection.task.abort();
        }
    }
}

/// A connection's place among them, given back when the connection ends.
struct Place {
    number: u64,
    open: Open,
}

impl Place {
    fn asks(&self) {
        if let Some(connection) = self.open.connections().get_mut(&self.number) {
            (connection.used, connection.busy, connection.streams) = (Instant::now(), true, false);
        }
    }

    fn answers(&self, response: &Response) {
        let kind = response.headers().get(CONTENT_TYPE);
        let streams = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        if let Some(connection) = self.open.connections().get_mut(&self.number) {
            (connection.busy, connection.streams) = (false, streams);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.connections().remove(&self.number);
    }
}
