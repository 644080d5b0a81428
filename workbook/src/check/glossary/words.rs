//! The words of a domain: what its code calls things, as far as others can see it.

use std::collections::BTreeSet;

use syn::{
    FnArg, ImplItem, Item, ItemImpl, ItemUse, Type, UseTree, Visibility,
    ext::IdentExt,
    visit::{self, Visit},
};

use crate::files::Files;

/// Where a crate keeps its domain.
const DOMAIN: &str = "src/domain";

/// The public names of one domain.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What people talk about: the types and functions that the domain exports, and the methods of those types that
    /// change something. Constructors and questions are no words of their own.
    pub spoken: BTreeSet<String>,
    /// All other public functions and methods.
    pub others: BTreeSet<String>,
}

impl Words {
    /// The words of a crate, from its files. A crate without a domain has none, nor has a file that does not parse: the
    /// compiler says what is wrong with that one.
    pub fn of(files: &Files) -> Self {
        let mut words = Self::default();
        exports(files, &format!("{DOMAIN}/mod.rs"), DOMAIN, &mut words.spoken);
        let exported = words.spoken.clone();
        let mut methods = Methods { exported: &exported, words: &mut words };
        let domain = files.keys().filter(|name| name.starts_with(DOMAIN) && name.ends_with(".rs"));
        domain.filter_map(|name| parse(files, name)).for_each(|file| methods.visit_file(&file));
        words
    }

    /// Whether there is a public function or type of this name.
    pub fn has(&self, name: &str) -> bool {
        self.spoken.contains(name) || self.others.contains(name)
    }
}

fn parse(files: &Files, name: &str) -> Option<syn::File> {
    syn::parse_file(std::str::from_utf8(files.get(name)?).ok()?).ok()
}

/// Adds what the module in `file` exports. The files of its own modules are in `folder`.
fn exports(files: &Files, file: &str, folder: &str, names: &mut BTreeSet<String>) {
    if let Some(parsed) = parse(files, file) {
        exported(files, &parsed.items, folder, names);
    }
}

fn exported(files: &Files, items: &[Item], folder: &str, names: &mut BTreeSet<String>) {
    let below = |module: &str, names: &mut BTreeSet<String>| {
        let folder = format!("{folder}/{module}");
        exports(files, &format!("{folder}.rs"), &folder, names);
        exports(files, &format!("{folder}/mod.rs"), &folder, names);
    };
    for item in items {
        let (visibility, name) = match item {
            Item::Enum(item) => (&item.vis, &item.ident),
            Item::Fn(item) => (&item.vis, &item.sig.ident),
            Item::Struct(item) => (&item.vis, &item.ident),
            Item::Trait(item) => (&item.vis, &item.ident),
            Item::Type(item) => (&item.vis, &item.ident),
            Item::Mod(item) if is_public(&item.vis) => {
                let module = item.ident.unraw().to_string();
                match &item.content {
                    Some((_, items)) => exported(files, items, &format!("{folder}/{module}"), names),
                    None => below(&module, names),
                }
                continue;
            }
            Item::Use(item) if is_public(&item.vis) => {
                for leaf in leaves(item) {
                    match leaf {
                        Leaf::Name(name) if is_constant(&name) => {}
                        Leaf::Name(name) => drop(names.insert(name)),
                        Leaf::AllOf(module) => below(&module, names),
                    }
                }
                continue;
            }
            _ => continue,
        };
        if is_public(visibility) {
            names.insert(name.unraw().to_string());
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A number with a name, such as `MAX`, belongs to the type that it limits.
fn is_constant(name: &str) -> bool {
    !name.contains(char::is_lowercase)
}

enum Leaf {
    Name(String),
    AllOf(String),
}

fn leaves(item: &ItemUse) -> Vec<Leaf> {
    fn collect(tree: &UseTree, of: &str, leaves: &mut Vec<Leaf>) {
        match tree {
            UseTree::Path(path) => collect(&path.tree, &path.ident.unraw().to_string(), leaves),
            UseTree::Name(name) => leaves.push(Leaf::Name(name.ident.unraw().to_string())),
            UseTree::Rename(name) => leaves.push(Leaf::Name(name.rename.unraw().to_string())),
            UseTree::Glob(_) => leaves.push(Leaf::AllOf(of.to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, of, leaves)),
        }
    }
    let mut leaves = Vec::new();
    collect(&item.tree, "", &mut leaves);
    leaves
}

struct Methods<'a> {
    exported: &'a BTreeSet<String>,
    words: &'a mut Words,
}

impl<'ast> Visit<'ast> for Methods<'_> {
    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let of = match &*block.self_ty {
            Type::Path(path) => path.path.segments.last().map(|last| last.ident.unraw().to_string()),
            _ => None,
        };
        if block.trait_.is_none() && of.is_some_and(|of| self.exported.contains(&of)) {
            for item in &block.items {
                let ImplItem::Fn(method) = item else { continue };
                let changes = matches!(method.sig.inputs.first(), Some(FnArg::Receiver(this)) if this.mutability.is_some() && this.reference.is_some());
                let words = if changes { &mut self.words.spoken } else { &mut self.words.others };
                if is_public(&method.vis) {
                    words.insert(method.sig.ident.unraw().to_string());
                }
            }
        }
        visit::visit_item_impl(self, block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> Words {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Words::of(&files.collect())
    }

    fn names<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
        names.map(str::to_owned).into()
    }

    #[test]
    fn what_the_domain_exports_and_what_changes_it_are_its_words() {
        let words = of(&[
            (
                "src/domain/mod.rs",
                "mod order;\npub use order::{LIMIT, Order, Line as OrderItem, dispatch};\npub enum Side { A }\nenum Hidden {}\n",
            ),
            (
                "src/domain/order.rs",
                "pub struct Order;\nstruct Cache;\n\
                 impl Order {\n pub fn draft() -> Self { Self }\n pub fn id(&self) {}\n pub fn submit(&mut self) {}\n fn check(&mut self) {}\n pub fn taken(mut self) {} }\n\
                 impl Cache { pub fn fill(&mut self) {} }\n\
                 impl Clone for Order { fn clone(&self) -> Self { Self } }\n",
            ),
            ("src/http/mod.rs", "pub struct Outside;"),
        ]);
        assert_eq!(words.spoken, names(["Order", "OrderItem", "Side", "dispatch", "submit"]));
        assert_eq!(words.others, names(["draft", "id", "taken"]));
        assert!(words.has("draft") && words.has("submit") && !words.has("fill"));
    }

    #[test]
    fn public_modules_and_stars_are_followed() {
        let words = of(&[
            (
                "src/domain/mod.rs",
                "pub mod sales;\nmod ids;\npub use self::ids::*;\npub mod inline { pub trait Rule {} }",
            ),
            ("src/domain/sales/mod.rs", "pub mod deep;\nmod secret;"),
            ("src/domain/sales/deep.rs", "pub struct Deep;"),
            ("src/domain/sales/secret.rs", "pub struct Secret;"),
            ("src/domain/ids.rs", "pub type Id = u32; struct Seed;"),
        ]);
        assert_eq!(words.spoken, names(["Deep", "Id", "Rule"]));
    }

    #[test]
    fn a_crate_without_a_domain_has_no_words_nor_has_what_does_not_parse() {
        assert_eq!(of(&[("src/lib.rs", "pub struct User;")]), Words::default());
        assert_eq!(of(&[("src/domain/mod.rs", "pub struct {")]), Words::default());
    }
}
