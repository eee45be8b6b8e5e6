//! Rows → claims: dateline's own table, ACLED and UCDP GED.

use std::hash::BuildHasher;

use geo::Point;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::record::{Claim, Count, Kind, Precision, Text, When};

use super::cells::{self, INJURED, KILLED, Memory, bad, optional};
use super::columns::{Field, Format};
use super::header::{Header, fold};
use super::problem::Problems;
use super::sheet::{Row, Sheet};
use super::{Outside, ReadOptions, Table, acled, ucdp};

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

/// Reads a table of incidents. `None` if there is any problem.
pub(super) fn read(
    file: &str,
    text: &str,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Table<Claim>> {
    let sheet = Sheet::new(text);
    let (row, names) = sheet.header()?;
    let format = Format::of_incidents(&names.iter().map(fold).collect::<Vec<_>>());
    let header = Header::new(format, row, names.iter(), problems);
    check_header(&header, problems);

    // Without a period nearly every line is a record: make room at once, within reason.
    let lines = match options.period {
        None => text.bytes().filter(|&b| b == b'\n').count().min(1 << 17),
        Some(_) => 0,
    };
    let mut table = Table {
        records: Vec::with_capacity(lines),
        rows: 0,
        outside: Vec::new(),
        format,
    };
    let mut memory = Memory::default();
    let mut outside = Ids::default();
    let file: Text = file.into();
    sheet.rows(&header, problems, |row, problems| {
        table.rows += 1;
        let Some(values) = values(&row, &mut memory, problems) else {
            return;
        };
        let inside = options
            .period
            .is_none_or(|period| period.overlaps(&values.when));
        if options.period.is_some() {
            outside.note(
                row.cell(Field::Id),
                (!inside).then_some((row.byte, row.number)),
            );
        }
        if !inside {
            table.outside.push(Outside {
                row: row.number,
                // An id is seldom seen twice: remembering it would cost more than it saves.
                id: Some(row.cell(Field::Id))
                    .filter(|id| !id.is_empty())
                    .map(Text::from),
                when: values.when,
                place: memory.text(row.cell(Field::Place)),
                people: 0,
                sensitive: values.sensitive,
            });
        } else {
            table.records.push(claim(&row, values, &file, &mut memory));
        }
    });
    if table.rows == 0 && problems.is_empty() {
        problems.row(
            header.row,
            "is a header with no row below it: add at least one row",
        );
    }
    if !problems.is_empty() {
        return None;
    }
    let shared = outside.shared();
    for &(byte, number) in &shared {
        let mut record = csv::StringRecord::new();
        sheet.row_at(byte, &mut record);
        let row = Row {
            header: &header,
            record: &record,
            number,
            byte,
        };
        if let Some(values) = values(&row, &mut memory, problems) {
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
fn values(row: &Row, memory: &mut Memory, problems: &mut Problems) -> Option<Values> {
    let format = row.header.format;
    let dated = row.header.has(Field::Date) || row.header.has(Field::DateStart);
    let when = match format {
        Format::Acled => acled::when(row, problems),
        _ if dated => memory.when(row, problems),
        _ => None,
    };
    let kind = match format {
        Format::UcdpGed => ucdp::kind(row, problems),
        _ if row.header.has(Field::Kind) => memory.kind(row, problems),
        _ => None,
    };
    let coordinates = if row.header.has(Field::Lat) && row.header.has(Field::Lon) {
        cells::coordinates(row, problems)
    } else {
        None
    };
    if row.header.has(Field::Place)
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
        _ => optional(row, Field::Precision, problems),
    };
    let count = optional(row, Field::Count, problems);
    let killed = match format {
        Format::UcdpGed => ucdp::killed(row, problems),
        _ => cells::count(row, KILLED, problems),
    };
    let injured = cells::count(row, INJURED, problems);
    let sensitive = cells::sensitive(row, problems);
    Some(Values {
        sensitive,
        when: when?,
        kind: kind?,
        coordinates,
        precision,
        count,
        killed,
        injured,
    })
}

fn claim(row: &Row, values: Values, file: &Text, memory: &mut Memory) -> Claim {
    let once = |field| {
        Some(row.cell(field))
            .filter(|t| !t.is_empty())
            .map(Text::from)
    };
    let id = once(Field::Id);
    let (url, quote, note) = (once(Field::Url), once(Field::Quote), once(Field::Note));
    let ucdp = row.header.format == Format::UcdpGed;
    let mut shared = |field| match field {
        Field::Source | Field::Published if ucdp => {
            ucdp::each_once(row.cell(field)).and_then(|text| memory.text(&text))
        }
        _ => memory.text(row.cell(field)),
    };
    Claim {
        file: Some(file.clone()),
        row: row.number,
        id,
        when: values.when,
        place: shared(Field::Place),
        admin1: shared(Field::Admin1),
        country: shared(Field::Country),
        coordinates: values.coordinates,
        precision: values.precision,
        kind: values.kind,
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
        extra: super::extra(row, memory),
    }
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
