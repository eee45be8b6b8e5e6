//! The ground that names have taken, and which of them would be in the way of another.
//!
//! A grid over the frame holds the boxes of those that stand on the map. They are few and far between, however many places
//! there are where names might stand.

use super::{Rect, TextBox};

/// The ground of a name that stands somewhere.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// Whose it is: a name is not in its own way.
    pub owner: usize,
    pub text: &'a [TextBox],
    /// Thin lines that go with it.
    pub lines: &'a [TextBox],
}

/// A box on the ground of a name that stands there.
#[derive(Clone, Copy)]
struct Stand {
    id: usize,
    owner: usize,
    ground: TextBox,
}

/// Cells each way.
const CELLS: usize = 24;

/// The ground of all names that stand on the map.
pub(super) struct Taken {
    corner: (f64, f64),
    cell: (f64, f64),
    cells: Vec<Vec<Stand>>,
}

impl Taken {
    /// Nothing is taken yet.
    pub fn new(frame: &Rect) -> Self {
        let side = |length: f64| (length / CELLS as f64).max(1.0);
        Self {
            corner: (frame.x, frame.y),
            cell: (side(frame.w), side(frame.h)),
            cells: vec![Vec::new(); CELLS * CELLS],
        }
    }

    /// The cells that a box touches; what lies outside of the frame is held by those at its edge.
    fn cells(&self, ground: &TextBox) -> impl Iterator<Item = usize> + use<> {
        let around = ground.bounds();
        let cell = |v: f64| (v.max(0.0) as usize).min(CELLS - 1);
        let column = |x: f64| cell((x - self.corner.0) / self.cell.0);
        let row = |y: f64| cell((y - self.corner.1) / self.cell.1);
        let (left, right) = (column(around.x), column(around.right()));
        let rows = row(around.y)..=row(around.bottom());
        rows.flat_map(move |row| row * CELLS + left..=row * CELLS + right)
    }

    /// Takes ground under a number that nothing else on the map has.
    pub fn add(&mut self, id: usize, ground: Ground) {
        let owner = ground.owner;
        for &ground in ground.text.iter().chain(ground.lines) {
            for cell in self.cells(&ground) {
                self.cells[cell].push(Stand { id, owner, ground });
            }
        }
    }

    /// Gives ground back.
    pub fn remove(&mut self, id: usize, ground: Ground) {
        for ground in ground.text.iter().chain(ground.lines) {
            for cell in self.cells(ground) {
                self.cells[cell].retain(|stand| stand.id != id);
            }
        }
    }

    /// Looks at everything of others that stands there, some of it more than once, until one is enough.
    fn look(&self, ground: &Ground, mut is_enough: impl FnMut(usize) -> bool) {
        for mine in ground.text.iter().chain(ground.lines) {
            for cell in self.cells(mine) {
                for one in &self.cells[cell] {
                    let rival = one.owner != ground.owner && mine.overlaps(&one.ground);
                    if rival && is_enough(one.id) {
                        return;
                    }
                }
            }
        }
    }

    /// Whether nothing of others stands there.
    pub fn is_free(&self, ground: &Ground) -> bool {
        let mut free = true;
        self.look(ground, |_| {
            free = false;
            true
        });
        free
    }

    /// Finds what of others stands there, in ascending order.
    pub fn in_the_way(&self, ground: &Ground, found: &mut Vec<usize>) {
        found.clear();
        self.look(ground, |id| {
            found.push(id);
            false
        });
        if found.len() > 1 {
            found.sort_unstable();
            found.dedup();
        }
    }
}
