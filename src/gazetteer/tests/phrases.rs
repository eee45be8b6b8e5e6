//! Phrases: what ground they stand for, and that a vague one is never a point.

use super::super::{Ground, Query, Resolution};
use super::{gazetteer, hinted, said};
use crate::record::Precision;

#[test]
fn phrases_of_news_reports_are_ground() {
    for (phrase, expected) in [
        (
            "northwestern province of Idlib",
            "region: Idlib governorate",
        ),
        ("Syria's Idlib province", "region: Idlib governorate"),
        ("Syria’s Idlib province", "region: Idlib governorate"),
        ("Idleb Governorate", "region: Idlib governorate"),
        ("محافظة إدلب", "region: Idlib governorate"),
        ("main road near Hazano, Syria", "region: around Hazano"),
        (
            "the Boukamal area, near the border with Iraq",
            "region: around Abu Kamal",
        ),
        ("border region of Boukamal", "region: around Abu Kamal"),
        (
            "Boukamal region in Deir Ezzor, Syria, along the Iraqi border",
            "region: around Abu Kamal",
        ),
        (
            "the strategic rebel-held town of Maaret al-Numan and surrounding villages",
            "region: around Ma'arrat al-Nu'man",
        ),
        (
            "western and northern neighborhoods of Maaret al-Numan",
            "Ma'arrat al-Nu'man",
        ),
        (
            "eastern parts of Idlib province",
            "region: eastern Idlib governorate",
        ),
        ("the city of Irbil in northern Iraq", "Erbil"),
        (
            "eastern Syria near a strategic border crossing with Iraq",
            "region: eastern Syria",
        ),
        (
            "northern countryside of neighbouring Hama province",
            "region: northern Hama governorate",
        ),
        (
            "north-western rural part of Hama province",
            "region: north-western Hama governorate",
        ),
        (
            "southern section of Idlib",
            "region: southern Idlib governorate",
        ),
        (
            "southern edges of the rebel-held Idlib province",
            "region: southern edge of Idlib governorate",
        ),
        (
            "Idlib's northern countryside",
            "region: northern Idlib governorate",
        ),
        (
            "northern and western countryside of Hama",
            "region: northern Hama governorate and western Hama governorate",
        ),
        ("ريف حماة الشمالي", "region: northern Hama governorate"),
        ("شمال غرب سوريا", "region: north-western Syria"),
        ("قرب الحدود التركية", "region: border of Syria with Turkey"),
        ("Idlib, Syria", "region: Idlib governorate"),
        ("Hazano, Syria", "Hazano"),
        ("the capital", "Damascus"),
        ("Hazano village of Idlib province", "Hazano"),
        ("the M5 highway", "region: M5"),
        (
            "the Damascus–Hama highway",
            "region: between Damascus and Hama",
        ),
        (
            "between Saraqib and Hazano",
            "region: between Saraqib and Hazano",
        ),
        (
            "south of Idlib province",
            "region: southern Idlib governorate",
        ),
        (
            "Idlib/Hama border",
            "region: border of Idlib governorate and Hama governorate",
        ),
        (
            "Syria/Turkey border Idlib Governorate",
            "region: Idlib governorate",
        ),
        (
            "southern Idlib and northern Hama",
            "region: southern Idlib governorate and northern Hama governorate",
        ),
        (
            "Idlib and Hama provinces",
            "region: Idlib governorate and Hama governorate",
        ),
        (
            "Hama countryside",
            "region: countryside of Hama governorate",
        ),
        (
            "Northern Hama Governorate",
            "region: northern Hama governorate",
        ),
        ("Salamiyah district", "region: Salamiyah district"),
        ("a military base in Iraq", "region: Iraq"),
        (
            "near the border with Turkey",
            "region: border of Syria with Turkey",
        ),
        ("the Syrian side of the border", "region: Syria"),
        (
            "Syrian-Iraqi border",
            "region: border of Syria with Iraq and border of Iraq with Syria",
        ),
        (
            "around the town of Hazano on the southern edges of the rebel-held Idlib province",
            "region: around Hazano",
        ),
        ("Kafr Zayta countryside", "region: around Kafr Zayta"),
        ("12 km from Saraqib", "region: around Saraqib"),
        ("12 km north of Saraqib", "region: north of Saraqib"),
        (
            "12 kilometres (7 miles) north-west of Saraqib",
            "region: north-west of Saraqib",
        ),
        ("a depot east of Saraqib", "region: east of Saraqib"),
        ("Hazano (Idlib province)", "Hazano"),
        ("Duma/Douma town", "Duma"),
        ("Foo/Hazano village", "Hazano"),
    ] {
        assert_eq!(said(phrase), expected, "{phrase}");
    }
}

#[test]
fn what_is_not_understood_is_left_alone() {
    for phrase in [
        "Hama airport road",
        "Hama Street, Gaziantep",
        "Damascus Gate in Erbil",
        "Foo village in Idlib province",
        "Foo, Idlib",
        "Hazano and Foo",
        "near Idlib province",
        "Silos east of Nowhere/Hama",
        "Foo (Hama)",
        "Foo/Hama",
        "near the Syrian border",
        "northern",
        "the country's northwest",
        "400 km north of Idlib",
        "Hazano, Iraq",
    ] {
        assert_eq!(said(phrase), "none", "{phrase}");
    }
}

#[test]
fn hints_within_a_phrase_count() {
    assert_eq!(said("Tall Ahmar, Hama"), "Tall Ahmar");
    assert_eq!(
        said("Tall Ahmar village in Idlib province, Syria"),
        "Tall Ahmar"
    );
    assert_eq!(said("Hazano, Hama"), "none");
    assert_eq!(
        hinted("the province's northern countryside", "Idlib", "SY"),
        "region: northern Idlib governorate"
    );
    assert_eq!(
        hinted("the country's northwest", "", "SY"),
        "region: north-western Syria"
    );
    assert_eq!(
        hinted("near the border with Syria", "", "Iraq"),
        "region: border of Iraq with Syria"
    );
    // "near Saraqib" tells the two apart.
    assert_eq!(said("the village of Tall Ahmar near Saraqib"), "Tall Ahmar");
}

#[test]
fn a_vague_phrase_says_how_vague() {
    let gazetteer = gazetteer();
    for (phrase, precision, words) in [
        ("near Hazano", Precision::Near, "10 km around Hazano"),
        ("Hazano area", Precision::Near, "15 km around Hazano"),
        (
            "border region of Hazano",
            Precision::Near,
            "25 km around Hazano",
        ),
        (
            "90 km from Hazano",
            Precision::Fuzzy,
            "101 km around Hazano",
        ),
        (
            "northern Idlib",
            Precision::Fuzzy,
            "that side of its centroid",
        ),
        (
            "12 km north of Hazano",
            Precision::Near,
            "9–15 km north of it",
        ),
        (
            "Hama countryside",
            Precision::Governorate,
            "without the town of Hama",
        ),
        (
            "a building in Idlib province",
            Precision::Governorate,
            "the whole of Idlib governorate",
        ),
        (
            "eastern Syria",
            Precision::Fuzzy,
            "that side of its centroid",
        ),
        (
            "southern Idlib and northern Hama",
            Precision::Fuzzy,
            "that side of its centroid",
        ),
        ("Syria and Iraq", Precision::International, "Syria"),
    ] {
        let Resolution::Region(found) = gazetteer.resolve(&Query::name(phrase)) else {
            panic!("{phrase}")
        };
        assert_eq!(found.precision(), precision, "{phrase}");
        assert!(found.basis().contains(words), "{phrase}: {}", found.basis());
    }
}

#[test]
fn a_road_stands_alone_only_by_its_number_with_a_letter() {
    let gazetteer = gazetteer();
    let resolve = |name| gazetteer.resolve(&Query::name(name));
    for road in ["M5", "M-4", "international highway", "Highway 1"] {
        assert!(matches!(resolve(road), Resolution::Region(_)), "{road}");
    }
    for word in ["International", "international", "1", "42"] {
        assert!(matches!(resolve(word), Resolution::Unresolved(_)), "{word}");
    }
}

#[test]
fn no_vague_word_leaves_a_point() {
    let gazetteer = gazetteer();
    let places: Vec<_> = gazetteer
        .places()
        .filter(|place| place.population().is_some())
        .collect();
    for vague in [
        "near {}",
        "{} area",
        "northern {}",
        "{} countryside",
        "outskirts of {}",
        "villages around {}",
        "{} border",
        "5 km from {}",
    ] {
        for place in &places {
            let phrase = vague.replace("{}", place.name());
            match gazetteer.resolve(&Query::name(&phrase)) {
                Resolution::Place(found) => panic!("{phrase} became the point {}", found.name),
                Resolution::Region(found) => assert!(matches!(found.ground, Ground::Parts(_))),
                _ => {}
            }
        }
    }
}
