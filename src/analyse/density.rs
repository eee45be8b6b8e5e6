//! Kernel density of events on an equal-area plane.
//!
//! Each event is spread by a Gaussian kernel of one bandwidth σ in kilometres, the same in all directions (Silverman,
//! *Density Estimation for Statistics and Data Analysis*, 1986, ch. 4). The density integrates to the number of
//! events. An event known only to an area is first spread evenly over that area.
//!
//! Method: events are binned with quadratic B-spline weights, which spread each over 3 × 3 cells with the same
//! variance (cell²/4 along each axis) wherever in a cell it lies; the kernel is narrowed by that variance, so that
//! the two together have variance σ² exactly. Areas are binned by the exact fraction of each cell that they cover. The bins are
//! convolved with the kernel along rows, then along columns. Along each axis the kernel is cut off where it falls
//! below [`CUT`] of its peak and scaled to sum to 1.
//!
//! Cost: O(events + cells·σ/cell size); 8.6 taps a cell for each cell that a bandwidth is long, along each axis.

mod convolve;

use geo::{Area, Coord, MultiPolygon};

use super::coverage::coverage;
use super::grid::Grid;
use convolve::{convolve, kernel};

/// The kernel is cut off where it falls below this part of its peak: at 4.29 σ.
pub const CUT: f64 = 1e-4;

/// Densities are events per this many square kilometres.
pub const PER_KM2: f64 = 100.0;

/// The bandwidth in kilometres for maps of a country or a few governorates: it tells towns apart that are 20 km from
/// each other and does not change with the number of events, so that maps of two periods compare.
pub const COUNTRY_BANDWIDTH_KM: f64 = 8.0;

/// An event known to a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// Where, in kilometres on the plane.
    pub at: Coord,
    /// How many events it counts as.
    pub weight: f64,
}

/// Events known to an area only.
#[derive(Clone, Copy, Debug)]
pub struct Spread<'a> {
    /// The area, in kilometres on the plane; valid, as GIS programs understand it.
    pub over: &'a MultiPolygon,
    /// How many events are spread over it.
    pub weight: f64,
}

/// A field of density.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// The grid that was asked for.
    pub frame: Grid,
    /// The grid that was computed: the frame with a margin in which the kernels of all counted events die out.
    pub grid: Grid,
    /// How many cells wide the margin is.
    pub margin: usize,
    /// Events per 100 km² at the middle of each cell of `grid`, row by row from the south-west. 0 along the border.
    pub values: Vec<f32>,
    /// The weight of what lies too far outside the frame to be felt in it.
    pub beyond: f64,
}

/// Why a density could not be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DensityError {
    /// The bandwidth is not a positive number.
    #[error("the bandwidth is {0} km: give a positive number of kilometres, e.g. 8")]
    Bandwidth(f64),
    /// The grid has no cells, too many, or a size that is not a number.
    #[error(
        "a density grid of {cols} by {rows} cells of {cell_km} km cannot be made: \
         give 1 to 67108864 cells with their margin, e.g. cells of a fifth of the bandwidth"
    )]
    Grid {
        /// Cells from west to east.
        cols: usize,
        /// Cells from south to north.
        rows: usize,
        /// Side of a cell in kilometres.
        cell_km: f64,
    },
    /// The cells are wider than the bandwidth.
    #[error(
        "cells of {cell_km} km are too coarse for a bandwidth of {bandwidth_km} km: make them {bandwidth_km} km or less"
    )]
    Coarse {
        /// Side of a cell in kilometres.
        cell_km: f64,
        /// Bandwidth in kilometres.
        bandwidth_km: f64,
    },
    /// A position or weight is NaN or infinite, or a weight is negative.
    #[error("event {0} has a position or weight that is not a finite number, or a negative weight")]
    Event(usize),
    /// An area has a weight but no extent, a corner or weight that is not finite, or a negative weight.
    #[error(
        "area {0} has no extent, a corner or weight that is not a finite number, or a negative weight"
    )]
    Area(usize),
}

/// The density of events on a plane in kilometres, which must be of an equal-area projection for it to mean anything.
///
/// `frame` is the part of the plane that is wanted; events outside it whose kernel reaches into it count too.
///
/// ```
/// use dateline::analyse::density::{Event, density};
/// use dateline::analyse::grid::Grid;
/// use geo::{Rect, coord};
///
/// let frame = Grid::covering(Rect::new((0.0, 0.0), (200.0, 100.0)), 2.0);
/// let strike = Event { at: coord! { x: 101.0, y: 51.0 }, weight: 1.0 };
/// let field = density(&[strike], &[], frame, 8.0)?;
/// // one event: 100 / (2π·8²) per 100 km² where it happened
/// assert!((field.at(strike.at) - 0.2487).abs() < 0.001);
/// assert!((field.total() - 1.0).abs() < 1e-5);
/// # Ok::<(), dateline::analyse::density::DensityError>(())
/// ```
pub fn density(
    events: &[Event],
    areas: &[Spread],
    frame: Grid,
    bandwidth_km: f64,
) -> Result<Density, DensityError> {
    let Grid {
        cell_km,
        cols,
        rows,
        ..
    } = frame;
    if !(bandwidth_km > 0.0 && bandwidth_km.is_finite()) {
        return Err(DensityError::Bandwidth(bandwidth_km));
    }
    let refused = DensityError::Grid {
        cols,
        rows,
        cell_km,
    };
    if !frame.is_valid() {
        return Err(refused);
    }
    if cell_km > bandwidth_km {
        return Err(DensityError::Coarse {
            cell_km,
            bandwidth_km,
        });
    }
    // beyond this the margin alone would be more than a grid may have
    if bandwidth_km / cell_km > 2000.0 {
        return Err(refused);
    }
    let taps = kernel(bandwidth_km / cell_km);
    let reach = taps.len() - 1;
    // an event is felt in the frame up to `reach` + 1 cells off (binned a cell nearer), and itself reaches as far again
    let margin = 2 * reach + 4;
    let grid = frame.padded(margin).ok_or(refused)?;

    let mut bins = vec![0.0; grid.len()];
    let felt = margin - reach - 2..; // the first padded column or row whose events are counted
    let window = Window {
        low: felt.start,
        end_col: grid.cols - felt.start,
        end_row: grid.rows - felt.start,
    };
    let mut beyond = 0.0;
    for (i, event) in events.iter().enumerate() {
        if !(event.at.x.is_finite() && event.at.y.is_finite() && is_weight(event.weight)) {
            return Err(DensityError::Event(i));
        }
        if !bin_event(&mut bins, &grid, &window, event) {
            beyond += event.weight;
        }
    }
    for (i, area) in areas.iter().enumerate() {
        beyond += bin_area(&mut bins, &grid, &window, area).ok_or(DensityError::Area(i))?;
    }

    let scale = PER_KM2 / (cell_km * cell_km);
    let values = convolve(&bins, grid.cols, &taps, scale);
    Ok(Density {
        frame,
        grid,
        margin,
        values,
        beyond,
    })
}

fn is_weight(weight: f64) -> bool {
    (0.0..f64::INFINITY).contains(&weight)
}

/// The cells of the padded grid in which events are counted.
struct Window {
    low: usize,
    end_col: usize,
    end_row: usize,
}

/// Bins an event over 3 × 3 cells; false if it is outside the window.
fn bin_event(bins: &mut [f64], grid: &Grid, window: &Window, event: &Event) -> bool {
    let at = grid.cells(event.at);
    // a cast saturates, so that anything west or south of the grid is in column or row 0, outside the window
    let (col, row) = (at.x as usize, at.y as usize);
    if col < window.low || row < window.low || col >= window.end_col || row >= window.end_row {
        return false;
    }
    let spline = |x: f64| {
        let off = x - x.floor() - 0.5; // from the middle of the cell
        [
            0.5 * (0.5 - off).powi(2),
            0.75 - off * off,
            0.5 * (0.5 + off).powi(2),
        ]
    };
    let (across, up) = (spline(at.x), spline(at.y));
    for (i, weight) in up.into_iter().enumerate() {
        let start = (row + i - 1) * grid.cols + col - 1; // the window is at least a cell within the grid
        for (bin, share) in bins[start..start + 3].iter_mut().zip(across) {
            *bin += event.weight * weight * share;
        }
    }
    true
}

/// Bins an area's weight; returns the weight that lies outside the window, `None` for an area that cannot be spread over.
fn bin_area(bins: &mut [f64], grid: &Grid, window: &Window, spread: &Spread) -> Option<f64> {
    let area = spread.over.unsigned_area();
    if !(is_weight(spread.weight) && area.is_finite() && area > 0.0) {
        return None;
    }
    let per_cell = spread.weight * grid.cell_km * grid.cell_km / area;
    let mut counted = 0.0;
    if let Some(part) = coverage(grid, spread.over) {
        for (row, line) in (part.row..).zip(part.fraction.chunks_exact(part.cols)) {
            if row < window.low || row >= window.end_row {
                continue;
            }
            for (col, fraction) in (part.col..).zip(line) {
                if col >= window.low && col < window.end_col {
                    bins[row * grid.cols + col] += per_cell * fraction;
                    counted += per_cell * fraction;
                }
            }
        }
    }
    Some((spread.weight - counted).max(0.0))
}

impl Density {
    /// The values of each row of the frame, from the south.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[f32]> {
        let inner = self.margin..self.margin + self.frame.cols;
        self.values
            .chunks_exact(self.grid.cols)
            .skip(self.margin)
            .take(self.frame.rows)
            .map(move |row| &row[inner.clone()])
    }

    /// The greatest value within the frame, events per 100 km².
    pub fn max(&self) -> f64 {
        self.rows()
            .flatten()
            .fold(0.0, |max: f32, &value| max.max(value))
            .into()
    }

    /// The value at a position in kilometres, linear between the middles of cells; 0 outside the grid.
    pub fn at(&self, at: Coord) -> f64 {
        let half = Coord { x: 0.5, y: 0.5 };
        let at = self.grid.cells(at) - half;
        let (col, row) = (at.x.floor(), at.y.floor());
        let value = |col: f64, row: f64| {
            let inside = col >= 0.0
                && row >= 0.0
                && col < self.grid.cols as f64
                && row < self.grid.rows as f64;
            if inside {
                f64::from(self.values[row as usize * self.grid.cols + col as usize])
            } else {
                0.0
            }
        };
        let (x, y) = (at.x - col, at.y - row);
        (1.0 - y) * ((1.0 - x) * value(col, row) + x * value(col + 1.0, row))
            + y * ((1.0 - x) * value(col, row + 1.0) + x * value(col + 1.0, row + 1.0))
    }

    /// The integral over the whole grid: the number of events counted.
    pub fn total(&self) -> f64 {
        let sum: f64 = self.values.iter().map(|&value| f64::from(value)).sum();
        sum * self.grid.cell_km * self.grid.cell_km / PER_KM2
    }
}

/// Scott's rule for the bandwidth in kilometres: n^(-1/6)·s, with s² the mean of the variances along x and y and n the
/// effective number of events (Σw)²/Σw² (Scott, *Multivariate Density Estimation*, 1992, p. 152).
///
/// It is made for one normal cloud and smooths too much where events gather in several towns. `None` for fewer than two
/// places or positions that are not finite.
pub fn scott_km(events: &[Event]) -> Option<f64> {
    let weight: f64 = events.iter().map(|event| event.weight).sum();
    let squares: f64 = events.iter().map(|event| event.weight * event.weight).sum();
    let mean = events
        .iter()
        .fold(Coord::zero(), |sum, event| sum + event.at * event.weight)
        / weight;
    let n = weight * weight / squares;
    let variance: f64 = events
        .iter()
        .map(|event| {
            let off = event.at - mean;
            event.weight * (off.x * off.x + off.y * off.y) / 2.0
        })
        .sum::<f64>()
        / weight
        * (n / (n - 1.0));
    let bandwidth = n.powf(-1.0 / 6.0) * variance.sqrt();
    (bandwidth > 0.0 && bandwidth.is_finite()).then_some(bandwidth)
}

#[cfg(test)]
mod tests;
