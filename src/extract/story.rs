//! Mentions → incidents: what is told again is one incident, what is missing is taken from what was told before.

mod add;
mod known;

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use add::{merge, telling};

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
    pub target: Option<String>,
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
    /// Peoples and powers that the sentence names before its first word for an event.
    pub actors: Vec<String>,
    /// The settlement named last.
    pub seen: Option<Spot>,
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

    /// The time told last.
    pub fn time(&self) -> Option<When> {
        self.when
    }

    /// The time told last in a block.
    pub fn time_here(&self, block: usize) -> Option<When> {
        self.when.filter(|_| self.when_block == block)
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
            let seen = context.seen.clone().filter(|_| mention.there);
            placed.cloned().or(heading).or(last).or(seen)
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
        let inherited = when.or(context.heading.1).or_else(|| self.story_time());
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

    /// The time that the story is at: of the last incident told.
    fn story_time(&self) -> Option<When> {
        let last = self
            .told
            .iter()
            .rev()
            .find(|told| told.when.is_some() && !told.link)?;
        last.when
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
        (Some(a), Some(b)) => {
            // "On Monday it was said that …" is of about that day.
            let slack = i32::from(a.is_approximate() != b.is_approximate()) * 2;
            let gap = (a.start() - b.end())
                .get_days()
                .max((b.start() - a.end()).get_days());
            gap <= slack.max(0)
        }
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
    Some(all.fold(first, |sum, toll| {
        if toll.again {
            sum.across(toll.count)
        } else {
            sum + toll.count
        }
    }))
}
