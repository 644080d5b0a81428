//! What a page loads and a reader has no use for: the comments and the indentation of scripts and styles, and the search before anybody
//! searches. Its scripts wait in a template, which the browser does not run; `search.js` of the theme gets them when they are wanted.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::course::files;

/// The first and the last script of mdBook's search, which stand in a page one after the other.
const SEARCH: [&str; 2] = ["elasticlunr-", "searcher-"];
const TEMPLATE: &str = "<template id=\"workbook-search\">";
/// Beginnings of the names of files that are small already, or hold no line that could be spared.
const AS_IT_IS: [&str; 2] = ["highlight-", "searchindex-"];

pub(super) fn lighten(folder: &Path) -> Result<()> {
    let cannot =
        || format!("{} could not be made lighter. Free some space, then build again", folder.display());
    for path in files::below(folder, |_| true)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_light = name.contains(".min.") || AS_IT_IS.iter().any(|start| name.starts_with(start));
        let light: fn(&str) -> Option<String> = match path.extension().and_then(|kind| kind.to_str()) {
            Some("html") => without_search,
            Some("js" | "css") if !is_light => |text| Some(without_comments(text)),
            _ => continue,
        };
        if let Some(text) = light(&fs::read_to_string(&path).with_context(cannot)?) {
            fs::write(&path, text).with_context(cannot)?;
        }
    }
    Ok(())
}

/// A page whose scripts for the search wait; `None` where it has none.
fn without_search(page: &str) -> Option<String> {
    let [first, last] = SEARCH.map(|name| page.rfind(name));
    let start = page[..first?].rfind("<script")?;
    let end = last? + page[last?..].find("</script>")? + "</script>".len();
    let scripts = page.get(start..end)?;
    Some(format!("{}{TEMPLATE}{scripts}</template>{}", &page[..start], &page[end..]))
}

/// A script or style sheet without the lines that are comments and without indentation. Every line stays where it was, so that a
/// browser names the lines of the source.
fn without_comments(text: &str) -> String {
    let mut light = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let line = line.trim();
        // What begins with `/*!` is a licence.
        let begins = line.starts_with("/*") && !line.starts_with("/*!");
        let is_comment = in_comment
            || line.starts_with("//")
            || (begins && (line.ends_with("*/") || !line.contains("*/")));
        in_comment = (in_comment || begins) && !line.contains("*/");
        light.push_str(if is_comment { "" } else { line });
        light.push('\n');
    }
    light
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_comments_and_indentation_go_and_no_line_moves() {
        let script = "/** Adds.\n *  Both. */\nfunction add(a, b) {\n  // Sure.\n  return a + b; // really\n}\n/* a */ one();\nlet url = \"https://x\";\n";
        assert_eq!(
            without_comments(script),
            "\n\nfunction add(a, b) {\n\nreturn a + b; // really\n}\n/* a */ one();\nlet url = \"https://x\";\n"
        );
        assert_eq!(
            without_comments("/*! MIT */\n/* a\n b */\n  a { b: c }\n"),
            "/*! MIT */\n\n\na { b: c }\n"
        );
    }

    #[test]
    fn the_search_waits_and_everything_else_stays() {
        let page = "<script src=\"a.js\"></script>\n  <script src=\"../elasticlunr-1.min.js\"></script>\n<script src=\"../mark-1.min.js\"></script>\n\
                    <script src=\"../searcher-1.js\"></script>\n<script src=\"b.js\"></script>";
        let light = without_search(page).unwrap();
        let (before, rest) = light.split_once(TEMPLATE).unwrap();
        let (waiting, after) = rest.split_once("</template>").unwrap();
        assert_eq!(
            (before, after),
            ("<script src=\"a.js\"></script>\n  ", "\n<script src=\"b.js\"></script>")
        );
        assert_eq!(waiting.matches("<script src=").count(), 3);
        assert_eq!(without_search("<p>no search</p>"), None);
    }
}
