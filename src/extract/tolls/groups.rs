//! Stretches that count people: "four soldiers and two civilians".

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::{People, became};
use crate::record::Count;

/// "assassinated a headmaster": one, whatever the noun, if it is a short one.
pub(super) fn somebody(s: &Sentence<'_>, from: usize, end: usize) -> Option<People> {
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
pub(super) fn named_and_others(
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

/// "shot dead Khalaf al-Hamad, a former councillor": one.
pub(super) fn named(s: &Sentence<'_>, from: usize, end: usize) -> Option<People> {
    let name = |at: usize| {
        s.is_capital(at)
            || s.tokens.get(at).is_some_and(|token| token.hyphened)
            || matches!(s.lower(at), "al" | "abu" | "bin" | "el")
    };
    let stop = (from..end.min(from + 6)).find(|at| !name(*at))?;
    let apposed = s.lower(stop) == ","
        && matches!(s.lower(stop + 1), "a" | "an" | "the" | "one" | "who")
        && (stop + 1..stop + 8).any(|at| s.has(at, Role::Person) || s.lower(at) == "who");
    (stop >= from + 2 && apposed).then(|| People {
        tokens: from..stop,
        count: Count::exactly(1),
        known: false,
        families: false,
        said: true,
    })
}

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
        if s.lower(at) == "of"
            && let Some(and) = (at + 1..end.min(at + 9))
                .take_while(|i| {
                    s.is_word(*i)
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
                    s.has(*i, Role::And)
                        && numbers.iter().any(|number| number.tokens.start == i + 1)
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
        // "a man and his son": one more
        let his = matches!(s.lower(at), "his" | "her" | "their")
            && (s.has(at + 1, Role::Person) || s.is_word(at + 1) && s.has(at + 2, Role::Person));
        let noun = at + 1 + usize::from(his && !s.has(at + 1, Role::Person));
        let his = his
            && !s.lower(noun).ends_with('s')
            && !is_plural(s.lower(noun))
            && !numbers.iter().any(|number| number.tokens.start == at + 1);
        let next = if his {
            Some(People {
                tokens: at..noun + 1,
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
pub(super) fn is_own_verb(s: &Sentence<'_>, at: usize) -> bool {
    let next = at + usize::from(matches!(s.lower(at), "were" | "was"));
    s.has(next, Role::Dead) || s.has(next, Role::Hurt)
}

pub(super) fn is_plural(word: &str) -> bool {
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
            return became(s, number.tokens.end + 2).then(|| People {
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
    // "injured her three children"
    if matches!(s.lower(from), "her" | "his" | "their" | "its")
        && numbers.iter().any(|number| number.tokens.start == from + 1)
    {
        return one_group(s, numbers, from + 1, end);
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
            "legs" | "arms" | "eyes" | "hands" | "feet" | "sides" | "countries"
        );
        if limbs {
            return None;
        }
        return (bare || s.lower(noun).ends_with('s') || is_plural(s.lower(noun))).then(|| {
            People {
                tokens: from..if bare { from + 1 } else { noun + 1 },
                count: Count::exactly(2),
                known: false,
                families: false,
                said: true,
            }
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
            || s.is_capital(head)
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
pub(super) fn head(s: &Sentence<'_>, from: usize, end: usize) -> (Option<usize>, bool, bool) {
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
            // "a Syrian farm labourer"
            let nationality = found.is_some_and(|found| s.is_capital(found));
            if !(nationality && s.is_word(at) && s.has(at + 1, Role::Person)) {
                break;
            }
        }
    }
    (found, false, false)
}
