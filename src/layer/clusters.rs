//! The layer of clusters: what the incidents that lie close together have in common.
//!
//! Only incidents known to a point take part: an area is near to nothing in particular. Where time counts, only those
//! whose dates are known to within its reach do, by the middle of them. Clusters are numbered from 1, the largest first,
//! those of equal size from west to east, whatever the order of the table.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use geo::Point;
use itertools::Itertools;

use super::build::{Placed, hundredths};
use super::incidents::each;
use super::places::Settlements;
use super::{ClusterAttributes, ClusterStyle, Detail, Feature, Layer};
use crate::analyse::cluster::{Also, ClusterError, Summary, cluster_with, sketch, summarise};
use crate::record::{Count, Footprint, Incident, Period, When};

/// Distance between the outermost incidents and the outline, as a part of the cluster distance.
const PAD: f64 = 0.25;
/// A cluster is named after a place this close to its most central incident, in kilometres.
const NAMED_WITHIN_KM: f64 = 15.0;

/// A cluster farther across than this many cluster distances is a chain: it says where incidents are, not where they gather.
const CHAIN: f64 = 20.0;

/// What makes a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterRule {
    /// Incidents this close are neighbours, in kilometres.
    pub km: f64,
    /// Neighbours are no more days apart than this; without, at any time.
    pub days: Option<u32>,
    /// So many make a cluster, the incident itself included.
    pub min: u32,
    /// What is counted towards that.
    pub weight: ClusterWeight,
}

impl Default for ClusterRule {
    fn default() -> Self {
        Self {
            km: 5.0,
            days: None,
            min: 5,
            weight: ClusterWeight::default(),
        }
    }
}

/// What is counted towards the number that makes a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClusterWeight {
    /// Each incident as one.
    #[default]
    Incidents,
    /// Strikes or munitions within each incident, the lowest figure that is said; one where none is.
    Count,
}

impl ClusterWeight {
    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Count => "count",
        }
    }
}

impl FromStr for ClusterWeight {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "incidents" => Ok(Self::Incidents),
            "count" => Ok(Self::Count),
            _ => Err(format!(
                "\"{text}\" is no weight of clusters: write incidents or count"
            )),
        }
    }
}

/// The clusters, and the number of the one that each incident belongs to.
pub struct Clusters {
    /// As features, the largest first.
    pub layer: Layer<ClusterAttributes, ClusterStyle>,
    /// For each incident, its cluster's number.
    pub number: Vec<Option<u32>>,
}

/// Clusters the incidents that are known to a point. Those whose dates may lie outside of the period belong to a cluster
/// perhaps.
///
/// # Errors
/// Where a distance or number cannot be used.
pub fn clusters(
    placed: &[Placed],
    rule: &ClusterRule,
    period: Option<Period>,
    settlements: &Settlements,
    detail: Detail,
) -> Result<Clusters, ClusterError> {
    let known = |placed: &Placed| match placed.location.footprint {
        Footprint::Point(point) => Some(point),
        _ => None,
    };
    let dated = |placed: &Placed| {
        let days = rule.days.map(i64::from);
        days.is_none_or(|days| span_days(&placed.incident.when()) <= days)
    };
    let located = || placed.iter().filter(|placed| known(placed).is_some());
    let (index, points): (Vec<usize>, Vec<Point>) = placed
        .iter()
        .enumerate()
        .filter(|(_, incident)| dated(incident))
        .filter_map(|(i, incident)| Some((i, known(incident)?)))
        .unzip();
    // Half days, so that the middle of two days is whole.
    let times: Option<(Vec<i32>, u32)> = rule.days.map(|days| {
        let middle = |&i: &usize| middle_half_days(&placed[i].incident.when());
        (index.iter().map(middle).collect(), days.saturating_mul(2))
    });
    let weights: Option<Vec<u32>> = match rule.weight {
        ClusterWeight::Incidents => None,
        ClusterWeight::Count => Some(
            index
                .iter()
                .map(|&i| least_count(&placed[i].incident))
                .collect(),
        ),
    };
    let also = Also {
        weights: weights.as_deref(),
        times: times.as_ref().map(|(times, days)| (&times[..], *days)),
    };
    let clustering = cluster_with(&points, also, rule.km, rule.min)?;
    let mut number = vec![None; placed.len()];
    let summaries = match detail {
        Detail::Full => summarise(&points, &clustering, rule.km * PAD),
        Detail::Sketch => sketch(&points, &clustering),
    };
    let order = summaries.iter().sorted_by(|a, b| {
        let at = |medoid: usize| (points[medoid].x(), points[medoid].y());
        let (a_at, b_at) = (at(a.medoid), at(b.medoid));
        let size = b.members.len().cmp(&a.members.len());
        let first = |one: &Summary| {
            let first = |&point: &usize| placed[index[point]].incident.when().start();
            one.members.iter().map(first).min()
        };
        size.then(a_at.0.total_cmp(&b_at.0))
            .then(a_at.1.total_cmp(&b_at.1))
            .then_with(|| first(a).cmp(&first(b)))
    });
    let features: Vec<_> = (1u32..)
        .zip(order)
        .map(|(n, summary)| {
            // Indices come from `summarise`, which numbers the points it was given.
            let members: Vec<&Placed> = summary
                .members
                .iter()
                .map(|&point| &placed[index[point]])
                .collect();
            for &point in &summary.members {
                number[index[point]] = Some(n);
            }
            let centre = points[summary.medoid];
            Feature {
                geometry: summary.hull.clone().into(),
                attributes: ClusterAttributes {
                    cluster: n,
                    area_km2: (summary.area_km2 * 10.0).round() / 10.0,
                    width_km: (summary.width_km * 10.0).round() / 10.0,
                    chained: summary.width_km > CHAIN * rule.km,
                    ..match detail {
                        Detail::Full => attributes(centre, &members, period, settlements),
                        Detail::Sketch => bare(centre, members.len()),
                    }
                },
            }
        })
        .collect();
    let style = ClusterStyle {
        rule: rule.clone(),
        max_incidents: features
            .first()
            .map_or(0, |largest| largest.attributes.incidents),
        undated: located().filter(|placed| !dated(placed)).count(),
    };
    Ok(Clusters {
        layer: Layer { features, style },
        number,
    })
}

/// How many days lie between the first and the last on which it may have happened.
fn span_days(when: &When) -> i64 {
    days(when.end()) - days(when.start())
}

/// The middle of the days on which it may have happened, in half days from the start of 1970. Years of dates have four
/// digits, so that this fits.
fn middle_half_days(when: &When) -> i32 {
    (days(when.start()) + days(when.end())) as i32
}

fn days(date: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    date.duration_since(epoch).as_hours() / 24
}

/// As how many an incident counts: the least that was said, or the figure where there is no more to it.
pub(super) fn least_count(incident: &Incident) -> u32 {
    let said = incident
        .count()
        .and_then(|count| count.low().or(count.best()));
    said.map_or(1, |n| u32::try_from(n.max(1)).unwrap_or(u32::MAX))
}

/// What a sketch says of a cluster: where it is, and how large.
fn bare(centre: Point, incidents: usize) -> ClusterAttributes {
    ClusterAttributes {
        incidents,
        centre_lon: centre.x(),
        centre_lat: centre.y(),
        ..ClusterAttributes::default()
    }
}

fn attributes(
    centre: Point,
    members: &[&Placed],
    period: Option<Period>,
    settlements: &Settlements,
) -> ClusterAttributes {
    let when = members.iter().map(|member| member.incident.when());
    let sure = when
        .clone()
        .filter(|when| period.is_none_or(|period| period.surely_contains(when)));
    let killed = members
        .iter()
        .map(|member| (member.incident.killed(), member.weight));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sources: BTreeSet<&str> = BTreeSet::new();
    for member in members {
        let labels = || member.incident.claims().map(|claim| claim.kind.label());
        for (i, label) in labels().enumerate() {
            // Claims of one incident are few, and mostly one.
            if !labels().take(i).contains(&label) {
                *kinds.entry(label).or_default() += 1;
            }
        }
        sources.extend(
            member
                .incident
                .claims()
                .filter_map(|claim| claim.source.as_deref()),
        );
    }
    let kinds = kinds
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let name = match settlements.nearest(centre, NAMED_WITHIN_KM) {
        Some(place) => format!("around {}", place.name()),
        None => format!("around {:.2}, {:.2}", centre.y(), centre.x()),
    };
    ClusterAttributes {
        cluster: 0,
        name,
        incidents: members.len(),
        incidents_low: sure.count(),
        incidents_high: members.len(),
        incidents_counted: hundredths(members.iter().map(|member| member.weight)),
        killed: Count::total_of_shares(killed).into(),
        date_start: when
            .clone()
            .map(|when| when.start())
            .min()
            .map_or_else(String::new, |date| date.to_string()),
        date_end: when
            .map(|when| when.end())
            .max()
            .map_or_else(String::new, |date| date.to_string()),
        kinds: each(kinds.map(|(kind, _)| kind)),
        sources: each(sources),
        counted: Count::total(members.iter().map(|member| member.incident.count())).into(),
        area_km2: 0.0,
        width_km: 0.0,
        chained: false,
        centre_lon: centre.x(),
        centre_lat: centre.y(),
    }
}
