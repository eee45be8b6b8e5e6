//! GeoNames country dumps: 19 tab-separated columns without a header and without quotes, and the table of alternate
//! names that goes with them.
//!
//! Names marked as historic are left out: an old name of one place is often today's name of another nearby, and the
//! gazetteer has no place to keep the mark. Where the table of alternate names is given, it replaces the dump's own
//! list of them, which does not say what kind of name each is.

use std::io::BufRead;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::super::kind::PlaceKind;
use super::super::source::{AdminRow, PlaceRow};
use super::ImportError;
use super::file;
use super::layer::{Area, Layer, LeftOut, NO_COUNTRY, Names, Spot, Sure, settlement};

/// Columns of the dump.
const COLUMNS: usize = 19;

/// What a row of the dump is to us.
enum Class {
    Place(PlaceKind),
    /// A settlement that is as large as its people say.
    Settlement,
    Admin(u8),
    /// No name that a report would use for where something happened.
    No(&'static str),
}

/// Feature class and code → kind. <https://www.geonames.org/export/codes.html>
fn class(class: &str, code: &str) -> Class {
    use PlaceKind as K;
    Class::Place(match (class, code) {
        ("P", "PPLC") => K::Capital,
        ("P", "PPLA") => K::City,
        ("P", "PPLA2" | "PPLA3") => K::Town,
        ("P", "PPLX") => K::Neighbourhood,
        ("P", "PPLF" | "PPLL") => K::Hamlet,
        ("P", "PPLQ" | "PPLH" | "PPLW" | "PPLCH") => {
            return Class::No("a settlement that is no more");
        }
        ("P", _) => return Class::Settlement,
        ("A", "ADM1") => return Class::Admin(1),
        ("A", "ADM2") => return Class::Admin(2),
        ("A", _) => {
            return Class::No("an admin area that is neither of the first nor of the second level");
        }
        ("S", "CMPRF") | ("L", "RFGC") => K::Camp,
        ("S", "CSTM") | ("S", "BDR") => K::Crossing,
        ("S", "AIRP" | "AIRB" | "AIRF" | "INSM" | "STNB") | ("L", "MILB" | "NVB") => K::Base,
        (
            "S",
            "DAM" | "PS" | "PSH" | "PSN" | "OILR" | "OILT" | "GOSP" | "MFG" | "MFGC" | "MLSGR"
            | "SILO" | "FCL",
        )
        | ("L", "OILF" | "GASF" | "MNA")
        | ("H", "DAM") => K::Works,
        ("T", "MT" | "MTS" | "HLL" | "HLLS" | "PK" | "PKS" | "RDGE" | "MESA" | "UPLD") => {
            K::Mountain
        }
        (
            "H",
            "LK" | "LKS" | "LKI" | "RSV" | "STM" | "STMI" | "WAD" | "CNL" | "CNLI" | "LGN" | "BAY"
            | "GULF",
        ) => K::Water,
        ("L", "RGN" | "RGNH" | "AREA" | "AGRC" | "OAS")
        | ("T", "PLN" | "VAL" | "DSRT" | "PLAT" | "DPR") => K::Area,
        ("L", "LCTY")
        | ("T", "PASS")
        | ("S", "RUIN" | "ARCH" | "ANS" | "FT" | "CSTL" | "MNMT" | "PRN") => K::Site,
        ("R", "RDJCT") => K::Site,
        _ => return Class::No("a feature that is no settlement, base, works, relief or water"),
    })
}

/// Reads a dump.
///
/// # Errors
/// If the file cannot be read or is no dump.
pub(super) fn read(path: &Path, alternate: Option<&Path>) -> Result<Layer, ImportError> {
    let label = path.display().to_string();
    let mut text = file::open(path)?;
    let mut layer = Layer {
        label: label.clone(),
        ..Layer::default()
    };
    let mut spots: FxHashMap<u32, Found> = FxHashMap::default();
    let mut lines = Lines::default();
    while let Some((row, line)) = lines.next(&mut text, path)? {
        if line.is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != COLUMNS {
            return Err(ImportError::new(format!(
                "{label}:{row}: {} tab-separated columns, but a GeoNames country dump has {COLUMNS} and no header: give the file XX.txt of download.geonames.org/export/dump{}",
                cells.len(),
                if row == 1 {
                    ", or read a table with --csv"
                } else {
                    ""
                }
            )));
        }
        layer.rows += 1;
        let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
        let mut out = |reason: String| {
            layer.left_out.push(LeftOut {
                file: label.clone(),
                row,
                name: cell(1).to_owned(),
                reason,
            });
        };
        let (Ok(id), Ok(lat), Ok(lon)) = (
            cell(0).parse::<u32>(),
            cell(4).parse::<f64>(),
            cell(5).parse::<f64>(),
        ) else {
            out("the number or the coordinates cannot be read".to_owned());
            continue;
        };
        if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            out("the coordinates are not on the globe".to_owned());
            continue;
        }
        let population = cell(14)
            .parse::<u64>()
            .unwrap_or_default()
            .min(4_000_000_000) as u32;
        let (kind, sure) = match class(cell(6), cell(7)) {
            Class::Place(kind) => (kind, Sure::Kind),
            Class::Settlement => (settlement(population), Sure::of_settlement(population)),
            Class::Admin(level) => {
                let (one, two) = (cell(10), cell(11));
                let names = Names::new([cell(1), cell(2)].into_iter().chain(cell(3).split(',')));
                let country = country(cell(8));
                let index = layer.admins.len();
                layer.admins.push(Area {
                    key: if level == 1 {
                        one.to_owned()
                    } else {
                        format!("{one}.{two}")
                    },
                    row: AdminRow {
                        id: format!("gn:{id}"),
                        level,
                        name_ar: names.arabic.first().cloned().unwrap_or_default(),
                        name: names.preferred,
                        names_latin: names.latin,
                        names_arabic: names.arabic,
                        parent: if level == 1 {
                            String::new()
                        } else {
                            one.to_owned()
                        },
                        country,
                        pcode: String::new(),
                        centre: Some((lat, lon)),
                        radius_km: 0.0,
                        at: (label.clone(), row),
                    },
                });
                spots.insert(id, Found::Admin(index));
                continue;
            }
            Class::No(reason) => {
                out(reason.to_owned());
                continue;
            }
        };
        let names = Names::new([cell(1), cell(2)].into_iter().chain(cell(3).split(',')));
        if names.preferred.is_empty() {
            out("no name".to_owned());
            continue;
        }
        spots.insert(id, Found::Place(layer.places.len()));
        layer.places.push(Spot {
            sure,
            row: PlaceRow {
                id: format!("gn:{id}"),
                name: names.preferred,
                lat,
                lon,
                kind,
                admin1: cell(10).to_owned(),
                admin2: if cell(11).is_empty() {
                    String::new()
                } else {
                    format!("{}.{}", cell(10), cell(11))
                },
                country: country(cell(8)),
                population,
                radius_km: 0.0,
                layers: 1,
                names_latin: names.latin,
                names_arabic: names.arabic,
                at: (label.clone(), row),
            },
        });
    }
    if layer.rows == 0 {
        return Err(ImportError::new(format!(
            "{label}: is empty: a GeoNames country dump is needed"
        )));
    }
    // "00" is GeoNames' way to say that it does not know the first-order area.
    for spot in &mut layer.places {
        if spot.row.admin1 == "00" {
            spot.row.admin1.clear();
            spot.row.admin2.clear();
        }
    }
    if let Some(alternate) = alternate {
        let names = alternate_names(alternate, &spots)?;
        take_names(&mut layer, &spots, names);
    }
    Ok(layer)
}

/// Where a GeoNames number went.
#[derive(Clone, Copy)]
enum Found {
    Place(usize),
    Admin(usize),
}

fn country(code: &str) -> [u8; 2] {
    match code.as_bytes() {
        [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => [*a, *b],
        _ => NO_COUNTRY,
    }
}

/// Languages that are none.
const NO_LANGUAGE: [&str; 10] = [
    "link", "post", "wkdt", "iata", "icao", "faac", "unlc", "tcid", "abbr", "phon",
];

/// Alternate names of the features wanted, in the order of the table, preferred ones first.
fn alternate_names(
    path: &Path,
    wanted: &FxHashMap<u32, Found>,
) -> Result<FxHashMap<u32, Vec<String>>, ImportError> {
    let mut text = file::open(path)?;
    let mut names: FxHashMap<u32, (Vec<String>, Vec<String>)> = FxHashMap::default();
    let mut lines = Lines::default();
    while let Some((row, line)) = lines.next(&mut text, path)? {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(language), Some(name)) = (
            cells.get(1).and_then(|cell| cell.parse::<u32>().ok()),
            cells.get(2),
            cells.get(3),
        ) else {
            if line.is_empty() {
                continue;
            }
            return Err(ImportError::new(format!(
                "{}:{}: not a row of a GeoNames table of alternate names, whose tab-separated columns are id, geonameid, language, name, is preferred, short, colloquial, historic, from, to",
                path.display(),
                row
            )));
        };
        let is = |n: usize| cells.get(n).is_some_and(|cell| *cell == "1");
        if !wanted.contains_key(&id) || NO_LANGUAGE.contains(language) || is(7) {
            continue;
        }
        let (preferred, other) = names.entry(id).or_default();
        if is(4) {
            preferred.push((*name).to_owned());
        } else {
            other.push((*name).to_owned());
        }
    }
    let names = names.into_iter();
    Ok(names
        .map(|(id, (mut preferred, other))| {
            preferred.extend(other);
            (id, preferred)
        })
        .collect())
}

fn take_names(
    layer: &mut Layer,
    found: &FxHashMap<u32, Found>,
    mut names: FxHashMap<u32, Vec<String>>,
) {
    for (id, at) in found {
        let Some(known) = names.remove(id) else {
            continue;
        };
        let with =
            |name: &str| Names::new(std::iter::once(name).chain(known.iter().map(String::as_str)));
        match at {
            Found::Place(index) => {
                if let Some(Spot { row, .. }) = layer.places.get_mut(*index) {
                    let names = with(&row.name);
                    (row.names_latin, row.names_arabic) = (names.latin, names.arabic);
                }
            }
            Found::Admin(index) => {
                if let Some(Area { row, .. }) = layer.admins.get_mut(*index) {
                    let names = with(&row.name);
                    row.name_ar = names.arabic.first().cloned().unwrap_or_default();
                    (row.names_latin, row.names_arabic) = (names.latin, names.arabic);
                }
            }
        }
    }
}

/// Lines of a text, one after another in one buffer.
#[derive(Default)]
struct Lines {
    buffer: Vec<u8>,
    number: u64,
}

impl Lines {
    fn next<'l>(
        &'l mut self,
        text: &mut impl BufRead,
        path: &Path,
    ) -> Result<Option<(u64, &'l str)>, ImportError> {
        self.buffer.clear();
        self.number += 1;
        let read = text
            .read_until(b'\n', &mut self.buffer)
            .map_err(|error| ImportError::unreadable(path, &error))?;
        if read == 0 {
            return Ok(None);
        }
        let line = self.buffer.without_end();
        let line = if self.number == 1 {
            line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
        } else {
            line
        };
        match std::str::from_utf8(line) {
            Ok(line) => Ok(Some((self.number, line))),
            Err(_) => Err(ImportError::new(format!(
                "{}:{}: is not UTF-8: GeoNames tables are; download it again",
                path.display(),
                self.number
            ))),
        }
    }
}

/// Line ends go, tabs stay: the last cells of a row may be empty.
trait LineEnd {
    fn without_end(&self) -> &[u8];
}

impl LineEnd for Vec<u8> {
    fn without_end(&self) -> &[u8] {
        let line = self.strip_suffix(b"\n").unwrap_or(self);
        line.strip_suffix(b"\r").unwrap_or(line)
    }
}
