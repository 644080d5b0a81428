//! The picture of the learner's own architecture: the modules of a chapter's crate, in their layers, and who uses whom.

mod draw;
mod layout;
mod rows;
mod text;

use anyhow::{Context, Result};
use layers::{Edge, Layer, Map, Rules, Violation};
use serde::Serialize;

use crate::course::Chapter;

pub use text::text;

/// A chapter's crate as it is on disk. As JSON it is what `cargo workbook map --format json` prints.
#[derive(Debug, Clone, Serialize)]
pub struct Architecture {
    /// The format of this JSON. Keys are added without counting it up; none is taken away or changed.
    pub version: u32,
    pub id: String,
    pub number: String,
    pub title: String,
    /// Whether any module is in a layer. Where none is, there is no rule to break.
    pub layered: bool,
    #[serde(flatten)]
    pub map: Map,
    pub violations: Vec<Told>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Told {
    #[serde(flatten)]
    pub violation: Violation,
    /// Its file is relative to the chapter's folder.
    pub message: String,
}

impl Architecture {
    pub fn of(chapter: &Chapter) -> Result<Self> {
        let map = layers::read(&chapter.dir).with_context(|| {
            format!("the modules of exercises/{} cannot be drawn, because in that folder", chapter.folder)
        })?;
        Ok(Self::new(&chapter.id, chapter.number(), &chapter.about.title, map))
    }

    fn new(id: &str, number: &str, title: &str, map: Map) -> Self {
        let rules = Rules::new().deny(Layer::Domain, &["axum", "sqlx", "tokio"]);
        let rules = rules.deny(Layer::Application, &["axum", "sqlx"]);
        let told = |violation: Violation| Told { message: violation.to_string(), violation };
        Self {
            version: 1,
            id: id.to_owned(),
            number: number.to_owned(),
            title: title.to_owned(),
            layered: map.has_layers(),
            violations: map.violations(&rules).into_iter().map(told).collect(),
            map,
        }
    }

    fn breaks(&self, edge: &Edge) -> bool {
        self.violations.iter().any(|told| told.violation.edge == *edge)
    }

    fn name_of(&self, layer: Option<Layer>) -> &'static str {
        layer.map_or(if self.layered { "in no layer" } else { "modules" }, Layer::name)
    }
}

/// The layers from the outside in, as they are shown; `None` for the modules that have none.
const SHOWN: [Option<Layer>; 6] = [
    Some(Layer::Main),
    None,
    Some(Layer::Http),
    Some(Layer::Adapters),
    Some(Layer::Application),
    Some(Layer::Domain),
];

#[cfg(test)]
mod tests;
