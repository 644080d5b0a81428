//! A picture's text becomes SVG that takes its colours from the page's theme.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use pikchr::{Pikchr, PikchrFlags};
use regex::{Captures, Regex};

use super::{fences::Mistake, html::escape};

/// The colours a picture may name. Each has a number of its own that nobody would choose, so that it can be found again in
/// what pikchr wrote; the theme's CSS gives it its meaning, in light and in dark.
const PALETTE: [(&str, u32, &str); 7] = [
    ("highlight", 1, "var(--picture-highlight)"),
    ("tint", 2, "var(--picture-tint)"),
    ("muted", 3, "var(--picture-muted)"),
    ("panel", 4, "var(--picture-panel)"),
    ("paper", 5, "var(--bg)"),
    ("good", 6, "var(--picture-good)"),
    ("bad", 7, "var(--picture-bad)"),
];

/// The size of letters in a picture's own units, as in the theme's CSS: as large as pikchr's boxes have room for.
const LETTERS: f64 = 18.0;
const LETTERS_OF_PAGE: f64 = 16.0;
/// A wider picture cannot be read on a phone: at 320 px its letters would shrink below 8 px.
const WIDEST: f64 = 640.0;

/// Draws `source`. The result is one line of SVG that a screen reader reads as `alt`.
pub fn draw(source: &str, alt: &str) -> Result<String, Mistake> {
    // pikchr's binding never frees what it drew. A book that is rebuilt at every save would grow by all its pictures each time.
    static DRAWN: LazyLock<Mutex<HashMap<String, Result<String, Mistake>>>> = LazyLock::new(Mutex::default);
    let mut drawn = DRAWN.lock().unwrap_or_else(|broken| broken.into_inner());
    let svg = drawn.entry(source.to_owned()).or_insert_with(|| render(source)).clone()?;
    Ok(svg.replacen("<svg", &format!(r#"<svg role="img" aria-label="{}""#, escape(alt)), 1))
}

fn render(source: &str) -> Result<String, Mistake> {
    // All on one line with the picture's first, so that pikchr counts lines as the author does.
    let names: String = PALETTE.iter().map(|(name, number, _)| format!("{name}={number};")).collect();
    let svg = Pikchr::render(&format!("{names}{source}"), None, PikchrFlags::default())
        .map_err(|said| explain(&said))?
        .rendered()
        .to_owned();
    let whole = |message: &str| (0, message.to_owned());
    let parts = PICTURE.captures(&svg).ok_or_else(|| {
        whole("the picture is empty, or prints text: draw at least one object and leave `print` out")
    })?;
    let (Ok(width), Ok(height)) = (parts[1].parse::<f64>(), parts[2].parse::<f64>()) else {
        return Err(whole("the picture has no size: leave `scale` out"));
    };
    if width > WIDEST {
        return Err(whole(&format!(
            "the picture is {width:.0} wide, and {WIDEST:.0} is the most that can be read on a phone: go `down`, or make the boxes narrower"
        )));
    }
    let body = theme(&parts[3]).map_err(|colour| {
        let names: Vec<_> = PALETTE.iter().map(|(name, ..)| *name).collect();
        whole(&format!(
            "{colour} does not follow the reader's theme: use one of {}, or no colour",
            names.join(", ")
        ))
    })?;
    let shown = LETTERS_OF_PAGE / LETTERS;
    Ok(format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{:.0}" height="{:.0}" viewBox="0 0 {width} {height}">{body}"#,
        width * shown,
        height * shown
    ))
}

static PICTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)^<svg[^>]* viewBox="0 0 ([^ "]*) ([^"]*)"[^>]*>(.*)"#).expect("a constant")
});

/// Styles become attributes, because a page may forbid inline styles but not those; numbers of the palette become its colours;
/// lines are joined, because in Markdown an empty line would end the block.
fn theme(svg: &str) -> Result<String, String> {
    static STYLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"style="([^"]*)""#).expect("a constant"));
    static COLOUR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#""rgb\(([\d,]+)\)""#).expect("a constant"));
    let svg = STYLE.replace_all(svg, |style: &Captures<'_>| {
        let pairs = style[1].split(';').filter_map(|pair| pair.split_once(':'));
        pairs
            .map(|(key, value)| format!(r#"{}="{}""#, key.trim(), value.trim()))
            .collect::<Vec<_>>()
            .join(" ")
    });
    let mut stranger = None;
    let svg = COLOUR.replace_all(&svg, |rgb: &Captures<'_>| {
        let css = match &rgb[1] {
            "0,0,0" => Some("currentColor"),
            "255,255,255" => Some("var(--bg)"),
            own => PALETTE.iter().find(|colour| own == format!("0,0,{}", colour.1)).map(|colour| colour.2),
        };
        stranger = stranger.take().or_else(|| css.is_none().then(|| format!("the colour rgb({})", &rgb[1])));
        format!("\"{}\"", css.unwrap_or_default())
    });
    let joined = svg.lines().map(str::trim).collect::<String>();
    stranger.map_or(Ok(joined), Err)
}

/// pikchr shows the lines before the mistake, each with its number, marks the word with `^^^`, then says what it is.
fn explain(said: &str) -> Mistake {
    let (shown, message) = said.split_once("ERROR: ").unwrap_or(("", said));
    let mut lines = shown.trim_end().lines().rev();
    let (marks, text) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let line = text.split_once("/* ").and_then(|(_, rest)| rest.split("*/").next()?.trim().parse().ok());
    let word = marks.find('^').and_then(|start| text.get(start..marks.trim_end().len()));
    let message = message.lines().next().unwrap_or_default().trim();
    let near = word.map(str::trim).filter(|word| !word.is_empty()).map(|word| format!(" at `{word}`"));
    let near = near.unwrap_or_default();
    (line.unwrap_or(0), format!("{message}{near} (the language is described at https://pikchr.org)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_from_the_theme_and_no_style_is_left() {
        let svg = draw("box \"a\" color highlight fill tint\narrow\nbox \"b & c\"", "A then B").unwrap();
        assert!(
            svg.contains("var(--picture-highlight)")
                && svg.contains("var(--picture-tint)")
                && svg.contains("currentColor"),
            "{svg}"
        );
        assert!(!svg.contains("rgb(") && !svg.contains("style=") && !svg.contains('\n'), "{svg}");
        assert!(svg.contains("&amp;"), "{svg}");
        assert!(svg.starts_with(r#"<svg role="img" aria-label="A then B" "#), "{svg}");
    }

    #[test]
    fn the_alternative_text_cannot_leave_its_attribute() {
        assert!(
            draw("box", r#"a "b" <c> & d"#)
                .unwrap()
                .contains(r#"aria-label="a &quot;b&quot; &lt;c&gt; &amp; d""#)
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let (line, message) = draw("box \"a\"\n\nbxo \"b\"", "x").unwrap_err();
        assert_eq!(line, 3, "{message}");
        assert!(message.starts_with("syntax error at `\"b\"`"), "{message}");
    }

    #[test]
    fn what_no_reader_could_see_is_refused() {
        assert!(draw("box color red", "x").unwrap_err().1.contains("rgb(255,0,0)"));
        assert!(draw("# nothing", "x").unwrap_err().1.contains("empty"));
        assert!(
            draw("box; arrow; box; arrow; box; arrow; box; arrow; box", "x").unwrap_err().1.contains("wide")
        );
    }
}
