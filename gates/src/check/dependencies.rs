//! Gate 6: what a chapter may not depend on, neither itself nor by way of another crate.

use std::{
    collections::{BTreeSet, VecDeque},
    ops::RangeInclusive,
    path::Path,
};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};
use workbook::course::Chapter;

use super::Failure;

/// Part II builds the domain: it has to be testable, and readable, without a server and a database.
const CHAPTERS: RangeInclusive<u32> = 8..=15;
const FORBIDDEN: [&str; 3] = ["axum", "tokio", "sqlx"];

/// Whether there is a rule for a chapter.
pub fn has_rule(chapter: &Chapter) -> bool {
    chapter.number().parse().is_ok_and(|number| CHAPTERS.contains(&number))
}

pub fn graph(root: &Path) -> Result<Metadata> {
    let metadata = MetadataCommand::new().current_dir(root).exec();
    metadata.context("`cargo metadata` fails; run it yourself to see why")
}

/// What is wrong with the dependencies of the exercise and of the solution of a chapter that has the rule.
pub fn check(chapter: &Chapter, graph: &Metadata) -> Vec<Failure> {
    let packages = [(chapter.id.clone(), "exercises"), (format!("{}-solution", chapter.id), "solutions")];
    let mut failures = Vec::new();
    for (package, folder) in &packages {
        for way in FORBIDDEN.iter().filter_map(|name| way(graph, package, name)) {
            let manifest = format!("{folder}/{}/Cargo.toml", chapter.folder);
            failures.push(Failure::new(
                format!("{package} depends on {}: {}", way[way.len() - 1], way.join(" → ")),
                format!(
                    "take {} out of [dependencies] in {manifest}: the domain of part II knows neither the web nor a database",
                    way[1]
                ),
            ));
        }
    }
    failures
}

/// The shortest way from a package to the one with the forbidden name, tests and build scripts left out.
fn way(graph: &Metadata, from: &str, to: &str) -> Option<Vec<String>> {
    let nodes = &graph.resolve.as_ref()?.nodes;
    let name = |id: &PackageId| {
        graph.packages.iter().find(|package| &package.id == id).map(|package| package.name.to_string())
    };
    let start = graph.workspace_packages().into_iter().find(|package| package.name.as_str() == from)?;
    let mut queue = VecDeque::from([vec![start.id.clone()]]);
    let mut seen = BTreeSet::from([start.id.clone()]);
    while let Some(way) = queue.pop_front() {
        let last = way.last()?;
        if name(last).as_deref() == Some(to) {
            return way.iter().map(name).collect();
        }
        let Some(node) = nodes.iter().find(|node| &node.id == last) else { continue };
        for dependency in &node.deps {
            let is_normal = dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
            if is_normal && seen.insert(dependency.pkg.clone()) {
                queue.push_back([way.clone(), vec![dependency.pkg.clone()]].concat());
            }
        }
    }
    None
}
