//! The layer of incidents: every one that is on the map, as a point only where its place is known to the settlement.

use std::sync::Arc;

use geo::Geometry;
use itertools::Itertools;
use serde_json::{Map, Value};

use super::{Feature, IncidentAttributes, Placed, Said};
use crate::record::{Claim, Footprint, Incident, Location, Period, Phrase, Text, When};

/// An incident as a feature.
pub fn feature(
    placed: &Placed,
    period: Option<Period>,
    cluster: Option<u32>,
) -> Feature<IncidentAttributes> {
    let (incident, location) = (&placed.incident, Arc::clone(&placed.location));
    let texts = |field: fn(&Claim) -> Option<&Text>| {
        once(incident, |claim| {
            field(claim).map_or_else(Phrase::default, |text| Text::clone(text).into())
        })
    };
    let when = incident.when();
    let geometry = geometry(&location);
    let attributes = IncidentAttributes {
        id: incident.id(),
        kind: once(incident, |claim| claim.kind.label().into()),
        event_type: once(incident, |claim| claim.kind.event_type().label().into()),
        date_start: when.start(),
        date_end: when.end(),
        date_precision: date_precision(&when),
        date_share: period.map_or(1.0, |period| {
            (period.share(&when) * 10_000.0).round() / 10_000.0
        }),
        place: texts(|claim| claim.place.as_ref()),
        place_name: location.name.clone(),
        admin1: location.admin1.clone(),
        country: location.country.clone(),
        precision: location.precision.code(),
        radius_km: location.radius_km,
        ground: match location.footprint {
            Footprint::Point(_) => "point",
            Footprint::Disc(_) => "circle",
            Footprint::Area(_) => "area",
        },
        place_basis: location.basis.clone(),
        place_score: (location.score * 1000.0).round() / 1000.0,
        actor: texts(|claim| claim.actor.as_ref()),
        target: texts(|claim| claim.target.as_ref()),
        count: incident.count().into(),
        killed: incident.killed().into(),
        injured: incident.injured().into(),
        claims: incident.claim_count(),
        sources: texts(|claim| claim.source.as_ref()),
        urls: texts(|claim| claim.url.as_ref()),
        cluster,
        extra: extra(incident),
        toll: incident.killed().map(|killed| killed.shared(placed.weight)),
        said: incident.claims().map(said).collect(),
        when,
        location,
    };
    Feature {
        geometry,
        attributes,
    }
}

fn said(claim: &Claim) -> Said {
    Said {
        source: claim.source.clone(),
        url: claim.url.clone(),
        killed: claim.killed,
    }
}

/// The ground that a location may be on, as a geometry.
pub fn geometry(location: &Location) -> Geometry {
    match &location.footprint {
        Footprint::Point(point) => (*point).into(),
        Footprint::Disc(centre) => crate::ground::disc(*centre, location.radius_km).into(),
        Footprint::Area(area) => Geometry::MultiPolygon((**area).clone()),
    }
}

/// How the two dates of a feature are meant.
pub fn date_precision(when: &When) -> &'static str {
    match (
        when.is_uncertain(),
        when.is_approximate(),
        when.is_exact_day(),
    ) {
        (true, _, _) => "uncertain",
        (_, true, _) => "approximate",
        (_, _, true) => "day",
        _ => "period",
    }
}

/// What the claims say, each thing once; what a single one says is not copied.
fn once(incident: &Incident, said: impl Fn(&Claim) -> Phrase) -> Phrase {
    let mut claims = incident.claims();
    match (claims.next(), claims.next()) {
        (Some(only), None) => said(only),
        _ => {
            let all: Vec<Phrase> = incident.claims().map(said).collect();
            each(all.iter().map(Phrase::as_str)).into()
        }
    }
}

/// Each thing once, in the order in which it is first said.
pub fn each<'a>(things: impl IntoIterator<Item = &'a str>) -> String {
    let mut things = things.into_iter().filter(|thing| !thing.is_empty());
    // Mostly there is one.
    match (things.next(), things.next()) {
        (None, _) => String::new(),
        (Some(only), None) => only.to_owned(),
        (first, second) => {
            let all = first.into_iter().chain(second).chain(things);
            all.unique().join("; ")
        }
    }
}

/// Unknown columns, carried through.
fn extra(incident: &Incident) -> Map<String, Value> {
    let columns = || incident.claims().flat_map(|claim| claim.extra.iter());
    if columns().next().is_none() {
        return Map::new();
    }
    columns()
        .map(|(name, _)| name)
        .unique()
        .map(|name| {
            let values = columns()
                .filter(|(other, _)| *other == name)
                .map(|(_, value)| value);
            (name.to_owned(), Value::String(spelled_out(each(values))))
        })
        .collect()
}

/// A value that looks like an ISO date, in words: a GIS would take the column for a second date (see the module
/// [`attributes`](super::IncidentAttributes)).
fn spelled_out(value: String) -> String {
    match value.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%-d %B %Y").to_string(),
        Err(_) => value,
    }
}
