//! Bytes → a table: what kind of file it is tells itself by its first bytes.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use rayon::prelude::*;

use super::head::Subject;
use super::problem::Problems;
use super::sheet::Sheet;
use super::{archive, geojson, text, workbook};

/// More than this is no table that anyone maps; a few bytes of gzip or ZIP can stand for it.
const LONGEST: u64 = 8 << 30;

/// Bytes of a long file that a thread reads at a time.
const STRETCH: usize = 16 << 20;

/// The bytes of a file; stretches of a long one are read at once.
pub(super) fn file(path: &Path) -> io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    let length = about.len();
    if !about.is_file() || length <= STRETCH as u64 || length > LONGEST {
        return std::fs::read(path);
    }
    let mut bytes = vec![0; usize::try_from(length).unwrap_or_default()];
    let stretches = bytes.par_chunks_mut(STRETCH).enumerate();
    stretches.try_for_each(|(i, stretch)| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start((i * STRETCH) as u64))?;
        file.read_exact(stretch)
    })?;
    Ok(bytes)
}

/// The bytes without gzip or an archive around them.
pub(super) fn unpacked<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<Cow<'a, [u8]>> {
    if archive::is_zip(bytes) && archive::kind(bytes) == archive::Kind::Files {
        return archive::table(bytes, LONGEST, problems).map(Cow::Owned);
    }
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
    if archive::is_zip(bytes) {
        return workbook::sheet(bytes, subject, name, problems);
    }
    let text = text::decode(bytes, problems)?;
    if text.trim_start().starts_with('{') {
        return geojson::sheet(text, subject, problems);
    }
    Some(Sheet::of_text(text, subject))
}
