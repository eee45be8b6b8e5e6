//! What headings, titles and the heads of lines say for the text under and behind them.

use std::ops::Range;

use jiff::civil::Date;

use super::super::dates::{self, Moment, Time};
use super::super::head;
use super::super::lexicon::Role;
use super::super::places::Spot;
use super::super::sentence::Sentence;
use super::Reader;

impl Reader<'_, '_> {
    /// Takes the head of a list's line; how much of the line it is.
    pub(super) fn list_head(&mut self, range: Range<usize>) -> Option<usize> {
        let text = &self.article.text;
        let start = range.start;
        let s = Sentence::new(text, range, self.lexicon);
        let moments = dates::moments(&s, self.published);
        let head = head::head(&s, text, &moments, &mut self.finder, &self.listing)?;
        self.listing.push(head.sign);
        self.heading.1 = head.when.or(self.heading.1);
        self.heading.0 = head.spots.first().cloned();
        self.local = head.spots;
        Some(s.span(0..head.end).end - start)
    }

    /// "Reporting period: 14 to 20 February 2021".
    pub(in crate::extract) fn title_period(&mut self, index: usize) {
        let Some(block) = self.article.blocks.get(index) else {
            return;
        };
        let line = self
            .article
            .text
            .get(block.range.clone())
            .unwrap_or_default();
        if block.range.len() > 120 || !line.to_lowercase().contains("period") {
            return;
        }
        let s = Sentence::new(&self.article.text, block.range.clone(), self.lexicon);
        let found = dates::moments(&s, self.published);
        self.period = self
            .period
            .or(found.iter().rev().find_map(|moment| match moment.time {
                Time::At(when)
                    if moment.tokens.clone().any(|at| {
                        s.has(at, Role::Month)
                            || at == moment.tokens.start
                                && s.tokens.get(at).is_some_and(|t| t.figure().is_some())
                    }) =>
                {
                    Some(when)
                }
                _ => None,
            }));
    }

    /// The area that a title names is what the text is about until it names another.
    pub(in crate::extract) fn title_area(&mut self, index: usize) {
        let Some(block) = self.article.blocks.get(index) else {
            return;
        };
        let s = Sentence::new(&self.article.text, block.range.clone(), self.lexicon);
        let taken = vec![false; s.len()];
        let spots = self.finder.spots(&s, &self.article.text, &taken);
        let area = spots
            .into_iter()
            .find(|spot| !spot.unknown && !spot.is_country());
        self.area = self.area.take().or(area);
    }

    /// "Idlib governorate", "12 March": what follows is there and then.
    pub(super) fn read_heading(&mut self, range: Range<usize>) -> bool {
        let s = Sentence::new(&self.article.text, range, self.lexicon);
        let moments = dates::moments(&s, self.published);
        let taken = vec![false; s.len()];
        let spots = self.finder.spots(&s, &self.article.text, &taken);
        let told = s
            .tags
            .iter()
            .any(|tag| matches!(tag.role, Role::Event | Role::Verb | Role::Dead | Role::Flee));
        if told && (spots.is_empty() || s.len() > 5) {
            return false;
        }
        let when = moments.iter().find_map(|moment| match moment.time {
            // The day of the bulletin is not that of what it tells.
            Time::At(when) => Some(when).filter(|when| when.start() != self.published),
            _ => None,
        });
        match (spots.first(), when) {
            (None, None) => {
                // A heading of another kind ends the one before.
                self.heading = (None, self.heading.1);
            }
            (Some(spot), None) => self.heading.0 = Some(spot.clone()),
            (None, Some(when)) => self.heading.1 = Some(when),
            (Some(spot), Some(when)) => self.heading = (Some(spot.clone()), Some(when)),
        }
        true
    }

    /// A place or a day at the head of a line, before a colon or a dash.
    pub(super) fn line_head(&mut self, s: &Sentence<'_>, spots: &[Spot], moments: &[Moment]) {
        let is_sign = |at: usize| matches!(s.lower(at), ":" | "–" | "-" | "—" | "--");
        let head =
            |start: usize| start <= 2 && (0..start).all(|at| !s.is_word(at) || s.lower(at) == "in");
        for moment in moments {
            if head(moment.tokens.start)
                && (is_sign(moment.tokens.end) || s.lower(moment.tokens.end) == ",")
                && let Time::At(when) = moment.time
                && is_sign(moment.tokens.end)
            {
                self.heading.1 = Some(when);
            }
        }
        for spot in spots {
            let lead = head(spot.tokens.start)
                || moments.iter().any(|m| {
                    head(m.tokens.start)
                        && m.tokens.end < spot.tokens.start
                        && spot.tokens.start - m.tokens.end <= 2
                });
            if lead && is_sign(spot.tokens.end) {
                self.heading.0 = Some(spot.clone());
            }
        }
    }
}

/// How much of a line says "date 2020-01-11".
pub(super) fn date_line(line: &str) -> usize {
    let rest = line.strip_prefix("date ").unwrap_or_default();
    let day = rest.get(..10).unwrap_or_default();
    if day.parse::<Date>().is_ok() { 15 } else { 0 }
}

/// A day named with its year.
pub(super) fn full_day(s: &Sentence<'_>, moments: &[Moment]) -> Option<Date> {
    moments.iter().rev().find_map(|moment| match moment.time {
        Time::At(when) if when.is_exact_day() => {
            let year = s.tokens.get(moment.tokens.clone())?.iter().any(|token| {
                token.lower.len() == 4
                    && token
                        .figure()
                        .is_some_and(|year| (1990..2100).contains(&year))
            });
            year.then(|| when.start())
        }
        _ => None,
    })
}

/// A few words without a verb.
pub(super) fn is_title(s: &Sentence<'_>) -> bool {
    const TELLING: [Role; 7] = [
        Role::Verb,
        Role::SoftVerb,
        Role::Dead,
        Role::Hurt,
        Role::Say,
        Role::Flee,
        Role::Number,
    ];
    let words = (0..s.len()).filter(|at| s.is_word(*at)).count();
    (2..=6).contains(&words)
        && s.lower(0) != "the"
        && (0..s.len()).any(|at| s.has(at, Role::Event))
        && (0..s.len()).all(|at| {
            TELLING.iter().all(|role| !s.has(at, *role))
                && !matches!(s.lower(at), "was" | "were" | "is" | "are")
        })
}
