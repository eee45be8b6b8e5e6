//! That nobody was harmed.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::Harm;

/// Whether some tokens say that nobody was harmed: "there were no casualties".
pub(in crate::extract) fn nobody(s: &Sentence<'_>, range: Range<usize>) -> Vec<Harm> {
    let one = |role| {
        range.clone().any(|at| {
            s.lower(at) == "no"
                && s.lower(at + 1) == "one"
                && (at + 2..at + 6).any(|i| s.has(i, role) || s.lower(i) == "harmed")
        })
    };
    // "nobody was hurt", "people are unharmed"
    let nobody = |role| {
        range.clone().any(|at| {
            s.lower(at) == "none"
                && s.lower(at + 1) == "of"
                && (at + 2..at + 9).any(|i| s.has(i, role))
                || matches!(s.lower(at), "nobody" | "none")
                    && (at + 1..at + 5).any(|i| s.has(i, role) || s.lower(i) == "harmed")
        })
    };
    let unharmed = range.clone().any(|at| {
        matches!(s.lower(at), "unharmed" | "unhurt" | "unscathed")
            // "He came away unharmed": others perhaps did not.
            && ((range.start..at).any(|i| matches!(s.lower(i), "were" | "are" | "all" | "everyone" | "they" | "people")))
            && !(at.saturating_sub(3)..at).any(|i| {
                // "The official himself was unharmed": others perhaps were not.
                matches!(s.lower(i), "not" | "one" | "only" | "himself" | "herself")
            })
            || s.lower(at) == "without"
                && matches!(s.lower(at + 1), "hurting" | "harming" | "injuring")
                && matches!(
                    s.lower(at + 2),
                    "anyone" | "anybody" | "people" | "civilians"
                )
    });
    // "people were not hurt", "not a single person was hurt", "only material damage"
    let spared = range.clone().any(|at| {
        s.lower(at) == "not"
            && (s.has(at + 1, Role::Hurt) && matches!(s.before(at), "were" | "was")
                || s.lower(at + 1) == "a" && s.lower(at + 2) == "single")
            || s.lower(at) == "material"
                && s.lower(at + 1) == "damage"
                && (s.before(at) == "only" || s.lower(at + 2) == "only")
            || s.lower(at) == "no" && s.lower(at + 1) == "human" && s.lower(at + 2) == "losses"
    });
    let deaths = range.clone().any(|at| {
        s.lower(at) == "no"
            && matches!(s.lower(at + 1), "deaths" | "fatalities" | "dead")
            && !(at + 2..at + 6).any(|i| {
                matches!(
                    s.lower(i),
                    "known" | "reported" | "recorded" | "registered" | "confirmed" | "documented"
                )
            })
            || s.lower(at) == "without" && s.lower(at + 1) == "killing"
    });
    let mut words = range.clone();
    let none = words.any(|at| {
        let no = s.lower(at) == "no"
            || s.lower(at) == "any"
                && (range.start..at).any(|i| matches!(s.lower(i), "without" | "not"));
        let no = no
            || s.lower(at) == "without" && s.lower(at + 1) == "causing"
            || s.lower(at) == "neither" && s.lower(at + 1) != "side";
        let casualties = (at + 1..at + 4)
            .any(|i| matches!(s.lower(i), "casualties" | "injuries" | "losses" | "victims"));
        let reported = range.clone().any(|i| {
            matches!(
                s.lower(i),
                "reported"
                    | "reports"
                    | "report"
                    | "reporting"
                    | "immediate"
                    | "immediately"
                    | "known"
                    | "information"
                    | "word"
                    | "details"
                    | "figures"
                    | "documented"
                    | "recorded"
                    | "confirmed"
                    | "available"
                    | "whether"
                    | "clear"
            )
        });
        no && casualties && !reported
    });
    // "started a fire but hurt no one", "nobody came to harm"
    let no_one = range.clone().any(|at| {
        let object = matches!(s.lower(at + 1), "nobody" | "none")
            || s.lower(at + 1) == "no" && s.lower(at + 2) == "one";
        (s.has(at, Role::Hurt) || matches!(s.lower(at), "harming" | "harmed")) && object
            || s.lower(at) == "came"
                && s.lower(at + 1) == "to"
                && s.lower(at + 2) == "harm"
                && (at.saturating_sub(3)..at)
                    .any(|i| matches!(s.lower(i), "nobody" | "one" | "none"))
    });
    // "No one else was hurt."
    let other = range.clone().any(|at| {
        s.lower(at) == "else"
            && matches!(s.before(at), "one" | "nobody")
            && (at + 1..at + 4).any(|i| s.has(i, Role::Hurt))
    });
    if other {
        return vec![Harm::Hurt];
    }
    let none = none || unharmed || spared || no_one;
    let dead = one(Role::Dead) || nobody(Role::Dead) || deaths;
    match (none, dead, one(Role::Hurt) || nobody(Role::Hurt)) {
        (true, ..) | (_, _, true) => vec![Harm::Dead, Harm::Hurt],
        (_, true, _) => vec![Harm::Dead],
        _ => Vec::new(),
    }
}
