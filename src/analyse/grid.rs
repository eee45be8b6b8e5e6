//! A grid of square cells on a plane in kilometres, x east and y north.

use geo::{Coord, Rect};

/// The most cells that a grid may have: 64 million, 256 MB of `f32`.
pub const MAX_CELLS: usize = 1 << 26;

/// Where a grid lies. Row 0 is the southernmost, column 0 the westernmost; values are stored row by row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The south-west corner of column 0, row 0, in kilometres.
    pub origin: Coord,
    /// The side of a cell in kilometres.
    pub cell_km: f64,
    /// Cells from west to east.
    pub cols: usize,
    /// Cells from south to north.
    pub rows: usize,
}

impl Grid {
    /// The smallest grid of the given cells that covers a rectangle, with the rectangle in its middle.
    ///
    /// A grid that [`Grid::is_valid`] refuses comes of a cell size that is not positive or far too small.
    pub fn covering(rect: Rect, cell_km: f64) -> Self {
        // a float too large or NaN becomes usize::MAX or 0, which is not valid
        let cells = |length: f64| (length / cell_km).ceil().max(1.0) as usize;
        let (cols, rows) = (cells(rect.width()), cells(rect.height()));
        let centre = rect.center();
        let origin = Coord {
            x: centre.x - cell_km * cols as f64 / 2.0,
            y: centre.y - cell_km * rows as f64 / 2.0,
        };
        Self {
            origin,
            cell_km,
            cols,
            rows,
        }
    }

    /// Whether it has a positive cell size, a finite origin, and from 1 to [`MAX_CELLS`] cells.
    pub fn is_valid(&self) -> bool {
        self.cell_km > 0.0
            && self.cell_km.is_finite()
            && self.origin.x.is_finite()
            && self.origin.y.is_finite()
            && self
                .cols
                .checked_mul(self.rows)
                .is_some_and(|cells| (1..=MAX_CELLS).contains(&cells))
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.cols * self.rows
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ground it covers.
    pub fn rect(&self) -> Rect {
        let size = Coord {
            x: self.cell_km * self.cols as f64,
            y: self.cell_km * self.rows as f64,
        };
        Rect::new(self.origin, self.origin + size)
    }

    /// The middle of a cell.
    pub fn centre(&self, col: usize, row: usize) -> Coord {
        Coord {
            x: self.origin.x + (col as f64 + 0.5) * self.cell_km,
            y: self.origin.y + (row as f64 + 0.5) * self.cell_km,
        }
    }

    /// A position in cells from the origin.
    pub(super) fn cells(&self, at: Coord) -> Coord {
        (at - self.origin) / self.cell_km
    }

    /// The grid with `by` more cells on each side; `None` if that is more than a grid may have.
    pub(super) fn padded(&self, by: usize) -> Option<Self> {
        let margin = self.cell_km * by as f64;
        let grid = Self {
            origin: self.origin
                - Coord {
                    x: margin,
                    y: margin,
                },
            cell_km: self.cell_km,
            cols: self.cols.checked_add(by.checked_mul(2)?)?,
            rows: self.rows.checked_add(by.checked_mul(2)?)?,
        };
        grid.is_valid().then_some(grid)
    }
}
