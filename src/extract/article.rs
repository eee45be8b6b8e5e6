//! An article: its text, its blocks, and what it says about itself.

use std::ops::Range;

use jiff::civil::Date;

use super::dates::{self, Time};
use super::lexicon::Lexicon;
use super::sentence::Sentence;

/// What a line of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A title above the text.
    Headline,
    /// The headline of another report, linked to.
    Link,
    /// A short line above some paragraphs: "Idlib", "12 March".
    Heading,
    /// Below a picture.
    Caption,
    /// Text.
    Body,
}

#[derive(Clone, Debug)]
pub(super) struct Block {
    pub range: Range<usize>,
    pub kind: BlockKind,
}

/// A report to take records from.
#[derive(Clone, Debug)]
pub struct Article {
    /// What messages and the `article` column call it.
    pub name: String,
    /// Its text. Quotes are stretches of it.
    pub text: String,
    /// When it was published, if that is known.
    pub published: Option<Date>,
    /// Whose report it is: what nobody is named for has this source.
    pub agency: Option<String>,
    /// Its address.
    pub url: Option<String>,
    pub(super) blocks: Vec<Block>,
}

/// Lines that are no part of a report.
const FURNITURE: &[&str] = &[
    "advertisement",
    "read more",
    "recommended stories",
    "frequently asked questions (faq)",
    "share",
    "subscribe",
    "more on this story",
];

/// Signs that begin a line of a list.
const BULLETS: &[char] = &[
    '-', '•', '*', '>', '–', '▪', '●', '◦', '‣', '►', '■', '○', '·',
];

/// A line that is longer than this is no heading, in bytes.
const HEADING: usize = 90;

impl Article {
    /// From plain text.
    pub fn from_text(name: &str, text: &str, lexicon: &Lexicon) -> Article {
        let text = unwrapped(text);
        let mut article = Article {
            name: name.to_owned(),
            blocks: blocks(&text),
            text,
            published: None,
            agency: None,
            url: None,
        };
        article.agency = article.agency_named();
        article.published = article.own_date(lexicon).or_else(|| date_in_name(name));
        article
    }

    /// Whether its title says that it is about one day.
    pub(super) fn is_daily(&self) -> bool {
        let mut titles = self
            .blocks
            .iter()
            .take(3)
            .filter(|block| block.kind != BlockKind::Body);
        titles.any(|block| {
            let line = self
                .text
                .get(block.range.clone())
                .unwrap_or_default()
                .to_lowercase();
            let of_a_day = [
                "daily",
                "log of",
                "round-up",
                "roundup",
                "bulletin",
                "alerts",
                "morning update",
                "evening update",
            ];
            of_a_day.iter().any(|word| line.contains(word)) && !line.contains("daily news")
        })
    }

    /// The agency of a dateline: "BAGHDAD (AP) —".
    fn agency_named(&self) -> Option<String> {
        for block in self.blocks.iter().take(6) {
            let line = self.text.get(block.range.clone())?;
            let Some(cut) = dateline_end(line) else {
                continue;
            };
            let head = line.get(..cut)?;
            if let Some((_, rest)) = head.split_once('(')
                && let Some((agency, _)) = rest.split_once(')')
                && agency.len() < 40
            {
                return Some(match agency {
                    "AP" => "The Associated Press".to_owned(),
                    agency => agency.to_owned(),
                });
            }
        }
        if self.text.contains("of The Associated Press") || self.text.contains("(AP Photo") {
            return Some("The Associated Press".to_owned());
        }
        None
    }

    /// The date that its head gives: "date 2020-01-11", "Published 3 May 2021", "BEIRUT, 3 May 2021 —".
    fn own_date(&self, lexicon: &Lexicon) -> Option<Date> {
        let far: Date = Date::new(2100, 1, 1).ok()?;
        let days = |range: Range<usize>, exact: bool| {
            let s = Sentence::new(&self.text, range, lexicon);
            let found = dates::moments(&s, far);
            found.into_iter().find_map(|moment| match moment.time {
                Time::At(when) | Time::AsOf(when)
                    if s.tokens[moment.tokens.clone()].iter().any(|token| {
                        // "24.08.2021" is one token.
                        let last = token.lower.rsplit('.').next();
                        last.and_then(|last| last.parse::<i16>().ok())
                            .is_some_and(|year| (1990..2100).contains(&year))
                    }) =>
                {
                    // A bulletin may name the days that it is about: the last one.
                    (!exact || when.is_exact_day()).then_some(when.end())
                }
                _ => None,
            })
        };
        for (index, block) in self.blocks.iter().enumerate().take(8) {
            let line = self.text.get(block.range.clone())?;
            let head = match dateline_end(line) {
                Some(cut) => block.range.start..block.range.start + cut,
                None if line.starts_with("date ") || line.starts_with("Date") => {
                    let cut = line.char_indices().nth(40).map_or(line.len(), |(at, _)| at);
                    block.range.start..block.range.start + cut
                }
                None if block.kind != BlockKind::Body || line.len() < HEADING && index < 5 => {
                    block.range.clone()
                }
                None => continue,
            };
            // "AFRIN OBSERVERS - Weekly summary, 7 to 13 June 2021": not a dateline after all.
            let whole = (block.kind != BlockKind::Body || line.len() < HEADING)
                .then(|| block.range.clone());
            if let Some(day) = days(head, false).or_else(|| days(whole?, false)) {
                return Some(day);
            }
        }
        // The latest day that is named in full.
        self.blocks
            .iter()
            .filter_map(|block| days(block.range.clone(), true))
            .max()
    }
}

/// A file may be called by its day: "2020-01-11_agency.txt".
fn date_in_name(name: &str) -> Option<Date> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    (0..name.len()).find_map(|at| {
        let part = name.get(at..at + 10)?;
        let mut pieces = part.split(['-', '_', '.']);
        let (year, month, day) = (pieces.next()?, pieces.next()?, pieces.next()?);
        let shape = year.len() == 4 && month.len() == 2 && day.len() == 2;
        (shape && digits(year) && digits(month) && digits(day)).then_some(())?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    })
}

/// Where the dateline of a line ends: behind the dash of "BEIRUT, May 3 (Agency) — ".
pub(super) fn dateline_end(line: &str) -> Option<usize> {
    let head_end = line.char_indices().nth(90).map_or(line.len(), |(at, _)| at);
    let head = line.get(..head_end)?;
    let (at, dash) = ["—", " – ", " -- ", "--", " - "]
        .iter()
        .filter_map(|dash| Some((head.find(dash)?, dash)))
        .min_by_key(|(at, _)| *at)?;
    let before = head.get(..at)?;
    // "(Geneva, March 14, 2018) –"
    let bracket = before.starts_with('(') && before.trim_end().ends_with(')');
    let first: String = before
        .chars()
        .skip(usize::from(bracket))
        .take_while(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’'))
        .collect();
    let first = first.trim();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    // A name in capitals, or a name with an agency or a date behind it.
    let shouted = letters >= 3 && first.chars().all(|c| !c.is_lowercase());
    let framed = letters >= 3
        && first.chars().next().is_some_and(char::is_uppercase)
        && (before.contains('(') && before.matches('(').count() == before.matches(')').count()
            || before.contains(',') && before.chars().any(|c| c.is_ascii_digit()))
        && before.split_whitespace().count() <= 9;
    (shouted || framed).then_some(at + dash.len())
}

/// Joins lines that were broken at a width.
fn unwrapped(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = text.split('\n').collect();
    let mut joined = String::with_capacity(text.len());
    for (index, line) in lines.iter().enumerate() {
        joined.push_str(line.trim_end());
        let Some(next) = lines.get(index + 1) else {
            break;
        };
        let length = line.trim().chars().count();
        let ends = line
            .trim_end()
            .ends_with(['.', '!', '?', ':', '"', '”', ')', ';']);
        let next_trimmed = next.trim();
        let bullet = next_trimmed.starts_with(BULLETS) || next_trimmed.is_empty();
        let lower = next_trimmed.starts_with(char::is_lowercase);
        let longest_word = next_trimmed
            .split(' ')
            .next()
            .map_or(0, |word| word.chars().count());
        // A full line: the next word would not have fitted.
        let full = (55..=110).contains(&length) && length + longest_word >= 68;
        joined.push(
            if !bullet
                && (lower && length > 30
                    || full && (!ends || next_trimmed.chars().count() > 40 && length >= 68))
            {
                ' '
            } else {
                '\n'
            },
        );
    }
    joined
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut body = false;
    for line in text.split('\n') {
        let end = start + line.len();
        let trimmed = line.trim();
        let lead = line.len() - line.trim_start().len();
        let range = start + lead..start + lead + trimmed.len();
        start = end + 1;
        if trimmed.is_empty()
            || FURNITURE.contains(&trimmed.to_lowercase().as_str())
            || !trimmed.chars().any(char::is_alphanumeric)
        {
            continue;
        }
        let ends = trimmed.ends_with(['.', '!', '?', '"', '”', ';', ')', '’']);
        let bullet = trimmed.starts_with(BULLETS);
        let byline = trimmed.split_whitespace().count() <= 7
            && (trimmed.starts_with("By ") || trimmed.starts_with("From our correspondent"))
            && !ends
            && !trimmed.chars().any(|c| c.is_ascii_digit());
        if byline {
            continue;
        }
        let kind = if trimmed.starts_with(">>")
            || trimmed.to_lowercase().starts_with("read more:")
            || trimmed.to_lowercase().starts_with("related:")
        {
            BlockKind::Link
        } else if trimmed.contains("Photo/")
            || trimmed.contains("[Reuters]")
            || trimmed.to_lowercase().starts_with("photo:")
            || trimmed.to_lowercase().starts_with("file photo")
        {
            BlockKind::Caption
        } else if bullet || ends || trimmed.len() > 160 {
            BlockKind::Body
        } else if !body && !trimmed.ends_with(':') && trimmed.split_whitespace().count() > 3 {
            BlockKind::Headline
        } else if trimmed.len() <= HEADING && trimmed.split_whitespace().count() <= 9 {
            BlockKind::Heading
        } else {
            BlockKind::Body
        };
        body |= kind == BlockKind::Body && trimmed.len() > 60;
        blocks.push(Block { range, kind });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_when_and_who() {
        let lexicon = Lexicon::english().unwrap();
        let read = |text| Article::from_text("a.txt", text, &lexicon);
        let one = read(
            "Strikes hit two towns\n\nBEIRUT, 3 May 2021 (Levant Wire) — Jets struck on Sunday.\n",
        );
        assert_eq!(one.published.unwrap().to_string(), "2021-05-03");
        assert_eq!(one.agency.as_deref(), Some("Levant Wire"));
        assert_eq!(
            read("date 2020-01-11 Jets struck.")
                .published
                .unwrap()
                .to_string(),
            "2020-01-11"
        );
        assert!(read("Jets struck on Sunday.").published.is_none());
        let named = Article::from_text("x/2020-01-11_wire.txt", "Jets struck.", &lexicon);
        assert_eq!(named.published.unwrap().to_string(), "2020-01-11");
    }

    #[test]
    fn broken_lines_are_joined() {
        let text = "Warplanes struck the outskirts of the town late on Sunday and the shelling\nwent on until the morning, residents said.\nHeading\nMore.";
        assert_eq!(unwrapped(text).lines().count(), 3);
    }
}
