//! Builds and runs the answers of a chapter, some of them side by side.

use anyhow::Result;
use workbook::{
    course::{Chapter, Files},
    runner::{Build, BuildEnd, Ring, Scratch, Subject, cargo, run},
};

use super::{
    Check, Failure, Gate,
    answers::{self, Applied, Candidate, side_by_side},
    caught::Caught,
    run::{Case, Gates},
};

impl Gates<'_> {
    /// Against a solution that fails by itself an answer proves nothing; then it is not tried.
    pub(super) fn answers(&mut self, case: &Case<'_>, solution_is_green: bool) -> Result<()> {
        let chapter = case.chapter;
        if !case.solution.is_empty() {
            for (gate, what) in [(Gate::WrongAnswers, "wrong answers"), (Gate::RightAnswers, "right answers")]
            {
                self.checked(gate, Some(chapter), what, answers::enough(chapter, gate, &case.answers));
            }
        }
        let mut caught = Caught::of(self.course, chapter, &self.shared)?;
        let mut left = Vec::new();
        for candidate in &case.answers {
            match &candidate.applied {
                Ok(applied)
                    if solution_is_green && self.believes && caught.before(candidate.gate, applied) =>
                {
                    self.step(&format!("{}: {}", chapter.id, candidate.what()))?;
                    caught.add(candidate.gate, applied);
                    self.tell(Check {
                        gate: candidate.gate,
                        chapter: Some(chapter.id.clone()),
                        what: candidate.what(),
                        before: true,
                        failures: Vec::new(),
                    });
                }
                _ => left.push(candidate),
            }
        }
        for gate in [Gate::WrongAnswers, Gate::RightAnswers] {
            let left: Vec<&Candidate> = left.iter().copied().filter(|one| one.gate == gate).collect();
            self.in_batches(case, gate, left, solution_is_green, &mut caught)?;
        }
        self.go_on()?;
        if solution_is_green {
            caught.keep()?;
        }
        Ok(())
    }

    fn in_batches(
        &mut self,
        case: &Case<'_>,
        gate: Gate,
        mut left: Vec<&Candidate>,
        solution_is_green: bool,
        caught: &mut Caught,
    ) -> Result<()> {
        let chapter = case.chapter;
        // Those that change the same files are neighbours. Each place of a batch gets one and then its neighbour, and so the
        // compiler has the least to do anew.
        left.sort_by_key(|one| one.applied.as_ref().ok().map(|applied| &applied.paths));
        let batches = left.len().div_ceil(side_by_side());
        for first in 0..batches {
            let batch: Vec<&Candidate> = left.iter().skip(first).step_by(batches).copied().collect();
            let built = if solution_is_green { self.built(chapter, gate, &batch)? } else { Vec::new() };
            let mut built = built.into_iter();
            for candidate in batch {
                self.step(&format!("{}: {}", chapter.id, candidate.what()))?;
                let failures = match &candidate.applied {
                    Err(failure) => vec![failure.clone()],
                    Ok(applied) => {
                        let Some((subject, build)) = built.next() else { continue };
                        let failures = self.tried(gate, chapter, applied, subject, build)?;
                        if failures.is_empty() {
                            caught.add(gate, applied);
                        }
                        failures
                    }
                };
                self.checked(gate, Some(chapter), &candidate.what(), failures);
            }
        }
        Ok(())
    }

    /// Builds these side by side, with the rings that they are tried with. If one does not build, the compiler is asked about
    /// each when its turn comes.
    fn built(
        &mut self,
        chapter: &Chapter,
        gate: Gate,
        batch: &[&Candidate],
    ) -> Result<Vec<(Subject, Option<Build>)>> {
        let versions = batch.iter().filter_map(|one| Some(&one.applied.as_ref().ok()?.solution));
        let versions: Vec<&Files> = versions.collect();
        self.step(&format!("{}: building answers", chapter.id))?;
        if versions.is_empty() {
            return Ok(Vec::new());
        }
        let mut scratch = Scratch::open(self.course, &format!("{}-answers", chapter.id))?;
        let subjects = scratch.solutions(chapter, &versions)?;
        let packages: Vec<String> = subjects.iter().map(|subject| subject.package.clone()).collect();
        let targets: &[&str] = if gate == Gate::RightAnswers { &["--tests"] } else { &["--test", "chapter"] };
        let build = cargo::build_all_tests(&subjects[0].root, targets, &packages, self.stop)?;
        let build = Some(build).filter(|build| build.end == BuildEnd::Built);
        Ok(subjects.into_iter().map(|subject| (subject, build.clone())).collect())
    }

    fn tried(
        &self,
        gate: Gate,
        chapter: &Chapter,
        applied: &Applied,
        mut subject: Subject,
        build: Option<Build>,
    ) -> Result<Vec<Failure>> {
        subject.only = applied.answer.caught_by.clone();
        subject.kept &= gate == Gate::RightAnswers;
        let report = match build {
            // With both rings built, it is the tests of both.
            Some(build) => run::run_tests(&subject, Ring::Chapter, build, self.stop, &mut |_| {}),
            None => run::package(&subject, self.stop, &mut |_| {}),
        };
        let failures = applied.check(gate, chapter, &subject, &report?);
        if failures.is_empty() || subject.only.is_empty() {
            return Ok(failures);
        }
        // All of them: to say what catches it, or that nothing does.
        subject.only.clear();
        let report = run::package(&subject, self.stop, &mut |_| {})?;
        Ok(applied.check(gate, chapter, &subject, &report))
    }
}
