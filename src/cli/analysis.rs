//! What the options of the analysis mean.

use dateline::layer::ClusterRule;

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
