//! What a maintainer does, with the real tool in a clone of the workbook.

#[path = "../../workbook/tests/support/mod.rs"]
mod support;

use std::{fs, process::Command};

use support::Workbook;

/// The tool as Cargo has just built it.
const TOOL: &str = env!("CARGO_BIN_EXE_gates");

fn git(workbook: &Workbook, arguments: &[&str]) -> String {
    let output = Command::new("git").args(arguments).current_dir(&workbook.root).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn replace(workbook: &Workbook, file: &str, from: &str, to: &str) {
    let text = String::from_utf8(workbook.read(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    workbook.write(file, text.replace(from, to));
}

const LISTENS: &str = "The order desk listens on";
const MENDED: &str = "The order desk is open on";

#[test]
fn a_fix_in_a_solution_reaches_every_later_snapshot() {
    let workbook = Workbook::cloned();
    replace(&workbook, "solutions/02-dtos/src/main.rs", LISTENS, MENDED);

    let carried = workbook.run(&["carry", "dtos"]).expect(0);

    // Those that start from it, or from one that does: part II starts anew.
    let mut reached = vec!["dtos".to_owned()];
    let mut later = Vec::new();
    for chapter in workbook::course::Course::load(&workbook.root).unwrap().chapters {
        if chapter.about.from.iter().any(|from| reached.contains(from)) {
            reached.push(chapter.id.clone());
            later.push(chapter);
        }
    }
    assert!(later.len() >= 4, "{reached:?}");
    for chapter in later {
        for member in ["exercises", "solutions"] {
            let file = format!("{member}/{}/src/main.rs", chapter.folder);
            let text = String::from_utf8(workbook.read(&file)).unwrap();
            assert!(text.contains(MENDED) && !text.contains(LISTENS), "{file}:\n{text}");
            let name = format!("use {}::", chapter.id.replace('-', "_"));
            assert!(text.contains(&name), "{file} names its own crate:\n{text}");
            assert!(carried.out.contains(&file), "{}", carried.out);
        }
    }
}

#[test]
fn a_change_that_conflicts_is_reported_and_leaves_the_tree_as_it_was() {
    let workbook = Workbook::cloned();
    // Chapter 3 moves this code to another file, so git cannot know where the change belongs.
    replace(&workbook, "solutions/02-dtos/src/lib.rs", "\"/users/{id}\"", "\"/people/{id}\"");
    replace(&workbook, "solutions/02-dtos/src/main.rs", LISTENS, MENDED);
    let before = git(&workbook, &["diff"]);

    let carried = workbook.run(&["carry", "dtos"]).expect(1);

    assert!(carried.out.contains("conflict solutions/03-routers-and-state/src/lib.rs"), "{}", carried.out);
    assert!(carried.out.contains("Nothing was written"), "{}", carried.out);
    assert_eq!(git(&workbook, &["diff"]), before);
    assert_eq!(git(&workbook, &["status", "--porcelain", "--untracked-files=all"]).lines().count(), 2);
}

#[test]
fn a_carry_with_nothing_to_carry_or_an_unknown_revision_says_so() {
    let workbook = Workbook::cloned();
    let nothing = workbook.run(&["carry", "dtos"]).expect(2);
    assert!(nothing.err.contains("nothing to carry"), "{}", nothing.err);
    let unknown = workbook.run(&["carry", "dtos", "--base", "no-such-revision"]).expect(2);
    assert!(unknown.err.contains("--base"), "{}", unknown.err);
}

#[test]
fn a_new_chapter_is_a_skeleton_whose_gates_are_red() {
    let workbook = Workbook::cloned();
    workbook.run(&["new", "hexagonal-grids", "--from", "unique-email"]).expect(0);

    let course = workbook::course::Course::load(&workbook.root).unwrap();
    let new = course.chapter("hexagonal-grids").unwrap();
    assert_eq!(new.about.from, ["unique-email"]);
    let summary = String::from_utf8(workbook.read("book/SUMMARY.md")).unwrap();
    assert!(summary.contains(&format!("({})", new.about.page)), "{summary}");

    // It starts from the solved chapter and keeps all of its tests, so nothing is red, and that is what the gate says.
    let checked = workbook.run(&["check", "hexagonal-grids", "--format", "json"]).expect(1);
    let failures = checked.json()["failures"].as_array().unwrap().clone();
    let gates: Vec<_> = failures.iter().map(|failure| failure["gate"].as_u64().unwrap()).collect();
    assert!([1, 3, 8].iter().all(|gate| gates.contains(gate)) && !gates.contains(&4), "{failures:#?}");

    let taken = workbook.run(&["new", "hexagonal-grids", "--from", "dtos"]).expect(2);
    assert!(taken.err.contains("there is a chapter"), "{}", taken.err);
    let odd = workbook.run(&["new", "Hexagons!", "--from", "dtos"]).expect(2);
    assert!(odd.err.contains("is not an id"), "{}", odd.err);
}

#[test]
fn a_new_chapter_takes_the_number_behind_the_one_before_where_it_is_free() {
    let workbook = Workbook::cloned();
    let course = workbook::course::Course::load(&workbook.root).unwrap();
    let [first, second, third, ..] = &course.chapters[..] else { panic!("three chapters") };
    fs::remove_dir_all(&second.dir).unwrap();
    fs::remove_dir_all(&second.solution_dir).unwrap();

    workbook.run(&["new", "hexagons", "--from", &first.id]).expect(0);
    workbook.run(&["new", "octagons", "--from", &first.id]).expect(0);

    let course = workbook::course::Course::load(&workbook.root).unwrap();
    assert_eq!(course.chapter("hexagons").unwrap().number(), second.number());
    assert_eq!(course.chapters.last().unwrap().id, "octagons", "that number is taken");
    let summary = String::from_utf8(workbook.read("book/SUMMARY.md")).unwrap();
    let at = |page: &str| summary.find(page).unwrap_or_else(|| panic!("{page}: {summary}"));
    assert!(at(&first.about.page) < at("hexagons.md") && at("hexagons.md") < at(&third.about.page));
    assert!(at(&third.about.page) < at("octagons.md"), "{summary}");
}
