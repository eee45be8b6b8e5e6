//! Curves for flow arrows on a page, bent so that they keep out of each other's way.
//!
//! The aims are those of Jenny et al., *Force-directed layout of origin-destination flow maps*, International Journal of
//! Geographical Information Science 31 (2017), and *Design principles for origin-destination flow maps*, Cartography and
//! Geographic Information Science 45 (2018): few crossings, no acute ones; no flow under a node that is not its own; no
//! head under another flow; moderate symmetric curves; flows of a two-way pair bent apart.
//!
//! Method: each flow is a quadratic Bézier curve with one of a few bends, to either side. From the usual bend for all, flow
//! after flow, the largest first, takes the bend of least [`cost`](self), given all others, until none changes: each
//! step lowers the total cost, and no chance is involved. Flows of a two-way pair only bend to their right, away from each other.
//!
//! Cost: O(sweeps·f²·bends) tests of curve against curve for f flows, most of them settled by their boxes, and
//! O(sweeps·f·n·bends) of curve against node: about 10 ms for 30 flows, 90 ms for 60, half a second for 150.

mod cost;
mod curve;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use geo::{Coord, Rect};

use cost::{Shape, scored};
pub use curve::Curve;

/// The bend that a flow has where nothing is in its way: the curve stands off its chord by a tenth of it.
pub const USUAL_BEND: f64 = 0.2;

/// The bends tried, the usual first: of equals the earlier wins.
const BENDS: [f64; 10] = [
    USUAL_BEND, 0.12, 0.3, -0.2, -0.12, -0.3, 0.42, 0.05, -0.42, -0.05,
];

/// Sweeps over all flows after which it is enough; later ones change little.
const SWEEPS: usize = 6;

/// A place on the page that flows start or end at, or must not pass under.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Its middle, in pixels from the page's top left.
    pub at: Coord,
    /// Radius of its symbol in pixels.
    pub radius: f64,
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
    /// Flows whose head another flow's stem or head, drawn later, partly covers.
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
    let order = drawing_order(arrows);
    let shapes = shapes(nodes, arrows, &order, spacing);
    let chosen = relax(&shapes);
    let mut curves: Vec<(usize, Curve)> = order
        .iter()
        .zip(&chosen)
        .map(|(&flow, shape)| (flow, shape.curve))
        .collect();
    curves.sort_by_key(|(flow, _)| *flow);
    let score = scored(nodes, &chosen);
    Ok(Layout {
        curves: curves.into_iter().map(|(_, curve)| curve).collect(),
        order,
        score,
    })
}

/// The shapes that each flow may take, the usual first, in drawing order.
fn shapes(nodes: &[Node], arrows: &[Arrow], order: &[usize], spacing: &Spacing) -> Vec<Vec<Shape>> {
    let ways: BTreeSet<(usize, usize)> =
        arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let of = |(rank, &flow): (usize, &usize)| {
        let arrow = &arrows[flow];
        let two_way = ways.contains(&(arrow.to, arrow.from));
        let bends = BENDS.into_iter().filter(|&bend| !two_way || bend > 0.0);
        bends
            .map(|bend| Shape::new(nodes, arrow, rank, spacing, bend))
            .collect()
    };
    order.iter().enumerate().map(of).collect()
}

/// Chooses one shape for each flow.
fn relax(shapes: &[Vec<Shape>]) -> Vec<&Shape> {
    let mut chosen: Vec<&Shape> = shapes.iter().filter_map(|bends| bends.first()).collect();
    for _ in 0..SWEEPS {
        let mut changed = false;
        for (flow, bends) in shapes.iter().enumerate() {
            // sums in a fixed order, and stops once it is no better than what there is
            let cost = |shape: &Shape, limit: f64| {
                let mut cost = shape.own_cost;
                for other in chosen.iter().filter(|other| other.rank != shape.rank) {
                    if cost >= limit {
                        return None;
                    }
                    cost += shape.cost_with(other);
                }
                (cost < limit).then_some(cost)
            };
            let now = chosen[flow];
            let mut best = now;
            let mut least = cost(now, f64::INFINITY).unwrap_or(f64::INFINITY) - 1e-9;
            for shape in bends {
                if let Some(less) = cost(shape, least) {
                    (least, best) = (less, shape);
                }
            }
            changed |= !std::ptr::eq(best, now);
            chosen[flow] = best;
        }
        if !changed {
            break;
        }
    }
    chosen
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

/// Wide flows first; of equals those between lower-numbered nodes.
fn drawing_order(arrows: &[Arrow]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    order.sort_by(|&a, &b| -> Ordering {
        let (a, b) = (&arrows[a], &arrows[b]);
        b.width
            .total_cmp(&a.width)
            .then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    order
}
