//! With real servers, each in a temporary folder of its own, and with processes that end in all ways.

mod support;

use std::{
    fs,
    time::{Duration, Instant},
};

use local_postgres::Installation;
use sqlx::{Connection, Executor, PgConnection, query_scalar};
use support::Bench;
use testkit_postgres::{Database, Server};

/// Long enough for what has to happen at some time; nothing waits so long.
const AT_LAST: Duration = Duration::from_secs(30);
const HOUR: Duration = Duration::from_secs(3600);

/// What the other tests run in a process of its own: prints the address of its database.
#[tokio::test]
#[ignore = "is run by the others"]
async fn child() {
    let database = Database::fresh().await;
    println!("has {}", database.url());
    if std::env::var_os(support::STAYS).is_some() {
        std::future::pending::<()>().await;
    }
}

async fn count(url: &str, sql: &'static str) -> i64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    query_scalar(sql).fetch_one(&mut connection).await.unwrap()
}

async fn exists(url: &str) -> bool {
    PgConnection::connect(url).await.is_ok()
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asked = Instant::now();
    while !is_so().await {
        assert!(asked.elapsed() < AT_LAST, "not after {AT_LAST:?}: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn each_test_has_an_empty_database_which_is_dropped_with_its_value() {
    let (one, other) = tokio::join!(Database::fresh(), Database::fresh());
    let mut connection = PgConnection::connect(one.url()).await.unwrap();
    connection
        .execute("CREATE TABLE users (name text COLLATE \"C\")")
        .await
        .unwrap();
    connection.execute("INSERT INTO users VALUES ('Zoë'), ('ada')").await.unwrap();

    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(count(one.url(), tables).await, 1);
    assert_eq!(count(other.url(), tables).await, 0);

    // Its connection is still open.
    let url = one.url().to_owned();
    drop(one);
    until("the database is dropped", async || !exists(&url).await).await;
    assert!(exists(other.url()).await);
}

/// The database of a process that was killed. Nobody has dropped it, and the server knows that its owner is gone.
async fn killed(bench: &Bench) -> String {
    let mut child = bench.child().stays().start();
    let url = child.first_url();
    child.kill();
    let owners = "SELECT count(*) FROM pg_stat_activity
        WHERE application_name <> '' AND starts_with(current_database(), application_name)";
    until("its session ends", async || count(&url, owners).await == 0).await;
    url
}

/// Before version 15 a database had no language of its own.
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn it_sorts_as_people_do_and_not_as_sqlite_does() {
    let database = Database::fresh().await;
    let sql = "SELECT count(*) FROM (VALUES ('a'), ('Z')) AS t (name)
        WHERE name < 'Z' OR current_setting('server_version_num')::int < 150000 AND name = 'a'";
    assert_eq!(count(database.url(), sql).await, 1);
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn the_database_of_a_service_started_by_hand_stays() {
    let bench = Bench::new();
    let url = Server::private(bench.cluster(), HOUR).order_desk().await.unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    connection.execute("CREATE TABLE orders (id int)").await.unwrap();

    let later = Server::private(bench.cluster(), HOUR);
    let _database = later.database().await.unwrap();
    assert_eq!(later.order_desk().await.unwrap(), url);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(count(&url, tables).await, 1);
}

#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn two_processes_that_ask_at_once_get_one_server_and_two_databases() {
    let bench = Bench::new();
    let children = [bench.child().start(), bench.child().start()];
    let [one, other] = children.map(|child| child.url());
    let (server, name) = one.rsplit_once('/').unwrap();
    let (other_server, other_name) = other.rsplit_once('/').unwrap();
    assert_eq!(server, other_server);
    assert_ne!(name, other_name);
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn the_database_of_a_killed_test_is_dropped_by_the_next_process() {
    let bench = Bench::new();
    let dead = killed(&bench).await;
    let mut alive = bench.child().stays().start();
    let living = alive.first_url();
    until("the next process drops it", async || !exists(&dead).await).await;

    // Who has looked for them once does not look again.
    let dead = killed(&bench).await;
    let next = Server::private(bench.cluster(), HOUR);
    let database = next.database().await.unwrap();
    until("the database of the dead is dropped", async || !exists(&dead).await)
        .await;
    assert!(exists(&living).await, "its test still runs");
    assert!(exists(database.url()).await);
    alive.kill();
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_server_that_was_killed_is_started_again_and_one_that_is_damaged_made_anew()
 {
    let bench = Bench::new();
    let server = Server::private(bench.cluster(), HOUR);
    let before = server.database().await.unwrap();
    bench.kill_server();
    let after = server.database().await.unwrap();
    assert!(exists(after.url()).await && before.url() != after.url());

    bench.cluster().stop(&Installation::find().unwrap()).unwrap();
    fs::remove_dir_all(bench.data().join("global")).unwrap();
    let anew = server.database().await.unwrap();
    assert!(exists(anew.url()).await);
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn who_was_killed_while_it_made_the_server_is_followed_by_one_who_makes_it() {
    let bench = Bench::new();
    let half = bench.data().with_file_name("new");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    let database = Server::private(bench.cluster(), HOUR).database().await.unwrap();
    assert!(exists(database.url()).await);
}

#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn a_server_that_nobody_uses_stops_by_itself_and_starts_again_when_wanted() {
    let bench = Bench::new();
    let idle = Duration::from_secs(2);
    let server = Server::private(bench.cluster(), idle);
    let database = server.database().await.unwrap();
    tokio::time::sleep(idle * 2).await;
    assert!(exists(database.url()).await, "somebody uses it");

    drop(database);
    drop(server);
    until("it has stopped", async || bench.cluster().running().is_none()).await;
    let database = Server::private(bench.cluster(), idle).database().await.unwrap();
    assert!(exists(database.url()).await);
}

#[cfg(unix)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn it_never_runs_as_root_and_its_files_are_closed_to_others() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let bench = Bench::new();
    let _database =
        Server::private(bench.cluster(), HOUR).database().await.unwrap();
    let server = fs::metadata(bench.data().parent().unwrap()).unwrap();
    assert_eq!(server.permissions().mode() & 0o777, 0o700);
    let pid = bench.data().join("postmaster.pid");
    assert_ne!(fs::metadata(pid).unwrap().uid(), 0);
}

/// Somebody else may have got the folder, the port and the number of the process.
#[cfg(unix)]
#[tokio::test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
async fn what_listens_at_the_port_of_a_killed_server_is_not_asked() {
    let bench = Bench::new();
    let server = Server::private(bench.cluster(), HOUR);
    let before = server.database().await.unwrap();
    let address = format!("127.0.0.1:{}", bench.said(4));
    bench.kill_server();
    let stranger = std::net::TcpListener::bind(&address).unwrap();
    stranger.set_nonblocking(true).unwrap();
    assert_eq!(bench.cluster().running(), None);
    // The number of the process has come to another one, also of this user.
    let file = bench.data().join("postmaster.pid");
    let text = fs::read_to_string(&file).unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    fs::write(&file, format!("{}\n{rest}", std::process::id())).unwrap();
    assert_eq!(bench.cluster().running(), None);
    fs::write(&file, text).unwrap();

    let after = server.database().await.unwrap();
    assert!(exists(after.url()).await && before.url() != after.url());
    let asked = stranger.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(asked, Err(std::io::ErrorKind::WouldBlock), "nobody came");
}

#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn each_start_has_a_password_of_its_own() {
    let bench = Bench::new();
    let (cluster, installation) = (bench.cluster(), Installation::find().unwrap());
    cluster.start(&installation).unwrap();
    let first = bench.password();
    cluster.stop(&installation).unwrap();
    cluster.start(&installation).unwrap();
    let second = bench.password();
    bench.kill_server();
    let url = cluster.start(&installation).unwrap();
    let third = bench.password();
    assert!(first != second && second != third && first != third);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert!(runtime.block_on(exists(&url)));
    for old in [first, second] {
        let old = url.replace(&third, &old);
        assert!(!runtime.block_on(exists(&old)), "an old one opens nothing");
    }
}

#[cfg(unix)]
#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn a_folder_in_which_others_may_write_is_not_trusted() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let (cluster, installation) = (bench.cluster(), Installation::find().unwrap());
    cluster.start(&installation).unwrap();
    let folder = bench.folder();
    for (folder, open, closed) in [
        (folder.clone(), 0o777, 0o755),
        (folder.join("server"), 0o750, 0o700),
        (folder.parent().unwrap().to_owned(), 0o777, 0o755),
    ] {
        let mode = |mode| {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(open);
        assert_eq!(cluster.running(), None, "{}", folder.display());
        mode(closed);
        assert!(cluster.running().is_some(), "{}", folder.display());
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    let error = cluster.start(&installation).unwrap_err();
    assert!(error.mend.contains("others may write in it"), "{error}");
    assert!(error.mend.contains("Set TMPDIR to another folder"), "{error}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Whoever reads a pipe to its end would wait for the server, which outlives the tests.
#[cfg(target_os = "linux")]
#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn a_server_holds_nothing_that_was_open_in_the_process_that_started_it() {
    let bench = Bench::new();
    let opened = tempfile::NamedTempFile::new().unwrap();
    let mut shell = std::process::Command::new("/bin/bash");
    shell.args(["-c", r#"exec "$@" 3>"$OPENED" 7>"$OPENED" 42>"$OPENED""#, "sh"]);
    let child = bench.child().env("OPENED", opened.path().to_str().unwrap());
    // Its outputs are pipes, read to their end: so it is no wait for the server.
    child.through(shell).start().url();
    let files = fs::read_dir(format!("/proc/{}/fd", bench.said(1))).unwrap();
    let files: Vec<_> =
        files.map(|file| fs::read_link(file.unwrap().path()).unwrap()).collect();
    assert!(files.iter().all(|file| file != opened.path()), "{files:?}");
    assert!(files.iter().any(|file| file.ends_with("server/log")), "{files:?}");
}

#[test]
#[cfg_attr(no_postgres, ignore = "needs PostgreSQL: see cargo workbook doctor")]
fn the_server_of_database_url_is_used_where_it_is_set() {
    let bench = Bench::new();
    let url = bench.child().start().url();
    let elsewhere = Bench::new();
    let child = elsewhere.child().env("DATABASE_URL", &url).start();
    let theirs = child.url();
    assert_eq!(theirs.rsplit_once('/').unwrap().0, url.rsplit_once('/').unwrap().0);
    assert!(!elsewhere.folder().exists(), "no private one is made");
}

#[test]
fn a_wrong_database_url_says_so_and_keeps_the_password() {
    let bench = Bench::new();
    let url = "postgres://ada:s3cret@127.0.0.1:1/desk";
    let said = bench.child().env("DATABASE_URL", url).start().fails();
    assert!(
        said.contains("\nnot run: PostgreSQL at 127.0.0.1:1 does not answer"),
        "{said}"
    );
    assert!(said.contains("correct DATABASE_URL. Or unset DATABASE_URL"), "{said}");
    assert!(!said.contains("s3cret"), "{said}");

    let said =
        bench.child().env("DATABASE_URL", "sqlite://desk.db").start().fails();
    assert!(
        said.contains("\nnot run: DATABASE_URL is no address of a PostgreSQL"),
        "{said}"
    );
    assert!(said.contains("postgres://USER:PASSWORD@HOST"), "{said}");
}

#[test]
fn without_postgresql_a_test_fails_and_says_that_it_was_not_run() {
    let bench = Bench::new();
    let empty = bench.folder();
    let said = bench
        .child()
        .env("WORKBOOK_POSTGRES_BIN", empty.to_str().unwrap())
        .start()
        .fails();
    assert!(said.contains("\nnot run: no PostgreSQL\n"), "{said}");
    assert!(said.contains("Install it: "), "{said}");
}
