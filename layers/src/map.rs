//! What [`read`](crate::read) gives.

use std::fmt;

use serde::Serialize;

/// The modules of a crate and the edges between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Map {
    /// In the order of their names. Modules for tests alone are not among them.
    pub modules: Vec<Module>,
    /// In the order of their files and lines.
    pub edges: Vec<Edge>,
    /// Every `impl` that could stand further inside: from the module it is written in to that of the type it is for. All
    /// that stands between `impl` and `{` is of layers further inside, or Rust's own. One with a trait, a type or an
    /// argument of its own layer, or of another crate, is none. In the order of their files and lines.
    pub strays: Vec<Edge>,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Module {
    /// `domain::order`. The roots are `lib`, `main` and, for a program `x` in `src/bin`, `bin::x`. The modules of a
    /// program have its name in front (`main::cli`) where the crate has a library too.
    pub name: String,
    /// By the first part of its path, or none.
    pub layer: Option<Layer>,
    /// The file that holds its code, relative to the crate's folder, with `/` on every system.
    pub file: String,
}

/// One module uses something of another module, or of another crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edge {
    /// Where the use is written, relative to the crate's folder, with `/` on every system.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// The name of the module that uses.
    pub from: String,
    pub to: Target,
}

/// What is used: where it is defined, not through which `pub use` it was reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A module of this crate.
    Module(String),
    /// Another crate, by the name it has in code (`tower_http`); `std` is one.
    Crate(String),
}

/// A layer of the service, from the inside out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The module `domain` and all below it.
    Domain,
    /// The module `application`: use cases and ports.
    Application,
    /// The module `adapters`: what the service drives.
    Adapters,
    /// The module `http`: what drives the service.
    Http,
    /// The composition root: `src/main.rs`, `src/lib.rs` and the programs in `src/bin`, but not the modules below them.
    Main,
}

impl Layer {
    /// From the inside out.
    pub const ALL: [Self; 5] = [Self::Domain, Self::Application, Self::Adapters, Self::Http, Self::Main];

    /// The name of the layer's module.
    pub fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Application => "application",
            Self::Adapters => "adapters",
            Self::Http => "http",
            Self::Main => "main",
        }
    }

    /// Whether code of this layer may use code of the layer `other`: its own layer, and those further inside.
    pub fn may_use(self, other: Self) -> bool {
        self == other
            || match self {
                Self::Domain => false,
                Self::Application => other == Self::Domain,
                Self::Adapters | Self::Http => matches!(other, Self::Domain | Self::Application),
                Self::Main => true,
            }
    }

    /// The layer of the module with these parts below its root.
    pub(crate) fn of(parts: &[String]) -> Option<Self> {
        match parts.first() {
            None => Some(Self::Main),
            Some(first) => Self::ALL[..4].iter().copied().find(|layer| layer.name() == first),
        }
    }
}

impl Map {
    /// The module with this name.
    pub fn module(&self, name: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.name == name)
    }

    /// Whether any module but the roots is in a layer.
    pub fn has_layers(&self) -> bool {
        self.modules.iter().any(|module| !matches!(module.layer, None | Some(Layer::Main)))
    }
}

/// Whether the crate comes with the compiler.
pub(crate) fn is_rusts_own(name: &str) -> bool {
    ["std", "core", "alloc"].contains(&name)
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(name) | Self::Crate(name) => f.write_str(name),
        }
    }
}
