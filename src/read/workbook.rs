//! XLSX and ODS → rows of cells: those of the first sheet whose header is known, or of one that the user names.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Xlsx, XlsxError};
use csv::StringRecord;
use itertools::Itertools;

use super::archive;
use super::head::{HEAD_ROWS, Head, Subject};
use super::problem::{Problems, Quoted};
use super::sheet::Sheet;

type Rows = Vec<(u64, StringRecord)>;

enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Ods(Ods<Cursor<&'a [u8]>>),
}

impl<'a> Book<'a> {
    /// Opens one, or says why it cannot be opened.
    fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let locked = || "is locked with a password: save it without".to_owned();
        let file = Cursor::new(bytes);
        match archive::kind(bytes) {
            archive::Kind::Ods => Ods::new(file).map(Self::Ods).map_err(|error| match error {
                OdsError::Password => locked(),
                error => format!("is an ODS workbook that cannot be read ({error}): save the table as CSV in UTF-8"),
            }),
            _ => Xlsx::new(file).map(|book| Self::Xlsx(Box::new(book))).map_err(|error| match error {
                XlsxError::Password => locked(),
                error => format!(
                    "is a ZIP file, but no XLSX workbook ({error}): unpack it, or save the table as CSV in UTF-8"
                ),
            }),
        }
    }

    fn names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        }
    }

    /// The rows of a sheet that have a cell, each to its last one.
    fn rows(&mut self, name: &str, problems: &mut Problems) -> Option<Rows> {
        let rows = match self {
            Self::Xlsx(book) => of_xlsx(book, name).map_err(|error| error.to_string()),
            Self::Ods(book) => of_ods(book, name).map_err(|error| error.to_string()),
        };
        rows.map_err(|error| {
            let name = Quoted(name);
            problems.file(format_args!("sheet {name} cannot be read: {error}"));
        })
        .ok()
    }
}

/// The table of a workbook.
pub(super) fn sheet(
    bytes: &[u8],
    subject: Subject,
    name: Option<&str>,
    problems: &mut Problems,
) -> Option<Sheet<'static>> {
    let mut book = match Book::open(bytes) {
        Ok(book) => book,
        Err(error) => {
            problems.file(error);
            return None;
        }
    };
    let names = book.names();
    let (name, rows) = match name {
        Some(wanted) => named(&mut book, &names, (wanted, subject), problems)?,
        None => first(&mut book, &names, subject, problems)?,
    };
    problems.of_sheet(&name);
    if rows.is_empty() {
        problems.file("is empty: a header row and at least one row are needed");
        return None;
    }
    let label = |column: usize, name: &str| format!("{name} (column {})", letters(column));
    Some(Sheet::of_cells(rows, subject, label).named(name))
}

fn named(
    book: &mut Book,
    names: &[String],
    (wanted, subject): (&str, Subject),
    problems: &mut Problems,
) -> Option<(String, Rows)> {
    let Some(name) = names.iter().find(|name| name.trim() == wanted.trim()) else {
        let names = names.iter().map(|name| Quoted(name)).join(", ");
        problems.file(format_args!(
            "has no sheet {}: it has {names}",
            Quoted(wanted)
        ));
        return None;
    };
    let mut rows = book.rows(name, problems)?;
    if let Some(at) = header(&rows, subject) {
        rows.drain(..at);
    }
    square(&mut rows);
    Some((name.clone(), rows))
}

/// Where the first row is that is a header which is known: titles and remarks may stand above it.
fn header(rows: &[(u64, StringRecord)], subject: Subject) -> Option<usize> {
    (0..rows.len().min(HEAD_ROWS)).find(|&at| {
        let first = rows.get(at..rows.len().min(at + HEAD_ROWS));
        let head = first.and_then(|first| Head::of(first, subject));
        head.is_some_and(|head| head.is_of(subject))
    })
}

/// The first sheet with a header that is known, or else the first that is not empty: what is wrong with its header is
/// then said.
fn first(
    book: &mut Book,
    names: &[String],
    subject: Subject,
    problems: &mut Problems,
) -> Option<(String, Rows)> {
    let mut fallback: Option<(String, Rows)> = None;
    for name in names {
        let mut rows = book.rows(name, problems)?;
        if let Some(at) = header(&rows, subject) {
            rows.drain(..at);
            square(&mut rows);
            return Some((name.clone(), rows));
        }
        if fallback.is_none() && !rows.is_empty() {
            fallback = Some((name.clone(), rows));
        }
    }
    match fallback {
        Some((name, mut rows)) => {
            square(&mut rows);
            Some((name, rows))
        }
        None => {
            problems.file("has no sheet with anything on it");
            None
        }
    }
}

/// Empty cells at the end of a row are not in the file.
fn square(rows: &mut Rows) {
    let width = rows.first().map_or(0, |(_, header)| header.len());
    for (_, record) in rows {
        while record.len() < width {
            record.push_field("");
        }
    }
}

/// Cell by cell: a sheet with a cell in its last corner would not fit into memory as a whole.
fn of_xlsx(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows = Rows::new();
    while let Some(cell) = cells.next_cell()? {
        put(&mut rows, cell.get_position(), &written(cell.get_value()));
    }
    Ok(rows)
}

fn of_ods(book: &mut Ods<Cursor<&[u8]>>, name: &str) -> Result<Rows, OdsError> {
    let sheet = book.worksheet_range(name)?;
    let (top, left) = sheet.start().unwrap_or_default();
    let mut rows = Rows::new();
    for (row, column, value) in sheet.used_cells() {
        // A sheet has less than 2^32 rows and columns.
        let position = (top + row as u32, left + column as u32);
        put(&mut rows, position, &written(&by_reference(value)));
    }
    Ok(rows)
}

fn by_reference(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Adds a cell that is not blank.
fn put(rows: &mut Rows, (row, column): (u32, u32), text: &str) {
    if text.trim().is_empty() {
        return;
    }
    let number = u64::from(row) + 1;
    if rows.last().is_none_or(|(last, _)| *last != number) {
        rows.push((number, StringRecord::new()));
    }
    if let Some((_, record)) = rows.last_mut() {
        while record.len() < column as usize {
            record.push_field("");
        }
        record.push_field(text);
    }
}

/// A cell as a table in text has it.
fn written(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(date) => day(date),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The day of a date; its time of day is no matter of ours.
fn day(date: &ExcelDateTime) -> String {
    if !date.is_datetime() {
        return date.as_f64().to_string();
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// A column as spreadsheets call it: A to Z, AA, AB …
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", letters(more - 1)),
    }
}
