use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Contains, Coord, Point, Rect, Validation};
use proptest::prelude::*;

use super::*;

fn window(west: f64, south: f64, east: f64, north: f64) -> Rect {
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north })
}

fn syria() -> Rect {
    window(35.5, 32.2, 42.5, 37.4)
}

fn world() -> Rect {
    window(-180.0, -90.0, 180.0, 90.0)
}

#[test]
fn every_feature_decodes() {
    let map = Basemap::embedded();
    for area in map
        .countries(world())
        .into_iter()
        .chain(map.admin1(world()))
        .chain(map.disputed_areas(world()))
    {
        assert!(
            !area.name.is_empty() && !area.geometry.0.is_empty(),
            "{} {}",
            area.name,
            area.natural_earth
        );
        assert_eq!(
            area.geometry.bounding_rect(),
            Some(area.bbox),
            "{}",
            area.name
        );
    }
    for layer in ["borders", "claims"] {
        for header in map.land.layer(layer) {
            assert!(!map.land.lines(header, world()).expect("decodes").is_empty());
        }
    }
    for header in map.water.layer("rivers") {
        assert!(
            !map.water
                .lines(header, world())
                .expect("decodes")
                .is_empty()
        );
    }
    assert!(map.lakes(world()).iter().all(|l| !l.geometry.0.is_empty()));
}

#[test]
fn polygons_of_the_region_are_valid() {
    let map = Basemap::embedded();
    let region = window(25.0, 25.0, 50.0, 43.0);
    for area in map
        .admin1(region)
        .into_iter()
        .chain(map.disputed_areas(region))
    {
        assert!(
            area.geometry.is_valid(),
            "{}: {:?}",
            area.name,
            area.geometry.validation_errors()
        );
    }
    for code in ["SY", "TR", "IQ", "LB", "JO", "IL", "PS", "CY", "EG"] {
        let country = map.country_by_code(code).expect("is there");
        assert!(
            country.geometry.is_valid(),
            "{code}: {:?}",
            country.geometry.validation_errors()
        );
    }
    for lake in map.lakes(region) {
        assert!(
            lake.geometry.is_valid(),
            "{} {:?}",
            lake.name,
            lake.geometry.bounding_rect()
        );
    }
}

#[test]
fn syria_has_its_fourteen_governorates() {
    let map = Basemap::embedded();
    let found: BTreeMap<_, _> = map
        .admin1(syria())
        .into_iter()
        .filter(|a| a.country == "SY")
        .map(|a| (a.pcode, a))
        .collect();
    let codes: Vec<String> = (1..=14).map(|n| format!("SY{n:02}")).collect();
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), codes);
    assert!(
        found
            .values()
            .all(|a| a.iso.starts_with("SY-") && !a.name_ar.is_empty())
    );
    assert_eq!(found["SY07"].name, "Idlib");
    assert_eq!(map.admin1_by_code("SY07").map(|a| a.name_ar), Some("إدلب"));
    assert_eq!(map.admin1_by_code("SY-ID").map(|a| a.pcode), Some("SY07"));
    assert_eq!(map.admin1_by_code("TR-31").map(|a| a.name), Some("Hatay"));
    assert!(map.admin1_by_code("").is_none() && map.admin1_by_code("SY99").is_none());
}

/// Town, longitude, latitude, country, province (P-code or ISO 3166-2).
const TOWNS: &[(&str, f64, f64, &str, &str)] = &[
    ("Damascus", 36.292, 33.513, "SY", "SY01"),
    ("Aleppo", 37.161, 36.202, "SY", "SY02"),
    ("Afrin", 36.869, 36.512, "SY", "SY02"),
    ("Azaz", 37.045, 36.586, "SY", "SY02"),
    ("Manbij", 37.957, 36.528, "SY", "SY02"),
    ("Douma", 36.402, 33.572, "SY", "SY03"),
    ("Az-Zabadani", 36.098, 33.725, "SY", "SY03"),
    ("Homs", 36.723, 34.731, "SY", "SY04"),
    ("Palmyra", 38.284, 34.560, "SY", "SY04"),
    ("Al-Qusayr", 36.579, 34.509, "SY", "SY04"),
    ("Hama", 36.757, 35.132, "SY", "SY05"),
    ("Salamiyah", 37.053, 35.012, "SY", "SY05"),
    ("Latakia", 35.783, 35.531, "SY", "SY06"),
    ("Idlib", 36.634, 35.931, "SY", "SY07"),
    ("Maarrat al-Numan", 36.676, 35.643, "SY", "SY07"),
    ("Jisr ash-Shughur", 36.317, 35.812, "SY", "SY07"),
    ("Khan Shaykhun", 36.651, 35.442, "SY", "SY07"),
    ("Al-Hasakah", 40.747, 36.502, "SY", "SY08"),
    ("Deir ez-Zor", 40.141, 35.336, "SY", "SY09"),
    ("Abu Kamal", 40.918, 34.451, "SY", "SY09"),
    ("Tartus", 35.887, 34.889, "SY", "SY10"),
    ("Raqqa", 39.008, 35.952, "SY", "SY11"),
    ("Tabqa", 38.548, 35.837, "SY", "SY11"),
    ("Daraa", 36.106, 32.625, "SY", "SY12"),
    ("Nawa", 36.039, 32.889, "SY", "SY12"),
    ("As-Suwayda", 36.569, 32.709, "SY", "SY13"),
    ("Khan Arnabah", 35.891, 33.183, "SY", "SY14"),
    ("Mosul", 43.118, 36.335, "IQ", "IQ-NI"),
    ("Sinjar", 41.876, 36.322, "IQ", "IQ-NI"),
    ("Baghdad", 44.394, 33.312, "IQ", "IQ-BG"),
    ("Erbil", 44.009, 36.191, "IQ", "IQ-AR"),
    ("Ramadi", 43.300, 33.426, "IQ", "IQ-AN"),
    ("Antakya", 36.157, 36.207, "TR", "TR-31"),
    ("Gaziantep", 37.383, 37.066, "TR", "TR-27"),
    ("Diyarbakır", 40.231, 37.914, "TR", "TR-21"),
    ("Zahle", 35.902, 33.846, "LB", "LB-BI"),
    ("Tripoli", 35.850, 34.434, "LB", "LB-AS"),
    ("Amman", 35.923, 31.952, "JO", "JO-AM"),
    ("Mafraq", 36.208, 32.343, "JO", "JO-MA"),
    ("Nazareth", 35.298, 32.700, "IL", "IL-Z"),
    ("Ramallah", 35.204, 31.903, "PS", "PS01"),
    ("Gaza", 34.466, 31.502, "PS", "PS02"),
    ("Limassol", 33.033, 34.685, "CY", "CY-02"),
    ("Arish", 33.798, 31.125, "EG", "EG-SIN"),
];

#[test]
fn towns_lie_in_their_provinces() {
    let map = Basemap::embedded();
    let mut wrong = Vec::new();
    for &(town, lon, lat, country, province) in TOWNS {
        let place = Point::new(lon, lat);
        // Ports lie in the sea of a coast that is a kilometre off.
        let admin1 = map.admin1_near(place, 3.0).expect("a province");
        let land = map.country_near(place, 3.0).expect("a country");
        if admin1.pcode != province && admin1.iso != province
            || land.iso != country
            || admin1.country != country
        {
            wrong.push((town, admin1.name, land.name));
        }
    }
    assert_eq!(wrong, [], "town, province found, country found");
}

#[test]
fn a_town_beyond_the_sources_border_is_found_in_its_country() {
    let map = Basemap::embedded();
    let ayn_al_arab = Point::new(38.351, 36.890);
    assert_eq!(map.admin1_at(ayn_al_arab).map(|a| a.country), Some("TR"));
    assert_eq!(
        map.admin1_in(ayn_al_arab, "SY", 5.0).map(|a| a.pcode),
        Some("SY02")
    );
    assert!(map.admin1_in(ayn_al_arab, "IQ", 5.0).is_none());
    assert_eq!(
        map.admin1_in(Point::new(36.634, 35.931), "SY", 0.0)
            .map(|a| a.pcode),
        Some("SY07")
    );
}

#[test]
fn nothing_lies_at_sea_or_at_no_place() {
    let map = Basemap::embedded();
    for place in [
        Point::new(34.0, 34.2),
        Point::new(f64::NAN, 35.0),
        Point::new(0.0, f64::INFINITY),
    ] {
        assert!(map.country_at(place).is_none() && map.admin1_at(place).is_none());
        assert!(
            map.admin1_near(place, 10.0).is_none() && map.country_near(place, f64::NAN).is_none()
        );
    }
}

#[test]
fn the_golan_heights_are_disputed_and_belong_to_no_country() {
    let map = Basemap::embedded();
    let majdal_shams = Point::new(35.771, 33.267);
    let area = map.country_at(majdal_shams).expect("a disputed area");
    assert_eq!(
        (area.name, area.status, area.held_by, area.claimed_by),
        ("Golan Heights", "disputed", "IL", "SY")
    );
    assert!(area.iso.is_empty() && map.admin1_at(majdal_shams).is_none());
    let names: BTreeSet<_> = map
        .disputed_areas(window(32.0, 31.0, 37.0, 36.0))
        .iter()
        .map(|a| a.name)
        .collect();
    let expected = [
        "Golan Heights",
        "Shebaa Farms",
        "UNDOF zone",
        "West Bank",
        "Gaza Strip",
        "Northern Cyprus",
    ];
    assert!(expected.iter().all(|n| names.contains(n)), "{names:?}");
}

#[test]
fn unsettled_borders_are_a_class_of_their_own() {
    let borders = Basemap::embedded().borders(syria());
    let of = |class| {
        borders
            .iter()
            .filter(move |b| b.class == class)
            .collect::<Vec<_>>()
    };
    assert!(
        of(BorderClass::Disputed)
            .iter()
            .any(|b| b.name == "Ceasefire line 1974" && b.status == "line of control")
    );
    assert!(
        of(BorderClass::Disputed)
            .iter()
            .any(|b| b.units == "LB SY" && b.status == "indefinite")
    );
    assert!(of(BorderClass::Land).iter().any(|b| b.units == "SY TR"));
    assert!(of(BorderClass::Admin1).iter().any(|b| b.units == "SY"));
    assert!(of(BorderClass::Coast).iter().any(|b| b.units == "SY"));
    assert!(of(BorderClass::Zone).iter().any(|b| b.name == "UNDOF zone"));
    assert!(borders.is_sorted_by_key(|b| b.class));
}

#[test]
fn each_border_segment_stands_once() {
    let mut seen = BTreeSet::new();
    for border in Basemap::embedded().borders(window(25.0, 25.0, 50.0, 43.0)) {
        for edge in border.lines.iter().flat_map(|l| l.lines()) {
            let mut ends = [edge.start, edge.end]
                .map(|c| ((c.x * 1e5).round() as i64, (c.y * 1e5).round() as i64));
            ends.sort_unstable();
            assert!(
                seen.insert(ends),
                "{:?} {} {ends:?}",
                border.class,
                border.units
            );
        }
    }
    assert!(seen.len() > 20_000);
}

#[test]
fn provinces_are_made_of_the_edges_of_borders() {
    let map = Basemap::embedded();
    let key = |c: Coord| ((c.x * 1e5).round() as i64, (c.y * 1e5).round() as i64);
    let mut drawn = BTreeSet::new();
    for border in map.borders(window(30.0, 30.0, 48.0, 40.0)) {
        drawn.extend(
            border
                .lines
                .iter()
                .flat_map(|l| l.lines())
                .flat_map(|e| [(key(e.start), key(e.end)), (key(e.end), key(e.start))]),
        );
    }
    for area in map.admin1(syria()).iter().filter(|a| a.country == "SY") {
        for edge in area.geometry.0.iter().flat_map(|p| p.exterior().lines()) {
            assert!(
                drawn.contains(&(key(edge.start), key(edge.end))),
                "{} {edge:?}",
                area.name
            );
        }
    }
}

#[test]
fn rivers_and_lakes_have_their_names() {
    let map = Basemap::embedded();
    let rivers: BTreeMap<_, _> = map
        .rivers(syria())
        .into_iter()
        .map(|r| (r.name, (r.name_ar, r.rank)))
        .collect();
    for name in [
        "Euphrates",
        "Tigris",
        "Orontes",
        "Khabur",
        "Balikh",
        "Afrin",
        "Litani",
        "Jordan",
        "Barada",
    ] {
        assert!(rivers.contains_key(name), "{name}");
    }
    assert_eq!(rivers["Orontes"], ("نهر العاصي", 2));
    let lakes: BTreeMap<_, _> = map
        .lakes(window(34.0, 31.0, 46.0, 39.0))
        .into_iter()
        .map(|l| (l.name, l))
        .collect();
    for name in [
        "Lake Assad",
        "Mosul Dam Lake",
        "Lake Van",
        "Sea of Galilee",
        "Dead Sea",
        "Lake Qattina",
        "Jabbul",
    ] {
        assert!(lakes.contains_key(name), "{name}");
    }
    // 610 km² at full pool.
    let assad = geo::GeodesicArea::geodesic_area_unsigned(&lakes["Lake Assad"].geometry) / 1e6;
    assert!((450.0..750.0).contains(&assad), "{assad}");
}

#[test]
fn only_what_is_near_is_returned() {
    let map = Basemap::embedded();
    let box_ = window(36.0, 35.0, 37.0, 36.0);
    assert!(map.countries(box_).len() < 6 && map.admin1(box_).len() < 12);
    assert!(map.land(box_).0.len() < 10);
    let meets_box = |l: &LineString| {
        l.bounding_rect()
            .is_some_and(|b| meets(b, window(35.9, 34.9, 37.1, 36.1)))
    };
    let lines: Vec<_> = map
        .borders(box_)
        .into_iter()
        .filter(|b| b.class != BorderClass::Disputed)
        .collect();
    assert!(lines.iter().flat_map(|b| &b.lines).all(meets_box));
}

#[test]
fn outlines_serve_the_gazetteer() {
    use crate::gazetteer::{Gazetteer, Query, Resolution};
    let found = Gazetteer::embedded().resolve(&Query::name("Idlib province"));
    let (Resolution::Region(found) | Resolution::Place(found)) = found else {
        panic!("a region")
    };
    let location = crate::gazetteer::locate(&found, Basemap::embedded()).expect("a location");
    let crate::record::Footprint::Area(area) = location.footprint else {
        panic!("an area")
    };
    assert!(
        area.contains(&Point::new(36.634, 35.931)) && !area.contains(&Point::new(37.161, 36.202))
    );
}

#[test]
fn bytes_of_another_kind_are_refused() {
    assert!(matches!(Basemap::open(b"", b""), Err(BasemapError::Magic)));
    assert!(matches!(
        Basemap::open(b"GIF89a", WATER),
        Err(BasemapError::Magic)
    ));
    assert!(matches!(
        Basemap::open(&LAND[..LAND.len() - 1], WATER),
        Err(BasemapError::Damaged(_))
    ));
}

#[test]
#[ignore = "prints how long loading takes"]
fn timings() {
    let mut start = std::time::Instant::now();
    let mut step = |what: &str| {
        println!("{what}: {:?}", start.elapsed());
        start = std::time::Instant::now();
    };
    let map = Basemap::open(LAND, WATER).expect("opens");
    step("open");
    let count = map.countries(syria()).len() + map.admin1(syria()).len();
    step("countries and provinces around Syria");
    let lines: usize = map.borders(syria()).iter().map(|b| b.lines.len()).sum();
    step("borders");
    let waters = map.rivers(syria()).len() + map.lakes(syria()).len();
    step("waters");
    map.admin1_at(Point::new(37.0, 35.5));
    step("first look-up");
    let places = (0..100_000).map(|n| Point::new(36.0 + f64::from(n) * 5e-5, 35.5));
    let hits = places.filter(|p| map.admin1_at(*p).is_some()).count();
    step("100,000 look-ups");
    println!("{count} {lines} {waters} {hits}");
}

/// Reads everything that there is to read.
fn exercise(map: &Basemap) {
    let place = Point::new(37.0, 35.0);
    map.admin1_near(place, 5.0);
    map.country_at(place);
    map.borders(syria());
    map.rivers(syria());
    map.lakes(syria());
    map.land(syria());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_bytes_never_panic(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        // the small file in both places: its layers are missed, its structure is not
        let mut bytes = WATER.to_vec();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let bytes: &'static [u8] = bytes.leak();
        if let Ok(map) = Basemap::open(bytes, bytes) {
            exercise(&map);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(tail in prop::collection::vec(any::<u8>(), 0..400)) {
        let bytes: &'static [u8] = [b"DLBM1".as_slice(), &tail].concat().leak();
        if let Ok(map) = Basemap::open(bytes, bytes) {
            exercise(&map);
        }
    }
}
