//! Search for bends of low cost: flow after flow, the widest first, takes the best of a few bends, given all others,
//! until none changes. Each step lowers the total cost.

use super::USUAL_BEND;
use super::cost::{between, meets_head};
use super::shape::{Bend, Problem, Shape};

/// The bends tried at first, the usual one before all: of equals the earlier wins.
const BENDS: [f64; 9] = [
    USUAL_BEND,
    0.1,
    0.3,
    -USUAL_BEND,
    -0.1,
    -0.3,
    0.42,
    -0.42,
    0.03,
];
/// How far from a bend others are tried, later.
const NEAR: [(f64, f64); 8] = [
    (0.035, 0.0),
    (-0.035, 0.0),
    (0.09, 0.0),
    (-0.09, 0.0),
    (0.0, 0.06),
    (0.0, -0.06),
    (0.05, 0.05),
    (0.05, -0.05),
];
/// Steps that a head may stand back from its node, so that it does not lie on another's.
const MOST_BACK: u8 = 2;
/// Sweeps over all flows after which it is enough; later ones change little.
const SWEEPS: usize = 4;

/// Each flow with its usual bend.
pub(super) fn usual(problem: &Problem) -> Vec<Shape> {
    let bend = Bend::to_side(USUAL_BEND);
    (0..problem.len())
        .map(|rank| problem.shape(rank, bend, 0))
        .collect()
}

/// The sum of what all flows cost.
pub(super) fn total(problem: &Problem, shapes: &[Shape]) -> f64 {
    let apart = problem.spacing.clearance;
    let pairs = shapes
        .iter()
        .enumerate()
        .flat_map(|(i, a)| shapes[i + 1..].iter().map(move |b| between(a, b, apart)));
    shapes.iter().map(|shape| shape.own_cost).sum::<f64>() + pairs.sum::<f64>()
}

/// Chooses the side of each flow, and roughly how far it stands off.
pub(super) fn sides(problem: &Problem, shapes: &mut [Shape]) {
    let offers: Vec<Vec<Shape>> = (0..problem.len())
        .map(|rank| {
            let two_way = problem.track(rank).two_way;
            BENDS
                .into_iter()
                .filter(|side| !two_way || *side > 0.05)
                .map(|side| problem.shape(rank, Bend::to_side(side), 0))
                .collect()
        })
        .collect();
    improve(problem, shapes, |now| offers[now.rank].clone());
}

/// Moves flows a little, off nodes and heads.
pub(super) fn settle(problem: &Problem, shapes: &mut [Shape]) {
    improve(problem, shapes, |now| {
        let two_way = problem.track(now.rank).two_way;
        let bend = now.bend;
        let near = NEAR.iter().map(|(side, shift)| Bend {
            side: bend.side + side,
            shift: bend.shift + shift,
        });
        let other_side = Bend::to_side(-bend.side);
        let bends = near.chain((!two_way).then_some(other_side));
        let backs = (0..=MOST_BACK)
            .filter(|back| *back != now.back)
            .map(|back| problem.shape(now.rank, bend, back));
        bends
            .map(|bend| problem.shape(now.rank, bend.held(two_way), now.back))
            .chain(backs)
            .collect()
    });
}

/// Lets each flow take the best of what is offered to it, until none changes.
fn improve(problem: &Problem, shapes: &mut [Shape], offers: impl Fn(&Shape) -> Vec<Shape>) {
    let apart = problem.spacing.clearance;
    // A flow is looked at again once one that is in its way has moved.
    let mut stale = vec![true; shapes.len()];
    for _ in 0..SWEEPS {
        for flow in 0..shapes.len() {
            if !std::mem::take(&mut stale[flow]) {
                continue;
            }
            let now = shapes[flow];
            // those most in its way first, so that a sum stops once it is no better than what there is
            let mut others: Vec<(f64, &Shape)> = shapes
                .iter()
                .filter(|other| other.rank != now.rank)
                .map(|other| (between(&now, other, apart), other))
                .collect();
            others.sort_by(|a, b| b.0.total_cmp(&a.0));
            let mut least = now.own_cost + others.iter().map(|(cost, _)| cost).sum::<f64>() - 1e-9;
            let mut best = None;
            for shape in offers(&now) {
                let mut cost = shape.own_cost;
                for (_, other) in &others {
                    if cost >= least {
                        break;
                    }
                    cost += between(&shape, other, apart);
                }
                if cost < least {
                    (least, best) = (cost, Some(shape));
                }
            }
            let Some(best) = best else { continue };
            for (other, stale) in shapes.iter().zip(&mut stale) {
                let touched = |mine: &Shape| between(mine, other, apart) > 0.0;
                *stale |= other.rank != best.rank && (touched(&now) || touched(&best));
            }
            shapes[flow] = best;
        }
        if !stale.contains(&true) {
            break;
        }
    }
}

/// Draws a flow later, so that its head is seen, wherever that hides no more heads than it shows. Returns the order of
/// drawing as ranks.
pub(super) fn raise_heads(shapes: &[Shape]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shapes.len()).collect();
    let meets = |above: usize, of: usize| meets_head(&shapes[above], &shapes[of]);
    let hidden =
        |order: &[usize], at: usize| order[at + 1..].iter().any(|&above| meets(above, order[at]));
    for rank in 0..shapes.len() {
        let Some(at) = order.iter().position(|&r| r == rank) else {
            continue;
        };
        if !hidden(&order, at) {
            continue;
        }
        // just above the last that covers it
        let Some(above) = order.iter().rposition(|&r| r != rank && meets(r, rank)) else {
            continue;
        };
        let count = |order: &[usize]| (0..=above).filter(|&i| hidden(order, i)).count();
        let mut raised = order.clone();
        raised.remove(at);
        raised.insert(above, rank);
        if count(&raised) < count(&order) {
            order = raised;
        }
    }
    order
}
