//! Records → where they are: coordinates that the coder gave, or else the gazetteer's answer, each with its reason.

use std::sync::Arc;

use geo::{MultiPolygon, Point};
use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Reason;
use super::flows::centre;
use crate::gazetteer::{
    AdminArea, AdminGeometry, Candidate, Company, Gazetteer, Ground, Grounds, Hearsay, Match, Part,
    Query, Resolution, Target, Tier, locate,
};
use crate::ground::basemap::Basemap;
use crate::record::{Claim, Displacement, Footprint, Incident, Location, Phrase, Precision, Text};

/// Coordinates this far off the basemap's land are still taken to be on it, in kilometres: ports, islets, and borders
/// that two sources draw differently.
const COAST_KM: f64 = 3.0;

/// So many places are worth their memory.
const MANY: usize = 50_000;

/// Why a place could not be found, in terms of `left-out.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlaced {
    /// The reason.
    pub reason: Reason,
    /// Near names, and what would help.
    pub detail: String,
}

/// A name with its hints and the other places of its record, as asked.
type Asked = (Text, Option<Text>, Option<Text>, Vec<Text>);

/// Name of the governorate and code of the country that a point lies in.
type Lies = (Option<Phrase>, Option<Phrase>);

/// Finds places; asks for each name only once.
pub struct Locator<'a> {
    gazetteer: &'a Gazetteer,
    /// Outlines of the gazetteer's own, and the basemap's.
    outlines: Grounds<'a>,
    basemap: &'a Basemap,
    /// The countries of the tables.
    company: Company,
    known: FxHashMap<Asked, Result<Location, NotPlaced>>,
    grounds: FxHashMap<(u64, u64, Option<[u8; 2]>), Lies>,
}

impl<'a> Locator<'a> {
    /// With these names and outlines.
    pub fn new(gazetteer: &'a Gazetteer, basemap: &'a Basemap) -> Self {
        Self {
            gazetteer,
            outlines: Grounds::new(gazetteer, basemap),
            basemap,
            company: Company::default(),
            known: FxHashMap::default(),
            grounds: FxHashMap::default(),
        }
    }

    /// Forgets most places once they are many: what they are does not depend on whether they are known.
    pub fn forget(&mut self) {
        if self.grounds.len() > MANY {
            self.grounds.clear();
        }
        if self.known.len() > MANY {
            self.known.clear();
        }
    }

    /// Hears which countries the tables of a run speak of; their names are judged by that from now on.
    pub fn hear(&mut self, incidents: &[Incident], movements: &[Displacement]) {
        let mut hearsay = Hearsay::default();
        let mut heard: FxHashSet<(&Text, Option<&Text>, Option<&Text>)> = FxHashSet::default();
        let mut points: FxHashSet<(u64, u64)> = FxHashSet::default();
        for claim in incidents.iter().flat_map(Incident::claims) {
            if let Some(point) = claim.coordinates {
                if points.insert((point.x().to_bits(), point.y().to_bits()))
                    && let (_, Some(country)) = self.ground(point, self.stated(claim))
                {
                    hearsay.country(&country);
                }
            } else if let Some(place) = &claim.place {
                heard.insert((place, claim.admin1.as_ref(), claim.country.as_ref()));
            }
        }
        for movement in movements {
            let ends = movement.origin.iter().chain(&movement.destinations);
            heard.extend(ends.map(|end| (end, None, None)));
        }
        for (name, admin1, country) in heard {
            let query = Query {
                name,
                admin1: admin1.map(|text| &**text),
                country: country.map(|text| &**text),
                with: &[],
            };
            hearsay.name(self.gazetteer, &query);
        }
        self.company = hearsay.company();
        self.known.clear();
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
            Some(precision) => self.widened(found, precision, claim),
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
        self.name_beside(place, admin1, country, Vec::new())
    }

    /// Where a name is, in a record that names these places too.
    ///
    /// # Errors
    /// Where it cannot be found, or may be several places.
    pub fn name_beside(
        &mut self,
        place: &Text,
        admin1: Option<&Text>,
        country: Option<&Text>,
        others: Vec<Text>,
    ) -> Result<Location, NotPlaced> {
        let asked = (place.clone(), admin1.cloned(), country.cloned(), others);
        if let Some(known) = self.known.get(&asked) {
            return known.clone();
        }
        let others: Vec<&str> = asked.3.iter().map(|text| &**text).collect();
        let query = Query {
            name: place,
            admin1: admin1.map(|text| &**text),
            country: country.map(|text| &**text),
            with: &others,
        };
        let answer = self.ask(&query);
        self.known.insert(asked, answer.clone());
        answer
    }

    /// How many first-order areas a country has, by its code.
    pub(super) fn governorates_of(&self, country: &str) -> usize {
        self.gazetteer
            .admin_areas()
            .filter(|area| area.level() == 1 && area.country() == country)
            .count()
    }

    /// The first-order area that a location belongs to by the gazetteer, or else by where its middle lies.
    pub(super) fn first_order(&self, location: &Location) -> Option<Location> {
        let named = self.gazetteer.admin_areas().find(|area| {
            area.level() == 1
                && location.admin1.as_deref() == Some(area.name())
                && location.country.as_deref() == Some(&area.country())
        });
        let area = named.or_else(|| self.outlines.admin_at(centre(location), 1))?;
        self.whole(area)
    }

    /// The second-order area with a known outline that a point lies in.
    pub(super) fn second_order(&self, point: Point) -> Option<Location> {
        self.whole(self.outlines.admin_at(point, 2)?)
    }

    /// All of an area.
    fn whole(&self, area: AdminArea<'a>) -> Option<Location> {
        let found = Match {
            name: area.title().into(),
            ground: Ground::Parts(vec![Part::Whole(area)]),
            score: 1.0,
            matched: (area.name(), Tier::Exact),
            notes: Vec::new(),
        };
        locate(&found, &self.outlines)
    }

    fn ask(&self, query: &Query) -> Result<Location, NotPlaced> {
        let (answer, why) = self.gazetteer.resolve_among(query, &self.company);
        match answer {
            Resolution::Place(found) | Resolution::Region(found) => locate(&found, &self.outlines)
                .map(|location| self.in_province(location))
                .ok_or_else(|| NotPlaced {
                    reason: Reason::Unresolved,
                    detail: format!(
                        "{} is known, but neither its outline nor its middle",
                        found.name
                    ),
                }),
            Resolution::Ambiguous(candidates) => Err(NotPlaced {
                reason: Reason::Ambiguous,
                detail: match why {
                    Some(why) => format!(
                        "not taken for {}: {why}; name the country after a comma, or give lat and lon",
                        listed(&candidates)
                    ),
                    None => format!(
                        "may be {}; say which with admin1, or lat and lon",
                        listed(&candidates)
                    ),
                },
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
    fn coordinates(&mut self, point: Point, claim: &Claim) -> Location {
        let precision = claim.precision.unwrap_or(Precision::Exact);
        let (admin1, country) = self.ground(point, self.stated(claim));
        // The middle of a country, or of a road, lies in some area, which says nothing.
        let admin1 = admin1.filter(|_| precision <= Precision::Governorate);
        let name = match &claim.place {
            Some(place) => Text::clone(place).into(),
            None => format!("{:.3}, {:.3}", point.y(), point.x()).into(),
        };
        let located = Location {
            name,
            admin1: claim.admin1.clone().map(Phrase::from).or(admin1),
            country,
            precision: Precision::Exact,
            radius_km: Precision::Exact.default_radius_km(),
            footprint: Footprint::Point(point),
            basis: "coordinates given in the table".into(),
            score: 1.0,
        };
        self.widened(located, precision, claim)
    }

    /// The code of the country that the table gives.
    fn stated(&self, claim: &Claim) -> Option<[u8; 2]> {
        let country = claim.country.as_deref()?;
        self.gazetteer.country_code(country)
    }

    /// Governorate and code of the country that a point lies in, or is next to if the table states that country: the
    /// basemap's borders are generalised. Many records share a coordinate: each is looked up once.
    fn ground(&mut self, point: Point, stated: Option<[u8; 2]>) -> Lies {
        let key = (point.x().to_bits(), point.y().to_bits(), stated);
        if let Some(known) = self.grounds.get(&key) {
            return known.clone();
        }
        let lies = self.lies(point, stated);
        self.grounds.insert(key, lies.clone());
        lies
    }

    /// A settlement with the first-order area that it lies in, where its gazetteer does not say.
    fn in_province(&self, location: Location) -> Location {
        match location.footprint {
            Footprint::Point(point) if location.admin1.is_none() => {
                let country = location.country.as_deref();
                let country = country.and_then(|code| code.as_bytes().try_into().ok());
                let (admin1, _) = self.lies(point, country);
                Location { admin1, ..location }
            }
            _ => location,
        }
    }

    fn lies(&self, point: Point, stated: Option<[u8; 2]>) -> Lies {
        let given = |text: Phrase| Some(text).filter(|text| !text.is_empty());
        let own = stated.and_then(|code| {
            let code = std::str::from_utf8(&code).ok()?;
            self.basemap.admin1_in(point, code, COAST_KM)
        });
        if let Some(area) = self.outlines.admin_at(point, 1) {
            (
                given(area.name().to_owned().into()),
                given(area.country().to_string().into()),
            )
        } else if let Some(area) = own.or_else(|| self.basemap.admin1_near(point, COAST_KM)) {
            (given(area.name.into()), given(area.country.into()))
        } else {
            let country = self.basemap.country_near(point, COAST_KM);
            (None, country.and_then(|country| given(country.iso.into())))
        }
    }

    /// The location at the precision that the coder says it is known to.
    fn widened(&mut self, location: Location, precision: Precision, claim: &Claim) -> Location {
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
        let basis = format!(
            "{}; precision {precision} ({}) given in the table",
            location.basis,
            precision.label()
        );
        let outline = match precision {
            Precision::Governorate => self.governorate(centre, claim),
            Precision::Country => self
                .basemap
                .country_near(centre, COAST_KM)
                .map(|area| area.geometry),
            _ => None,
        };
        let footprint = outline.map_or(Footprint::Disc(centre), Footprint::Area);
        let radius_km = location.radius_km.max(precision.default_radius_km());
        Location {
            precision,
            radius_km,
            footprint,
            basis: basis.into(),
            ..location
        }
    }

    /// The governorate that a claim names, or else the one that its coordinates lie in.
    fn governorate(&mut self, centre: Point, claim: &Claim) -> Option<Arc<MultiPolygon>> {
        let named = claim.admin1.as_ref().and_then(|admin1| {
            let area = Text::from(format!("{admin1} governorate"));
            [admin1, &area].into_iter().find_map(|name| {
                match self.name(name, None, claim.country.as_ref()) {
                    Ok(Location {
                        precision: Precision::Governorate,
                        footprint: Footprint::Area(area),
                        ..
                    }) => Some(area),
                    _ => None,
                }
            })
        });
        let own = || {
            self.outlines
                .admin_at(centre, 1)
                .and_then(|area| self.outlines.area(&area))
        };
        named.or_else(own).or_else(|| {
            self.basemap
                .admin1_near(centre, COAST_KM)
                .map(|area| area.geometry)
        })
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
