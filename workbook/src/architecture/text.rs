//! The architecture in words, for the terminal.

use std::collections::BTreeMap;

use layers::Target;

use super::{Architecture, SHOWN};
use crate::terminal::style;

/// Every module in its layer, with what it uses. What breaks a rule is marked, and told in a sentence at the end.
pub fn text(architecture: &Architecture) -> String {
    let Architecture { number, id, title, map, violations, .. } = architecture;
    let mut text = format!("{}  {title}\n", style::bold(&format!("{number} {id}")));
    if !architecture.layered {
        text.push_str("This chapter has no layers: its modules stand side by side.\n");
    }
    for layer in SHOWN {
        let modules: Vec<_> = map.modules.iter().filter(|module| module.layer == layer).collect();
        if modules.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", style::bold(architecture.name_of(layer))));
        for module in modules {
            text.push_str(&format!("  {}\n", module.name));
            text.push_str(&uses(architecture, &module.name));
        }
    }
    if architecture.layered {
        text.push('\n');
        violations.iter().for_each(|told| text.push_str(&format!("{} {}\n", style::bad("✗"), told.message)));
        text.push_str(&match violations.len() {
            0 => style::good("Dependencies point inward."),
            1 => style::bad("1 use breaks a rule."),
            several => style::bad(&format!("{several} uses break a rule.")),
        });
        text.push('\n');
    }
    text
}

/// What one module uses, a line for each module and one for all crates that break no rule. Rust's own crates are no news.
fn uses(architecture: &Architecture, module: &str) -> String {
    let is_rusts_own = |target: &Target| matches!(target, Target::Crate(name) if ["std", "core", "alloc"].contains(&&**name));
    // For each target, where a rule is broken first.
    let mut uses: BTreeMap<&Target, Option<String>> = BTreeMap::new();
    let edges = architecture.map.edges.iter().filter(|edge| edge.from == module);
    for edge in edges.filter(|edge| !is_rusts_own(&edge.to)) {
        let place = architecture.breaks(edge).then(|| format!("{}:{}", edge.file, edge.line));
        let known = uses.entry(&edge.to).or_default();
        *known = known.take().or(place);
    }
    let mut text = String::new();
    let mut crates = Vec::new();
    for (target, place) in &uses {
        match (target, place) {
            (_, Some(place)) => text.push_str(&format!("    {} {target}  {place}\n", style::bad("✗"))),
            (Target::Module(name), None) => text.push_str(&format!("    → {name}\n")),
            (Target::Crate(name), None) => crates.push(name.as_str()),
        }
    }
    if !crates.is_empty() {
        text.push_str(&format!("    crates: {}\n", crates.join(", ")));
    }
    text
}
