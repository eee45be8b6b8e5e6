//! The view: where on the page a place falls.

use geo::{Coord, Rect as GeoRect};

use super::{MapError, Rect};
use crate::draw::{Pt, pt};
use crate::ground::{Extent, GroundError, Projection, ProjectionChoice};

/// A projection fitted into a frame of the page.
#[derive(Clone, Debug)]
pub struct View {
    projection: Projection,
    frame: Rect,
    /// Pixels for a kilometre of the plane.
    scale: f64,
    /// The plane's position at the frame's centre, in kilometres.
    centre: (f64, f64),
    /// Width over height of the extent on the plane.
    aspect: f64,
    window: Extent,
}

/// Points along an edge of a box: parallels and meridians are curves on the plane.
const EDGE_POINTS: usize = 24;

impl View {
    /// Fits an extent into a frame: all of it is shown, and more on two sides if the aspects differ.
    ///
    /// # Errors
    /// [`MapError::Ground`] if the projection cannot show the extent.
    pub fn fit(choice: ProjectionChoice, extent: &Extent, frame: Rect) -> Result<Self, MapError> {
        let projection = Projection::for_extent(choice, extent)?;
        let mut outline = Vec::with_capacity(4 * EDGE_POINTS);
        for i in 0..EDGE_POINTS {
            let t = i as f64 / EDGE_POINTS as f64;
            let x = extent.west + t * extent.width();
            let y = extent.south + t * extent.height();
            outline.extend([
                (x, extent.south),
                (x, extent.north),
                (extent.west, y),
                (extent.east, y),
            ]);
        }
        outline.push((extent.east, extent.north));
        let mut outline: Vec<Coord> = outline.into_iter().map(Coord::from).collect();
        projection.forward_all(&mut outline);
        let (mut x0, mut x1) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut y0, mut y1) = (f64::INFINITY, f64::NEG_INFINITY);
        for p in outline.iter().filter(|p| p.x.is_finite()) {
            (x0, x1) = (x0.min(p.x), x1.max(p.x));
            (y0, y1) = (y0.min(p.y), y1.max(p.y));
        }
        if !(x1 > x0 && y1 > y0 && frame.w > 0.0 && frame.h > 0.0) {
            return Err(MapError::Ground(GroundError::Projection {
                definition: projection.name().to_owned(),
                cause: "the extent has no size on the plane".into(),
            }));
        }
        let scale = (frame.w / (x1 - x0)).min(frame.h / (y1 - y0));
        let centre = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let mut view = Self {
            projection,
            frame,
            scale,
            centre,
            aspect: (x1 - x0) / (y1 - y0),
            window: *extent,
        };
        view.window = view.visible(extent);
        Ok(view)
    }

    /// The box of degrees around everything in the frame.
    fn visible(&self, extent: &Extent) -> Extent {
        let f = &self.frame;
        let mid = extent.centre().0;
        let (mut west, mut east) = (mid, mid);
        let (mut south, mut north) = (extent.south, extent.north);
        let mut whole = extent.width() > 300.0;
        for i in 0..=EDGE_POINTS {
            let t = i as f64 / EDGE_POINTS as f64;
            for p in [
                pt(f.x + t * f.w, f.y),
                pt(f.x + t * f.w, f.bottom()),
                pt(f.x, f.y + t * f.h),
                pt(f.right(), f.y + t * f.h),
            ] {
                let Some((lon, lat)) = self.place(p) else {
                    whole = true;
                    continue;
                };
                let lon = mid + crate::ground::wrap(lon - mid);
                (west, east) = (west.min(lon), east.max(lon));
                (south, north) = (south.min(lat), north.max(lat));
            }
        }
        // A pole in the frame brings every longitude with it.
        for pole in [90.0, -90.0] {
            if self.page(mid, pole).is_some_and(|p| f.contains(p)) {
                whole = true;
                (south, north) = (south.min(pole), north.max(pole));
            }
        }
        if whole {
            (west, east) = (mid - 180.0, mid + 180.0);
        }
        Extent {
            west,
            south: south.max(-90.0),
            east,
            north: north.min(90.0),
        }
    }

    /// The projection.
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// Width over height of the extent that the view was fitted to, on the plane.
    pub fn aspect(&self) -> f64 {
        self.aspect
    }

    /// The frame that the map fills.
    pub fn frame(&self) -> Rect {
        self.frame
    }

    /// The box of degrees around everything in the frame; its west may be under -180.
    pub fn window(&self) -> Extent {
        self.window
    }

    /// Pixels for a kilometre of the plane.
    pub fn pixels_per_km(&self) -> f64 {
        self.scale
    }

    /// Pixels for a kilometre on the ground at the map's centre.
    pub fn ground_pixels_per_km(&self) -> f64 {
        let factor = self
            .place(self.frame.centre())
            .and_then(|(lon, lat)| self.projection.scale_at(lon, lat))
            .filter(|s| s.is_finite() && *s > 0.0);
        self.scale * factor.unwrap_or(1.0)
    }

    /// Degrees clockwise from the page's up to true north at the map's centre.
    pub fn north(&self) -> f64 {
        self.place(self.frame.centre())
            .and_then(|(lon, lat)| self.projection.north_at(lon, lat))
            .unwrap_or(0.0)
    }

    /// Where a place falls on the page, on the frame or off it.
    pub fn page(&self, lon: f64, lat: f64) -> Option<Pt> {
        let (x, y) = self.projection.forward(lon, lat)?;
        Some(self.on_page(x, y))
    }

    /// Where many places fall on the page; not finite where the projection has no image.
    pub fn page_all(&self, mut places: Vec<Coord>) -> Vec<Pt> {
        self.projection.forward_all(&mut places);
        places.into_iter().map(|p| self.on_page(p.x, p.y)).collect()
    }

    /// A point of the page on the plane, in kilometres.
    pub fn plane(&self, p: Pt) -> (f64, f64) {
        let c = self.frame.centre();
        (
            self.centre.0 + (p.x - c.x) / self.scale,
            self.centre.1 - (p.y - c.y) / self.scale,
        )
    }

    /// The place at a point of the page: longitude and latitude.
    pub fn place(&self, p: Pt) -> Option<(f64, f64)> {
        let (x, y) = self.plane(p);
        self.projection.inverse(x, y)
    }

    /// The box of degrees in which geometry is worth drawing: the window with a margin, so that the
    /// edges of what is cut lie outside of the frame.
    pub(super) fn cutting_box(&self) -> GeoRect {
        let w = &self.window;
        let (dx, dy) = (0.05 * w.width() + 0.05, 0.05 * w.height() + 0.05);
        GeoRect::new(
            Coord {
                x: w.west - dx,
                y: (w.south - dy).max(-90.0),
            },
            Coord {
                x: w.east + dx,
                y: (w.north + dy).min(90.0),
            },
        )
    }

    fn on_page(&self, x: f64, y: f64) -> Pt {
        let c = self.frame.centre();
        pt(
            c.x + (x - self.centre.0) * self.scale,
            c.y - (y - self.centre.1) * self.scale,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect {
        x: 20.0,
        y: 60.0,
        w: 1000.0,
        h: 700.0,
    };

    fn syria() -> Extent {
        Extent::new(35.5, 32.3, 42.5, 37.3).unwrap()
    }

    #[test]
    fn shows_all_of_the_extent_and_fills_the_frame() {
        for choice in [
            ProjectionChoice::EqualArea,
            ProjectionChoice::Utm(None),
            ProjectionChoice::WebMercator,
            ProjectionChoice::PlateCarree,
        ] {
            let view = View::fit(choice, &syria(), FRAME).unwrap();
            for (lon, lat) in [
                (35.5, 32.3),
                (42.5, 32.3),
                (35.5, 37.3),
                (42.5, 37.3),
                (39.0, 37.3),
            ] {
                let p = view.page(lon, lat).unwrap();
                assert!(
                    FRAME.inset(-1e-6).contains(p),
                    "{choice:?} {lon} {lat} {p:?}"
                );
            }
            // Extended sideways, never cut: the window is wider than the extent, not higher by much.
            let w = view.window();
            assert!(w.west < 35.4 && w.east > 42.6 && w.north < 37.8, "{w:?}");
            let (lon, lat) = view.place(pt(500.0, 300.0)).unwrap();
            let p = view.page(lon, lat).unwrap();
            assert!((p.x - 500.0).abs() < 1e-6 && (p.y - 300.0).abs() < 1e-6);
        }
    }

    #[test]
    fn north_is_up_and_east_is_right() {
        let view = View::fit(ProjectionChoice::EqualArea, &syria(), FRAME).unwrap();
        let (a, b, c) = (
            view.page(39.0, 35.0),
            view.page(39.0, 36.0),
            view.page(40.0, 35.0),
        );
        assert!(b.unwrap().y < a.unwrap().y && c.unwrap().x > a.unwrap().x);
        assert!(view.north().abs() < 1e-3);
    }

    #[test]
    fn a_window_across_the_antimeridian_is_one_window() {
        let fiji = Extent::new(177.0, -20.0, -178.0, -15.0).unwrap();
        let view = View::fit(ProjectionChoice::EqualArea, &fiji, FRAME).unwrap();
        assert!(view.window().width() < 12.0, "{:?}", view.window());
        let (a, b) = (
            view.page(179.9, -17.0).unwrap(),
            view.page(-179.9, -17.0).unwrap(),
        );
        assert!(a.x < b.x && b.x - a.x < 60.0);
    }

    #[test]
    fn the_whole_world_has_a_view() {
        let world = Extent::new(-180.0, -60.0, 180.0, 85.0).unwrap();
        for choice in [
            ProjectionChoice::EqualArea,
            ProjectionChoice::WebMercator,
            ProjectionChoice::PlateCarree,
        ] {
            let view = View::fit(choice, &world, FRAME).unwrap();
            assert!(
                view.window().width() >= 359.0,
                "{choice:?} {:?}",
                view.window()
            );
        }
    }
}
