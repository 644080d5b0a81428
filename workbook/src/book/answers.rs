//! The preprocessor `answers`: `{{#include ../../solutions/NN-id/wrong-answers/NAME.diff:ANCHOR}}` stands for the lines of this
//! anchor in the files as they are with the answer.

use anyhow::Result;
use mdbook_driver::book::Book;
use mdbook_preprocessor::PreprocessorContext;

use super::includes::with_answers;

pub(super) fn run(context: &PreprocessorContext, book: &mut Book) -> Result<()> {
    book.for_each_chapter_mut(|chapter| {
        let page = context.config.book.src.join(chapter.source_path.clone().unwrap_or_default());
        chapter.content = with_answers(&context.root, &page, &chapter.content);
    });
    Ok(())
}
