//! Where each box of the picture stands. Lengths are in the picture's units; `y` grows downward.

use std::collections::{BTreeMap, BTreeSet};

use layers::{Layer, Module, Target};

use super::{Architecture, SHOWN, rows};

/// As wide as a page's picture may be, less a margin.
const WIDTH: f64 = 620.0;
const PADDING: f64 = 14.0;
/// Between two boxes of a row, and between two layers side by side.
const BESIDE: f64 = 20.0;
/// Between two rows, and between two layers: room for arrows.
const BELOW: f64 = 44.0;
const BOX: f64 = 40.0;
/// Above a layer's boxes: its name, and room for arrows from box to box.
const TITLE: f64 = 50.0;
const LETTER: f64 = 10.5;
/// With more arrows between layers than these nobody follows one: then those that break no rule go from layer to layer.
const MANY_BETWEEN: usize = 12;
/// With more arrows within layers than these they are left out.
const MANY_WITHIN: usize = 40;

/// A box: a module, or the frame of a layer, which stands for the layer's own module.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub label: String,
    pub is_layer: bool,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Node {
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    pub fn middle(&self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }
}

/// What is drawn: boxes, and arrows between them by their indices.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub nodes: Vec<Node>,
    /// For each box, the frame it stands in; for a frame, itself.
    pub frames: Vec<usize>,
    /// From, to, and whether a rule is broken.
    pub arrows: Vec<(usize, usize, bool)>,
}

/// Which box a module is part of: its layer, and its name in it. A module below another is part of that one's box, and the
/// layer's own module is the layer's frame.
type Key = (Option<Layer>, String);

fn key(module: &Module) -> Key {
    let parts: Vec<&str> = module.name.split("::").collect();
    let name = match module.layer {
        Some(Layer::Main) => module.name.clone(),
        Some(layer) => {
            let at = parts.iter().position(|part| *part == layer.name()).unwrap_or(0);
            parts.get(at + 1).copied().unwrap_or_default().to_owned()
        }
        None if parts[0] == "main" => parts[..2.min(parts.len())].join("::"),
        None if parts[0] == "bin" => parts[..3.min(parts.len())].join("::"),
        None => parts[0].to_owned(),
    };
    (module.layer, name)
}

impl Layout {
    /// Places the boxes, the outermost layer on top.
    pub fn of(architecture: &Architecture) -> Self {
        let keys: BTreeMap<&str, Key> =
            architecture.map.modules.iter().map(|module| (module.name.as_str(), key(module))).collect();
        let mut layout = Self::default();
        let mut places = BTreeMap::new();
        let mut top = 0.0;
        // http and adapters stand side by side: neither may use the other.
        let rows: [&[Option<Layer>]; 5] =
            [&SHOWN[..1], &SHOWN[1..2], &SHOWN[2..4], &SHOWN[4..5], &SHOWN[5..]];
        for row in rows {
            let has = |layer: &Option<Layer>| keys.values().any(|(of, _)| of == layer);
            let layers: Vec<_> = row.iter().copied().filter(has).collect();
            let width = (WIDTH - BESIDE * layers.len().saturating_sub(1) as f64) / layers.len().max(1) as f64;
            let mut height: f64 = 0.0;
            let mut frames = Vec::new();
            for (column, &layer) in layers.iter().enumerate() {
                let left = column as f64 * (width + BESIDE);
                let names: BTreeSet<&str> =
                    keys.values().filter(|(of, _)| *of == layer).map(|(_, name)| name.as_str()).collect();
                let title = match layer {
                    Some(layer) => layer.name(),
                    None if architecture.layered => "in no layer",
                    None => "modules",
                };
                let frame = layout.nodes.len();
                let node = Node { label: title.into(), is_layer: true, left, top, width, height: 0.0 };
                layout.nodes.push(node);
                layout.frames.push(frame);
                frames.push(frame);
                places.insert((layer, String::new()), frame);
                let inner = (left + PADDING, top + TITLE, width - 2.0 * PADDING);
                let rows = rows::of(
                    names.into_iter().filter(|name| !name.is_empty()).collect(),
                    &uses(architecture, &keys, layer),
                );
                let bottom = layout.fill(inner, &rows, |name, at| {
                    places.insert((layer, name.to_owned()), at);
                });
                height = height.max(bottom + PADDING - top);
            }
            for frame in frames {
                layout.nodes[frame].height = height;
            }
            if !layers.is_empty() {
                top += height + BELOW;
            }
        }
        layout.arrows = arrows(architecture, &keys, &places);
        layout.thin_out();
        layout
    }

    /// Puts boxes in rows within (left, top, width), each row in the middle, and as many lines as it needs; gives the bottom of the last.
    fn fill(
        &mut self,
        (left, top, width): (f64, f64, f64),
        rows: &[Vec<&str>],
        mut placed: impl FnMut(&str, usize),
    ) -> f64 {
        let frame = self.nodes.len() - 1;
        let (mut x, mut y, mut bottom, mut line) = (left, top, top, self.nodes.len());
        let longest = ((width - 2.0 * PADDING) / LETTER) as usize;
        let names = rows.iter().enumerate().flat_map(|(row, names)| {
            names.iter().enumerate().map(move |(at, name)| (row > 0 && at == 0, *name))
        });
        for (new_row, name) in names {
            let label = match name.chars().count() {
                count if count > longest => name.chars().take(longest - 1).chain(['…']).collect(),
                _ => name.to_owned(),
            };
            let wide = label.chars().count() as f64 * LETTER + 2.0 * PADDING;
            if new_row || (x > left && x + wide > left + width) {
                self.centre(line, left + width + BESIDE - x);
                (x, y, line) = (left, y + BOX + BELOW, self.nodes.len());
            }
            placed(name, self.nodes.len());
            self.nodes.push(Node { label, is_layer: false, left: x, top: y, width: wide, height: BOX });
            self.frames.push(frame);
            x += wide + BESIDE;
            bottom = y + BOX;
        }
        self.centre(line, left + width + BESIDE - x);
        bottom
    }

    /// Moves the boxes from `first` on by half of the room that is left.
    fn centre(&mut self, first: usize, room: f64) {
        self.nodes[first..].iter_mut().for_each(|node| node.left += room / 2.0);
    }

    /// Leaves the arrows that break a rule as they are, and no more of the others than one can follow.
    fn thin_out(&mut self) {
        let (broken, sound): (Vec<_>, Vec<_>) = self.arrows.iter().partition(|(.., broken)| *broken);
        let (mut within, mut between): (Vec<_>, Vec<_>) =
            sound.into_iter().partition(|(from, to, _)| self.frames[*from] == self.frames[*to]);
        if within.len() > MANY_WITHIN {
            within.clear();
        }
        if between.len() > MANY_BETWEEN {
            between = between
                .into_iter()
                .map(|(from, to, _)| (self.frames[from], self.frames[to], false))
                .collect();
            between.sort_unstable();
            between.dedup();
        }
        self.arrows = between.into_iter().chain(within).chain(broken).collect();
    }
}

/// Who uses whom within one layer, by the names of the boxes.
fn uses<'a>(
    architecture: &'a Architecture,
    keys: &'a BTreeMap<&str, Key>,
    layer: Option<Layer>,
) -> BTreeSet<(&'a str, &'a str)> {
    let edges = architecture.map.edges.iter().filter_map(|edge| {
        let Target::Module(to) = &edge.to else { return None };
        let (from, to) = (keys.get(edge.from.as_str())?, keys.get(to.as_str())?);
        (from.0 == layer && to.0 == layer && from.1 != to.1).then_some((from.1.as_str(), to.1.as_str()))
    });
    edges.collect()
}

/// One arrow for all edges between two boxes, but none between a layer's frame and what stands in it.
fn arrows(
    architecture: &Architecture,
    keys: &BTreeMap<&str, Key>,
    places: &BTreeMap<Key, usize>,
) -> Vec<(usize, usize, bool)> {
    let mut arrows: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    let uses = architecture.map.edges.iter().map(|edge| (edge, architecture.breaks(edge)));
    let strays = architecture.map.strays.iter().map(|edge| (edge, true));
    for (edge, breaks) in uses.chain(strays) {
        let Target::Module(to) = &edge.to else { continue };
        let (Some(from), Some(to)) = (keys.get(edge.from.as_str()), keys.get(to.as_str())) else { continue };
        let in_frame = from.0 == to.0 && (from.1.is_empty() || to.1.is_empty());
        if from == to || in_frame {
            continue;
        }
        if let (Some(from), Some(to)) = (places.get(from), places.get(to)) {
            *arrows.entry((*from, *to)).or_default() |= breaks;
        }
    }
    arrows.into_iter().map(|((from, to), broken)| (from, to, broken)).collect()
}
