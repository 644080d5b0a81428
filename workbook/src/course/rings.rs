//! The two rings of a chapter's tests: what the chapter asks for, and what of the chapters before still holds. The `mod`
//! lines of a ring's root, and of the files below it, say which files it is made of.

use std::{collections::BTreeSet, path::Path};

use syn::{Expr, ExprLit, Item, ItemMod, Lit};

use super::{
    Chapter,
    files::{self, joined},
    matches,
};

/// The roots, below the folder of the exercise. A chapter without one before it has no [`KEPT`].
pub const CHAPTER: &str = "tests/chapter/main.rs";
pub const KEPT: &str = "tests/kept.rs";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingFile {
    /// From `exercises/` on: `05-sqlite-crud/tests/chapter/product_delete.rs`.
    pub path: String,
    /// Its module within the target: `contract::evil`. Empty for the root.
    pub module: String,
    /// Whether a test stands in it; if none does, it helps others.
    pub has_tests: bool,
}

impl RingFile {
    /// The folder of the chapter that brought it: `05-sqlite-crud`.
    pub fn folder(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// As `replaced` of a manifest names it: `sqlite-crud/delete` for what stands below `tests/chapter`, otherwise
    /// `fat-handlers/given/staff`.
    pub fn name(&self) -> String {
        let (folder, below) = self.path.split_once("/tests/").unwrap_or((&self.path, ""));
        let id = folder.split_once('-').map_or(folder, |(_, id)| id);
        let module =
            below.strip_prefix("chapter/").unwrap_or(below).trim_end_matches(".rs").trim_end_matches("/mod");
        format!("{id}/{module}")
    }
}

impl Chapter {
    /// The files of the ring with this root, in the order of the `mod` lines, each file before those that it takes in. What
    /// is not there or is no Rust is left out: the compiler says so.
    pub fn ring(&self, root: &str) -> Vec<RingFile> {
        ring(&self.dir, root)
    }

    /// The files of other exercises that its rings take in, from `exercises/` on.
    pub fn borrowed(&self) -> BTreeSet<String> {
        let both = [CHAPTER, KEPT].into_iter().flat_map(|root| self.ring(root));
        both.filter(|file| file.folder() != self.folder).map(|file| file.path).collect()
    }
}

/// The files of the ring with this root in the folder of an exercise: see [`Chapter::ring`].
pub fn ring(exercise: &Path, root: &str) -> Vec<RingFile> {
    let mut ring = Vec::new();
    if let (Some(exercises), Some(folder)) = (exercise.parent(), exercise.file_name()) {
        let root = format!("{}/{root}", folder.to_string_lossy());
        read(exercises, &root, String::new(), true, &mut ring);
    }
    ring
}

/// The file of a ring in which a test of this name stands.
pub fn file_of<'a>(ring: &'a [RingFile], test: &str) -> Option<&'a RingFile> {
    let with_tests = ring.iter().filter(|file| file.has_tests);
    let above = with_tests.filter(|file| file.module.is_empty() || matches(&file.module, test));
    above.max_by_key(|file| file.module.len())
}

/// `is_mod_rs`: its modules stand beside it, and not in a folder of its name.
fn read(exercises: &Path, path: &str, module: String, is_mod_rs: bool, ring: &mut Vec<RingFile>) {
    let bytes = files::read(&exercises.join(path)).ok();
    let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else { return };
    // Most files take in no others, and to parse them all would cost more than the rest of a run.
    let file = text.contains("mod ").then(|| syn::parse_file(&text).ok()).flatten();
    let items = file.map(|file| file.items).unwrap_or_default();
    ring.push(RingFile { path: path.to_owned(), module: module.clone(), has_tests: has_tests(&text) });
    let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = if is_mod_rs { beside } else { path.trim_end_matches(".rs") };
    modules(exercises, (beside, below), &module, &items, ring);
}

/// A path in `#[path]` counts from `beside`; without one a module stands `below`.
fn modules(
    exercises: &Path,
    (beside, below): (&str, &str),
    outer: &str,
    items: &[Item],
    ring: &mut Vec<RingFile>,
) {
    for item in items {
        let Item::Mod(item) = item else { continue };
        let name = item.ident.to_string();
        let module = if outer.is_empty() { name.clone() } else { format!("{outer}::{name}") };
        let folder = format!("{below}/{name}");
        match (&item.content, path_of(item)) {
            (Some((_, items)), _) => modules(exercises, (&folder, &folder), &module, items, ring),
            (None, Some(path)) => read(exercises, &joined(beside, &path), module, true, ring),
            (None, None) if exercises.join(format!("{folder}.rs")).is_file() => {
                read(exercises, &format!("{folder}.rs"), module, false, ring);
            }
            (None, None) => read(exercises, &format!("{folder}/mod.rs"), module, true, ring),
        }
    }
}

/// `x.rs` of `#[path = "x.rs"] mod x;`.
fn path_of(item: &ItemMod) -> Option<String> {
    item.attrs.iter().find_map(|attribute| match &attribute.meta.require_name_value().ok()?.value {
        Expr::Lit(ExprLit { lit: Lit::Str(path), .. }) if attribute.path().is_ident("path") => {
            Some(path.value())
        }
        _ => None,
    })
}

pub fn has_tests(text: &str) -> bool {
    const MARKS: [&str; 4] = ["#[test]", "#[tokio::test", "#[rstest", "#[apply("];
    text.lines().any(|line| MARKS.iter().any(|mark| line.trim_start().starts_with(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::tests::MONEY;

    fn chapter(files: &[(&str, &str)]) -> (tempfile::TempDir, Chapter) {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            files::write(&root.path().join("exercises").join(path), text.as_bytes()).unwrap();
        }
        let chapter = Chapter::parse(root.path(), "09-money", MONEY).unwrap();
        (root, chapter)
    }

    #[test]
    fn a_ring_is_what_its_mod_lines_say() {
        let (_root, chapter) = chapter(&[
            (
                "09-money/tests/kept.rs",
                "use money as desk;\n#[path = \"../../08-email/tests/chapter/contract/mod.rs\"]\npub mod contract;\n#[path = \"support/service.rs\"]\nmod service;\nmod tests { mod inner; }\nmod nowhere;",
            ),
            ("09-money/tests/support/service.rs", "mod below;"),
            ("09-money/tests/support/below.rs", "mod far;"),
            ("09-money/tests/support/below/far.rs", ""),
            ("09-money/tests/tests/inner.rs", "#[rstest]\nfn a() {}"),
            (
                "08-email/tests/chapter/contract/mod.rs",
                "mod users;\n#[path = \"../../../../01-first/tests/x.rs\"]\nmod x;",
            ),
            ("08-email/tests/chapter/contract/users.rs", "    #[tokio::test(start)]\n    async fn a() {}"),
            ("01-first/tests/x.rs", "// #[test]\nlet a = \"mod no;\";"),
        ]);
        let ring = chapter.ring(KEPT);
        let all: Vec<_> =
            ring.iter().map(|file| (file.path.as_str(), file.module.as_str(), file.has_tests)).collect();
        assert_eq!(
            all,
            [
                ("09-money/tests/kept.rs", "", false),
                ("08-email/tests/chapter/contract/mod.rs", "contract", false),
                ("08-email/tests/chapter/contract/users.rs", "contract::users", true),
                ("01-first/tests/x.rs", "contract::x", false),
                ("09-money/tests/support/service.rs", "service", false),
                ("09-money/tests/support/below.rs", "service::below", false),
                ("09-money/tests/support/below/far.rs", "service::below::far", false),
                ("09-money/tests/tests/inner.rs", "tests::inner", true),
            ]
        );
        assert_eq!(chapter.ring(CHAPTER), []);
        let borrowed = [
            "01-first/tests/x.rs",
            "08-email/tests/chapter/contract/mod.rs",
            "08-email/tests/chapter/contract/users.rs",
        ];
        assert_eq!(chapter.borrowed(), borrowed.map(str::to_owned).into());

        let file = |test: &str| file_of(&ring, test).map(|file| file.folder());
        assert_eq!(file("contract::users::a::case_1"), Some("08-email"));
        assert_eq!((file("contract::users_of::a"), file("service::a")), (None, None));
        let names: Vec<_> = ring[..4].iter().map(RingFile::name).collect();
        assert_eq!(names, ["money/kept", "email/contract", "email/contract/users", "first/x"]);
    }
}
