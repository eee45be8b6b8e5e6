//! People of whom a verb before says what became of them.

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::Toll;
use super::groups::one_group;
use super::heads::ordinal;

/// "…, and two men in Y": people of whom the verb before says what became of them.
pub(in crate::extract) fn gapped(
    s: &Sentence<'_>,
    numbers: &[Number],
    found: &mut Vec<Toll>,
    spots: &[Range<usize>],
) {
    divided(s, numbers, found, spots);
    let mut more: Vec<Toll> = Vec::new();
    for number in numbers {
        let start = number.tokens.start;
        if found.iter().any(|toll| toll.tokens.contains(&start)) {
            continue;
        }
        let and = s.has(start.saturating_sub(1), Role::And) || s.before(start) == ",";
        let Some(last) = found.iter().rev().find(|toll| toll.tokens.end <= start) else {
            continue;
        };
        let Some(group) = one_group(s, numbers, start, s.len()) else {
            continue;
        };
        let placed = spots
            .iter()
            .any(|spot| spot.start > group.tokens.end && spot.start - group.tokens.end <= 3)
            && matches!(s.lower(group.tokens.end), "in" | "at" | "near" | "on");
        let between = spots
            .iter()
            .any(|spot| spot.start >= last.tokens.start && spot.end <= start);
        if and && placed && between {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                ..last.clone()
            });
        }
    }
    // "The army has lost 12 men, the factions nine."
    for number in numbers {
        let start = number.tokens.start;
        let side = start >= 3
            && (s.has(start - 1, Role::Person) || s.has(start - 1, Role::Force))
            && s.lower(start - 2) == "the"
            && s.lower(start - 3) == ","
            && !s.is_word(number.tokens.end);
        let last = found.iter().rev().find(|toll| {
            toll.tokens.end <= start && (toll.tokens.clone()).any(|at| s.lower(at) == "lost")
        });
        if let Some(last) = last.filter(|_| side) {
            more.push(Toll {
                tokens: number.tokens.clone(),
                count: number.count,
                ..last.clone()
            });
        }
    }
    // "the death of 14 soldiers and of nine fighters"
    for number in numbers {
        let start = number.tokens.start;
        let of = s.before(start) == "of" && start >= 2 && s.lower(start - 2) == "and";
        let last = found.iter().rev().find(|toll| {
            toll.tokens.end <= start
                && toll.tokens.clone().any(|at| {
                    s.tag(at, Role::Dead)
                        .or_else(|| s.tag(at, Role::Hurt))
                        .is_some_and(|tag| tag.value == "of")
                })
        });
        if let Some(last) = last.filter(|_| of)
            && found.iter().all(|toll| !toll.tokens.contains(&start))
            && let Some(group) = one_group(s, numbers, start, s.len()).filter(|group| group.said)
        {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                ..last.clone()
            });
        }
    }
    // "A man died on the spot and his wife at noon in hospital."
    for at in 1..s.len() {
        let his = s.before(at) == "and"
            && matches!(s.lower(at), "his" | "her" | "their" | "a" | "another");
        let Some(group) = his.then(|| one_group(s, numbers, at, s.len())).flatten() else {
            continue;
        };
        let end = group.tokens.end;
        let placed = matches!(
            s.lower(end),
            "at" | "in" | "on" | "later" | "shortly" | "hours" | "minutes"
        );
        let verb = (end..s.len())
            .take_while(|i| !matches!(s.lower(*i), "." | ";"))
            .any(|i| {
                s.has(i, Role::Dead)
                    || s.has(i, Role::Hurt)
                    || s.has(i, Role::Verb)
                    || matches!(s.lower(i), "was" | "were")
            });
        let last = found.iter().rev().find(|toll| {
            toll.tokens.end < at
                && toll
                    .tokens
                    .clone()
                    .any(|i| matches!(s.lower(i), "died" | "perished"))
        });
        if let Some(last) = last.filter(|_| placed && !verb)
            && found.iter().all(|toll| !toll.tokens.contains(&at))
        {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                more: false,
                ..last.clone()
            });
        }
    }
    // "Four militiamen were killed, as were three of the attackers.", "…, and so was a woman"
    for at in 2..s.len() {
        let so = matches!(s.before(at), "were" | "was" | "did")
            && matches!(s.lower(at - 2), "as" | "so");
        let last = found
            .iter()
            .rev()
            .find(|toll| toll.tokens.end < at && at - toll.tokens.end < 8);
        if let Some(last) = last.filter(|_| so)
            && found.iter().all(|toll| !toll.tokens.contains(&at))
            && let Some(group) = one_group(s, numbers, at, s.len())
        {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                ..last.clone()
            });
        }
    }
    // "Three died at the scene and a fourth on the way to hospital."
    for at in 0..s.len() {
        let Some(group) = (s.before(at) == "and" && s.lower(at) == "a")
            .then(|| one_group(s, numbers, at, s.len()))
            .flatten()
            .filter(|_| ordinal(s.lower(at + 1)).is_some())
        else {
            continue;
        };
        let end = group.tokens.end;
        // "a fourth, aged 17, was shot"
        let behind = (end + 1..end + 5)
            .find(|i| s.lower(*i) == ",")
            .filter(|_| s.lower(end) == ",")
            .map_or(end, |comma| comma + 1);
        let told = found.iter().any(|toll| toll.tokens.contains(&at))
            || (end..end + 3)
                .chain(behind..behind + 4)
                .any(|i| s.has(i, Role::Dead) || s.has(i, Role::Hurt));
        if let Some(last) = found
            .iter()
            .rev()
            .find(|toll| toll.tokens.end < at && at - toll.tokens.end < 8)
            && !told
        {
            more.push(Toll {
                tokens: group.tokens,
                count: group.count,
                more: false,
                ..last.clone()
            });
        }
    }
    found.extend(more);
}

/// "cost six lives: four in X, two in Y": each with its place, and no sum.
fn divided(s: &Sentence<'_>, numbers: &[Number], found: &mut Vec<Toll>, spots: &[Range<usize>]) {
    let Some(sum) = found.iter().position(|toll| {
        (toll.tokens.end..toll.tokens.end + 3)
            .any(|at| matches!(s.lower(at), ":" | "—" | "–" | ","))
    }) else {
        return;
    };
    let Some(whole) = found.get(sum).cloned() else {
        return;
    };
    let parts: Vec<Toll> = numbers
        .iter()
        .filter(|number| number.tokens.start > whole.tokens.end)
        .filter(|number| {
            let end = number.tokens.end;
            (end..end + 4).any(|at| {
                s.has(at, Role::Where)
                    && spots
                        .iter()
                        .any(|spot| spot.start == at + 1 || spot.start == at)
            })
        })
        .map(|number| Toll {
            tokens: number.tokens.clone(),
            count: number.count,
            ..whole.clone()
        })
        .collect();
    let total: u64 = parts.iter().map(|part| part.count.central()).sum();
    if parts.len() > 1 && total == whole.count.central() {
        found.remove(sum); // a position in it
        found.retain(|toll| parts.iter().all(|part| part.tokens != toll.tokens));
        found.extend(parts);
    }
}
