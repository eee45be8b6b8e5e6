//! Rows → claims: dateline's own table, ACLED, UCDP GED and GDELT.

use std::hash::BuildHasher;

use geo::Point;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::record::{Claim, Count, Kind, Period, Precision, Text, When};

use super::cells::{self, INJURED, KILLED, Memory, bad, optional};
use super::columns::{Field, Format};
use super::header::{Header, fold};
use super::problem::Problems;
use super::sheet::{Row, Sheet, Walk};
use super::split::Record;
use super::{Omitted, Outside, ReadOptions, Table, acled, gdelt, ucdp};

/// The checked values of a row that are not text.
struct Values {
    sensitive: Option<bool>,
    when: When,
    kind: Kind,
    coordinates: Option<Point>,
    precision: Option<Precision>,
    count: Option<Count>,
    killed: Option<Count>,
    injured: Option<Count>,
}

/// What a row tells of.
enum Told {
    Incident(Values),
    /// Something else, then.
    Other(When, Option<bool>),
}

/// What is found in a table, or a part of one.
#[derive(Default)]
struct Part {
    records: Vec<Claim>,
    outside: Vec<Outside>,
    ids: Ids,
    rows: u64,
}

/// How rows are taken for claims.
struct Reading<'a> {
    file: &'a Text,
    period: Option<Period>,
}

impl Walk for Reading<'_> {
    type Part = Part;
    type All = Part;
    type Memory = Memory;

    fn begin(&self, rows: usize) -> Part {
        // Without a period nearly every row is a record: room is made at once.
        let room = if self.period.is_none() { rows } else { 0 };
        Part {
            records: Vec::with_capacity(room),
            ..Part::default()
        }
    }

    fn row(&self, part: &mut Part, memory: &mut Memory, row: Row, problems: &mut Problems) {
        part.rows += 1;
        let Some(told) = values(&row, memory, problems) else {
            return;
        };
        let values = match told {
            Told::Incident(values) => values,
            Told::Other(when, sensitive) => {
                let said = (when, sensitive, Omitted::OtherKind);
                part.outside.push(outside(&row, said, memory));
                return;
            }
        };
        let inside = self
            .period
            .is_none_or(|period| period.overlaps(&values.when));
        if self.period.is_some() {
            let place = (!inside).then_some((row.at, row.number));
            part.ids.note(row.cell(Field::Id), place);
        }
        if inside {
            part.records.push(claim(&row, values, self.file, memory));
        } else {
            let said = (values.when, values.sensitive, Omitted::OutsidePeriod);
            part.outside.push(outside(&row, said, memory));
        }
    }

    fn gather(&self, all: &mut Part, part: Part) {
        if all.records.is_empty() {
            all.records = part.records;
        } else {
            all.records.extend(part.records);
        }
        all.outside.extend(part.outside);
        all.ids.rows += part.ids.rows;
        all.ids.ids.extend(part.ids.ids);
        all.rows += part.rows;
    }
}

/// Reads a table of incidents. `None` if there is any problem.
pub(super) fn read(
    file: &str,
    sheet: &Sheet,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Table<Claim>> {
    let header = header(sheet, options, problems)?;
    check_header(&header, problems);
    let format = header.format;

    let file: Text = file.into();
    let reading = Reading {
        file: &file,
        period: options.period,
    };
    let Part {
        records,
        outside,
        ids,
        rows,
    } = sheet.parts(&header, problems, &reading);
    header.needs_rows(rows, problems);
    if !problems.is_empty() {
        return None;
    }
    let mut table = Table {
        records,
        rows,
        outside,
        format,
        sheet: sheet.name(),
    };
    let shared = ids.shared();
    let mut memory = Memory::default();
    for &(at, number) in &shared {
        let mut record = Record::default();
        sheet.row_at(at, &mut record);
        let row = Row {
            header: &header,
            record: &record,
            number,
            at,
        };
        if let Some(Told::Incident(values)) = values(&row, &mut memory, problems) {
            table.records.push(claim(&row, values, &file, &mut memory));
        }
    }
    if !shared.is_empty() {
        let kept: FxHashSet<u64> = shared.iter().map(|(_, number)| *number).collect();
        table.outside.retain(|outside| !kept.contains(&outside.row));
        table.records.sort_by_key(|claim| claim.row);
    }
    Some(table)
}

/// The header of a table of incidents.
fn header(sheet: &Sheet, options: &ReadOptions, problems: &mut Problems) -> Option<Header> {
    let head = sheet.head()?;
    let format = match options.format {
        Some(format @ (Format::Incidents | Format::Acled | Format::UcdpGed | Format::Gdelt)) => {
            format
        }
        _ => Format::of_incidents(&head.known),
    };
    Some(Header::new(format, head, problems))
}

/// Calls `each` with the id of every row that has one. What is wrong with the table is not told.
pub(super) fn ids(sheet: &Sheet, options: &ReadOptions, mut each: impl FnMut(&str)) -> Option<()> {
    let mut problems = Problems::new("");
    let header = header(sheet, options, &mut problems)?;
    if header.has(Field::Id) {
        sheet.rows(&header, &mut problems, |row, _| {
            let id = row.cell(Field::Id);
            if !id.is_empty() {
                each(id);
            }
        });
    }
    Some(())
}

/// A row that is checked but not kept.
fn outside(
    row: &Row,
    (when, sensitive, why): (When, Option<bool>, Omitted),
    memory: &mut Memory,
) -> Outside {
    let id = row.cell(Field::Id);
    Outside {
        row: row.number,
        // An id is seldom seen twice: remembering it would cost more than it saves.
        id: (!id.is_empty()).then(|| id.into()),
        when,
        place: memory.text(row.cell(Field::Place)),
        people: 0,
        sensitive,
        why,
    }
}

fn check_header(header: &Header, problems: &mut Problems) {
    if header
        .names
        .iter()
        .any(|n| ["people", "origin", "destination"].contains(&fold(n).as_str()))
        && !header.has(Field::Kind)
    {
        problems.row(
            header.row,
            "is the header of a table of displacement, but one of incidents is needed",
        );
        return;
    }
    if !header.has(Field::Date) && !header.has(Field::DateStart) {
        header.missing(&[Field::Date], "", problems);
    }
    if !header.has(Field::Kind) {
        header.missing(&[Field::Kind], "", problems);
    }
    match (header.has(Field::Lat), header.has(Field::Lon)) {
        (true, false) => header.missing(&[Field::Lon], ", but one for latitude", problems),
        (false, true) => header.missing(&[Field::Lat], ", but one for longitude", problems),
        (false, false) if !header.has(Field::Place) => {
            header.missing(&[Field::Place, Field::Lat, Field::Lon], "", problems);
        }
        _ => {}
    }
}

/// Checks every cell of a row, whatever is wrong with the others.
fn values(row: &Row, memory: &mut Memory, problems: &mut Problems) -> Option<Told> {
    let format = row.header.format;
    let dated = row.header.has(Field::Date) || row.header.has(Field::DateStart);
    let when = match format {
        Format::Acled => acled::when(row, memory, problems),
        Format::Gdelt => gdelt::when(row, memory, problems),
        _ if dated => memory.when(row, problems),
        _ => None,
    };
    let mut other = false;
    let kind = match format {
        Format::UcdpGed => ucdp::kind(row, problems),
        Format::Acled => acled::kind(row, memory, problems),
        Format::Gdelt => match gdelt::deed(row, problems)? {
            gdelt::Deed::Violence(kind) => Some(kind),
            gdelt::Deed::Other => {
                other = true;
                None
            }
        },
        _ if row.header.has(Field::Kind) => memory.kind(row, problems),
        _ => None,
    };
    let coordinates = if row.header.has(Field::Lat) && row.header.has(Field::Lon) {
        cells::coordinates(row, problems)
    } else {
        None
    };
    // A program that found no place in a text is not asked for one.
    if format != Format::Gdelt
        && row.header.has(Field::Place)
        && row.cell(Field::Place).is_empty()
        && row.cell(Field::Lat).is_empty()
        && row.cell(Field::Lon).is_empty()
    {
        bad(
            row,
            Field::Place,
            problems,
            "is empty and there are no coordinates: write the place as the source does, even if vague, \
             e.g. \"northern countryside of Hama\"",
        );
    }
    let precision = match format {
        Format::Acled => acled::precision(row, problems),
        Format::Gdelt => gdelt::precision(row, problems),
        _ => optional(row, Field::Precision, problems),
    };
    let count = optional(row, Field::Count, problems);
    let killed = match format {
        Format::UcdpGed => ucdp::killed(row, problems),
        Format::Acled => acled::killed(row, problems),
        _ => cells::count(row, KILLED, problems),
    };
    let injured = cells::count(row, INJURED, problems);
    let sensitive = cells::sensitive(row, problems);
    if other {
        return Some(Told::Other(when?, sensitive));
    }
    Some(Told::Incident(Values {
        sensitive,
        when: when?,
        kind: kind?,
        coordinates,
        precision,
        count,
        killed,
        injured,
    }))
}

fn claim(row: &Row, values: Values, file: &Text, memory: &mut Memory) -> Claim {
    let once = |field| {
        Some(row.cell(field))
            .filter(|t| !t.is_empty())
            .map(Text::from)
    };
    let id = once(Field::Id);
    let (url, quote, note) = (once(Field::Url), once(Field::Quote), once(Field::Note));
    let file = Some(memory.own(file));
    let format = row.header.format;
    // A 0 of ACLED is not taken for a toll.
    let kept = (format == Format::Acled && values.killed.is_none()).then_some(Field::Killed);
    let mut shared = |field| match field {
        Field::Source | Field::Published if format == Format::UcdpGed => {
            ucdp::each_once(row.cell(field)).and_then(|text| memory.text(&text))
        }
        _ => memory.text(row.cell(field)),
    };
    let mut claim = Claim {
        file,
        row: row.number,
        id,
        place: shared(Field::Place),
        admin1: shared(Field::Admin1),
        country: shared(Field::Country),
        coordinates: values.coordinates,
        precision: values.precision,
        kind_told: match format {
            Format::Incidents if row.cell(Field::Kind) != values.kind.label() => {
                shared(Field::Kind)
            }
            _ => None,
        },
        actor: shared(Field::Actor),
        target: shared(Field::Target),
        count: values.count,
        killed: values.killed,
        injured: values.injured,
        source: shared(Field::Source),
        url,
        published: shared(Field::Published),
        quote,
        note,
        sensitive: values.sensitive,
        extra: memory.extra(row, kept),
        ..Claim::new(row.number, values.when, values.kind)
    };
    if format == Format::Gdelt {
        gdelt::complete(&mut claim, memory);
    }
    claim
}

/// The rows outside of the period. Those whose id stands in another row too are claims about an incident that may be
/// inside, and are needed all the same.
#[derive(Default)]
struct Ids {
    rows: u64,
    /// Hash of the id, and where the row is if it is outside. A chance collision only means that a row is kept which
    /// the period will leave out later.
    ids: Vec<(u64, Option<(usize, u64)>)>,
}

impl Ids {
    fn note(&mut self, id: &str, outside: Option<(usize, u64)>) {
        self.rows += u64::from(outside.is_some());
        if !id.is_empty() {
            self.ids.push((FxBuildHasher.hash_one(id), outside));
        }
    }

    /// Where the rows outside are whose id is not theirs alone, in the order of the table.
    fn shared(&self) -> Vec<(usize, u64)> {
        if self.rows == 0 {
            return Vec::new();
        }
        let mut hashes: Vec<u64> = self.ids.iter().map(|(hash, _)| *hash).collect();
        hashes.sort_unstable();
        let twice: FxHashSet<u64> = hashes
            .windows(2)
            .filter(|w| w[0] == w[1])
            .map(|w| w[0])
            .collect();
        if twice.is_empty() {
            return Vec::new();
        }
        self.ids
            .iter()
            .filter(|(hash, _)| twice.contains(hash))
            .filter_map(|(_, row)| *row)
            .collect()
    }
}
