//! What the page says in words: how many, of what, when, and what is not on the map.

use super::MapSpec;
use super::incidents::Tally;
use super::page::PageText;
use super::titles::{density_title, flow_title, period_part, toll_title};
use crate::layer::{
    DensityMethod, DensityStyle, FlowAttributes, FlowLevel, Layer, LayerSet, OpenFlow, People,
    Summary,
};
use crate::record::{Count, DateRule, counted, of_people, thousands};

/// Said across the top of a map of invented data.
pub const SYNTHETIC: &str =
    "SYNTHETIC DATA – invented to show how the map works. Nothing on it happened.";
pub(crate) const BOUNDARIES: &str = "Boundaries and names as in Natural Earth, dashed where undetermined or disputed; \
                          they imply no endorsement. Rivers and lakes: GSHHG.";

/// A count in words: "8", "1,204–1,377", "at least 8", "about 60".
pub(crate) fn figure(count: Count) -> String {
    let (min, max) = count.said();
    let range = if min == max {
        thousands(min)
    } else {
        format!("{}–{}", thousands(min), thousands(max))
    };
    match (count.low(), count.high()) {
        (Some(0), None) if max == 0 => "none known".to_owned(),
        (Some(0), None) => format!("0–{} or more", thousands(max)),
        (Some(low), None) => format!("at least {}", thousands(low)),
        (None | Some(0), Some(high)) if high > 0 => format!("up to {}", thousands(high)),
        (_, Some(_)) => range,
        (None, None) if count.is_open() => format!("at least about {}", thousands(min)),
        (None, None) => format!("about {range}"),
    }
}

/// A figure with its bounds; `None` where nothing is known.
pub(crate) fn bounds(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> Option<String> {
    Count::bounds(low, best, high).ok().map(figure)
}

/// How many people a flow is, in words: where all of its reports name other destinations as well, a part of theirs.
pub(crate) fn people(flow: &FlowAttributes) -> Option<String> {
    let People { low, best, high } = flow.people;
    if flow.shared == flow.records {
        let all = flow.named.map(figure);
        return all.map(|all| format!("part of {all}"));
    }
    bounds(low, best, high).or_else(|| about(flow.named.map_or(0, |all| all.central())))
}

/// "about 1,200": where bounds are unknown, the sum of the figures that reports name is all there is to say.
fn about(figure: u64) -> Option<String> {
    (figure > 0).then(|| format!("about {}", thousands(figure)))
}

/// People displaced in the reports that are drawn.
pub(super) fn displaced(s: &Summary) -> Option<String> {
    bounds(s.people.low, s.people.best, s.people.high)
        .or_else(|| about(s.named_people))
        .filter(|_| s.displacement_drawn > s.displacement_one_end)
}

/// People of whom one end is known in the reports that are drawn.
pub(super) fn one_ended(s: &Summary) -> Option<String> {
    bounds(s.one_end.low, s.one_end.best, s.one_end.high)
        .or_else(|| about(s.people_one_end))
        .filter(|_| s.displacement_one_end > 0)
}

/// Kinds of incident with how many there are of each, the most frequent first.
pub(crate) fn kinds(layers: &LayerSet) -> Vec<(&str, usize)> {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for feature in &layers.incidents.features {
        let kind = feature
            .attributes
            .kind
            .split("; ")
            .next()
            .unwrap_or_default();
        match kinds.iter_mut().find(|(k, _)| *k == kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    kinds
}

/// A kind within a sentence: its first letter small, unless it is of an abbreviation.
pub(crate) fn in_sentence(kind: &str) -> String {
    let mut letters = kind.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => kind.to_owned(),
    }
}

/// Parts of a subtitle, set apart by middle dots.
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("  ·  ")
}

fn source(spec: &MapSpec) -> String {
    match spec.sources.as_slice() {
        [] => String::new(),
        // A credit line of the user's own may say so already.
        [one] if one.to_lowercase().starts_with("source") => one.clone(),
        [one] => format!("Source: {one}"),
        many => format!("Sources: {}", many.join("; ")),
    }
}

/// Words of a density map.
pub(crate) fn density(spec: &MapSpec, layers: &LayerSet, projection: &str) -> PageText {
    let s = &layers.summary;
    let kinds = kinds(layers);
    let mut named: Vec<String> = kinds
        .iter()
        .take(4)
        .map(|(k, n)| format!("{} {}", in_sentence(k), thousands(*n as u64)))
        .collect();
    let more: usize = kinds.iter().skip(4).map(|(_, n)| n).sum();
    if more > 0 {
        named.push(format!("other {}", thousands(more as u64)));
    }
    let named = match (kinds.as_slice(), named.is_empty()) {
        (_, true) => String::new(),
        ([(one, _)], _) => format!(" ({})", in_sentence(one)),
        _ => format!(" ({})", named.join(", ")),
    };
    let killed = Tally::total(layers, spec.period).words();
    let subtitle = joined([
        period_part(spec),
        Some(format!("{}{named}", incidents(s))),
        killed.map(|k| format!("killed: {k}")),
    ]);
    let mut notes = notes_on_incidents(s, vague_in_density(&layers.density.style));
    notes.extend(density_notes(layers));
    if layers.density.style.rule.method == DensityMethod::Kernel {
        notes.extend(clusters(layers));
    }
    let title = density_title(spec, &layers.density.style.rule);
    finish(spec, title, subtitle, notes, projection)
}

/// What a density does with places known only to an area.
fn vague_in_density(style: &DensityStyle) -> &'static str {
    match style.rule.method {
        DensityMethod::Kernel => "drawn as such, and spread over its land in the density",
        DensityMethod::Hexagons => "shared among hexagons by its land in each",
        DensityMethod::Areas => "counted if nearly all of its land is in one of the areas here",
    }
}

/// Who is not in the density.
fn density_notes(layers: &LayerSet) -> Vec<String> {
    let style = &layers.density.style;
    let apart = (style.apart > 0).then(|| {
        format!(
            "{} not known to lie in one of the areas: counted in none.",
            match style.apart {
                1 => "1 is".to_owned(),
                n => format!("{} are", thousands(n as u64)),
            }
        )
    });
    let silent = style.rule.weight.is_killed() && layers.summary.killed_unknown > 0;
    let silent = silent.then(|| "These add nothing to the density.".to_owned());
    silent.into_iter().chain(apart).collect()
}

/// Which clusters say little, and who took no part in them.
fn clusters(layers: &LayerSet) -> Vec<String> {
    let Layer { features, style } = &layers.clusters;
    let undated = (style.undated > 0).then(|| {
        format!(
            "Dates of {} are too vague for clusters in time.",
            thousands(style.undated as u64)
        )
    });
    let widest = features
        .iter()
        .filter(|cluster| cluster.attributes.chained)
        .map(|cluster| cluster.attributes.width_km)
        .max_by(f64::total_cmp);
    let chained = widest.map(|km| {
        format!(
            "Clusters chain as far as {} km: these show where incidents are rather than where they gather.",
            thousands(km.round() as u64)
        )
    });
    undated.into_iter().chain(chained).collect()
}

/// What is not shown, and how sure the rest is. `vague` says what is done with vague places.
fn notes_on_incidents(s: &Summary, vague: &str) -> Vec<String> {
    let mut notes = vec![shown_incidents(s)];
    if s.incidents_vague > 0 {
        notes.push(format!(
            "{} known only to an area: {vague}.",
            if s.incidents_vague == 1 {
                "1 is".to_owned()
            } else {
                format!("{} are", thousands(s.incidents_vague as u64))
            }
        ));
    }
    notes.extend(moved(s, s.incidents_coarsened, "incident"));
    notes.extend(uncertain_dates(s));
    if s.killed_unknown > 0 {
        notes.push(format!(
            "No number of killed is given for {}.",
            thousands(s.killed_unknown as u64)
        ));
    }
    notes
}

/// How many incidents: where dates are shared with the time outside, from those that certainly happened to all.
pub(crate) fn incidents(s: &Summary) -> String {
    match s.incidents_date_shared {
        0 => counted(s.incidents_drawn, "incident"),
        shared => format!(
            "{}–{}",
            thousands((s.incidents_drawn - shared) as u64),
            counted(s.incidents_drawn, "incident")
        ),
    }
}

/// How many are shown less exactly than they are known.
fn moved(s: &Summary, n: usize, thing: &str) -> Option<String> {
    (n > 0).then(|| {
        format!(
            "For the safety of people there, {} no closer than to {}.",
            match n {
                1 => format!("1 {thing} is shown"),
                n => format!("{} are shown", counted(n, thing)),
            },
            s.coarsen
        )
    })
}

/// How many dates may lie outside of the period, and what was done with them.
fn uncertain_dates(s: &Summary) -> Option<String> {
    let uncertain = s.incidents_date_uncertain;
    let dates = format!(
        "Dates of {} may lie outside of the period",
        thousands(uncertain as u64)
    );
    match (uncertain, s.incidents_date_shared) {
        (0, _) => None,
        (_, 0) if s.dates == DateRule::Any => Some(format!(
            "{dates}; they count in full, their killed in the highest figures only."
        )),
        (_, 0) => Some(format!("{dates}.")),
        (_, shared) => {
            let sure = s.incidents_drawn - shared;
            let part = s.incidents_counted - sure as f64;
            let of_these = if shared == uncertain {
                "they count".to_owned()
            } else {
                format!("{} of these count", thousands(shared as u64))
            };
            Some(format!(
                "{dates}; {of_these} by the part of their days within, together as {part:.1}, and from none to all of their killed."
            ))
        }
    }
}

/// Words of a map of tolls.
pub(crate) fn tolls(spec: &MapSpec, layers: &LayerSet, projection: &str) -> PageText {
    let s = &layers.summary;
    let killed = Tally::total(layers, spec.period).killed();
    let subtitle = joined([
        period_part(spec),
        Some(killed.unwrap_or_else(|| "no source gives a number of killed".to_owned())),
        Some(incidents(s)),
    ]);
    let mut notes = notes_on_incidents(s, "drawn as such");
    notes.push("Figures range over what the sources of one incident say; those of different incidents are added, low to low and high to high.".into());
    finish(spec, toll_title(spec), subtitle, notes, projection)
}

fn shown_incidents(s: &Summary) -> String {
    let unplaced = match s.killed_unplaced.filter(|toll| toll.said().1 > 0) {
        Some(toll) => format!("could not be placed ({} killed)", figure(toll)),
        None => "could not be placed".to_owned(),
    };
    let reasons = [
        (s.incidents_unplaced, unplaced.as_str()),
        (s.incidents_other_kind, "about no violence"),
        (s.incidents_outside_period, "outside of the period"),
        (s.incidents_date_left_out, "perhaps outside of it"),
        (s.incidents_outside_extent, "outside of the map"),
    ];
    shown(s.incidents_drawn, s.incidents_read, "incident", &reasons)
}

/// What stands on a map of incidents without any.
pub(crate) fn no_incidents(s: &Summary) -> String {
    nothing(
        s.incidents_unplaced,
        "incident",
        "No incidents in this period",
    )
}

/// What stands on a map of flows without any.
pub(crate) fn no_displacement(s: &Summary) -> String {
    let kept = s.displacement_open_ended + s.displacement_unplaced + s.displacement_within;
    nothing(kept, "report", "No displacement in this period")
}

/// That nothing happened is said only where no record says that something did.
fn nothing(kept: usize, thing: &str, none: &str) -> String {
    match kept {
        0 => none.to_owned(),
        _ => format!("None of {} can be drawn", counted(kept, thing)),
    }
}

/// "Shown: 41 of 43 incidents; 2 could not be placed."
fn shown(drawn: usize, read: usize, thing: &str, reasons: &[(usize, &str)]) -> String {
    let left: Vec<String> = reasons
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, why)| format!("{} {why}", thousands(*n as u64)))
        .collect();
    let left = if left.is_empty() {
        String::new()
    } else {
        format!("; {}", left.join(", "))
    };
    if drawn == read {
        format!("Shown: all {}{left}.", counted(read, thing))
    } else {
        format!(
            "Shown: {} of {}{left}.",
            thousands(drawn as u64),
            counted(read, thing)
        )
    }
}

/// Words of a map of flows.
///
/// `bare` says how many arrows have no figure for want of room.
pub(crate) fn flows(
    spec: &MapSpec,
    layers: &LayerSet,
    projection: &str,
    bare: Option<usize>,
) -> PageText {
    let s = &layers.summary;
    let people = displaced(s);
    // The cells of a matrix are no reports, and each is a flow.
    let cells = s.displacement_cells == s.displacement_read && s.displacement_read > 0;
    let thing = if cells { "figure" } else { "report" };
    let flows = flows_drawn(layers);
    let subtitle = joined([
        period_part(spec),
        people.map(|people| of_people(&people)),
        one_ended(s).map(|people| {
            let end = missing_end(layers);
            let reports = counted(s.displacement_one_end, thing);
            format!("{people} of unknown {end} in {reports}")
        }),
        net_people(layers).map(|n| format!("net {}", thousands(n))),
        match s.displacement_drawn - s.displacement_one_end {
            0 if s.displacement_drawn > 0 => None,
            _ if cells => Some(flows),
            reports => Some(format!("{flows} from {}", counted(reports, thing))),
        },
    ]);
    let with_people = |why: &str, people: u64| match (people, cells) {
        (0, _) => why.to_owned(),
        (_, true) => format!("{why} ({})", of_people(&thousands(people))),
        (_, false) => format!("{why} (about {})", of_people(&thousands(people))),
    };
    let unplaced = with_people("could not be placed closely enough", s.people_unplaced);
    let open_ended = with_people("without origin or destination", s.people_open_ended);
    let within = with_people("within one place", s.people_within);
    let reasons = [
        (s.displacement_open_ended, open_ended.as_str()),
        (s.displacement_unplaced, unplaced.as_str()),
        (s.displacement_within, within.as_str()),
        (s.displacement_outside_period, "outside of the period"),
        (s.displacement_date_left_out, "perhaps outside of it"),
        (s.displacement_outside_extent, "outside of the map"),
    ];
    let mut notes = vec![shown(
        s.displacement_drawn,
        s.displacement_read,
        thing,
        &reasons,
    )];
    if s.displacement_date_uncertain > 0 {
        let how = match s.dates {
            DateRule::Share => ", and count by the part of their days within",
            DateRule::Any | DateRule::Certain => "",
        };
        notes.push(format!(
            "Dates of {} may lie outside of the period{how}.",
            counted(s.displacement_date_uncertain, thing)
        ));
    }
    notes.extend(moved(s, s.displacement_coarsened, thing));
    notes.extend(ends_of_flows(layers));
    notes.extend(set_off(layers));
    notes.extend(small_flows(layers));
    notes.extend(hair_lines(layers));
    if let Some(n) = bare {
        notes.push(format!(
            "No room for the figures of {}.",
            counted(n, "arrow")
        ));
    }
    if layers
        .flows
        .features
        .iter()
        .any(|f| f.attributes.shared > 0)
    {
        let hair = if super::flow_sort::hairs(layers).flows > 0 {
            " or a hair line"
        } else {
            ""
        };
        notes.push(format!(
            "Where a report names several destinations together, nobody says how many went to which: each arrow is hollow{hair}, and its figure an upper bound; the total counts them once."
        ));
    }
    let title = flow_title(spec, layers.flows.style.net);
    finish(spec, title, subtitle, notes, projection)
}

/// Which end of displacement with one known end is not: "origin", "destination", or either.
fn missing_end(layers: &LayerSet) -> &'static str {
    let came = |flow: &OpenFlow| flow.origin.is_none();
    let opens = || super::flow_open::opens(layers);
    match (opens().any(came), opens().all(came)) {
        (_, true) => "origin",
        (false, _) => "destination",
        _ => "origin or destination",
    }
}

/// A part of a whole: "8 %". A part of people is never none of them, nor all.
fn share(part: f64) -> String {
    let percent = 100.0 * part;
    match percent.round() {
        0.0 => "less than 1 %".to_owned(),
        100.0 if part < 1.0 => "over 99 %".to_owned(),
        whole => format!("{whole} %"),
    }
}

/// What is said of flows that are hair lines.
fn hair_lines(layers: &LayerSet) -> Option<String> {
    let hairs = super::flow_sort::hairs(layers);
    let least = thousands(super::flow_sort::hair_below(layers) as u64);
    let about = if hairs.exact { "" } else { "about " };
    (hairs.flows > 0).then(|| {
        format!(
            "Hair lines: {} of fewer than {least} people each, {about}{} together, {} of all on arrows.",
            counted(hairs.flows, "flow"),
            of_people(&thousands(hairs.people.round() as u64)),
            share(hairs.part)
        )
    })
}

/// What the ends of flows are taken together to.
fn ends_of_flows(layers: &LayerSet) -> Option<String> {
    let level = layers.flows.style.level;
    let flows = || layers.flows.features.iter().map(|flow| &flow.attributes);
    let finer = flows().any(|flow| {
        let least = level.precision();
        flow.from.precision < least || flow.to.precision < least
    });
    let stay = if finer {
        ", as far as these are known"
    } else {
        ""
    };
    (level != FlowLevel::Settlement && flows().next().is_some())
        .then(|| format!("Flows are between {}s{stay}.", level.name()))
}

/// The people of net flows.
fn net_people(layers: &LayerSet) -> Option<u64> {
    let Layer { features, style } = &layers.flows;
    let people = features.iter().map(|flow| flow.attributes.width_people);
    style.net.then(|| people.sum::<f64>().round() as u64)
}

/// Of net flows, how many flows are even.
fn even(layers: &LayerSet) -> usize {
    let Layer { features, style } = &layers.flows;
    let even = features
        .iter()
        .filter(|flow| style.net && flow.attributes.width_people <= 0.0);
    even.count()
}

/// What is said of net flows.
fn set_off(layers: &LayerSet) -> Option<String> {
    let even = match even(layers) {
        0 => String::new(),
        1 => "; 1 pair is even and has no arrow".to_owned(),
        n => format!("; {n} pairs are even and have no arrow"),
    };
    layers.flows.style.net.then(|| {
        format!("Net: of flows in opposite directions the difference is drawn, the way that more people went{even}.")
    })
}

/// Those of its flows that a map leaves away, as too small: how many, and how many people.
fn small(layers: &LayerSet) -> (usize, f64) {
    let flows = &layers.flows;
    let small = flows
        .features
        .iter()
        .map(|flow| flow.attributes.width_people);
    // Even ones of net flows are told of elsewhere.
    let small = small.filter(|people| {
        *people < flows.style.least_people && !(flows.style.net && *people <= 0.0)
    });
    small.fold((0, 0.0), |(n, sum), people| (n + 1, sum + people))
}

/// "83 flows", "the 98 largest of 187 flows".
fn flows_drawn(layers: &LayerSet) -> String {
    let all = layers.flows.features.len() - even(layers);
    match small(layers).0 {
        0 => counted(all, "flow"),
        n => format!(
            "the {} largest of {}",
            thousands((all - n) as u64),
            counted(all, "flow")
        ),
    }
}

/// What is said of flows that are left away.
fn small_flows(layers: &LayerSet) -> Option<String> {
    let (n, people) = small(layers);
    let flows = &layers.flows;
    let all: f64 = flows
        .features
        .iter()
        .map(|flow| flow.attributes.width_people)
        .sum();
    let least = thousands(flows.style.least_people as u64);
    (n > 0).then(|| {
        format!(
            "Not drawn: {} of fewer than {least} people each, {} of the people; they are in the layers.",
            counted(n, "flow"),
            share(people / all.max(1.0))
        )
    })
}

/// Words of a contact sheet, but for what only its frames know.
pub(crate) fn sheet(spec: &MapSpec, title: String, projection: &str) -> PageText {
    let notes = vec!["Names and figures stand on the maps in full size.".to_owned()];
    finish(spec, title, String::new(), notes, projection)
}

fn finish(
    spec: &MapSpec,
    title: String,
    subtitle: String,
    mut notes: Vec<String>,
    projection: &str,
) -> PageText {
    notes.extend(spec.notes.iter().cloned());
    notes.push(BOUNDARIES.into());
    notes.push(format!("Projection: {projection}."));
    PageText {
        title,
        subtitle,
        source: source(spec),
        notes,
        banner: spec.synthetic.then(|| SYNTHETIC.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_bounds() {
        assert_eq!(
            bounds(Some(1204), Some(1290), Some(1377)).unwrap(),
            "1,204–1,377"
        );
        assert_eq!(bounds(Some(8), Some(8), Some(8)).unwrap(), "8");
        assert_eq!(bounds(Some(8), None, None).unwrap(), "at least 8");
        assert_eq!(bounds(None, Some(60_000), None).unwrap(), "about 60,000");
        assert_eq!(bounds(None, None, Some(9)).unwrap(), "up to 9");
        assert_eq!(bounds(None, Some(5), Some(9)).unwrap(), "up to 9");
        assert_eq!(bounds(None, None, None), None);
    }

    #[test]
    fn what_is_left_out_is_said() {
        let why = [(2, "could not be placed"), (0, "outside of the period")];
        assert_eq!(
            shown(41, 43, "incident", &why),
            "Shown: 41 of 43 incidents; 2 could not be placed."
        );
        assert_eq!(shown(1, 1, "incident", &[]), "Shown: all 1 incident.");
    }

    #[test]
    fn shares_are_the_nearest_whole_and_never_none() {
        assert_eq!(share(4766.0 / 59157.0), "8 %");
        assert_eq!(share(0.0851), "9 %");
        assert_eq!(share(0.0049), "less than 1 %");
        assert_eq!(share(0.0051), "1 %");
        assert_eq!(share(0.9968), "over 99 %");
        assert_eq!(share(1.0), "100 %");
    }

    #[test]
    fn abbreviations_stay_as_they_are() {
        assert_eq!(
            in_sentence("Remote explosive/landmine/IED"),
            "remote explosive/landmine/IED"
        );
        assert_eq!(in_sentence("IED"), "IED");
    }
}
