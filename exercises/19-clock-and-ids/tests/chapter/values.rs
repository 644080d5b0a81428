//! The inside is handed times and ids, and makes none.

use std::{fs, path::Path};

use layers::Layer;

/// What gives a time or an id out of nowhere.
const OUT_OF_NOWHERE: [&str; 2] = ["::now", "::new_v4"];

#[test]
fn inside_nobody_makes_a_time_or_an_id() {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = layers::read(crate_dir).expect("the sources of this crate");
    let inside = map.modules.iter().filter(|module| {
        matches!(module.layer, Some(Layer::Domain | Layer::Application))
    });

    let mut found = Vec::new();
    for module in inside {
        let code = fs::read_to_string(crate_dir.join(&module.file))
            .expect("the code of this module");
        for (number, line) in code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if OUT_OF_NOWHERE.iter().any(|maker| code.contains(maker)) {
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
