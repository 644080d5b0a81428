//! The architecture as a picture, by way of the book's own pictures.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Result, anyhow};

use super::{
    Architecture,
    layout::{Layout, Node},
};
use crate::book;

/// pikchr counts in inches, and `y` grows upward.
const INCH: f64 = 144.0;

/// Colours for a picture that stands in no page.
const COLOURS: &str = "<style>svg{--fg:#000;--bg:#fff;--picture-muted:#666;--picture-panel:#f3f4f6;--picture-bad:#b3152c;color:var(--fg);background:var(--bg);font:18px sans-serif}@media(prefers-color-scheme:dark){svg{--fg:#ddd;--bg:#161923;--picture-muted:#9aa0b0;--picture-panel:#2b3140;--picture-bad:#ff8c96}}</style>";

impl Architecture {
    /// The picture, as SVG that takes its colours from the page it stands in.
    pub fn svg(&self) -> Result<String> {
        let layout = Layout::of(self);
        let (title, words) = (format!("The modules of {} {}", self.number, self.id), words(self, &layout));
        let svg = book::draw_picture(&pikchr(&layout), &format!("{title}. {words}"))
            .map_err(|(_, mistake)| anyhow!("the picture cannot be drawn: {mistake}"))?;
        let inside = format!("><title>{}</title><desc>{}</desc>", book::escape(&title), book::escape(&words));
        Ok(svg.replacen('>', &inside, 1))
    }

    /// The picture as a file of its own, with colours for a light and a dark background.
    pub fn svg_file(&self) -> Result<String> {
        Ok(self.svg()?.replacen("</desc>", &format!("</desc>{COLOURS}"), 1))
    }
}

/// What the picture shows, for those who do not see it.
fn words(architecture: &Architecture, layout: &Layout) -> String {
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let name = |at: usize| {
        let (node, frame) = (&layout.nodes[at], &layout.nodes[layout.nodes[at].frame]);
        let is_alone = node.is_layer || frame.label == "main" || !architecture.layered;
        if is_alone { node.label.clone() } else { format!("{}::{}", frame.label, node.label) }
    };
    for (from, to, _) in &layout.arrows {
        uses.entry(name(*from)).or_default().push(name(*to));
    }
    let mut text = String::new();
    for (from, to) in uses {
        let _ = write!(text, "{from} uses {}. ", to.join(", "));
    }
    for told in &architecture.violations {
        let _ = write!(text, "Against the rules: {}. ", told.message);
    }
    if !architecture.layered {
        text.push_str("There are no layers.");
    } else if architecture.violations.is_empty() {
        text.push_str("Dependencies point inward.");
    }
    text.trim_end().to_owned()
}

/// Frames, then arrows, then the boxes on top of them: an arrow on its way to another layer goes behind.
fn pikchr(layout: &Layout) -> String {
    let (frames, boxes): (Vec<_>, Vec<_>) = layout.nodes.iter().partition(|node| node.is_layer);
    let mut text = String::new();
    for frame in frames {
        let title = at((frame.left + 10.0, frame.top + 15.0));
        let _ = writeln!(text, "{} color muted fill panel", rectangle(frame));
        let _ = writeln!(text, "text \"{}\" color muted with .w at {title}", frame.label);
    }
    let paths = paths(layout);
    // The red ones last: no other arrow may hide one.
    for (broken, colour) in [(false, "color muted"), (true, "color bad thick")] {
        for (_, path) in layout.arrows.iter().zip(&paths).filter(|(arrow, _)| arrow.2 == broken) {
            let points: Vec<_> = path.iter().copied().map(at).collect();
            let _ = writeln!(text, "spline -> from {} {colour}", points.join(" to "));
        }
    }
    for node in boxes {
        let _ = writeln!(text, "{} \"{}\" fill paper", rectangle(node), node.label);
    }
    text
}

type Point = (f64, f64);

fn at((x, y): Point) -> String {
    format!("({:.3},{:.3})", x / INCH, -y / INCH)
}

fn rectangle(node: &Node) -> String {
    let (width, height) = (node.width / INCH, node.height / INCH);
    format!("box width {width:.3} height {height:.3} at {}", at(node.middle()))
}

/// The way of every arrow: down or up to another row; between two boxes of one row, over the top. All that meet at one side of
/// a box share its length, in the order in which they go to the left or right, so that they do not cross at the box.
fn paths(layout: &Layout) -> Vec<Vec<Point>> {
    // How far to the right the other box is, the arrow, and which end of it.
    type End = (f64, usize, usize);
    // By box, and whether it is the lower side.
    let mut ports: BTreeMap<(usize, bool), Vec<End>> = BTreeMap::new();
    for (arrow, &(from, to, _)) in layout.arrows.iter().enumerate() {
        for (end, (node, other)) in [(from, to), (to, from)].into_iter().enumerate() {
            let (this, that) = (&layout.nodes[node], &layout.nodes[other]);
            let at_bottom = that.top >= this.bottom();
            ports.entry((node, at_bottom)).or_default().push((that.middle().0, arrow, end));
        }
    }
    let mut ends = vec![[(0.0, 0.0); 2]; layout.arrows.len()];
    for ((node, at_bottom), mut meeting) in ports {
        meeting.sort_by(|a, b| a.0.total_cmp(&b.0));
        let node = &layout.nodes[node];
        let step = node.width / (meeting.len() + 1) as f64;
        for (place, (_, arrow, end)) in meeting.into_iter().enumerate() {
            let y = if at_bottom { node.bottom() } else { node.top };
            ends[arrow][end] = (node.left + step * (place + 1) as f64, y);
        }
    }
    let path = |(&(from, to, _), [start, end]): (&(usize, usize, bool), [Point; 2])| {
        if (start.1, end.1) != (layout.nodes[from].top, layout.nodes[to].top) {
            return vec![start, end];
        }
        // The further, the higher, so that arrows over the same boxes lie apart.
        let over = start.1.min(end.1) - 8.0 - ((start.0 - end.0).abs() / 30.0).min(16.0);
        vec![start, (start.0, over), (end.0, over), end]
    };
    layout.arrows.iter().zip(ends).map(path).collect()
}
