//! What is particular to the events of GDELT 2.0, which programs code from news texts.
//!
//! Sources: *The GDELT Event Database, Data Format Codebook V2.0* (2015): 61 columns set apart by tabs, without a header;
//! `ActionGeo_Type` is 1 (country), 2 (US state), 3 (US city), 4 (city elsewhere) or 5 (state or province elsewhere).
//! *CAMEO, Conflict and Mediation Event Observations Codebook* (2012): codes 18, 19 and 20 are assault, fighting and mass
//! violence.

use csv::StringRecord;

use crate::record::{Claim, Kind, Precision, When};

use super::cells::{Memory, bad};
use super::columns::Field;
use super::problem::Problems;
use super::sheet::Row;

/// The columns of a file without a header.
#[rustfmt::skip]
pub(super) const COLUMNS: [&str; 61] = [
    "GlobalEventID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    "Actor1Code", "Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1EthnicCode",
    "Actor1Religion1Code", "Actor1Religion2Code", "Actor1Type1Code", "Actor1Type2Code", "Actor1Type3Code",
    "Actor2Code", "Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2EthnicCode",
    "Actor2Religion1Code", "Actor2Religion2Code", "Actor2Type1Code", "Actor2Type2Code", "Actor2Type3Code",
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    "Actor1Geo_Type", "Actor1Geo_FullName", "Actor1Geo_CountryCode", "Actor1Geo_ADM1Code", "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat", "Actor1Geo_Long", "Actor1Geo_FeatureID",
    "Actor2Geo_Type", "Actor2Geo_FullName", "Actor2Geo_CountryCode", "Actor2Geo_ADM1Code", "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat", "Actor2Geo_Long", "Actor2Geo_FeatureID",
    "ActionGeo_Type", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_ADM1Code", "ActionGeo_ADM2Code",
    "ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_FeatureID",
    "DATEADDED", "SOURCEURL",
];

/// Whether the first row of a table is one of a file without a header: an id, a date and a month in their places.
pub(super) fn is_row(record: &StringRecord) -> bool {
    let digits = |column: usize, n: std::ops::RangeInclusive<usize>| {
        record.get(column).is_some_and(|cell| {
            n.contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    record.len() == COLUMNS.len()
        && digits(0, 1..=18)
        && digits(1, 8..=8)
        && digits(2, 6..=6)
        && digits(3, 4..=4)
}

/// What an event code of CAMEO tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Violence of this kind.
    Violence(Kind),
    /// Words, protests, coercion: no incident.
    Other,
}

/// `EventCode`. A code that names several weapons gets the kind that is true of all, as far as there is one.
pub(super) fn deed(row: &Row, problems: &mut Problems) -> Option<Deed> {
    let code = row.cell(Field::Kind);
    let known = (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    if !known {
        bad(
            row,
            Field::Kind,
            problems,
            "is not a CAMEO event code: two to four digits, e.g. 195",
        );
        return None;
    }
    let kind = match code {
        "181" => Kind::AbductionForcedDisappearance,
        "1821" => Kind::SexualViolence,
        "1831" => Kind::SuicideBomb,
        _ if code.starts_with("183") => Kind::RemoteExplosiveLandmineIed,
        _ if code.starts_with("18") => Kind::Attack,
        // Blockades and occupations.
        "191" | "192" => Kind::Other,
        "194" => Kind::ShellingArtilleryMissileAttack,
        _ if code.starts_with("195") => Kind::AirDroneStrike,
        _ if code.starts_with("19") => Kind::ArmedClash,
        // Mass expulsion.
        "201" => Kind::Other,
        "2041" => Kind::ChemicalWeapon,
        _ if code.starts_with("20") => Kind::Attack,
        _ => return Some(Deed::Other),
    };
    Some(Deed::Violence(kind))
}

/// `SQLDATE`, `20200110`; from BigQuery perhaps with dashes.
pub(super) fn when(row: &Row, memory: &mut Memory, problems: &mut Problems) -> Option<When> {
    let cell = row.cell(Field::Date);
    let day = memory.day(cell, || {
        let dashed = match (cell.get(..4), cell.get(4..6), cell.get(6..)) {
            (Some(year), Some(month), Some(day)) if cell.len() == 8 => {
                Some(format!("{year}-{month}-{day}"))
            }
            _ => None,
        };
        match dashed.as_deref().unwrap_or(cell).parse::<When>() {
            Ok(when) if when.is_exact_day() => Some(when.start()),
            Ok(_) => {
                bad(
                    row,
                    Field::Date,
                    problems,
                    "is not a day: write e.g. 20200110",
                );
                None
            }
            Err(error) => {
                bad(row, Field::Date, problems, error);
                None
            }
        }
    });
    day.map(When::day)
}

/// `ActionGeo_Type`; `None` where no place was found in the text.
pub(super) fn precision(row: &Row, problems: &mut Problems) -> Option<Precision> {
    match row.cell(Field::Precision) {
        "" | "0" => None,
        "1" => Some(Precision::Country),
        "2" | "5" => Some(Precision::Governorate),
        "3" | "4" => Some(Precision::Exact),
        _ => {
            bad(
                row,
                Field::Precision,
                problems,
                "is not a type of place: 0 (none), 1 (country), 2 or 5 (state) or 3 or 4 (city)",
            );
            None
        }
    }
}

/// Takes the full name apart ("Idlib, Idlib, Syria" is a place, its first-order area and its country) and names who
/// published: GDELT has the page only.
pub(super) fn complete(claim: &mut Claim, memory: &mut Memory) {
    if let Some(full) = claim.place.take() {
        let (place, rest) = full.split_once(',').unwrap_or((&full, ""));
        let (admin1, country) = match rest.rsplit_once(',') {
            Some((admin1, country)) => (admin1, country),
            None if rest.is_empty() => ("", place),
            // A state is all that is known.
            None if claim.precision == Some(Precision::Governorate) => (place, rest),
            None => ("", rest),
        };
        claim.place = memory.text(place.trim());
        claim.admin1 = memory.text(admin1.trim());
        claim.country = memory.text(country.trim());
    }
    claim.source = claim
        .url
        .as_deref()
        .and_then(host)
        .and_then(|host| memory.text(host));
}

/// The site of an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}
