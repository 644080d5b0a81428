//! Builds real books in temporary folders, with this workbook's own `book.toml` and theme.

mod build;
mod checks;
mod rebuild;

use std::fs;
use std::path::Path;

use anyhow::Result;
use tempfile::TempDir;
use workbook::book::{BuildOptions, Built, build as build_book, check_includes};

/// A small workbook: one crate, one chapter.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Fixture {
        let fixture = Fixture(TempDir::with_prefix("wörk book ").unwrap());
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fixture.write("book.toml", &fs::read_to_string(own.join("book.toml")).unwrap());
        for file in fs::read_dir(own.join("book/theme")).unwrap() {
            let file = file.unwrap();
            if !file.file_type().unwrap().is_file() {
                continue;
            }
            fixture.write(
                &format!("book/theme/{}", file.file_name().display()),
                &fs::read_to_string(file.path()).unwrap(),
            );
        }
        fixture.write(
            "book/SUMMARY.md",
            "# Summary\n\n[Welcome](welcome.md)\n\n# Part\n\n- [A first route](part-1/first-route.md)\n",
        );
        fixture
            .write("book/welcome.md", "# Welcome\n\nGo on to [the first](part-1/first-route.md#the-idea).\n");
        fixture.write("solutions/01-a/Cargo.toml", "[package]\n");
        fixture.write(
            "solutions/01-a/src/lib.rs",
            "fn before() {}\n// ANCHOR: ping\nfn ping() {}\n// ANCHOR_END: ping\n",
        );
        fixture.page("# A first route\n\n## The idea\n\nWords.\n");
        fixture
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Sets the text of the one chapter.
    fn page(&self, text: &str) {
        self.write("book/part-1/first-route.md", text);
    }

    /// Makes the one chapter a course's: with an exercise, as this workbook's first.
    fn exercise(&self) {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let manifest = fs::read_to_string(own.join("exercises/01-first-route/Cargo.toml")).unwrap();
        self.write("exercises/01-first-route/Cargo.toml", &manifest);
        self.write("exercises/01-a/Cargo.toml", &manifest.replace("first-route", "a"));
    }

    fn build(&self, served: bool) -> Result<Built> {
        build_book(self.root(), &BuildOptions { destination: self.root().join("out"), served })
    }

    fn built_page(&self) -> String {
        self.build(false).unwrap();
        fs::read_to_string(self.root().join("out/part-1/first-route.html")).unwrap()
    }

    /// The whole chain of the build's error.
    fn refusal(&self) -> String {
        format!("{:#}", self.build(false).unwrap_err())
    }

    fn include_problems(&self) -> Vec<String> {
        check_includes(self.root()).unwrap().iter().map(ToString::to_string).collect()
    }
}
