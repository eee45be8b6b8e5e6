//! What puts one place of a name before another: rules 5 to 7 at the head of `choose.rs`.

use geo::{Distance, Haversine};

use super::fold;
use super::place::Place;
use super::resolve::Hit;

/// A place and the name that it was found by.
pub(super) type PlaceHit<'g> = (Place<'g>, Hit<'g>);

/// Keeps those that `is_first` if there are any, no other is of a higher class, and none is abroad while another is at
/// home. Whether that left fewer.
pub(super) fn before_others<'g>(
    spots: &mut Vec<PlaceHit<'g>>,
    is_first: impl Fn(&PlaceHit<'g>) -> bool,
) -> bool {
    let class = |spot: &PlaceHit<'g>| (place_home(&spot.0), place_weight(spot));
    let best = spots.iter().filter(|spot| is_first(spot)).map(class).max();
    let Some((home, weight)) = best else {
        return false;
    };
    let outranked = |spot: &PlaceHit<'g>| {
        let (other_home, other_weight) = class(spot);
        !is_first(spot) && (other_weight > weight || other_home && !home)
    };
    if spots.iter().any(outranked) {
        return false;
    }
    let before = spots.len();
    spots.retain(is_first);
    spots.len() < before
}

/// Whether the name that was matched is the place's own, not one that it is also called by.
pub(super) fn own_name((place, hit): &PlaceHit<'_>) -> bool {
    let (mut own, mut matched) = (String::new(), String::new());
    fold::key(place.name(), &mut own);
    fold::key(hit.name, &mut matched);
    own == matched || place.name_arabic() == Some(hit.name)
}

/// A city abroad this far from a place of its name at home is not likelier to be meant, in metres.
const FAR_M: f64 = 1_000_000.0;

/// Entries of one name nearer than this, in metres, are one place.
pub(super) const ONE_SPOT_M: f64 = 3000.0;

pub(super) fn place_weight((place, _): &(Place<'_>, Hit<'_>)) -> u8 {
    place.kind().weight()
}

pub(super) fn prominence(place: &Place<'_>) -> (u8, u32) {
    (
        place.kind().weight(),
        place.population().unwrap_or_default(),
    )
}

/// What rule 5 compares. Of villages and lesser places the people do not count: that one is known to have some says little.
pub(super) fn standing((place, _): &PlaceHit<'_>) -> (u8, u32) {
    let (weight, people) = prominence(place);
    (weight, if weight < 2 { 0 } else { people })
}

fn place_home(place: &Place<'_>) -> bool {
    place.country_code() == place.gazetteer.home()
}

/// Rule 7 at the head of this file.
pub(super) fn dominates(first: &Place<'_>, other: &Place<'_>) -> bool {
    let (a, b) = (first.kind().weight(), other.kind().weight());
    let tenth = match (first.population(), other.population()) {
        (Some(more), Some(fewer)) => Some(more / 10 >= fewer),
        _ => None,
    };
    let home = place_home(first) || !place_home(other);
    // A report from home means its own town before a city of that name abroad, or else says which.
    let far = Haversine.distance(first.point(), other.point()) > FAR_M;
    if !home && (b >= 2 || far) {
        return false;
    }
    a >= 2 && (a >= b + 2 || tenth == Some(true) && (home || a > b) || a > b && tenth.is_none())
}
