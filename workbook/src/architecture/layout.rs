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

/// What is drawn: boxes, and arrows between them.
#[derive(Debug)]
pub(super) struct Layout {
    pub nodes: Vec<Node>,
    /// From, to, by the indices of the boxes, and whether a rule is broken.
    pub arrows: Vec<(usize, usize, bool)>,
}

/// A box: a module, or the frame of a layer, which stands for the layer's own module.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    key: Key,
    pub label: String,
    pub is_layer: bool,
    /// The frame it stands in; for a frame, itself.
    pub frame: usize,
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Node {
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    fn right(&self) -> f64 {
        self.left + self.width
    }

    pub fn middle(&self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }
}

/// Which box a module is part of: its layer, and its name in it. A module below another is part of that one's box, and the
/// layer's own module, which has no name in it, is the layer's frame.
type Key = (Option<Layer>, String);

fn key(module: &Module) -> Key {
    let parts = module.name.split("::");
    let name = match module.layer {
        Some(Layer::Main) => module.name.clone(),
        Some(layer) => parts.skip_while(|part| *part != layer.name()).nth(1).unwrap_or_default().to_owned(),
        None => {
            let count = match parts.clone().next() {
                Some("main") => 2,
                Some("bin") => 3,
                _ => 1,
            };
            parts.take(count).collect::<Vec<_>>().join("::")
        }
    };
    (module.layer, name)
}

impl Layout {
    /// Places the boxes, the outermost layer on top.
    pub fn of(architecture: &Architecture) -> Self {
        let modules = &architecture.map.modules;
        let keys: BTreeMap<&str, Key> =
            modules.iter().map(|module| (module.name.as_str(), key(module))).collect();
        let uses = uses(architecture, &keys);
        let boxes: BTreeSet<&Key> = keys.values().collect();
        let mut nodes = Vec::new();
        let mut top = 0.0;
        // http and adapters stand side by side: neither may use the other.
        for row in [&SHOWN[..1], &SHOWN[1..2], &SHOWN[2..4], &SHOWN[4..5], &SHOWN[5..]] {
            let has = |layer: &Option<Layer>| boxes.iter().any(|(of, _)| of == layer);
            let layers: Vec<_> = row.iter().copied().filter(has).collect();
            if layers.is_empty() {
                continue;
            }
            let width = (WIDTH + BESIDE) / layers.len() as f64 - BESIDE;
            let first = nodes.len();
            for (column, &layer) in layers.iter().enumerate() {
                let names = boxes.iter().filter(|(of, name)| *of == layer && !name.is_empty());
                let names = names.map(|(_, name)| name.as_str()).collect();
                let within = uses.iter().filter(|(from, to, _)| from.0 == layer && to.0 == layer);
                let within = within.map(|(from, to, _)| (from.1.as_str(), to.1.as_str())).collect();
                let (key, label) = ((layer, String::new()), architecture.name_of(layer).to_owned());
                let (frame, left) = (nodes.len(), column as f64 * (width + BESIDE));
                nodes.push(Node { key, label, is_layer: true, frame, left, top, width, height: TITLE });
                fill(&mut nodes, rows::of(names, &within));
            }
            let bottom = nodes[first..].iter().map(Node::bottom).fold(top, f64::max) + PADDING;
            for frame in nodes[first..].iter_mut().filter(|node| node.is_layer) {
                frame.height = bottom - top;
            }
            top = bottom + BELOW;
        }
        Self { arrows: arrows(&nodes, &uses), nodes }
    }
}

/// Who uses whom, box by box, and whether that breaks a rule.
fn uses<'a>(
    architecture: &Architecture,
    keys: &'a BTreeMap<&str, Key>,
) -> BTreeSet<(&'a Key, &'a Key, bool)> {
    let uses = architecture.map.edges.iter().map(|edge| (edge, architecture.breaks(edge)));
    let strays = architecture.map.strays.iter().map(|edge| (edge, true));
    let between = uses.chain(strays).filter_map(|(edge, broken)| {
        let Target::Module(to) = &edge.to else { return None };
        let (from, to) = (keys.get(edge.from.as_str())?, keys.get(to.as_str())?);
        (from != to).then_some((from, to, broken))
    });
    between.collect()
}

/// Puts boxes in rows below the title of the last frame, each row in the middle, and in as many lines as it needs.
fn fill(nodes: &mut Vec<Node>, rows: Vec<Vec<&str>>) {
    let frame = nodes.len() - 1;
    let (layer, start, right) =
        (nodes[frame].key.0, nodes[frame].left + PADDING, nodes[frame].right() - PADDING);
    let longest = ((right - start - 2.0 * PADDING) / LETTER) as usize;
    let mut top = nodes[frame].top + TITLE;
    for row in rows {
        let mut left = start;
        for name in row {
            let label = match name.chars().count() {
                count if count > longest => name.chars().take(longest - 1).chain(['…']).collect(),
                _ => name.to_owned(),
            };
            let width = label.chars().count() as f64 * LETTER + 2.0 * PADDING;
            if left > start && left + width > right {
                (left, top) = (start, top + BOX + BELOW);
            }
            let key = (layer, name.to_owned());
            nodes.push(Node { key, label, is_layer: false, frame, left, top, width, height: BOX });
            left += width + BESIDE;
        }
        top += BOX + BELOW;
    }
    for line in nodes[frame + 1..].chunk_by_mut(|a, b| a.top == b.top) {
        let room = line.last().map_or(0.0, |last| right - last.right());
        line.iter_mut().for_each(|node| node.left += room / 2.0);
    }
}

/// One arrow for all uses between two boxes, but none between a layer's frame and what stands in it. Those that break a rule are
/// all there, and of the others no more than one can follow.
fn arrows(nodes: &[Node], uses: &BTreeSet<(&Key, &Key, bool)>) -> Vec<(usize, usize, bool)> {
    let places: BTreeMap<&Key, usize> = nodes.iter().enumerate().map(|(at, node)| (&node.key, at)).collect();
    let mut arrows: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (from, to, broken) in uses {
        if from.0 != to.0 || !(from.1.is_empty() || to.1.is_empty()) {
            *arrows.entry((places[from], places[to])).or_default() |= broken;
        }
    }
    let arrows = arrows.into_iter().map(|((from, to), broken)| (from, to, broken));
    let (broken, sound): (Vec<_>, Vec<_>) = arrows.partition(|(.., broken)| *broken);
    let frame = |at: usize| nodes[at].frame;
    let (mut within, mut between): (Vec<_>, Vec<_>) =
        sound.into_iter().partition(|(from, to, _)| frame(*from) == frame(*to));
    if within.len() > MANY_WITHIN {
        within.clear();
    }
    if between.len() > MANY_BETWEEN {
        let layers = between.iter().map(|(from, to, _)| (frame(*from), frame(*to), false));
        between = layers.collect::<BTreeSet<_>>().into_iter().collect();
    }
    [between, within, broken].concat()
}
