//! What a browser may do with a page of the book: run the scripts that the build put there, talk to this server, and nothing else.
//!
//! mdBook writes small scripts into its pages. Each is named by its hash, so that no other script in a page runs, whoever wrote it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use sha2::{Digest, Sha256};

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
    let tokenizer = Tokenizer::new(Scripts::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    // It pauses after each script, for those that write into their page.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

#[derive(Default)]
struct Scripts {
    found: RefCell<BTreeSet<String>>,
    /// The script that is being read, if it is one without an address.
    open: RefCell<Option<String>>,
}

impl TokenSink for Scripts {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tag(&tag),
            Token::CharacterTokens(text) => {
                if let Some(open) = self.open.borrow_mut().as_mut() {
                    open.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl Scripts {
    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        if tag.kind == TagKind::EndTag {
            if &*tag.name == "script" {
                self.found.borrow_mut().extend(self.open.take());
            }
            return TokenSinkResult::Continue;
        }
        match &*tag.name {
            "script" => {
                let has_address = tag.attrs.iter().any(|attribute| &*attribute.name.local == "src");
                *self.open.borrow_mut() = (!has_address).then(String::new);
                TokenSinkResult::RawData(RawKind::ScriptData)
            }
            "style" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }
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
