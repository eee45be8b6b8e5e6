//! What else is said about where a name is: a country, an admin area, a place nearby.

use geo::{Distance, Haversine, Point};

use super::explain::Log;
use super::fold;
use super::index::Gazetteer;
use super::place::{AdminArea, Place, Target};
use super::region::{Ground, Part};
use super::resolve::Query;
use super::words;

/// Places farther than this from "…, Saraqib" are not the ones meant, in metres.
const NEARBY_M: f64 = 40_000.0;

/// A place this near to one in the hinted area may be meant, though it lies in the next, in kilometres.
const ACROSS_KM: f64 = 10.0;

/// Hints, understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints<'g> {
    /// The country it is in.
    pub country: Option<[u8; 2]>,
    /// One of these areas it is in, for each list.
    areas: Vec<Vec<AdminArea<'g>>>,
    /// It is in an area whose names have these words ("damascus": Rural Damascus will do).
    words: Vec<String>,
    /// It is not far from here.
    pub near: Option<Point>,
    /// An admin area was named that is not known.
    pub unknown_admin: bool,
    /// Where steps are noted.
    pub log: Log,
}

/// A country that is not in the gazetteer.
#[derive(Debug)]
pub(super) struct UnknownCountry;

impl<'g> Hints<'g> {
    /// Reads the hints of a query.
    pub fn read(
        gazetteer: &'g Gazetteer,
        query: &Query<'_>,
        log: Log,
    ) -> Result<Hints<'g>, UnknownCountry> {
        let mut hints = Hints {
            log,
            ..Hints::default()
        };
        if let Some(country) = query
            .country
            .map(str::trim)
            .filter(|country| !country.is_empty())
        {
            hints.country = Some(country_code(gazetteer, country).ok_or(UnknownCountry)?);
        }
        if let Some(admin1) = query
            .admin1
            .map(str::trim)
            .filter(|admin1| !admin1.is_empty())
        {
            hints.unknown_admin = !hints.add_admin(gazetteer, admin1);
        }
        Ok(hints)
    }

    /// Adds an admin area by name or code; false if there is none.
    pub fn add_admin(&mut self, gazetteer: &'g Gazetteer, name: &str) -> bool {
        let bare = words::without_admin_word(name).unwrap_or(name);
        let mut areas = areas_named(gazetteer, bare);
        if areas.is_empty() {
            areas = areas_named(gazetteer, name);
        }
        if areas.is_empty() {
            let by_code = |area: &AdminArea<'g>| {
                area.pcode()
                    .is_some_and(|code| code.eq_ignore_ascii_case(name))
                    || area.id().eq_ignore_ascii_case(name)
            };
            areas = gazetteer.admin_areas().filter(by_code).collect();
        }
        areas.retain(|area| {
            self.country
                .is_none_or(|country| area.country_code() == country)
        });
        if areas.is_empty() {
            return false;
        }
        self.areas.push(areas);
        self.words.push(fold::folded(bare));
        true
    }

    /// Takes the ground of a phrase as a hint ("in southern Idlib"); false if it is too mixed for one.
    pub fn lies_in(&mut self, ground: &Ground<'g>) -> bool {
        let parts = ground.parts();
        match parts.as_slice() {
            [Part::Around { centre, .. }] => {
                self.near = Some(*centre);
                true
            }
            [part] => match part.area() {
                Some(area) if area.level() == 0 => {
                    self.country = Some(area.country_code());
                    true
                }
                Some(area) => {
                    self.areas.push(vec![area]);
                    self.words.push(fold::folded(area.name()));
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    /// The same without the admin areas and places nearby.
    pub fn anywhere_in_country(&self) -> Hints<'g> {
        Hints {
            country: self.country,
            log: self.log.clone(),
            ..Hints::default()
        }
    }

    /// The governorate that is hinted, if it is one.
    pub fn governorate(&self) -> Option<AdminArea<'g>> {
        let mut governorates = self.areas.iter().flatten().filter(|area| area.level() == 1);
        governorates
            .next()
            .filter(|_| governorates.next().is_none())
            .copied()
    }

    /// Whether an admin area is hinted.
    pub fn has_admin(&self) -> bool {
        !self.areas.is_empty()
    }

    /// Whether a place or area may be meant.
    pub fn allow(&self, target: Target<'g>) -> bool {
        match target {
            Target::Place(place) => self.allow_place(place),
            Target::Area(area) => self.allow_area(area),
        }
    }

    /// Whether a place may be meant. A place whose area is unknown may.
    pub fn allow_place(&self, place: Place<'g>) -> bool {
        if self
            .country
            .is_some_and(|country| place.country_code() != country)
        {
            return false;
        }
        if self
            .near
            .is_some_and(|near| Haversine.distance(near, place.point()) > NEARBY_M)
        {
            return false;
        }
        let own = [place.admin2(), place.admin1()];
        // What is no point may reach over into the next area.
        let reaches = |area: &AdminArea<'g>| match (place.reach_km(), area.disc()) {
            (Some(reach_km), Some((middle, radius_km))) => {
                area.country_code() == place.country_code()
                    && Haversine.distance(middle, place.point()) <= (radius_km + reach_km) * 1000.0
            }
            _ => false,
        };
        self.areas.iter().zip(&self.words).all(|(areas, words)| {
            let mut known = own.iter().flatten().peekable();
            known.peek().is_none()
                && areas
                    .iter()
                    .any(|area| area.country_code() == place.country_code())
                || areas.iter().any(reaches)
                || known.any(|own| {
                    areas.iter().any(|area| own.is_within(*area)) || has_words(*own, words)
                })
        })
    }

    /// Whether a place lies just outside the hinted areas: within [`ACROSS_KM`] of a place that lies in them. Sources
    /// disagree about which side of a border a village is on.
    ///
    /// Cost: one pass over the places.
    pub fn just_across(&self, place: Place<'g>) -> bool {
        if self.areas.is_empty()
            || self.near.is_some()
            || self
                .country
                .is_some_and(|country| place.country_code() != country)
        {
            return false;
        }
        let at = place.point();
        let degrees = ACROSS_KM / 111.0;
        place.gazetteer.places().any(|other| {
            (other.point().y() - at.y()).abs() < degrees
                && other.admin1().is_some()
                && other.country_code() == place.country_code()
                && Haversine.distance(other.point(), at) < ACROSS_KM * 1000.0
                && self.allow_place(other)
        })
    }

    /// Whether an admin area may be meant.
    pub fn allow_area(&self, area: AdminArea<'g>) -> bool {
        self.country
            .is_none_or(|country| area.country_code() == country)
            && self.areas.iter().zip(&self.words).all(|(areas, words)| {
                areas
                    .iter()
                    .any(|hint| area.is_within(*hint) || hint.is_within(area))
                    || has_words(area, words)
            })
    }
}

/// Whether one of the area's names has all these words: sources say "Damascus" for what lies in Rural Damascus.
fn has_words(area: AdminArea<'_>, words: &str) -> bool {
    area.level() == 1
        && area.names().any(|name| {
            let name = fold::folded(name);
            words
                .split(' ')
                .all(|word| name.split(' ').any(|other| other == word))
        })
}

fn areas_named<'g>(gazetteer: &'g Gazetteer, name: &str) -> Vec<AdminArea<'g>> {
    let mut hits = gazetteer.hits(name);
    if hits.is_empty() {
        hits = gazetteer.heard(name, &Hints::default());
    }
    let areas = hits.into_iter().filter_map(|hit| match hit.target {
        Target::Area(area) if area.level() > 0 => Some(area),
        _ => None,
    });
    areas.collect()
}

impl Gazetteer {
    /// The ISO 3166-1 code of a country given by name, code of two or three letters, or the adjective ("Syrian").
    pub fn country_code(&self, name: &str) -> Option<[u8; 2]> {
        country_code(self, name)
    }
}

/// The code of a country given by name, code of two or three letters, or the adjective ("Syrian").
pub(super) fn country_code(gazetteer: &Gazetteer, name: &str) -> Option<[u8; 2]> {
    if let &[a, b] = name.as_bytes()
        && let code = [a.to_ascii_uppercase(), b.to_ascii_uppercase()]
        && gazetteer.country(code).is_some()
    {
        return Some(code);
    }
    let named = gazetteer
        .hits(name)
        .into_iter()
        .find_map(|hit| match hit.target {
            Target::Area(area) if area.level() == 0 => Some(area.country_code()),
            _ => None,
        });
    named.or_else(|| demonym(&fold::folded(name)))
}

/// The country that an adjective or a code of three letters speaks of; the word is folded.
pub(super) fn demonym(word: &str) -> Option<[u8; 2]> {
    let word = word.strip_prefix("ال").unwrap_or(word);
    let found = words::COUNTRIES
        .iter()
        .find(|(_, alpha3, adjectives)| *alpha3 == word || adjectives.contains(&word))?;
    found.0.as_bytes().try_into().ok()
}
