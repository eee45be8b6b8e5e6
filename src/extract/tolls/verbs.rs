//! Whom a verb of harm is about: its object or its subject.

use super::super::lexicon::{Role, Tag};
use super::super::numbers::Number;
use super::super::sentence::Sentence;
use std::ops::Range;

use super::People;
use super::figures::toll_number;
use super::groups::{one_group, people};
use super::heads::{is_plural, named, named_and_others, somebody};
use super::subject::{subject, with_others};
use crate::record::Count;

/// What the search for people looks at.
pub(super) struct Clause<'a, 'l> {
    pub s: &'a Sentence<'l>,
    pub numbers: &'a [Number],
    /// Tokens that tell of parts.
    pub aside: &'a [bool],
    pub range: Range<usize>,
}

impl Clause<'_, '_> {
    /// "An old man who could not walk was burnt to death": beyond the clause too.
    fn before(&self, from: usize, at: usize) -> Option<People> {
        let find = |from| before(self.s, self.numbers, self.aside, from, at);
        let relative =
            matches!(self.s.lower(from), "who" | "with" | "whom") && from == self.range.start;
        find(from).or_else(|| relative.then(|| find(0)).flatten())
    }

    /// "opened fire on the driver of a tanker, who died on the spot": the one before.
    fn antecedent(&self, from: usize, at: usize) -> Option<People> {
        let s = self.s;
        let single = matches!(s.before(at), "who" | "was" | "later" | "had");
        if s.lower(from) != "who" || from != self.range.start || at > from + 4 || !single {
            return None;
        }
        let head = (from.saturating_sub(9)..from)
            .rev()
            .find(|i| s.has(*i, Role::Person))?;
        let counted = self
            .numbers
            .iter()
            .any(|number| number.tokens.end + 3 > head && number.tokens.end <= head);
        (!is_plural(s.lower(head)) && !counted)
            .then(|| People::of(Count::exactly(1), head..head + 1))
    }

    /// One person far before: "A man who had refused to pay was shot dead".
    fn subject(&self, from: usize, at: usize) -> Option<People> {
        let relative =
            matches!(self.s.lower(from), "who" | "with" | "whom") && from == self.range.start;
        subject(self.s, self.numbers, if relative { 0 } else { from }, at)
    }

    fn after(&self, from: usize) -> Option<People> {
        after(self.s, self.numbers, from, self.range.end)
    }

    /// Those of whom a word says what became of them.
    pub fn whom(&self, at: usize, tag: &Tag<'_>) -> Option<People> {
        let s = self.s;
        let from = self.range.start;
        match tag.value {
            // "Bodies of 31 fighters and 12 soldiers were taken to hospital."
            "of" if matches!(s.lower(at), "bodies") => {
                people(s, self.numbers, tag.end(), self.range.end, true)
            }
            "of" => self.after(tag.end()),
            // "The toll from a bomb that exploded in X has risen to eight"
            "toll" => toll_number(s, self.numbers, tag.end(), self.range.end)
                .or_else(|| toll_number(s, self.numbers, tag.end(), s.len())),
            // "a trader who lost his brother": perhaps counted.
            "lost"
                if matches!(s.lower(tag.end()), "his" | "her")
                // "without losing a man"
                || s.before(at) == "without"
                    || matches!(s.before(at), "she" | "he" | "i" | "who" | "had")
                        && s.lower(tag.end()) == "a" =>
            {
                None
            }
            "lost" => self.after(tag.end()).filter(|people| {
                people.said && people.tokens.clone().any(|i| s.has(i, Role::Person))
            }),
            "claimed" => claimed(s, self.numbers, at),
            // "cost a 62-year-old woman her life"
            "cost" => (tag.end()..tag.end() + 10)
                .any(|i| {
                    matches!(s.lower(i), "life") && matches!(s.before(i), "his" | "her" | "their")
                })
                .then(|| self.after(tag.end()))?,
            // "nine bodies had reached the morgue"; "eight more bodies" are perhaps counted before.
            "bodies" => self
                .numbers
                .iter()
                .find(|number| {
                    number.tokens.end == at
                        || number.tokens.end + 1 == at && matches!(s.before(at), "more" | "other")
                })
                .filter(|number| number.count.best().is_some())
                .map(|number| People::of(number.count, number.tokens.start..at + 1)),
            "none" => None,
            // "three of its men fell", not "shells fell on X"
            "fell"
                if !s.has(at.saturating_sub(1), Role::Person)
                    || matches!(s.lower(tag.end()), "on" | "in" | "near" | "into" | "from") =>
            {
                None
            }
            "fell" => self.before(from, at),
            // "were taken to the military hospital"; "18 bodies were brought to the hospital"
            "hospital" => (tag.end()..tag.end() + 5)
                .any(|i| s.has(i, Role::Hospital))
                .then(|| self.before(from, at))?
                .filter(|people| {
                    let start = people.tokens.start;
                    let bodies =
                        s.before(start) == "of" && start >= 2 && s.lower(start - 2) == "bodies";
                    !bodies && !matches!(s.lower(people.tokens.end), "bodies" | "dead" | "corpses")
                }),
            // "died of cold" is no one's doing.
            "passive"
                if matches!(s.lower(tag.end()), "of" | "from")
                    && !(tag.end() + 1..tag.end() + 4)
                        .any(|at| matches!(s.lower(at), "wounds" | "injuries" | "burns")) =>
            {
                None
            }
            // "he died": perhaps counted before.
            // "He, too, died."
            "passive"
                if matches!(s.before(at), ",")
                    && at >= 4
                    && matches!(s.lower(at - 2), "too" | "also")
                    && matches!(s.lower(at - 4), "he" | "she") =>
            {
                Some(People::of(Count::exactly(1), at - 4..tag.end()))
            }
            // "He was dead before help came."
            "after"
                if s.lower(at) == "dead"
                    && s.before(at) == "was"
                    && at >= 2
                    && matches!(s.lower(at - 2), "he" | "she") =>
            {
                Some(pronoun(at - 1..tag.end()))
            }
            // "He died on the spot with his companion."
            "passive" if matches!(s.before(at), "he" | "she") => {
                let one = pronoun(at - 1..tag.end());
                let with = (tag.end()..tag.end() + 5).find(|i| s.lower(*i) == "with");
                let other =
                    with.and_then(|with| one_group(s, self.numbers, with + 1, self.range.end));
                Some(match other {
                    Some(other) => People {
                        known: false,
                        ..People::of(one.count + other.count, one.tokens.start..other.tokens.end)
                    },
                    None => one,
                })
            }
            "after" | "passive" => self
                .before(from, at)
                .or_else(|| self.antecedent(from, at))
                .or_else(|| self.subject(from, at))
                .map(|people| with_others(s, self.numbers, people, tag.end()))
                .or_else(|| {
                    (s.lower(tag.end()) == ":")
                        .then(|| self.after(tag.end() + 1))
                        .flatten()
                })
                // "while he was herding sheep and lost his life"
                .or_else(|| {
                    let he = (from..from + 3).any(|i| matches!(s.lower(i), "he" | "she"));
                    (tag.value == "passive" && he && s.before(at) == "and")
                        .then(|| pronoun(at..tag.end()))
                }),
            _ => self.object_or_subject(at, tag),
        }
    }

    /// Of a verb that may stand in the active or the passive.
    fn object_or_subject(&self, at: usize, tag: &Tag<'_>) -> Option<People> {
        let s = self.s;
        let from = self.range.start;
        let passive = is_passive(s, at, from);
        let direct = self.after(tag.end() + usize::from(s.lower(tag.end()) == ":"));
        // "he was killed"
        let one = passive
            && at >= 2
            && matches!(s.before(at), "was" | "been")
            && (at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "he" | "she"));
        if one {
            return Some(pronoun(at - 1..tag.end()));
        }
        if !passive {
            // "Driver killed."
            let bare = |people: &People| people.tokens.start <= 1 && people.tokens.end == at;
            return direct
                .or_else(|| self.before(from, at))
                .or_else(|| lone(s, at).filter(bare));
        }
        self.before(from, at)
            .or_else(|| self.subject(from, at))
            .map(|people| with_others(s, self.numbers, people, tag.end()))
            .or(direct)
    }
}

/// "Driver killed.", "Shepherd wounded by …": one, without an article.
fn lone(s: &Sentence<'_>, at: usize) -> Option<People> {
    let head = at.checked_sub(1)?;
    let first = (0..at).find(|i| s.is_word(*i))?;
    let one = s.has(head, Role::Person)
        && !is_plural(s.lower(head))
        && !s.has(head, Role::Bare)
        && (first..at).all(|i| s.is_word(i));
    (one && at - first <= 3).then(|| People::of(Count::exactly(1), first..at))
}

/// Somebody told of before.
fn pronoun(tokens: Range<usize>) -> People {
    People {
        known: true,
        ..People::of(Count::exactly(1), tokens)
    }
}

/// "claimed three lives", "cost six lives".
fn claimed(s: &Sentence<'_>, numbers: &[Number], at: usize) -> Option<People> {
    // "cost three civilians (one woman, two boys) their lives"
    let theirs = matches!(s.before(at), "their" | "his" | "her");
    let cost = (at.saturating_sub(16)..at)
        .find(|i| theirs && matches!(s.lower(*i), "cost" | "costing"))
        .map(|i| i + 1);
    let number = numbers
        .iter()
        .find(|number| match cost {
            Some(cost) => number.tokens.start == cost,
            None => number.tokens.end <= at && at - number.tokens.end <= 2,
        })
        .filter(|number| number.count.central() < 2000)?;
    let start = number.tokens.start;
    let claims = (start.saturating_sub(3)..start).any(|i| {
        matches!(
            s.lower(i),
            "claimed" | "claiming" | "claims" | "cost" | "costing" | "took" | "taking" | "takes"
        )
    });
    claims.then(|| People::of(number.count, start..at + 1))
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
    // "killing himself and four policemen"
    if matches!(s.lower(at), "himself" | "herself" | "themselves") && s.lower(at + 1) == "and" {
        at += 2;
    }
    // "killing eight of them"
    let of_them = numbers.iter().find(|number| {
        number.tokens.start == at
            && s.lower(number.tokens.end) == "of"
            && matches!(s.lower(number.tokens.end + 1), "them" | "those" | "whom")
    });
    if let Some(number) = of_them {
        return Some(People::of(number.count, at..number.tokens.end + 2));
    }
    people(s, numbers, at, end, false)
        .or_else(|| named_and_others(s, numbers, at, end))
        .or_else(|| named(s, at, end))
        .or_else(|| somebody(s, at, end))
}

/// The people who stand before a verb: "six people were killed", "another 12 wounded".
pub(super) fn before(
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
        if matches!(s.lower(start), ";" | ".") || is_vague(s, start) {
            return None;
        }
        let begins = numbers.iter().any(|number| number.tokens.start == start)
            || role(Role::One) && !numbers.iter().any(|number| number.tokens.contains(&start))
            || matches!(
                s.lower(start),
                "the" | "its" | "his" | "her" | "their" | "both" | "another"
            ) && one_group(s, numbers, start, at).is_some();
        if !begins {
            continue;
        }
        // "Two sons of a neighbour were hurt": the sons.
        if s.before(start) == "of"
            && start >= 2
            && s.has(start - 2, Role::Person)
            && start - 2 > from
        {
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
                || matches!(s.lower(earlier), "the" | "his" | "her" | "their")
                    && one_group(s, numbers, earlier, at).is_some();
            if begins
                && !aside.get(earlier).copied().unwrap_or(false)
                && let Some(group) = people(s, numbers, earlier, at, true)
                && group.tokens.end > start
                && group.tokens.end <= at
            {
                first = earlier;
            }
        }
        // "Both occupants, an engineer and his trainee, died": those before the comma.
        if s.before(at) == "," && s.before(first) == "," {
            let whole = (from..first - 1).rev().take(14).find_map(|i| {
                people(s, numbers, i, at, true)
                    .filter(|group| group.tokens.end == first - 1 && group.said)
            });
            if whole.is_some() {
                return whole;
            }
        }
        // "four members of one family"
        if let Some(group) = people(s, numbers, first, at, true).filter(|group| !group.families) {
            // "He and his driver were wounded."
            let he = first >= 2
                && s.before(first) == "and"
                && matches!(s.lower(first - 2), "he" | "she");
            return Some(if he {
                People::of(group.count + Count::exactly(1), first - 2..group.tokens.end)
            } else {
                group
            });
        }
    }
    None
}

/// "several", "a number of": people without a number, of whom the verb is told.
fn is_vague(s: &Sentence<'_>, at: usize) -> bool {
    matches!(s.lower(at), "several" | "many" | "numerous")
        && !s.has(at, Role::Bound)
        && !matches!(s.before(at), "as" | "how" | "so")
}
