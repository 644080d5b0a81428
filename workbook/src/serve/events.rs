//! `GET /api/events`: what changes while a page is open, as server-sent events.
//!
//! `reload` says that there are newer pages, `status` carries the state of the exercises, `run` the run that is going on or the
//! last one. Every event's id names the build the
//! page was told of; a page that comes back with an older one, also one of an earlier start of the tool, is told to reload.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header::CONNECTION},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;

use super::shared::{Published, Shared};

/// A quiet stream says this often that it is alive, and so notices that its page is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
pub(super) struct Seen {
    /// The id of the last event that the page got. A browser sends it by itself only where it reconnects by itself.
    seen: Option<String>,
}

pub(super) async fn events(
    State(shared): State<Shared>,
    Query(seen): Query<Seen>,
    headers: HeaderMap,
) -> Response {
    let Ok(place) = Arc::clone(&shared.streams).try_acquire_owned() else {
        let text = "Too many pages are open: close some of them.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(CONNECTION, "close")], text).into_response();
    };
    let by_header = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let live = shared.live.subscribe();
    let now = live.borrow().build.to_string();
    let told = seen.seen.or(by_header).filter(|id| !id.is_empty()).unwrap_or(now);
    let page = Page { live, told, status: None, run: None, _place: place };
    Sse::new(stream::unfold(page, Page::next))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
        .into_response()
}

struct Page {
    live: tokio::sync::watch::Receiver<Published>,
    told: String,
    /// The status it knows, none at first.
    status: Option<Arc<str>>,
    run: Option<Arc<str>>,
    /// Given back when the page goes.
    _place: OwnedSemaphorePermit,
}

impl Page {
    /// Waits until there is something that the page does not know. `None` ends the stream.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Page)> {
        loop {
            let live = self.live.borrow_and_update().clone();
            if live.stopping {
                return None;
            }
            let id = live.build.to_string();
            let event = |name: &str, data: &str| Ok(Event::default().id(&id).event(name).data(data));
            if self.told != id {
                self.told.clone_from(&id);
                return Some((event("reload", &id), self));
            }
            // A run comes before the state it led to, except for a page that knows nothing yet.
            if self.status.is_some()
                && let Some(run) = live.run
                && self.run.as_ref().is_none_or(|known| !Arc::ptr_eq(known, &run))
            {
                self.run = Some(Arc::clone(&run));
                return Some((event("run", &run), self));
            }
            if self.status.as_ref() != Some(&live.status) {
                self.status = Some(Arc::clone(&live.status));
                return Some((event("status", &live.status), self));
            }
            self.live.changed().await.ok()?;
        }
    }
}
