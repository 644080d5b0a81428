//! What a browser may do with a page of the book: run the scripts that the build put there, talk to this server, and nothing else.
//!
//! mdBook writes small scripts into its pages. Each is named by its hash, so that no other script in a page runs, whoever wrote it.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use html5gum::Token;
use sha2::{Digest, Sha256};

use crate::book;

/// Adds the policy to a page; what is no page goes through as it is. `framed` is for the one page that others show in a frame, where
/// there are no scripts: the table of contents.
pub(super) async fn with_policy(response: Response, framed: bool) -> Response {
    let is_page =
        response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "The page could not be read. Reload it.\n")
            .into_response();
    };
    // mdBook's page for what does not exist names its own base, since it is shown at any depth.
    let base = if parts.status == StatusCode::NOT_FOUND { "'self'" } else { "'none'" };
    let ancestors = if framed { "'self'" } else { "'none'" };
    let policy = policy(&String::from_utf8_lossy(&body), base, ancestors);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        parts.headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    Response::from_parts(parts, Body::from(body))
}

fn policy(page: &str, base: &str, ancestors: &str) -> String {
    let hashes: String = inline_scripts(page)
        .iter()
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    // Styles: mdBook and the pictures write them into the page.
    format!(
        "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri {base}; \
         form-action 'none'; frame-ancestors {ancestors}"
    )
}

/// The scripts that stand in a page, each once.
fn inline_scripts(page: &str) -> BTreeSet<String> {
    let (mut found, mut open) = (BTreeSet::new(), None);
    for token in book::tokens(page) {
        match token {
            // One with an address is not read here.
            Token::StartTag(tag) if &tag.name[..] == b"script" => {
                open = (!tag.attributes.contains_key(&b"src"[..])).then(String::new);
            }
            Token::String(text) => {
                if let Some(open) = &mut open {
                    open.push_str(&book::text(&text));
                }
            }
            Token::EndTag(tag) if &tag.name[..] == b"script" => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_of_a_page_are_named_and_no_others() {
        let page = "<title><script>no</script></title><script>one()</script><script src=\"x.js\"></script>\
                    <style>a > b { content: '<script>' }</style><pre>&lt;script&gt;</pre>\
                    <script>if (a < b) { two('</p>') }\r\n</script><SCRIPT>one()</SCRIPT>";
        let found: Vec<_> = inline_scripts(page).into_iter().collect();
        assert_eq!(found, ["if (a < b) { two('</p>') }\n", "one()"]);
    }

    #[test]
    fn a_hash_is_the_one_that_browsers_compute() {
        // The example of the specification.
        let policy = policy("<script>alert('Hello, world.');</script>", "'none'", "'none'");
        assert!(
            policy.contains("script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';"),
            "{policy}"
        );
        assert!(!policy.split("style-src").next().unwrap().contains("unsafe"), "{policy}");
    }
}
