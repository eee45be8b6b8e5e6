//! Incidents as symbols: one for each place, however many happened there.

use geo::{Coord, MultiPolygon};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{MapSpec, words};
use crate::layer::{Feature, IncidentAttributes, LayerSet};
use crate::record::thousands;
use crate::record::{Count, Footprint, Period, Precision};

/// An area that takes more of the extent than this is not hatched.
const TOO_WIDE: f64 = 0.6;

/// The toll of some incidents, as [`Count::total`] adds it up: never across what sources say of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many incidents.
    pub incidents: usize,
    /// For how many of them a source gives a figure.
    pub known: usize,
    /// The sum of these figures.
    sum: Option<Count>,
}

impl Tally {
    /// Of one incident in a period: if its date may lie outside, from none to all of its killed.
    fn of(attributes: &IncidentAttributes, period: Option<Period>) -> Self {
        let uncertain = is_uncertain(attributes, period);
        let toll = attributes.toll;
        let toll = toll.map(|toll| if uncertain { toll.perhaps() } else { toll });
        Self {
            incidents: 1,
            known: usize::from(toll.is_some()),
            sum: Count::total([toll]),
        }
    }

    fn add(&mut self, other: Self) {
        self.incidents += other.incidents;
        self.known += other.known;
        self.sum = Count::total(self.sum.into_iter().chain(other.sum).map(Some));
    }

    /// Of all incidents of a map.
    pub fn total(layers: &LayerSet, period: Option<Period>) -> Self {
        let mut total = Self::default();
        for feature in &layers.incidents.features {
            total.add(Self::of(&feature.attributes, period));
        }
        total
    }

    /// All of them together; those without a figure are not nobody.
    pub fn count(&self) -> Option<Count> {
        let unknown = (self.known < self.incidents).then_some(None);
        Count::total(std::iter::once(self.sum).chain(unknown))
    }

    /// The figure to draw for the lowest: for "some 60" the figure itself.
    pub fn low(&self) -> u64 {
        self.count().map_or(0, |count| count.said().0)
    }

    /// The highest figure; `None` where a source gives no upper end.
    pub fn high(&self) -> Option<u64> {
        self.count()?.high()
    }

    /// The largest figure that is named.
    pub fn most(&self) -> u64 {
        self.sum.map_or(0, |sum| sum.said().1)
    }

    /// As short as it can be written in a circle: "8", "6–9", "8+", "~60".
    pub fn short(&self) -> String {
        let Some(count) = self.count() else {
            return String::new();
        };
        let low = thousands(count.said().0);
        match (count.high(), count.low()) {
            (Some(high), Some(same)) if high == same => low,
            (Some(high), _) => format!("{low}–{}", thousands(high)),
            (None, None) => format!("~{low}"),
            // Perhaps none, perhaps all of them and more.
            (None, Some(0)) if count.said().1 > 0 => {
                format!("{low}–{}+", thousands(count.said().1))
            }
            (None, _) => format!("{low}+"),
        }
    }

    /// Whether nobody was killed, as all sources say.
    pub fn is_nobody(&self) -> bool {
        self.count() == Some(Count::exactly(0))
    }

    /// How many were killed, in words, where there is anything to tell: "nobody here, no figure there" says nothing.
    pub fn killed(&self) -> Option<String> {
        let told = self.most() > 0 || self.is_nobody();
        self.words()
            .filter(|_| told)
            .map(|words| format!("{words} killed"))
    }

    /// In words, where anything is known: "6–9", "at least 8", "about 60".
    pub fn words(&self) -> Option<String> {
        self.count().map(words::figure)
    }
}

/// Incidents at one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    /// The toll of them.
    pub tally: Tally,
    /// Longitude and latitude.
    pub at: (f64, f64),
    /// Whether the date of all of them may lie outside of the period.
    pub uncertain: bool,
}

/// Incidents somewhere within the same circle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ring {
    /// Whether the date of all of them may lie outside of the period.
    pub uncertain: bool,
    pub tally: Tally,
    pub at: (f64, f64),
    pub radius_km: f64,
}

/// Incidents somewhere within the same area.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    /// Whether the date of all of them may lie outside of the period.
    pub uncertain: bool,
    pub tally: Tally,
    pub area: Arc<MultiPolygon>,
    /// Its name.
    pub name: String,
    /// Whether it is a whole country or most of the map: hatching would say nothing.
    pub wide: bool,
}

/// What the incidents of a map are drawn as, in an order that does not depend on theirs.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    pub dots: Vec<Dot>,
    pub rings: Vec<Ring>,
    pub grounds: Vec<Ground>,
}

impl Symbols {
    /// Groups incidents by what is known of their place.
    pub fn new(layers: &LayerSet, spec: &MapSpec) -> Self {
        let period = spec.period;
        let mut dots: BTreeMap<[u64; 2], Dot> = BTreeMap::new();
        let mut rings: BTreeMap<[u64; 3], Ring> = BTreeMap::new();
        let mut grounds: BTreeMap<(&str, &str, u64), Ground> = BTreeMap::new();
        for Feature { attributes, .. } in &layers.incidents.features {
            let uncertain = is_uncertain(attributes, period);
            let tally = Tally::of(attributes, period);
            match &attributes.location.footprint {
                Footprint::Point(p) => {
                    dots.entry([p.x().to_bits(), p.y().to_bits()])
                        .and_modify(|d| {
                            d.uncertain &= uncertain;
                            d.tally.add(tally);
                        })
                        .or_insert(Dot {
                            tally,
                            at: (p.x(), p.y()),
                            uncertain,
                        });
                }
                Footprint::Disc(p) => {
                    let radius_km = attributes.location.radius_km;
                    rings
                        .entry([p.x().to_bits(), p.y().to_bits(), radius_km.to_bits()])
                        .and_modify(|r| {
                            r.uncertain &= uncertain;
                            r.tally.add(tally);
                        })
                        .or_insert(Ring {
                            uncertain,
                            tally,
                            at: (p.x(), p.y()),
                            radius_km,
                        });
                }
                Footprint::Area(area) => {
                    let location = &attributes.location;
                    let admin1 = location.admin1.as_deref().unwrap_or_default();
                    // Areas of one name may still differ: "the north of Hama", worked out twice.
                    let first = area.0.first().and_then(|p| p.exterior().0.first()).copied();
                    let Coord { x, y } = first.unwrap_or_default();
                    let key = (
                        location.name.as_str(),
                        admin1,
                        x.to_bits() ^ y.to_bits().rotate_left(32),
                    );
                    grounds
                        .entry(key)
                        .and_modify(|g| {
                            g.uncertain &= uncertain;
                            g.tally.add(tally);
                        })
                        .or_insert_with(|| Ground {
                            uncertain,
                            tally,
                            area: Arc::clone(area),
                            name: location.name.to_string(),
                            wide: location.precision >= Precision::Country
                                || spec.extent.part_of(area) > TOO_WIDE,
                        });
                }
            }
        }
        let mut rings: Vec<Ring> = rings.into_values().collect();
        // The widest lie under the others.
        rings.sort_by(|a, b| b.radius_km.total_cmp(&a.radius_km));
        Self {
            dots: dots.into_values().collect(),
            rings,
            grounds: grounds.into_values().collect(),
        }
    }
}

fn is_uncertain(attributes: &IncidentAttributes, period: Option<Period>) -> bool {
    period.is_some_and(|period| !period.surely_contains(&attributes.when))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(killed: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for text in killed {
            let toll: Option<Count> = (!text.is_empty()).then(|| text.parse().unwrap());
            tally.add(Tally {
                incidents: 1,
                known: usize::from(toll.is_some()),
                sum: Count::total([toll]),
            });
        }
        tally
    }

    #[test]
    fn lows_and_highs_are_added_and_open_ends_stay_open() {
        for (killed, short, words, drawn) in [
            (&["6-9", "2"][..], "8–11", "8–11", (8, Some(11))),
            (&["6-9", "2", ">=5"], "13+", "at least 13", (13, None)),
            (&["~60", "13"], "~73", "about 73", (73, None)),
            (&["~60", ">=5"], "~65", "at least about 65", (65, None)),
            (&["<=9"], "0–9", "up to 9", (0, Some(9))),
            (&["<=9", "6"], "6–15", "6–15", (6, Some(15))),
        ] {
            let tally = tally(killed);
            assert_eq!(tally.short(), short, "{killed:?}");
            assert_eq!(tally.words().as_deref(), Some(words), "{killed:?}");
            assert_eq!((tally.low(), tally.high()), drawn, "{killed:?}");
        }
    }

    #[test]
    fn unknown_is_not_zero() {
        assert_eq!(tally(&["", ""]).words(), None);
        assert_eq!(tally(&["0"]).words().unwrap(), "0");
        assert_eq!(tally(&["", "6-9"]).words().unwrap(), "at least 6");
        assert_eq!(tally(&["", "0"]).words().unwrap(), "none known");
        assert_eq!(tally(&["", "0"]).killed(), None);
        assert!(tally(&["0", "0"]).is_nobody() && !tally(&["", "0"]).is_nobody());
    }
}
