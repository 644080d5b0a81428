//! Gate 5: each thing that is wrong with a page is reported once, with its mend.

use crate::broken::{failures, one};

#[test]
fn quoted_output_was_really_printed() {
    one(
        "second",
        5,
        "book/part-1/second.md:17 is not what rules::two_doubled_is_four prints",
        "copy that to the page",
    );
    assert!(
        failures("second", 5)[0].0.contains("not yet implemented: return twice 2"),
        "it shows what is printed"
    );
}

#[test]
fn a_page_is_in_the_summary() {
    one("third", 5, "book/SUMMARY.md does not name part-1/third.md", "- [Twice third](part-1/third.md)");
}

#[test]
fn a_page_says_how_to_run_the_exercise() {
    one("fourth", 5, "does not say how to run", "cargo test -p fourth");
}

#[test]
fn a_hint_is_tied_to_something() {
    one("fifth", 5, "neither a test of the chapter nor an error code: rules::tables", "`## …` headings");
}

#[test]
fn a_chapter_has_hints() {
    one("sixth", 5, "exercises/06-sixth/hints.md is no list of hints", "## In general");
}

#[test]
fn a_chapter_has_its_page() {
    one("seventh", 5, "book/part-1/seventh.md cannot be read", "write it");
}

#[test]
fn rust_on_a_page_comes_from_a_crate() {
    one(
        "eighth",
        5,
        "book/part-1/eighth.md:4: Rust in the text comes from a compiled crate",
        "run the check again",
    );
}

#[test]
fn a_transcript_is_what_the_service_answers() {
    one(
        "sixteenth",
        5,
        "book/part-1/sixteenth.md:37 shows what the service does not answer",
        "copy that to the page",
    );
    let answer = &failures("sixteenth", 5)[0].0;
    assert!(
        answer.contains("solved 2 known 11111111-1111-7111-8111-111111111111"),
        "in the words of the page: {answer}"
    );
}

#[test]
fn a_transcript_needs_no_shell() {
    one("seventeenth", 5, "it has a |, which only a shell understands", "one plain curl command");
}

#[test]
fn a_page_with_an_exercise_has_its_chapter_and_every_link_leads_somewhere() {
    let found = failures("", 5);
    assert!(
        found[0].0.contains("book/part-1/orphan.md has an exercise") && found[0].1.contains("page = "),
        "{found:#?}"
    );
    assert!(found[2].0.contains("missing.") && found[2].1.contains("mend the link"), "{found:#?}");
}

#[test]
fn a_name_in_the_domain_is_in_the_glossary() {
    let found = failures("", 5);
    let missing = "book/glossary.md: solutions/19-nineteenth has a public `Roast` in its domain";
    assert!(found[1].0.contains(missing) && found[1].0.contains("behind `In code:`"), "{found:#?}");
}

#[test]
fn a_page_links_the_words_that_its_chapter_brings() {
    one(
        "nineteenth",
        5,
        "book/part-1/nineteenth.md: this chapter brings \"Bean\" into the code",
        "run the check again",
    );
}
