//! News text → draft records, for a person to check.
//!
//! Rules over lexicons (`data/lexicon/`), no model: a text is cut into sentences and words (`token`), its places
//! (`places`), times (`dates`), numbers (`numbers`) and sources (`speech`) are found, each clause that tells of an event
//! becomes a mention (`clauses`, `tolls`), mentions of one event are joined (`story`), and people who moved are read
//! by rules of their own (`movement`). What looked like an event and was not taken is kept with the reason.
//!
//! ```
//! use dateline::extract::{Article, Lexicon, extract};
//! use dateline::gazetteer::Gazetteer;
//!
//! let lexicon = Lexicon::english().unwrap();
//! let text = "BEIRUT, 3 May 2021 (Wire) — Air strikes on Saraqib killed six people on Sunday, a monitor said.";
//! let article = Article::from_text("a.txt", text, &lexicon);
//! let draft = extract(&article, &lexicon, Gazetteer::embedded()).unwrap();
//! let claim = &draft.claims[0].claim;
//! assert_eq!(claim.when.to_string(), "2021-05-02");
//! assert_eq!(claim.killed.unwrap().to_string(), "6");
//! ```

mod article;
mod clauses;
mod dates;
mod explain;
mod head;
mod html;
mod kinds;
mod lexicon;
mod movement;
mod numbers;
mod parties;
mod places;
mod reader;
mod rows;
mod sentence;
mod speech;
mod story;
mod table;
mod token;
mod tolls;

use std::ops::Range;

pub use article::Article;
pub use explain::{explained_html, explained_text};
pub use lexicon::{Lexicon, LexiconError};
pub use rows::{Draft, DraftClaim, DraftMovement};
pub use story::Passed;
pub use table::{displacement_csv, incidents_csv, is_empty_draft};

use article::{BlockKind, dateline_end};
use places::Finder;
use reader::Reader;
use sentence::Sentence;
use story::Story;

use crate::gazetteer::Gazetteer;
use crate::record::{Precision, When};

/// Why nothing can be taken from an article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// Its day is not known, so that "Friday" is not either.
    #[error(
        "{0}: the day of publication is not said in the text: give it with --published, e.g. --published 2020-01-11"
    )]
    NoDate(String),
}

/// A movement with the sentence it is told in.
struct Movement {
    moved: movement::Moved,
    span: Range<usize>,
    source: Option<String>,
    block: usize,
    sentence: usize,
    /// Another source's count of the people told of before.
    again: bool,
}

/// Takes draft records from an article.
///
/// # Errors
/// If the day of publication is not known.
pub fn extract(
    article: &Article,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
) -> Result<Draft, ExtractError> {
    let published = article
        .published
        .ok_or_else(|| ExtractError::NoDate(article.name.clone()))?;
    let mut finder = Finder::new(gazetteer);
    finder.country = main_country(article, lexicon, gazetteer);
    let mut reader = Reader {
        article,
        lexicon,
        finder,
        published,
        story: Story::default(),
        movements: Vec::new(),
        seen: Vec::new(),
        sources: Vec::new(),
        area: None,
        area_at: 0,
        heading: (None, None),
        local: Vec::new(),
        listing: Vec::new(),
        sentence: 0,
        period: None,
        scene: None,
        weapon: None,
    };
    for block in 0..article.blocks.len().min(6) {
        reader.title_period(block);
    }
    // Headlines last: the text under them says more.
    let (titles, text): (Vec<usize>, Vec<usize>) = (0..article.blocks.len()).partition(|at| {
        article
            .blocks
            .get(*at)
            .is_some_and(|block| block.kind == BlockKind::Headline)
    });
    for title in &titles {
        reader.title_area(*title);
    }
    if article.is_daily() {
        // "Period covered: Wednesday 18 December"
        let day = reader.period.filter(When::is_exact_day);
        reader.heading.1 = day.or(Some(When::day(published)));
    }
    for block in text.into_iter().chain(titles) {
        reader.block(block);
    }
    reader.story.finish();
    Ok(rows::draft(
        article,
        published,
        reader.story,
        reader.movements,
    ))
}

/// The country that most of an article's places are in.
fn main_country(article: &Article, lexicon: &Lexicon, gazetteer: &Gazetteer) -> Option<String> {
    let mut finder = Finder::new(gazetteer);
    let mut tally: Vec<(String, f64)> = Vec::new();
    for block in &article.blocks {
        let start =
            dateline_end(article.text.get(block.range.clone()).unwrap_or_default()).unwrap_or(0);
        for range in token::sentences(
            &article.text,
            block.range.start + start..block.range.end,
            lexicon,
        ) {
            let s = Sentence::new(&article.text, range, lexicon);
            // "SANA said", "in Damascus, a ministry said": whoever says so is elsewhere.
            let mut taken = vec![false; s.len()];
            for found in speech::attributions(&s, &article.text) {
                if let Some(words) = taken.get_mut(found.tokens) {
                    words.fill(true);
                }
            }
            for spot in finder.spots(&s, &article.text, &taken) {
                let Some(country) = spot.location.country.as_deref().map(str::to_owned) else {
                    continue;
                };
                let weight = match spot.location.precision {
                    precision if precision >= Precision::Country => 0.8,
                    _ if spot.within.is_some() => 2.0,
                    _ => 1.0,
                };
                match tally.iter_mut().find(|(known, _)| *known == country) {
                    Some((_, n)) => *n += weight,
                    None => tally.push((country, weight)),
                }
            }
        }
    }
    let mut best: Option<(String, f64)> = None;
    for (country, n) in tally {
        if best.as_ref().is_none_or(|(_, most)| n > *most) {
            best = Some((country, n));
        }
    }
    best.map(|(country, _)| country)
}
