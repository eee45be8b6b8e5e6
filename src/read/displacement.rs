//! Rows → displacement.

use crate::record::{Displacement, Period, Text};

use super::cells::{self, Memory, PEOPLE, bad};
use super::columns::{Field, Format};
use super::header::{Header, fold};
use super::problem::Problems;
use super::sheet::{Row, Sheet, Walk};
use super::{Outside, ReadOptions, Table, matrix};

/// What is found in a table, or a part of one.
#[derive(Default)]
struct Part {
    records: Vec<Displacement>,
    outside: Vec<Outside>,
    rows: u64,
}

/// How rows are taken for displacement.
struct Reading<'a> {
    file: &'a Text,
    period: Option<Period>,
}

impl Walk for Reading<'_> {
    type Part = Part;
    type All = Part;
    type Memory = Memory;

    fn begin(&self, _: usize) -> Part {
        Part::default()
    }

    fn row(&self, part: &mut Part, memory: &mut Memory, row: Row, problems: &mut Problems) {
        part.rows += 1;
        let Some(record) = displacement(&row, self.file, memory, problems) else {
            return;
        };
        if self
            .period
            .is_none_or(|period| period.overlaps(&record.when))
        {
            part.records.push(record);
        } else {
            part.outside.push(record.into());
        }
    }

    fn gather(&self, all: &mut Part, part: Part) {
        all.records.extend(part.records);
        all.outside.extend(part.outside);
        all.rows += part.rows;
    }
}

/// Reads a table of displacement, or a matrix of it. `None` if there is any problem.
pub(super) fn read(
    file: &str,
    sheet: &Sheet,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Table<Displacement>> {
    let head = sheet.head()?;
    let header = Header::new(Format::Displacement, head, problems);
    let matrix = match options.format {
        Some(Format::Matrix) => true,
        Some(Format::Displacement | Format::Incidents) => false,
        _ => matrix::is_header(&header),
    };
    if matrix {
        return matrix::read(file, sheet, header, options, problems);
    }
    check_header(&header, problems);

    let file: Text = file.into();
    let reading = Reading {
        file: &file,
        period: options.period,
    };
    let Part {
        records,
        outside,
        rows,
    } = sheet.parts(&header, problems, &reading);
    let table = Table {
        records,
        rows,
        outside,
        format: header.format,
        sheet: sheet.name(),
    };
    header.needs_rows(table.rows, problems);
    problems.is_empty().then_some(table)
}

fn check_header(header: &Header, problems: &mut Problems) {
    if !PEOPLE_COLUMNS.iter().any(|&f| header.has(f))
        && header
            .names
            .iter()
            .any(|n| ["kind", "event_type", "place"].contains(&fold(n).as_str()))
    {
        problems.row(
            header.row,
            "is the header of a table of incidents, but one of displacement is needed",
        );
        return;
    }
    if !header.has(Field::Date) && !header.has(Field::DateStart) {
        header.missing(&[Field::Date], "", problems);
    }
    if !header.has(Field::Origin) && !header.has(Field::Destination) {
        header.missing(&[Field::Origin, Field::Destination], "", problems);
    }
    if !PEOPLE_COLUMNS.iter().any(|&f| header.has(f)) {
        header.missing(&[Field::People], "", problems);
    }
}

const PEOPLE_COLUMNS: [Field; 4] = [
    Field::People,
    Field::PeopleLow,
    Field::PeopleBest,
    Field::PeopleHigh,
];

fn displacement(
    row: &Row,
    file: &Text,
    memory: &mut Memory,
    problems: &mut Problems,
) -> Option<Displacement> {
    let dated = row.header.has(Field::Date) || row.header.has(Field::DateStart);
    let when = if dated {
        memory.when(row, problems)
    } else {
        None
    };
    let before = problems.len();
    let people = cells::count(row, PEOPLE, problems);
    if people.is_none()
        && problems.len() == before
        && PEOPLE_COLUMNS.iter().any(|&f| row.header.has(f))
    {
        bad(
            row,
            Field::People,
            problems,
            "is empty: write how many, e.g. 1200, >=500 or ~60000",
        );
    }
    let sensitive = cells::sensitive(row, problems);
    let once = |field| {
        Some(row.cell(field))
            .filter(|t| !t.is_empty())
            .map(Text::from)
    };
    let destinations = row
        .cell(Field::Destination)
        .split(';')
        .map(str::trim)
        .filter_map(|name| known(name, memory))
        .collect();
    Some(Displacement {
        file: Some(memory.own(file)),
        row: row.number,
        id: once(Field::Id),
        when: when?,
        origin: known(row.cell(Field::Origin), memory),
        destinations,
        people: people?,
        source: memory.text(row.cell(Field::Source)),
        url: once(Field::Url),
        published: memory.text(row.cell(Field::Published)),
        quote: once(Field::Quote),
        note: once(Field::Note),
        matrix: false,
        sensitive,
        extra: memory.extra(row, None),
    })
}

/// A place name, unless it says that the place is not known.
pub(super) fn known(name: &str, memory: &mut Memory) -> Option<Text> {
    const UNKNOWN: [&str; 6] = ["unknown", "not known", "unspecified", "n/a", "-", "?"];
    memory.text(name).filter(|name| {
        !UNKNOWN
            .iter()
            .any(|unknown| name.eq_ignore_ascii_case(unknown))
    })
}
