//! Text → rows of cells: the separator, the header, and row numbers as a spreadsheet shows them.

use csv::StringRecord;

use super::columns::Field;
use super::header::Header;
use super::problem::Problems;

/// A table whose rows can be walked through.
pub(super) struct Sheet<'a> {
    text: &'a str,
    delimiter: u8,
}

/// One row of a table.
pub(super) struct Row<'a> {
    pub(super) header: &'a Header,
    pub(super) record: &'a StringRecord,
    /// As a spreadsheet shows it: the header is row 1, a blank line is a row, and a line break in a cell is not.
    pub(super) number: u64,
    /// Where it begins in the text.
    pub(super) byte: usize,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(text: &'a str) -> Sheet<'a> {
        Sheet {
            text,
            delimiter: delimiter(text),
        }
    }

    /// The first row that is not blank, and its number.
    pub(super) fn header(&self) -> Option<(u64, StringRecord)> {
        let mut rows = Rows::new(self.text, self.delimiter);
        let mut record = StringRecord::new();
        rows.read(&mut record).map(|(number, _)| (number, record))
    }

    /// Calls `each` with every row below the header that is not blank and has as many cells as the header; says which
    /// have not.
    pub(super) fn rows(
        &self,
        header: &Header,
        problems: &mut Problems,
        mut each: impl FnMut(Row, &mut Problems),
    ) {
        let mut rows = Rows::new(self.text, self.delimiter);
        let mut record = StringRecord::new();
        let width = header.names.len();
        rows.read(&mut record);
        let (mut last_byte, mut was_ragged) = (0, false);
        while let Some((number, byte)) = rows.read(&mut record) {
            (last_byte, was_ragged) = (byte, record.len() != width);
            if record.len() == width && !record.as_slice().trim_start().is_empty() {
                each(
                    Row {
                        header,
                        record: &record,
                        number,
                        byte,
                    },
                    problems,
                );
            } else if record.iter().any(|cell| !cell.trim().is_empty()) {
                ragged(&record, number, width, self.delimiter, problems);
            }
        }
        // A quote that nobody closed swallows all that follows.
        let last = self.text.get(last_byte..).unwrap_or_default();
        if (rows.broken || was_ragged) && last.bytes().filter(|&b| b == b'"').count() % 2 == 1 {
            problems.forget(rows.number);
            problems.row(
                rows.number,
                "has a double quote that is never closed: close it, or write two for a quote within a cell",
            );
        }
    }

    /// The row at a place that [`Row::byte`] gave.
    pub(super) fn row_at(&self, byte: usize, record: &mut StringRecord) -> bool {
        self.text
            .get(byte..)
            .is_some_and(|text| Rows::new(text, self.delimiter).read(record).is_some())
    }
}

fn ragged(
    record: &StringRecord,
    number: u64,
    width: usize,
    delimiter: u8,
    problems: &mut Problems,
) {
    let found = record.len();
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
    let s = if found == 1 { "" } else { "s" };
    problems.row(
        number,
        format_args!("has {found} cell{s}, but the header has {width}: {why}"),
    );
}

impl<'a> Row<'a> {
    /// A field's cell, trimmed; empty if there is no such column.
    pub(super) fn cell(&self, field: Field) -> &'a str {
        match self.header.column(field) {
            Some(i) => self.at(i),
            None => "",
        }
    }

    /// The cell of a column, trimmed.
    pub(super) fn at(&self, column: usize) -> &'a str {
        let cell = self.record.get(column).unwrap_or("");
        match (cell.as_bytes().first(), cell.as_bytes().last()) {
            // No space is above '!' in ASCII, and most cells have none to trim.
            (Some(b'!'..=b'~'), Some(b'!'..=b'~')) | (None, _) => cell,
            _ => cell.trim(),
        }
    }
}

/// Reads records and counts rows.
struct Rows<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    number: u64,
    /// Line breaks within cells so far.
    inner: u64,
    /// Whether the last record has one.
    broken: bool,
    /// The line on which the last record ended.
    line: u64,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, delimiter: u8) -> Rows<'a> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text.as_bytes());
        Rows {
            text,
            reader,
            number: 0,
            inner: 0,
            broken: false,
            line: 0,
        }
    }

    /// The next record that is not an empty line: its row number and where it begins.
    fn read(&mut self, record: &mut StringRecord) -> Option<(u64, usize)> {
        let byte = self.byte();
        // The text is valid UTF-8, it is in memory, and rows may have any length: no error can occur.
        if !self.reader.read_record(record).unwrap_or(false) {
            return None;
        }
        let position = self.reader.position();
        let last = self.byte().checked_sub(1);
        let ended_line = last.and_then(|at| self.text.as_bytes().get(at)) == Some(&b'\n');
        let line = position.line() - u64::from(ended_line);
        self.broken = false;
        if line > self.line + 1 {
            let breaks = record.as_slice().bytes().filter(|&b| b == b'\n').count();
            self.inner += breaks as u64;
            self.broken = breaks > 0;
        }
        self.line = line;
        // Lines that end in a lone carriage return are not counted as lines.
        self.number = line.saturating_sub(self.inner).max(self.number + 1);
        Some((self.number, byte))
    }

    /// How far the text has been read; it is in memory, so that this fits.
    fn byte(&self) -> usize {
        self.reader.position().byte() as usize
    }
}

/// The separator that stands most often in the first line, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    let start = text.len() - text.trim_start_matches(['\r', '\n']).len();
    for &byte in &text.as_bytes()[start..] {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => {
                for (separator, count) in &mut counts {
                    *count += u32::from(byte == *separator);
                }
            }
            _ => {}
        }
    }
    // The first of equals: a comma.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(separator, _)| *separator)
}
