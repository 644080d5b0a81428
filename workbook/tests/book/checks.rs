//! The gates for authors, each rule broken once.

use workbook::book::check_links;

use super::Fixture;

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
fn code_of_an_answer_is_shown_as_it_is_with_the_answer() {
    let fixture = Fixture::new();
    let answer = "It pongs.\nCaught by: health::ping\n\n--- a/solutions/01-a/src/lib.rs\n+++ b/solutions/01-a/src/lib.rs\n\
                  @@ -1,4 +1,7 @@\n fn before() {}\n // ANCHOR: ping\n-fn ping() {}\n+fn pong() {\n+    // ANCHOR: inner\n+    before();\n+    // ANCHOR_END: inner\n+}\n // ANCHOR_END: ping\n";
    let name = "solutions/01-a/wrong-answers/pong.diff";
    fixture.write(name, &answer.replace("@@ -1,4 +1,7 @@", "@@ -1,4 +1,8 @@"));
    let page = |anchor: &str| {
        fixture.page(&format!("# T\n\n```rust\n{{{{#include ../../{name}{anchor}}}}}\n```\n"));
        fixture.include_problems()
    };
    assert_eq!(page(":ping"), [""; 0]);
    assert!(fixture.built_page().contains("fn pong() {\n    before();\n}"), "{}", fixture.built_page());
    assert_eq!(page(":inner"), [""; 0]);

    let one = |anchor: &str, says: &str| {
        let problems = page(anchor);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].starts_with("book/part-1/first-route.md:4: ") && problems[0].contains(says),
            "{problems:?}"
        );
    };
    one(":pang", "pong.diff has no `ANCHOR: pang`");
    one(":3", "names lines");
    fixture.write("solutions/01-a/src/lib.rs", "fn another() {}\n");
    one(":ping", "does not apply to solutions/01-a/src/lib.rs");
    fixture.write(name, "Only words.\n");
    one(":ping", "is no difference to the solution");
    std::fs::remove_file(fixture.root().join(name)).unwrap();
    one(":ping", "does not exist");

    // The difference itself is no Rust.
    fixture.write(name, &answer.replace("ANCHOR", "A"));
    fixture.page(&format!("# T\n\n```diff\n{{{{#include ../../{name}}}}}\n```\n"));
    assert_eq!(fixture.include_problems(), [""; 0]);
    assert!(fixture.built_page().contains("+fn pong() {"), "{}", fixture.built_page());
    one("", "belongs to no crate");
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
        .filter(|broken| broken.file.ends_with("first-route.html"))
        .map(|broken| broken.message.split(' ').nth(2).unwrap().to_owned())
        .collect();
    links.sort();
    assert_eq!(
        links,
        ["#no-place", "../../../out.html", "../welcome.html#no-place", "no.png", "nowhere.html"]
    );
}
