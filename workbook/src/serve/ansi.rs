//! What the compiler prints for a terminal, as HTML: spans with classes, so that the page's themes choose the colours and no
//! inline style is needed.

use std::fmt::Write;

use anstream::adapter::WinconBytes;
use anstyle::{Ansi256Color, Color, Effects, Style};

use crate::book::escape;

/// `text` with its ANSI codes as HTML. Everything that is not a colour or a weight is left out, and all else is escaped: the
/// result holds no element but `span`, none inside another, and no attribute but `class`.
///
/// The classes are `ansi-` and `bold`, `dimmed`, `italic`, `underline` or a colour: `red`, `bright-red`, and so on.
pub fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for (style, part) in WinconBytes::new().extract_next(text.as_bytes()) {
        let classes = classes(style);
        if classes.is_empty() {
            html.push_str(&escape(&part));
        } else {
            let _ = write!(html, "<span class=\"{}\">{}</span>", classes.join(" "), escape(&part));
        }
    }
    html
}

fn classes(style: Style) -> Vec<String> {
    let effects = [
        (Effects::BOLD, "bold"),
        (Effects::DIMMED, "dimmed"),
        (Effects::ITALIC, "italic"),
        (Effects::UNDERLINE, "underline"),
    ];
    let has = style.get_effects();
    let named = effects.into_iter().filter(|(effect, _)| has.contains(*effect)).map(|(_, name)| name.into());
    named.chain(style.get_fg_color().and_then(colour)).map(|name: String| format!("ansi-{name}")).collect()
}

/// One of the sixteen colours that have names. Others stay as the text around them.
fn colour(colour: Color) -> Option<String> {
    const NAMES: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    let index = match colour {
        Color::Ansi(named) => Ansi256Color::from_ansi(named).index(),
        Color::Ansi256(colour) => colour.index(),
        Color::Rgb(_) => return None,
    };
    let bright = if index < 8 { "" } else { "bright-" };
    (index < 16).then(|| format!("{bright}{}", NAMES[usize::from(index % 8)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_classes() {
        let printed = "\x1b[1m\x1b[38;5;9merror[E0308]\x1b[0m\x1b[1m: no\x1b[0m\n \x1b[34m|\x1b[0m plain\n";
        assert_eq!(
            html(printed),
            "<span class=\"ansi-bold ansi-bright-red\">error[E0308]</span><span class=\"ansi-bold\">: no</span>\n \
             <span class=\"ansi-blue\">|</span> plain\n"
        );
    }

    #[test]
    fn markup_in_what_was_printed_is_text() {
        let sly = "</pre><script>alert('1')</script>\x1b[31m\" onclick=\"x\x1b[0m&amp;";
        assert_eq!(
            html(sly),
            "&lt;/pre&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\
             <span class=\"ansi-red\">&quot; onclick=&quot;x</span>&amp;amp;"
        );
    }

    #[test]
    fn what_is_no_colour_is_left_out() {
        assert_eq!(
            html("\x1b[2J\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\\x1b[38;2;1;2;3mrgb\x1b[0m\x07"),
            "linkrgb"
        );
        assert_eq!(html("注文 désk"), "注文 désk");
    }
}
