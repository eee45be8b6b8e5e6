//! How many were killed and injured, as a clause says it.

mod figure;
mod figures;
mod gapped;
mod groups;
mod heads;
mod nobody;
mod parts;
mod subject;
#[cfg(test)]
mod tests;
mod verbs;
mod was;

use std::ops::Range;

pub(super) use gapped::gapped;
pub(super) use groups::people;
pub(super) use nobody::nobody;
pub(super) use parts::asides;

use super::lexicon::{Role, Tag};
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
    /// "rose to 11", not "now counts 11": what others said before is no longer so either.
    pub risen: bool,
    /// "the eight": said before.
    pub known: bool,
    /// "raising an earlier toll of five": no longer so.
    pub earlier: bool,
    /// "treated 15": of those whom others counted.
    pub again: bool,
    /// "two more", "a third": besides those told before.
    pub more: bool,
    /// "had also died", "another five": whoever says so adds to what others said.
    pub also: bool,
    /// "four of its fighters": those of one side.
    pub own: bool,
    /// "The attackers lost two men": besides the other side's.
    pub lost: bool,
    /// "three of them": of those told before.
    pub of_them: bool,
    /// A figure of all: "put the toll at nine".
    pub total: bool,
    /// "had counted 15": perhaps no longer so.
    pub had: bool,
    /// The groups that it counts: "two policemen and two soldiers".
    pub groups: Vec<(String, u64)>,
    /// The token that the attribution begins at, if the sentence has several.
    pub by: Option<usize>,
}

impl Toll {
    /// A toll that says nothing about others.
    pub fn new(harm: Harm, count: Count, tokens: Range<usize>) -> Toll {
        Toll {
            harm,
            count,
            tokens,
            update: false,
            risen: false,
            known: false,
            earlier: false,
            again: false,
            more: false,
            also: false,
            own: false,
            lost: false,
            of_them: false,
            had: false,
            total: false,
            groups: Vec::new(),
            by: None,
        }
    }
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

impl People {
    /// People whom the text says to be people.
    fn of(count: Count, tokens: Range<usize>) -> People {
        People {
            tokens,
            count,
            known: false,
            families: false,
            said: true,
        }
    }
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
            if parts::tells_nothing(s, at, &tag)
                || found.iter().any(|toll| toll.tokens.contains(&at)) && tag.value != "verb"
            {
                continue;
            }
            // "Three injured, one in critical condition."
            if harm == Harm::Hurt
                && matches!(s.lower(at), "in" | "with")
                && found.iter().any(|toll| toll.harm == Harm::Hurt)
            {
                continue;
            }
            // "a man wounded in Tuesday's strike has died": no longer of the wounded.
            if harm == Harm::Hurt && (died_since(s, at, &range) || dying(s, &tag)) {
                continue;
            }
            let clause = verbs::Clause {
                s,
                numbers,
                aside: &aside,
                range: range.clone(),
            };
            let Some(people) = clause.whom(at, &tag) else {
                continue;
            };
            // "nine bodies were brought in"
            let bodies = (people.tokens.start..people.tokens.end + 1)
                .any(|i| matches!(s.lower(i), "bodies" | "body" | "corpses"));
            if harm == Harm::Hurt && bodies {
                continue;
            }
            let tokens = people.tokens.start.min(at)..people.tokens.end.max(tag.end());
            let told = |toll: &Toll| {
                toll.harm == harm && overlaps(&toll.tokens, &people.tokens) && !toll.update
            };
            if found.iter().any(told) {
                continue;
            }
            // "killing or wounding 12": which is not said.
            if s.lower(tag.end()) == "or"
                && (s.has(tag.end() + 1, Role::Hurt) || s.has(tag.end() + 1, Role::Dead))
            {
                skip_to = tag.end() + 2;
                continue;
            }
            let update = was::is_update(s, &range, at, tag.value, &people);
            let earlier = was::is_earlier(s, at, tag.end(), people.tokens.start)
                || was::is_first(s, &people.tokens);
            // "One man from each side was killed", "two men wounded on each side"
            let sides = [people.tokens.end, tokens.end].iter().any(|end| {
                matches!(s.lower(*end), "from" | "on")
                    && s.lower(end + 1) == "each"
                    && s.lower(end + 2) == "side"
            });
            let count = if sides {
                people.count + people.count
            } else {
                people.count
            };
            found.push(Toll {
                update: update && !earlier,
                known: people.known || earlier || is_the_nth(s, &people.tokens),
                earlier,
                again: matches!(
                    s.lower(at),
                    "treated" | "treating" | "received" | "admitted"
                ),
                more: is_more(s, numbers, &people.tokens, at),
                also: is_also(s, range.start, &people.tokens, at),
                own: is_own(s, &tokens),
                lost: tag.value == "lost",
                of_them: is_of_them(s, &people.tokens),
                had: was::is_had(s, &people.tokens),
                total: tag.value == "toll",
                groups: groups::counted(s, numbers, &people.tokens),
                ..Toll::new(harm, count, tokens)
            });
        }
    }
    figures::figures(s, numbers, &range, &mut found);
    // "All four lost their lives: three women and one man": told once.
    for whole in found.clone() {
        let Some(sign) =
            (whole.tokens.end..range.end.min(whole.tokens.end + 6)).find(|at| s.lower(*at) == ":")
        else {
            continue;
        };
        let part = |toll: &Toll| toll.harm == whole.harm && toll.tokens.start > sign;
        let sum: u64 = found
            .iter()
            .filter(|toll| part(toll))
            .map(|toll| toll.count.central())
            .sum();
        if sum == whole.count.central() && !whole.earlier {
            found.retain(|toll| !part(toll));
        }
    }
    let risen = range.clone().any(|at| was::grows(s.lower(at)));
    for toll in &mut found {
        toll.risen = toll.update && risen;
    }
    // "Correction, X: two wounded, not one."
    if (range.start..range.start + 3).any(|at| matches!(s.lower(at), "correction" | "corrected")) {
        for toll in &mut found {
            toll.update |= !toll.known && !toll.more;
        }
    }
    // "The toll is now two dead and one injured": both.
    if found.iter().any(|toll| toll.update) && range.clone().any(|at| s.lower(at) == "toll") {
        let told: Vec<Harm> = found
            .iter()
            .filter(|toll| toll.update)
            .map(|toll| toll.harm)
            .collect();
        for toll in found.iter_mut().filter(|toll| !told.contains(&toll.harm)) {
            toll.update |= !toll.known && !toll.more;
        }
    }
    found
}

/// "a girl who had been wounded in the shelling died today".
fn died_since(s: &Sentence<'_>, at: usize, range: &Range<usize>) -> bool {
    let of_somebody = at > 0
        && (s.has(at - 1, Role::Person)
            || matches!(s.before(at), "been")
                && (at.saturating_sub(4)..at).any(|i| s.lower(i) == "who"));
    // "His bodyguard, hit in the chest, died in hospital."
    let apposed = at >= 2
        && s.before(at) == ","
        && s.has(at - 2, Role::Person)
        && (at + 1..range.end.min(at + 8))
            .find(|i| s.lower(*i) == ",")
            .is_some_and(|comma| {
                s.tag(comma + 1, Role::Dead)
                    .is_some_and(|tag| tag.value == "passive")
            });
    // "His brother, who was hit in the chest, succumbed to his wounds."
    let relative = at >= 2
        && matches!(s.before(at), "was" | "been")
        && (at.saturating_sub(4)..at).any(|i| s.lower(i) == "who" && s.before(i) == ",")
        && (at + 1..range.end.min(at + 14))
            .find(|i| s.lower(*i) == ",")
            .is_some_and(|comma| {
                (comma + 1..comma + 3).any(|i| {
                    s.tag(i, Role::Dead)
                        .is_some_and(|tag| tag.value == "passive")
                })
            });
    if apposed || relative {
        return true;
    }
    let next = (at + 1..range.end)
        .take_while(|i| !matches!(s.lower(*i), ";" | "and" | "while" | "but"))
        .find(|i| {
            s.tag(*i, Role::Dead)
                .is_some_and(|tag| tag.value == "passive")
        });
    of_somebody && next.is_some_and(|died| (at + 1..died).all(|i| s.lower(i) != ","))
}

/// "two wounded children died": of the dead.
fn dying(s: &Sentence<'_>, tag: &Tag<'_>) -> bool {
    let died = |at: usize| {
        s.tag(at, Role::Dead)
            .is_some_and(|tag| tag.value == "passive")
    };
    tag.value == "after"
        && (died(tag.end())
            || matches!(s.lower(tag.end()), "had" | "have" | "later") && died(tag.end() + 1))
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// "two more died", "another 12", "a third", "had also died".
fn is_more(s: &Sentence<'_>, numbers: &[Number], people: &Range<usize>, verb: usize) -> bool {
    let number = numbers
        .iter()
        .find(|number| number.tokens.start == people.start);
    let counted = number.is_some_and(|number| {
        let end = number.tokens.end;
        // "one of the wounded died"
        let of_hurt =
            s.lower(end) == "of" && s.lower(end + 1) == "the" && s.has(end + 2, Role::Hurt);
        number.more || of_hurt || (end..end + 2).any(|at| s.lower(at) == "more")
    });
    // "His brother died the day after."
    let kin = matches!(s.lower(people.start), "his" | "her")
        && s.has(people.start + 1, Role::Person)
        && (0..people.start).all(|at| !s.is_word(at));
    // "A fourth, a forklift driver, died in hospital."
    let apposed = people.start >= 3
        && s.before(people.start) == ","
        && (heads::ordinal(s.lower(people.start - 2)).is_some()
            && s.lower(people.start - 3) == "a"
            || heads::ordinal(s.lower(people.start - 3)).is_some()
                && s.has(people.start - 2, Role::Person));
    // "It killed a conductor. A student died in the ambulance."
    let later = matches!(s.lower(people.start), "a" | "an")
        && (0..people.start).all(|at| !s.is_word(at))
        && s.lower(verb) == "died"
        && (verb + 1..verb + 5).any(|at| {
            s.has(at, Role::Hospital)
                || matches!(
                    s.lower(at),
                    "ambulance" | "way" | "later" | "afterwards" | "surgery"
                )
        });
    counted
        || later
        || apposed
        || is_also(s, 0, people, verb)
        || kin
        || heads::ordinal(s.lower(people.start + 1)).is_some() && number.is_none()
}

/// "had also died", "also left two of the attackers dead", "in addition, five died".
fn is_also(s: &Sentence<'_>, from: usize, people: &Range<usize>, verb: usize) -> bool {
    let first = people.start.min(verb);
    let also = (first.saturating_sub(2)..verb.max(people.start))
        .any(|at| matches!(s.lower(at), "also" | "too"));
    let head = s.lower(from) == "in" && s.lower(from + 1) == "addition";
    // "two nuns died as well"
    let well = (verb..verb + 4)
        .any(|at| s.lower(at) == "as" && s.lower(at + 1) == "well" && s.lower(at + 2) != "as");
    also || well || head || (people.start..people.start + 2).any(|at| s.lower(at) == "further")
}

/// "The fourth, a woman commander, died": told before in sum.
fn is_the_nth(s: &Sentence<'_>, people: &Range<usize>) -> bool {
    people.start >= 3
        && s.before(people.start) == ","
        && s.lower(people.start - 3) == "the"
        && heads::ordinal(s.lower(people.start - 2)).is_some()
}

/// "three of them", "one of the two".
fn is_of_them(s: &Sentence<'_>, people: &Range<usize>) -> bool {
    people
        .clone()
        .any(|at| s.lower(at) == "of" && matches!(s.lower(at + 1), "them" | "those" | "these"))
}

/// "four of its fighters", "lost two of their own".
fn is_own(s: &Sentence<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|at| {
        let whose = matches!(s.lower(at), "its" | "their" | "our" | "his");
        let armed = |at: usize| {
            s.tag(at, Role::Person)
                .is_some_and(|tag| tag.value == "armed")
                || matches!(s.lower(at), "men" | "own" | "ranks")
        };
        whose && (armed(at + 1) || armed(at + 2))
    })
}
