//! How much of each cell of a grid a polygon covers, exactly.
//!
//! Each edge adds the signed area between itself and the grid's east side to the cells it crosses and, as a running
//! sum, to all cells east of them (the accumulation buffer of font rasterisers: Levien, *font-rs*, 2016).
//!
//! Cost: O(cells crossed by edges + cells of the polygon's box).

use geo::orient::Direction;
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Orient};

use super::grid::Grid;

/// The part of a grid that a polygon's box covers, and how much of each cell the polygon does.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// First column.
    pub col: usize,
    /// First row.
    pub row: usize,
    /// Number of columns.
    pub cols: usize,
    /// Number of rows.
    pub rows: usize,
    /// The covered fraction of each cell, 0 to 1, row by row.
    pub fraction: Vec<f64>,
}

/// Covers the cells of a valid grid with a valid polygon in the grid's kilometres. `None` where they do not meet.
pub fn coverage(grid: &Grid, area: &MultiPolygon) -> Option<Coverage> {
    let bounds = area.bounding_rect()?;
    let (low, high) = (grid.cells(bounds.min()), grid.cells(bounds.max()));
    // casts saturate: anything west or south of the grid is 0
    let (col, row) = (low.x.floor() as usize, low.y.floor() as usize);
    let (end_col, end_row) = (
        (high.x.ceil() as usize).min(grid.cols),
        (high.y.ceil() as usize).min(grid.rows),
    );
    let (cols, rows) = (end_col.checked_sub(col)?, end_row.checked_sub(row)?);
    if cols == 0 || rows == 0 {
        return None;
    }

    let mut sums = Sums {
        cols,
        rows,
        stride: cols + 1,
        sums: vec![0.0; (cols + 1) * rows],
    };
    let corner = Coord {
        x: col as f64,
        y: row as f64,
    };
    let mut add = |ring: &LineString| {
        for edge in ring.lines() {
            sums.edge(
                grid.cells(edge.start) - corner,
                grid.cells(edge.end) - corner,
            );
        }
    };
    for polygon in &area.orient(Direction::Default) {
        add(polygon.exterior());
        polygon.interiors().iter().for_each(&mut add);
    }

    let mut fraction = Vec::with_capacity(cols * rows);
    for line in sums.sums.chunks_exact(cols + 1) {
        let mut sum = 0.0;
        fraction.extend(line[..cols].iter().map(|step| {
            sum += step;
            f64::clamp(sum, 0.0, 1.0)
        }));
    }
    Some(Coverage {
        col,
        row,
        cols,
        rows,
        fraction,
    })
}

/// Steps of coverage from one cell to the next, with one spare column for what lies east.
struct Sums {
    cols: usize,
    rows: usize,
    stride: usize,
    sums: Vec<f64>,
}

impl Sums {
    /// Adds an edge given in cells: what is east of it gains where the edge runs south and loses where it runs north.
    fn edge(&mut self, a: Coord, b: Coord) {
        let (sign, a, b) = if a.y < b.y { (-1.0, a, b) } else { (1.0, b, a) };
        let (from, to) = (a.y.max(0.0), b.y.min(self.rows as f64));
        if from >= to || a.y == b.y {
            return;
        }
        let slope = (b.x - a.x) / (b.y - a.y);
        let x = |y: f64| {
            if y >= b.y {
                b.x
            } else {
                a.x + (y - a.y) * slope
            }
        };
        let mut y = from;
        while y < to {
            let row = y.floor();
            let next = to.min(row + 1.0);
            self.in_row(row as usize, x(y), x(next), sign * (next - y));
            y = next;
        }
    }

    /// Adds the part of an edge within one row, from `x0` to `x1`, with its signed height.
    fn in_row(&mut self, row: usize, x0: f64, x1: f64, height: f64) {
        let (west, east) = if x0 < x1 { (x0, x1) } else { (x1, x0) };
        let (left, right) = (
            west.clamp(0.0, self.cols as f64),
            east.clamp(0.0, self.cols as f64),
        );
        let line = row * self.stride;
        if east - west < 1e-12 {
            return self.in_cell(line, left, height);
        }
        // what lies west of the grid counts for all its columns, what lies east for none
        let per_x = height / (east - west);
        self.sums[line] += per_x * (east.min(0.0) - west).max(0.0);
        let mut x = left;
        while x < right {
            let next = right.min(x.floor() + 1.0);
            self.in_cell(line, (x + next) / 2.0, per_x * (next - x));
            x = next;
        }
    }

    /// Adds a part within one cell whose middle is at `x`.
    fn in_cell(&mut self, line: usize, x: f64, height: f64) {
        let col = (x as usize).min(self.cols);
        let beyond = x - col as f64;
        self.sums[line + col] += height * (1.0 - beyond);
        if col < self.cols {
            self.sums[line + col + 1] += height * beyond;
        }
    }
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, Point, Rect, polygon};
    use proptest::prelude::*;

    use super::*;

    const GRID: Grid = Grid {
        origin: Coord { x: -10.0, y: 5.0 },
        cell_km: 2.0,
        cols: 12,
        rows: 9,
    };

    /// The same by cutting the polygon with each cell.
    fn by_cutting(grid: &Grid, area: &MultiPolygon) -> Vec<f64> {
        let cell = |i: usize| {
            let (col, row) = (i % grid.cols, i / grid.cols);
            let corner = grid.origin
                + Coord {
                    x: col as f64,
                    y: row as f64,
                } * grid.cell_km;
            let square =
                Rect::new(corner, corner + Coord { x: 1.0, y: 1.0 } * grid.cell_km).to_polygon();
            area.intersection(&MultiPolygon::from(square))
                .unsigned_area()
                / grid.cell_km.powi(2)
        };
        (0..grid.len()).map(cell).collect()
    }

    fn whole(grid: &Grid, area: &MultiPolygon) -> Vec<f64> {
        let mut all = vec![0.0; grid.len()];
        if let Some(part) = coverage(grid, area) {
            for (i, fraction) in part.fraction.iter().enumerate() {
                let (col, row) = (part.col + i % part.cols, part.row + i / part.cols);
                all[row * grid.cols + col] = *fraction;
            }
        }
        all
    }

    #[test]
    fn a_ring_with_a_hole_is_covered_exactly() {
        let area = MultiPolygon::from(polygon!(
            exterior: [(x: -8.5, y: 6.2), (x: 9.0, y: 7.0), (x: 4.0, y: 21.3)],
            interiors: [[(x: 0.0, y: 9.0), (x: 3.0, y: 9.5), (x: 2.5, y: 14.0)]],
        ));
        let sum: f64 = whole(&GRID, &area).iter().sum();
        assert!((sum * 4.0 - area.unsigned_area()).abs() < 1e-9);
    }

    #[test]
    fn elsewhere_is_none() {
        for (x, y) in [(-30.0, 8.0), (30.0, 8.0), (0.0, -40.0), (0.0, 90.0)] {
            let square = Rect::new(Point::new(x, y).0, Point::new(x + 2.0, y + 2.0).0).to_polygon();
            assert_eq!(coverage(&GRID, &MultiPolygon::from(square)), None);
        }
        assert_eq!(coverage(&GRID, &MultiPolygon::new(vec![])), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn equals_cutting(corners in prop::collection::vec((-25.0..30.0f64, -8.0..40.0f64), 3)) {
            let area = MultiPolygon::from(geo::Polygon::new(corners.into(), vec![]));
            prop_assume!(area.unsigned_area() > 1.0);
            for (i, (ours, cut)) in whole(&GRID, &area).iter().zip(by_cutting(&GRID, &area)).enumerate() {
                prop_assert!((ours - cut).abs() < 1e-5, "cell {} has {} and not {}", i, ours, cut);
            }
        }
    }
}
