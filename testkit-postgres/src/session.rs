//! One process's session with the server: while it lasts, the databases that it made are wanted.

use std::{str::FromStr, time::Duration};

use local_postgres::{Cluster, Installation, NotRun};
use sqlx::{
    AssertSqlSafe, ConnectOptions, PgConnection, postgres::PgConnectOptions,
    query_scalar, raw_sql,
};
use tokio::time::timeout;

/// What the names of all databases for tests begin with.
const PREFIX: &str = "workbook_test_";
/// The name of the session that stops an idle server.
const WATCH: &str = "workbook_idle";

const UNSET: &str = "Or unset DATABASE_URL: the tests then start a private one.";
const THROW_AWAY: &str = "It is a private one: delete the folder workbook-postgres-* in the temporary folder, and \
    run the tests again. `cargo workbook doctor` tries one out.";

/// Where the server is.
#[derive(Debug, Clone)]
pub enum Place {
    Url(String),
    Private { cluster: Cluster, idle: Duration },
}

/// How long a database is wanted.
#[derive(Debug, Clone, Copy)]
pub enum Keep {
    UntilDropped,
    /// Whoever wants it finds it under this name.
    As(&'static str),
}

/// A database.
#[derive(Debug)]
pub struct Made {
    pub name: String,
    pub url: String,
}

#[derive(Debug)]
pub struct Session {
    connection: PgConnection,
    options: PgConnectOptions,
    /// The session's name, and with it of what the names of its databases begin with: so the server knows whose they
    /// are, and whether that process still lives.
    name: String,
    made: u32,
    /// For a private server.
    idle: Option<Duration>,
    /// How a database is made here, after its name.
    how: String,
}

impl Session {
    /// Opens one; starts the private server where it does not answer.
    pub async fn open(place: Place) -> Result<Self, NotRun> {
        let mut id = [0; 8];
        getrandom::fill(&mut id).expect("random bytes from the system");
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{PREFIX}{id}");
        let (options, mut connection, idle) = match place {
            Place::Url(url) => {
                let options = options(&url, &name)?;
                let mend = format!("Start it, or correct DATABASE_URL. {UNSET}");
                let connection = connect(&options, mend).await?;
                (options, connection, None)
            }
            Place::Private { cluster, idle } => {
                let (options, connection) = private(&cluster, &name).await?;
                (options, connection, Some(idle))
            }
        };
        let how = how_to_make_one(&mut connection).await;
        Ok(Self { connection, options, name, made: 0, idle, how })
    }

    /// Makes a new, empty database, or finds the one that was made to stay.
    pub async fn make(&mut self, keep: Keep) -> Result<Made, NotRun> {
        self.made += 1;
        let name = match keep {
            Keep::UntilDropped => format!("{}_{}", self.name, self.made),
            Keep::As(name) => name.to_owned(),
        };
        let sql = format!("CREATE DATABASE {name} TEMPLATE template0 {}", self.how);
        let made = raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await;
        match made {
            Err(error)
                if !(matches!(keep, Keep::As(_)) && is_duplicate(&error)) =>
            {
                return Err(self.refused(&error));
            }
            _ => {}
        }
        let url = self.options.clone().database(&name).to_url_lossy().into();
        Ok(Made { name, url })
    }

    fn refused(&self, error: &sqlx::Error) -> NotRun {
        NotRun {
            reason: format!("PostgreSQL makes no database: {error}"),
            mend: match self.idle {
                Some(_) => THROW_AWAY.into(),
                None => format!(
                    "Its user needs the right to: ALTER ROLE name CREATEDB. {UNSET}"
                ),
            },
        }
    }

    /// Drops a database. Where that fails, it is left to the next process.
    pub async fn drop(&mut self, name: String) {
        let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        let _ = raw_sql(AssertSqlSafe(sql)).execute(&mut self.connection).await;
    }

    /// The databases of processes that have ended without dropping them.
    pub async fn of_the_dead(&mut self) -> Vec<String> {
        let sql = "SELECT database.datname::text FROM pg_database database
            WHERE starts_with(database.datname, $1) AND NOT EXISTS (
                SELECT FROM pg_stat_activity session
                WHERE starts_with(session.application_name, $1)
                    AND starts_with(database.datname, session.application_name))";
        query_scalar(sql)
            .bind(PREFIX)
            .fetch_all(&mut self.connection)
            .await
            .unwrap_or_default()
    }

    /// Sees to it that a private server stops when nobody uses it.
    ///
    /// It does so itself, in a session of its own: a process that watches it could be killed, and the server would be
    /// left behind for ever. A server notices that the other end of a session is gone when it has something to say,
    /// and this one never has.
    pub async fn stop_when_idle(&mut self) {
        let Some(idle) = self.idle else { return };
        let sql = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1)";
        let watched =
            query_scalar(sql).bind(WATCH).fetch_one(&mut self.connection).await;
        if watched.unwrap_or(true) {
            return;
        }
        let sql = include_str!("stop_when_idle.sql")
            .replace("15 minutes", &format!("{} ms", idle.as_millis()));
        let options = self.options.clone().application_name(WATCH);
        if let Ok(mut connection) = options.connect().await {
            let watch = raw_sql(AssertSqlSafe(sql)).execute(&mut connection);
            // It has been sent, and has no end.
            let _ = timeout(Duration::from_millis(100), watch).await;
        }
    }
}

/// Since version 15 there is something to choose.
async fn how_to_make_one(connection: &mut PgConnection) -> String {
    let mut how = String::new();
    if matches!(connection.server_version_num(), Some(150_000..)) {
        // Copied file by file it takes half the time that it takes by way of the log. Before 15 that was the only way.
        how.push_str("STRATEGY file_copy ");
        // As on a server that somebody has set up in a language: texts are ordered as people do it, and not by their bytes.
        let sql = "SELECT EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') AND EXISTS (
                SELECT FROM pg_database WHERE datname = 'template0' AND pg_encoding_to_char(encoding) = 'UTF8')";
        if query_scalar(sql).fetch_one(connection).await.unwrap_or(false) {
            how.push_str("LOCALE_PROVIDER icu ICU_LOCALE 'en'");
        }
    }
    how
}

/// Whether a database has that name already.
fn is_duplicate(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == "42P04")
}

fn options(url: &str, name: &str) -> Result<PgConnectOptions, NotRun> {
    let options = PgConnectOptions::from_str(url).map_err(|error| NotRun {
        reason: format!("DATABASE_URL cannot be read: {error}"),
        mend: format!(
            "Set it to postgres://USER:PASSWORD@HOST:5432/DATABASE. {UNSET}"
        ),
    })?;
    Ok(options.application_name(name))
}

async fn private(
    cluster: &Cluster,
    name: &str,
) -> Result<(PgConnectOptions, PgConnection), NotRun> {
    if let Some(url) = cluster.running() {
        let options = options(&url, name)?;
        if let Ok(connection) = options.connect().await {
            return Ok((options, connection));
        }
    }
    // Whoever starts it waits, and there is nothing else to do on this thread.
    let options = options(&cluster.start(&Installation::find()?)?, name)?;
    let connection = connect(&options, THROW_AWAY.into()).await?;
    Ok((options, connection))
}

async fn connect(
    options: &PgConnectOptions,
    mend: String,
) -> Result<PgConnection, NotRun> {
    let address = format!("{}:{}", options.get_host(), options.get_port());
    options.connect().await.map_err(|error| NotRun {
        reason: format!("PostgreSQL at {address} does not answer: {error}"),
        mend,
    })
}
