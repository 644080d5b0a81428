//! The folder of the private server.

use std::{
    env,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process,
    process::Command,
};

use crate::user;

/// A folder with the server's files in `server/`, and a lock for those who start it beside them.
///
/// PostgreSQL refuses to run as root. Root gives `server/` to another user and runs the server as that one.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The one of the user, in the system's temporary folder.
    pub fn of_the_user() -> io::Result<Self> {
        Ok(Self { path: env::temp_dir().join(format!("workbook-postgres-{}", user::me()?)) })
    }

    /// One for this process alone.
    pub fn to_try() -> io::Result<Self> {
        let name = format!("workbook-postgres-{}-try-{}", user::me()?, process::id());
        Ok(Self { path: env::temp_dir().join(name) })
    }

    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub fn server(&self) -> PathBuf {
        self.path.join("server")
    }

    /// Held by who starts, stops or makes the server; the system lets go of it when the process ends, however it ends.
    pub fn lock(&self) -> io::Result<File> {
        user::make_folder(&self.path)?;
        let file = File::options().create(true).truncate(false).write(true).open(self.path.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Makes `server/` anew, closed to all but the user who runs the server.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.server()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => user::make_closed_folder(&self.server()),
        }
    }

    /// Whether nobody else can have written what is in `server/`, or read it.
    pub fn check(&self) -> io::Result<()> {
        user::check_folder(&self.path)?;
        user::check_closed_folder(&self.server())
    }

    /// Writes a file in `server/`.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        user::write_closed(&self.server().join(name), text)
    }

    /// Lets `command` run in `server/`, as the user who runs the server.
    pub fn run_as(&self, command: &mut Command) -> io::Result<()> {
        user::run_as(command.current_dir(self.server()))
    }

    pub fn remove(&self) -> io::Result<()> {
        fs::remove_dir_all(&self.path)
    }
}
