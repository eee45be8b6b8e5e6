//! The readable form of a gazetteer: rows of `places.csv` and `admin.csv`, checked. Included by the build script too.

use std::fmt;

use super::kind::PlaceKind;

/// Columns of `places.csv`, all of them needed in the header; `radius_km` and `layers` may follow.
pub const PLACE_COLUMNS: [&str; 12] = [
    "id",
    "name",
    "lat",
    "lon",
    "kind",
    "admin1",
    "admin2",
    "country",
    "population",
    "names_latin",
    "names_arabic",
    "source",
];

/// Columns of `admin.csv`, all of them needed in the header.
pub const ADMIN_COLUMNS: [&str; 12] = [
    "id",
    "level",
    "name",
    "name_ar",
    "names_latin",
    "names_arabic",
    "parent",
    "country",
    "pcode",
    "lat",
    "lon",
    "radius_km",
];

/// A cell that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Name of the file as given by the caller.
    pub file: String,
    /// Row, the header being row 1; 0 for the file as a whole.
    pub row: u64,
    /// Column name; empty for the row as a whole.
    pub column: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem {
            file,
            row,
            column,
            message,
        } = self;
        if column.is_empty() {
            write!(f, "{file}:{row}: {message}")
        } else {
            write!(f, "{file}:{row}: column {column}: {message}")
        }
    }
}

/// One row of `places.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// Unique.
    pub id: String,
    /// Preferred name in Latin letters.
    pub name: String,
    /// WGS 84 latitude in degrees.
    pub lat: f64,
    /// WGS 84 longitude in degrees.
    pub lon: f64,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Id of an admin row, or empty.
    pub admin1: String,
    /// Id of an admin row, or empty.
    pub admin2: String,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// 0 if not known.
    pub population: u32,
    /// How far it reaches from its middle, for what is no point; 0 if not said.
    pub radius_km: f64,
    /// How many gazetteers have it, for one made of several.
    pub layers: u8,
    /// Other Latin names.
    pub names_latin: Vec<String>,
    /// Arabic names, the preferred one first.
    pub names_arabic: Vec<String>,
    /// File and row, for messages of later steps.
    pub at: (String, u64),
}

/// One row of `admin.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct AdminRow {
    /// Unique.
    pub id: String,
    /// 0 country, 1 governorate or province, 2 district.
    pub level: u8,
    /// Preferred name in Latin letters.
    pub name: String,
    /// Preferred Arabic name, or empty.
    pub name_ar: String,
    /// Other Latin names.
    pub names_latin: Vec<String>,
    /// Other Arabic names.
    pub names_arabic: Vec<String>,
    /// Id of the area it is part of, or empty.
    pub parent: String,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// OCHA P-code or ISO 3166-2 code, or empty.
    pub pcode: String,
    /// Latitude and longitude of the middle, if known.
    pub centre: Option<(f64, f64)>,
    /// How far it reaches from its middle; 0 if not known.
    pub radius_km: f64,
    /// File and row, for messages of later steps.
    pub at: (String, u64),
}

/// Reads `places.csv`. Bad cells are added to `problems`; their rows are left out.
pub fn read_places(file: &str, text: &[u8], problems: &mut Vec<Problem>) -> Vec<PlaceRow> {
    rows(file, text, &PLACE_COLUMNS, problems, |cells| {
        Some(PlaceRow {
            id: cells.needed("id")?,
            name: cells.needed("name")?,
            lat: cells.number("lat", -90.0, 90.0)?,
            lon: cells.number("lon", -180.0, 180.0)?,
            kind: cells.kind()?,
            admin1: cells.text("admin1"),
            admin2: cells.text("admin2"),
            country: cells.country()?,
            population: match cells.text("population").as_str() {
                "" => 0,
                _ => cells.number("population", 0.0, 4e9)? as u32,
            },
            radius_km: cells.radius_km()?,
            layers: match cells.text("layers").as_str() {
                "" => 1,
                _ => cells.number("layers", 1.0, 255.0)? as u8,
            },
            names_latin: cells.list("names_latin"),
            names_arabic: cells.list("names_arabic"),
            at: (file.to_owned(), cells.row),
        })
    })
}

/// Reads `admin.csv`. Bad cells are added to `problems`; their rows are left out.
pub fn read_admin(file: &str, text: &[u8], problems: &mut Vec<Problem>) -> Vec<AdminRow> {
    rows(file, text, &ADMIN_COLUMNS, problems, |cells| {
        Some(AdminRow {
            id: cells.needed("id")?,
            level: cells.number("level", 0.0, 2.0)? as u8,
            name: cells.needed("name")?,
            name_ar: cells.text("name_ar"),
            names_latin: cells.list("names_latin"),
            names_arabic: cells.list("names_arabic"),
            parent: cells.text("parent"),
            country: cells.country()?,
            pcode: cells.text("pcode"),
            centre: match (cells.text("lat").as_str(), cells.text("lon").as_str()) {
                ("", "") => None,
                _ => Some((
                    cells.number("lat", -90.0, 90.0)?,
                    cells.number("lon", -180.0, 180.0)?,
                )),
            },
            radius_km: cells.radius_km()?,
            at: (file.to_owned(), cells.row),
        })
    })
}

fn rows<T>(
    file: &str,
    text: &[u8],
    columns: &'static [&'static str],
    problems: &mut Vec<Problem>,
    mut take: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Vec<T> {
    let problem = |row, column, message: String| Problem {
        file: file.to_owned(),
        row,
        column,
        message,
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text);
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            problems.push(problem(1, "", error.to_string()));
            return Vec::new();
        }
    };
    let mut missing = false;
    for column in columns {
        if !headers.iter().any(|header| header == *column) {
            problems.push(problem(
                1,
                column,
                "the header does not have this column".to_owned(),
            ));
            missing = true;
        }
    }
    if missing {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let row = number as u64 + 2;
        match record {
            Ok(record) => {
                let mut cells = Cells {
                    file,
                    row,
                    headers: &headers,
                    record: &record,
                    problems,
                };
                out.extend(take(&mut cells));
            }
            Err(error) => problems.push(problem(row, "", error.to_string())),
        }
    }
    out
}

struct Cells<'a> {
    file: &'a str,
    row: u64,
    headers: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
    problems: &'a mut Vec<Problem>,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> String {
        let at = self.headers.iter().position(|header| header == column);
        at.and_then(|at| self.record.get(at))
            .unwrap_or_default()
            .to_owned()
    }

    fn list(&self, column: &str) -> Vec<String> {
        self.text(column)
            .split('|')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn complain(&mut self, column: &'static str, message: String) {
        self.problems.push(Problem {
            file: self.file.to_owned(),
            row: self.row,
            column,
            message,
        });
    }

    fn needed(&mut self, column: &'static str) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            self.complain(column, "empty, but needed".to_owned());
            return None;
        }
        Some(text)
    }

    fn number(&mut self, column: &'static str, low: f64, high: f64) -> Option<f64> {
        let text = self.text(column);
        match text.parse::<f64>() {
            Ok(value) if (low..=high).contains(&value) => Some(value),
            _ => {
                self.complain(
                    column,
                    format!("“{text}” is not a number between {low} and {high}"),
                );
                None
            }
        }
    }

    fn radius_km(&mut self) -> Option<f64> {
        if self.text("radius_km").is_empty() {
            return Some(0.0);
        }
        self.number("radius_km", 0.0, 4000.0)
    }

    fn kind(&mut self) -> Option<PlaceKind> {
        let text = self.text("kind");
        let kind = PlaceKind::parse(&text);
        if kind.is_none() {
            let known: Vec<&str> = PlaceKind::ALL.iter().map(|kind| kind.label()).collect();
            self.complain(
                "kind",
                format!(
                    "“{text}” is not a kind of place; use one of {}",
                    known.join(", ")
                ),
            );
        }
        kind
    }

    fn country(&mut self) -> Option<[u8; 2]> {
        let text = self.text("country");
        match text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Some([*a, *b]),
            _ => {
                self.complain(
                    "country",
                    format!("“{text}” is not an ISO 3166-1 code of two capitals, e.g. SY"),
                );
                None
            }
        }
    }
}
