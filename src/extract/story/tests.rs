//! Tolls that are told over several sentences.

use crate::extract::{Article, Lexicon, extract};
use crate::gazetteer::Gazetteer;
use crate::record::{Count, incidents};

/// Killed and injured of each incident.
fn told(text: &str) -> String {
    let lexicon = Lexicon::english().unwrap();
    let text = format!("BEIRUT, 18 November 2022 (Wire) — {text}\n");
    let article = Article::from_text("a.txt", &text, &lexicon);
    let draft = extract(&article, &lexicon, Gazetteer::embedded()).unwrap();
    let say = |count: Option<Count>| count.map_or("-".to_owned(), |count| count.to_string());
    let all: Vec<String> = incidents(draft.claims.into_iter().map(|row| row.claim))
        .iter()
        .map(|incident| format!("{}/{}", say(incident.killed()), say(incident.injured())))
        .collect();
    all.join(" ")
}

#[test]
fn another_source_makes_a_range() {
    for (text, tolls) in [
        (
            "An air strike on Ariha on Thursday killed six people, the Observatory said. The Civil Defence put the number \
             of dead at nine.",
            "6-9/-",
        ),
        (
            "The Observatory said 11 people were killed in air strikes on Ariha on Thursday. A local council member put \
             the toll at 13, and a rescue worker said at least 15 had died.",
            "11-15+/-",
        ),
        (
            "Rockets hit Mhardeh on Thursday. Three inhabitants were injured; state television says five.",
            "-/3-5",
        ),
        (
            "A car bomb exploded in Tadef on Thursday. The health directorate registered four deaths and ten injuries; a \
             resident said he had seen six bodies.",
            "4-6/10",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn what_is_more_is_added_and_an_update_replaces() {
    for (text, tolls) in [
        (
            "An air strike hit a house in Ariha on Thursday, killing five people. Two more died in hospital overnight.",
            "7/-",
        ),
        (
            "An Israeli strike near Mayadin killed two soldiers on Thursday, state media said. The Observatory said five \
             pro-Iranian fighters had also died.",
            "7/-",
        ),
        (
            "An air strike hit Saraqib on Saturday. The death toll rose to 15 on Sunday, medics said.",
            "15/-",
        ),
        (
            "A car packed with explosives blew up in Afrin on Thursday. Hospital officials first spoke of five dead. They \
             raised the figure to eight after three people had succumbed to their burns.",
            "8/-",
        ),
        (
            "Jets struck Ariha on Thursday, killing two people. The dead were a father and his son.",
            "2/-",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn a_side_tells_its_own() {
    for (text, tolls) in [
        (
            "Clashes broke out near Tal Malah on Thursday between rebels and the army. The military said one soldier had \
             been killed. The rebels said three of their fighters had died.",
            "4/-",
        ),
        (
            "Clashes broke out near Tal Malah on Thursday, leaving 12 dead, a medic said. The army announced that it had \
             lost four of its soldiers.",
            "12/-",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn a_toll_goes_with_its_place() {
    for (text, tolls) in [
        (
            "Air strikes on Thursday killed nine people: six in Ariha and three in Saraqib.",
            "6/- 3/-",
        ),
        (
            "It was a loud night.\n\n\u{2022} 09:15, Saraqib and Tal Mardikh: artillery fire from government positions. \
             Three dead and eight wounded in the two places together.",
            "3/8 -/-",
        ),
        (
            "Shells hit Ariha on Thursday, killing two people. A strike on Sarmin an hour later killed three.\n\nThe \
             shelling of Ariha also damaged a school. Medics said seven people had been wounded there.",
            "2/7 3/-",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn parts_and_what_is_no_longer_so_are_no_figures() {
    for (text, tolls) in [
        (
            "An air strike hit Ariha on Thursday. A monitor put the number of dead at 13. Three of them succumbed on the \
             way to hospital.",
            "13/-",
        ),
        (
            "Rockets hit Ariha on Thursday. Twelve people were wounded. Two of them died in hospital.",
            "2/12",
        ),
        (
            "The death toll of Thursday's air strike on Ariha has risen to 17. Rescuers had counted 15 bodies.",
            "17/-",
        ),
        (
            "A bomb in Azaz killed two policemen and two soldiers on Thursday, a medic said. The ministry confirmed the \
             loss of two soldiers.",
            "4/-",
        ),
        (
            "An air strike on Ariha killed at least 25 people on Thursday, said a committee that on the day itself had \
             spoken of 14.",
            ">=25/-",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn sums_of_a_war_belong_to_no_incident() {
    for (text, tolls) in [
        (
            "A landmine killed three workers near Ariha on Thursday. The group has carried out 98 attacks since 2018, in \
             which 212 soldiers have been killed.",
            "3/-",
        ),
        (
            "A drone hit a car in Ariha on Thursday, killing two people. In all, the week claimed 14 lives.",
            "2/-",
        ),
    ] {
        assert_eq!(told(text), tolls, "{text}");
    }
}

#[test]
fn a_toll_may_come_before_the_place() {
    let text = "Nine people were killed in an air strike, medics said. The strike hit a market in Ariha on Thursday.";
    assert_eq!(told(text), "9/-");
    let text = "Shells fell on Ariha and Saraqib on Thursday. A child died in Ariha; two men were wounded in Saraqib.";
    assert_eq!(told(text), "1/- -/2");
}
