//! What a bend costs: how much a flow is in the way of nodes and of other flows.

use geo::{Coord, Rect};

use super::curve::{Curve, Line, distance};
use super::{Arrow, Node, Score, Spacing, USUAL_BEND};

/// Crossings at less than this are acute: 30°.
const ACUTE: f64 = std::f64::consts::FRAC_PI_6;

// What each fault costs, in crossings at a good angle.
const CROSSING: f64 = 1.0;
const ACUTE_CROSSING: f64 = 2.0;
const NODE: f64 = 10.0;
const HEAD: f64 = 4.0;
/// Lying along another flow for the whole of its length.
const ALONG: f64 = 4.0;
/// Leaving the frame with the whole of its length.
const OUTSIDE: f64 = 20.0;
/// Being bent by [`USUAL_BEND`] more or less than usual.
const BENT: f64 = 0.35;
/// Bending to the left.
const LEFT: f64 = 0.2;

/// A flow with one of the bends it may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Its curve.
    pub(super) curve: Curve,
    /// Its place in the drawing order.
    pub(super) rank: usize,
    /// What it costs whatever the other flows do.
    pub(super) own_cost: f64,
    line: Line,
    width: f64,
    clearance: f64,
    from: usize,
    to: usize,
    head: Coord,
    head_radius: f64,
}

impl Shape {
    /// A checked flow with a bend.
    pub(super) fn new(
        nodes: &[Node],
        arrow: &Arrow,
        rank: usize,
        spacing: &Spacing,
        bend: f64,
    ) -> Self {
        let (from, to) = (&nodes[arrow.from], &nodes[arrow.to]);
        let least = (0.5 * arrow.head_length).max(1.0);
        let curve = Curve::bent(from.at, to.at, bend).trimmed(
            from.radius + spacing.gap,
            to.radius + spacing.gap,
            least,
        );
        let line = curve.line();
        let head_length = arrow.head_length.min(distance(curve.from, curve.to));
        let mut shape = Self {
            curve,
            rank,
            own_cost: 0.0,
            line,
            width: arrow.width,
            clearance: spacing.clearance,
            from: arrow.from,
            to: arrow.to,
            head: curve.to - curve.direction(1.0) * (head_length / 2.0),
            head_radius: head_length.min(arrow.head_width) / 2.0,
        };
        let touched: f64 = nodes
            .iter()
            .enumerate()
            .map(|(i, node)| shape.touches(i, node))
            .sum();
        let off = (bend.abs() - USUAL_BEND) / USUAL_BEND;
        let left = if bend < 0.0 { LEFT } else { 0.0 };
        shape.own_cost =
            NODE * touched + OUTSIDE * shape.outside(&spacing.frame) + BENT * off * off + left;
        shape
    }

    /// How badly it touches a node: 0 if that is its own or far enough, else more than a half, up to 1.
    fn touches(&self, index: usize, node: &Node) -> f64 {
        let reach = node.radius + self.width / 2.0 + self.clearance;
        if index == self.from
            || index == self.to
            || reach <= 0.0
            || !self.line.is_near(node.at, reach)
        {
            return 0.0;
        }
        let depth = 1.0 - self.line.distance(node.at) / reach;
        if depth > 0.0 { 0.5 + 0.5 * depth } else { 0.0 }
    }

    /// The part of it that is outside a frame.
    fn outside(&self, frame: &Rect) -> f64 {
        let points = self.line.points();
        let out = |p: &&Coord| {
            p.x < frame.min().x || p.y < frame.min().y || p.x > frame.max().x || p.y > frame.max().y
        };
        // ends that are outside are not the bend's fault
        let fault = points[1..points.len() - 1].iter().filter(out).count();
        if points.first().iter().chain(points.last().iter()).any(out) {
            0.0
        } else {
            fault as f64 / points.len() as f64
        }
    }

    /// What it and another flow cost each other. Symmetric.
    pub(super) fn cost_with(&self, other: &Self) -> f64 {
        let reach = (self.width + other.width) / 2.0;
        if !self
            .line
            .may_meet(&other.line, reach + self.head_radius.max(other.head_radius))
        {
            return 0.0;
        }
        let crossings: f64 = self
            .line
            .crossings(&other.line)
            .map(|angle| CROSSING + if angle < ACUTE { ACUTE_CROSSING } else { 0.0 })
            .sum();
        crossings
            + ALONG
                * (self.line.part_along(&other.line, reach)
                    + other.line.part_along(&self.line, reach))
                / 2.0
            + HEAD
                * f64::from(
                    u8::from(self.hides_head_of(other)) + u8::from(other.hides_head_of(self)),
                )
    }

    /// Whether it is drawn later than another flow and covers part of its head.
    fn hides_head_of(&self, other: &Self) -> bool {
        self.rank > other.rank
            && (distance(self.head, other.head) < 0.8 * (self.head_radius + other.head_radius)
                || (self
                    .line
                    .is_near(other.head, self.width / 2.0 + other.head_radius)
                    && self.line.distance(other.head) < self.width / 2.0 + 0.5 * other.head_radius))
    }
}

/// The faults of a layout.
pub(super) fn scored(nodes: &[Node], shapes: &[&Shape]) -> Score {
    let mut score = Score::default();
    for (i, shape) in shapes.iter().enumerate() {
        let bare = Shape {
            clearance: 0.0,
            ..**shape
        };
        score.node_overlaps += nodes
            .iter()
            .enumerate()
            .filter(|(node, at)| bare.touches(*node, at) > 0.0)
            .count();
        score.hidden_heads += usize::from(shapes.iter().any(|other| other.hides_head_of(shape)));
        for other in &shapes[i + 1..] {
            for angle in shape.line.crossings(&other.line) {
                score.crossings += 1;
                score.acute_crossings += usize::from(angle < ACUTE);
            }
        }
    }
    score
}
