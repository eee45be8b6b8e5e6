//! One of several things with a name, or none.
//!
//! How one of several places with a name is chosen, in this order:
//! 1. Hints rule out: a place outside the hinted country or admin area is not chosen, but for the only one of its name
//!    that lies within 10 km of a place in the area, if none lies in it.
//! 2. Names that fold alike come before names alike but for the article. If a name without an article fits a more
//!    prominent place that has one, nothing is chosen.
//! 3. A country's name is the country. Else a bare name that is both a settlement's and its own governorate's or
//!    district's ("Idlib") is the settlement's. If the settlement lies elsewhere, nothing is chosen. A spelling that only
//!    the area has is the settlement's too, if another like it is a settlement's in the area ("Boukamal").
//! 4. Two entries within 3 km are one place.
//! 5. Without a country hint, places abroad drop out if one at home is at least as prominent: of a higher class (capital
//!    or city, town, village, rest), or of the same and, from towns up, with no fewer people.
//! 6. Of places of one class in the hinted area, those whose own name it is come before those that are also called so. Then
//!    those come first that several of the gazetteers know which this one was made of.
//! 7. A town or city is chosen over places two classes below it, over places one class below whose people are not known,
//!    and over places with a tenth of its people at most; never if it is abroad and the other at home a town or
//!    city, or 1,000 km away; and never if a village was asked for.
//! 8. Otherwise the answer is `Ambiguous`.

use std::borrow::Cow;

use geo::{Distance, Haversine};

use super::explain::{Step, considered, in_words};
use super::fold;
use super::hints::Hints;
use super::index::Gazetteer;
use super::place::{AdminArea, Place, Target};
use super::rank::{
    ONE_SPOT_M, PlaceHit, before_others, dominates, own_name, place_weight, prominence, standing,
};
use super::region::{Ground, Part};
use super::resolve::{Candidate, Hit, Match, Resolution, Tier, Want};

type AreaHit<'g> = (AdminArea<'g>, Hit<'g>);

impl Gazetteer {
    /// Chooses among the things that have a name. `Unresolved` if hints or `want` rule out all of them.
    pub(super) fn choose<'g>(
        &'g self,
        hits: &[Hit<'g>],
        want: Want,
        hints: &Hints<'g>,
    ) -> Resolution<'g> {
        let answer = self.weigh(hits, want, hints);
        hints.log.note(|| Step::Weighed {
            name: hits.first().map_or("", |hit| hit.name).to_owned(),
            want: want.label(),
            candidates: considered(hits, hints.near, |hit| {
                want.allows(hit.target) && hints.allow(hit.target)
            }),
            decided: in_words(&answer),
        });
        answer
    }

    fn weigh<'g>(&'g self, hits: &[Hit<'g>], want: Want, hints: &Hints<'g>) -> Resolution<'g> {
        if let ([hit], Want::Any) = (hits, want)
            && let Target::Place(place) = hit.target
            && hints.allow_place(place)
        {
            // The common case, without the lists.
            return widen(of_place(place, *hit));
        }
        let mut places = Vec::new();
        let mut areas = Vec::new();
        for hit in hits {
            match hit.target {
                target if !want.allows(target) || !hints.allow(target) => {}
                Target::Place(place) => places.push((place, *hit)),
                Target::Area(area) => areas.push((area, *hit)),
            }
        }
        if places.len() > 1 && hints.has_admin() {
            // A place of unknown area is taken only if none is known to lie in the hinted one.
            let sure = |(place, _): &PlaceHit<'g>| place.admin1().is_some();
            if places.iter().any(sure) {
                places.retain(sure);
            }
        }
        if !matches!(want, Want::Settlement | Want::Village)
            && let Some((area, hit)) = areas
                .iter()
                .find(|(area, hit)| area.level() == 0 && hit.tier < Tier::ArticleLess)
        {
            return Resolution::Region(of_area(*area, *hit));
        }
        if places.is_empty() {
            let answer = choose_area(self, &areas, hints);
            let seat = match &answer {
                Resolution::Region(found)
                    if matches!(want, Want::Any | Want::Settlement | Want::Village) =>
                {
                    self.seat_of(found, hints)
                }
                _ => None,
            };
            return match seat {
                Some(seat) => seat,
                None if areas.is_empty() || matches!(want, Want::Settlement | Want::Village) => {
                    if let Some(answer) = across(hits, want, hints) {
                        return answer;
                    }
                    let out = hits.iter().map(|hit| Candidate {
                        ruled_out: true,
                        ..hit.candidate()
                    });
                    Resolution::Unresolved(out.collect())
                }
                None => answer,
            };
        }
        let answer = choose_place(self, &places, want, hints);
        match answer {
            Resolution::Place(found) if want == Want::Any => {
                self.against_areas(found, &places, &areas)
            }
            Resolution::Place(found) => widen(found),
            other => other,
        }
    }

    /// A chosen place, weighed against admin areas of the same name.
    fn against_areas<'g>(
        &'g self,
        found: Match<'g>,
        places: &[PlaceHit<'g>],
        areas: &[AreaHit<'g>],
    ) -> Resolution<'g> {
        let Ground::Point(place) = found.ground else {
            return Resolution::Place(found);
        };
        let tier = found.matched.1;
        let elsewhere: Vec<AreaHit<'g>> = areas
            .iter()
            .filter(|(area, hit)| hit.tier <= tier.max(Tier::Folded) && !area.holds(&place))
            .copied()
            .collect();
        let lesser = place.kind().weight() < 2
            || elsewhere
                .iter()
                .any(|(_, hit)| hit.tier < Tier::ArticleLess && tier == Tier::ArticleLess);
        if elsewhere.is_empty() || !lesser {
            let seat = !areas.is_empty();
            return widen(if seat {
                found.note("a bare name is the settlement's, not the admin area's (rule 3)")
            } else {
                found
            });
        }
        // A governorate is more likely to be meant than a village abroad.
        if place.country_code() != self.home()
            && let [(area, hit)] = elsewhere.as_slice()
            && area.level() == 1
            && area.country_code() != place.country_code()
        {
            return Resolution::Region(
                of_area(*area, *hit).doubt("the governorate, not the place abroad (rule 3)"),
            );
        }
        let hits = places
            .iter()
            .map(|(_, hit)| hit)
            .chain(elsewhere.iter().map(|(_, hit)| hit));
        Resolution::Ambiguous(hits.map(|hit| hit.candidate()).collect())
    }

    /// The settlement that an area is named for, if the name asked for is a spelling of it that only the area's list has.
    fn seat_of<'g>(&'g self, found: &Match<'g>, hints: &Hints<'g>) -> Option<Resolution<'g>> {
        let Ground::Parts(parts) = &found.ground else {
            return None;
        };
        let [Part::Whole(area)] = parts.as_slice() else {
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
        match choose_place(self, &seats, Want::Settlement, hints) {
            Resolution::Place(seat) => Some(Resolution::Place(seat.doubt(format!(
                "a spelling known for {}, taken for its seat (rule 3)",
                area.title()
            )))),
            _ => None,
        }
    }
}

/// The only place of a name in the country, if it lies just outside the hinted area.
fn across<'g>(hits: &[Hit<'g>], want: Want, hints: &Hints<'g>) -> Option<Resolution<'g>> {
    if !hints.has_admin() {
        return None;
    }
    let near = |hit: &&Hit<'g>| match hit.target {
        Target::Place(place) => want.allows(hit.target) && hints.just_across(place),
        Target::Area(_) => false,
    };
    let mut near = hits.iter().filter(near);
    match (near.next(), near.next()) {
        (Some(hit), None) => {
            let Target::Place(place) = hit.target else {
                return None;
            };
            let note = "just outside the admin area that was given (rule 1)";
            Some(widen(of_place(place, *hit).doubt(note)))
        }
        _ => None,
    }
}

/// Whether two names may be spellings of one: "Boukamal" and "Abu Kamal" are, "Al-Jazira" and "Hasakah" are not.
fn alike(a: &str, b: &str) -> bool {
    let (mut x, mut y) = (String::new(), String::new());
    fold::key(a, &mut x);
    fold::key(b, &mut y);
    x.is_ascii() == y.is_ascii() && rapidfuzz::fuzz::ratio(x.chars(), y.chars()) >= 0.6
}

/// A mountain or plain is ground, not a point.
pub(super) fn widen(found: Match<'_>) -> Resolution<'_> {
    match &found.ground {
        Ground::Point(place) => match place.reach_km() {
            Some(radius_km) => {
                let ground = Ground::around(Target::Place(*place), place.point(), radius_km);
                Resolution::Region(Match { ground, ..found })
            }
            None => Resolution::Place(found),
        },
        Ground::Parts(_) => Resolution::Region(found),
    }
}

pub(super) fn of_place<'g>(place: Place<'g>, hit: Hit<'g>) -> Match<'g> {
    Match {
        name: Cow::Borrowed(place.name()),
        ground: Ground::Point(place),
        score: hit.tier.score(),
        matched: (hit.name, hit.tier),
        notes: Vec::new(),
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
            Resolution::Region(of_area(*area, *hit).doubt("the one in the home country (rule 5)"))
        }
        [(area, hit)] => Resolution::Region(of_area(*area, *hit)),
        several => Resolution::Ambiguous(several.iter().map(|(_, hit)| hit.candidate()).collect()),
    }
}

fn choose_place<'g>(
    gazetteer: &'g Gazetteer,
    places: &[(Place<'g>, Hit<'g>)],
    want: Want,
    hints: &Hints<'g>,
) -> Resolution<'g> {
    let found = |(place, hit)| of_place(place, hit);
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
    let home = |(place, _): &PlaceHit<'g>| place.country_code() == gazetteer.home();
    if spots.len() > 1
        && hints.country.is_none()
        && let Some(at_home) = spots.iter().filter(|spot| home(spot)).map(standing).max()
    {
        let before = spots.len();
        spots.retain(|spot| home(spot) || standing(spot) > at_home);
        if spots.len() < before {
            note = Some("the one in the home country (rule 5)");
        }
    }
    // By ear no name is more a place's own than another, and in a whole country there are too many of one name.
    let by_eye = spots.iter().all(|(_, hit)| hit.tier <= Tier::ArticleLess);
    if by_eye && hints.has_admin() && spots.len() > 1 && before_others(&mut spots, own_name) {
        note = Some("the one whose own name it is, not a by-name (rule 6)");
    }
    if spots.len() > 1 && before_others(&mut spots, |(place, _)| place.layers() > 1) {
        note = Some("the one that several gazetteers know (rule 6)");
    }
    match spots.as_slice() {
        [only] => match note {
            Some(note) => Resolution::Place(found(*only).doubt(note)),
            None => Resolution::Place(found(*only)),
        },
        [first, others @ ..]
            if want != Want::Village
                && others.iter().all(|other| dominates(&first.0, &other.0)) =>
        {
            Resolution::Place(found(*first).doubt(format!(
                "the most prominent of {} places of this name (rule 7)",
                spots.len()
            )))
        }
        _ => ambiguous(spots),
    }
}
