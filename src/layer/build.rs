//! From records to layers, in the steps that `--timings` names.

use std::f64::consts::PI;
use std::sync::Arc;

use geo::{Area, BooleanOps, GeodesicArea, MultiPolygon};
use itertools::{Either, Itertools};

use super::flows::{centre, same_ground};
use super::incidents::each;
use super::locate::{Locator, NotPlaced};
use super::matrix::Governorates;
use super::{FlowLevel, Guard, LeftOut, OneEnded, Reason, Unlocated, WITHHELD};
use crate::ground::{Extent, disc};
use crate::record::{
    Count, DateRule, Displacement, Footprint, Incident, Location, Period, Precision, Text, When,
    of_people,
};

/// An incident and where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The incident.
    pub incident: Incident,
    /// Where it was.
    pub location: Arc<Location>,
    /// How much of it counts: less than 1 where its date is shared between the period and the time outside.
    pub weight: f64,
    /// Whether it was moved for the safety of people there.
    pub coarsened: bool,
}

/// A displacement and where its ends are.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedDisplacement {
    /// The displacement.
    pub displacement: Displacement,
    /// Where people left.
    pub origin: Location,
    /// Where they went; several where the source names several without saying how many went to which.
    pub destinations: Vec<Location>,
    /// How much of it counts: less than 1 where its date is shared between the period and the time outside.
    pub weight: f64,
    /// Whether its ends were moved for the safety of people there.
    pub coarsened: bool,
}

impl PlacedDisplacement {
    /// How many people count.
    pub fn people(&self) -> Count {
        self.displacement.people.shared(self.weight)
    }

    /// The places that it joins, the origin first.
    pub fn ends(&self) -> impl Iterator<Item = &Location> + Clone {
        std::iter::once(&self.origin).chain(&self.destinations)
    }
}

/// The records that may be on the map, and those that cannot.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection<T> {
    /// In the order of the table.
    pub records: Vec<T>,
    /// What was left out, in the order of the table.
    pub left_out: Vec<LeftOut>,
}

impl<T> Default for Selection<T> {
    fn default() -> Self {
        Self {
            records: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

impl<T> Selection<T> {
    /// The people of displacements left out for a reason, without their bounds.
    pub fn people_left_out_for(&self, reasons: &[Reason]) -> u64 {
        self.left_out
            .iter()
            .filter(|left| reasons.contains(&left.reason))
            .filter_map(|left| left.people)
            .map(|people| people.central())
            .sum()
    }

    /// The same with their bounds; `None` where no figure is known.
    pub fn toll_left_out_for(&self, reasons: &[Reason]) -> Option<Count> {
        let left = self.left_out.iter();
        let left = left.filter(|left| reasons.contains(&left.reason));
        Count::total(left.map(|left| left.people))
    }

    /// How many were left out for a reason.
    pub fn left_out_for(&self, reasons: &[Reason]) -> usize {
        self.left_out
            .iter()
            .filter(|left| reasons.contains(&left.reason))
            .count()
    }
}

/// Which records belong on the map by their dates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// The period shown; without, all that the tables hold.
    pub period: Option<Period>,
    /// What is done with dates that may lie outside.
    pub rule: DateRule,
}

impl Window {
    /// How much of a record of this date counts.
    ///
    /// # Errors
    /// Why it does not belong on the map.
    pub(super) fn weight(&self, when: &When) -> Result<f64, NotPlaced> {
        let no = |reason, detail: &str| NotPlaced {
            reason,
            detail: detail.to_owned(),
        };
        if self.period.is_some_and(|period| !period.overlaps(when)) {
            return Err(no(Reason::OutsidePeriod, ""));
        }
        let vague = "dates any or share would show it";
        let weight = self.rule.weight(self.period, when);
        weight.ok_or_else(|| no(Reason::DateUncertain, vague))
    }
}

/// A sum of weights, rounded to hundredths.
pub fn hundredths(weights: impl Iterator<Item = f64>) -> f64 {
    // The sum of nothing is -0.
    (weights.sum::<f64>() * 100.0).round() / 100.0 + 0.0
}

impl NotPlaced {
    /// Without names of places.
    fn withheld(self) -> Self {
        let detail = match self.reason {
            Reason::OutsidePeriod | Reason::DateUncertain => self.detail,
            _ => WITHHELD.to_owned(),
        };
        Self { detail, ..self }
    }
}

/// Leaves out the incidents whose dates do not belong on the map, and places the others.
pub fn place_incidents(
    incidents: Vec<Incident>,
    window: Window,
    guard: Guard,
    locator: &mut Locator,
) -> Selection<Placed> {
    let mut selection = Selection {
        records: Vec::with_capacity(incidents.len()),
        left_out: Vec::new(),
    };
    for incident in incidents {
        let found = window
            .weight(&incident.when())
            .and_then(|weight| Ok((weight, locator.incident(&incident)?)));
        let coarsened = guard.applies_to(&incident);
        let (incident, found) = if coarsened {
            let real = found.as_ref().ok().map(|(_, location)| location);
            let told = guard.incident(&incident, real);
            let moved = found.map(|(weight, real)| (weight, guard.location(&real, locator)));
            (told, moved.map_err(NotPlaced::withheld))
        } else {
            (incident, found)
        };
        match found {
            Ok((weight, location)) => selection.records.push(Placed {
                incident,
                location: Arc::new(location),
                weight,
                coarsened,
            }),
            Err(NotPlaced { reason, detail }) => {
                selection
                    .left_out
                    .push(left_out_incident(&incident, reason, detail));
            }
        }
    }
    selection
}

/// Leaves out what the extent does not show.
pub fn within_extent(selection: Selection<Placed>, extent: &Extent) -> Selection<Placed> {
    let Selection {
        records,
        mut left_out,
    } = selection;
    let (records, outside): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|placed| touches(extent, &placed.location));
    left_out.extend(outside.iter().map(|placed| {
        left_out_incident(
            &placed.incident,
            Reason::OutsideExtent,
            format!("taken for {}", placed.location.name),
        )
    }));
    left_out.sort_by(|a, b| a.rows.cmp(&b.rows));
    Selection { records, left_out }
}

/// Whether any of the ground that a location may be on is on the map.
pub fn touches(extent: &Extent, location: &Location) -> bool {
    match &location.footprint {
        Footprint::Point(point) => extent.contains(point.x(), point.y()),
        Footprint::Disc(centre) => Extent::of_points([centre.0])
            .is_some_and(|disc| disc.at_least_km(2.0 * location.radius_km).overlaps(extent)),
        Footprint::Area(area) => extent.meets(area),
    }
}

/// Leaves out the displacements whose dates do not belong on the map or that have no two known ends, and places the others.
pub fn place_displacement(
    records: Vec<Displacement>,
    window: Window,
    level: FlowLevel,
    guard: Guard,
    locator: &mut Locator,
) -> Selection<PlacedDisplacement> {
    let mut selection = Selection {
        records: Vec::with_capacity(records.len()),
        left_out: Vec::new(),
    };
    let governorates = Governorates::of(&records, locator);
    let mut open: Vec<(usize, Displacement)> = Vec::new();
    for displacement in records {
        // All cells of a matrix are of wide areas, and it marks none.
        let coarsened = !displacement.matrix && guard.applies(displacement.sensitive);
        let mut real = Vec::new();
        let mut shown = |found: Location, locator: &mut Locator| {
            if !coarsened {
                return level.of(found, locator);
            }
            let moved = guard.location(&found, locator);
            real.push(found);
            // The middle of a square may lie in another district.
            match level {
                FlowLevel::District => moved,
                _ => level.of(moved, locator),
            }
        };
        let placed = window.weight(&displacement.when).and_then(|weight| {
            let ends = ends(&displacement, &mut shown, locator, &governorates)?;
            Ok((weight, ends))
        });
        let (displacement, placed) = if coarsened {
            let told = guard.displacement(displacement, real.iter());
            let withheld = |(weight, mut ends): (f64, Ends)| {
                let dropped = ends.dropped.into_iter();
                ends.dropped = dropped.map(NotPlaced::withheld).collect();
                (weight, ends)
            };
            (told, placed.map(withheld).map_err(NotPlaced::withheld))
        } else {
            (displacement, placed)
        };
        match placed {
            Ok((
                weight,
                Ends {
                    origin,
                    destinations,
                    dropped,
                },
            )) => {
                selection.left_out.extend(dropped.into_iter().map(
                    |NotPlaced { reason, detail }| {
                        let detail = format!("{detail}; other destinations are drawn");
                        LeftOut {
                            people: None,
                            ..left_out_displacement(&displacement, reason, detail)
                        }
                    },
                ));
                selection.records.push(PlacedDisplacement {
                    displacement,
                    origin,
                    destinations,
                    weight,
                    coarsened,
                });
            }
            Err(NotPlaced { reason, detail }) => {
                let mut left = left_out_displacement(&displacement, reason, detail);
                if matches!(reason, Reason::OpenEnded | Reason::WithinOnePlace) {
                    let weight = window.weight(&displacement.when).unwrap_or(1.0);
                    left.people = left.people.map(|people| people.shared(weight));
                    left.unlocated = Some(unlocated(&displacement));
                    // Where those of a sensitive record are, no map shows more closely than in a note.
                    if reason == Reason::OpenEnded && !coarsened {
                        open.push((selection.left_out.len(), displacement));
                    }
                }
                selection.left_out.push(left);
            }
        }
    }
    for (i, displacement) in open {
        let at = known_end(&displacement, &selection.records)
            .or_else(|| placed_end(&displacement, level, locator, &governorates));
        let left = selection.left_out.get_mut(i);
        if let Some(unlocated) = left.and_then(|left| left.unlocated.as_mut()) {
            unlocated.at = at;
        }
    }
    selection
}

/// What the layer of flows says of a displacement that has no line.
fn unlocated(displacement: &Displacement) -> Unlocated {
    let text = |text: &Text| text.to_string();
    let destinations = &displacement.destinations;
    Unlocated {
        origin: displacement.origin.as_ref().map(text),
        destination: (!destinations.is_empty()).then(|| destinations.join("; ")),
        when: displacement.when,
        source: displacement.source.clone(),
        url: displacement.url.clone(),
        at: None,
    }
}

/// The one end that a displacement without origin or without destination names.
fn only_end(displacement: &Displacement) -> Option<(&'static str, &Text)> {
    match (&displacement.origin, displacement.destinations.as_slice()) {
        (None, [only]) => Some(("destination", only)),
        (Some(origin), []) => Some(("origin", origin)),
        _ => None,
    }
}

/// That end as others that name it were placed: beside another name, more is known of it.
fn known_end(displacement: &Displacement, placed: &[PlacedDisplacement]) -> Option<Location> {
    let (_, name) = only_end(displacement)?;
    let placed = || placed.iter().filter(|other| !other.coarsened);
    let same = |other: &&PlacedDisplacement| other.displacement.origin.as_ref() == Some(name);
    let origins = placed().filter(same).map(|other| &other.origin);
    let to_one = placed().filter_map(|other| {
        match (
            other.displacement.destinations.as_slice(),
            other.destinations.as_slice(),
        ) {
            ([only], [at]) if only == name => Some(at),
            _ => None,
        }
    });
    let mut found = origins.chain(to_one);
    let first = found.next()?;
    found
        .all(|at| same_ground(at, first))
        .then(|| first.clone())
}

/// That end by its name alone.
fn placed_end(
    displacement: &Displacement,
    level: FlowLevel,
    locator: &mut Locator,
    governorates: &Governorates,
) -> Option<Location> {
    let (end, name) = only_end(displacement)?;
    let mut shown = |found, locator: &mut Locator| level.of(found, locator);
    find_end(end, name, displacement, &mut shown, locator, governorates).ok()
}

/// A fuzzy end wider than this is no end, in square kilometres: the largest governorate of Syria has 42,000.
const WIDEST_END_KM2: f64 = 42_000.0;
/// People who flee on foot or by road "to the border" go to a part of it this near, in kilometres.
const IN_REACH_KM: f64 = 120.0;

/// Both ends of a displacement, and why some of several destinations get no arrow.
struct Ends {
    origin: Location,
    destinations: Vec<Location>,
    dropped: Vec<NotPlaced>,
}

fn ends(
    displacement: &Displacement,
    shown: &mut impl FnMut(Location, &mut Locator) -> Location,
    locator: &mut Locator,
    governorates: &Governorates,
) -> Result<Ends, NotPlaced> {
    let people = of_people(&displacement.people.to_string());
    let open = |which: &str| NotPlaced {
        reason: Reason::OpenEnded,
        detail: format!("the source gives no {which}; {people}"),
    };
    let mut find =
        |end: &str, place: &Text| find_end(end, place, displacement, shown, locator, governorates);
    let origin = find(
        "origin",
        displacement.origin.as_ref().ok_or_else(|| open("origin"))?,
    )?;
    if displacement.destinations.is_empty() {
        return Err(open("destination"));
    }
    let (mut destinations, mut dropped) = (Vec::new(), Vec::new());
    for place in &displacement.destinations {
        match find("destination", place) {
            Ok(found) if same_ground(&origin, &found) => dropped.push(NotPlaced {
                reason: Reason::WithinOnePlace,
                detail: format!("both are taken for {}; {people}", found.name),
            }),
            Ok(found) => destinations.push(part_near(found, &origin)),
            Err(failed) => dropped.push(failed),
        }
    }
    match dropped.pop() {
        Some(failed) if destinations.is_empty() => Err(failed),
        last => {
            dropped.extend(last);
            Ok(Ends {
                origin,
                destinations,
                dropped,
            })
        }
    }
}

/// One end of a displacement, as closely as its flows are drawn.
fn find_end(
    end: &str,
    place: &Text,
    displacement: &Displacement,
    shown: &mut impl FnMut(Location, &mut Locator) -> Location,
    locator: &mut Locator,
    governorates: &Governorates,
) -> Result<Location, NotPlaced> {
    let people = of_people(&displacement.people.to_string());
    let every: Vec<&Text> = displacement
        .origin
        .iter()
        .chain(&displacement.destinations)
        .collect();
    if let Some(found) = governorates.get(displacement, place) {
        return Ok(found.clone());
    }
    let others = every.iter().filter(|other| **other != place);
    let others = others.map(|other| (*other).clone()).collect();
    let found = locator
        .name_beside(place, None, None, others)
        .map_err(|failed| NotPlaced {
            detail: format!("{end} \"{place}\": {}; {people}", failed.detail),
            ..failed
        })?;
    // An arrow that starts or ends somewhere in a country, or in half of one, points nowhere.
    if found.precision >= Precision::Country
        || found.precision == Precision::Fuzzy && ground_km2(&found) > WIDEST_END_KM2
    {
        return Err(NotPlaced {
            reason: Reason::TooVague,
            detail: format!("{end} \"{place}\" is known to a country or a part as wide; {people}"),
        });
    }
    Ok(shown(found, locator))
}

/// Size of the ground of an area.
fn ground_km2(location: &Location) -> f64 {
    match &location.footprint {
        Footprint::Area(area) => area.geodesic_area_unsigned() / 1e6,
        Footprint::Point(_) | Footprint::Disc(_) => PI * location.radius_km.powi(2),
    }
}

/// Of a long destination ("the border with Turkey") the part that is in reach of the origin, so that an arrow does not
/// point to the middle of all of it.
fn part_near(destination: Location, origin: &Location) -> Location {
    let Footprint::Area(area) = &destination.footprint else {
        return destination;
    };
    if destination.precision != Precision::Fuzzy || destination.radius_km <= IN_REACH_KM {
        return destination;
    }
    let near = area.intersection(&MultiPolygon::from(disc(centre(origin), IN_REACH_KM)));
    if near.unsigned_area() <= 0.0 {
        return destination;
    }
    Location {
        basis: format!(
            "{}; of it the part within {IN_REACH_KM} km of the origin",
            destination.basis
        )
        .into(),
        radius_km: IN_REACH_KM,
        footprint: Footprint::Area(Arc::new(near)),
        ..destination
    }
}

/// Leaves out the displacements of which no end is on the map; those of which the only known end is stand apart.
pub fn flows_within_extent(
    selection: Selection<PlacedDisplacement>,
    extent: &Extent,
) -> (Selection<PlacedDisplacement>, Vec<OneEnded>) {
    let Selection { records, left_out } = selection;
    // What an arrow joins are middles: an area that only reaches onto the map brings no arrow with it.
    let on_map = |location: &Location| {
        let middle = centre(location);
        extent.contains(middle.x(), middle.y())
    };
    let (open, mut left_out): (Vec<_>, Vec<_>) = left_out.into_iter().partition_map(|mut left| {
        let people = left.people.filter(|people| people.central() > 0);
        match (people, left.unlocated.take()) {
            (Some(people), Some(known)) if known.at.as_ref().is_some_and(on_map) => {
                Either::Left(OneEnded { people, known })
            }
            (_, known) => {
                left.unlocated = known.map(|known| Unlocated { at: None, ..known });
                Either::Right(left)
            }
        }
    });
    let (records, outside): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|placed| on_map(&placed.origin) || placed.destinations.iter().any(on_map));
    left_out.extend(outside.iter().map(|placed| LeftOut {
        people: Some(placed.people()),
        ..left_out_displacement(&placed.displacement, Reason::OutsideExtent, String::new())
    }));
    left_out.sort_by(|a, b| a.rows.cmp(&b.rows));
    (Selection { records, left_out }, open)
}

pub(super) fn left_out_incident(incident: &Incident, reason: Reason, detail: String) -> LeftOut {
    LeftOut {
        table: "incidents",
        rows: incident.claims().map(|claim| claim.row).collect(),
        id: incident.id().to_string(),
        date: incident.when().to_string(),
        when: incident.when(),
        place: each(incident.claims().filter_map(|claim| claim.place.as_deref())),
        reason,
        detail,
        people: incident.killed(),
        unlocated: None,
    }
}

pub(super) fn left_out_displacement(
    displacement: &Displacement,
    reason: Reason,
    detail: String,
) -> LeftOut {
    LeftOut {
        table: "displacement",
        rows: vec![displacement.row],
        id: displacement.id.as_deref().unwrap_or_default().to_owned(),
        date: displacement.when.to_string(),
        when: displacement.when,
        place: format!(
            "{} → {}",
            displacement.origin.as_deref().unwrap_or("unknown"),
            if displacement.destinations.is_empty() {
                "unknown".to_owned()
            } else {
                displacement.destinations.join("; ")
            }
        ),
        reason,
        detail,
        people: Some(displacement.people),
        unlocated: None,
    }
}
