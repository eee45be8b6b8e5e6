//! What is told again is added to what was told; sums give way to their parts.

use super::super::clauses::Mention;
use super::super::kinds::What;
use super::super::places::Spot;
use super::super::tolls::{Harm, Toll};
use super::figures::{fit, merge, settle, told_by};
use super::when::same_time;
use super::{Context, Passed, RECENT, STILL, Story, Told, near_same};
use crate::record::{Count, When};

/// "first reported four dead, said later that a fifth had died": five by that source.
fn own_sum(tolls: &mut [Toll]) {
    for harm in [Harm::Dead, Harm::Hurt] {
        let first = tolls
            .iter()
            .find(|toll| toll.harm == harm && (toll.earlier || toll.had) && !toll.more)
            .map(|toll| toll.count);
        let more = tolls.iter_mut().find(|toll| toll.harm == harm && toll.more);
        if let (Some(first), Some(more)) = (first, more) {
            more.count = first + more.count;
            more.more = false;
            more.total = true;
        }
    }
}

/// Of whom a figure takes the place of an earlier one.
pub(super) fn updated(tolls: &[Toll]) -> Vec<Harm> {
    let updates = tolls.iter().filter(|toll| toll.update);
    updates.map(|toll| toll.harm).collect()
}

/// The groups of sums.
pub(super) fn summed_groups(tolls: &[Toll]) -> Vec<(Harm, String, u64)> {
    tolls
        .iter()
        .filter(|toll| toll.groups.len() > 1)
        .flat_map(|toll| {
            let harm = toll.harm;
            toll.groups
                .iter()
                .map(move |(noun, count)| (harm, noun.clone(), *count))
        })
        .collect()
}

impl Told<'_> {
    /// Its figures, whoever gives them.
    fn figures(&self, harm: Harm) -> impl Iterator<Item = Count> {
        self.tellings
            .iter()
            .filter_map(move |telling| telling.figure(harm))
    }

    /// The highest of them.
    fn most(&self, harm: Harm) -> Option<u64> {
        self.figures(harm).map(|count| count.central()).max()
    }
}

impl<'l> Story<'l> {
    pub(super) fn add(
        &mut self,
        at: usize,
        mut mention: Mention<'l>,
        what: What<'l>,
        spot: Option<Spot>,
        when: Option<When>,
        context: &Context,
    ) {
        let Some(told) = self.told.get_mut(at) else {
            return;
        };
        if let Some(both) = told.what.both(&what) {
            told.what = both;
        }
        if let Some(spot) = &spot {
            let finer = told.place.as_ref().is_none_or(|place| {
                // "outside Tafas" is no finer for Daraa, which has the name of the governorate.
                let within =
                    spot.wide.is_none() || place.wide.is_some() || spot.phrase.contains("city");
                spot.vagueness() < place.vagueness() * 0.98 && (within || place.covers(spot))
                    || place.wide.is_some() && place.covers(spot) && spot.wide.is_none()
            });
            if finer {
                told.place = Some(spot.clone());
            }
        }
        if told.when.is_none() {
            told.when = when;
        }
        told.when = match (told.when, when) {
            (Some(known), Some(when))
                if (when.end() - when.start()).get_days()
                    < (known.end() - known.start()).get_days()
                    || known.is_approximate() && !when.is_approximate() =>
            {
                Some(when)
            }
            (known, _) => known,
        };
        let now = told.last == context.sentence;
        told.last = context.sentence;
        if !mention.minor {
            told.main = context.sentence;
        }
        self.when = told.when.or(self.when);
        self.when_block = context.block;
        self.general = None;
        told.earlier = mention
            .tolls
            .iter()
            .find(|toll| toll.earlier || toll.had)
            .map(|toll| toll.count)
            .or(told.earlier);
        if told.updated.is_empty() {
            own_sum(&mut mention.tolls);
        }
        settle(&mut mention.tolls, |harm| {
            told.figures(harm).next().is_some()
        });
        let fight = told.what.name() == "clash";
        // "rose to 17 …. Rescuers had counted 15": before that.
        let past = told.updated.clone();
        mention.tolls.retain(|toll| {
            let most = told.most(toll.harm);
            let fewer = most.is_some_and(|most| most > toll.count.central());
            !(toll.had && (past.contains(&toll.harm) || now && most.is_some() || fewer))
        });
        // "Nobody else was hurt."
        mention.tolls.retain(|toll| {
            let counted = told
                .tellings
                .iter()
                .filter(|telling| context.source.is_none() || telling.source == context.source)
                .any(|telling| telling.figure(toll.harm).is_some());
            !(toll.count == Count::exactly(0) && counted)
        });
        // "Two policemen and two soldiers died. The ministry confirmed the loss of two soldiers."
        let summed = told.groups.clone();
        mention.tolls.retain(|toll| {
            let [(noun, count)] = toll.groups.as_slice() else {
                return true;
            };
            !summed
                .iter()
                .any(|(harm, known, n)| *harm == toll.harm && known == noun && n == count)
        });
        told.groups.extend(summed_groups(&mention.tolls));
        // "Two more bodies were found" explains the toll that was told first.
        let earlier = told.earlier;
        let explained = |toll: &Toll| {
            let total = told.most(toll.harm);
            let rest =
                earlier.is_some_and(|earlier| Some((earlier + toll.count).central()) == total);
            !toll.update && (toll.more && past.contains(&toll.harm) || rest)
        };
        mention.tolls.retain(|toll| !explained(toll));
        let updates = mention.tolls.iter().any(|toll| toll.update);
        told.updated.extend(updated(&mention.tolls));
        for (index, (mut new, tolls)) in told_by(&mention, spot.as_ref(), context)
            .into_iter()
            .enumerate()
        {
            let named = context
                .sources
                .iter()
                .any(|(_, source)| source.is_some() && *source == new.source);
            let other = named
                && mention.what.is_some()
                && told.tellings.iter().all(|known| known.source != new.source);
            let risen = mention.tolls.iter().any(|toll| toll.risen);
            if updates && index == 0 {
                // What others count is not theirs to correct, if it is more.
                for old in &mut told.tellings {
                    let stays = |known: Option<Count>, now: Option<Count>| {
                        let more = known
                            .zip(now)
                            .is_some_and(|(known, now)| known.central() >= now.central());
                        now.is_none() || (more || !risen && named) && old.source != new.source
                    };
                    let (killed, injured) = (
                        stays(old.killed, new.killed),
                        stays(old.injured, new.injured),
                    );
                    old.killed = old.killed.filter(|_| killed);
                    old.injured = old.injured.filter(|_| injured);
                }
            }
            fit(&mut told.tellings, &mut new, &tolls, fight, named);
            let says = other
                || new.killed.is_some()
                || new.injured.is_some()
                || new.count.is_some()
                || new.place.is_some();
            if mention.definite
                && new.killed.is_some()
                && new.place.is_none()
                && !mention.sides.is_empty()
            {
                self.loose = Some((at, context.sentence, mention.sides.clone(), new.clone()));
            }
            merge(&mut told.tellings, new, says);
        }
    }

    /// "The raids caused no casualties in either village": in the one as in the other.
    pub(super) fn add_to_each(&mut self, at: usize, mention: &Mention<'l>, context: &Context) {
        let none = mention
            .tolls
            .iter()
            .all(|toll| toll.count == Count::exactly(0));
        let Some(first) = self
            .told
            .get(at)
            .filter(|_| mention.each && none && !mention.tolls.is_empty())
        else {
            return;
        };
        let (born, what, when) = (first.born, first.what.clone(), first.when);
        let beside: Vec<usize> = (0..self.told.len())
            .filter(|i| *i != at && self.told.get(*i).is_some_and(|told| told.born == born))
            .collect();
        for other in beside {
            self.add(other, mention.clone(), what.clone(), None, when, context);
        }
    }

    /// What became of people, in a sentence that names no event.
    pub(super) fn toll_only(
        &mut self,
        mention: Mention<'l>,
        when: Option<When>,
        context: &Context,
    ) {
        if mention.tolls.is_empty() || mention.unreal.is_some() || context.headline {
            return;
        }
        // "Fighting at Kilo 16. Staff put the dead at 11": of what was passed over, not of another line's event.
        let block = context.block;
        if self
            .skipped
            .is_some_and(|(at, sentence)| at == block && sentence + 2 >= context.sentence)
            && self.told.iter().all(|told| told.block != block)
            && mention.spots.is_empty()
        {
            self.pass(context, "tells of people harmed, but not how or where");
            return;
        }
        // The day of an update is not that of the event.
        let later = mention
            .tolls
            .iter()
            .any(|toll| toll.update || toll.more || toll.known || toll.of_them)
            || mention.spots.is_empty() && mention.tolls.iter().any(|toll| toll.total);
        let when = when.filter(|_| !later);
        // "While the rally in X passed off peacefully, four in Y were hurt": the one that stands by the toll.
        let by_toll = mention.tolls.first().and_then(|toll| {
            let near = |spot: &&Spot| {
                let from = spot.tokens.start;
                !spot.is_country()
                    && (from >= toll.tokens.start && from <= toll.tokens.end + 3
                        || toll.tokens.start >= spot.tokens.end
                            && toll.tokens.start - spot.tokens.end <= 1)
            };
            mention.spots.iter().rfind(near)
        });
        // "Some were taken to Turkey": no place of it.
        let spot = by_toll.or(mention.spots.first().filter(|spot| !spot.is_country()));
        // What this paragraph tells of, if it does.
        let here = self
            .told
            .iter()
            .any(|told| told.block == context.block && !told.link);
        // "15:05, Afrin: now five dead": of what was told there.
        let sought = spot.or(context.local.first().filter(|_| !here));
        let newest = self
            .told
            .iter()
            .filter(|told| !told.link)
            .map(|told| told.last)
            .max();
        let fits = |told: &Told<'l>| {
            // "the eight people killed in X": however far above it was told.
            let named = spot.is_some_and(|spot| {
                !spot.unknown
                    && told
                        .place
                        .as_ref()
                        .is_some_and(|place| near_same(place, spot))
            });
            // What nothing else was told after is still the story.
            let recent = if newest == Some(told.last) {
                STILL
            } else {
                RECENT
            };
            (named
                || told.last + recent >= context.sentence && (!here || told.block == context.block))
                && !told.link
                && same_time(told.when, when)
                && sought
                    .is_none_or(|spot| told.place.as_ref().is_some_and(|place| place.agrees(spot)))
        };
        let mut found: Option<((bool, usize), usize)> = None;
        for (i, told) in self.told.iter().enumerate().filter(|(_, told)| fits(told)) {
            let named = spot.is_some_and(|spot| {
                told.place
                    .as_ref()
                    .is_some_and(|place| place.location.name == spot.location.name)
            });
            let now = if told.last == context.sentence {
                told.last
            } else {
                0
            };
            let rank = (named, told.main.max(now));
            // Of "X and Y" the first.
            let beside = found.is_some_and(|(known, at)| {
                known == rank
                    && self
                        .told
                        .get(at)
                        .is_some_and(|other| other.born == told.born)
            });
            if !beside && found.is_none_or(|(known, _)| rank >= known) {
                found = Some((rank, i));
            }
        }
        // "In a statement carried by media in Riyadh it said 60 were killed": far off is whoever says so.
        let far = |told: &Told<'l>| {
            spot.is_some_and(|spot| {
                told.place
                    .as_ref()
                    .is_some_and(|place| place.distance_km(spot) > 150.0)
            })
        };
        let found = found.map(|(_, i)| i).or_else(|| {
            self.told.iter().rposition(|told| {
                far(told)
                    && told.last + 1 >= context.sentence
                    && told.block == context.block
                    && !told.link
                    && same_time(told.when, when)
            })
        });
        // "There were no casualties": anywhere of what was told last.
        if mention
            .tolls
            .iter()
            .all(|toll| toll.count == Count::exactly(0))
        {
            let now = |told: &Told<'l>| {
                if told.last + 1 >= context.sentence {
                    told.main.max(told.last)
                } else {
                    told.main
                }
            };
            let main = self.told.iter().map(now).max();
            let named = |told: &Told<'l>| {
                spot.is_some_and(|spot| {
                    told.place
                        .as_ref()
                        .is_some_and(|place| near_same(place, spot))
                })
            };
            let some = self.told.iter().any(named);
            let all: Vec<usize> = (0..self.told.len())
                .filter(|at| {
                    self.told.get(*at).is_some_and(|told| {
                        let harmless = mention.tolls.iter().all(|toll| toll.harm == Harm::Hurt)
                            || told.tellings.iter().all(|telling| {
                                telling
                                    .killed
                                    .is_none_or(|killed| killed == Count::exactly(0))
                            });
                        // "Nobody was hurt in X."
                        (if some {
                            named(told)
                        } else {
                            Some(now(told)) == main
                        }) && harmless
                    })
                })
                .collect();
            for at in all {
                if let Some(what) = self.told.get(at).map(|told| told.what.clone()) {
                    self.add(at, mention.clone(), what, None, when, context);
                }
            }
            return;
        }
        let Some(at) = found else {
            self.pass(context, "tells of people harmed, but not how or where");
            return;
        };
        let what = match self.told.get(at) {
            Some(told) => told.what.clone(),
            None => return,
        };
        let spot = spot.cloned();
        self.add(at, mention, what, spot, when, context);
    }

    /// Sums that were told before their parts are left out, if the parts are all there.
    pub fn finish(&mut self) {
        let parts: Vec<Option<usize>> = self.told.iter().map(|told| told.part_of).collect();
        let mut keep = vec![true; self.told.len()];
        for (i, told) in self.told.iter().enumerate() {
            let own = parts.iter().filter(|part| **part == Some(i)).count();
            let wide = told
                .place
                .as_ref()
                .is_some_and(|place| place.vagueness() > 30.0);
            if own >= 2 && wide {
                keep[i] = false; // as long as `told`
            }
        }
        for (told, keep) in self.told.iter().zip(&keep) {
            if !keep && let Some(quote) = told.tellings.first().and_then(|t| t.quotes.first()) {
                self.passed.push(Passed {
                    span: quote.clone(),
                    reason: "a sum of what is told one by one",
                });
            }
        }
        let mut keep = keep.iter();
        self.told.retain(|_| keep.next().copied().unwrap_or(true));
    }
}
