//! Reads one source file and names what the house forbids. What the floors are is told by the caller.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// The crates that only one module may name, or none of whose types may leave it.
const ENGINES: [(&str, &str); 17] = [
    ("arc_swap", "knowledge"),
    ("async_graphql", "api"),
    ("async_graphql_axum", "server"),
    ("axum", "server"),
    ("clap", "cli"),
    ("comfy_table", "cli"),
    ("fjadra", "graph"),
    ("fst", "search"),
    ("hyper_util", "server"),
    ("levenshtein_automata", "search"),
    ("oxrdf", "export"),
    ("oxttl", "export"),
    ("petgraph", "graph"),
    ("sled", "store"),
    ("toml", "dataset"),
    ("tower", "server"),
    ("tower_http", "server"),
];
const PRINTERS: [&str; 5] = ["dbg", "eprint", "eprintln", "print", "println"];

/// The floor of each module.
pub(super) type Floors = BTreeMap<String, u32>;

/// Reads one file of `src/`; `path` is relative to it.
struct Reader<'a> {
    path: &'a str,
    floors: &'a Floors,
    /// The module it belongs to, from the crate's root down.
    module: Vec<String>,
    /// What is imported from an engine, under the name it has here.
    imported: BTreeMap<String, &'static str>,
    /// Whether what is read now is the signature of a public item.
    in_public: bool,
    in_tests: bool,
    breaches: Vec<String>,
}

/// What one file of `src/` does that the house forbids, as `file:line: what`; `path` is relative to `src/`.
pub(super) fn breaches(path: &str, source: &str, floors: &Floors) -> Vec<String> {
    let file = syn::parse_file(source).unwrap_or_else(|error| panic!("{path}: {error}"));
    let stem = path.trim_end_matches(".rs");
    let module = stem.split('/').filter(|part| !["mod", "lib", "main"].contains(part)).map(str::to_owned).collect();
    let imported = BTreeMap::new();
    let mut reader = Reader { path, floors, module, imported, in_public: false, in_tests: false, breaches: Vec::new() };
    // Twice, so that a signature above the import of its type is known too; the second reading reports.
    reader.visit_file(&file);
    reader.breaches.clear();
    reader.visit_file(&file);
    reader.breaches
}

impl Reader<'_> {
    fn top(&self) -> &str {
        self.module.first().map_or("main", String::as_str)
    }

    fn breach(&mut self, span: Span, what: String) {
        let breach = format!("{}:{}: {what}", self.path, span.start().line);
        if !self.breaches.contains(&breach) {
            self.breaches.push(breach);
        }
    }

    /// Judges a path by its first segments, whether it stands in a `use`, an expression, a type or a macro.
    fn judge(&mut self, segments: &[String], span: Span) {
        let mut place = self.module.clone();
        let mut rest = segments;
        match segments.first().map(String::as_str) {
            Some("crate" | "consortia") => (place, rest) = (Vec::new(), &segments[1..]),
            Some("self" | "super") => {
                while let Some(step @ ("self" | "super")) = rest.first().map(String::as_str) {
                    if step == "super" {
                        place.pop();
                    }
                    rest = &rest[1..];
                }
            }
            Some(first) => {
                self.judge_engine(first, segments.len() > 1, span);
                if segments.ends_with(&["process".into(), "exit".into()]) && self.top() != "cli" {
                    self.breach(span, format!("{} ends the process; only cli may", self.top()));
                }
                return;
            }
            None => return,
        }
        place.extend_from_slice(rest);
        let Some(target) = place.first().cloned() else { return };
        let from = self.top().to_owned();
        let floor = |name: &str| self.floors.get(name).copied();
        // The program itself and the list of modules stand above all floors.
        let own = if self.path == "main.rs" || self.path == "lib.rs" { Some(u32::MAX) } else { floor(&from) };
        if let (Some(own), Some(other)) = (own, floor(&target))
            && target != from
            && other >= own
        {
            self.breach(span, format!("{from} → {target}"));
        }
    }

    /// A single word is no crate, but it may be a type of one.
    fn judge_engine(&mut self, first: &str, longer: bool, span: Span) {
        let Some((engine, home)) = ENGINES.into_iter().find(|(engine, _)| longer && *engine == first) else {
            if let (true, Some(engine)) = (self.in_public, self.imported.get(first)) {
                self.breach(span, format!("{first} of {engine} in a public signature of {}", self.top()));
            }
            return;
        };
        if self.top() != home {
            self.breach(span, format!("{} names {engine}, which belongs to {home}", self.top()));
        } else if self.in_public {
            self.breach(span, format!("{engine} in a public signature of {home}"));
        }
    }

    fn read_use(&mut self, tree: &syn::UseTree, before: &[String], span: Span) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            syn::UseTree::Path(path) => self.read_use(&path.tree, &with(path.ident.to_string()), span),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.read_use(item, before, span)),
            syn::UseTree::Glob(_) => self.judge(before, span),
            syn::UseTree::Name(name) => self.import(with(name.ident.to_string()), name.ident.to_string(), span),
            syn::UseTree::Rename(rename) => {
                self.import(with(rename.ident.to_string()), rename.rename.to_string(), span);
            }
        }
    }

    fn import(&mut self, mut segments: Vec<String>, name: String, span: Span) {
        if let Some((engine, _)) = ENGINES.into_iter().find(|(engine, _)| *engine == segments[0]) {
            self.imported.insert(name, engine);
        }
        if segments.len() == 1 {
            segments.push("self".into());
        }
        self.judge(&segments, span);
    }

    /// Judges what looks like a path in tokens that are not parsed: arguments of macros and attributes.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut colons, mut start) = (2, Span::call_site());
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.read_tokens(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.judge(&std::mem::take(&mut path), start);
                    }
                    if path.is_empty() {
                        start = ident.span();
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.judge(&std::mem::take(&mut path), start);
                    colons = 2;
                }
            }
        }
        self.judge(&path, start);
    }

    /// Reads what the rest of the program sees of an item, as a signature.
    fn publicly(&mut self, visibility: &syn::Visibility, read: impl FnOnce(&mut Self)) {
        let before = self.in_public;
        self.in_public = matches!(visibility, syn::Visibility::Public(_));
        read(self);
        self.in_public = before;
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let tests = self.in_tests;
        self.in_tests |= item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.in_tests = tests;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let span = item.use_token.span;
        self.publicly(&item.vis, |reader| reader.read_use(&item.tree, &[], span));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.judge(&segments, path.segments[0].ident.span());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if PRINTERS.contains(&name.as_str()) && self.top() != "cli" && !self.in_tests {
            self.breach(call.path.segments[0].ident.span(), format!("{} prints; only cli may", self.top()));
        }
        self.visit_path(&call.path);
        self.read_tokens(call.tokens.clone());
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.read_tokens(list.tokens.clone());
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.publicly(&item.vis, |reader| reader.visit_signature(&item.sig));
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        self.visit_block(&item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.publicly(&item.vis, |reader| reader.visit_signature(&item.sig));
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        self.visit_block(&item.block);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        for field in &item.fields {
            self.publicly(&field.vis, |reader| reader.visit_type(&field.ty));
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        for field in item.variants.iter().flat_map(|variant| &variant.fields) {
            self.publicly(&item.vis, |reader| reader.visit_type(&field.ty));
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.publicly(&item.vis, |reader| reader.visit_type(&item.ty));
    }
}
