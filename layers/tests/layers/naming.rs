//! Every way of naming a thing that is somewhere else.

use rstest::rstest;

use crate::{Fixture, edges};

/// The edges of the module `application::register` with this code.
fn of(code: &str) -> Vec<String> {
    let fixture = Fixture::new(&[
        (
            "lib.rs",
            "pub mod adapters;\npub mod application;\npub mod domain;\npub mod facade;\npub use adapters::sqlite as aliased;\n",
        ),
        ("domain/mod.rs", "pub mod money;\npub mod order;\npub use order::Order;\n"),
        ("domain/money.rs", "pub struct Money; pub fn zero() -> Money { Money }"),
        ("domain/order.rs", "pub struct Order; pub mod item { pub struct Item; } pub enum State { Open }"),
        ("application/mod.rs", "pub mod ports;\npub mod register;\n"),
        ("application/ports.rs", "pub trait Users {}"),
        ("application/register.rs", code),
        ("adapters/mod.rs", "pub mod sqlite;\npub mod memory;\n"),
        (
            "adapters/sqlite.rs",
            "pub struct Sqlite; pub fn open() -> Sqlite { Sqlite } pub const PATH: &str = \"\"; pub use tower_http::Layer;",
        ),
        ("adapters/memory.rs", "pub struct Memory;"),
        (
            "facade.rs",
            "pub use crate::adapters::sqlite::{Sqlite as Store, open};\npub use crate::adapters::memory::*;\npub use sqlx::Row;\n",
        ),
    ]);
    edges(&fixture.map(), "application::register")
}

#[rstest]
#[case::a_use("use crate::domain::order::Order;", &["domain::order:1"])]
#[case::a_use_of_a_module("use crate::domain::money;", &["domain::money:1"])]
#[case::a_group("use crate::{domain::money::Money, adapters::sqlite::Sqlite};", &["adapters::sqlite:1", "domain::money:1"])]
#[case::a_nested_group_over_lines("use crate::{\n    domain::{\n        money::Money,\n        order::{item::Item, State},\n    },\n    adapters::memory,\n};", &["domain::money:3", "domain::order:4", "domain::order::item:4", "adapters::memory:6"])]
#[case::self_in_a_group("use crate::adapters::{self, sqlite::Sqlite};", &["adapters:1", "adapters::sqlite:1"])]
#[case::a_glob("use crate::adapters::sqlite::*;", &["adapters::sqlite:1"])]
#[case::a_glob_of_an_enum("use crate::domain::order::State::*; fn f() { let _ = Open; }", &["domain::order:1"])]
#[case::a_renamed_use("use crate::adapters::sqlite as db;\nfn f() { db::open(); }", &["adapters::sqlite:1"])]
#[case::a_trait_without_a_name("use super::ports::Users as _;", &["application::ports:1"])]
#[case::through_a_pub_use("use crate::domain::Order;", &["domain::order:1"])]
#[case::through_a_renamed_pub_use("use crate::facade::Store;", &["adapters::sqlite:1"])]
#[case::through_a_pub_use_of_a_glob("use crate::facade::Memory;", &["adapters::memory:1"])]
#[case::through_a_pub_use_of_a_crate("use crate::facade::Row;", &["[sqlx]:1"])]
#[case::what_a_glob_re_exports("use crate::facade::*;\nfn f() { open(); }\nfn g(_: Memory) {}", &["facade:1", "adapters::sqlite:2", "adapters::memory:3"])]
#[case::a_variable_is_no_function_of_a_glob("use crate::facade::*;\nfn f(open: u8) -> u8 { open }", &["facade:1"])]
#[case::a_path_through_a_facade("fn f() -> crate::facade::Store { todo!() }", &["adapters::sqlite:1"])]
#[case::something_that_is_not_found("use crate::adapters::made_by_a_macro;", &["adapters:1"])]
#[case::a_type("fn f(_: crate::adapters::sqlite::Sqlite) {}", &["adapters::sqlite:1"])]
#[case::a_type_in_a_type("fn f() -> Option<Vec<crate::adapters::sqlite::Sqlite>> { None }", &["adapters::sqlite:1"])]
#[case::a_field("struct S { a: Box<dyn super::ports::Users> }", &["application::ports:1"])]
#[case::a_bound("fn f<T>() where T: super::ports::Users {}", &["application::ports:1"])]
#[case::an_expression("fn f() {\n    crate::adapters::sqlite::open();\n}", &["adapters::sqlite:2"])]
#[case::a_constant("const P: &str = crate::adapters::sqlite::PATH;", &["adapters::sqlite:1"])]
#[case::a_pattern("fn f(s: u8) { if let crate::domain::order::State::Open = s {} }", &["domain::order:1"])]
#[case::a_struct_expression("fn f() { let _ = crate::domain::money::Money {}; }", &["domain::money:1"])]
#[case::a_trait_that_is_implemented("struct S; impl super::ports::Users for S {}", &["application::ports:1"])]
#[case::a_qualified_path("fn f() { <crate::domain::money::Money as super::ports::Users>::g(); }", &["application::ports:1", "domain::money:1"])]
#[case::an_attribute("#[tokio::main]\nasync fn main() {}", &["[tokio]:1"])]
#[case::a_derive("#[derive(Debug, sqlx::FromRow)] struct S;", &["[sqlx]:1"])]
#[case::a_derive_under_a_condition("#[cfg_attr(feature = \"db\", derive(sqlx::Type), sqlx(rename_all = \"lowercase\"))]\nenum E { A }", &["[sqlx]:1"])]
#[case::a_condition_is_none("#[cfg_attr(sqlx::on, allow(dead_code))] struct S;", &[])]
#[case::a_derive_that_a_use_has_brought("use sqlx::FromRow;\n#[derive(FromRow)] struct S;", &["[sqlx]:1"])]
#[case::a_derive_of_ones_own_is_none("#[derive(Clone, Debug)] struct S;", &[])]
#[case::a_path_in_a_string_is_none("struct S { #[serde(with = \"crate::adapters::sqlite\")] a: u8 }", &[])]
#[case::who_may_see_it_is_none("pub(in crate::application) struct S;", &[])]
#[case::super_and_self("use super::ports; use self::inner::X; mod inner { pub struct X; }", &["application::ports:1", "application::register::inner:1"])]
#[case::super_super("use super::super::adapters::sqlite;", &["adapters::sqlite:1"])]
#[case::super_super_in_code("fn f() { super::super::adapters::sqlite::open(); }", &["adapters::sqlite:1"])]
#[case::self_super("use self::super::super::domain::money;", &["domain::money:1"])]
#[case::too_many_supers("use super::super::super::super::x;", &[])]
#[case::a_name_then_a_path("use crate::domain;\nfn f() -> domain::money::Money { domain::money::zero() }\n", &["domain:1", "domain::money:2"])]
#[case::a_name_then_a_path_through_a_pub_use("use crate::domain;\nfn f(_: domain::Order) {}", &["domain:1", "domain::order:2"])]
#[case::a_name_that_stays_where_it_is("use crate::domain::order::State;\nfn f() { State::Open; }", &["domain::order:1"])]
#[case::a_use_through_a_use("use crate::adapters; use adapters::sqlite;", &["adapters:1", "adapters::sqlite:1"])]
#[case::a_use_in_a_function("fn f() {\n    use crate::adapters::{self, memory as m};\n    adapters::sqlite::open();\n    let _ = m::Memory;\n}", &["adapters:2", "adapters::memory:2", "adapters::sqlite:3"])]
#[case::a_name_of_one_function_alone("fn f() { use crate::adapters as domain; domain::sqlite::open(); }\nfn g() { domain::money::zero(); }", &["adapters:1", "adapters::sqlite:1"])]
#[case::a_macro("fn f() {\n    println!(\"{}\", crate::adapters::sqlite::PATH);\n}", &["adapters::sqlite:2"])]
#[case::a_macro_over_lines("fn f() {\n    println!(\n        \"{a}\",\n        a = crate::adapters::sqlite::PATH,\n    );\n}", &["adapters::sqlite:4"])]
#[case::a_vec("fn f() { vec![crate::domain::money::zero(), crate::domain::money::Money]; }", &["domain::money:1"])]
#[case::a_repeated_vec("fn f() { vec![crate::domain::money::zero(); 3]; }", &["domain::money:1"])]
#[case::a_macro_in_a_macro("fn f() { assert!(vec![crate::domain::money::zero()].is_empty(), \"{}\", format!(\"{}\", crate::adapters::sqlite::PATH)); }", &["adapters::sqlite:1", "domain::money:1"])]
#[case::a_select("fn f() {\n    tokio::select! {\n        x = crate::adapters::sqlite::open() => { super::ports::x(x) }\n        else => {}\n    }\n}", &["[tokio]:2", "adapters::sqlite:3", "application::ports:3"])]
#[case::a_use_in_a_select("fn f() { tokio::select! { _ = x => { use crate::adapters::{memory, sqlite as s}; s::open() } } }", &["adapters::memory:1", "adapters::sqlite:1", "[tokio]:1"])]
#[case::json("fn f() { json!({ \"a\": crate::adapters::sqlite::PATH, \"b\": [super::ports::X] }); }", &["adapters::sqlite:1", "application::ports:1"])]
#[case::a_matches("fn f(s: u8) { matches!(s, crate::domain::order::State::Open | crate::domain::money::Money); }", &["domain::money:1", "domain::order:1"])]
#[case::a_name_in_a_macro("use crate::domain;\nfn f() { dbg!(domain::money::zero()); }", &["domain:1", "domain::money:2"])]
#[case::a_macro_of_ones_own("macro_rules! m { ($x:expr) => { $crate::adapters::sqlite::open($x) }; }", &["adapters::sqlite:1"])]
#[case::a_crate_in_a_use("use axum::Router;", &["[axum]:1"])]
#[case::a_crate_with_a_dash("use tower_http::trace;", &["[tower_http]:1"])]
#[case::a_crate_in_code("fn f() -> axum::Router { todo!() }", &["[axum]:1"])]
#[case::a_renamed_crate("use axum as web;\nfn f() -> web::Router { web::Router::new() }", &["[axum]:1"])]
#[case::a_crate_by_its_own_name("use axum;\nuse axum::Router;", &["[axum]:1", "[axum]:2"])]
#[case::an_extern_crate("extern crate axum as web;\nfn f() -> web::Router { todo!() }", &["[axum]:1"])]
#[case::a_crate_with_colons("fn f() -> ::axum::Router { todo!() }", &["[axum]:1"])]
#[case::a_crate_with_colons_in_a_macro("fn f() { m!(=> ::axum::Router) }", &["[axum]:1"])]
#[case::a_crate_after_a_keyword_in_a_macro("fn f() { m!(=> return ::axum::Router) }", &["[axum]:1"])]
#[case::a_range_in_a_macro("fn f() { m!(=> 0..crate::adapters::sqlite::PATH) }", &["adapters::sqlite:1"])]
#[case::a_method_in_a_macro("use crate::facade::*; fn f() { m!(=> x.Memory, $Memory, 'Memory) }", &["facade:1"])]
#[case::a_generic_type_in_a_macro("fn f() { m!(=> Vec::<crate::domain::money::Money>::new()) }", &["domain::money:1"])]
#[case::a_glob_in_a_function("fn f() { use crate::facade::*; Memory; }", &["adapters::memory:1", "facade:1"])]
#[case::a_closure("fn f() { let _ = || { crate::adapters::sqlite::open() }; }", &["adapters::sqlite:1"])]
#[case::a_trait_default("trait T { fn f() { crate::adapters::sqlite::open(); } }", &["adapters::sqlite:1"])]
#[case::a_method_for_tests("struct S; impl S { #[cfg(test)] fn f() { crate::adapters::sqlite::open(); } }", &[])]
#[case::a_macro_by_its_path("crate::facade::db!();", &["facade:1"])]
#[case::an_alias_of_a_module("use crate::aliased::open;", &["adapters::sqlite:1"])]
#[case::a_crate_that_is_not_in_the_manifest("use reqwest::Client;", &["[reqwest]:1"])]
#[case::a_module_hides_a_crate("mod axum { pub struct Router; }\nuse axum::Router;", &["application::register::axum:2"])]
#[case::the_standard_library("use std::fs;", &["[std]:1"])]
#[case::a_primitive_is_no_crate("fn f() { u32::from_str_radix(\"\", 2); str::from_utf8(&[]); Vec::<u8>::new(); }", &[])]
#[case::tests_are_left_out("#[cfg(test)]\nmod tests { use crate::adapters::sqlite; }\n#[cfg(test)]\nuse crate::adapters::memory;\n#[cfg(all(test, unix))]\nfn f() { crate::adapters::sqlite::open(); }\n#[tokio::test]\nasync fn g() { crate::adapters::sqlite::open(); }", &[])]
#[case::not_test_is_no_test("#[cfg(not(test))]\nuse crate::adapters::memory;\n#[cfg(any(test, unix))]\nuse crate::adapters::sqlite;", &["adapters::memory:2", "adapters::sqlite:4"])]
#[case::a_string_and_a_comment_are_none("// crate::adapters::sqlite\n/// crate::adapters::sqlite\nconst A: &str = \"crate::adapters::sqlite::open()\";", &[])]
#[case::a_raw_name("use crate::r#domain::r#money;", &["domain::money:1"])]
fn a_path_leads_to(#[case] code: &str, #[case] expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|edge| (*edge).to_owned()).collect();
    assert_eq!(of(code), expected, "{code}");
}

#[test]
fn a_child_sees_what_its_parent_has_brought() {
    let found =
        of("use crate::adapters::sqlite;\nmod inner {\n    use super::*;\n    fn f() { sqlite::open(); }\n}");
    assert_eq!(found, ["adapters::sqlite:1"]);
    let map = Fixture::new(&[
        ("lib.rs", "mod a; mod b;"),
        ("b.rs", "pub fn f() {}"),
        ("a.rs", "use crate::b;\nmod inner {\n    use super::*;\n    fn g() { b::f(); }\n}"),
    ])
    .map();
    assert_eq!(edges(&map, "a::inner"), ["a:3", "b:4"]);
}

#[test]
fn an_exported_macro_is_in_the_module_that_writes_it() {
    let map = Fixture::new(&[
        ("lib.rs", "mod a; mod b;"),
        (
            "a.rs",
            "pub mod deep { #[macro_export] macro_rules! ensure { () => {} } macro_rules! own { () => {} } }",
        ),
        ("b.rs", "fn f() { crate::ensure!(); }\nfn g() { crate::own!(); }"),
        ("main.rs", "fn main() { order_desk::ensure!(); }"),
    ])
    .map();
    assert_eq!(edges(&map, "b"), ["a::deep:1", "lib:2"]);
    assert_eq!(edges(&map, "main"), ["a::deep:1"]);
}

#[test]
fn a_module_and_a_function_of_one_name_are_told_apart() {
    let map = Fixture::new(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "pub fn users() {}\npub mod users { pub fn all() {} }"),
        ("b.rs", "use crate::a::*;\nfn f() { users(); }\nfn g() { users::all(); }"),
    ])
    .map();
    assert_eq!(edges(&map, "b"), ["a:1", "a:2", "a::users:3"]);
}

#[test]
fn names_that_stand_for_each_other_come_to_an_end() {
    let map = Fixture::new(&[
        ("lib.rs", "mod a; mod b; use a::x; use b::*;"),
        ("a.rs", "pub use crate::b::x; pub use crate::b::*;"),
        ("b.rs", "pub use crate::a::x; pub use crate::a::*; fn f() { Missing::new(); x::y(); }"),
    ])
    .map();
    assert!(edges(&map, "a").contains(&"b:1".to_owned()), "{map:?}");
    assert!(edges(&map, "b").contains(&"a:1".to_owned()), "{map:?}");
}

#[test]
fn globs_that_multiply_come_to_an_end() {
    let names: Vec<_> = (0..24).map(|n| format!("m{n}")).collect();
    let all: String = names.iter().map(|name| format!("pub use crate::{name}::*;\n")).collect();
    let mut files = vec![("lib.rs".to_owned(), names.iter().map(|name| format!("mod {name};\n")).collect())];
    files.extend(names.iter().map(|name| (format!("{name}.rs"), format!("{all}fn f(_: Missing) {{}}"))));
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text): &(String, String)| (&**name, &**text)).collect();
    assert_eq!(Fixture::new(&files).map().modules.len(), 25);
}
