//! How many were killed and injured, as a clause says it.

mod groups;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(super) use groups::people;
use groups::{head, named, named_and_others, one_group, somebody};

use super::lexicon::Role;
use super::numbers::Number;
use super::sentence::Sentence;
use crate::record::Count;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    Dead,
    Hurt,
}

/// A toll.
#[derive(Clone, Debug)]
pub(super) struct Toll {
    pub harm: Harm,
    pub count: Count,
    /// The number and the word that says what became of them.
    pub tokens: Range<usize>,
    /// "rose to 11": takes the place of what was said before.
    pub update: bool,
    /// "the eight": said before.
    pub known: bool,
    /// "treated 15": of those whom others counted.
    pub again: bool,
}

/// A stretch that counts people: "four soldiers and two civilians".
#[derive(Clone, Debug)]
pub(super) struct People {
    pub tokens: Range<usize>,
    pub count: Count,
    pub known: bool,
    /// Families or households.
    pub families: bool,
    /// The noun says that they are people.
    pub said: bool,
}

/// Every toll of some tokens.
pub(super) fn tolls(s: &Sentence<'_>, numbers: &[Number], range: Range<usize>) -> Vec<Toll> {
    let aside = asides(s, range.clone());
    let mut found: Vec<Toll> = Vec::new();
    let mut skip_to = 0;
    for at in range.clone() {
        if at < skip_to || aside.get(at).copied().unwrap_or(false) {
            continue;
        }
        for (role, harm) in [(Role::Dead, Harm::Dead), (Role::Hurt, Harm::Hurt)] {
            let Some(tag) = s.tag(at, role) else { continue };
            // "died of her wounds", "succumbed to the injuries"
            if matches!(s.lower(at), "wounds" | "wound" | "injuries")
                && matches!(
                    s.before(at),
                    "his"
                        | "her"
                        | "their"
                        | "the"
                        | "of"
                        | "to"
                        | "from"
                        | "with"
                        | "war"
                        | "shrapnel"
                )
            {
                continue;
            }
            // "three of the wounded died"
            if s.before(at) == "the" && tag.value != "toll" && tag.value != "of" {
                continue;
            }
            if found.iter().any(|toll| toll.tokens.contains(&at)) && tag.value != "verb" {
                continue;
            }
            let before = || before(s, numbers, &aside, range.start, at);
            let after = |from: usize| after(s, numbers, from, range.end);
            let people = match tag.value {
                "of" => after(tag.end()),
                "toll" => toll_number(s, numbers, tag.end(), range.end)
                    .map(|people| (people, true))
                    .map(|(p, _)| p),
                "lost" => after(tag.end()).filter(|people| {
                    people.said && people.tokens.clone().any(|i| s.has(i, Role::Person))
                }),
                // "claimed three lives"
                "claimed" => {
                    let number = numbers
                        .iter()
                        .find(|number| number.tokens.end <= at && at - number.tokens.end <= 2);
                    let claimed = number
                        .filter(|number| number.count.central() < 2000)
                        .filter(|number| {
                            (number.tokens.start.saturating_sub(3)..number.tokens.start).any(|i| {
                                matches!(
                                    s.lower(i),
                                    "claimed"
                                        | "claiming"
                                        | "claims"
                                        | "cost"
                                        | "costing"
                                        | "took"
                                        | "taking"
                                        | "takes"
                                )
                            })
                        });
                    claimed.map(|number| People {
                        tokens: number.tokens.start..at + 1,
                        count: number.count,
                        known: false,
                        families: false,
                        said: true,
                    })
                }
                // "nine bodies had reached the morgue"; "eight more bodies" are perhaps counted before.
                "bodies" => numbers
                    .iter()
                    .find(|number| number.tokens.end == at && !number.more)
                    .filter(|number| {
                        !matches!(s.before(at), "more" | "other") && number.count.best().is_some()
                    })
                    .map(|number| People {
                        tokens: number.tokens.start..at + 1,
                        count: number.count,
                        known: false,
                        families: false,
                        said: true,
                    }),
                "none" => None,
                // "were taken to the military hospital"
                "hospital" => {
                    if !(tag.end()..tag.end() + 5).any(|i| s.has(i, Role::Hospital)) {
                        continue;
                    }
                    // "18 bodies were brought to the hospital"
                    before().filter(|people| {
                        !matches!(s.lower(people.tokens.end), "bodies" | "dead" | "corpses")
                    })
                }
                // "died of cold" is no one's doing.
                "passive"
                    if matches!(s.lower(tag.end()), "of" | "from")
                        && !(tag.end() + 1..tag.end() + 4)
                            .any(|at| matches!(s.lower(at), "wounds" | "injuries")) =>
                {
                    continue;
                }
                // "he died": perhaps counted before.
                "passive" if matches!(s.before(at), "he" | "she") => Some(People {
                    tokens: at - 1..tag.end(),
                    count: Count::exactly(1),
                    known: true,
                    families: false,
                    said: true,
                }),
                "after" | "passive" => before().or_else(|| {
                    (s.lower(tag.end()) == ":")
                        .then(|| after(tag.end() + 1))
                        .flatten()
                }),
                _ => {
                    let passive = is_passive(s, at, range.start);
                    let direct = after(tag.end() + usize::from(s.lower(tag.end()) == ":"));
                    // "he was killed"
                    let one = passive
                        && at >= 2
                        && matches!(s.before(at), "was" | "been")
                        && (at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "he" | "she"));
                    if one {
                        Some(People {
                            tokens: at - 1..tag.end(),
                            count: Count::exactly(1),
                            known: true,
                            families: false,
                            said: true,
                        })
                    } else if passive {
                        // "a child who was passing by was killed"
                        let relative = s.lower(range.start) == "who";
                        before()
                            .or_else(|| {
                                relative
                                    .then(|| self::before(s, numbers, &aside, 0, at))
                                    .flatten()
                            })
                            .or(direct)
                    } else {
                        direct.or_else(before)
                    }
                }
            };
            let Some(people) = people else { continue };
            let update = tag.value == "toll"
                && range.clone().any(|i| {
                    matches!(
                        s.lower(i),
                        "rose"
                            | "rises"
                            | "risen"
                            | "rising"
                            | "climbed"
                            | "climbs"
                            | "raised"
                            | "raising"
                            | "bringing"
                            | "brought"
                            | "revised"
                            | "increased"
                    )
                })
                || people
                    .tokens
                    .start
                    .checked_sub(1)
                    .is_some_and(|before| s.lower(before) == "now" || s.before(before) == "final")
                || range.clone().any(|i| {
                    s.lower(i) == "final" && matches!(s.lower(i + 1), "count" | "toll" | "figure")
                })
                || (at..people.tokens.start.max(at)).any(|i| s.lower(i) == "total");
            let tokens = people.tokens.start.min(at)..people.tokens.end.max(tag.end());
            if found.iter().any(|toll| {
                toll.harm == harm && overlaps(&toll.tokens, &people.tokens) && !toll.update
            }) {
                continue;
            }
            // "killing or wounding 12": which is not said.
            if s.lower(tag.end()) == "or"
                && (s.has(tag.end() + 1, Role::Hurt) || s.has(tag.end() + 1, Role::Dead))
            {
                skip_to = tag.end() + 2;
                continue;
            }
            // "eleven deaths had been reported", "raising an earlier toll of five"
            let earlier = (tag.end()..tag.end() + 4).any(|i| {
                s.lower(i) == "had"
                    && matches!(s.lower(i + 1), "been" | "earlier" | "initially")
                    && (i + 2..i + 4).any(|j| s.has(j, Role::Say))
            }) || at > 0
                && matches!(
                    s.before(at),
                    "earlier" | "initial" | "previous" | "preliminary"
                );
            found.push(Toll {
                harm,
                count: people.count,
                tokens,
                update,
                known: people.known || earlier,
                again: matches!(
                    s.lower(at),
                    "treated" | "treating" | "received" | "admitted"
                ),
            });
        }
    }
    for number in numbers {
        let start = number.tokens.start;
        if !range.contains(&start) || found.iter().any(|toll| toll.tokens.contains(&start)) {
            continue;
        }
        // "put the number of dead at five", "spoke of six"
        let put = matches!(s.before(start), "at" | "as")
            && (start.saturating_sub(9).max(range.start)..start).any(|at| {
                matches!(
                    s.lower(at),
                    "put" | "puts" | "putting" | "set" | "gave" | "given" | "gives"
                )
            });
        // "put the figure at 57"
        let figure = put
            && start >= 2
            && matches!(s.lower(start - 2), "figure" | "number" | "count" | "tally");
        let harm = if (start.saturating_sub(8)..start).any(|at| s.has(at, Role::Hurt)) {
            Harm::Hurt
        } else {
            Harm::Dead
        };
        let toll = (start.saturating_sub(8)..start)
            .any(|at| s.has(at, Role::Dead) || s.has(at, Role::Hurt))
            || figure;
        let spoke = s.before(start) == "of"
            && start >= 2
            && matches!(s.lower(start - 2), "spoke" | "speaks" | "spoken" | "talked" | "speaking")
            // "a local official said five", "another lists eight"
            || s.has(start.saturating_sub(1), Role::Say)
                && !s.is_word(number.tokens.end)
                && number.count.central() < 1000;
        // "bringing the number of dead to eight", "the number of people killed in it has risen to five"
        let brought = s.before(start) == "to"
            && (start.saturating_sub(9).max(range.start)..start).any(|at| {
                matches!(
                    s.lower(at),
                    "bringing"
                        | "raising"
                        | "taking"
                        | "brought"
                        | "raised"
                        | "risen"
                        | "rose"
                        | "climbed"
                        | "increased"
                )
            });
        let toll = toll
            || brought
                && (start.saturating_sub(24).max(range.start)..start).any(|at| {
                    s.has(at, Role::Dead) && (range.start..at).any(|i| s.lower(i) == "number")
                });
        // "counted at least four civilians among the dead"
        let among = head(s, number.tokens.end, range.end).0.is_some_and(|head| {
            s.lower(head + 1) == "among"
                && s.lower(head + 2) == "the"
                && matches!(s.lower(head + 3), "dead" | "killed" | "victims")
        });
        let (head, _, thing) = head(s, number.tokens.end, range.end);
        if ((put || brought) && toll || spoke || among) && !thing {
            found.retain(|toll| {
                !(put && toll.harm == harm && toll.tokens.end > start.saturating_sub(9))
            });
            found.push(Toll {
                harm,
                count: number.count,
                tokens: start..head.map_or(number.tokens.end, |head| head + 1),
                update: brought,
                known: false,
                again: false,
            });
        }
    }
    found
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn is_passive(s: &Sentence<'_>, at: usize, from: usize) -> bool {
    let mut i = at;
    while i > from {
        let word = s.before(i);
        if matches!(
            word,
            "was" | "were" | "been" | "being" | "be" | "got" | "is" | "are" | "left"
        ) {
            return true;
        }
        if !(matches!(
            word,
            "reportedly"
                | "also"
                | "seriously"
                | "slightly"
                | "critically"
                | "badly"
                | "lightly"
                | "severely"
                | "fatally"
                | "others"
                | "more"
                | "immediately"
                | "instantly"
                | "reported"
                | "confirmed"
        )) {
            return false;
        }
        i -= 1;
    }
    false
}

/// Tokens within "including two children" and the like: parts of what was counted.
pub(super) fn asides(s: &Sentence<'_>, range: Range<usize>) -> Vec<bool> {
    let mut aside = vec![false; s.len()];
    for tag in s.all(range.clone(), Role::Aside) {
        let mut at = tag.at;
        // "four of them", "one of whom": the number stands before.
        let died = became(s, tag.end());
        if s.lower(tag.at) == "of" && died {
            // "one of them later died": no part, but what became of one.
            continue;
        }
        // ", a six-month-old baby among them,"
        if s.lower(tag.at) == "among" && matches!(s.lower(tag.end()), "," | "." | "") {
            let from = (range.start..tag.at).rev().find(|i| s.lower(*i) == ",");
            if let Some(from) = from
                && let Some(before) = aside.get_mut(from..tag.end())
            {
                before.fill(true);
            }
            continue;
        }
        if s.lower(tag.at).ends_with("of") || s.lower(tag.at) == "of" {
            let mut from = tag.at;
            while from > range.start
                && (s.has(from - 1, Role::Number)
                    || s.tokens.get(from - 1).is_some_and(|t| t.figure().is_some())
                    || s.within(from - 1, Role::Bound).is_some())
            {
                from -= 1;
            }
            if let Some(before) = aside.get_mut(from..tag.at) {
                before.fill(true);
            }
        }
        while at < range.end {
            let stops = at >= tag.end()
                && (matches!(s.lower(at), ";" | "." | "(" | ")" | "—")
                    || s.lower(at) == "," && !listed(s, at + 1)
                    || s.lower(at) == "and" && !listed(s, at + 1)
                    || s.has(at, Role::Verb)
                    || matches!(
                        s.lower(at),
                        "were"
                            | "was"
                            | "in"
                            | "when"
                            | "after"
                            | "had"
                            | "have"
                            | "fled"
                            | "at"
                            | "on"
                    ));
            if stops {
                break;
            }
            aside[at] = true; // within the sentence
            at += 1;
        }
    }
    aside
}

/// Whether what became of some is told right here: "… died", "… were killed".
pub(super) fn became(s: &Sentence<'_>, from: usize) -> bool {
    (from..from + 3).any(|i| {
        let tag = s.tag(i, Role::Dead).or_else(|| s.tag(i, Role::Hurt));
        tag.is_some_and(|tag| tag.value == "passive" || matches!(s.before(i), "were" | "was"))
    })
}

/// Whether a list goes on here: a number or "a" with a person, and no verb of harm behind.
fn listed(s: &Sentence<'_>, at: usize) -> bool {
    let at = at + usize::from(s.lower(at) == "and");
    let numeral = s.has(at, Role::Number)
        || s.has(at, Role::One)
        || s.tokens.get(at).is_some_and(|t| t.figure().is_some());
    numeral
        && !(at..at + 7)
            .take_while(|i| !matches!(s.lower(*i), "," | "." | "and"))
            .any(|i| {
                s.has(i, Role::Dead)
                    || s.has(i, Role::Hurt)
                    || s.has(i, Role::Verb)
                    || s.has(i, Role::Flee)
            })
}

/// The number behind "the death toll".
fn toll_number(s: &Sentence<'_>, numbers: &[Number], from: usize, end: usize) -> Option<People> {
    let mut last: Option<&Number> = None;
    for number in numbers {
        let start = number.tokens.start;
        if start < from || start >= end || start > from + 14 {
            continue;
        }
        let to = matches!(
            s.before(start),
            "to" | "at" | "reached" | "stands" | "of" | "was" | "is" | ":" | "hit"
        );
        // "rose from eight to eleven" is no range.
        if to || s.before(start) == "from" {
            last = Some(number);
        }
    }
    last.map(|number| People {
        tokens: number.tokens.clone(),
        count: match number.count.high() {
            Some(high) if s.before(number.tokens.start) == "from" => Count::exactly(high),
            _ => number.count,
        },
        known: false,
        families: false,
        said: true,
    })
}

/// The people who stand behind a verb: "killing at least six people and a child".
fn after(s: &Sentence<'_>, numbers: &[Number], from: usize, end: usize) -> Option<People> {
    let mut at = from;
    // "killing, according to …" no; adverbs yes.
    while matches!(
        s.lower(at),
        "reportedly" | "also" | "and" | "as" | "instantly" | "nearly" | "only" | "just" | "some"
    ) && at < end
        && at < from + 2
    {
        if s.lower(at) == "and" {
            // "killed and wounded six": of the second.
            if s.has(at + 1, Role::Dead) || s.has(at + 1, Role::Hurt) {
                return None;
            }
            break;
        }
        if numbers.iter().any(|number| number.tokens.start == at) {
            break;
        }
        at += 1;
    }
    // "killing eight of them"
    let of_them = numbers.iter().find(|number| {
        number.tokens.start == at
            && s.lower(number.tokens.end) == "of"
            && matches!(s.lower(number.tokens.end + 1), "them" | "those" | "whom")
    });
    if let Some(number) = of_them {
        return Some(People {
            tokens: at..number.tokens.end + 2,
            count: number.count,
            known: false,
            families: false,
            said: true,
        });
    }
    people(s, numbers, at, end, false)
        .or_else(|| named_and_others(s, numbers, at, end))
        .or_else(|| named(s, at, end))
        .or_else(|| somebody(s, at, end))
}

/// The people who stand before a verb: "six people were killed", "another 12 wounded".
fn before(
    s: &Sentence<'_>,
    numbers: &[Number],
    aside: &[bool],
    from: usize,
    at: usize,
) -> Option<People> {
    // The nearest group that no other verb of harm has.
    let mut start = at;
    let mut steps = 0;
    while start > from && steps < 26 {
        start -= 1;
        if aside.get(start).copied().unwrap_or(false) {
            continue;
        }
        steps += 1;
        if steps > 12 {
            return None;
        }
        let role = |role| s.has(start, role);
        if (role(Role::Dead) || role(Role::Hurt))
            && s.tag(start, Role::Dead)
                .or(s.tag(start, Role::Hurt))
                .is_some_and(|tag| tag.value == "verb" && tag.at != at)
            && !s.has(start, Role::Person)
        {
            return None;
        }
        if matches!(s.lower(start), ";" | ".") {
            return None;
        }
        let begins = numbers.iter().any(|number| number.tokens.start == start)
            || role(Role::One) && !numbers.iter().any(|number| number.tokens.contains(&start))
            || matches!(s.lower(start), "the" | "its" | "his" | "her" | "both")
                && one_group(s, numbers, start, at).is_some();
        if !begins {
            continue;
        }
        let inside = numbers
            .iter()
            .any(|number| number.tokens.contains(&start) && number.tokens.start != start);
        if inside {
            continue;
        }
        // The first of several groups that are added up.
        let mut first = start;
        for earlier in (from..start).rev().take(16) {
            let begins = numbers.iter().any(|number| number.tokens.start == earlier)
                || s.has(earlier, Role::One)
                || s.lower(earlier) == "the" && one_group(s, numbers, earlier, at).is_some();
            if begins
                && !aside.get(earlier).copied().unwrap_or(false)
                && let Some(group) = people(s, numbers, earlier, at, true)
                && group.tokens.end > start
                && group.tokens.end <= at
            {
                first = earlier;
            }
        }
        if let Some(group) = people(s, numbers, first, at, true) {
            return Some(group);
        }
    }
    None
}

/// Whether some tokens say that nobody was harmed: "there were no casualties".
pub(super) fn nobody(s: &Sentence<'_>, range: Range<usize>) -> Vec<Harm> {
    let one = |role| {
        range.clone().any(|at| {
            s.lower(at) == "no"
                && s.lower(at + 1) == "one"
                && (at + 2..at + 5).any(|i| s.has(i, role))
        })
    };
    // "nobody was hurt", "people are unharmed"
    let nobody = |role| {
        range.clone().any(|at| {
            matches!(s.lower(at), "nobody" | "none") && (at + 1..at + 4).any(|i| s.has(i, role))
        })
    };
    let unharmed = range.clone().any(|at| {
        matches!(s.lower(at), "unharmed" | "unhurt" | "unscathed")
            && !(at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "not" | "one" | "only"))
            || s.lower(at) == "without"
                && matches!(s.lower(at + 1), "hurting" | "harming" | "injuring")
                && matches!(
                    s.lower(at + 2),
                    "anyone" | "anybody" | "people" | "civilians"
                )
    });
    let deaths = range.clone().any(|at| {
        s.lower(at) == "no" && matches!(s.lower(at + 1), "deaths" | "fatalities" | "dead")
            || s.lower(at) == "without" && s.lower(at + 1) == "killing"
    });
    let mut words = range.clone();
    let none = words.any(|at| {
        let no = s.lower(at) == "no"
            || s.lower(at) == "any"
                && (range.start..at).any(|i| matches!(s.lower(i), "without" | "not"));
        let no = no || s.lower(at) == "without" && s.lower(at + 1) == "causing";
        let casualties =
            (at + 1..at + 4).any(|i| matches!(s.lower(i), "casualties" | "injuries" | "losses"));
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
    let none = none || unharmed;
    let dead = one(Role::Dead) || nobody(Role::Dead) || deaths;
    match (none, dead, one(Role::Hurt) || nobody(Role::Hurt)) {
        (true, ..) | (_, _, true) => vec![Harm::Dead, Harm::Hurt],
        (_, true, _) => vec![Harm::Dead],
        _ => Vec::new(),
    }
}

/// "…, and two men in Y": people of whom the verb before says what became of them.
pub(super) fn gapped(
    s: &Sentence<'_>,
    numbers: &[Number],
    found: &mut Vec<Toll>,
    spots: &[Range<usize>],
) {
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
    found.extend(more);
}
