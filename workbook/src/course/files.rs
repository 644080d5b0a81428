//! Reading and writing so that nothing is ever half there.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind, Write},
    path::{Component, Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use sha1::{Digest, Sha1};
use tempfile::{NamedTempFile, TempPath};
use walkdir::{DirEntry, WalkDir};

/// The files of a folder: their paths relative to it, with `/` between the parts, and their bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// No file of the workbook comes near it.
const MOST_BYTES: u64 = 64 << 20;

/// All files below `dir`. Build output and what editors leave behind (names that start with a dot or end with `~`,
/// `target/`) are not part of it. A folder that is not there has no files.
pub fn read_all(dir: &Path) -> Result<Files> {
    read_some(dir, |_| true)
}

/// Of all those the files whose names are `wanted`. The others are not looked at.
pub fn read_some(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Files> {
    if !dir.is_dir() {
        return Ok(Files::new());
    }
    let paths = below(dir, is_own)?.into_iter().filter(|path| wanted(&relative(dir, path)));
    paths.map(|path| Ok((name_below(dir, &path)?, read(&path)?))).collect()
}

/// All files below `dir`, hidden ones too. A folder that is not there has no files.
pub fn read_everything(dir: &Path) -> Result<Files> {
    let paths = if dir.is_dir() { below(dir, |_| true)? } else { Vec::new() };
    paths.into_iter().map(|path| Ok((name_below(dir, &path)?, read(&path)?))).collect()
}

/// Whether a file or folder of this name is neither build output nor an editor's.
pub fn is_own(name: &str) -> bool {
    !(name.starts_with('.') || name.ends_with('~') || name == "target")
}

/// As [`relative`], of a file that may have to be put back: its name has to be text.
pub fn name_below(dir: &Path, path: &Path) -> Result<String> {
    ensure!(
        path.to_str().is_some(),
        "the name of {} is not UTF-8, so the tool could not put the file back under it. Rename the file.",
        path.display()
    );
    Ok(relative(dir, path))
}

/// The paths of all files below `dir`, sorted. Of each file and folder `wanted` says, by its name, whether it counts.
pub fn below(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let entries = WalkDir::new(dir).min_depth(1).sort_by_file_name().into_iter();
    let wanted = entries.filter_entry(|entry| wanted(&entry.file_name().to_string_lossy()));
    let files = wanted.filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir()));
    let path = |entry: walkdir::Result<DirEntry>| match entry {
        Ok(entry) => Ok(entry.into_path()),
        Err(error) => {
            let place = format!("{} cannot be read", error.path().unwrap_or(dir).display());
            Err(io::Error::from(error)).context(place)
        }
    };
    files.map(path).collect()
}

pub fn folders(dir: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<_> = folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// `path` below `root` as text, with `/` between its parts on every system.
pub fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path).components();
    let normal = below.filter(|part| matches!(part, Component::Normal(_)));
    normal.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A path that counts from a folder, both with `/` between their parts: `a/b` and `../c` are `a/c`.
pub fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The bytes of a file. A pipe would never end, and a file that is too large would fill the memory.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let place = path.display();
    let about = fs::metadata(path).with_context(|| format!("{place} cannot be read"))?;
    ensure!(
        about.is_file(),
        "{place} is not a file but a pipe, a device or a link to a folder. Move it out of there."
    );
    ensure!(
        about.len() <= MOST_BYTES,
        "{place} has {} MB, and the tool reads files of at most {} MB. Move it out of there.",
        about.len() >> 20,
        MOST_BYTES >> 20
    );
    fs::read(path).with_context(|| format!("{place} cannot be read"))
}

/// The text of a file: as [`read`].
pub fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).with_context(|| format!("{} is not text", path.display()))
}

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new ones, also after a crash or a full
/// disk. Missing folders are made, and a link stays one. Where it fails, the old file is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = if path.is_symlink() { fs::canonicalize(path).ok() } else { None };
    let target = target.as_deref().unwrap_or(path);
    let attempt = || persist(staged(target, bytes, target)?, target);
    attempt().map_err(|error| explain(path, &error))
}

/// Replaces a file by one that only its owner can read. It fails where the folder knows no such permission.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path.parent().ok_or_else(|| anyhow!("{} is not a file", path.display()))?;
    let attempt = || -> io::Result<()> {
        fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".saving-").tempfile_in(dir)?;
        if !is_private(file.as_file()) {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "others could read it"));
        }
        file.write_all(bytes)?;
        file.persist(path)?;
        Ok(())
    };
    attempt().map_err(|error| explain(path, &error))
}

/// Whether only its owner can read a file. (On Windows a file in the folder of a user is that user's.)
pub fn is_private(file: &fs::File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.metadata().is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
    }
    #[cfg(not(unix))]
    file.metadata().is_ok()
}

/// A new file beside `path`, with these bytes and the permissions of `like`. The disk has it.
pub fn staged(path: &Path, bytes: &[u8], like: &Path) -> io::Result<NamedTempFile> {
    let dir = path.parent().unwrap_or(path);
    fs::create_dir_all(dir)?;
    let mut file = tempfile::Builder::new().prefix(".saving-").tempfile_in(dir)?;
    file.write_all(bytes)?;
    set_mode(file.as_file(), like)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives a new file the permissions of another one, if that is there.
fn set_mode(file: &fs::File, like: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(like).map_or(0o644, |like| like.permissions().mode());
        file.set_permissions(fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Gives a new file its name, in place of the file that has it.
pub fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    named(file, |file| file.persist(path))
}

/// Gives a new file its name, if no file has it.
pub fn persist_noclobber(file: NamedTempFile, path: &Path) -> io::Result<()> {
    named(file, |file| file.persist_noclobber(path))
}

fn named(
    file: NamedTempFile,
    name: impl Fn(TempPath) -> Result<(), tempfile::PathPersistError>,
) -> io::Result<()> {
    let mut file = Some(file.into_temp_path());
    patiently(|| {
        let Some(unnamed) = file.take() else { return Ok(()) };
        name(unnamed).map_err(|refused| {
            file = Some(refused.path);
            refused.error
        })
    })
}

/// Tries again for half a second while an editor or a scanner holds the file, which Windows reports as an error.
pub fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    // ACCESS_DENIED, SHARING_VIOLATION, LOCK_VIOLATION.
    let is_held = |error: &io::Error| match error.raw_os_error() {
        Some(5 | 32 | 33) if cfg!(windows) => true,
        _ => error.kind() == ErrorKind::ResourceBusy,
    };
    for pause in [10, 20, 40, 80, 160, 190] {
        match attempt() {
            Err(error) if is_held(&error) => thread::sleep(Duration::from_millis(pause)),
            done => return done,
        }
    }
    attempt()
}

/// Makes `dir` hold these files and no others. Files that are already right are not touched, so that nothing is
/// built again for them.
pub fn replace_all(dir: &Path, files: &Files) -> Result<()> {
    let present = read_all(dir)?;
    for (name, bytes) in files {
        if present.get(name) != Some(bytes) {
            write(&dir.join(name), bytes)?;
        }
    }
    for name in present.keys().filter(|name| !files.contains_key(*name)) {
        let path = dir.join(name);
        fs::remove_file(&path).map_err(|error| explain(&path, &error))?;
    }
    Ok(())
}

/// What went wrong with writing `path`, and what to do about it.
pub fn explain(path: &Path, error: &io::Error) -> anyhow::Error {
    let next = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "The disk is full: free some space (cargo clean frees the most) and run the command again."
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            "The folder is read-only for you: copy the workbook to a folder that is yours, or change its permissions."
        }
        _ => "Mend that and run the command again.",
    };
    anyhow!("{} cannot be written: {error}.\n{next} What was there before is unchanged.", path.display())
}

/// The name git gives these bytes (`git hash-object`).
pub fn blob_id(bytes: &[u8]) -> String {
    let head = format!("blob {}\0", bytes.len());
    hex(&Sha1::new().chain_update(head).chain_update(bytes).finalize())
}

/// One name for a whole set of files; it changes when a path or a byte changes.
pub fn fingerprint<'a>(files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> String {
    let all = files.into_iter().map(|(name, bytes)| format!("{} {name}\n", blob_id(bytes)));
    hex(&Sha1::digest(all.collect::<String>()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The folder for everything of the learner's that is not code.
pub fn private_folder(root: &Path) -> PathBuf {
    root.join(".workbook")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_and_put_back_byte_for_byte() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::from([("a.rs".into(), b"\xff\r\n".to_vec()), ("src/b.rs".into(), Vec::new())]);
        replace_all(dir.path(), &files).unwrap();
        assert_eq!(read_all(dir.path()).unwrap(), files);

        write(&dir.path().join("extra.rs"), b"gone afterwards").unwrap();
        replace_all(dir.path(), &files).unwrap();
        assert_eq!(read_all(dir.path()).unwrap(), files);
    }

    #[test]
    fn build_output_and_editor_leftovers_are_not_part_of_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["src/lib.rs", "target/debug/x", "src/.lib.rs.swp", "src/lib.rs~"] {
            write(&dir.path().join(name), b"x").unwrap();
        }
        assert_eq!(read_all(dir.path()).unwrap().into_keys().collect::<Vec<_>>(), ["src/lib.rs"]);
    }

    #[test]
    fn a_file_that_is_held_for_a_moment_is_tried_again_and_another_error_is_not() {
        let mut attempts = 0;
        let tried = patiently(|| {
            attempts += 1;
            if attempts < 4 { Err(ErrorKind::ResourceBusy.into()) } else { Ok(attempts) }
        });
        assert_eq!(tried.unwrap(), 4);
        let mut attempts = 0;
        let refused = patiently(|| {
            attempts += 1;
            Err::<(), _>(ErrorKind::NotFound.into())
        });
        assert_eq!((refused.unwrap_err().kind(), attempts), (ErrorKind::NotFound, 1));
        let busy = patiently(|| Err::<(), _>(ErrorKind::ResourceBusy.into()));
        assert_eq!(busy.unwrap_err().kind(), ErrorKind::ResourceBusy, "it comes to an end");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_one_and_a_mode_is_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o750)).unwrap();
        symlink("file", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o750);
    }

    #[test]
    fn a_write_that_fails_says_what_to_do_and_keeps_the_old_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        write(&file, b"old").unwrap();
        let error = write(&file.join("below"), b"new").unwrap_err().to_string();
        assert!(error.contains("cannot be written") && error.contains("unchanged"), "{error}");
        assert_eq!(read(&file).unwrap(), b"old");
    }

    #[test]
    fn a_blob_is_named_as_git_names_it() {
        assert_eq!(blob_id(b""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(blob_id(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    }

    #[test]
    fn a_fingerprint_tells_names_and_bytes_apart() {
        let of = |name: &str, bytes: &[u8]| fingerprint(&Files::from([(name.to_owned(), bytes.to_vec())]));
        assert_ne!(of("a", b"1"), of("a", b"2"));
        assert_ne!(of("a", b"1"), of("b", b"1"));
    }
}
