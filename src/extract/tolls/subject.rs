//! One person who is the subject of a sentence: "The driver of an oil tanker was shot dead".

use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use super::People;
use super::groups::{one_group, people};
use super::heads::is_plural;
use crate::record::Count;

/// How far a person may stand before what became of him, in tokens: "appointed by …", "who had …" lie between.
const REACH: usize = 28;

/// One person of whom a verb far behind is told.
pub(super) fn subject(
    s: &Sentence<'_>,
    numbers: &[Number],
    from: usize,
    at: usize,
) -> Option<People> {
    // "was shot dead", "had been killed", "…, and died"
    let mut verb = at;
    while verb > from
        && (matches!(
            s.before(verb),
            "then" | "also" | "later" | "himself" | "herself"
        ) || s.before(verb).ends_with("ly"))
    {
        verb -= 1;
    }
    let active = s.tag(at, Role::Dead).or_else(|| s.tag(at, Role::Hurt))?;
    let one = matches!(s.before(verb), "was" | "been" | "being")
        || active.value == "passive" && !matches!(s.before(verb), "were" | "are" | "and" | "have");
    if matches!(s.before(verb), "were" | "are") {
        return several(s, numbers, from, verb);
    }
    let joined = active.value == "passive" && s.before(verb) == "and";
    if !one && !joined {
        return None;
    }
    let start = (from..at).find(|i| begins(s, *i))?;
    if at - start > REACH {
        return None;
    }
    let first = start + usize::from(!s.has(start, Role::Person));
    let head = (first..at.min(first + 6))
        .take_while(|i| s.is_word(*i) && !s.has(*i, Role::Where) && s.lower(*i) != "of")
        .filter(|i| s.has(*i, Role::Person))
        .last()
        .or_else(|| {
            // "The co-chair of the council was assassinated": whoever that is.
            let named =
                matches!(s.lower(at), "killed" | "died") && matches!(s.lower(start), "a" | "an");
            let killed = named
                || matches!(
                    s.lower(at),
                    "assassinated" | "murdered" | "executed" | "shot" | "gunned" | "lost"
                );
            let stops = |i: usize| {
                !s.is_word(i)
                    || s.has(i, Role::Where)
                    || matches!(
                        s.lower(i),
                        "of" | "by"
                            | "who"
                            | "was"
                            | "were"
                            | "had"
                            | "has"
                            | "from"
                            | "with"
                            | "and"
                    )
                    || i > first && s.lower(i).ends_with("ed")
            };
            let end = (first..at.min(first + 6))
                .take_while(|i| !stops(*i))
                .last()?;
            (killed && !s.has(end, Role::Thing) && s.lower(first) != "group").then_some(end)
        })?;
    // "His brother, who was hit in the chest, succumbed": what stands behind the commas counts.
    let relative = s.lower(head + 1) == "," && s.lower(head + 2) == "who";
    let open = (head + 3..verb)
        .find(|i| relative && s.lower(*i) == ",")
        .unwrap_or(head + 1);
    // Verbs between are of others, but in "who had …", "appointed by …".
    let told = (open..verb).any(|i| {
        s.has(i, Role::Say)
            || s.tag(i, Role::Dead)
                .or_else(|| s.tag(i, Role::Hurt))
                .is_some_and(|tag| tag.value == "verb" || tag.value == "passive")
            || matches!(s.lower(i), ";" | "while" | "when" | "but" | "were")
    });
    let several = is_plural(s.lower(head)) && s.lower(head) != "general"
        || matches!(s.lower(head), "others" | "more" | "major");
    let and = s.lower(head + 1) == "and" && !joined;
    if told || several || and {
        return None;
    }
    Some(People::of(Count::exactly(1), start..head + 1))
}

/// "… was shot dead together with his bodyguard", "A man died along with two colleagues": those too.
pub(super) fn with_others(
    s: &Sentence<'_>,
    numbers: &[Number],
    people: People,
    verb: usize,
) -> People {
    let with = (verb..verb + 8)
        .take_while(|i| !matches!(s.lower(*i), "," | ";" | "."))
        .chain(people.tokens.end..people.tokens.end + 3)
        .find(|i| {
            s.lower(*i) == "with" && matches!(s.before(*i), "together" | "along")
                || s.lower(*i) == "alongside"
        });
    match with.and_then(|with| one_group(s, numbers, with + 1, s.len())) {
        Some(others) => People {
            count: people.count + others.count,
            ..people
        },
        None => people,
    }
}

/// "All five passengers, members of one family on their way to a wedding, were killed."
fn several(s: &Sentence<'_>, numbers: &[Number], from: usize, verb: usize) -> Option<People> {
    let start =
        (from..verb).find(|i| s.is_word(*i) && !s.has(*i, Role::Break) && !s.has(*i, Role::And))?;
    let group =
        people(s, numbers, start, verb, true).filter(|group| group.said && !group.families)?;
    let end = group.tokens.end;
    let apposed = s.lower(end) == "," && s.lower(verb.saturating_sub(2)) == ","
        || matches!(
            s.lower(end),
            "of" | "from" | "in" | "who" | "travelling" | "working"
        );
    let told = (end..verb.saturating_sub(1)).any(|i| {
        s.has(i, Role::Say)
            || matches!(s.lower(i), ";" | "while" | "when" | "but" | "was" | "were")
            || s.has(i, Role::Dead)
            || s.has(i, Role::Hurt)
    });
    (apposed && !told && verb - start <= REACH).then_some(group)
}

/// Whether a noun phrase begins here that no preposition governs.
fn begins(s: &Sentence<'_>, at: usize) -> bool {
    let article = matches!(
        s.lower(at),
        "a" | "an" | "the" | "one" | "his" | "her" | "their" | "another"
    );
    // "Driver killed."
    let bare = s.has(at, Role::Person) && (0..at).all(|i| !s.is_word(i));
    let governed = at > 0
        && (s.has(at - 1, Role::Where)
            || s.has(at - 1, Role::Inner)
            || s.has(at - 1, Role::Verb)
            || matches!(
                s.before(at),
                "of" | "by"
                    | "with"
                    | "from"
                    | "to"
                    | "for"
                    | "as"
                    | "against"
                    | "after"
                    | "when"
                    | "during"
                    | "into"
                    | "over"
                    | "before"
            ));
    let person = (at..at + 7)
        .skip(1)
        .take_while(|i| s.is_word(*i) && !s.has(*i, Role::Where) && s.lower(*i) != "of")
        .any(|i| s.has(i, Role::Person));
    let noun = at == 0 || !s.is_word(at - 1);
    bare || article && !governed && (person || noun)
}
