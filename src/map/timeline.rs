//! The strip under the map: incidents on each day, as a chart by plotters.

use super::Rect;
use super::compose::Stage;
use crate::draw::{Canvas, MissingGlyph};
use crate::layer::LayerSet;

pub(super) fn draw(_: &Canvas, _: Rect, _: &Stage, _: &LayerSet) -> Result<(), MissingGlyph> {
    Ok(())
}
