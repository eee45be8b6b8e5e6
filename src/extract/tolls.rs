//! How many were killed and injured, as a clause says it.

use std::ops::Range;

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
                "lost" => after(tag.end()).filter(|people| people.said),
                // "died of cold" is no one's doing.
                "passive"
                    if matches!(s.lower(tag.end()), "of" | "from")
                        && !(tag.end() + 1..tag.end() + 4)
                            .any(|at| matches!(s.lower(at), "wounds" | "injuries")) =>
                {
                    continue;
                }
                "after" | "passive" => before().or_else(|| {
                    (s.lower(tag.end()) == ":")
                        .then(|| after(tag.end() + 1))
                        .flatten()
                }),
                _ => {
                    let passive = is_passive(s, at, range.start);
                    let direct = after(tag.end() + usize::from(s.lower(tag.end()) == ":"));
                    if passive {
                        before().or(direct)
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
            found.push(Toll {
                harm,
                count: people.count,
                tokens,
                update,
                known: people.known,
            });
        }
    }
    for number in numbers {
        let start = number.tokens.start;
        if !range.contains(&start) || found.iter().any(|toll| toll.tokens.contains(&start)) {
            continue;
        }
        // "put the number of dead at five", "spoke of six"
        let put = s.before(start) == "at"
            && (start.saturating_sub(9).max(range.start)..start)
                .any(|at| matches!(s.lower(at), "put" | "puts" | "putting" | "set"));
        let harm = if (start.saturating_sub(8)..start).any(|at| s.has(at, Role::Hurt)) {
            Harm::Hurt
        } else {
            Harm::Dead
        };
        let toll = (start.saturating_sub(8)..start)
            .any(|at| s.has(at, Role::Dead) || s.has(at, Role::Hurt));
        let spoke = s.before(start) == "of"
            && start >= 2
            && matches!(s.lower(start - 2), "spoke" | "speaks" | "spoken" | "talked");
        // "bringing the number of dead to eight"
        let brought = s.before(start) == "to"
            && (start.saturating_sub(9).max(range.start)..start).any(|at| {
                matches!(
                    s.lower(at),
                    "bringing" | "raising" | "taking" | "brought" | "raised"
                )
            });
        let (head, _, thing) = head(s, number.tokens.end, range.end);
        if ((put || brought) && toll || spoke) && !thing {
            found.retain(|toll| {
                !(put && toll.harm == harm && toll.tokens.end > start.saturating_sub(9))
            });
            found.push(Toll {
                harm,
                count: number.count,
                tokens: start..head.map_or(number.tokens.end, |head| head + 1),
                update: brought,
                known: false,
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
        let died = (tag.end()..tag.end() + 3).any(|i| {
            s.tag(i, Role::Dead)
                .is_some_and(|dead| dead.value == "passive")
        });
        if s.lower(tag.at) == "of" && died {
            // "one of them later died": no part, but what became of one.
            continue;
        }
        if s.lower(tag.at).ends_with("of") || s.lower(tag.at) == "of" {
            let mut from = tag.at;
            while from > range.start
                && (s.has(from - 1, Role::Number)
                    || s.tokens.get(from - 1).is_some_and(|t| t.figure().is_some())
                    || s.has(from - 1, Role::Bound))
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
        "reportedly" | "also" | "both" | "and" | "as" | "instantly" | "nearly"
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
    people(s, numbers, at, end, false)
        .or_else(|| named_and_others(s, numbers, at, end))
        .or_else(|| somebody(s, at, end))
}

/// "assassinated a headmaster": one, whatever the noun, if it is a short one.
fn somebody(s: &Sentence<'_>, from: usize, end: usize) -> Option<People> {
    if !matches!(s.lower(from), "a" | "an") {
        return None;
    }
    let stop = (from + 1..end.min(from + 6)).find(|at| {
        !s.is_word(*at)
            || s.has(*at, Role::Where)
            || s.has(*at, Role::And)
            || s.has(*at, Role::Break)
            || matches!(
                s.lower(*at),
                "by" | "on" | "of" | "for" | "to" | "from" | "with" | "'s"
            )
    });
    let stop = stop.unwrap_or(end.min(from + 6));
    let vague = (from + 1..stop).any(|at| {
        at + 1 == stop && s.has(at, Role::Thing)
            || s.has(at, Role::Family)
            || s.has(at, Role::Event)
            || s.has(at, Role::Means)
            || matches!(
                s.lower(at),
                "number"
                    | "lot"
                    | "few"
                    | "handful"
                    | "total"
                    | "majority"
                    | "group"
                    | "couple"
                    | "dozen"
                    | "hundred"
                    | "further"
                    | "ceasefire"
                    | "truce"
            )
    });
    (stop > from + 1 && !vague).then(|| People {
        tokens: from..stop,
        count: Count::exactly(1),
        known: false,
        families: false,
        said: true,
    })
}

/// "killed deputy leader N. N. and six others": seven.
fn named_and_others(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
) -> Option<People> {
    let and = (from..end.min(from + 12)).find(|at| s.lower(*at) == "and")?;
    let named = (from..and).any(|at| s.is_capital(at)) && (from..and).all(|at| s.is_word(at));
    let number = numbers
        .iter()
        .find(|number| number.tokens.start == and + 1)?;
    let others = (number.tokens.end..number.tokens.end + 2)
        .any(|at| matches!(s.lower(at), "others" | "other"));
    (named && others).then(|| People {
        tokens: from..number.tokens.end + 1,
        count: number.count + Count::exactly(1),
        known: false,
        families: false,
        said: true,
    })
}

/// People counted from here: one group, or several added up.
pub(super) fn people(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
    subject: bool,
) -> Option<People> {
    let mut group = one_group(s, numbers, from, end)?;
    let generic = (group.tokens.clone()).any(|at| s.has(at, Role::Bare));
    let mut rest: Option<Count> = None;
    let mut rest_end = group.tokens.end;
    loop {
        let mut at = rest_end;
        let comma = s.lower(at) == ",";
        at += usize::from(comma);
        let and = s.lower(at) == "and" || s.lower(at) == "as" && s.lower(at + 1) == "well";
        if s.lower(at) == "as" && and {
            at += 3;
        } else {
            at += usize::from(and);
        }
        if !(comma || and) || at >= end {
            break;
        }
        // "a man and his son": one more
        let his = matches!(s.lower(at), "his" | "her" | "their")
            && s.has(at + 1, Role::Person)
            && !s.lower(at + 1).ends_with('s')
            && s.lower(at + 1) != "children";
        let next = if his {
            Some(People {
                tokens: at..at + 2,
                count: Count::exactly(1),
                known: false,
                families: false,
                said: true,
            })
        } else {
            let skip = usize::from(matches!(s.lower(at), "his" | "her" | "their"));
            one_group(s, numbers, at + skip, end)
        };
        let Some(next) = next else { break };
        // "… and wounding four others", "and five were injured": of another verb.
        let verb = (next.tokens.end..next.tokens.end + 3)
            .take_while(|i| !matches!(s.lower(*i), "," | "." | "and"))
            .any(|i| {
                s.has(i, Role::Dead) || s.has(i, Role::Hurt) || matches!(s.lower(i), "were" | "was")
            });
        let speaker = !s.has(next.tokens.start, Role::Number)
            && (next.tokens.end..next.tokens.end + 5)
                .take_while(|i| !matches!(s.lower(*i), "," | "."))
                .any(|i| s.has(i, Role::Say));
        let behind_in = speaker
            || matches!(s.lower(next.tokens.end), "in" | "at" | "near" | "on")
                && matches!(s.lower(rest_end), "in");
        if !subject && verb && is_own_verb(s, next.tokens.end)
            || behind_in
            || next.known
            || next.families != group.families
            || !next.said
        {
            break;
        }
        rest = Some(rest.map_or(next.count, |rest| rest + next.count));
        rest_end = next.tokens.end;
        if s.lower(at.saturating_sub(1)) == "and" && !matches!(s.lower(rest_end), "and" | ",") {
            break;
        }
    }
    if let Some(rest) = rest {
        let apposed = s.lower(group.tokens.end) == "," && (group.count == rest || generic);
        if !apposed {
            group.count = group.count + rest;
            group.tokens.end = rest_end;
        }
    }
    Some(group)
}

/// Whether a verb of harm belongs to what stands right before it: "and five others wounded".
fn is_own_verb(s: &Sentence<'_>, at: usize) -> bool {
    let next = at + usize::from(matches!(s.lower(at), "were" | "was"));
    s.has(next, Role::Dead) || s.has(next, Role::Hurt)
}

fn is_plural(word: &str) -> bool {
    word.ends_with('s')
        || matches!(
            word,
            "people"
                | "men"
                | "women"
                | "children"
                | "police"
                | "staff"
                | "personnel"
                | "policemen"
                | "militiamen"
                | "gunmen"
                | "servicemen"
                | "fishermen"
                | "elderly"
                | "general"
                | "major"
        )
}

fn one_group(s: &Sentence<'_>, numbers: &[Number], from: usize, end: usize) -> Option<People> {
    if from >= end {
        return None;
    }
    if let Some(number) = numbers.iter().find(|number| number.tokens.start == from) {
        let (head, families, thing) = head(s, number.tokens.end, end);
        if thing || number.glued && !head.is_some_and(|head| s.has(head, Role::Person)) {
            return None;
        }
        // "two of her brothers"
        if s.lower(number.tokens.end) == "of"
            && matches!(
                s.lower(number.tokens.end + 1),
                "his" | "her" | "their" | "its"
            )
            && s.has(number.tokens.end + 2, Role::Person)
        {
            return Some(People {
                tokens: from..number.tokens.end + 3,
                count: number.count,
                known: false,
                families: false,
                said: true,
            });
        }
        let of_them = s.lower(number.tokens.end) == "of"
            && matches!(
                s.lower(number.tokens.end + 1),
                "the" | "them" | "whom" | "those"
            );
        if of_them {
            let died = (number.tokens.end + 2..number.tokens.end + 5).any(|i| {
                s.tag(i, Role::Dead)
                    .is_some_and(|dead| dead.value == "passive")
            });
            return died.then(|| People {
                tokens: from..number.tokens.end + 2,
                count: number.count,
                known: false,
                families: false,
                said: true,
            });
        }
        // "a family of five"
        return Some(People {
            tokens: from..head.map_or(number.tokens.end, |head| head + 1),
            count: number.count,
            known: number.known,
            families,
            said: head.is_some(),
        });
    }
    if matches!(s.lower(from), "him" | "her") && !s.has(from + 1, Role::Person) {
        return Some(People {
            tokens: from..from + 1,
            count: Count::exactly(1),
            known: false,
            families: false,
            said: true,
        });
    }
    // "killing the driver"
    let the = matches!(s.lower(from), "the" | "its" | "their");
    let one = s.tag(from, Role::One).is_some()
        || the
        || matches!(s.lower(from), "another" | "his" | "her");
    if !one {
        return None;
    }
    let (head, families, thing) = head(s, from + 1, end);
    let head = head.filter(|_| !thing)?;
    if the
        && (families
            || head > from + 3
            || is_plural(s.lower(head))
            || s.lower(head + 1) == "of"
            || s.lower(head) == "official")
    {
        return None;
    }
    if families {
        // "a family of five"
        if s.lower(head + 1) == "of"
            && let Some(number) = numbers
                .iter()
                .find(|number| number.tokens.start == head + 2)
        {
            return Some(People {
                tokens: from..number.tokens.end,
                count: number.count,
                known: false,
                families: false,
                said: true,
            });
        }
        return None;
    }
    let couple = matches!(s.lower(head), "couple" | "twins");
    let plural = matches!(
        s.lower(head),
        "children"
            | "people"
            | "men"
            | "women"
            | "soldiers"
            | "others"
            | "more"
            | "civilians"
            | "police"
            | "staff"
            | "personnel"
            | "member"
            | "members"
    ) && s.lower(head) != "member";
    if plural {
        return None;
    }
    Some(People {
        tokens: from..head + 1,
        count: Count::exactly(if couple { 2 } else { 1 }),
        known: false,
        families: false,
        said: true,
    })
}

/// The noun that a number counts: where it is, whether it is families, whether it is no people.
fn head(s: &Sentence<'_>, from: usize, end: usize) -> (Option<usize>, bool, bool) {
    let mut found: Option<usize> = None;
    for at in from..end.min(from + 9) {
        if s.lower(at) == "of" && found.is_none() && at > from && s.has(at - 1, Role::Person) {
            continue;
        }
        if matches!(
            s.lower(at),
            "," | "."
                | ";"
                | ":"
                | "and"
                | "in"
                | "were"
                | "was"
                | "have"
                | "had"
                | "by"
                | "from"
                | "who"
                | "of"
                | "on"
                | "when"
                | "to"
                | "at"
                | "("
                | ")"
                | "are"
                | "after"
                | "with"
                | "the"
                | "for"
                | "out"
                | "has"
                | "near"
                | "since"
                | "as"
        ) || s.has(at, Role::Say)
            || (s.has(at, Role::Dead) || s.has(at, Role::Hurt)) && found.is_some()
            || s.has(at, Role::Flee)
                && s.tag(at, Role::Flee).is_some_and(|tag| tag.len == 1)
                && s.lower(at) != "displaced"
        {
            break;
        }
        if s.has(at, Role::Family) {
            return (Some(at), true, false);
        }
        if s.has(at, Role::Thing) && found.is_none() {
            return (None, false, true);
        }
        if (s.has(at, Role::Event) || s.has(at, Role::Means))
            && found.is_none()
            && !s.has(at, Role::Person)
        {
            // "14 air raids"
            return (None, false, true);
        }
        if s.has(at, Role::Person) {
            found = Some(at);
            // "three members of a family": "members" is the head.
            if s.lower(at + 1) == "of" {
                break;
            }
        } else if found.is_some() {
            break;
        }
    }
    (found, false, false)
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
            || matches!(s.lower(start), "the" | "its")
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
                || s.has(earlier, Role::One);
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
    let mut words = range.clone();
    let none = words.any(|at| {
        let no = s.lower(at) == "no"
            || s.lower(at) == "any"
                && (range.start..at).any(|i| matches!(s.lower(i), "without" | "not"));
        let no = no || s.lower(at) == "without" && s.lower(at + 1) == "causing";
        let casualties = (at + 1..at + 4).any(|i| matches!(s.lower(i), "casualties" | "injuries"));
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
            )
        });
        no && casualties && !reported
    });
    match (none, one(Role::Dead), one(Role::Hurt)) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::Lexicon;
    use crate::extract::numbers::numbers;

    fn said(text: &str) -> (String, String) {
        let lexicon = Lexicon::english().unwrap();
        let s = Sentence::new(text, 0..text.len(), &lexicon);
        let all = tolls(&s, &numbers(&s), 0..s.len());
        let of = |harm| {
            let counts: Vec<String> = all
                .iter()
                .filter(|toll| toll.harm == harm)
                .map(|toll| toll.count.to_string())
                .collect();
            counts.join(" ")
        };
        (of(Harm::Dead), of(Harm::Hurt))
    }

    #[test]
    fn tolls_are_read_as_they_are_written() {
        for (text, dead, hurt) in [
            (
                "The strike killed six people and wounded 12 others.",
                "6",
                "12",
            ),
            ("Six people were killed and another 12 wounded.", "6", "12"),
            (
                "At least six people, including two children, were killed.",
                ">=6",
                "",
            ),
            ("killing four soldiers and two civilians", "6", ""),
            ("Four soldiers and two civilians were killed.", "6", ""),
            (
                "The strikes killed nine people, three Syrians and six people from other nationalities.",
                "9",
                "",
            ),
            ("It claimed the lives of nine individuals.", "9", ""),
            ("resulted in the deaths of six militants", "6", ""),
            ("left four dead and nine wounded", "4", "9"),
            ("A woman and her two children were killed.", "3", ""),
            ("A man and his son were injured.", "", "2"),
            ("The death toll rose from eight to 11.", "11", ""),
            ("4 killed, 7 injured", "4", "7"),
            ("Four of the killed were foreigners.", "", ""),
            ("Another two were injured.", "", "2"),
            ("a blast that killed a child and injured three", "1", "3"),
            ("more than 20 sheep were killed", "", ""),
            ("killed in 14 air raids", "", ""),
            ("dozens were wounded", "", ">=24"),
            ("killing between 10 and 12 rebels", "10-12", ""),
            ("killed a family of five", "5", ""),
            (
                "three people died, two of them children, and nine were hurt",
                "3",
                "9",
            ),
            (
                "killing three people, among them a paramedic, and wounding eight",
                "3",
                "8",
            ),
            (
                "Two civilians, one of them a child, were killed and four injured",
                "2",
                "4",
            ),
        ] {
            assert_eq!(said(text), (dead.to_owned(), hurt.to_owned()), "{text}");
        }
    }
}
