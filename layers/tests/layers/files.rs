//! Which files are read, and what is said when one cannot be.

use layers::Layer;

use crate::{Fixture, edges, modules};

#[test]
fn modules_are_found_wherever_rust_finds_them() {
    let map = Fixture::new(&[
        ("lib.rs", "pub mod domain;\nmod http;\n#[path = \"elsewhere/db.rs\"]\nmod adapters;\nmod application { pub mod ports; pub mod deep { pub mod er; } }\nmod util;\n#[cfg(test)]\nmod not_there;"),
        ("domain/mod.rs", "pub mod order;"),
        ("domain/order.rs", "mod item;"),
        ("domain/order/item.rs", ""),
        ("http.rs", "mod users;\n#[path = \"strange.rs\"] mod strange;"),
        ("http/users.rs", "mod r#type;"),
        ("http/users/type.rs", ""),
        ("strange.rs", ""),
        ("elsewhere/db.rs", "mod sqlite;"),
        ("elsewhere/sqlite.rs", ""),
        ("application/ports.rs", ""),
        ("application/deep/er.rs", "#![cfg(test)]\nuse crate::nothing;"),
        ("util.rs", ""),
        ("main.rs", "mod cli;\nfn main() {}"),
        ("cli.rs", ""),
    ])
    .map();
    assert_eq!(
        modules(&map),
        [
            "adapters adapters",
            "adapters::sqlite adapters",
            "application application",
            "application::deep application",
            "application::deep::er application",
            "application::ports application",
            "domain domain",
            "domain::order domain",
            "domain::order::item domain",
            "http http",
            "http::strange http",
            "http::users http",
            "http::users::type http",
            "lib main",
            "main main",
            "main::cli -",
            "util -",
        ]
    );
    let file = |name| map.module(name).unwrap().file.as_str();
    assert_eq!(file("adapters::sqlite"), "src/elsewhere/sqlite.rs");
    assert_eq!(file("http::strange"), "src/strange.rs");
    assert_eq!(file("application"), "src/lib.rs");
    assert!(map.has_layers());
}

#[test]
fn the_program_sees_the_library_by_its_name() {
    let fixture = Fixture::new(&[
        ("lib.rs", "pub mod domain;\npub use domain::Money;\npub fn app() {}"),
        ("domain.rs", "pub struct Money;"),
        ("main.rs", "use order_desk::{Money, app};\nfn main() { order_desk::domain::x(); }"),
        ("bin/desk.rs", "fn main() { order_desk::app(); }"),
        ("bin/two/main.rs", "mod x;\nfn main() {}"),
        ("bin/two/x.rs", ""),
    ]);
    let map = fixture.map();
    assert_eq!(edges(&map, "main"), ["domain:1", "lib:1", "domain:2"]);
    assert_eq!(edges(&map, "bin::desk"), ["lib:1"]);
    assert_eq!(map.module("bin::desk").unwrap().layer, Some(Layer::Main));
    assert_eq!(map.module("bin::two::x").unwrap().layer, None);

    fixture.write("Cargo.toml", "[package]\nname = \"other\"\n[lib]\nname = \"desk\"\n");
    fixture.write("src/main.rs", "use desk::domain;\nuse other::x;");
    assert_eq!(edges(&fixture.map(), "main"), ["domain:1", "[other]:2"]);
}

#[test]
fn a_program_without_a_library_has_layers_too() {
    let map = Fixture::new(&[
        ("main.rs", "mod domain;\nuse domain::X;\nfn main() {}"),
        ("domain.rs", "pub struct X;"),
    ])
    .map();
    assert_eq!(modules(&map), ["domain domain", "main main"]);
    assert_eq!(edges(&map, "main"), ["domain:2"]);
}

#[test]
fn the_manifest_says_where_the_roots_are_and_what_crates_are_called() {
    let fixture = Fixture::new(&[
        ("desk.rs", "mod a;\nfn f() { web::x(); db::y(); win::z(); dev::w(); }"),
        ("a.rs", ""),
        ("run/it.rs", "fn main() { od::x(); }"),
    ]);
    fixture.write(
        "Cargo.toml",
        "[package]\nname = \"x\" # a name\n\n[lib]\nname = \"od\"\npath = \"src/desk.rs\"\n[[bin]]\nname = \"it\"\npath = \"src/run/it.rs\"\n\
         [dependencies]\nweb = { package = \"axum\", features = [\n  \"macros\", # one = two\n] }\n[dependencies.db]\nversion = \"1\"\npackage = \"sqlx\"\n\
         [target.'cfg(windows)'.dependencies]\nwin = \"1\"\n[dev-dependencies]\ndev = \"1\"\n",
    );
    let map = fixture.map();
    assert_eq!(edges(&map, "lib"), ["[axum]:2", "[sqlx]:2", "[win]:2"]);
    assert_eq!(edges(&map, "bin::it"), ["lib:1"]);
}

#[test]
fn a_syntax_error_is_told_with_its_file_and_line() {
    let error = Fixture::new(&[("lib.rs", "mod domain;"), ("domain.rs", "fn f() {}\n\nfn g( {\n")]).error();
    assert!(error.to_string().starts_with("src/domain.rs:3: this does not parse: "), "{error}");
    let error = Fixture::new(&[("lib.rs", "fn f() {}\nstruct;\n")]).error();
    assert!(error.to_string().starts_with("src/lib.rs:2: this does not parse: "), "{error}");
}

#[test]
fn a_missing_file_is_told_with_who_wants_it() {
    let error = Fixture::new(&[("lib.rs", "mod domain;"), ("domain/mod.rs", "\nmod order;")]).error();
    assert_eq!(
        error.to_string(),
        "src/domain/mod.rs:2: the module `order` has no file: there is neither src/domain/order.rs nor src/domain/order/mod.rs"
    );
    let error = Fixture::new(&[("lib.rs", "#[path = \"../x.rs\"] mod x;")]).error();
    assert_eq!(error.to_string(), "src/lib.rs:1: the module `x` has no file: there is no x.rs");
}

#[test]
fn a_module_that_contains_itself_is_an_error() {
    let error = Fixture::new(&[("lib.rs", "mod a;"), ("a.rs", "#[path = \"a.rs\"] mod b;")]).error();
    assert_eq!(error.to_string(), "src/a.rs:1: the module `b` contains itself");
}

#[test]
fn a_folder_that_is_no_crate_is_an_error() {
    let fixture = Fixture::new(&[]);
    assert!(
        fixture.error().to_string().contains("neither src/lib.rs nor src/main.rs"),
        "{}",
        fixture.error()
    );
    let error = layers::read(fixture.path().join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere is not the folder of a crate"), "{error}");
    let fixture = Fixture::new(&[("lib.rs", "")]);
    std::fs::remove_file(fixture.path().join("Cargo.toml")).unwrap();
    assert!(fixture.error().to_string().starts_with("Cargo.toml cannot be read: "), "{}", fixture.error());
}

#[test]
fn a_file_that_is_no_text_is_an_error() {
    let fixture = Fixture::new(&[("lib.rs", "mod a;")]);
    std::fs::write(fixture.path().join("src/a.rs"), [0xff, 0xfe]).unwrap();
    assert!(fixture.error().to_string().starts_with("src/a.rs cannot be read: "), "{}", fixture.error());
}
