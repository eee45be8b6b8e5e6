//! Text between separators → records, each with its row number.

use csv::StringRecord;

use super::cut::Cut;
use super::problem::Problems;

/// Reads records and counts rows.
pub(super) struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    reader: csv::Reader<&'a [u8]>,
    /// Where the reader began in the text.
    start: usize,
    /// Rows before that.
    before: u64,
    number: u64,
    /// Line breaks within cells so far.
    inner: u64,
    /// Whether the last record has one.
    broken: bool,
    /// Whether the last record was of another width than the header.
    pub(super) was_ragged: bool,
    /// Where the last record begins.
    last: usize,
    /// The line on which the last record ended.
    line: u64,
}

impl<'a> Rows<'a> {
    /// From a place in the text where a row begins.
    pub(super) fn new(text: &'a str, delimiter: u8, start: usize) -> Rows<'a> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(text.as_bytes().get(start..).unwrap_or_default());
        Rows {
            text,
            delimiter,
            reader,
            start,
            before: 0,
            number: 0,
            inner: 0,
            broken: false,
            was_ragged: false,
            last: start,
            line: 0,
        }
    }

    /// The same, after so many rows.
    pub(super) fn numbered(mut self, before: u64) -> Rows<'a> {
        (self.before, self.number) = (before, before);
        self
    }

    /// The next record that is not an empty line: its row number and where it begins.
    pub(super) fn read(&mut self, record: &mut StringRecord) -> Option<(u64, usize)> {
        let byte = self.byte();
        // The text is valid UTF-8, it is in memory, and rows may have any length: no error can occur.
        if !self.reader.read_record(record).unwrap_or(false) {
            return None;
        }
        self.last = byte;
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
        self.number = (self.before + line.saturating_sub(self.inner)).max(self.number + 1);
        Some((self.number, byte))
    }

    /// How far the text has been read; it is in memory, so that this fits.
    pub(super) fn byte(&self) -> usize {
        self.start + self.reader.position().byte() as usize
    }

    /// Whether whoever reads the whole text comes to where the next part begins, with as many rows; `None` if not.
    pub(super) fn ends_at(&self, whole: &str, next: &Cut) -> Option<()> {
        // The last record may have ended for no other reason than that the part did.
        let mut rows = Rows::new(whole, self.delimiter, self.last);
        rows.read(&mut StringRecord::new())?;
        let between = whole.get(rows.byte()..next.start)?;
        let lines = self.reader.position().line().saturating_sub(1);
        let read = self.before + lines.saturating_sub(self.inner);
        let joins = between.bytes().all(|byte| matches!(byte, b'\r' | b'\n'))
            && read == next.rows
            && self.number <= read;
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
