//! The rule that dependencies point inward.

use std::fmt;

use serde::Serialize;

use crate::map::{Edge, Layer, Map, Target, is_rusts_own};

/// What is allowed between layers: dependencies point inward, always, and an `impl` that could stand further inside stands
/// there. Crates can be kept out of a layer on top of that.
///
/// A module without a layer may use all and be used by all. So what goes through one, from the domain to an adapter, is
/// not seen: keep every module in a layer.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    denied: Vec<(Layer, String)>,
    /// Each with all crates that it may use.
    allowed: Vec<(Layer, Vec<String>)>,
}

/// A use or an `impl` that breaks a rule. It is printed as `src/domain/order.rs:3: domain may not use adapters::sqlite:
/// dependencies point inward`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    pub edge: Edge,
    pub kind: Kind,
    /// The layer of the module that it is written in.
    pub layer: Layer,
    /// The rule, in words.
    pub rule: String,
}

/// What it is that breaks a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One of [`Map::edges`].
    Use,
    /// One of [`Map::strays`].
    Impl,
}

impl Rules {
    /// Dependencies point inward; every crate is welcome everywhere.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps these crates out of `layer`. A crate may be named as in `Cargo.toml` or as in code.
    #[must_use]
    pub fn deny(mut self, layer: Layer, crates: &[&str]) -> Self {
        self.denied.extend(crates.iter().map(|name| (layer, name.replace('-', "_"))));
        self
    }

    /// Lets no crates into `layer` but these and Rust's own (`std`, `core`, `alloc`). A crate may be named as in `Cargo.toml`
    /// or as in code.
    #[must_use]
    pub fn allow_only(mut self, layer: Layer, crates: &[&str]) -> Self {
        self.allowed.push((layer, crates.iter().map(|name| name.replace('-', "_")).collect()));
        self
    }

    /// The rule that this edge breaks, with the layer it starts from.
    fn broken(&self, map: &Map, edge: &Edge) -> Option<(Layer, String)> {
        let layer = map.module(&edge.from)?.layer?;
        let rule = match &edge.to {
            Target::Module(to) => {
                let to = map.module(to)?.layer?;
                match (layer, to) {
                    _ if layer.may_use(to) => return None,
                    (Layer::Http, Layer::Adapters) | (Layer::Adapters, Layer::Http) => {
                        "http and adapters meet in main alone".to_owned()
                    }
                    _ => "dependencies point inward".to_owned(),
                }
            }
            Target::Crate(name) => {
                let denied = self.denied.iter().any(|(of, denied)| *of == layer && denied == name);
                let list = self.allowed.iter().find(|(of, list)| *of == layer && !list.contains(name));
                match list {
                    _ if denied => format!("{name} is kept out of {layer}"),
                    Some((_, list)) if !is_rusts_own(name) => {
                        format!("{layer} uses no crates but {}", list.join(", "))
                    }
                    _ => return None,
                }
            }
        };
        Some((layer, rule))
    }
}

impl Map {
    /// All that breaks a rule, in the order of their files and lines.
    pub fn violations(&self, rules: &Rules) -> Vec<Violation> {
        let uses = self.edges.iter().filter_map(|edge| {
            let (layer, rule) = rules.broken(self, edge)?;
            Some(Violation { edge: edge.clone(), kind: Kind::Use, layer, rule })
        });
        let strays = self.strays.iter().filter_map(|edge| {
            let layer = self.module(&edge.from)?.layer?;
            let rule = "all that it names is further inside".to_owned();
            Some(Violation { edge: edge.clone(), kind: Kind::Impl, layer, rule })
        });
        let mut found: Vec<_> = uses.chain(strays).collect();
        found.sort_by(|a, b| a.edge.cmp(&b.edge));
        found
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Edge { file, line, to, .. } = &self.edge;
        let what = match to {
            Target::Module(name) if matches!(name.as_str(), "lib" | "main") => format!("the root, {name}.rs"),
            Target::Module(name) => name.clone(),
            Target::Crate(name) => format!("the crate {name}"),
        };
        let does = match self.kind {
            Kind::Use => "use",
            Kind::Impl => "hold an impl for",
        };
        write!(f, "{file}:{line}: {} may not {does} {what}: {}", self.layer, self.rule)
    }
}
