//! Where an `impl` stands, and where it could.

use syn::{
    ItemImpl, Path,
    visit::{self, Visit},
};

use crate::{
    map::{Layer, is_rusts_own},
    resolve::{At, Found},
    scope::Written,
    tree::Tree,
};

/// The module further inside that an `impl` could stand in: that of the type it is for. None where its first line, from
/// `impl` to the `{`, names anything of this layer, of no layer, or of another crate.
pub(crate) fn further_inside(tree: &Tree, at: At<'_>, item: &ItemImpl) -> Option<usize> {
    let layer_of = |module: usize| Layer::of(&tree.nodes[module].parts);
    let here = layer_of(at.module)?;
    let is_inside =
        |module: usize| layer_of(module).is_some_and(|layer| layer != here && here.may_use(layer));

    let mut about = Names { tree, at, found: Vec::new() };
    about.visit_type(&item.self_ty);
    let home = about.found.iter().find_map(|found| match found {
        Found::Module(module) | Found::In(module) => Some(*module),
        Found::Crate(_) => None,
    });
    about.visit_generics(&item.generics);
    item.trait_.iter().for_each(|(_, path, _)| about.visit_path(path));

    let all_inside = about.found.iter().all(|found| match found {
        Found::Module(module) | Found::In(module) => is_inside(*module),
        Found::Crate(name) => is_rusts_own(name),
    });
    home.filter(|_| all_inside)
}

/// What the paths in some code name, as far as it is known.
struct Names<'a> {
    tree: &'a Tree,
    at: At<'a>,
    found: Vec<Found>,
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.found.extend(self.tree.resolve_code(self.at, &Written::of(path)));
        visit::visit_path(self, path);
    }
}
