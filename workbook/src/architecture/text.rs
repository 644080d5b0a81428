//! The architecture in words, for the terminal.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use layers::{Edge, Layer, Target};

use super::{Architecture, SHOWN};
use crate::terminal::style;

/// Every module in its layer, with what it uses, or, where that is more than `height` lines, every layer. What breaks a rule is
/// told once, below the module that does it. No line is longer than `width` where its words allow it.
pub fn text(architecture: &Architecture, width: usize, height: usize) -> String {
    let modules = modules(architecture, width);
    if modules.lines().count() <= height {
        return modules;
    }
    let id = &architecture.id;
    layers(architecture, width)
        + &format!(
            "Every module: cargo workbook map {id} | more\nA picture:    cargo workbook map {id} --format svg\n"
        )
}

fn modules(architecture: &Architecture, width: usize) -> String {
    let mut text = head(architecture);
    for layer in SHOWN {
        let modules: Vec<_> =
            architecture.map.modules.iter().filter(|module| module.layer == layer).collect();
        if modules.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", style::bold(architecture.name_of(layer)));
        for module in modules {
            let uses = architecture.map.edges.iter().filter(|edge| edge.from == module.name);
            let uses = uses.filter(|edge| !architecture.breaks(edge)).map(|edge| &edge.to);
            text += &line(&module.name, uses.collect(), width);
            text += &broken(architecture, |edge| edge.from == module.name);
        }
    }
    text + &verdict(architecture)
}

fn layers(architecture: &Architecture, width: usize) -> String {
    let mut text = head(architecture) + "\n";
    let layer_of = |name: &str| architecture.map.module(name).and_then(|module| module.layer);
    let owned: BTreeMap<Option<Layer>, Target> =
        SHOWN.map(|layer| (layer, Target::Module(architecture.name_of(layer).to_owned()))).into();
    for layer in SHOWN {
        let count = architecture.map.modules.iter().filter(|module| module.layer == layer).count();
        if count == 0 {
            continue;
        }
        let edges = architecture.map.edges.iter().filter(|edge| layer_of(&edge.from) == layer);
        let uses = edges.filter(|edge| !architecture.breaks(edge)).filter_map(|edge| match &edge.to {
            Target::Module(to) if layer_of(to) == layer => None,
            Target::Module(to) => owned.get(&layer_of(to)),
            other => Some(other),
        });
        let modules = if count == 1 { "module" } else { "modules" };
        text += &line(&format!("{}, {count} {modules}", architecture.name_of(layer)), uses.collect(), width);
        text += &broken(architecture, |edge| layer_of(&edge.from) == layer);
    }
    text + &verdict(architecture)
}

fn head(Architecture { number, id, title, layered, .. }: &Architecture) -> String {
    let none = if *layered { "" } else { "This chapter has no layers: its modules stand side by side.\n" };
    format!("{}  {title}\n{none}", style::bold(&format!("{number} {id}")))
}

/// `  http::orders → domain::{order, product}, http::error; axum, serde`. Rust's own crates are no news.
fn line(name: &str, uses: BTreeSet<&Target>, width: usize) -> String {
    let (mut modules, mut crates) = (Vec::<(&str, Vec<&str>)>::new(), Vec::new());
    for target in uses {
        match target {
            Target::Module(path) => {
                let (parent, own) = path.rsplit_once("::").unwrap_or(("", path));
                match modules.last_mut().filter(|(last, _)| *last == parent && !parent.is_empty()) {
                    Some((_, names)) => names.push(own),
                    None => modules.push((parent, vec![own])),
                }
            }
            Target::Crate(name) if ["std", "core", "alloc"].contains(&name.as_str()) => {}
            Target::Crate(name) => crates.push(name.as_str()),
        }
    }
    let modules = modules.iter().map(|(parent, names)| match (*parent, &names[..]) {
        ("", [name]) => (*name).to_owned(),
        (parent, [name]) => format!("{parent}::{name}"),
        (parent, names) => format!("{parent}::{{{}}}", names.join(", ")),
    });
    let modules: Vec<_> = modules.collect();
    let mut words = format!("  {name}");
    if !modules.is_empty() {
        words += &format!(" → {}", modules.join(", "));
    }
    if !crates.is_empty() {
        words += &format!("; crates: {}", crates.join(", "));
    }
    wrapped(&words, width)
}

/// Lines of at most `width` columns, all but the first a little to the right.
fn wrapped(words: &str, width: usize) -> String {
    let (mut text, mut used) = ("  ".to_owned(), 2);
    for word in words.trim_start().split(' ') {
        let columns = word.chars().count();
        if used > 6 && used + columns > width {
            text = text.trim_end().to_owned() + "\n      ";
            used = 6;
        }
        text += word;
        text.push(' ');
        used += columns + 1;
    }
    text.trim_end().to_owned() + "\n"
}

/// What of these edges breaks a rule: each pair once, at the first place.
fn broken(architecture: &Architecture, is_meant: impl Fn(&Edge) -> bool) -> String {
    let mut places: Vec<(&Edge, &str, usize)> = Vec::new();
    for told in architecture.violations.iter().filter(|told| is_meant(&told.violation.edge)) {
        let edge = &told.violation.edge;
        match places.iter_mut().find(|(first, ..)| (&first.from, &first.to) == (&edge.from, &edge.to)) {
            Some((.., more)) => *more += 1,
            None => places.push((edge, &told.message, 0)),
        }
    }
    let told = places.into_iter().map(|(_, message, more)| {
        let more = match more {
            0 => String::new(),
            1 => ", and at 1 more place".to_owned(),
            more => format!(", and at {more} more places"),
        };
        format!("    {} {message}{more}\n", style::bad("✗"))
    });
    told.collect()
}

fn verdict(architecture: &Architecture) -> String {
    if !architecture.layered {
        return String::new();
    }
    let verdict = match architecture.violations.len() {
        0 => style::good("Dependencies point inward."),
        1 => style::bad("1 use breaks a rule."),
        several => style::bad(&format!("{several} uses break a rule.")),
    };
    format!("\n{verdict}\n")
}
