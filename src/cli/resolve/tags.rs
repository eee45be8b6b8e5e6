//! The row of HXL hashtags below the header of a table that columns are added to.

use csv::{ByteRecord, StringRecord};
use dateline::read::is_hashtags;
use dateline::write::hashtag;

use super::table::{ADDED, Columns};

/// Whether a row is one of hashtags.
pub fn is_tags(record: &ByteRecord) -> bool {
    let mut cells = record.iter().map(<[u8]>::trim_ascii);
    // Few rows begin so, and only these are looked at closely.
    cells
        .find(|cell| !cell.is_empty())
        .is_some_and(|cell| cell.starts_with(b"#"))
        && is_hashtags(&StringRecord::from_byte_record_lossy(record.clone()))
}

/// The hashtags of a table, its own or those of its columns, and of what is added to it.
pub fn row(columns: &Columns, header: &ByteRecord, own: Option<&ByteRecord>) -> ByteRecord {
    let mut tags = own.map_or_else(|| of(columns, header), ByteRecord::clone);
    tags.truncate(columns.width);
    for _ in tags.len()..columns.width {
        tags.push_field(b"");
    }
    for name in ADDED {
        tags.push_field(hashtag(name).as_bytes());
    }
    tags
}

/// Hashtags of the table's own columns: by their names, or by what they are said to be.
fn of(columns: &Columns, header: &ByteRecord) -> ByteRecord {
    let tag = |(at, name): (usize, &[u8])| {
        let tag = match hashtag(String::from_utf8_lossy(name).trim()) {
            "" if at == columns.place => hashtag("place"),
            "" if Some(at) == columns.admin1 => hashtag("admin1"),
            "" if Some(at) == columns.country => hashtag("country"),
            by_name => by_name,
        };
        tag.as_bytes()
    };
    header.iter().enumerate().map(tag).collect()
}
