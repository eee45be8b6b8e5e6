//! The layer of clusters: what the incidents that lie close together have in common.
//!
//! Only incidents known to a point take part: an area is near to nothing in particular. Clusters are numbered from 1,
//! the largest first, those of equal size from west to east, whatever the order of the table.

use geo::Point;
use itertools::Itertools;

use super::build::Placed;
use super::incidents::each;
use super::places::Settlements;
use super::{ClusterAttributes, Feature};
use crate::analyse::cluster::{ClusterError, cluster, summarise};
use crate::record::{Count, Footprint};

/// Distance between the outermost incidents and the outline, as a part of the cluster distance.
const PAD: f64 = 0.25;
/// A cluster is named after a place this close to its most central incident, in kilometres.
const NAMED_WITHIN_KM: f64 = 15.0;

/// The clusters, and the number of the one that each incident belongs to.
pub struct Clusters {
    /// As features, the largest first.
    pub features: Vec<Feature<ClusterAttributes>>,
    /// For each incident, its cluster's number.
    pub number: Vec<Option<u32>>,
}

/// Clusters the incidents that are known to a point.
///
/// # Errors
/// Where distance or least number cannot be used.
pub fn clusters(
    placed: &[Placed],
    eps_km: f64,
    min_incidents: u32,
    settlements: &Settlements,
) -> Result<Clusters, ClusterError> {
    let (index, points): (Vec<usize>, Vec<Point>) = placed
        .iter()
        .enumerate()
        .filter_map(|(i, incident)| match incident.location.footprint {
            Footprint::Point(point) => Some((i, point)),
            _ => None,
        })
        .unzip();
    let clustering = cluster(&points, eps_km, min_incidents)?;
    let mut number = vec![None; placed.len()];
    let summaries = summarise(&points, &clustering, eps_km * PAD);
    let order = summaries.iter().sorted_by(|a, b| {
        let at = |medoid: usize| (points[medoid].x(), points[medoid].y());
        let (a_at, b_at) = (at(a.medoid), at(b.medoid));
        let size = b.members.len().cmp(&a.members.len());
        size.then(a_at.0.total_cmp(&b_at.0))
            .then(a_at.1.total_cmp(&b_at.1))
    });
    let features = (1u32..)
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
                attributes: attributes(n, centre, &members, settlements),
            }
        })
        .collect();
    Ok(Clusters { features, number })
}

fn attributes(
    n: u32,
    centre: Point,
    members: &[&Placed],
    settlements: &Settlements,
) -> ClusterAttributes {
    let when = members.iter().map(|member| member.incident.when());
    let kinds = members
        .iter()
        .flat_map(|member| {
            member
                .incident
                .claims()
                .map(|claim| claim.kind.label())
                .unique()
        })
        .counts();
    let kinds = kinds
        .into_iter()
        .sorted_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let name = match settlements.nearest(centre, NAMED_WITHIN_KM) {
        Some(place) => format!("around {}", place.name()),
        None => format!("around {:.2}, {:.2}", centre.y(), centre.x()),
    };
    ClusterAttributes {
        cluster: n,
        name,
        incidents: members.len(),
        killed: Count::total(members.iter().map(|member| member.incident.killed())).into(),
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
        sources: each(
            members
                .iter()
                .flat_map(|member| member.incident.claims())
                .filter_map(|claim| claim.source.as_deref())
                .sorted(),
        ),
        centre_lon: centre.x(),
        centre_lat: centre.y(),
    }
}
