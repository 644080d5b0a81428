//! Hands small programs to the compiler, for the chapters whose rule is that something does not compile.
//!
//! A line that has to be refused ends with the code of its error:
//!
//! ```text
//! ada.active = false; //~ E0616
//! let _order: OrderId = user.into(); //~ E0277
//! ```
//!
//! Lines and codes stay when a newer compiler finds better words, so a test survives an upgrade. Two codes with a `|` between
//! them say that either will do, and `none` is an error without a code.
//!
//! A program sees the crate of its test as any other crate does. One that begins with `use super::` is a module of that crate's
//! domain: there `pub(crate)` and `pub(super)` are public too.
//!
//! The compiler gets everything as Cargo has built it for the test that asks. So nothing is built twice, the first run is
//! as fast as the others, and nothing is printed as long as all is well.

mod compiler;

use std::{collections::BTreeMap, sync::OnceLock};

use compiler::{Compiler, Error};

const MARK: &str = "//~ ";

/// Holds that the compiler refuses each marked line of the program with the code that is said there, and no other line.
///
/// # Panics
/// When it does not: a test has failed.
#[track_caller]
pub fn refused(program: &str) {
    let wanted = marks(program);
    assert!(!wanted.is_empty(), "no line of the program ends with `{MARK}E0000`:\n\n{program}");
    let errors = compiler().errors(program);
    assert!(!errors.is_empty(), "this program compiles, and must not:\n\n{program}");
    let is_wanted =
        |error: &Error| wanted.get(&error.line).is_some_and(|codes| codes.contains(&error.code.as_str()));
    let others: Vec<&str> =
        errors.iter().filter(|error| !is_wanted(error)).map(|error| error.rendered.as_str()).collect();
    assert!(
        others.is_empty(),
        "this program does not compile, but for another reason:\n\n{}",
        others.join("\n")
    );
    let compile: Vec<&str> = wanted
        .keys()
        .filter(|line| !errors.iter().any(|error| error.line == **line))
        .filter_map(|line| program.lines().nth(line - 1))
        .collect();
    assert!(compile.is_empty(), "this compiles, and must not:\n\n{}", compile.join("\n"));
}

/// Holds that the compiler takes the program.
///
/// # Panics
/// When it does not: a test has failed.
#[track_caller]
pub fn compiles(program: &str) {
    let errors: Vec<String> = compiler().errors(program).into_iter().map(|error| error.rendered).collect();
    assert!(
        errors.is_empty(),
        "this program does not compile, and has to:\n\n{program}\n{}",
        errors.join("\n")
    );
}

fn compiler() -> &'static Compiler {
    static COMPILER: OnceLock<Compiler> = OnceLock::new();
    COMPILER.get_or_init(Compiler::of_this_test)
}

/// The codes that are marked, by the number of their line.
fn marks(program: &str) -> BTreeMap<usize, Vec<&str>> {
    let lines = (1..).zip(program.lines());
    lines
        .filter_map(|(number, line)| {
            Some((number, line.split_once(MARK)?.1.split('|').map(str::trim).collect()))
        })
        .collect()
}
