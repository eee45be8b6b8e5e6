//! The gazetteer that is part of the program.

use geo::{Contains, Distance, Haversine, Point};
use proptest::prelude::*;

use super::super::sound::sound;
use super::super::{Gazetteer, Ground, Grounds, Query, Resolution, locate};
use crate::ground::basemap::Basemap;
use crate::record::Footprint;

/// Answer of the embedded gazetteer: the id of the point, or what else it was.
fn id(name: &str, country: Option<&str>) -> String {
    let gazetteer = Gazetteer::embedded();
    match gazetteer.resolve(&Query {
        country,
        ..Query::name(name)
    }) {
        Resolution::Place(found) => match found.ground {
            Ground::Point(place) => place.id().to_owned(),
            Ground::Parts(_) => "parts".to_owned(),
        },
        Resolution::Region(found) => format!("region: {}", found.name),
        Resolution::Ambiguous(_) => "ambiguous".to_owned(),
        Resolution::Unresolved(_) => "none".to_owned(),
    }
}

#[test]
fn spellings_of_one_town_are_one_town() {
    for spellings in [
        &[
            "Maaret al-Numan",
            "Ma'arrat al-Nu'man",
            "معرة النعمان",
            "Maarat al-Numan",
            "Maarrat an Numan",
            "Marat Al Numan",
            "Maaretalnuman",
            "Ma’arat en-Nou’man",
        ][..],
        &[
            "Khan Sheikhun",
            "Khan Sheikhoun",
            "Khan Shaykhun",
            "Khan Cheikhoun",
            "Chan Scheichun",
            "Khan Sheykhoon",
            "خان شيخون",
        ],
        &[
            "Boukamal",
            "Al-Bukamal",
            "Abu Kamal",
            "Albu Kamal",
            "Abou Kamal",
            "البوكمال",
            "البو كمال",
            "أبو كمال",
        ],
        &[
            "Deir el-Zour",
            "Deir Ezzor",
            "Deir ez-Zor",
            "Dayr az-Zawr",
            "Dawr Az Zawr",
            "Dayrazzawr",
            "دير الزور",
            "ديرالزور",
        ],
        &[
            "Kafranbel",
            "Kafr Nabl",
            "Kafar Nubl",
            "Kafr Nobol",
            "كفر نبل",
            "كفرنبل",
        ],
        &[
            "Jisr al-Shughur",
            "Jisr ash-Shughour",
            "Jisr el-Choghour",
            "Jisr eş-Şuğur",
            "جسر الشغور",
        ],
        &["Qamishli", "Kamishli", "Kamechli", "Qamishlo", "القامشلي"],
        &["Tabqa", "Ath Thawrah", "Al-Thawrah", "الطبقة"],
        &["Idlib", "Idleb", "إدلب", "ادلب"],
        &["Saraqib", "Saraqeb"],
        &["Erbil", "Irbil", "Arbil", "أربيل"],
        &["Raqqa", "Ar-Raqqah", "Rakka", "الرقة"],
        &["Kobane", "Kobani", "Ayn al-Arab", "عين العرب"],
        &["Palmyra", "Tadmur", "تدمر"],
        &["Aleppo", "Halab", "حلب"],
        &["Gaziantep", "GAZİANTEP"],
    ] {
        let ids: Vec<String> = spellings.iter().map(|name| id(name, None)).collect();
        assert!(
            ids[0].contains(':') && !ids[0].starts_with("region"),
            "{spellings:?}: {ids:?}"
        );
        assert!(ids.iter().all(|id| *id == ids[0]), "{spellings:?}: {ids:?}");
    }
}

#[test]
fn capitals_are_themselves() {
    for (name, code) in [
        ("Damascus", "SY"),
        ("Baghdad", "IQ"),
        ("Beirut", "LB"),
        ("Amman", "JO"),
        ("Ankara", "TR"),
        ("Cairo", "EG"),
    ] {
        assert_eq!(id(name, None), id(name, Some(code)), "{name}");
    }
}

#[test]
fn invented_names_are_no_places() {
    for name in [
        "Tell Zarqun",
        "Kafr Mandur",
        "Maarrat al-Qusran",
        "Saraqand",
        "Hazanuk",
        "Qamishtar",
        "Kafr Yanbul",
        "Taftanour",
        "تل زرقون",
        "Friday prayers",
        "several areas",
    ] {
        let said = id(name, Some("SY"));
        assert_eq!(said, "none", "{name}");
    }
}

#[test]
fn a_town_at_home_is_not_taken_for_a_city_abroad() {
    // Ariha near Idlib and Jericho have one name in Arabic.
    assert_eq!(id("أريحا", None), "ambiguous");
    assert_eq!(id("أريحا", Some("SY")), id("Ariha", Some("SY")));
    assert_eq!(id("أريحا", Some("PS")), id("Jericho", None));
}

#[test]
fn a_name_in_arabic_letters_sounds_as_in_latin_ones() {
    let gazetteer = Gazetteer::embedded();
    let home = gazetteer.places().filter(|place| place.country() == "SY");
    let pairs: Vec<(&str, &str)> = home
        .filter_map(|place| Some((place.name(), place.name_arabic()?)))
        .collect();
    let alike = pairs
        .iter()
        .filter(|(latin, arabic)| sound(latin).consonants == sound(arabic).consonants)
        .count();
    let share = alike as f64 / pairs.len() as f64;
    // The rest are translations, exonyms, and names of which Arabic has a longer form.
    assert!(
        pairs.len() > 1500 && share > 0.8,
        "{alike} of {}",
        pairs.len()
    );
}

#[test]
fn the_other_places_of_a_record_decide() {
    let gazetteer = Gazetteer::embedded();
    let ask = |with: &[&str]| match gazetteer.resolve(&Query {
        with,
        ..Query::name("Suran")
    }) {
        Resolution::Place(found) => found.ground.admin1().map(|area| area.name().to_owned()),
        _ => None,
    };
    assert_eq!(ask(&[]), None);
    assert_eq!(ask(&["Morek"]).as_deref(), Some("Hama"));
    assert_eq!(ask(&["Azaz", "Mare"]).as_deref(), Some("Aleppo"));
    // Far from both: nothing is decided.
    assert_eq!(ask(&["Damascus"]), None);
}

#[test]
fn every_place_is_found_by_its_own_name_or_it_is_ambiguous() {
    let gazetteer = Gazetteer::embedded();
    let wrong = gazetteer.places().filter(|place| {
        let (country, admin1) = (place.country(), place.admin1().map(|area| area.id()));
        let query = Query {
            name: place.name(),
            admin1,
            country: Some(&country),
            with: &[],
        };
        match gazetteer.resolve(&query) {
            // A namesake is right only at the same spot, or if it outranks this one and says so.
            Resolution::Place(found) => {
                let Ground::Point(other) = found.ground else {
                    return true;
                };
                found.score >= 0.99 && Haversine.distance(other.point(), place.point()) > 3000.0
            }
            Resolution::Unresolved(_) => true,
            Resolution::Region(_) | Resolution::Ambiguous(_) => false,
        }
    });
    assert_eq!(
        wrong.map(|place| place.id()).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn every_admin_area_of_home_has_a_middle_a_code_and_a_parent() {
    let gazetteer = Gazetteer::embedded();
    for area in gazetteer
        .admin_areas()
        .filter(|area| area.country_code() == gazetteer.home())
    {
        assert!(
            area.disc().is_some_and(|(_, radius_km)| radius_km > 1.0),
            "{area:?}"
        );
        assert!(area.pcode().is_some(), "{area:?}");
        assert_eq!(area.parent().is_some(), area.level() > 0, "{area:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(name in "\\PC{0,60}", admin1 in "\\PC{0,12}", country in "\\PC{0,8}") {
        let query = Query { name: &name, admin1: Some(&admin1), country: Some(&country), with: &[] };
        let _ = Gazetteer::embedded().resolve(&query);
        let _ = Gazetteer::embedded().resolve(&Query::name(&name));
    }

    #[test]
    fn no_phrase_makes_it_panic_and_each_answer_repeats(
        words in prop::collection::vec(prop::sample::select(vec![
            "northern", "countryside", "of", "Idlib", "province", "near", "and", ",", ";", "Syria's", "border", "with",
            "Turkey", "in", "the", "10", "km", "area", "/", "(", ")", "Hama", "Foo", "Syrian", "side", "ريف", "حماة", "'s",
            "Boukamal", "villages", "district", "southern", "provinces", "west",
        ]), 0..16),
    ) {
        let phrase = words.join(" ");
        let query = Query::name(&phrase);
        prop_assert_eq!(Gazetteer::embedded().resolve(&query), Gazetteer::embedded().resolve(&query));
    }
}

#[test]
fn sides_of_lebanon_and_gaza_are_the_governorates_that_everybody_means() {
    let basemap = Basemap::embedded();
    let gazetteer = Gazetteer::embedded();
    let grounds = Grounds::new(gazetteer, basemap);
    for (name, inside, outside) in [
        (
            "southern Lebanon",
            [(35.20, 33.27), (35.61, 33.33)],
            [(35.50, 33.89), (35.9, 33.6)],
        ),
        (
            "northern Gaza Strip",
            [(34.48, 31.53), (34.45, 31.50)],
            [(34.35, 31.42), (34.31, 31.34)],
        ),
        (
            "Baalbek-Hermel",
            [(36.21, 34.00), (36.38, 34.39)],
            [(35.90, 33.85), (35.84, 34.43)],
        ),
        (
            "Bekaa governorate",
            [(35.90, 33.85), (35.72, 33.57)],
            [(36.21, 34.00), (36.11, 33.874)],
        ),
        (
            "Akkar governorate",
            [(36.08, 34.54), (36.2, 34.6)],
            [(35.84, 34.43), (36.03, 34.385)],
        ),
    ] {
        let (Resolution::Region(found) | Resolution::Place(found)) =
            gazetteer.resolve(&Query::name(name))
        else {
            panic!("{name}")
        };
        let Some(Footprint::Area(area)) = locate(&found, &grounds).map(|place| place.footprint)
        else {
            panic!("{name} has no outline")
        };
        for (lon, lat) in inside {
            assert!(area.contains(&Point::new(lon, lat)), "{name} {lon} {lat}");
        }
        for (lon, lat) in outside {
            assert!(!area.contains(&Point::new(lon, lat)), "{name} {lon} {lat}");
        }
    }
}
