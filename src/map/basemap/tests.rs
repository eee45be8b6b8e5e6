use geo::{Coord, Point, Rect};

use super::*;

fn region() -> Rect {
    Rect::new(Coord { x: 35.0, y: 32.0 }, Coord { x: 43.0, y: 38.0 })
}

#[test]
fn every_feature_decodes() {
    let map = Basemap::embedded();
    let world = Rect::new(
        Coord {
            x: -180.0,
            y: -90.0,
        },
        Coord { x: 180.0, y: 90.0 },
    );
    assert!(
        map.countries(world)
            .iter()
            .all(|a| !a.geometry.0.is_empty() && !a.name.is_empty())
    );
    assert!(
        map.admin1(world)
            .iter()
            .all(|a| !a.geometry.0.is_empty() && !a.name.is_empty())
    );
    assert!(map.borders(world).len() > 500);
    assert!(map.rivers(region()).len() > 20);
    assert!(map.lakes(region()).iter().all(|l| !l.geometry.0.is_empty()));
}

#[test]
fn places_lie_in_their_governorates() {
    let map = Basemap::embedded();
    for (lon, lat, pcode) in [
        (36.63, 35.93, "SY07"),
        (40.14, 35.33, "SY09"),
        (37.16, 36.2, "SY02"),
    ] {
        assert_eq!(
            map.admin1_at(Point::new(lon, lat)).map(|a| a.pcode),
            Some(pcode)
        );
    }
}
