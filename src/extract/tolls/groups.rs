//! Stretches that count people: "four soldiers and two civilians".

use std::ops::Range;

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::People;
use super::heads::{head, is_plural, ordinal, somebody};
use super::parts::became;
use crate::record::Count;

/// People counted from here: one group, or several added up.
pub(in crate::extract) fn people(
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
        // "11 members of the regime forces and their militiamen and seven fighters"
        // "an officer with the rank of captain and three conscripts"
        if matches!(s.lower(at), "of" | "with" | "from")
            && let Some(and) = (at + 1..end.min(at + 9))
                .take_while(|i| {
                    (s.is_word(*i) || s.lower(*i) == ",")
                        && !s.has(*i, Role::Dead)
                        && !s.has(*i, Role::Hurt)
                        && !s.has(*i, Role::Verb)
                        && !s.has(*i, Role::Say)
                        && !matches!(
                            s.lower(*i),
                            "were" | "was" | "in" | "at" | "near" | "on" | "who"
                        )
                })
                .find(|i| {
                    (s.has(*i, Role::And)
                        // "two members of the force, one passer-by"
                        || s.lower(*i) == ",")
                        && (numbers.iter().any(|number| number.tokens.start == i + 1)
                            // "two fighters of a faction and a baker"
                            || matches!(s.lower(i + 1), "a" | "an" | "the")
                                && one_group(s, numbers, i + 1, end)
                                    .is_some_and(|other| !is_own_verb(s, other.tokens.end) || subject))
                })
        {
            at = and;
        }
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
        // "The driver, aged 34, and a paramedic"
        if comma
            && !and
            && matches!(s.lower(at), "aged" | "age")
            && let Some(close) = (at..end.min(at + 6)).find(|i| s.lower(*i) == ",")
        {
            rest_end = close;
            continue;
        }
        // "Seven policemen, one of them a captain, and three of the attackers"
        if comma && !and {
            let of_them = (at..at + 3)
                .find(|i| s.lower(*i) == "of" && matches!(s.lower(i + 1), "them" | "whom"));
            let close = of_them.and_then(|of| (of..end.min(of + 9)).find(|i| s.lower(*i) == ","));
            if let Some(close) = close.filter(|close| {
                s.lower(close + 1) == "and"
                    && numbers
                        .iter()
                        .any(|number| number.tokens.start == close + 2)
                    && subject
            }) {
                rest_end = close;
                continue;
            }
        }
        // "a man and his son": one more
        let his = matches!(s.lower(at), "his" | "her" | "their")
            && (s.has(at + 1, Role::Person)
                || s.is_word(at + 1)
                    && (s.has(at + 2, Role::Person)
                        // "his grown-up son"
                        || s.is_word(at + 2) && s.has(at + 3, Role::Person)));
        let noun = (at + 1..at + 4)
            .find(|i| his && s.has(*i, Role::Person))
            .unwrap_or(at + 1);
        let his = his
            && !s.lower(noun).ends_with('s')
            && !is_plural(s.lower(noun))
            && !numbers.iter().any(|number| number.tokens.start == at + 1);
        // "her husband and son"
        let kin = and
            && !his
            && is_kin(s.lower(at))
            && matches!(s.lower(group.tokens.start), "his" | "her" | "their");
        let next = if kin {
            Some(People::of(Count::exactly(1), at..at + 1))
        } else if his {
            Some(People::of(Count::exactly(1), at..noun + 1))
        } else {
            let skip = usize::from(matches!(s.lower(at), "his" | "her" | "their"));
            // "two patients and a caregiver": whoever that is
            one_group(s, numbers, at + skip, end)
                .or_else(|| somebody(s, at, end).filter(|one| one.tokens.len() <= 3))
        };
        // "21 soldiers and allied militiamen, and at least 16 rebels": of one number
        let Some(next) = next else {
            let noun = (at..at + 3)
                .take_while(|i| s.is_word(*i) && !s.has(*i, Role::Dead) && !s.has(*i, Role::Hurt))
                .find(|i| s.has(*i, Role::Person) && is_plural(s.lower(*i)));
            match noun.filter(|noun| {
                and && s.lower(noun + 1) == ","
                    && s.lower(noun + 2) == "and"
                    && numbers.iter().any(|number| number.tokens.start == noun + 3)
            }) {
                Some(noun) => {
                    rest_end = noun + 1;
                    continue;
                }
                None => break,
            }
        };
        // "12 civilians, three children among them"
        if matches!(s.lower(next.tokens.end), "among" | "of")
            && s.lower(next.tokens.end + 1) == "them"
        {
            break;
        }
        // "… and wounding four others", "and five were injured": of another verb.
        let verb = (next.tokens.end..next.tokens.end + 3)
            .take_while(|i| !matches!(s.lower(*i), "," | "." | "and"))
            .any(|i| {
                s.has(i, Role::Dead) || s.has(i, Role::Hurt) || matches!(s.lower(i), "were" | "was")
            });
        let speaker = !s.has(next.tokens.start, Role::Number)
            && s.tokens
                .get(next.tokens.start)
                .is_some_and(|t| t.figure().is_none())
            && (next.tokens.end..next.tokens.end + 9)
                .take_while(|i| !matches!(s.lower(*i), "," | "." | ";"))
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
pub(super) fn is_own_verb(s: &Sentence<'_>, at: usize) -> bool {
    let next = at + usize::from(matches!(s.lower(at), "were" | "was"));
    s.has(next, Role::Dead) || s.has(next, Role::Hurt)
}

pub(super) fn one_group(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    end: usize,
) -> Option<People> {
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
        {
            let noun = number.tokens.end + 2;
            let noun = noun + usize::from(s.lower(noun) == "own");
            if s.has(noun, Role::Person)
                || s.lower(noun).ends_with('s') && !s.has(noun, Role::Thing)
            {
                return Some(People::of(number.count, from..noun + 1));
            }
        }
        let of_them = s.lower(number.tokens.end) == "of"
            && matches!(
                s.lower(number.tokens.end + 1),
                "the" | "them" | "whom" | "those"
            );
        // "two of the smugglers"
        let noun = number.tokens.end + 2;
        let of_the = of_them
            && s.lower(number.tokens.end + 1) == "the"
            && s.has(noun, Role::Person)
            && !s.has(noun, Role::Dead)
            && !s.has(noun, Role::Hurt);
        // "four of the militants killed were foreigners": a part.
        let part = of_the
            && noun + 1 == end
            && [Role::Dead, Role::Hurt]
                .iter()
                .any(|role| s.tag(end, *role).is_some_and(|tag| tag.value == "verb"));
        if part {
            return None;
        }
        if of_the && noun < end {
            return Some(People::of(number.count, from..noun + 1));
        }
        if of_them {
            return became(s, number.tokens.end + 2)
                .then(|| People::of(number.count, from..number.tokens.end + 2));
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
    // "a third died in hospital", "a fourth person"
    if s.lower(from) == "a" && ordinal(s.lower(from + 1)).is_some() {
        let (noun, families, thing) = head(s, from + 2, end);
        let alone = !s.is_word(from + 2)
            || s.has(from + 2, Role::Dead)
            || s.has(from + 2, Role::Hurt)
            || matches!(
                s.lower(from + 2),
                "was" | "had" | "has" | "on" | "in" | "lost" | "later" | "died"
            );
        if families || thing || !alone && noun.is_none() {
            return None;
        }
        return Some(People::of(
            Count::exactly(1),
            from..noun.map_or(from + 2, |noun| noun + 1),
        ));
    }
    // "all four passengers"
    if s.lower(from) == "all" && numbers.iter().any(|number| number.tokens.start == from + 1) {
        return one_group(s, numbers, from + 1, end);
    }
    // "injured her three children"
    if matches!(s.lower(from), "her" | "his" | "their" | "its")
        && numbers.iter().any(|number| number.tokens.start == from + 1)
    {
        return one_group(s, numbers, from + 1, end);
    }
    let object = !s.is_word(from + 1)
        || s.has(from + 1, Role::Where)
        || s.has(from + 1, Role::And)
        || s.has(from + 1, Role::Break);
    if matches!(s.lower(from), "him" | "her") && object {
        return Some(People::of(Count::exactly(1), from..from + 1));
    }
    // "killing both riders", "killing both"
    if s.lower(from) == "both" {
        let noun = from
            + 1
            + usize::from(matches!(
                s.lower(from + 1),
                "of" | "the" | "his" | "her" | "their"
            ));
        let bare = !s.is_word(from + 1)
            || matches!(
                s.lower(from + 1),
                "of" | "were" | "died" | "had" | "have" | "lost"
            );
        let limbs = matches!(
            s.lower(noun),
            "legs"
                | "arms"
                | "eyes"
                | "hands"
                | "feet"
                | "sides"
                | "countries"
                | "camps"
                | "parties"
                | "armies"
                | "groups"
                | "figures"
                | "counts"
                | "cases"
                | "places"
                | "towns"
                | "villages"
        );
        if limbs {
            return None;
        }
        return (bare || s.lower(noun).ends_with('s') || is_plural(s.lower(noun))).then(|| {
            People::of(
                Count::exactly(2),
                from..if bare { from + 1 } else { noun + 1 },
            )
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
    // "a coach and five of his players": whoever it is
    let whoever = matches!(s.lower(from), "a" | "an")
        && head.is_none()
        && !thing
        && !families
        && s.is_word(from + 1)
        && !s.is_capital(from + 1)
        && s.tags.iter().all(|tag| tag.at != from + 1)
        && s.lower(from + 2) == "and"
        && (numbers.iter().any(|number| number.tokens.start == from + 3)
            || matches!(s.lower(from + 3), "a" | "an" | "his" | "her"));
    if whoever {
        return Some(People::of(Count::exactly(1), from..from + 2));
    }
    // "his assistant", "her fiancé": whoever it is, somebody's
    let opens = from == 0
        || !s.is_word(from - 1)
        || s.has(from - 1, Role::And)
        || s.has(from - 1, Role::Break);
    let somebody = matches!(s.lower(from), "his" | "her")
        && opens
        && s.is_word(from + 1)
        && head.is_none()
        && !thing
        && !families
        && from + 2 <= end
        && s.tags.iter().all(|tag| tag.at != from + 1)
        && !s.is_capital(from + 1)
        && (s.lower(from + 2) == "and"
            || s.has(from + 2, Role::Dead)
            || s.has(from + 2, Role::Hurt)
            || matches!(s.lower(from + 2), "was" | "were" | "died" | ","));
    if somebody && !is_plural(s.lower(from + 1)) && !is_limb(s.lower(from + 1)) {
        return Some(People::of(Count::exactly(1), from..from + 2));
    }
    // "one killed, another injured"
    if s.lower(from) == "another" && (s.has(from + 1, Role::Hurt) || s.has(from + 1, Role::Dead)) {
        return Some(People::of(Count::exactly(1), from..from + 1));
    }
    let head = head.filter(|_| !thing)?;
    // "a woman's husband"
    let head = if s.lower(head + 1) == "'s" && s.has(head + 2, Role::Person) {
        head + 2
    } else {
        head
    };
    if the
        && (families
            || s.is_capital(head)
            || head > from + 3
            || is_plural(s.lower(head)) && s.lower(head) != "parents"
            // "the wife of one of them"
            || s.lower(head + 1) == "of" && !is_kin(s.lower(head))
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
            return Some(People::of(number.count, from..number.tokens.end));
        }
        return None;
    }
    let couple = matches!(s.lower(head), "couple" | "twins" | "parents");
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
    // "her sister-in-law"
    let end = s
        .tag(head, Role::Person)
        .map_or(head + 1, |tag| tag.end().max(head + 1));
    Some(People::of(
        Count::exactly(if couple { 2 } else { 1 }),
        from..end,
    ))
}

/// Each group that some tokens count: "two policemen and two soldiers".
pub(super) fn counted(
    s: &Sentence<'_>,
    numbers: &[Number],
    tokens: &Range<usize>,
) -> Vec<(String, u64)> {
    numbers
        .iter()
        .filter(|number| tokens.contains(&number.tokens.start))
        .filter_map(|number| {
            let (noun, ..) = head(s, number.tokens.end, tokens.end);
            Some((s.lower(noun?).to_owned(), number.count.central()))
        })
        .collect()
}

/// What may be hit of a person, or belong to him.
fn is_limb(word: &str) -> bool {
    matches!(
        word,
        "leg"
            | "arm"
            | "head"
            | "back"
            | "hand"
            | "foot"
            | "chest"
            | "stomach"
            | "neck"
            | "face"
            | "shoulder"
            | "body"
            | "life"
            | "death"
            | "name"
            | "fate"
            | "condition"
            | "injury"
            | "wound"
            | "capture"
            | "arrest"
    )
}

/// One of a family.
fn is_kin(word: &str) -> bool {
    matches!(
        word,
        "son"
            | "daughter"
            | "wife"
            | "husband"
            | "mother"
            | "father"
            | "brother"
            | "sister"
            | "nephew"
            | "niece"
            | "cousin"
    )
}
