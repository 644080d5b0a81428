//! Reads built pages as a browser does.

use html5gum::{DefaultEmitter, HtmlString, Token, Tokenizer};

/// The tags and the text of a page. What stands in a script or a style is text, even where it looks like markup.
pub fn tokens(page: &str) -> impl Iterator<Item = Token> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(page, emitter).flatten()
}

pub fn text(html: &HtmlString) -> String {
    String::from_utf8_lossy(html).into_owned()
}

/// `text` as HTML and SVG show it, in an attribute too: no character of it is markup any more.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
