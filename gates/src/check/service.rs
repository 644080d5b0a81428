//! A chapter's own service, running while a page's commands are tried.

use std::{
    path::Path,
    process::Command,
    sync::mpsc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use tempfile::TempDir;
use workbook::runner::{
    BuildEnd, Stop, cargo,
    process::{self, Line},
};

/// How long a service may take to say where it listens.
const PATIENCE: Duration = Duration::from_secs(20);
const LISTENS: &str = "listens on http://127.0.0.1:";

#[derive(Debug)]
pub struct Service {
    pub port: u16,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
    /// Its working directory: what it writes is gone with it.
    _folder: TempDir,
}

impl Service {
    /// Builds the program of a package and starts it on a free port.
    ///
    /// The inner error says why there is no service.
    pub fn start(root: &Path, package: &str, stop: &Stop) -> Result<Result<Self, String>> {
        let mut build = cargo::command(root);
        build.args([
            "build",
            "--bins",
            "--message-format=json-diagnostic-rendered-ansi",
            "--package",
            package,
        ]);
        let built = cargo::run(build, stop, &mut |_| {})?;
        if built.end != BuildEnd::Built {
            return Ok(Err(format!("{package} does not build")));
        }
        let named =
            built.programs.iter().find(|program| program.file_stem().is_some_and(|stem| stem == package));
        match named {
            Some(program) => {
                let folder = TempDir::new().context("no temporary folder can be made: is the disk full?")?;
                Ok(Self::run(program, folder))
            }
            None => Ok(Err(format!(
                "{package} has no program of its own name: write a [[bin]] with name = {package:?}"
            ))),
        }
    }

    fn run(program: &Path, folder: TempDir) -> Result<Self, String> {
        let mut command = Command::new(program);
        // What it knows is in its folder, whatever database the tests use.
        command
            .env("PORT", "0")
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_FILE")
            .current_dir(folder.path());
        let (sender, lines) = mpsc::channel();
        let stop = Stop::default();
        let handle = stop.clone();
        let thread = thread::spawn(move || {
            // When the program cannot be started, the sender is gone, and that is told below.
            let _ = process::lines(command, &handle, |line| {
                let _ = sender.send(line);
            });
        });
        let mut service = Self { port: 0, stop, thread: Some(thread), _folder: folder };
        let (until, mut said) = (Instant::now() + PATIENCE, Vec::new());
        while let Ok(line) = lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            let (Line::Out(line) | Line::Err(line)) = line;
            if let Some(port) = port(&line) {
                service.port = port;
                return Ok(service);
            }
            said.push(line);
        }
        Err(format!(
            "{} does not say \"{LISTENS}PORT\" when it starts with PORT=0. It says: {}",
            program.file_stem().unwrap_or_default().to_string_lossy(),
            said.join("\n")
        ))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop.now();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once(LISTENS)?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_port_is_read_from_what_the_service_says() {
        assert_eq!(super::port("The order desk listens on http://127.0.0.1:4321. Try:"), Some(4321));
        assert_eq!(super::port("The order desk listens on http://0.0.0.0:4321"), None);
    }
}
