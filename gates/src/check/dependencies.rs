//! Gate 6: what a chapter may not depend on, neither itself nor by way of another crate.

use std::{
    collections::{BTreeSet, VecDeque},
    ops::RangeInclusive,
    path::Path,
};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use workbook::course::Chapter;

use super::Failure;

/// Part II builds the domain: it has to be testable, and readable, without a server and a database.
const CHAPTERS: RangeInclusive<u32> = 8..=15;
const FORBIDDEN: [&str; 3] = ["axum", "tokio", "sqlx"];

/// What is wrong with the dependencies of the exercise and of the solution; `None` where there is no rule for the chapter.
/// Cargo is asked for the `graph` of them once.
pub fn check(root: &Path, chapter: &Chapter, graph: &mut Option<Metadata>) -> Result<Option<Vec<Failure>>> {
    if !chapter.number().parse().is_ok_and(|number| CHAPTERS.contains(&number)) {
        return Ok(None);
    }
    let graph: &Metadata = match graph {
        Some(graph) => graph,
        None => {
            let metadata = MetadataCommand::new().current_dir(root).exec();
            graph.insert(metadata.context("`cargo metadata` fails; run it yourself to see why")?)
        }
    };
    let mut failures = Vec::new();
    for (suffix, member) in [("", "exercises"), ("-solution", "solutions")] {
        let package = format!("{}{suffix}", chapter.id);
        for way in FORBIDDEN.iter().filter_map(|name| way(graph, &package, name)) {
            failures.push(Failure::new(
                format!("{package} depends on {}: {}", way[way.len() - 1], way.join(" → ")),
                format!(
                    "take {} out of [dependencies] in {member}/{}/Cargo.toml: the domain of part II knows neither the web nor a database",
                    way[1], chapter.folder
                ),
            ));
        }
    }
    Ok(Some(failures))
}

/// The shortest way from a package to the one with the forbidden name, tests and build scripts left out.
fn way<'a>(graph: &'a Metadata, from: &str, to: &str) -> Option<Vec<&'a str>> {
    let resolve = graph.resolve.as_ref()?;
    let start = graph.workspace_packages().into_iter().find(|package| package.name.as_str() == from)?;
    let mut queue = VecDeque::from([vec![&start.id]]);
    let mut seen = BTreeSet::from([&start.id]);
    while let Some(way) = queue.pop_front() {
        let last = way[way.len() - 1];
        if graph[last].name.as_str() == to {
            return Some(way.into_iter().map(|id| graph[id].name.as_str()).collect());
        }
        for dependency in &resolve[last].deps {
            let is_normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if is_normal && seen.insert(&dependency.pkg) {
                queue.push_back([&way[..], &[&dependency.pkg]].concat());
            }
        }
    }
    None
}
