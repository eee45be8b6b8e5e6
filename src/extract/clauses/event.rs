//! One clause → the events that it names: kinds, places, number and tolls.

use std::ops::Range;

use super::super::dates::{Moment, Time};
use super::super::kinds::What;
use super::super::lexicon::Role;
use super::super::numbers::Number;
use super::super::parties::Clause;
use super::super::places::Spot;
use super::super::tolls::{self, Harm, Toll};
use super::spots::{nearest, split_places};
use super::{Mention, Read, Trigger, stem};
use crate::record::Count;

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
        let mut moments: Vec<&Moment> = self
            .moments
            .iter()
            .filter(|moment| {
                range.contains(&moment.tokens.start)
                    && self.free(moment.tokens.start)
                    && !self.is_statement(moment)
                    && !self.is_of_before(moment)
            })
            .collect();
        // "In our bulletin of Monday we told of Sunday's blast"
        moments.sort_by_key(|moment| !self.owns_event(moment));
        let times: Vec<Time> = moments.iter().map(|moment| moment.time).collect();
        let mut spots = self.spots_of_event(&here, &range);
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
                    // "Four dead: three gunmen and a conscript"
                    && !self
                        .numbers
                        .iter()
                        .any(|n| n.tokens.end == t.tag.at && all_tolls.iter().any(|toll| toll.tokens.end <= n.tokens.start))
        });
        let hard: Vec<&&Trigger<'l>> = here.iter().filter(|t| !t.soft).collect();
        // Means alone tell of nothing: "warplanes flew over".
        let mut whats: Vec<(What<'l>, usize, Range<usize>)> = Vec::new();
        let mut used = Vec::new();
        if !hard.is_empty()
            || here.iter().any(|t| t.tag.role == Role::Means)
                // "a street sweeper was killed by a drone"
                && (!all_tolls.is_empty()
                    || here.len() > 1
                    || here.iter().any(|t| self.did_harm(t.tag.at)))
        {
            let platform = here.iter().any(|t| {
                t.tag.role == Role::Means && matches!(t.what.name(), "drone strike" | "air strike")
            });
            for trigger in &here {
                // What an aircraft fires does not make it another kind.
                if platform
                    && trigger.tag.role == Role::Event
                    && matches!(
                        trigger.tag.value,
                        "missile strike" | "rocket attack" | "grenade"
                    )
                    && trigger.tag.len <= 2
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
        // "Armed men broke into a house and killed a woman": the killing.
        if let [(what, at, _)] = whats.as_mut_slice()
            && what.name() == "looting"
            && s.lower(*at) == "broke"
            && all_tolls.iter().any(|toll| toll.harm == Harm::Dead)
        {
            *what = What::read("shooting");
        }
        // Armed men who storm a post or ambush soldiers fight.
        if let [(what, ..)] = whats.as_mut_slice()
            && what.is_armed()
            && self.on_forces(&range, &here)
        {
            *what = What::read("clash");
        }
        // "Protesters set fire to the offices of two parties"
        if let [(what, at, _)] = whats.as_mut_slice()
            && self.is_of_a_crowd(range.start..*at)
            && !matches!(
                s.lower(*at),
                "looted" | "looting" | "plundered" | "ransacked" | "stole" | "carried"
            )
            && (matches!(what.name(), "looting" | "attack" | "clash") || what.is_armed())
        {
            *what = What::read("riot");
        }
        let count = self.event_count(&range, &here);
        let unreal = if whats.is_empty() {
            self.in_general(&range, &all_tolls)
        } else {
            // "arrested four men of a cell planning attacks": real, though the attacks are not.
            let own: Vec<&&Trigger<'l>> = match whats.as_slice() {
                [(what, ..)] if matches!(what.name(), "arrest" | "protest") => {
                    hard.iter().filter(|t| t.what == *what).copied().collect()
                }
                _ => hard.clone(),
            };
            self.unreal(&range, &own, !all_tolls.is_empty(), &times)
        };
        // "The next morning the hospital reported five killed": when it said so.
        let times: Vec<Time> = if whats.is_empty() {
            let own = moments.iter().filter(|moment| {
                moment.tokens.start > range.start + 2 || !self.leads_to_source(moment)
            });
            own.map(|moment| moment.time).collect()
        } else {
            times
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
        let reply = hard.iter().any(|t| {
            t.tag.value == "clash"
                && (matches!(s.lower(t.tag.at), "returned" | "shot" | "fired")
                    || matches!(
                        s.before(t.tag.at),
                        "ensuing" | "subsequent" | "resulting" | "following"
                    )
                    || definite && s.lower(t.tag.at) == "exchange")
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
            each: range
                .clone()
                .any(|at| matches!(s.lower(at), "either" | "both" | "neither")),
            there,
            reply,
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
}
