//! Where on the ground the pixels of a picture are, for programs that lay it over other maps.

use serde::Serialize;

use super::{PageSize, View};

/// The plane that a map is drawn on, and its picture's pixels on it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Georeference {
    /// The plane: WKT 2 (ISO 19162).
    pub wkt: String,
    /// The six lines of a world file: metres east and north for a pixel to the right; the same for a pixel down; and
    /// where the middle of the first pixel is. They hold for the whole page, also for its margins and legend, which
    /// are not the ground that they would cover.
    pub pixel: [f64; 6],
}

impl Georeference {
    /// That of a map on its page.
    pub(super) fn of(view: &View, page: &PageSize) -> Self {
        // Pixels of the picture for a metre of the plane.
        let scale = page.scale * view.pixels_per_km() / 1000.0;
        let half = 0.5 / page.scale;
        let (x, y) = view.plane(crate::draw::pt(half, half));
        Self {
            wkt: view.projection().wkt().to_owned(),
            pixel: [1.0 / scale, 0.0, 0.0, -1.0 / scale, 1000.0 * x, 1000.0 * y],
        }
    }

    /// The files that stand beside `NAME.png`, by their endings: a world file, its plane, and both once more as GDAL and
    /// QGIS read them, which heed no `.prj` beside a picture.
    pub fn files(&self) -> [(&'static str, String); 3] {
        let [a, d, b, e, c, f] = self.pixel;
        let world = self.pixel.map(|line| format!("{line:.10}\n")).concat();
        // GDAL counts from the first pixel's corner.
        let (left, top) = (c - (a + b) / 2.0, f - (d + e) / 2.0);
        let srs = self.wkt.replace('&', "&amp;").replace('"', "&quot;");
        let aux = format!(
            "<PAMDataset>\n  <SRS dataAxisToSRSAxisMapping=\"1,2\">{srs}</SRS>\n  <GeoTransform>{left:.10}, {a:.10}, {b:.10}, {top:.10}, {d:.10}, {e:.10}</GeoTransform>\n</PAMDataset>\n"
        );
        [
            ("pgw", world),
            ("prj", format!("{}\n", self.wkt)),
            ("png.aux.xml", aux),
        ]
    }
}
