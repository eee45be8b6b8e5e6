//! What was told → rows of the tables.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Movement;
use super::article::Article;
use super::places::{Spot, area_name};
use super::story::{Passed, Story, Told};
use crate::record::{Claim, Count, Displacement, Precision, Text, When};

/// What was taken from an article.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The article's name.
    pub article: String,
    /// Claims, those about one incident with one id.
    pub claims: Vec<DraftClaim>,
    /// Movements of people.
    pub movements: Vec<DraftMovement>,
    /// What looked like an event and was not taken.
    pub passed: Vec<Passed>,
}

/// A claim for a person to check.
#[derive(Clone, Debug)]
pub struct DraftClaim {
    /// The row.
    pub claim: Claim,
    /// How sure its reading is, 0..=1.
    pub confidence: f64,
    /// The stretches of the text that it was taken from.
    pub spans: Vec<Range<usize>>,
}

/// A movement for a person to check.
#[derive(Clone, Debug)]
pub struct DraftMovement {
    /// The row.
    pub movement: Displacement,
    /// How sure its reading is, 0..=1.
    pub confidence: f64,
    /// The stretches of the text that it was taken from.
    pub spans: Vec<Range<usize>>,
}

/// Days before publication that an event without a date may lie.
const UNDATED_DAYS: i64 = 2;

pub(super) fn draft(
    article: &Article,
    published: Date,
    story: Story<'_>,
    movements: Vec<Movement>,
) -> Draft {
    let mut claims = Vec::new();
    let stem = stem(&article.name);
    for (number, told) in story.told.iter().enumerate() {
        let id: Text = format!("{stem}-{}", number + 1).into();
        claims.extend(rows_of(article, published, told, &id));
    }
    let mut draft = Draft {
        article: article.name.clone(),
        claims,
        movements: Vec::new(),
        passed: story.passed,
    };
    for movement in parts(movements) {
        add_movement(&mut draft, article, published, &movement, &stem);
    }
    draft
}

/// The name of a file without folder and ending.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.split('.').next().filter(|stem| !stem.is_empty());
    stem.unwrap_or(file).to_owned()
}

fn undated(published: Date) -> When {
    let from = published
        .checked_sub(UNDATED_DAYS.days())
        .unwrap_or(published);
    When::days(from, published).approximate()
}

fn rows_of(article: &Article, published: Date, told: &Told<'_>, id: &Text) -> Vec<DraftClaim> {
    let mut rows = Vec::new();
    // A telling that adds nothing to another one's place and figures is that one's.
    for telling in &told.tellings {
        let mut confidence = told.confidence;
        let mut notes: Vec<String> = Vec::new();
        let when = told.when.unwrap_or_else(|| {
            confidence -= 0.15;
            notes.push("no day is told: the days up to publication".to_owned());
            undated(published)
        });
        let mut claim = Claim::new(0, when, told.what.kind());
        claim.id = Some(id.clone());
        let place = telling.place.as_ref().or(told.place.as_ref());
        if let Some(spot) = place {
            if telling.place.is_none() {
                notes.push("the place is told elsewhere".to_owned());
            }
            set_place(&mut claim, spot);
        }
        if told.what.is_open() {
            notes.push("the kind is the likeliest of several".to_owned());
        }
        notes.extend(telling.notes.iter().map(|note| (*note).to_owned()));
        claim.count = telling.count;
        claim.killed = telling.killed;
        claim.injured = telling.injured;
        claim.actor = telling.actor.as_deref().map(Into::into);
        claim.target = telling.target.as_deref().map(Into::into);
        claim.source = telling.source.as_deref().map(Into::into);
        claim.url = article.url.as_deref().map(Into::into);
        claim.published = Some(published.to_string().into());
        claim.quote = Some(quoted(article, &telling.quotes).into());
        claim.note = (!notes.is_empty()).then(|| notes.join("; ").into());
        // The name says more than the kind: "barrel bombs".
        let extra = [
            ("said_as", told.what.name()),
            ("article", article.name.as_str()),
        ];
        claim.extra = extra.into_iter().collect();
        rows.push(DraftClaim {
            claim,
            confidence: confidence.clamp(0.05, 1.0),
            spans: telling.quotes.clone(),
        });
    }
    rows
}

/// The place as the text has it, and what narrows it down.
fn set_place(claim: &mut Claim, spot: &Spot) {
    claim.place = Some(spot.phrase.as_str().into());
    claim
        .country
        .clone_from(&spot.location.country.as_deref().map(Into::into));
    if spot.location.precision >= Precision::Country && spot.location.country.is_none() {
        claim.country = None;
    }
    if let Some(within) = &spot.within
        && !within.is_country()
        && within.location.precision == Precision::Governorate
        // "Brital in the Bekaa": the area's name may be older than the governorates.
        && (spot.unknown
            || spot
                .location
                .admin1
                .as_deref()
                .is_none_or(|known| known == area_name(within)))
    {
        claim.admin1 = Some(area_name(within).as_str().into());
    }
}

/// Quotes are no longer than this if what was told stands in several sentences, in bytes.
const LONGEST_QUOTE: usize = 600;

/// The stretch of the text that holds the sentences of a telling; if that is long, the first of them.
fn quoted<'a>(article: &'a Article, spans: &[Range<usize>]) -> &'a str {
    let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let all = article.text.get(first..last).unwrap_or_default();
    match spans.first() {
        Some(span) if all.len() > LONGEST_QUOTE => {
            article.text.get(span.clone()).unwrap_or_default()
        }
        _ => all,
    }
}

/// Movements without the sum that was told before its parts: 2,472 people in all, 1,800 here and 672 there.
fn parts(movements: Vec<Movement>) -> Vec<Movement> {
    let is_sum = |at: usize, movement: &Movement| {
        let rest: Vec<u64> = movements
            .iter()
            .enumerate()
            .filter(|(other, movement)| *other != at && !movement.again)
            .map(|(_, other)| other.moved.people.central())
            .collect();
        let all = movement.moved.people.central();
        rest.len() > 1
            && movement.moved.origins.len() + movement.moved.destinations.len() < 2
            && rest.iter().sum::<u64>() == all
    };
    let sum = movements
        .iter()
        .enumerate()
        .position(|(at, movement)| is_sum(at, movement));
    let mut kept = movements;
    if let Some(sum) = sum {
        kept.remove(sum); // a position in it
    }
    kept
}

fn add_movement(
    draft: &mut Draft,
    article: &Article,
    published: Date,
    told: &Movement,
    stem: &str,
) {
    let moved = &told.moved;
    let mut confidence: f64 = 0.9;
    let mut notes: Vec<&str> = Vec::new();
    let when = moved.time.unwrap_or_else(|| {
        confidence -= 0.15;
        let near = draft.claims.last().map(|row| row.claim.when);
        notes.push("no day is told");
        near.map_or_else(|| undated(published), When::approximate)
    });
    let mut people = moved.people;
    if moved.families {
        people = match people.low().or(people.best()) {
            Some(families) => Count::at_least(families),
            None => Count::about(people.central()),
        };
        notes.push("families are counted, not people: at least one each");
        confidence -= 0.2;
    }
    let mut row = Displacement::new(0, when, people);
    let places = |spots: &[Spot]| -> Vec<Text> {
        spots
            .iter()
            .map(|spot| {
                let phrase = match &spot.within {
                    Some(within) if !spot.phrase.contains(&within.phrase) => {
                        format!("{}, {}", spot.phrase, within.phrase)
                    }
                    _ => spot.phrase.clone(),
                };
                phrase.as_str().into()
            })
            .collect()
    };
    let origins = places(&moved.origins);
    row.origin = match origins.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => Some(several.join(" and ").into()),
    };
    row.destinations = places(&moved.destinations);
    row.source = told.source.as_deref().map(Into::into);
    row.url = article.url.as_deref().map(Into::into);
    row.published = Some(published.to_string().into());
    row.quote = Some(
        article
            .text
            .get(told.span.clone())
            .unwrap_or_default()
            .replace('\n', " ")
            .into(),
    );
    row.note = (!notes.is_empty()).then(|| notes.join("; ").into());
    row.extra = [("article", article.name.as_str())].into_iter().collect();
    // Another source's count of the same people.
    if told.again
        && let Some(last) = draft.movements.last()
    {
        row.id.clone_from(&last.movement.id);
        draft.movements.push(DraftMovement {
            movement: row,
            confidence: confidence.clamp(0.05, 1.0),
            spans: vec![told.span.clone()],
        });
        return;
    }
    // Told before: the fuller of the two stays.
    let same = draft.movements.iter_mut().find(|known| {
        let (a, b) = (&known.movement, &row);
        let undated =
            |note: Option<&Text>| note.is_some_and(|note| note.contains("no day is told"));
        let times = a.when.start() <= b.when.end() && b.when.start() <= a.when.end()
            || moved.time.is_none()
            || undated(a.note.as_ref());
        a.people.central() == b.people.central() && times
    });
    if let Some(known) = same {
        let says = |row: &Displacement| usize::from(row.origin.is_some()) + row.destinations.len();
        if says(&row) > says(&known.movement)
            || says(&row) == says(&known.movement)
                && known.movement.note.is_some()
                && row.note.is_none()
        {
            row.id = known.movement.id.clone();
            known.movement = row;
            known.confidence = confidence;
        }
        known.spans.push(told.span.clone());
        return;
    }
    row.id = Some(format!("{stem}-m{}", draft.movements.len() + 1).into());
    draft.movements.push(DraftMovement {
        movement: row,
        confidence: confidence.clamp(0.05, 1.0),
        spans: vec![told.span.clone()],
    });
}
