//! The map as a plotters coordinate system: degrees in, the backend's units out.
//!
//! plotters' own elements clamp what they draw to their area; [`Marks`] does not.

use std::borrow::Borrow;

use plotters::coord::CoordTranslate;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, Rect as PlotRect};
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::View;
use crate::draw::backend::{UNITS_PER_PIXEL, units};
use crate::draw::{Canvas, MissingGlyph, Pt, SceneBackend, pt};

/// Longitude and latitude to the backend's units.
pub(super) struct MapCoord<'a>(&'a View);

impl CoordTranslate for MapCoord<'_> {
    type From = (f64, f64);

    fn translate(&self, from: &Self::From) -> BackendCoord {
        // What has no image lies far off the page, where the clip takes it away.
        self.0
            .page(from.0, from.1)
            .map_or(OFF_PAGE, |p| (units(p.x), units(p.y)))
    }
}

const OFF_PAGE: BackendCoord = (i32::MIN / 4, i32::MIN / 4);

/// Translates without clamping to the area.
pub(super) struct Unclamped;

impl CoordMapper for Unclamped {
    type Output = BackendCoord;

    fn map<CT: CoordTranslate>(coordinates: &CT, from: &CT::From, _: &PlotRect) -> BackendCoord {
        coordinates.translate(from)
    }
}

/// Draws one mark at its place on the page: backend, index, position.
type Painter<'a> = dyn Fn(&mut SceneBackend, usize, Pt) -> Result<(), MissingGlyph> + 'a;

/// Marks at places given in degrees.
pub(super) struct Marks<'a, P> {
    pub places: &'a [P],
    pub paint: &'a Painter<'a>,
}

impl<'a, P: Borrow<(f64, f64)> + 'a> PointCollection<'a, (f64, f64), Unclamped>
    for &'a Marks<'a, P>
{
    type Point = &'a (f64, f64);
    type IntoIter = std::iter::Map<std::slice::Iter<'a, P>, fn(&'a P) -> &'a (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.places.iter().map(Borrow::borrow)
    }
}

impl<P> Drawable<SceneBackend, Unclamped> for Marks<'_, P> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        positions: I,
        backend: &mut SceneBackend,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<MissingGlyph>> {
        for (i, (x, y)) in positions.enumerate() {
            let at = pt(
                f64::from(x) / UNITS_PER_PIXEL,
                f64::from(y) / UNITS_PER_PIXEL,
            );
            (self.paint)(backend, i, at).map_err(DrawingErrorKind::DrawingError)?;
        }
        Ok(())
    }
}

/// The map as an area of plotters: what is drawn on it is given in degrees.
pub(super) fn area<'a>(canvas: &Canvas, view: &'a View) -> DrawingArea<SceneBackend, MapCoord<'a>> {
    canvas.area().apply_coord_spec(MapCoord(view))
}

/// What plotters says went wrong, in our words: with this backend only a missing glyph can.
pub(super) fn outcome(
    result: Result<(), DrawingAreaErrorKind<MissingGlyph>>,
) -> Result<(), MissingGlyph> {
    match result {
        Err(DrawingAreaErrorKind::BackendError(DrawingErrorKind::DrawingError(e))) => Err(e),
        _ => Ok(()),
    }
}
