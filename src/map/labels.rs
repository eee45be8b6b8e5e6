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
//! Cost: O(c²) for the pairs of the c candidates, found through a grid, then a fixed number of moves
//! for each name; 300 crowded names with 24 places each take about 20 ms.

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
pub struct Request {
    /// How much is lost when it is left out; costs of candidates count against it. Greater is more
    /// important: 1 for the least, 10 for what must not be missing.
    pub priority: f64,
    /// Where it may stand.
    pub candidates: Vec<Candidate>,
    /// Whether it stands at its first candidate to begin with: names that are placed already, and give way only to
    /// what is worth more.
    pub kept: bool,
}

/// The ground that names may take.
#[derive(Clone, Debug)]
pub struct Clear<'a> {
    frame: &'a Rect,
    obstacles: &'a [TextBox],
    /// The middles of obstacles.
    cores: Vec<TextBox>,
}

impl<'a> Clear<'a> {
    /// All boxes must be within `frame`, and none may touch an obstacle.
    pub fn new(frame: &'a Rect, obstacles: &'a [TextBox]) -> Self {
        Self {
            frame,
            obstacles,
            cores: obstacles.iter().map(|o| o.scaled(CORE)).collect(),
        }
    }

    /// Whether a name may stand there.
    pub fn is(&self, candidate: &Candidate) -> bool {
        let free = |b: &TextBox| {
            self.frame.encloses(&b.bounds()) && !self.obstacles.iter().any(|o| o.overlaps(b))
        };
        let crossed = |l: &TextBox| self.cores.iter().any(|c| c.overlaps(l));
        !candidate.boxes.is_empty()
            && candidate.cost.is_finite()
            && candidate.boxes.iter().all(free)
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
    for _ in 0..moves {
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
        let change = state.change(problem, name, candidate);
        if change <= 0.0 || random.unit() < (-change / temperature).exp() {
            state.put(problem, name, candidate);
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
struct Usable {
    name: usize,
    index: usize,
    cost: f64,
    /// Candidates of other names that overlap it.
    conflicts: Vec<u32>,
}

struct Problem {
    candidates: Vec<Usable>,
    /// Range of `candidates` for each name, cheapest first.
    options: Vec<Vec<usize>>,
    priority: Vec<f64>,
    /// How many names look for a place.
    loose: usize,
    /// Whether some are placed already.
    kept: bool,
}

impl Problem {
    fn new(requests: &[Request], clear: &Clear) -> Self {
        let mut candidates = Vec::new();
        let mut boxes: Vec<(usize, &[TextBox], &[TextBox])> = Vec::new();
        let mut options = Vec::with_capacity(requests.len());
        for (name, request) in requests.iter().enumerate() {
            let mut mine = Vec::new();
            for (index, candidate) in request.candidates.iter().enumerate() {
                if clear.is(candidate) {
                    mine.push(candidates.len());
                    boxes.push((name, &candidate.boxes, &candidate.lines));
                    candidates.push(Usable {
                        name,
                        index,
                        cost: candidate.cost,
                        conflicts: Vec::new(),
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
        for (candidate, conflicts) in candidates.iter_mut().zip(conflicts(&boxes, clear.frame)) {
            candidate.conflicts = conflicts;
        }
        Self {
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
}

/// For each candidate those of other names that overlap it, in ascending order, found through a grid.
fn conflicts(boxes: &[(usize, &[TextBox], &[TextBox])], frame: &Rect) -> Vec<Vec<u32>> {
    const CELLS: usize = 24;
    let (cw, ch) = (
        (frame.w / CELLS as f64).max(1.0),
        (frame.h / CELLS as f64).max(1.0),
    );
    let cell = |v: f64| (v.max(0.0) as usize).min(CELLS - 1);
    let cells = |b: &TextBox| {
        let o = b.bounds();
        let columns = cell((o.x - frame.x) / cw)..=cell((o.right() - frame.x) / cw);
        let rows = cell((o.y - frame.y) / ch)..=cell((o.bottom() - frame.y) / ch);
        rows.flat_map(move |r| columns.clone().map(move |c| r * CELLS + c))
    };
    let mut grid: Vec<Vec<(u32, usize, TextBox)>> = vec![Vec::new(); CELLS * CELLS];
    let mut all = vec![Vec::new(); boxes.len()];
    // The last candidate that each was compared with and found to overlap: boxes meet in several cells.
    let mut met = vec![u32::MAX; boxes.len()];
    for (i, (name, text, lines)) in (0..).zip(boxes) {
        let mut found: Vec<u32> = Vec::new();
        for b in text.iter().chain(*lines) {
            for list in cells(b).filter_map(|c| grid.get(c)) {
                for (j, other, o) in list {
                    if other != name && met[*j as usize] != i && b.overlaps(o) {
                        met[*j as usize] = i;
                        found.push(*j);
                    }
                }
            }
        }
        for b in text.iter().chain(*lines) {
            for c in cells(b) {
                grid[c].push((i, *name, *b));
            }
        }
        found.sort_unstable();
        for j in &found {
            all[*j as usize].push(i);
        }
        // Those after it come later, each greater than all before.
        all[i as usize] = found;
    }
    all
}

/// Which candidate each name has; never two that overlap.
struct State {
    chosen: Vec<Option<usize>>,
    taken: Vec<bool>,
    /// For each candidate, how many taken ones overlap it.
    blocked: Vec<u32>,
}

impl State {
    fn new(problem: &Problem) -> Self {
        Self {
            chosen: vec![None; problem.options.len()],
            taken: vec![false; problem.candidates.len()],
            blocked: vec![0; problem.candidates.len()],
        }
    }

    fn take(&mut self, problem: &Problem, name: usize, candidate: usize) {
        self.chosen[name] = Some(candidate);
        self.taken[candidate] = true;
        for &other in &problem.candidates[candidate].conflicts {
            self.blocked[other as usize] += 1;
        }
    }

    fn release(&mut self, problem: &Problem, candidate: usize) {
        self.chosen[problem.candidates[candidate].name] = None;
        self.taken[candidate] = false;
        for &other in &problem.candidates[candidate].conflicts {
            self.blocked[other as usize] -= 1;
        }
    }

    /// Puts those that are placed already where they are.
    fn keep(&mut self, problem: &Problem, requests: &[Request]) {
        for (name, _) in requests.iter().enumerate().filter(|(_, r)| r.kept) {
            let mut options = problem.of(name).iter().copied();
            let first = options.find(|&c| problem.candidates[c].index == 0);
            if let Some(c) = first.filter(|&c| self.blocked[c] == 0) {
                self.take(problem, name, c);
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
            let free = problem
                .of(name)
                .iter()
                .copied()
                .find(|&c| self.blocked[c] == 0);
            // A place that costs more than leaving the name out is no place.
            if let Some(c) = free
                && problem.cost(name, Some(c)) < problem.cost(name, None)
            {
                self.take(problem, name, c);
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
                let better = problem.of(name).iter().copied().find(|&c| {
                    self.blocked[c] == 0
                        && problem.candidates[c].cost < problem.candidates[now].cost
                });
                if let Some(c) = better {
                    self.put(problem, name, c);
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

    fn in_the_way<'a>(
        &'a self,
        problem: &'a Problem,
        candidate: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let conflicts = &problem.candidates[candidate].conflicts;
        conflicts
            .iter()
            .map(|&other| other as usize)
            .filter(|&other| self.taken[other])
            .take(self.blocked[candidate] as usize)
    }

    /// How much the energy would rise by a move.
    fn change(&self, problem: &Problem, name: usize, candidate: usize) -> f64 {
        let mut change =
            problem.cost(name, Some(candidate)) - problem.cost(name, self.chosen[name]);
        for other in self.in_the_way(problem, candidate) {
            let evicted = problem.candidates[other].name;
            change += problem.cost(evicted, None) - problem.cost(evicted, Some(other));
        }
        change
    }

    fn put(&mut self, problem: &Problem, name: usize, candidate: usize) {
        let evicted: Vec<usize> = self.in_the_way(problem, candidate).collect();
        for other in evicted.into_iter().chain(self.chosen[name]) {
            self.release(problem, other);
        }
        self.take(problem, name, candidate);
    }

    fn restore(&mut self, problem: &Problem, chosen: &[Option<usize>]) {
        *self = Self::new(problem);
        for (name, c) in chosen.iter().enumerate() {
            if let Some(c) = *c {
                self.take(problem, name, c);
            }
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
