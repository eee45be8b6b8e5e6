//! Which places of a gazetteer are wanted.

use std::path::PathBuf;

use clap::Args;
use dateline::gazetteer::import::country_code;
use dateline::gazetteer::{Gazetteer, Place, PlaceKind, fold};
use geo::{Distance, Haversine, Point};

use super::super::Error;
use super::super::names::Names;

/// Flags that pick places.
#[derive(Debug, Args)]
pub struct Pick {
    /// Gazetteer (compiled, or CSV laid over the embedded one) [default: the embedded one]
    #[arg(long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Only those of this country: a name or an ISO 3166-1 code
    #[arg(long, value_parser = country)]
    country: Option<[u8; 2]>,
    /// Only those in this first-order area: a name or a code
    #[arg(long, value_name = "AREA")]
    admin1: Option<String>,
    /// Only those of this kind: city, town, village, camp, base …
    #[arg(long, value_parser = kind)]
    kind: Option<PlaceKind>,
    /// Only those around a point
    #[arg(long, value_name = "LAT,LON", value_parser = near, allow_hyphen_values = true)]
    near: Option<Point>,
    /// How far around, in kilometres
    #[arg(long, requires = "near", default_value_t = 10.0)]
    km: f64,
    /// Only those with a name that holds this; case, accents and articles do not count
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

fn country(text: &str) -> Result<[u8; 2], String> {
    country_code(text).ok_or_else(|| "no such country: give a name or a code such as SY".to_owned())
}

fn kind(text: &str) -> Result<PlaceKind, String> {
    PlaceKind::parse(text).ok_or_else(|| {
        let known: Vec<&str> = PlaceKind::ALL.iter().map(|kind| kind.label()).collect();
        format!("no such kind: use one of {}", known.join(", "))
    })
}

fn near(text: &str) -> Result<Point, String> {
    let parts = text.split_once(',');
    let degrees = parts.and_then(|(lat, lon)| {
        Some((
            lat.trim().parse::<f64>().ok()?,
            lon.trim().parse::<f64>().ok()?,
        ))
    });
    degrees
        .filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0)
        .map(|(lat, lon)| Point::new(lon, lat))
        .ok_or_else(|| "give latitude and longitude in degrees, e.g. 35.64,36.67".to_owned())
}

impl Pick {
    /// The gazetteer that is picked from.
    pub fn names(&self) -> Result<Names, Error> {
        Names::load(&self.gazetteer, &[])
    }

    /// The places wanted: in the order of the gazetteer, or the nearest first.
    pub fn places<'g>(&self, gazetteer: &'g Gazetteer) -> Result<Vec<Place<'g>>, Error> {
        let wanted = self.name.as_deref().map(key);
        let areas: Option<Vec<_>> = self.admin1.as_deref().map(|text| {
            let named = key(text);
            let areas = gazetteer.admin_areas().filter(|area| {
                area.level() > 0
                    && (area.names().any(|name| key(name) == named)
                        || area
                            .pcode()
                            .is_some_and(|code| code.eq_ignore_ascii_case(text))
                        || area.id().eq_ignore_ascii_case(text))
            });
            areas.collect()
        });
        if areas.as_ref().is_some_and(Vec::is_empty) {
            let area = self.admin1.as_deref().unwrap_or_default();
            return Err(Error::Settings(vec![format!(
                "--admin1: no admin area \"{area}\" is known: give a name or a code, e.g. Idlib or SY07"
            )]));
        }
        let off = |place: &Place<'_>| {
            self.near
                .map_or(0.0, |near| Haversine.distance(near, place.point()) / 1000.0)
        };
        let mut places: Vec<Place<'g>> = gazetteer
            .places()
            .filter(|place| {
                self.country
                    .is_none_or(|country| place.country_code() == country)
            })
            .filter(|place| self.kind.is_none_or(|kind| place.kind() == kind))
            .filter(|place| off(place) <= self.km)
            .filter(|place| {
                areas.as_ref().is_none_or(|areas| {
                    let own = [place.admin2(), place.admin1()];
                    own.into_iter()
                        .flatten()
                        .any(|own| areas.iter().any(|area| own.is_within(*area)))
                })
            })
            .filter(|place| {
                wanted
                    .as_ref()
                    .is_none_or(|wanted| place.names().any(|name| key(name).contains(wanted)))
            })
            .collect();
        if self.near.is_some() {
            places.sort_by(|a, b| off(a).total_cmp(&off(b)));
        }
        Ok(places)
    }
}

fn key(name: &str) -> String {
    let mut key = String::new();
    fold::key(name, &mut key);
    key
}
