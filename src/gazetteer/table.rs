//! The countries that the rows of a table point to, and names judged by them.
//!
//! A name alone has the best answer of the whole world. In a table it has company: a village of Turkey is not meant
//! among towns of Myanmar. The countries of a table are those that it names (a column, coordinates, a governorate, "Adre,
//! Chad"), the one that most of its sure names lie in, and those that at least two, and a fifth as many, lie in. A name
//! is sure if it is written as the gazetteer has it, and no other country has it.
//!
//! An answer in another country is given only if
//! - the name is as written, but for marks and the article: what only sounds alike is not evidence for a country;
//! - no country of the table has it too (then that one is meant);
//! - no other place abroad is called so, but for far lesser ones;
//! - it is no farther off than people of a place of its size are heard of: [`reach_km`].
//!
//! Otherwise nothing is chosen.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine};

use super::hints;
use super::index::Gazetteer;
use super::place::{Place, Target};
use super::region::Part;
use super::resolve::{Candidate, Hit, Match, Query, Resolution, Tier};
use super::words;

type Code = [u8; 2];

/// What the rows of a table say about its countries, while they are read.
#[derive(Clone, Debug, Default)]
pub struct Hearsay {
    named: BTreeSet<Code>,
    /// Things that sure names stand for.
    sure: BTreeSet<(Code, String)>,
}

/// The countries of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Company {
    countries: Vec<Code>,
}

/// A country has at least so many sure names, if it is not the one that has most.
const FEWEST: usize = 2;
/// And this part of those of the one that has most.
const PART: usize = 5;

impl Hearsay {
    /// A country that the table is certain of, by its code: that its coordinates lie in.
    pub fn country(&mut self, code: &str) {
        if let &[a, b] = code.as_bytes() {
            self.named.insert([a, b]);
        }
    }

    /// A name of the table, with what its row says.
    pub fn name(&mut self, gazetteer: &Gazetteer, query: &Query<'_>) {
        let said = stated(gazetteer, query);
        if !said.is_empty() {
            self.named.extend(said);
            return;
        }
        let alone = Query {
            with: &[],
            ..*query
        };
        let (Resolution::Place(found) | Resolution::Region(found)) = gazetteer.resolve(&alone)
        else {
            return;
        };
        let (name, tier) = found.matched;
        let Some(&[a, b]) = found.ground.country().as_deref().map(str::as_bytes) else {
            return;
        };
        let mut hits = gazetteer.hits(name).into_iter();
        if tier <= Tier::Folded && hits.all(|hit| hit.target.country() == [a, b]) {
            self.sure.insert(([a, b], found.name.into_owned()));
        }
    }

    /// The countries, when all rows are heard.
    pub fn company(&self) -> Company {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        for (code, _) in &self.sure {
            *counts.entry(*code).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or_default();
        let enough = |count: usize| count == most || count >= FEWEST && count * PART >= most;
        let mut countries = self.named.clone();
        countries.extend(
            counts
                .iter()
                .filter(|(_, count)| enough(**count))
                .map(|(code, _)| *code),
        );
        Company {
            countries: countries.into_iter().collect(),
        }
    }
}

/// The countries that the row itself names: in its columns, or after a comma or in brackets.
fn stated(gazetteer: &Gazetteer, query: &Query<'_>) -> Vec<Code> {
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(country) = query.country.and_then(text) {
        return hints::country_code(gazetteer, &country)
            .into_iter()
            .collect();
    }
    let after = query.name.split([',', '،', '(', ')']).skip(1);
    // "(IS)" is no code of a country.
    let after = after.filter(|text| text.trim().len() > 2);
    let areas = query.admin1.into_iter().chain(after).filter_map(text);
    areas
        .filter_map(|area| {
            hints::country_code(gazetteer, &area).or_else(|| governorate(gazetteer, &area))
        })
        .collect()
}

/// The country of a governorate, if only one country has one of that name.
fn governorate(gazetteer: &Gazetteer, name: &str) -> Option<Code> {
    let bare = words::without_admin_word(name).unwrap_or(name);
    let mut countries: Vec<Code> = [bare, name]
        .into_iter()
        .flat_map(|name| gazetteer.hits(name))
        .filter(|hit| matches!(hit.target, Target::Area(area) if area.level() == 1))
        .map(|hit| hit.target.country())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    match countries.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// People of a place of this size are heard of so far from the countries of a table, in kilometres. Refugees cross a
/// border on foot to the next village, or travel to a great city.
fn reach_km(place: &Place<'_>) -> f64 {
    match (place.kind().weight(), place.population().unwrap_or(0)) {
        (3.., 1_000_000..) => f64::INFINITY,
        (3.., _) => 1500.0,
        (2, _) => 150.0,
        _ => 60.0,
    }
}

impl Company {
    /// Whether nothing is known about the table's countries.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty()
    }

    fn has(&self, found: &Match<'_>) -> bool {
        // Ground in several countries names them.
        let Some(&[a, b]) = found.ground.country().as_deref().map(str::as_bytes) else {
            return true;
        };
        self.countries.contains(&[a, b])
    }

    /// Distance of a place from the nearest place of the table's countries.
    fn away_km(&self, place: &Place<'_>) -> f64 {
        let others = place.gazetteer.places();
        others
            .filter(|other| self.countries.contains(&other.country_code()))
            .map(|other| Haversine.distance(other.point(), place.point()) / 1000.0)
            .min_by(f64::total_cmp)
            .unwrap_or(f64::INFINITY)
    }
}

impl Gazetteer {
    /// [`Gazetteer::resolve`] for a name of a table: with the countries of the table, and why an answer that a name alone
    /// would have is not given.
    pub fn resolve_among<'g>(
        &'g self,
        query: &Query<'_>,
        company: &Company,
    ) -> (Resolution<'g>, Option<String>) {
        let answer = self.resolve(query);
        if company.is_empty() || !stated(self, query).is_empty() {
            return (answer, None);
        }
        let found = match &answer {
            Resolution::Unresolved(_) => return (answer, None),
            Resolution::Ambiguous(candidates) => {
                let best = candidates.iter().map(|one| one.score).fold(0.0, f64::max);
                let inside = self.inside(query, company, Tier::of_score(best));
                return (inside.unwrap_or(answer), None);
            }
            Resolution::Place(found) | Resolution::Region(found) => found,
        };
        if company.has(found) || is_country(found) {
            return (answer, None);
        }
        if let Some(inside) = self.inside(query, company, found.matched.1) {
            return (inside, None);
        }
        let (name, tier) = found.matched;
        let alike = self.hits(name);
        let why = if tier > Tier::ArticleLess {
            Some(format!("the name is found {} only", tier.label()))
        } else {
            abroad(found, &alike, company)
        };
        let Some(why) = why else {
            return (answer, None);
        };
        let country = found.ground.country().unwrap_or_default();
        let why = format!("{why}, and nothing else in the tables is in {country}");
        let mut candidates: Vec<Candidate<'g>> = alike
            .into_iter()
            .map(|hit| Hit { tier, ..hit }.candidate())
            .collect();
        // The one that the name alone would have, first.
        candidates.sort_by_key(|one| code(one.target) != country.as_bytes());
        (Resolution::Ambiguous(candidates), Some(why))
    }

    /// The answer in a country of the table, if there is one of only one of them, and no less sure.
    fn inside<'g>(
        &'g self,
        query: &Query<'_>,
        company: &Company,
        tier: Tier,
    ) -> Option<Resolution<'g>> {
        let mut inside = company.countries.iter().filter_map(|code| {
            let country = std::str::from_utf8(code).ok();
            let answer = self.resolve(&Query { country, ..*query });
            match &answer {
                Resolution::Place(found) | Resolution::Region(found)
                    if found.matched.1 <= tier.max(Tier::ArticleLess) =>
                {
                    Some(answer)
                }
                _ => None,
            }
        });
        let note = "the one in a country that the tables name";
        match (inside.next()?, inside.next()) {
            (Resolution::Place(found), None) => Some(Resolution::Place(found.doubt(note))),
            (Resolution::Region(found), None) => Some(Resolution::Region(found.doubt(note))),
            _ => None,
        }
    }
}

fn code(target: Target<'_>) -> Code {
    target.country()
}

/// Whether a country was named, or a part of one.
fn is_country(found: &Match<'_>) -> bool {
    let parts = found.ground.parts();
    parts.iter().all(|part| {
        !matches!(part, Part::Border { .. }) && part.area().is_some_and(|area| area.level() == 0)
    })
}

/// Why a name, as written, does not stand for something outside the table's countries; `None` if it may.
fn abroad(found: &Match<'_>, alike: &[Hit<'_>], company: &Company) -> Option<String> {
    let place = alike.iter().find_map(|hit| match hit.target {
        Target::Place(place) if found.ground.country() == Some(place.country()) => Some(place),
        _ => None,
    });
    let others = alike
        .iter()
        .filter(|hit| Some(hit.target.country()) != place.map(|place| place.country_code()));
    let Some(place) = place else {
        // A governorate, or ground that was said in words.
        return None;
    };
    for other in others {
        let lesser = match other.target {
            Target::Area(_) => false,
            Target::Place(other) => {
                let people = |place: &Place<'_>| place.population().unwrap_or(0);
                place.kind().weight() == 3
                    && (other.kind().weight() < 2 || people(&place) / 10 >= people(&other))
            }
        };
        if !lesser {
            return Some("places of several countries have the name".to_owned());
        }
    }
    let (away, reach) = (company.away_km(&place), reach_km(&place));
    (away > reach).then(|| format!("it is a {} {away:.0} km away", place.kind()))
}
