//! Writes the domain once more, with both versions at each place where a mutant differs, and a switch between them.
//!
//! So all mutants are compiled once, and your tests need not be compiled again for each.

use std::{collections::BTreeMap, env, fs, path::Path};

use mutants::{MUTANTS, Mutant, REFACTORINGS};

#[path = "src/mutants.rs"]
mod mutants;

const DOMAIN: &str = "src/domain";

fn main() {
    println!("cargo:rerun-if-changed={DOMAIN}");
    println!("cargo:rerun-if-changed=src/mutants.rs");
    let out = env::var("OUT_DIR").expect("Cargo says where to write");
    let copy = Path::new(&out).join("domain");
    fs::create_dir_all(&copy).expect("a folder for the copy");
    for entry in fs::read_dir(DOMAIN).expect("the domain") {
        let path = entry.expect("a file of the domain").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("Rust is text");
        fs::write(copy.join(&*name), with_mutants(&name, text)).expect("the copy");
    }
    fs::write(Path::new(&out).join("mutable.rs"), "pub mod domain;\n")
        .expect("the root of the copy");
}

/// The text of a file, with all mutants that are made of it.
fn with_mutants(file: &str, mut text: String) -> String {
    let mut places: BTreeMap<&str, Vec<&Mutant>> = BTreeMap::new();
    for mutant in MUTANTS.iter().chain(&REFACTORINGS) {
        if mutant.file == file {
            places.entry(mutant.was).or_default().push(mutant);
        }
    }
    for (was, mutants) in places {
        // What is not there any more becomes no mutant; its test says so.
        if text.matches(was).count() == 1 {
            text = text.replace(was, &either(was, &mutants));
        }
    }
    text
}

fn either(was: &str, mutants: &[&Mutant]) -> String {
    // There is no switch for what is derived: `mutable.rs` has this one's own code.
    if let ([mutant], true) = (mutants, was.starts_with("#[derive")) {
        return mutant.is.to_owned();
    }
    let arms: String = mutants
        .iter()
        .map(|Mutant { name, is, says, .. }| {
            format!("/* {says} */ {name:?} => {{ {is} }}\n")
        })
        .collect();
    format!("match crate::mutable::awake() {{\n{arms}_ => {{ {was} }}\n}}")
}
