//! The text beside a map of displacement.

use std::collections::BTreeMap;

use itertools::Itertools;

use super::caption::Caption;
use super::caption_sources::Sources;
use super::markdown::escape;
use crate::layer::{FlowAttributes, LayerSet};
use crate::map::words::{self, counted};
use crate::map::{MapSpec, thousands};

/// So many flows, and so many places, are told one by one.
const TOLD: usize = 5;
const PLACES: usize = 3;

/// Beside a map of displacement.
pub fn flows(spec: &MapSpec, layers: &LayerSet, projection: &str, credit: &[String]) -> String {
    let page = words::flows(spec, layers, projection, None);
    let drawn: Vec<&FlowAttributes> = layers.flows.drawn().collect();
    let mut sources = Sources::default();
    for flow in &drawn {
        let names = flow.sources.split("; ").map(|name| (Some(name), None));
        let pages = flow.links.iter();
        let pages = pages.map(|(source, url)| (source.as_deref(), Some(&**url)));
        sources.add(names.chain(pages).filter(|(name, _)| *name != Some("")));
    }
    let shown = page.subtitle.replace("  ·  ", "; ");
    let mut caption = Caption {
        alt: format!("Map: {}: {}.", escape(&page.title), escape(&shown)),
        body: Vec::new(),
        told: None,
        made: vec![
            "The wider an arrow, the more people; a line goes from place to place, not along the way that people took.".to_owned(),
        ],
        sources: sources.list("flow"),
        left_out: layers.summary.displacement_drawn < layers.summary.displacement_read,
        page,
    };
    let Some(largest) = drawn.first() else {
        let none = words::no_displacement(&layers.summary);
        let period = spec.period.map(|period| format!(" ({})", period.label()));
        caption
            .body
            .push(format!("{}{}.", escape(&none), period.unwrap_or_default()));
        caption.alt = format!("Map: {}: {}.", escape(&caption.page.title), escape(&none));
        return caption.written(credit);
    };
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
    caption.alt = format!(
        "{} The largest flow is from {} to {}.",
        caption.alt,
        escape(&largest.origin),
        escape(&largest.destination)
    );
    let what = match drawn.len() {
        n if n > TOLD => format!("The largest of {}:", counted(n, "flow")),
        _ => "The flows:".to_owned(),
    };
    let nobody = drawn.iter().all(|flow| flow.sources.is_empty());
    let items = drawn.iter().take(TOLD).map(|flow| {
        let people = words::people(flow).unwrap_or_else(|| "nobody says how many".to_owned());
        let sources = match flow.sources.as_str() {
            "" if nobody => String::new(),
            "" => " (no source named)".to_owned(),
            names => format!(" ({})", escape(names)),
        };
        format!(
            "{} to {}: {people}{sources}",
            escape(&flow.origin),
            escape(&flow.destination)
        )
    });
    caption.told = Some((what, items.collect()));
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
