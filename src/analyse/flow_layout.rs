//! Curves for flow arrows on a page, bent so that they keep out of each other's way.
//!
//! The aims are those of Jenny et al., *Force-directed layout of origin-destination flow maps*, International Journal of
//! Geographical Information Science 31 (2017), and *Design principles for origin-destination flow maps*, Cartography and
//! Geographic Information Science 45 (2018): few crossings, no acute ones; no flow under a node that is not its own; no
//! head under another flow; moderate symmetric curves; flows of a two-way pair bent apart.
//!
//! Method: each flow is a quadratic Bézier curve. It first takes one of a few bends, to either side, by a search for the
//! least [`cost`](self). Then flows, heads and nodes push each other's control points away while springs hold them near
//! a moderate, symmetric bend (the forces of 2017), which spreads the curves over the room there is. A second search
//! moves what then lies on a node or on a head, and lets heads at one node stand behind each other. No chance is
//! involved. Flows of a two-way pair only bend to their right, away from each other. Flows to an area end at its edge.
//!
//! Wide flows are drawn first, of equals the shorter, so that the long and narrow lie on top; a flow whose head would be
//! covered is drawn later where that helps.
//!
//! Cost: O(sweeps·f²·bends) tests of curve against curve for f flows, most of them settled by their boxes, and
//! O(sweeps·f·n·bends) of curve against node: some 5 ms for 20 flows, 60 ms for 90, 300 ms for 200.

mod cost;
mod curve;
mod ends;
mod force;
mod search;
mod shape;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use geo::{Coord, Rect};

pub use curve::Curve;
pub use ends::Ground;
use shape::{Problem, Shape};

/// The bend that a flow has where nothing is in its way: the curve stands off its chord by a tenth of it.
pub const USUAL_BEND: f64 = 0.2;

/// A place on the page that flows start or end at, or must not pass under.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its middle, in pixels from the page's top left.
    pub at: Coord,
    /// Radius of its symbol in pixels.
    pub radius: f64,
    /// For a vague place its area, about `at`: flows end at its edge, and others may pass over it.
    pub ground: Option<Ground>,
}

/// A flow to lay out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The node it starts at, as an index into the nodes.
    pub from: usize,
    /// The node it ends at.
    pub to: usize,
    /// Width of its stem in pixels.
    pub width: f64,
    /// Length of its head in pixels.
    pub head_length: f64,
    /// Width of its head in pixels.
    pub head_width: f64,
}

/// Distances on the page, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spacing {
    /// Between a node's edge and the start or tip of a flow.
    pub gap: f64,
    /// Between a flow's edge and the edge of a node that is not its own.
    pub clearance: f64,
    /// The frame that curves should not leave.
    pub frame: Rect,
}

/// How well a layout keeps to the aims: less is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Places where two flows cross.
    pub crossings: usize,
    /// Those of them at less than 30°.
    pub acute_crossings: usize,
    /// Pairs of a flow and a node not its own that it touches.
    pub node_overlaps: usize,
    /// Flows whose head another flow's stem or head, drawn later, covers more than a little.
    pub hidden_heads: usize,
}

/// Curves for flows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// For each flow its curve, from the edge of its first node to where the tip of its head belongs.
    pub curves: Vec<Curve>,
    /// The flows in drawing order: wide first, so that narrow ones lie on top.
    pub order: Vec<usize>,
    /// How well it went.
    pub score: Score,
}

/// Why flows could not be laid out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LayoutError {
    /// A flow names a node that is not there, or the same node twice.
    #[error(
        "flow {flow} goes from node {from} to node {to}: give two different ones of the {nodes} nodes"
    )]
    Ends {
        /// Index of the flow.
        flow: usize,
        /// The node it starts at.
        from: usize,
        /// The node it ends at.
        to: usize,
        /// How many nodes there are.
        nodes: usize,
    },
    /// A position or size is NaN, infinite, or a size negative.
    #[error("{0} {1} has a position or size that is not a finite number, or a negative size")]
    Number(&'static str, usize),
}

/// Lays out flows between nodes.
///
/// Nodes that no flow belongs to are obstacles: towns, corners of legends. Flows between the same two nodes in the same
/// direction should have been added up.
pub fn layout(nodes: &[Node], arrows: &[Arrow], spacing: &Spacing) -> Result<Layout, LayoutError> {
    check(nodes, arrows)?;
    let order = drawing_order(nodes, arrows);
    let problem = Problem::new(nodes, arrows, &order, spacing);
    let mut shapes = search::usual(&problem);
    search::sides(&problem, &mut shapes);
    let mut unpushed = shapes.clone();
    force::relax(&problem, &mut shapes);
    search::settle(&problem, &mut shapes);
    if search::total(&problem, &shapes) > search::total(&problem, &unpushed) {
        search::settle(&problem, &mut unpushed);
        shapes = unpushed;
    }
    let raised = search::raise_heads(&shapes);
    // in the order in which they are drawn in the end
    let drawn: Vec<Shape> = raised
        .iter()
        .enumerate()
        .map(|(rank, &was)| Shape {
            rank,
            ..shapes[was]
        })
        .collect();
    let mut curves: Vec<(usize, Curve)> = order
        .iter()
        .zip(&shapes)
        .map(|(&flow, shape)| (flow, shape.curve))
        .collect();
    curves.sort_by_key(|(flow, _)| *flow);
    Ok(Layout {
        curves: curves.into_iter().map(|(_, curve)| curve).collect(),
        order: raised.into_iter().map(|rank| order[rank]).collect(),
        score: cost::scored(nodes, &drawn),
    })
}

/// How well other curves for the same flows keep to the aims, drawn in the same order as ours would be at first.
pub fn score(nodes: &[Node], arrows: &[Arrow], curves: &[Curve]) -> Result<Score, LayoutError> {
    check(nodes, arrows)?;
    let order = drawing_order(nodes, arrows);
    let shapes: Vec<Shape> = order
        .iter()
        .enumerate()
        .filter_map(|(rank, &flow)| Some(Shape::new(&arrows[flow], *curves.get(flow)?, rank)))
        .collect();
    Ok(cost::scored(nodes, &shapes))
}

fn check(nodes: &[Node], arrows: &[Arrow]) -> Result<(), LayoutError> {
    let size = |x: f64| (0.0..f64::INFINITY).contains(&x);
    for (i, node) in nodes.iter().enumerate() {
        if !(node.at.x.is_finite() && node.at.y.is_finite() && size(node.radius)) {
            return Err(LayoutError::Number("node", i));
        }
    }
    for (flow, arrow) in arrows.iter().enumerate() {
        let Arrow {
            from,
            to,
            width,
            head_length,
            head_width,
        } = *arrow;
        if from.max(to) >= nodes.len() || from == to {
            return Err(LayoutError::Ends {
                flow,
                from,
                to,
                nodes: nodes.len(),
            });
        }
        if ![width, head_length, head_width].into_iter().all(size) {
            return Err(LayoutError::Number("flow", flow));
        }
    }
    Ok(())
}

/// Wide flows first, of equals the shorter; then those between lower-numbered nodes.
fn drawing_order(nodes: &[Node], arrows: &[Arrow]) -> Vec<usize> {
    let length = |a: &Arrow| curve::distance(nodes[a.from].at, nodes[a.to].at);
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by(|&a, &b| -> Ordering {
        let (a, b) = (&arrows[a], &arrows[b]);
        b.width
            .total_cmp(&a.width)
            .then(length(a).total_cmp(&length(b)))
            .then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    order
}
