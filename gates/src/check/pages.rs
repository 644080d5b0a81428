//! Gate 5 put together: one page, and the book as a whole.

use std::{collections::BTreeSet, path::Path};

use anyhow::Result;
use workbook::{
    book::{PageProblem, fences::fences, questions, unproved},
    course::originals::LOCK,
    runner::{Outcome, Report},
};

use super::{
    Failure, Gate, book, lock, page, quotes,
    run::{Case, Gates},
    transcripts,
};

impl Gates<'_> {
    pub(super) fn page(
        &self,
        case: &Case<'_>,
        started: &Report,
        solved: Option<&Report>,
        in_the_text: &[PageProblem],
    ) -> Result<Vec<Failure>> {
        let (root, chapter) = (&self.course.root, case.chapter);
        let mut reports = [Some(started), solved].into_iter().flatten();
        let tests = reports.find(|report| report.total() > 0).into_iter().flat_map(Report::all);
        let tests: Vec<String> = tests.map(|test| test.name.clone()).collect();
        let mut failures = page::hints(chapter, &tests);
        let text = match page::read(root, chapter) {
            Ok(text) => text,
            Err(failure) => {
                failures.push(failure);
                return Ok(failures);
            }
        };
        let summary = std::fs::read_to_string(root.join("book/SUMMARY.md")).unwrap_or_default();
        failures.extend(page::check(chapter, &text, &summary));
        let path = format!("book/{}", chapter.about.page);
        failures.extend(book::of_page(in_the_text, &path));
        let mut asked = questions(root)?;
        asked.retain(|asked| asked.page == Path::new(&path));
        failures.extend(book::of_page(&unproved(&asked, |_| Some(tests.clone())), &path));
        let fences = fences(&text);
        if started.outcome != Outcome::DoesNotCompile {
            failures.extend(quotes::check(chapter, &fences, started));
        }
        // What does not compile has failed already.
        let compiles = |report: &&Report| report.outcome != Outcome::DoesNotCompile;
        let starter = Some(started).filter(compiles).map(|_| chapter.id.clone());
        let solution = solved.filter(compiles).map(|_| case.solution_package());
        failures.extend(transcripts::check(root, chapter, &fences, [solution, starter], self.stop)?);
        Ok(failures)
    }

    pub(super) fn whole(&mut self, in_the_text: &[PageProblem]) -> Result<()> {
        let pages: BTreeSet<String> =
            self.course.chapters.iter().map(|chapter| format!("book/{}", chapter.about.page)).collect();
        self.step("the book")?;
        let mut failures = page::without_exercise(self.course)?;
        failures.extend(book::check(&self.course.root, in_the_text, &pages)?);
        self.checked(Gate::Book, None, "book", failures);
        self.step(LOCK)?;
        let failures = lock::check(self.course)?;
        self.checked(Gate::Lock, None, LOCK, failures);
        Ok(())
    }
}
