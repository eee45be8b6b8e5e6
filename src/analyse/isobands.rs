//! Filled isobands of a gridded field: the ground where a value lies within each class.
//!
//! Marching squares with linear interpolation (crate `contour`, after d3-contour) gives the rings of each class edge;
//! a band is what lies inside the rings of its lower edge and outside those of its upper edge. Rings of different
//! edges never touch, so that bands share nothing but their common edge, and every ring closes, because the field is taken as 0
//! outside its grid.
//!
//! Cost: O(edges · cells + rings² of a band).

use contour::ContourBuilder;
use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::orient::Direction;
use geo::{
    Area, BooleanOps, BoundingRect, Contains, Coord, LineString, MapCoords, MultiPolygon, Orient,
    Polygon, Rect,
};
use rayon::prelude::*;

use super::grid::Grid;

/// Values nearer to a class edge than this part of it are moved that far above it, so that no corner of a ring
/// falls on the middle of a cell, where rings could touch.
const NUDGE: f64 = 1e-6;

/// The ground of one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Isoband {
    /// Values here are at least this,
    pub from: f64,
    /// and less than this; infinite for an open class.
    pub to: f64,
    /// The ground: valid, outer rings anticlockwise, in the grid's kilometres. Empty if no value falls in the class.
    pub area: MultiPolygon,
}

/// Why isobands could not be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum IsobandError {
    /// The edges do not ascend from above 0, or are fewer than two.
    #[error(
        "class edges {0:?} do not ascend: give two or more, each above the one before and the first above 0, e.g. 1, 2, 5"
    )]
    Edges(Vec<f64>),
    /// As many values as the grid has cells are needed, all of them finite.
    #[error("a grid of {cols} by {rows} cells does not have {values} values, all of them numbers")]
    Values {
        /// Cells from west to east.
        cols: usize,
        /// Cells from south to north.
        rows: usize,
        /// Number of finite values.
        values: usize,
    },
    /// The contouring library could not join its lines into rings.
    #[error("contouring failed: {0}")]
    Contour(String),
}

/// The bands between consecutive `edges` of a field of cell-centre values, row by row from the south-west.
///
/// The first edge must be above 0: what is below it belongs to no band. The last may be infinite.
pub fn isobands(grid: &Grid, values: &[f32], edges: &[f64]) -> Result<Vec<Isoband>, IsobandError> {
    let ascend = edges.windows(2).all(|pair| pair[0] < pair[1]);
    if edges.len() < 2 || !ascend || edges[0].is_nan() || edges[0] <= 0.0 {
        return Err(IsobandError::Edges(edges.to_vec()));
    }
    let finite = values.iter().filter(|value| value.is_finite()).count();
    if !grid.is_valid() || grid.len() != values.len() || finite != values.len() {
        return Err(IsobandError::Values {
            cols: grid.cols,
            rows: grid.rows,
            values: finite,
        });
    }

    let (cols, rows) = (grid.cols + 2, grid.rows + 2);
    let mut field = vec![0.0; cols * rows];
    for (to, from) in field
        .chunks_exact_mut(cols)
        .skip(1)
        .zip(values.chunks_exact(grid.cols))
    {
        for (to, &from) in to[1..].iter_mut().zip(from) {
            *to = clear_of(edges, f64::from(from));
        }
    }
    let rings = edges
        .par_iter()
        .map(|&edge| rings(&field, cols, rows, edge))
        .collect::<Result<Vec<_>, _>>()?;
    // a value sits at the middle of its cell, half a cell from where the library counts, behind the border of zeros
    let to_km = |at: Coord| grid.origin + (at - Coord { x: 1.0, y: 1.0 }) * grid.cell_km;
    Ok((0..edges.len() - 1)
        .into_par_iter()
        .map(|class| {
            let area = between(&rings[class], &rings[class + 1])
                .map_coords(to_km)
                .orient(Direction::Default);
            Isoband {
                from: edges[class],
                to: edges[class + 1],
                area,
            }
        })
        .collect())
}

/// A value moved away from the class edge that it is next to.
fn clear_of(edges: &[f64], value: f64) -> f64 {
    match edges
        .iter()
        .find(|&&edge| (value - edge).abs() < edge * NUDGE)
    {
        Some(edge) if edge.is_finite() => edge * (1.0 + NUDGE),
        _ => value,
    }
}

/// Rings around the ground at or above an edge, in cells; those around higher ground run clockwise (y up), those around
/// lower ground anticlockwise.
fn rings(
    field: &[f64],
    cols: usize,
    rows: usize,
    edge: f64,
) -> Result<Vec<LineString>, IsobandError> {
    let Some(part) = Part::above(field, cols, rows, edge) else {
        return Ok(Vec::new());
    };
    let values: Vec<f64> = part.values(field, cols).collect();
    let lines = ContourBuilder::new(part.cols(), part.rows(), true)
        .lines(&values, &[edge])
        .map_err(|error| IsobandError::Contour(error.to_string()))?;
    let corner = Coord {
        x: part.left as f64,
        y: part.low as f64,
    };
    let rings = lines.into_iter().flat_map(|line| line.into_inner().0.0);
    Ok(rings
        .map(|ring| ring.map_coords(|at| at + corner))
        .collect())
}

/// The part of a field that rings of one edge can lie in: high ground is mostly small.
struct Part {
    left: usize,
    right: usize,
    low: usize,
    high: usize,
}

impl Part {
    /// All that reaches an edge, with the cells around it; `None` where nothing does. The outermost cells are 0.
    fn above(field: &[f64], cols: usize, rows: usize, edge: f64) -> Option<Self> {
        let mut part: Option<Self> = None;
        for (y, row) in field.chunks_exact(cols).enumerate() {
            let reaches = |value: &f64| *value >= edge;
            let (Some(first), Some(last)) =
                (row.iter().position(reaches), row.iter().rposition(reaches))
            else {
                continue;
            };
            let (left, right) = (first.saturating_sub(1), (last + 2).min(cols));
            let high = (y + 2).min(rows);
            let found = part.get_or_insert(Self {
                left,
                right,
                low: y.saturating_sub(1),
                high,
            });
            found.left = found.left.min(left);
            found.right = found.right.max(right);
            found.high = high;
        }
        part
    }

    fn cols(&self) -> usize {
        self.right - self.left
    }

    fn rows(&self) -> usize {
        self.high - self.low
    }

    fn values<'a>(&'a self, field: &'a [f64], cols: usize) -> impl Iterator<Item = f64> + 'a {
        let rows = field.chunks_exact(cols).take(self.high).skip(self.low);
        rows.flat_map(|row| row.iter().copied().take(self.right).skip(self.left))
    }
}

/// The polygons between the rings of a lower and a higher edge.
fn between(lower: &[LineString], upper: &[LineString]) -> MultiPolygon {
    let is_high = |ring: &&LineString| signed_area(ring) < 0.0;
    let outer = lower
        .iter()
        .filter(is_high)
        .chain(upper.iter().filter(|ring| !is_high(ring)));
    let inner = lower
        .iter()
        .filter(|ring| !is_high(ring))
        .chain(upper.iter().filter(is_high));

    let mut shells: Vec<(Rect, f64, Polygon)> = outer
        .filter_map(|ring| {
            let polygon = Polygon::new(ring.clone(), Vec::new());
            Some((ring.bounding_rect()?, polygon.unsigned_area(), polygon))
        })
        .collect();
    // the smallest shell around a hole is the one it is a hole of
    shells.sort_by(|a, b| a.1.total_cmp(&b.1));
    for hole in inner {
        let Some(&corner) = hole.coords().next() else {
            continue;
        };
        let around = shells.iter_mut().find(|(bounds, _, shell)| {
            bounds.contains(&corner)
                && coord_pos_relative_to_ring(corner, shell.exterior()) == CoordPos::Inside
        });
        if let Some((_, _, shell)) = around {
            shell.interiors_push(hole.clone());
        }
    }
    shells.into_iter().map(|(_, _, shell)| shell).collect()
}

fn signed_area(ring: &LineString) -> f64 {
    ring.lines()
        .map(|edge| edge.start.x * edge.end.y - edge.end.x * edge.start.y)
        .sum::<f64>()
        / 2.0
}

impl Isoband {
    /// The band within a rectangle, cut along its sides.
    pub fn clipped(&self, to: &Rect) -> Self {
        let inside = self.area.bounding_rect().is_none_or(|bounds| {
            let (low, high) = (bounds.min(), bounds.max());
            low.x >= to.min().x
                && low.y >= to.min().y
                && high.x <= to.max().x
                && high.y <= to.max().y
        });
        let area = if inside {
            self.area.clone()
        } else {
            self.area
                .intersection(&MultiPolygon::from(to.to_polygon()))
                .orient(Direction::Default)
        };
        Self { area, ..*self }
    }
}

#[cfg(test)]
mod tests;
