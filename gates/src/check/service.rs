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
        let built = cargo::build_all(root, &["--bins"], &[package.to_owned()], stop)?;
        if built.end != BuildEnd::Built {
            return Ok(Err(format!("{package} does not build")));
        }
        let Some(program) =
            built.programs.iter().find(|program| program.file_stem() == Some(package.as_ref()))
        else {
            return Ok(Err(format!(
                "{package} has no program of its own name: write a [[bin]] with name = {package:?}"
            )));
        };
        let folder = TempDir::new().context("no temporary folder can be made: is the disk full?")?;
        Ok(Self::run(program, folder))
    }

    fn run(program: &Path, folder: TempDir) -> Result<Self, String> {
        let mut command = Command::new(program);
        // What it knows is in its folder, whatever database the tests use.
        command.env_remove("DATABASE_URL").env_remove("DATABASE_FILE");
        command.env("PORT", "0").current_dir(folder.path());
        let (sender, lines) = mpsc::channel();
        let stop = Stop::default();
        let handle = stop.clone();
        let thread = thread::spawn(move || {
            // When the program cannot be started, the sender is gone, and that is told below.
            let _ = process::lines(command, &handle, |line| drop(sender.send(line)));
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
        let (name, said) = (program.file_stem().unwrap_or_default().to_string_lossy(), said.join("\n"));
        Err(format!("{name} does not say \"{LISTENS}PORT\" when it starts with PORT=0. It says: {said}"))
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
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_port_is_read_from_what_the_service_says() {
        assert_eq!(super::port("The order desk listens on http://127.0.0.1:4321. Try:"), Some(4321));
        assert_eq!(super::port("The order desk listens on http://0.0.0.0:4321"), None);
    }
}
