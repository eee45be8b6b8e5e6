//! Shapes by kilometres: discs, and a plane for shapes of a few hundred: degrees scaled by the length that they have at a middle latitude.
//!
//! Distances are good to a few per cent over five degrees of latitude, which is far better than words like "near" are.

use geo::{Coord, Destination, Geodesic, LineString, MapCoords, Point, Polygon};

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;

/// Kilometres in a degree, east and north.
#[derive(Clone, Copy, Debug)]
pub struct Plane {
    scale: Coord,
}

impl Plane {
    /// The plane that is true at a latitude in degrees.
    pub fn at(latitude: f64) -> Plane {
        let shrink = latitude.to_radians().cos().max(0.01);
        Plane {
            scale: Coord {
                x: KM_PER_DEGREE * shrink,
                y: KM_PER_DEGREE,
            },
        }
    }

    /// Degrees to kilometres.
    pub fn to_km<G: MapCoords<f64, f64, Output = G>>(self, shape: &G) -> G {
        shape.map_coords(|at| Coord {
            x: at.x * self.scale.x,
            y: at.y * self.scale.y,
        })
    }

    /// Kilometres to degrees.
    pub fn to_degrees<G: MapCoords<f64, f64, Output = G>>(self, shape: &G) -> G {
        shape.map_coords(|at| Coord {
            x: at.x / self.scale.x,
            y: at.y / self.scale.y,
        })
    }
}

/// Corners of the polygon that stands for a disc: off the circle by 0.1 % of the radius at most.
const CORNERS: u32 = 72;

/// A disc on the ellipsoid, counter-clockwise.
pub fn disc(centre: Point, radius_km: f64) -> Polygon {
    let corner = |n: u32| {
        let bearing = 360.0 - 360.0 * f64::from(n) / f64::from(CORNERS);
        Geodesic.destination(centre, bearing, radius_km * 1000.0)
    };
    let ring: Vec<Point> = (0..CORNERS).map(corner).collect();
    Polygon::new(LineString::from(ring), Vec::new())
}
