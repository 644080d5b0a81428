//! Who the user is, and who runs the server.

pub use system::*;

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, DirBuilder, File, Permissions},
        io::{self, Write},
        os::unix::{
            fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, fchown},
            process::CommandExt,
        },
        path::Path,
        process::Command,
    };

    const ROOT: u32 = 0;
    /// In such a folder only its owner renames or removes a file.
    const STICKY: u32 = 0o1000;

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

    /// Whose process the server is.
    fn server_user() -> io::Result<u32> {
        Ok(somebody_else()?.map_or(me()?, |(uid, _)| uid))
    }

    /// Makes a folder, or finds it, that the user who runs the server can enter, and in which nobody else writes.
    pub fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o755).create(path)?;
        check_folder(path)?;
        // Root's may have been made more closed than was asked for.
        if me()? == ROOT { fs::set_permissions(path, Permissions::from_mode(0o755)) } else { Ok(()) }
    }

    /// On a shared machine somebody else may have been here first, under this name, or may put another folder in its place.
    pub fn check_folder(path: &Path) -> io::Result<()> {
        let found = fs::symlink_metadata(path)?;
        if !found.is_dir() || found.uid() != me()? || found.mode() & 0o022 != 0 {
            return Err(not_ours(path, "belongs to somebody else, or others may write in it"));
        }
        match path.parent().map(fs::metadata).transpose()? {
            Some(parent) if parent.mode() & 0o002 != 0 && parent.mode() & STICKY == 0 => {
                Err(not_ours(path, "can be replaced by everybody"))
            }
            _ => Ok(()),
        }
    }

    fn not_ours(path: &Path, why: &str) -> io::Error {
        io::Error::new(io::ErrorKind::PermissionDenied, format!("{} {why}", path.display()))
    }

    pub fn make_closed_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(path)?;
        match somebody_else()? {
            Some((uid, gid)) => chown(path, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    pub fn check_closed_folder(path: &Path) -> io::Result<()> {
        let found = fs::symlink_metadata(path)?;
        if found.is_dir() && found.uid() == server_user()? && found.mode() & 0o077 == 0 {
            Ok(())
        } else {
            Err(not_ours(path, "is open to others"))
        }
    }

    /// Writes a file that only the user who runs the server can read. The folder may be that user's: root follows no link there.
    pub fn write_closed(path: &Path, text: &str) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        match somebody_else()? {
            Some((uid, gid)) => fchown(&file, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    /// Whether this process lives, is of the user who runs the server, and was started as a server with this port. The number of a
    /// server that was killed can come to any other process, and its port to any other user.
    pub fn is_server(pid: u32, port: u16) -> bool {
        let Some((uid, arguments)) = process(pid) else { return false };
        let named = arguments.windows(2).any(|pair| pair[0] == "-p" && pair[1] == port.to_string());
        named && server_user().is_ok_and(|user| user == uid)
    }

    /// The user and the arguments of a process.
    #[cfg(target_os = "linux")]
    fn process(pid: u32) -> Option<(u32, Vec<String>)> {
        let folder = Path::new("/proc").join(pid.to_string());
        let arguments = fs::read(folder.join("cmdline")).ok()?;
        let arguments =
            arguments.split(|byte| *byte == 0).map(|part| String::from_utf8_lossy(part).into_owned());
        Some((fs::metadata(&folder).ok()?.uid(), arguments.collect()))
    }

    #[cfg(not(target_os = "linux"))]
    fn process(pid: u32) -> Option<(u32, Vec<String>)> {
        let said = Command::new("ps")
            .args(["-ww", "-o", "uid=", "-o", "args=", "-p", &pid.to_string()])
            .output()
            .ok()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let mut words = said.split_whitespace();
        Some((words.next()?.parse().ok()?, words.map(str::to_owned).collect()))
    }

    /// The command, without what this process was given to inherit. What this process opened itself is closed in a child as it is; but
    /// whoever started it may have opened a file or a pipe for all below, and who reads a pipe waits for the last that could write.
    pub fn apart(command: &Command) -> Command {
        const CLOSE: &str = r#"for fd in /dev/fd/*; do
            fd=${fd##*/}
            case $fd in
                [0-2]) ;;
                [3-9]) eval "exec $fd>&-" ;;
                *) if [ -n "$BASH_VERSION" ]; then eval "exec $fd>&-"; fi ;;
            esac
        done
        exec "$0" "$@""#;
        // Others know descriptors of one digit alone.
        let bash = Path::new("/bin/bash");
        let mut shell = Command::new(if bash.exists() { bash } else { Path::new("/bin/sh") });
        shell.args(["-c", CLOSE]);
        shell.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell
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
    use std::{env, fs, io, iter, path::Path, process::Command};

    pub fn me() -> io::Result<u32> {
        Ok(0)
    }

    pub fn make_folder(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    pub fn check_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn make_closed_folder(path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    pub fn check_closed_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    pub fn write_closed(path: &Path, text: &str) -> io::Result<()> {
        fs::write(path, text)
    }

    /// Whether this process lives, is of this user, and is a PostgreSQL. Its arguments are not shown here.
    pub fn is_server(pid: u32, _port: u16) -> bool {
        let user = env::var("USERNAME").unwrap_or_default();
        let filters =
            [format!("PID eq {pid}"), "IMAGENAME eq postgres.exe".into(), format!("USERNAME eq {user}")];
        let mut tasklist = Command::new("tasklist");
        tasklist.arg("/NH").args(filters.iter().flat_map(|filter| ["/FI", filter]));
        tasklist.output().is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("postgres.exe"))
    }

    /// The command, without what this process was given to inherit, and apart from its job: the tool ends the job of a run with all that
    /// is in it, and its tests hold the pipes that the tool reads to their end. A child inherits both, whatever is asked for; what the
    /// system's own service starts inherits neither. It does not wait for the command.
    pub fn apart(command: &Command) -> Command {
        const CREATE: &str = "exit (Invoke-CimMethod Win32_Process Create -Arguments \
            @{ CommandLine = $env:WORKBOOK_APART; CurrentDirectory = (Get-Location).Path }).ReturnValue";
        let words = iter::once(command.get_program()).chain(command.get_args());
        let quoted: Vec<_> = words.map(|word| format!("\"{}\"", word.to_string_lossy())).collect();
        let mut powershell = Command::new("powershell");
        powershell.args(["-NoProfile", "-NonInteractive", "-Command", CREATE]);
        powershell.env("WORKBOOK_APART", quoted.join(" "));
        powershell
    }

    pub fn run_as(_command: &mut Command) -> io::Result<()> {
        Ok(())
    }
}
