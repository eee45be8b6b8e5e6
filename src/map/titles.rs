//! Headlines: what a map is of, where and when. All maps of a kind in a batch have the same, but for the period, and so has
//! what leads to them.

use super::MapSpec;
use crate::layer::{DensityRule, DensityWeight, Per};
use crate::record::Kind;

/// Whether all of some kinds, of which there are any, are strikes from a distance.
pub(crate) fn all_strikes(kinds: impl IntoIterator<Item = Kind>) -> bool {
    let mut kinds = kinds.into_iter().peekable();
    kinds.peek().is_some()
        && kinds.all(|kind| {
            matches!(
                kind,
                Kind::AirDroneStrike | Kind::ShellingArtilleryMissileAttack
            )
        })
}

/// Headline of a map of density.
pub fn density_title(spec: &MapSpec, rule: &DensityRule) -> String {
    match (rule.weight, rule.per) {
        (DensityWeight::Incidents, Per::Area) if spec.strikes => title(spec, "Strike density"),
        (DensityWeight::Incidents, Per::Area) => title(spec, "Incident density"),
        _ => title(spec, &rule.unit()),
    }
}

/// Headline of a map of tolls.
pub fn toll_title(spec: &MapSpec) -> String {
    title(spec, "People killed")
}

/// Headline of a map of flows, net ones or not.
pub fn flow_title(spec: &MapSpec, net: bool) -> String {
    title(
        spec,
        if net {
            "Net displacement"
        } else {
            "Displacement"
        },
    )
}

fn title(spec: &MapSpec, what: &str) -> String {
    own(spec).map_or_else(
        || {
            let when = period(spec).map_or_else(String::new, |when| format!(", {when}"));
            format!("{what} {}{when}", spec.whereabouts)
        },
        str::to_owned,
    )
}

/// The headline that the user gave.
fn own(spec: &MapSpec) -> Option<&str> {
    let title = spec.title.as_deref().map(str::trim);
    title.filter(|title| !title.is_empty())
}

/// The period with the name that it may have: "First offensive (1–15 January 2020)".
fn period(spec: &MapSpec) -> Option<String> {
    let dates = spec.period?.label();
    Some(match &spec.period_name {
        Some(name) => format!("{name} ({dates})"),
        None => dates,
    })
}

/// What a subtitle has to say of the period: as much as the headline does not.
pub(super) fn period_part(spec: &MapSpec) -> Option<String> {
    let title = own(spec)?;
    let dates = spec.period?.label();
    match (&spec.period_name, title.contains(&dates)) {
        (Some(name), true) => (!title.contains(name)).then(|| name.clone()),
        (Some(name), false) if title.contains(name) => Some(dates),
        (None, true) => None,
        (_, false) => period(spec),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strikes_are_only_called_so_when_all_are() {
        let strikes = [Kind::AirDroneStrike, Kind::ShellingArtilleryMissileAttack];
        assert!(all_strikes(strikes));
        assert!(!all_strikes([Kind::AirDroneStrike, Kind::ArmedClash]));
        assert!(!all_strikes([]));
    }
}
