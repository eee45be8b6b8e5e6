//! From a match to a record's location.

use std::sync::Arc;

use geo::{Area, Contains, MultiPolygon, Point, Rect};

use super::super::{AdminArea, AdminGeometry, Match, NoGeometry, Query, Resolution, locate};
use super::gazetteer;
use crate::record::{Footprint, Location, Precision};

/// Knows Idlib alone: a box.
struct IdlibBox;

impl AdminGeometry for IdlibBox {
    fn area(&self, area: &AdminArea<'_>) -> Option<Arc<MultiPolygon>> {
        let outline = Rect::new((36.2, 35.4), (37.2, 36.3)).to_polygon();
        (area.pcode() == Some("SY07")).then(|| Arc::new(MultiPolygon::new(vec![outline])))
    }
}

fn located(name: &str, geometry: &impl AdminGeometry) -> Location {
    let gazetteer = gazetteer();
    let found: Match<'_> = match gazetteer.resolve(&Query::name(name)) {
        Resolution::Place(found) | Resolution::Region(found) => found,
        other => panic!("{name}: {other:?}"),
    };
    locate(&found, geometry).unwrap()
}

#[test]
fn a_settlement_is_a_point() {
    let hazano = located("Hazano", &NoGeometry);
    assert_eq!(
        hazano.footprint,
        Footprint::Point(Point::new(36.7267, 36.0656))
    );
    assert_eq!(
        (
            hazano.precision,
            hazano.country.as_deref(),
            hazano.admin1.as_deref()
        ),
        (Precision::Exact, Some("SY"), Some("Idlib"))
    );
}

#[test]
fn near_is_a_disc() {
    let near = located("near Hazano", &NoGeometry);
    assert_eq!(
        near.footprint,
        Footprint::Disc(Point::new(36.7267, 36.0656))
    );
    assert_eq!(
        (near.radius_km, near.name.as_str()),
        (10.0, "around Hazano")
    );
}

#[test]
fn a_province_has_its_outline_if_it_is_known() {
    let idlib = located("Idlib province", &IdlibBox);
    let Footprint::Area(outline) = &idlib.footprint else {
        panic!()
    };
    assert!(outline.contains(&Point::new(36.7, 36.0)));
    assert!(
        (60.0..75.0).contains(&idlib.radius_km),
        "half the diagonal of the box is {} km",
        idlib.radius_km
    );
    let Footprint::Disc(_) = located("Hama province", &IdlibBox).footprint else {
        panic!()
    };
}

#[test]
fn a_list_is_the_union() {
    let both = located("southern Idlib and northern Hama", &IdlibBox);
    let Footprint::Area(outline) = &both.footprint else {
        panic!()
    };
    assert!(
        outline.contains(&Point::new(36.3, 35.5)) && !outline.contains(&Point::new(36.3, 36.2)),
        "the southern corner of the box of Idlib"
    );
    assert!(
        outline.contains(&Point::new(37.4, 35.4)) && !outline.contains(&Point::new(37.4, 34.9)),
        "in the north of the disc of Hama"
    );
    assert!(
        outline.unsigned_area() < 0.9 + 1.2,
        "what overlaps counts once"
    );
    assert_eq!((both.admin1, both.country.as_deref()), (None, Some("SY")));
}
