//! One build, and mdBook's own way to the same pages.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use workbook::book::{check_links, preprocess_between, supports};

use super::Fixture;

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
fn a_question_is_folded_and_its_mistake_has_its_line() {
    let fixture = Fixture::new();
    fixture.page("# T\n\n```pikchr,alt=\"x\"\nbox\nbox\n```\n\n~~~question\nWhy `a`?\n\n- [ ] b **c**\n- [x] d\n\nBecause:\n\n```json\n{}\n```\n~~~\n\nAfter.\n");
    let page = fixture.built_page();
    let (asked, folded) = page.split_once("<details class=\"question-answer\">").expect(&page);
    assert!(asked.contains("<p>Why <code>a</code>?</p>") && asked.contains("<strong>c</strong>"), "{page}");
    assert!(folded.contains("<p>d</p>") && folded.contains("language-json"), "{page}");
    assert!(folded.contains("</details>\n</div>") && folded.contains("<p>After.</p>"), "{page}");

    fixture.page("# T\n\n```pikchr,alt=\"x\"\nbox\nbox\n```\n\n```question\nWhy?\n\n- [ ] a\n- [ ] b\n\nBecause.\n```\n");
    let refusal = fixture.refusal();
    assert!(refusal.contains("book/part-1/first-route.md:8: no choice is right"), "{refusal}");
    assert_eq!(workbook::book::questions(fixture.root()).unwrap(), []);
}

#[test]
fn a_chapter_has_its_commands_below_the_heading_of_its_exercise() {
    let fixture = Fixture::new();
    fixture.exercise();
    fixture.page("# A first route\n\n## The idea\n\n## Exercise\nThe story.\n");
    let page = fixture.built_page();
    let (_, below) = page
        .split_once("</h2>\n<div class=\"workbook-exercise\" data-exercise=\"first-route\">")
        .expect(&page);
    assert!(below.contains("<code class=\"language-sh\">cargo workbook hint first-route</code>"), "{page}");
    assert!(below.contains("<p>The story.</p>"), "{page}");
}

#[test]
fn hints_are_folded_one_by_one_and_a_served_page_has_none() {
    let fixture = Fixture::new();
    fixture.exercise();
    fixture.write(
        "exercises/01-first-route/hints.md",
        "# Hints\n\n## When `a::b` or `E0308` fails\n### First & last\nTake `Vec<u8>`, <b>not</b> `str`.\n\n```rust\nlet a = 1;\n\nlet b = \"# no heading\";\n```\n### Then\nThe rest.\n\n## In general\n### Read\n- one\n\n- two\n",
    );
    fixture
        .page("# A first route\n\n## The idea\n\n## Exercise\nThe story.\n\n## Check yourself\nThe end.\n");
    let page = fixture.built_page();
    let (_, below) = page.split_once("<p>The story.</p>").expect("the task comes before the hints");
    let (_, below) = below.split_once("<div class=\"workbook-hints\">").expect(below);
    let (hints, _) = below.split_once("<h2 id=\"check-yourself\"").expect(below);
    let folds = |text: &str| (text.matches("<details>").count(), text.matches("</details>").count());
    assert_eq!(folds(hints), (5, 5), "two topics with three stages: {hints}");
    assert!(
        hints.contains("<summary>When <code>a::b</code> or <code>E0308</code> fails</summary>"),
        "{hints}"
    );
    assert!(hints.contains("<summary>First &amp; last</summary>"), "{hints}");
    assert!(hints.contains("<code>Vec&lt;u8&gt;</code>, &lt;b&gt;not&lt;/b&gt;"), "{hints}");
    assert!(hints.contains("let a = 1;\n\nlet b = \"# no heading\";</code>"), "{hints}");

    let served = fixture.build(true).unwrap().folder.join("part-1/first-route.html");
    let page = fs::read_to_string(served).unwrap();
    assert!(page.contains("cargo workbook hint first-route") && !page.contains("workbook-hints"), "{page}");
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

    fixture.page("# T\n\n```admonish bug\nA bug.\n```\n");
    let said = fixture.refusal();
    assert!(
        said.contains("first-route.md is of the kind bug") && said.contains("Take another kind"),
        "{said}"
    );

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
fn mdbook_itself_can_run_the_preprocessors() {
    let mut chapter = Chapter::new(
        "T",
        "```pikchr,alt=\"x\"\nbox\n```\n\n```admonish\nhello\n```\n\n```question\nWhy?\n\nanswer: so\n\nBecause.\n```\n".into(),
        "t.md",
        vec![],
    );
    chapter.source_path = Some(PathBuf::from("t.md"));
    let book = Book::new_with_items(vec![BookItem::Chapter(chapter)]);
    let config = "[preprocessor.admonish]\nassets_version = \"3.1.0\"".parse().unwrap();
    let mut wire =
        serde_json::to_vec(&(PreprocessorContext::new("/".into(), config, "html".into()), book)).unwrap();
    for name in ["pictures", "questions", "answers", "exercise", "admonish"] {
        let mut answer = Vec::new();
        preprocess_between(name, wire.as_slice(), &mut answer).unwrap();
        let (context, _): (serde_json::Value, serde_json::Value) = serde_json::from_slice(&wire).unwrap();
        let book: serde_json::Value = serde_json::from_slice(&answer).unwrap();
        wire = serde_json::to_vec(&(context, book)).unwrap();
    }
    let text = String::from_utf8(wire).unwrap();
    assert!(text.contains("<figure class=") && text.contains("admonish-note"), "{text}");
    assert!(text.contains("question-answer"), "{text}");

    assert!(supports("pictures", "html").unwrap() && supports("admonish", "html").unwrap());
    assert!(!supports("pictures", "epub").unwrap());
    assert!(
        format!("{:#}", preprocess_between("nope", [].as_slice(), Vec::new()).unwrap_err())
            .contains("`pictures`, `questions`, `answers`, `exercise`, `admonish`")
    );
    assert!(
        format!("{:#}", preprocess_between("pictures", b"x".as_slice(), Vec::new()).unwrap_err())
            .contains("cargo workbook build")
    );
}

#[test]
fn a_page_that_the_summary_forgot_is_told() {
    let fixture = Fixture::new();
    fixture.write("book/forgotten.md", "# Forgotten\n");
    fixture.write("book/LICENSE-X.md", "No page.\n");
    let problems = fixture.build(false).unwrap().problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].to_string().starts_with("book/forgotten.md: no page of the book"), "{problems:?}");
}
