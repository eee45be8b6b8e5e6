//! What a bend costs: how much a flow is in the way of nodes and of other flows.

use geo::{Coord, Rect};

use super::curve::distance;
use super::shape::{Problem, Shape};
use super::{Node, Score, USUAL_BEND};

/// Crossings at less than this are acute: 30°.
const ACUTE: f64 = std::f64::consts::FRAC_PI_6;

// What each fault costs, in crossings at a good angle.
const CROSSING: f64 = 1.0;
const ACUTE_CROSSING: f64 = 2.0;
const NODE: f64 = 10.0;
const HEAD: f64 = 4.0;
/// Lying along another flow for the whole of its length.
const ALONG: f64 = 4.0;
/// A tip that is nearer to another node than to its own.
const ASTRAY: f64 = 8.0;
/// Leaving the frame with the whole of its length.
const OUTSIDE: f64 = 20.0;
/// Being bent by [`USUAL_BEND`] more or less than usual.
const BENT: f64 = 0.5;
/// Bending to the left.
const LEFT: f64 = 0.1;
/// Being shifted along the chord by a tenth of it.
const SHIFTED: f64 = 0.2;
/// A head that stands farther from its node, by so many distances between flows and foreign nodes.
const BACK: f64 = 0.25;

/// What is smaller than this part of a head does not hide it.
const PART: f64 = 0.15;

/// What a flow costs whatever the others do.
pub(super) fn own(problem: &Problem, shape: &Shape, two_way: bool) -> f64 {
    let spacing = problem.spacing;
    let touched: f64 = problem
        .nodes
        .iter()
        .enumerate()
        .map(|(i, node)| touches(shape, i, node, spacing.clearance))
        .sum();
    let off = (shape.bend.side.abs() - USUAL_BEND) / USUAL_BEND;
    let to = &problem.nodes[shape.to];
    let away = distance(shape.curve.to, to.at) - to.radius;
    let astray = to.ground.is_none()
        && problem.nodes.iter().enumerate().any(|(i, node)| {
            i != shape.to
                && i != shape.from
                && node.ground.is_none()
                && distance(shape.curve.to, node.at) - node.radius < away
        });
    let left = if shape.bend.side < 0.0 && !two_way {
        LEFT
    } else {
        0.0
    };
    NODE * touched
        + if astray { ASTRAY } else { 0.0 }
        + OUTSIDE * outside(shape, &spacing.frame)
        + BENT * off * off
        + SHIFTED * (10.0 * shape.bend.shift).powi(2)
        + BACK
            * f64::from(shape.back)
            * (2.0 * shape.head_radius / spacing.clearance.max(1.0)).powi(2)
            / 3.0
        + left
}

/// How badly a flow touches a node: 0 if that is its own, an area, or far enough, else more than a half, up to 1.
fn touches(shape: &Shape, index: usize, node: &Node, clearance: f64) -> f64 {
    let reach = node.radius + shape.width / 2.0 + clearance;
    if index == shape.from
        || index == shape.to
        || node.ground.is_some()
        || reach <= 0.0
        || !shape.line.is_near(node.at, reach)
    {
        return 0.0;
    }
    let depth = 1.0 - shape.line.distance(node.at) / reach;
    if depth > 0.0 { 0.5 + 0.5 * depth } else { 0.0 }
}

/// The part of a flow that is outside a frame.
fn outside(shape: &Shape, frame: &Rect) -> f64 {
    let out = |p: Coord| {
        p.x < frame.min().x || p.y < frame.min().y || p.x > frame.max().x || p.y > frame.max().y
    };
    // ends that are outside are not the bend's fault
    if out(shape.curve.from) || out(shape.curve.to) {
        return 0.0;
    }
    let points = shape.line.points();
    let (all, fault) = points.fold((0, 0), |(all, fault), p| {
        (all + 1, fault + usize::from(out(p)))
    });
    fault as f64 / all as f64
}

/// What two flows cost each other. Symmetric.
pub(super) fn between(a: &Shape, b: &Shape, apart: f64) -> f64 {
    let reach = (a.width + b.width) / 2.0 + apart;
    if !a
        .line
        .may_meet(&b.line, reach + a.head_radius.max(b.head_radius))
    {
        return 0.0;
    }
    let mut crossings = 0.0;
    a.line.crossings(&b.line, |angle| {
        crossings += CROSSING + if angle < ACUTE { ACUTE_CROSSING } else { 0.0 };
    });
    let along = (a.line.part_along(&b.line, reach) + b.line.part_along(&a.line, reach)) / 2.0;
    let hidden = u8::from(hides_head(a, b)) + u8::from(hides_head(b, a));
    crossings + ALONG * along + HEAD * f64::from(hidden)
}

/// Whether a flow is drawn later than another and covers part of its head.
fn hides_head(above: &Shape, of: &Shape) -> bool {
    above.rank > of.rank && meets_head(above, of)
}

/// Whether a flow covers a good part of another's head if it is drawn later: a thin line across a large head hides
/// nothing.
pub(super) fn meets_head(above: &Shape, of: &Shape) -> bool {
    let large = |size: f64| size > PART * of.head_radius;
    (large(above.head_radius)
        && distance(above.head, of.head) < 0.8 * (above.head_radius + of.head_radius))
        || (large(above.width / 2.0)
            && above
                .line
                .is_within(of.head, above.width / 2.0 + 0.5 * of.head_radius))
}

/// The faults of a layout.
pub(super) fn scored(nodes: &[Node], shapes: &[Shape]) -> Score {
    let mut score = Score::default();
    for (i, shape) in shapes.iter().enumerate() {
        score.node_overlaps += nodes
            .iter()
            .enumerate()
            .filter(|(node, at)| touches(shape, *node, at, 0.0) > 0.0)
            .count();
        score.hidden_heads += usize::from(shapes.iter().any(|other| hides_head(other, shape)));
        for other in &shapes[i + 1..] {
            shape.line.crossings(&other.line, |angle| {
                score.crossings += 1;
                score.acute_crossings += usize::from(angle < ACUTE);
            });
        }
    }
    score
}
