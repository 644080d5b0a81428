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

pub(super) fn svg(architecture: &Architecture) -> Result<String> {
    let layout = Layout::of(architecture);
    let (title, words) = (title(architecture), words(architecture, &layout));
    let svg = book::draw_picture(&pikchr(&layout), &format!("{title}. {words}"))
        .map_err(|mistake| anyhow!("the picture cannot be drawn: {}", mistake.message))?;
    let inside = format!("><title>{}</title><desc>{}</desc>", book::escape(&title), book::escape(&words));
    Ok(svg.replacen('>', &inside, 1))
}

pub(super) fn alone(svg: &str) -> String {
    svg.replacen("</desc>", &format!("</desc>{COLOURS}"), 1)
}

fn title(architecture: &Architecture) -> String {
    format!("The modules of {} {}", architecture.number, architecture.id)
}

/// What the picture shows, for those who do not see it.
fn words(architecture: &Architecture, layout: &Layout) -> String {
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let name = |at: usize| match (&layout.nodes[at], &layout.nodes[layout.frames[at]]) {
        (node, frame) if node.is_layer || frame.label == "main" || !architecture.layered => {
            node.label.clone()
        }
        (node, frame) => format!("{}::{}", frame.label, node.label),
    };
    for (from, to, _) in &layout.arrows {
        uses.entry(name(*from)).or_default().push(name(*to));
    }
    let mut text = String::new();
    for (from, to) in uses {
        let _ = write!(text, "{from} uses {}. ", to.join(", "));
    }
    match (architecture.layered, architecture.violations.len()) {
        (false, _) => text.push_str("There are no layers."),
        (true, 0) => text.push_str("Dependencies point inward."),
        (true, _) => {
            for told in &architecture.violations {
                let _ = write!(text, "Against the rules: {}. ", told.message);
            }
        }
    }
    text.trim_end().to_owned()
}

/// Frames, then arrows, then the boxes on top of them: an arrow on its way to another layer goes behind.
fn pikchr(layout: &Layout) -> String {
    let (frames, boxes): (Vec<_>, Vec<_>) = layout.nodes.iter().partition(|node| node.is_layer);
    let mut text = String::new();
    for frame in frames {
        let _ = writeln!(text, "{} color muted fill panel", rectangle(frame));
        let (left, top) = at((frame.left + 10.0, frame.top + 15.0));
        let _ = writeln!(text, "text \"{}\" color muted with .w at ({left:.3},{top:.3})", frame.label);
    }
    let ends = ends(layout);
    // The red ones last: no other arrow may hide one.
    for broken in [false, true] {
        for ((from, to, _), ends) in layout.arrows.iter().zip(&ends).filter(|(arrow, _)| arrow.2 == broken) {
            let colour = if broken { "color bad thick" } else { "color muted" };
            let points: Vec<_> = path(&layout.nodes[*from], &layout.nodes[*to], ends)
                .into_iter()
                .map(|point| format!("({:.3},{:.3})", at(point).0, at(point).1))
                .collect();
            let _ = writeln!(text, "spline -> from {} {colour}", points.join(" to "));
        }
    }
    for node in boxes {
        let _ = writeln!(text, "{} \"{}\" fill paper", rectangle(node), node.label);
    }
    text
}

fn at((x, y): (f64, f64)) -> (f64, f64) {
    (x / INCH, -y / INCH)
}

fn rectangle(node: &Node) -> String {
    let (x, y) = at(node.middle());
    format!("box width {:.3} height {:.3} at ({x:.3},{y:.3})", node.width / INCH, node.height / INCH)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Top,
    Bottom,
}

/// What meets at a side of a box: how far to the right the other box is, the arrow, and which end of it.
type Port = (f64, usize, usize);

type Ends = [(f64, f64); 2];

/// Down or up to another row; between two of one row, over the top.
fn sides(from: &Node, to: &Node) -> [Side; 2] {
    if to.top >= from.bottom() {
        [Side::Bottom, Side::Top]
    } else if from.top >= to.bottom() {
        [Side::Top, Side::Bottom]
    } else {
        [Side::Top, Side::Top]
    }
}

/// Both ends of every arrow. All that meet at one side of a box share its length, in the order in which they go to the
/// left or right, so that they do not cross at the box.
fn ends(layout: &Layout) -> Vec<Ends> {
    let mut ports: BTreeMap<(usize, Side), Vec<Port>> = BTreeMap::new();
    for (arrow, (from, to, _)) in layout.arrows.iter().enumerate() {
        let sides = sides(&layout.nodes[*from], &layout.nodes[*to]);
        for (end, (node, other)) in [(*from, *to), (*to, *from)].into_iter().enumerate() {
            let x = layout.nodes[other].middle().0;
            ports.entry((node, sides[end])).or_default().push((x, arrow, end));
        }
    }
    let mut ends = vec![[(0.0, 0.0); 2]; layout.arrows.len()];
    for ((node, side), mut meeting) in ports {
        meeting.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let node = &layout.nodes[node];
        let step = node.width / (meeting.len() + 1) as f64;
        for (place, (_, arrow, end)) in meeting.into_iter().enumerate() {
            let y = if side == Side::Top { node.top } else { node.bottom() };
            ends[arrow][end] = (node.left + step * (place + 1) as f64, y);
        }
    }
    ends
}

fn path(from: &Node, to: &Node, &[start, end]: &Ends) -> Vec<(f64, f64)> {
    match sides(from, to) {
        [Side::Top, Side::Top] => {
            // The further, the higher, so that arrows over the same boxes lie apart.
            let over = start.1.min(end.1) - 8.0 - ((start.0 - end.0).abs() / 30.0).min(16.0);
            vec![start, (start.0, over), (end.0, over), end]
        }
        _ => vec![start, end],
    }
}
