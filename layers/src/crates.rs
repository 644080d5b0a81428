//! The crates that a crate depends on, and those that they bring along.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::Path,
};

use crate::{
    error::Error,
    manifest::{Manifest, in_code},
};

/// What a crate depends on. All names are as in code: `tower_http`.
#[derive(Debug, Clone)]
pub struct Crates {
    /// What the crate's own `Cargo.toml` names for the program, in the order of their names. What only its tests or its
    /// build script need is not among them.
    pub direct: Vec<Dependency>,
    /// From each crate in `Cargo.lock` to those it depends on.
    graph: BTreeMap<String, BTreeSet<String>>,
}

/// One line of `Cargo.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    /// Counted from 1.
    pub line: usize,
}

/// Reads `Cargo.toml` in `crate_dir`, and the `Cargo.lock` there or in the nearest folder above.
///
/// The lock holds what any feature, system or member of the workspace needs, and two versions of one crate count as one:
/// so a way that [`Crates::way`] finds may be taken by nobody, but none is missing.
///
/// # Errors
/// When one of the two cannot be read.
pub fn crates(crate_dir: impl AsRef<Path>) -> Result<Crates, Error> {
    let dir = crate_dir.as_ref();
    let holds_the_lock = |folder: &&Path| folder.join("Cargo.lock").is_file();
    let manifest = Manifest::parse(&text(dir, "Cargo.toml")?);
    let lock = text(dir.ancestors().find(holds_the_lock).unwrap_or(dir), "Cargo.lock")?;

    let named = |(name, line): (&String, &usize)| {
        let name = manifest.crates.get(name).unwrap_or(name).clone();
        Dependency { name, line: *line }
    };
    let mut direct: Vec<_> = manifest.lines.iter().map(named).collect();
    direct.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Crates { direct, graph: graph(&lock) })
}

fn text(folder: &Path, file: &str) -> Result<String, Error> {
    fs::read_to_string(folder.join(file))
        .map_err(|source| Error::Unreadable { file: file.to_owned(), source })
}

/// Cargo writes one name or dependency a line.
fn graph(lock: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut of = String::new();
    for line in lock.lines() {
        if let Some(name) = line.strip_prefix("name = ") {
            of = in_code(name);
            graph.entry(of.clone()).or_default();
        } else if let Some(name) = line.strip_prefix(" \"") {
            let end = name.find([' ', '"']).unwrap_or(name.len());
            graph.entry(of.clone()).or_default().insert(in_code(&name[..end]));
        }
    }
    graph
}

impl Crates {
    /// A shortest way on which the crate `from` brings the crate `to` along, with both ends; none if it does not. A crate
    /// may be named as in `Cargo.toml` or as in code.
    pub fn way(&self, from: &str, to: &str) -> Option<Vec<&str>> {
        let (start, _) = self.graph.get_key_value(&in_code(from))?;
        let to = in_code(to);
        let mut came_from: BTreeMap<&str, Option<&str>> = BTreeMap::from([(start.as_str(), None)]);
        let mut open = VecDeque::from([start.as_str()]);
        while let Some(here) = open.pop_front() {
            if here == to {
                let mut way: Vec<_> =
                    std::iter::successors(Some(here), |step| came_from.get(step).copied().flatten())
                        .collect();
                way.reverse();
                return Some(way);
            }
            for next in self.graph.get(here).into_iter().flatten() {
                came_from.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    Some(here)
                });
            }
        }
        None
    }
}
