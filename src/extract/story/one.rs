//! One mention: told again, passed over, or a new incident.

use super::super::clauses::Mention;
use super::super::dates::Time;
use super::super::kinds::What;
use super::super::places::Spot;
use super::add::{summed_groups, updated};
use super::figures::{merge, settle, told_by};
use super::when::same_time;
use super::{Context, Lead, SUMMARY_DAYS, Story, Telling, Told, common, near_same};
use crate::record::{Precision, When};

impl<'l> Story<'l> {
    pub(super) fn one(
        &mut self,
        mut mention: Mention<'l>,
        when: Option<When>,
        context: &Context,
        placed: Option<&Spot>,
    ) {
        // A summary of many events over weeks.
        if self.summary == Some(context.sentence) && mention.tolls.is_empty() {
            return;
        }
        let long = when.is_some_and(|when| (when.end() - when.start()).get_days() > SUMMARY_DAYS);
        let counted = mention.count.is_some_and(|count| count.central() > 1)
            || mention.times.iter().any(|t| matches!(t, Time::Since(_)));
        let fine = mention
            .spots
            .first()
            .is_some_and(|spot| spot.location.radius_km < 16.0);
        let month = when.is_some_and(|when| when.is_approximate());
        let single = !counted && (month || fine && mention.what.is_some());
        if long && !single {
            self.pass(context, "a summary over more than a few days");
            self.general = Some(context.sentence);
            self.summary = Some(context.sentence);
            return;
        }
        if context.moved
            && mention.tolls.is_empty()
            && !mention.definite
            && (when.is_none() || long || mention.times.iter().any(|t| matches!(t, Time::Since(_))))
        {
            self.pass(context, "why people moved");
            return;
        }
        // "… on Thursday, in a region that was won back three years ago"
        if mention.times.contains(&Time::Old) && !mention.times.iter().any(Time::is_day) {
            self.pass(context, "long ago, or in general");
            self.general = Some(context.sentence);
            return;
        }
        let many = mention.count.is_some_and(|count| count.central() > 20)
            && mention.tolls.is_empty()
            && !when.is_some_and(|when| when.is_exact_day());
        if mention.perfect
            && (when.is_none() && mention.tolls.is_empty() || many)
            && !context.headline
        {
            self.pass(context, "in general, not one event");
            self.general = Some(context.sentence);
            return;
        }
        // "Villagers came back to X on Wednesday. A column had burned down 70 houses."
        let mut when = when;
        if let Some(scene) = &context.scene
            && mention.what.is_some()
            && mention.spots.is_empty()
            && !mention.definite
            && !mention.minor
            && !mention.there
        {
            mention.spots.push(scene.spot.clone());
            when = when.or(scene.when);
        }
        // "By Tuesday the violence had spread north. Artillery killed a farmer in X."
        if let Some(scene) = &context.scene
            && mention.what.is_some()
            && mention.times.is_empty()
            && !mention.definite
            && !mention.minor
        {
            when = when.or(scene.when);
        }
        let Some(what) = mention.what.clone() else {
            // "56 troops have been injured in the attacks": of what was told in general.
            if self.general.is_some_and(|at| context.sentence - at <= 1)
                && mention.spots.is_empty()
                && self
                    .told
                    .last()
                    .is_none_or(|told| Some(told.last) < self.general)
            {
                self.pass(context, "in general, not one event");
                return;
            }
            self.toll_only(mention, when, context);
            return;
        };
        if mention.definite
            && self.told.iter().all(|told| told.block != context.block)
            && self.general.is_some_and(|at| {
                context.sentence - at <= 1 && self.told.iter().all(|told| told.last < at)
            })
            && mention.count.is_none()
            && mention.spots.iter().all(|spot| spot.is_country())
            && self
                .told
                .last()
                .is_none_or(|told| told.last + 1 < context.sentence)
        {
            self.pass(context, "in general, not one event");
            return;
        }
        let mut spot = mention.spots.first().cloned();
        // "in Naim Square": of the town that the line is about.
        let town = context.heading.0.as_ref().or(context.seen.as_ref());
        if let (Some(street), Some(town)) = (spot.as_ref().filter(|spot| spot.is_street()), town) {
            spot = Some(street.in_town(town));
        }
        // "Salqin. A device exploded outside his house": there, unless the text says where more finely.
        // "Shells struck a farm in X. The Forces say three labourers were killed by artillery": of what the line told.
        let told_on = spot.is_none()
            && mention.what.is_some()
            && self.told.iter().rev().any(|told| {
                told.block == context.block
                    && told.last + 2 >= context.sentence
                    && told.what.both(&what).is_some()
                    && !told.place.as_ref().is_some_and(|place| {
                        context
                            .local
                            .first()
                            .is_some_and(|head| near_same(place, head))
                    })
            });
        if let Some(head) = context.local.first().filter(|_| !told_on)
            && spot.as_ref().is_none_or(|spot| {
                // "Osaifira, north of Taiz city": finer than the head says.
                if spot.part.is_some() || spot.unknown {
                    return false;
                }
                let vague = spot.vagueness() > head.vagueness() * 1.5 && !head.covers(spot);
                let far = spot.vagueness() > 10.0
                    && spot.location.precision >= Precision::District
                    && !spot.phrase.contains(&head.phrase);
                head.wide.is_none() && vague && (spot.covers(head) || mention.there || far)
            })
        {
            spot = Some(head.clone());
        }
        let mut what = what;
        // An event told just before without a place, in the same words: "the positions … were struck".
        let before = self.unplaced.iter().rposition(|(at, other, words)| {
            spot.is_none()
                && what.is_open()
                && at + 1 == context.sentence
                && common(words, &context.words) >= 3
                && other.both(&what).is_some()
        });
        if let Some(before) = before
            && context.country.is_some()
        {
            spot.clone_from(&context.country);
            what = self.unplaced.remove(before).1;
            mention.separate = true;
        }
        if mention.reply && spot.is_none() && self.fought_back(&mention, &what, when, context) {
            return;
        }
        let explicit = spot.is_some();
        // "A woman who was shot died, which brings the toll to four."
        if !explicit && mention.tolls.iter().any(|toll| toll.update) && !context.headline {
            mention.what = None;
            self.toll_only(mention, when, context);
            return;
        }
        let known = self.known(&mention, &what, spot.as_ref(), when, context);
        if let Some(known) = known {
            // A headline says what the text says better.
            if context.headline {
                return;
            }
            self.touched = Some(known);
            self.add_to_each(known, &mention, context);
            self.add(known, mention, what, spot, when, context);
            return;
        }
        if context.headline {
            // The text under it tells the same.
            return;
        }
        // "the attack" of nothing told here, without a place or a toll, says nothing new.
        if mention.definite
            && !explicit
            && mention.tolls.is_empty()
            && mention.count.is_none()
            && !mention.there
        {
            return;
        }
        // A new incident.
        let mut confidence: f64 = 0.95;
        let told_more = !mention.tolls.is_empty()
            || mention.count.is_some()
            || mention.there
            || context.heading.0.is_some()
            || mention.separate;
        let place = spot.or_else(|| {
            if !told_more && self.touched_in != context.sentence {
                return None;
            }
            if mention.minor && !mention.there {
                return None;
            }
            confidence -= 0.1;
            let heading = context.heading.0.clone();
            // Of several told in one sentence the first.
            let near = |told: &&Told<'l>| {
                told.place.is_some()
                    && !told.link
                    && (told.last + 2 >= context.sentence || mention.there)
            };
            let main = self
                .told
                .iter()
                .filter(near)
                .map(|told| told.main.max(told.last))
                .max();
            let last = self
                .told
                .iter()
                .filter(near)
                .find(|told| Some(told.main.max(told.last)) == main)
                .and_then(|told| told.place.clone());
            let seen = context.seen.clone().filter(|_| mention.there);
            placed.cloned().or(heading).or(last).or(seen)
        });
        let Some(mut place) = place else {
            settle(&mut mention.tolls, |_| false);
            if !mention.tolls.is_empty() && !mention.minor {
                let told = told_by(&mention, None, context).into_iter();
                self.leads.push(Lead {
                    sentence: context.sentence,
                    span: context.span.clone(),
                    what: what.clone(),
                    when,
                    tellings: told.map(|(telling, _)| telling).collect(),
                });
            }
            self.unplaced
                .push((context.sentence, what, context.words.clone()));
            self.skipped = Some((context.block, context.sentence));
            self.pass(context, "no place is named");
            return;
        };
        // In the area of the heading.
        if let Some(heading) = &context.heading.0
            && explicit
            && place.within.is_none()
            && heading.covers(&place)
            && !heading.is_country()
        {
            place.within = Some(Box::new(heading.clone()));
        }
        if what.is_open() {
            confidence -= 0.1;
        }
        if context.link {
            confidence -= 0.2;
        }
        // "The SDF said on Tuesday that it had arrested three men in X": news of that day.
        let news = context.stated.filter(|stated| {
            // A toll that rose since is of what was before.
            explicit
                && stated.is_exact_day()
                && mention.tolls.is_empty()
                && self.story_time().is_some_and(|time| time.is_exact_day())
        });
        let inherited = when
            .or(context.heading.1)
            .or(news)
            .or_else(|| self.story_time());
        // "Fighting in the east continued for a second week."
        if inherited.is_none()
            && what.name() == "clash"
            && mention.tolls.is_empty()
            && mention.count.is_none()
            && !context.link
        {
            self.pass(context, "fighting of no day");
            self.general = Some(context.sentence);
            return;
        }
        let when = match inherited {
            Some(when) => Some(when),
            None => {
                confidence -= 0.1;
                context.stated.map(When::approximate)
            }
        };
        let mut when = if context.link {
            let day = context.today;
            format!("{:04}-{:02}~", day.year(), day.month())
                .parse()
                .ok()
        } else {
            when
        };
        // "An olive picker stepped on a mine; he was killed."
        settle(&mut mention.tolls, |_| false);
        let part_of = self.told.iter().rposition(|told| {
            told.place.as_ref().is_some_and(|wide| wide.covers(&place))
                && told.what.both(&what).is_some()
                && same_time(told.when, when)
        });
        if !context.link {
            self.when = when.or(self.when);
            self.when_block = context.block;
        }
        self.touched = Some(self.told.len());
        self.touched_in = context.sentence;
        self.names.push(context.names.clone());
        let mut tellings = self.lead(&mut what, &mut when, &mention, context);
        for (telling, _) in told_by(&mention, Some(&place), context) {
            merge(&mut tellings, telling, true);
        }
        if let Some(moved) = self.moved_here(&what, &mention, when, context) {
            merge(&mut tellings, moved, true);
        }
        self.told.push(Told {
            updated: updated(&mention.tolls),
            earlier: None,
            groups: summed_groups(&mention.tolls),
            what,
            place: Some(place.clone()),
            when,
            tellings,
            confidence,
            part_of,
            last: context.sentence,
            born: context.sentence,
            main: if mention.minor { 0 } else { context.sentence },
            block: context.block,
            link: context.link,
            actors: context.actors.clone(),
        });
    }

    /// What was told of an event before it was said where it was: "… killed 26 soldiers. The convoy came under fire near X."
    fn lead(
        &mut self,
        what: &mut What<'l>,
        when: &mut Option<When>,
        mention: &Mention<'l>,
        context: &Context,
    ) -> Vec<Telling> {
        let found = self.leads.iter().rposition(|lead| {
            lead.sentence + 2 >= context.sentence
                && lead.sentence < context.sentence
                && lead.what.both(what).is_some()
                && same_time(lead.when, *when)
        });
        let fits = !mention.separate && mention.tolls.is_empty() && context.local.is_empty();
        let Some(found) = found.filter(|_| fits) else {
            return Vec::new();
        };
        let lead = self.leads.remove(found); // a position in it
        if let Some(both) = lead.what.both(what) {
            *what = both;
        }
        *when = when.or(lead.when);
        self.passed.retain(|passed| passed.span != lead.span);
        lead.tellings
    }

    /// "The soldiers returned fire": the attack told before was a fight.
    fn fought_back(
        &mut self,
        mention: &Mention<'l>,
        what: &What<'l>,
        when: Option<When>,
        context: &Context,
    ) -> bool {
        let attack = self.told.iter().rposition(|told| {
            told.block == context.block
                && told.last + 2 >= context.sentence
                && told.what.is_armed()
                && same_time(told.when, when)
        });
        let Some(at) = attack else {
            return false;
        };
        if let Some(told) = self.told.get_mut(at) {
            told.what = what.clone();
        }
        self.touched = Some(at);
        self.add(at, mention.clone(), what.clone(), None, when, context);
        true
    }
}
