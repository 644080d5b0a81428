//! Builds real books in temporary folders, with this workbook's own `book.toml` and theme.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::Result;
use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use tempfile::TempDir;
use workbook::book::{
    BuildOptions, Built, Rebuilder, build, check_includes, check_links, preprocess_between, supports,
};

/// A small workbook: one crate, one chapter.
struct Fixture(TempDir);

impl Fixture {
    fn new() -> Fixture {
        let fixture = Fixture(TempDir::with_prefix("wörk book ").unwrap());
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        fixture.write("book.toml", &fs::read_to_string(own.join("book.toml")).unwrap());
        for file in fs::read_dir(own.join("book/theme")).unwrap() {
            let file = file.unwrap();
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

    fn build(&self, served: bool) -> Result<Built> {
        build(self.root(), &BuildOptions { destination: self.root().join("out"), served })
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

#[test]
fn a_book_is_built_whole() {
    let fixture = Fixture::new();
    fixture.page("# A first route\n\n## The idea\n\nSee `--help`.\n\n```rust\n{{#include ../../solutions/01-a/src/lib.rs:ping}}\n```\n");
    let built = fixture.build(false).unwrap();
    assert_eq!((built.pages, built.problems), (2, vec![]));
    let page = fs::read_to_string(built.folder.join("part-1/first-route.html")).unwrap();
    assert!(page.contains("fn ping() {}") && !page.contains("fn before"), "{page}");
    assert!(page.contains("<code>--help</code>"), "{page}");
    assert!(!page.contains("class=\"playground\""), "a run button would ask another host");
    assert!(
        built.folder.join("index.html").is_file()
            && built.folder.join("404.html").is_file()
            && built.folder.join("print.html").is_file()
    );
    assert_eq!(check_links(&built.folder).unwrap(), []);
}

#[test]
fn only_a_served_book_has_the_script_that_needs_the_tool() {
    let fixture = Fixture::new();
    let has_script = |folder: &Path| {
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        page.split("<script src=\"").any(|script| script.starts_with("book/theme/workbook-"))
    };
    assert!(has_script(&fixture.build(true).unwrap().folder));
    let built = fixture.build(false).unwrap();
    assert!(!has_script(&built.folder));
    assert!(!built.folder.join("theme").exists());
}

#[test]
fn boxes_are_drawn_with_their_code_and_a_folded_one_can_be_opened_by_a_screen_reader() {
    let fixture = Fixture::new();
    fixture.page(
        "# T\n\n````admonish warning title=\"Do not use this when\"\nYou **need** it.\n\n```rust\n{{#include ../../solutions/01-a/src/lib.rs:ping}}\n```\n````\n\n\
         ```admonish tip title=\"Hint\", collapsible=true\nFolded.\n```\n",
    );
    let page = fixture.built_page();
    assert!(
        page.contains("admonish-warning")
            && page.contains("<strong>need</strong>")
            && page.contains("fn ping() {}"),
        "{page}"
    );
    let details = &page[page.find("<details").unwrap()..];
    assert!(!details[..details.find('>').unwrap()].contains("role="), "{details}");
    assert!(page.contains("aria-label=\"Link to this box\""), "{page}");
}

#[test]
fn pictures_are_part_of_the_page_also_inside_a_box() {
    let fixture = Fixture::new();
    fixture.page("# T\n\n```pikchr,alt=\"One box\"\nbox \"a\" color highlight\n```\n\n````admonish note\n```pikchr,alt=\"Another\"\ncircle\n```\n````\n\nAfter.\n");
    let page = fixture.built_page();
    assert_eq!(page.matches("<figure class=\"picture\">").count(), 2, "{page}");
    assert!(
        page.contains("aria-label=\"One box\"")
            && page.contains("aria-label=\"Another\"")
            && page.contains("var(--picture-highlight)"),
        "{page}"
    );
    assert!(page.contains("</svg></figure>") && page.contains("<p>After.</p>"), "{page}");
}

#[test]
fn errors_name_the_page_and_what_to_do() {
    let fixture = Fixture::new();
    fixture.page("# T\n\n```pikchr,alt=\"x\"\nbox\nbxo\n```\n\n```pikchr\nbox\n```\n");
    let said = fixture.refusal();
    assert!(
        said.contains("book/part-1/first-route.md:5: syntax error")
            && said.contains("book/part-1/first-route.md:8: this picture has no words"),
        "{said}"
    );

    fixture.page("# T\n\n```admonish nonsense=\"\n```\n");
    assert!(fixture.refusal().contains("first-route.md cannot be drawn"), "{}", fixture.refusal());

    fs::remove_file(fixture.root().join("book/part-1/first-route.md")).unwrap();
    assert!(fixture.refusal().contains("first-route.md"), "{}", fixture.refusal());

    fs::remove_file(fixture.root().join("book/SUMMARY.md")).unwrap();
    assert!(fixture.refusal().contains("SUMMARY.md"), "{}", fixture.refusal());

    fs::remove_file(fixture.root().join("book.toml")).unwrap();
    assert!(fixture.refusal().contains("git checkout book.toml"), "{}", fixture.refusal());
}

#[test]
fn a_build_never_deletes_what_is_not_a_book() {
    let fixture = Fixture::new();
    fixture.write("out/thesis.txt", "ten years");
    assert!(fixture.refusal().contains("something other than a built book"), "{}", fixture.refusal());
    assert!(fixture.root().join("out/thesis.txt").is_file());
    fs::remove_file(fixture.root().join("out/thesis.txt")).unwrap();
    fixture.build(false).unwrap();
    fixture.build(false).unwrap();
}

#[test]
fn a_broken_include_is_told_and_does_not_stop_the_build() {
    let fixture = Fixture::new();
    fixture.page("# T\n\n```rust\n{{#include ../../solutions/01-a/src/lib.rs:pong}}\n```\n\n```text\n{{#include nowhere.txt}}\n```\n");
    let built = fixture.build(false).unwrap();
    let said = built.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(
        said.contains("book/part-1/first-route.md:4: ../../solutions/01-a/src/lib.rs has no `ANCHOR: pong`"),
        "{said}"
    );
    assert!(said.contains("book/part-1/first-route.md:8: nowhere.txt does not exist"), "{said}");
}

#[test]
fn what_mdbook_only_logs_is_told() {
    let fixture = Fixture::new();
    fixture.page("# T\n\nA <b>word without end.\n");
    let problems = fixture.build(false).unwrap().problems;
    assert!(problems.iter().any(|problem| problem.message.contains("<b>")), "{problems:?}");
}

#[test]
fn code_in_the_text_comes_from_crates_by_anchor() {
    let fixture = Fixture::new();
    let lib = "../../solutions/01-a/src/lib.rs";
    fixture.write(
        "solutions/01-a/src/more.rs",
        "// ANCHOR: open\nfn a() {}\n// ANCHOR: none\n// ANCHOR_END: none\n",
    );
    fixture.write("book/loose.rs", "// ANCHOR: x\nfn x() {}\n// ANCHOR_END: x\n");
    fixture.page(&format!("# T\n\n```rust\n{{{{#include {lib}:ping}}}}\n\n{{{{#include {lib}:ping}}}}\n```\n\n```console\n$ ls\n```\n\n\\{{{{#include x}}}}\n"));
    assert_eq!(fixture.include_problems(), [""; 0]);

    let one = |block: &str| {
        fixture.page(&format!("# T\n\n{block}\n"));
        let problems = fixture.include_problems();
        assert_eq!(problems.len(), 1, "{block}: {problems:?}");
        problems.into_iter().next().unwrap()
    };
    let said = one("```rust\nfn typed() {}\n```");
    assert!(said.starts_with("book/part-1/first-route.md:4: Rust in the text comes from"), "{said}");
    assert!(one("```rust,ignore\nfn typed() {}\n```").contains("Rust in the text"));
    assert!(
        one("````admonish tip\n```rust\nfn typed() {}\n```\n````")
            .starts_with("book/part-1/first-route.md:5:")
    );
    assert!(
        one(&format!("```rust\n{{{{#include {lib}:ping}}}}\nfn typed() {{}}\n```"))
            .starts_with("book/part-1/first-route.md:5:")
    );
    assert!(one("```rust\n```").contains("Rust in the text"));
    assert!(one(&format!("```rust\n{{{{#include {lib}:3:3}}}}\n```")).contains("names lines"));
    assert!(one(&format!("```rust\n{{{{#include {lib}}}}}\n```")).contains("ANCHOR comments"));
    assert!(one("```rust\n{{#include ../../solutions/01-a/src/more.rs:open}}\n```").contains("never ends"));
    assert!(one("```rust\n{{#include ../../solutions/01-a/src/more.rs:none}}\n```").contains("is empty"));
    assert!(one("```rust\n{{#include ../loose.rs:x}}\n```").contains("belongs to no crate"));
}

#[test]
fn broken_links_are_found() {
    let fixture = Fixture::new();
    fixture.page(
        "# T\n\n## A place\n\n[good](../welcome.md) [good](#a-place) [good](../welcome.md#welcome) [good](https://example.org/x) [good](mailto:a@example.org)\n\n\
         [one](nowhere.md) [two](#no-place) [three](../welcome.md#no-place) ![four](no.png) [five](../../../out.html)\n\n<a href=\"../welcome.html\">good</a>\n",
    );
    let built = fixture.build(false).unwrap();
    // The page is also what index.html and others link to, but only its own links are broken.
    let mut links: Vec<_> = check_links(&built.folder)
        .unwrap()
        .into_iter()
        .filter(|broken| broken.page.ends_with("first-route.html"))
        .map(|broken| broken.link)
        .collect();
    links.sort();
    assert_eq!(
        links,
        ["#no-place", "../../../out.html", "../welcome.html#no-place", "no.png", "nowhere.html"]
    );
}

#[test]
fn mdbook_itself_can_run_the_preprocessors() {
    let mut chapter = Chapter::new(
        "T",
        "```pikchr,alt=\"x\"\nbox\n```\n\n```admonish\nhello\n```\n".into(),
        "t.md",
        vec![],
    );
    chapter.source_path = Some(PathBuf::from("t.md"));
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let config = "[preprocessor.admonish]\nassets_version = \"3.1.0\"".parse().unwrap();
    let mut wire =
        serde_json::to_vec(&(PreprocessorContext::new("/".into(), config, "html".into()), book)).unwrap();
    for name in ["pictures", "admonish"] {
        let mut answer = Vec::new();
        preprocess_between(name, wire.as_slice(), &mut answer).unwrap();
        let (context, _): (serde_json::Value, serde_json::Value) = serde_json::from_slice(&wire).unwrap();
        let book: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        wire = serde_json::to_vec(&(context, book)).unwrap();
    }
    let text = String::from_utf8(wire).unwrap();
    assert!(text.contains("<figure class=") && text.contains("admonish-note"), "{text}");

    assert!(supports("pictures", "html").unwrap() && supports("admonish", "html").unwrap());
    assert!(!supports("pictures", "epub").unwrap());
    assert!(
        format!("{:#}", preprocess_between("nope", [].as_slice(), Vec::new()).unwrap_err())
            .contains("`admonish` and `pictures`")
    );
    assert!(
        format!("{:#}", preprocess_between("pictures", b"x".as_slice(), Vec::new()).unwrap_err())
            .contains("cargo workbook build")
    );
}

fn rebuilder(fixture: &Fixture) -> (Rebuilder, Receiver<Result<Built>>) {
    let (done, built) = channel();
    let options = BuildOptions { destination: fixture.root().join("site"), served: true };
    let rebuilder = Rebuilder::start(fixture.root(), options, move |result| {
        let _ = done.send(result);
    });
    (rebuilder.unwrap(), built)
}

const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_rebuild_that_fails_leaves_the_pages_before_it() {
    let fixture = Fixture::new();
    let (rebuilder, built) = rebuilder(&fixture);
    let page = |folder: &Path| fs::read_to_string(folder.join("part-1/first-route.html")).unwrap();

    rebuilder.request();
    let first = built.recv_timeout(LONG).unwrap().unwrap().folder;
    assert!(page(&first).contains("Words."));

    fixture.page("```pikchr\n```");
    rebuilder.request();
    assert!(built.recv_timeout(LONG).unwrap().is_err());
    assert!(page(&first).contains("Words."));

    fixture.page("# T\n\nMended.\n");
    rebuilder.request();
    let second = built.recv_timeout(LONG).unwrap().unwrap().folder;
    assert!(page(&second).contains("Mended.") && page(&first).contains("Words."));

    drop(rebuilder);
    assert!(!second.exists() && !first.exists());
}

#[test]
fn requests_during_a_build_are_answered_by_one_more() {
    let fixture = Fixture::new();
    let (done, built) = channel();
    let (go_on, wait) = channel::<()>();
    let options = BuildOptions { destination: fixture.root().join("site"), served: true };
    let rebuilder = Rebuilder::start(fixture.root(), options, move |result| {
        let _ = done.send(result);
        let _ = wait.recv();
    });
    let rebuilder = rebuilder.unwrap();
    rebuilder.request();
    built.recv_timeout(LONG).unwrap().unwrap();
    // The builder is still busy with the first.
    for _ in 0..50 {
        rebuilder.request();
    }
    fixture.page("# T\n\nThe newest.\n");
    drop(go_on);
    let last = built.recv_timeout(LONG).unwrap().unwrap();
    assert!(fs::read_to_string(last.folder.join("part-1/first-route.html")).unwrap().contains("The newest."));
    assert!(built.recv_timeout(Duration::from_secs(1)).is_err(), "fifty requests make one build");
}

#[test]
fn what_a_killed_tool_left_is_cleared_away_and_what_another_uses_is_not() {
    let fixture = Fixture::new();
    fixture.write("site/book-killed/in-use", "");
    fixture.write("site/book-killed/1/index.html", "");
    fixture.write("site/notes/in-use", "");
    let (one, built) = rebuilder(&fixture);
    assert!(!fixture.root().join("site/book-killed").exists() && fixture.root().join("site/notes").exists());
    one.request();
    let folder = built.recv_timeout(LONG).unwrap().unwrap().folder;
    let (_two, _) = rebuilder(&fixture);
    assert!(folder.join("index.html").is_file());
}
