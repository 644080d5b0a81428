//! Tests that run together and tests that run alone have the same results: with a real test binary and its real harness.

use std::{
    collections::BTreeSet,
    env, fs,
    process::Command,
    sync::OnceLock,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use workbook::{
    runner::harness::{self, Alone, ENDED, Place, Test, TestResult, TestStatus},
    runner::process::Stop,
};

const SOURCE: &str = r#"
use std::{fs::OpenOptions, io::Write, process, sync::atomic::{AtomicBool, Ordering}, thread, time::Duration};

/// Writes down which process this test ran in.
fn ran(test: &str) {
    let mut file = OpenOptions::new().create(true).append(true).open(std::env::var("RAN").unwrap()).unwrap();
    file.write_all(format!("{test} {}\n", process::id()).as_bytes()).unwrap();
}

macro_rules! passing { ($($name:ident)*) => { $(#[test] fn $name() { ran(stringify!($name)); })* } }
passing!(good_00 good_01 good_02 good_03 good_04 good_05 good_06 good_07 good_08 good_09 good_10 good_11 good_12
    good_13 good_14 good_15 good_16 good_17 good_18 good_19 good_20 good_21 good_22 good_23 good_24 good_25 good_26
    good_27 good_28 good_29 good_30 good_31 good_32 good_33 good_34 good_35 good_36 good_37 good_38 good_39);

#[test] fn bad_fails() { ran("bad_fails"); println!("what it printed"); assert_eq!(1, 2, "the beans are cold"); }
#[test] fn bad_exits_with_success() { println!("goodbye"); process::exit(0) }
#[test] fn bad_claims_to_pass() {
    let mut out = std::io::stdout();
    out.write_all(b"test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n").unwrap();
    process::exit(1)
}
#[test] fn bad_aborts() { process::abort() }
#[test] fn bad_overflows() {
    #[allow(unconditional_recursion)] fn deeper(n: u64) -> u64 { std::hint::black_box(deeper(n + 1)) + n }
    assert_eq!(deeper(0), 0);
}
#[test] fn hangs() { loop { thread::sleep(Duration::from_secs(1)) } }
#[test] fn slow() { thread::sleep(Duration::from_millis(1500)) }

static TAKEN: AtomicBool = AtomicBool::new(false);
#[test] fn shares_1() { assert!(!TAKEN.swap(true, Ordering::SeqCst)); }
#[test] fn shares_2() { assert!(!TAKEN.swap(true, Ordering::SeqCst)); }

#[test] fn misses_a_server() { println!("looks for it"); panic!("not run: no PostgreSQL\nInstall it.") }
#[test] #[should_panic] fn misses_one_and_expects_any_panic() { panic!("not run: no PostgreSQL\nInstall it.") }

#[test] #[ignore = "is run all the same"] fn good_ignored() {}
#[test] #[should_panic(expected = "cold")] fn good_panics() { panic!("the beans are cold") }
"#;

/// The test binary, and its tests.
struct Binary {
    _folder: TempDir,
    tests: Vec<Test>,
}

fn binary() -> &'static Binary {
    static BINARY: OnceLock<Binary> = OnceLock::new();
    BINARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (source, binary) = (folder.path().join("api.rs"), folder.path().join("api"));
        fs::write(&source, SOURCE).unwrap();
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let built = Command::new(rustc)
            .args(["--test", "--edition", "2024", "-o"])
            .args([&binary, &source])
            .status()
            .unwrap();
        assert!(built.success());
        let place = Place { dir: folder.path().to_owned(), env: Vec::new() };
        let tests = harness::list(&binary, &place, &Stop::default()).unwrap();
        Binary { _folder: folder, tests }
    })
}

/// What came of one run.
struct Ran {
    results: Vec<TestResult>,
    /// Each test that wrote it down, and its process.
    processes: Vec<(String, String)>,
}

impl Ran {
    /// Runs the tests whose names begin so.
    fn of(names: &[&str], alone: &Alone) -> Self {
        Self::until(names, alone, &Stop::default(), |_| {})
    }

    fn until(names: &[&str], alone: &Alone, stop: &Stop, mut on: impl FnMut(&TestResult)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ran");
        let place = Place {
            dir: folder.path().to_owned(),
            env: vec![("RAN".into(), file.to_string_lossy().into_owned())],
        };
        let is_wanted = |test: &&Test| names.iter().any(|name| test.name.starts_with(name));
        let tests: Vec<_> = binary().tests.iter().filter(is_wanted).cloned().collect();
        let results = harness::run(&tests, alone, &place, stop, &mut on).unwrap();
        let in_order: Vec<_> = tests.iter().map(|test| test.name.as_str()).collect();
        let got: Vec<_> = results.iter().map(|result| result.name.as_str()).collect();
        assert!(
            stop.is_set() || got == in_order,
            "each test has one result, in the order of the tests: {got:?}"
        );
        let text = fs::read_to_string(file).unwrap_or_default();
        let pair =
            |line: &str| line.split_once(' ').map(|(test, process)| (test.to_owned(), process.to_owned()));
        Self { results, processes: text.lines().filter_map(pair).collect() }
    }

    fn result(&self, name: &str) -> &TestResult {
        self.results.iter().find(|result| result.name == name).unwrap()
    }

    #[track_caller]
    fn expect_red(&self, red: &[&str]) {
        let failed: Vec<_> =
            self.results.iter().filter(|result| result.status != TestStatus::Passed).collect();
        let names: Vec<_> = failed.iter().map(|result| result.name.as_str()).collect();
        assert_eq!(names, red, "{failed:#?}");
    }

    fn count_of_processes(&self) -> usize {
        self.processes.iter().map(|(_, process)| process).collect::<BTreeSet<_>>().len()
    }
}

fn none() -> Alone {
    Alone::These(Vec::new())
}

#[test]
fn tests_that_pass_share_few_processes() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let together = Ran::of(&["good_"], &none());
    together.expect_red(&[]);
    assert_eq!((together.results.len(), together.processes.len()), (42, 40), "each ran once");
    let count = together.count_of_processes();
    assert!(count <= cores * 4 && count < 40, "{count}");

    let alone = Ran::of(&["good_"], &Alone::All);
    alone.expect_red(&[]);
    assert_eq!(alone.count_of_processes(), 40);
}

#[test]
fn a_test_that_fails_has_its_own_message_and_the_others_pass() {
    let ran = Ran::of(&["good_", "bad_fails"], &none());
    ran.expect_red(&["bad_fails"]);
    let output = &ran.result("bad_fails").output;
    assert!(output.starts_with("what it printed\n") && output.contains("the beans are cold"), "{output}");
    assert!(!output.contains("good_"), "{output}");

    let expected = Alone::These(vec!["bad_fails".into()]);
    let ran = Ran::of(&["good_", "bad_fails"], &expected);
    ran.expect_red(&["bad_fails"]);
    assert_eq!(ran.processes.len(), 41, "who is expected to fail does so alone, and nobody has to run again");
    assert!(ran.result("bad_fails").output.contains("the beans are cold"));
}

#[test]
fn a_test_that_ends_its_process_fails_alone() {
    for alone in [none(), Alone::All] {
        let ran = Ran::of(&["good_", "bad_"], &alone);
        ran.expect_red(&[
            "bad_aborts",
            "bad_claims_to_pass",
            "bad_exits_with_success",
            "bad_fails",
            "bad_overflows",
        ]);
        for name in ["bad_aborts", "bad_claims_to_pass", "bad_exits_with_success", "bad_overflows"] {
            let output = &ran.result(name).output;
            assert!(output.contains(&format!("\n{ENDED} ")), "{name}: {output}");
        }
        assert!(ran.result("bad_exits_with_success").output.starts_with("goodbye"));
    }
}

#[test]
fn while_a_test_hangs_the_others_have_their_results_and_it_can_be_stopped() {
    let (stop, started) = (Stop::default(), Instant::now());
    let mut left = 42;
    let ran = Ran::until(&["good_", "hangs"], &none(), &stop, |result| {
        assert_ne!(result.name, "hangs");
        left -= 1;
        if left == 0 {
            stop.now();
        }
    });
    assert_eq!(ran.results.len(), 42);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
}

#[test]
fn a_test_that_says_it_was_not_run_has_neither_passed_nor_failed() {
    for alone in [none(), Alone::All] {
        let ran = Ran::of(&["good_", "misses_a_server"], &alone);
        let result = ran.result("misses_a_server");
        assert_eq!(result.status, TestStatus::NotRun, "{result:?}");
        let not_run = result.not_run().unwrap();
        assert_eq!((not_run.reason.as_str(), not_run.mend.as_str()), ("no PostgreSQL", "Install it."));
        assert_eq!(ran.results.iter().filter(|result| result.status == TestStatus::Passed).count(), 42);
    }
    // Together with others its harness calls it passed, and nothing else is read. The gates run each test alone.
    let ran = Ran::of(&["misses_one"], &Alone::All);
    assert_eq!(ran.result("misses_one_and_expects_any_panic").status, TestStatus::NotRun);
}

#[test]
fn a_slow_test_passes_and_is_known_to_be_slow() {
    let ran = Ran::of(&["good_", "slow"], &none());
    ran.expect_red(&[]);
    let slow: Vec<_> = ran.results.iter().filter(|result| result.slow).map(|result| &result.name).collect();
    assert_eq!(slow, ["slow"]);
}

#[test]
fn tests_that_are_in_each_others_way_pass_as_they_do_alone() {
    let ran = Ran::of(&["good_", "shares_"], &none());
    ran.expect_red(&[]);
}
