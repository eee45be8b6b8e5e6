//! `dateline resolve`: what a user is promised.

use crate::common::{Desk, stdout};
use serde_json::Value;

fn resolve(args: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["resolve", "--format", "json"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let said = stdout(&Desk::new().dateline(&all).assert().success());
    said.lines()
        .map(|line| serde_json::from_str(line).expect("one object a line"))
        .collect()
}

#[test]
fn one_object_a_name_one_a_line() {
    let answers = resolve(&["Saraqib", "Idlib province", "Xyzzyplugh"]);
    let status: Vec<_> = answers
        .iter()
        .map(|answer| answer["status"].as_str().unwrap())
        .collect();
    assert_eq!(status, ["place", "region", "unresolved"]);
    for answer in &answers {
        for key in [
            "query",
            "status",
            "name",
            "lat",
            "lon",
            "admin1",
            "country",
            "precision",
            "radius_km",
            "score",
            "candidates",
        ] {
            assert!(answer.get(key).is_some(), "{key} of {answer}");
        }
    }
    assert_eq!(answers[0]["precision"], 1);
    assert_eq!(answers[1]["precision"], 4);
    assert!(answers[2]["lat"].is_null());
}

#[test]
fn spellings_of_reports_are_found_where_they_are() {
    // Positions to a hundredth of a degree, as any atlas has them.
    let known = [
        ("Maaret al-Numan", 35.64, 36.67),
        ("معرة النعمان", 35.64, 36.67),
        ("Khan Sheikhun", 35.44, 36.65),
        ("Khan Sheikhoun", 35.44, 36.65),
        ("Boukamal", 34.45, 40.92),
        ("Deir Ezzor", 35.34, 40.14),
        ("Palmyra", 34.56, 38.28),
        ("Kobane", 36.89, 38.35),
    ];
    let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
    for (answer, (name, lat, lon)) in resolve(&names).iter().zip(known) {
        assert_eq!(answer["status"], "place", "{answer}");
        let off = |key: &str, truth: f64| (answer[key].as_f64().unwrap() - truth).abs();
        assert!(
            off("lat", lat) < 0.05 && off("lon", lon) < 0.05,
            "{name}: {answer}"
        );
    }
}

#[test]
fn a_vague_phrase_is_never_a_point() {
    let phrases = [
        "northern countryside of neighbouring Hama province",
        "southern Idlib",
        "near the border with Turkey",
        "eastern Syria",
    ];
    for answer in resolve(&phrases) {
        assert_ne!(answer["status"], "place", "{answer}");
        assert_ne!(answer["precision"], 1, "{answer}");
    }
}

#[test]
fn any_text_gets_an_answer() {
    for text in [
        "",
        " ",
        "-",
        "'",
        "\u{202e}",
        "ال",
        "of",
        "north of",
        &"a".repeat(10_000),
    ] {
        let answers = resolve(&["--", text]);
        assert_eq!(answers.len(), 1, "{text:?}");
    }
}
