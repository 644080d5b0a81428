//! Imports point one way: no module of the tools imports one that imports it, straight or by way of others.
//!
//! A folder's `mod.rs`, which is its face, and what stands in the folder may know each other. So may a crate's root and its modules.

use std::{collections::BTreeMap, path::Path};

use layers::{Map, Target};

/// The modules that each module uses, itself and those around or below it left out.
fn uses(map: &Map) -> BTreeMap<&str, Vec<&str>> {
    let mut uses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for edge in &map.edges {
        let (from, Target::Module(to)) = (edge.from.as_str(), &edge.to) else { continue };
        let holds = |outer: &str, inner: &str| outer == "lib" || inner.starts_with(&format!("{outer}::"));
        if !holds(from, to) && !holds(to, from) {
            uses.entry(from).or_default().push(to);
        }
    }
    uses
}

/// A way from `start` back to it, if there is one.
fn circle<'a>(uses: &BTreeMap<&'a str, Vec<&'a str>>, start: &'a str) -> Option<String> {
    let mut ways = vec![vec![start]];
    let mut seen = Vec::new();
    while let Some(way) = ways.pop() {
        for &next in uses.get(way[way.len() - 1]).into_iter().flatten() {
            if next == start {
                return Some([way, vec![start]].concat().join(" → "));
            }
            if !seen.contains(&next) {
                seen.push(next);
                ways.push([way.clone(), vec![next]].concat());
            }
        }
    }
    None
}

#[test]
fn no_module_imports_one_that_imports_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for name in ["workbook", "gates", "layers", "testkit-postgres", "local-postgres"] {
        let map = layers::read(root.join(name)).unwrap();
        let uses = uses(&map);
        let circles: Vec<String> = uses.keys().filter_map(|start| circle(&uses, start)).collect();
        assert!(circles.is_empty(), "{name}:\n{}", circles.join("\n"));
    }
}

/// `commands → learner, watch, serve → runner, terminal, book, architecture → course`, each to those after it.
#[test]
fn the_folders_of_the_workbook_stand_one_above_the_other() {
    const FOLDERS: [&str; 12] = [
        "main",
        "cli",
        "commands",
        "watch",
        "serve",
        "learner",
        "architecture",
        "terminal",
        "runner",
        "book",
        "course",
        "lib",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let map = layers::read(root.join("workbook")).unwrap();
    let place = |module: &str| {
        let folder = module.split("::").next().unwrap();
        let place = FOLDERS.iter().position(|known| *known == folder);
        place.unwrap_or_else(|| panic!("{folder} is new: give it its place among {FOLDERS:?}"))
    };
    let upward: Vec<String> = map
        .edges
        .iter()
        .filter_map(|edge| match &edge.to {
            Target::Module(to) if edge.from != "lib" && place(&edge.from) > place(to) => {
                Some(format!("{}:{}: {} uses {to}", edge.file, edge.line, edge.from))
            }
            _ => None,
        })
        .collect();
    assert!(upward.is_empty(), "{}", upward.join("\n"));
}
