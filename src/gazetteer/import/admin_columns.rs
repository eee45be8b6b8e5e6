//! Admin areas in columns beside the places: `admin1Name_en` and `admin1Pcode`, `ADM1_EN` and `ADM1_PCODE`.

use super::super::source::AdminRow;
use super::Countries;
use super::columns::plain;
use super::layer::{Area, NO_COUNTRY, Names};

/// The columns that name the admin areas of a row: by level, 1 and 2.
#[derive(Debug, Default)]
pub(super) struct AdminColumns {
    pub names: [Vec<usize>; 2],
    pub codes: [Option<usize>; 2],
    /// The name of the lowest level, whichever that is.
    pub lowest_name: Option<usize>,
}

/// "admin1nameen" → (1, "nameen").
pub(super) fn split_admin(plain: &str) -> Option<(u8, &str)> {
    let rest = plain
        .strip_prefix("admin")
        .or_else(|| plain.strip_prefix("adm"))?;
    let level = rest.bytes().next().filter(u8::is_ascii_digit)? - b'0';
    Some((level, &rest[1..]))
}

impl AdminColumns {
    pub fn find(header: &csv::StringRecord) -> AdminColumns {
        let mut columns = AdminColumns::default();
        let mut lowest = 0;
        for (at, name) in header.iter().enumerate() {
            let name = plain(name);
            let Some((level, what)) = split_admin(&name) else {
                continue;
            };
            let index = usize::from(level).wrapping_sub(1);
            match what {
                "pcode" | "code" | "pcod" => {
                    if let Some(code) = columns.codes.get_mut(index) {
                        *code = Some(at);
                    }
                }
                "nameen" | "en" | "name" => {
                    if let Some(names) = columns.names.get_mut(index) {
                        names.insert(0, at);
                    }
                    if level > lowest {
                        (lowest, columns.lowest_name) = (level, Some(at));
                    }
                }
                _ if is_name(what) => {
                    if let Some(names) = columns.names.get_mut(index) {
                        names.push(at);
                    }
                }
                _ => {}
            }
        }
        columns
    }

    pub fn any(&self) -> bool {
        self.any_code() || self.names.iter().any(|names| !names.is_empty())
    }

    pub fn any_code(&self) -> bool {
        self.codes.iter().any(Option::is_some) && self.names.iter().any(|names| !names.is_empty())
    }

    /// The areas that a row names, the first level first.
    pub fn areas(
        &self,
        record: &csv::StringRecord,
        row: u64,
        label: &str,
        country: Option<[u8; 2]>,
        countries: &Countries<'_>,
    ) -> Vec<Area> {
        let mut areas: Vec<Area> = Vec::new();
        for (level, (names, code)) in (1_u8..).zip(self.names.iter().zip(self.codes)) {
            let names = Names::new(names.iter().filter_map(|at| record.get(*at)));
            let code = code
                .and_then(|at| record.get(at))
                .unwrap_or_default()
                .trim();
            if names.preferred.is_empty() || code.is_empty() {
                continue;
            }
            // A P-code begins with the code of its country.
            let country = code
                .get(..2)
                .and_then(|head| countries.code(head))
                .or(country)
                .unwrap_or(NO_COUNTRY);
            areas.push(Area {
                key: code.to_owned(),
                row: AdminRow {
                    id: code.to_owned(),
                    level,
                    name_ar: names.arabic.first().cloned().unwrap_or_default(),
                    name: names.preferred,
                    names_latin: names.latin,
                    names_arabic: names.arabic,
                    parent: areas
                        .last()
                        .map(|area| area.key.clone())
                        .unwrap_or_default(),
                    country,
                    pcode: code.to_owned(),
                    centre: None,
                    radius_km: 0.0,
                    at: (label.to_owned(), row),
                },
            });
        }
        areas
    }
}

/// Whether what follows "admin1" names it in another way or language: "refname", "altname1en", "namefr", "ar".
fn is_name(what: &str) -> bool {
    what.starts_with("name")
        || what.starts_with("alt")
        || what == "refname"
        || what == "ref"
        || what.len() == 2
}
