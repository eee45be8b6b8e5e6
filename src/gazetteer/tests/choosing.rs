//! One name, several places: a test for each rule of `choose.rs`.

use super::super::{Part, Query, Resolution};
use super::{answer, gazetteer, hinted, said};

#[test]
fn one_name_in_two_governorates_needs_a_hint() {
    assert_eq!(said("Tall Ahmar"), "ambiguous: Tall Ahmar, Tall Ahmar");
    let gazetteer = gazetteer();
    for (admin1, id) in [
        ("Idlib", "13"),
        ("Idleb Governorate", "13"),
        ("SY07", "13"),
        ("محافظة إدلب", "13"),
        ("hamah", "14"),
    ] {
        let query = Query {
            admin1: Some(admin1),
            country: Some("Syria"),
            ..Query::name("Tall Ahmar")
        };
        let Resolution::Place(found) = gazetteer.resolve(&query) else {
            panic!("{admin1}")
        };
        assert_eq!(
            found.ground.parts()[0],
            gazetteer
                .places()
                .find(|p| p.id() == id)
                .map(as_part)
                .unwrap(),
            "{admin1}"
        );
        assert_eq!(found.score, 1.0);
    }
}

fn as_part(place: super::super::Place<'_>) -> super::super::Part<'_> {
    super::super::Ground::Point(place).parts()[0].clone()
}

#[test]
fn a_hint_rules_out_and_the_candidates_say_so() {
    assert_eq!(hinted("Hazano", "Hama", "Syria"), "none");
    assert_eq!(hinted("Hazano", "", "IQ"), "none");
    let gazetteer = gazetteer();
    let query = Query {
        admin1: Some("Hama"),
        ..Query::name("Hazano")
    };
    let Resolution::Unresolved(candidates) = gazetteer.resolve(&query) else {
        panic!()
    };
    assert!(candidates[0].ruled_out && candidates[0].target.name() == "Hazano");
}

#[test]
fn countries_are_known_by_name_code_and_adjective() {
    for country in [
        "SY",
        "sy",
        "SYR",
        "Syria",
        "Syrian Arab Republic",
        "سوريا",
        "Syrian",
    ] {
        assert_eq!(hinted("Hazano", "", country), "Hazano", "{country}");
    }
    assert_eq!(hinted("Hazano", "", "Atlantis"), "none");
}

#[test]
fn a_hint_that_is_not_known_costs_score_but_finds() {
    let gazetteer = gazetteer();
    let query = Query {
        admin1: Some("Badia"),
        ..Query::name("Hazano")
    };
    let Resolution::Place(found) = gazetteer.resolve(&query) else {
        panic!()
    };
    assert_eq!(found.score, 0.95);
    assert!(found.basis().contains("hint"));
}

#[test]
fn damascus_as_a_hint_takes_in_its_countryside() {
    assert_eq!(hinted("Douma", "Damascus", "Syria"), "Duma");
    assert_eq!(hinted("Douma", "Rif Dimashq", "Syria"), "Duma");
    assert_eq!(hinted("Douma", "Idlib", "Syria"), "none");
}

#[test]
fn a_bare_name_is_the_seat_not_the_governorate() {
    assert_eq!(said("Idlib"), "Idlib");
    assert_eq!(said("Idlib province"), "region: Idlib governorate");
    assert_eq!(hinted("Idlib", "Idlib", "Syria"), "Idlib");
}

#[test]
fn a_spelling_that_only_the_area_has_is_its_seat_if_alike() {
    assert_eq!(said("Boukamal"), "Abu Kamal");
    assert_eq!(said("town of Boukamal"), "Abu Kamal");
    // A name of an area without a seat of like name stays the area.
    assert_eq!(said("Rif Dimashq"), "region: Rural Damascus governorate");
}

#[test]
fn home_wins_over_no_more_prominent_places_abroad() {
    let gazetteer = gazetteer();
    let Resolution::Place(found) = gazetteer.resolve(&Query::name("Qadas")) else {
        panic!()
    };
    assert_eq!(
        (found.ground.country().as_deref(), found.score),
        (Some("SY"), 0.95)
    );
    // A city abroad is not outdone by a village at home; it outdoes it.
    let Resolution::Place(found) = gazetteer.resolve(&Query::name("Marj")) else {
        panic!()
    };
    assert_eq!(found.ground.country().as_deref(), Some("TR"));
    // Two towns: the larger one abroad is as likely.
    assert_eq!(said("Sindar"), "ambiguous: Sindar, Sindar");
    let abroad = gazetteer.with_home(*b"TR");
    let Resolution::Place(found) = abroad.resolve(&Query::name("Qadas")) else {
        panic!()
    };
    assert_eq!(found.ground.country().as_deref(), Some("TR"));
}

#[test]
fn a_village_abroad_does_not_hide_a_governorate() {
    assert_eq!(said("Anbar"), "region: Anbar governorate");
    assert_eq!(hinted("Anbar", "", "Turkey"), "Anbar");
}

#[test]
fn two_entries_for_one_spot_are_one_place() {
    let gazetteer = gazetteer();
    let Resolution::Place(found) = gazetteer.resolve(&Query::name("Saraqib")) else {
        panic!()
    };
    assert_eq!((found.score, found.notes.len()), (1.0, 0));
}

#[test]
fn a_town_outdoes_a_village_of_its_name_at_a_price() {
    let gazetteer = gazetteer();
    let Resolution::Place(found) = gazetteer.resolve(&Query::name("Salamiyah")) else {
        panic!()
    };
    assert_eq!(found.ground.admin1().map(|area| area.name()), Some("Hama"));
    assert_eq!(found.score, 0.95);
    assert_eq!(hinted("Salamiyah", "Idlib", "SY"), "Salamiyah");
}

#[test]
fn a_country_is_the_country() {
    assert_eq!(said("Syria"), "region: Syria");
    assert_eq!(said("Türkiye"), "region: Turkey");
}

#[test]
fn a_mountain_is_ground_not_a_point() {
    assert_eq!(said("Jabal al-Zawiya"), "region: Jabal Zawiya");
    assert_eq!(said("Jabal Zawiya mountain"), "region: Jabal Zawiya");
    assert_eq!(said("town of Jabal Zawiya"), "none");
    assert_eq!(
        said("Hazano mountain"),
        "none",
        "the mountain of a village is not the village"
    );
    // It reaches over into Hama, whose middle is not far.
    assert_eq!(hinted("Jabal Zawiya", "Hama", "SY"), "region: Jabal Zawiya");
    assert_eq!(hinted("Jabal Zawiya", "Deir ez-Zor", "SY"), "none");
    let gazetteer = gazetteer();
    let Resolution::Region(plain) = gazetteer.resolve(&Query::name("Ghab Plain")) else {
        panic!()
    };
    let Part::Around { radius_km, .. } = plain.ground.parts()[0] else {
        panic!()
    };
    assert_eq!(radius_km, 25.0, "its own reach, not that of its kind");
}

#[test]
fn a_place_of_unknown_governorate_is_not_ruled_out_by_one_of_its_country() {
    assert_eq!(hinted("Harf", "Hama", "SY"), "Harf");
    assert_eq!(
        answer(
            &gazetteer(),
            &Query {
                admin1: Some("Anbar"),
                ..Query::name("Harf")
            }
        ),
        "none"
    );
}
