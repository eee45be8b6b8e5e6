//! Cells → values. Each function says what is wrong with a cell and goes on without it.

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use geo::Point;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::record::{CoordinateError, Count, Extra, Kind, Text, When, wgs84};

use super::columns::Field;
use super::problem::Problems;
use super::sheet::Row;

/// The columns that one count may be spread over.
#[derive(Clone, Copy)]
pub(super) struct CountFields {
    pub(super) whole: Field,
    pub(super) low: Field,
    pub(super) best: Field,
    pub(super) high: Field,
}

pub(super) const KILLED: CountFields = CountFields {
    whole: Field::Killed,
    low: Field::KilledLow,
    best: Field::KilledBest,
    high: Field::KilledHigh,
};
pub(super) const INJURED: CountFields = CountFields {
    whole: Field::Injured,
    low: Field::InjuredLow,
    best: Field::InjuredBest,
    high: Field::InjuredHigh,
};
pub(super) const PEOPLE: CountFields = CountFields {
    whole: Field::People,
    low: Field::PeopleLow,
    best: Field::PeopleBest,
    high: Field::PeopleHigh,
};

/// Says what is wrong with a cell.
pub(super) fn bad(row: &Row, field: Field, problems: &mut Problems, message: impl Display) {
    problems.cell(row.number, row.header.name(field), row.cell(field), message);
}

/// Whether a row is marked as sensitive; `None` if the table has no column for it. What cannot be read is a problem, so
/// that nothing is shown by mistake.
pub(super) fn sensitive(row: &Row, problems: &mut Problems) -> Option<bool> {
    if !row.header.has(Field::Sensitive) {
        return None;
    }
    let cell = row.cell(Field::Sensitive).to_ascii_lowercase();
    match cell.as_str() {
        "yes" | "y" | "true" | "1" | "x" => Some(true),
        "no" | "n" | "false" | "0" | "" => Some(false),
        _ => {
            bad(
                row,
                Field::Sensitive,
                problems,
                "does not say whether the place is sensitive: write yes or no",
            );
            Some(true)
        }
    }
}

/// The value of a cell that may be empty.
pub(super) fn optional<T>(row: &Row, field: Field, problems: &mut Problems) -> Option<T>
where
    T: FromStr<Err: Display>,
{
    let cell = row.cell(field);
    if cell.is_empty() {
        return None;
    }
    cell.parse()
        .map_err(|error| bad(row, field, problems, error))
        .ok()
}

/// A count from one cell, or from a low, a best and a high one. With those, the one cell is the best.
pub(super) fn count(row: &Row, fields: CountFields, problems: &mut Problems) -> Option<Count> {
    let before = problems.len();
    let whole: Option<Count> = optional(row, fields.whole, problems);
    let low = figure(row, fields.low, problems);
    let best = figure(row, fields.best, problems);
    let high = figure(row, fields.high, problems);
    if problems.len() > before || (low, best, high) == (None, None, None) {
        return whole;
    }
    let whole_figure = whole.filter(Count::is_exact).and_then(|c| c.best());
    let (best, best_field) = match (best, whole) {
        (_, None) => (best, fields.best),
        (None, Some(_)) if whole_figure.is_some() => (whole_figure, fields.whole),
        (Some(best), Some(_)) if whole_figure == Some(best) => (Some(best), fields.best),
        _ => {
            let others = row.header.name(if low.is_some() {
                fields.low
            } else {
                fields.high
            });
            bad(
                row,
                fields.whole,
                problems,
                format_args!("does not agree with {others}: give the count once"),
            );
            return None;
        }
    };
    let ordered = [(low, fields.low), (best, best_field), (high, fields.high)];
    let mut last: Option<(u64, Field)> = None;
    for (figure, field) in ordered {
        let Some(figure) = figure else { continue };
        if let Some((lower, lower_field)) = last
            && lower > figure
        {
            let other = row.header.name(field);
            bad(
                row,
                lower_field,
                problems,
                format_args!(
                    "is more than {other}, {figure}: the lower figure must not be the higher one"
                ),
            );
            return None;
        }
        last = Some((figure, field));
    }
    // In order, and one of them is known.
    Count::bounds(low, best, high).ok()
}

/// One exact figure.
fn figure(row: &Row, field: Field, problems: &mut Problems) -> Option<u64> {
    let count: Count = optional(row, field, problems)?;
    if !count.is_exact() {
        bad(
            row,
            field,
            problems,
            "is not one figure: write e.g. 8 here, and ranges in a column of their own",
        );
    }
    count.best().filter(|_| count.is_exact())
}

/// A point from two cells; both or neither.
pub(super) fn coordinates(row: &Row, problems: &mut Problems) -> Option<Point> {
    let (lat, lon) = (row.cell(Field::Lat), row.cell(Field::Lon));
    if lat.is_empty() && lon.is_empty() {
        return None;
    }
    for (field, other) in [(Field::Lat, Field::Lon), (Field::Lon, Field::Lat)] {
        if row.cell(field).is_empty() {
            let other = row.header.name(other);
            bad(
                row,
                field,
                problems,
                format_args!("is empty, but {other} is not: give both or neither"),
            );
            return None;
        }
    }
    let (lat, lon) = (
        degrees(row, Field::Lat, problems),
        degrees(row, Field::Lon, problems),
    );
    let (lat, lon) = (lat?, lon?);
    if lat == 0.0 && lon == 0.0 {
        bad(
            row,
            Field::Lat,
            problems,
            "and 0 is a point in the Gulf of Guinea: leave both empty if the place is unknown",
        );
        return None;
    }
    match wgs84(lat, lon) {
        Ok(point) => Some(point),
        Err(error @ CoordinateError::Longitude) => {
            bad(row, Field::Lon, problems, error);
            None
        }
        Err(error) => {
            bad(row, Field::Lat, problems, error);
            if !(-180.0..=180.0).contains(&lon) {
                bad(row, Field::Lon, problems, CoordinateError::Longitude);
            }
            None
        }
    }
}

fn degrees(row: &Row, field: Field, problems: &mut Problems) -> Option<f64> {
    let cell = row.cell(field);
    let plain = cell
        .bytes()
        .all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    if plain && let Ok(degrees) = cell.parse() {
        return Some(degrees);
    }
    let message = if cell.contains(['°', '\'', '′', '"']) {
        "is in degrees and minutes: write decimal degrees, e.g. 35.93"
    } else if cell.contains(',') && cell.replacen(',', ".", 1).parse::<f64>().is_ok() {
        "has a decimal comma: write a point, e.g. 35.93"
    } else {
        "is not a number: write decimal degrees, e.g. 35.93"
    };
    bad(row, field, problems, message);
    None
}

/// So many texts are worth remembering.
const MANY: usize = 1 << 16;

/// Remembers the values of cells that come again and again: the same text is parsed once and stored once.
#[derive(Default)]
pub(super) struct Memory {
    texts: rustc_hash::FxHashSet<Text>,
    kinds: FxHashMap<Text, Kind>,
    /// Tables are mostly sorted by date.
    last_date: (String, Option<When>),
    last_day: (String, Option<Date>),
    /// The names of the columns that are carried through.
    carried: Option<Arc<[Text]>>,
    /// The name of the file.
    file: Option<Text>,
}

impl Memory {
    /// A shared copy of a text; `None` if it is empty.
    pub(super) fn text(&mut self, text: &str) -> Option<Text> {
        if text.is_empty() {
            return None;
        }
        if let Some(known) = self.texts.get(text) {
            return Some(known.clone());
        }
        if self.texts.len() >= MANY {
            self.texts.clear();
        }
        let new: Text = text.into();
        self.texts.insert(new.clone());
        Some(new)
    }

    /// The kind in a cell.
    pub(super) fn kind(&mut self, row: &Row, problems: &mut Problems) -> Option<Kind> {
        let cell = row.cell(Field::Kind);
        if let Some(kind) = self.kinds.get(cell) {
            return Some(*kind);
        }
        let kind = cell
            .parse()
            .map_err(|error| bad(row, Field::Kind, problems, error))
            .ok()?;
        self.kinds.insert(cell.into(), kind);
        Some(kind)
    }

    /// The name of the file. Threads that count how often they share one text wait for each other: each has its own.
    pub(super) fn own(&mut self, file: &Text) -> Text {
        self.file.get_or_insert_with(|| (**file).into()).clone()
    }

    /// The columns that have no meaning here, with what stands in them; `kept` is one that has, and is carried through
    /// all the same.
    pub(super) fn extra(&mut self, row: &Row, kept: Option<Field>) -> Extra {
        let header = row.header;
        let kept = kept.and_then(|field| header.column(field));
        let names = self.carried.get_or_insert_with(|| {
            let all = header.extra.iter().copied();
            // Always among the names, so that they are the same for all rows.
            let all = all.chain(header.column(Field::Killed));
            let name = |column: usize| header.names.get(column).map_or("", |name| &**name).into();
            all.map(name).collect()
        });
        let cells = header.extra.iter().map(|&column| row.column(column));
        let more = header
            .column(Field::Killed)
            .map(|_| kept.map_or("", |column| row.column(column)));
        Extra::new(names, cells.chain(more))
    }

    /// The day that a cell names, read anew only where it is not the one before.
    pub(super) fn day(&mut self, cell: &str, read: impl FnOnce() -> Option<Date>) -> Option<Date> {
        if cell != self.last_day.0 || self.last_day.1.is_none() {
            self.last_day.1 = read();
            self.last_day.0.clear();
            self.last_day.0.push_str(cell);
        }
        self.last_day.1
    }

    /// The date in a cell, or from a start and an end.
    pub(super) fn when(&mut self, row: &Row, problems: &mut Problems) -> Option<When> {
        let cell = row.cell(Field::Date);
        if !cell.is_empty() && cell == self.last_date.0 {
            return self.last_date.1;
        }
        let start = row.header.has(Field::DateStart);
        if cell.is_empty() && start {
            return start_end(row, problems);
        }
        let when = cell
            .parse()
            .map_err(|error| bad(row, Field::Date, problems, error))
            .ok();
        if when.is_some() {
            self.last_date.0.clear();
            self.last_date.0.push_str(cell);
            self.last_date.1 = when;
        }
        when
    }
}

/// The time from a first to a last day; one of them alone is the whole.
fn start_end(row: &Row, problems: &mut Problems) -> Option<When> {
    let mut day = |field: Field| -> Result<Option<When>, ()> {
        // UCDP writes "2020-01-10 00:00:00.000".
        let cell = row.cell(field);
        let cell = cell.split_once(" 00:00:00").map_or(cell, |(date, _)| date);
        if cell.is_empty() {
            return Ok(None);
        }
        cell.parse()
            .map(Some)
            .map_err(|error| bad(row, field, problems, error))
    };
    let (start, end) = (day(Field::DateStart), day(Field::DateEnd));
    match (start.ok()?, end.ok()?) {
        (Some(start), Some(end)) if end.start() < start.start() => {
            bad(
                row,
                Field::DateStart,
                problems,
                format_args!("is after {}, {end}", row.header.name(Field::DateEnd)),
            );
            None
        }
        (Some(start), Some(end)) => Some(start.hull(end)),
        (Some(one), None) | (None, Some(one)) => Some(one),
        (None, None) => {
            bad(
                row,
                Field::DateStart,
                problems,
                "is empty: write e.g. 2020-01-10",
            );
            None
        }
    }
}
