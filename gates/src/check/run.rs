//! Builds, runs and reads what the gates judge, one thing at a time: there is one target folder, and tests run while
//! nothing builds.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use workbook::{
    book::{self, PageProblem},
    course::{Chapter, Course, Files, files},
    runner::{Outcome, Report, Stop, Subject, cargo, run as runs},
};

use super::{
    Check, Failure, Gate,
    answers::{self, Candidate, side_by_side},
    caught, chain, dependencies, glossary,
    lint::Lints,
    manifest, rings, solution, starter,
};

#[derive(Debug)]
pub enum CheckEvent<'a> {
    Steps(usize),
    Step(&'a str),
    Checked(&'a Check),
}

pub(super) struct Case<'a> {
    pub chapter: &'a Chapter,
    exercise: Files,
    pub solution: Files,
    pub answers: Vec<Candidate>,
    /// What keeps its solution from being run.
    no_solution: Option<Failure>,
}

/// Checks one chapter, or all of them and the workbook as a whole.
/// What is wrong with the workbook is in the answer.
pub fn run(
    course: &Course,
    only: Option<&Chapter>,
    stop: &Stop,
    on: &mut dyn FnMut(CheckEvent<'_>),
) -> Result<Vec<Check>> {
    let chapters: Vec<&Chapter> =
        course.chapters.iter().filter(|one| only.is_none_or(|only| only.id == one.id)).collect();
    let cases: Vec<Case<'_>> = chapters.into_iter().map(Case::read).collect::<Result<_>>()?;
    let mut gates = Gates {
        course,
        stop,
        on,
        checks: Vec::new(),
        lints: Lints::default(),
        believes: only.is_some(),
        shared: String::new(),
        copies: rings::copies(course)?,
    };
    let of_answers = |count: usize| count + count.div_ceil(side_by_side());
    let each: usize = cases.iter().map(|case| 3 + of_answers(case.answers.len())).sum();
    (gates.on)(CheckEvent::Steps(3 + each + if only.is_none() { 2 } else { 0 }));

    gates.lint(&cases)?;
    gates.build_all(&cases)?;
    gates.shared = caught::shared(&course.root)?;
    let ruled = cases.iter().any(|case| dependencies::has_rule(case.chapter));
    let graph = if ruled { Some(dependencies::graph(&course.root)?) } else { None };
    let mut in_the_text = book::check_includes(&course.root)?;
    in_the_text.extend(glossary::check(course)?);
    for case in &cases {
        gates.chapter(case, &in_the_text)?;
        if let Some(graph) = graph.as_ref().filter(|_| dependencies::has_rule(case.chapter)) {
            gates.checked(
                Gate::Dependencies,
                Some(case.chapter),
                "dependencies",
                dependencies::check(case.chapter, graph),
            );
        }
    }
    if only.is_none() {
        gates.whole(&in_the_text)?;
    }
    gates.go_on()?;
    Ok(gates.checks)
}

impl<'a> Case<'a> {
    fn read(chapter: &'a Chapter) -> Result<Self> {
        let (exercise, solution) = (files::read_all(&chapter.dir)?, files::read_all(&chapter.solution_dir)?);
        let no_solution = manifest::no_solution(chapter, &solution);
        let answers = answers::all(chapter, &solution);
        Ok(Self { chapter, exercise, solution, answers, no_solution })
    }

    fn packages(&self) -> impl Iterator<Item = String> {
        let solution = self.no_solution.is_none().then(|| self.solution_package());
        [self.chapter.id.clone()].into_iter().chain(solution)
    }

    pub fn solution_package(&self) -> String {
        format!("{}-solution", self.chapter.id)
    }
}

pub(super) struct Gates<'a> {
    pub course: &'a Course,
    pub stop: &'a Stop,
    on: &'a mut dyn FnMut(CheckEvent<'_>),
    checks: Vec<Check>,
    lints: Lints,
    /// Whether it is enough that an earlier check had nothing against an answer.
    pub believes: bool,
    pub shared: String,
    /// The test files that repeat others, by chapter.
    copies: BTreeMap<String, Vec<Failure>>,
}

impl Gates<'_> {
    pub fn go_on(&self) -> Result<()> {
        if self.stop.is_set() {
            bail!("stopped before the end: nothing is said about what was not looked at");
        }
        Ok(())
    }

    pub fn step(&mut self, what: &str) -> Result<()> {
        self.go_on()?;
        (self.on)(CheckEvent::Step(what));
        Ok(())
    }

    pub fn checked(&mut self, gate: Gate, chapter: Option<&Chapter>, what: &str, failures: Vec<Failure>) {
        let check = Check {
            gate,
            chapter: chapter.map(|chapter| chapter.id.clone()),
            what: what.to_owned(),
            before: false,
            failures,
        };
        self.tell(check);
    }

    pub fn tell(&mut self, check: Check) {
        (self.on)(CheckEvent::Checked(&check));
        self.checks.push(check);
    }

    fn lint(&mut self, cases: &[Case<'_>]) -> Result<()> {
        let packages: Vec<String> = cases.iter().flat_map(Case::packages).collect();
        self.step("clippy")?;
        self.lints.clippy(&self.course.root, &packages, self.stop)?;
        self.step("rustfmt")?;
        self.lints.rustfmt(&self.course.root, &packages, self.stop)
    }

    /// Builds all tests and programs in one go, which keeps every core busy. What does not build is told when its turn
    /// comes.
    fn build_all(&mut self, cases: &[Case<'_>]) -> Result<()> {
        self.step("building every test")?;
        let packages: Vec<String> = cases.iter().flat_map(Case::packages).collect();
        cargo::build_all_tests(&self.course.root, &["--tests"], &packages, self.stop)?;
        self.go_on()?;
        cargo::build_all(&self.course.root, &["--bins"], &packages, self.stop).map(drop)
    }

    fn chapter(&mut self, case: &Case<'_>, in_the_text: &[PageProblem]) -> Result<()> {
        let (course, chapter) = (self.course, case.chapter);
        self.step(&format!("{}: starter", chapter.id))?;
        let started = runs::package(&Subject::exercise(course, chapter), self.stop, &mut |_| {})?;
        let mut failures = starter::check(chapter, &case.exercise, &started);
        if started.outcome != Outcome::DoesNotCompile {
            failures.extend(self.lints.failures(&chapter.id, &format!("exercises/{}", chapter.folder)));
        }
        self.checked(Gate::Starter, Some(chapter), "starter", failures);

        self.step(&format!("{}: solution", chapter.id))?;
        let solved = self.solution(case)?;
        let mut failures = chain::check(course, chapter)?;
        failures.extend(rings::check(course, chapter, &case.exercise, &started));
        failures.extend(self.copies.remove(&chapter.id).unwrap_or_default());
        self.checked(Gate::Chain, Some(chapter), "chain", failures);
        self.answers(case, solved.as_ref().is_some_and(|report| report.outcome == Outcome::Green))?;

        self.step(&format!("{}: page", chapter.id))?;
        let failures = self.page(case, &started, solved.as_ref(), in_the_text)?;
        self.checked(Gate::Book, Some(chapter), "page", failures);
        Ok(())
    }

    fn solution(&mut self, case: &Case<'_>) -> Result<Option<Report>> {
        let chapter = case.chapter;
        if let Some(failure) = &case.no_solution {
            self.checked(Gate::Solution, Some(chapter), "solution", vec![failure.clone()]);
            return Ok(None);
        }
        let report = runs::package(&Subject::solution(self.course, chapter), self.stop, &mut |_| {})?;
        let mut failures = solution::said_by_the_files(chapter, &case.solution, &case.exercise);
        failures.extend(solution::said_by_the_tests(chapter, &report));
        if report.outcome != Outcome::DoesNotCompile {
            failures.extend(
                self.lints.failures(&case.solution_package(), &format!("solutions/{}", chapter.folder)),
            );
        }
        self.checked(Gate::Solution, Some(chapter), "solution", failures);
        Ok(Some(report))
    }
}
