//! What else could be written in place of a solution, wrong or right: `wrong-answers/NAME.diff` and `right-answers/NAME.diff`.
//!
//! ```text
//! The order is written and never committed.            what is wrong, or what is built differently, in one to three lines
//! Caught by: rows::an_order_is_kept                    of a wrong answer: the tests that fail for it
//!
//! --- a/solutions/16-use-case/src/adapters/sqlite.rs   the difference to the solution: `git apply` takes it
//! +++ b/solutions/16-use-case/src/adapters/sqlite.rs
//! ```

use std::collections::BTreeSet;

use diffy::{
    DiffOptions, apply,
    patch_set::{FileOperation, ParseOptions, PatchKind, PatchSet},
};

use super::{Problem, files::Files};

/// The folders of a solution that they stand in.
pub const WRONG: &str = "wrong-answers";
pub const RIGHT: &str = "right-answers";
const CAUGHT_BY: &str = "Caught by:";

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// From the project's root, as all paths in the difference.
    pub path: String,
    pub caught_by: Vec<String>,
    /// What stands above the difference, the empty line left out.
    head: String,
    diff: String,
}

impl Answer {
    /// Reads what stands in the file `path`, which counts from the project's root.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problem> {
        let Some(end) = text.find("\n\n--- ") else {
            return Err(not_a_difference(path, "it has no line `--- a/…` below an empty one"));
        };
        let (head, diff) = (&text[..end], &text[end + 2..]);
        let caught_by = head.lines().find_map(|line| line.strip_prefix(CAUGHT_BY));
        let names = caught_by.into_iter().flat_map(|names| names.split(',')).map(str::trim);
        let caught_by: Vec<_> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let says = head.lines().take_while(|line| !line.starts_with(CAUGHT_BY)).count();
        let is_wrong = folder_of(path).is_some_and(|(_, kind)| kind == WRONG);
        match () {
            () if !(1..=3).contains(&says) => Err(Problem::new(
                format!("{path} does not say in one to three lines what is different in it"),
                "write that in its first lines, in plain English",
            )),
            () if is_wrong && caught_by.is_empty() => Err(Problem::new(
                format!("{path} does not say which test catches it"),
                format!("write below its first lines: {CAUGHT_BY} a_module::a_test"),
            )),
            () if !is_wrong && !caught_by.is_empty() => Err(Problem::new(
                format!("{path} is a right answer, and says that a test catches it"),
                format!("take the line `{CAUGHT_BY}` out, or move the file to {WRONG}"),
            )),
            () => Ok(Self { path: path.to_owned(), caught_by, head: head.to_owned(), diff: diff.to_owned() }),
        }
    }

    /// The files that it changes as they are with it, by their paths from the project's root; `None` where one is gone.
    /// `before` gives a file of the solution as it is.
    pub fn apply(
        &self,
        before: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<(String, Option<String>)>, Problem> {
        let folder = folder_of(&self.path).map_or("", |(folder, _)| folder);
        let mut changed = Vec::new();
        for patch in PatchSet::parse(&self.diff, ParseOptions::unidiff()) {
            let patch = patch.map_err(|error| not_a_difference(&self.path, &error.to_string()))?;
            let (file, is_new, is_gone) = match patch.operation().strip_prefix(1) {
                FileOperation::Create(file) => (file.into_owned(), true, false),
                FileOperation::Delete(file) => (file.into_owned(), false, true),
                FileOperation::Modify { modified: file, .. } => (file.into_owned(), false, false),
                FileOperation::Rename { .. } | FileOperation::Copy { .. } => continue,
            };
            if !file.starts_with(&format!("{folder}/")) {
                return Err(Problem::new(
                    format!("{} changes {file}, which does not stand in {folder}", self.path),
                    "an answer takes the place of files of its own solution: mend the path; it counts from the project's root",
                ));
            }
            let text = before(&file);
            let (text, PatchKind::Text(lines)) = (text.as_deref(), patch.patch()) else { continue };
            let after = match text {
                None if !is_new => Err("the solution has no such file".to_owned()),
                Some(_) if is_new => Err("the solution has this file already".to_owned()),
                text => apply(text.unwrap_or_default(), lines).map_err(|error| error.to_string()),
            };
            let after = after.map_err(|reason| {
                let path = &self.path;
                Problem::new(
                    format!("{path} does not apply to {file}: {reason}"),
                    format!("if the solution has changed since: `git apply --reject {path}` shows what still fits. Write the difference anew: {ANEW}"),
                )
            })?;
            changed.push((file, (!is_gone).then_some(after)));
        }
        Ok(changed)
    }

    /// The text of the answer for a solution that has changed from `then` to `now`, where `answer` is the solution with
    /// the answer in it. All paths count from the project's root.
    pub fn anew(&self, now: &Files, answer: &Files) -> String {
        format!("{}\n\n{}", self.head, difference(now, answer))
    }
}

const ANEW: &str =
    "change the solution by hand, put what `git diff` says below the first lines, and take the change back";

fn not_a_difference(path: &str, reason: &str) -> Problem {
    Problem::new(format!("{path} is no difference to the solution: {reason}"), ANEW)
}

/// `solutions/16-use-case` and `wrong-answers` of `solutions/16-use-case/wrong-answers/missing_commit.diff`.
pub fn folder_of(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.rsplit_once('/')?;
    let (solution, kind) = folder.rsplit_once('/')?;
    (solution.starts_with("solutions/") && [WRONG, RIGHT].contains(&kind) && name.ends_with(".diff"))
        .then_some((solution, kind))
}

/// What differs, as git writes it.
fn difference(before: &Files, after: &Files) -> String {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let one = |name: &String| {
        let side = |side: &str, files: &Files| match files.get(name) {
            Some(bytes) => (format!("{side}/{name}"), String::from_utf8_lossy(bytes).into_owned()),
            None => ("/dev/null".to_owned(), String::new()),
        };
        let ((before_path, before), (after_path, after)) = (side("a", before), side("b", after));
        let mut options = DiffOptions::new();
        options.set_original_filename(before_path).set_modified_filename(after_path);
        options.create_patch(&before, &after).to_string()
    };
    changed.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "solutions/01-a/wrong-answers/x.diff";
    const TEXT: &str = "It is never committed.\nCaught by: rows::kept, orders::table\n\n--- a/solutions/01-a/src/lib.rs\n+++ b/solutions/01-a/src/lib.rs\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n--- /dev/null\n+++ b/solutions/01-a/src/new.rs\n@@ -0,0 +1 @@\n+new\n--- a/solutions/01-a/m.sql\n+++ /dev/null\n@@ -1,2 +0,0 @@\n--- a comment\n-gone\n";

    fn solution() -> Files {
        [("src/lib.rs", "a\nb\nc\n"), ("m.sql", "-- a comment\ngone\n")]
            .map(|(name, text)| (format!("solutions/01-a/{name}"), text.as_bytes().to_vec()))
            .into()
    }

    fn applied(text: &str) -> Result<Vec<(String, Option<String>)>, Problem> {
        let before = |file: &str| Some(String::from_utf8(solution().get(file)?.clone()).unwrap());
        Answer::parse(PATH, text)?.apply(before)
    }

    #[track_caller]
    fn wrong(text: &str, says: &str) {
        let problem = applied(text).unwrap_err();
        assert!(problem.problem.contains(says) && !problem.mend.is_empty(), "{problem:?}");
    }

    #[test]
    fn an_answer_changes_makes_and_removes_files() {
        let answer = Answer::parse(PATH, TEXT).unwrap();
        assert_eq!(answer.caught_by, ["rows::kept", "orders::table"]);
        let file = |name: &str| format!("solutions/01-a/{name}");
        assert_eq!(
            applied(TEXT).unwrap(),
            [
                (file("src/lib.rs"), Some("a\nB\nc\n".to_owned())),
                (file("src/new.rs"), Some("new\n".to_owned())),
                (file("m.sql"), None)
            ]
        );
    }

    #[test]
    fn what_is_written_anew_is_what_was_read() {
        let mut after = solution();
        for (name, text) in applied(TEXT).unwrap() {
            match text {
                Some(text) => drop(after.insert(name, text.into_bytes())),
                None => drop(after.remove(&name)),
            }
        }
        let again = Answer::parse(PATH, TEXT).unwrap().anew(&solution(), &after);
        assert!(
            again.starts_with("It is never committed.\nCaught by: rows::kept, orders::table\n\n--- a/"),
            "{again}"
        );
        let sorted = |mut all: Vec<_>| {
            all.sort();
            all
        };
        assert_eq!(sorted(applied(&again).unwrap()), sorted(applied(TEXT).unwrap()));
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said() {
        wrong("Only words.\n", "is no difference");
        wrong(&TEXT.replace("@@ -1,3 +1,3 @@", "@@ -1,9 +1,3 @@"), "is no difference");
        wrong(&TEXT.replace("It is never committed.\n", ""), "does not say in one to three lines");
        wrong(&TEXT.replace("Caught by: rows::kept, orders::table\n", ""), "does not say which test");
        wrong(
            &TEXT.replace("\n c\n", "\n d\n"),
            "does not apply to solutions/01-a/src/lib.rs: error applying hunk #1",
        );
        wrong(&TEXT.replace("src/lib.rs", "src/bin.rs"), "the solution has no such file");
        wrong(&TEXT.replace("src/new.rs", "src/lib.rs"), "has this file already");
        wrong(
            &TEXT.replace("solutions/01-a/src/new", "exercises/01-a/src/new"),
            "does not stand in solutions/01-a",
        );
        let right = Answer::parse("solutions/01-a/right-answers/x.diff", TEXT).unwrap_err();
        assert!(right.problem.contains("is a right answer"), "{right:?}");
    }
}
