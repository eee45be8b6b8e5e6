//! Records → layers, and what the map is to say of itself.

use itertools::Itertools;

use super::{ExtentChoice, PipelineError, Records, Settings, Timings};
use super::{extent, whereabouts};
use crate::gazetteer::Gazetteer;
use crate::ground::basemap::Basemap;
use crate::ground::{Projection, ProjectionChoice};
use crate::layer::{
    self, FlowAttributes, FlowStyle, Guard, Layer, LayerSet, LeftOutList, Locator, Placed,
    PlacedDisplacement, Reason, Selection, Settlements, Summary, Window, hundredths,
};
use crate::map::MapSpec;
use crate::record::{Count, Footprint, Location, Period, When, incidents, movements};

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
    let has_incidents = records.claims.is_some();
    let has_displacement = records.displacement.is_some();
    let claims = records.claims.unwrap_or_default();
    let mut summary = Summary {
        claims_read: claims.len() + records.claims_outside.len(),
        incidents_outside_period: records.claims_outside.len(),
        displacement_outside_period: records.displacement_outside.len(),
        people_outside: records
            .displacement_outside
            .iter()
            .map(|outside| outside.people)
            .sum(),
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
    let window = Window {
        period: settings.period,
        rule: settings.dates,
    };
    let guard = Guard::new(settings.coarsen);
    let (placed, moved) = timings.time("resolve", || {
        locator.hear(&incidents, &movements);
        (
            layer::place_incidents(incidents, window, guard, &mut locator),
            layer::place_displacement(movements, window, settings.flows, guard, &mut locator),
        )
    });

    let spec = spec(settings, &placed.records, &moved.records, basemap, &summary)?;
    let flows = |moved: &[PlacedDisplacement]| layer::flows(moved, settings.flows, settings.net);
    let flow_spec = flow_spec(settings, &spec, &flows(&moved.records), basemap);
    let placed = layer::within_extent(placed, &spec.extent);
    let moved = layer::flows_within_extent(moved, &flow_spec.extent);

    let settlements = Settlements::of(gazetteer);
    let clusters = timings.time("cluster", || {
        layer::clusters(
            &placed.records,
            &settings.cluster,
            spec.period,
            &settlements,
        )
    })?;
    let projection = Projection::for_extent(spec.projection, &spec.extent)?;
    // Density means something on an equal-area plane only, whatever the map's own projection is.
    let plane = Projection::for_extent(ProjectionChoice::default(), &spec.extent)?;
    let ground = layer::Ground {
        extent: spec.extent,
        plane: &plane,
        basemap,
    };
    let density = timings.time("density", || {
        layer::density(&placed.records, &ground, &settings.density, None)
    })?;
    let flows = timings.time("flow", || {
        let mut flows = flows(&moved.records);
        flows.style.least_people = least_people(settings, &flows);
        flows
    });
    summary.dates = settings.dates;
    summary.coarsen = settings.coarsen.unwrap_or_default();
    count(&mut summary, &placed, &moved, spec.period);

    let features = placed.records.iter().zip(clusters.number);
    let features: Vec<_> = features
        .map(|(placed, number)| layer::incident(placed, spec.period, number))
        .collect();
    let places = layer::places(
        gazetteer,
        &settlements,
        &[spec.extent, flow_spec.extent],
        clusters
            .layer
            .features
            .iter()
            .map(|cluster| &cluster.attributes),
        flows.drawn(),
        features.iter().map(|incident| &incident.attributes),
    );
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
    let displacement_sources = sources(reported);
    let unlocated = layer::unlocated(&moved.left_out);
    let left_out = LeftOutList {
        records: placed.left_out.into_iter().chain(moved.left_out).collect(),
        incidents_outside: guard.outside(records.claims_outside),
        displacement_outside: guard.outside(records.displacement_outside),
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
        left_out,
        projection: projection.name().to_owned(),
        incident_sources,
        displacement_sources,
        has_incidents,
        has_displacement,
    })
}

/// What the maps are to be: where the settings leave it open, the records say.
fn spec(
    settings: &Settings,
    placed: &[Placed],
    moved: &[PlacedDisplacement],
    basemap: &Basemap,
    summary: &Summary,
) -> Result<MapSpec, PipelineError> {
    let locations = || {
        let ends = moved.iter().flat_map(PlacedDisplacement::ends);
        placed.iter().map(|placed| &placed.location).chain(ends)
    };
    let countries = countries(locations());
    let country_name = |code: &str| {
        basemap
            .country_by_code(code)
            .map(|country| country.name.to_owned())
    };
    let of_data = countries
        .first()
        .and_then(|code| country_name(code))
        .unwrap_or_else(|| "map".to_owned());
    let (area_name, extent, focus) = match &settings.extent {
        ExtentChoice::Named {
            name,
            extent,
            country,
        } => (name.clone(), *extent, country.clone()),
        ExtentChoice::Box(extent) => (of_data, *extent, countries.first().cloned()),
        ExtentChoice::OfData => {
            let extent = extent::of(placed.iter().map(|placed| &placed.location))
                .or_else(|| extent::of(locations()))
                .ok_or_else(|| PipelineError::Nothing(why_nothing(settings, summary)))?;
            (of_data, extent, countries.first().cloned())
        }
    };
    let whens = placed.iter().map(|placed| placed.incident.when());
    let whens = whens.chain(moved.iter().map(|moved| moved.displacement.when));
    let of_data = whens
        .map(|when| (when.start(), when.end()))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    Ok(MapSpec {
        title: settings.title.clone(),
        whereabouts: match &settings.extent {
            ExtentChoice::Named { name, .. } => whereabouts::of_area(name, &countries, basemap),
            ExtentChoice::Box(extent) => whereabouts::of_box(extent, &countries, basemap),
            ExtentChoice::OfData => whereabouts::countries(&countries, basemap),
        },
        area_name,
        period: settings
            .period
            .or(of_data.map(|(start, end)| Period::new(start, end))),
        extent,
        focus: focus.into_iter().collect(),
        page: settings.page,
        projection: settings.projection,
        theme: settings.theme,
        ramp: settings.ramp,
        names: settings.names,
        synthetic: settings.synthetic,
        timeline: true,
        sources: settings.credit.iter().cloned().collect(),
        bounded: settings.extent != ExtentChoice::OfData,
        notes: Vec::new(),
    })
}

/// What the map of displacement is to be, given what all maps are.
fn flow_spec(
    settings: &Settings,
    spec: &MapSpec,
    flows: &Layer<FlowAttributes, FlowStyle>,
    basemap: &Basemap,
) -> MapSpec {
    let choice = settings.flow_extent.as_ref().unwrap_or(&settings.extent);
    let (extent, whereabouts) = match choice {
        ExtentChoice::Named { extent, .. } if settings.flow_extent.is_none() => {
            (*extent, spec.whereabouts.clone())
        }
        ExtentChoice::Named { name, extent, .. } => (*extent, format!("in and around {name}")),
        ExtentChoice::Box(extent) => (*extent, spec.whereabouts.clone()),
        ExtentChoice::OfData => {
            let least = least_people(settings, flows);
            let drawn: Vec<&FlowAttributes> = flows
                .features
                .iter()
                .map(|flow| &flow.attributes)
                .filter(|flow| flow.width_people >= least)
                .collect();
            let Some(extent) = extent::of_flows(&drawn) else {
                return spec.clone();
            };
            let ends = drawn.iter().flat_map(|flow| [&flow.from, &flow.to]);
            (extent, whereabouts::countries(&countries(ends), basemap))
        }
    };
    MapSpec {
        extent,
        whereabouts,
        bounded: *choice != ExtentChoice::OfData,
        ..spec.clone()
    }
}

/// Flows of fewer people are not on the map.
fn least_people(settings: &Settings, flows: &Layer<FlowAttributes, FlowStyle>) -> f64 {
    match settings.flows_min {
        Some(least) => least as f64,
        None => layer::least_people(&flows.features),
    }
}

/// The countries of places, the most frequent first.
fn countries<'a>(locations: impl Iterator<Item = &'a Location>) -> Vec<String> {
    locations
        .filter_map(|location| location.country.clone())
        .counts()
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)))
        .map(|(country, _)| country)
        .collect()
}

/// Who reports, the most frequent first; beyond the first few, only how many more there are.
fn sources<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
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

fn why_nothing(settings: &Settings, summary: &Summary) -> String {
    let read = summary.incidents_read + summary.displacement_read;
    match settings.period {
        Some(period) => format!(
            "none of {read} records lies in {} and can be placed",
            period.label()
        ),
        None => format!("none of {read} records can be placed"),
    }
}

/// Fills in the figures of what was drawn and what was not.
fn count(
    summary: &mut Summary,
    placed: &Selection<Placed>,
    moved: &Selection<PlacedDisplacement>,
    period: Option<Period>,
) {
    let unplaced = [Reason::Unresolved, Reason::Ambiguous, Reason::TooVague];
    summary.incidents_drawn = placed.records.len();
    summary.incidents_exact = placed
        .records
        .iter()
        .filter(|placed| matches!(placed.location.footprint, Footprint::Point(_)))
        .count();
    summary.incidents_vague = summary.incidents_drawn - summary.incidents_exact;
    summary.incidents_date_uncertain = placed
        .records
        .iter()
        .map(|placed| placed.incident.when())
        .filter(|when| uncertain(when, period))
        .count();
    summary.incidents_date_shared = placed
        .records
        .iter()
        .filter(|placed| placed.weight < 1.0)
        .count();
    summary.incidents_counted = hundredths(placed.records.iter().map(|placed| placed.weight));
    let coarsened = placed.records.iter().filter(|placed| placed.coarsened);
    summary.incidents_coarsened = coarsened.count();
    summary.incidents_date_left_out = placed.left_out_for(&[Reason::DateUncertain]);
    summary.incidents_outside_period += placed.left_out_for(&[Reason::OutsidePeriod]);
    summary.incidents_outside_extent = placed.left_out_for(&[Reason::OutsideExtent]);
    summary.incidents_unplaced = placed.left_out_for(&unplaced);
    summary.killed_unplaced = placed.toll_left_out_for(&unplaced);
    let killed = || {
        let records = placed.records.iter();
        records.map(|placed| {
            let killed = placed.incident.killed();
            let within = !uncertain(&placed.incident.when(), period);
            let killed = killed.map(|killed| if within { killed } else { killed.perhaps() });
            (killed, placed.weight)
        })
    };
    summary.killed = Count::total_of_shares(killed()).into();
    summary.killed_unknown = killed().filter(|(killed, _)| killed.is_none()).count();
    summary.displacement_drawn = moved.records.len();
    summary.displacement_date_uncertain = moved
        .records
        .iter()
        .filter(|moved| uncertain(&moved.displacement.when, period))
        .count();
    let coarsened = moved.records.iter().filter(|moved| moved.coarsened);
    summary.displacement_coarsened = coarsened.count();
    summary.displacement_date_left_out = moved.left_out_for(&[Reason::DateUncertain]);
    summary.displacement_outside_period += moved.left_out_for(&[Reason::OutsidePeriod]);
    summary.displacement_outside_extent = moved.left_out_for(&[Reason::OutsideExtent]);
    summary.displacement_open_ended = moved.left_out_for(&[Reason::OpenEnded]);
    summary.displacement_unplaced = moved.left_out_for(&unplaced);
    summary.displacement_within = moved.left_out_for(&[Reason::WithinOnePlace]);
    summary.people_unplaced = moved.people_left_out_for(&unplaced);
    let outside = [
        Reason::OutsidePeriod,
        Reason::DateUncertain,
        Reason::OutsideExtent,
    ];
    summary.people_outside += moved.people_left_out_for(&outside);
    summary.people_open_ended = moved.people_left_out_for(&[Reason::OpenEnded]);
    summary.people_within = moved.people_left_out_for(&[Reason::WithinOnePlace]);
    let people = || moved.records.iter().map(PlacedDisplacement::people);
    // What counts by a part of its days, counts elsewhere by the rest.
    let whole = moved
        .records
        .iter()
        .map(|moved| moved.displacement.people.central() - moved.people().central());
    summary.people_outside += whole.sum::<u64>();
    summary.named_people = people().map(|people| people.central()).sum();
    summary.people = Count::total(people().map(Some)).into();
}

/// Whether a date may lie outside of the period.
fn uncertain(when: &When, period: Option<Period>) -> bool {
    period.is_some_and(|period| !period.surely_contains(when))
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
