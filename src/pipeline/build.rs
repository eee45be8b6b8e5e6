//! Records → layers, and what the map is to say of itself.

use std::collections::BTreeMap;
use std::mem::take;

use itertools::Itertools;

use super::count::count;
use super::scale::Scale;
use super::{MapKind, PipelineError, Records, Settings, Timings, plan};
use crate::gazetteer::Gazetteer;
use crate::ground::basemap::Basemap;
use crate::ground::{Projection, ProjectionChoice};
use crate::layer::{
    self, ByDay, Clusters, DensityAttributes, DensityStyle, Detail, FlowAttributes, FlowStyle,
    Guard, Layer, LayerSet, LeftOut, LeftOutList, Locator, OneEnded, PlaceAttributes, Placed,
    PlacedDisplacement, Selection, Settlements, Summary, TollAttributes, Window,
};
use crate::map::{Common, Looks, MapSpec, TollScale, toll_layer};
use crate::read::{Omitted, Outside};
use crate::record::{Period, When, incidents, movements};

/// So many sources are named on the map.
const SOURCES_NAMED: usize = 8;

/// Layers, and what is to be drawn from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// The layers.
    pub layers: LayerSet,
    /// What the maps are to be.
    pub spec: MapSpec,
    /// What the map of displacement is to be: its ground may be that of its own flows.
    pub flow_spec: MapSpec,
    /// The pages that the maps have in common with those of other periods.
    pub commons: BTreeMap<MapKind, Common>,
    /// Everything that is not on a map.
    pub left_out: LeftOutList,
    /// Name of the projection.
    pub projection: String,
    /// Who reports the incidents, the most frequent first.
    pub incident_sources: Vec<String>,
    /// Who reports the displacement.
    pub displacement_sources: Vec<String>,
    /// Whether there is a table of incidents, and so a map of density.
    pub has_incidents: bool,
    /// Whether there is a table of displacement, and so a map of flows.
    pub has_displacement: bool,
}

impl Built {
    /// How the maps draw the layers.
    pub fn looks(&self) -> Looks {
        let common = |kind| self.commons.get(&kind);
        Looks::new(
            (&self.spec, common(MapKind::Density)),
            (&self.flow_spec, common(MapKind::Displacement)),
            &self.layers,
        )
    }

    /// The symbols of the map of people killed, and the sizes of its circles.
    pub fn tolls(&self) -> (Layer<TollAttributes, ()>, TollScale) {
        let common = self.commons.get(&MapKind::Killed);
        let scale = TollScale::new(&self.spec, common, &self.layers);
        (toll_layer(&self.spec, &self.layers), scale)
    }

    /// What the names of the pictures begin with: area and period.
    pub fn stem(&self) -> String {
        let period = self.spec.period.map(|period| period.slug());
        [Some(slug(&self.spec.area_name)), period]
            .into_iter()
            .flatten()
            .join("_")
    }
}

/// Places, selects and analyses the records.
///
/// # Errors
/// Where there is nothing to show, or a setting cannot be used.
pub fn build(
    records: Records,
    settings: &Settings,
    gazetteer: &Gazetteer,
    basemap: &Basemap,
    timings: &mut Timings,
) -> Result<Built, PipelineError> {
    let window = Window {
        period: settings.period,
        rule: settings.dates,
    };
    let located = Located::new(records, window, settings, gazetteer, basemap, timings);
    let plan = Plan::new(&located, settings, basemap)?;
    let settlements = Settlements::of(gazetteer);
    let works = Works {
        settings,
        gazetteer,
        basemap,
        settlements: &settlements,
    };
    works.build(located, &plan, None, timings)
}

/// Records that are merged and placed, and what is known of those that are not.
#[derive(Clone, Debug)]
pub(super) struct Located {
    pub placed: Selection<Placed>,
    pub moved: Selection<PlacedDisplacement>,
    /// What was read; the rest is counted when maps are made.
    pub summary: Summary,
    pub incidents_outside: Vec<Outside>,
    pub displacement_outside: Vec<Outside>,
    pub has_incidents: bool,
    pub has_displacement: bool,
}

impl Located {
    /// Merges claims to incidents and finds the places of those that belong into a window.
    pub fn new(
        records: Records,
        window: Window,
        settings: &Settings,
        gazetteer: &Gazetteer,
        basemap: &Basemap,
        timings: &mut Timings,
    ) -> Self {
        let has_incidents = records.claims.is_some();
        let has_displacement = records.displacement.is_some();
        let claims = records.claims.unwrap_or_default();
        let rows = |why: Omitted| {
            let outside = records.claims_outside.iter();
            outside.filter(|row| row.why == why).count()
        };
        let mut summary = Summary {
            claims_read: claims.len() + records.claims_outside.len(),
            incidents_outside_period: rows(Omitted::OutsidePeriod),
            incidents_other_kind: rows(Omitted::OtherKind),
            displacement_outside_period: records.displacement_outside.len(),
            people_outside: records
                .displacement_outside
                .iter()
                .map(|outside| outside.people)
                .sum(),
            dates: settings.dates,
            coarsen: settings.coarsen.unwrap_or_default(),
            ..Summary::default()
        };
        let (incidents, movements) = timings.time("merge", || {
            (
                incidents(claims),
                movements(records.displacement.unwrap_or_default()),
            )
        });
        summary.incidents_read = incidents.len() + records.claims_outside.len();
        summary.displacement_cells = movements.iter().filter(|one| one.matrix).count();
        summary.displacement_read = movements.len() + records.displacement_outside.len();

        let mut locator = Locator::new(gazetteer, basemap);
        let guard = Guard::new(settings.coarsen);
        let (placed, moved) = timings.time("resolve", || {
            locator.hear(&incidents, &movements);
            (
                layer::place_incidents(incidents, window, guard, &mut locator),
                layer::place_displacement(movements, window, settings.flows, guard, &mut locator),
            )
        });
        Self {
            placed,
            moved,
            summary,
            incidents_outside: guard.outside(records.claims_outside),
            displacement_outside: guard.outside(records.displacement_outside),
            has_incidents,
            has_displacement,
        }
    }

    /// Records of none of some periods, as they are listed.
    pub fn outside(&self, periods: &[Period]) -> Vec<LeftOut> {
        let none = |when: &When| !periods.iter().any(|period| period.overlaps(when));
        let mut list = self.placed.outside(none);
        list.extend(self.moved.outside(none));
        list
    }

    /// The part that belongs into a window. Rows of other periods are counted, not listed.
    pub fn within(&self, window: Window, by_day: &ByDay) -> Self {
        let (placed, incidents) = self.placed.within(window, by_day);
        let (moved, displacement) = self.moved.within(window);
        let mut summary = self.summary.clone();
        summary.incidents_outside_period += incidents.records;
        summary.displacement_outside_period += displacement.records;
        summary.people_outside += displacement.people;
        Self {
            placed,
            moved,
            summary,
            incidents_outside: Vec::new(),
            displacement_outside: Vec::new(),
            has_incidents: self.has_incidents,
            has_displacement: self.has_displacement,
        }
    }
}

/// What the maps are to be.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub spec: MapSpec,
    pub flow_spec: MapSpec,
}

impl Plan {
    /// What the map of a kind is to be.
    pub fn spec_of(&self, kind: MapKind) -> &MapSpec {
        match kind {
            MapKind::Density | MapKind::Killed => &self.spec,
            MapKind::Displacement => &self.flow_spec,
        }
    }

    /// As the settings have it, and where they leave it open, the records.
    pub fn new(
        located: &Located,
        settings: &Settings,
        basemap: &Basemap,
    ) -> Result<Self, PipelineError> {
        let moved = &located.moved;
        let spec = plan::spec(
            settings,
            &located.placed.records,
            moved,
            basemap,
            &located.summary,
        )?;
        let flows = layer::flows(&moved.records, settings.flows, settings.net);
        let flow_spec = plan::flow_spec(settings, &spec, (&flows, moved), basemap);
        Ok(Self { spec, flow_spec })
    }
}

/// What layers are made with besides records.
#[derive(Clone, Copy)]
pub(super) struct Works<'a> {
    pub settings: &'a Settings,
    pub gazetteer: &'a Gazetteer,
    pub basemap: &'a Basemap,
    pub settlements: &'a Settlements<'a>,
}

/// Records with what was made of them.
pub(super) struct Analysed {
    placed: Selection<Placed>,
    moved: Selection<PlacedDisplacement>,
    open: Vec<OneEnded>,
    pub clusters: Clusters,
    pub density: Layer<DensityAttributes, DensityStyle>,
    pub flows: Layer<FlowAttributes, FlowStyle>,
}

impl Works<'_> {
    /// Makes the layers: on a scale that is given, or on one that suits these records.
    pub fn build(
        &self,
        mut located: Located,
        plan: &Plan,
        scale: Option<&Scale>,
        timings: &mut Timings,
    ) -> Result<Built, PipelineError> {
        let selections = (take(&mut located.placed), take(&mut located.moved));
        let analysed = self.analyse(selections, plan, (scale, Detail::Full), timings)?;
        let places = scale.map(|scale| scale.places.clone());
        self.finish(located, analysed, plan, places)
    }

    /// What one would be measured by if it were alone.
    pub fn scale(&self, mut located: Located, plan: &Plan) -> Result<Scale, PipelineError> {
        let selections = (take(&mut located.placed), take(&mut located.moved));
        let detail = (None, Detail::Sketch);
        let made = self.analyse(selections, plan, detail, &mut Timings::start())?;
        let layers = LayerSet {
            incidents: Layer::default(),
            clusters: made.clusters.layer,
            density: made.density,
            flows: made.flows,
            unlocated: layer::unlocated(&made.open, &made.moved.left_out),
            places: Layer::default(),
            summary: located.summary,
        };
        Ok(Scale::of(&layers, &plan.flow_spec))
    }

    /// The same without outlines and places: to find out what several have in common.
    pub fn sketch(
        &self,
        mut located: Located,
        plan: &Plan,
        scale: Option<&Scale>,
    ) -> Result<Built, PipelineError> {
        let selections = (take(&mut located.placed), take(&mut located.moved));
        let detail = (scale, Detail::Sketch);
        let analysed = self.analyse(selections, plan, detail, &mut Timings::start())?;
        self.finish(located, analysed, plan, Some(Layer::default()))
    }

    /// Cuts records to the ground shown, and clusters and counts them.
    pub fn analyse(
        &self,
        (placed, moved): (Selection<Placed>, Selection<PlacedDisplacement>),
        Plan { spec, flow_spec }: &Plan,
        (scale, detail): (Option<&Scale>, Detail),
        timings: &mut Timings,
    ) -> Result<Analysed, PipelineError> {
        let settings = self.settings;
        let placed = layer::within_extent(placed, &spec.extent);
        let (moved, open) = layer::flows_within_extent(moved, &flow_spec.extent);
        let mut clusters = timings.time("cluster", || {
            let rule = &settings.cluster;
            layer::clusters(&placed.records, rule, spec.period, self.settlements, detail)
        })?;
        // Density means something on an equal-area plane only, whatever the map's own projection is.
        let plane = Projection::for_extent(ProjectionChoice::default(), &spec.extent)?;
        let ground = layer::Ground {
            extent: spec.extent,
            plane: &plane,
            basemap: self.basemap,
        };
        let density = timings.time("density", || {
            let breaks = scale.map(|scale| &scale.breaks[..]);
            layer::density(&placed.records, &ground, &settings.density, breaks, detail)
        })?;
        let mut flows = timings.time("flow", || {
            let mut flows = layer::flows(&moved.records, settings.flows, settings.net);
            flows.style.least_people = plan::least_people(settings, &flows);
            flows
        });
        if let Some(scale) = scale {
            clusters.layer.style.max_incidents = scale.max_incidents;
            flows.style.scale = scale.arrows;
            flows.style.least_people = scale.least_people;
        }
        Ok(Analysed {
            placed,
            moved,
            open,
            clusters,
            density,
            flows,
        })
    }

    /// Puts the layers together with the places to name and the figures.
    fn finish(
        &self,
        located: Located,
        analysed: Analysed,
        plan: &Plan,
        places: Option<Layer<PlaceAttributes, ()>>,
    ) -> Result<Built, PipelineError> {
        let Plan { spec, flow_spec } = plan.clone();
        let Analysed {
            placed,
            moved,
            open,
            clusters,
            density,
            flows,
        } = analysed;
        let mut summary = located.summary;
        let projection = Projection::for_extent(spec.projection, &spec.extent)?;
        count(&mut summary, &placed, (&moved, &open), spec.period);

        let features = placed.records.iter().zip(clusters.number);
        let features: Vec<_> = features
            .map(|(placed, number)| layer::incident(placed, spec.period, number))
            .collect();
        let places = match places {
            Some(places) => places,
            None => layer::places(
                self.gazetteer,
                self.settlements,
                &[&spec, &flow_spec].map(plan::reach),
                clusters
                    .layer
                    .features
                    .iter()
                    .map(|cluster| cluster.attributes.centre()),
                flows.drawn(),
                placed.records.iter().map(|placed| &*placed.location),
            ),
        };
        let incident_sources = sources(
            placed
                .records
                .iter()
                .flat_map(|placed| placed.incident.sources()),
        );
        let reported = moved
            .records
            .iter()
            .filter_map(|moved| moved.displacement.source.as_deref());
        let open_reported = open.iter().filter_map(|one| one.known.source.as_deref());
        let displacement_sources = sources(reported.chain(open_reported));
        let unlocated = layer::unlocated(&open, &moved.left_out);
        let left_out = LeftOutList {
            records: placed.left_out.into_iter().chain(moved.left_out).collect(),
            incidents_outside: located.incidents_outside,
            displacement_outside: located.displacement_outside,
        };
        let layers = LayerSet {
            incidents: Layer {
                features,
                style: (),
            },
            clusters: clusters.layer,
            density,
            flows,
            unlocated,
            places,
            summary,
        };
        Ok(Built {
            layers,
            spec,
            flow_spec,
            commons: BTreeMap::new(),
            left_out,
            projection: projection.name().to_owned(),
            incident_sources,
            displacement_sources,
            has_incidents: located.has_incidents,
            has_displacement: located.has_displacement,
        })
    }
}

/// Who reports, the most frequent first; beyond the first few, only how many more there are.
pub(super) fn sources<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    // Some tables name several sources in one cell.
    let single = cells.flat_map(|cell| cell.split(';')).map(str::trim);
    let counts = single
        .filter(|source| !source.is_empty())
        .counts()
        .into_iter();
    let ranked = counts
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)))
        .map(|(source, _)| source);
    let mut named: Vec<String> = ranked.map(str::to_owned).collect();
    if named.len() > SOURCES_NAMED + 1 {
        let more = named.split_off(SOURCES_NAMED).len();
        named.push(format!("{more} others, see the layers"));
    }
    named
}

/// A name as part of a file name: lower-case ASCII letters and digits, with hyphens between.
fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name
        .nfkd()
        .filter(|c| c.is_ascii())
        .collect::<String>()
        .to_ascii_lowercase();
    let slug = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .join("-");
    if slug.is_empty() {
        "map".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Deir ez-Zor Governorate"), "deir-ez-zor-governorate");
        assert_eq!(slug("Côte d'Ivoire"), "cote-d-ivoire");
        assert_eq!(slug("إدلب"), "map");
    }
}
