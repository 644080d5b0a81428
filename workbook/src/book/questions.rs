//! The preprocessor `questions`: a fenced block ```` ```question ```` becomes a question that the reader can answer in the page. How
//! one is written, CONTRIBUTING.md says under "What a page may ask".

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{
    fences::{Fence, Mistake, blocks, replaced},
    html::escape,
    pages::{PageProblem, pages, sources},
};
use crate::course;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Markdown, as are the choices and the reason.
    pub text: String,
    pub answer: Answer,
    pub reason: String,
    /// The tests that hold the answer, all of them of the page's own chapter.
    pub proved_by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Choose(Vec<Choice>),
    /// Any one of these. Upper and lower case, backticks and the width of spaces make no difference.
    Type(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub text: String,
    pub right: bool,
}

impl Question {
    /// Reads the inside of a fence.
    fn parse(block: &str) -> Result<Question, &'static str> {
        let (mut text, mut reason) = (String::new(), String::new());
        let (mut choices, mut typed, mut proved_by) = (Vec::<Choice>::new(), Vec::new(), Vec::new());
        let (mut in_code, mut in_choice) = (false, false);
        for line in block.lines() {
            let behind = |mark: &str| line.strip_prefix(mark).filter(|_| !in_code);
            let right = behind("- [x]").or(behind("- [X]"));
            if let Some(text) = right.or(behind("- [ ]")) {
                choices.push(Choice { text: text.trim().to_owned(), right: right.is_some() });
                in_choice = true;
            } else if let Some(names) = behind("proved by:") {
                proved_by.extend(listed(names, ','));
            } else if let Some(answers) = behind("answer:") {
                typed.extend(listed(answers, '|'));
            } else {
                in_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
                in_choice &= line.trim().is_empty() || line.starts_with("  ");
                let asking = choices.is_empty() && typed.is_empty();
                let part = match choices.last_mut().filter(|_| in_choice) {
                    Some(choice) => &mut choice.text,
                    None if asking => &mut text,
                    None => &mut reason,
                };
                part.push('\n');
                part.push_str(if in_choice { line.strip_prefix("  ").unwrap_or(line) } else { line });
            }
        }
        for part in choices.iter_mut().map(|choice| &mut choice.text).chain([&mut text, &mut reason]) {
            *part = part.trim().to_owned();
        }
        let right = choices.iter().filter(|choice| choice.right).count();
        Err(match (choices.len(), typed.len(), right) {
            (0, 0, _) => "it has no answer: write choices, `- [ ] …` and `- [x] …`, or a line `answer: …`",
            (1.., 1.., _) => "it has choices and a line `answer:` as well: keep one of them",
            _ if text.is_empty() => "it asks nothing: write the question above its choices",
            (1.., _, 0) => "no choice is right: mark one with `- [x]`",
            (all @ 1.., _, right) if right == all => {
                "every choice is right: add some that a reader might believe, `- [ ] …`"
            }
            _ if choices.iter().any(|choice| choice.text.is_empty()) => {
                "a choice is empty: write something behind its `[ ]`"
            }
            _ if reason.is_empty() => {
                "it does not say why: write the reason below its choices, with an empty line between"
            }
            (0, ..) => return Ok(Question { text, answer: Answer::Type(typed), reason, proved_by }),
            _ => return Ok(Question { text, answer: Answer::Choose(choices), reason, proved_by }),
        })
    }

    /// What the page gets: readable without a script, with the answer folded. `questions.js` makes it interactive.
    fn markup(&self) -> String {
        let (kind, choices, right) = match &self.answer {
            Answer::Type(answers) => {
                let all = escape(&serde_json::json!(answers).to_string());
                let right = format!("<code>{}</code>\n\n", escape(&answers[0]));
                (format!("\"type\" data-answers=\"{all}\""), String::new(), right)
            }
            Answer::Choose(choices) => {
                let right = choices.iter().filter(|choice| choice.right);
                let kind = if right.clone().count() > 1 { "\"several\"" } else { "\"one\"" };
                let items = choices.iter().map(|choice| {
                    let right = if choice.right { " data-right=\"\"" } else { "" };
                    format!("<li{right}>\n\n{}\n\n</li>\n", choice.text)
                });
                let items = format!("<ul class=\"question-choices\">\n{}</ul>\n", items.collect::<String>());
                (kind.to_owned(), items, right.map(|choice| format!("{}\n\n", choice.text)).collect())
            }
        };
        let names: Vec<_> =
            self.proved_by.iter().map(|name| format!("<code>{}</code>", escape(name))).collect();
        let proof = match (&names[..], names.join(", ")) {
            ([], _) => String::new(),
            ([_], name) => format!("<p class=\"question-proof\">Held by the test {name}.</p>\n"),
            (_, names) => format!("<p class=\"question-proof\">Held by the tests {names}.</p>\n"),
        };
        format!(
            "<div class=\"question\" data-kind={kind}>\n<div class=\"question-text\">\n\n{}\n\n</div>\n{choices}\
             <details class=\"question-answer\">\n<summary>Show the answer</summary>\n\
             <div class=\"question-right\">\n\n{right}</div>\n\n{}\n\n{proof}</details>\n</div>\n",
            self.text, self.reason
        )
    }
}

fn listed(text: &str, separator: char) -> Vec<String> {
    let plain = |piece: &str| piece.trim().trim_matches('`').to_owned();
    text.split(separator).map(plain).filter(|piece| !piece.is_empty()).collect()
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
        asked.extend(in_the_page(&text).filter_map(|fence| {
            let question = parse(&text, &fence).ok()?;
            Some(Asked { page: PathBuf::from(&page), line: fence.line, question })
        }));
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
                Some(tests) if tests.is_empty() || tests.iter().any(|test| is_named(name, test)) => continue,
                Some(_) => format!(
                    "the chapter has no test {name}: mend the name behind `proved by:`, or write the test"
                ),
            };
            problems.push(PageProblem::new(page, *line, message));
        }
    }
    problems
}

/// A page may leave the modules out, and the name of a table stands for its cases.
fn is_named(name: &str, test: &str) -> bool {
    let modules = test.match_indices("::").map(|(at, colons)| at + colons.len());
    std::iter::once(0).chain(modules).any(|start| course::matches(name, &test[start..]))
}

pub(super) fn draw_all(page: &str) -> Result<String, Vec<Mistake>> {
    replaced(page, in_the_page(page), |fence| match parse(page, fence) {
        Ok(question) => Ok(question.markup()),
        Err(mistake) => Err((0, mistake.to_owned())),
    })
}

fn in_the_page(page: &str) -> impl Iterator<Item = Fence> {
    blocks(page).into_iter().filter(|fence| fence.info.trim() == "question")
}

fn parse(page: &str, fence: &Fence) -> Result<Question, &'static str> {
    let before = &page[..fence.range.start];
    if !before.is_empty() && !before.ends_with('\n') {
        return Err("a question stands at the left edge of the page, in no list and no quotation");
    }
    let last = page[fence.range.clone()].trim_end().lines().skip(1).last().unwrap_or_default();
    if last.len() < 3 || !last.trim_matches(['`', '~']).is_empty() {
        return Err("it never ends: close it with the fence that it began with");
    }
    Question::parse(&fence.content)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "What does `HEAD /health` answer?\n\n- [ ] 405\n- [x] 200,\n  without a body\n- [ ] 404\n\nHEAD is GET\nwithout the body.\n\nproved by: head_answers, `another`\n";

    #[test]
    fn a_question_has_choices_a_reason_and_its_tests() {
        let question = Question::parse(HEAD).unwrap();
        assert_eq!(question.text, "What does `HEAD /health` answer?");
        let Answer::Choose(choices) = &question.answer else { panic!("{question:?}") };
        let choices: Vec<_> = choices.iter().map(|choice| (choice.text.as_str(), choice.right)).collect();
        assert_eq!(choices, [("405", false), ("200,\nwithout a body", true), ("404", false)]);
        assert_eq!(question.reason, "HEAD is GET\nwithout the body.");
        assert_eq!(question.proved_by, ["head_answers", "another"]);
    }

    #[test]
    fn an_answer_can_be_typed_and_code_stands_in_a_question() {
        let question = Question::parse(
            "Which status?\n\n```json\n- [x] no choice\n```\n\nanswer: 405 | a < \"b\"\n\nBecause.\n",
        )
        .unwrap();
        assert_eq!(question.answer, Answer::Type(vec!["405".into(), "a < \"b\"".into()]));
        assert!(question.text.contains("- [x] no choice"), "{question:?}");
        let page = question.markup();
        assert!(
            page.contains("data-answers=\"[&quot;405&quot;,&quot;a &lt; \\&quot;b\\&quot;&quot;]\""),
            "{page}"
        );
    }

    #[test]
    fn without_a_script_the_answer_is_folded_below_the_choices() {
        let page = Question::parse(HEAD).unwrap().markup();
        let (before, folded) = page.split_once("<details").unwrap();
        assert!(before.contains("405") && !before.contains("GET\n"), "{page}");
        assert!(
            folded.contains("200,\nwithout a body")
                && folded.contains("<code>head_answers</code>, <code>another</code>"),
            "{page}"
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        for (block, said) in [
            ("Why?\n\nBecause.\n", "no answer"),
            ("- [ ] a\n- [x] b\n\nBecause.\n", "asks nothing"),
            ("Why?\n\n- [ ] a\n- [ ] b\n\nBecause.\n", "no choice is right"),
            ("Why?\n\n- [x] a\n- [x] b\n\nBecause.\n", "every choice is right"),
            ("Why?\n\n- [x] a\n- [ ]\n\nBecause.\n", "choice is empty"),
            ("Why?\n\n- [x] a\n- [ ] b\n", "does not say why"),
            ("Why?\n\n- [x] a\n- [ ] b\nanswer: c\n\nBecause.\n", "keep one"),
        ] {
            let mistake = Question::parse(block).unwrap_err();
            assert!(mistake.contains(said), "{block}: {mistake}");
        }
    }

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
        let mistake = |page: &str| draw_all(page).unwrap_err().remove(0).1;
        assert!(mistake("```question\nWhy?\n\nanswer: x\n\nBecause.\n").contains("never ends"));
        assert!(mistake("- ```question\n  Why?\n  ```\n").contains("left edge"));
    }

    #[test]
    fn a_test_that_a_question_names_exists_in_its_chapter() {
        let asked: Vec<_> = in_the_page(PAGE)
            .map(|fence| Asked {
                page: "book/a.md".into(),
                line: fence.line,
                question: parse(PAGE, &fence).unwrap(),
            })
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
