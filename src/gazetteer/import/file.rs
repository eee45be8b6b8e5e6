//! Opens the files of an import: plain or gzip, comma, semicolon or tab.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::ImportError;

/// A file's text as it stands when unpacked.
pub type Text = BufReader<Box<dyn Read + Send>>;

/// How much of a file is looked at to tell its delimiter.
const HEAD: usize = 1 << 16;

/// Opens a file; what begins as gzip does is unpacked, whatever its name.
///
/// # Errors
/// If it cannot be read.
pub fn open(path: &Path) -> Result<Text, ImportError> {
    let unreadable = |error: std::io::Error| ImportError::unreadable(path, &error);
    let file = File::open(path).map_err(unreadable)?;
    unpacked(file).map_err(unreadable)
}

/// The bytes of a reader, unpacked if they are gzip.
///
/// # Errors
/// If they cannot be read.
pub fn unpacked(source: impl Read + Send + 'static) -> std::io::Result<Text> {
    let mut packed = BufReader::with_capacity(HEAD, source);
    let plain: Box<dyn Read + Send> = if packed.fill_buf()?.starts_with(b"\x1f\x8b") {
        Box::new(MultiGzDecoder::new(packed))
    } else {
        Box::new(packed)
    };
    let mut text = BufReader::with_capacity(HEAD, plain);
    let head = text.fill_buf()?;
    match MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, what)) => Err(std::io::Error::new(std::io::ErrorKind::InvalidData, *what)),
        None => Ok(text),
    }
}

/// First bytes of what is often given for a text, and what to do about it.
const MAGIC: [(&[u8], &str); 5] = [
    (
        b"PK\x03\x04",
        "it is a ZIP file or a spreadsheet: unpack it, or save the table as CSV in UTF-8",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "it is an old Excel file: save the table as CSV in UTF-8",
    ),
    (
        b"\xff\xfe",
        "it is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
    ),
    (
        b"\xfe\xff",
        "it is UTF-16: save it as UTF-8 (in Excel: \"CSV UTF-8\")",
    ),
    (b"%PDF", "it is a PDF"),
];

/// The delimiter of a table: of comma, semicolon and tab the one that its first row has most of.
///
/// # Errors
/// If the first row cannot be read.
pub fn delimiter(text: &mut impl BufRead) -> std::io::Result<u8> {
    let head = text.fill_buf()?;
    let (mut counts, mut quoted) = ([0_usize; 3], false);
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let [commas, semicolons, tabs] = counts;
    Ok(if tabs > commas && tabs >= semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_says_the_delimiter() {
        let of = |text: &str| delimiter(&mut text.as_bytes()).unwrap();
        assert_eq!(of("id,name\n1;2;3;4\n"), b',');
        assert_eq!(of("id;\"a,b,c\";name\n"), b';');
        assert_eq!(of("id\tname, as written\tlat\n"), b'\t');
        assert_eq!(of("place\n"), b',');
    }

    #[test]
    fn what_is_no_text_is_named() {
        let error = unpacked(std::io::Cursor::new(b"PK\x03\x04 and so on"))
            .err()
            .unwrap();
        assert!(error.to_string().contains("ZIP"), "{error}");
    }

    #[test]
    fn gzip_is_told_by_its_bytes() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all("place\nHazano\n".as_bytes()).unwrap();
        for bytes in [packed.finish().unwrap(), b"place\nHazano\n".to_vec()] {
            let mut text = String::new();
            unpacked(std::io::Cursor::new(bytes))
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text, "place\nHazano\n");
        }
    }
}
