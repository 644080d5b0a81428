//! One question of a page: what an author writes, and what the page gets. How one is written, CONTRIBUTING.md says under "What
//! a page may ask".

use super::html::escape;

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
    pub(super) fn parse(block: &str) -> Result<Question, String> {
        let (mut text, mut reason) = (String::new(), String::new());
        let (mut choices, mut typed, mut proved_by) = (Vec::<Choice>::new(), Vec::new(), Vec::new());
        let (mut in_code, mut in_choice) = (false, false);
        for line in block.lines() {
            let choice = line.strip_prefix("- [ ]").map(|text| (text, false));
            let choice = choice.or_else(|| {
                line.strip_prefix("- [x]").or(line.strip_prefix("- [X]")).map(|text| (text, true))
            });
            if let Some((text, right)) = choice.filter(|_| !in_code) {
                choices.push(Choice { text: text.trim().to_owned(), right });
                in_choice = true;
            } else if let Some(names) = line.strip_prefix("proved by:").filter(|_| !in_code) {
                proved_by.extend(listed(names, ','));
            } else if let Some(answers) = line.strip_prefix("answer:").filter(|_| !in_code) {
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
        let answer = match (choices.is_empty(), typed.is_empty()) {
            (false, true) => Answer::Choose(choices),
            (true, false) => Answer::Type(typed),
            (true, true) => {
                return Err(
                    "it has no answer: write choices, `- [ ] …` and `- [x] …`, or a line `answer: …`".into(),
                );
            }
            (false, false) => {
                return Err("it has choices and a line `answer:` as well: keep one of them".into());
            }
        };
        let question = Question { text, answer, reason, proved_by };
        question.mistake().map_or(Ok(question.clone()), |mistake| Err(mistake.into()))
    }

    fn mistake(&self) -> Option<&'static str> {
        if self.text.is_empty() {
            return Some("it asks nothing: write the question above its choices");
        }
        if let Answer::Choose(choices) = &self.answer {
            let right = choices.iter().filter(|choice| choice.right).count();
            if right == 0 {
                return Some("no choice is right: mark one with `- [x]`");
            }
            if right == choices.len() {
                return Some("every choice is right: add some that a reader might believe, `- [ ] …`");
            }
            if choices.iter().any(|choice| choice.text.is_empty()) {
                return Some("a choice is empty: write something behind its `[ ]`");
            }
        }
        self.reason
            .is_empty()
            .then_some("it does not say why: write the reason below its choices, with an empty line between")
    }

    /// What the page gets: readable without a script, with the answer folded. `questions.js` makes it interactive.
    pub(super) fn markup(&self) -> String {
        let mut page = String::new();
        let mut add = |pieces: &[&str]| pieces.iter().for_each(|piece| page.push_str(piece));
        let (kind, answers) = match &self.answer {
            Answer::Type(answers) => ("type", serde_json::json!(answers).to_string()),
            Answer::Choose(choices) if choices.iter().filter(|choice| choice.right).count() > 1 => {
                ("several", String::new())
            }
            Answer::Choose(_) => ("one", String::new()),
        };
        add(&["<div class=\"question\" data-kind=\"", kind, "\""]);
        if !answers.is_empty() {
            add(&[" data-answers=\"", &escape(&answers), "\""]);
        }
        add(&[">\n<div class=\"question-text\">\n\n", &self.text, "\n\n</div>\n"]);
        if let Answer::Choose(choices) = &self.answer {
            add(&["<ul class=\"question-choices\">\n"]);
            for choice in choices {
                let right = if choice.right { " data-right=\"\"" } else { "" };
                add(&["<li", right, ">\n\n", &choice.text, "\n\n</li>\n"]);
            }
            add(&["</ul>\n"]);
        }
        add(&[
            "<details class=\"question-answer\">\n<summary>Show the answer</summary>\n<div class=\"question-right\">\n\n",
        ]);
        match &self.answer {
            Answer::Type(answers) => add(&["<code>", &escape(&answers[0]), "</code>\n\n"]),
            Answer::Choose(choices) => {
                choices.iter().filter(|choice| choice.right).for_each(|choice| add(&[&choice.text, "\n\n"]));
            }
        }
        add(&["</div>\n\n", &self.reason, "\n\n"]);
        if !self.proved_by.is_empty() {
            let names: Vec<_> =
                self.proved_by.iter().map(|name| format!("<code>{}</code>", escape(name))).collect();
            let tests = if names.len() == 1 { "the test" } else { "the tests" };
            add(&["<p class=\"question-proof\">Held by ", tests, " ", &names.join(", "), ".</p>\n"]);
        }
        add(&["</details>\n</div>\n"]);
        page
    }
}

fn listed(text: &str, separator: char) -> Vec<String> {
    let plain = |piece: &str| piece.trim().trim_matches('`').to_owned();
    text.split(separator).map(plain).filter(|piece| !piece.is_empty()).collect()
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
}
