//! Flows with one of the bends that they may have.

use geo::Coord;

use super::curve::{Curve, Line, distance};
use super::ends::{self, Trim};
use super::{Arrow, Node, Spacing};

/// How far the control point of a curve may stand off its chord, and be shifted along it.
const MOST_SIDE: f64 = 0.38;
const MOST_SHIFT: f64 = 0.16;
/// Least bend of a flow that has another the other way.
const LEAST_APART: f64 = 0.06;

/// Where a control point is, in lengths of the chord, from the middle of the chord.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bend {
    /// To the right of one who walks along it.
    pub side: f64,
    /// Along it.
    pub shift: f64,
}

impl Bend {
    /// A symmetric bend.
    pub fn to_side(side: f64) -> Self {
        Self { side, shift: 0.0 }
    }

    /// The nearest bend that is allowed.
    pub fn held(self, two_way: bool) -> Self {
        let least = if two_way { LEAST_APART } else { -MOST_SIDE };
        Self {
            side: self.side.clamp(least, MOST_SIDE),
            shift: self.shift.clamp(-MOST_SHIFT, MOST_SHIFT),
        }
    }
}

/// What does not change about a flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track {
    arrow: Arrow,
    /// The middles of its nodes.
    pub from: Coord,
    pub to: Coord,
    /// Whether there is a flow the other way: both only bend to their right, away from each other.
    pub two_way: bool,
}

/// Nodes and flows, the flows in drawing order.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    pub nodes: &'a [Node],
    pub spacing: &'a Spacing,
    tracks: Vec<Track>,
}

/// A flow with one of the bends it may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The part of its curve that is drawn.
    pub curve: Curve,
    /// Its place in the drawing order.
    pub rank: usize,
    pub bend: Bend,
    /// How many steps its head stands back from the node.
    pub back: u8,
    /// What it costs whatever the other flows do.
    pub own_cost: f64,
    pub line: Line,
    pub width: f64,
    pub from: usize,
    pub to: usize,
    pub head: Coord,
    pub head_radius: f64,
}

impl<'a> Problem<'a> {
    /// Of checked flows.
    pub fn new(nodes: &'a [Node], arrows: &[Arrow], order: &[usize], spacing: &'a Spacing) -> Self {
        let mut ways: Vec<(usize, usize)> = arrows.iter().map(|a| (a.from, a.to)).collect();
        ways.sort_unstable();
        let track = |arrow: &Arrow| Track {
            arrow: *arrow,
            from: nodes[arrow.from].at,
            to: nodes[arrow.to].at,
            two_way: ways.binary_search(&(arrow.to, arrow.from)).is_ok(),
        };
        Self {
            nodes,
            spacing,
            tracks: order.iter().map(|&flow| track(&arrows[flow])).collect(),
        }
    }

    /// How many flows there are.
    pub fn len(&self) -> usize {
        self.tracks.len()
    }

    /// A flow by its rank.
    pub fn track(&self, rank: usize) -> &Track {
        &self.tracks[rank]
    }

    /// How far flows push each other: half of the room that each would have if they filled the frame.
    pub fn reach(&self) -> f64 {
        let frame = &self.spacing.frame;
        let room = frame.width() * frame.height() / self.len().max(1) as f64;
        (0.5 * room.sqrt()).min(0.1 * frame.width().min(frame.height()))
    }

    /// A flow with a bend, its head so many steps back.
    pub fn shape(&self, rank: usize, bend: Bend, back: u8) -> Shape {
        let track = &self.tracks[rank];
        let arrow = &track.arrow;
        let chord = track.to - track.from;
        let right = Coord {
            x: -chord.y,
            y: chord.x,
        };
        let whole = Curve {
            from: track.from,
            control: (track.from + track.to) / 2.0 + right * bend.side + chord * bend.shift,
            to: track.to,
        };
        let vague =
            self.nodes[arrow.from].ground.is_some() || self.nodes[arrow.to].ground.is_some();
        let trim = Trim {
            gap: self.spacing.gap,
            back: f64::from(back) * (0.85 * arrow.head_length).min(3.0 * self.spacing.clearance),
            inset: (
                0.5 * arrow.width + self.spacing.gap,
                0.75 * arrow.head_length,
            ),
            least: if vague {
                2.6 * arrow.head_length + 4.0 * self.spacing.clearance
            } else {
                (0.5 * arrow.head_length).max(1.0)
            },
        };
        let curve = ends::drawn(&whole, &self.nodes[arrow.from], &self.nodes[arrow.to], trim);
        let mut shape = Shape::new(arrow, curve, rank);
        (shape.bend, shape.back) = (bend, back);
        shape.own_cost = super::cost::own(self, &shape, track.two_way);
        shape
    }
}

impl Shape {
    /// A flow as it is drawn.
    pub fn new(arrow: &Arrow, curve: Curve, rank: usize) -> Self {
        let head_length = arrow.head_length.min(distance(curve.from, curve.to));
        Self {
            curve,
            rank,
            bend: Bend::to_side(0.0),
            back: 0,
            own_cost: 0.0,
            line: curve.line(),
            width: arrow.width,
            from: arrow.from,
            to: arrow.to,
            head: curve.to - curve.direction(1.0) * (head_length / 2.0),
            head_radius: head_length.min(arrow.head_width) / 2.0,
        }
    }
}
