//! Mentions → incidents: what is told again is one incident, what is missing is taken from what was told before.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::clauses::Mention;
use super::dates::Time;
use super::kinds::What;
use super::places::Spot;
use super::tolls::{Harm, Toll};
use crate::record::{Count, When};

/// What one source says of an incident.
#[derive(Clone, Debug)]
pub(super) struct Telling {
    pub source: Option<String>,
    /// The sentences, as stretches of the text.
    pub quotes: Vec<Range<usize>>,
    pub place: Option<Spot>,
    pub count: Option<Count>,
    pub killed: Option<Count>,
    pub injured: Option<Count>,
    pub actor: Option<String>,
    pub notes: Vec<&'static str>,
}

/// What the article tells of one incident.
#[derive(Clone, Debug)]
pub(super) struct Told<'l> {
    pub what: What<'l>,
    pub place: Option<Spot>,
    pub when: Option<When>,
    pub tellings: Vec<Telling>,
    pub confidence: f64,
    /// The incident that this one is a part of.
    part_of: Option<usize>,
    /// The sentence it was last told in.
    last: usize,
    /// The sentence that was last about it.
    main: usize,
    /// The sentence it was first told in.
    born: usize,
    /// Block of its first sentence.
    block: usize,
    /// The headline of another report.
    link: bool,
    /// Who did it, in words of one kind: "russian", "us".
    actors: Vec<String>,
}

/// A sentence's circumstances.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// Number of the sentence.
    pub sentence: usize,
    /// Number of its block.
    pub block: usize,
    pub span: Range<usize>,
    pub source: Option<String>,
    /// When the source said it.
    pub stated: Option<When>,
    /// Sources by the token that they begin at.
    pub sources: Vec<(usize, Option<String>)>,
    /// The sentence is about what is said of events: "did not comment on the strike".
    pub comment: bool,
    /// It tells of people who moved.
    pub moved: bool,
    /// It stands in a line with a place or a bullet of its own.
    pub bullet: bool,
    /// Names in the sentence by their first letters.
    pub names: Vec<String>,
    /// The heading's place and time.
    pub heading: (Option<Spot>, Option<When>),
    pub headline: bool,
    pub link: bool,
    /// What relative times count from.
    pub today: Date,
    /// Words of the sentence, for what has no place.
    pub words: Vec<String>,
    pub actor: Option<String>,
    /// Peoples and powers that the sentence names before its first word for an event.
    pub actors: Vec<String>,
    /// The country of the article.
    pub country: Option<Spot>,
}

/// A sentence that looked like an event and was not taken.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// Why.
    pub reason: &'static str,
}

/// What was told so far.
#[derive(Debug, Default)]
pub(super) struct Story<'l> {
    pub told: Vec<Told<'l>>,
    pub passed: Vec<Passed>,
    /// The last mention was of things in general: "the attacks" behind it are those.
    general: Option<usize>,
    /// The sentence that was a summary.
    summary: Option<usize>,
    /// A time said last, and in which block.
    when: Option<When>,
    when_block: usize,
    /// A toll of "the attack", told before it was said whom the attack hit: incident, sentence, sides, telling.
    loose: Option<(usize, usize, Vec<String>, Telling)>,
    /// The incident that the last mention was found to be of.
    touched: Option<usize>,
    /// The sentence of the incident told last.
    touched_in: usize,
    /// Names in the first sentence of each incident.
    names: Vec<Vec<String>>,
    /// Events without a place: sentence, kind, words.
    unplaced: Vec<(usize, What<'l>, Vec<String>)>,
}

/// Sentences back that a toll without an event may belong to.
const RECENT: usize = 4;

/// Days of "12 strikes between 1 and 15 March": a summary.
const SUMMARY_DAYS: i32 = 4;

impl<'l> Story<'l> {
    /// Takes in what a sentence tells.
    pub fn take(&mut self, mentions: Vec<Mention<'l>>, context: &Context) {
        let mut main: Option<When> = None;
        let mut placed: Option<Spot> = None;
        for mention in mentions {
            if let Some(reason) = mention.unreal {
                if let Some(what) = mention.what.filter(|what| !what.is_open()) {
                    self.unplaced
                        .push((context.sentence, what, context.words.clone()));
                }
                self.pass(context, reason);
                if reason.contains("general") {
                    self.general = Some(context.sentence);
                }
                continue;
            }
            if context.comment && mention.tolls.is_empty() && mention.count.is_none() {
                self.pass(context, "speaks about what was said, tells nothing new");
                continue;
            }
            let own = context
                .sources
                .iter()
                .find(|(at, source)| source.is_some() && mention.tokens.contains(at));
            let mut context = context.clone();
            if let Some((_, source)) = own {
                context.source.clone_from(source);
            }
            let context = &context;
            let when = self.when_of(&mention, context, main);
            let before = self.told.len();
            self.touched = None;
            self.one(mention, when, context, placed.as_ref());
            let new = self.told.len() > before;
            match self.touched.and_then(|at| self.told.get(at)) {
                Some(told) => {
                    main = main.or(told.when);
                    if new {
                        placed = placed.or_else(|| told.place.clone());
                    }
                }
                None => main = main.or(when),
            }
        }
    }

    fn pass(&mut self, context: &Context, reason: &'static str) {
        self.passed.push(Passed {
            span: context.span.clone(),
            reason,
        });
    }

    /// The time that a mention gives, or that follows from the clause before.
    fn when_of(
        &self,
        mention: &Mention<'l>,
        context: &Context,
        main: Option<When>,
    ) -> Option<When> {
        let from_main = |days: i64| {
            let main = main?;
            let day = main.start().checked_sub(days.days()).ok()?;
            Some(When::days(day, day))
        };
        let fixed = |time: &&Time| matches!(time, Time::At(when) if when.is_exact_day());
        let overnight = mention.times.first().is_some_and(
            |time| matches!(time, Time::At(when) if (when.end() - when.start()).get_days() == 1),
        );
        // "last week …; the date was given as 5 June"
        if let Some(Time::At(wide)) = mention.times.first()
            && (wide.end() - wide.start()).get_days() > 3
            && let Some(Time::At(day)) = mention.times.iter().find(fixed)
            && wide.start() <= day.start()
            && day.end() <= wide.end()
        {
            return Some(*day);
        }
        // "overnight … Saturday"
        let times = mention
            .times
            .iter()
            .filter(fixed)
            .take(usize::from(overnight));
        for time in times.chain(&mention.times) {
            match time {
                Time::At(when) | Time::Since(when) => return Some(*when),
                Time::Relative(days) => {
                    // Of what this paragraph tells, else of the news.
                    let here = self.when.filter(|_| self.when_block == context.block);
                    let base = main
                        .or(here)
                        .or(context.heading.1)
                        .or(self.when.filter(|_| !context.bullet))
                        .unwrap_or(When::day(context.today));
                    let day = base.start().checked_add(days.days()).ok()?;
                    return Some(When::days(day, day));
                }
                Time::AsOf(_) | Time::Old | Time::Future => {}
            }
        }
        if let Some(days) = mention.after.strip_prefix("back")
            && let Ok(days) = days.parse()
        {
            return from_main(days);
        }
        match mention.after {
            "hours" => {
                let main = main?;
                Some(When::days(
                    main.start().checked_sub(1.days()).ok()?,
                    main.start(),
                ))
            }
            "day" => from_main(1),
            "later" => main,
            "month" | "after" | "days" if main.is_some() && !mention.definite => {
                let day = main?.start();
                format!("{:04}-{:02}~", day.year(), day.month())
                    .parse()
                    .ok()
            }
            _ => None,
        }
    }

    fn one(
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
        if mention.times.contains(&Time::Old) {
            self.pass(context, "long ago, or in general");
            self.general = Some(context.sentence);
            return;
        }
        let many =
            mention.count.is_some_and(|count| count.central() > 20) && mention.tolls.is_empty();
        if mention.perfect
            && (when.is_none() && mention.tolls.is_empty() || many)
            && !context.headline
        {
            self.pass(context, "in general, not one event");
            self.general = Some(context.sentence);
            return;
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
        let explicit = spot.is_some();
        let known = self.known(&mention, &what, spot.as_ref(), when, context);
        if let Some(known) = known {
            // A headline says what the text says better.
            if context.headline {
                return;
            }
            self.touched = Some(known);
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
            placed.cloned().or(heading).or(last)
        });
        let Some(mut place) = place else {
            self.unplaced
                .push((context.sentence, what, context.words.clone()));
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
        let inherited = when
            .or(context.heading.1)
            .or_else(|| self.story_time(context));
        let when = match inherited {
            Some(when) => Some(when),
            None => {
                confidence -= 0.1;
                context.stated.map(When::approximate)
            }
        };
        let when = if context.link {
            let day = context.today;
            format!("{:04}-{:02}~", day.year(), day.month())
                .parse()
                .ok()
        } else {
            when
        };
        if mention.tolls.iter().any(|toll| toll.known) {
            mention.tolls.retain(|toll| !toll.known);
        }
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
        let mut tellings = vec![telling(&mention, Some(place.clone()), context)];
        if let Some(moved) = self.moved_here(&what, &mention, when, context) {
            merge(&mut tellings, moved, true);
        }
        self.told.push(Told {
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

    /// A toll that was put down to another incident, but is of those whom this one hit.
    fn moved_here(
        &mut self,
        what: &What<'l>,
        mention: &Mention<'l>,
        when: Option<When>,
        context: &Context,
    ) -> Option<Telling> {
        let (at, sentence, sides, loose) = self.loose.take()?;
        let told = self.told.get_mut(at)?;
        let theirs = self.names.get(at)?;
        let fits = sentence + 3 >= context.sentence
            && told.what.both(what).is_some()
            && same_time(told.when, when)
            && harmed(&mention.tolls, Harm::Dead).is_none()
            && common(&sides, &context.names) > 0
            && common(&sides, theirs) == 0;
        if !fits {
            return None;
        }
        told.tellings.retain(|known| known.quotes != loose.quotes);
        Some(loose)
    }

    /// The time that the story is at: of the last incident told, if that was in this block or the one before.
    fn story_time(&self, context: &Context) -> Option<When> {
        let last = self
            .told
            .iter()
            .rev()
            .find(|told| told.when.is_some() && !told.link)?;
        let _ = context;
        last.when
    }

    /// The incident that a mention tells of again.
    fn known(
        &self,
        mention: &Mention<'l>,
        what: &What<'l>,
        spot: Option<&Spot>,
        when: Option<When>,
        context: &Context,
    ) -> Option<usize> {
        if mention.separate || context.link {
            return None;
        }
        let alike = |told: &Told<'l>| {
            told.what.both(what).is_some()
                && (mention.definite || told.what.is_barrels() == what.is_barrels())
        };
        let fits = |told: &Told<'l>| alike(told) && same_time(told.when, when);
        let killed = harmed(&mention.tolls, Harm::Dead);
        let candidates = self.told.iter().enumerate().rev();
        match spot {
            Some(spot) => {
                let mut best: Option<(usize, f64)> = None;
                for (i, told) in candidates {
                    let Some(place) = &told.place else { continue };
                    let when_fits = same_time(told.when, when)
                        || when.is_none() && told.last + 3 >= context.sentence;
                    if !alike(told) || !when_fits {
                        continue;
                    }
                    let definite = mention.definite;
                    let near = place.agrees(spot);
                    // "two US strikes in Syria" are not the Russian ones in Idlib.
                    let vague = spot.is_country()
                        && !definite
                        && told.last != context.sentence
                        && (mention.count.is_some() || killed.is_some());
                    let others = !told.actors.is_empty()
                        && !context.actors.is_empty()
                        && common(&told.actors, &context.actors) == 0;
                    // Named side by side: "X and Y".
                    let beside = told.born == context.sentence
                        && !mention.minor
                        && place.phrase != spot.phrase;
                    if !near || told.link || vague && others || beside {
                        continue;
                    }
                    // A part of what was told in sum.
                    let theirs = told.tellings.iter().find_map(|telling| telling.killed);
                    let part = place.covers(spot)
                        && !definite
                        && place.vagueness() > spot.vagueness() * 2.0
                        && matches!((theirs, killed), (Some(all), Some(part)) if part.central() < all.central());
                    if part {
                        continue;
                    }
                    // A list of like things in one place: another line, another toll, is another incident.
                    let listed = told.block != context.block
                        && !definite
                        && when.is_some()
                        && told.when.is_some()
                        && when != told.when
                        && !near_same(spot, place);
                    if listed {
                        continue;
                    }
                    // What is told with an explicit other time far off is not this one.
                    let gap = place.distance_km(spot)
                        + if told.what.both(what) == Some(told.what.clone()) {
                            0.0
                        } else {
                            1.0
                        };
                    if best.is_none_or(|(_, known)| gap < known) {
                        best = Some((i, gap));
                    }
                }
                best.map(|(i, _)| i)
            }
            None => {
                if mention.minor && !mention.definite && mention.after != "link" {
                    return None;
                }
                let reach = if mention.definite { 12 } else { 2 };
                // What is called the same first, then what the story is about, then what was told last.
                let mut ranked: Vec<(usize, &Told<'l>)> = candidates.collect();
                ranked.sort_by_key(|(i, told)| {
                    std::cmp::Reverse((told.what.name() == what.name(), told.main, told.last, *i))
                });
                for (i, told) in ranked {
                    if told.last + reach < context.sentence || !fits(told) || told.link {
                        continue;
                    }
                    // "shelling wounded three others": indefinite, with a toll that differs, is another event.
                    let theirs = told
                        .tellings
                        .iter()
                        .rev()
                        .find_map(|telling| telling.killed);
                    let other = !mention.definite
                        && matches!((theirs, killed), (Some(a), Some(b)) if a != b);
                    // "fighters attacked a post with missiles" is not the shelling told before.
                    if !mention.definite
                        && !told.what.is_open()
                        && !what.is_open()
                        && told.what.name() != what.name()
                    {
                        continue;
                    }
                    let exact = told.what.both(what).is_some_and(|both| {
                        !both.is_open() || mention.definite || told.what == *what
                    });
                    if !other && exact {
                        return Some(i);
                    }
                }
                None
            }
        }
    }

    fn add(
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
                spot.vagueness() < place.vagueness() * 0.98
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
                    < (known.end() - known.start()).get_days() =>
            {
                Some(when)
            }
            (known, _) => known,
        };
        told.last = context.sentence;
        if !mention.minor {
            told.main = context.sentence;
        }
        self.when = told.when.or(self.when);
        self.when_block = context.block;
        self.general = None;
        mention
            .tolls
            .retain(|toll| !toll.known || told.tellings.iter().all(|t| t.killed.is_none()));
        let new = telling(&mention, spot, context);
        let other = context
            .sources
            .iter()
            .any(|(_, source)| source.is_some() && *source == new.source)
            && mention.what.is_some()
            && told.tellings.iter().all(|known| known.source != new.source);
        let says = other
            || new.killed.is_some()
            || new.injured.is_some()
            || new.count.is_some()
            || new.place.is_some()
            || new.actor.is_some();
        if mention.tolls.iter().any(|toll| toll.update) {
            for old in &mut told.tellings {
                if new.killed.is_some() {
                    old.killed = None;
                }
            }
        }
        if mention.definite
            && new.killed.is_some()
            && new.place.is_none()
            && !mention.sides.is_empty()
        {
            self.loose = Some((at, context.sentence, mention.sides.clone(), new.clone()));
        }
        merge(&mut told.tellings, new, says);
    }

    /// What became of people, in a sentence that names no event.
    fn toll_only(&mut self, mention: Mention<'l>, when: Option<When>, context: &Context) {
        if mention.tolls.is_empty() || mention.unreal.is_some() {
            return;
        }
        let spot = mention.spots.first();
        let fits = |told: &Told<'l>| {
            told.last + RECENT >= context.sentence
                && !told.link
                && same_time(told.when, when)
                && spot
                    .is_none_or(|spot| told.place.as_ref().is_some_and(|place| place.agrees(spot)))
        };
        let mut found: Option<(usize, usize)> = None;
        for (i, told) in self.told.iter().enumerate().filter(|(_, told)| fits(told)) {
            if found.is_none_or(|(main, _)| told.main >= main) {
                found = Some((told.main, i));
            }
        }
        let found = found.map(|(_, i)| i);
        // "There were no casualties": anywhere of what was told last.
        if mention
            .tolls
            .iter()
            .all(|toll| toll.count == Count::exactly(0))
        {
            let main = self.told.iter().map(|told| told.main).max();
            let all: Vec<usize> = (0..self.told.len())
                .filter(|at| {
                    self.told
                        .get(*at)
                        .is_some_and(|told| Some(told.main) == main)
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

fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}

fn near_same(a: &Spot, b: &Spot) -> bool {
    a.location.name == b.location.name
}

fn same_time(a: Option<When>, b: Option<When>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.start() <= b.end() && b.start() <= a.end(),
        _ => true,
    }
}

/// The people harmed in one way, all groups of a mention together.
fn harmed(tolls: &[Toll], harm: Harm) -> Option<Count> {
    let mut all = tolls.iter().filter(|toll| toll.harm == harm);
    if let Some(update) = tolls.iter().rfind(|toll| toll.harm == harm && toll.update) {
        return Some(update.count);
    }
    let first = all.next()?.count;
    Some(all.fold(first, |sum, toll| sum + toll.count))
}

fn telling(mention: &Mention<'_>, place: Option<Spot>, context: &Context) -> Telling {
    let mut notes = Vec::new();
    if mention.perfect {
        notes.push("told in the perfect: the day may be an earlier one");
    }
    Telling {
        source: context.source.clone(),
        quotes: vec![context.span.clone()],
        place,
        count: mention.count,
        killed: harmed(&mention.tolls, Harm::Dead),
        injured: harmed(&mention.tolls, Harm::Hurt),
        actor: context.actor.clone(),
        notes,
    }
}

/// Adds to what the same source said; another source has a row of its own.
fn merge(tellings: &mut Vec<Telling>, new: Telling, says: bool) {
    let known = tellings.iter_mut().find(|known| {
        known.source == new.source
            && (known.killed.is_none() || new.killed.is_none() || known.killed == new.killed)
    });
    match known {
        Some(known) => {
            if says {
                known.quotes.extend(new.quotes);
                known.quotes.dedup();
            }
            known.killed = known.killed.or(new.killed);
            known.injured = known.injured.or(new.injured);
            known.count = known.count.or(new.count);
            known.actor = known.actor.take().or(new.actor);
            let finer = match (&known.place, &new.place) {
                (Some(old), Some(new)) => new.vagueness() < old.vagueness(),
                (None, Some(_)) => true,
                _ => false,
            };
            if finer {
                known.place = new.place;
            }
        }
        None if says => tellings.push(new),
        None => {}
    }
}
