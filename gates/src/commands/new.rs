//! `new`: a chapter's skeleton, from a solved one.

use std::{collections::BTreeMap, path::Path};

use anstream::println;
use anyhow::{Context, Result, ensure};
use regex::Regex;
use workbook::{
    commands::Verdict,
    course::{
        Chapter, Course, files, matches,
        rings::{CHAPTER, KEPT},
    },
};

use crate::check::chain;

/// Makes exercises/NN-id, solutions/NN-id, the page and its line in the summary. The gates are red until all of it is
/// written.
pub fn new(course: &Course, id: &str, from: &str) -> Verdict {
    let from = course.chapter(from)?;
    let is_id = Regex::new("^[a-z][a-z0-9-]*$")?.is_match(id);
    ensure!(is_id, "{id:?} is not an id: small letters, digits and hyphens, for example unit-of-work");
    ensure!(course.chapters.iter().all(|other| other.id != id), "there is a chapter {id:?} already");
    let folder = format!("{:02}-{id}", number(course, from));

    let of_exercise = read(&from.dir.join("Cargo.toml"))?;
    let of_solution = read(&from.solution_dir.join("Cargo.toml"))?;
    let of_solution = names(&of_solution, &from.id, id).replace(&from.folder, &folder);
    let page = format!("{}/{id}.md", from.about.page.rsplit_once('/').map_or("", |(part, _)| part));
    let desk = format!("use {} as desk;\n", id.replace('-', "_"));

    let mut written = BTreeMap::new();
    let solved = chain::handed_on(&files::read_all(&from.solution_dir)?);
    for (file, bytes) in chain::renamed(&solved, &from.id, id)? {
        written.insert(format!("exercises/{folder}/{file}"), bytes.clone());
        written.insert(format!("solutions/{folder}/{file}"), bytes);
    }
    let exercise = |file: &str| format!("exercises/{folder}/{file}");
    let kept = kept(from);
    let (hints, text) = (include_str!("../../templates/hints.md"), include_str!("../../templates/page.md"));
    for (file, text) in [
        (exercise(CHAPTER), format!("//! What this chapter asks for, in the order of its page.\n\n{desk}")),
        (
            exercise(KEPT),
            format!("//! What the chapters before asked for, and what still holds.\n\n{desk}{kept}"),
        ),
        (exercise("Cargo.toml"), manifest(&of_exercise, from, id, &page)?),
        (
            format!("solutions/{folder}/Cargo.toml"),
            with_kept(of_solution, &format!("../../{}", exercise(""))),
        ),
        (exercise("hints.md"), hints.replace("ID", id)),
        (format!("book/{page}"), text.replace("ID", id).replace("FOLDER", &folder)),
        ("book/SUMMARY.md".to_owned(), summary(course, &folder, id, &page)?),
    ] {
        written.insert(file, text.into_bytes());
    }

    for (file, bytes) in &written {
        files::write(&course.root.join(file), bytes)?;
        println!("  {file}");
    }
    println!(
        "Next: title, minutes, kind, engine, edit, given and red in exercises/{folder}/Cargo.toml; then \
         cargo gates check {id} names what is missing."
    );
    Ok(true)
}

/// The number behind that of the chapter before, where nobody has it; else the one behind the last chapter's.
fn number(course: &Course, from: &Chapter) -> u32 {
    // A folder without one is no chapter's.
    let number = |chapter: &Chapter| chapter.number().parse::<u32>().unwrap_or_default();
    let (next, last) = (number(from) + 1, course.chapters.iter().map(number).max().unwrap_or_default());
    if course.chapters.iter().any(|chapter| number(chapter) == next) { last + 1 } else { next }
}

fn read(path: &Path) -> Result<String> {
    String::from_utf8(files::read(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// The manifest of the exercise before with other names, and with nothing edited, given, red or replaced.
fn manifest(text: &str, from: &Chapter, id: &str, page: &str) -> Result<String> {
    let mut manifest = names(text, &from.id, id);
    for (key, value) in [
        (r"(?m)^title = .*$", format!("title = \"{id}\"")),
        (r"(?m)^page = .*$", format!("page = {page:?}")),
        (r"(?m)^from = .*$", format!("from = [{:?}]", from.id)),
        (r"(?ms)^(edit|given|red) = \[.*?\]$", "$1 = []".to_owned()),
        (r"(?m)^\[\[package\.metadata\.workbook\.replaced\]\]\n(?:(?:[^\[\n].*)?\n)*", String::new()),
    ] {
        manifest = Regex::new(key)?.replace_all(&manifest, value).into_owned();
    }
    Ok(with_kept(manifest, ""))
}

/// The manifest with the target for the kept ring, which the first chapter of all does not have.
fn with_kept(manifest: String, exercise: &str) -> String {
    let target = format!("name = \"kept\"\npath = \"{exercise}{KEPT}\"\n");
    if manifest.contains(&target) { manifest } else { format!("{manifest}\n[[test]]\n{target}") }
}

/// The modules of the kept ring: all of the rings of the chapter before, what helps first.
fn kept(from: &Chapter) -> String {
    let files = [from.ring(CHAPTER), from.ring(KEPT)].concat();
    let has_tests = |module: &str| files.iter().any(|file| file.has_tests && matches(module, &file.module));
    let mut modules = [BTreeMap::new(), BTreeMap::new()];
    for file in files.iter().filter(|file| !file.module.is_empty() && !file.module.contains("::")) {
        // Where both rings have one of this name, the chapter's is the newer one.
        modules[usize::from(has_tests(&file.module))].entry(&file.module).or_insert(&file.path);
    }
    let mut text = String::new();
    for modules in modules.iter().filter(|modules| !modules.is_empty()) {
        text.push('\n');
        for (module, path) in modules {
            text += &format!("#[path = \"../../{path}\"]\nmod {module};\n");
        }
    }
    text
}

/// The package's and the library's name, wherever a manifest says them.
fn names(text: &str, from: &str, id: &str) -> String {
    let quoted = |name: &str| format!("\"{name}\"");
    // The library first: without a hyphen in it, its name is the package's too.
    let library = |id: &str| format!("[lib]\nname = \"{}\"", id.replace('-', "_"));
    text.replace(&library(from), &library(id))
        .replace(&quoted(from), &quoted(id))
        .replace(&format!("\"{from}-solution\""), &format!("\"{id}-solution\""))
}

/// The summary with a line for the page, behind that of the chapter with the number before.
fn summary(course: &Course, folder: &str, id: &str, page: &str) -> Result<String> {
    let text = read(&course.root.join("book/SUMMARY.md"))?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let before = course.chapters.iter().rfind(|chapter| chapter.folder.as_str() < folder);
    let at = before.and_then(|before| lines.iter().position(|line| line.contains(&before.about.page)));
    lines.insert(at.map_or(lines.len(), |at| at + 1), format!("- [{id}]({page})"));
    Ok(lines.join("\n") + "\n")
}
