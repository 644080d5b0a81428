//! Whether a change is a reason to run: when the sources are other ones than those of the last run, and it was not the run itself
//! that wrote them.

use std::collections::{BTreeMap, BTreeSet};

use crate::course::Files;

/// So often in a row a file may be another one each time a run has run. A learner who saves as often saves Rust.
const IN_A_ROW: usize = 3;

/// What the last run was made of, and which files its runs write.
#[derive(Debug, Default)]
pub struct Causes {
    sources: Files,
    in_a_row: BTreeMap<String, usize>,
    written_by_runs: BTreeSet<String>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Cause {
    None,
    Save,
    /// This file is written by the runs themselves, and is no reason for one any more.
    Run(String),
}

impl Causes {
    /// A run of these begins.
    pub fn begin(&mut self, sources: Files) {
        self.sources = sources;
    }

    /// What the sources are now. `during`: whether a run was going on when they were written.
    pub fn of(&mut self, now: &Files, during: bool) -> Cause {
        let names: BTreeSet<&String> = self.sources.keys().chain(now.keys()).collect();
        let differs = |name: &&&String| self.sources.get(**name) != now.get(**name);
        let changed: Vec<&String> = names
            .iter()
            .filter(differs)
            .copied()
            .filter(|name| !self.written_by_runs.contains(*name))
            .collect();
        let is_code = |name: &&String| name.ends_with(".rs") || name.ends_with(".toml");
        if changed.is_empty() {
            return Cause::None;
        }
        if !during || changed.iter().any(is_code) {
            self.in_a_row.clear();
            return Cause::Save;
        }
        for name in changed {
            let count = self.in_a_row.entry(name.clone()).or_default();
            *count += 1;
            if *count == IN_A_ROW {
                self.written_by_runs.insert(name.clone());
                return Cause::Run(name.clone());
            }
        }
        Cause::Save
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_file_that_is_written_as_it_was_is_no_reason() {
        let mut causes = Causes::default();
        causes.begin(sources(&[("src/lib.rs", "1"), ("out.json", "1")]));
        assert_eq!(causes.of(&sources(&[("src/lib.rs", "1"), ("out.json", "1")]), true), Cause::None);
        assert_eq!(causes.of(&sources(&[("src/lib.rs", "2"), ("out.json", "1")]), true), Cause::Save);
        assert_eq!(causes.of(&sources(&[("src/lib.rs", "1")]), false), Cause::Save);
    }

    #[test]
    fn a_file_that_each_run_writes_anew_is_a_reason_only_so_often() {
        let mut causes = Causes::default();
        let mut seen = Vec::new();
        for run in 0..5 {
            let now = sources(&[("out.json", &run.to_string())]);
            seen.push(causes.of(&now, true));
            causes.begin(now);
        }
        let expected = [Cause::Save, Cause::Save, Cause::Run("out.json".into()), Cause::None, Cause::None];
        assert_eq!(seen, expected);
    }

    #[test]
    fn who_saves_code_during_each_run_is_always_heard() {
        let mut causes = Causes::default();
        for run in 0..10 {
            let now = sources(&[("src/lib.rs", &run.to_string())]);
            assert_eq!(causes.of(&now, true), Cause::Save);
            causes.begin(now);
        }
    }
}
