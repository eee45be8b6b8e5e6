//! The names of columns and what they mean, for each kind of table.

/// What a column means. One list for all tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Field {
    Id,
    Date,
    DateStart,
    DateEnd,
    DatePrecision,
    Place,
    Admin1,
    Country,
    Lat,
    Lon,
    Precision,
    Kind,
    Actor,
    Target,
    Count,
    Killed,
    KilledLow,
    KilledBest,
    KilledHigh,
    Injured,
    InjuredLow,
    InjuredBest,
    InjuredHigh,
    Origin,
    Destination,
    People,
    PeopleLow,
    PeopleBest,
    PeopleHigh,
    Source,
    Url,
    Published,
    Quote,
    Note,
    Sensitive,
}

/// How many fields there are.
pub(super) const FIELDS: usize = Field::Sensitive as usize + 1;

/// A field and the names of its column: our own name first, then others, the more telling first.
pub(super) type Names = [(Field, &'static [&'static str])];

/// Columns that the native tables share.
const PROVENANCE: &Names = &[
    (Field::Id, &["id", "event_id", "incident_id"]),
    (Field::Date, &["date", "event_date", "when"]),
    (Field::DateStart, &["date_start", "start_date"]),
    (Field::DateEnd, &["date_end", "end_date"]),
    (Field::Source, &["source", "sources"]),
    (Field::Url, &["url", "link", "source_url"]),
    (
        Field::Published,
        &["published", "date_published", "source_date"],
    ),
    (Field::Quote, &["quote"]),
    (
        Field::Note,
        &["note", "notes", "comment", "comments", "remarks"],
    ),
    (Field::Sensitive, &["sensitive"]),
];

const INCIDENTS: &Names = &[
    (
        Field::Place,
        &["place", "location", "place_name", "settlement", "where"],
    ),
    (
        Field::Admin1,
        &[
            "admin1",
            "adm1",
            "adm_1",
            "admin1_name",
            "governorate",
            "province",
        ],
    ),
    (Field::Country, &["country", "country_name", "country_code"]),
    (Field::Lat, &["lat", "latitude", "y"]),
    (Field::Lon, &["lon", "longitude", "lng", "long", "x"]),
    (Field::Precision, &["precision", "where_prec"]),
    (
        Field::Kind,
        &["kind", "sub_event_type", "event_type", "type"],
    ),
    (Field::Actor, &["actor", "actor1", "perpetrator"]),
    (Field::Target, &["target", "actor2"]),
    (Field::Count, &["count", "munitions", "strikes"]),
    (Field::Killed, &["killed", "fatalities", "deaths", "dead"]),
    (
        Field::KilledLow,
        &[
            "killed_low",
            "killed_min",
            "fatalities_low",
            "fatalities_min",
            "deaths_low",
        ],
    ),
    (
        Field::KilledBest,
        &["killed_best", "fatalities_best", "deaths_best"],
    ),
    (
        Field::KilledHigh,
        &[
            "killed_high",
            "killed_max",
            "fatalities_high",
            "fatalities_max",
            "deaths_high",
        ],
    ),
    (Field::Injured, &["injured", "wounded"]),
    (
        Field::InjuredLow,
        &["injured_low", "injured_min", "wounded_low", "wounded_min"],
    ),
    (Field::InjuredBest, &["injured_best", "wounded_best"]),
    (
        Field::InjuredHigh,
        &["injured_high", "injured_max", "wounded_high", "wounded_max"],
    ),
];

const DISPLACEMENT: &Names = &[
    (Field::Origin, &["origin", "from", "place_of_origin"]),
    (Field::Destination, &["destination", "destinations", "to"]),
    (Field::People, &["people", "persons", "individuals", "idps"]),
    (Field::PeopleLow, &["people_low", "people_min"]),
    (Field::PeopleBest, &["people_best"]),
    (Field::PeopleHigh, &["people_high", "people_max"]),
];

/// UCDP Georeferenced Event Dataset, versions 17 to 25.
const UCDP: &Names = &[
    (Field::Id, &["id"]),
    (Field::DateStart, &["date_start"]),
    (Field::DateEnd, &["date_end"]),
    (Field::DatePrecision, &["date_prec"]),
    (Field::Place, &["where_coordinates"]),
    (Field::Admin1, &["adm_1"]),
    (Field::Country, &["country"]),
    (Field::Lat, &["latitude"]),
    (Field::Lon, &["longitude"]),
    (Field::Precision, &["where_prec"]),
    (Field::Kind, &["type_of_violence"]),
    (Field::Actor, &["side_a"]),
    (Field::Target, &["side_b"]),
    (Field::KilledLow, &["low"]),
    (Field::KilledBest, &["best"]),
    (Field::KilledHigh, &["high"]),
    (Field::Source, &["source_office", "source_article"]),
    (Field::Published, &["source_date"]),
    (Field::Quote, &["source_headline"]),
    (Field::Sensitive, &["sensitive"]),
];

/// ACLED exports, of today and of before 2019, when there was no sub-event type; where there is one, `event_type` is
/// carried through.
const ACLED: &Names = &[
    (Field::Id, &["event_id_cnty"]),
    (Field::Date, &["event_date"]),
    (Field::DatePrecision, &["time_precision"]),
    (Field::Place, &["location"]),
    (Field::Admin1, &["admin1"]),
    (Field::Country, &["country"]),
    (Field::Lat, &["latitude"]),
    (Field::Lon, &["longitude"]),
    (Field::Precision, &["geo_precision"]),
    (Field::Kind, &["sub_event_type", "event_type"]),
    (Field::Actor, &["actor1"]),
    (Field::Target, &["actor2"]),
    (Field::Killed, &["fatalities"]),
    (Field::Source, &["source"]),
    (Field::Note, &["notes"]),
    (Field::Sensitive, &["sensitive"]),
];

/// GDELT 2.0 events. Their country codes are FIPS 10-4, not ISO: the country is the last part of the full name.
const GDELT: &Names = &[
    (Field::Id, &["globaleventid"]),
    (Field::Date, &["sqldate"]),
    (Field::Place, &["actiongeo_fullname"]),
    (Field::Lat, &["actiongeo_lat"]),
    (Field::Lon, &["actiongeo_long"]),
    (Field::Precision, &["actiongeo_type"]),
    (Field::Kind, &["eventcode"]),
    (Field::Actor, &["actor1name"]),
    (Field::Target, &["actor2name"]),
    (Field::Url, &["sourceurl"]),
    (Field::Sensitive, &["sensitive"]),
];

/// The kinds of table that can be told by their columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// dateline's own `incidents.csv`.
    Incidents,
    /// dateline's own `displacement.csv`.
    Displacement,
    /// An export of ACLED.
    Acled,
    /// UCDP Georeferenced Event Dataset.
    UcdpGed,
    /// GDELT 2.0 events.
    Gdelt,
    /// A matrix of origins (rows) and destinations (columns).
    Matrix,
}

impl Format {
    /// The format of a table of incidents with these (folded) column names.
    pub(super) fn of_incidents(names: &[String]) -> Format {
        let has = |name: &str| names.iter().any(|n| n == name);
        let ucdp = ["where_prec", "type_of_violence", "date_start", "best"];
        let acled = ["event_date", "geo_precision"];
        let gdelt = ["globaleventid", "sqldate", "eventcode"];
        if ucdp.into_iter().all(has) {
            Format::UcdpGed
        } else if acled.into_iter().all(has) && (has("sub_event_type") || has("event_type")) {
            Format::Acled
        } else if gdelt.into_iter().all(has) {
            Format::Gdelt
        } else {
            Format::Incidents
        }
    }

    /// The name that `--format` has for it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Incidents | Format::Displacement => "dateline",
            Format::Acled => "acled",
            Format::UcdpGed => "ucdp",
            Format::Gdelt => "gdelt",
            Format::Matrix => "matrix",
        }
    }

    /// How many of these (folded) names mean something in such a table.
    pub(super) fn known(self, names: &[String]) -> usize {
        let means = |name: &String| {
            self.names()
                .any(|(_, known)| known.contains(&name.as_str()))
        };
        names.iter().filter(|name| means(name)).count()
    }

    /// Every field that such a table may have.
    pub(super) fn names(self) -> impl Iterator<Item = &'static (Field, &'static [&'static str])> {
        let (own, shared): (&Names, &Names) = match self {
            Format::Incidents => (INCIDENTS, PROVENANCE),
            Format::Displacement | Format::Matrix => (DISPLACEMENT, PROVENANCE),
            Format::Acled => (ACLED, &[]),
            Format::UcdpGed => (UCDP, &[]),
            Format::Gdelt => (GDELT, &[]),
        };
        own.iter().chain(shared)
    }

    /// Our own name of a field's column.
    pub(super) fn column(self, field: Field) -> &'static str {
        self.names()
            .find(|(f, _)| *f == field)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or("")
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    /// By the name that `--format` has for it. dateline's own tables of incidents and of displacement share one.
    fn from_str(text: &str) -> Result<Format, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "dateline" => Ok(Format::Incidents),
            "acled" => Ok(Format::Acled),
            "ucdp" => Ok(Format::UcdpGed),
            "gdelt" => Ok(Format::Gdelt),
            "matrix" => Ok(Format::Matrix),
            _ => Err(format!(
                "\"{text}\" is none: write dateline, acled, ucdp, gdelt or matrix"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_for_people_has_every_name() {
        let list = include_str!("../../docs/tables.md");
        for (_, names) in [INCIDENTS, DISPLACEMENT, PROVENANCE].into_iter().flatten() {
            for name in *names {
                assert!(list.contains(&format!("`{name}`")), "{name}");
            }
        }
    }
}
