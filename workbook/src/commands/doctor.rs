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
use anyhow::Result;
use local_postgres::{Installation, NotRun};
use notify::{RecursiveMode, Watcher};

use crate::{
    commands::Verdict,
    course::{Course, Problem, files},
    learner::progress,
    runner::{BuildEnd, Stop, cargo},
    terminal::style,
};

/// What the workbook and its `target` folder grow to, with some room.
const DISK_WANTED: u64 = 8 << 30;

enum Finding {
    Fine(String),
    /// Not needed now, or only for comfort.
    Note(Problem),
    /// The workbook does not work without it.
    Missing(Problem),
}

use Finding::{Fine, Missing, Note};

fn note(what: impl Into<String>, mend: impl Into<String>) -> Finding {
    Note(Problem::new(what, mend))
}

fn missing(what: impl Into<String>, mend: impl Into<String>) -> Finding {
    Missing(Problem::new(what, mend))
}

/// Looks, and prints a report that can be pasted: it names versions, no paths and no names of yours.
pub fn doctor(course: &Course) -> Verdict {
    let root = &course.root;
    eprintln!("Looking; the build of the first exercise may take a minute or two …");
    let tool = |program: &str, arguments: &[&str], mend: &str| match version(root, program, arguments) {
        Some(version) => Fine(version),
        None => note("not found", mend),
    };
    let findings = [
        ("system", Fine(format!("{} {}", std::env::consts::OS, std::env::consts::ARCH))),
        ("rust", rust(root)),
        ("clippy", tool("cargo", &["clippy", "--version"], "rustup component add clippy (for maintainers)")),
        ("rustfmt", tool("cargo", &["fmt", "--version"], "rustup component add rustfmt (for maintainers)")),
        (
            "git",
            tool("git", &["--version"], "install git: without it only what the tool has seen can be reset"),
        ),
        ("curl", tool("curl", &["--version"], "install curl: the pages call your service with it")),
        ("disk", disk(root)),
        ("your folder", writable(root)),
        ("watching", watching(root)),
        ("target", target_folder()),
        ("port", port()),
        ("postgresql", postgresql()),
        ("build", build(course)),
    ];
    for (name, finding) in &findings {
        let (word, what, mend) = match finding {
            Fine(what) => (style::good("ok  "), what, None),
            Note(Problem { problem, mend }) => (style::note("note"), problem, Some(mend)),
            Missing(Problem { problem, mend }) => (style::bad("MEND"), problem, Some(mend)),
        };
        println!("{word} {name:12} {what}");
        for line in mend.into_iter().flat_map(|mend| mend.split('\n')) {
            println!("{:18}{line}", "");
        }
    }
    Ok(!findings.iter().any(|(_, finding)| matches!(finding, Missing(_))))
}

fn version(root: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).current_dir(root).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}

fn rust(root: &Path) -> Finding {
    match version(root, "rustc", &["--version"]) {
        Some(version) => Fine(version),
        None => missing("rustc does not answer", "install Rust with rustup, then open a new terminal"),
    }
}

fn disk(root: &Path) -> Finding {
    match fs4::available_space(root) {
        Ok(free) if free >= DISK_WANTED => Fine(format!("{} GB free", free >> 30)),
        Ok(free) => note(
            format!("{} GB free", free >> 30),
            "all chapters together need about 8 GB; `cargo clean` frees what was built",
        ),
        Err(error) => note(error.to_string(), "the free space is not known"),
    }
}

fn writable(root: &Path) -> Finding {
    match progress::lock(root) {
        Ok(_) => Fine("can be written".into()),
        Err(_) => missing(
            "cannot be written",
            "copy the workbook to a folder that is yours, or change its permissions",
        ),
    }
}

/// Writes a file and waits for the system to tell of it.
fn watching(root: &Path) -> Finding {
    const MEND: &str = "start with --poll: the tool then looks for changes itself, twice a second";
    let dir = files::private_folder(root);
    let look = || -> Result<Option<Duration>> {
        let (sender, receiver) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event| drop(sender.send(event)))?;
        watcher.watch(&dir, RecursiveMode::NonRecursive)?;
        let file = tempfile::NamedTempFile::new_in(&dir)?;
        let started = Instant::now();
        fs::write(file.path(), "seen?")?;
        Ok(receiver.recv_timeout(Duration::from_secs(3)).ok().map(|_| started.elapsed()))
    };
    match look() {
        Ok(Some(took)) => Fine(format!("a save is seen after {} ms", took.as_millis())),
        Ok(None) => note("a save is not seen", MEND),
        Err(error) => note(error.to_string(), MEND),
    }
}

/// Cargo tells packages of two workspaces apart by name and version alone, and what is built by the time of the files.
fn target_folder() -> Finding {
    match std::env::var_os("CARGO_TARGET_DIR") {
        None => Fine("of this workbook alone".into()),
        Some(_) => note(
            "CARGO_TARGET_DIR is set",
            "two copies of the workbook that share it can run each other's tests: give each its own, or unset it",
        ),
    }
}

fn port() -> Finding {
    match TcpListener::bind(("127.0.0.1", 3030)) {
        Ok(_) => Fine("3030 is free for the book".into()),
        Err(_) => note("3030 is taken", "the book takes the next free one, or the one you give with --port"),
    }
}

/// The one that tests would use. A private one is tried out, beside the one that tests may be using now.
fn postgresql() -> Finding {
    let found = || match local_postgres::database_url()? {
        Some(url) => Ok(named(&url)),
        None => {
            let installation = Installation::find()?;
            let took = installation.try_out()?.as_secs_f64();
            Ok(Fine(format!(
                "{}; tests start a private one, which is made in {took:.1} s",
                installation.version
            )))
        }
    };
    found().unwrap_or_else(|not_run: NotRun| {
        note(format!("{}; it is needed from chapter 23 on", not_run.reason), not_run.mend)
    })
}

/// Whether somebody listens there; who, only a driver can tell.
fn named(url: &str) -> Finding {
    let server = url.split(['/', '?']).nth(2).unwrap_or_default();
    let server = server.rsplit('@').next().unwrap_or_default();
    let address = if server.contains(':') { server.to_owned() } else { format!("{server}:5432") };
    match TcpStream::connect(&address) {
        Ok(_) => Fine("DATABASE_URL names it, and something answers there".into()),
        Err(error) => note(
            format!("DATABASE_URL names it, and nothing answers there: {error}"),
            "start it, or correct DATABASE_URL. Or unset it: the tests then start a private PostgreSQL",
        ),
    }
}

/// Builds the first exercise, which finds a missing linker, and builds it again, which shows the time of a build
/// with nothing to do.
fn build(course: &Course) -> Finding {
    const MEND: &str = "mend what Cargo says: cargo test --no-run -p first-route. A missing linker: install gcc or clang, on Windows the C++ build tools";
    let Some(first) = course.chapters.first() else {
        return missing("no chapter", "git checkout -- exercises");
    };
    let once = || {
        let started = Instant::now();
        let build = cargo::build_test(
            &course.root,
            &format!("{}-solution", first.id),
            "chapter",
            &Stop::default(),
            &mut |_| {},
        )?;
        Ok::<_, anyhow::Error>((build.end, started.elapsed()))
    };
    match (once(), once()) {
        (Ok((BuildEnd::Built, cold)), Ok((BuildEnd::Built, warm))) => {
            Fine(format!("{:.1} s, and {:.2} s with nothing to do", cold.as_secs_f64(), warm.as_secs_f64()))
        }
        _ => missing("the first exercise cannot be built", MEND),
    }
}
