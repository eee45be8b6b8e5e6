//! WGS 84 coordinates, checked once.

use geo::Point;

/// A point from latitude and longitude in WGS 84 degrees.
///
/// # Errors
/// If either is not a finite number, or out of range.
pub fn wgs84(lat: f64, lon: f64) -> Result<Point, CoordinateError> {
    let lat_ok = (-90.0..=90.0).contains(&lat);
    let lon_ok = (-180.0..=180.0).contains(&lon);
    match (lat_ok, lon_ok) {
        (true, true) => Ok(Point::new(lon, lat)),
        (false, _) if (-180.0..=180.0).contains(&lat) && (-90.0..=90.0).contains(&lon) => {
            Err(CoordinateError::Swapped)
        }
        (false, _) => Err(CoordinateError::Latitude),
        (true, false) => Err(CoordinateError::Longitude),
    }
}

/// Why two numbers are not a place on Earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoordinateError {
    /// The latitude is out of range, and the two would do if they changed places.
    #[error(
        "is not a latitude: write degrees from -90 to 90, e.g. 35.93 (are lat and lon swapped?)"
    )]
    Swapped,
    /// The latitude is out of range or not a number.
    #[error("is not a latitude: write degrees from -90 to 90, e.g. 35.93")]
    Latitude,
    /// The longitude is out of range or not a number.
    #[error("is not a longitude: write degrees from -180 to 180, e.g. 36.63")]
    Longitude,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_on_earth_pass() {
        assert_eq!(wgs84(35.93, 36.63), Ok(Point::new(36.63, 35.93)));
        assert_eq!(wgs84(-90.0, 180.0), Ok(Point::new(180.0, -90.0)));
        assert_eq!(wgs84(135.0, 36.0), Err(CoordinateError::Swapped));
        assert_eq!(wgs84(135.0, 100.0), Err(CoordinateError::Latitude));
        assert_eq!(wgs84(36.0, 181.0), Err(CoordinateError::Longitude));
        assert_eq!(wgs84(f64::NAN, 36.0), Err(CoordinateError::Latitude));
        assert_eq!(wgs84(36.0, f64::INFINITY), Err(CoordinateError::Longitude));
    }
}
