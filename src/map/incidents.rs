//! Incidents as symbols: one for each place, however many happened there.

use geo::{Coord, MultiPolygon};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::legend::thousands;
use crate::layer::{Feature, IncidentAttributes, Killed, LayerSet};
use crate::record::{Footprint, Period, Precision};

/// The toll of some incidents: lows and highs added up, never across what sources say of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// How many incidents.
    pub incidents: usize,
    /// For how many of them a source gives a figure.
    pub known: usize,
    /// The lowest figures, and for "some 60" the figure itself.
    pub low: u64,
    /// The highest figures, where there are any.
    high: u64,
    /// A source says "at least".
    open: bool,
    /// A source says "some": neither end is known.
    about: bool,
}

impl Tally {
    fn of(attributes: &IncidentAttributes) -> Self {
        let Killed { low, best, high } = attributes.killed;
        let about = low.is_none() && high.is_none() && best.is_some();
        let low = low.or(best.filter(|_| about));
        let known = low.or(high).is_some();
        Self {
            incidents: 1,
            known: usize::from(known),
            low: low.unwrap_or(0),
            high: high.or(low).unwrap_or(0),
            open: known && !about && high.is_none(),
            about,
        }
    }

    fn add(&mut self, other: Self) {
        self.incidents += other.incidents;
        self.known += other.known;
        self.low += other.low;
        self.high += other.high;
        self.open |= other.open;
        self.about |= other.about;
    }

    /// Of all incidents of a map.
    pub fn total(layers: &LayerSet) -> Self {
        let mut total = Self::default();
        for feature in &layers.incidents.features {
            total.add(Self::of(&feature.attributes));
        }
        total
    }

    /// The highest figure; `None` where a source gives no upper end.
    pub fn high(&self) -> Option<u64> {
        (!self.open && !self.about).then_some(self.high)
    }

    /// The largest figure that is named.
    pub fn most(&self) -> u64 {
        self.high
    }

    /// As short as it can be written in a circle: "8", "6–9", "8+", "~60".
    pub fn short(&self) -> String {
        let low = thousands(self.low);
        match (self.open, self.about) {
            (false, false) if self.high == self.low => low,
            (false, false) => format!("{low}–{}", thousands(self.high)),
            (true, false) => format!("{low}+"),
            (_, true) => format!("~{low}"),
        }
    }

    /// In words, where anything is known: "6–9", "at least 8", "about 60".
    pub fn words(&self) -> Option<String> {
        let low = thousands(self.low);
        (self.known > 0).then(|| match (self.open, self.about) {
            (false, false) if self.high == self.low => low,
            (false, false) => format!("{low}–{}", thousands(self.high)),
            (true, false) => format!("at least {low}"),
            (false, true) => format!("about {low}"),
            (true, true) => format!("at least about {low}"),
        })
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
    /// Whether it is a whole country or more.
    pub country: bool,
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
    pub fn new(layers: &LayerSet, period: Option<Period>) -> Self {
        let mut dots: BTreeMap<[u64; 2], Dot> = BTreeMap::new();
        let mut rings: BTreeMap<[u64; 3], Ring> = BTreeMap::new();
        let mut grounds: BTreeMap<(&str, &str, u64), Ground> = BTreeMap::new();
        for Feature { attributes, .. } in &layers.incidents.features {
            let uncertain = is_uncertain(attributes, period);
            let tally = Tally::of(attributes);
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
                            name: location.name.clone(),
                            country: location.precision >= Precision::Country,
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
    attributes.when.is_uncertain() || period.is_some_and(|p| !p.contains(&attributes.when))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(low: u64, high: u64, open: bool, about: bool) -> Tally {
        Tally {
            incidents: 1,
            known: 1,
            low,
            high,
            open,
            about,
        }
    }

    #[test]
    fn lows_and_highs_are_added_and_open_ends_stay_open() {
        let mut sum = tally(6, 9, false, false);
        sum.add(tally(2, 2, false, false));
        assert_eq!(
            (sum.words().unwrap().as_str(), sum.short().as_str()),
            ("8–11", "8–11")
        );
        sum.add(tally(5, 5, true, false));
        assert_eq!((sum.high(), sum.short().as_str()), (None, "13+"));
        sum.add(tally(60, 60, false, true));
        assert_eq!(sum.words().unwrap(), "at least about 73");
    }

    #[test]
    fn unknown_is_not_zero() {
        let unknown = Tally {
            incidents: 1,
            ..Tally::default()
        };
        assert_eq!(unknown.words(), None);
        assert_eq!(tally(0, 0, false, false).words().unwrap(), "0");
    }
}
