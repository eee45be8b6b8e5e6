//! Which names stand on the map, and where.
//!
//! Every name comes with the places where it may stand, each with a cost (Imhof's preferences, ink
//! that it would cross). Names never overlap each other, hard obstacles or the frame's edge. The
//! search is greedy by priority, then improved by simulated annealing with a fixed seed: a move puts
//! a name somewhere and takes off whatever is in its way, and is kept by the Metropolis rule.
//!
//! Sources: Imhof, "Positioning names on maps", *The American Cartographer* 2 (1975) 128–144;
//! Christensen, Marks & Shieber, "An empirical study of algorithms for point-feature label
//! placement", *ACM Transactions on Graphics* 14 (1995) 203–232.
//!
//! Cost: O(c²) for the pairs of the c candidates, found through a grid, then about 0.1 µs a move and
//! pair; 1 to 3 ms for 100 names.

use super::Rect;

/// One place where a name may stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The ground that it takes: one box, or several along a slanting name.
    pub boxes: Vec<Rect>,
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
}

/// Steps of the annealing for each name.
const MOVES_PER_NAME: usize = 180;
/// Start and end of the temperature, in units of cost.
const HOT: f64 = 0.6;
const COLD: f64 = 0.01;

/// Chooses a candidate for each name, or none where there is no room.
///
/// `frame` is what all boxes must be within; `obstacles` what none may touch. The same input gives
/// the same answer.
pub fn place(requests: &[Request], frame: &Rect, obstacles: &[Rect]) -> Vec<Option<usize>> {
    let problem = Problem::new(requests, frame, obstacles);
    let mut state = State::new(&problem);
    state.fill(&problem);
    let mut best = state.chosen.clone();
    let mut best_energy = state.energy(&problem);
    let mut energy = best_energy;
    let mut random = XorShift(0x9e37_79b9_7f4a_7c15);
    let movable: Vec<usize> = (0..requests.len())
        .filter(|&i| !problem.of(i).is_empty())
        .collect();
    let moves = movable.len() * MOVES_PER_NAME;
    for step in 0..moves {
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
        let temperature = HOT * (COLD / HOT).powf(step as f64 / moves as f64);
        let change = state.change(&problem, name, candidate);
        if change <= 0.0 || random.unit() < (-change / temperature).exp() {
            state.put(&problem, name, candidate);
            energy += change;
            if energy < best_energy - 1e-9 {
                best_energy = energy;
                best.clone_from(&state.chosen);
            }
        }
    }
    state.restore(&problem, &best);
    state.fill(&problem);
    state
        .chosen
        .iter()
        .map(|c| c.map(|c| problem.candidates[c].index))
        .collect()
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
}

impl Problem {
    fn new(requests: &[Request], frame: &Rect, obstacles: &[Rect]) -> Self {
        let mut candidates = Vec::new();
        let mut boxes: Vec<&[Rect]> = Vec::new();
        let mut options = Vec::with_capacity(requests.len());
        for (name, request) in requests.iter().enumerate() {
            let mut mine = Vec::new();
            for (index, candidate) in request.candidates.iter().enumerate() {
                let clear = candidate
                    .boxes
                    .iter()
                    .all(|b| frame.encloses(b) && !obstacles.iter().any(|o| o.overlaps(b)));
                if clear && !candidate.boxes.is_empty() && candidate.cost.is_finite() {
                    mine.push(candidates.len());
                    boxes.push(&candidate.boxes);
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
        for (a, b) in overlapping(&boxes, frame) {
            if candidates[a].name != candidates[b].name {
                candidates[a].conflicts.push(b as u32);
                candidates[b].conflicts.push(a as u32);
            }
        }
        Self {
            candidates,
            options,
            priority: requests.iter().map(|r| r.priority.max(0.01)).collect(),
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

/// Pairs of candidates that overlap, each once, found through a grid of rows.
fn overlapping(boxes: &[&[Rect]], frame: &Rect) -> Vec<(usize, usize)> {
    const CELLS: usize = 24;
    let (cw, ch) = (
        (frame.w / CELLS as f64).max(1.0),
        (frame.h / CELLS as f64).max(1.0),
    );
    let cell = |v: f64| (v.max(0.0) as usize).min(CELLS - 1);
    let mut grid = vec![Vec::new(); CELLS * CELLS];
    for (i, list) in boxes.iter().enumerate() {
        for b in *list {
            for r in cell((b.y - frame.y) / ch)..=cell((b.bottom() - frame.y) / ch) {
                for c in cell((b.x - frame.x) / cw)..=cell((b.right() - frame.x) / cw) {
                    grid[r * CELLS + c].push((i, *b));
                }
            }
        }
    }
    let mut pairs = Vec::new();
    for list in &grid {
        for (k, (i, a)) in list.iter().enumerate() {
            for (j, b) in &list[k + 1..] {
                if i != j && a.overlaps(b) {
                    pairs.push((*i.min(j), *i.max(j)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Which candidate each name has; never two that overlap.
struct State {
    chosen: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl State {
    fn new(problem: &Problem) -> Self {
        Self {
            chosen: vec![None; problem.options.len()],
            taken: vec![false; problem.candidates.len()],
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
            let free = problem.of(name).iter().copied().find(|&c| {
                !problem.candidates[c]
                    .conflicts
                    .iter()
                    .any(|&other| self.taken[other as usize])
            });
            // A place that costs more than leaving the name out is no place.
            if let Some(c) = free
                && problem.cost(name, Some(c)) < problem.cost(name, None)
            {
                self.chosen[name] = Some(c);
                self.taken[c] = true;
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
        problem.candidates[candidate]
            .conflicts
            .iter()
            .map(|&other| other as usize)
            .filter(|&other| self.taken[other])
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
        for other in evicted {
            self.taken[other] = false;
            self.chosen[problem.candidates[other].name] = None;
        }
        if let Some(before) = self.chosen[name] {
            self.taken[before] = false;
        }
        self.chosen[name] = Some(candidate);
        self.taken[candidate] = true;
    }

    fn restore(&mut self, problem: &Problem, chosen: &[Option<usize>]) {
        *self = Self::new(problem);
        for (name, c) in chosen.iter().enumerate() {
            self.chosen[name] = *c;
            if let Some(c) = *c {
                self.taken[c] = true;
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: Rect = Rect {
        x: 0.0,
        y: 0.0,
        w: 400.0,
        h: 300.0,
    };

    /// Right and left of a point.
    fn two_sided(x: f64, y: f64, w: f64, priority: f64) -> Request {
        let candidate = |x, cost| Candidate {
            boxes: vec![Rect::new(x, y - 6.0, w, 12.0)],
            cost,
        };
        Request {
            priority,
            candidates: vec![candidate(x + 3.0, 0.0), candidate(x - 3.0 - w, 0.3)],
        }
    }

    #[test]
    fn a_lone_name_takes_its_best_place() {
        assert_eq!(
            place(&[two_sided(100.0, 100.0, 50.0, 1.0)], &FRAME, &[]),
            [Some(0)]
        );
        assert_eq!(place(&[], &FRAME, &[]), []);
    }

    #[test]
    fn the_frame_and_obstacles_are_kept_clear() {
        let at_the_edge = two_sided(380.0, 100.0, 50.0, 1.0);
        assert_eq!(
            place(std::slice::from_ref(&at_the_edge), &FRAME, &[]),
            [Some(1)]
        );
        let legend = Rect::new(300.0, 80.0, 60.0, 40.0);
        assert_eq!(place(&[at_the_edge], &FRAME, &[legend]), [None]);
    }

    #[test]
    fn annealing_finds_room_that_greed_misses() {
        // The first, which comes first, would take the only place of the second.
        let names = [
            two_sided(100.0, 100.0, 44.0, 3.0),
            two_sided(150.0, 100.0, 44.0, 1.0),
        ];
        let placed = place(&names, &FRAME, &[Rect::new(160.0, 95.0, 50.0, 10.0)]);
        assert!(placed.iter().all(Option::is_some), "{placed:?}");
    }

    #[test]
    fn the_more_important_name_stays() {
        let names = [
            two_sided(395.0, 100.0, 60.0, 1.0),
            two_sided(396.0, 102.0, 60.0, 5.0),
        ];
        assert_eq!(place(&names, &FRAME, &[]), [None, Some(1)]);
    }

    proptest! {
        #[test]
        fn names_never_overlap_and_stay_inside(
            points in prop::collection::vec((0.0..400.0f64, 0.0..300.0f64, 10.0..90.0f64, 0.5..10.0f64), 0..60)
        ) {
            let names: Vec<Request> = points.iter().map(|&(x, y, w, p)| two_sided(x, y, w, p)).collect();
            let obstacle = Rect::new(100.0, 100.0, 80.0, 80.0);
            let placed = place(&names, &FRAME, &[obstacle]);
            prop_assert_eq!(&placed, &place(&names, &FRAME, &[obstacle]));
            let boxes: Vec<Rect> = names
                .iter()
                .zip(&placed)
                .filter_map(|(n, c)| c.map(|c| n.candidates[c].boxes[0]))
                .collect();
            for (i, a) in boxes.iter().enumerate() {
                prop_assert!(FRAME.encloses(a) && !a.overlaps(&obstacle));
                prop_assert!(boxes[i + 1..].iter().all(|b| !a.overlaps(b)));
            }
            // Whatever is left out has no free place.
            for (n, c) in names.iter().zip(&placed) {
                if c.is_none() {
                    let blocked = |b: &Rect| {
                        !FRAME.encloses(b) || b.overlaps(&obstacle) || boxes.iter().any(|o| o.overlaps(b))
                    };
                    prop_assert!(n.candidates.iter().all(|c| blocked(&c.boxes[0])));
                }
            }
        }
    }
}
