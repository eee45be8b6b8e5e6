//! What the options of the analysis mean.

use std::sync::Arc;

use dateline::analyse::classes::MAX_CLASSES;
use dateline::gazetteer::Gazetteer;
use dateline::gazetteer::import::units;
use dateline::layer::{ClusterRule, DensityMethod, DensityRule, Per};

use super::options::{Options, parsed};

impl Options {
    /// What makes a cluster.
    pub(super) fn cluster(&self, problems: &mut Vec<String>) -> ClusterRule {
        let defaults = ClusterRule::default();
        let min = self.cluster_min.unwrap_or(defaults.min);
        if min == 0 {
            problems.push(
                "cluster_min: 0 incidents make no cluster: give 1 or more, e.g. 5".to_owned(),
            );
        }
        ClusterRule {
            km: positive("cluster_km", self.cluster_km, problems).unwrap_or(defaults.km),
            days: self.cluster_days,
            min,
            weight: parsed(
                "cluster_weight",
                self.cluster_weight.as_deref(),
                defaults.weight,
                problems,
            ),
        }
    }

    /// What the density is of, and how it is made.
    pub(super) fn density(&self, gazetteer: &Gazetteer, problems: &mut Vec<String>) -> DensityRule {
        let defaults = DensityRule::default();
        let method = parsed(
            "density",
            self.density.as_deref(),
            defaults.method,
            problems,
        );
        let per = parsed("per", self.per.as_deref(), defaults.per, problems);
        let classes = self.class_count.unwrap_or(defaults.classes);
        if !(2..=MAX_CLASSES).contains(&classes) {
            problems.push(format!(
                "class_count: {classes} is out of range: give 2 to {MAX_CLASSES}, e.g. 5"
            ));
        }
        if per == Per::People && method != DensityMethod::Areas {
            problems.push("per: people are known for admin areas only: give density = \"areas\" and boundaries with a population".to_owned());
        }
        let mut areas = Vec::new();
        if method == DensityMethod::Areas {
            match units(&self.boundaries, gazetteer) {
                Ok(read) => areas = read,
                Err(error) => problems.push(error.to_string()),
            }
            let counted = areas.iter().any(|area| area.population.is_some());
            if per == Per::People && !counted {
                problems.push("per: nobody says how many people live in the areas: give boundaries with a property \"population\", or per = \"area\"".to_owned());
            }
        }
        DensityRule {
            method,
            bandwidth: parsed(
                "bandwidth_km",
                self.bandwidth_km.as_deref(),
                defaults.bandwidth,
                problems,
            ),
            hexagon_km: positive("hexagon_km", self.hexagon_km, problems),
            weight: parsed("weight", self.weight.as_deref(), defaults.weight, problems),
            per,
            classing: parsed(
                "classes",
                self.classes.as_deref(),
                defaults.classing,
                problems,
            ),
            classes: classes.clamp(2, MAX_CLASSES),
            areas: Arc::new(areas),
        }
    }
}

/// Kilometres, which must be above zero and no more than a map can show.
pub(super) fn positive(name: &str, value: Option<f64>, problems: &mut Vec<String>) -> Option<f64> {
    if let Some(km) = value.filter(|km| !(km.is_finite() && *km > 0.0 && *km <= 1000.0)) {
        problems.push(format!(
            "{name}: {km} is out of range: give kilometres above 0 and up to 1000, e.g. 5"
        ));
    }
    value
}
