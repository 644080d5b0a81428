//! The private server: one data folder, and the server that runs on it.

use std::{
    fs::{self, File},
    io::{self, Read, Seek},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{Installation, NotRun, folder::Folder};

const USER: &str = "workbook";

/// Said to the server at its start, so that a server made by an older workbook hears it too.
const SETTINGS: [&str; 15] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    // Each test has a pool, and a machine has many cores.
    "max_connections=300",
    "shared_buffers=32MB",
    // Nothing here outlives a power cut, so nothing waits for the disk.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "min_wal_size=32MB",
    "checkpoint_timeout=1h",
    // Databases of seconds need no upkeep.
    "autovacuum=off",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
];

/// How long a server may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(30);

/// A private server, running or not.
#[derive(Debug, Clone)]
pub struct Cluster {
    folder: Folder,
}

impl Cluster {
    /// The one that all tests of this user share.
    ///
    /// # Errors
    /// When the system's temporary folder cannot be written.
    pub fn shared() -> Result<Self, NotRun> {
        Ok(Self { folder: Folder::of_the_user().map_err(no_folder)? })
    }

    /// One of its own in this folder, which is made where it is missing.
    pub fn at(folder: &Path) -> Self {
        Self { folder: Folder::at(folder) }
    }

    /// The address of the server if it runs, as far as its files say. It may be about to stop: who cannot connect
    /// calls [`start`](Self::start).
    pub fn running(&self) -> Option<String> {
        match self.state() {
            State::Ready(port) => self.url(port),
            State::Changing | State::Stopped => None,
        }
    }

    /// Starts the server unless it runs, makes it where there is none, and makes it anew where it does not start.
    /// Processes that ask at the same time wait for each other.
    ///
    /// # Errors
    /// When it cannot be made or started.
    pub fn start(&self, installation: &Installation) -> Result<String, NotRun> {
        let start = || {
            let _lock = self.folder.lock()?;
            self.started(installation).or_else(|_| {
                // One with the same port may have been faster.
                let _ = self.pg_ctl(installation, &["stop", "-m", "immediate"]);
                self.make(installation)?;
                self.started(installation)
            })
        };
        start().map_err(|error: io::Error| NotRun {
            reason: format!("a private PostgreSQL {} does not start", installation.version),
            mend: format!(
                "It said: {error}\nMend that, or set DATABASE_URL to a PostgreSQL that runs. `cargo workbook doctor` tries it again."
            ),
        })
    }

    /// Stops the server and the sessions that it has.
    ///
    /// # Errors
    /// When it runs and does not stop.
    pub fn stop(&self, installation: &Installation) -> io::Result<()> {
        let _lock = self.folder.lock()?;
        match self.state() {
            State::Stopped => Ok(()),
            State::Ready(_) | State::Changing => self.pg_ctl(installation, &["stop", "-m", "fast"]),
        }
    }

    fn remove(&self, installation: &Installation) -> io::Result<()> {
        self.stop(installation)?;
        self.folder.remove()
    }

    fn started(&self, installation: &Installation) -> io::Result<String> {
        let asked = Instant::now();
        loop {
            match self.state() {
                State::Ready(port) => {
                    let url = self.url(port).ok_or_else(|| io::Error::other("its password is gone"))?;
                    // What a crash left behind says "ready" too.
                    if TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port))).is_ok()
                        && self.pg_ctl(installation, &["status"]).is_ok()
                    {
                        return Ok(url);
                    }
                    break;
                }
                State::Changing
                    if asked.elapsed() < PATIENCE && self.pg_ctl(installation, &["status"]).is_ok() =>
                {
                    thread::sleep(Duration::from_millis(20));
                }
                State::Changing | State::Stopped => break,
            }
        }
        if !self.data().join("PG_VERSION").is_file() {
            self.make(installation)?;
        }
        // What it said last time is of no use any more.
        let _ = fs::remove_file(self.folder.server().join("log"));
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let settings = SETTINGS.map(|setting| format!("-c {setting}")).join(" ");
        self.pg_ctl(installation, &["start", "-l", "log", "-o", &format!("-p {port} {settings}")])?;
        self.url(port).ok_or_else(|| io::Error::other("its password is gone"))
    }

    /// Makes a new server in the place of what is there.
    fn make(&self, installation: &Installation) -> io::Result<()> {
        self.folder.clear()?;
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.write("password", &secret)?;
        let mut initdb = installation.program("initdb");
        // Sorted by bytes, as SQLite sorts. `password`: the server then has the work of hashing, not the debug build.
        initdb.args(["-D", "new", "-U", USER, "-A", "password", "--pwfile", "password"]);
        initdb.args(["-E", "UTF8", "--locale=C", "--no-sync"]);
        self.run(initdb)?;
        // Half made, it does not have its name.
        fs::rename(self.folder.server().join("new"), self.data())
    }

    fn pg_ctl(&self, installation: &Installation, arguments: &[&str]) -> io::Result<()> {
        let mut pg_ctl = installation.program("pg_ctl");
        pg_ctl.args(arguments).args(["-D", "data", "-s", "-w", "-t", &PATIENCE.as_secs().to_string()]);
        self.run(pg_ctl)
    }

    /// Runs a program to its end. The server that it starts keeps its output, so that is a file and not a pipe.
    fn run(&self, mut command: Command) -> io::Result<()> {
        self.folder.run_as(&mut command)?;
        let mut said = tempfile::tempfile()?;
        command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said.try_clone()?);
        let status = command.status()?;
        if status.success() {
            return Ok(());
        }
        let mut text = String::new();
        said.rewind()?;
        said.read_to_string(&mut text)?;
        let log = fs::read_to_string(self.folder.server().join("log")).unwrap_or_default();
        let last: Vec<_> = log.lines().rev().take(5).collect();
        text.extend(last.iter().rev().map(|line| format!("\n{line}")));
        Err(io::Error::other(text.trim().to_owned()))
    }

    fn data(&self) -> PathBuf {
        self.folder.server().join("data")
    }

    fn url(&self, port: u16) -> Option<String> {
        let password = fs::read_to_string(self.folder.server().join("password")).ok()?;
        Some(format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres?sslmode=disable"))
    }

    /// What the server's own file says: its line 4 is the port, its line 8 what the server is doing.
    fn state(&self) -> State {
        let mut text = String::new();
        let read = File::open(self.data().join("postmaster.pid"))
            .and_then(|mut file| file.read_to_string(&mut text));
        let line = |number: usize| text.lines().nth(number - 1).unwrap_or_default().trim();
        match (read, line(4).parse(), line(8)) {
            (Err(_), ..) => State::Stopped,
            (Ok(_), Ok(port), "ready") => State::Ready(port),
            (Ok(_), ..) => State::Changing,
        }
    }
}

impl Installation {
    /// Makes a server, starts it, stops it, and takes it away again; says how long the first two took.
    ///
    /// # Errors
    /// See [`Cluster::start`].
    pub fn try_out(&self) -> Result<Duration, NotRun> {
        let cluster = Cluster { folder: Folder::to_try().map_err(no_folder)? };
        let begun = Instant::now();
        let started = cluster.start(self).map(|_| begun.elapsed());
        let _ = cluster.remove(self);
        started
    }
}

fn no_folder(error: io::Error) -> NotRun {
    NotRun {
        reason: format!("the temporary folder cannot be written: {error}"),
        mend: "Set TMPDIR to a folder that is yours.".into(),
    }
}

/// What a server is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ready(u16),
    /// It starts or stops.
    Changing,
    Stopped,
}
