//! Bytes → text: UTF-8 with or without a byte order mark; anything else is named for what it is.

use rayon::prelude::*;

use super::problem::{Problems, Quoted};

/// Bytes that a thread looks through at a time.
const STRETCH: usize = 4 << 20;

/// The text of a file, without a byte order mark.
pub(super) fn decode<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    const MAGIC: [(&[u8], &str); 4] = [
        (
            b"\xff\xfe",
            "is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
        ),
        (
            b"\xfe\xff",
            "is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
        ),
        (
            b"\xd0\xcf\x11\xe0",
            "is an old Excel file: save it as XLSX or as CSV, in UTF-8",
        ),
        (b"%PDF", "is a PDF: a CSV table is needed"),
    ];
    if let Some((_, message)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        problems.file(message);
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let stretches = bytes.par_chunks(STRETCH).enumerate();
    let zero = |(i, stretch)| Some(i * STRETCH + memchr::memchr(0, stretch)?);
    if let Some(at) = stretches.find_map_first(zero) {
        // Text in UTF-16 has a zero byte in every other place; a stray one is damage.
        let zeros = bytes.iter().take(1000).filter(|&&b| b == 0).count();
        if zeros * 3 > bytes.len().min(1000) {
            problems.file("is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")");
        } else {
            problems.file(format_args!(
                "line {} has a NUL byte: the file is damaged or not a text; save it again as UTF-8",
                line(bytes, at)
            ));
        }
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => {
            problems.file("is empty: a header row and at least one row are needed");
            None
        }
        Ok(text) => Some(text),
        Err(error) => {
            let at = error.valid_up_to();
            let start = bytes[..at]
                .iter()
                .rposition(|&b| matches!(b, b'\n' | b',' | b';' | b'\t'));
            // Everything before `at` is valid.
            let before = std::str::from_utf8(&bytes[start.map_or(0, |s| s + 1)..at]).unwrap_or("");
            problems.file(format_args!(
                "line {} is not UTF-8 after {} (byte 0x{:02X}): save it as UTF-8 (in Excel: \"CSV UTF-8\")",
                line(bytes, at),
                Quoted(tail(before)),
                bytes.get(at).copied().unwrap_or(0),
            ));
            None
        }
    }
}

fn line(bytes: &[u8], at: usize) -> usize {
    1 + bytes.iter().take(at).filter(|&&b| b == b'\n').count()
}

/// At most the last 20 characters.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    &text[start..]
}
