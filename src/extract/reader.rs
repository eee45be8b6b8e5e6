//! An article block by block: what each sentence holds, and what it takes from those before it.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::article::{Article, BlockKind, dateline_end};
use super::clauses::{self, Read};
use super::dates::{self, Moment, Time};
use super::lexicon::{Lexicon, Role};
use super::places::{Finder, Spot};
use super::sentence::Sentence;
use super::speech::{self, Who};
use super::story::{Context, Story};
use super::{Movement, head, movement, numbers, token};
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
            let title = first && several && headed.is_none() && moments.is_empty() && is_title(&s);
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

    /// Takes the head of a list's line; how much of the line it is.
    fn list_head(&mut self, range: Range<usize>) -> Option<usize> {
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
    pub(super) fn title_period(&mut self, index: usize) {
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
                    if s.tokens
                        .get(moment.tokens.start)
                        .is_some_and(|t| t.figure().is_some())
                        || s.has(moment.tokens.start, Role::Month) =>
                {
                    Some(when)
                }
                _ => None,
            }));
    }

    /// The area that a title names is what the text is about until it names another.
    pub(super) fn title_area(&mut self, index: usize) {
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
    fn read_heading(&mut self, range: Range<usize>) -> bool {
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
            self.finder.of_country(spot.location.country.clone());
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
        let mentions = if kind == BlockKind::Heading {
            Vec::new()
        } else {
            read.mentions()
        };
        let context = Context {
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
        // "Most moved to X": the people of the sentence before.
        if moved.is_empty()
            && let Some(last) = self
                .movements
                .last_mut()
                .filter(|last| last.block == block && last.moved.destinations.is_empty())
        {
            last.moved.destinations = movement::onward(&read);
        }
        for mut moved in moved {
            moved.time = moved.time.or_else(|| {
                // "over the same period"
                let before = self.movements.last().filter(|last| last.block == block);
                if moved.relative == Some(0)
                    && let Some(time) = before.and_then(|last| last.moved.time)
                {
                    return Some(time);
                }
                let told = self.story.time_here(block);
                let base = match moved.relative {
                    Some(_) => told.or(self.heading.1).or(self.story.time()),
                    None => told.or(self.heading.1).or(self.period),
                }?;
                let Some(days) = moved.relative else {
                    return (base != When::day(self.published)).then_some(base);
                };
                let day = base.start().checked_add(days.days()).ok()?;
                Some(When::day(day))
            });
            if moved.destinations.is_empty() {
                moved.destinations = movement::onward(&read);
            }
            self.complete(&mut moved, s, block);
            if kind == BlockKind::Headline && !self.movements.is_empty() {
                continue;
            }
            self.movements.push(Movement {
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

    /// A place or a day at the head of a line, before a colon or a dash.
    fn line_head(&mut self, s: &Sentence<'_>, spots: &[Spot], moments: &[Moment]) {
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

    /// "the province's northern countryside", "the country's northwest".
    fn anaphoric(&mut self, s: &Sentence<'_>, text: &str, taken: &[bool], spots: &mut Vec<Spot>) {
        for at in 0..s.len() {
            let noun = s.lower(at + 1);
            let country = noun == "country";
            if s.lower(at) != "the"
                || s.lower(at + 2) != "'s"
                || taken.get(at) == Some(&true)
                || !(country || s.has(at + 1, Role::After))
            {
                continue;
            }
            let mut end = at + 3;
            while s.has(end, Role::Inner)
                && !matches!(
                    s.lower(end),
                    "and" | "of" | "near" | "along" | "from" | "to"
                )
            {
                end += 1;
            }
            if end == at + 3 {
                continue;
            }
            let earlier = spots
                .iter()
                .rev()
                .find(|spot| spot.tokens.end <= at && spot.is_country() == country);
            let base = match (earlier, country) {
                (Some(spot), _) => spot.phrase.clone(),
                (None, true) => match self.finder.country.clone() {
                    Some(code) => crate::ground::basemap::Basemap::embedded()
                        .country_by_code(&code)
                        .map_or(code, |country| country.name.to_owned()),
                    None => continue,
                },
                (None, false) => match &self.area {
                    Some(area) => area.phrase.clone(),
                    None => continue,
                },
            };
            let part = text.get(s.span(at + 3..end)).unwrap_or_default();
            let phrases = [format!("{part} of {base}"), format!("{part} {base}")];
            let Some((phrase, (location, _))) = phrases
                .into_iter()
                .find_map(|phrase| Some((phrase.clone(), self.finder.look(&phrase, None)?)))
            else {
                continue;
            };
            let spot = Spot {
                tokens: at..end,
                core: at..end,
                phrase,
                location,
                within: None,
                from: s.before(at) == "from",
                framed: s.has(at.saturating_sub(1), Role::Where),
                unknown: false,
                wide: None,
            };
            let place = spots
                .iter()
                .position(|known| known.tokens.start > at)
                .unwrap_or(spots.len());
            spots.insert(place, spot);
        }
    }

    /// The country that the article is about, as a place.
    fn country_spot(&mut self) -> Option<Spot> {
        let code = self.finder.country.clone()?;
        let name = crate::ground::basemap::Basemap::embedded()
            .country_by_code(&code)?
            .name;
        let (location, _) = self.finder.look(name, None)?;
        Some(Spot {
            tokens: 0..0,
            core: 0..0,
            phrase: name.to_owned(),
            location,
            within: None,
            from: false,
            framed: true,
            unknown: false,
            wide: None,
        })
    }

    /// The full name of a source of which a part is said: "the Observatory".
    fn full_name(&self, name: &str) -> String {
        let words: Vec<&str> = name.split_whitespace().collect();
        let longer = self.sources.iter().rev().find(|known| {
            let theirs: Vec<&str> = known.split_whitespace().collect();
            theirs.len() > words.len()
                && words.iter().all(|word| theirs.contains(word))
                && words
                    .iter()
                    .any(|word| word.starts_with(char::is_uppercase))
        });
        longer.cloned().unwrap_or_else(|| name.to_owned())
    }

    /// An origin that is not named is where the story is.
    fn complete(&mut self, moved: &mut movement::Moved, s: &Sentence<'_>, block: usize) {
        if !moved.origins.is_empty() {
            return;
        }
        // "fled the suburb": the one that was named.
        let named = (0..s.len()).find_map(|at| {
            let noun = s.lower(at);
            let that = matches!(
                noun,
                "suburb" | "town" | "village" | "city" | "camp" | "neighbourhood" | "district"
            ) && matches!(s.before(at), "the" | "that");
            if !that {
                return None;
            }
            let called = self
                .seen
                .iter()
                .rev()
                .find(|spot| spot.phrase.contains(noun));
            let settlement = || {
                self.seen
                    .iter()
                    .rev()
                    .find(|spot| spot.location.precision == Precision::Exact)
            };
            called.or_else(settlement).cloned()
        });
        if let Some(named) = named {
            moved.origins.push(named);
            return;
        }
        // People told of in the sentences before come from there too.
        let before = self
            .movements
            .last()
            .filter(|last| last.block == block && !last.moved.origins.is_empty());
        if let Some(before) = before {
            moved.origins.clone_from(&before.moved.origins);
            return;
        }
        let last = self
            .story
            .told
            .iter()
            .rev()
            .find_map(|told| told.place.clone());
        let recent = self.area.is_some() && self.area_at + 1 >= self.sentence
            || moved.people.central() >= 10_000;
        let place = match (&self.heading.0, &self.area, last) {
            (_, Some(area), _) if recent => Some(area.clone()),
            (Some(heading), _, _) => Some(heading.clone()),
            (None, Some(area), Some(told)) if area.agrees(&told) => Some(area.clone()),
            (None, _, Some(told)) => Some(told),
            (None, Some(area), None) => Some(area.clone()),
            (None, None, None) => None,
        };
        moved.origins = place
            .into_iter()
            .filter(|place| {
                moved
                    .destinations
                    .iter()
                    .all(|end| end.phrase != place.phrase && !end.covers(place))
            })
            .collect();
    }
}

/// How much of a line says "date 2020-01-11".
fn date_line(line: &str) -> usize {
    let rest = line.strip_prefix("date ").unwrap_or_default();
    let day = rest.get(..10).unwrap_or_default();
    if day.parse::<Date>().is_ok() { 15 } else { 0 }
}

/// A day named with its year.
fn full_day(s: &Sentence<'_>, moments: &[Moment]) -> Option<Date> {
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
fn is_title(s: &Sentence<'_>) -> bool {
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
