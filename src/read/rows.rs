//! Text between separators → records, each with its row number.

use csv::StringRecord;

use super::cut::Cut;
use super::problem::Problems;
use super::split::{Found, Record, split};

/// Reads records and counts rows.
pub(super) struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    /// Where the next record begins, or blank lines before it do.
    at: usize,
    /// Lines so far that did not end within a cell, and rows before the text.
    lines: u64,
    /// From where on rows are not plain.
    odd: Option<Odd<'a>>,
    number: u64,
    /// Whether the last record has a line break in a cell that may not have been meant.
    broken: bool,
    /// Whether the last record was of another width than the header.
    pub(super) was_ragged: bool,
    /// Where the last record begins.
    last: usize,
}

/// Reads rows of any form.
struct Odd<'a> {
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// Where the reader began in the text.
    start: usize,
    /// Lines before that.
    before: u64,
    /// Line breaks within cells so far.
    inner: u64,
    /// The line on which the last record ended.
    line: u64,
}

impl<'a> Rows<'a> {
    /// From a place in the text where a row begins.
    pub(super) fn new(text: &'a str, delimiter: u8, start: usize) -> Rows<'a> {
        Rows {
            text,
            delimiter,
            at: start,
            lines: 0,
            odd: None,
            number: 0,
            broken: false,
            was_ragged: false,
            last: start,
        }
    }

    /// The same, after so many rows.
    pub(super) fn numbered(mut self, before: u64) -> Rows<'a> {
        (self.lines, self.number) = (before, before);
        self
    }

    /// The next record that is not an empty line: its row number and where it begins.
    pub(super) fn read(&mut self, record: &mut Record<'a>) -> Option<(u64, usize)> {
        if self.odd.is_none() {
            match split(self.text, self.delimiter, self.at, record) {
                Found::Row {
                    start,
                    next,
                    blank,
                    ended,
                } => {
                    self.number = self.lines + blank + 1;
                    self.lines += blank + u64::from(ended);
                    (self.last, self.at) = (start, next);
                    return Some((self.number, start));
                }
                Found::End { blank } => {
                    self.lines += blank;
                    self.at = self.text.len();
                    return None;
                }
                Found::Odd => {}
            }
        }
        let (text, at, before) = (self.text, self.at, self.lines);
        let new = || Odd::new(text, self.delimiter, at, before);
        let odd = self.odd.get_or_insert_with(new);
        let (line, broken) = odd.read(text)?;
        record.fill(odd.record.iter().map(str::to_owned));
        (self.last, self.broken) = (at, broken);
        self.at = odd.byte();
        self.lines = odd.lines();
        // Lines that end in a lone carriage return are not counted as lines.
        self.number = line.max(self.number + 1);
        Some((self.number, at))
    }

    /// How far the text has been read.
    pub(super) fn byte(&self) -> usize {
        self.at
    }

    /// Whether whoever reads the whole text comes to where the next part begins, with as many rows; `None` if not.
    pub(super) fn ends_at(&self, whole: &str, next: &Cut) -> Option<()> {
        // The last record may have ended for no other reason than that the part did.
        let mut rows = Rows::new(whole, self.delimiter, self.last);
        rows.read(&mut Record::default())?;
        // Its line break may have been read with it or not.
        let between = whole.get(rows.byte()..next.start)?;
        let joins = between.bytes().all(|byte| matches!(byte, b'\r' | b'\n'))
            && self.lines == next.rows
            && self.number <= self.lines;
        joins.then_some(())
    }

    /// A quote that nobody closed swallows all that follows: says so, once the text has been read to its end.
    pub(super) fn unclosed(&self, problems: &mut Problems) {
        let last = self.text.get(self.last..).unwrap_or_default();
        if (self.broken || self.was_ragged) && last.bytes().filter(|&b| b == b'"').count() % 2 == 1
        {
            problems.forget(self.number);
            problems.row(
                self.number,
                "has a double quote that is never closed: close it, or write two for a quote within a cell",
            );
        }
    }
}

impl<'a> Odd<'a> {
    fn new(text: &'a str, delimiter: u8, start: usize, before: u64) -> Odd<'a> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text.as_bytes().get(start..).unwrap_or_default());
        Odd {
            reader,
            record: StringRecord::new(),
            start,
            before,
            inner: 0,
            line: 0,
        }
    }

    /// Reads a record: its row by the lines before it, and whether it has a line break in a cell.
    fn read(&mut self, text: &str) -> Option<(u64, bool)> {
        // The text is valid UTF-8, it is in memory, and rows may have any length: no error can occur.
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let last = self.byte().checked_sub(1);
        let ended_line = last.and_then(|at| text.as_bytes().get(at)) == Some(&b'\n');
        let line = self.reader.position().line() - u64::from(ended_line);
        let mut broken = false;
        if line > self.line + 1 {
            let cells = self.record.as_slice();
            let breaks = cells.bytes().filter(|&b| b == b'\n').count();
            self.inner += breaks as u64;
            broken = breaks > 0;
        }
        self.line = line;
        Some((self.before + line.saturating_sub(self.inner), broken))
    }

    /// How far the text has been read; it is in memory, so that this fits.
    fn byte(&self) -> usize {
        self.start + self.reader.position().byte() as usize
    }

    fn lines(&self) -> u64 {
        let lines = self.reader.position().line().saturating_sub(1);
        self.before + lines.saturating_sub(self.inner)
    }
}

/// The separator that stands most often in the first line, outside of quotes.
pub(super) fn delimiter(text: &str) -> u8 {
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
