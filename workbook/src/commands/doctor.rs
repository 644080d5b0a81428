//! `doctor`: looks at the machine, and says for each thing that is missing how to mend it.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::mpsc,
    time::{Duration, Instant},
};

use anstream::{eprintln, println};
use local_postgres::{Installation, NotRun};
use notify::{RecursiveMode, Watcher};

use crate::{
    commands::Verdict,
    course::{Course, Problem, files, versions},
    learner::Lock,
    runner::{BuildEnd, Stop, cargo},
    terminal::style,
};

/// What the workbook and its `target` folder grow to, with some room, in GB.
const DISK_WANTED: u64 = 8;

/// Without these the workbook does not work. All else is not needed now, or only for comfort.
const NEEDED: [&str; 3] = ["rust", "your folder", "build"];

type Finding = Result<String, Problem>;

fn wrong(what: impl Into<String>, mend: impl Into<String>) -> Finding {
    Err(Problem::new(what, mend))
}

/// Looks, and prints a report that can be pasted: it names versions, no paths and no names of yours.
pub fn doctor(course: &Course) -> Verdict {
    let root = &course.root;
    let stop = Stop::on_interrupt();
    eprintln!("Looking; the build of the first exercise may take a minute or two …");
    let tool = |command: &str, missing: &str, mend: &str| {
        version(root, command).ok_or_else(|| Problem::new(missing, mend))
    };
    let not_found = "not found";
    let looks: [(&str, &dyn Fn() -> Finding); 14] = [
        ("workbook", &|| Ok(workbook(root))),
        ("system", &|| Ok(format!("{} {}", std::env::consts::OS, std::env::consts::ARCH))),
        ("rust", &|| {
            tool("rustc", "rustc does not answer", "install Rust with rustup, then open a new terminal")
        }),
        ("clippy", &|| tool("cargo clippy", not_found, "rustup component add clippy (for maintainers)")),
        ("rustfmt", &|| tool("cargo fmt", not_found, "rustup component add rustfmt (for maintainers)")),
        ("git", &|| {
            tool("git", not_found, "install git: `cargo workbook update` fetches newer versions by it")
        }),
        ("curl", &|| tool("curl", not_found, "install curl: the pages call your service with it")),
        ("disk", &|| disk(root)),
        ("your folder", &|| writable(root)),
        ("watching", &|| watching(root)),
        ("target", &target_folder),
        ("port", &port),
        ("postgresql", &postgresql),
        ("build", &|| build(course, &stop)),
    ];
    // Interrupted, it takes away what it has begun, and begins nothing more.
    let findings = looks.map(|(name, look)| {
        let seen = (!stop.is_set()).then(look).filter(|_| !stop.is_set());
        (name, seen.unwrap_or_else(|| wrong("interrupted", "look again: cargo workbook doctor")))
    });
    for (name, finding) in &findings {
        let (word, what, mend) = match finding {
            Ok(what) => (style::good("ok  "), what, None),
            Err(Problem { problem, mend }) if NEEDED.contains(name) => {
                (style::bad("MEND"), problem, Some(mend))
            }
            Err(Problem { problem, mend }) => (style::note("note"), problem, Some(mend)),
        };
        println!("{word} {name:12} {what}");
        for line in mend.into_iter().flat_map(|mend| mend.split('\n')) {
            println!("{:18}{line}", "");
        }
    }
    Ok(findings.iter().all(|(name, finding)| finding.is_ok() || !NEEDED.contains(name)))
}

/// Its version. The commit of a clone stays where it was when an update comes by the tool.
fn workbook(root: &Path) -> String {
    let commit =
        versions::git(root, &["log", "-1", "--format=%h of %cs"]).ok().filter(|_| root.join(".git").exists());
    let commit = commit.map(|commit| format!(", commit {}", String::from_utf8_lossy(&commit).trim()));
    versions::name(root) + &commit.unwrap_or_default()
}

fn version(root: &Path, command: &str) -> Option<String> {
    let mut words = command.split(' ');
    let mut command = Command::new(words.next()?);
    let output = command.args(words).arg("--version").current_dir(root).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}

fn disk(root: &Path) -> Finding {
    const MEND: &str = "all chapters together need about 8 GB; `cargo clean` frees what was built";
    match fs4::available_space(root).map(|bytes| bytes >> 30) {
        Ok(free) if free >= DISK_WANTED => Ok(format!("{free} GB free")),
        Ok(free) => wrong(format!("{free} GB free"), MEND),
        Err(error) => wrong(error.to_string(), "the free space is not known"),
    }
}

fn writable(root: &Path) -> Finding {
    const MEND: &str = "copy the workbook to a folder that is yours, or change its permissions";
    match Lock::take(root) {
        Ok(_) => Ok("can be written".into()),
        Err(_) => wrong("cannot be written", MEND),
    }
}

/// Writes a file and waits for the system to tell of it.
fn watching(root: &Path) -> Finding {
    const MEND: &str = "start with --poll: the tool then looks for changes itself, twice a second";
    let dir = files::private_folder(root);
    let look = || -> anyhow::Result<Option<Duration>> {
        let (sender, receiver) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
        watcher.watch(&dir, RecursiveMode::NonRecursive)?;
        let file = tempfile::NamedTempFile::new_in(&dir)?;
        let started = Instant::now();
        fs::write(file.path(), "seen?")?;
        Ok(receiver.recv_timeout(Duration::from_secs(3)).ok().map(|_| started.elapsed()))
    };
    match look() {
        Ok(Some(took)) => Ok(format!("a save is seen after {} ms", took.as_millis())),
        Ok(None) => wrong("a save is not seen", MEND),
        Err(error) => wrong(error.to_string(), MEND),
    }
}

/// Cargo tells packages of two workspaces apart by name and version alone, and what is built by the time of the files.
fn target_folder() -> Finding {
    const MEND: &str =
        "two copies of the workbook that share it can run each other's tests: give each its own, or unset it";
    match std::env::var_os("CARGO_TARGET_DIR") {
        None => Ok("of this workbook alone".into()),
        Some(_) => wrong("CARGO_TARGET_DIR is set", MEND),
    }
}

fn port() -> Finding {
    match TcpListener::bind(("127.0.0.1", 3030)) {
        Ok(_) => Ok("3030 is free for the book".into()),
        Err(_) => wrong("3030 is taken", "the book takes the next free one, or the one you give with --port"),
    }
}

/// The one that tests would use. A private one is tried out, beside the one that tests may be using now.
fn postgresql() -> Finding {
    let later =
        |NotRun { reason, mend }| Problem::new(format!("{reason}; it is needed from chapter 23 on"), mend);
    if let Some(url) = local_postgres::database_url().map_err(later)? {
        return named(&url);
    }
    let installation = Installation::find().map_err(later)?;
    let took = installation.try_out().map_err(later)?.as_secs_f64();
    Ok(format!("{}; tests start a private one, which is made in {took:.1} s", installation.version))
}

/// Whether somebody listens there; who, only a driver can tell.
fn named(url: &str) -> Finding {
    const MEND: &str =
        "start it, or correct DATABASE_URL. Or unset it: the tests then start a private PostgreSQL";
    let server = url.split(['/', '?']).nth(2).unwrap_or_default();
    let server = server.rsplit('@').next().unwrap_or_default();
    let address = if server.contains(':') { server.to_owned() } else { format!("{server}:5432") };
    match TcpStream::connect(&address) {
        Ok(_) => Ok("DATABASE_URL names it, and something answers there".into()),
        Err(error) => wrong(format!("DATABASE_URL names it, and nothing answers there: {error}"), MEND),
    }
}

/// Builds the first exercise, which finds a missing linker, and builds it again, which shows the time of a build
/// with nothing to do.
fn build(course: &Course, stop: &Stop) -> Finding {
    const MEND: &str = "mend what Cargo says: cargo test --no-run -p first-route. A missing linker: install gcc or clang, on Windows the C++ build tools";
    let Some(first) = course.chapters.first() else {
        return wrong("no chapter", "git checkout -- exercises");
    };
    let package = format!("{}-solution", first.id);
    let once = || {
        let started = Instant::now();
        let build = cargo::build_test(&course.root, &package, "chapter", stop, &mut |_| {});
        build.is_ok_and(|build| build.end == BuildEnd::Built).then(|| started.elapsed().as_secs_f64())
    };
    match (once(), once()) {
        (Some(cold), Some(warm)) => Ok(format!("{cold:.1} s, and {warm:.2} s with nothing to do")),
        _ => wrong("the first exercise cannot be built", MEND),
    }
}
