//! Which incidents a text tells of: kind, place and day of each.

use crate::extract::{Article, Lexicon, extract};
use crate::gazetteer::Gazetteer;
use crate::record::incidents;

/// "2022-11-17 Ariha Air/drone strike" of each incident.
fn told(text: &str) -> Vec<String> {
    let lexicon = Lexicon::english().unwrap();
    let text = format!("BEIRUT, 18 November 2022 (Wire) — {text}\n");
    let article = Article::from_text("a.txt", &text, &lexicon);
    let draft = extract(&article, &lexicon, Gazetteer::embedded()).unwrap();
    incidents(draft.claims.into_iter().map(|row| row.claim))
        .iter()
        .map(|incident| {
            let first = incident.claims().next().unwrap();
            let place = first.place.as_deref().unwrap_or("?");
            format!("{} {place} {}", incident.when(), first.kind)
        })
        .collect()
}

#[test]
fn phrases_tell_of_events() {
    for (text, kind) in [
        (
            "Unknown men set tents on fire in Binnish on Thursday.",
            "Looting",
        ),
        (
            "Gunmen dragged a pharmacist into a car in Binnish on Thursday.",
            "Abduction",
        ),
        (
            "Soldiers took away eleven men in Binnish on Thursday.",
            "Arrests",
        ),
        (
            "Several hundred graduates blocked the road at Binnish on Thursday.",
            "protest",
        ),
        (
            "A post in Binnish was attacked with drones on Thursday.",
            "drone",
        ),
        (
            "Protesters set fire to the offices of a party in Binnish on Thursday.",
            "demonstration",
        ),
    ] {
        let found = told(text);
        assert!(
            found.iter().any(|one| one.contains(kind)),
            "{text} {found:?}"
        );
    }
}

#[test]
fn what_did_not_happen_is_none() {
    for text in [
        "The collapse of a house in Binnish on Thursday was due to its age and not to any bombardment.",
        "Reports that Binnish had been shelled on Thursday were denied by its mayor.",
        "Protests are called for Friday in Binnish.",
        "A monitor spoke of rockets on Binnish. Residents said nothing of the sort had happened.",
    ] {
        assert_eq!(told(text), [""; 0], "{text}");
    }
}

#[test]
fn the_day_of_a_death_is_not_that_of_the_attack() {
    for text in [
        "A girl who had been wounded in Tuesday's shelling of Sarmin died on Thursday in hospital.",
        "A boy died on Thursday of the wounds he suffered on Tuesday, when shelling hit Sarmin.",
    ] {
        let found = told(text);
        assert!(
            found.iter().all(|one| one.starts_with("2022-11-15")) && found.len() == 1,
            "{text} {found:?}"
        );
    }
}

#[test]
fn a_sentence_may_set_the_scene() {
    let found = told(
        "The traders of Saraqib had just opened their shops on Tuesday when planes appeared overhead in Saraqib. \
         Bombs fell on the market street, killing nine.",
    );
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("2022-11-15 Saraqib")),
        "{found:?}"
    );
}

#[test]
fn parts_keep_their_name() {
    let found = told("Shells hit the al-Kashef neighbourhood of Daraa city on Tuesday.");
    assert!(
        found
            .iter()
            .any(|one| one.contains("al-Kashef") && one.contains("Daraa city")),
        "{found:?}"
    );
}
