//! The private server: one data folder, and the server that runs on it.

use std::{
    fs,
    io::{self, Read, Seek, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{Installation, NotRun, folder::Folder, user};

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

    /// The address of the server if it runs. It may be about to stop: who cannot connect calls [`start`](Self::start).
    ///
    /// Who connects sends the password. So this looks first whether the folder is closed to others, and whether the process that made
    /// the files lives and is ours: somebody else may listen at the port of a server that was killed.
    pub fn running(&self) -> Option<String> {
        match self.state() {
            State::Ready(port) => self.url(port).ok(),
            State::Changing | State::Stopped => None,
        }
    }

    /// Starts the server unless it runs, makes it where there is none, and makes it anew where it does not start.
    /// Processes that ask at the same time wait for each other.
    ///
    /// # Errors
    /// When it cannot be made or started.
    pub fn start(&self, installation: &Installation) -> Result<String, NotRun> {
        let _lock = self.folder.lock().map_err(no_folder)?;
        let started = self.started(installation).or_else(|_| {
            // One with the same port may have been faster.
            if self.state() != State::Stopped {
                let _ = self.pg_ctl(installation, &["stop", "-m", "immediate"]);
            }
            self.make(installation)?;
            self.launch(installation)
        });
        started.map_err(|error: io::Error| NotRun {
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
        if let Some(url) = self.until_ready(false) {
            return url;
        }
        if self.data().join("PG_VERSION").is_file() {
            self.renew_password(installation)?;
        } else {
            self.make(installation)?;
        }
        self.launch(installation)
    }

    fn launch(&self, installation: &Installation) -> io::Result<String> {
        // What it said last time is of no use any more.
        let _ = fs::remove_file(self.folder.server().join("log"));
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let settings = SETTINGS.map(|setting| format!("-c {setting}")).join(" ");
        let start = pg_ctl(installation, &["start", "-l", "log", "-o", &format!("-p {port} {settings}")]);
        self.run(user::apart(&start), Stdio::null())?;
        self.until_ready(true).ok_or_else(|| io::Error::other("it is not ready in time"))?
    }

    /// The address of the server, when it is ready. None where it does not run and was not launched just now, or is not ready in time.
    fn until_ready(&self, launched: bool) -> Option<io::Result<String>> {
        let asked = Instant::now();
        loop {
            match self.state() {
                State::Ready(port) => return Some(self.url(port)),
                State::Stopped if !launched => return None,
                State::Changing | State::Stopped if asked.elapsed() >= PATIENCE => return None,
                State::Changing | State::Stopped => thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Makes a new server in the place of what is there.
    fn make(&self, installation: &Installation) -> io::Result<()> {
        self.folder.clear()?;
        self.new_password()?;
        let mut initdb = installation.program("initdb");
        // Sorted by bytes, as SQLite sorts. `password`: the server then has the work of hashing, not the debug build.
        initdb.args(["-D", "new", "-U", USER, "-A", "password", "--pwfile", "password"]);
        initdb.args(["-E", "UTF8", "--locale=C", "--no-sync"]);
        self.run(initdb, Stdio::null())?;
        // Half made, it does not have its name.
        fs::rename(self.folder.server().join("new"), self.data())
    }

    /// Each start has a password of its own: what somebody else may have heard at the port of a server that ended opens no other. It is
    /// set while nobody can connect. (On Windows an administrator cannot run this; the server is then made anew.)
    fn renew_password(&self, installation: &Installation) -> io::Result<()> {
        let mut sql = tempfile::tempfile()?;
        writeln!(sql, "ALTER ROLE {USER} PASSWORD '{}'", self.new_password()?)?;
        sql.rewind()?;
        let mut alone = installation.program("postgres");
        alone.args(["--single", "-D", "data", "-c", "exit_on_error=on"]);
        alone.args(SETTINGS.iter().flat_map(|setting| ["-c", setting])).arg("postgres");
        self.run(alone, sql.into())
    }

    fn new_password(&self) -> io::Result<String> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.write("password", &secret)?;
        Ok(secret)
    }

    fn pg_ctl(&self, installation: &Installation, arguments: &[&str]) -> io::Result<()> {
        self.run(pg_ctl(installation, arguments), Stdio::null())
    }

    /// Runs a program to its end. The server that it starts keeps its output, so that is a file and not a pipe.
    fn run(&self, mut command: Command, input: Stdio) -> io::Result<()> {
        self.folder.run_as(&mut command)?;
        let mut said = tempfile::tempfile()?;
        command.stdin(input).stdout(said.try_clone()?).stderr(said.try_clone()?);
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

    fn url(&self, port: u16) -> io::Result<String> {
        let password = fs::read_to_string(self.folder.server().join("password"))?;
        Ok(format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres?sslmode=disable"))
    }

    /// What the server's own file says, where it is to be believed: its line 1 is the process, its line 4 the port, its line 8 what
    /// the server is doing.
    fn state(&self) -> State {
        let file = self.folder.check().and_then(|()| fs::read_to_string(self.data().join("postmaster.pid")));
        let text = file.unwrap_or_default();
        let line = |number: usize| text.lines().nth(number - 1).unwrap_or_default().trim();
        match (line(1).parse(), line(4).parse()) {
            (Ok(pid), Ok(port)) if user::is_server(pid, port) => match line(8) {
                "ready" => State::Ready(port),
                _ => State::Changing,
            },
            _ => State::Stopped,
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

fn pg_ctl(installation: &Installation, arguments: &[&str]) -> Command {
    let mut pg_ctl = installation.program("pg_ctl");
    pg_ctl.args(arguments).args(["-D", "data", "-s", "-w", "-t", &PATIENCE.as_secs().to_string()]);
    pg_ctl
}

fn no_folder(error: io::Error) -> NotRun {
    NotRun {
        reason: "the folder of the private PostgreSQL cannot be used".into(),
        mend: format!(
            "It said: {error}\nSet TMPDIR to another folder that is yours (root's has to be one that others can enter), or set DATABASE_URL to a PostgreSQL that runs."
        ),
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
