//! A sentence → what it says happened: its clauses, each with the words for events, the places, times and tolls in it.

use std::ops::Range;

use super::dates::{Moment, Time};
use super::kinds::What;
use super::lexicon::{Role, Tag};
use super::numbers::Number;
use super::places::Spot;
use super::sentence::Sentence;
use super::speech::Attribution;
use super::tolls::{self, Toll};
use crate::record::Count;

/// What one clause says of one event.
#[derive(Clone, Debug)]
pub(super) struct Mention<'l> {
    /// `None`: only what became of people, of an event told before.
    pub what: Option<What<'l>>,
    /// Words for the event, of which some may be names of things: "rockets".
    pub triggers: Vec<usize>,
    pub tokens: Range<usize>,
    pub spots: Vec<Spot>,
    pub times: Vec<Time>,
    /// How it stands in time to the clause before.
    pub after: &'l str,
    /// "the strikes": told before.
    pub definite: bool,
    /// "another attack": not one told before.
    pub separate: bool,
    /// Strikes or munitions.
    pub count: Option<Count>,
    pub tolls: Vec<Toll>,
    /// It did not happen, or is a habit, or is to come.
    pub unreal: Option<&'static str>,
    /// In the perfect: "has struck".
    pub perfect: bool,
    /// Tokens of a subordinate clause behind the main one.
    pub minor: bool,
    /// Whose side the dead and injured are on, by the first letters of names: "iran", "iraq".
    pub sides: Vec<String>,
    /// Points to a place said before: "there", "in the town".
    pub there: bool,
}

/// What the rest of the extraction knows of a sentence.
pub(super) struct Read<'s, 'l> {
    pub s: &'s Sentence<'l>,
    pub numbers: &'s [Number],
    pub moments: &'s [Moment],
    pub spots: &'s [Spot],
    pub attributions: &'s [Attribution],
    /// Tokens that speak of sources.
    pub taken: &'s [bool],
}

struct Trigger<'l> {
    tag: Tag<'l>,
    what: What<'l>,
    soft: bool,
}

impl<'l> Read<'_, 'l> {
    fn free(&self, at: usize) -> bool {
        !self.taken.get(at).copied().unwrap_or(false)
    }

    /// Every mention of an event, in the order of the sentence.
    pub fn mentions(&self) -> Vec<Mention<'l>> {
        let triggers = self.triggers();
        let segments = self.segments(&triggers);
        let mut mentions: Vec<Mention<'l>> = Vec::new();
        let mut pending: Option<Mention<'l>> = None;
        for (range, link) in segments {
            // "since the war began": no event, but what is told before is a habit.
            if link == "since" {
                if let Some(last) = mentions.last_mut()
                    && last.perfect
                {
                    last.unreal = last.unreal.or(Some("in general, not one event"));
                }
                continue;
            }
            // "2,000 people fled X after …": X is where they came from.
            let fled = range.clone().any(|at| {
                self.s.has(at, Role::Flee)
                    || self.s.has(at, Role::Reach)
                        && range
                            .clone()
                            .any(|i| self.s.has(i, Role::Family) || self.s.has(i, Role::Bare))
            }) && !triggers.iter().any(|t| range.contains(&t.tag.at));
            let all = self.mention(range, link, &triggers);
            let several = all.len() > 1;
            for mut mention in all {
                let told = mention.what.is_some();
                if !told {
                    if fled && mention.tolls.is_empty() {
                        continue;
                    }
                    let places = mention.spots.iter().any(|spot| !spot.is_country());
                    let separate_tolls = mentions.last().is_some_and(|last| last.what.is_none());
                    let empty = mention.tolls.is_empty()
                        && mention.spots.is_empty()
                        && mention.times.is_empty();
                    let told_by = |tokens: &Range<usize>| {
                        self.attributions
                            .iter()
                            .position(|found| tokens.contains(&found.tokens.start))
                    };
                    // "…, while another source spoke of six"
                    let other_source = !mention.tolls.is_empty()
                        && told_by(&mention.tokens).is_some()
                        && pending.as_ref().or(mentions.last()).is_some_and(|last| {
                            !last.tolls.is_empty()
                                && told_by(&last.tokens) != told_by(&mention.tokens)
                        });
                    if other_source {
                        mentions.extend(pending.take());
                        mentions.push(mention);
                        continue;
                    }
                    if several && !mention.tolls.is_empty() && !mention.spots.is_empty() {
                        mentions.push(mention);
                        continue;
                    }
                    let apart =
                        places && !mention.tolls.is_empty() && (link == "split" || separate_tolls);
                    match mentions.last_mut() {
                        Some(last) if !apart => {
                            join(last, mention);
                        }
                        _ if mention.tolls.is_empty() && empty => {}
                        None => match &mut pending {
                            Some(known) => join(known, mention),
                            None => pending = Some(mention),
                        },
                        Some(_) => mentions.push(mention),
                    }
                    continue;
                }
                if let Some(before) = pending.take() {
                    let joins =
                        matches!(link, "link" | "after" | "hours" | "weak" | "amid" | "month")
                            && !before.tolls.is_empty()
                            || before.tolls.is_empty()
                                && (before.spots.is_empty() || mention.spots.is_empty())
                            || matches!(link, "start" | "and" | "link" | "weak");
                    if joins {
                        let (unreal, definite, minor) = (
                            before.unreal,
                            mention.definite,
                            mention.minor && before.tolls.is_empty(),
                        );
                        mention.after = "";
                        prepend(&mut mention, before);
                        mention.definite = definite;
                        mention.minor = minor;
                        mention.unreal = mention.unreal.or(unreal);
                        mentions.push(mention);
                        continue;
                    }
                    mentions.push(before);
                }
                if let Some(last) = mentions.last_mut()
                    && matches!(link, "link" | "weak")
                    && last.unreal.is_none() == mention.unreal.is_none()
                    && let Some(what) = last
                        .what
                        .as_ref()
                        .zip(mention.what.as_ref())
                        .and_then(|(a, b)| a.both(b))
                    && (last.spots.is_empty()
                        || mention.spots.is_empty()
                        || last
                            .spots
                            .iter()
                            .any(|a| mention.spots.iter().any(|b| a.agrees(b))))
                    && !(mention.separate)
                {
                    last.what = Some(what);
                    join(last, mention);
                    continue;
                }
                mentions.push(mention);
            }
        }
        if let Some(pending) = pending {
            mentions.push(pending);
        }
        // A day at the head of the sentence is that of all.
        let lead: Vec<Time> = mentions
            .first()
            .map(|first| first.times.clone())
            .unwrap_or_default();
        let head = self
            .moments
            .first()
            .is_some_and(|moment| moment.tokens.start <= 2);
        if head {
            for mention in mentions.iter_mut().skip(1) {
                if mention.times.is_empty()
                    && matches!(
                        mention.after,
                        "split" | "and" | "link" | "weak" | "start" | ""
                    )
                {
                    mention.times.clone_from(&lead);
                }
            }
        }
        mentions
    }

    /// The words that tell of events, none within another.
    fn triggers(&self) -> Vec<Trigger<'l>> {
        let s = self.s;
        let mut found: Vec<Trigger<'l>> = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let of = |role| s.tag(at, role);
            let none = of(Role::Not);
            // The last of the longest: a noun rather than a verb.
            let candidates = [Role::SoftVerb, Role::Means, Role::Verb, Role::Event]
                .into_iter()
                .filter_map(of);
            let Some(tag) = candidates.max_by_key(|tag| tag.len) else {
                at += none.map_or(1, |tag| tag.len);
                continue;
            };
            if let Some(none) = none
                && none.len >= tag.len
            {
                at = none.end();
                continue;
            }
            let end = tag.end();
            let name = s.is_capital(at)
                && at > 0
                && s.is_capital(at - 1)
                && !s.has(at - 1, Role::Weekday)
                && tag.len == 1
                && self.spots.iter().all(|spot| !spot.core.contains(&(at - 1)));
            let place = self.spots.iter().any(|spot| spot.core.contains(&at));
            // "bombing raids" is one; "hit" after "was not" is still a word for it.
            if self.free(at)
                && !place
                && !(name
                    && tag.role != Role::Event
                    && self.moments.iter().all(|m| !m.tokens.contains(&(at - 1))))
            {
                let soft = tag.role == Role::SoftVerb || tag.role == Role::Means;
                let what = What::read(tag.value);
                let hyphened = s.tokens.get(end).is_some_and(|token| token.hyphened)
                    && tag.role != Role::Event;
                if !hyphened {
                    found.push(Trigger { tag, what, soft });
                }
            }
            at = end;
        }
        found
    }

    /// The clauses: where they are, and how each is joined to the one before.
    fn segments(&self, triggers: &[Trigger<'l>]) -> Vec<(Range<usize>, &'l str)> {
        let s = self.s;
        let mut cuts: Vec<(usize, &'l str)> = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let dashes = s.tokens.iter().filter(|token| token.is("—")).count();
            if s.lower(at) == ";"
                || s.lower(at) == "—" && dashes == 1
                || s.lower(at) == ":" && at > 3
            {
                cuts.push((at, "split"));
            }
            let Some(tag) = s.tag(at, Role::Break) else {
                at += 1;
                continue;
            };
            // "after dark", "as many as", "before dawn", "following day": no clause.
            let next = tag.end();
            let idle = !self.free(at)
                || self
                    .moments
                    .iter()
                    .any(|moment| moment.tokens.contains(&at))
                || self
                    .numbers
                    .iter()
                    .any(|number| number.tokens.contains(&at))
                || self.spots.iter().any(|spot| spot.tokens.contains(&at))
                || matches!(
                    s.lower(next),
                    "midnight" | "dawn" | "dark" | "noon" | "well" | "far" | "part" | "saying"
                )
                || s.lower(at) == "that" && at > 0 && self.s.within(at - 1, Role::Say).is_some();
            if !idle {
                cuts.push((at, tag.value));
            }
            at = tag.end();
        }
        // Two clauses side by side: "bombed X and shelled Y", "struck X, and a car bomb went off in Y".
        for pair in triggers.windows(2) {
            let [one, two] = pair else { continue };
            let (from, to) = (one.tag.end(), two.tag.at);
            if cuts.iter().any(|(cut, _)| (from..=to).contains(cut)) {
                continue;
            }
            let Some(join) = (from..to).rev().find(|at| {
                (s.has(*at, Role::And) || s.lower(*at) == ",")
                    && !self.spots.iter().any(|spot| spot.tokens.contains(at))
                    && !self.numbers.iter().any(|n| n.tokens.contains(at))
            }) else {
                continue;
            };
            let differ = one.what.both(&two.what).is_none();
            let near = to - from <= 3;
            let placed = |range: Range<usize>| {
                self.spots
                    .iter()
                    .any(|spot| range.contains(&spot.tokens.start) && !spot.is_country())
            };
            let verbs = two.tag.role == Role::Verb
                || two.tag.role == Role::SoftVerb
                || triggers
                    .iter()
                    .any(|t| t.tag.at > to && t.tag.role == Role::Verb);
            let both_placed = placed(from..to) && placed(to..s.len());
            let weak = two.soft && !placed(to..s.len());
            if differ && !near && !weak || both_placed && verbs && !subordinate(s, from, to) {
                cuts.push((join, "and"));
            }
        }
        cuts.sort_by_key(|(at, _)| *at);
        cuts.dedup_by_key(|(at, _)| *at);
        let mut segments = Vec::new();
        let (mut from, mut link) = (0, "start");
        for (cut, next) in cuts {
            if cut > from {
                segments.push((from..cut, link));
            }
            (from, link) = (cut, next);
        }
        segments.push((from..s.len(), link));
        segments
    }

    /// What one clause says: several events if it names several kinds or places.
    fn mention(
        &self,
        range: Range<usize>,
        link: &'l str,
        triggers: &[Trigger<'l>],
    ) -> Vec<Mention<'l>> {
        let s = self.s;
        let here: Vec<&Trigger<'l>> = triggers
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
        let count = self.event_count(&range, &here);
        let unreal = if whats.is_empty() {
            None
        } else {
            self.unreal(&range, &hard, !all_tolls.is_empty(), &times)
        };
        let first = hard.first().map_or(range.start, |t| t.tag.at);
        let definite = hard
            .first()
            .is_some_and(|t| self.is_definite(t.tag.at, t.tag.role));
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
        let blank = |what: Option<What<'l>>, spots: Vec<Spot>| Mention {
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
        // "hit X and Y, without causing casualties": in neither.
        for first in mentions
            .iter_mut()
            .filter(|mention| mention.tolls.is_empty())
        {
            {
                for harm in tolls::nobody(s, range.clone()) {
                    first.tolls.push(Toll {
                        harm,
                        count: Count::exactly(0),
                        tokens: range.clone(),
                        update: false,
                        known: false,
                    });
                }
            }
        }
        mentions
    }

    /// "Idlib: …": where the line is, not where something happened.
    fn is_head(&self, spot: &Spot) -> bool {
        spot.tokens.start <= 2
            && matches!(self.s.lower(spot.tokens.end), ":" | "-" | "–" | "—" | "--")
    }

    /// A time right behind the verb of saying is that of the statement.
    pub fn is_statement(&self, moment: &Moment) -> bool {
        let s = self.s;
        self.attributions
            .iter()
            .flat_map(|found| [found.tokens.end, found.after])
            .any(|after| {
                let start = moment.tokens.start;
                (after..=after + 5).contains(&start)
                    && (after..start).all(|at| {
                        matches!(
                            s.lower(at),
                            "on" | "late"
                                | "early"
                                | "in"
                                | "a"
                                | "statement"
                                | "reporters"
                                | "its"
                                | ","
                                | "daily"
                                | "bulletin"
                                | "report"
                                | "by"
                                | "via"
                                | "released"
                                | "posted"
                                | "online"
                                | "telegram"
                                | "update"
                                | "the"
                                | "published"
                                | "journalists"
                        )
                    })
            })
    }

    /// Whether a place is where something happened: not a body's seat, not where the wounded were brought.
    fn is_of_event(&self, spot: &Spot, here: &[&Trigger<'l>], range: &Range<usize>) -> bool {
        let s = self.s;
        if !self.free(spot.core.start) || spot.from && !here.is_empty() {
            return false;
        }
        let before = spot.tokens.start;
        let hospital = (before.saturating_sub(6).max(range.start)..before)
            .any(|at| s.has(at, Role::Hospital))
            && (before.saturating_sub(9).max(range.start)..before).any(|at| {
                matches!(
                    s.lower(at),
                    "to" | "taken"
                        | "transferred"
                        | "evacuated"
                        | "died"
                        | "transported"
                        | "rushed"
                )
            });
        let towards = matches!(s.before(before), "to" | "towards" | "toward" | "for")
            && !here.iter().any(|t| t.tag.end() + 1 >= before);
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
        spot.framed
            || passive
            || matches!(s.before(before), "and" | "," | "the" | ":")
            || s.within(before.saturating_sub(1), Role::Verb).is_some()
    }

    /// "14 air raids", "struck seven times", "some 25 barrels".
    fn event_count(&self, range: &Range<usize>, here: &[&Trigger<'l>]) -> Option<Count> {
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

    fn is_definite(&self, at: usize, role: Role) -> bool {
        let s = self.s;
        if role != Role::Event {
            return false;
        }
        let from = at.saturating_sub(4);
        for i in (from..at).rev() {
            match s.lower(i) {
                "the" | "that" | "this" | "these" | "those" | "both" => return true,
                "'s" | "," | "a" | "an" | "in" | "of" | "on" | "by" | "with" | "and"
                | "another" => return false,
                _ => {}
            }
        }
        false
    }

    /// Why what a clause tells of is no event.
    fn unreal(
        &self,
        range: &Range<usize>,
        hard: &[&&Trigger<'l>],
        harmed: bool,
        times: &[Time],
    ) -> Option<&'static str> {
        let s = self.s;
        let first = hard.first().map(|t| t.tag.at)?;
        let from = range.start;
        let last = hard.last().map_or(first, |t| t.tag.at);
        for at in from..last {
            let close = last - at <= 12
                && !s.has(at, Role::Month)
                && self.moments.iter().all(|m| !m.tokens.contains(&at));
            let clear = self.free(at) || s.has(at, Role::No);
            if !clear || !close {
                continue;
            }
            let number = self.numbers.iter().any(|n| n.tokens.contains(&at));
            if let Some(tag) = s.tag(at, Role::Unreal)
                && !number
                && !(s.lower(at) == "any" && harmed)
                && !self.spots.iter().any(|spot| spot.core.contains(&at))
            {
                let _ = tag;
                return Some("planned, feared or possible");
            }
            if s.tag(at, Role::No).is_some()
                && first.saturating_sub(at) <= 5
                && at < first
                && !harmed
                && !number
                && !matches!(s.lower(at + 1), "casualties" | "injuries" | "immediate")
                && !s.has(at, Role::Listener)
            {
                return Some("denied, or did not happen");
            }
            if s.has(at, Role::Blame) && !harmed && (at..first).any(|i| s.lower(i) == "for") {
                return Some("a charge, not a report");
            }
        }
        // "the attacks must stop", "strikes on X could follow"
        let end = hard.last().map_or(first, |t| t.tag.end());
        let verb = |at: &usize| {
            let modal = matches!(
                s.lower(*at),
                "could" | "would" | "may" | "might" | "will" | "must" | "should"
            );
            let other = s.has(*at, Role::Verb) || s.has(*at, Role::Dead) || s.has(*at, Role::Say);
            modal
                || other
                || matches!(
                    s.lower(*at),
                    "was" | "were" | "has" | "have" | "had" | "came" | ","
                )
        };
        let next = (end..range.end.min(end + 12)).find(verb);
        let modal = next.is_some_and(|at| s.has(at, Role::Unreal));
        if modal && !harmed {
            return Some("planned, feared or possible");
        }
        // The saying itself may deny.
        if (0..first).any(|at| {
            s.has(at, Role::No) && matches!(s.lower(at), "denied" | "denies" | "deny" | "denying")
        }) {
            return Some("denied, or did not happen");
        }
        if range.clone().any(|at| {
            s.has(at, Role::General) && self.moments.iter().all(|m| !m.tokens.contains(&at))
        }) && !harmed
        {
            return Some("in general, not one event");
        }
        if times.contains(&Time::Future) {
            return Some("planned, feared or possible");
        }
        if times.contains(&Time::Old) {
            return Some("long ago, or in general");
        }
        // "to escalate attacks", "to carry out strikes"
        let to = (from.max(first.saturating_sub(4))..first).any(|at| {
            s.lower(at) == "to"
                && s.is_word(at + 1)
                && s.lower(at + 1) != "be"
                && !s.has(at + 1, Role::Inner)
                && !s.lower(at + 1).ends_with("ing")
                && self
                    .spots
                    .iter()
                    .all(|spot| !spot.tokens.contains(&(at + 1)))
                && !s.is_capital(at + 1)
                && !matches!(s.lower(at + 1), "a" | "the" | "an")
        }) && !harmed;
        if to && hard.len() == 1 && hard.iter().all(|t| t.tag.role == Role::Event) {
            return Some("an aim, not an event");
        }
        None
    }
}

/// The letters that a name and its adjective share: "Iran", "Iranian".
pub(super) fn stem(word: &str) -> String {
    word.chars().take(4).collect()
}

fn subordinate(s: &Sentence<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| matches!(s.lower(at), "which" | "that" | "who"))
}

/// What follows is about the same event.
fn join<'l>(mention: &mut Mention<'l>, other: Mention<'l>) {
    mention.tolls.extend(other.tolls);
    mention.sides.extend(other.sides);
    for spot in other.spots {
        let known = mention.spots.iter().any(|known| known.agrees(&spot));
        if !known && mention.spots.is_empty() {
            mention.spots.push(spot);
        } else if known {
            // The finer of the two.
            if let Some(first) = mention.spots.first_mut()
                && first.covers(&spot)
            {
                *first = spot;
            }
        }
    }
    mention.times.extend(other.times);
    mention.count = mention.count.or(other.count);
    mention.triggers.extend(other.triggers);
    mention.tokens.end = mention.tokens.end.max(other.tokens.end);
    mention.there |= other.there;
}

fn prepend<'l>(mention: &mut Mention<'l>, before: Mention<'l>) {
    let tolls = std::mem::take(&mut mention.tolls);
    mention.tolls = before.tolls;
    mention.tolls.extend(tolls);
    for spot in before.spots {
        if mention.spots.is_empty() {
            mention.spots.push(spot);
        }
    }
    if mention.times.is_empty() {
        mention.times = before.times;
    }
    mention.count = mention.count.or(before.count);
    mention.tokens.start = before.tokens.start;
    mention.there |= before.there;
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
