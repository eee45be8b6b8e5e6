//! An article block by block: what each sentence holds, and what it takes from those before it.

mod before;
mod headings;

use std::ops::Range;

use jiff::civil::Date;

use headings::{date_line, full_day, is_title};

use super::article::{Article, BlockKind, dateline_end};
use super::clauses::{self, Read};
use super::dates::{self, Moment, Time};
use super::kinds::What;
use super::lexicon::{Lexicon, Role};
use super::places::{Finder, Spot};
use super::sentence::Sentence;
use super::speech::{self, Who};
use super::story::{Context, Scene, Story};
use super::{Movement, movement, numbers, token};
use crate::record::{Precision, When};

pub(super) struct Reader<'a, 'l> {
    pub(super) article: &'a Article,
    pub(super) lexicon: &'l Lexicon,
    pub(super) finder: Finder<'a>,
    pub(super) published: Date,
    pub(super) story: Story<'l>,
    pub(super) movements: Vec<Movement>,
    /// Places named so far, the last one last.
    pub(super) seen: Vec<Spot>,
    /// Sources named so far, the last one last.
    pub(super) sources: Vec<String>,
    /// The area named last, "the province", and in which sentence.
    pub(super) area: Option<Spot>,
    pub(super) area_at: usize,
    /// Place and time of the heading.
    pub(super) heading: (Option<Spot>, Option<When>),
    /// Places that the line at hand names before it says what happened there.
    pub(super) local: Vec<Spot>,
    /// How the heads of a list's lines ended so far.
    pub(super) listing: Vec<String>,
    pub(super) sentence: usize,
    /// The days that a report says it is about.
    pub(super) period: Option<When>,
    /// Where the sentence before was, if it told of no event.
    pub(super) scene: Option<Scene>,
    /// What was fired or flown last, and in which sentence.
    pub(super) weapon: Option<(usize, What<'l>)>,
}

impl<'l> Reader<'_, 'l> {
    pub(super) fn block(&mut self, index: usize) {
        let article = self.article;
        let Some(block) = article.blocks.get(index) else {
            return;
        };
        let line = article.text.get(block.range.clone()).unwrap_or_default();
        let local = self.heading.clone();
        let dateline = dateline_end(line).filter(|_| block.kind == BlockKind::Body);
        let opened = article
            .blocks
            .iter()
            .take(index)
            .any(|block| block.kind == BlockKind::Body && block.range.len() > 40);
        let headed = (block.kind == BlockKind::Body && (dateline.is_none() || opened))
            .then(|| self.list_head(block.range.clone()))
            .flatten();
        let skip = headed.or(dateline).unwrap_or(0).max(date_line(line));
        if block.kind == BlockKind::Heading && self.read_heading(block.range.clone()) {
            return;
        }
        let country = self.finder.country.clone();
        let mut anchor = self.published;
        let ranges = token::sentences(
            &article.text,
            block.range.start + skip..block.range.end,
            self.lexicon,
        );
        let several = ranges.len() > 1;
        let mut first = true;
        for range in ranges {
            self.sentence += 1;
            let s = Sentence::new(&article.text, range.clone(), self.lexicon);
            let moments = dates::moments(&s, anchor);
            // A caption tells of its own day.
            if let Some(day) = full_day(&s, &moments)
                && day < self.published
                && block.kind != BlockKind::Link
            {
                anchor = day;
            }
            // "Mine near Hays." before the sentences that tell of it.
            let title = first
                && several
                && headed.is_none()
                && moments.is_empty()
                && is_title(&s)
                && self.is_told_behind(range.end..block.range.end);
            first = false;
            if !title {
                self.sentence(&s, range, &moments, block.kind, index, anchor);
            }
        }
        self.finder.of_country(country);
        // "Idlib: …" at the head of a line is for that line alone.
        if block.kind == BlockKind::Body {
            self.heading = local;
            self.local.clear();
        }
    }

    fn sentence(
        &mut self,
        s: &Sentence<'l>,
        span: Range<usize>,
        moments: &[Moment],
        kind: BlockKind,
        block: usize,
        today: Date,
    ) {
        let text = &self.article.text;
        let attributions = speech::attributions(s, text);
        let mut taken = vec![false; s.len()];
        for range in attributions.iter().map(|found| &found.tokens) {
            let when = moments
                .iter()
                .find(|m| m.tokens.start == range.start && m.tokens.end < range.end);
            let from = when.map_or(range.start, |m| m.tokens.end);
            if let Some(words) = taken.get_mut(from..range.end) {
                words.fill(true);
            }
        }
        let mut spots = self.finder.spots(s, text, &taken);
        self.anaphoric(s, text, &taken, &mut spots);
        let numbers: Vec<_> = numbers::numbers(s)
            .into_iter()
            .filter(|number| {
                !moments.iter().any(|m| {
                    m.tokens.start < number.tokens.end && number.tokens.start < m.tokens.end
                })
            })
            .filter(|number| {
                !spots.iter().any(|spot| {
                    spot.tokens.contains(&number.tokens.start)
                        && spot.tokens.contains(&(number.tokens.end - 1))
                })
            })
            .filter(|number| {
                number
                    .tokens
                    .clone()
                    .all(|at| !taken.get(at).copied().unwrap_or(false))
            })
            .collect();
        let read = Read {
            s,
            text,
            numbers: &numbers,
            moments,
            spots: &spots,
            attributions: &attributions,
            taken: &taken,
        };
        let mut sources: Vec<(usize, Option<String>)> = Vec::new();
        for found in &attributions {
            let source = match &found.who {
                Who::Named(name) => {
                    // "Since 2012 our archive has recorded": the time is not theirs.
                    let when = moments.iter().find(|m| {
                        m.tokens.start == found.tokens.start && m.tokens.end < found.tokens.end
                    });
                    let name = when.map_or(name.as_str(), |m| {
                        let words = text.get(s.span(m.tokens.clone())).unwrap_or_default();
                        let count = words.split_whitespace().count();
                        let rest = name.splitn(count + 1, ' ').last().unwrap_or(name);
                        rest.trim_start_matches([',', ' '])
                    });
                    Some(self.full_name(name))
                }
                Who::Before => self.sources.last().cloned(),
            };
            if let Some(source) = &source {
                self.sources.retain(|known| known != source);
                self.sources.push(source.clone());
            }
            sources.push((found.tokens.start, source));
        }
        // A name rather than "they".
        let source = sources.iter().find_map(|(_, source)| source.clone());
        let stated = moments.iter().find_map(|moment| match moment.time {
            Time::At(when) if read.is_statement(moment) => Some(when),
            _ => None,
        });
        // "YEMEN." likewise.
        if let [spot] = spots.as_slice()
            && spot.is_country()
            && s.len() <= 3
            && spot.tokens.start == 0
        {
            self.finder
                .of_country(spot.location.country.as_deref().map(str::to_owned));
        }
        // "Saturday." is the head of what follows.
        if let [
            Moment {
                tokens,
                time: Time::At(when),
            },
        ] = moments
            && (0..s.len()).all(|at| tokens.contains(&at) || !s.is_word(at))
        {
            self.heading.1 = Some(*when);
        }
        // "Saraqib: two air strikes", "3 February – …"
        self.line_head(s, &spots, moments);
        let moved = movement::moved(&read);
        let mut mentions = if kind == BlockKind::Heading {
            Vec::new()
        } else {
            read.mentions()
        };
        // "The bombardment prompted 5,000 people to flee to X": not what was bombarded.
        for mention in &mut mentions {
            mention.spots.retain(|spot| {
                let mut ends = moved.iter().flat_map(|moved| &moved.destinations);
                !ends.any(|end| end.tokens == spot.tokens)
            });
        }
        self.weapon_of(s, &mut mentions);
        self.place_of_source(s, &attributions, &mut mentions);
        let scene = self
            .scene
            .take()
            .filter(|scene| scene.block == block && scene.sentence + 1 == self.sentence)
            .filter(|_| self.local.is_empty());
        let eventless = moved.is_empty() && mentions.iter().all(|mention| mention.what.is_none());
        let context = Context {
            scene,
            retracts: (0..s.len()).any(|at| s.has(at, Role::False)),
            sources: sources.clone(),
            sentence: self.sentence,
            block,
            span: span.clone(),
            source: source.clone().or_else(|| self.article.agency.clone()),
            stated,
            heading: self.heading.clone(),
            local: self.local.clone(),
            headline: kind == BlockKind::Headline,
            link: kind == BlockKind::Link,
            comment: (0..s.len()).any(|at| s.has(at, Role::NoSay) || s.has(at, Role::Comment)),
            moved: !moved.is_empty(),
            bullet: self.heading.0.is_some(),
            today,
            words: words(s, &taken),
            names: s
                .tokens
                .iter()
                .filter(|token| token.capital)
                .map(|token| clauses::stem(&token.lower))
                .collect(),
            actors: actors(s, &taken),
            seen: self
                .seen
                .last()
                .filter(|spot| spot.location.precision <= Precision::Near)
                .cloned(),
            country: self.country_spot(),
        };
        self.story.take(mentions, &context);
        if eventless && kind == BlockKind::Body && !self.story.has_touched(self.sentence) {
            self.scene = self.scene_of(s, &spots, &read, block);
        }
        // "Most moved to X": the people of the sentence before.
        if moved.is_empty()
            && let Some(last) = self
                .movements
                .iter_mut()
                .rfind(|last| !last.again)
                .filter(|last| last.block == block && last.moved.destinations.is_empty())
        {
            last.moved.destinations = movement::onward(&read);
        }
        if moved.is_empty() {
            self.count_again(&read, span.clone(), source.as_ref(), block);
        }
        for mut moved in moved {
            moved.time = self.time_of(&moved, s, block);
            if moved.destinations.is_empty() {
                moved.destinations = movement::onward(&read);
            }
            self.complete(&mut moved, s, block);
            if kind == BlockKind::Headline && !self.movements.is_empty() {
                continue;
            }
            self.movements.push(Movement {
                again: false,
                sentence: self.sentence,
                moved,
                span: span.clone(),
                source: source.clone().or_else(|| self.article.agency.clone()),
                block,
            });
        }
        self.seen.extend(
            spots
                .iter()
                .filter(|spot| !spot.unknown && !spot.is_country())
                .cloned(),
        );
        if let Some(spot) = spots.iter().rev().find(|spot| {
            !spot.is_country() && !spot.unknown && spot.location.precision >= Precision::District
        }) {
            self.area_at = self.sentence;
            self.area = Some(match &spot.within {
                Some(within) if !within.is_country() => (**within).clone(),
                _ => spot.clone(),
            });
        } else if self.area.is_none() {
            self.area = spots
                .iter()
                .rev()
                .find(|spot| !spot.is_country() && !spot.unknown)
                .cloned();
        }
    }
}

/// Peoples and powers that stand before the first word for an event.
fn actors(s: &Sentence<'_>, taken: &[bool]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for at in 0..s.len() {
        let event = s.has(at, Role::Event) || s.has(at, Role::Verb);
        if event {
            break;
        }
        if taken.get(at) == Some(&true) || s.tokens.get(at + 1).is_some_and(|next| next.hyphened) {
            continue;
        }
        if let Some(power) = s.tag(at, Role::Power)
            && !found.iter().any(|known| known == power.value)
        {
            found.push(power.value.to_owned());
        }
    }
    found
}

/// The words that tell what a sentence is about.
fn words(s: &Sentence<'_>, taken: &[bool]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (at, token) in s.tokens.iter().enumerate() {
        if token.word
            && token.lower.len() > 4
            && taken.get(at) != Some(&true)
            && !words.contains(&token.lower)
        {
            words.push(token.lower.clone());
        }
    }
    words
}
