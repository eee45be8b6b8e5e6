//! Rows of a table → places and admin areas of a layer.

use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::kind::PlaceKind;
use super::super::source::{AdminRow, PlaceRow};
use super::columns::{Columns, Field, plain};
use super::countries::Countries;
use super::layer::{Area, Layer, LeftOut, NO_COUNTRY, Names, Spot, Sure, settlement};

/// Takes rows into a layer.
pub(super) struct Take<'t> {
    pub layer: &'t mut Layer,
    pub columns: &'t Columns,
    pub country: Option<[u8; 2]>,
    pub countries: &'t Countries<'t>,
    pub unknown_kinds: FxHashMap<String, u64>,
    /// The word for the kind of each place taken, for what only the whole file tells.
    pub kinds: Vec<String>,
}

impl Take<'_> {
    fn left_out(&mut self, record: &csv::StringRecord, row: u64, reason: String) {
        self.layer.left_out.push(LeftOut {
            file: self.layer.label.clone(),
            row,
            name: self.columns.text(record, Field::Name).to_owned(),
            reason,
        });
    }

    fn names(&self, record: &csv::StringRecord) -> Names {
        let names = [Field::NamesLatin, Field::NamesArabic]
            .into_iter()
            .flat_map(|field| self.columns.list(record, field));
        Names::new(std::iter::once(self.columns.text(record, Field::Name)).chain(names))
    }

    fn number(&self, record: &csv::StringRecord, field: Field) -> Option<f64> {
        let text = self.columns.text(record, field);
        // A semicolon-separated table from a spreadsheet has decimal commas.
        text.parse()
            .or_else(|_| text.replace(',', ".").parse())
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    fn country(&mut self, record: &csv::StringRecord, row: u64) -> Option<[u8; 2]> {
        match self.columns.text(record, Field::Country) {
            "" => Some(self.country.unwrap_or(NO_COUNTRY)),
            text => {
                let found = self.countries.code(text);
                if found.is_none() {
                    let reason = format!(
                        "country \"{text}\" is not known: give a name or a code such as SY"
                    );
                    self.left_out(record, row, reason);
                }
                found
            }
        }
    }

    /// A row of a place; `area` is what a column beside it names.
    pub fn place(&mut self, record: &csv::StringRecord, row: u64, area: Option<String>) {
        let names = self.names(record);
        if names.preferred.is_empty() {
            return self.left_out(record, row, "no name".to_owned());
        }
        let text = |field| self.columns.text(record, field);
        let (Some(lat), Some(lon)) = (
            self.number(record, Field::Lat),
            self.number(record, Field::Lon),
        ) else {
            let reason = format!(
                "lat \"{}\", lon \"{}\": give degrees, e.g. 35.64 and 36.67",
                text(Field::Lat),
                text(Field::Lon)
            );
            return self.left_out(record, row, reason);
        };
        if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            let swapped = if lat.abs() <= 180.0 && lon.abs() <= 90.0 {
                "; lat and lon look swapped"
            } else {
                ""
            };
            return self.left_out(
                record,
                row,
                format!("lat {lat}, lon {lon} is not on the globe{swapped}"),
            );
        }
        let Some(country) = self.country(record, row) else {
            return;
        };
        let population = self
            .number(record, Field::Population)
            .filter(|people| *people >= 0.0)
            .unwrap_or_default()
            .min(4e9) as u32;
        let word = text(Field::Kind).to_lowercase();
        let (kind, sure) = self.kind(&word, &names.preferred, population);
        let id = match text(Field::Id) {
            "" => format!("{}:{row}", self.layer.label),
            id => id.to_owned(),
        };
        let admin = |field| match text(field) {
            // Who's On First says "-1" for none.
            "-1" | "0" => String::new(),
            known => known.to_owned(),
        };
        let mut admin1 = admin(Field::Admin1);
        if let Some(area) = area {
            admin1 = area;
        }
        self.kinds.push(word);
        self.layer.places.push(Spot {
            sure,
            row: PlaceRow {
                id,
                name: names.preferred,
                lat,
                lon,
                kind,
                admin1,
                admin2: admin(Field::Admin2),
                country,
                population,
                radius_km: self
                    .number(record, Field::RadiusKm)
                    .filter(|km| (0.0..=4000.0).contains(km))
                    .unwrap_or_default(),
                layers: text(Field::Layers).parse().unwrap_or(1).max(1),
                names_latin: names.latin,
                names_arabic: names.arabic,
                at: (self.layer.label.clone(), row),
            },
        });
    }

    /// What a word says of the kind, and whether it says anything.
    fn kind(&mut self, word: &str, name: &str, population: u32) -> (PlaceKind, Sure) {
        if let Some(kind) = PlaceKind::parse(word) {
            return (kind, Sure::Kind);
        }
        match word {
            "" if population > 0 => (settlement(population), Sure::Kind),
            "" => (settlement(population), Sure::Nothing),
            "locality" | "localadmin" | "populated place" | "settlement" | "place"
            | "community" | "ppl" => (settlement(population), Sure::of_settlement(population)),
            "pplc" => (PlaceKind::Capital, Sure::Kind),
            "ppla" => (PlaceKind::City, Sure::Kind),
            "ppla2" | "ppla3" => (PlaceKind::Town, Sure::Kind),
            "neighborhood" | "macrohood" | "microhood" | "borough" | "pplx" => {
                (PlaceKind::Neighbourhood, Sure::Kind)
            }
            "campus" if plain(name).contains("air") => (PlaceKind::Base, Sure::Kind),
            "campus" => (PlaceKind::Site, Sure::Kind),
            _ if admin_level(word).is_some() => (PlaceKind::Area, Sure::Kind),
            _ => {
                *self.unknown_kinds.entry(word.to_owned()).or_default() += 1;
                (settlement(population), Sure::Nothing)
            }
        }
    }

    /// A row of dateline's own table of admin areas.
    pub fn area(&mut self, record: &csv::StringRecord, row: u64) {
        let names = self.names(record);
        let text = |field| self.columns.text(record, field).to_owned();
        let level = text(Field::Level)
            .parse::<u8>()
            .ok()
            .filter(|level| *level <= 2);
        let (Some(level), false) = (level, names.preferred.is_empty()) else {
            let reason = "needs a name and a level of 0, 1 or 2".to_owned();
            return self.left_out(record, row, reason);
        };
        let Some(country) = self.country(record, row) else {
            return;
        };
        let centre = self
            .number(record, Field::Lat)
            .zip(self.number(record, Field::Lon))
            .filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
        let radius_km = self
            .number(record, Field::RadiusKm)
            .filter(|km| (0.0..=4000.0).contains(km))
            .unwrap_or_default();
        let id = text(Field::Id);
        self.layer.admins.push(Area {
            key: id.clone(),
            row: AdminRow {
                id,
                level,
                name_ar: names.arabic.first().cloned().unwrap_or_default(),
                name: names.preferred,
                names_latin: names.latin,
                names_arabic: names.arabic.into_iter().skip(1).collect(),
                parent: text(Field::Parent),
                country,
                pcode: text(Field::Pcode),
                centre,
                radius_km,
                at: (self.layer.label.clone(), row),
            },
        });
    }

    /// What only the whole file tells: rows whose ids others give as their admin area are areas, not places.
    pub fn finish(self) {
        let layer = self.layer;
        let named: FxHashSet<String> = layer
            .places
            .iter()
            .flat_map(|spot| [spot.row.admin1.clone(), spot.row.admin2.clone()])
            .filter(|id| !id.is_empty())
            .collect();
        let spots = std::mem::take(&mut layer.places);
        for (spot, word) in spots.into_iter().zip(&self.kinds) {
            let level = admin_level(word)
                .filter(|_| named.contains(&spot.row.id) || PlaceKind::parse(word).is_none());
            match level {
                Some(0) => layer.left_out.push(LeftOut {
                    file: spot.row.at.0,
                    row: spot.row.at.1,
                    name: spot.row.name,
                    reason: "a country: those are known".to_owned(),
                }),
                Some(level) => layer.admins.push(Area {
                    key: spot.row.id.clone(),
                    row: AdminRow {
                        level,
                        name_ar: spot.row.names_arabic.first().cloned().unwrap_or_default(),
                        name: spot.row.name,
                        names_latin: spot.row.names_latin,
                        names_arabic: spot.row.names_arabic,
                        parent: if level == 2 {
                            spot.row.admin1
                        } else {
                            String::new()
                        },
                        country: spot.row.country,
                        pcode: String::new(),
                        centre: Some((spot.row.lat, spot.row.lon)),
                        radius_km: 0.0,
                        id: spot.row.id,
                        at: spot.row.at,
                    },
                }),
                None => layer.places.push(spot),
            }
        }
        let mut unknown: Vec<_> = self.unknown_kinds.into_iter().collect();
        unknown.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        if !unknown.is_empty() {
            let listed = unknown
                .iter()
                .take(5)
                .map(|(word, n)| format!("\"{word}\" ({n})"))
                .join(", ");
            layer.notes.push(format!(
                "{}: kinds not known, taken for settlements: {listed}",
                layer.label
            ));
        }
    }
}

/// The level of admin area that a word for a kind speaks of.
fn admin_level(word: &str) -> Option<u8> {
    Some(match word {
        "country" => 0,
        "region" | "state" | "province" | "governorate" | "adm1" | "admin1" => 1,
        "county" | "district" | "adm2" | "admin2" => 2,
        _ => return None,
    })
}
