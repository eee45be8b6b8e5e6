//! Map projections: from degrees on WGS 84 to kilometres on a plane and back.
//!
//! The default is chosen from the extent so that equal areas stay equal, which a density map needs:
//! Lambert azimuthal equal-area centred on the extent; Albers conic for wide mid-latitude extents;
//! Equal Earth when more than a third of the globe is shown. UTM, Web Mercator and plate carrée are
//! there for those who ask. The formulas are PROJ's, through `proj4rs`.
//!
//! Source of the rules: Snyder, *Map Projections: A Working Manual*, USGS PP 1395 (1987), pp. 33–35
//! and 99 (standard parallels one sixth of the latitude range inside its ends).
//!
//! Cost: about 0.1 µs a point.

use std::fmt;
use std::str::FromStr;

use geo::{Coord, Destination, Geodesic, Point};
use proj4rs::Proj;
use proj4rs::errors::Result as ProjResult;
use proj4rs::transform::{Transform, TransformClosure, transform};

use super::wkt::{Conversion, NO_OFFSET, Unit};
use super::{Extent, GroundError};

/// What the user may ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProjectionChoice {
    /// An equal-area projection that suits the extent.
    #[default]
    EqualArea,
    /// Universal Transverse Mercator: the zone of the extent's centre, or the given one (1–60).
    Utm(Option<u8>),
    /// Web Mercator (EPSG:3857).
    WebMercator,
    /// Equidistant cylindrical, true along the extent's middle parallel.
    PlateCarree,
}

impl FromStr for ProjectionChoice {
    type Err = GroundError;

    fn from_str(text: &str) -> Result<Self, GroundError> {
        let name = text.trim().to_ascii_lowercase().replace([' ', '_'], "-");
        match name.as_str() {
            "equal-area" | "auto" | "laea" | "albers" => Ok(Self::EqualArea),
            "utm" => Ok(Self::Utm(None)),
            "web-mercator" | "mercator" => Ok(Self::WebMercator),
            "plate-carree" | "plate-carrée" | "equirectangular" => Ok(Self::PlateCarree),
            _ => match name
                .strip_prefix("utm-")
                .or(name.strip_prefix("utm"))
                .map(str::parse)
            {
                Some(Ok(zone @ 1..=60)) => Ok(Self::Utm(Some(zone))),
                _ => Err(GroundError::UnknownProjection(text.to_owned())),
            },
        }
    }
}

/// A projection ready for use.
#[derive(Clone, Debug)]
pub struct Projection {
    geographic: Proj,
    projected: Proj,
    name: String,
    wkt: String,
    equal_area: bool,
}

impl Projection {
    /// The projection for an extent.
    ///
    /// # Errors
    /// [`GroundError::Projection`] if PROJ's parameters are refused, e.g. Web Mercator at a pole.
    pub fn for_extent(choice: ProjectionChoice, extent: &Extent) -> Result<Self, GroundError> {
        let (lon, lat) = extent.centre();
        let lon = wrap(lon);
        let south_up = if lat < 0.0 { " +south" } else { "" };
        // As exactly as PROJ's definition has it.
        let exact = |value: f64| (value * 1e6).round() / 1e6;
        let at = |name, code, degrees: f64| (name, code, exact(degrees), Unit::Degree);
        let lon_at = at("Longitude of natural origin", 8802, lon);
        let conversion = |method, own: &[_]| Conversion {
            method,
            parameters: own.iter().copied().chain(NO_OFFSET).collect(),
        };
        let (definition, name, conversion) = match choice {
            ProjectionChoice::EqualArea if extent.width() > 130.0 => (
                format!("+proj=eqearth +lon_0={lon:.6}"),
                format!("Equal Earth, centred {}", degrees(lon, 'E', 'W')),
                conversion(("Equal Earth", 1078), &[lon_at]),
            ),
            ProjectionChoice::EqualArea if suits_albers(extent) => {
                let sixth = extent.height() / 6.0;
                let (lower, upper) = (extent.south + sixth, extent.north - sixth);
                (
                    format!(
                        "+proj=aea +lat_1={lower:.6} +lat_2={upper:.6} +lat_0={lat:.6} +lon_0={lon:.6}"
                    ),
                    format!(
                        "Albers equal-area, true along {} and {}",
                        degrees(lower, 'N', 'S'),
                        degrees(upper, 'N', 'S')
                    ),
                    Conversion {
                        method: ("Albers Equal Area", 9822),
                        parameters: vec![
                            at("Latitude of false origin", 8821, lat),
                            at("Longitude of false origin", 8822, lon),
                            at("Latitude of 1st standard parallel", 8823, lower),
                            at("Latitude of 2nd standard parallel", 8824, upper),
                            ("Easting at false origin", 8826, 0.0, Unit::Metre),
                            ("Northing at false origin", 8827, 0.0, Unit::Metre),
                        ],
                    },
                )
            }
            ProjectionChoice::EqualArea => (
                format!("+proj=laea +lat_0={lat:.6} +lon_0={lon:.6}"),
                format!(
                    "Lambert azimuthal equal-area, centred {} {}",
                    degrees(lat, 'N', 'S'),
                    degrees(lon, 'E', 'W')
                ),
                conversion(
                    ("Lambert Azimuthal Equal Area", 9820),
                    &[at("Latitude of natural origin", 8801, lat), lon_at],
                ),
            ),
            ProjectionChoice::Utm(zone) => {
                let zone = zone.unwrap_or_else(|| utm_zone(lon));
                let hemisphere = if lat < 0.0 { 'S' } else { 'N' };
                (
                    format!("+proj=utm +zone={zone}{south_up}"),
                    format!("UTM zone {zone}{hemisphere}"),
                    Conversion {
                        method: ("Transverse Mercator", 9807),
                        parameters: vec![
                            at("Latitude of natural origin", 8801, 0.0),
                            at(
                                "Longitude of natural origin",
                                8802,
                                6.0 * f64::from(zone) - 183.0,
                            ),
                            ("Scale factor at natural origin", 8805, 0.9996, Unit::One),
                            ("False easting", 8806, 500_000.0, Unit::Metre),
                            (
                                "False northing",
                                8807,
                                if lat < 0.0 { 10_000_000.0 } else { 0.0 },
                                Unit::Metre,
                            ),
                        ],
                    },
                )
            }
            ProjectionChoice::WebMercator => (
                format!("+proj=merc +a=6378137 +b=6378137 +lon_0={lon:.6}"),
                "Web Mercator (areas grow towards the poles)".to_owned(),
                conversion(
                    ("Popular Visualisation Pseudo Mercator", 1024),
                    &[at("Latitude of natural origin", 8801, 0.0), lon_at],
                ),
            ),
            ProjectionChoice::PlateCarree => (
                format!("+proj=eqc +lat_ts={lat:.6} +lon_0={lon:.6}"),
                format!(
                    "Equidistant cylindrical, true along {}",
                    degrees(lat, 'N', 'S')
                ),
                conversion(
                    ("Equidistant Cylindrical (Spherical)", 1029),
                    &[at("Latitude of 1st standard parallel", 8823, lat), lon_at],
                ),
            ),
        };
        let ellipsoid = if choice == ProjectionChoice::WebMercator {
            ""
        } else {
            " +ellps=WGS84"
        };
        let make = |text: &str| {
            Proj::from_proj_string(text).map_err(|e| GroundError::Projection {
                definition: text.to_owned(),
                cause: e.to_string(),
            })
        };
        Ok(Self {
            geographic: make("+proj=longlat +ellps=WGS84")?,
            projected: make(&format!("{definition}{ellipsoid}"))?,
            wkt: conversion.wkt(&name),
            name,
            equal_area: choice == ProjectionChoice::EqualArea,
        })
    }

    /// Its name as it stands on the page, e.g. "Lambert azimuthal equal-area, centred 35.1° N 38.5° E".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plane in metres, as WKT 2 (ISO 19162).
    pub fn wkt(&self) -> &str {
        &self.wkt
    }

    /// Whether equal areas on the ground are equal on the plane.
    pub fn is_equal_area(&self) -> bool {
        self.equal_area
    }

    /// Degrees to kilometres, east and north; `None` where the projection has no image.
    pub fn forward(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        let mut points = [Coord { x: lon, y: lat }];
        self.forward_all(&mut points);
        let [p] = points;
        p.x.is_finite().then_some((p.x, p.y))
    }

    /// Kilometres to degrees; `None` outside the projection's image.
    pub fn inverse(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let mut point = Bulk(&mut [Coord {
            x: x * 1000.0,
            y: y * 1000.0,
        }]);
        transform(&self.projected, &self.geographic, &mut point).ok()?;
        let Bulk([p]) = point else { return None };
        p.x.is_finite()
            .then_some((p.x.to_degrees(), p.y.to_degrees()))
    }

    /// Degrees to kilometres for many points in place; NaN where there is no image.
    pub fn forward_all(&self, points: &mut [Coord]) {
        for p in points.iter_mut() {
            *p = Coord {
                x: p.x.to_radians(),
                y: p.y.clamp(-90.0, 90.0).to_radians(),
            };
        }
        // `Bulk` never returns an error: a point without an image becomes NaN.
        let _ = transform(&self.geographic, &self.projected, &mut Bulk(points));
        for p in points.iter_mut() {
            *p = Coord {
                x: p.x / 1000.0,
                y: p.y / 1000.0,
            };
        }
    }

    /// Plane kilometres for one kilometre on the ground, eastward, at a place: 1 where true to scale.
    pub fn scale_at(&self, lon: f64, lat: f64) -> Option<f64> {
        let here = Point::new(lon, lat);
        let (a, b) = (
            Geodesic.destination(here, 270.0, 500.0),
            Geodesic.destination(here, 90.0, 500.0),
        );
        let (ax, ay) = self.forward(a.x(), a.y())?;
        let (bx, by) = self.forward(b.x(), b.y())?;
        Some((bx - ax).hypot(by - ay))
    }

    /// Degrees clockwise from the plane's up to true north at a place.
    pub fn north_at(&self, lon: f64, lat: f64) -> Option<f64> {
        let north = Geodesic.destination(Point::new(lon, lat), 0.0, 1000.0);
        let (ax, ay) = self.forward(lon, lat)?;
        let (bx, by) = self.forward(north.x(), north.y())?;
        Some((bx - ax).atan2(by - ay).to_degrees())
    }
}

impl fmt::Display for Projection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Conic where the extent is much wider than high and neither near a pole nor the equator.
fn suits_albers(extent: &Extent) -> bool {
    let lat = extent.centre().1.abs();
    extent.width() > 30.0
        && extent.width() > 1.6 * extent.height()
        && (20.0..=65.0).contains(&lat)
        && extent.south * extent.north > 0.0
}

fn utm_zone(lon: f64) -> u8 {
    // `lon` is in -180..180, so the zone is in 1..=60.
    (((lon + 180.0) / 6.0).floor() as u8).min(59) + 1
}

/// A longitude within -180..180.
pub(crate) fn wrap(lon: f64) -> f64 {
    if (-180.0..180.0).contains(&lon) {
        lon
    } else {
        (lon + 180.0).rem_euclid(360.0) - 180.0
    }
}

fn degrees(value: f64, positive: char, negative: char) -> String {
    let letter = if value < 0.0 { negative } else { positive };
    format!("{:.1}° {letter}", value.abs())
}

struct Bulk<'a>(&'a mut [Coord]);

impl Transform for Bulk<'_> {
    fn transform_coordinates<F: TransformClosure>(&mut self, f: &mut F) -> ProjResult<()> {
        for p in self.0.iter_mut() {
            *p = match f(p.x, p.y, 0.0) {
                Ok((x, y, _)) => Coord { x, y },
                Err(_) => Coord {
                    x: f64::NAN,
                    y: f64::NAN,
                },
            };
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "projection_tests.rs"]
mod tests;
