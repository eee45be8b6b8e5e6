//! What threads keep from one piece of work to the next.

use std::sync::{Mutex, PoisonError};

/// Things that are made when they are needed, one for each thread that works at once, and kept for the next piece of work.
pub(crate) struct Pool<S, F> {
    idle: Mutex<Vec<S>>,
    make: F,
}

impl<S, F: Fn() -> S> Pool<S, F> {
    pub(crate) fn new(make: F) -> Self {
        let idle = Mutex::default();
        Self { idle, make }
    }

    /// Does some work with one of them.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut S) -> R) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let found = idle().pop();
        let mut one = found.unwrap_or_else(&self.make);
        let done = work(&mut one);
        idle().push(one);
        done
    }
}
