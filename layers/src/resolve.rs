//! From a path as it is written to the module that holds what it names.

use crate::{
    scope::{Binding, Scope, Written},
    tree::Tree,
};

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A module itself.
    Module(usize),
    /// Something in this module.
    In(usize),
    /// A crate, or something in it.
    Crate(String),
}

/// Where a path is written: in a module, and in blocks of it, from the outside in.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub module: usize,
    pub blocks: &'a [Scope],
}

/// What a name may stand for, by what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The end of a `use`.
    Any,
    /// Something that more parts follow.
    Container,
    /// The end of a path in code.
    Thing,
}

/// Names that are being looked up, so that names that stand for each other come to an end.
struct Trail {
    open: Vec<(*const Scope, String)>,
    steps: usize,
}

/// No sensible path takes more steps; the globs of a strange crate could multiply without end.
const STEPS: usize = 10_000;

impl Tree {
    /// What the path at the end of a `use` names. Never nothing, but for a name that stands for itself.
    pub fn resolve_use(&self, at: At<'_>, path: &Written) -> Option<Found> {
        self.walk(at, path, Wanted::Any, &mut Trail { open: Vec::new(), steps: 0 })
    }

    /// What a path in code names, if that is known.
    pub fn resolve_code(&self, at: At<'_>, path: &Written) -> Option<Found> {
        self.walk(at, path, Wanted::Thing, &mut Trail { open: Vec::new(), steps: 0 })
    }

    /// The `use` that brings `name`, by that name.
    pub fn brought<'a>(&'a self, at: At<'a>, name: &str) -> Option<&'a Written> {
        self.bindings(at, name)?.iter().find_map(|binding| match binding {
            Binding::Use(path) => Some(path),
            _ => None,
        })
    }

    /// Whether the module or a block around declares `name` itself, not by a `*`.
    pub fn is_bound(&self, at: At<'_>, name: &str) -> bool {
        self.bindings(at, name).is_some()
    }

    fn bindings<'a>(&'a self, at: At<'a>, name: &str) -> Option<&'a Vec<Binding>> {
        let module = &self.nodes[at.module].scope;
        at.blocks.iter().rev().chain([module]).find_map(|scope| scope.names.get(name))
    }

    fn walk(&self, at: At<'_>, path: &Written, end: Wanted, trail: &mut Trail) -> Option<Found> {
        let wanted = |part: usize| if part + 1 < path.parts.len() { Wanted::Container } else { end };
        let mut found = self.start(at, path, wanted(0), end == Wanted::Any, trail)?;
        for (part, name) in path.parts.iter().enumerate().skip(1) {
            let Found::Module(module) = found else { break };
            found = match name.as_str() {
                "self" => found,
                "super" => Found::Module(self.nodes[module].parent?),
                name => {
                    let inside = At { module, blocks: &[] };
                    let scope = &self.nodes[module].scope;
                    self.look_up(inside, scope, name, wanted(part), trail).unwrap_or(Found::In(module))
                }
            };
        }
        Some(found)
    }

    /// What the first part of a path names.
    fn start(
        &self,
        at: At<'_>,
        path: &Written,
        wanted: Wanted,
        is_use: bool,
        trail: &mut Trail,
    ) -> Option<Found> {
        let name = path.parts.first()?.as_str();
        let module = &self.nodes[at.module];
        match name {
            "crate" => return Some(Found::Module(module.root)),
            "self" => return Some(Found::Module(at.module)),
            "super" => return module.parent.map(Found::Module),
            "Self" => return None,
            _ => {}
        }
        if !path.leading {
            for depth in (0..at.blocks.len()).rev() {
                let here = At { blocks: &at.blocks[..=depth], ..at };
                if let Some(found) = self.look_up(here, &at.blocks[depth], name, wanted, trail) {
                    return Some(found);
                }
            }
            let here = At { blocks: &[], ..at };
            if let Some(found) = self.look_up(here, &module.scope, name, wanted, trail) {
                return Some(found);
            }
        }
        if wanted == Wanted::Thing && !path.leading {
            return None; // One word alone is no crate.
        }
        if self.lib.is_some_and(|lib| lib != module.root) && name == self.manifest.lib_name {
            return self.lib.map(Found::Module);
        }
        let known = self.manifest.crates.get(name).cloned();
        let must_be = path.leading || (is_use && name.starts_with(|letter: char| letter.is_lowercase()));
        known.or_else(|| must_be.then(|| name.to_owned())).map(Found::Crate)
    }

    /// What `name` stands for in `scope`, which belongs to `at`.
    fn look_up(
        &self,
        at: At<'_>,
        scope: &Scope,
        name: &str,
        wanted: Wanted,
        trail: &mut Trail,
    ) -> Option<Found> {
        let key = (std::ptr::from_ref(scope), name.to_owned());
        trail.steps += 1;
        if trail.steps > STEPS || trail.open.contains(&key) {
            return None;
        }
        trail.open.push(key);
        let found = self.look_up_once(at, scope, name, wanted, trail);
        trail.open.pop();
        found
    }

    fn look_up_once(
        &self,
        at: At<'_>,
        scope: &Scope,
        name: &str,
        wanted: Wanted,
        trail: &mut Trail,
    ) -> Option<Found> {
        for binding in scope.names.get(name).into_iter().flatten() {
            let found = match binding {
                Binding::Child(_) if wanted == Wanted::Thing => None,
                Binding::Child(module) => Some(Found::Module(*module)),
                Binding::Value if wanted == Wanted::Container => None,
                Binding::Type | Binding::Value => Some(Found::In(at.module)),
                Binding::Use(path) => self.walk(at, path, Wanted::Any, trail),
            };
            if found.is_some() {
                return found;
            }
        }
        scope.globs.iter().find_map(|glob| match self.walk(at, glob, Wanted::Any, trail)? {
            Found::Module(module) => {
                let inside = At { module, blocks: &[] };
                self.look_up(inside, &self.nodes[module].scope, name, wanted, trail)
            }
            _ => None,
        })
    }
}
