//! Places that say where others are, and names that the gazetteer does not have.

use super::super::lexicon::Role;
use super::super::sentence::Sentence;
use super::spot::{Spot, area_name, covers, names_area};
use super::{Finder, is_side};
use crate::record::{Location, Precision};

impl Finder<'_> {
    /// The place that a part is in, if nobody knows where in it: "Goma (Majengo)".
    fn part_of(&mut self, part: &mut Spot, mut wider: Spot) {
        let named = format!("{} ({})", wider.phrase, part.phrase);
        if !wider.unknown
            && !part.phrase.contains(',')
            && let Some((location, _)) = self.look(&named, None)
        {
            wider.location = location;
            wider.phrase = named;
            wider.part = Some(part.phrase.clone());
            wider.wide = None;
        }
        wider.tokens.start = part.tokens.start.min(wider.tokens.start);
        wider.tokens.end = part.tokens.end.max(wider.tokens.end);
        wider.framed |= part.framed;
        wider.from |= part.from;
        wider.core = part.core.clone();
        *part = wider;
    }

    /// "X, Idlib province", "X in Idlib": the wider one says where the other is.
    pub(super) fn narrow(&mut self, s: &Sentence<'_>, spots: Vec<Spot>) -> Vec<Spot> {
        let mut kept: Vec<Spot> = Vec::new();
        for mut spot in spots {
            let Some(last) = kept.last_mut() else {
                kept.push(spot);
                continue;
            };
            let between = last.tokens.end..spot.tokens.start;
            // "Syria's Idlib province"
            // "Abu Shouk camp in Sudan's Darfur region"
            if between.len() == 1
                && s.lower(between.start) == "'s"
                && last.within.is_some()
                && !last.unknown
                && last.core.end + 1 < between.start
            {
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            if between.len() == 1 && s.lower(between.start) == "'s" {
                // "Aleppo's al-Ferdous district"
                if spot.unknown {
                    let wider = last.clone();
                    self.part_of(&mut spot, wider);
                }
                spot.framed |= last.framed;
                spot.from |= last.from;
                spot.tokens.start = last.tokens.start;
                *last = spot;
                continue;
            }
            let word = |at: usize| {
                !matches!(s.lower(at), "from" | "to" | "with" | "between")
                    && (matches!(
                        s.lower(at),
                        "," | "in"
                            | "of"
                            | "the"
                            | "("
                            | "at"
                            | "on"
                            | "outside"
                            | "-"
                            | "–"
                            | "near"
                    ) || s.has(at, Role::Inner))
            };
            // "Umm al-Keif, a half-deserted village near Tal Tamr"
            let apposition = s.lower(between.start) == ","
                && matches!(s.lower(between.start + 1), "a" | "an" | "the")
                && between.len() <= 8
                && between.clone().skip(1).all(|at| {
                    (s.is_word(at) || s.lower(at) == "-")
                        && !s.is_capital(at)
                        && !s.has(at, Role::Verb)
                        && !s.has(at, Role::Event)
                        && !s.has(at, Role::And)
                        && !s.has(at, Role::Break)
                })
                && between.clone().any(|at| {
                    matches!(
                        s.lower(at),
                        "village" | "town" | "hamlet" | "suburb" | "settlement"
                    )
                });
            if apposition && !last.unknown {
                // "Mellit, a town to the north of El Fasher"
                last.tokens.end = spot.tokens.end;
                continue;
            }
            let joined = between.len() <= 5 && between.clone().all(word) || apposition;
            let inside = apposition
                || between.clone().any(|at| matches!(s.lower(at), "in" | "of"))
                || matches!(
                    s.lower(spot.tokens.start),
                    "near" | "south" | "north" | "east" | "west" | "outside"
                );
            let wider = spot.location.radius_km > last.location.radius_km * 1.5
                || spot.location.precision > last.location.precision
                // "the village of X, Sagaing region"
                || last.unknown && spot.location.precision >= Precision::District;
            if !joined || !(inside || wider) || last.is_country() {
                kept.push(spot);
                continue;
            }
            // "on the Amuda road near Tal Mozan"
            if matches!(s.before(last.tokens.end), "road" | "highway")
                && last.tokens.len() > 1
                && matches!(s.lower(spot.tokens.start), "near" | "outside")
            {
                spot.tokens.start = last.tokens.start;
                spot.framed |= last.framed;
                *last = spot;
                continue;
            }
            let part = (last.tokens.clone()).any(|at| {
                matches!(
                    s.lower(at),
                    "neighbourhood" | "neighborhood" | "quarter" | "camp"
                )
            });
            // "the Karari district of Omdurman"
            let part = part
                || last.unknown
                    && spot.location.precision == Precision::Exact
                    && s.before(between.start) == "district"
                    && s.lower(between.start) == "of";
            let part = part && spot.location.precision < Precision::Governorate;
            if part && (last.unknown || !spot.covers(last) && last.distance_km(&spot) > 8.0) {
                self.part_of(last, spot);
                continue;
            }
            // "X, east of Y": Y is far off.
            let aside = s.lower(between.start) == "," && is_side(s.lower(spot.tokens.start));
            if aside && !last.unknown {
                // "close to the border, west of Y"
                let border = last
                    .tokens
                    .clone()
                    .any(|at| matches!(s.lower(at), "border" | "frontier"));
                if border && last.location.radius_km > spot.location.radius_km {
                    spot.tokens.start = last.tokens.start;
                    spot.framed |= last.framed;
                    *last = spot;
                } else {
                    last.tokens.end = spot.tokens.end;
                }
                continue;
            }
            if last.unknown && s.lower(spot.tokens.start) == "near" {
                // All that is known is what it is near.
                self.part_of(last, spot);
                continue;
            }
            if last.unknown && spot.location.precision < Precision::Governorate && !spot.unknown {
                self.part_of(last, spot);
                continue;
            }
            if last.unknown {
                // Somewhere in there.
                last.location = Location {
                    name: last.location.name.clone(),
                    ..spot.location.clone()
                };
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            // "Khin-U, in Sagaing Region": of which no outline is known.
            if names_area(&spot.phrase)
                && spot.location.precision < Precision::Governorate
                && spot.location.country == last.location.country
                || spot.is_unknown_area()
            {
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            let close = spot.covers(last)
                || last.distance_km(&spot) <= 25.0_f64.max(spot.location.radius_km * 1.5);
            if close && wider {
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            if close && inside {
                // "Y camp near X", "the Y neighbourhood of X"
                last.tokens.end = spot.tokens.end;
                continue;
            }
            // The name stands elsewhere too: there it is the one in that area.
            if wider
                && let Some((location, _)) =
                    self.look(&last.phrase.clone(), Some(&area_name(&spot)))
                && covers(&spot.location, &location)
            {
                last.location = location;
                last.tokens.end = spot.tokens.end;
                last.within = Some(Box::new(spot));
                continue;
            }
            if inside {
                // Not the one that the gazetteer has: all that is known is where it is said to be.
                self.part_of(last, spot);
                continue;
            }
            kept.push(spot);
        }
        kept
    }
}
