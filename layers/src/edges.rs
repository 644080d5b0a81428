//! Every place where a module names something of another.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{
    Attribute, Block, Expr, ExprCall, ExprPath, ImplItem, Item, ItemExternCrate, ItemImpl, ItemUse, Macro,
    Meta, Path, Stmt, TraitItem, Visibility,
    parse::Parser,
    punctuated::Punctuated,
    visit::{self, Visit},
};

use crate::{
    impls,
    map::{Edge, Layer, Map, Module, Target},
    resolve::{At, Found},
    scope::{
        Scope, Written, attributes_of, attributes_of_impl_item, attributes_of_trait_item, extern_crate,
        for_tests, leaves, line_of,
    },
    tree::{Node, Tree},
};

/// All uses between the modules, without those of a module by itself, and all strays.
#[derive(Default)]
struct Edges {
    uses: BTreeSet<Edge>,
    strays: BTreeSet<Edge>,
}

impl Map {
    pub(crate) fn of(tree: &Tree) -> Self {
        let module = |node: &Node| Module {
            name: node.name.clone(),
            layer: Layer::of(&node.parts),
            file: node.file.clone(),
        };
        let mut modules: Vec<_> = tree.nodes.iter().map(module).collect();
        modules.sort();
        // Two files for one module, one for each system: one box.
        modules.dedup_by(|a, b| a.name == b.name);
        let mut edges = Edges::default();
        for (module, node) in tree.nodes.iter().enumerate() {
            let mut visitor = Visitor { tree, module, blocks: Vec::new(), edges: &mut edges };
            node.items.iter().for_each(|item| visitor.visit_item(item));
        }
        Self { modules, edges: edges.uses.into_iter().collect(), strays: edges.strays.into_iter().collect() }
    }
}

struct Visitor<'a> {
    tree: &'a Tree,
    module: usize,
    /// The blocks around, from the outside in.
    blocks: Vec<Scope>,
    edges: &'a mut Edges,
}

impl Visitor<'_> {
    fn at(&self) -> At<'_> {
        At { module: self.module, blocks: &self.blocks }
    }

    fn add(&mut self, found: Found, line: usize) {
        let node = &self.tree.nodes[self.module];
        let to = match found {
            Found::Module(to) | Found::In(to) if to == self.module => return,
            Found::Module(to) | Found::In(to) => Target::Module(self.tree.nodes[to].name.clone()),
            Found::Crate(name) => Target::Crate(name),
        };
        self.edges.uses.insert(Edge { file: node.file.clone(), line, from: node.name.clone(), to });
    }

    /// A path in code. What a `use` has brought already leads where the `use` leads, which is an edge of its own; only
    /// what leads elsewhere from there is another.
    fn path(&mut self, path: &Written) {
        let Some(first) = path.parts.first().filter(|_| !path.leading) else {
            return self.resolved(path, None);
        };
        // One word that this module declares, or has a `use` for, is no news. It is when a `*` brought it.
        if path.parts.len() == 1 && self.tree.is_bound(self.at(), first) {
            return;
        }
        let brought = self.tree.brought(self.at(), first);
        let known = brought.and_then(|brought| self.tree.resolve_use(self.at(), brought));
        self.resolved(path, known);
    }

    fn resolved(&mut self, path: &Written, known: Option<Found>) {
        let home = |found: Found| match found {
            Found::Module(module) | Found::In(module) => Found::In(module),
            found => found,
        };
        if let Some(found) = self.tree.resolve_code(self.at(), path).map(home)
            && known.map(home) != Some(found.clone())
        {
            self.add(found, path.line);
        }
    }

    /// The arguments of a macro: as expressions or statements where they are, and else every path among the words.
    fn arguments(&mut self, tokens: &TokenStream) {
        let list = Punctuated::<Expr, syn::Token![,]>::parse_terminated;
        if let Ok(list) = list.parse2(tokens.clone()) {
            list.iter().for_each(|expression| self.visit_expr(expression));
        } else if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
            self.statements(&statements);
        } else {
            self.words(tokens);
        }
    }

    fn attribute(&mut self, meta: &Meta) {
        const NOT_CODE: [&str; 6] = ["allow", "cfg", "deny", "doc", "expect", "warn"];
        let path = meta.path();
        if NOT_CODE.iter().any(|name| path.is_ident(name)) {
            return;
        }
        if path.segments.len() > 1 {
            self.path(&Written::of(path));
        }
        let Meta::List(list) = meta else { return };
        if path.is_ident("derive") {
            // What a derive writes is not here. Which one it is, is.
            let names = list.parse_args_with(Punctuated::<Path, syn::Token![,]>::parse_terminated);
            names.iter().flatten().for_each(|name| self.path(&Written::of(name)));
        } else if path.is_ident("cfg_attr") {
            let parts = list.parse_args_with(Punctuated::<Meta, syn::Token![,]>::parse_terminated);
            parts.iter().flatten().skip(1).for_each(|part| self.attribute(part));
        } else {
            self.words(&list.tokens);
        }
    }

    fn statements(&mut self, statements: &[Stmt]) {
        let mut scope = Scope::default();
        for statement in statements {
            match statement {
                Stmt::Item(item) if !for_tests(attributes_of(item)) => scope.declare(item),
                _ => {}
            }
        }
        self.blocks.push(scope);
        statements.iter().for_each(|statement| self.visit_stmt(statement));
        self.blocks.pop();
    }

    /// Every path among words that are no Rust by themselves.
    fn words(&mut self, tokens: &TokenStream) {
        let words: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut at = 0;
        while at < words.len() {
            match &words[at] {
                TokenTree::Group(group) => self.words_in(group),
                TokenTree::Ident(word) if *word == "use" => {
                    let end = words[at..].iter().position(|word| is_punct(word, ';'));
                    let end = end.map_or(words.len(), |length| at + length + 1);
                    if let Ok(item) = syn::parse2::<ItemUse>(words[at..end].iter().cloned().collect()) {
                        self.visit_item_use(&item);
                        at = end;
                        continue;
                    }
                }
                TokenTree::Ident(word) if !is_keyword(word) => {
                    let (path, next) = path_at(&words, at);
                    let is = |back, letter| at >= back && is_punct(&words[at - back], letter);
                    let of_macro = is(1, '$') && path.parts[0] != "crate";
                    let of_value = is(1, '.') && !is(2, '.');
                    let is_type = path.parts[0].starts_with(|letter: char| letter.is_uppercase());
                    if !of_macro && !of_value && !is(1, '\'') && (path.parts.len() > 1 || is_type) {
                        self.path(&path);
                    }
                    at = next;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn words_in(&mut self, group: &proc_macro2::Group) {
        match group.delimiter() {
            // A block may bring names of its own: read it as one where it is one.
            Delimiter::Brace => match Block::parse_within.parse2(group.stream()) {
                Ok(statements) => self.statements(&statements),
                Err(_) => self.words(&group.stream()),
            },
            _ => self.words(&group.stream()),
        }
    }
}

fn is_punct(word: &TokenTree, letter: char) -> bool {
    matches!(word, TokenTree::Punct(punct) if punct.as_char() == letter)
}

/// Whether the word begins no path, so that a `::` after it begins one.
fn is_keyword(word: &proc_macro2::Ident) -> bool {
    const BEGIN_A_PATH: [&str; 4] = ["crate", "self", "super", "Self"];
    syn::parse_str::<syn::Ident>(&word.to_string()).is_err() && !BEGIN_A_PATH.iter().any(|path| word == path)
}

/// The path whose first word is at `start`, and where it ends.
fn path_at(words: &[TokenTree], start: usize) -> (Written, usize) {
    let colons =
        |at: usize| words.get(at..at + 2).is_some_and(|pair| pair.iter().all(|word| is_punct(word, ':')));
    let leading = start >= 2
        && colons(start - 2)
        && match start.checked_sub(3).map(|before| &words[before]) {
            Some(TokenTree::Ident(word)) => is_keyword(word),
            Some(word) => !is_punct(word, '>'),
            None => true,
        };
    let mut parts = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(word)) = words.get(at) {
        let word = word.to_string();
        parts.push(word.strip_prefix("r#").unwrap_or(&word).to_owned());
        at += 1;
        if !(colons(at) && matches!(words.get(at + 2), Some(TokenTree::Ident(_)))) {
            break;
        }
        at += 2;
    }
    (Written { leading, parts, line: line_of(words[start].span()) }, at)
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Verbatim(tokens) => self.words(tokens),
            item if for_tests(attributes_of(item)) => {}
            item => visit::visit_item(self, item),
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Some(home) = impls::further_inside(self.tree, self.at(), item) {
            let node = &self.tree.nodes[self.module];
            let line = line_of(item.impl_token.span);
            let to = Target::Module(self.tree.nodes[home].name.clone());
            self.edges.strays.insert(Edge { file: node.file.clone(), line, from: node.name.clone(), to });
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !for_tests(attributes_of_impl_item(item)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        if !for_tests(attributes_of_trait_item(item)) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        for leaf in leaves(item) {
            if let Some(found) = self.tree.resolve_use(self.at(), &leaf.path) {
                self.add(found, leaf.path.line);
            }
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast ItemExternCrate) {
        let path = extern_crate(item);
        if let Some(found) = self.tree.resolve_use(self.at(), &path) {
            self.add(found, path.line);
        }
    }

    /// Who may see something is no use of it.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.attribute(&attribute.meta);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.statements(&block.stmts);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        if mac.path.segments.len() > 1 {
            self.visit_path(&mac.path);
        }
        self.arguments(&mac.tokens);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        match item.ident {
            Some(_) => self.words(&item.mac.tokens),
            None => self.visit_macro(&item.mac),
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Verbatim(tokens) => self.words(tokens),
            expression => visit::visit_expr(self, expression),
        }
    }

    /// What is called is no variable, so even one small word may have come from a `*`.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        match &*call.func {
            Expr::Path(callee) => {
                if let Some(of) = &callee.qself {
                    self.visit_qself(of);
                }
                self.visit_path(&callee.path);
            }
            callee => self.visit_expr(callee),
        }
        call.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let small = path.path.get_ident().is_some_and(|word| {
            word.to_string().starts_with(|letter: char| letter.is_lowercase() || letter == '_')
        });
        if !small {
            visit::visit_expr_path(self, path);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.path(&Written::of(path));
        visit::visit_path(self, path);
    }
}
