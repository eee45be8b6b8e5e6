//! ZIP archives: the one table in them, as ACLED, GDELT and HDX deliver theirs. Workbooks are ZIP archives too, and told
//! apart by what is in them.

use std::io::{Cursor, Read};

use itertools::Itertools;
use zip::ZipArchive;

use super::problem::{Problems, Quoted};

/// Endings of names of tables.
const TABLES: [&str; 7] = ["csv", "tsv", "txt", "xlsx", "ods", "geojson", "json"];
/// So many names tell what is in an archive.
const NAMED: usize = 10;

/// What a ZIP archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A workbook in the form of OpenDocument.
    Ods,
    /// One of Excel, or something else that is no plain archive of files.
    Other,
    /// Files.
    Files,
}

/// Whether these are the first bytes of a ZIP archive.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], b"PK\x05\x06"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
}

/// What kind of archive it is; one that cannot be opened is left to whoever reads workbooks.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Kind::Other;
    };
    let has = |name| archive.index_for_name(name).is_some();
    if has("[Content_Types].xml") {
        Kind::Other
    } else if has("mimetype") && has("content.xml") {
        Kind::Ods
    } else {
        Kind::Files
    }
}

/// The one table among the files of an archive, no longer than so many bytes.
pub(super) fn table(bytes: &[u8], longest: u64, problems: &mut Problems) -> Option<Vec<u8>> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            problems.file(format_args!(
                "is a ZIP archive and cannot be opened: {error}"
            ));
            return None;
        }
    };
    // A name that is no text names no table either.
    let names = archive
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()));
    let names: Vec<String> = names.collect();
    let files = names.iter().map(String::as_str);
    let files: Vec<&str> = files.filter(|name| !is_aside(name)).collect();
    let mut tables: Vec<&str> = files
        .iter()
        .copied()
        .filter(|name| is_table(name))
        .collect();
    if tables.is_empty() && files.len() == 1 {
        tables.clone_from(&files);
    }
    // A text beside a table says something about it.
    if tables.len() > 1 {
        let others = tables.iter().filter(|name| ending(name) != "txt");
        let others: Vec<&str> = others.copied().collect();
        if !others.is_empty() {
            tables = others;
        }
    }
    let name = match tables.as_slice() {
        [] if files.is_empty() => {
            problems.file("is a ZIP archive with nothing in it");
            return None;
        }
        [] => {
            let has = listed(&files);
            problems.file(format_args!(
                "is a ZIP archive without a table in it ({has})"
            ));
            return None;
        }
        [only] => (*only).to_owned(),
        several => {
            let (n, has) = (several.len(), listed(several));
            problems.file(format_args!(
                "is a ZIP archive with {n} tables in it ({has}): unpack it and name those that are meant"
            ));
            return None;
        }
    };
    let mut unpacked = Vec::new();
    let read = archive.by_name(&name).map_err(|error| error.to_string());
    let read = read.and_then(|file| {
        let mut file = file.take(longest);
        let read = file.read_to_end(&mut unpacked);
        read.map(|_| file.limit())
            .map_err(|error| error.to_string())
    });
    match read {
        Ok(1..) => return Some(unpacked),
        Ok(0) => problems.file("is longer than 8 GiB when unpacked: cut it"),
        Err(error) => problems.file(format_args!(
            "is a ZIP archive of which {} cannot be unpacked: {error}",
            Quoted(&name)
        )),
    }
    None
}

/// Folders, and what systems leave in archives for themselves.
fn is_aside(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    name.ends_with('/') || parts.any(|part| part.starts_with('.') || part == "__MACOSX")
}

fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

fn is_table(name: &str) -> bool {
    TABLES.contains(&ending(name).as_str())
}

fn listed(names: &[&str]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("{more} more"));
    let named = names.iter().take(NAMED);
    named
        .map(|name| Quoted(name).to_string())
        .chain(more)
        .join(", ")
}
