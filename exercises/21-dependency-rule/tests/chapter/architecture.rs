//! The rule that dependencies point inward, held against the sources of this crate.

use std::{
    any::type_name,
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use layers::{Edge, Layer, Map, Rules, Target};
use rstest::rstest;
use tempfile::TempDir;

use crate::desk::application::Line;

/// This crate. It is read once.
static HERE: LazyLock<Sources> =
    LazyLock::new(|| Sources::of(Path::new(env!("CARGO_MANIFEST_DIR"))));

struct Sources {
    folder: PathBuf,
    map: Map,
}

impl Sources {
    fn of(folder: &Path) -> Self {
        let map = layers::read(folder).expect("the sources of a crate");
        Self { folder: folder.to_owned(), map }
    }
}

// ANCHOR: rules
/// What the domain may use, beside what comes with Rust.
const DOMAIN: &[&str] = &["serde", "thiserror", "time", "uuid"];
/// The same for the use cases and their ports.
const APPLICATION: &[&str] = &["async-trait", "thiserror", "time", "uuid"];

/// Who may use what. That dependencies point inward needs no line: it is always asked.
fn rules() -> Rules {
    Rules::new()
        .allow_only(Layer::Domain, DOMAIN)
        .allow_only(Layer::Application, APPLICATION)
        .deny(Layer::Adapters, &["axum", "tower-http"])
}
// ANCHOR_END: rules

/// Those that break a rule, of one layer: the file and the line, who uses what, and the rule.
fn broken_by(layer: Layer) -> String {
    let found = HERE.map.violations(&rules());
    let of_layer = found.iter().filter(|violation| violation.layer == layer);
    of_layer.map(|violation| format!("\n  {violation}")).collect()
}

// ANCHOR: rule
#[rstest]
#[case::domain(Layer::Domain)]
#[case::application(Layer::Application)]
#[case::adapters(Layer::Adapters)]
#[case::http(Layer::Http)]
fn layer_depends_inward_only(#[case] layer: Layer) {
    let broken = broken_by(layer);

    assert!(broken.is_empty(), "the rule is broken here:{broken}");
}
// ANCHOR_END: rule

/// What no rule is held against: modules in no layer, and files that are no module.
fn outside(here: &Sources) -> Vec<String> {
    let modules = &here.map.modules;
    let homeless = modules.iter().filter(|module| module.layer.is_none());
    let read: BTreeSet<PathBuf> =
        modules.iter().map(|module| here.folder.join(&module.file)).collect();
    let unread = files(&here.folder.join("src"))
        .into_iter()
        .filter(|file| !read.contains(file));
    homeless
        .map(|module| format!("\n  {}: in no layer", module.file))
        .chain(unread.map(|file| {
            let file = file.strip_prefix(&here.folder).expect("a file of ours");
            format!("\n  {}: no `mod` names it", file.display())
        }))
        .collect()
}

#[test]
fn every_file_belongs_to_a_layer() {
    let found = outside(&HERE);

    assert!(
        found.is_empty(),
        "no rule is held against what stands here:{}",
        found.concat()
    );
}

/// Whether it is this module, or one below it.
fn is_in(module: &str, name: &str) -> bool {
    let below = name.strip_prefix(module);
    below.is_some_and(|below| below.is_empty() || below.starts_with("::"))
}

/// Each edge from one of these modules, or from below, that leads to where it should not.
fn uses(
    map: &Map,
    from: &[&str],
    forbidden: impl Fn(&Target) -> bool,
) -> Vec<String> {
    let is_wrong = |edge: &&Edge| {
        from.iter().any(|module| is_in(module, &edge.from)) && forbidden(&edge.to)
    };
    let told =
        |edge: &Edge| format!("\n  {}:{}: {}", edge.file, edge.line, edge.to);
    map.edges.iter().filter(is_wrong).map(told).collect()
}

// ANCHOR: root
/// The root of the library stands outside all layers, so an arrow from there is never wrong. It is the one place where
/// everything could be hidden. All that it has to use is what `http` shows the program: `app` and `AppState`.
fn decided_in_the_root(map: &Map) -> Vec<String> {
    uses(map, &["lib"], |used| match used {
        Target::Crate(_) => true,
        Target::Module(name) => {
            map.module(name).is_none_or(|of| of.layer != Some(Layer::Http))
        }
    })
}
// ANCHOR_END: root

#[test]
fn crate_root_only_declares_the_layers() {
    let found = decided_in_the_root(&HERE.map);

    assert!(
        found.is_empty(),
        "lib.rs declares the layers and hands on what `http` shows; here it uses more:{}",
        found.concat()
    );
}

/// Each use of the database in the handlers of users and orders, or in a module below them.
fn sql_in_handlers(map: &Map) -> Vec<String> {
    uses(
        map,
        &["http::users", "http::orders"],
        |used| matches!(used, Target::Crate(name) if name == "sqlx"),
    )
}

#[test]
fn user_and_order_handlers_use_no_sqlx() {
    let found = sql_in_handlers(&HERE.map);

    assert!(
        found.is_empty(),
        "a handler reads a request and writes a response; the database is for the use case. Here it is used all \
         the same:{}",
        found.concat()
    );
}

/// Each line of the domain and of the use cases with something in it that is wrong there. What stands after `//` is left
/// out. This is a search in the text, and no more: an edge does not say what is known.
fn inside(here: &Sources, is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let files: BTreeSet<&String> = here
        .map
        .modules
        .iter()
        .filter(|of| matches!(of.layer, Some(Layer::Domain | Layer::Application)))
        .map(|module| &module.file)
        .collect();
    let mut found = Vec::new();
    for file in files {
        let code = fs::read_to_string(here.folder.join(file)).expect("a module");
        for (number, line) in (1..).zip(code.lines()) {
            if is_wrong(line.split("//").next().unwrap_or_default()) {
                found.push(format!("\n  {file}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

// ANCHOR: values
/// What gives a time or an id out of nowhere.
const OUT_OF_NOWHERE: [&str; 3] = ["::now", "::new_v4", "::new_v7"];

fn makes_a_value(line: &str) -> bool {
    OUT_OF_NOWHERE.iter().any(|maker| line.contains(maker))
}

#[test]
fn domain_and_application_make_no_time_or_id() {
    let found = inside(&HERE, makes_a_value);

    assert!(
        found.is_empty(),
        "the use cases ask their ports for times and ids. Here a line makes one by itself:{}",
        found.concat()
    );
}
// ANCHOR_END: values

// ANCHOR: statuses
/// The statuses of an answer that is a problem, as numbers and as titles in small letters.
const NUMBERS: [&str; 6] = ["400", "404", "405", "409", "422", "500"];
const TITLES: [&str; 5] = [
    "\"bad request\"",
    "\"not found\"",
    "\"conflict\"",
    "\"unprocessable entity\"",
    "\"internal server error\"",
];
/// The same as names of Rust, but for two: what is not found and what conflicts is no matter of HTTP alone.
const NAMES: [&str; 3] =
    ["BadRequest", "UnprocessableEntity", "InternalServerError"];

fn names_a_status(line: &str) -> bool {
    let words = line.split(|letter: char| !letter.is_alphanumeric());
    // `404_u16` and `404u16` are numbers as well.
    let mut words = words.map(|word| word.trim_end_matches("u16"));
    let small = line.to_lowercase();
    words.any(|word| NUMBERS.contains(&word) || NAMES.contains(&word))
        || TITLES.iter().any(|title| small.contains(title))
}

#[test]
fn domain_and_application_name_no_http_status() {
    let found = inside(&HERE, names_a_status);

    assert!(
        found.is_empty(),
        "which status an answer has, `http` decides. Here it is known inside:{}",
        found.concat()
    );
}
// ANCHOR_END: statuses

#[test]
fn line_of_an_order_belongs_to_the_use_case() {
    let name = type_name::<Line>();

    assert!(
        name.contains("::application::"),
        "a `Line` is what somebody asks the use case for, and stands there, not at {name}"
    );
}

// ANCHOR: adapters
const PORTS: [&str; 6] = [
    "UserRepository",
    "OrderRepository",
    "Catalogue",
    "ProductStore",
    "Clock",
    "Ids",
];

/// Whether a port gets its adapter here. That an `Arc` or a reference of an adapter is one too is no choice.
fn chooses_an_adapter(line: &str) -> bool {
    let is_kept = |port: &str| {
        let (_, adapter) = line.split_once(&format!("{port} for "))?;
        let (path, _) = adapter.split_once('<').unwrap_or((adapter, ""));
        let of = path.rsplit("::").next().unwrap_or(path);
        Some(!of.starts_with('&') && !["Arc", "Box"].contains(&of))
    };
    line.contains("fn in_memory")
        || PORTS.into_iter().filter_map(is_kept).any(|is| is)
}

#[test]
fn domain_and_application_choose_no_adapter() {
    let found = inside(&HERE, chooses_an_adapter);

    assert!(
        found.is_empty(),
        "the use cases are handed what is behind their ports. Here they have something of their own:{}",
        found.concat()
    );
}
// ANCHOR_END: adapters

// ANCHOR: graph
/// Each crate in Cargo.toml that no module uses.
fn unused(here: &Sources) -> Vec<String> {
    let used: BTreeSet<&Target> =
        here.map.edges.iter().map(|edge| &edge.to).collect();
    let crates = layers::crates(&here.folder).expect("Cargo.toml and Cargo.lock");
    let unused = crates
        .direct
        .iter()
        .filter(|of| !used.contains(&Target::Crate(of.name.clone())));
    unused
        .map(|of| format!("\n  Cargo.toml:{}: no layer uses {}", of.line, of.name))
        .collect()
}
// ANCHOR_END: graph

// ANCHOR: brought
/// Each way on which a crate of the inside brings along what is for the outside.
fn brought_along(here: &Sources) -> Vec<String> {
    let crates = layers::crates(&here.folder).expect("Cargo.toml and Cargo.lock");
    let inside: BTreeSet<String> = [DOMAIN, APPLICATION]
        .concat()
        .iter()
        .map(|name| name.replace('-', "_"))
        .collect();
    let mut found = Vec::new();
    for of in crates.direct.iter().filter(|of| inside.contains(&of.name)) {
        for outside in ["axum", "hyper", "sqlx", "tokio"] {
            if let Some(way) = crates.way(&of.name, outside) {
                let way = way.join(" → ");
                found.push(format!(
                    "\n  Cargo.toml:{}: {way}: the inside needs no {outside}",
                    of.line
                ));
            }
        }
    }
    found
}
// ANCHOR_END: brought

#[test]
fn every_dependency_is_used() {
    let found = unused(&HERE);

    assert!(
        found.is_empty(),
        "it is compiled, and nobody needs it:{}",
        found.concat()
    );
}

#[test]
fn inner_dependencies_bring_no_framework() {
    let found = brought_along(&HERE);

    assert!(
        found.is_empty(),
        "a crate of the inside brings along what it was to be kept from:{}",
        found.concat()
    );
}

/// All files in this folder and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("a file or a folder").path());
    paths
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// A service of a few lines, with its layers in order.
const SMALL: [(&str, &str); 13] = [
    (
        "Cargo.toml",
        "[package]\nname = \"small\"\n\n[dependencies]\naxum = \"0.8\"\nsqlx = \"0.9\"\ntime = \"0.3\"\n",
    ),
    ("Cargo.lock", ""),
    (
        "src/lib.rs",
        "pub mod adapters;\npub mod application;\npub mod domain;\npub mod http;\npub use http::AppState;\n",
    ),
    ("src/domain/mod.rs", "mod order;\npub use order::Order;\n"),
    ("src/domain/order.rs", "use time::Date;\npub struct Order(Date);\n"),
    ("src/application/mod.rs", "mod desk;\npub mod ports;\npub use desk::Desk;\n"),
    ("src/application/desk.rs", "use super::ports::Orders;\npub struct Desk;\n"),
    (
        "src/application/ports.rs",
        "use crate::domain::Order;\npub trait Orders {}\n",
    ),
    ("src/adapters/mod.rs", "pub mod sqlite;\n"),
    (
        "src/adapters/sqlite.rs",
        "use crate::application::ports::Orders;\npub use sqlx::Row;\npub struct Sqlite;\n",
    ),
    ("src/http/mod.rs", "mod state;\npub use state::AppState;\n"),
    (
        "src/http/state.rs",
        "use crate::application::Desk;\nuse axum::Json;\npub struct AppState;\n",
    ),
    ("src/main.rs", "use small::{adapters::sqlite::Sqlite, AppState};\n"),
];

/// The small service in a folder of its own.
struct Small(TempDir);

impl Small {
    fn new() -> Self {
        let small = Self(TempDir::new().expect("a temporary folder"));
        SMALL.iter().for_each(|(file, text)| small.write(file, text));
        small
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Puts a line at the end of a file, and says which line it is.
    fn plant(&self, file: &str, line: &str) -> usize {
        let path = self.0.path().join(file);
        let text = fs::read_to_string(path).expect("a file of the service");
        self.write(file, &format!("{text}{line}\n"));
        text.lines().count() + 1
    }

    fn sources(&self) -> Sources {
        Sources::of(self.0.path())
    }

    fn violations(&self) -> Vec<String> {
        let found = self.sources().map.violations(&rules());
        found.iter().map(ToString::to_string).collect()
    }
}

#[test]
fn clean_service_breaks_no_rule() {
    let folder = Small::new();
    let small = folder.sources();

    assert!(small.map.violations(&rules()).is_empty());
    let found = [
        outside(&small),
        decided_in_the_root(&small.map),
        sql_in_handlers(&small.map),
        unused(&small),
        brought_along(&small),
        inside(&small, makes_a_value),
        inside(&small, names_a_status),
        inside(&small, chooses_an_adapter),
    ];
    assert_eq!(found.concat(), [""; 0]);
}

// ANCHOR: planted
/// What is found when this line stands at the end of this file.
#[rstest]
#[case::the_domain_uses_a_use_case(
    "domain/order.rs",
    "use crate::application::Desk;",
    "domain may not use application::desk: dependencies point inward"
)]
#[case::the_domain_uses_a_port(
    "domain/order.rs",
    "use crate::application::ports::Orders;",
    "domain may not use application::ports: dependencies point inward"
)]
#[case::the_domain_uses_sqlx(
    "domain/order.rs",
    "use sqlx::Row;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::a_use_case_uses_an_adapter(
    "application/desk.rs",
    "use crate::adapters::sqlite::Sqlite;",
    "application may not use adapters::sqlite: dependencies point inward"
)]
#[case::a_use_case_uses_http(
    "application/desk.rs",
    "use crate::http::AppState;",
    "application may not use http::state: dependencies point inward"
)]
#[case::a_use_case_uses_axum(
    "application/desk.rs",
    "use axum::http::StatusCode;",
    "application may not use the crate axum: application uses no crates but async_trait, thiserror, time, uuid"
)]
#[case::an_adapter_uses_http(
    "adapters/sqlite.rs",
    "use crate::http::AppState;",
    "adapters may not use http::state: http and adapters meet in main alone"
)]
#[case::an_adapter_uses_axum(
    "adapters/sqlite.rs",
    "use axum::Json;",
    "adapters may not use the crate axum: axum is kept out of adapters"
)]
#[case::http_uses_an_adapter(
    "http/state.rs",
    "use crate::adapters::sqlite::Sqlite;",
    "http may not use adapters::sqlite: http and adapters meet in main alone"
)]
#[case::an_adapter_adds_a_function_to_a_use_case(
    "adapters/sqlite.rs",
    "impl crate::application::Desk { fn planted() {} }",
    "adapters may not hold an impl for application::desk: all that it names is further inside"
)]
#[case::http_converts_for_a_use_case(
    "http/state.rs",
    "impl From<crate::domain::Order> for Desk { fn from(_: crate::domain::Order) -> Self { Self } }",
    "http may not hold an impl for application::desk: all that it names is further inside"
)]
fn planted_use_is_found(
    #[case] file: &str,
    #[case] line: &str,
    #[case] broken: &str,
) {
    let small = Small::new();
    let file = format!("src/{file}");

    let number = small.plant(&file, line);

    assert_eq!(small.violations(), [format!("{file}:{number}: {broken}")]);
}
// ANCHOR_END: planted

// ANCHOR: disguised
#[rstest]
#[case::under_another_name(
    "use sqlx::Row as Line;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::among_others(
    "use crate::{domain::{self}, adapters::{sqlite::{Sqlite}}};",
    "domain may not use adapters::sqlite: dependencies point inward"
)]
#[case::without_a_use(
    "fn planted(_: &sqlx::SqlitePool) {}",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::handed_on_by_another_module(
    "use crate::adapters::sqlite::Row;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::through_the_root(
    "use crate::AppState;",
    "domain may not use http::state: dependencies point inward"
)]
#[case::from_inside_a_macro(
    "const _: () = assert!(size_of::<axum::http::StatusCode>() > 0);",
    "domain may not use the crate axum: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::by_a_derive(
    "#[derive(Debug, sqlx::Type)] enum Planted { One }",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::under_a_condition(
    "#[cfg(debug_assertions)] use sqlx::Row;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
fn disguised_use_is_found(#[case] line: &str, #[case] broken: &str) {
    planted_use_is_found("domain/order.rs", line, broken);
}
// ANCHOR_END: disguised

#[rstest]
#[case::what_is_for_tests_alone("#[cfg(test)] mod tests { use sqlx::SqlitePool; }")]
#[case::a_path_in_a_text("struct P { #[serde(with = \"crate::http\")] a: u8 }")]
#[case::where_a_method_is_written("fn f(a: impl IntoFuture) { a.into_future(); }")]
#[case::what_comes_with_rust("fn f() { std::fs::remove_file(\"orders.db\"); }")]
fn blind_spot_is_not_reported(#[case] line: &str) {
    let small = Small::new();
    small.plant("src/domain/order.rs", line);

    assert_eq!(small.violations(), [""; 0], "the page says that nobody sees it");
}

#[test]
fn type_alias_hides_the_use() {
    let small = Small::new();
    small.plant("src/http/state.rs", "pub type Db = sqlx::SqlitePool;");
    small.plant("src/http/mod.rs", "mod orders;");
    small.write("src/http/orders.rs", "fn f(_: super::state::Db) {}\n");

    let found = sql_in_handlers(&small.sources().map);

    assert_eq!(found, [""; 0], "the page says that nobody sees it");
}

/// What a search in the text of the inside finds, and what it does not.
#[rstest]
#[case::a_time(
    makes_a_value,
    "fn f() -> Date { OffsetDateTime::now_utc().date() }",
    true
)]
#[case::an_id(makes_a_value, "fn f() -> Uuid { Uuid::new_v4() }", true)]
#[case::a_time_that_is_handed_in(
    makes_a_value,
    "fn f(now: Date) -> Date { now }",
    false
)]
#[case::a_status(names_a_status, "fn f() -> u16 { 409 }", true)]
#[case::a_status_with_its_type(names_a_status, "const GONE: u16 = 404_u16;", true)]
#[case::a_title(names_a_status, "fn f() -> &'static str { \"Conflict\" }", true)]
#[case::a_number_of_something_else(
    names_a_status,
    "const MOST: u16 = 4040;",
    false
)]
#[case::a_status_in_a_comment(names_a_status, "// The client gets a 409.", false)]
#[case::an_adapter(chooses_an_adapter, "impl Catalogue for Shelf {}", true)]
#[case::a_function_called_after_one(
    chooses_an_adapter,
    "pub fn in_memory() {}",
    true
)]
#[case::an_adapter_in_an_arc(
    chooses_an_adapter,
    "impl<T: Clock> Clock for Arc<T> {}",
    false
)]
#[case::an_adapter_in_an_arc_by_its_path(
    chooses_an_adapter,
    "impl<T: Clock> Clock for std::sync::Arc<T> {}",
    false
)]
fn line_inside_is_found(
    #[case] is_wrong: fn(&str) -> bool,
    #[case] line: &str,
    #[case] found: bool,
) {
    let small = Small::new();
    for file in ["src/domain/order.rs", "src/application/desk.rs"] {
        small.plant(file, line);
    }
    small.plant("src/http/state.rs", line);

    let lines = inside(&small.sources(), is_wrong).len();

    assert_eq!(lines, if found { 2 } else { 0 }, "in the domain and in a use case");
}

#[rstest]
#[case::in_a_file_below("mod sql;", "orders/sql.rs")]
#[case::in_the_module_itself("mod sql { use sqlx::Row; }", "orders.rs")]
fn sqlx_below_a_handler_is_found(#[case] orders: &str, #[case] file: &str) {
    let small = Small::new();
    small.plant("src/http/mod.rs", "mod orders;");
    small.write("src/http/orders/sql.rs", "use sqlx::Row;\n");
    small.write("src/http/orders.rs", &format!("{orders}\n"));

    let found = sql_in_handlers(&small.sources().map);

    assert_eq!(found, [format!("\n  src/http/{file}:1: sqlx")]);
}

#[test]
fn impl_in_the_crate_root_is_found() {
    let small = Small::new();
    let line = "impl domain::Order { fn planted(_: &sqlx::SqlitePool) {} }";
    let number = small.plant("src/lib.rs", line);

    let found = decided_in_the_root(&small.sources().map);

    let lines = ["domain::order", "sqlx"];
    assert_eq!(found, lines.map(|used| format!("\n  src/lib.rs:{number}: {used}")));
}

#[test]
fn file_outside_the_layers_is_found() {
    let small = Small::new();
    small.write("src/domain/hidden.rs", "use sqlx::Row;\n");
    small.plant("src/domain/order.rs", "include!(\"hidden.rs\");");
    small.write("src/shared.rs", "pub use sqlx::Row;\n");
    small.plant("src/lib.rs", "mod shared;");

    let found = outside(&small.sources());

    let hidden = ["shared.rs: in no layer", "domain/hidden.rs: no `mod` names it"];
    assert_eq!(found, hidden.map(|told| format!("\n  src/{told}")));
}

#[test]
fn unused_dependency_is_found() {
    let small = Small::new();
    let number = small.plant("Cargo.toml", "reqwest = \"0.13\"");

    let found = unused(&small.sources());

    assert_eq!(found, [format!("\n  Cargo.toml:{number}: no layer uses reqwest")]);
}

#[test]
fn framework_behind_a_dependency_is_found() {
    let small = Small::new();
    let of = |name: &str, of: &str| {
        format!(
            "[[package]]\nname = \"{name}\"\ndependencies = [\n \"{of}\",\n]\n\n"
        )
    };
    let lock = [of("time", "clock-sync 0.1.0"), of("clock-sync", "tokio")].concat();
    small.write("Cargo.lock", &format!("{lock}[[package]]\nname = \"tokio\"\n"));

    let found = brought_along(&small.sources());

    assert_eq!(
        found,
        ["\n  Cargo.toml:7: time → clock_sync → tokio: the inside needs no tokio"]
    );
}
