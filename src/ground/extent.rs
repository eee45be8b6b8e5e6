//! The ground that a map shows: a box in degrees.

use std::fmt;
use std::str::FromStr;

use geo::{Area, BooleanOps, BoundingRect, Coord, CoordsIter, Intersects, MultiPolygon, Rect};

use super::GroundError;
use super::projection::wrap;

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;

/// A box in degrees. `west` is in -180..180 and `east` is above it; `east` beyond 180 means that
/// the box crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Extent {
    /// From edges in degrees; `east` less than `west` means across the antimeridian.
    ///
    /// # Errors
    /// [`GroundError::Extent`] unless -90 ≤ south < north ≤ 90, west ≠ east, and all are finite.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, GroundError> {
        let refuse = |rule: &str| {
            Err(GroundError::Extent {
                given: format!("{west},{south},{east},{north}"),
                rule: rule.into(),
            })
        };
        if ![west, south, east, north].iter().all(|v| v.is_finite()) {
            return refuse("every edge must be a number");
        }
        if !(-90.0..=90.0).contains(&south) || !(-90.0..=90.0).contains(&north) || south >= north {
            return refuse("south must be below north, both within -90..90");
        }
        if west.abs() > 360.0 || east.abs() > 360.0 || west == east {
            return refuse("west and east must differ and be within -180..180");
        }
        let wrapped = wrap(west);
        let east = if east > west && wrapped == west {
            east.min(west + 360.0)
        } else if east > west {
            wrapped + (east - west).min(360.0)
        } else {
            wrapped + (east - west).rem_euclid(360.0)
        };
        Ok(Self {
            west: wrapped,
            south,
            east,
            north,
        })
    }

    /// The smallest extent around some points; `None` if there are none. Points on both sides of the
    /// antimeridian give an extent across it when that is narrower.
    pub fn of_points(points: impl IntoIterator<Item = Coord>) -> Option<Self> {
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut lons = Vec::new();
        for p in points {
            if p.x.is_finite() && p.y.is_finite() {
                lons.push(wrap(p.x));
                south = south.min(p.y);
                north = north.max(p.y);
            }
        }
        lons.sort_by(f64::total_cmp);
        let (first, last) = (*lons.first()?, *lons.last()?);
        // The widest empty gap between neighbours lies outside the extent.
        let mut west = first;
        let mut span = last - first;
        for pair in lons.windows(2) {
            if let [a, b] = pair
                && 360.0 - (b - a) < span
            {
                span = 360.0 - (b - a);
                west = *b;
            }
        }
        Some(Self {
            west,
            south,
            east: west + span,
            north,
        })
    }

    /// Around an area.
    pub fn of_area(area: &MultiPolygon) -> Option<Self> {
        let b = area.bounding_rect()?;
        if b.width() < 180.0 {
            return Some(Self {
                west: b.min().x,
                south: b.min().y,
                east: b.max().x,
                north: b.max().y,
            });
        }
        Self::of_points(area.exterior_coords_iter())
    }

    /// The smallest extent around both.
    pub fn union(&self, other: &Self) -> Self {
        let shift = (self.centre().0 - other.centre().0) / 360.0;
        let (west, east) = (
            other.west + 360.0 * shift.round(),
            other.east + 360.0 * shift.round(),
        );
        let (west, east) = (self.west.min(west), self.east.max(east));
        let west_wrapped = wrap(west);
        Self {
            west: west_wrapped,
            south: self.south.min(other.south),
            east: west_wrapped + (east - west).min(360.0),
            north: self.north.max(other.north),
        }
    }

    /// Larger by a fraction of its width and height on each side, within the globe.
    pub fn padded(&self, fraction: f64) -> Self {
        self.padded_by(fraction, fraction)
    }

    /// At least this wide and high in kilometres, about the same centre.
    pub fn at_least_km(&self, km: f64) -> Self {
        let lat = self.centre().1.to_radians().cos().max(0.05);
        let width = km / (KM_PER_DEGREE * lat);
        let height = km / KM_PER_DEGREE;
        self.grown(
            ((width - self.width()) / 2.0).max(0.0),
            ((height - self.height()) / 2.0).max(0.0),
        )
    }

    /// With more ground to the sides, or above and below, so that its aspect is this.
    pub fn filling(&self, aspect: f64) -> Self {
        let ratio = aspect / self.aspect().max(1e-9);
        if ratio > 1.0 {
            self.padded_by((ratio - 1.0) / 2.0, 0.0)
        } else {
            self.padded_by(0.0, (1.0 / ratio.max(1e-9) - 1.0) / 2.0)
        }
    }

    fn padded_by(&self, x: f64, y: f64) -> Self {
        self.grown(self.width() * x, self.height() * y)
    }

    fn grown(&self, dx: f64, dy: f64) -> Self {
        let west = wrap(self.west - dx);
        Self {
            west,
            east: west + (self.width() + 2.0 * dx).min(360.0),
            south: (self.south - dy).max(-89.9),
            north: (self.north + dy).min(89.9),
        }
    }

    /// Longitude and latitude of the middle; the longitude may be beyond 180.
    pub fn centre(&self) -> (f64, f64) {
        (
            (self.west + self.east) / 2.0,
            (self.south + self.north) / 2.0,
        )
    }

    /// Degrees of longitude.
    pub fn width(&self) -> f64 {
        self.east - self.west
    }

    /// Degrees of latitude.
    pub fn height(&self) -> f64 {
        self.north - self.south
    }

    /// Width over height on the ground, at the middle parallel.
    pub fn aspect(&self) -> f64 {
        self.width() * self.centre().1.to_radians().cos().max(0.05) / self.height().max(1e-9)
    }

    /// Whether any ground is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let turns = ((self.centre().0 - other.centre().0) / 360.0).round() * 360.0;
        self.west <= other.east + turns
            && other.west + turns <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Itself and its copies a turn to either side: areas have their longitudes written in one of these.
    fn turns(&self) -> [Rect; 3] {
        [-360.0, 0.0, 360.0].map(|turn| {
            Rect::new(
                (self.west + turn, self.south),
                (self.east + turn, self.north),
            )
        })
    }

    /// Whether any ground of an area is in it.
    pub fn meets(&self, area: &MultiPolygon) -> bool {
        self.turns().iter().any(|turn| area.intersects(turn))
    }

    /// The part of it that an area takes, measured in degrees.
    pub fn part_of(&self, area: &MultiPolygon) -> f64 {
        let taken = |turn: Rect| {
            if area.intersects(&turn) {
                area.intersection(&turn.to_polygon()).unsigned_area()
            } else {
                0.0
            }
        };
        self.turns().map(taken).iter().sum::<f64>() / (self.width() * self.height())
    }

    /// Whether a place is in it.
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        let lon = self.west + (lon - self.west).rem_euclid(360.0);
        lon <= self.east && lat >= self.south && lat <= self.north
    }
}

impl FromStr for Extent {
    type Err = GroundError;

    /// `W,S,E,N` in degrees, e.g. `35.5,34.8,37.5,36.6`.
    fn from_str(text: &str) -> Result<Self, GroundError> {
        let numbers: Option<Vec<f64>> = text
            .split(',')
            .map(|part| part.trim().parse().ok())
            .collect();
        match numbers.as_deref() {
            Some(&[w, s, e, n]) => Self::new(w, s, e, n),
            _ => Err(GroundError::Extent {
                given: text.to_owned(),
                rule: "four numbers are needed: west,south,east,north in degrees".into(),
            }),
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{},{},{},{}",
            self.west,
            self.south,
            wrap(self.east),
            self.north
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_across_the_antimeridian() {
        let fiji = Extent::new(176.0, -20.0, -178.0, -15.0).unwrap();
        assert!(fiji.overlaps(&Extent::new(-179.0, -19.0, -170.0, -16.0).unwrap()));
        assert!(fiji.overlaps(&Extent::new(170.0, -16.0, 177.0, -10.0).unwrap()));
        assert!(!fiji.overlaps(&Extent::new(-170.0, -19.0, -160.0, -16.0).unwrap()));
        assert!(!fiji.overlaps(&Extent::new(176.0, -14.0, -178.0, -10.0).unwrap()));
    }

    #[test]
    fn fills_a_page_about_the_same_middle() {
        let tall = Extent::new(36.0, 34.0, 37.0, 37.0).unwrap();
        let wide = tall.filling(1.5);
        assert!((wide.aspect() - 1.5).abs() < 1e-9);
        assert_eq!((wide.south, wide.north), (34.0, 37.0));
        assert_eq!(wide.centre(), tall.centre());
        let high = tall.filling(0.1);
        assert!((high.aspect() - 0.1).abs() < 1e-9);
        assert_eq!((high.west, high.east), (36.0, 37.0));
    }

    #[test]
    fn reads_west_south_east_north() {
        let e: Extent = "35.5, 32 ,42.4,37.3".parse().unwrap();
        assert_eq!((e.west, e.south, e.east, e.north), (35.5, 32.0, 42.4, 37.3));
        assert_eq!(e.to_string().parse::<Extent>().unwrap(), e);
    }

    #[test]
    fn refuses_what_is_no_box_and_says_the_rule() {
        for (text, rule) in [
            ("1,2,3", "four numbers"),
            ("a,b,c,d", "four numbers"),
            ("10,5,20,5", "south must be below north"),
            ("10,-95,20,5", "within -90..90"),
            ("10,1,10,5", "must differ"),
            ("nan,1,10,5", "must be a number"),
        ] {
            let message = text.parse::<Extent>().unwrap_err().to_string();
            assert!(message.contains(rule), "{text}: {message}");
        }
    }

    #[test]
    fn points_on_both_sides_of_the_antimeridian_give_the_narrow_extent() {
        let fiji = [(177.0, -17.0), (-179.0, -18.0), (179.5, -16.0)];
        let e = Extent::of_points(fiji.map(|(x, y)| Coord { x, y })).unwrap();
        assert!((e.width() - 4.0).abs() < 1e-9, "{e:?}");
        assert!(e.contains(-179.5, -17.0) && !e.contains(0.0, -17.0));
        assert!(Extent::of_points([]).is_none());
    }

    #[test]
    fn a_single_point_grows_to_the_least_size() {
        let e = Extent::of_points([Coord { x: 36.6, y: 35.9 }])
            .unwrap()
            .at_least_km(60.0);
        assert!((e.height() * KM_PER_DEGREE - 60.0).abs() < 0.1);
        assert!((e.aspect() - 1.0).abs() < 1e-6);
        assert!(e.contains(36.6, 35.9));
    }

    #[test]
    fn padding_keeps_the_centre_and_the_globe() {
        let e = Extent::new(-170.0, -80.0, 170.0, 89.0).unwrap().padded(0.2);
        assert!(e.width() <= 360.0 && e.north < 90.0 && e.south > -90.0);
        let syria = Extent::new(35.6, 32.3, 42.4, 37.3).unwrap();
        let p = syria.padded(0.1);
        assert!((p.centre().0 - syria.centre().0).abs() < 1e-9);
        assert!((p.width() - syria.width() * 1.2).abs() < 1e-9);
    }
}
