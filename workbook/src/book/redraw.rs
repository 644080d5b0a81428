//! What the preprocessors that draw share: each page is drawn, and all mistakes of the book are told at once.

use std::path::Path;

use anyhow::{Result, anyhow};
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;

/// The book with every page drawn by `draw`, which gets the page's path from the workbook's root and its text.
pub(super) fn redraw(
    context: &PreprocessorContext,
    mut book: Book,
    headline: &str,
    draw: impl Fn(&Path, &str) -> Result<String, Vec<String>>,
) -> Result<Book> {
    let mut mistakes = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let page = context.config.book.src.join(chapter.source_path.as_deref().unwrap_or(Path::new("")));
        match draw(&page, &chapter.content) {
            Ok(text) => chapter.content = text,
            Err(found) => mistakes.extend(found),
        }
    });
    if mistakes.is_empty() { Ok(book) } else { Err(anyhow!("{headline}:\n  {}", mistakes.join("\n  "))) }
}
