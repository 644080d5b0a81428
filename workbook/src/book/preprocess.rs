//! Our preprocessors: mdBook runs them in-process, or, for those who run plain `mdbook build`, by the command that `book.toml`
//! names, which speaks mdBook's protocol.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};

use super::{admonish, exercise, includes, pages::draw_pages, pictures, questions};

#[derive(Clone, Copy)]
pub(super) struct Named {
    pub name: &'static str,
    run: fn(&PreprocessorContext, &mut Book) -> Result<()>,
}

/// All there are, by the names that `book.toml` gives them.
pub(super) const ALL: [Named; 5] = [
    Named {
        name: "pictures",
        run: |context, book| draw_pages(context, book, "A picture cannot be drawn", pictures::draw_all),
    },
    Named {
        name: "questions",
        run: |context, book| draw_pages(context, book, "A question is not whole", questions::draw_all),
    },
    Named { name: "answers", run: includes::run },
    Named { name: "exercise", run: exercise::run },
    Named { name: "admonish", run: admonish::run },
];

impl Preprocessor for Named {
    fn name(&self) -> &str {
        self.name
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        (self.run)(context, &mut book).map(|()| book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// Reads a book from `input`, runs the preprocessor `name` over it and writes the book to `output`, as mdBook 0.5 asks.
pub fn preprocess_between(name: &str, input: impl Read, output: impl Write) -> Result<()> {
    let preprocessor = named(name)?;
    let (context, book) = parse_input(input)
        .context("This command is for mdBook 0.5, which writes the book to its input. To build the book yourself, run `cargo workbook build`")?;
    let book = preprocessor.run(&context, book)?;
    serde_json::to_writer(output, &book)
        .context("mdBook stopped reading before the book was written. Look at its own message")
}

/// Whether the preprocessor `name` has something to do for `renderer`: mdBook asks with `supports RENDERER` and reads the exit code.
pub fn supports(name: &str, renderer: &str) -> Result<bool> {
    named(name)?.supports_renderer(renderer)
}

fn named(name: &str) -> Result<Named> {
    ALL.into_iter().find(|one| one.name == name).with_context(|| {
        let names = ALL.map(|one| format!("`{}`", one.name)).join(", ");
        format!("There is no preprocessor `{name}`. There are {names}: mend the command in book.toml")
    })
}
