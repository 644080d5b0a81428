//! A place for a server of its own, and processes that use it.

// Each test binary uses its part of this.
#![allow(dead_code)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{self, Command, Stdio},
};

use local_postgres::{Cluster, Installation};
use tempfile::TempDir;

/// The variable that lets a child keep its database until it is killed.
pub const STAYS: &str = "CHILD_STAYS";

/// A temporary folder in whose place the system's would be, with the private server in it, which is stopped at last.
pub struct Bench(TempDir);

impl Bench {
    pub fn new() -> Self {
        let temp = TempDir::with_prefix("wörk bench ").unwrap();
        // As the system's, it can be entered by everybody.
        #[cfg(unix)]
        fs::set_permissions(
            temp.path(),
            std::os::unix::fs::PermissionsExt::from_mode(0o755),
        )
        .unwrap();
        Self(temp)
    }

    /// The folder of the private server.
    pub fn folder(&self) -> PathBuf {
        let found = fs::read_dir(self.0.path()).unwrap().flatten().next();
        found.map_or_else(|| self.0.path().join("postgres"), |entry| entry.path())
    }

    /// In the place of the system's temporary folder.
    pub fn parent(&self) -> &std::path::Path {
        self.0.path()
    }

    pub fn cluster(&self) -> Cluster {
        Cluster::at(&self.folder())
    }

    pub fn data(&self) -> PathBuf {
        self.folder().join("server/data")
    }

    /// What the server's own file says of the server: its line 1 is the process, its line 4 the port.
    pub fn said(&self, line: usize) -> String {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        text.lines().nth(line - 1).unwrap().to_owned()
    }

    /// As it is left behind: its file still says that it is ready.
    pub fn kill_server(&self) {
        let pid = self.said(1);
        let killed = match cfg!(windows) {
            true => Command::new("taskkill").args(["/F", "/PID", &pid]).status(),
            false => Command::new("kill").args(["-9", &pid]).status(),
        };
        assert!(killed.unwrap().success());
        #[cfg(target_os = "linux")]
        while fs::exists(format!("/proc/{pid}")).unwrap() {
            std::thread::yield_now();
        }
    }

    pub fn password(&self) -> String {
        fs::read_to_string(self.folder().join("server/password")).unwrap()
    }

    pub fn child(&self) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child", "--include-ignored", "--nocapture"]);
        for temp in ["TMPDIR", "TMP", "TEMP"] {
            command.env(temp, self.0.path());
        }
        command.env_remove("DATABASE_URL").env("RUST_BACKTRACE", "0");
        Child(command)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Ok(installation) = Installation::find() {
            let _ = self.cluster().stop(&installation);
        }
    }
}

pub struct Child(Command);

impl Child {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.0.env(name, value);
        self
    }

    /// Started by this command, which gets it as its last arguments.
    pub fn through(self, mut command: Command) -> Self {
        command.arg(self.0.get_program()).args(self.0.get_args());
        for (name, value) in self.0.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        Self(command)
    }

    pub fn stays(self) -> Self {
        self.env(STAYS, "1")
    }

    pub fn start(mut self) -> Started {
        self.0.stdout(Stdio::piped()).stderr(Stdio::piped());
        Started(self.0.spawn().unwrap())
    }
}

pub struct Started(process::Child);

impl Started {
    /// The address that it prints, while it runs.
    pub fn first_url(&mut self) -> String {
        let mut lines = BufReader::new(self.0.stdout.as_mut().unwrap())
            .lines()
            .map_while(Result::ok);
        lines.find_map(|line| address(&line)).expect("it has a database")
    }

    /// The address that it prints, once it has ended well.
    pub fn url(self) -> String {
        let output = self.0.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .find_map(address)
            .expect("it has a database")
    }

    /// What it says, once it has failed.
    pub fn fails(self) -> String {
        let output = self.0.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(101));
        String::from_utf8(output.stderr).unwrap()
    }

    /// Without a chance to clean up.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn address(line: &str) -> Option<String> {
    Some(line.split_once("has ")?.1.to_owned())
}
