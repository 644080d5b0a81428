//! The bridge to mdbook-admonish, which still speaks the types of mdBook 0.4 (its issue 233): each chapter's text is handed over
//! and taken back. When that crate moves to mdBook 0.5, delete this file and name its preprocessor in `preprocess.rs` instead; the dependencies `mdbook` 0.4 and `mdbook-admonish` 1 are used nowhere else.

use anyhow::{Context as _, Result, bail};
use mdbook_driver::book::{Book, Chapter};
use mdbook_preprocessor::PreprocessorContext;
use serde_json::{Value, json};

pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    let settings: Value = context.config.get("preprocessor.admonish")?.unwrap_or_default();
    let context = json!({
        "root": context.root, "renderer": context.renderer, "mdbook_version": "0.4.52",
        "config": { "preprocessor": { "admonish": settings } },
    });
    let mut result = Ok(());
    book.for_each_chapter_mut(|chapter| {
        if result.is_ok() {
            result = draw_boxes(&context, chapter);
        }
    });
    result
}

/// The crate says which box it refuses, but not why.
const FORM: &str = "Write ```admonish KIND title=\"…\", collapsible=true, with a comma between the two; a title with \" or = in it stands in '…'";

fn draw_boxes(context: &Value, chapter: &mut Chapter) -> Result<()> {
    let page = chapter.source_path.clone().unwrap_or_default();
    let mut old = mdbook::book::Book::new();
    old.push_item(mdbook::book::Chapter::new(&chapter.name, chapter.content.clone(), &page, Vec::new()));
    let context = serde_json::from_value(context.clone())?;
    let old = mdbook::preprocess::Preprocessor::run(&mdbook_admonish::Admonish, &context, old)
        .with_context(|| format!("A box on the page {} cannot be drawn. {FORM}", page.display()))?;
    if let [mdbook::BookItem::Chapter(drawn)] = &old.sections[..] {
        if let Some(kind) = without_style(&drawn.content) {
            bail!(
                "A box on the page {} is of the kind {kind}, which book/theme/mdbook-admonish.css does not have. Take another kind, or its rules from mdbook-admonish",
                page.display()
            );
        }
        chapter.content = for_screen_readers(&drawn.content);
    }
    Ok(())
}

const STYLES: &str = include_str!("../../../book/theme/mdbook-admonish.css");

/// The first kind of box in this text that the stylesheet does not know.
fn without_style(text: &str) -> Option<&str> {
    let boxes = text.split("class=\"admonition admonish-").skip(1);
    let kinds = boxes.filter_map(|rest| rest.split(['"', ' ']).next());
    kinds.into_iter().find(|kind| !STYLES.contains(&format!(".admonish-{kind}")))
}

/// The crate gives its folded boxes the role of a note, which hides that they can be opened, and its links no name.
fn for_screen_readers(text: &str) -> String {
    let link = r#"<a class="admonition-anchor-link" "#;
    let text = text.replace(link, &format!(r#"{link}aria-label="Link to this box" "#));
    let is_fold =
        |line: &str| line.trim_start().starts_with(r#"<details id=""#) && line.contains("admonition");
    let shown = |line| if is_fold(line) { line.replace(r#" role="note""#, "") } else { line.to_owned() };
    text.split_inclusive('\n').map(shown).collect()
}
