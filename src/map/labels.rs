//! Which names stand on the map, and where.
//!
//! Every name comes with the places where it may stand, each with a cost (Imhof's preferences, ink
//! that it would cross). Names never overlap each other, hard obstacles or the frame's edge. The
//! search is greedy by priority, then improved by simulated annealing with a fixed seed: a move puts
//! a name somewhere and takes off whatever is in its way, and is kept by the Metropolis rule. The
//! best state that was met is the answer, so it is never worse than the greedy one.
//!
//! Sources: Imhof, "Positioning names on maps", *The American Cartographer* 2 (1975) 128–144;
//! Christensen, Marks & Shieber, "An empirical study of algorithms for point-feature label
//! placement", *ACM Transactions on Graphics* 14 (1995) 203–232.
//!
//! Cost: a fixed number of moves for each name, and for each move a look at the few names that stand there, found through a
//! grid.

use std::borrow::Cow;

use super::taken::{Ground, Taken};
use super::{Rect, TextBox};

/// One place where a name may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The ground that it takes: one box, or one for each letter of a curved name.
    pub boxes: Vec<TextBox>,
    /// Thin lines that go with it: no name may lie on them, and they keep clear of the middle of
    /// obstacles, but may cross their rims.
    pub lines: Vec<TextBox>,
    /// How bad it is: 0 is best, 1 is as bad as can be borne.
    pub cost: f64,
}

/// A name that wants to be on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Request<'a> {
    /// How much is lost when it is left out; costs of candidates count against it. Greater is more
    /// important: 1 for the least, 10 for what must not be missing.
    pub priority: f64,
    /// Where it may stand.
    pub candidates: Cow<'a, [Candidate]>,
    /// Whether it stands at its first candidate to begin with: names that are placed already, and give way only to
    /// what is worth more.
    pub kept: bool,
}

/// The ground that names may take.
pub struct Clear<'a> {
    frame: &'a Rect,
    obstacles: Taken,
    /// The middles of obstacles.
    cores: Vec<TextBox>,
}

impl<'a> Clear<'a> {
    /// All boxes must be within `frame`, and none may touch an obstacle.
    pub fn new(frame: &'a Rect, obstacles: &'a [TextBox]) -> Self {
        let mut taken = Taken::new(frame);
        for (id, obstacle) in obstacles.iter().enumerate() {
            let text = std::slice::from_ref(obstacle);
            let ground = Ground {
                owner: id,
                text,
                lines: &[],
            };
            taken.add(id, ground);
        }
        Self {
            frame,
            obstacles: taken,
            cores: obstacles.iter().map(|o| o.scaled(CORE)).collect(),
        }
    }

    /// Whether a name may stand there.
    pub fn is(&self, candidate: &Candidate) -> bool {
        let inside = |b: &TextBox| self.frame.encloses(&b.bounds());
        let crossed = |l: &TextBox| self.cores.iter().any(|c| c.overlaps(l));
        let ground = Ground {
            // No obstacle is its own.
            owner: usize::MAX,
            text: &candidate.boxes,
            lines: &[],
        };
        !candidate.boxes.is_empty()
            && candidate.cost.is_finite()
            && candidate.boxes.iter().all(inside)
            && self.obstacles.is_free(&ground)
            && !candidate.lines.iter().any(crossed)
    }
}

/// The middle of an obstacle, as a part of its width and height.
const CORE: f64 = 0.45;
/// Steps of the annealing for each name.
const MOVES_PER_NAME: usize = 180;
/// The same where most names are placed already, and the temperature at its start.
const FEWER_MOVES: usize = 80;
const WARM: f64 = 0.4;
/// Start and end of the temperature, in units of cost.
const HOT: f64 = 0.6;
const COLD: f64 = 0.01;

/// Chooses a candidate for each name, or none where there is no room.
///
/// The same input gives the same answer.
pub fn place(requests: &[Request], clear: &Clear) -> Vec<Option<usize>> {
    let problem = Problem::new(requests, clear);
    let mut state = State::new(&problem);
    state.keep(&problem, requests);
    state.fill(&problem);
    anneal(&problem, &mut state);
    state
        .chosen
        .iter()
        .map(|c| c.map(|c| problem.candidates[c].index))
        .collect()
}

/// Improves a state; leaves it as it was if nothing better was met.
fn anneal(problem: &Problem, state: &mut State) {
    let mut best = state.chosen.clone();
    let mut energy = state.energy(problem);
    let mut best_energy = energy;
    let least = problem.least();
    let mut random = XorShift(0x9e37_79b9_7f4a_7c15);
    let movable: Vec<usize> = (0..problem.options.len())
        .filter(|&i| !problem.of(i).is_empty())
        .collect();
    let (each, hot) = match problem.kept {
        true => (FEWER_MOVES, WARM),
        false => (MOVES_PER_NAME, HOT),
    };
    let moves = problem.loose * each;
    let cooling = (COLD / hot).powf(1.0 / moves.max(1) as f64);
    let mut temperature = hot;
    let mut evicted = Vec::new();
    for _ in 0..moves {
        // Nothing better is to be met.
        if best_energy <= least + 1e-9 {
            break;
        }
        temperature *= cooling;
        let Some(&name) = movable.get(random.below(movable.len())) else {
            break;
        };
        let options = problem.of(name);
        let Some(&candidate) = options.get(random.below(options.len())) else {
            continue;
        };
        if state.chosen[name] == Some(candidate) {
            continue;
        }
        let change = state.change(problem, candidate, &mut evicted);
        if change <= 0.0 || random.unit() < (-change / temperature).exp() {
            state.put(problem, candidate, &evicted);
            energy += change;
            if energy < best_energy - 1e-9 {
                best_energy = energy;
                best.clone_from(&state.chosen);
            }
        }
    }
    state.restore(problem, &best);
    state.settle(problem);
}

/// A candidate that keeps clear of frame and obstacles.
struct Usable<'a> {
    name: usize,
    index: usize,
    cost: f64,
    ground: Ground<'a>,
}

struct Problem<'a> {
    frame: Rect,
    candidates: Vec<Usable<'a>>,
    /// Range of `candidates` for each name, cheapest first.
    options: Vec<Vec<usize>>,
    priority: Vec<f64>,
    /// How many names look for a place.
    loose: usize,
    /// Whether some are placed already.
    kept: bool,
}

impl<'a> Problem<'a> {
    fn new(requests: &'a [Request], clear: &Clear) -> Self {
        let mut candidates = Vec::new();
        let mut options = Vec::with_capacity(requests.len());
        for (name, request) in requests.iter().enumerate() {
            let mut mine = Vec::new();
            for (index, candidate) in request.candidates.iter().enumerate() {
                if clear.is(candidate) {
                    mine.push(candidates.len());
                    candidates.push(Usable {
                        name,
                        index,
                        cost: candidate.cost,
                        ground: Ground {
                            owner: name,
                            text: &candidate.boxes,
                            lines: &candidate.lines,
                        },
                    });
                }
            }
            mine.sort_by(|&a, &b| {
                candidates[a]
                    .cost
                    .total_cmp(&candidates[b].cost)
                    .then(a.cmp(&b))
            });
            options.push(mine);
        }
        let loose = requests.iter().zip(&options);
        let loose = loose.filter(|(r, mine)| !r.kept && !mine.is_empty());
        let loose = loose.count();
        Self {
            frame: *clear.frame,
            candidates,
            options,
            priority: requests.iter().map(|r| r.priority.max(0.01)).collect(),
            loose,
            kept: requests.iter().any(|request| request.kept),
        }
    }

    fn of(&self, name: usize) -> &[usize] {
        self.options.get(name).map_or(&[], Vec::as_slice)
    }

    /// What a name costs as it is: the cost of where it stands, or its priority when it is left out.
    fn cost(&self, name: usize, chosen: Option<usize>) -> f64 {
        match chosen {
            Some(c) => self.candidates[c].cost,
            None => 1.0 + self.priority[name],
        }
    }

    /// What all names would cost if none were in another's way.
    fn least(&self) -> f64 {
        let names = self.options.iter().enumerate();
        names
            .map(|(name, options)| {
                let left_out = self.cost(name, None);
                let cheapest = options.first().map(|&c| self.cost(name, Some(c)));
                cheapest.map_or(left_out, |cost| cost.min(left_out))
            })
            .sum()
    }
}

/// Which candidate each name has; never two that overlap.
struct State {
    chosen: Vec<Option<usize>>,
    taken: Taken,
}

impl State {
    fn new(problem: &Problem) -> Self {
        Self {
            chosen: vec![None; problem.options.len()],
            taken: Taken::new(&problem.frame),
        }
    }

    fn take(&mut self, problem: &Problem, candidate: usize) {
        let Usable { name, ground, .. } = &problem.candidates[candidate];
        self.chosen[*name] = Some(candidate);
        self.taken.add(candidate, *ground);
    }

    fn release(&mut self, problem: &Problem, candidate: usize) {
        let Usable { name, ground, .. } = &problem.candidates[candidate];
        self.chosen[*name] = None;
        self.taken.remove(candidate, *ground);
    }

    fn is_free(&self, problem: &Problem, candidate: usize) -> bool {
        self.taken.is_free(&problem.candidates[candidate].ground)
    }

    /// Puts those that are placed already where they are.
    fn keep(&mut self, problem: &Problem, requests: &[Request]) {
        for (name, _) in requests.iter().enumerate().filter(|(_, r)| r.kept) {
            let mut options = problem.of(name).iter().copied();
            let first = options.find(|&c| problem.candidates[c].index == 0);
            if let Some(c) = first.filter(|&c| self.is_free(problem, c)) {
                self.take(problem, c);
            }
        }
    }

    /// Gives every name without a place its cheapest free one, the most important first.
    fn fill(&mut self, problem: &Problem) {
        let mut order: Vec<usize> = (0..self.chosen.len())
            .filter(|&i| self.chosen[i].is_none())
            .collect();
        order.sort_by(|&a, &b| {
            problem.priority[b]
                .total_cmp(&problem.priority[a])
                .then(a.cmp(&b))
        });
        for name in order {
            // A place that costs more than leaving the name out is no place.
            let left_out = problem.cost(name, None);
            let options = problem.of(name).iter().copied();
            let mut bearable = options.take_while(|&c| problem.candidates[c].cost < left_out);
            if let Some(c) = bearable.find(|&c| self.is_free(problem, c)) {
                self.take(problem, c);
            }
        }
    }

    /// Moves each name to its cheapest free place and fills the gaps, until nothing changes.
    fn settle(&mut self, problem: &Problem) {
        // Each round lowers the energy; a few are enough, and their number is bounded.
        for _ in 0..8 {
            let mut changed = false;
            for name in 0..self.chosen.len() {
                let Some(now) = self.chosen[name] else {
                    continue;
                };
                let now = problem.candidates[now].cost;
                let options = problem.of(name).iter().copied();
                let mut cheaper = options.take_while(|&c| problem.candidates[c].cost < now);
                if let Some(c) = cheaper.find(|&c| self.is_free(problem, c)) {
                    self.put(problem, c, &[]);
                    changed = true;
                }
            }
            self.fill(problem);
            if !changed {
                break;
            }
        }
    }

    fn energy(&self, problem: &Problem) -> f64 {
        self.chosen
            .iter()
            .enumerate()
            .map(|(name, c)| problem.cost(name, *c))
            .sum()
    }

    /// How much the energy would rise by a move; `evicted` becomes those that are in its way.
    fn change(&self, problem: &Problem, candidate: usize, evicted: &mut Vec<usize>) -> f64 {
        let Usable {
            name, cost, ground, ..
        } = &problem.candidates[candidate];
        let mut change = cost - problem.cost(*name, self.chosen[*name]);
        self.taken.in_the_way(ground, evicted);
        for other in evicted {
            let evicted = problem.candidates[*other].name;
            change += problem.cost(evicted, None) - problem.cost(evicted, Some(*other));
        }
        change
    }

    /// Puts a name somewhere, once those in its way are off.
    fn put(&mut self, problem: &Problem, candidate: usize, evicted: &[usize]) {
        let before = self.chosen[problem.candidates[candidate].name];
        for other in evicted.iter().copied().chain(before) {
            self.release(problem, other);
        }
        self.take(problem, candidate);
    }

    fn restore(&mut self, problem: &Problem, chosen: &[Option<usize>]) {
        *self = Self::new(problem);
        for candidate in chosen.iter().copied().flatten() {
            self.take(problem, candidate);
        }
    }
}

/// Marsaglia's xorshift64*: small, quick and the same everywhere.
struct XorShift(u64);

impl XorShift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number under `n`; 0 when `n` is 0.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
#[path = "labels_tests.rs"]
mod tests;
