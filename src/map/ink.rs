//! Where on the page ink already is: what a name should stay away from, though it may cross it.
//!
//! A grid of small cells holds how much each is worth keeping free; a summed-area table (Crow 1984)
//! then gives the mean over any rectangle in constant time.

use super::Rect;
use crate::draw::Pt;

/// Weights of ink over a frame, being collected.
#[derive(Clone, Debug)]
pub(super) struct InkGrid {
    frame: Rect,
    cell: f64,
    columns: usize,
    rows: usize,
    weight: Vec<f32>,
}

impl InkGrid {
    /// An empty grid over `frame` with cells of about `cell` pixels (never more than 400 each way).
    pub fn new(frame: Rect, cell: f64) -> Self {
        let cell = cell.max(frame.w / 400.0).max(frame.h / 400.0).max(1.0);
        let columns = (frame.w / cell).ceil().max(1.0) as usize;
        let rows = (frame.h / cell).ceil().max(1.0) as usize;
        Self {
            frame,
            cell,
            columns,
            rows,
            weight: vec![0.0; columns * rows],
        }
    }

    fn column(&self, x: f64) -> f64 {
        (x - self.frame.x) / self.cell
    }

    fn row(&self, y: f64) -> f64 {
        (y - self.frame.y) / self.cell
    }

    /// Raises the cell at a point to at least `weight`.
    pub fn dot(&mut self, p: Pt, weight: f32) {
        let (c, r) = (self.column(p.x), self.row(p.y));
        let inside =
            c >= 0.0 && r >= 0.0 && (c as usize) < self.columns && (r as usize) < self.rows;
        if inside && let Some(w) = self.weight.get_mut(r as usize * self.columns + c as usize) {
            *w = w.max(weight);
        }
    }

    /// Raises the cells under a line.
    pub fn line(&mut self, points: &[Pt], weight: f32) {
        let step = self.cell * 0.7;
        for pair in points.windows(2) {
            let &[a, b] = pair else { continue };
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let length = dx.hypot(dy);
            if !length.is_finite() || !self.near(a, b) {
                continue;
            }
            let n = (length / step).ceil().clamp(1.0, 4000.0);
            for i in 0..=n as usize {
                let t = i as f64 / n;
                self.dot(
                    Pt {
                        x: a.x + t * dx,
                        y: a.y + t * dy,
                    },
                    weight,
                );
            }
        }
    }

    fn near(&self, a: Pt, b: Pt) -> bool {
        let f = &self.frame;
        a.x.max(b.x) >= f.x
            && a.x.min(b.x) <= f.right()
            && a.y.max(b.y) >= f.y
            && a.y.min(b.y) <= f.bottom()
    }

    /// Raises the cells under a disc.
    pub fn disc(&mut self, centre: Pt, radius: f64, weight: f32) {
        let reach = (radius / self.cell).ceil() as i64;
        for i in -reach..=reach {
            for j in -reach..=reach {
                let p = Pt {
                    x: centre.x + i as f64 * self.cell,
                    y: centre.y + j as f64 * self.cell,
                };
                if (p.x - centre.x).powi(2) + (p.y - centre.y).powi(2) <= radius * radius {
                    self.dot(p, weight);
                }
            }
        }
        self.dot(centre, weight);
    }

    /// Raises the cells within rings (even-odd), found row by row.
    pub fn area(&mut self, rings: &[Vec<Pt>], weight: f32) {
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); self.rows];
        for ring in rings {
            let Some(mut a) = ring.last() else { continue };
            for b in ring {
                let (low, high) = (self.row(a.y.min(b.y)) - 0.5, self.row(a.y.max(b.y)) - 0.5);
                // Rows whose middle lies between the ends of the edge.
                let (from, to) = (low.ceil().max(0.0), high.ceil().min(self.rows as f64));
                for row in from as usize..to.max(0.0) as usize {
                    let y = self.frame.y + (row as f64 + 0.5) * self.cell;
                    let x = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
                    if let Some(list) = crossings.get_mut(row) {
                        list.push(self.column(x));
                    }
                }
                a = b;
            }
        }
        for (list, row) in crossings
            .iter_mut()
            .zip(self.weight.chunks_exact_mut(self.columns))
        {
            list.sort_by(f64::total_cmp);
            for pair in list.chunks_exact(2) {
                let &[from, to] = pair else { continue };
                let (from, to) = (
                    (from - 0.5).ceil().max(0.0) as usize,
                    (to - 0.5).ceil().max(0.0) as usize,
                );
                for cell in row.iter_mut().take(to).skip(from) {
                    *cell = cell.max(weight);
                }
            }
        }
    }

    /// The finished table.
    pub fn table(&self) -> InkTable {
        let width = self.columns + 1;
        let mut sums = vec![0.0; width * (self.rows + 1)];
        for (r, row) in self.weight.chunks_exact(self.columns).enumerate() {
            let mut run = 0.0;
            for (c, w) in row.iter().enumerate() {
                run += f64::from(*w);
                // Both indices are within the table: it has one more row and column than the grid.
                sums[(r + 1) * width + c + 1] = sums[r * width + c + 1] + run;
            }
        }
        InkTable {
            frame: self.frame,
            cell: self.cell,
            columns: self.columns,
            rows: self.rows,
            sums,
        }
    }
}

/// The mean of ink over any rectangle.
#[derive(Clone, Debug)]
pub(super) struct InkTable {
    frame: Rect,
    cell: f64,
    columns: usize,
    rows: usize,
    sums: Vec<f64>,
}

impl InkTable {
    /// The mean weight under a rectangle; 0 off the frame.
    pub fn mean(&self, over: &Rect) -> f64 {
        let (sum, cells) = self.sum_and_cells(over);
        if cells > 0.0 { sum / cells } else { 0.0 }
    }

    /// The sum of weights under a rectangle: with [`InkGrid::dot`] of weight 1, how many dots.
    pub fn sum(&self, over: &Rect) -> f64 {
        self.sum_and_cells(over).0
    }

    fn sum_and_cells(&self, over: &Rect) -> (f64, f64) {
        let clamp = |v: f64, top: usize| (v.max(0.0) as usize).min(top);
        let c0 = clamp(((over.x - self.frame.x) / self.cell).floor(), self.columns);
        let c1 = clamp(
            ((over.right() - self.frame.x) / self.cell).ceil(),
            self.columns,
        );
        let r0 = clamp(((over.y - self.frame.y) / self.cell).floor(), self.rows);
        let r1 = clamp(
            ((over.bottom() - self.frame.y) / self.cell).ceil(),
            self.rows,
        );
        if c1 <= c0 || r1 <= r0 {
            return (0.0, 0.0);
        }
        let at = |r: usize, c: usize| {
            self.sums
                .get(r * (self.columns + 1) + c)
                .copied()
                .unwrap_or(0.0)
        };
        let sum = at(r1, c1) - at(r0, c1) - at(r1, c0) + at(r0, c0);
        (sum, ((c1 - c0) * (r1 - r0)) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::pt;

    #[test]
    fn the_mean_is_that_of_the_cells() {
        let mut grid = InkGrid::new(Rect::new(10.0, 10.0, 100.0, 50.0), 5.0);
        grid.dot(pt(12.0, 12.0), 1.0);
        grid.dot(pt(12.0, 12.0), 0.5);
        grid.dot(pt(-50.0, 12.0), 1.0);
        let table = grid.table();
        assert_eq!(table.mean(&Rect::new(10.0, 10.0, 5.0, 5.0)), 1.0);
        assert_eq!(table.mean(&Rect::new(10.0, 10.0, 10.0, 10.0)), 0.25);
        assert_eq!(table.mean(&Rect::new(60.0, 30.0, 20.0, 20.0)), 0.0);
        assert_eq!(table.sum(&Rect::new(10.0, 10.0, 50.0, 40.0)), 1.0);
        assert_eq!(table.mean(&Rect::new(500.0, 30.0, 20.0, 20.0)), 0.0);
    }

    #[test]
    fn an_area_fills_its_cells_but_not_its_holes() {
        let square = |a: f64, b: f64| vec![pt(a, a), pt(b, a), pt(b, b), pt(a, b)];
        let mut grid = InkGrid::new(Rect::new(0.0, 0.0, 100.0, 100.0), 5.0);
        grid.area(&[square(-50.0, 80.0), square(20.0, 40.0)], 1.0);
        let table = grid.table();
        assert_eq!(
            table.sum(&Rect::new(0.0, 0.0, 100.0, 100.0)),
            16.0 * 16.0 - 4.0 * 4.0
        );
        assert_eq!(table.mean(&Rect::new(20.0, 20.0, 20.0, 20.0)), 0.0);
    }

    #[test]
    fn a_line_leaves_no_gap() {
        let mut grid = InkGrid::new(Rect::new(0.0, 0.0, 200.0, 200.0), 4.0);
        grid.line(&[pt(0.0, 100.0), pt(200.0, 100.0)], 1.0);
        let table = grid.table();
        for x in 0..40 {
            assert!(table.mean(&Rect::new(f64::from(x) * 5.0, 99.0, 4.0, 4.0)) > 0.0);
        }
        grid.line(&[pt(f64::NAN, 0.0), pt(1.0, 1.0)], 1.0);
    }
}
