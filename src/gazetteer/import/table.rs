//! Tables with a header: dateline's own, OCHA's populated places and P-codes, or any other whose columns are mapped or
//! guessed.
//!
//! Admin areas may stand in their own rows, named by the id that other rows give as `admin1` (Who's On First), in a
//! table of dateline's own shape (`level`, `parent`), or in columns beside the places (`admin1Name_en`, `ADM1_PCODE`).

use std::path::Path;

use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::kind::PlaceKind;
use super::super::source::{AdminRow, PlaceRow};
use super::admin_columns::{AdminColumns, split_admin};
use super::columns::{Columns, Field, Mapping, plain};
use super::layer::{Area, Layer, LeftOut, NO_COUNTRY, Names, Spot, Sure, settlement};
use super::{Countries, ImportError, file};

/// Reads a table. `ocha` asks for one of OCHA's shapes, and says what is missing for one.
///
/// # Errors
/// If the file cannot be read, or what columns it lacks.
pub(super) fn read(
    path: &Path,
    mapping: &Mapping,
    country: Option<[u8; 2]>,
    ocha: bool,
    countries: &Countries<'_>,
) -> Result<Layer, ImportError> {
    let label = path.display().to_string();
    let mut text = file::open(path)?;
    let delimiter =
        file::delimiter(&mut text).map_err(|error| ImportError::unreadable(path, &error))?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text);
    let bad = |error: csv::Error| ImportError::new(format!("{label}: {}", csv_message(&error)));
    let header = reader.headers().map_err(bad)?.clone();
    let mut columns = Columns::find(&header, mapping).map_err(|problems| {
        ImportError::all(
            problems
                .into_iter()
                .map(|problem| format!("{label}: {problem}")),
        )
    })?;
    let beside = AdminColumns::find(&header);
    // Admin areas named or coded beside the places are read as such where they have both; else as a hint.
    if !beside.any_code() {
        for (field, (codes, names)) in [Field::Admin1, Field::Admin2]
            .into_iter()
            .zip(beside.codes.iter().zip(&beside.names))
        {
            if let (false, Some(at)) = (columns.has(field), codes.or(names.first().copied())) {
                columns.set(field, at);
            }
        }
    }
    let has = |field| columns.has(field);
    let is_admin = has(Field::Level) && has(Field::Parent) && has(Field::Name);
    // OCHA's gazetteers of a low level name the place in the column of that level.
    if !has(Field::Name)
        && let Some(at) = beside.lowest_name
    {
        columns.set(Field::Name, at);
    }
    let placed = columns.has(Field::Lat) && columns.has(Field::Lon);
    if !(is_admin || placed && columns.has(Field::Name) || beside.any_code()) {
        return Err(ImportError::new(missing(&label, &header, &columns, ocha)));
    }
    if ocha && !beside.any() {
        return Err(ImportError::new(missing(&label, &header, &columns, true)));
    }
    let places = placed
        && columns.has(Field::Name)
        && !(beside.any_code() && columns.text_is_admin(&header));
    let mut layer = Layer {
        label: label.clone(),
        ..Layer::default()
    };
    if !columns.guessed.is_empty() {
        let guesses = columns.guessed.iter();
        layer.notes.push(format!(
            "{label}: columns taken for {}",
            guesses
                .map(|(field, name)| format!("{field}={name}"))
                .join(",")
        ));
    }
    let mut take = Take {
        layer: &mut layer,
        columns: &columns,
        country,
        countries,
        unknown_kinds: FxHashMap::default(),
        kinds: Vec::new(),
    };
    let mut seen = FxHashSet::default();
    let mut record = csv::StringRecord::new();
    // As a spreadsheet counts, the header being row 1.
    let mut row = 1;
    while reader.read_record(&mut record).map_err(bad)? {
        row += 1;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        take.layer.rows += 1;
        if is_admin {
            take.area(&record, row);
            continue;
        }
        let own = beside.areas(&record, row, &label, country, countries);
        let lowest = own.last().map(|area| area.key.clone());
        for area in own {
            if seen.insert(area.key.clone()) {
                take.layer.admins.push(area);
            }
        }
        if places {
            take.place(&record, row, lowest);
        }
    }
    take.finish();
    if layer.rows == 0 {
        layer
            .notes
            .push(format!("{label}: has a header but no rows"));
    }
    Ok(layer)
}

/// What the csv crate says, without its own words about byte offsets.
pub(super) fn csv_message(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { pos: Some(pos), .. } => {
            format!(
                "line {} is not UTF-8: save the table as UTF-8 (in Excel: \"CSV UTF-8\")",
                pos.line()
            )
        }
        _ => error.to_string(),
    }
}

fn missing(label: &str, header: &csv::StringRecord, columns: &Columns, ocha: bool) -> String {
    let found = header.iter().join(", ");
    if ocha {
        return format!(
            "{label}: is neither a table of OCHA's populated places nor one of its P-codes. Looked for admin1Name_en and admin1Pcode or ADM1_EN and ADM1_PCODE (the same for level 2), and for places also for featureName_en (or a name of a lower level) with Latitude and Longitude or POINT_Y and POINT_X. It has {found}. If the columns have other names, use --csv with --map"
        );
    }
    let lacks = [Field::Name, Field::Lat, Field::Lon]
        .into_iter()
        .filter(|field| !columns.has(*field));
    let lacks = lacks
        .map(|field| {
            format!(
                "{field} (looked for {})",
                field.guesses().iter().take(5).join(", ")
            )
        })
        .join("; ");
    format!(
        "{label}: no column for {lacks}. It has {found}. Say which with --map name=…,lat=…,lon=…"
    )
}

struct Take<'t> {
    layer: &'t mut Layer,
    columns: &'t Columns,
    country: Option<[u8; 2]>,
    countries: &'t Countries<'t>,
    unknown_kinds: FxHashMap<String, u64>,
    /// The word for the kind of each place taken, for what only the whole file tells.
    kinds: Vec<String>,
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

    fn place(&mut self, record: &csv::StringRecord, row: u64, area: Option<String>) {
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
    fn area(&mut self, record: &csv::StringRecord, row: u64) {
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
    fn finish(self) {
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

impl Columns {
    /// Whether the name that was found is that of an admin area in a column beside, not of a place: a table of
    /// P-codes with middles.
    fn text_is_admin(&self, header: &csv::StringRecord) -> bool {
        let names = header.iter().map(plain);
        let at = names
            .enumerate()
            .find(|(at, _)| self.is_at(Field::Name, *at));
        at.is_some_and(|(_, name)| matches!(split_admin(&name), Some((1 | 2, _))))
    }
}
