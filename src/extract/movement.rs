//! People who moved: how many, from where, to where.

use std::ops::Range;

use super::clauses::Read;
use super::dates::Time;
use super::lexicon::Role;
use super::places::Spot;
use super::tolls;
use crate::record::{Count, When};

/// A movement as one sentence tells it.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub people: Count,
    /// Families were counted, not people.
    pub families: bool,
    pub origins: Vec<Spot>,
    pub destinations: Vec<Spot>,
    pub time: Option<When>,
    /// Days from the time that the story is at, and to which.
    pub relative: Option<(i64, i64)>,
    /// "during the reporting period"
    pub of_period: bool,
}

/// Words that make a number of people no movement.
fn is_stock(read: &Read<'_, '_>, at: usize, people: &Range<usize>) -> bool {
    let s = read.s;
    let from = people.start.saturating_sub(5);
    let stock = (from..at.min(people.start)).any(|i| s.has(i, Role::Stock))
        || (people.end..at).any(|i| s.has(i, Role::Stock) && !matches!(s.lower(i), "inhabitants"))
        || at > people.end && (at..at + 3).any(|i| s.has(i, Role::Stock))
        || (at..at + 7).any(|i| s.tag(i, Role::Stock).is_some_and(|tag| tag.len > 1));
    stock
        || (s.lower(at) == "displaced"
            && matches!(
                s.lower(at + 1),
                "people" | "persons" | "civilians" | "families" | "syrians" | "residents"
            )
            && people.end > at)
}

/// "home on leave", "a mine left over from the war", "left a mosque": words for leaving that tell of no flight.
fn is_no_move(read: &Read<'_, '_>, at: usize) -> bool {
    let s = read.s;
    let word = s.lower(at);
    let leaves = matches!(word, "left" | "leave" | "leaving");
    let end = at + 1;
    let idle = leaves
        && (s.before(at) == "on"
            || matches!(
                s.lower(end),
                "over" | "behind" | "dead" | "dying" | "alive" | "alone"
            ));
    // "as he left a mosque", "was leaving a bakery"
    let building = leaves
        && (end..end + 4).take_while(|i| s.is_word(*i)).any(|i| {
            s.tag(i, Role::Target).is_some()
                && !matches!(
                    s.lower(i),
                    "camp" | "camps" | "homes" | "houses" | "home" | "shelters"
                )
                || matches!(s.lower(i), "office" | "work" | "prayers" | "duty")
        })
        && read
            .spots
            .iter()
            .all(|spot| !(end..end + 4).contains(&spot.tokens.start));
    // "the civilian who was driving them"
    let drives = s
        .tag(at, Role::Flee)
        .is_some_and(|tag| tag.value == "drive")
        && matches!(
            word,
            "driving" | "drove" | "sending" | "sent" | "pushing" | "pushed"
        )
        && !(end..end + 12).any(|i| {
            matches!(
                s.lower(i),
                "from"
                    | "out"
                    | "to"
                    | "into"
                    | "towards"
                    | "toward"
                    | "flee"
                    | "north"
                    | "south"
                    | "northward"
            )
        });
    // "died on the way to X"
    let dying = s.lower(at) == "on"
        && s.has(at, Role::Reach)
        && (0..at).any(|i| s.has(i, Role::Dead) || s.has(i, Role::Verb));
    // "Each spring, hundreds of families set out"
    let habit = matches!(s.lower(0), "each" | "every");
    // "went from house to house"
    let tag = s.tag(at, Role::Flee);
    let around = matches!(word, "went" | "gone")
        && tag.is_some_and(|tag| {
            read.spots
                .iter()
                .all(|spot| !(tag.end()..tag.end() + 3).contains(&spot.tokens.start))
        });
    // "four people who had fled X were killed in Y"
    let before = (at.saturating_sub(3)..at).any(|i| s.lower(i) == "had")
        && (at.saturating_sub(4)..at).any(|i| s.lower(i) == "who")
        && (at..s.len()).any(|i| s.has(i, Role::Dead) || s.has(i, Role::Hurt));
    idle || building || drives || dying || habit || around || before
}

/// More people than a report tells of as one movement: those of a whole war.
const OF_A_WAR: u64 = 1_000_000;

/// What a sentence tells of people who moved.
pub(super) fn moved(read: &Read<'_, '_>) -> Vec<Moved> {
    let s = read.s;
    let mut found: Vec<Moved> = Vec::new();
    let mut used: Vec<Range<usize>> = Vec::new();
    for at in 0..s.len() {
        let strong = s.tag(at, Role::Flee);
        let Some(tag) = strong.or_else(|| s.tag(at, Role::Reach)) else {
            continue;
        };
        // "took to the streets" is a protest.
        let told =
            s.within(at, Role::Verb).is_some_and(|verb| verb.len > 2) || is_no_move(read, at);
        if told || used.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let from = (0..at)
            .rev()
            .find(|i| matches!(s.lower(*i), ";" | "while" | "whereas"))
            .map_or(0, |i| i + 1);
        let to = (at..s.len())
            .find(|i| matches!(s.lower(*i), ";" | "while" | "whereas"))
            .unwrap_or(s.len());
        let aside = tolls::asides(s, from..to);
        // The number nearest before the verb, or right behind it.
        let mut groups: Vec<tolls::People> = Vec::new();
        for number in read.numbers {
            let start = number.tokens.start;
            if start < from
                || start >= to
                || aside.get(start).copied().unwrap_or(false)
                || used.iter().any(|range| range.contains(&start))
                || read.moments.iter().any(|m| m.tokens.contains(&start))
            {
                continue;
            }
            if let Some(group) = tolls::people(s, read.numbers, start, to, true) {
                let bare_ok = !group.said
                    && (start >= tag.end() && start <= tag.end() + 1
                        || matches!(at.checked_sub(number.tokens.end), Some(0 | 1))
                            && number.count.central() > 9);
                if group.said || bare_ok {
                    groups.push(group);
                }
            }
        }
        let harmed = |group: &tolls::People| {
            (group.tokens.end..group.tokens.end + 3)
                .take_while(|i| s.is_word(*i))
                .any(|i| s.has(i, Role::Dead) || s.has(i, Role::Hurt))
                // "were taken to the military hospital"
                || s.tag(at, Role::Hurt).is_some_and(|tag| tag.value == "hospital")
                    && (at..at + 7).any(|i| s.has(i, Role::Hospital))
                || group.tokens.start > 0
                    && (s.has(group.tokens.start - 1, Role::Dead)
                        || s.has(group.tokens.start - 1, Role::Hurt))
        };
        groups.retain(|group| !harmed(group));
        let weight = |group: &tolls::People| {
            if group.tokens.end <= at {
                at - group.tokens.end
            } else {
                group.tokens.start.saturating_sub(at) + 1
            }
        };
        let Some(group) = groups.iter().min_by_key(|group| weight(group)).cloned() else {
            continue;
        };
        // "4,083 people (710 families) arrived"
        let group = match groups.iter().find(|other| {
            group.families
                && s.before(group.tokens.start) == "("
                && other.tokens.end + 1 == group.tokens.start
        }) {
            Some(people) => people.clone(),
            None => group,
        };
        let distance = weight(&group);
        if distance > 22 || strong.is_none() && found.is_empty() && group.tokens.end > at {
            continue;
        }
        let unreal = (from.max(at.saturating_sub(8))..at).any(|i| {
            s.has(i, Role::Unreal)
                // "between 18 and 20 May"
                && read.moments.iter().all(|m| !m.tokens.contains(&i))
                && !matches!(
                    s.lower(i),
                    "fearing" | "fear" | "fears" | "risk" | "threat" | "threats"
                )
                && !group.tokens.contains(&i)
                && (read.taken.get(i) != Some(&true) || at - i <= 2)
                || s.has(i, Role::No)
                    && at - i <= 3
                    && s.lower(i) != "without"
                    && !matches!(s.lower(i), "end" | "ended" | "ending")
        });
        if unreal || is_stock(read, at, &group.tokens) || (from..to).any(|i| s.has(i, Role::Back)) {
            continue;
        }
        // "killing him as he left a mosque", "two men left his mother injured"
        let few = group.count.central() < 10 && !group.families;
        let nowhere = (strong.is_none() || few)
            && (group.count.central() < 10 || !group.said)
            && !read
                .spots
                .iter()
                .any(|spot| (from..to).contains(&spot.tokens.start))
            || s.lower(tag.end()) == "out" && s.lower(at) == "carried"
            || (tag.end()..tag.end() + 4).any(|i| s.has(i, Role::Hurt) || s.has(i, Role::Dead));
        if nowhere {
            continue;
        }
        // "12,000 people, 8,000 of them from X": one movement. "fled … and reached Y": the same people.
        if found.iter().any(|known| known.people == group.count) {
            continue;
        }
        let mut moment: Option<(When, bool)> = None;
        let mut old = false;
        for m in read.moments {
            if read.is_statement(m) {
                continue;
            }
            match m.time {
                Time::At(when) | Time::Since(when) => {
                    moment = moment.filter(|(_, as_of)| !as_of).or(Some((when, false)))
                }
                Time::AsOf(when) => moment = moment.or(Some((when, true))),
                Time::Old => old = true,
                _ => {}
            }
        }
        if old && moment.is_none() {
            continue;
        }
        // "as of 30 April, 6.8 million were displaced"
        let counted = moment.is_some_and(|(_, as_of)| as_of)
            && s.lower(tag.end() - 1) == "displaced"
            && (at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "were" | "are" | "was"));
        if counted {
            continue;
        }
        let (origins, destinations) = ends(read, from..to, at);
        let ends = origins.len() + destinations.len();
        if group.count.central() >= OF_A_WAR * 3 || group.count.central() >= OF_A_WAR && ends == 0 {
            continue;
        }
        let families = group.families
            && !groups.iter().any(|other| {
                !other.families && other.said && matches!(s.before(other.tokens.start), "(" | "or")
            });
        // "1,200 families (around 6,500 people)"
        let people = groups
            .iter()
            .find(|other| {
                group.families
                    && !other.families
                    && (s.before(other.tokens.start) == "(" || s.before(other.tokens.start) == "or")
            })
            .map_or(group.count, |other| other.count);
        used.push(group.tokens.clone());
        for other in &groups {
            if other.tokens.start == group.tokens.start || s.before(other.tokens.start) == "(" {
                used.push(other.tokens.clone());
            }
        }
        // "the same evening", "the next day"
        let relative = read.moments.iter().find_map(|m| match m.time {
            Time::Relative(days) if !read.is_statement(m) => Some((days, days)),
            Time::Following(days) => Some((1, days)),
            _ => None,
        });
        let of_period = read
            .moments
            .iter()
            .any(|m| m.tokens.clone().any(|at| s.lower(at) == "period"));
        found.push(Moved {
            of_period,
            relative,
            people,
            families,
            origins,
            destinations,
            time: moment.map(|(when, _)| when),
        });
    }
    found
}

/// What another source counts of the people told of before: "the municipality counted 5,300 arrivals", "a consortium
/// arrives at 71,000".
pub(super) fn counted_again(read: &Read<'_, '_>, before: Count) -> Option<Count> {
    let s = read.s;
    let others = [
        Role::Dead,
        Role::Hurt,
        Role::Back,
        Role::Stock,
        Role::Unreal,
    ];
    let told = (0..s.len()).any(|at| {
        others.iter().any(|role| s.has(at, *role))
            || matches!(
                s.lower(at),
                "had" | "earlier" | "previous" | "previously" | "initially" | "first" | "expected"
            )
    });
    if told {
        return None;
    }
    read.numbers.iter().find_map(|number| {
        let at = number.tokens.start;
        let said = (at.saturating_sub(4)..at).any(|i| {
            matches!(
                s.lower(i),
                "arrives"
                    | "arrived"
                    | "counts"
                    | "counted"
                    | "speaks"
                    | "spoke"
                    | "gives"
                    | "gave"
                    | "estimates"
                    | "registered"
                    | "put"
                    | "puts"
                    | "lists"
                    | "listed"
                    | "recorded"
            )
        }) || s.before(at) == "at"
            && (at.saturating_sub(14)..at)
                .any(|i| matches!(s.lower(i), "put" | "puts" | "putting"));
        let end = number.tokens.end;
        let people = !s.is_word(end)
            || s.has(end, Role::Person)
            || matches!(
                s.lower(end),
                "arrivals" | "displaced" | "departures" | "in" | "from" | "and"
            );
        let (ours, theirs) = (before.central(), number.count.central());
        let alike = theirs * 3 > ours && ours * 3 > theirs && ours != theirs;
        (said && people && alike).then_some(number.count)
    })
}

/// Where people told of before went: "Most moved to X and Y", "…; most of them went to X".
pub(super) fn onward(read: &Read<'_, '_>) -> Vec<Spot> {
    let s = read.s;
    let who = |at: usize| {
        (at..at + 3).any(|at| {
            matches!(
                s.lower(at),
                "most"
                    | "many"
                    | "they"
                    | "majority"
                    | "some"
                    | "affected"
                    | "those"
                    | "mostly"
                    | "nearly"
                    | "almost"
            ) || s.has(at, Role::Family) && read.numbers.iter().all(|n| n.tokens.start > at)
        })
    };
    let starts = (1..s.len()).filter(|at| matches!(s.before(*at), ";" | "," | "that"));
    let from = std::iter::once(0).chain(starts).find(|at| who(*at));
    // "authorities took them to X"
    let them = (1..s.len()).find(|at| s.lower(*at) == "them" && s.has(at + 1, Role::Dest));
    let Some(from) = from.or(them) else {
        return Vec::new();
    };
    let leads = |at: &usize, values: &[&str]| {
        let tag = s.tag(*at, Role::Flee).or_else(|| s.tag(*at, Role::Reach));
        tag.is_some_and(|tag| values.contains(&tag.value))
            || matches!(
                s.lower(*at),
                "went" | "gone" | "headed" | "brought" | "taken" | "took" | "them"
            )
    };
    let verb = (from..s.len())
        .find(|at| leads(at, &["to"]))
        .or_else(|| (from..s.len()).find(|at| leads(at, &[""])));
    verb.map_or_else(Vec::new, |at| ends(read, at..s.len(), at).1)
}

/// Where they came from and where they went, of the places of a clause.
fn ends(read: &Read<'_, '_>, range: Range<usize>, at: usize) -> (Vec<Spot>, Vec<Spot>) {
    let s = read.s;
    let (mut origins, mut destinations): (Vec<Spot>, Vec<Spot>) = (Vec::new(), Vec::new());
    // 0 unknown, 1 origin, 2 destination
    let mut side = 0;
    let mut last_end = range.start;
    for spot in read.spots {
        let start = spot.tokens.start;
        if !range.contains(&start) || read.taken.get(start) == Some(&true) {
            continue;
        }
        // The nearest word that says which end it is.
        let mut cue: Option<u8> = None;
        for i in (last_end..start).rev() {
            let verb = s.tag(i, Role::Flee).or_else(|| s.tag(i, Role::Reach));
            if s.has(i, Role::Origin) {
                cue = Some(1);
            } else if s.has(i, Role::Dest) && s.lower(i) != "for" || s.lower(i) == "for" && i > at {
                cue = (i > at || matches!(s.lower(i), "to" | "towards" | "toward" | "into"))
                    .then_some(2);
                if s.lower(i) == "to" && (s.has(i + 1, Role::Flee) || s.has(i + 1, Role::Reach)) {
                    cue = None;
                    continue;
                }
            } else if let Some(verb) = verb {
                cue = match verb.value {
                    "from" if i + verb.len + 3 >= start => Some(1),
                    "to" => Some(2),
                    "of" => Some(1),
                    _ if s.has(start.saturating_sub(1), Role::Locate)
                        || s.lower(start) == "near" =>
                    {
                        Some(
                            if i < start
                                && (s.lower(start.saturating_sub(1)) == "in"
                                    && verb.value.is_empty())
                            {
                                1
                            } else {
                                2
                            },
                        )
                    }
                    _ if i + verb.len == start || s.lower(i + verb.len) == "the" => Some(1),
                    _ => Some(2),
                };
            } else {
                continue;
            }
            break;
        }
        let near_border = s.lower(start) == "near" && start > at;
        side = match cue {
            Some(cue) => cue,
            None if near_border => 2,
            None if side != 0
                && (last_end..start).all(|i| {
                    s.has(i, Role::And)
                        || matches!(
                            s.lower(i),
                            "," | "the" | "in" | "of" | "well" | "as" | "both" | "including"
                        )
                }) =>
            {
                side
            }
            None if start < at => 1,
            None => 2,
        };
        let list = if side == 1 {
            &mut origins
        } else {
            &mut destinations
        };
        // "safer areas in X, near Y": one end.
        if let Some(last) = list.last_mut()
            && super::places::covers(&last.location, &spot.location)
        {
            *last = spot.clone();
            last_end = spot.tokens.end;
            continue;
        }
        let mut known = list.iter();
        let told = known.any(|known| spot.covers(known) || known.phrase == spot.phrase);
        if !told && (list.is_empty() || !spot.is_country()) {
            list.push(spot.clone());
        }
        last_end = spot.tokens.end;
    }
    // Within one area both ways: "from Idlib to northern Idlib" keeps both.
    (origins, destinations)
}
