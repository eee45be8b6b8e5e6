//! Forces between flows, nodes and arrowheads that shift the control points of curves: the iteration of Jenny et al.
//! 2017, with forces of limited reach in place of weighted means over all points of the map.
//!
//! Each flow is sampled along its middle. Samples push the samples of other flows, heads of arrows, and nodes that are
//! not their own away; a spring draws the curve back to a moderate bend, another to one that is symmetric. Steps get
//! smaller from iteration to iteration. Where each flow goes is decided from where all were before it, so that no order
//! of the flows is preferred.

use geo::Coord;

use super::curve::distance;
use super::shape::{Bend, Problem, Shape};

const ITERATIONS: usize = 30;
/// Points that push, along the drawn part of a curve.
const SAMPLES: usize = 7;
/// What a curve gives way to: other flows and heads, nodes, its spring, its wish for symmetry.
const FLOWS: f64 = 0.16;
const NODES: f64 = 0.9;
const SPRING: f64 = 0.10;
const SYMMETRY: f64 = 0.25;
/// The bend of a spring at rest.
const REST: f64 = 0.14;
/// Farthest that a control point goes at the first iteration, as a part of the reach.
const STRIDE: f64 = 0.35;

/// Lets forces work on the bends of flows that are laid out.
pub(super) fn relax(problem: &Problem, shapes: &mut [Shape]) {
    let reach = problem.reach();
    for iteration in 0..ITERATIONS {
        let cooling = 1.0 - iteration as f64 / ITERATIONS as f64;
        let pushes = pushes(problem, shapes, reach);
        for (shape, push) in shapes.iter_mut().zip(pushes) {
            let track = problem.track(shape.rank);
            let chord = track.to - track.from;
            let length = chord.x.hypot(chord.y);
            if length < 1e-9 {
                continue;
            }
            let along = chord / length;
            let right = Coord {
                x: -along.y,
                y: along.x,
            };
            let bend = shape.bend;
            let rest = if bend.side < 0.0 { -REST } else { REST };
            let spring = right * (SPRING * length * (rest - bend.side))
                + along * (SYMMETRY * length * -bend.shift);
            let force = push + spring;
            let size = force.x.hypot(force.y);
            let stride = STRIDE * reach * cooling;
            let step = if size > stride {
                force * (stride / size)
            } else {
                force
            };
            let moved = Bend {
                side: bend.side + (step.x * right.x + step.y * right.y) / length,
                shift: bend.shift + (step.x * along.x + step.y * along.y) / length,
            };
            *shape = problem.shape(shape.rank, moved.held(track.two_way), shape.back);
        }
    }
}

/// What pushes the control point of each flow.
fn pushes(problem: &Problem, shapes: &[Shape], reach: f64) -> Vec<Coord> {
    let samples: Vec<[(Coord, f64); SAMPLES]> = shapes
        .iter()
        .map(|shape| {
            std::array::from_fn(|i| {
                let t = (i as f64 + 1.0) / (SAMPLES as f64 + 1.0);
                // how much of a shift of the control point arrives at the sample
                (shape.curve.at(t), 2.0 * t * (1.0 - t))
            })
        })
        .collect();
    let mut pushes = vec![Coord::zero(); shapes.len()];
    for (i, a) in shapes.iter().enumerate() {
        for (j, b) in shapes.iter().enumerate().skip(i + 1) {
            let reach = reach + (a.width + b.width) / 2.0;
            if !a.line.may_meet(&b.line, reach) {
                continue;
            }
            for (p, arrives) in &samples[i] {
                for (q, arrives_there) in &samples[j] {
                    let push = away(*p, *q, reach) * (FLOWS * reach);
                    pushes[i] = pushes[i] + push * *arrives;
                    pushes[j] = pushes[j] - push * *arrives_there;
                }
            }
        }
        for (p, arrives) in &samples[i] {
            for (index, node) in problem.nodes.iter().enumerate() {
                if node.ground.is_some() || index == a.from || index == a.to {
                    continue;
                }
                let near = node.radius + a.width / 2.0 + problem.spacing.clearance + 0.4 * reach;
                pushes[i] = pushes[i] + away(*p, node.at, near) * (NODES * near * arrives);
            }
            for other in shapes.iter().filter(|other| other.rank != a.rank) {
                let near = other.head_radius + a.width / 2.0 + 0.3 * reach;
                pushes[i] = pushes[i] + away(*p, other.head, near) * (FLOWS * near * arrives);
            }
        }
    }
    pushes
}

/// From `q` to `p`: 1 where they meet, falling to 0 at `reach`.
fn away(p: Coord, q: Coord, reach: f64) -> Coord {
    let (x, y) = (p.x - q.x, p.y - q.y);
    let square = x * x + y * y;
    if square >= reach * reach || square < 1e-12 {
        return Coord::zero();
    }
    let far = distance(p, q);
    let strength = (1.0 - far / reach).powi(2) / far;
    Coord {
        x: x * strength,
        y: y * strength,
    }
}
