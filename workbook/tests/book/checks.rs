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
