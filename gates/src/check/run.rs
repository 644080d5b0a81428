//! Builds, runs and reads what the gates judge, one thing at a time: there is one target folder, and tests run while
//! nothing builds.

use anyhow::{Result, ensure};
use workbook::{
    book::{self, PageProblem},
    course::{Chapter, Course, Files, files, originals::LOCK},
    runner::{Stop, Subject, cargo, run as runs},
};

use super::{
    Check, Failure, Gate,
    answers::{self, Candidate, side_by_side},
    caught, chain, dependencies, glossary,
    lint::Lints,
    lock, manifest, rings, solution, starter,
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
    let chapters = course.chapters.iter().filter(|one| only.is_none_or(|only| only.id == one.id));
    let cases: Vec<Case<'_>> = chapters.map(Case::read).collect::<Result<_>>()?;
    let root = &course.root;
    let mut gates = Gates {
        course,
        stop,
        on,
        checks: Vec::new(),
        lints: Lints::default(),
        believes: only.is_some(),
        shared: String::new(),
        in_the_text: Vec::new(),
    };
    let of_answers = |count: usize| count + count.div_ceil(side_by_side());
    let each: usize = cases.iter().map(|case| 3 + of_answers(case.answers.len())).sum();
    (gates.on)(CheckEvent::Steps(3 + each + if only.is_none() { 2 } else { 0 }));

    let packages: Vec<String> = cases.iter().flat_map(Case::packages).collect();
    gates.step("clippy")?;
    gates.lints.clippy(root, &packages, stop)?;
    gates.step("rustfmt")?;
    gates.lints.rustfmt(root, &packages, stop)?;
    // All tests and programs in one go, which keeps every core busy. What does not build is told when its turn comes.
    gates.step("building every test")?;
    cargo::build_all_tests(root, &["--tests"], &packages, stop)?;
    gates.go_on()?;
    cargo::build_all(root, &["--bins"], &packages, stop)?;
    gates.shared = caught::shared(root)?;
    gates.in_the_text = book::check_includes(root)?;
    gates.in_the_text.extend(glossary::check(course)?);

    let mut graph = None;
    for case in &cases {
        gates.chapter(case)?;
        if let Some(failures) = dependencies::check(root, case.chapter, &mut graph)? {
            gates.checked(Gate::Dependencies, Some(case.chapter), "dependencies", failures);
        }
    }
    if only.is_none() {
        gates.step("the book")?;
        let failures = gates.book()?;
        gates.checked(Gate::Book, None, "book", failures);
        gates.step(LOCK)?;
        gates.checked(Gate::Lock, None, LOCK, lock::check(course)?);
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
        let id = &self.chapter.id;
        let solution = self.no_solution.is_none().then(|| format!("{id}-solution"));
        [id.clone()].into_iter().chain(solution)
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
    /// What is wrong with what stands on the pages.
    pub in_the_text: Vec<PageProblem>,
}

impl Gates<'_> {
    pub fn go_on(&self) -> Result<()> {
        ensure!(!self.stop.is_set(), "stopped before the end: nothing is said about what was not looked at");
        Ok(())
    }

    pub fn step(&mut self, what: &str) -> Result<()> {
        self.go_on()?;
        (self.on)(CheckEvent::Step(what));
        Ok(())
    }

    pub fn checked(
        &mut self,
        gate: Gate,
        chapter: Option<&Chapter>,
        what: &str,
        failures: impl IntoIterator<Item = Failure>,
    ) {
        self.tell(Check {
            gate,
            chapter: chapter.map(|chapter| chapter.id.clone()),
            what: what.to_owned(),
            before: false,
            failures: failures.into_iter().collect(),
        });
    }

    pub fn tell(&mut self, check: Check) {
        (self.on)(CheckEvent::Checked(&check));
        self.checks.push(check);
    }

    fn chapter(&mut self, case: &Case<'_>) -> Result<()> {
        let &Case { chapter, ref exercise, ref solution, .. } = case;
        self.step(&format!("{}: starter", chapter.id))?;
        let started = runs::package(&Subject::exercise(self.course, chapter), self.stop, &mut |_| {})?;
        let mut failures = starter::check(chapter, exercise, &started);
        failures.extend(self.lints.failures(&started, &format!("exercises/{}", chapter.folder)));
        self.checked(Gate::Starter, Some(chapter), "starter", failures);

        self.step(&format!("{}: solution", chapter.id))?;
        let (solved, failures) = match &case.no_solution {
            Some(failure) => (None, vec![failure.clone()]),
            None => {
                let solved = runs::package(&Subject::solution(self.course, chapter), self.stop, &mut |_| {})?;
                let mut failures = solution::check(chapter, solution, exercise, &solved);
                failures.extend(self.lints.failures(&solved, &format!("solutions/{}", chapter.folder)));
                (Some(solved), failures)
            }
        };
        self.checked(Gate::Solution, Some(chapter), "solution", failures);

        let mut failures = chain::check(self.course, chapter, exercise, solution)?;
        failures.extend(rings::check(self.course, chapter, exercise, &started));
        self.checked(Gate::Chain, Some(chapter), "chain", failures);
        self.answers(case, solved.as_ref())?;

        self.step(&format!("{}: page", chapter.id))?;
        let failures = self.page(chapter, &started, solved.as_ref())?;
        self.checked(Gate::Book, Some(chapter), "page", failures);
        Ok(())
    }
}
