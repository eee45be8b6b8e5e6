//! Where a map is, in the words that end its title: "in Syria and Iraq", "in north-west Syria".

use crate::ground::Extent;
use crate::ground::basemap::Basemap;

/// A box that takes more of a country's than this is the country.
const PART: f64 = 0.4;
/// Of more countries than this a title names the first only.
pub(super) const NAMED: usize = 3;

/// "in Syria", "in Syria, Iraq and Jordan", "in Syria and 3 other countries".
pub(super) fn countries(codes: &[String], basemap: &Basemap) -> String {
    let name = |code: &String| {
        let country = basemap.country_by_code(code);
        country.map_or_else(|| code.clone(), |country| country.name.to_owned())
    };
    match codes {
        [] => "on the map".to_owned(),
        [one] => format!("in {}", name(one)),
        [one, other] => format!("in {} and {}", name(one), name(other)),
        [one, two, three] => format!("in {}, {} and {}", name(one), name(two), name(three)),
        [one, rest @ ..] => format!("in {} and {} other countries", name(one), rest.len()),
    }
}

/// What a box in degrees shows of the countries of its records: a side of a single one, if it is a small part.
pub(super) fn of_box(extent: &Extent, codes: &[String], basemap: &Basemap) -> String {
    let country = match codes {
        [one] => basemap.country_by_code(one).zip(basemap.mainland(one)),
        _ => None,
    };
    match country.and_then(|(country, land)| Some((country.name, side(extent, &land)?))) {
        Some((name, side)) => format!("in {side} {name}"),
        None => countries(codes, basemap),
    }
}

/// What a named area shows: the area alone if it is the only country of the records, else what is around it too.
pub(super) fn of_area(name: &str, codes: &[String], basemap: &Basemap) -> String {
    match codes {
        [one] if basemap.country_by_code(one).is_some_and(|c| c.name == name) => {
            format!("in {name}")
        }
        _ => format!("in and around {name}"),
    }
}

/// The side of some land that a box lies in; `None` if it is most of the land.
fn side(extent: &Extent, land: &Extent) -> Option<&'static str> {
    let square = |e: &Extent| e.width() * e.height();
    if square(extent) > PART * square(land) {
        return None;
    }
    let (lon, lat) = extent.centre();
    let third = |share: f64| (3.0 * share).floor().clamp(0.0, 2.0) as usize;
    let east = third(crate::ground::wrap(lon - land.west) / land.width());
    let north = third((lat - land.south) / land.height());
    let names = [
        ["south-west", "southern", "south-east"],
        ["western", "central", "eastern"],
        ["north-west", "northern", "north-east"],
    ];
    names.get(north).and_then(|row| row.get(east)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(w: f64, s: f64, e: f64, n: f64, codes: &[&str]) -> String {
        let codes: Vec<String> = codes.iter().map(|c| (*c).to_owned()).collect();
        let extent = Extent::new(w, s, e, n).unwrap();
        of_box(&extent, &codes, Basemap::embedded())
    }

    #[test]
    fn a_box_is_named_by_the_side_of_its_country() {
        assert_eq!(
            title(35.8, 35.25, 37.9, 36.8, &["SY"]),
            "in north-west Syria"
        );
        assert_eq!(title(39.0, 34.0, 41.5, 36.0, &["SY"]), "in eastern Syria");
        assert_eq!(title(35.5, 32.3, 42.4, 37.3, &["SY"]), "in Syria");
        assert_eq!(
            title(35.8, 35.25, 37.9, 36.8, &["SY", "TR"]),
            "in Syria and Turkey"
        );
        assert_eq!(title(0.0, 0.0, 1.0, 1.0, &[]), "on the map");
    }

    #[test]
    fn a_country_alone_has_nothing_around_it() {
        let base = Basemap::embedded();
        assert_eq!(of_area("Syria", &["SY".to_owned()], base), "in Syria");
        let both = ["SY".to_owned(), "IQ".to_owned()];
        assert_eq!(of_area("Syria", &both, base), "in and around Syria");
        assert_eq!(
            of_area("Idlib governorate", &["SY".to_owned()], base),
            "in and around Idlib governorate"
        );
    }
}
