//! The preprocessor `questions`: a fenced block ```` ```question ```` becomes a question that the reader can answer in the page. How
//! one is written stands in [`super::question`].

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
};

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::{
    fences::replaced,
    pages::{PageProblem, draw_pages, pages, sources},
    question::Question,
};
use crate::course;

pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    draw_pages(context, book, "A question is not whole", |page, text| {
        draw_all(text).map_err(|mistake| {
            // Other preprocessors have moved the lines, so they are counted in what the author wrote.
            let written = fs::read_to_string(context.root.join(page)).unwrap_or_default();
            let found: Vec<_> = parse_all(&written)
                .filter_map(|(_, line, parsed)| Some((line, parsed.err()?)))
                .map(|(line, said)| format!("{page}:{line}: {said}"))
                .collect();
            if found.is_empty() { vec![format!("{page}: {mistake}")] } else { found }
        })
    })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub page: PathBuf,
    pub line: usize,
    pub question: Question,
}

/// Every question of the book at `root` that is whole, in the order of pages and lines. One that is not stops the build, which
/// says what it lacks.
pub fn questions(root: &Path) -> Result<Vec<Asked>> {
    let mut asked = Vec::new();
    for (page, text) in pages(root, &sources(root)?)? {
        let whole = parse_all(&text).filter_map(|(_, line, parsed)| Some((line, parsed.ok()?)));
        asked.extend(whole.map(|(line, question)| Asked { page: page.clone(), line, question }));
    }
    Ok(asked)
}

/// What is wrong with the proofs of `asked`: each test that a question names has to be one of its chapter. `tests` gives the names of
/// all tests of a page's chapter (`book/part-1/dtos.md`), none at all where they are not known, and `None` for a page without a chapter.
pub fn unproved(asked: &[Asked], tests: impl Fn(&Path) -> Option<Vec<String>>) -> Vec<PageProblem> {
    let mut problems = Vec::new();
    for Asked { page, line, question } in asked {
        let known = tests(page);
        for name in &question.proved_by {
            let message = match &known {
                None => format!(
                    "the question names the test {name}, but this page has no exercise: leave `proved by:` out"
                ),
                Some(tests) if !tests.is_empty() && !tests.iter().any(|test| is_named(name, test)) => {
                    format!(
                        "the chapter has no test {name}: mend the name behind `proved by:`, or write the test"
                    )
                }
                Some(_) => continue,
            };
            problems.push(PageProblem { file: page.clone(), line: *line, message });
        }
    }
    problems
}

/// A page may leave the modules out, and the name of a table stands for its cases.
fn is_named(name: &str, test: &str) -> bool {
    let modules = test.match_indices("::").map(|(at, colons)| at + colons.len());
    std::iter::once(0).chain(modules).any(|start| course::matches(name, &test[start..]))
}

fn draw_all(page: &str) -> Result<String, String> {
    let blocks = parse_all(page).map(|(range, _, parsed)| Ok((range, parsed?.markup())));
    Ok(replaced(page, blocks.collect::<Result<_, String>>()?))
}

fn parse_all(page: &str) -> impl Iterator<Item = (Range<usize>, usize, Result<Question, String>)> {
    Parser::new_ext(page, Options::all()).into_offset_iter().filter_map(move |(event, range)| {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { return None };
        if info.trim() != "question" {
            return None;
        }
        let line = 1 + page[..range.start].matches('\n').count();
        let start_of_line = page[..range.start].rfind('\n').map_or(0, |end| end + 1);
        if start_of_line != range.start {
            return Some((
                range,
                line,
                Err("a question stands at the left edge of the page, in no list and no quotation".into()),
            ));
        }
        let block = page[range.clone()].trim_end();
        let inside: Vec<_> = block.lines().skip(1).collect();
        let closed =
            inside.last().is_some_and(|last| last.trim_matches(['`', '~']).is_empty() && last.len() >= 3);
        let parsed = match inside.split_last() {
            Some((_, inside)) if closed => Question::parse(&inside.join("\n")),
            _ => Err("it never ends: close it with the fence that it began with".into()),
        };
        Some((range, line, parsed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# T\n\n```question\nWhy?\n\n- [x] a\n- [ ] b\n\nBecause.\n\nproved by: head, health::table\n```\n\nafter\n\n~~~question\nWhich?\n\nanswer: 405\n\n```json\n{}\n```\n~~~\nend\n";

    #[test]
    fn a_question_takes_the_place_of_its_fence_and_nothing_else_changes() {
        let drawn = draw_all(PAGE).unwrap();
        assert!(drawn.starts_with("# T\n\n<div class=\"question\" data-kind=\"one\">"), "{drawn}");
        assert!(drawn.contains("</div>\n\n\nafter\n\n<div class=\"question\" data-kind=\"type\""), "{drawn}");
        assert!(drawn.contains("```json\n{}\n```") && drawn.ends_with("</div>\n\nend\n"), "{drawn}");
    }

    #[test]
    fn a_question_that_never_ends_or_stands_in_a_list_is_refused() {
        assert!(draw_all("```question\nWhy?\n\nanswer: x\n\nBecause.\n").unwrap_err().contains("never ends"));
        assert!(draw_all("- ```question\n  Why?\n  ```\n").unwrap_err().contains("left edge"));
    }

    #[test]
    fn a_test_that_a_question_names_exists_in_its_chapter() {
        let asked: Vec<_> = parse_all(PAGE)
            .map(|(_, line, parsed)| Asked { page: "book/a.md".into(), line, question: parsed.unwrap() })
            .collect();
        assert_eq!(asked.iter().map(|asked| asked.line).collect::<Vec<_>>(), [3, 16]);
        let with = |tests: Option<&[&str]>| -> Vec<String> {
            let tests = tests.map(|tests| tests.iter().map(ToString::to_string).collect::<Vec<_>>());
            unproved(&asked, |_| tests.clone()).iter().map(ToString::to_string).collect()
        };
        assert_eq!(with(Some(&["health::head", "health::table::case_1"])), [""; 0]);
        assert_eq!(with(Some(&[])), [""; 0], "nothing is known of them");
        let wrong = with(Some(&["health::head"]));
        assert!(
            wrong.len() == 1 && wrong[0].starts_with("book/a.md:3: the chapter has no test health::table"),
            "{wrong:?}"
        );
        assert_eq!(with(None).len(), 2, "a page without exercise has no tests");
    }
}
