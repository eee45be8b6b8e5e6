//! `--timings`: how long each step took.

use std::time::{Duration, Instant};

use serde_json::{Map, Value};

/// The steps of a run, in the order in which they are reported.
const STEPS: [&str; 11] = [
    "read", "resolve", "merge", "scale", "cluster", "density", "flow", "layout", "draw", "encode",
    "write",
];

/// A stop-watch with a sum for each step.
#[derive(Debug)]
pub struct Timings {
    started: Instant,
    spent: [Duration; STEPS.len()],
}

impl Timings {
    /// Starts the watch.
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
            spent: Default::default(),
        }
    }

    /// Does some work and adds the time it took to a step's.
    ///
    /// A name that is no step is a mistake of the caller's and is not recorded.
    pub fn time<T>(&mut self, step: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.add(step, start.elapsed());
        done
    }

    /// Adds time that was measured elsewhere.
    pub fn add(&mut self, step: &str, time: Duration) {
        debug_assert!(STEPS.contains(&step), "{step} is no step");
        if let Some(sum) = STEPS
            .iter()
            .position(|name| *name == step)
            .and_then(|at| self.spent.get_mut(at))
        {
            *sum += time;
        }
    }

    /// Adds what another watch measured. The sums of steps that ran beside each other may come to more than the total.
    pub fn absorb(&mut self, other: &Self) {
        for (sum, time) in self.spent.iter_mut().zip(other.spent) {
            *sum += time;
        }
    }

    /// Seconds by step, and in all, as JSON.
    pub fn to_json(&self) -> String {
        let seconds = |time: Duration| Value::from((time.as_secs_f64() * 1e6).round() / 1e6);
        let mut map: Map<String, Value> = STEPS
            .iter()
            .zip(self.spent)
            .map(|(step, time)| ((*step).to_owned(), seconds(time)))
            .collect();
        map.insert("total".to_owned(), seconds(self.started.elapsed()));
        format!("{:#}\n", Value::Object(map))
    }
}
