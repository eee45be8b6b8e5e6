//! What the map of tolls draws, told to other programs: its symbols as a layer, and the sizes of its circles.

use std::collections::BTreeMap;

use geo::{Geometry, Point};

use super::circles::LEAST_FIGURE;
use super::incidents::{Symbols, Tally};
use super::symbols::{APART, WIDER};
use super::toll_map::{most, room, said, scale};
use super::{Common, Looks, MapSpec, Shape};
use crate::analyse::scale::CircleScale;
use crate::draw::TextStyle;
use crate::layer::{Feature, IncidentAttributes, Layer, LayerSet, TollAttributes};
use crate::record::{Footprint, Location};

/// The sizes of a map of tolls, in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TollScale {
    /// Of circles.
    pub circles: CircleScale,
    /// Of running text.
    pub base: f64,
    /// Of lines.
    pub unit: f64,
}

impl TollScale {
    /// Those of a map, on the page that it has in common with others.
    pub fn new(spec: &MapSpec, common: Option<&Common>, layers: &LayerSet) -> Self {
        let (base, unit, shared) = match common {
            Some(Common(setting)) => (setting.layout.base, setting.layout.unit, setting.toll),
            None => (spec.page.base_font(), spec.page.base_font() / 15.0, None),
        };
        let toll = shared.unwrap_or_else(|| {
            let symbols = Symbols::new(layers, spec);
            // Without a projection there is no map to be like.
            (most(&symbols), room(spec, &symbols).unwrap_or(1.0))
        });
        Self {
            circles: scale(spec, toll, base),
            base,
            unit,
        }
    }

    /// The least size of a figure in a circle.
    pub fn least_figure(&self) -> f64 {
        LEAST_FIGURE * self.base
    }
}

/// How circles of tolls look.
#[derive(Clone, Debug, PartialEq)]
pub struct TollLook {
    /// The ring of the highest figure.
    pub ring: Vec<Shape>,
    /// It is only drawn if it is wider than the disc by more than this.
    pub wider: f64,
    /// The disc of the lowest figure.
    pub disc: Vec<Shape>,
    /// The dashed ring, where there is no highest figure.
    pub open: Vec<Shape>,
    /// Which is so much wider than the disc.
    pub apart: f64,
}

impl Looks {
    /// A toll.
    pub fn toll(&self, scale: &TollScale) -> TollLook {
        // Any sizes: those of the layer's own features take their place.
        let (small, large) = (5.0 * scale.unit, 10.0 * scale.unit);
        let shapes =
            |low, high| self.drawn(scale.unit, |style, pen, at| style.toll(pen, at, low, high));
        TollLook {
            ring: shapes(0.0, Some(large)),
            wider: WIDER * scale.unit,
            disc: shapes(small, Some(small)),
            open: shapes(0.0, None),
            apart: APART * scale.unit,
        }
    }

    /// Incidents of which no source gives a figure, or in which nobody was killed.
    pub fn no_toll(&self, scale: &TollScale, known: bool) -> Vec<Shape> {
        self.drawn(scale.unit, |style, pen, at| style.no_toll(pen, at, known))
    }

    /// The figure in a toll's circle, and the one beside it.
    pub fn toll_figures(&self, scale: &TollScale) -> [TextStyle; 2] {
        let beside = TextStyle {
            bold: true,
            halo: Some((self.theme.halo.alpha(0.9), 2.0 * scale.unit)),
            ..TextStyle::new(0.74 * scale.base, self.theme.toll)
        };
        [self.figure_in(scale.base, scale.unit), beside]
    }
}

/// The symbols of a map of tolls as a layer: vague ground first, then places, the highest toll first.
pub fn toll_layer(spec: &MapSpec, layers: &LayerSet) -> Layer<TollAttributes, ()> {
    let symbols = Symbols::new(layers, spec);
    let known = Known::of(layers);
    let grounds = symbols.grounds.iter().map(|ground| {
        let place = known.areas.get(ground.name.as_str()).copied();
        let symbol = (!ground.wide).then_some("area");
        let area = Geometry::MultiPolygon((*ground.area).clone());
        feature(Some(area), &ground.tally, (place, "area", symbol))
    });
    let rings = symbols.rings.iter().map(|ring| {
        let key = [ring.at.0, ring.at.1, ring.radius_km].map(f64::to_bits);
        let (place, shape) = known.places.get(&key).copied().unzip();
        feature(
            shape.cloned(),
            &ring.tally,
            (place, "circle", Some("circle")),
        )
    });
    let mut dots: Vec<_> = symbols.dots.iter().collect();
    let order = |tally: &Tally| (tally.most(), tally.low());
    dots.sort_by(|a, b| {
        let east = a.at.0.total_cmp(&b.at.0).then(a.at.1.total_cmp(&b.at.1));
        order(&b.tally).cmp(&order(&a.tally)).then(east)
    });
    let dots = dots.into_iter().map(|dot| {
        let key = [dot.at.0, dot.at.1, 0.0].map(f64::to_bits);
        let place = known.places.get(&key).map(|(place, _)| *place);
        let symbol = match &dot.tally {
            tally if tally.known > 0 && tally.most() > 0 => "toll",
            tally if tally.is_nobody() => "nobody",
            _ => "unknown",
        };
        let at = Geometry::Point(Point::new(dot.at.0, dot.at.1));
        feature(Some(at), &dot.tally, (place, "point", Some(symbol)))
    });
    Layer {
        features: grounds.chain(rings).chain(dots).collect(),
        style: (),
    }
}

fn feature(
    shape: Option<Geometry>,
    tally: &Tally,
    (place, ground, symbol): (Option<&Location>, &'static str, Option<&'static str>),
) -> Feature<TollAttributes> {
    let is_toll = symbol == Some("toll");
    let figure = match ground {
        "point" => is_toll.then(|| tally.short()),
        _ => said(tally),
    };
    Feature {
        geometry: shape.unwrap_or_else(|| Geometry::GeometryCollection(Default::default())),
        attributes: TollAttributes {
            place: place.map_or_else(String::new, |place| place.name.to_string()),
            admin1: place.and_then(|place| place.admin1.as_deref().map(str::to_owned)),
            country: place.and_then(|place| place.country.as_deref().map(str::to_owned)),
            ground,
            incidents: tally.incidents,
            incidents_unknown: tally.incidents - tally.known,
            killed: tally.count().into(),
            symbol,
            disc: is_toll.then(|| tally.low()),
            ring: tally.high().filter(|_| is_toll),
            figure,
        },
    }
}

/// What incidents say of the places that symbols stand at.
#[derive(Default)]
struct Known<'a> {
    /// By position and radius, which a point has none of.
    places: BTreeMap<[u64; 3], (&'a Location, &'a Geometry)>,
    areas: BTreeMap<&'a str, &'a Location>,
}

impl<'a> Known<'a> {
    fn of(layers: &'a LayerSet) -> Self {
        let mut known = Self::default();
        for Feature {
            geometry,
            attributes: IncidentAttributes { location, .. },
        } in &layers.incidents.features
        {
            let radius_km = location.radius_km;
            let (at, radius_km) = match &location.footprint {
                Footprint::Area(_) => {
                    known.areas.entry(&location.name).or_insert(location);
                    continue;
                }
                Footprint::Point(at) => (at, 0.0),
                Footprint::Disc(at) => (at, radius_km),
            };
            let key = [at.x(), at.y(), radius_km].map(f64::to_bits);
            known.places.entry(key).or_insert((location, geometry));
        }
        known
    }
}
