use std::fs;

use super::*;

/// The architecture of a crate with these files in `src/`.
fn of(files: &[(&str, &str)]) -> Architecture {
    let dir = tempfile::tempdir().unwrap();
    let files = files.iter().map(|(path, text)| (format!("src/{path}"), *text));
    for (path, text) in
        files.chain([("Cargo.toml".into(), "[package]\nname = \"desk\"\n[dependencies]\naxum = \"0.8\"\n")])
    {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    Architecture::new("dependency-rule", "21", "Dependencies point inward", layers::read(dir.path()).unwrap())
}

const SERVICE: [(&str, &str); 8] = [
    ("lib.rs", "pub mod adapters; pub mod application; pub mod domain; pub mod http;"),
    ("main.rs", "use desk::{adapters::Sqlite, application::Place, http};\nuse axum::Router;\nuse std::fs;"),
    ("http.rs", "use crate::application::Place;\nuse axum::Router;"),
    ("adapters/mod.rs", "mod sqlite; pub use sqlite::Sqlite;"),
    ("adapters/sqlite.rs", "use crate::domain::Order; pub struct Sqlite;"),
    ("application.rs", "use crate::domain::{Order, money}; pub struct Place;"),
    ("domain/mod.rs", "mod money; mod order; pub use order::Order;"),
    ("domain/order.rs", "use super::money::Money; pub struct Order;"),
];

fn service(order: &str) -> Architecture {
    let mut files = SERVICE.to_vec();
    files.push(("domain/money.rs", "pub struct Money;"));
    files[7].1 = order;
    of(&files)
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

const GOOD: &str = "use super::money::Money; pub struct Order;";
const BAD: &str = "use super::money::Money; pub struct Order;\n\nuse crate::adapters::Sqlite;\nuse axum::Router;\nfn f(_: crate::http::X) {}";

#[test]
fn words_show_every_module_with_what_it_uses() {
    insta::assert_snapshot!(plain(&text(&service(BAD), 80, 99)), @r"
    21 dependency-rule  Dependencies point inward

    main
      lib
      main → adapters::sqlite, application, http; crates: axum

    http
      http → application; crates: axum

    adapters
      adapters → adapters::sqlite
      adapters::sqlite → domain::order

    application
      application → domain::{money, order}

    domain
      domain → domain::order
      domain::money
      domain::order → domain::money
        ✗ src/domain/order.rs:3: domain may not use adapters::sqlite: dependencies point inward
        ✗ src/domain/order.rs:4: domain may not use the crate axum: axum is kept out of domain
        ✗ src/domain/order.rs:5: domain may not use http: dependencies point inward

    3 uses break a rule.
    ");
}

#[test]
fn what_is_too_long_for_the_screen_is_told_layer_by_layer() {
    let twice = format!("{BAD}\nfn g(_: crate::http::X) {{}}");
    insta::assert_snapshot!(plain(&text(&service(&twice), 50, 10)), @r"
    21 dependency-rule  Dependencies point inward

      main, 2 modules → adapters, application, http;
          crates: axum
      http, 1 module → application; crates: axum
      adapters, 2 modules → domain
      application, 1 module → domain
      domain, 3 modules
        ✗ src/domain/order.rs:3: domain may not use adapters::sqlite: dependencies point inward
        ✗ src/domain/order.rs:4: domain may not use the crate axum: axum is kept out of domain
        ✗ src/domain/order.rs:5: domain may not use http: dependencies point inward, and at 1 more place

    4 uses break a rule.
    Every module: cargo workbook map dependency-rule | more
    A picture:    cargo workbook map dependency-rule --format svg
    ");
}

#[test]
fn a_service_in_order_says_so() {
    let text = plain(&text(&service(GOOD), 80, 99));
    assert!(text.ends_with("\nDependencies point inward.\n") && !text.contains('✗'), "{text}");
}

#[test]
fn a_crate_without_layers_says_so_and_shows_its_modules() {
    let flat = of(&[
        ("lib.rs", "mod users; mod state; use users::X;"),
        ("users.rs", "use crate::state;"),
        ("state.rs", ""),
    ]);
    insta::assert_snapshot!(plain(&text(&flat, 80, 99)), @r"
    21 dependency-rule  Dependencies point inward
    This chapter has no layers: its modules stand side by side.

    main
      lib → users

    modules
      state
      users → state
    ");
    let svg = flat.svg().unwrap();
    for label in ["users", "state", "lib", "There are no layers."] {
        assert!(svg.contains(label), "{label}: {svg}");
    }
}

#[test]
fn an_arrow_that_points_outward_is_red_and_no_other() {
    assert_eq!(arrow_heads(&service(GOOD).svg().unwrap(), "bad"), 0);
    // To adapters and to http; the crate axum is no box.
    assert_eq!(arrow_heads(&service(BAD).svg().unwrap(), "bad"), 2);
    assert_eq!(
        arrow_heads(&service(BAD).svg().unwrap(), "muted"),
        arrow_heads(&service(GOOD).svg().unwrap(), "muted")
    );
}

fn arrow_heads(svg: &str, colour: &str) -> usize {
    svg.matches("<polygon").count().min(
        svg.split("<polygon")
            .skip(1)
            .filter(|rest| {
                rest.split_once("/>").is_some_and(|(head, _)| head.contains(&format!("picture-{colour}")))
            })
            .count(),
    )
}

#[test]
fn the_picture_is_told_in_words() {
    let svg = service(BAD).svg().unwrap();
    assert!(svg.starts_with("<svg role=\"img\" aria-label=\"The modules of 21 dependency-rule. "), "{svg}");
    assert!(svg.contains("<title>The modules of 21 dependency-rule</title><desc>"), "{svg}");
    assert!(
        svg.contains("Against the rules: src/domain/order.rs:3: domain may not use adapters::sqlite"),
        "{svg}"
    );
    assert!(svg.contains("http uses application"), "{svg}");
    assert!(!svg.contains("<style"), "a page may forbid it: {svg}");
    assert!(service(BAD).svg_file().unwrap().contains("--picture-bad:"), "a file has no page");
}

#[test]
fn a_large_service_keeps_within_the_width_of_a_phone_and_its_boxes_apart() {
    let names: Vec<String> = (0..14).map(|n| format!("a_rather_long_module_name_{n}")).collect();
    let longest = "a_name_that_nobody_would_give_to_a_module_because_it_fits_on_no_line_at_all";
    let mods: String =
        names.iter().map(|name| format!("pub mod {name} {{ use crate::domain::*; }}\n")).collect();
    let files = [
        ("lib.rs", "mod domain; mod http; mod adapters; mod application; mod util;"),
        ("util.rs", ""),
        ("domain.rs", &*mods.replace("crate::domain::*", "crate::http::*")),
        ("http.rs", &*mods),
        ("adapters.rs", &*format!("{mods} mod {longest} {{}}")),
        ("application.rs", &*mods),
    ];
    let large = of(&files);
    large.svg().unwrap();
    let layout = layout::Layout::of(&large);
    let (frames, boxes): (Vec<_>, Vec<_>) = layout.nodes.iter().partition(|node| node.is_layer);
    assert_eq!((frames.len(), boxes.len()), (6, 14 * 4 + 3));
    for all in [&frames, &boxes] {
        for (index, a) in all.iter().enumerate() {
            assert!(a.left >= 0.0 && a.left + a.width <= 620.0, "{a:?}");
            for b in &all[index + 1..] {
                let apart = a.left + a.width <= b.left
                    || b.left + b.width <= a.left
                    || a.bottom() <= b.top
                    || b.bottom() <= a.top;
                assert!(apart, "{a:?} {b:?}");
            }
        }
    }
    let (broken, sound): (Vec<_>, Vec<_>) = layout.arrows.iter().partition(|(.., broken)| *broken);
    assert_eq!(broken.len(), 14, "from each module of the domain to http");
    assert!(
        sound.iter().all(|(from, to, _)| layout.nodes[*from].is_layer && layout.nodes[*to].is_layer),
        "so many arrows go from layer to layer: {sound:?}"
    );
    for a in &boxes {
        assert!(
            frames.iter().any(|frame| frame.left <= a.left
                && a.left + a.width <= frame.left + frame.width
                && frame.top < a.top
                && a.bottom() < frame.bottom()),
            "{a:?}"
        );
    }
}

#[test]
fn a_service_of_usual_size_shows_which_layer_uses_which_and_what_happens_within_them() {
    let names = ["a", "b", "c", "d", "e"];
    let all = |text: &dyn Fn(&str) -> String| -> String { names.iter().map(|name| text(name)).collect() };
    let files = [
        ("lib.rs", "mod domain; mod http; mod application;".to_owned()),
        ("domain.rs", all(&|name| format!("pub mod {name} {{ use super::a::*; }}\n"))),
        (
            "application.rs",
            all(&|name| format!("pub mod {name} {{ use crate::domain::{{a, b, {name}}}; }}\n")),
        ),
        ("http.rs", "pub mod x { use crate::{application::a, domain::b}; }".to_owned()),
    ];
    let mut files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let told = |files: &[(&str, &str)]| {
        let layout = layout::Layout::of(&of(files));
        let name = |at: usize| match &layout.nodes[at] {
            node if node.is_layer => node.label.clone(),
            node => format!("{}::{}", layout.nodes[node.frame].label, node.label),
        };
        layout
            .arrows
            .iter()
            .map(|(from, to, broken)| format!("{} {} {broken}", name(*from), name(*to)))
            .collect::<Vec<_>>()
    };
    let mut sound = told(&files);
    sound.sort();
    assert_eq!(
        sound,
        [
            "application domain false",
            "domain::b domain::a false",
            "domain::c domain::a false",
            "domain::d domain::a false",
            "domain::e domain::a false",
            "http application false",
            "http domain false",
        ]
    );
    let broken = format!("{}pub mod f {{ use crate::http::x; }}", files[1].1);
    files[1].1 = &broken;
    assert!(
        told(&files).contains(&"domain::f http::x true".to_owned()),
        "what breaks a rule is told exactly"
    );
}

/// The arrow that is there anyway, from http to the use cases, is red then.
#[test]
fn an_impl_that_could_stand_further_inside_is_an_arrow_that_breaks_a_rule() {
    let mut files = SERVICE.to_vec();
    files.push(("domain/money.rs", "pub struct Money;"));
    files[2].1 = "use crate::application::Place;\nimpl Place {}";
    let architecture = of(&files);

    let red = layout::Layout::of(&architecture).arrows.iter().filter(|arrow| arrow.2).count();

    assert_eq!(red, 1);
    assert!(plain(&text(&architecture, 80, 99)).contains(
        "src/http.rs:2: http may not hold an impl for application: all that it names is further inside"
    ));
}

#[test]
fn json_has_the_map_and_what_breaks_a_rule() {
    let json = serde_json::to_value(service(BAD)).unwrap();
    assert_eq!(
        (&json["version"], &json["id"], &json["layered"]),
        (&1.into(), &"dependency-rule".into(), &true.into())
    );
    assert!(
        json["modules"].as_array().unwrap().iter().any(|module| module["name"] == "domain::order"),
        "{json}"
    );
    assert_eq!(json["violations"][0]["edge"]["line"], 3, "{json}");
    assert_eq!(
        json["violations"][1]["message"],
        "src/domain/order.rs:4: domain may not use the crate axum: axum is kept out of domain"
    );
}
