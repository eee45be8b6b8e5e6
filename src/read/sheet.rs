//! Rows of cells, wherever they are from: text between separators, or the cells of a spreadsheet; with row numbers as a
//! spreadsheet shows them.

use csv::StringRecord;
use rayon::prelude::*;

use super::columns::Field;
use super::cut::cuts;
use super::head::{HEAD_ROWS, Head, Subject};
use super::header::Header;
use super::pool::Pool;
use super::problem::Problems;
use super::rows::{Rows, delimiter};
use super::split::Record;
use crate::record::counted;

/// A table whose rows can be walked through.
pub(super) struct Sheet<'a> {
    body: Body<'a>,
    /// What its first rows say; `None` if it has no row.
    head: Option<Head>,
    /// What it is called, in a workbook.
    name: Option<String>,
}

enum Body<'a> {
    Text { text: &'a str, delimiter: u8 },
    Cells(Vec<(u64, StringRecord)>),
}

/// What is done with the rows of a table, parts of which are read at once.
pub(super) trait Walk: Sync {
    /// What a part comes to.
    type Part: Send;
    /// What all of them come to.
    type All: Default + Send;
    /// What a thread keeps from part to part.
    type Memory: Default + Send;

    /// A part of about so many rows.
    fn begin(&self, rows: usize) -> Self::Part;

    /// Takes in a row.
    fn row(
        &self,
        part: &mut Self::Part,
        memory: &mut Self::Memory,
        row: Row,
        problems: &mut Problems,
    );

    /// Adds a part to those before it in the table.
    fn gather(&self, all: &mut Self::All, part: Self::Part);
}

/// Parts that are read before they are gathered, for each thread.
const AT_ONCE: usize = 4;

/// Stands for the separator where cells are not set apart by one.
const CELLS: u8 = 0;

/// One row of a table.
pub(super) struct Row<'a> {
    pub(super) header: &'a Header,
    pub(super) record: &'a Record<'a>,
    /// As a spreadsheet shows it: the header is row 1, a blank line is a row, and a line break in a cell is not.
    pub(super) number: u64,
    /// Where it is, for [`Sheet::row_at`].
    pub(super) at: usize,
}

impl<'a> Sheet<'a> {
    /// Of a text; its separator is found out.
    pub(super) fn of_text(text: &'a str, subject: Subject) -> Sheet<'a> {
        let delimiter = delimiter(text);
        let mut rows = Rows::new(text, delimiter, 0);
        let mut record = Record::default();
        let mut first = Vec::new();
        while first.len() < HEAD_ROWS
            && let Some((number, _)) = rows.read(&mut record)
        {
            first.push((number, record.iter().collect::<StringRecord>()));
        }
        Sheet {
            head: Head::of(&first, subject),
            name: None,
            body: Body::Text { text, delimiter },
        }
    }

    /// Of cells, each row with its number; rows may be of different lengths.
    pub(super) fn of_cells(
        rows: Vec<(u64, StringRecord)>,
        subject: Subject,
        label: impl Fn(usize, &str) -> String,
    ) -> Sheet<'a> {
        let mut head = Head::of(rows.get(..HEAD_ROWS).unwrap_or(&rows), subject);
        if let Some(head) = &mut head {
            let labels = head.names.iter().enumerate();
            head.labels = labels.map(|(i, name)| label(i, name).into()).collect();
        }
        Sheet {
            head,
            name: None,
            body: Body::Cells(rows),
        }
    }

    /// The same, of a workbook that calls it so.
    pub(super) fn named(mut self, name: String) -> Self {
        self.name = Some(name);
        self
    }

    pub(super) fn name(&self) -> Option<String> {
        self.name.clone()
    }

    pub(super) fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// Calls `each` with every row below the header that is not blank and has as many cells as the header; says which
    /// have not.
    pub(super) fn rows(
        &self,
        header: &Header,
        problems: &mut Problems,
        mut each: impl FnMut(Row, &mut Problems),
    ) {
        match &self.body {
            Body::Text { text, delimiter } => {
                let mut rows = Rows::new(text, *delimiter, 0);
                skip(&mut rows, header);
                walk(&mut rows, header, *delimiter, problems, &mut each);
                rows.unclosed(problems);
            }
            Body::Cells(rows) => {
                let below = rows.iter().enumerate().skip(header.skip);
                let mut record = Record::default();
                for (at, (number, cells)) in below {
                    record.fill(cells.iter());
                    check(header, CELLS, (&record, *number, at), problems, &mut each);
                }
            }
        }
    }

    /// The same for parts of the table at once; how it is cut does not depend on the machine.
    pub(super) fn parts<W: Walk>(
        &self,
        header: &Header,
        problems: &mut Problems,
        how: &W,
    ) -> W::All {
        if let Body::Text { text, delimiter } = &self.body
            && let Some(all) = in_parts(text, *delimiter, header, problems, how)
        {
            return all;
        }
        let (mut part, mut memory) = (how.begin(0), W::Memory::default());
        self.rows(header, problems, |row, problems| {
            how.row(&mut part, &mut memory, row, problems);
        });
        let mut all = W::All::default();
        how.gather(&mut all, part);
        all
    }

    /// The row at a place that [`Row::at`] gave.
    pub(super) fn row_at<'r>(&'r self, at: usize, record: &mut Record<'r>) -> bool {
        match &self.body {
            Body::Text { text, delimiter } => text
                .get(at..)
                .is_some_and(|text| Rows::new(text, *delimiter, 0).read(record).is_some()),
            Body::Cells(rows) => rows.get(at).is_some_and(|(_, found)| {
                record.fill(found.iter());
                true
            }),
        }
    }
}

/// Goes past the header and all that is above it.
fn skip(rows: &mut Rows, header: &Header) {
    let mut record = Record::default();
    for _ in 0..header.skip {
        rows.read(&mut record);
    }
}

/// Reads parts of a text at once. `None` if one of them turns out not to begin with a row: the whole is then read from
/// its start.
fn in_parts<W: Walk>(
    text: &str,
    delimiter: u8,
    header: &Header,
    problems: &mut Problems,
    how: &W,
) -> Option<W::All> {
    let cuts = cuts(text);
    if cuts.len() < 2 {
        return None;
    }
    let memories = Pool::new(W::Memory::default);
    let nothing = problems.empty();
    let read = |i: usize| {
        let (cut, next) = (cuts.get(i)?, cuts.get(i + 1));
        let below = next.map_or(cut.rows, |next| next.rows);
        let mut part = how.begin(below.saturating_sub(cut.rows) as usize);
        let mut found = nothing.empty();
        let mut rows = Rows::new(text.get(..cut.end)?, delimiter, cut.start).numbered(cut.rows);
        if i == 0 {
            skip(&mut rows, header);
        }
        memories.with(|memory| {
            let mut each = |row: Row, problems: &mut Problems| {
                how.row(&mut part, memory, row, problems);
            };
            walk(&mut rows, header, delimiter, &mut found, &mut each);
        });
        match next {
            Some(next) => rows.ends_at(text, next)?,
            None => rows.unclosed(&mut found),
        }
        Some((part, found))
    };
    let (mut all, mut told) = (W::All::default(), problems.empty());
    let at_once = AT_ONCE * rayon::current_num_threads().max(1);
    let (mut from, mut done) = (0, Vec::new());
    // While some parts are read, those before are gathered: their memory serves the next.
    while from < cuts.len() || !done.is_empty() {
        let to = cuts.len().min(from + at_once);
        let gather = || {
            for one in done {
                let (part, found): (W::Part, Problems) = one?;
                how.gather(&mut all, part);
                told.append(found);
            }
            Some(())
        };
        let some = (from..to).into_par_iter().with_max_len(1);
        let (gathered, next) = rayon::join(gather, || some.map(read).collect());
        gathered?;
        (from, done) = (to, next);
    }
    problems.append(told);
    Some(all)
}

fn walk(
    rows: &mut Rows,
    header: &Header,
    delimiter: u8,
    problems: &mut Problems,
    each: &mut impl FnMut(Row, &mut Problems),
) {
    let mut record = Record::default();
    while let Some((number, byte)) = rows.read(&mut record) {
        rows.was_ragged = record.len() != header.names.len();
        check(header, delimiter, (&record, number, byte), problems, each);
    }
}

/// Hands on a row that is as wide as the header.
fn check(
    header: &Header,
    delimiter: u8,
    (record, number, at): (&Record, u64, usize),
    problems: &mut Problems,
    each: &mut impl FnMut(Row, &mut Problems),
) {
    let width = header.names.len();
    if record.len() == width && !record.is_blank() {
        each(
            Row {
                header,
                record,
                number,
                at,
            },
            problems,
        );
    } else if record.iter().any(|cell| !cell.trim().is_empty()) {
        ragged(record, number, width, delimiter, problems);
    }
}

fn ragged(record: &Record, number: u64, width: usize, delimiter: u8, problems: &mut Problems) {
    let found = record.len();
    if delimiter == CELLS {
        problems.row(
            number,
            format_args!("has {found} cells, but the header has {width}: give each column a name"),
        );
        return;
    }
    let what = match delimiter {
        b';' => "semicolon",
        b'\t' => "tab",
        _ => "comma",
    };
    let why = if found > width {
        format!("put a cell that has a {what} in it in double quotes")
    } else {
        format!("add a {what} for each empty cell, or close a double quote")
    };
    problems.row(
        number,
        format_args!(
            "has {}, but the header has {width}: {why}",
            counted(found, "cell")
        ),
    );
}

impl<'a> Row<'a> {
    /// A field's cell, trimmed; empty if there is no such column.
    pub(super) fn cell(&self, field: Field) -> &'a str {
        match self.header.column(field) {
            Some(i) => self.column(i),
            None => "",
        }
    }

    /// The cell of a column, trimmed.
    pub(super) fn column(&self, column: usize) -> &'a str {
        let cell = self.record.get(column).unwrap_or("");
        match (cell.as_bytes().first(), cell.as_bytes().last()) {
            // No space is above '!' in ASCII, and most cells have none to trim.
            (Some(b'!'..=b'~'), Some(b'!'..=b'~')) | (None, _) => cell,
            _ => cell.trim(),
        }
    }
}
