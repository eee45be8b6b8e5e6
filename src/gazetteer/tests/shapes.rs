//! Vague places on the embedded gazetteer and base map: their shapes are valid, hold what they must, and not what they
//! must not.

use geo::{Contains, Point, Validation};

use super::super::{Gazetteer, Query, Resolution, locate};
use crate::ground::basemap::Basemap;
use crate::ground::disc;
use crate::record::{Footprint, Location, Precision};

/// A phrase, points (latitude, longitude) that its ground holds, and points that it does not.
type Case = (&'static str, &'static [(f64, f64)], &'static [(f64, f64)]);

const IDLIB: (f64, f64) = (35.93, 36.63);
const MAARRAT: (f64, f64) = (35.64, 36.68);
const KHAN_SHAYKHUN: (f64, f64) = (35.44, 36.65);
const SARAQIB: (f64, f64) = (35.86, 36.81);
const ARIHA: (f64, f64) = (35.81, 36.61);
const BAB_AL_HAWA: (f64, f64) = (36.22, 36.66);
const KAFR_ZAYTA: (f64, f64) = (35.37, 36.60);
const HAMA: (f64, f64) = (35.13, 36.75);
const HOMS: (f64, f64) = (34.73, 36.71);
const ALEPPO: (f64, f64) = (36.20, 37.16);
const AFRIN: (f64, f64) = (36.51, 36.87);
const DAMASCUS: (f64, f64) = (33.51, 36.29);
const PALMYRA: (f64, f64) = (34.55, 38.28);
const DEIR_EZ_ZOR: (f64, f64) = (35.33, 40.14);
const ABU_KAMAL: (f64, f64) = (34.45, 40.92);
const QAMISHLI: (f64, f64) = (37.05, 41.22);
const DARAA: (f64, f64) = (32.62, 36.10);
const BAGHDAD: (f64, f64) = (33.32, 44.37);
const MOSUL: (f64, f64) = (36.34, 43.13);

const CASES: &[Case] = &[
    // Areas and their sides.
    (
        "Idlib province",
        &[IDLIB, MAARRAT, BAB_AL_HAWA],
        &[ALEPPO, HAMA],
    ),
    ("Idlib, Syria", &[IDLIB, MAARRAT], &[ALEPPO]),
    (
        "southern Idlib",
        &[KHAN_SHAYKHUN, MAARRAT],
        &[BAB_AL_HAWA, HAMA],
    ),
    ("southern Idlib province", &[KHAN_SHAYKHUN], &[BAB_AL_HAWA]),
    (
        "southern section of Idlib",
        &[KHAN_SHAYKHUN],
        &[BAB_AL_HAWA],
    ),
    (
        "the southern Idlib countryside",
        &[KHAN_SHAYKHUN],
        &[BAB_AL_HAWA],
    ),
    ("southern rural Idlib", &[KHAN_SHAYKHUN], &[BAB_AL_HAWA]),
    ("northern Idlib", &[BAB_AL_HAWA, IDLIB], &[KHAN_SHAYKHUN]),
    (
        "eastern parts of Idlib province",
        &[SARAQIB],
        &[(35.85, 36.30)],
    ),
    (
        "southern edges of Idlib province",
        &[KHAN_SHAYKHUN],
        &[IDLIB],
    ),
    ("countryside of Idlib", &[MAARRAT], &[IDLIB, ALEPPO]),
    (
        "northern countryside of Hama province",
        &[KAFR_ZAYTA],
        &[HOMS, IDLIB],
    ),
    ("northern rural Hama", &[KAFR_ZAYTA], &[HOMS]),
    (
        "north-western rural part of Aleppo province",
        &[AFRIN],
        &[(35.95, 37.60)],
    ),
    (
        "western countryside of Aleppo",
        &[AFRIN],
        &[(36.53, 37.95), IDLIB],
    ),
    ("eastern Homs", &[PALMYRA], &[HOMS]),
    (
        "the far south of Daraa province",
        &[DARAA],
        &[(33.07, 36.18)],
    ),
    (
        "eastern Deir Ezzor countryside",
        &[ABU_KAMAL],
        &[(35.60, 39.70)],
    ),
    (
        "eastern Syria",
        &[DEIR_EZ_ZOR, ABU_KAMAL],
        &[DAMASCUS, IDLIB, BAGHDAD],
    ),
    (
        "northwest Syria",
        &[IDLIB, ALEPPO],
        &[DAMASCUS, DEIR_EZ_ZOR],
    ),
    ("northern Iraq", &[MOSUL], &[(30.5, 47.8), QAMISHLI]),
    (
        "western Anbar",
        &[(33.04, 40.29)],
        &[(33.35, 43.78), PALMYRA],
    ),
    // Several at once.
    (
        "southern Idlib and northern Hama",
        &[KHAN_SHAYKHUN, KAFR_ZAYTA],
        &[BAB_AL_HAWA, HOMS],
    ),
    (
        "Idlib, Aleppo and northern Hama provinces",
        &[IDLIB, ALEPPO, KAFR_ZAYTA],
        &[HOMS],
    ),
    (
        "southern and eastern parts of Idlib province",
        &[KHAN_SHAYKHUN, SARAQIB],
        &[(36.05, 36.40)],
    ),
    (
        "northern and western countryside of Aleppo",
        &[AFRIN],
        &[(35.70, 37.90)],
    ),
    // Borders.
    (
        "near the border with Turkey",
        &[BAB_AL_HAWA, QAMISHLI],
        &[DAMASCUS, MAARRAT, (37.20, 40.00)],
    ),
    (
        "Idlib province near the Turkish border",
        &[BAB_AL_HAWA],
        &[KHAN_SHAYKHUN, QAMISHLI],
    ),
    (
        "Syria/Turkey border Idlib Governorate",
        &[BAB_AL_HAWA],
        &[KHAN_SHAYKHUN, QAMISHLI],
    ),
    (
        "Syrian side of the border with Iraq",
        &[ABU_KAMAL],
        &[DAMASCUS, MOSUL],
    ),
    (
        "the border region of Boukamal",
        &[ABU_KAMAL],
        &[DEIR_EZ_ZOR],
    ),
    (
        "the Boukamal area, near the border with Iraq",
        &[ABU_KAMAL],
        &[DEIR_EZ_ZOR],
    ),
    (
        "Deir ez Zor/Homs border",
        &[],
        &[DEIR_EZ_ZOR, HOMS, DAMASCUS],
    ),
    (
        "southern Lebanon near the Israeli border",
        &[(33.12, 35.43)],
        &[(33.89, 35.50)],
    ),
    // Lines.
    (
        "between Saraqib and Ariha",
        &[(35.84, 36.70)],
        &[ALEPPO, KHAN_SHAYKHUN],
    ),
    (
        "بين سراقب وأريحا",
        &[(35.84, 36.70)],
        &[ALEPPO, KHAN_SHAYKHUN],
    ),
    (
        "the Damascus–Aleppo highway",
        &[SARAQIB, HOMS],
        &[DEIR_EZ_ZOR, IDLIB],
    ),
    ("the M5 highway", &[SARAQIB, HOMS], &[DEIR_EZ_ZOR, IDLIB]),
    (
        "a stretch of the M5 highway near Saraqib",
        &[SARAQIB],
        &[HOMS],
    ),
    ("M4 highway in Idlib", &[ARIHA], &[ALEPPO, QAMISHLI]),
    (
        "the highway between Saraqib and Maarat al-Numan",
        &[(35.75, 36.74)],
        &[HOMS, ALEPPO],
    ),
    (
        "Road 42 between Ithriya and Ar Raqqah",
        &[(35.61, 38.45)],
        &[HAMA, DEIR_EZ_ZOR],
    ),
    (
        "Area between Saraqib, Ariha and Maarat al-Numan",
        &[(35.77, 36.70)],
        &[IDLIB, KHAN_SHAYKHUN],
    ),
    // Distances.
    (
        "12 km south of Idlib city",
        &[(35.822, 36.63)],
        &[IDLIB, (36.04, 36.63)],
    ),
    (
        "12 kilometers (7 miles) south of Idlib city",
        &[(35.822, 36.63)],
        &[IDLIB],
    ),
    (
        "five kilometres west of Saraqib",
        &[(35.864, 36.751)],
        &[SARAQIB, (35.864, 36.86)],
    ),
    (
        "some 20 km east of Aleppo",
        &[(36.20, 37.38)],
        &[ALEPPO, AFRIN],
    ),
    ("west of Mosul", &[(36.34, 43.00)], &[(36.34, 43.30)]),
    ("villages around Maaret al-Numan", &[MAARRAT], &[IDLIB]),
    // In other languages.
    ("ريف إدلب الجنوبي", &[KHAN_SHAYKHUN], &[BAB_AL_HAWA]),
    ("ريف حماة الشمالي", &[KAFR_ZAYTA], &[HOMS]),
    ("قرب الحدود التركية", &[BAB_AL_HAWA, QAMISHLI], &[DAMASCUS]),
    ("شمال غرب سوريا", &[IDLIB], &[DAMASCUS]),
    ("campagne nord de Hama", &[KAFR_ZAYTA], &[HOMS]),
    ("İdlib'in güneyi", &[KHAN_SHAYKHUN], &[BAB_AL_HAWA]),
    // Elsewhere: of some areas nothing but the size is known.
    // Beryslav; then Chaplynka: the source's coast has Kherson itself in the Dnieper.
    ("Kherson oblast", &[(46.84, 33.42)], &[(48.0, 37.8)]),
    (
        "southern Kherson oblast",
        &[(46.36, 33.53)],
        &[(47.2, 33.6)],
    ),
    ("the Donetsk region", &[(48.02, 37.80)], &[(50.45, 30.52)]),
    ("eastern Ukraine", &[(48.02, 37.80)], &[(49.84, 24.03)]),
    ("North Darfur state", &[(13.63, 25.35)], &[(15.55, 32.53)]),
    ("northern Gaza Strip", &[(31.53, 34.48)], &[(31.29, 34.25)]),
    ("Marib governorate", &[(15.46, 45.32)], &[(12.78, 45.04)]),
];

fn located(phrase: &str) -> Location {
    let (gazetteer, basemap) = (Gazetteer::embedded(), Basemap::embedded());
    match gazetteer.resolve(&Query::name(phrase)) {
        Resolution::Region(found) => locate(&found, basemap).unwrap(),
        other => panic!("{phrase}: {other:?}"),
    }
}

fn holds(location: &Location, (lat, lon): (f64, f64)) -> bool {
    let point = Point::new(lon, lat);
    match &location.footprint {
        Footprint::Area(area) => area.contains(&point),
        Footprint::Disc(centre) | Footprint::Point(centre) => {
            disc(*centre, location.radius_km).contains(&point)
        }
    }
}

#[test]
fn shapes_are_valid_and_where_they_should_be() {
    let mut wrong = Vec::new();
    for (phrase, inside, outside) in CASES {
        let location = located(phrase);
        if let Footprint::Area(area) = &location.footprint
            && !area.is_valid()
        {
            wrong.push(format!("{phrase}: not valid"));
        }
        if matches!(location.precision, Precision::Exact) {
            wrong.push(format!("{phrase}: exact"));
        }
        for point in inside.iter().filter(|point| !holds(&location, **point)) {
            wrong.push(format!("{phrase}: lacks {point:?}"));
        }
        for point in outside.iter().filter(|point| holds(&location, **point)) {
            wrong.push(format!("{phrase}: holds {point:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_phrase_has_one_shape() {
    for phrase in [
        "southern Idlib and northern Hama",
        "Idlib province near the Turkish border",
        "the M5 highway",
    ] {
        assert_eq!(located(phrase), located(phrase), "{phrase}");
    }
}

#[test]
fn what_is_no_place_is_not_found() {
    let gazetteer = Gazetteer::embedded();
    for phrase in [
        "several areas",
        "the city",
        "rebel-held areas",
        "Friday prayers",
        "the front line",
        "the de-escalation zone",
        "the Red Sea",
    ] {
        let answer = gazetteer.resolve(&Query::name(phrase));
        assert!(
            matches!(answer, Resolution::Unresolved(_)),
            "{phrase}: {answer:?}"
        );
    }
}
