//! How many connections are open at once. Each costs the tool a file, and a system lets one program open only so many: without a
//! bound, open pages could keep the tool from starting the compiler.

use std::{io, sync::Arc, time::Duration};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// Room for all event streams and for as many pages that load; below the 256 files that some systems allow.
const MOST_CONNECTIONS: usize = 180;
/// How long a connection waits for a place: those that are about to be refused give theirs back at once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Closes what comes when there is no place and none becomes free.
pub(super) struct Limited {
    listener: TcpListener,
    places: Arc<Semaphore>,
}

impl Limited {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(MOST_CONNECTIONS)) }
    }
}

/// A connection's place among them. It goes to the service that answers the connection, which is dropped when that is closed.
/// The listener itself has none.
#[derive(Debug, Clone)]
pub(super) struct Place {
    _permit: Option<Arc<OwnedSemaphorePermit>>,
}

impl Connected<IncomingStream<'_, Limited>> for Place {
    fn connect_info(stream: IncomingStream<'_, Limited>) -> Self {
        stream.remote_addr().clone()
    }
}

impl Listener for Limited {
    type Io = TcpStream;
    type Addr = Place;

    async fn accept(&mut self) -> (TcpStream, Place) {
        loop {
            let (stream, _) = Listener::accept(&mut self.listener).await;
            let place = Arc::clone(&self.places).acquire_owned();
            if let Ok(Ok(place)) = tokio::time::timeout(PATIENCE, place).await {
                return (stream, Place { _permit: Some(Arc::new(place)) });
            }
        }
    }

    fn local_addr(&self) -> io::Result<Place> {
        Ok(Place { _permit: None })
    }
}
