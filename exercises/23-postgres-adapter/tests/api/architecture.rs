//! The rule that dependencies point inward, held against the sources of this crate.

use std::{collections::BTreeSet, fs, path::Path};

use layers::{Layer, Map, Rules, Target};
use rstest::rstest;
use tempfile::TempDir;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn read(folder: &Path) -> Map {
    layers::read(folder).expect("the sources of a crate")
}

// ANCHOR: rules
/// Who may use what. That dependencies point inward needs no line: it is always asked.
fn rules() -> Rules {
    Rules::new()
        .allow_only(Layer::Domain, &["serde", "thiserror", "time", "uuid"])
        .allow_only(
            Layer::Application,
            &["async-trait", "thiserror", "time", "uuid"],
        )
        .deny(Layer::Adapters, &["axum", "tower-http"])
}
// ANCHOR_END: rules

/// Each use that breaks a rule: the file and the line, who uses what, and the rule.
fn violations(map: &Map) -> Vec<String> {
    map.violations(&rules()).iter().map(ToString::to_string).collect()
}

/// Those of one layer.
fn broken_by(layer: Layer) -> String {
    let found = read(Path::new(HERE)).violations(&rules());
    let of_layer = found.iter().filter(|violation| violation.layer == layer);
    of_layer.map(|violation| format!("\n  {violation}")).collect()
}

// ANCHOR: rule
#[rstest]
#[case::domain(Layer::Domain)]
#[case::application(Layer::Application)]
#[case::adapters(Layer::Adapters)]
#[case::http(Layer::Http)]
fn dependencies_point_inward_from(#[case] layer: Layer) {
    let broken = broken_by(layer);

    assert!(broken.is_empty(), "the rule is broken here:{broken}");
}
// ANCHOR_END: rule

#[test]
fn every_module_is_in_a_layer() {
    let map = read(Path::new(HERE));

    let outside: Vec<&str> = map
        .modules
        .iter()
        .filter(|module| module.layer.is_none())
        .map(|module| module.name.as_str())
        .collect();

    assert!(
        outside.is_empty(),
        "no rule holds for what is in no layer: {outside:?}"
    );
}

// ANCHOR: graph
/// The crates under `[dependencies]`, by their names in code.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(Path::new(HERE).join("Cargo.toml"))
        .expect("this crate has a manifest");
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]");
    lines
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(|name| name.replace('-', "_"))
        .collect()
}

#[test]
fn what_the_manifest_lets_in_is_what_the_layers_use() {
    let map = read(Path::new(HERE));
    let rusts_own = ["std", "core", "alloc"];

    let used: BTreeSet<String> = map
        .edges
        .iter()
        .filter_map(|edge| match &edge.to {
            Target::Crate(name) => Some(name.clone()),
            Target::Module(_) => None,
        })
        .filter(|name| !rusts_own.contains(&name.as_str()))
        .collect();

    assert_eq!(
        used,
        dependencies(),
        "left, what some layer uses; right, what Cargo.toml has"
    );
}
// ANCHOR_END: graph

// ANCHOR: values
/// What gives a time or an id out of nowhere.
const OUT_OF_NOWHERE: [&str; 5] =
    ["::now(", "::now_utc(", "::now_local(", "::now_v7(", "::new_v4("];

#[test]
fn inside_nobody_makes_a_time_or_an_id() {
    let map = read(Path::new(HERE));
    let inside = map.modules.iter().filter(|module| {
        matches!(module.layer, Some(Layer::Domain | Layer::Application))
    });

    let mut found = Vec::new();
    for module in inside {
        let code = fs::read_to_string(Path::new(HERE).join(&module.file))
            .expect("the code of this module");
        for (number, line) in code.lines().enumerate() {
            if OUT_OF_NOWHERE.iter().any(|maker| line.contains(maker)) {
                found.push(format!("{}:{}", module.file, number + 1));
            }
        }
    }

    assert!(
        found.is_empty(),
        "the use cases ask their ports for times and ids. Here somebody makes one:\n{}",
        found.join("\n")
    );
}
// ANCHOR_END: values

/// A copy of this crate, to spoil.
fn copy() -> TempDir {
    let copy = TempDir::new().expect("a temporary folder");
    copy_folder(&Path::new(HERE).join("src"), &copy.path().join("src"));
    fs::copy(Path::new(HERE).join("Cargo.toml"), copy.path().join("Cargo.toml"))
        .expect("a manifest");
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file or a folder");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

// ANCHOR: planted
/// What is found when this line stands at the end of this file, and was not found before.
#[rstest]
#[case::the_domain_uses_a_use_case(
    "domain/money.rs",
    "use crate::application::OrderDesk;",
    "domain may not use application::order_desk: dependencies point inward"
)]
#[case::the_domain_uses_a_port(
    "domain/user.rs",
    "use crate::application::ports::Clock;",
    "domain may not use application::ports: dependencies point inward"
)]
#[case::the_domain_uses_sqlx(
    "domain/money.rs",
    "use sqlx::Row;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::a_use_case_uses_an_adapter(
    "application/ports.rs",
    "use crate::adapters::sqlite::SqliteUsers;",
    "application may not use adapters::sqlite::users: dependencies point inward"
)]
#[case::a_use_case_uses_axum(
    "application/ports.rs",
    "use axum::http::StatusCode;",
    "application may not use the crate axum: application uses no crates but async_trait, thiserror, time, uuid"
)]
#[case::an_adapter_uses_http(
    "adapters/system.rs",
    "use crate::http::error::ApiError;",
    "adapters may not use http::error: http and adapters meet in main alone"
)]
#[case::an_adapter_uses_axum(
    "adapters/system.rs",
    "use axum::Json;",
    "adapters may not use the crate axum: axum is kept out of adapters"
)]
#[case::http_uses_an_adapter(
    "http/health.rs",
    "use crate::adapters::system::SystemClock;",
    "http may not use adapters::system: http and adapters meet in main alone"
)]
// The same in disguise.
#[case::under_another_name(
    "domain/money.rs",
    "use sqlx::Row as Line;",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::among_others(
    "domain/user.rs",
    "use crate::{domain::{Email, Money}, adapters::{self}};",
    "domain may not use adapters: dependencies point inward"
)]
#[case::without_a_use(
    "domain/money.rs",
    "fn planted(_: &sqlx::SqlitePool) {}",
    "domain may not use the crate sqlx: domain uses no crates but serde, thiserror, time, uuid"
)]
#[case::through_the_root(
    "domain/user.rs",
    "use crate::AppState;",
    "domain may not use http::state: dependencies point inward"
)]
#[case::from_inside_a_macro(
    "domain/money.rs",
    "const _: () = assert!(size_of::<axum::http::StatusCode>() > 0);",
    "domain may not use the crate axum: domain uses no crates but serde, thiserror, time, uuid"
)]
fn a_planted_use_is_found(
    #[case] file: &str,
    #[case] line: &str,
    #[case] broken: &str,
) {
    let copy = copy();
    let before = violations(&read(copy.path()));
    let path = copy.path().join("src").join(file);
    let mut source = fs::read_to_string(&path).expect("a file of this crate");
    let number = source.lines().count() + 1;
    source.push_str(line);
    fs::write(&path, source).expect("a spoiled file");

    let mut found = violations(&read(copy.path()));

    found.retain(|violation| !before.contains(violation));
    assert_eq!(found, [format!("src/{file}:{number}: {broken}")]);
}
// ANCHOR_END: planted
