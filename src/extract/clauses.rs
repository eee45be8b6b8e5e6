//! A sentence → what it says happened: its clauses, each with the words for events, the places, times and tolls in it.

mod doubt;
mod event;

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
    /// Who did it, in the words of the text.
    pub actor: Option<String>,
    /// What was hit, likewise.
    pub target: Option<String>,
}

/// What the rest of the extraction knows of a sentence.
pub(super) struct Read<'s, 'l> {
    pub s: &'s Sentence<'l>,
    pub text: &'s str,
    pub numbers: &'s [Number],
    pub moments: &'s [Moment],
    pub spots: &'s [Spot],
    pub attributions: &'s [Attribution],
    /// Tokens that speak of sources.
    pub taken: &'s [bool],
}

/// Events that may set something on fire.
const BURNS: &str =
    "air strike; drone strike; shelling; rocket attack; missile strike; IED; car bomb; clash";

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
            }) && !triggers.iter().any(|t| range.contains(&t.tag.at))
                && self
                    .numbers
                    .iter()
                    .any(|number| range.contains(&number.tokens.start));
            let all = self.mention(range.clone(), link, &triggers);
            let several = all.len() > 1;
            for mut mention in all {
                let told = mention.what.is_some();
                if !told {
                    // "…, who had been invited to X", "an editor, who lives in X": where a person was.
                    let placed = mentions
                        .last()
                        .is_some_and(|last| last.definite || !last.spots.is_empty());
                    let source = self.attributions.iter().any(|found| {
                        found.tokens.end <= range.start && range.start - found.tokens.end <= 1
                    });
                    if self.s.lower(range.start) == "who" && (placed || source) {
                        mention.spots.clear();
                    }
                } else if self.s.lower(range.start) == "where" && mention.spots.is_empty() {
                    // "from X, where jets bombed the market"
                    let at = range.start;
                    let before = self.spots.iter().find(|spot| {
                        spot.tokens.end == at
                            || spot.tokens.end + 1 == at && self.s.before(at) == ","
                    });
                    mention.spots.extend(before.cloned());
                }
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
                            // "…, while others put the figure at six": the same people.
                            self.again(last, &mut mention);
                            join(last, mention);
                        }
                        _ if mention.tolls.is_empty() && empty => {}
                        None => match &mut pending {
                            Some(known) => {
                                self.again(known, &mut mention);
                                join(known, mention);
                            }
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
                // "raided the village and detained seven men"
                let arrest = mention
                    .what
                    .as_ref()
                    .is_some_and(|what| what.name() == "arrest");
                if let Some(last) = mentions.last_mut()
                    && arrest
                    && mention.spots.is_empty()
                    && last.what.as_ref().is_some_and(What::is_raid)
                {
                    last.what = mention.what.take();
                    join(last, mention);
                    continue;
                }
                // "nine were killed in clashes at dawn, after fighters stormed a post near X": one event.
                let same = mentions.last().is_some_and(|last| {
                    link == "after"
                        // not "in retaliation for"
                        && self.s.lower(range.start) == "after"
                        && !last.there
                        && last.spots.is_empty()
                        && !last.tolls.is_empty()
                        && mention.times.is_empty()
                        && mention.tolls.is_empty()
                        && !mention.definite
                });
                if let Some(last) = mentions.last_mut()
                    && (matches!(link, "link" | "weak") || same)
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
        self.credit(&mut mentions);
        mentions
    }

    /// Whose each toll is, if the sentence names several sources: of "X said …" what follows, of "…, said X" what is before.
    fn credit(&self, mentions: &mut [Mention<'l>]) {
        if self.attributions.len() < 2 {
            return;
        }
        let s = self.s;
        let leads = |found: &&Attribution| s.is_word(found.tokens.end);
        for toll in mentions.iter_mut().flat_map(|mention| &mut mention.tolls) {
            let before = self
                .attributions
                .iter()
                .rev()
                .find(|found| found.tokens.end <= toll.tokens.start && leads(found));
            let behind = self
                .attributions
                .iter()
                .find(|found| found.tokens.start >= toll.tokens.end && !leads(found));
            let apart = |found: &Attribution| {
                (found.tokens.end..toll.tokens.start).any(|at| {
                    s.lower(at) == ";"
                        || s.tag(at, Role::Break)
                            .is_some_and(|tag| tag.value == "split")
                })
            };
            let own = before
                .filter(|found| behind.is_none() || !apart(found))
                .or(behind);
            toll.by = own.map(|found| found.tokens.start);
        }
    }

    /// "…, while others put the figure at six": the same people, counted again.
    fn again(&self, last: &Mention<'l>, mention: &mut Mention<'l>) {
        for toll in &mut mention.tolls {
            let people = toll
                .tokens
                .clone()
                .any(|at| self.s.has(at, Role::Person) || self.s.lower(at) == "another");
            let before = last.tolls.iter().rfind(|known| known.harm == toll.harm);
            toll.again |= !people
                && before.is_some_and(|known| {
                    (known.tokens.end..toll.tokens.start).any(|at| {
                        matches!(
                            self.s.lower(at),
                            ";" | "while" | "whereas" | "but" | "though"
                        )
                    })
                });
        }
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
                // "a drone destroyed a lorry", not "destroyed three drones"
                let by_means = s.lower(at) != "destroyed"
                    || (at.saturating_sub(3)..at)
                        .any(|i| s.has(i, Role::Means) || s.has(i, Role::Event))
                        && !matches!(s.before(at), "was" | "were" | "been" | "be");
                // "seized three shepherds", not "seized the town"
                let somebody = tag.value != "abduction"
                    || !matches!(s.lower(at), "seized" | "seize" | "took")
                    || (end..end + 5)
                        .take_while(|i| {
                            s.is_word(*i) && (!s.has(*i, Role::Inner) || s.has(*i, Role::One))
                        })
                        .any(|i| s.has(i, Role::Person));
                if !somebody || !by_means {
                    at = end;
                    continue;
                }
                let hyphened = s.tokens.get(end).is_some_and(|token| token.hyphened)
                    && tag.role != Role::Event;
                if !hyphened {
                    found.push(Trigger { tag, what, soft });
                }
            }
            at = end;
        }
        // "shells hit a market and set fire to shops", "drones set fire to a silo": what came of it.
        let weapon = |t: &Trigger<'_>| t.tag.role != Role::SoftVerb && t.what.name() != "looting";
        if found.iter().any(weapon) {
            for burnt in found.iter_mut().filter(|t| t.tag.value == "looting") {
                burnt.what = What::read(BURNS);
            }
        }
        found
    }

    /// "…, with six people killed": not "two men travelling with him were hurt", nor "left 13 with injuries".
    fn with_toll(&self, at: usize) -> bool {
        let s = self.s;
        let harm = (at..s.len()).find(|i| {
            [Role::Dead, Role::Hurt]
                .iter()
                .any(|role| s.tag(*i, *role).is_some_and(|tag| tag.value != "hospital"))
        });
        let Some(harm) = harm.filter(|harm| *harm > at) else {
            return false;
        };
        let numeral = |i: usize| {
            s.has(i, Role::One) || self.numbers.iter().any(|number| number.tokens.contains(&i))
        };
        (at..harm).any(numeral) || (harm..harm + 3).any(numeral)
    }

    /// The clauses: where they are, and how each is joined to the one before.
    fn segments(&self, triggers: &[Trigger<'l>]) -> Vec<(Range<usize>, &'l str)> {
        let s = self.s;
        let mut cuts: Vec<(usize, &'l str)> = Vec::new();
        let aside = tolls::asides(s, 0..s.len());
        let mut at = 0;
        while at < s.len() {
            let dashes = s.tokens.iter().filter(|token| token.is("—")).count();
            if s.lower(at) == ";"
                || s.lower(at) == "—" && dashes == 1
                || s.lower(at) == ":"
                    && at > 3
                    && triggers.iter().any(|trigger| trigger.tag.at > at)
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
                || s.lower(at) == "who" && aside.get(at).copied().unwrap_or(false)
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
                || s.lower(at) == "since"
                    && (matches!(s.before(at), "has" | "have" | "had") || !s.is_word(next))
                // "killed in that shelling"
                || s.lower(at) == "that"
                    && at > 0
                    && (s.has(at - 1, Role::Where) || matches!(s.before(at), "during" | "after"))
                // "gave the number of dead as four"
                || s.lower(at) == "as"
                    && self.numbers.iter().any(|number| number.tokens.start == next)
                || s.lower(at) == "that" && at > 0 && self.s.within(at - 1, Role::Say).is_some();
            // "fifteen men, some with burns, were taken to hospital": no clause of its own.
            let idle = idle
                || tag.value == "weak"
                    && !triggers.iter().any(|trigger| trigger.tag.at > at)
                    && !self.with_toll(at);
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
        // "Two hours after the blast in X, a bomb hit a truck in Y"
        if let Some((at, _)) = cuts.first().copied()
            && at <= 5
            && s.tag(at, Role::Break)
                .is_some_and(|tag| matches!(tag.value, "after" | "hours" | "later" | "day"))
            && let Some(comma) = (at..s.len()).find(|i| s.lower(*i) == ",")
            && triggers.iter().any(|t| (at..comma).contains(&t.tag.at))
            && triggers.iter().any(|t| t.tag.at > comma)
            && triggers.iter().all(|t| t.tag.at > at)
        {
            cuts.push((comma, "start"));
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
    mention.actor = mention.actor.take().or(other.actor);
    mention.target = mention.target.take().or(other.target);
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
    mention.actor = mention.actor.take().or(before.actor);
    mention.target = mention.target.take().or(before.target);
}
