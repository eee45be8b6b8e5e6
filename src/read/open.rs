//! Bytes → a table: what kind of file it is tells itself by its first bytes.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::head::Subject;
use super::problem::Problems;
use super::sheet::Sheet;
use super::{geojson, text, xlsx};

/// More than this is no table that anyone maps; a few bytes of gzip can stand for it.
const LONGEST: u64 = 8 << 30;

/// The bytes without gzip around them.
pub(super) fn unpacked<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<Cow<'a, [u8]>> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Some(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::new();
    let mut reader = MultiGzDecoder::new(bytes).take(LONGEST);
    match reader.read_to_end(&mut unpacked) {
        Ok(_) if reader.limit() > 0 => return Some(Cow::Owned(unpacked)),
        Ok(_) => problems.file("is longer than 8 GiB when unpacked: cut it"),
        Err(error) => problems.file(format_args!(
            "is compressed with gzip and cannot be unpacked: {error}"
        )),
    }
    None
}

/// The table in a file.
pub(super) fn sheet<'a>(
    bytes: &'a [u8],
    subject: Subject,
    name: Option<&str>,
    problems: &mut Problems,
) -> Option<Sheet<'a>> {
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::sheet(bytes, subject, name, problems);
    }
    let text = text::decode(bytes, problems)?;
    if text.trim_start().starts_with('{') {
        return geojson::sheet(text, subject, problems);
    }
    Some(Sheet::of_text(text, subject))
}
