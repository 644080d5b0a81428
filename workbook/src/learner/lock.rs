//! One tool at a time changes what is the learner's.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Seek, Write},
    path::{Path, PathBuf},
    process, thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::course::files;

/// The longest that another one takes is a reset, some dozen small files.
const PATIENCE: Duration = Duration::from_secs(10);

/// Held while the learner's files, their snapshots or the progress are changed. The system lets go of it when the process ends,
/// however it ends.
#[derive(Debug)]
pub struct Lock {
    root: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits for another tool, and gives up after some seconds.
    pub fn take(root: &Path) -> Result<Self> {
        let path = files::private_folder(root).join("lock");
        let open = || {
            fs::create_dir_all(files::private_folder(root))?;
            File::options().create(true).truncate(false).read(true).write(true).open(&path)
        };
        let file = open().map_err(|error| files::explain(&path, &error))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => bail!(
                    "{} has been changing the files of this workbook for {} s and has not finished. Nothing was changed here.\n\
                     Wait for it, or end it, and run the command again.",
                    owner(&path),
                    PATIENCE.as_secs()
                ),
                Err(TryLockError::Error(error)) => return Err(files::explain(&path, &error)),
            }
        }
        // For the message above, and for nothing else.
        let _ = write_owner(&file);
        Ok(Self { root: root.to_owned(), _file: file })
    }

    /// The workbook that it is for.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

fn write_owner(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", process::id())
}

fn owner(path: &Path) -> String {
    match fs::read_to_string(path).unwrap_or_default().trim() {
        "" => "another process".to_owned(),
        id => format!("the process {id}"),
    }
}
