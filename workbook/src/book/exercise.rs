//! The preprocessor `exercise`: below the heading `## Exercise` stand the commands for it, and at the end of that section its
//! hints, folded. In a book that the tool serves, `workbook-panel.js` puts the live panel in their place, which gives the hints
//! one at a time.

use std::{ops::Range, path::Path};

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::html::escape;
use crate::course::{Chapter, Course, Hints, hints::Topic};

/// What the build sets in `[preprocessor.exercise]` where the tool serves the pages.
pub(super) const SERVED: &str = "preprocessor.exercise.served";

const HEADING: &str = "## Exercise";

/// It never fails: what is wrong with an exercise is for `cargo gates` to say, and no reason to withhold the text.
pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    let served = context.config.get::<bool>(SERVED).ok().flatten().unwrap_or(false);
    let chapters = Course::load(&context.root).map(|course| course.chapters).unwrap_or_default();
    book.for_each_chapter_mut(|page| {
        let path = page.source_path.as_deref();
        if let Some(chapter) = chapters.iter().find(|chapter| path == Some(Path::new(&chapter.about.page)))
            && let Some(section) = section(&page.content)
        {
            if !served {
                page.content.insert_str(section.end, &hints(chapter));
            }
            page.content.insert_str(section.start, &markup(chapter));
        }
    });
    Ok(())
}

/// What stands below the heading, up to the next one that is as high.
fn section(page: &str) -> Option<Range<usize>> {
    let headings = Parser::new_ext(page, Options::all()).into_offset_iter().filter_map(|(event, range)| {
        let heading =
            matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }));
        heading.then_some(range)
    });
    let mut from_here = headings.skip_while(|range| page[range.clone()].trim_end() != HEADING);
    let start = from_here.next()?.end;
    Some(start..from_here.next().map_or(page.len(), |next| next.start))
}

fn markup(chapter: &Chapter) -> String {
    let id = escape(&chapter.id);
    let (minutes, test) = (chapter.about.minutes, escape(&chapter.command()));
    let commands = [
        ("Run the tests", format!("cargo workbook run {id}")),
        ("The same without the tool", test),
        ("The next hint", format!("cargo workbook hint {id}")),
        ("Compare with the solution", format!("cargo workbook solution {id}")),
    ];
    let rows = commands.map(|(what, command)| {
        format!("<dt>{what}</dt><dd><pre><code class=\"language-sh\">{command}</code></pre></dd>\n")
    });
    format!(
        "\n\n<div class=\"workbook-exercise\" data-exercise=\"{id}\">\n<p>About {minutes} minutes. In your copy of the workbook:</p>\n<dl>\n{}</dl>\n</div>\n\n",
        rows.concat()
    )
}

/// A fold for each topic, and in it one for each stage.
fn hints(chapter: &Chapter) -> String {
    let topics = Hints::load(&chapter.dir).map(|hints| hints.topics).unwrap_or_default();
    if topics.is_empty() {
        return String::new();
    }
    let topics: String = topics.iter().map(topic).collect();
    format!(
        "\n\n<div class=\"workbook-hints\">\n<p>Stuck? Hints, from a push to the answer:</p>\n{topics}</div>\n\n"
    )
}

fn topic(topic: &Topic) -> String {
    let stages = topic.stages.iter().map(|stage| {
        // On one line: in Markdown an empty one would end the markup, also in the middle of code.
        let text = stage.html().replace('\n', "&#10;");
        fold(&escape(&stage.title), &format!("<div class=\"hint-text\">{text}</div>\n"))
    });
    // What it is for stands in code, as in the file.
    let mut title = escape(&topic.title);
    for key in topic.keys.iter().map(|key| escape(key)) {
        title = title.replacen(&key, &format!("<code>{key}</code>"), 1);
    }
    fold(&title, &stages.collect::<String>())
}

fn fold(summary: &str, inside: &str) -> String {
    format!("<details><summary>{summary}</summary>\n{inside}</details>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_is_found_and_not_what_looks_like_it() {
        let page =
            "# T\n\n```md\n## Exercise\n```\n\n### Exercise\n\n## Exercise\nText\n\n### Part\n\n## Next\n";
        assert_eq!(&page[section(page).unwrap()], "Text\n\n### Part\n\n");
        assert_eq!(section("## Exercises\n"), None);
        assert_eq!(section("## Exercise\n"), Some(12..12), "at the end of a page as well");
    }
}
