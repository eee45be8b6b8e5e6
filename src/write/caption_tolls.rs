//! The tolls that a caption tells one by one, with who says so.

use std::cmp::Reverse;

use itertools::Itertools;

use super::markdown::escape;
use crate::layer::{IncidentAttributes, LayerSet};
use crate::map::words::{figure, in_sentence};
use crate::record::{Count, Period, When};
use crate::record::{counted, thousands};

/// So many incidents are told one by one: those that sources disagree on, and the deadliest.
const TOLD: usize = 5;

/// The incidents whose tolls sources disagree on, then the deadliest of the others.
pub(super) fn told(layers: &LayerSet, period: Option<Period>) -> Option<(String, Vec<String>)> {
    let figures = |one: &IncidentAttributes| {
        let figures = one.said.iter().filter_map(|said| said.killed);
        figures.unique().collect_vec()
    };
    let most = |one: &IncidentAttributes| {
        let figures = figures(one).into_iter();
        figures
            .map(|killed| killed.said().1)
            .max()
            .unwrap_or_default()
    };
    let toll = layers.incidents.features.iter().map(|one| &one.attributes);
    let toll = toll.filter(|one| most(one) > 0).collect_vec();
    let disputed = toll.iter().filter(|one| figures(one).len() > 1).count();
    let ranked = toll
        .iter()
        .sorted_by_cached_key(|one| Reverse((figures(one).len() > 1, most(one))));
    let items = ranked
        .take(TOLD)
        .map(|one| incident(one, figures(one).len() > 1, period))
        .collect_vec();
    let what = match (disputed, toll.len()) {
        (_, 0) => return None,
        (0, all) if all > TOLD => {
            format!("The highest tolls, {TOLD} of {}:", thousands(all as u64))
        }
        (0, _) => "Tolls:".to_owned(),
        (n, _) if n > TOLD => format!(
            "Tolls on which sources disagree, the highest {TOLD} of {}:",
            thousands(n as u64)
        ),
        (n, all) if n == all => "Tolls, on which sources disagree:".to_owned(),
        (n, _) => format!(
            "Tolls on which sources disagree ({}), then the highest of the others:",
            counted(n, "incident")
        ),
    };
    Some((what, items))
}

/// One incident, with its toll and who says so.
fn incident(one: &IncidentAttributes, disputed: bool, period: Option<Period>) -> String {
    let admin1 = one.admin1.as_deref();
    let admin1 = admin1.filter(|area| !one.place_name.contains(area));
    let admin1 = admin1.map_or_else(String::new, |area| format!(" ({})", escape(area)));
    let named = |source: Option<&str>| source.map_or_else(|| "no source named".to_owned(), escape);
    let said = one
        .said
        .iter()
        .filter_map(|said| Some((said.killed?, said.source.as_deref())));
    let toll = if disputed {
        let by_figure: Vec<(Count, Vec<String>)> =
            said.fold(Vec::new(), |mut all, (killed, source)| {
                match all.iter_mut().find(|(known, _)| *known == killed) {
                    Some((_, sources)) => sources.push(named(source)),
                    None => all.push((killed, vec![named(source)])),
                }
                all
            });
        let mut figures = by_figure.into_iter().map(|(killed, sources)| {
            format!(
                "{} ({})",
                figure(killed),
                sources.into_iter().unique().join("; ")
            )
        });
        let all = one
            .said
            .iter()
            .filter_map(|said| said.killed)
            .reduce(Count::across);
        let all = all.map_or_else(String::new, figure);
        format!("{all} killed: {}", figures.join(", "))
    } else {
        let (killed, sources): (Vec<Count>, Vec<String>) =
            said.map(|(killed, source)| (killed, named(source))).unzip();
        let killed = killed.first().copied().map_or_else(String::new, figure);
        format!(
            "{killed} killed ({})",
            sources.into_iter().unique().join("; ")
        )
    };
    let perhaps = match period {
        Some(period) if !period.surely_contains(&one.when) => ", perhaps outside of the period",
        _ => "",
    };
    let kind = one.kind.split("; ").map(in_sentence).join(" or ");
    format!(
        "{}{perhaps}, {}{admin1}, {}: {toll}",
        day(&one.when),
        escape(&one.place_name),
        escape(&kind)
    )
}

/// When, in words: "10 January 2020", "about January 2020".
fn day(when: &When) -> String {
    let label = Period::new(when.start(), when.end()).label();
    match (when.is_approximate(), when.is_uncertain()) {
        (true, _) => format!("about {label}"),
        (_, true) => format!("probably {label}"),
        _ => label,
    }
}
