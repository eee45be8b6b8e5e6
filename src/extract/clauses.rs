//! A sentence → what it says happened: its clauses, each with the words for events, the places, times and tolls in it.

mod doubt;
mod event;
mod join;
mod phrases;
mod segments;
mod spots;
#[cfg(test)]
mod tests;
mod triggers;
mod which;

use std::ops::Range;

use join::{join, prepend};

use super::dates::{Moment, Time};
use super::kinds::What;
use super::lexicon::{Role, Tag};
use super::numbers::Number;
use super::places::Spot;
use super::sentence::Sentence;
use super::speech::Attribution;
use super::tolls::Toll;
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
    /// "nobody was hurt in either village": in all that were named.
    pub each: bool,
    /// Points to a place said before: "there", "in the town".
    pub there: bool,
    /// "returned fire", "in the ensuing clashes": what was an attack became a fight.
    pub reply: bool,
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

struct Trigger<'l> {
    tag: Tag<'l>,
    what: What<'l>,
    soft: bool,
}

impl<'l> Read<'_, 'l> {
    /// Whether a place is not that of a source.
    pub(super) fn is_untold(&self, spot: &Spot) -> bool {
        self.free(spot.core.start)
    }

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
                        && matches!(link, "split" | "and" | "start")
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
                    // "… hit X and Y; seven people were killed in the two places together": with the first.
                    // "… hit X and Y but caused no casualties at either place"
                    let none = mention.each
                        && !mention.tolls.is_empty()
                        && mention
                            .tolls
                            .iter()
                            .all(|toll| toll.count == Count::exactly(0));
                    if none && mentions.len() > 1 {
                        for known in &mut mentions {
                            join(known, mention.clone());
                        }
                        continue;
                    }
                    let both = link == "split"
                        && !places
                        && range.clone().any(|at| {
                            matches!(self.s.lower(at), "together" | "altogether")
                                || self.s.lower(at) == "the"
                                    && self.s.lower(at + 1) == "two"
                                    && matches!(
                                        self.s.lower(at + 2),
                                        "towns" | "villages" | "places" | "locations" | "areas"
                                    )
                        });
                    let known = if both {
                        0
                    } else {
                        mentions.len().saturating_sub(1)
                    };
                    match mentions.get_mut(known) {
                        Some(last) if !apart => {
                            // "…, while others put the figure at six": the same people.
                            self.again(last, &mut mention);
                            join(last, mention);
                        }
                        _ if mention.tolls.is_empty() && empty => {}
                        // "A child died in X; two monks were wounded in Y."
                        None if places
                            && link == "split"
                            && !mention.tolls.is_empty()
                            && pending.as_ref().is_some_and(|known| {
                                !known.tolls.is_empty()
                                    && known.spots.iter().any(|spot| !spot.is_country())
                            }) =>
                        {
                            mentions.extend(pending.take());
                            mentions.push(mention);
                        }
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
                    // "A woman was found dead in X; she had been shot": one.
                    let told_so = link == "split"
                        && mention.unreal.is_none()
                        && mention.spots.is_empty()
                        && mention.tolls.is_empty();
                    let joins = (told_so
                        || matches!(link, "link" | "after" | "hours" | "weak" | "amid" | "month"))
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
                        // "found dead on 16 July; she had been shot during the night"
                        if told_so && before.times.iter().any(Time::is_day) {
                            mention.times.splice(0..0, before.times.iter().copied());
                        }
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
                    .is_some_and(|what| matches!(what.name(), "arrest" | "looting"));
                if let Some(last) = mentions.last_mut()
                    && arrest
                    && mention.spots.is_empty()
                    && last.tolls.is_empty()
                    && (last.what.as_ref().is_some_and(What::is_raid)
                        // "stormed the town, burning shops"
                        || last.triggers.iter().any(|at| {
                            matches!(self.s.lower(*at), "stormed" | "raided" | "attacked")
                        }))
                {
                    let (what, tokens) = (mention.what.take(), last.tokens.clone());
                    last.what.clone_from(&what);
                    join(last, mention);
                    // "raided houses in X and Y and led away five men"
                    for twin in mentions
                        .iter_mut()
                        .filter(|m| m.tokens.start == tokens.start)
                    {
                        twin.what.clone_from(&what);
                    }
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
}

/// The letters that a name and its adjective share: "Iran", "Iranian".
pub(super) fn stem(word: &str) -> String {
    word.chars().take(4).collect()
}
