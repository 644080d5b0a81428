//! Builds and runs the answers of a chapter, some of them side by side.

use std::thread;

use anyhow::Result;
use workbook::{
    course::{Chapter, Files},
    runner::{Build, BuildEnd, Outcome, Report, Ring, Scratch, Stop, Subject, cargo, run},
};

use super::{
    Check, Gate,
    answers::{self, Applied, Candidate, side_by_side},
    caught::Caught,
    run::{Case, Gates},
};

const KINDS: [(Gate, &str); 2] =
    [(Gate::WrongAnswers, "wrong answers"), (Gate::RightAnswers, "right answers")];

impl Gates<'_> {
    /// Against a solution that fails by itself an answer proves nothing; then it is not tried.
    pub(super) fn answers(&mut self, case: &Case<'_>, solved: Option<&Report>) -> Result<()> {
        let chapter = case.chapter;
        let solved = solved.filter(|report| report.outcome == Outcome::Green);
        let solution_is_green = solved.is_some();
        for (gate, what) in KINDS.into_iter().filter(|_| !case.solution.is_empty()) {
            self.checked(gate, Some(chapter), what, answers::enough(chapter, gate, &case.answers));
        }
        let mut caught = Caught::of(self.course, chapter, &self.shared)?;
        let mut left = Vec::new();
        for candidate @ Candidate { gate, what, applied } in &case.answers {
            let believed =
                |applied: &&Applied| self.believes && caught.before.contains(&caught.line(*gate, applied));
            let Some(applied) = applied.as_ref().ok().filter(|_| solution_is_green).filter(believed) else {
                left.push(candidate);
                continue;
            };
            caught.now.insert(caught.line(*gate, applied));
            self.step(&format!("{}: {what}", chapter.id))?;
            let (chapter, what) = (Some(chapter.id.clone()), what.clone());
            self.tell(Check { gate: *gate, chapter, what, before: true, failures: Vec::new() });
        }
        for (gate, _) in KINDS {
            let mut untried: Vec<(&Candidate, &Applied)> = Vec::new();
            for &candidate in left.iter().filter(|one| one.gate == gate) {
                match &candidate.applied {
                    Ok(applied) if solution_is_green => untried.push((candidate, applied)),
                    Ok(_) => {}
                    Err(failure) => {
                        self.step(&format!("{}: {}", chapter.id, candidate.what))?;
                        self.checked(gate, Some(chapter), &candidate.what, [failure.clone()]);
                    }
                }
            }
            // Those that change the same files are neighbours. Each place of a batch gets one and then its neighbour, and so the
            // compiler has the least to do anew.
            untried.sort_by_key(|(_, applied)| &applied.paths);
            let batches = untried.len().div_ceil(side_by_side());
            for first in 0..batches {
                let batch: Vec<_> = untried.iter().skip(first).step_by(batches).copied().collect();
                self.batch(chapter, gate, &batch, solved, &mut caught)?;
            }
        }
        self.go_on()?;
        if !self.believes {
            self.forget(case)?;
        }
        if solution_is_green { caught.keep() } else { Ok(()) }
    }

    /// Deletes what was built of a chapter's answers: those of all chapters would take as much disk as all the rest.
    fn forget(&self, case: &Case<'_>) -> Result<()> {
        let mut applied = case.answers.iter().filter_map(|one| one.applied.as_ref().ok());
        let Some(Applied { solution, .. }) = applied.next() else { return Ok(()) };
        let mut scratch = Scratch::open(self.course, &format!("{}-answers", case.chapter.id))?;
        let subjects = scratch.solutions(case.chapter, &vec![solution; side_by_side()])?;
        let packages: Vec<String> = subjects.iter().map(|subject| subject.package.clone()).collect();
        cargo::clean(&subjects[0].root, &packages, self.stop).map(drop)
    }

    /// Builds these side by side, with the rings that they are tried with, and runs them side by side: most name one or two tests,
    /// which keep one core busy. If one does not build, the compiler is asked about each when its turn comes.
    fn batch(
        &mut self,
        chapter: &Chapter,
        gate: Gate,
        batch: &[(&Candidate, &Applied)],
        solved: Option<&Report>,
        caught: &mut Caught,
    ) -> Result<()> {
        self.step(&format!("{}: building answers", chapter.id))?;
        let mut scratch = Scratch::open(self.course, &format!("{}-answers", chapter.id))?;
        let versions: Vec<&Files> = batch.iter().map(|(_, applied)| &applied.solution).collect();
        let mut subjects = scratch.solutions(chapter, &versions)?;
        for ((_, applied), subject) in batch.iter().zip(&mut subjects) {
            subject.only = applied.answer.caught_by.clone();
            subject.kept &= gate == Gate::RightAnswers;
        }
        let packages: Vec<String> = subjects.iter().map(|subject| subject.package.clone()).collect();
        let targets: &[&str] = if gate == Gate::RightAnswers { &["--tests"] } else { &["--test", "chapter"] };
        let build = cargo::rebuild_all_tests(&subjects[0].root, targets, &packages, self.stop)?;
        let mut reports = match build.end {
            BuildEnd::Built => run_side_by_side(&subjects, &build, self.stop),
            BuildEnd::Failed | BuildEnd::Stopped => Vec::new(),
        }
        .into_iter();
        for ((candidate, applied), mut subject) in batch.iter().zip(subjects) {
            self.step(&format!("{}: {}", chapter.id, candidate.what))?;
            let report = reports.next().unwrap_or_else(|| run::package(&subject, self.stop, &mut |_| {}))?;
            let mut failures = applied.check(gate, chapter, &subject, &report);
            if !failures.is_empty() && !subject.only.is_empty() {
                // All of them: to say what catches it, or that nothing does.
                subject.only.clear();
                let report = run::package(&subject, self.stop, &mut |_| {})?;
                failures = applied.check(gate, chapter, &subject, &report);
            }
            if gate == Gate::WrongAnswers {
                failures.extend(solved.and_then(|solved| applied.in_time(&report, solved)));
            }
            if failures.is_empty() {
                caught.now.insert(caught.line(gate, applied));
            }
            self.checked(gate, Some(chapter), &candidate.what, failures);
        }
        Ok(())
    }
}

/// Runs what was built of these: with both rings built, the tests of both.
fn run_side_by_side(subjects: &[Subject], build: &Build, stop: &Stop) -> Vec<Result<Report>> {
    let run = |subject| run::run_tests(subject, Ring::Chapter, build.clone(), stop, &mut |_| {});
    thread::scope(|scope| {
        let runs: Vec<_> = subjects.iter().map(|subject| scope.spawn(move || run(subject))).collect();
        runs.into_iter().map(|run| run.join().expect("a run ends with a report")).collect()
    })
}
