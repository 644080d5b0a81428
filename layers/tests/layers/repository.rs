//! The sources of this repository: more ways to write Rust than a table has.

use std::{fs, path::Path};

fn crates() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found = vec![root.join("workbook"), root.join("testkit"), root.join("layers")];
    for folder in ["exercises", "solutions"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        found.extend(entries.filter(|path| path.join("Cargo.toml").is_file()));
    }
    found
}

#[test]
fn every_crate_of_this_repository_can_be_read() {
    for dir in crates() {
        let map = layers::read(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
        assert!(!map.modules.is_empty(), "{}", dir.display());
        for edge in &map.edges {
            assert!(map.module(&edge.from).is_some() && edge.line > 0, "{edge:?}");
            let lines = fs::read_to_string(dir.join(&edge.file)).unwrap().lines().count();
            assert!(edge.line <= lines, "{edge:?}");
        }
    }
}

/// Cut anywhere, a file is a map or an error, never a panic.
#[test]
fn half_a_file_is_no_reason_to_panic() {
    let fixture = crate::Fixture::new(&[]);
    for dir in crates() {
        let Ok(text) = fs::read_to_string(dir.join("src/lib.rs")) else { continue };
        let manifest = fs::read_to_string(dir.join("Cargo.toml")).unwrap();
        for cut in (0..text.len().max(manifest.len())).step_by(41) {
            let part =
                |text: &str| String::from_utf8_lossy(&text.as_bytes()[..cut.min(text.len())]).into_owned();
            fixture.write("src/lib.rs", &part(&text));
            fixture.write("Cargo.toml", &part(&manifest));
            let _ = layers::read(fixture.path());
        }
    }
}

/// What the reading costs: `cargo test --release -p layers -- --ignored --nocapture cost`.
#[test]
#[ignore = "a measurement"]
fn cost() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("workbook");
    let mut times: Vec<_> = (0..11)
        .map(|_| {
            let start = std::time::Instant::now();
            let map = layers::read(&dir).unwrap();
            (start.elapsed(), map.modules.len(), map.edges.len())
        })
        .collect();
    times.sort();
    println!(
        "median {:?} of {:?} to {:?}; modules and edges: {:?}",
        times[5].0,
        times[0].0,
        times[10].0,
        (times[5].1, times[5].2)
    );
}
