//! Names that people write → [`Kind`].
//!
//! Names are compared without regard to case, hyphens, spaces and plurals: "Airstrikes", "air strike" and "air-strike"
//! are one. A name that could mean several kinds is refused with the choices, since the map would otherwise say more
//! than its source.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use rapidfuzz::distance::osa;

use super::Kind;
use super::table::{AMBIGUOUS, NAMES};

static TABLE: LazyLock<BTreeMap<String, Kind>> = LazyLock::new(|| {
    let labels = Kind::ALL.iter().map(|&kind| (fold(kind.label()), kind));
    let names = NAMES
        .iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| (fold(name), *kind)));
    labels.chain(names).collect()
});

/// Lower-case letters and digits only, each word in the singular.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()) {
        let word = word.to_lowercase();
        let stem = ["sh", "ch", "ss", "x"]
            .iter()
            .find_map(|end| word.strip_suffix("es").filter(|stem| stem.ends_with(end)))
            .or_else(|| {
                word.strip_suffix('s')
                    .filter(|stem| stem.len() > 2 && !stem.ends_with('s'))
            });
        folded.push_str(stem.unwrap_or(&word));
    }
    folded
}

impl FromStr for Kind {
    type Err = KindError;

    fn from_str(text: &str) -> Result<Kind, KindError> {
        let folded = fold(text);
        if folded.is_empty() {
            return Err(KindError::Empty);
        }
        if let Some(kind) = TABLE.get(&folded) {
            return Ok(*kind);
        }
        if let Some((_, choices)) = AMBIGUOUS.iter().find(|(name, _)| fold(name) == folded) {
            return Err(KindError::Ambiguous { choices });
        }
        Err(
            nearest(&folded).map_or(KindError::Unknown, |suggestion| KindError::Near {
                suggestion,
            }),
        )
    }
}

/// The name that differs in the fewest letters, if that is at most a third of them.
fn nearest(folded: &str) -> Option<&'static str> {
    let all = NAMES
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .chain(Kind::ALL.iter().map(|kind| kind.label()));
    let limit = folded.chars().count() / 3;
    let distance = |name: &&str| osa::distance(folded.chars(), fold(name).chars());
    all.map(|name| (distance(&name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Why a name is not a kind, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KindError {
    /// Nothing there.
    #[error("is empty: write what happened, e.g. air strike, shelling, clash, IED")]
    Empty,
    /// The name could mean several kinds.
    #[error("may mean several kinds: write {choices}")]
    Ambiguous {
        /// The names to choose from.
        choices: &'static str,
    },
    /// Unknown, but close to a known name.
    #[error("is not a known kind: did you mean \"{suggestion}\"?")]
    Near {
        /// The closest known name.
        suggestion: &'static str,
    },
    /// Unknown.
    #[error(
        "is not a known kind: write one of the names in docs/tables.md, e.g. air strike, shelling, clash, IED"
    )]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn k(name: &str) -> Kind {
        name.parse().unwrap_or_else(|e| panic!("{name:?} {e}"))
    }

    #[test]
    fn every_label_and_name_reads_as_its_own_kind() {
        for &kind in Kind::ALL {
            assert_eq!(k(kind.label()), kind);
        }
        let mut seen = BTreeMap::new();
        for (kind, names) in NAMES {
            for name in *names {
                assert_eq!(k(name), *kind, "{name}");
                assert_eq!(seen.insert(fold(name), name), None, "{name} stands twice");
            }
        }
        for (name, _) in AMBIGUOUS {
            assert!(
                matches!(name.parse::<Kind>(), Err(KindError::Ambiguous { .. })),
                "{name}"
            );
        }
    }

    #[test]
    fn the_list_for_people_has_every_name() {
        let list = include_str!("../../../docs/tables.md");
        let cells: Vec<&str> = list.split(['|', ',', '\n']).map(str::trim).collect();
        let names = NAMES.iter().flat_map(|(_, names)| names.iter().copied());
        let ambiguous = AMBIGUOUS.iter().map(|(name, _)| *name);
        for name in Kind::ALL
            .iter()
            .map(|kind| kind.label())
            .chain(names)
            .chain(ambiguous)
        {
            assert!(cells.contains(&name), "{name}");
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        for (name, kind) in [
            ("Airstrikes", Kind::AirDroneStrike),
            ("AIR STRIKE", Kind::AirDroneStrike),
            ("air-strike", Kind::AirDroneStrike),
            ("barrel bombs", Kind::AirDroneStrike),
            (" drone  strikes ", Kind::AirDroneStrike),
            ("Ground clashes", Kind::ArmedClash),
            ("IEDs", Kind::RemoteExplosiveLandmineIed),
            ("land mines", Kind::RemoteExplosiveLandmineIed),
            ("raids", Kind::Attack),
            ("air raids", Kind::AirDroneStrike),
            ("rocket attacks", Kind::ShellingArtilleryMissileAttack),
            (
                "shelling/artillery/missile attack",
                Kind::ShellingArtilleryMissileAttack,
            ),
            ("Battles", Kind::ArmedClash),
        ] {
            assert_eq!(k(name), kind, "{name}");
        }
    }

    #[test]
    fn unknown_kinds_get_a_suggestion() {
        for (name, message) in [
            (
                "airstirke",
                "is not a known kind: did you mean \"air strike\"?",
            ),
            ("sheling", "is not a known kind: did you mean \"shelling\"?"),
            (
                "earthquake",
                "is not a known kind: write one of the names in docs/tables.md, e.g. air strike, shelling, clash, IED",
            ),
            (
                "",
                "is empty: write what happened, e.g. air strike, shelling, clash, IED",
            ),
            (
                "Bombing",
                "may mean several kinds: write \"air strike\", \"shelling\", \"IED\" or \"suicide bomb\"",
            ),
        ] {
            assert_eq!(
                name.parse::<Kind>().unwrap_err().to_string(),
                message,
                "{name}"
            );
        }
    }
}
