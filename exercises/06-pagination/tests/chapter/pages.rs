//! The catalogue comes in pages, and while somebody turns them, others change it.

use axum::{
    Router,
    http::{Method, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rstest::rstest;
use serde_json::json;
use testkit::{Answer, get, post, request, send};

use crate::{
    page::{open, stock},
    service::{Scratch, app, app_on},
};

/// Puts a product into the catalogue.
async fn offer(app: &Router, name: &str, sku: &str) {
    let product = json!({ "sku": sku, "name": name, "price_cents": 990 });
    let created = send(app, post("/products", &product)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.body);
}

/// Takes a product out of the catalogue.
async fn take_away(app: &Router, sku: &str) {
    let deleted =
        send(app, request(Method::DELETE, &format!("/products/{sku}"))).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.body);
}

/// A catalogue with these names in it. The sku of each is its name in small letters.
async fn catalogue(names: &[&str]) -> Router {
    let app = app();
    for name in names {
        offer(&app, name, &name.to_lowercase()).await;
    }
    app
}

/// Opens this page and all that follow, and gives the skus of each.
async fn walk(app: &Router, first: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        assert!(pages.len() < 100, "the pages end somewhere: {pages:?}");
        let page = open(app, &path).await;
        pages.push(page.skus);
        next = page.next;
    }
    pages
}

/// The cursor in a link.
fn cursor(link: &str) -> &str {
    let (_, after) = link
        .split_once("after=")
        .unwrap_or_else(|| panic!("a link has a cursor, `after`: {link}"));
    after.split('&').next().unwrap_or_default()
}

#[tokio::test]
async fn empty_catalogue_is_one_empty_page() {
    let answer = send(&app(), get("/products")).await;

    assert_eq!(
        (answer.status, answer.json()),
        (StatusCode::OK, json!({ "items": [], "next": null }))
    );
}

// ANCHOR: pages
#[tokio::test]
async fn links_lead_to_the_last_page() {
    let app = catalogue(&["Sumatra", "Antigua", "Moka", "Harrar", "Java"]).await;

    let first = open(&app, "/products?limit=2").await;
    assert_eq!(first.skus, ["antigua", "harrar"], "the first page");
    let second = open(&app, first.link()).await;
    assert_eq!(second.skus, ["java", "moka"], "the second page");
    let last = open(&app, second.link()).await;
    assert_eq!(last.skus, ["sumatra"], "the last page");
    assert_eq!(last.next, None, "nothing follows");
}
// ANCHOR_END: pages

#[tokio::test]
async fn page_shows_whole_products_and_the_link_to_the_next_page() {
    let app = catalogue(&["Harrar", "Antigua"]).await;

    let page = send(&app, get("/products?limit=1")).await.json();

    let antigua =
        json!({ "sku": "antigua", "name": "Antigua", "price_cents": 990 });
    assert_eq!(page, json!({ "items": [antigua], "next": page["next"] }));
    let link = page["next"].as_str().unwrap_or_default();
    assert!(
        link.starts_with("/products?") && link.contains("limit=1"),
        "another page follows, with the same limit: {page}"
    );
}

#[tokio::test]
async fn link_leads_to_the_same_page_every_time() {
    let app = catalogue(&["Antigua", "Harrar", "Java"]).await;
    let first = open(&app, "/products?limit=1").await;

    for _ in 0..3 {
        assert_eq!(open(&app, first.link()).await.skus, ["harrar"]);
    }
}

// ANCHOR: full
#[tokio::test]
async fn full_last_page_has_no_next() {
    let app = catalogue(&["Antigua", "Harrar", "Java", "Moka"]).await;

    let first = open(&app, "/products?limit=2").await;
    let last = open(&app, first.link()).await;

    assert_eq!(last.skus, ["java", "moka"]);
    assert_eq!(last.next, None, "a link would lead to an empty page");
}
// ANCHOR_END: full

// ANCHOR: added
#[tokio::test]
async fn product_added_between_pages_moves_no_other() {
    let app = catalogue(&["Antigua", "Harrar", "Java", "Moka"]).await;
    let first = open(&app, "/products?limit=2").await;

    offer(&app, "Aceh", "aceh").await;
    offer(&app, "Kona", "kona").await;

    let second = open(&app, first.link()).await;
    assert_eq!(first.skus, ["antigua", "harrar"]);
    assert_eq!(
        second.skus,
        ["java", "kona"],
        "Aceh belongs before what was read, Kona behind it"
    );
}
// ANCHOR_END: added

// ANCHOR: deleted
#[tokio::test]
async fn product_deleted_between_pages_hides_no_other() {
    let app = catalogue(&["Antigua", "Harrar", "Java", "Moka"]).await;
    let first = open(&app, "/products?limit=2").await;

    take_away(&app, "antigua").await;

    let second = open(&app, first.link()).await;
    assert_eq!(second.skus, ["java", "moka"], "nobody has seen Java yet");
}
// ANCHOR_END: deleted

#[tokio::test]
async fn products_that_stay_are_seen_once_while_others_come_and_go() {
    let app = app();
    for sku in ["b", "d", "f", "h"] {
        offer(&app, "House blend", sku).await;
    }
    let mut page = open(&app, "/products?limit=1").await;
    let mut seen = page.skus.clone();

    // Before each further page, one of the same name comes before the place, one behind it, and the last one read goes.
    for (before, behind) in [("a", "c"), ("a2", "e"), ("c2", "g"), ("d2", "i")] {
        offer(&app, "House blend", before).await;
        offer(&app, "House blend", behind).await;
        take_away(&app, &page.skus[0]).await;
        page = open(&app, page.link()).await;
        seen.extend(page.skus.clone());
    }

    assert_eq!(seen, ["b", "c", "d", "e", "f"], "in pages of one");
}

// ANCHOR: gone
#[tokio::test]
async fn cursor_of_deleted_product_still_works() {
    let app = catalogue(&["Antigua", "Harrar", "Java", "Moka"]).await;
    let first = open(&app, "/products?limit=2").await;

    for sku in first.skus {
        take_away(&app, &sku).await;
    }

    let second = open(&app, first.next.as_deref().expect("a link")).await;
    assert_eq!(second.skus, ["java", "moka"], "a cursor is a place, and no row");
}
// ANCHOR_END: gone

#[tokio::test]
async fn page_past_the_last_product_is_empty() {
    let app = catalogue(&["Antigua", "Harrar", "Java"]).await;
    let first = open(&app, "/products?limit=2").await;
    take_away(&app, "java").await;

    let past = send(&app, get(first.link())).await;

    assert_eq!(
        (past.status, past.json()),
        (StatusCode::OK, json!({ "items": [], "next": null })),
        "what was to come is gone"
    );
}

// ANCHOR: ties
#[rstest]
#[case::one_by_one(1)]
#[case::in_twos(2)]
#[case::in_threes(3)]
#[tokio::test]
async fn equal_names_are_ordered_by_sku(#[case] limit: usize) {
    let app = app();
    offer(&app, "House blend ", "a").await;
    for sku in ["house-b", "house-a", "10", "house-c", "9", "house-B"] {
        offer(&app, "House blend", sku).await;
    }
    offer(&app, "Espresso", "zzz").await;

    let pages = walk(&app, &format!("/products?limit={limit}")).await;

    let ordered =
        ["zzz", "10", "9", "house-B", "house-a", "house-b", "house-c", "a"];
    let expected: Vec<&[&str]> = ordered.chunks(limit).collect();
    assert_eq!(
        pages, expected,
        "Espresso, then all that are called House blend, then the name with a blank at its end"
    );
}
// ANCHOR_END: ties

/// An index changes what a page costs, and not what is on it.
#[tokio::test]
async fn order_is_the_same_without_the_index() {
    let scratch = Scratch::new();
    let pool = scratch.backwards();
    let dropped = sqlx::raw_sql("DROP INDEX products_by_name").execute(&pool);
    dropped.await.expect("an index of this name");
    let app = app_on(pool);
    for sku in ["house-b", "house-a", "house-d", "house-c"] {
        offer(&app, "House blend", sku).await;
    }

    let pages = walk(&app, "/products?limit=3").await;

    let expected: [&[&str]; 2] = [&["house-a", "house-b", "house-c"], &["house-d"]];
    assert_eq!(pages, expected, "by their skus");
}

// ANCHOR: scripts
#[tokio::test]
async fn names_are_ordered_byte_by_byte() {
    // In the order of Unicode's numbers, which is that of the bytes in UTF-8.
    let names = [
        "100%",
        "Java",
        "Zimt",
        "java",
        "Äthiopien",
        "Ägypten",
        "мокко",
        "موكا",
        "☕",
        "エチオピア",
        "咖啡",
        "ﾓｶ",
        "🫘",
    ];
    let mut ordered = names.to_vec();
    ordered.sort_unstable();
    let app = app();
    for name in names {
        offer(&app, name, name).await;
    }

    for limit in [1, 2, 5] {
        let pages = walk(&app, &format!("/products?limit={limit}")).await;
        assert_eq!(pages.concat(), ordered, "in pages of {limit}");
    }
}
// ANCHOR_END: scripts

#[tokio::test]
async fn link_works_for_any_name_and_sku() {
    let odd = [
        "a&limit=100",
        "b#c",
        "c=d+e f",
        "h, i|j",
        "dark\nroast",
        "e/f?g",
        "f\"g\\h'i",
        "g%20h",
        ">>>>>>",
        "??????",
        "[\"products\",\"x\"]",
        "\u{1}",
        "☕ 🫘",
        " tea",
        "tea",
        "tea ",
        "TEA",
    ];
    let mut ordered = odd.to_vec();
    ordered.sort_unstable();
    let app = app();
    for text in odd {
        offer(&app, text, text).await;
    }

    let pages = walk(&app, "/products?limit=1").await;

    assert_eq!(pages.concat(), ordered);
}

// ANCHOR: opaque
#[tokio::test]
async fn cursor_is_base64url_without_padding() {
    let app = catalogue(&["Äthiopien & Kenia", "☕", "🫘"]).await;

    let mut path = "/products?limit=1".to_owned();
    for _ in 0..2 {
        let link = open(&app, &path).await.link().to_owned();
        let cursor = cursor(&link);
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(cursor.len() > 1 && cursor.chars().all(fits), "in {link}");
        path = link;
    }
}
// ANCHOR_END: opaque

#[tokio::test]
async fn longest_name_and_sku_fit_into_a_link() {
    let app = app();
    // What JSON needs most characters for.
    let longest = "\u{1}".repeat(199);
    for last in ["a", "b"] {
        let text = longest.clone() + last;
        offer(&app, &text, &text).await;
    }

    let pages = walk(&app, "/products?limit=1").await;

    let last = |sku: &String| sku.chars().last();
    let found: Vec<_> = pages.concat().iter().filter_map(last).collect();
    assert_eq!(found, ['a', 'b'], "the last letters of both");
}

#[rstest]
#[case::letters(&"x".repeat(201))]
#[case::letters_of_two_bytes(&"é".repeat(101))]
#[tokio::test]
async fn name_or_sku_over_200_bytes_is_422(
    #[values("sku", "name")] field: &str,
    #[case] long: &str,
) {
    let mut product = json!({ "sku": "x", "name": "x", "price_cents": 1 });
    product[field] = long.into();

    let answer = send(&app(), post("/products", &product)).await;

    assert_eq!(
        (answer.status, &answer.json()["field"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
        "200 bytes are the most: {}",
        answer.body
    );
}

/// Holds that this parameter of the query is refused: with 400, and a problem document that names it.
#[track_caller]
fn refused(answer: &Answer, parameter: &str, value: &str) {
    assert_eq!(
        (answer.status, answer.header(header::CONTENT_TYPE)),
        (StatusCode::BAD_REQUEST, "application/problem+json"),
        "`{parameter}={value}` does not fit, and the answer is {}",
        answer.body
    );
    let problem = answer.json();
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(detail.contains(parameter), "which one does not fit? {problem}");
}

// ANCHOR: limits
#[rstest]
#[case::nothing("0")]
#[case::less_than_nothing("-1")]
#[case::one_more_than_the_most("101")]
#[case::all_there_is("99999999999999999999")]
#[case::a_word("abc")]
#[case::a_half("1.5")]
#[case::a_whole_number_with_a_point("5.0")]
#[case::no_number("")]
#[case::one_after_8_bits("257")]
#[case::one_after_16_bits("65537")]
#[case::one_after_32_bits("4294967297")]
#[case::one_after_64_bits("18446744073709551617")]
#[case::one_before_8_bits("-255")]
#[case::one_before_16_bits("-65535")]
#[tokio::test]
async fn limit_outside_1_to_100_is_400(#[case] limit: &str) {
    let app = catalogue(&["Antigua"]).await;

    let answer = send(&app, get(&format!("/products?limit={limit}"))).await;

    refused(&answer, "limit", limit);
}
// ANCHOR_END: limits

#[rstest]
#[case::nobody_says_how_many("/products", 20)]
#[case::one("/products?limit=1", 1)]
#[case::the_most("/products?limit=100", 100)]
#[tokio::test]
async fn page_has_as_many_items_as_the_limit(
    #[case] path: &str,
    #[case] items: usize,
) {
    let scratch = Scratch::new();
    let pool = scratch.pool();
    stock(&pool, 201).await;
    let app = app_on(pool);

    let first = open(&app, path).await;
    let second = open(&app, first.link()).await;

    assert_eq!((first.skus.len(), second.skus.len()), (items, items));
    assert_eq!(second.skus[0], format!("{:06}", items + 1), "the next product");
    let after = format!("/products?after={}", cursor(first.link()));
    let second = open(&app, &after).await;
    assert_eq!(second.skus.len(), 20, "without a limit, there are 20 items");
}

// ANCHOR: forged
#[rstest]
#[case::nothing("")]
#[case::a_number("2")]
#[case::a_sku("harrar")]
#[case::not_base64("*")]
#[case::base64_of_bytes("_____w")]
#[case::base64_of_text("aGFycmFy")]
#[case::base64_of_a_list("WyJIYXJyYXIiLCJoYXJyYXIiXQ")]
#[case::base64_of_an_object("eyJuYW1lIjoiSGFycmFyIiwic2t1IjoiaGFycmFyIn0")]
#[case::base64_of_numbers("WyJwcm9kdWN0cyBieSBuYW1lLCAxIiwxLDJd")]
#[case::base64_without_a_sku("WyJwcm9kdWN0cyBieSBuYW1lLCAxIiwiSGFycmFyIl0")]
#[case::base64_of_a_list_name("WyJwcm9kdWN0cyBieSBuYW1lLCAxIl0")]
#[case::of_another_list("WyJ1c2VycyBieSBuYW1lLCAxIiwiSGFycmFyIiwiaGFycmFyIl0")]
#[case::in_the_standard_alphabet("Pz8/Pj4+")]
#[tokio::test]
async fn forged_cursor_is_400(#[case] forged: &str) {
    let app = catalogue(&["Antigua", "Harrar", "Java"]).await;

    let answer =
        send(&app, get(&format!("/products?limit=2&after={forged}"))).await;

    refused(&answer, "after", forged);
}
// ANCHOR_END: forged

#[tokio::test]
async fn truncated_or_extended_cursor_is_400() {
    let app = catalogue(&["Antigua", "Harrar", "Java"]).await;
    let first = open(&app, "/products?limit=2").await;
    let whole = cursor(first.link());

    let shorter = (0..whole.len()).map(|end| whole[..end].to_owned());
    let longer =
        ["A", "=", "AAAA", "+", "%20", whole].map(|more| format!("{whole}{more}"));
    for broken in shorter.chain(longer) {
        let answer = send(&app, get(&format!("/products?after={broken}"))).await;
        refused(&answer, "after", &broken);
    }
}

#[tokio::test]
async fn cursor_in_the_standard_alphabet_is_400() {
    // Such names and skus have both of the characters inside that differ.
    let names = (0..20).map(|n| ">?".repeat(n) + "~~~???");
    let app = app();
    for name in names {
        offer(&app, &name, &name).await;
    }
    let mut page = open(&app, "/products?limit=1").await;

    let mut refusals = 0;
    while let Some(link) = page.next {
        assert!(refusals < 20, "the pages end somewhere");
        let standard = cursor(&link).replace('-', "%2B").replace('_', "/");
        if standard != cursor(&link) {
            let answer =
                send(&app, get(&format!("/products?after={standard}"))).await;
            refused(&answer, "after", &standard);
            refusals += 1;
        }
        page = open(&app, &link).await;
    }
    assert!(refusals > 0, "a cursor has `-` or `_` in it");
}

/// Name and sku are digits here. So the letters inside a cursor say which list it is of, and which value is which.
#[tokio::test]
async fn cursor_says_which_list_it_is_of() {
    let app = app();
    offer(&app, "1", "2").await;
    offer(&app, "3", "4").await;
    let first = open(&app, "/products?limit=1").await;
    let inside = BASE64_URL_SAFE_NO_PAD.decode(cursor(first.link()));
    let inside = inside.expect("base64url without padding");

    let is_letter = |&at: &usize| inside[at].is_ascii_alphabetic();
    let letters: Vec<usize> = (0..inside.len()).filter(is_letter).collect();
    assert!(!letters.is_empty(), "a cursor has the name of its list inside");
    for at in letters {
        let mut other = inside.clone();
        other[at] = if other[at] == b'x' { b'y' } else { b'x' };
        let text = String::from_utf8_lossy(&other).into_owned();
        let forged = BASE64_URL_SAFE_NO_PAD.encode(other);
        let answer = send(&app, get(&format!("/products?after={forged}"))).await;
        refused(&answer, "after", &text);
    }
}
