//! The words of a crate: what its code calls things, as far as others can see it.

use std::collections::BTreeSet;

use syn::{
    FnArg, Ident, ImplItem, Item, ItemImpl, Type, UseName, UseRename, UseTree, Visibility,
    ext::IdentExt,
    visit::{self, Visit},
};
use workbook::course::Files;

const DOMAIN: &str = "src/domain";

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What people talk about: the types and functions that the domain exports, and the methods of those types that
    /// change something. Constructors and questions are no words of their own.
    pub spoken: BTreeSet<String>,
    /// All other types, and the functions and methods that are not private, in the domain and around it.
    pub others: BTreeSet<String>,
}

impl Words {
    /// The words of a crate, from its files. One without a domain has nothing to say, and what does not parse has no
    /// names: the compiler says what is wrong with it.
    pub fn of(files: &Files) -> Self {
        let mut words = Self::default();
        exports(files, DOMAIN, &mut words.spoken);
        for name in files.keys().filter(|name| name.starts_with("src/") && name.ends_with(".rs")) {
            if let Some(file) = parse(files, name) {
                Names { in_domain: name.starts_with(DOMAIN), words: &mut words }.visit_file(&file);
            }
        }
        words.others = &words.others - &words.spoken;
        words
    }

    /// Whether there is a type of this name, or a function or method that others can call.
    pub fn has(&self, name: &str) -> bool {
        self.spoken.contains(name) || self.others.contains(name)
    }
}

fn parse(files: &Files, name: &str) -> Option<syn::File> {
    syn::parse_file(std::str::from_utf8(files.get(name)?).ok()?).ok()
}

/// Adds what the module of this path exports.
fn exports(files: &Files, path: &str, names: &mut BTreeSet<String>) {
    for file in [format!("{path}.rs"), format!("{path}/mod.rs")] {
        if let Some(parsed) = parse(files, &file) {
            exported(files, &parsed.items, path, names);
        }
    }
}

fn exported(files: &Files, items: &[Item], path: &str, names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Mod(item) if is_public(&item.vis) => {
                let path = format!("{path}/{}", item.ident.unraw());
                match &item.content {
                    Some((_, items)) => exported(files, items, &path, names),
                    None => exports(files, &path, names),
                }
            }
            Item::Use(item) if is_public(&item.vis) => used(files, &item.tree, "", path, names),
            item => {
                let public = declared(item).filter(|(visibility, _)| is_public(visibility));
                names.extend(public.map(|(_, name)| name.unraw().to_string()));
            }
        }
    }
}

/// Adds what a `pub use` in the module of this path names. `of`: what stands before it, as `ids` before `*`.
fn used(files: &Files, tree: &UseTree, of: &str, path: &str, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(below) => used(files, &below.tree, &below.ident.unraw().to_string(), path, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| used(files, tree, of, path, names)),
        UseTree::Glob(_) => exports(files, &format!("{path}/{of}"), names),
        UseTree::Name(UseName { ident, .. }) | UseTree::Rename(UseRename { rename: ident, .. }) => {
            // A number with a name, such as `MAX`, belongs to the type that it limits.
            names.extend(Some(ident.unraw().to_string()).filter(|name| name.contains(char::is_lowercase)));
        }
    }
}

/// The type or function that an item declares, and who may see it.
fn declared(item: &Item) -> Option<(&Visibility, &Ident)> {
    match item {
        Item::Enum(item) => Some((&item.vis, &item.ident)),
        Item::Fn(item) => Some((&item.vis, &item.sig.ident)),
        Item::Struct(item) => Some((&item.vis, &item.ident)),
        Item::Trait(item) => Some((&item.vis, &item.ident)),
        Item::Type(item) => Some((&item.vis, &item.ident)),
        _ => None,
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

struct Names<'a> {
    in_domain: bool,
    words: &'a mut Words,
}

fn is_private(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Inherited)
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if let Some((visibility, name)) = declared(item)
            && (!is_private(visibility) || !matches!(item, Item::Fn(_)))
        {
            self.words.others.insert(name.unraw().to_string());
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, block: &'ast ItemImpl) {
        let of = match &*block.self_ty {
            Type::Path(path) => path.path.segments.last().map(|last| last.ident.unraw().to_string()),
            _ => None,
        };
        let is_exported = self.in_domain && of.is_some_and(|of| self.words.spoken.contains(&of));
        for item in &block.items {
            let ImplItem::Fn(method) = item else { continue };
            let changes = matches!(method.sig.inputs.first(), Some(FnArg::Receiver(this)) if this.reference.is_some() && this.mutability.is_some());
            let name = method.sig.ident.unraw().to_string();
            if is_exported && changes && is_public(&method.vis) {
                self.words.spoken.insert(name);
            } else if !is_private(&method.vis) {
                self.words.others.insert(name);
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
            ("src/http/mod.rs", "struct Outside;\nfn inside() {}"),
        ]);
        assert_eq!(words.spoken, names(["Order", "OrderItem", "Side", "dispatch", "submit"]));
        assert_eq!(words.others, names(["Cache", "Hidden", "Outside", "draft", "fill", "id", "taken"]));
        assert!(words.has("draft") && words.has("submit") && !words.has("check"));
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
        assert_eq!(words.others, names(["Secret", "Seed"]));
    }

    #[test]
    fn a_crate_without_a_domain_has_nothing_to_say_nor_has_what_does_not_parse() {
        let words = of(&[("src/lib.rs", "pub struct User;"), ("tests/api.rs", "pub fn test() {}")]);
        assert_eq!(words, Words { spoken: names([]), others: names(["User"]) });
        assert_eq!(of(&[("src/domain/mod.rs", "pub struct {")]), Words::default());
    }
}
