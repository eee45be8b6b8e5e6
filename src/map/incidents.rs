//! Incidents as symbols: one for each place, however many happened there.

use geo::{Coord, MultiPolygon};
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::layer::{Feature, IncidentAttributes, LayerSet};
use crate::record::{Footprint, Period, Precision};

/// Incidents at one point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    /// Longitude and latitude.
    pub at: (f64, f64),
    /// Whether the date of all of them may lie outside of the period.
    pub uncertain: bool,
}

/// Incidents somewhere within the same circle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ring {
    pub at: (f64, f64),
    pub radius_km: f64,
    pub count: usize,
}

/// Incidents somewhere within the same area.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub area: Arc<MultiPolygon>,
    pub count: usize,
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
            match &attributes.location.footprint {
                Footprint::Point(p) => {
                    dots.entry([p.x().to_bits(), p.y().to_bits()])
                        .and_modify(|d| d.uncertain &= uncertain)
                        .or_insert(Dot {
                            at: (p.x(), p.y()),
                            uncertain,
                        });
                }
                Footprint::Disc(p) => {
                    let radius_km = attributes.location.radius_km;
                    rings
                        .entry([p.x().to_bits(), p.y().to_bits(), radius_km.to_bits()])
                        .and_modify(|r| r.count += 1)
                        .or_insert(Ring {
                            at: (p.x(), p.y()),
                            radius_km,
                            count: 1,
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
                        .and_modify(|g| g.count += 1)
                        .or_insert_with(|| Ground {
                            area: Arc::clone(area),
                            count: 1,
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
