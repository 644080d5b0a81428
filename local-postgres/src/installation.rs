//! The programs of a PostgreSQL on this machine.

use std::{
    env::{self, consts::EXE_SUFFIX},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::NotRun;

/// The oldest major version that is used.
pub const OLDEST: u32 = 14;

/// Names the only folder to look in, for programs that are in none of the usual ones.
pub(crate) const FOLDER: &str = "WORKBOOK_POSTGRES_BIN";

/// Where packages and installers put the programs when not on the PATH; a `*` stands for any name.
const USUAL: [&str; 9] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/opt/local/lib/postgresql*/bin",
    r"C:\Program Files\PostgreSQL\*\bin",
];

/// A PostgreSQL that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    bin: PathBuf,
    /// As it says itself: `15.18`, `18beta1`.
    pub version: String,
}

impl Installation {
    /// The first one on the PATH, else the newest one in the usual folders.
    ///
    /// # Errors
    /// When there is none, or none that is new enough.
    pub fn find() -> Result<Self, NotRun> {
        match env::var_os(FOLDER) {
            Some(folder) => Self::find_in(&[folder.into()], &[]),
            None => {
                let path = env::var_os("PATH").unwrap_or_default();
                Self::find_in(&env::split_paths(&path).collect::<Vec<_>>(), &USUAL)
            }
        }
    }

    /// The first one in these folders, else the newest one in folders of these patterns.
    ///
    /// # Errors
    /// See [`find`](Self::find).
    pub fn find_in(folders: &[PathBuf], usual: &[&str]) -> Result<Self, NotRun> {
        let mut found: Vec<_> = folders.iter().filter_map(|folder| Self::at(folder)).collect();
        if let Some(at) = found.iter().position(Self::is_new_enough) {
            return Ok(found.swap_remove(at));
        }
        found.extend(usual.iter().flat_map(|pattern| matching(pattern)).filter_map(|bin| Self::at(&bin)));
        match found.into_iter().max_by_key(Self::major) {
            Some(newest) if newest.is_new_enough() => Ok(newest),
            Some(old) => Err(NotRun {
                reason: format!("PostgreSQL {} is too old", old.version),
                mend: format!("These tests need version {OLDEST} or newer. {}", how_to_install()),
            }),
            None => Err(NotRun {
                reason: "no PostgreSQL".into(),
                mend: format!(
                    "These tests need a real one, version {OLDEST} or newer. They start and stop it themselves.\n{}",
                    how_to_install()
                ),
            }),
        }
    }

    fn at(bin: &Path) -> Option<Self> {
        let program = |name: &str| bin.join(format!("{name}{EXE_SUFFIX}"));
        if !["initdb", "pg_ctl", "postgres"].iter().all(|name| program(name).is_file()) {
            return None;
        }
        // What stands on the PATH may be a link to where its libraries and its share folder are.
        let bin = fs::canonicalize(program("postgres")).ok()?.parent()?.to_owned();
        let said = Command::new(bin.join(format!("postgres{EXE_SUFFIX}"))).arg("--version").output().ok()?;
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let version = String::from_utf8_lossy(&said.stdout).split_whitespace().nth(2)?.to_owned();
        Some(Self { bin, version })
    }

    /// One of its programs, ready to be given arguments.
    pub(crate) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(format!("{name}{EXE_SUFFIX}")));
        // They would take a user, a port or a folder from these that is not ours.
        for (variable, _) in env::vars_os().filter(|(variable, _)| is_of_postgres(variable)) {
            command.env_remove(variable);
        }
        command.env("LC_ALL", "C");
        command
    }

    fn major(&self) -> u32 {
        let digits: String = self.version.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or_default()
    }

    fn is_new_enough(&self) -> bool {
        self.major() >= OLDEST
    }
}

fn is_of_postgres(variable: &OsStr) -> bool {
    variable.to_string_lossy().starts_with("PG")
}

/// The folders of a pattern with at most one `*`.
fn matching(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else { return vec![pattern.into()] };
    let (dir, prefix) = before.rsplit_once(['/', '\\']).unwrap_or_default();
    let entries = fs::read_dir(Path::new(dir)).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    named.map(|entry| entry.path().join(after.trim_start_matches(['/', '\\']))).collect()
}

/// In whole sentences, for this system.
fn how_to_install() -> String {
    let install = match env::consts::OS {
        "macos" => "brew install postgresql",
        "windows" => "winget install PostgreSQL.PostgreSQL.17",
        _ => "sudo apt-get install postgresql (Debian, Ubuntu), sudo dnf install postgresql-server (Fedora)",
    };
    format!(
        "Install it: {install}.\nOr use the one of compose.yaml: docker compose up --detach, and set DATABASE_URL as that file says."
    )
}
