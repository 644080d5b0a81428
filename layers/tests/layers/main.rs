//! Reads small crates that the tests write, and the sources of this repository.

mod crates;
mod files;
mod impls;
mod imports;
mod naming;
mod repository;
mod rules;

use std::{fs, path::Path};

use layers::{Edge, Error, Map, Target};
use tempfile::TempDir;

/// A crate in a temporary folder.
struct Fixture(TempDir);

impl Fixture {
    /// A crate `order-desk` with these files in `src/`.
    fn new(files: &[(&str, &str)]) -> Self {
        let fixture = Self(TempDir::with_prefix("läyers ").unwrap());
        fixture.write(
            "Cargo.toml",
            "[package]\nname = \"order-desk\"\n[dependencies]\naxum.workspace = true\nsqlx = { version = \"0.9\" }\ntower-http = \"0.7\"\ntokio.workspace = true\n",
        );
        files.iter().for_each(|(path, text)| fixture.write(&format!("src/{path}"), text));
        fixture
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn map(&self) -> Map {
        layers::read(self.path()).unwrap()
    }

    fn error(&self) -> Error {
        layers::read(self.path()).unwrap_err()
    }
}

/// The edges from the module `from`, as `target:line`; a crate is `[crate]`.
fn edges(map: &Map, from: &str) -> Vec<String> {
    let shown = |edge: &Edge| match &edge.to {
        Target::Module(name) => format!("{name}:{}", edge.line),
        Target::Crate(name) => format!("[{name}]:{}", edge.line),
    };
    map.edges.iter().filter(|edge| edge.from == from).map(shown).collect()
}

/// Each module's name, and its layer or `-`.
fn modules(map: &Map) -> Vec<String> {
    let layer = |module: &layers::Module| module.layer.map_or("-".to_owned(), |layer| layer.to_string());
    map.modules.iter().map(|module| format!("{} {}", module.name, layer(module))).collect()
}
