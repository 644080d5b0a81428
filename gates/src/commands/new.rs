//! `new`: a chapter's skeleton, from a solved one.

use std::collections::BTreeMap;

use anstream::println;
use anyhow::{Context, Result, ensure};
use workbook::{
    commands::Verdict,
    course::{
        Chapter, Course, Files, files, matches,
        rings::{CHAPTER, KEPT},
    },
};

use crate::chain;

/// Makes exercises/NN-id, solutions/NN-id, the page and its line in the summary. The gates are red until all of it is
/// written.
pub fn new(course: &Course, id: &str, from: &str) -> Verdict {
    let from = course.chapter(from)?;
    let is_id = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    ensure!(is_id, "{id:?} is not an id: small letters, digits and hyphens, for example unit-of-work");
    ensure!(course.chapters.iter().all(|other| other.id != id), "there is a chapter {id:?} already");
    let folder = format!("{:02}-{id}", number(course, from)?);

    let mut written = BTreeMap::new();
    let exercise = files::read_all(&from.dir)?;
    let solution = files::read_all(&from.solution_dir)?;
    for (file, bytes) in chain::renamed(&chain::handed_on(&solution), &from.id, id)? {
        written.insert(format!("exercises/{folder}/{file}"), bytes.clone());
        written.insert(format!("solutions/{folder}/{file}"), bytes);
    }
    let desk = format!("use {} as desk;\n", id.replace('-', "_"));
    let ring = format!("//! What this chapter asks for, in the order of its page.\n\n{desk}");
    let kept =
        format!("//! What the chapters before asked for, and what still holds.\n\n{desk}{}", kept(from));
    for (root, text) in [(CHAPTER, ring), (KEPT, kept)] {
        written.insert(format!("exercises/{folder}/{root}"), text.into_bytes());
    }
    let page = format!("{}/{id}.md", from.about.page.rsplit_once('/').map_or("", |(part, _)| part));
    written
        .insert(format!("exercises/{folder}/Cargo.toml"), manifest(&exercise, from, id, &page)?.into_bytes());
    let of_solution = String::from_utf8(solution["Cargo.toml"].clone()).context("a manifest is UTF-8")?;
    let of_solution = names(&of_solution, &from.id, id).replace(&from.folder, &folder);
    let of_solution = with_kept(of_solution, &format!("../../exercises/{folder}/"));
    written.insert(format!("solutions/{folder}/Cargo.toml"), of_solution.into_bytes());
    written.insert(
        format!("exercises/{folder}/hints.md"),
        include_str!("../../templates/hints.md").replace("ID", id).into_bytes(),
    );
    written.insert(
        format!("book/{page}"),
        include_str!("../../templates/page.md").replace("ID", id).replace("FOLDER", &folder).into_bytes(),
    );
    written.insert("book/SUMMARY.md".into(), summary(course, &folder, id, &page)?.into_bytes());

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
fn number(course: &Course, from: &Chapter) -> Result<u32> {
    let numbers: Vec<u32> = course
        .chapters
        .iter()
        .map(|chapter| chapter.number().parse().with_context(|| format!("the number of {}", chapter.folder)))
        .collect::<Result<_>>()?;
    let next: u32 = from.number().parse::<u32>().context("its number")? + 1;
    Ok(if numbers.contains(&next) { numbers.iter().max().map_or(next, |last| last + 1) } else { next })
}

/// The manifest of the exercise before with other names, and with nothing edited, given or red.
fn manifest(exercise: &Files, from: &Chapter, id: &str, page: &str) -> Result<String> {
    let text = String::from_utf8(exercise["Cargo.toml"].clone()).context("a manifest is UTF-8")?;
    let mut lines = Vec::new();
    let (mut in_list, mut in_replaced) = (false, false);
    for line in names(&text, &from.id, id).lines() {
        let key = line.split('=').next().unwrap_or_default().trim();
        if line.starts_with('[') {
            in_replaced = line == "[[package.metadata.workbook.replaced]]";
        }
        if in_replaced {
            continue;
        }
        if in_list {
            in_list = !line.starts_with(']');
            continue;
        }
        lines.push(match key {
            "title" => format!("title = \"{id}\""),
            "page" => format!("page = {page:?}"),
            "from" => format!("from = [{:?}]", from.id),
            "edit" | "given" | "red" => {
                in_list = !line.trim_end().ends_with(']');
                format!("{key} = []")
            }
            _ => line.to_owned(),
        });
    }
    Ok(with_kept(lines.join("\n") + "\n", ""))
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
    let (mut tests, mut helpers) = (BTreeMap::new(), BTreeMap::new());
    for file in files.iter().filter(|file| !file.module.is_empty() && !file.module.contains("::")) {
        let modules = if has_tests(&file.module) { &mut tests } else { &mut helpers };
        // Where both rings have one of this name, the chapter's is the newer one.
        modules.entry(&file.module).or_insert(&file.path);
    }
    let block = |modules: BTreeMap<&String, &String>| -> String {
        let line = |(module, path)| format!("#[path = \"../../{path}\"]\nmod {module};\n");
        modules.into_iter().map(line).collect()
    };
    [helpers, tests]
        .map(block)
        .iter()
        .filter(|block| !block.is_empty())
        .map(|block| format!("\n{block}"))
        .collect()
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
    let text =
        String::from_utf8(files::read(&course.root.join("book/SUMMARY.md"))?).context("it is UTF-8")?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let before = course.chapters.iter().rfind(|chapter| chapter.folder.as_str() < folder);
    let at = before.and_then(|before| lines.iter().position(|line| line.contains(&before.about.page)));
    lines.insert(at.map_or(lines.len(), |at| at + 1), format!("- [{id}]({page})"));
    Ok(lines.join("\n") + "\n")
}
