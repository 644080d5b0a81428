//! The thread that makes and drops the databases of a process.
//!
//! A test's runtime ends with the test. A session that shall outlive it needs a runtime of its own, on a thread that
//! lives as long as the process.

use std::{sync::LazyLock, thread, time::Duration};

use local_postgres::{Cluster, NotRun};
use tokio::{
    runtime,
    sync::{mpsc, oneshot},
};

use crate::{
    Database,
    session::{Keep, Made, Place, Session},
};

/// A private server that nobody has used for so long stops.
const IDLE: Duration = Duration::from_secs(15 * 60);

pub(crate) type Jobs = mpsc::UnboundedSender<Job>;

#[derive(Debug)]
pub(crate) enum Job {
    Make(Keep, oneshot::Sender<Result<Made, NotRun>>),
    Drop(String),
}

/// A PostgreSQL that gives databases to tests.
#[derive(Debug)]
pub struct Server {
    jobs: Jobs,
}

impl Server {
    /// The one that all tests of this machine's user share. It is looked for, or started, when the first database is
    /// wanted.
    pub fn of_this_machine() -> &'static Self {
        static SERVER: LazyLock<Server> = LazyLock::new(|| {
            Server::start(|| match local_postgres::database_url()? {
                Some(url) => Ok(Place::Url(url)),
                None => {
                    Ok(Place::Private { cluster: Cluster::shared()?, idle: IDLE })
                }
            })
        });
        &SERVER
    }

    /// A private one, which stops when it was idle for so long.
    pub fn private(cluster: Cluster, idle: Duration) -> Self {
        Self::start(move || Ok(Place::Private { cluster: cluster.clone(), idle }))
    }

    fn start(place: impl Fn() -> Result<Place, NotRun> + Send + 'static) -> Self {
        let (jobs, queue) = mpsc::unbounded_channel();
        thread::spawn(move || {
            let runtime =
                runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(work(place, queue));
        });
        Self { jobs }
    }

    /// A new, empty database.
    ///
    /// # Errors
    /// When the server is not to be had.
    pub async fn database(&self) -> Result<Database, NotRun> {
        let Made { name, url } = self.make(Keep::UntilDropped).await?;
        Ok(Database { name, url, jobs: self.jobs.clone() })
    }

    /// The address of the database for a service that somebody starts by hand. It is made once, and stays.
    ///
    /// # Errors
    /// When the server is not to be had.
    pub async fn order_desk(&self) -> Result<String, NotRun> {
        Ok(self.make(Keep::As("order_desk")).await?.url)
    }

    async fn make(&self, keep: Keep) -> Result<Made, NotRun> {
        let (answer, made) = oneshot::channel();
        let job = Job::Make(keep, answer);
        self.jobs.send(job).expect("its thread lives as long as the server");
        made.await.expect("its thread answers")
    }
}

/// Makes databases as they are wanted; drops those that are not while there is nothing else to do.
async fn work(
    place: impl Fn() -> Result<Place, NotRun>,
    mut queue: mpsc::UnboundedReceiver<Job>,
) {
    let mut session: Option<Session> = None;
    let mut unwanted = Vec::new();
    loop {
        if queue.is_empty()
            && let Some(session) = &mut session
            && let Some(name) = unwanted.pop()
        {
            session.drop(name).await;
            continue;
        }
        match queue.recv().await {
            None => return,
            Some(Job::Drop(name)) => unwanted.push(name),
            Some(Job::Make(keep, answer)) => {
                // The server may have been stopped since the last one.
                if let Some(open) = &mut session
                    && let Ok(made) = open.make(keep).await
                {
                    let _ = answer.send(Ok(made));
                    continue;
                }
                match first(&place, keep).await {
                    Ok((mut new, made)) => {
                        let _ = answer.send(Ok(made));
                        unwanted.extend(new.of_the_dead().await);
                        new.stop_when_idle().await;
                        session = Some(new);
                    }
                    Err(not_run) => drop(answer.send(Err(not_run))),
                }
            }
        }
    }
}

/// A new session and its first database.
async fn first(
    place: &impl Fn() -> Result<Place, NotRun>,
    keep: Keep,
) -> Result<(Session, Made), NotRun> {
    let mut session = Session::open(place()?).await?;
    let made = session.make(keep).await?;
    Ok((session, made))
}
