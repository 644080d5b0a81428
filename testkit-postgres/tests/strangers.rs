//! What another user of the machine gets of the private server. The other user is `nobody`, and only root can act as it.
#![cfg(target_os = "linux")]

mod support;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use local_postgres::Installation;
use support::Bench;
use testkit_postgres::Server;

const HOUR: Duration = Duration::from_secs(3600);
const NOBODY: u32 = 65534;
/// The variable with the port at which the stranger listens.
const PORT: &str = "STRANGERS_PORT";

/// What the others run as another user: takes the port, says so, and prints what it is sent. It asks for the password as a server may.
#[test]
#[ignore = "is run by the others"]
fn stranger() {
    let Ok(port) = std::env::var(PORT) else { return };
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    println!("listens");
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let mut startup = [0; 1024];
        let _ = stream.read(&mut startup);
        // AuthenticationCleartextPassword
        let _ = stream.write_all(&[b'R', 0, 0, 0, 8, 0, 0, 0, 3]);
        let mut said = [0; 1024];
        let read = stream.read(&mut said).unwrap_or(0);
        println!(
            "heard {}",
            String::from_utf8_lossy(&said[..read]).escape_default()
        );
    }
}

fn as_nobody(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command.arg(program);
    command
}

/// Listens as another user; ended when dropped.
struct Stranger {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Stranger {
    fn listens_at(port: &str, bench: &Bench) -> Self {
        // The test's own program may be where others cannot go.
        let program = bench.parent().with_extension("stranger");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = as_nobody(&program);
        command.args(["--exact", "stranger", "--include-ignored", "--nocapture"]);
        let mut process =
            command.env(PORT, port).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("listens") {
            line.clear();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it listens");
        }
        fs::remove_file(program).unwrap();
        Self { process, lines }
    }

    /// All that it was sent.
    fn heard(mut self) -> String {
        self.process.kill().unwrap();
        let mut heard = String::new();
        self.lines.read_to_string(&mut heard).unwrap();
        heard
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn can_read(path: &Path) -> bool {
    let mut cat = as_nobody("cat");
    cat.arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success()
}

#[tokio::test]
#[ignore = "needs root: acts as another user"]
async fn another_user_at_the_port_of_a_killed_server_hears_no_password() {
    let bench = Bench::new();
    let server = Server::private(bench.cluster(), HOUR);
    let before = server.database().await.unwrap();
    let password = bench.password();
    let port = bench.said(4);
    for file in
        ["server/password", "server/data/postmaster.pid", "server/data/global"]
    {
        assert!(!can_read(&bench.folder().join(file)), "{file}");
    }
    bench.kill_server();
    let stranger = Stranger::listens_at(&port, &bench);
    // The number of the server's process has come to one of the stranger's.
    let file = bench.data().join("postmaster.pid");
    let text = fs::read_to_string(&file).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    fs::write(&file, format!("{}\n{rest}", stranger.process.id())).unwrap();
    assert_eq!(bench.cluster().running(), None);
    fs::write(&file, &text).unwrap();

    let after = server.database().await.unwrap();
    assert_ne!(after.url(), before.url());
    assert!(!after.url().contains(&format!(":{port}/")), "ours is elsewhere");
    assert!(!after.url().contains(&password), "what was heard would open nothing");
    assert!(
        TcpStream::connect(format!("127.0.0.1:{port}")).is_ok(),
        "the stranger still listens"
    );
    let heard = stranger.heard();
    assert!(!heard.contains(&password) && !heard.contains("workbook"), "{heard}");
}

/// A folder as the private server's, with a server of the stranger's that seems to be ready.
fn made_first(bench: &Bench, port: u16, pid: u32) -> PathBuf {
    let folder = bench.folder();
    let data = folder.join("server/data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("PG_VERSION"), "15\n").unwrap();
    fs::write(folder.join("server/password"), "theirs").unwrap();
    let said =
        format!("{pid}\n{}\n0\n{port}\n\n127.0.0.1\n0 0\nready\n", data.display());
    fs::write(data.join("postmaster.pid"), said).unwrap();
    folder
}

#[tokio::test]
#[ignore = "needs root: acts as another user"]
async fn a_folder_that_another_user_made_first_is_not_used() {
    let bench = Bench::new();
    let port =
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let stranger = Stranger::listens_at(&port.to_string(), &bench);
    let folder = made_first(&bench, port, stranger.process.id());
    let all = [
        "",
        "server",
        "server/data",
        "server/password",
        "server/data/postmaster.pid",
    ];
    let give = |names: &[&str]| {
        names.iter().for_each(|name| {
            chown(folder.join(name), Some(NOBODY), Some(NOBODY)).unwrap()
        });
    };
    give(&all);
    fs::set_permissions(folder.join("server"), fs::Permissions::from_mode(0o700))
        .unwrap();
    let refused = |why: &str| {
        assert_eq!(bench.cluster().running(), None, "{why}");
        let error =
            bench.cluster().start(&Installation::find().unwrap()).unwrap_err();
        assert!(error.mend.contains("belongs to somebody else"), "{error}");
        assert!(error.mend.contains("Set TMPDIR"), "{error}");
    };
    refused("the folder is theirs");
    let not_run =
        Server::private(bench.cluster(), HOUR).database().await.unwrap_err();
    assert!(not_run.mend.contains("Set TMPDIR"), "{not_run}");

    // A link in its place.
    let moved = folder.with_extension("moved");
    fs::rename(&folder, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &folder).unwrap();
    assert!(
        bench.cluster().start(&Installation::find().unwrap()).is_err(),
        "a link"
    );
    fs::remove_file(&folder).unwrap();
    fs::rename(&moved, &folder).unwrap();

    // Only what is in it is theirs.
    chown(&folder, Some(0), Some(0)).unwrap();
    assert_eq!(bench.cluster().running(), None);
    let url = bench.cluster().start(&Installation::find().unwrap()).unwrap();
    assert!(
        !url.contains("theirs") && !url.contains(&format!(":{port}/")),
        "{url}"
    );
    let heard = stranger.heard();
    assert!(!heard.contains("heard"), "{heard}");
}
