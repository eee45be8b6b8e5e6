//! The same maps for each of many periods. What they share is made once: places are found, the ground is chosen, scales
//! are taken from all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::build::{Located, Plan, Works, sources};
use super::scale::Scale;
use super::{Built, Cut, MapKind, PipelineError, Range, Records, Settings, Timings, draw, plan};
use crate::gazetteer::Gazetteer;
use crate::ground::basemap::Basemap;
use crate::ground::{Extent, Projection};
use crate::layer::{
    self, Bandwidth, ByDay, DensityRule, Detail, LeftOutList, PlaceRole, Selection, Settlements,
    Window,
};
use crate::map::{
    Common, MapSpec, Needs, PageText, Rect, Setting, density_title, flow_title, sheet_words,
    toll_title,
};
use crate::record::Period;

/// A batch, ready for its frames to be made in any order.
pub struct Batch<'a> {
    settings: Settings,
    /// How the density is made by the settings; the frames' own keep to one bandwidth.
    density: DensityRule,
    gazetteer: &'a Gazetteer,
    basemap: &'a Basemap,
    settlements: Settlements<'a>,
    located: Located,
    by_day: ByDay,
    plan: Plan,
    periods: Vec<Range>,
    /// `None` where each map has its own.
    scale: Option<Scale>,
    /// What all maps of a kind need of their page, and that page.
    needs: BTreeMap<MapKind, Needs>,
    commons: BTreeMap<MapKind, Common>,
}

impl<'a> Batch<'a> {
    /// Places all records, cuts their time, and unless each map is to have its own, finds the scales of all.
    ///
    /// # Errors
    /// Where there is nothing to show, or a setting cannot be used.
    pub fn new(
        records: Records,
        cut: &Cut,
        frozen: bool,
        settings: &Settings,
        (gazetteer, basemap): (&'a Gazetteer, &'a Basemap),
        timings: &mut Timings,
    ) -> Result<Self, PipelineError> {
        let all = Window::default();
        let located = Located::new(records, all, settings, gazetteer, basemap, timings);
        let plan = Plan::new(&located, settings, basemap)?;
        let periods = cut.periods(settings.period, of_data(&located))?;
        let mut batch = Self {
            settings: settings.clone(),
            density: settings.density.clone(),
            gazetteer,
            basemap,
            settlements: Settlements::of(gazetteer),
            by_day: ByDay::of(&located.placed.records),
            located,
            plan,
            periods,
            scale: None,
            needs: BTreeMap::new(),
            commons: BTreeMap::new(),
        };
        if frozen {
            timings.time("scale", || {
                batch.freeze()?;
                batch.lay_out()
            })?;
        }
        Ok(batch)
    }

    /// The periods, one for each frame.
    pub fn periods(&self) -> &[Range] {
        &self.periods
    }

    /// What the page of all maps of a kind says, but for what hangs on their periods.
    ///
    /// # Errors
    /// Where the projection cannot show the ground.
    pub fn words(&self, kind: MapKind) -> Result<PageText, PipelineError> {
        let spec = self.plan.spec_of(kind);
        let sources = match spec.sources.as_slice() {
            [] => self.sources(kind, &spec.extent),
            given => given.to_vec(),
        };
        let spec = MapSpec {
            period: None,
            sources,
            ..spec.clone()
        };
        let title = match kind {
            MapKind::Density => density_title(&spec, &self.density),
            MapKind::Killed => toll_title(&spec),
            MapKind::Displacement => flow_title(&spec, self.settings.net),
        };
        let projection = Projection::for_extent(spec.projection, &spec.extent)?;
        Ok(sheet_words(&spec, title, projection.name()))
    }

    /// Who reports what is on any map of a kind.
    fn sources(&self, kind: MapKind, extent: &Extent) -> Vec<String> {
        let shown = |when| {
            let mut periods = self.periods.iter();
            periods.any(|range| range.period.overlaps(&when))
        };
        let Located { placed, moved, .. } = &self.located;
        match kind {
            MapKind::Density | MapKind::Killed => {
                let placed = placed.records.iter().filter(|placed| {
                    shown(placed.incident.when()) && layer::touches(extent, &placed.location)
                });
                sources(placed.flat_map(|placed| placed.incident.sources()))
            }
            MapKind::Displacement => {
                let (moved, open) = layer::flows_within_extent(moved.clone(), extent);
                let moved = moved.records.iter().map(|one| &one.displacement);
                let moved = moved.map(|one| (one.when, one.source.as_deref()));
                let open = open.iter().map(|one| &one.known);
                let open = open.map(|one| (one.when, one.source.as_deref()));
                let all = moved.chain(open).filter(|(when, _)| shown(*when));
                sources(all.filter_map(|(_, source)| source))
            }
        }
    }

    /// The layers of one period.
    ///
    /// # Errors
    /// Where a setting cannot be used.
    pub fn frame(&self, range: &Range, timings: &mut Timings) -> Result<Built, PipelineError> {
        let (located, plan) = self.of(range);
        let mut built = self
            .works()
            .build(located, &plan, self.scale.as_ref(), timings)?;
        built.layers.density.style.rule = self.density.clone();
        built.commons = self.commons.clone();
        Ok(built)
    }

    /// Where on the page the legend of a kind of map is, but for locator and scale bar, if it is there in all frames.
    pub fn legend(&self, kind: MapKind) -> Option<Rect> {
        self.commons.get(&kind)?.0.legend_room()
    }

    /// What everything that all frames share is, in words: frames that differ in nothing else are the same.
    pub fn shared(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?}",
            self.settings, self.plan, self.scale, self.needs
        )
    }

    /// Records that belong to no period.
    pub fn left_out(&self) -> LeftOutList {
        let mut left_out = LeftOutList {
            records: Vec::new(),
            incidents_outside: self.located.incidents_outside.clone(),
            displacement_outside: self.located.displacement_outside.clone(),
        };
        let windows: Vec<Period> = self.periods.iter().map(|range| range.period).collect();
        left_out.records = self.located.outside(&windows);
        left_out
    }

    fn works(&self) -> Works<'_> {
        Works {
            settings: &self.settings,
            gazetteer: self.gazetteer,
            basemap: self.basemap,
            settlements: &self.settlements,
        }
    }

    /// The records of one period, and what its maps are to be.
    fn of(&self, range: &Range) -> (Located, Plan) {
        let window = Window {
            period: Some(range.period),
            rule: self.settings.dates,
        };
        let mut plan = self.plan.clone();
        for spec in [&mut plan.spec, &mut plan.flow_spec] {
            spec.period = window.period;
            spec.period_name.clone_from(&range.name);
        }
        (self.located.within(window, &self.by_day), plan)
    }

    /// Finds the scales of all frames together.
    fn freeze(&mut self) -> Result<(), PipelineError> {
        let incidents = &self.located.placed;
        if !matches!(
            self.density.bandwidth,
            Bandwidth::OfExtent | Bandwidth::Km(_)
        ) {
            // What is chosen by the data, is chosen by all of it.
            let all = (incidents.clone(), Selection::default());
            let made = self.works().analyse(
                all,
                &self.plan,
                (None, Detail::Sketch),
                &mut Timings::start(),
            )?;
            let chosen = made.density.style.bandwidth_km;
            self.settings.density.bandwidth = chosen.map_or(self.density.bandwidth, Bandwidth::Km);
        }
        let measure = |range: &Range| {
            let (located, plan) = self.of(range);
            self.works().scale(located, &plan)
        };
        let frames = self.periods.par_iter().map(measure);
        let frames: Vec<Scale> = frames.collect::<Result<_, PipelineError>>()?;
        let mut scale = frames.into_iter().fold(Scale::default(), Scale::and);

        let moved = &self.located.moved.records;
        let mut flows = layer::flows(moved, self.settings.flows, self.settings.net);
        flows.style.least_people = scale.least_people;
        let placed = &self.located.placed.records;
        scale.places = layer::places(
            self.gazetteer,
            &self.settlements,
            &[&self.plan.spec, &self.plan.flow_spec].map(plan::reach),
            scale.centres().into_iter(),
            flows.drawn(),
            placed.iter().map(|placed| &*placed.location),
        );
        self.scale = Some(scale);
        Ok(())
    }

    /// Lays out a page for each kind of map that has room for all of them.
    fn lay_out(&mut self) -> Result<(), PipelineError> {
        let kinds = &self.settings.maps;
        let frame = |range: &Range| {
            let (located, plan) = self.of(range);
            let mut built = self.works().sketch(located, &plan, self.scale.as_ref())?;
            built.layers.density.style.rule = self.density.clone();
            let needs = kinds.iter().map(|kind| draw::needs(&built, *kind));
            needs.collect::<Result<Vec<_>, PipelineError>>()
        };
        let frames = self.periods.par_iter().map(frame);
        let frames: Vec<_> = frames.collect::<Result<_, PipelineError>>()?;
        let mut all: BTreeMap<MapKind, Needs> = BTreeMap::new();
        for frame in frames {
            for (kind, needs) in kinds.iter().zip(frame) {
                let Some(needs) = needs else { continue };
                let known = all.remove(kind).unwrap_or_default();
                all.insert(*kind, known.and(needs));
            }
        }
        for (kind, needs) in &all {
            let spec = self.plan.spec_of(*kind);
            let setting = Setting::new(spec, self.basemap, needs)?;
            let common = Common(Arc::new(setting));
            if let Some(scale) = &self.scale {
                let drawn = |role| match kind {
                    MapKind::Displacement => role == PlaceRole::Flow,
                    MapKind::Density | MapKind::Killed => {
                        matches!(role, PlaceRole::Cluster | PlaceRole::Incident)
                    }
                };
                common.settle(spec, &scale.places, drawn)?;
            }
            self.commons.insert(*kind, common);
        }
        self.needs = all;
        Ok(())
    }
}

/// From the first to the last day that a record may be of.
fn of_data(located: &Located) -> Option<Period> {
    let incidents = located.placed.records.iter().map(|p| p.incident.when());
    let displacement = located.moved.records.iter().map(|m| m.displacement.when);
    let left = located.placed.left_out.iter();
    let left = left.chain(&located.moved.left_out).map(|left| left.when);
    incidents
        .chain(displacement)
        .chain(left)
        .map(|when| (when.start(), when.end()))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        .map(|(start, end)| Period::new(start, end))
}
