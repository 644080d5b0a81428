//! Builds, runs and reads what the gates judge, one thing at a time: there is one target folder, and tests run while
//! nothing builds.

use std::thread;

use anyhow::{Result, bail};
use workbook::{
    book::{self, PageProblem},
    course::{Chapter, Course, Files, files},
    runner::{Build, BuildEnd, Outcome, Report, Scratch, Stop, Subject, cargo, run as runs},
};

use super::{
    Check, Failure, Gate,
    caught::{self, Caught},
    dependencies, glossary,
    lint::Lints,
    manifest, solution, starter,
    wrong_answers::{self, WrongAnswer},
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
    solution: Files,
    wrong_answers: Vec<(String, Result<WrongAnswer, Failure>)>,
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
    };
    let of_answers = |count: usize| count + count.div_ceil(side_by_side());
    let each: usize = cases.iter().map(|case| 3 + of_answers(case.wrong_answers.len())).sum();
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
        let wrong_answers = wrong_answers::all(chapter, &solution);
        Ok(Self { chapter, exercise, solution, wrong_answers, no_solution })
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
    /// Whether it is enough that an earlier check saw a wrong answer caught.
    believes: bool,
    shared: String,
}

impl Gates<'_> {
    fn go_on(&self) -> Result<()> {
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

    fn tell(&mut self, check: Check) {
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
        cargo::build_all_tests(&self.course.root, &packages, self.stop)?;
        self.go_on()?;
        cargo::build_all_programs(&self.course.root, &packages, self.stop)
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
        self.checked(Gate::Chain, Some(chapter), "chain", super::chain::check(course, chapter)?);
        self.wrong_answers(case, solved.as_ref().is_some_and(|report| report.outcome == Outcome::Green))?;

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

    /// Against a solution that fails by itself a wrong answer proves nothing; then it is not tried.
    fn wrong_answers(&mut self, case: &Case<'_>, solution_is_green: bool) -> Result<()> {
        let chapter = case.chapter;
        if !case.solution.is_empty() {
            let enough = wrong_answers::enough(chapter, case.wrong_answers.len());
            self.checked(Gate::WrongAnswers, Some(chapter), "wrong answers", enough);
        }
        let mut caught = Caught::of(self.course, chapter, &self.shared)?;
        let mut answers = Vec::new();
        for (name, answer) in &case.wrong_answers {
            let version = answer.as_ref().map(|answer| (answer, answer.applied_to(&case.solution)));
            match &version {
                Ok((_, files)) if solution_is_green && self.believes && caught.before(files) => {
                    self.step(&format!("{}: {}", chapter.id, what(name)))?;
                    caught.add(files);
                    self.tell(Check {
                        gate: Gate::WrongAnswers,
                        chapter: Some(chapter.id.clone()),
                        what: what(name),
                        before: true,
                        failures: Vec::new(),
                    });
                }
                _ => answers.push((name, version)),
            }
        }
        // Those that stand for the same files are neighbours. Each place of a batch gets one and then its neighbour, and so the
        // compiler has the least to do anew.
        answers.sort_by_cached_key(|(_, version)| version.as_ref().ok().map(|(answer, _)| answer.paths()));
        let mut shadow = None;
        let batches = answers.len().div_ceil(side_by_side());
        for first in 0..batches {
            let batch: Vec<_> = answers.iter().skip(first).step_by(batches).collect();
            let versions: Vec<&Files> =
                batch.iter().filter_map(|(_, version)| Some(&version.as_ref().ok()?.1)).collect();
            let mut built = match solution_is_green && !versions.is_empty() {
                true => self.built(case, &versions, &mut shadow)?.into_iter(),
                false => Vec::new().into_iter(),
            };
            for (name, version) in batch {
                self.step(&format!("{}: {}", chapter.id, what(name)))?;
                let failures = match version {
                    Err(failure) => vec![(*failure).clone()],
                    Ok((answer, files)) => {
                        let Some((subject, build)) = built.next() else { continue };
                        let failures = self.tried(chapter, answer, subject, build)?;
                        if failures.is_empty() {
                            caught.add(files);
                        }
                        failures
                    }
                };
                self.checked(Gate::WrongAnswers, Some(chapter), &what(name), failures);
            }
        }
        self.go_on()?;
        if solution_is_green {
            caught.keep()?;
        }
        Ok(())
    }

    /// Builds these versions of the solution side by side. If one does not build, the compiler is asked about each when its
    /// turn comes.
    fn built(
        &mut self,
        case: &Case<'_>,
        versions: &[&Files],
        shadow: &mut Option<Scratch>,
    ) -> Result<Vec<(Subject, Option<Build>)>> {
        self.step(&format!("{}: building wrong answers", case.chapter.id))?;
        let shadow = match shadow {
            Some(shadow) => shadow,
            None => shadow.insert(Scratch::open(self.course, &format!("{}-wrong", case.chapter.id))?),
        };
        let subjects = shadow.solutions(case.chapter, versions)?;
        let packages: Vec<String> = subjects.iter().map(|subject| subject.package.clone()).collect();
        let build = cargo::build_all_tests(&subjects[0].root, &packages, self.stop)?;
        let build = Some(build).filter(|build| build.end == BuildEnd::Built);
        Ok(subjects.into_iter().map(|subject| (subject, build.clone())).collect())
    }

    fn tried(
        &self,
        chapter: &Chapter,
        answer: &WrongAnswer,
        mut subject: Subject,
        build: Option<Build>,
    ) -> Result<Vec<Failure>> {
        subject.only = answer.caught_by.clone();
        let report = match build {
            Some(build) => runs::built(&subject, build, self.stop, &mut |_| {}),
            None => runs::package(&subject, self.stop, &mut |_| {}),
        };
        let failures = answer.check(chapter, &report?);
        if failures.is_empty() {
            return Ok(failures);
        }
        // All of them: to say what catches it, or that nothing does.
        subject.only.clear();
        Ok(answer.check(chapter, &runs::package(&subject, self.stop, &mut |_| {})?))
    }
}

fn what(wrong_answer: &str) -> String {
    format!("wrong answer {wrong_answer}")
}

/// How many wrong answers are built at a time. One build after another leaves a core idle most of the time; each one
/// more takes some hundred megabytes of disk.
fn side_by_side() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(4)
}
