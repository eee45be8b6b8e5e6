//! Spellings: what folding reaches, and how sure each match is.

use super::super::{Query, Resolution, Tier};
use super::{gazetteer, said};

#[test]
fn a_score_says_how_the_name_was_found() {
    let gazetteer = gazetteer();
    for (name, tier, score) in [
        ("Ma'arrat al-Nu'man", Tier::Exact, 1.0),
        ("MAʿARRAT AL NUʿMĀN", Tier::Folded, 0.98),
        ("Maarrat an-Numan", Tier::Folded, 0.98),
        ("Maarrat Numan", Tier::ArticleLess, 0.92),
        ("معرة النعمان", Tier::Exact, 1.0),
        ("معره النعمان", Tier::Folded, 0.98),
        ("مَعَرَّة نعمان", Tier::ArticleLess, 0.92),
    ] {
        let Resolution::Place(found) = gazetteer.resolve(&Query::name(name)) else {
            panic!("{name} was not found")
        };
        assert_eq!((found.matched.1, found.score), (tier, score), "{name}");
        assert_eq!(found.name, "Ma'arrat al-Nu'man");
    }
}

#[test]
fn an_alias_is_the_place_and_the_basis_names_it() {
    let gazetteer = gazetteer();
    let Resolution::Place(found) = gazetteer.resolve(&Query::name("Maaret Al-Numan")) else {
        panic!()
    };
    assert_eq!(
        found.basis(),
        "gazetteer: Maaret al-Numan, but for marks and signs"
    );
    assert_eq!(said("ḤAMĀH"), "Hama");
}

#[test]
fn a_missing_article_never_hides_a_bigger_place() {
    assert_eq!(said("Al Bab"), "Al-Bab");
    // A hamlet is written so, but the city is called so too.
    assert_eq!(said("Bab"), "ambiguous: Al-Bab, Bab");
}

#[test]
fn irbin_near_damascus_is_not_erbil() {
    for name in ["'Irbin", "Irbin", "ʿIrbīn", "Arbin", "عربين"] {
        assert_eq!(said(name), "'Irbin", "{name}");
    }
    for name in ["Irbil", "Erbil", "أربيل", "اربيل"] {
        assert_eq!(said(name), "Erbil", "{name}");
    }
}

#[test]
fn a_name_not_known_gives_near_ones_and_places_nothing() {
    let gazetteer = gazetteer();
    let Resolution::Unresolved(near) = gazetteer.resolve(&Query::name("Kafr Mayta")) else {
        panic!()
    };
    assert_eq!(near[0].target.name(), "Kafr Zayta");
    assert!(near.windows(2).all(|pair| pair[0].score >= pair[1].score));
    assert!(
        near.iter().all(|one| one.score < 0.9),
        "nothing guessed scores like a match"
    );
    assert_eq!(
        gazetteer.resolve(&Query::name("Xyzzyx")),
        Resolution::Unresolved(Vec::new())
    );
}

#[test]
fn nothing_asked_is_nothing_found() {
    for name in [
        "", "  ", "—", "'", "the", ";", "and", "of", "()", "near", "'s", "province", "10 km",
    ] {
        assert_eq!(said(name), "none", "{name:?}");
    }
}
