//! Reads the files of a crate: every module, with its code and the names it declares.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use syn::{Attribute, Expr, Item, ItemMacro, ItemMod, Lit, Meta, ext::IdentExt};

use crate::{
    error::Error,
    manifest::Manifest,
    scope::{Binding, Scope, Written, attributes_of, for_tests, line_of},
};

/// A module.
pub(crate) struct Node {
    /// The name that readers see.
    pub name: String,
    /// Its path below its root.
    pub parts: Vec<String>,
    pub root: usize,
    /// None for a root.
    pub parent: Option<usize>,
    /// Relative to the crate's folder.
    pub file: String,
    /// Its code, without its modules and without what is for tests.
    pub items: Vec<Item>,
    pub scope: Scope,
}

/// All modules of a crate.
pub(crate) struct Tree {
    pub nodes: Vec<Node>,
    /// The root of the library, if there is one.
    pub lib: Option<usize>,
    pub manifest: Manifest,
}

/// Where a module's code stands, and where that of its modules is looked for.
#[derive(Clone)]
struct Place {
    /// The file, absolute or as the crate's folder was given.
    file: PathBuf,
    /// Where `mod x;` looks for `x.rs`.
    children: PathBuf,
    /// Whether the module is written inside another: then `#[path]` starts at `children`.
    inline: bool,
}

/// # Errors
/// See [`crate::read`].
pub(crate) fn load(dir: &Path) -> Result<Tree, Error> {
    let mut reader = Reader {
        dir: dir.to_owned(),
        tree: Tree { nodes: Vec::new(), lib: None, manifest: Manifest::default() },
        open: Vec::new(),
    };
    let lib = dir.join("src/lib.rs");
    let main = dir.join("src/main.rs");
    let manifest = dir.join("Cargo.toml");
    if !manifest.is_file() && !lib.is_file() && !main.is_file() {
        return Err(Error::NoCrate { dir: dir.to_owned() });
    }
    reader.tree.manifest = Manifest::parse(&reader.text(&manifest)?);
    let lib = reader.tree.manifest.lib_path.as_ref().map_or(lib, |path| dir.join(path));
    let mut programs = vec![main];
    programs.extend(reader.tree.manifest.bins.iter().map(|path| dir.join(path)));
    let mut more: Vec<_> = fs::read_dir(dir.join("src/bin"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| if entry.path().is_dir() { entry.path().join("main.rs") } else { entry.path() })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    more.sort();
    programs.extend(more);
    programs.retain(|path| path.is_file());
    let mut seen = Vec::new();
    programs.retain(|path| {
        !seen.contains(path) && {
            seen.push(path.clone());
            true
        }
    });

    if lib.is_file() {
        reader.tree.lib = Some(reader.root("lib", "", &lib)?);
    }
    for program in programs {
        let name = program_name(dir, &program);
        let prefix = match reader.tree.lib {
            None if name == "main" => String::new(),
            _ => format!("{name}::"),
        };
        reader.root(&name, &prefix, &program)?;
    }
    if reader.tree.nodes.is_empty() {
        return Err(Error::NoCrate { dir: dir.to_owned() });
    }
    Ok(reader.tree)
}

fn program_name(dir: &Path, file: &Path) -> String {
    if file == dir.join("src/main.rs") {
        return "main".into();
    }
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match stem(file) {
        own if own == "main" => format!("bin::{}", file.parent().map(stem).unwrap_or_default()),
        own => format!("bin::{own}"),
    }
}

struct Reader {
    dir: PathBuf,
    tree: Tree,
    /// The files that are being read, from the root down.
    open: Vec<PathBuf>,
}

impl Reader {
    /// Reads a root and all below it. `prefix` stands in front of the names of its modules.
    fn root(&mut self, name: &str, prefix: &str, file: &Path) -> Result<usize, Error> {
        let index = self.tree.nodes.len();
        let children = file.parent().unwrap_or(&self.dir).to_owned();
        let place = Place { file: file.to_owned(), children, inline: false };
        self.tree.nodes.push(self.node(name.to_owned(), Vec::new(), index, None, &place));
        self.file(index, prefix, &place)?;
        Ok(index)
    }

    fn node(
        &self,
        name: String,
        parts: Vec<String>,
        root: usize,
        parent: Option<usize>,
        place: &Place,
    ) -> Node {
        let file = self.shown(&place.file);
        Node { name, parts, root, parent, file, items: Vec::new(), scope: Scope::default() }
    }

    /// Reads the module `index` from its file. Gives whether there is anything in it outside tests.
    fn file(&mut self, index: usize, prefix: &str, place: &Place) -> Result<(), Error> {
        let text = self.text(&place.file)?;
        let parsed = syn::parse_file(&text).map_err(|error| Error::Syntax {
            file: self.shown(&place.file),
            line: line_of(error.span()),
            message: error.to_string(),
        })?;
        if for_tests(&parsed.attrs) {
            return Ok(());
        }
        self.open.push(place.file.clone());
        self.items(index, prefix, place, parsed.items)?;
        self.open.pop();
        Ok(())
    }

    fn items(&mut self, index: usize, prefix: &str, place: &Place, items: Vec<Item>) -> Result<(), Error> {
        for item in items {
            if for_tests(attributes_of(&item)) {
                continue;
            }
            match item {
                Item::Mod(item) => self.module(index, prefix, place, item)?,
                item => {
                    self.tree.nodes[index].scope.declare(&item);
                    self.export(index, &item);
                    self.tree.nodes[index].items.push(item);
                }
            }
        }
        Ok(())
    }

    /// A macro with `#[macro_export]` has its name in the root too, wherever it is written.
    fn export(&mut self, index: usize, item: &Item) {
        let Item::Macro(ItemMacro { attrs, ident: Some(ident), .. }) = item else { return };
        let node = &self.tree.nodes[index];
        if node.parent.is_some() && attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) {
            let name = ident.unraw().to_string();
            let parts = [&["crate".to_owned()], node.parts.as_slice(), std::slice::from_ref(&name)].concat();
            let path = Written { leading: false, parts, line: line_of(ident.span()) };
            let root = node.root;
            self.tree.nodes[root].scope.bind(name, Binding::Use(path));
        }
    }

    /// Reads the module that `item`, in the module `parent`, declares.
    fn module(&mut self, parent: usize, prefix: &str, place: &Place, item: ItemMod) -> Result<(), Error> {
        let name = item.ident.unraw().to_string();
        let line = line_of(item.ident.span());
        let (root, parts) = (self.tree.nodes[parent].root, &self.tree.nodes[parent].parts);
        let parts = [parts.as_slice(), std::slice::from_ref(&name)].concat();
        let start = if place.inline { &place.children } else { place.file.parent().unwrap_or(&self.dir) };
        let path = path_attribute(&item.attrs).map(|path| start.join(path));
        let inside = match &item.content {
            Some(_) => Place {
                file: place.file.clone(),
                children: path.unwrap_or_else(|| place.children.join(&name)),
                inline: true,
            },
            None => self.find(place, &name, line, path)?,
        };
        if item.content.is_none() && self.open.contains(&inside.file) {
            return Err(Error::Circular { file: self.shown(&place.file), line, module: name });
        }
        let index = self.tree.nodes.len();
        let shown = format!("{prefix}{}", parts.join("::"));
        self.tree.nodes.push(self.node(shown, parts, root, Some(parent), &inside));
        self.tree.nodes[parent].scope.bind(name, Binding::Child(index));
        match item.content {
            Some((_, items)) => self.items(index, prefix, &inside, items),
            None => self.file(index, prefix, &inside),
        }
    }

    /// The file of `mod name;`.
    fn find(&self, at: &Place, name: &str, line: usize, path: Option<PathBuf>) -> Result<Place, Error> {
        let beside = at.children.join(format!("{name}.rs"));
        let below = at.children.join(name).join("mod.rs");
        // A file that `#[path]` names keeps its modules beside itself, as a `mod.rs` does.
        let wanted = match path {
            Some(path) => vec![(path.clone(), path.parent().unwrap_or(&self.dir).to_owned())],
            None => vec![(beside, at.children.join(name)), (below, at.children.join(name))],
        };
        let found = wanted.iter().find(|(file, _)| file.is_file());
        let (file, children) = found.cloned().ok_or_else(|| Error::Missing {
            file: self.shown(&at.file),
            line,
            module: name.to_owned(),
            wanted: wanted.iter().map(|(file, _)| self.shown(file)).collect(),
        })?;
        Ok(Place { file: tidy(&file), children, inline: false })
    }

    fn text(&self, file: &Path) -> Result<String, Error> {
        fs::read_to_string(file).map_err(|source| Error::Unreadable { file: self.shown(file), source })
    }

    /// Relative to the crate, with `/` on every system.
    fn shown(&self, file: &Path) -> String {
        let (file, dir) = (tidy(file), tidy(&self.dir));
        let parts: Vec<_> = file
            .strip_prefix(&dir)
            .unwrap_or(&file)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        parts.join("/").replacen("//", "/", 1)
    }
}

/// The path without `.` and, where it can be told from the words alone, without `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}
