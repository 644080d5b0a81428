//! mdBook's preprocessor protocol, for those who run plain `mdbook build`: `book.toml` names this tool as the command.

use std::io::{Read, Write, stdin, stdout};

use anyhow::{Context, Result, bail};
use mdbook_driver::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};

use super::{admonish::Admonish, exercise::Exercise, pictures::Pictures, questions::Questions};

/// All there are, by the names that `book.toml` gives them.
pub(super) const NAMES: [&str; 4] = ["pictures", "questions", "exercise", "admonish"];

/// Answers mdBook on standard input and output: see [`preprocess_between`].
pub fn preprocess(name: &str) -> Result<()> {
    preprocess_between(name, stdin().lock(), stdout().lock())
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

/// One of them; mdBook takes no box.
pub(super) struct Named(Box<dyn Preprocessor>);

impl Preprocessor for Named {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        self.0.run(context, book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        self.0.supports_renderer(renderer)
    }
}

pub(super) fn named(name: &str) -> Result<Named> {
    Ok(Named(match name {
        "admonish" => Box::new(Admonish),
        "exercise" => Box::new(Exercise),
        "pictures" => Box::new(Pictures),
        "questions" => Box::new(Questions),
        _ => bail!(
            "There is no preprocessor `{name}`. There are {}: mend the command in book.toml",
            NAMES.map(|name| format!("`{name}`")).join(", ")
        ),
    }))
}
