//! Who the user is, and who runs the server.

pub use system::*;

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, DirBuilder, Permissions},
        io,
        os::unix::{
            fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown},
            process::CommandExt,
        },
        path::Path,
        process::Command,
    };

    const ROOT: u32 = 0;

    /// As a file that this process makes says.
    pub fn me() -> io::Result<u32> {
        Ok(tempfile::tempfile()?.metadata()?.uid())
    }

    /// For root, the user and the group that run the server.
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

    /// Makes a folder, or finds it, that the user who runs the server can enter, and in which nobody else writes. On a
    /// shared machine somebody else may have been here first, under this name.
    pub fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o755).create(path)?;
        let (found, me) = (fs::symlink_metadata(path)?, me()?);
        if !found.is_dir() || found.uid() != me || found.mode() & 0o022 != 0 {
            let problem = format!("{} belongs to somebody else, or others may write in it", path.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, problem));
        }
        // Root's may have been made more closed than was asked for.
        if me == ROOT { fs::set_permissions(path, Permissions::from_mode(0o755)) } else { Ok(()) }
    }

    pub fn make_closed_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        give_away(path)
    }

    pub fn give_away(path: &Path) -> io::Result<()> {
        match somebody_else()? {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    pub fn run_as(command: &mut Command) -> io::Result<()> {
        if let Some((uid, gid)) = somebody_else()? {
            command.uid(uid).gid(gid);
        }
        Ok(())
    }
}

/// On the other systems the temporary folder is the user's own, and the server's programs drop rights themselves.
#[cfg(not(unix))]
mod system {
    use std::{fs, io, path::Path, process::Command};

    pub fn me() -> io::Result<u32> {
        Ok(0)
    }

    pub fn make_folder(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    pub fn make_closed_folder(path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    pub fn give_away(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn run_as(_command: &mut Command) -> io::Result<()> {
        Ok(())
    }
}
