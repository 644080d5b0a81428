//! Staged hints: `hints.md` beside the exercise.
//!
//! ```text
//! ## When `a_test_name` fails          a topic: tied to the tests or error codes in its backticks
//! ### Look at the status               a stage of it: shown one at a time
//! ...
//! ## When the message says `no such column`     a topic for what the first failure, or an error of the compiler, says
//! ## In general                        the topic for everything else
//! ```

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result, ensure};

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::files;

#[derive(Debug, PartialEq)]
pub struct Hints {
    pub topics: Vec<Topic>,
}

#[derive(Debug, PartialEq)]
pub struct Topic {
    pub title: String,
    /// The tests, compiler errors or texts it is for; none for the general topic.
    pub keys: Vec<String>,
    /// Whether these are texts of messages.
    pub says: bool,
    pub stages: Vec<Stage>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    pub title: String,
    pub text: String,
}

/// One hint and its place: the one to show next, or one that was taken.
#[derive(Debug, PartialEq)]
pub struct Hint {
    pub topic: String,
    pub stage: Stage,
    /// Which stage it is, from 1, and of how many.
    pub number: usize,
    pub of: usize,
    /// The topic that fits better, and of which every stage has been shown.
    pub used_up: Option<String>,
}

/// How the title of a topic begins that is tied to what a message says.
const SAYS: &str = "When the message says ";

impl Hints {
    pub fn load(dir: &Path) -> Result<Self> {
        let path = dir.join("hints.md");
        Self::parse(&files::read_text(&path)?).with_context(|| format!("{} is not in order", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        let mut topics: Vec<Topic> = Vec::new();
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                let keys = title.split('`').skip(1).step_by(2).map(str::to_owned).collect();
                let says = title.starts_with(SAYS);
                topics.push(Topic { title: title.trim().replace('`', ""), keys, says, stages: Vec::new() });
                continue;
            }
            let Some(topic) = topics.last_mut() else { continue };
            if let Some(title) = line.strip_prefix("### ") {
                topic.stages.push(Stage { title: title.trim().to_owned(), text: String::new() });
            } else if let Some(stage) = topic.stages.last_mut() {
                stage.text.push_str(line);
                stage.text.push('\n');
            }
        }
        ensure!(
            topics.iter().any(|topic| topic.keys.is_empty()),
            "it has no topic for everything else (`## In general`)"
        );
        for topic in &mut topics {
            ensure!(!topic.stages.is_empty(), "the topic {:?} has no stage (`### …`)", topic.title);
            topic.stages.iter_mut().for_each(|stage| stage.text = stage.text.trim().to_owned());
        }
        Ok(Self { topics })
    }

    /// The texts of topics that a message has in it, however it is quoted.
    pub fn said(&self, message: &str) -> impl Iterator<Item = &String> {
        let message = message.replace('`', "");
        let topics = self.topics.iter().filter(|topic| topic.says);
        topics.flat_map(|topic| &topic.keys).filter(move |key| message.contains(*key))
    }

    /// The hint to show: for the first of what is `wrong`, texts, errors or failing tests, that has one, otherwise a general
    /// one. `shown` says how many stages of each topic have been shown; `None` when all that fit have been.
    pub fn next<'a>(
        &self,
        wrong: impl IntoIterator<Item = &'a String>,
        shown: &BTreeMap<String, usize>,
    ) -> Option<Hint> {
        let tied = wrong.into_iter().filter_map(|wrong| self.topics.iter().find(|topic| topic.is_for(wrong)));
        let general = self.topics.iter().filter(|topic| topic.keys.is_empty());
        let mut fitting = tied.chain(general).peekable();
        let best = *fitting.peek()?;
        let hint = fitting.find_map(|topic| topic.hint(1 + count(shown, topic)))?;
        let used_up = (hint.topic != best.title).then(|| best.title.clone());
        Some(Hint { used_up, ..hint })
    }

    /// The hints that were shown so far, in the order of the file.
    pub fn taken(&self, shown: &BTreeMap<String, usize>) -> impl Iterator<Item = Hint> {
        let taken = |topic| (1..=count(shown, topic)).map_while(|number| topic.hint(number));
        self.topics.iter().flat_map(taken)
    }
}

fn count(shown: &BTreeMap<String, usize>, topic: &Topic) -> usize {
    shown.get(&topic.title).copied().unwrap_or(0)
}

impl Stage {
    /// The hint as HTML; markup that stands in it is shown as text, and a link that leads to no page leads nowhere.
    pub fn html(&self) -> String {
        let as_text = |mut event| {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &mut event
                && !leads_to_a_page(dest_url)
            {
                *dest_url = "#".into();
            }
            match event {
                Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
                other => other,
            }
        };
        let events = Parser::new_ext(&self.text, Options::ENABLE_TABLES).map(as_text);
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events);
        html
    }
}

/// Whether an address is one of the web, of the usual editor, or counts from here. What comes before a colon is its scheme; browsers
/// overlook spaces and control characters there, so a scheme that is not exactly one of these is none.
fn leads_to_a_page(address: &str) -> bool {
    match address.find([':', '/', '?', '#']) {
        Some(end) if address[end..].starts_with(':') => {
            ["http", "https", "vscode"].iter().any(|scheme| scheme.eq_ignore_ascii_case(&address[..end]))
        }
        _ => true,
    }
}

impl Topic {
    fn hint(&self, number: usize) -> Option<Hint> {
        let stage = self.stages.get(number - 1)?.clone();
        Some(Hint { topic: self.title.clone(), stage, number, of: self.stages.len(), used_up: None })
    }

    fn is_for(&self, wrong: &str) -> bool {
        self.keys.iter().any(|key| super::matches(key, wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Hints\n\n## When `a` or `b` fails\n### One\nfirst\n\n### Two\nsecond\n\n## When the compiler says `E0308`\n### Types\ntypes\n\n## When the message says `expected String` or `left: 500`\n### Text\ntext\n\n## In general\n### Start\nread\n";

    fn shown(failing: &[&str], errors: &[&str], hints: &[(&str, usize)]) -> Option<String> {
        let wrong: Vec<_> = errors.iter().chain(failing).map(|name| name.to_string()).collect();
        let hints = hints.iter().map(|(topic, count)| (topic.to_string(), *count)).collect();
        Hints::parse(TEXT).unwrap().next(&wrong, &hints).map(|hint| hint.stage.text)
    }

    #[test]
    fn the_hint_is_the_one_for_what_fails() {
        assert_eq!(shown(&["x", "b::case_1"], &[], &[]).unwrap(), "first");
        assert_eq!(shown(&["b"], &["E0308"], &[]).unwrap(), "types");
        assert_eq!(shown(&["unknown"], &[], &[]).unwrap(), "read");
        assert_eq!(shown(&[], &[], &[]).unwrap(), "read");
    }

    #[test]
    fn stages_come_one_at_a_time_and_end() {
        let topic = "When a or b fails";
        assert_eq!(shown(&["a"], &[], &[(topic, 1)]).unwrap(), "second");
        assert_eq!(shown(&["a"], &[], &[(topic, 2)]).unwrap(), "read");
        assert_eq!(shown(&["a"], &[], &[(topic, 2), ("In general", 1)]), None);
    }

    #[test]
    fn what_a_message_says_comes_before_the_test_and_the_bare_code() {
        let hints = Hints::parse(TEXT).unwrap();
        let first = |message: &str, wrong: &str| {
            let wrong: Vec<_> = hints.said(message).cloned().chain([wrong.to_owned()]).collect();
            hints.next(&wrong, &BTreeMap::new()).unwrap().stage.text
        };
        assert_eq!(first("expected `String`, found `&str`", "E0308"), "text");
        assert_eq!(first("expected `&str`, found `String`", "E0308"), "types");
        assert_eq!(first("  left: 500\n right: 201", "a"), "text");
        assert_eq!(first("  left: 404\n right: 201", "a"), "first");
    }

    #[test]
    fn a_hint_says_which_topic_is_used_up() {
        let used_up = |hints: &[(&str, usize)]| {
            let shown = hints.iter().map(|(topic, count)| (topic.to_string(), *count)).collect();
            Hints::parse(TEXT).unwrap().next(&["a".to_owned()], &shown).unwrap().used_up
        };
        assert_eq!(used_up(&[("When a or b fails", 1)]), None);
        assert_eq!(used_up(&[("When a or b fails", 2)]).unwrap(), "When a or b fails");
    }

    #[test]
    fn what_was_taken_is_told_in_the_order_of_the_file() {
        let hints = Hints::parse(TEXT).unwrap();
        // More than there are: the file has changed since.
        let shown = [("In general".into(), 3), ("When a or b fails".into(), 2), ("Gone".into(), 1)].into();
        let taken: Vec<_> = hints.taken(&shown).map(|hint| (hint.number, hint.stage.text)).collect();
        assert_eq!(taken, [(1, "first".into()), (2, "second".into()), (1, "read".into())]);
        assert_eq!(hints.taken(&BTreeMap::new()).count(), 0);
    }

    #[test]
    fn a_hint_is_markdown_and_markup_in_it_is_text() {
        let stage = Stage { title: String::new(), text: "Take `T`.\n\n<script>x</script>\n".into() };
        assert_eq!(stage.html(), "<p>Take <code>T</code>.</p>\n&lt;script&gt;x&lt;/script&gt;\n");
    }

    #[test]
    fn a_link_in_a_hint_leads_to_a_page_or_nowhere() {
        let html = |text: &str| Stage { title: String::new(), text: text.into() }.html();
        for kept in [
            "https://doc.rust-lang.org/std/",
            "HTTP://a.example",
            "vscode://file/a.rs:1",
            "../page.html#a:b",
            "/b?c=d:e",
            "#x",
        ] {
            assert_eq!(html(&format!("[a]({kept})")), format!("<p><a href=\"{kept}\">a</a></p>\n"));
        }
        for gone in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java&Tab;script:alert(1)",
            "&#1;javascript:alert(1)",
            "<javascript:alert(1)>",
            "< javascript:alert(1)>",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
        ] {
            assert_eq!(html(&format!("[a]({gone})")), "<p><a href=\"#\">a</a></p>\n", "{gone}");
            assert_eq!(html(&format!("![a]({gone})")), "<p><img src=\"#\" alt=\"a\" /></p>\n", "{gone}");
        }
        assert_eq!(html("<javascript:alert(1)>"), "<p><a href=\"#\">javascript:alert(1)</a></p>\n");
        assert_eq!(html("[a]\n\n[a]: javascript:alert(1)"), "<p><a href=\"#\">a</a></p>\n");
    }

    #[test]
    fn a_topic_without_a_stage_and_a_file_without_a_general_topic_are_errors() {
        assert!(Hints::parse("## In general\n").is_err());
        assert!(Hints::parse("## When `a` fails\n### One\nx\n").is_err());
    }
}
