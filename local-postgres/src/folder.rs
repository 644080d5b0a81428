//! The folder of the private server, and who may be in it.

use std::{
    fs::{self, DirBuilder, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

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
        Ok(Self { path: std::env::temp_dir().join(format!("workbook-postgres-{}", me()?)) })
    }

    /// One for a moment.
    pub fn to_try() -> io::Result<Self> {
        let name = format!("workbook-postgres-{}-try-{}", me()?, std::process::id());
        Ok(Self { path: std::env::temp_dir().join(name) })
    }

    pub fn remove(&self) -> io::Result<()> {
        fs::remove_dir_all(&self.path)
    }

    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub fn server(&self) -> PathBuf {
        self.path.join("server")
    }

    /// Held by who starts, stops or makes the server; the system lets go of it when the process ends, however it ends.
    pub fn lock(&self) -> io::Result<File> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, if me()? == ROOT { 0o755 } else { 0o700 });
        builder.create(&self.path)?;
        self.is_mine()?;
        let file = File::options().create(true).truncate(false).write(true).open(self.path.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    /// Makes `server/` anew, for the user who runs the server alone.
    pub fn clear(&self) -> io::Result<()> {
        let server = self.server();
        match fs::remove_dir_all(&server) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&server)?;
        self.give_away(&server)
    }

    /// Writes a file in `server/` that only the user who runs the server, and root, can read.
    pub fn write(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let path = self.server().join(name);
        fs::write(&path, text)?;
        self.give_away(&path)?;
        Ok(path)
    }

    /// Lets `command` run as the user who runs the server, in a folder that this user can enter.
    pub fn run_as(&self, command: &mut Command) -> io::Result<()> {
        command.current_dir(self.server());
        #[cfg(unix)]
        if let Some((uid, gid)) = somebody_else()? {
            std::os::unix::process::CommandExt::uid(command, uid);
            std::os::unix::process::CommandExt::gid(command, gid);
        }
        Ok(())
    }

    /// On a shared machine somebody else may have been here first, under this name.
    #[cfg(unix)]
    fn is_mine(&self) -> io::Result<()> {
        use std::os::unix::fs::MetadataExt;
        let found = fs::symlink_metadata(&self.path)?;
        if found.is_dir() && found.uid() == me()? && found.mode() & 0o022 == 0 {
            return Ok(());
        }
        let problem = format!("{} belongs to somebody else, or others may write in it", self.path.display());
        Err(io::Error::new(io::ErrorKind::PermissionDenied, problem))
    }

    #[cfg(not(unix))]
    fn is_mine(&self) -> io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn give_away(&self, path: &Path) -> io::Result<()> {
        match somebody_else()? {
            Some((uid, gid)) => std::os::unix::fs::chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    #[cfg(not(unix))]
    fn give_away(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(unix)]
const ROOT: u32 = 0;

/// Who this process is, as a file that it makes says.
#[cfg(unix)]
fn me() -> io::Result<u32> {
    use std::os::unix::fs::MetadataExt;
    Ok(tempfile::tempfile()?.metadata()?.uid())
}

/// On the other systems the temporary folder is the user's own.
#[cfg(not(unix))]
fn me() -> io::Result<u32> {
    Ok(0)
}

/// For root, the user and the group that run the server.
#[cfg(unix)]
fn somebody_else() -> io::Result<Option<(u32, u32)>> {
    if me()? != ROOT {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let user = ["postgres", "_postgres", "nobody"].iter().find_map(|wanted| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let is_wanted = fields.next() == Some(wanted);
            let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
            is_wanted.then_some((uid, gid))
        })
    });
    user.map(Some).ok_or_else(|| {
        io::Error::other(
            "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as",
        )
    })
}
