//! Links that open a file in the learner's editor, at a line.

use std::{
    fs,
    io::ErrorKind,
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::course::files;

/// What opens a file where nothing else is set.
const VS_CODE: &str = "vscode://file/{path}:{line}:{column}";

/// How the learner's editor is asked to open a file of the workbook.
#[derive(Debug, Clone)]
pub struct Editor {
    root: PathBuf,
    template: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Relative to the workbook, with `/`.
    pub file: String,
    /// From 1, as is the column.
    pub line: usize,
    pub column: usize,
    /// Opens the editor there.
    pub link: String,
}

/// `.workbook/config.toml`. What else stands there is for other versions of the tool.
#[derive(Debug, Deserialize)]
struct Settings {
    editor: Option<String>,
}

impl Editor {
    /// VS Code, for the workbook at `root`.
    pub fn usual(root: &Path) -> Self {
        Self { root: root.to_owned(), template: VS_CODE.into() }
    }

    /// The editor that `.workbook/config.toml` names, for instance `editor = "zed://file/{path}:{line}:{column}"`; VS Code where
    /// it names none.
    pub fn load(root: &Path) -> Result<Self> {
        let path = files::private_folder(root).join("config.toml");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::usual(root)),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        Self::parse(root, &text).with_context(|| format!("{} is not in order", path.display()))
    }

    fn parse(root: &Path, text: &str) -> Result<Self> {
        let Some(template) = toml::from_str::<Settings>(text)?.editor else { return Ok(Self::usual(root)) };
        let scheme = template.split_once("://").map_or("", |(scheme, _)| scheme);
        ensure!(
            scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
                && !scheme.eq_ignore_ascii_case("javascript")
                && template.contains("{path}"),
            "its `editor` is not an address with {{path}} in it, such as {VS_CODE:?}"
        );
        Ok(Self { root: root.to_owned(), template })
    }

    /// A place in a file, given relative to the workbook; `None` where that leads out of it.
    pub fn place(&self, file: &str, line: usize, column: usize) -> Option<Place> {
        let file = file.replace('\\', "/");
        // A test file that a ring takes by its path is named from there: `22-x/tests/../../07-y/tests/z.rs`.
        let mut parts = Vec::new();
        for part in Path::new(&file).components() {
            match part {
                Component::Normal(name) => parts.push(name.to_str()?),
                Component::ParentDir => drop(parts.pop()?),
                _ => return None,
            }
        }
        let file = parts.join("/");
        (!file.is_empty()).then(|| {
            let link = self.link(&file, line, column);
            Place { file, line, column, link }
        })
    }

    pub fn link(&self, file: &str, line: usize, column: usize) -> String {
        let path = self.root.join(file).to_string_lossy().replace('\\', "/");
        let path = utf8_percent_encode(&path, &IN_A_PATH).to_string();
        // A path that begins at the root brings its own slash.
        let doubled = self.template.contains("/{path}");
        let path = if doubled { path.trim_start_matches('/') } else { &path };
        self.template
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
            .replace("{path}", path)
    }
}

/// What stands in a path as it is.
const IN_A_PATH: AsciiSet =
    NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    fn link(settings: &str, file: &str) -> String {
        Editor::parse(Path::new("/home/a b/注"), settings).unwrap().place(file, 3, 7).unwrap().link
    }

    #[test]
    fn a_link_names_the_file_the_line_and_the_column() {
        assert_eq!(link("", "src/lib.rs"), "vscode://file/home/a%20b/%E6%B3%A8/src/lib.rs:3:7");
        let idea = "editor = \"idea://open?file={path}&line={line}\"";
        assert_eq!(link(idea, "a&b#c.rs"), "idea://open?file=/home/a%20b/%E6%B3%A8/a%26b%23c.rs&line=3");
    }

    #[test]
    fn a_place_outside_the_workbook_is_none() {
        let editor = Editor::usual(Path::new("/workbook"));
        for file in ["/rustc/1/library/core/src/option.rs", "../secret", "a/../../b", ""] {
            assert_eq!(editor.place(file, 1, 1), None, "{file}");
        }
        assert_eq!(
            editor.place("exercises\\01-x\\src\\lib.rs", 1, 1).unwrap().file,
            "exercises/01-x/src/lib.rs"
        );
        assert_eq!(editor.place("02-y/tests/../../01-x/t.rs", 1, 1).unwrap().file, "01-x/t.rs");
    }

    #[test]
    fn an_editor_that_is_no_address_is_an_error() {
        for editor in ["vim {path}", "vscode://file", "javascript://{path}", "://{path}"] {
            assert!(Editor::parse(Path::new("/"), &format!("editor = {editor:?}")).is_err(), "{editor}");
        }
        assert!(Editor::parse(Path::new("/"), "other = 1").is_ok());
    }
}
