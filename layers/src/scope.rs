//! The names that a module or a block declares, as they are written.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::{
    Attribute, ImplItem, Item, ItemExternCrate, ItemUse, Meta, Path, TraitItem, UseTree, ext::IdentExt,
    punctuated::Punctuated,
};

/// A path as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// Begins with `::`: the first part is a crate.
    pub leading: bool,
    pub parts: Vec<String>,
    pub line: usize,
}

impl Written {
    pub fn of(path: &Path) -> Self {
        let parts: Vec<_> = path.segments.iter().map(|part| part.ident.unraw().to_string()).collect();
        let line = path.segments.first().map_or(0, |part| line_of(part.ident.span()));
        Self { leading: path.leading_colon.is_some(), parts, line }
    }
}

/// What a name stands for.
#[derive(Debug)]
pub(crate) enum Binding {
    /// The module with this index, declared here.
    Child(usize),
    /// What this path leads to.
    Use(Written),
    /// A type or a trait that is written here: more may follow in a path.
    Type,
    /// A function, a constant or a macro that is written here.
    Value,
}

/// What a module or a block declares. Names that `use x::*` brings are not known yet, only where they come from.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub names: HashMap<String, Vec<Binding>>,
    pub globs: Vec<Written>,
}

/// One end of a `use`.
#[derive(Debug)]
pub(crate) struct Leaf {
    pub path: Written,
    /// The name it brings: none for `*`, and `_` for a trait that only lends its methods.
    pub name: Option<String>,
}

impl Scope {
    pub fn bind(&mut self, name: String, binding: Binding) {
        self.names.entry(name).or_default().push(binding);
    }

    /// Adds what `item` declares. A module has an index that is not known here, so it is bound by who knows it.
    pub fn declare(&mut self, item: &Item) {
        let (ident, binding) = match item {
            Item::Use(item) => {
                for leaf in leaves(item) {
                    match leaf.name {
                        Some(name) => self.bind(name, Binding::Use(leaf.path)),
                        None => self.globs.push(leaf.path),
                    }
                }
                return;
            }
            Item::ExternCrate(item) => {
                let ident = item.rename.as_ref().map_or(&item.ident, |(_, ident)| ident);
                return self.bind(ident.unraw().to_string(), Binding::Use(extern_crate(item)));
            }
            Item::Enum(item) => (&item.ident, Binding::Type),
            Item::Struct(item) => (&item.ident, Binding::Type),
            Item::Trait(item) => (&item.ident, Binding::Type),
            Item::TraitAlias(item) => (&item.ident, Binding::Type),
            Item::Type(item) => (&item.ident, Binding::Type),
            Item::Union(item) => (&item.ident, Binding::Type),
            Item::Const(item) => (&item.ident, Binding::Value),
            Item::Static(item) => (&item.ident, Binding::Value),
            Item::Fn(item) => (&item.sig.ident, Binding::Value),
            Item::Macro(item) => match &item.ident {
                Some(ident) => (ident, Binding::Value),
                None => return,
            },
            _ => return,
        };
        self.bind(ident.unraw().to_string(), binding);
    }
}

/// What an `extern crate` names.
pub(crate) fn extern_crate(item: &ItemExternCrate) -> Written {
    let name = item.ident.unraw().to_string();
    let leading = name != "self";
    let part = if leading { name } else { "crate".into() };
    Written { leading, parts: vec![part], line: line_of(item.ident.span()) }
}

/// The ends of a `use`, each with its whole path and its own line.
pub(crate) fn leaves(item: &ItemUse) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(&item.tree, item.leading_colon.is_some(), &mut Vec::new(), &mut found);
    found
}

fn walk(tree: &UseTree, leading: bool, above: &mut Vec<String>, found: &mut Vec<Leaf>) {
    let mut leaf = |parts: Vec<String>, name: Option<String>, span: Span| {
        found.push(Leaf { path: Written { leading, parts, line: line_of(span) }, name });
    };
    // `{self}` is the path so far; at the start of a path it is the module itself.
    let with = |above: &[String], last: String| match last.as_str() {
        "self" if !above.is_empty() => above.to_vec(),
        _ => [above, &[last]].concat(),
    };
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.unraw().to_string());
            walk(&path.tree, leading, above, found);
            above.pop();
        }
        UseTree::Name(name) => {
            let parts = with(above, name.ident.unraw().to_string());
            leaf(parts.clone(), parts.last().cloned(), name.ident.span());
        }
        UseTree::Rename(name) => {
            let parts = with(above, name.ident.unraw().to_string());
            leaf(parts, Some(name.rename.unraw().to_string()), name.ident.span());
        }
        UseTree::Glob(glob) => leaf(above.clone(), None, glob.star_token.spans[0]),
        UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, leading, above, found)),
    }
}

pub(crate) fn line_of(span: Span) -> usize {
    span.start().line
}

/// Whether what has these attributes is compiled for tests alone.
pub(crate) fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        if path.is_ident("cfg") {
            return attribute.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition));
        }
        path.segments.last().is_some_and(|last| last.ident == "test")
    })
}

/// Whether a `cfg` can only be true in a test.
fn needs_test(condition: &Meta) -> bool {
    let parts = |list: &syn::MetaList| {
        list.parse_args_with(Punctuated::<Meta, syn::Token![,]>::parse_terminated).unwrap_or_default()
    };
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => parts(list).iter().any(needs_test),
        Meta::List(list) if list.path.is_ident("any") => {
            let parts = parts(list);
            !parts.is_empty() && parts.iter().all(needs_test)
        }
        _ => false,
    }
}

pub(crate) fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

pub(crate) fn attributes_of_impl_item(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        _ => &[],
    }
}

pub(crate) fn attributes_of_trait_item(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Macro(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        _ => &[],
    }
}
