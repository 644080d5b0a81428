//! What the compiler says of programs that must not compile.
//!
//! trybuild hands them to the compiler. It would then compare all that the compiler says, which changes with each
//! version of Rust. So it is told to write that down instead (`TRYBUILD=overwrite`, which `.cargo/config.toml` sets), and
//! a test looks for the code of the error, which stays.
//!
//! To call trybuild costs several runs of Cargo, and hardly more for five programs than for one. So all programs of a
//! chapter go together, and what was said of them is kept beside the test binary: the other tests of that binary, in
//! this process or in another, find it there. A binary that was built again asks again.

use std::{
    env,
    fs::{self, File},
    io::{self, Read, Seek, Write},
    panic::{self, AssertUnwindSafe},
    path::Path,
};

use serde_json::{Map, Value};
use tempfile::TempDir;
use trybuild::TestCases;

/// Programs that must not compile: the name of each, and its text. A test binary has at most one such list.
#[derive(Debug, Clone, Copy)]
pub struct WrongPrograms(pub &'static [(&'static str, &'static str)]);

impl WrongPrograms {
    /// What the compiler says of the program `name`.
    ///
    /// # Panics
    /// When the program compiles, when there is none of this name, or when the compiler cannot be asked.
    #[track_caller]
    pub fn errors_of(&self, name: &str) -> String {
        let known = self.0.iter().find(|(known, _)| *known == name);
        let (_, program) =
            known.unwrap_or_else(|| panic!("there is no program {name}"));
        let said = kept(|| ask(self.0));
        match said
            .expect("what the compiler said can be kept beside the tests")
            .get(name)
        {
            Some(Value::String(said)) => said.clone(),
            _ => panic!("this program compiles, and must not:\n\n{program}"),
        }
    }
}

/// What was said since this binary was built; asks where nothing was.
fn kept(
    ask: impl FnOnce() -> Map<String, Value>,
) -> io::Result<Map<String, Value>> {
    let binary = env::current_exe()?;
    let built = format!("{:?}", fs::metadata(&binary)?.modified()?);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(binary.with_extension("said"))?;
    file.lock()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if let Ok((of, said)) =
        serde_json::from_str::<(String, Map<String, Value>)>(&text)
        && of == built
    {
        return Ok(said);
    }
    let said = ask();
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(serde_json::to_string(&(built, &said))?.as_bytes())?;
    Ok(said)
}

/// What the compiler says of each program that it refuses.
fn ask(programs: &[(&str, &str)]) -> Map<String, Value> {
    assert_eq!(
        env::var("TRYBUILD").as_deref(),
        Ok("overwrite"),
        "`.cargo/config.toml` sets it: run this test through Cargo or the workbook"
    );
    let folder = TempDir::new().expect("a temporary folder");
    let source = |name: &str| folder.path().join(name).with_extension("rs");
    let all = TestCases::new();
    for (name, program) in programs {
        fs::write(source(name), program).expect("a copy of the program");
        all.compile_fail(source(name));
    }
    // It works when it is dropped. Where some programs compile it panics with their number, and the files say which; with
    // anything else it could not begin.
    if let Err(reason) = panic::catch_unwind(AssertUnwindSafe(|| drop(all)))
        && !reason.is::<String>()
    {
        panic::resume_unwind(reason);
    }
    let said =
        |source: &Path| fs::read_to_string(source.with_extension("stderr")).ok();
    programs
        .iter()
        .filter_map(|(name, _)| {
            Some(((*name).to_owned(), said(&source(name))?.into()))
        })
        .collect()
}
