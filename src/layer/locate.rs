//! Records → where they are: coordinates that the coder gave, or else the gazetteer's answer, each with its reason.

use geo::{Contains, Point};
use itertools::Itertools;
use rustc_hash::FxHashMap;

use super::Reason;
use crate::gazetteer::{Candidate, Gazetteer, Query, Resolution, Target, locate};
use crate::map::basemap::Basemap;
use crate::record::{Claim, Footprint, Incident, Location, Precision, Text};

/// Why a place could not be found, in terms of `left-out.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlaced {
    /// The reason.
    pub reason: Reason,
    /// Near names, and what would help.
    pub detail: String,
}

/// A name with its hints, as asked.
type Asked = (Text, Option<Text>, Option<Text>);

/// Finds places; asks for each name only once.
pub struct Locator<'a> {
    gazetteer: &'a Gazetteer,
    basemap: &'a Basemap,
    known: FxHashMap<Asked, Result<Location, NotPlaced>>,
}

impl<'a> Locator<'a> {
    /// With these names and outlines.
    pub fn new(gazetteer: &'a Gazetteer, basemap: &'a Basemap) -> Self {
        Self {
            gazetteer,
            basemap,
            known: FxHashMap::default(),
        }
    }

    /// Where an incident was: what its claim that knows best says.
    ///
    /// # Errors
    /// Where no claim's place can be found; the reason is that of the first.
    pub fn incident(&mut self, incident: &Incident) -> Result<Location, NotPlaced> {
        let mut best: Option<Location> = None;
        let mut failed = None;
        for claim in incident.claims() {
            match self.claim(claim) {
                Ok(location)
                    if best
                        .as_ref()
                        .is_none_or(|best| location.precision < best.precision) =>
                {
                    best = Some(location);
                }
                Ok(_) => {}
                Err(reason) => failed = failed.or(Some(reason)),
            }
        }
        best.ok_or_else(|| {
            failed.unwrap_or_else(|| NotPlaced {
                reason: Reason::Unresolved,
                detail: "no place is given".to_owned(),
            })
        })
    }

    /// Where one claim says that it was.
    ///
    /// # Errors
    /// Where its place cannot be found.
    pub fn claim(&mut self, claim: &Claim) -> Result<Location, NotPlaced> {
        if let Some(point) = claim.coordinates {
            return Ok(self.coordinates(point, claim));
        }
        let Some(place) = &claim.place else {
            return Err(NotPlaced {
                reason: Reason::Unresolved,
                detail: "no place is given".to_owned(),
            });
        };
        let found = self.name(place, claim.admin1.as_ref(), claim.country.as_ref())?;
        Ok(match claim.precision {
            Some(precision) => self.widened(found, precision),
            None => found,
        })
    }

    /// Where a name is.
    ///
    /// # Errors
    /// Where it cannot be found, or may be several places.
    pub fn name(
        &mut self,
        place: &Text,
        admin1: Option<&Text>,
        country: Option<&Text>,
    ) -> Result<Location, NotPlaced> {
        let asked = (place.clone(), admin1.cloned(), country.cloned());
        if let Some(known) = self.known.get(&asked) {
            return known.clone();
        }
        let query = Query {
            name: place,
            admin1: admin1.map(|text| &**text),
            country: country.map(|text| &**text),
        };
        let answer = self.ask(&query);
        self.known.insert(asked, answer.clone());
        answer
    }

    fn ask(&self, query: &Query) -> Result<Location, NotPlaced> {
        match self.gazetteer.resolve(query) {
            Resolution::Place(found) | Resolution::Region(found) => locate(&found, self.basemap)
                .ok_or_else(|| NotPlaced {
                    reason: Reason::Unresolved,
                    detail: format!(
                        "{} is known, but neither its outline nor its middle",
                        found.name
                    ),
                }),
            Resolution::Ambiguous(candidates) => Err(NotPlaced {
                reason: Reason::Ambiguous,
                detail: format!(
                    "may be {}; say which with admin1, or lat and lon",
                    listed(&candidates)
                ),
            }),
            Resolution::Unresolved(nearest) if nearest.is_empty() => Err(NotPlaced {
                reason: Reason::Unresolved,
                detail: "no place of a like name is known; give lat and lon".to_owned(),
            }),
            Resolution::Unresolved(nearest) => Err(NotPlaced {
                reason: Reason::Unresolved,
                detail: format!(
                    "nearest names: {}; correct the name, or give lat and lon",
                    listed(&nearest)
                ),
            }),
        }
    }

    /// Coordinates of the coder's; a precision vaguer than the settlement makes them the middle of an area.
    fn coordinates(&self, point: Point, claim: &Claim) -> Location {
        let precision = claim.precision.unwrap_or(Precision::Exact);
        let admin = self.basemap.admin1_at(point);
        let name = claim.place.as_deref().map_or_else(
            || format!("{:.3}, {:.3}", point.y(), point.x()),
            str::to_owned,
        );
        let located = Location {
            name,
            admin1: admin
                .map(|admin| admin.name.to_owned())
                .or(claim.admin1.as_deref().map(str::to_owned)),
            country: self
                .basemap
                .country_at(point)
                .map(|country| country.iso.to_owned()),
            precision: Precision::Exact,
            radius_km: Precision::Exact.default_radius_km(),
            footprint: Footprint::Point(point),
            basis: "coordinates given in the table".to_owned(),
            score: 1.0,
        };
        self.widened(located, precision)
    }

    /// The location at the precision that the coder says it is known to.
    fn widened(&self, location: Location, precision: Precision) -> Location {
        if precision <= location.precision {
            return location;
        }
        let centre = match &location.footprint {
            Footprint::Point(point) | Footprint::Disc(point) => *point,
            // The gazetteer's area is at least as good as a rule of thumb about its size.
            Footprint::Area(_) => {
                return Location {
                    precision,
                    ..location
                };
            }
        };
        let outline = match precision {
            Precision::Governorate => self.basemap.admin1_at(centre).map(|area| area.geometry),
            Precision::Country => self.basemap.country_at(centre).map(|area| area.geometry),
            _ => None,
        };
        let said = format!(
            "{}; precision {precision} ({}) given in the table",
            location.basis,
            precision.label()
        );
        let radius_km = location.radius_km.max(precision.default_radius_km());
        match outline.filter(|outline| outline.contains(&centre)) {
            Some(outline) => Location {
                precision,
                radius_km,
                footprint: Footprint::Area(outline),
                basis: said,
                ..location
            },
            None => Location {
                precision,
                radius_km,
                footprint: Footprint::Disc(centre),
                basis: said,
                ..location
            },
        }
    }
}

fn listed(candidates: &[Candidate]) -> String {
    candidates
        .iter()
        .take(3)
        .map(|candidate| described(candidate.target))
        .join("; ")
}

/// "Saraqib, Idlib, SY" for a place, its title for an area.
pub fn described(target: Target) -> String {
    match target {
        Target::Place(place) => {
            let admin1 = place.admin1().map(|area| area.name());
            [Some(place.name()), admin1, Some(&place.country())]
                .into_iter()
                .flatten()
                .join(", ")
        }
        Target::Area(area) => area.title(),
    }
}
