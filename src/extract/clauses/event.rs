//! One clause → the events that it names: kinds, places, number and tolls.

use std::ops::Range;

use super::super::dates::Time;
use super::super::kinds::What;
use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::parties::Clause;
use super::super::places::Spot;
use super::super::sentence::Sentence;
use super::super::tolls::{self, Toll};
use super::{Mention, Read, Trigger, stem};
use crate::record::{Count, Precision};

impl<'l> Read<'_, 'l> {
    /// What one clause says: several events if it names several kinds or places.
    pub(super) fn mention(
        &self,
        range: Range<usize>,
        link: &'l str,
        triggers: &[Trigger<'l>],
    ) -> Vec<Mention<'l>> {
        let s = self.s;
        let mut here: Vec<&Trigger<'l>> = triggers
            .iter()
            .filter(|t| range.contains(&t.tag.at))
            .collect();
        let times: Vec<Time> = self
            .moments
            .iter()
            .filter(|moment| {
                range.contains(&moment.tokens.start)
                    && self.free(moment.tokens.start)
                    && !self.is_statement(moment)
            })
            .map(|moment| moment.time)
            .collect();
        let mut spots: Vec<Spot> = self
            .spots
            .iter()
            .filter(|spot| !(self.spots.len() > 1 && self.is_head(spot)))
            .filter(|spot| {
                range.contains(&spot.tokens.start) && self.is_of_event(spot, &here, &range)
            })
            .cloned()
            .collect();
        let mut all_tolls = tolls::tolls(s, self.numbers, range.clone());
        let places: Vec<Range<usize>> = spots.iter().map(|spot| spot.tokens.clone()).collect();
        let here_numbers: Vec<Number> = self
            .numbers
            .iter()
            .filter(|n| range.contains(&n.tokens.start))
            .cloned()
            .collect();
        tolls::gapped(s, &here_numbers, &mut all_tolls, &places);
        // "Two gunmen and a soldier were killed": those are no means.
        here.retain(|t| {
            t.tag.role != Role::Means
                || !s.has(t.tag.at, Role::Person)
                || all_tolls
                    .iter()
                    .all(|toll| !toll.tokens.contains(&t.tag.at))
        });
        let hard: Vec<&&Trigger<'l>> = here.iter().filter(|t| !t.soft).collect();
        // Means alone tell of nothing: "warplanes flew over".
        let mut whats: Vec<(What<'l>, usize, Range<usize>)> = Vec::new();
        let mut used = Vec::new();
        if !hard.is_empty()
            || here.iter().any(|t| t.tag.role == Role::Means)
                && (!all_tolls.is_empty() || here.len() > 1)
        {
            let platform = here.iter().any(|t| {
                t.tag.role == Role::Means && matches!(t.what.name(), "drone strike" | "air strike")
            });
            for trigger in &here {
                // What an aircraft fires does not make it another kind.
                if platform
                    && trigger.tag.role == Role::Event
                    && matches!(trigger.tag.value, "missile strike" | "rocket attack")
                    && trigger.tag.len == 1
                {
                    continue;
                }
                used.push(trigger.tag.at);
                let span = trigger.tag.at..trigger.tag.end();
                let joined = whats
                    .iter()
                    .enumerate()
                    .find_map(|(i, (what, ..))| Some((i, what.both(&trigger.what)?)));
                match joined {
                    Some((i, both)) => {
                        if let Some((what, ..)) = whats.get_mut(i) {
                            *what = both;
                        }
                    }
                    None if trigger.soft && !whats.is_empty() => {}
                    None => {
                        // A means that nothing agrees with gives way.
                        if let [(what, at, place)] = whats.as_mut_slice()
                            && here.iter().any(|t| t.tag.at == *at && t.soft)
                        {
                            (*what, *at, *place) = (trigger.what.clone(), trigger.tag.at, span);
                        } else {
                            whats.push((trigger.what.clone(), trigger.tag.at, span));
                        }
                    }
                }
            }
        }
        // What is told of gas is that, by whatever means it came; who is arrested in a raid or for laying mines is arrested.
        if let Some(only) = whats
            .iter()
            .position(|(what, ..)| matches!(what.name(), "chemical attack" | "arrest" | "protest"))
        {
            whats = vec![whats.swap_remove(only)];
        }
        // Armed men who storm a post or ambush soldiers fight.
        if let [(what, ..)] = whats.as_mut_slice()
            && what.is_armed()
            && self.on_forces(&range, &here)
        {
            *what = What::read("clash");
        }
        let count = self.event_count(&range, &here);
        let unreal = if whats.is_empty() {
            None
        } else {
            self.unreal(&range, &hard, !all_tolls.is_empty(), &times)
        };
        let first = hard.first().map_or(range.start, |t| t.tag.at);
        let definite = hard
            .first()
            .is_some_and(|t| self.is_definite(t.tag.at, t.tag.role))
            // "the jets were Russian"
            || hard.is_empty() && here.iter().any(|t| s.before(t.tag.at) == "the");
        let separate = (range.start..first).any(|at| {
            self.free(at)
                && (matches!(
                    s.lower(at),
                    "separate" | "separately" | "different" | "similar"
                ) || matches!(s.lower(at), "another" | "second")
                    && first - at <= 4
                    && hard.first().is_some_and(|t| t.tag.role == Role::Event))
        }) && !self.numbers.iter().any(|n| {
            n.more
                && n.tokens.end <= first
                && all_tolls
                    .iter()
                    .any(|t| t.tokens.start <= n.tokens.start && n.tokens.end <= t.tokens.end)
        });
        let perfect = hard.iter().any(|t| {
            let reach = if t.tag.role == Role::Verb { 3 } else { 9 };
            let from = t.tag.at.saturating_sub(reach).max(range.start);
            (from..t.tag.at).any(|at| matches!(s.lower(at), "has" | "have") && self.free(at))
        });
        let there = range.clone().any(|at| {
            s.has(at, Role::There)
                && self.free(at)
                && s.lower(at) == "there"
                && !matches!(
                    s.lower(at + 1),
                    "were" | "was" | "is" | "are" | "has" | "have"
                )
                || matches!(s.lower(at), "the" | "that" | "this")
                    && matches!(
                        s.before(at),
                        "in" | "on" | "at" | "near" | "of" | "hit" | "struck" | "across"
                    )
                    && (at + 1..at + 4).any(|i| {
                        matches!(
                            s.lower(i),
                            "town"
                                | "city"
                                | "village"
                                | "area"
                                | "region"
                                | "district"
                                | "province"
                                | "camp"
                                | "neighbourhood"
                                | "governorate"
                        )
                    })
        });
        let lists = split_places(s, &mut spots, &here);
        let sides: Vec<String> = all_tolls
            .iter()
            .flat_map(|toll| toll.tokens.clone())
            .filter(|at| s.is_capital(*at))
            .map(|at| stem(s.lower(at)))
            .collect();
        let spans: Vec<Range<usize>> = here.iter().map(|t| t.tag.at..t.tag.end()).collect();
        let clause = Clause {
            s,
            text: self.text,
            taken: self.taken,
            spots: self.spots,
            moments: self.moments,
            range: range.clone(),
            triggers: &spans,
            fight: here.iter().any(|t| t.tag.value == "clash"),
        };
        let (actor, target) = (clause.actor(), clause.target());
        let blank = |what: Option<What<'l>>, spots: Vec<Spot>| Mention {
            actor: actor.clone().filter(|_| what.is_some()),
            target: target.clone().filter(|_| what.is_some()),
            what,
            triggers: used.clone(),
            tokens: range.clone(),
            spots,
            times: times.clone(),
            after: link,
            definite,
            separate,
            count: None,
            tolls: Vec::new(),
            unreal,
            perfect,
            minor: matches!(
                link,
                "after" | "link" | "amid" | "since" | "month" | "day" | "hours" | "later"
            ) || link.starts_with("back"),
            sides: sides.clone(),
            there,
        };
        let mut mentions: Vec<Mention<'l>> = Vec::new();
        match whats.as_slice() {
            [] if lists.len() > 1 && all_tolls.len() > 1 => {
                mentions.extend(lists.iter().map(|list| blank(None, list.clone())));
            }
            [] => mentions.push(blank(None, spots.clone())),
            whats => {
                for (what, at, _) in whats {
                    // Each kind in the places that follow it, if every kind has its own.
                    for list in &lists {
                        let mine =
                            whats.len() == 1 || lists.len() == 1 || nearest(list, whats) == *at;
                        if mine {
                            mentions.push(blank(Some(what.clone()), list.clone()));
                        }
                    }
                    if lists.is_empty() {
                        mentions.push(blank(Some(what.clone()), Vec::new()));
                    }
                }
            }
        }
        // A toll goes with the place that follows it, else with the first mention.
        for toll in all_tolls {
            let behind = mentions.iter().enumerate().filter_map(|(i, mention)| {
                let spot = mention.spots.first()?;
                let gap = spot.tokens.start.checked_sub(toll.tokens.end)?;
                (gap <= 6).then_some((gap, i))
            });
            let own = if mentions.len() > 1 {
                behind.min().map(|(_, i)| i)
            } else {
                None
            };
            if let Some(mention) = mentions.get_mut(own.unwrap_or(0)) {
                mention.tolls.push(toll);
            }
        }
        if let Some(first) = mentions.first_mut() {
            first.count = count;
        }
        // "hit X and Y, without causing casualties": in neither. "Two officers hurt, no deaths."
        for harm in tolls::nobody(s, range.clone()) {
            for mention in &mut mentions {
                if mention.tolls.iter().all(|toll| toll.harm != harm) {
                    let none = Toll::new(harm, Count::exactly(0), range.clone());
                    mention.tolls.push(none);
                }
            }
        }
        mentions
    }

    /// Whether gunmen attack those who are armed themselves: soldiers, a checkpoint, a patrol.
    fn on_forces(&self, range: &Range<usize>, here: &[&Trigger<'l>]) -> bool {
        let s = self.s;
        let storms = here.iter().any(|t| {
            matches!(
                s.lower(t.tag.at),
                "attack"
                    | "attacks"
                    | "attacked"
                    | "assault"
                    | "assaulted"
                    | "stormed"
                    | "ambush"
                    | "ambushed"
                    | "raided"
            )
        });
        let far = here.iter().any(|t| {
            t.tag.role == Role::Means && !matches!(s.lower(t.tag.at), "gunmen" | "gunman")
        });
        let first = here.first().map_or(range.start, |t| t.tag.end());
        let armed = |at: usize| {
            matches!(
                s.lower(at),
                "soldiers"
                    | "soldier"
                    | "troops"
                    | "checkpoint"
                    | "checkpoints"
                    | "post"
                    | "posts"
                    | "outpost"
                    | "patrol"
                    | "patrols"
                    | "barracks"
                    | "policemen"
                    | "garrison"
            )
        };
        let fighters = |at: usize| {
            matches!(
                s.lower(at),
                "gunmen"
                    | "gunman"
                    | "militants"
                    | "fighters"
                    | "jihadists"
                    | "insurgents"
                    | "cells"
                    | "rebels"
                    | "isis"
                    | "members"
                    | "assailants"
                    | "attackers"
                    | "tribesmen"
            ) || s.has(at, Role::Force)
                && s.tag(at, Role::Force)
                    .is_some_and(|tag| tag.value == "name")
        };
        storms && !far && (first..range.end).any(armed) && (range.start..first).any(fighters)
    }

    /// "Idlib: …": where the line is, not where something happened.
    pub(super) fn is_head(&self, spot: &Spot) -> bool {
        spot.tokens.start <= 2
            && matches!(self.s.lower(spot.tokens.end), ":" | "-" | "–" | "—" | "--")
    }

    /// Whether a place is where something happened: not a body's seat, not where the wounded were brought.
    pub(super) fn is_of_event(
        &self,
        spot: &Spot,
        here: &[&Trigger<'l>],
        range: &Range<usize>,
    ) -> bool {
        let s = self.s;
        // "kidnapped from the village of X"
        let taken = here.iter().any(|t| t.tag.value == "abduction");
        if !self.free(spot.core.start) || spot.from && !here.is_empty() && !taken {
            return false;
        }
        let before = spot.tokens.start;
        let hospital = (before.saturating_sub(6).max(range.start)..before)
            .any(|at| s.has(at, Role::Hospital))
            && (before.saturating_sub(9).max(range.start)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "to" | "taken"
                        | "treated"
                        | "treatment"
                        | "admitted"
                        | "recovering"
                        | "transferred"
                        | "evacuated"
                        | "died"
                        | "transported"
                        | "rushed"
                )
            });
        let close = s.before(before) == "to"
            && before >= 2
            && matches!(
                s.lower(before - 2),
                "close" | "next" | "adjacent" | "entrance" | "entrances" | "gates" | "gate"
            );
        // "most went to X and Y"
        let listed = s.before(before) == "and"
            && self.spots.iter().any(|other| {
                other.tokens.end + 1 == before
                    && matches!(
                        s.before(other.tokens.start),
                        "to" | "towards" | "toward" | "for"
                    )
            });
        let entrance = s.before(before) == "to"
            && (before.saturating_sub(4)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "entrance" | "entrances" | "approach" | "approaches" | "gates"
                )
            });
        let towards = (listed
            || matches!(s.before(before), "to" | "towards" | "toward" | "for")
                && !close
                && !entrance)
            && !here.iter().any(|t| t.tag.end() + 1 >= before)
            // "the final count for the Afrin blast"
            && !s.has(spot.tokens.end, Role::Event);
        if hospital || towards || s.before(before) == "against" && spot.is_country() {
            return false;
        }
        // Who does it, not where: a country that is no place of anything.
        let preposition = matches!(
            s.before(before),
            "in" | "across" | "inside" | "on" | "over" | "throughout" | "of" | "into"
        ) || matches!(s.lower(before), "near" | "along" | "inside" | "across");
        if spot.is_country() && spot.phrase.split(' ').count() <= 2 && !preposition {
            return false;
        }
        if spot.is_country() && s.before(before) == "of" {
            return false;
        }
        let passive = (spot.tokens.end..spot.tokens.end + 4).any(|at| {
            matches!(
                s.lower(at),
                "was" | "were" | "came" | "has" | "witnessed" | "saw"
            )
        });
        // "battled for the railway quarter of X"
        let object = here.iter().any(|t| {
            t.tag.role == Role::Verb
                && before >= t.tag.end()
                && before - t.tag.end() <= 3
                && (t.tag.end()..before).all(|at| s.is_word(at))
        });
        spot.framed
            || object
            || taken && spot.from
            || passive
            || matches!(s.before(before), "and" | "," | "the" | ":")
            || s.within(before.saturating_sub(1), Role::Verb).is_some()
    }

    /// "14 air raids", "struck seven times", "some 25 barrels".
    pub(super) fn event_count(&self, range: &Range<usize>, here: &[&Trigger<'l>]) -> Option<Count> {
        let s = self.s;
        for trigger in here {
            if trigger.tag.role == Role::Means || trigger.tag.role == Role::Verb {
                continue;
            }
            let at = trigger.tag.at;
            for number in self
                .numbers
                .iter()
                .filter(|n| range.contains(&n.tokens.start))
            {
                if number.tokens.end > at
                    || at - number.tokens.end > 3
                    || number.known
                    || number.glued
                {
                    continue;
                }
                let plain = (number.tokens.end..at).all(|i| {
                    s.is_word(i)
                        && !s.has(i, Role::Person)
                        && !s.has(i, Role::Verb)
                        && !s.has(i, Role::Dead)
                        && !s.has(i, Role::Hurt)
                        && !matches!(
                            s.lower(i),
                            "in" | "of"
                                | "by"
                                | "with"
                                | "to"
                                | "at"
                                | "when"
                                | "and"
                                | "days"
                                | "hours"
                                | "day"
                        )
                });
                let dated = self
                    .moments
                    .iter()
                    .any(|m| m.tokens.contains(&number.tokens.start));
                let plural = s.lower(trigger.tag.end() - 1).ends_with('s')
                    || s.lower(at).ends_with('s')
                    || number.count.best() == Some(1);
                if plain && !dated && plural {
                    return Some(number.count);
                }
            }
        }
        self.numbers
            .iter()
            .find(|n| {
                range.contains(&n.tokens.start)
                    && s.lower(n.tokens.end) == "times"
                    && !here.is_empty()
            })
            .map(|number| number.count)
    }

    pub(super) fn is_definite(&self, at: usize, role: Role) -> bool {
        let s = self.s;
        // "the vehicle was raked with fire": told before.
        if role == Role::Verb {
            let passive = matches!(s.before(at), "was" | "were");
            return passive
                && at >= 3
                && s.lower(at - 3) == "the"
                && (s.has(at - 2, Role::Target) || s.has(at - 2, Role::Person))
                && self.spots.iter().all(|spot| spot.tokens.end != at - 1);
        }
        if role != Role::Event {
            return false;
        }
        let from = at.saturating_sub(4);
        for i in (from..at).rev() {
            match s.lower(i) {
                "the" | "that" | "this" | "these" | "those" | "both" => return true,
                // "Monday's raids"
                "'s" if i > 0 && s.has(i - 1, Role::Weekday) => return true,
                "'s" | "," | "a" | "an" | "in" | "of" | "on" | "by" | "with" | "and"
                | "another" => return false,
                _ => {}
            }
        }
        false
    }
}

/// Places side by side are several events; a place within another, or one that only says where the first is, is not.
fn split_places<'l>(
    s: &Sentence<'_>,
    spots: &mut Vec<Spot>,
    here: &[&Trigger<'l>],
) -> Vec<Vec<Spot>> {
    // Of nested places the finest.
    let mut fine: Vec<Spot> = Vec::new();
    for spot in spots.iter() {
        let last_end = fine.last().map_or(0, |last: &Spot| last.tokens.end);
        let between = last_end..spot.tokens.start;
        // "in Diyala province, gunmen opened fire near the town of X"
        if spot.unknown
            && let Some(wide) = fine.last_mut()
            && !wide.unknown
            && wide.location.precision >= Precision::District
            && !between.clone().any(|at| s.has(at, Role::And))
        {
            let mut spot = spot.clone();
            if spot.within.is_none() {
                spot.within = Some(Box::new(wide.clone()));
            }
            *wide = spot;
            continue;
        }
        if !fine.is_empty() && between.len() <= 2 && s.lower(between.start) == "and" {
            fine.push(spot.clone());
            continue;
        }
        if let Some(wider) = fine.iter_mut().find(|known| {
            known.covers(spot)
                && (known.vagueness() > spot.vagueness()
                    || known.wide.is_some() && spot.wide.is_none())
        }) {
            let mut spot = spot.clone();
            if spot.within.is_none() {
                spot.within = Some(Box::new(wider.clone()));
            }
            *wider = spot;
        } else if fine.iter().any(|known| spot.covers(known)) {
            // Where the other is.
        } else {
            fine.push(spot.clone());
        }
    }
    let mut lists: Vec<Vec<Spot>> = Vec::new();
    let mut last_end = 0;
    for spot in &fine {
        let between = last_end..spot.tokens.start;
        let beside = lists.is_empty()
            || between
                .clone()
                .any(|at| s.has(at, Role::And) || s.lower(at) == ",")
                && between.clone().all(|at| {
                    s.has(at, Role::And)
                        || matches!(
                            s.lower(at),
                            "," | "the"
                                | "in"
                                | "both"
                                | "also"
                                | "at"
                                | "near"
                                | "well"
                                | "as"
                                | "of"
                                | "on"
                                | "then"
                                | "villages"
                                | "towns"
                                | "nearby"
                                | "village"
                                | "town"
                        )
                });
        // "… in X, while … in Y" is cut elsewhere; "killing two in X and three in Y" is not.
        let number = |at: usize| {
            s.has(at, Role::Number)
                || s.tokens.get(at).is_some_and(|t| t.figure().is_some())
                || s.has(at, Role::One)
        };
        let and = between.clone().any(|at| s.has(at, Role::And));
        let comma = between.clone().any(|at| s.lower(at) == ",");
        let again = between
            .clone()
            .any(|at| here.iter().any(|t| t.tag.at == at));
        let counted =
            between.len() <= 12 && ((and || comma) && between.clone().any(number) || and && again);
        if beside || counted {
            lists.push(vec![spot.clone()]);
        }
        last_end = spot.tokens.end;
    }
    // "X and Y, both on the Dnipro"
    lists.retain(|list| {
        list.first().is_none_or(|spot| {
            let from = spot.tokens.start.saturating_sub(3);
            !(from + 1..spot.tokens.start + 1)
                .any(|at| s.lower(at) == "both" && s.before(at) == ",")
        })
    });
    *spots = fine;
    lists
}

/// The trigger that a place is of: the last before it, or else the first.
fn nearest<'l>(list: &[Spot], whats: &[(What<'l>, usize, Range<usize>)]) -> usize {
    let at = list.first().map_or(0, |spot| spot.tokens.start);
    let before = whats
        .iter()
        .map(|(_, at, _)| *at)
        .rfind(|trigger| *trigger < at);
    before.or(whats.first().map(|(_, at, _)| *at)).unwrap_or(0)
}
