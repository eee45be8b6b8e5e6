//! What the maps are to be, before anything is made of the records: ground, title, projection, look.

use itertools::Itertools;

use super::{ExtentChoice, PipelineError, Settings};
use super::{extent, whereabouts};
use crate::ground::Extent;
use crate::ground::basemap::Basemap;
use crate::layer::{
    self, FlowAttributes, FlowStyle, Layer, Placed, PlacedDisplacement, Selection, Summary,
    Unlocated,
};
use crate::map::{MapSpec, all_strikes};
use crate::record::{Location, Period, counted};

/// What the maps are to be: where the settings leave it open, the records say.
pub(super) fn spec(
    settings: &Settings,
    placed: &[Placed],
    moved: &Selection<PlacedDisplacement>,
    basemap: &Basemap,
    summary: &Summary,
) -> Result<MapSpec, PipelineError> {
    let locations = || {
        let ends = moved.records.iter().flat_map(PlacedDisplacement::ends);
        let ends = ends.chain(one_ended(moved).map(|(_, at, _)| at));
        placed.iter().map(|placed| &*placed.location).chain(ends)
    };
    // Those of incidents: the map of displacement has its own title.
    let of_incidents = countries(placed.iter().map(|placed| &*placed.location));
    let countries = match of_incidents.as_slice() {
        [] => countries(locations()),
        _ => of_incidents,
    };
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
        } => (name.clone(), *extent, country.iter().cloned().collect()),
        ExtentChoice::Box(extent) => (of_data, *extent, subjects(&countries)),
        ExtentChoice::OfData => {
            let extent = extent::of(placed.iter().map(|placed| &*placed.location))
                .or_else(|| extent::of(locations()))
                .ok_or_else(|| PipelineError::Nothing(why_nothing(settings, summary)))?;
            (of_data, extent, subjects(&countries))
        }
    };
    let whens = placed.iter().map(|placed| placed.incident.when());
    let whens = whens.chain(moved.records.iter().map(|moved| moved.displacement.when));
    let whens = whens.chain(one_ended(moved).map(|(known, ..)| known.when));
    let of_data = whens
        .map(|when| (when.start(), when.end()))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let shown = placed
        .iter()
        .filter(|placed| layer::touches(&extent, &placed.location));
    // By the kind that a layer's own begins with.
    let kinds = shown.filter_map(|placed| Some(placed.incident.claims().next()?.kind));
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
        period_name: None,
        strikes: all_strikes(kinds),
        extent,
        focus,
        page: settings.page,
        projection: settings.projection,
        theme: settings.theme,
        ramp: settings.ramp,
        names: settings.names,
        synthetic: settings.synthetic,
        timeline: true,
        sources: settings.credit.iter().cloned().collect(),
        bounded: settings.extent != ExtentChoice::OfData,
        common: None,
        notes: Vec::new(),
    })
}

/// What the map of displacement is to be, given what all maps are.
pub(super) fn flow_spec(
    settings: &Settings,
    spec: &MapSpec,
    (flows, moved): (
        &Layer<FlowAttributes, FlowStyle>,
        &Selection<PlacedDisplacement>,
    ),
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
            let lines = flows.features.iter().map(|flow| &flow.attributes);
            let lines = lines
                .filter(|flow| flow.width_people >= least)
                .map(|flow| (flow.width_people, vec![&flow.from, &flow.to]));
            let open = one_ended(moved).map(|(_, at, people)| (people, vec![at]));
            let mut drawn: Vec<_> = lines.chain(open).collect();
            drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
            let Some(extent) = extent::of_flows(&drawn) else {
                return spec.clone();
            };
            let ends = drawn.iter().flat_map(|(_, ends)| ends.iter().copied());
            let countries = countries(ends);
            return MapSpec {
                extent,
                whereabouts: whereabouts::countries(&countries, basemap),
                focus: subjects(&countries),
                bounded: false,
                ..spec.clone()
            };
        }
    };
    MapSpec {
        extent,
        whereabouts,
        bounded: true,
        ..spec.clone()
    }
}

/// Displacement with one known end: what is known, that end, and how many people.
fn one_ended(
    moved: &Selection<PlacedDisplacement>,
) -> impl Iterator<Item = (&Unlocated, &Location, f64)> + Clone {
    moved.left_out.iter().filter_map(|left| {
        let known = left.unlocated.as_ref()?;
        let people = left.people.map(|people| people.central());
        Some((known, known.at.as_ref()?, people.filter(|n| *n > 0)? as f64))
    })
}

/// The ground that a map may show: a page has room to the sides of a tall extent, and above and below a wide one. How
/// much of it, the legend decides; names beyond the frame are not drawn. Around an extent that was asked for is a veil.
pub(super) fn reach(spec: &MapSpec) -> Extent {
    if spec.bounded {
        return spec.extent;
    }
    let page = spec.page.width / spec.page.height;
    let [tall, wide] = [0.8, 1.2].map(|part| spec.extent.filling(part * page));
    tall.union(&wide)
}

/// Flows of fewer people are not on the map.
pub(super) fn least_people(settings: &Settings, flows: &Layer<FlowAttributes, FlowStyle>) -> f64 {
    match settings.flows_min {
        Some(least) => least as f64,
        None => layer::least_people(&flows.features),
    }
}

/// The countries that a map is about: those that its title names, or of very many the first.
fn subjects(countries: &[String]) -> Vec<String> {
    let most = if countries.len() > whereabouts::NAMED {
        1
    } else {
        whereabouts::NAMED
    };
    countries.iter().take(most).cloned().collect()
}

/// The countries of places, the most frequent first.
fn countries<'a>(locations: impl Iterator<Item = &'a Location>) -> Vec<String> {
    locations
        .filter_map(|location| location.country.as_deref())
        .counts()
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)))
        .map(|(country, _)| country.to_owned())
        .collect()
}

fn why_nothing(settings: &Settings, summary: &Summary) -> String {
    let read = counted(summary.incidents_read + summary.displacement_read, "record");
    match settings.period {
        Some(period) => format!(
            "none of {read} lies in {} and can be placed",
            period.label()
        ),
        None => format!("none of {read} can be placed"),
    }
}
