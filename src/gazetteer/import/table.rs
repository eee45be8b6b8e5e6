//! Tables with a header: dateline's own, OCHA's populated places and P-codes, or any other whose columns are mapped or
//! guessed.
//!
//! Admin areas may stand in their own rows, named by the id that other rows give as `admin1` (Who's On First), in a
//! table of dateline's own shape (`level`, `parent`), or in columns beside the places (`admin1Name_en`, `ADM1_PCODE`).

use std::path::Path;

use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};

use super::admin_columns::{AdminColumns, split_admin};
use super::columns::{Columns, Field, Mapping, plain};
use super::layer::Layer;
use super::take::Take;
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
