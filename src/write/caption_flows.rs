//! The text beside a map of displacement.

use std::collections::BTreeMap;

use itertools::Itertools;

use super::caption::{Beside, Caption};
use super::caption_sources::Sources;
use super::markdown::escape;
use crate::layer::{FlowAttributes, LayerSet, OpenFlow};
use crate::map::words;
use crate::map::{MapSpec, one_ended_flows};
use crate::record::{counted, thousands};

/// So many flows, and so many places, are told one by one.
const TOLD: usize = 5;
const PLACES: usize = 3;

/// Beside a map of displacement.
pub fn flows(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> Beside {
    let page = words::flows(spec, layers, projection, None);
    let drawn: Vec<&FlowAttributes> = layers.flows.drawn().collect();
    let open: Vec<&OpenFlow> = one_ended_flows(layers).collect();
    let mut sources = Sources::default();
    let said = drawn.iter().map(|flow| (&flow.sources, &flow.links));
    for (names, links) in said.chain(open.iter().map(|flow| (&flow.sources, &flow.links))) {
        let names = names.split("; ").map(|name| (Some(name), None));
        let pages = links.iter();
        let pages = pages.map(|(source, url)| (source.as_deref(), Some(&**url)));
        sources.add(names.chain(pages).filter(|(name, _)| *name != Some("")));
    }
    let shown = page.subtitle.replace("  ·  ", "; ");
    let mut caption = Caption {
        alt: format!("Map: {}: {shown}.", page.title),
        body: Vec::new(),
        told: Vec::new(),
        made: vec![
            "The wider an arrow, the more people; a line goes from place to place, not along the way that people took.".to_owned(),
        ],
        sources: sources.list("flow"),
        left_out: layers.summary.displacement_drawn < layers.summary.displacement_read,
        page,
    };
    if drawn.is_empty() && open.is_empty() {
        let none = words::no_displacement(&layers.summary);
        let period = spec.period.map(|period| format!(" ({})", period.label()));
        caption
            .body
            .push(format!("{}{}.", escape(&none), period.unwrap_or_default()));
        caption.alt = format!("Map: {}: {none}.", caption.page.title);
        return caption.written(credit);
    }
    let period = spec
        .period
        .map(|period| format!(", for {}", period.label()));
    caption.body.push(format!(
        "The map shows{}: {}.",
        period.unwrap_or_default(),
        escape(&shown)
    ));
    let ends = |of: fn(&FlowAttributes) -> &str| ranked(&drawn, of);
    // How many of a report's people went to each of its destinations, nobody says.
    if drawn.iter().all(|flow| flow.shared == 0) {
        let (from, to) = (ends(|flow| &flow.origin), ends(|flow| &flow.destination));
        if drawn.len() > 1 {
            caption
                .body
                .push(format!("Most left {from}. Most went to {to}."));
        }
    }
    if let Some(largest) = drawn.first() {
        let (from, to) = (&largest.origin, &largest.destination);
        caption.alt = format!("{} The largest flow is from {from} to {to}.", caption.alt);
    }
    let what = match drawn.len() {
        n if n > TOLD => format!("The largest of {}:", counted(n, "flow")),
        _ => "The flows:".to_owned(),
    };
    let all = drawn.iter().map(|flow| &flow.sources);
    let nobody = all
        .chain(open.iter().map(|flow| &flow.sources))
        .all(String::is_empty);
    let by = |names: &str| match names {
        "" if nobody => String::new(),
        "" => " (no source named)".to_owned(),
        names => format!(" ({})", escape(names)),
    };
    let unknown = || "nobody says how many".to_owned();
    let items = drawn.iter().take(TOLD).map(|flow| {
        let people = words::people(flow).unwrap_or_else(unknown);
        let (from, to) = (escape(&flow.origin), escape(&flow.destination));
        format!("{from} to {to}: {people}{}", by(&flow.sources))
    });
    let lines: Vec<String> = items.collect();
    if !lines.is_empty() {
        caption.told.push((what, lines));
    }
    let items = open.iter().take(TOLD).map(|flow| {
        let at = flow.at.as_ref().map_or("", |at| at.name.as_str());
        let way = match flow.origin {
            Some(_) => format!("from {}, nobody says where to", escape(at)),
            None => format!("to {}, nobody says from where", escape(at)),
        };
        let figures = flow.people;
        let people = words::bounds(figures.low, figures.best, figures.high);
        let people = people.unwrap_or_else(unknown);
        format!("{way}: {people}{}", by(&flow.sources))
    });
    let ends: Vec<String> = items.collect();
    if !ends.is_empty() {
        let what = match open.len() {
            n if n > TOLD => format!("The largest of {n} with only one known end:"),
            _ => "With only one known end:".to_owned(),
        };
        caption.told.push((what, ends));
    }
    caption.written(credit)
}

/// Places by the people who left them, or went there, as the arrows show: "Idlib (about 1,200), Aleppo (about 300)".
fn ranked(drawn: &[&FlowAttributes], of: fn(&FlowAttributes) -> &str) -> String {
    let mut people: BTreeMap<&str, f64> = BTreeMap::new();
    for flow in drawn {
        *people.entry(of(flow)).or_default() += flow.width_people;
    }
    let most = people
        .into_iter()
        .sorted_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)))
        .take(PLACES);
    most.map(|(name, people)| {
        let exact = drawn.iter().filter(|flow| of(flow) == name);
        let exact = exact
            .into_iter()
            .all(|flow| flow.people.low == flow.people.high);
        let about = if exact { "" } else { "about " };
        format!(
            "{} ({about}{})",
            escape(name),
            thousands(people.round() as u64)
        )
    })
    .join(", ")
}
