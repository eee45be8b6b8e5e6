//! A name and its hints → one place, one region, several candidates, or none.
//!
//! How sure a match is (`score`), the same everywhere:
//!
//! | score | the name |
//! |---|---|
//! | 1.00 | stands in the gazetteer as written |
//! | 0.98 | folds to a name of the gazetteer (`fold.rs`) |
//! | 0.92 | does so when articles are left aside ("Bab" for "Al-Bab") |
//! | × 0.95 | for each of: chosen over lesser places of that name; chosen as the one at home; a hint not understood; a phrase taken wider than it says |
//!
//! Below 0.9 is room for tiers that guess (consonant skeletons, edits).
//!
//! How one of several places with a name is chosen, in this order:
//! 1. Hints rule out: a place outside the hinted country or admin area is never chosen.
//! 2. Names that fold alike come before names alike but for the article. If a name without an article fits a more
//!    prominent place that has one, nothing is chosen.
//! 3. A country's name is the country. Else a bare name that is both a settlement's and its own governorate's or
//!    district's ("Idlib") is the settlement's. If the settlement lies elsewhere, nothing is chosen. A spelling that only
//!    the area has is the settlement's too, if another like it is a settlement's in the area ("Boukamal").
//! 4. Two entries within 3 km are one place.
//! 5. Without a country hint, places abroad drop out if one at home is at least as prominent (capital or city, town,
//!    village, rest).
//! 6. A town or city is chosen over places two classes below, or one class below and not known to have a tenth of its
//!    people, or of a tenth of its people.
//! 7. Otherwise the answer is `Ambiguous`.

use std::borrow::Cow;

use geo::{Distance, Haversine};

use super::fold;
use super::hints::Hints;
use super::index::{AdminArea, Gazetteer, Place, Target};
use super::region::{Ground, Part};
use super::{phrase, suggest};
use crate::record::Precision;

/// What is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<'q> {
    /// The place as the source wrote it, vague or not.
    pub name: &'q str,
    /// Name or code of the admin area it is said to be in.
    pub admin1: Option<&'q str>,
    /// Name or ISO code of the country it is said to be in.
    pub country: Option<&'q str>,
}

impl<'q> Query<'q> {
    /// A name without hints.
    pub fn name(name: &'q str) -> Query<'q> {
        Query {
            name,
            admin1: None,
            country: None,
        }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution<'g> {
    /// One point.
    Place(Match<'g>),
    /// Ground too wide for a point.
    Region(Match<'g>),
    /// Several places, none of them clearly meant; the most prominent first.
    Ambiguous(Vec<Candidate<'g>>),
    /// Nothing; the nearest names, if any are near, the best first.
    Unresolved(Vec<Candidate<'g>>),
}

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As written.
    Exact,
    /// Folded.
    Folded,
    /// Folded, articles left aside.
    ArticleLess,
}

impl Tier {
    /// Score of a match of this tier.
    pub fn score(self) -> f64 {
        match self {
            Tier::Exact => 1.0,
            Tier::Folded => 0.98,
            Tier::ArticleLess => 0.92,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Tier::Exact => "as written",
            Tier::Folded => "but for marks and signs",
            Tier::ArticleLess => "but for the article",
        }
    }
}

/// What a doubt takes off a score.
pub(super) const DOUBT: f64 = 0.95;

/// Ground found for a name or phrase, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'g> {
    /// Preferred name of the place or region.
    pub name: Cow<'g, str>,
    /// The ground.
    pub ground: Ground<'g>,
    /// How sure, 0..=1; see the head of `resolve.rs`.
    pub score: f64,
    /// The gazetteer's name that was matched, and how; the first, if there are several.
    pub matched: (&'g str, Tier),
    /// What had to be decided on the way.
    pub notes: Vec<Cow<'static, str>>,
}

impl Match<'_> {
    /// How exactly the place is known.
    pub fn precision(&self) -> Precision {
        self.ground.precision()
    }

    /// Why this place: a short sentence for a person who has to defend it.
    pub fn basis(&self) -> String {
        let (name, tier) = self.matched;
        let mut basis = format!("gazetteer: {name}, {}", tier.label());
        for note in &self.notes {
            basis.push_str("; ");
            basis.push_str(note);
        }
        basis
    }

    pub(super) fn doubt(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.score *= DOUBT;
        self.notes.push(note.into());
        self
    }

    pub(super) fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// Something that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate<'g> {
    /// The place or area.
    pub target: Target<'g>,
    /// Its name that comes nearest.
    pub name: &'g str,
    /// How near the name comes, 0..=1.
    pub score: f64,
    /// Whether the name fits but a hint rules it out.
    pub ruled_out: bool,
}

/// What kind of thing a phrase says a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Not said.
    Any,
    /// "town of …": a settlement.
    Settlement,
    /// "… province" (1), "… district" (2).
    Area(u8),
}

/// One thing a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'g> {
    pub target: Target<'g>,
    pub name: &'g str,
    pub tier: Tier,
}

impl<'g> Hit<'g> {
    fn candidate(self) -> Candidate<'g> {
        Candidate {
            target: self.target,
            name: self.name,
            score: self.tier.score(),
            ruled_out: false,
        }
    }
}

impl Gazetteer {
    /// Finds the place or region that a name or phrase stands for.
    ///
    /// Never guesses in silence: see the head of `resolve.rs` for what is decided and what is left `Ambiguous`.
    /// A plain name costs about a microsecond.
    pub fn resolve(&self, query: &Query<'_>) -> Resolution<'_> {
        let name = query.name.trim();
        let hints = match Hints::read(self, query) {
            Ok(hints) => hints,
            // A country that nobody knows: any answer might be in the wrong one.
            Err(_) => return Resolution::Unresolved(suggest::nearest(self, name)),
        };
        let hits = self.hits(name);
        let answer = if hits.is_empty() {
            phrase::resolve(self, name, &hints)
        } else {
            self.choose(&hits, Want::Any, &hints)
        };
        match answer {
            Resolution::Unresolved(candidates) if candidates.is_empty() => {
                Resolution::Unresolved(suggest::nearest(self, name))
            }
            Resolution::Place(found) if hints.unknown_admin => {
                Resolution::Place(found.doubt(UNKNOWN_HINT))
            }
            Resolution::Region(found) if hints.unknown_admin => {
                Resolution::Region(found.doubt(UNKNOWN_HINT))
            }
            answer => answer,
        }
    }

    /// Everything that has this name, each with its best tier.
    pub(super) fn hits(&self, name: &str) -> Vec<Hit<'_>> {
        let mut key = String::with_capacity(name.len() + 8);
        let articles = fold::key(name, &mut key);
        let mut hits: Vec<Hit<'_>> = Vec::new();
        if key.is_empty() {
            return hits;
        }
        for index in self.data.find(&key) {
            let entry = self.data.entry(index);
            let written = self.data.entry_name(entry);
            let tier = match () {
                () if written == name => Tier::Exact,
                () if entry.articles == articles => Tier::Folded,
                () => Tier::ArticleLess,
            };
            let target = self.target(entry.target);
            match hits.iter_mut().find(|hit| hit.target == target) {
                Some(hit) if hit.tier <= tier => {}
                Some(hit) => (hit.name, hit.tier) = (written, tier),
                None => hits.push(Hit {
                    target,
                    name: written,
                    tier,
                }),
            }
        }
        hits
    }

    /// Chooses among the things that have a name. `Unresolved` if hints or `want` rule out all of them.
    pub(super) fn choose<'g>(
        &'g self,
        hits: &[Hit<'g>],
        want: Want,
        hints: &Hints<'g>,
    ) -> Resolution<'g> {
        let wanted = |hit: &&Hit<'g>| match (want, hit.target) {
            (Want::Any, _) => true,
            (Want::Settlement, Target::Place(place)) => place.kind().is_settlement(),
            (Want::Settlement, Target::Area(_)) | (Want::Area(_), Target::Place(_)) => false,
            (Want::Area(level), Target::Area(area)) => area.level() == level,
        };
        let mut places = Vec::new();
        let mut areas = Vec::new();
        for hit in hits.iter().filter(wanted) {
            match hit.target {
                Target::Place(place) if hints.allow_place(place) => places.push((place, *hit)),
                Target::Area(area) if hints.allow_area(area) => areas.push((area, *hit)),
                _ => {}
            }
        }
        if places.len() > 1 && hints.has_admin() {
            // A place of unknown area is taken only if none is known to lie in the hinted one.
            let sure = |(place, _): &(Place<'g>, Hit<'g>)| place.admin1().is_some();
            if places.iter().any(sure) {
                places.retain(sure);
            }
        }
        if places.is_empty() && areas.is_empty() {
            let out = hits.iter().map(|hit| Candidate {
                ruled_out: true,
                ..hit.candidate()
            });
            return Resolution::Unresolved(out.collect());
        }
        if let Some((area, hit)) = areas
            .iter()
            .find(|(area, hit)| area.level() == 0 && hit.tier < Tier::ArticleLess)
        {
            return Resolution::Region(of_area(*area, *hit));
        }
        if places.is_empty() {
            let answer = choose_area(self, &areas, hints);
            return match (&answer, want) {
                (Resolution::Region(found), Want::Any) => {
                    self.seat_of(found, hints).unwrap_or(answer)
                }
                _ => answer,
            };
        }
        let answer = choose_place(self, &places, hints);
        let Resolution::Place(found) = &answer else {
            return answer;
        };
        let Ground::Point(place) = &found.ground else {
            return answer;
        };
        let elsewhere = areas.iter().filter(|(area, hit)| {
            hit.tier <= found.matched.1.max(Tier::Folded) && !area.holds(place)
        });
        let elsewhere: Vec<_> = elsewhere.map(|(_, hit)| hit.candidate()).collect();
        if place.kind().weight() < 2 && !elsewhere.is_empty() {
            let mut candidates: Vec<_> = places.iter().map(|(_, hit)| hit.candidate()).collect();
            candidates.extend(elsewhere);
            return Resolution::Ambiguous(candidates);
        }
        match answer {
            Resolution::Place(found) if !areas.is_empty() => {
                widen(found.note("a bare name is the settlement's, not the admin area's"))
            }
            Resolution::Place(found) => widen(found),
            other => other,
        }
    }

    /// The settlement that an area is named for, if the name asked for is a spelling of it that only the area's list has.
    fn seat_of<'g>(&'g self, found: &Match<'g>, hints: &Hints<'g>) -> Option<Resolution<'g>> {
        let Ground::Parts(parts) = &found.ground else {
            return None;
        };
        let &[Part::Whole(area)] = parts.as_slice() else {
            return None;
        };
        if area.level() == 0 {
            return None;
        }
        let (asked, tier) = found.matched;
        let mut seats: Vec<(Place<'g>, Hit<'g>)> = Vec::new();
        for name in area.names().filter(|name| alike(name, asked)) {
            for hit in self.hits(name) {
                if let Target::Place(place) = hit.target
                    && place.kind().is_settlement()
                    && area.holds(&place)
                    && hints.allow_place(place)
                    && !seats.iter().any(|(other, _)| *other == place)
                {
                    seats.push((
                        place,
                        Hit {
                            name: asked,
                            tier,
                            ..hit
                        },
                    ));
                }
            }
        }
        match choose_place(self, &seats, hints) {
            Resolution::Place(seat) => Some(Resolution::Place(seat.doubt(format!(
                "a spelling known for {}, taken for its seat",
                area.title()
            )))),
            _ => None,
        }
    }
}

/// Whether two names may be spellings of one: "Boukamal" and "Abu Kamal" are, "Al-Jazira" and "Hasakah" are not.
fn alike(a: &str, b: &str) -> bool {
    let (mut x, mut y) = (String::new(), String::new());
    fold::key(a, &mut x);
    fold::key(b, &mut y);
    x.is_ascii() == y.is_ascii() && rapidfuzz::fuzz::ratio(x.chars(), y.chars()) >= 0.6
}

const UNKNOWN_HINT: &str = "the hint for the admin area is not known and was not used";

/// A mountain or plain is ground, not a point.
fn widen(found: Match<'_>) -> Resolution<'_> {
    match &found.ground {
        Ground::Point(place) => match place.kind().reach_km() {
            Some(radius_km) => {
                let ground = Ground::around(Target::Place(*place), place.point(), radius_km);
                Resolution::Region(Match { ground, ..found })
            }
            None => Resolution::Place(found),
        },
        Ground::Parts(_) => Resolution::Region(found),
    }
}

pub(super) fn of_area<'g>(area: AdminArea<'g>, hit: Hit<'g>) -> Match<'g> {
    Match {
        name: Cow::Owned(area.title()),
        ground: Ground::whole(area),
        score: hit.tier.score(),
        matched: (hit.name, hit.tier),
        notes: Vec::new(),
    }
}

fn choose_area<'g>(
    gazetteer: &'g Gazetteer,
    areas: &[(AdminArea<'g>, Hit<'g>)],
    hints: &Hints<'g>,
) -> Resolution<'g> {
    // The widest of its name: "Raqqa" as an area is the governorate, not the district within it.
    let best = areas
        .iter()
        .map(|(area, hit)| (hit.tier == Tier::ArticleLess, area.level()))
        .min();
    let mut left: Vec<_> = areas
        .iter()
        .filter(|(area, hit)| Some((hit.tier == Tier::ArticleLess, area.level())) == best)
        .copied()
        .collect();
    let mut at_home = false;
    if left.len() > 1
        && hints.country.is_none()
        && left
            .iter()
            .any(|(area, _)| area.country_code() == gazetteer.home())
    {
        left.retain(|(area, _)| area.country_code() == gazetteer.home());
        at_home = true;
    }
    match left.as_slice() {
        [(area, hit)] if at_home => {
            Resolution::Region(of_area(*area, *hit).doubt("the one in the home country"))
        }
        [(area, hit)] => Resolution::Region(of_area(*area, *hit)),
        several => Resolution::Ambiguous(several.iter().map(|(_, hit)| hit.candidate()).collect()),
    }
}

fn choose_place<'g>(
    gazetteer: &'g Gazetteer,
    places: &[(Place<'g>, Hit<'g>)],
    hints: &Hints<'g>,
) -> Resolution<'g> {
    let found = |(place, hit): (Place<'g>, Hit<'g>)| Match {
        name: Cow::Borrowed(place.name()),
        ground: Ground::Point(place),
        score: hit.tier.score(),
        matched: (hit.name, hit.tier),
        notes: Vec::new(),
    };
    if let [only] = places {
        return Resolution::Place(found(*only));
    }
    let ambiguous = |mut places: Vec<(Place<'g>, Hit<'g>)>| {
        places.sort_by_key(|(place, _)| (std::cmp::Reverse(prominence(place)), place.index));
        Resolution::Ambiguous(places.iter().map(|(_, hit)| hit.candidate()).collect())
    };
    let written_alike = |(_, hit): &&(Place<'g>, Hit<'g>)| hit.tier < Tier::ArticleLess;
    let mut left: Vec<_> = places.iter().filter(written_alike).copied().collect();
    let loose: Vec<_> = places
        .iter()
        .filter(|hit| !written_alike(hit))
        .copied()
        .collect();
    if left.is_empty() {
        left = loose;
    } else {
        let best = left
            .iter()
            .map(|(place, _)| place.kind().weight())
            .max()
            .unwrap_or_default();
        let has_article =
            |(_, hit): &(Place<'g>, Hit<'g>)| fold::key(hit.name, &mut String::new()) != 0;
        if loose
            .iter()
            .any(|one| place_weight(one) > best && has_article(one))
        {
            return ambiguous(places.to_vec());
        }
    }
    left.sort_by_key(|(place, _)| (std::cmp::Reverse(prominence(place)), place.index));
    // Entries for one spot: the first, most prominent one stands for all.
    let mut spots: Vec<(Place<'g>, Hit<'g>)> = Vec::with_capacity(left.len());
    for one in left {
        if !spots
            .iter()
            .any(|(other, _)| Haversine.distance(other.point(), one.0.point()) < ONE_SPOT_M)
        {
            spots.push(one);
        }
    }
    let mut note = None;
    let home = |(place, _): &(Place<'g>, Hit<'g>)| place.country_code() == gazetteer.home();
    if spots.len() > 1
        && hints.country.is_none()
        && let Some(at_home) = spots
            .iter()
            .filter(|spot| home(spot))
            .map(place_weight)
            .max()
    {
        let before = spots.len();
        spots.retain(|spot| home(spot) || place_weight(spot) > at_home);
        if spots.len() < before {
            note = Some("the one in the home country");
        }
    }
    match spots.as_slice() {
        [only] => match note {
            Some(note) => Resolution::Place(found(*only).doubt(note)),
            None => Resolution::Place(found(*only)),
        },
        [first, others @ ..] if others.iter().all(|other| dominates(&first.0, &other.0)) => {
            Resolution::Place(found(*first).doubt(format!(
                "the most prominent of {} places of this name",
                spots.len()
            )))
        }
        _ => ambiguous(spots),
    }
}

/// Entries of one name nearer than this, in metres, are one place.
const ONE_SPOT_M: f64 = 3000.0;

fn place_weight((place, _): &(Place<'_>, Hit<'_>)) -> u8 {
    place.kind().weight()
}

fn prominence(place: &Place<'_>) -> (u8, u32) {
    (
        place.kind().weight(),
        place.population().unwrap_or_default(),
    )
}

/// Rule 6 at the head of this file.
fn dominates(first: &Place<'_>, other: &Place<'_>) -> bool {
    let (a, b) = (first.kind().weight(), other.kind().weight());
    let tenth = match (first.population(), other.population()) {
        (Some(more), Some(fewer)) => Some(more / 10 >= fewer),
        _ => None,
    };
    a >= 2 && (a >= b + 2 || tenth == Some(true) || a > b && tenth.is_none())
}
