//! Mentions → incidents: what is told again is one incident, what is missing is taken from what was told before.

mod add;
mod figures;
mod known;
mod one;
#[cfg(test)]
mod tests;
mod when;

use std::ops::Range;

use jiff::civil::Date;

use super::clauses::Mention;
use super::kinds::What;
use super::places::Spot;
use super::tolls::Harm;
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
    /// Of whom a later figure took the place of an earlier one.
    updated: Vec<Harm>,
    /// A figure that was no longer so when it was told.
    earlier: Option<Count>,
    /// What was added up: "two policemen and two soldiers".
    groups: Vec<(Harm, String, u64)>,
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
    /// Places that the head of the line names.
    pub local: Vec<Spot>,
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
    /// Where and when the sentence before was, which told of no event.
    pub scene: Option<Scene>,
    /// It says that what was told is not so.
    pub retracts: bool,
}

/// What a sentence without an event says of the next: "The traders of X had just opened on Thursday."
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub sentence: usize,
    pub block: usize,
    pub spot: Spot,
    pub when: Option<When>,
}

/// An event with a toll that the text has not placed yet: "An ambush killed 26 soldiers, a monitor said."
#[derive(Debug)]
struct Lead<'l> {
    sentence: usize,
    span: Range<usize>,
    what: What<'l>,
    when: Option<When>,
    tellings: Vec<Telling>,
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
    /// What became of those whom the last toll counted.
    last_harm: Option<Harm>,
    /// Events without a place: sentence, kind, words.
    unplaced: Vec<(usize, What<'l>, Vec<String>)>,
    /// The block and sentence of an event that was passed over: what became of people behind it is not another's.
    skipped: Option<(usize, usize)>,
    /// Events with a toll that are placed later, perhaps.
    leads: Vec<Lead<'l>>,
}

/// Sentences back that a toll without an event may belong to.
const RECENT: usize = 4;

/// The same, if nothing else was told since.
const STILL: usize = 9;

/// Days of "12 strikes between 1 and 15 March": a summary.
const SUMMARY_DAYS: i32 = 4;

impl<'l> Story<'l> {
    /// Takes in what a sentence tells.
    pub fn take(&mut self, mentions: Vec<Mention<'l>>, context: &Context) {
        if context.retracts
            && mentions
                .iter()
                .all(|m| m.unreal.is_some() || m.what.is_none())
        {
            let what = mentions.iter().find_map(|mention| mention.what.as_ref());
            self.retract(what, context);
        }
        let mut main: Option<When> = None;
        let mut placed: Option<Spot> = None;
        for mut mention in mentions {
            self.those_told(&mut mention);
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
            // "X and Y: shelling": in each.
            let beside: Vec<Mention<'l>> = context
                .local
                .iter()
                .skip(1)
                .filter(|_| mention.what.is_some() && mention.spots.is_empty() && !mention.definite)
                .map(|spot| Mention {
                    spots: vec![spot.clone()],
                    tolls: Vec::new(),
                    count: None,
                    ..mention.clone()
                })
                .collect();
            self.one(mention, when, context, placed.as_ref());
            for mention in beside {
                let touched = self.touched;
                self.one(mention, when, context, None);
                self.touched = touched;
            }
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

    /// "Three of them died": of the dead told before a part, of the injured more dead.
    fn those_told(&mut self, mention: &mut Mention<'l>) {
        // "… blew up a truck. Ten of them died": those who were on it.
        if mention.what.is_some() && !mention.definite {
            self.last_harm = None;
        }
        let before = self.last_harm;
        mention.tolls.retain_mut(|toll| {
            toll.more |= toll.of_them && toll.harm == Harm::Dead && before == Some(Harm::Hurt);
            !(toll.of_them && before == Some(toll.harm))
        });
        let last = mention.tolls.iter().max_by_key(|toll| toll.tokens.end);
        self.last_harm = last.map(|toll| toll.harm).or(before);
    }

    /// "… found no trace of any attack": what the sentence before told is not so, if nobody was harmed.
    fn retract(&mut self, what: Option<&What<'l>>, context: &Context) {
        while let Some(last) = self.told.last() {
            // "seven people arrested. Rumours of an execution are false."
            if what.is_some_and(|what| what.both(&last.what).is_none()) {
                return;
            }
            let harmless = last
                .tellings
                .iter()
                .all(|telling| telling.killed.is_none() && telling.injured.is_none());
            if last.born + 1 != context.sentence || last.block != context.block || !harmless {
                return;
            }
            self.told.pop();
            self.names.pop();
            self.touched = None;
            self.pass(context, "said to be false");
        }
    }

    /// Whether a sentence told of an incident.
    pub fn has_touched(&self, sentence: usize) -> bool {
        self.told.iter().any(|told| told.last == sentence)
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
}

fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}

fn near_same(a: &Spot, b: &Spot) -> bool {
    a.location.name == b.location.name
}
