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

/// Plain names beside the labels, in any form: they are folded like the words to look up.
const NAMES: &[(Kind, &[&str])] = &[
    (
        Kind::AirDroneStrike,
        &[
            "air strike",
            "air raid",
            "air attack",
            "air bombardment",
            "air bombing",
            "air assault",
            "aerial bombardment",
            "aerial bombing",
            "aerial attack",
            "aerial strike",
            "aerial raid",
            "barrel bomb",
            "barrel bombing",
            "barrel bomb attack",
            "warplane strike",
            "warplane raid",
            "helicopter attack",
            "helicopter strike",
            "drone strike",
            "drone attack",
            "drone",
            "UAV strike",
            "UAV attack",
            "jet strike",
            "bombing raid",
        ],
    ),
    (
        Kind::ShellingArtilleryMissileAttack,
        &[
            "shelling",
            "shell fire",
            "artillery",
            "artillery attack",
            "artillery fire",
            "artillery shelling",
            "artillery strike",
            "artillery bombardment",
            "ground shelling",
            "mortar",
            "mortar attack",
            "mortar fire",
            "mortar shelling",
            "missile",
            "missile attack",
            "missile strike",
            "missile fire",
            "rocket",
            "rocket attack",
            "rocket fire",
            "rocket strike",
            "rocket shelling",
            "tank fire",
            "tank shelling",
            "ballistic missile",
        ],
    ),
    (
        Kind::RemoteExplosiveLandmineIed,
        &[
            "IED",
            "IED attack",
            "IED explosion",
            "improvised explosive device",
            "landmine",
            "landmine explosion",
            "mine",
            "mine explosion",
            "car bomb",
            "car bombing",
            "vehicle bomb",
            "VBIED",
            "motorcycle bomb",
            "roadside bomb",
            "roadside bombing",
            "remote explosive",
            "explosive device",
            "bomb explosion",
            "UXO",
            "unexploded ordnance",
            "explosive remnant of war",
            "ERW",
            "booby trap",
        ],
    ),
    (
        Kind::SuicideBomb,
        &[
            "suicide bombing",
            "suicide attack",
            "suicide car bomb",
            "suicide car bombing",
            "SVBIED",
            "suicide vehicle bomb",
        ],
    ),
    (
        Kind::ChemicalWeapon,
        &[
            "chemical attack",
            "chemical weapon attack",
            "chemical strike",
            "gas attack",
            "chlorine attack",
            "poison gas",
            "poison gas attack",
            "sarin attack",
        ],
    ),
    (Kind::Grenade, &["hand grenade", "grenade attack"]),
    (
        Kind::ArmedClash,
        &[
            "clash",
            "ground clash",
            "battle",
            "fighting",
            "fight",
            "combat",
            "firefight",
            "gun battle",
            "ambush",
            "skirmish",
            "ground fighting",
            "ground battle",
            "ground assault",
            "ground offensive",
            "infiltration",
        ],
    ),
    // A raid is one from the air only where that is said. Of ACLED's types "Attack" is the one that commits the least.
    (
        Kind::Attack,
        &[
            "raid",
            "ground raid",
            "ground attack",
            "shooting",
            "gunfire",
            "sniping",
            "sniper fire",
            "sniper attack",
            "killing",
            "assassination",
            "execution",
            "summary execution",
            "massacre",
            "stabbing",
            "armed attack",
            "violence against civilians",
        ],
    ),
    (
        Kind::AbductionForcedDisappearance,
        &[
            "abduction",
            "kidnapping",
            "forced disappearance",
            "enforced disappearance",
            "disappearance",
        ],
    ),
    (Kind::SexualViolence, &["rape", "sexual assault"]),
    (Kind::Arrests, &["arrest", "detention", "arbitrary arrest"]),
    (
        Kind::LootingPropertyDestruction,
        &[
            "looting",
            "pillage",
            "property destruction",
            "destruction of property",
            "arson",
            "demolition",
        ],
    ),
    (
        Kind::PeacefulProtest,
        &["protest", "demonstration", "sit-in"],
    ),
    (Kind::ViolentDemonstration, &["riot"]),
    (Kind::MobViolence, &["mob attack", "lynching"]),
    (
        Kind::Agreement,
        &["truce", "ceasefire", "evacuation agreement"],
    ),
    (
        Kind::DisruptedWeaponsUse,
        &[
            "interception",
            "weapons seizure",
            "defusal",
            "mine clearance",
        ],
    ),
    (Kind::GovernmentRegainsTerritory, &["government regain"]),
    (
        Kind::NonStateActorOvertakesTerritory,
        &["non-state actor takeover"],
    ),
    (Kind::ChangeToGroupActivity, &["troop movement"]),
    (Kind::Other, &["strategic development"]),
    (Kind::StateBasedConflict, &["state-based violence"]),
    (Kind::NonStateConflict, &["non-state violence"]),
];

/// Names that may mean several kinds, and the choices.
const AMBIGUOUS: &[(&str, &str)] = &[
    (
        "bombing",
        "\"air strike\", \"shelling\", \"IED\" or \"suicide bomb\"",
    ),
    ("bomb", "\"air strike\", \"IED\" or \"suicide bomb\""),
    ("bombardment", "\"air strike\" or \"shelling\""),
    (
        "strike",
        "\"air strike\", \"drone strike\" or \"missile strike\"",
    ),
    ("explosion", "\"IED\", \"landmine\" or \"shelling\""),
    ("blast", "\"IED\", \"landmine\" or \"shelling\""),
    ("cluster munition", "\"air strike\" or \"shelling\""),
    ("cluster bomb", "\"air strike\" or \"shelling\""),
    (
        "explosions remote violence",
        "the sub-event type, e.g. \"air strike\" or \"shelling\"",
    ),
    (
        "remote violence",
        "the sub-event type, e.g. \"air strike\" or \"shelling\"",
    ),
];

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
        "is not a known kind: write an ACLED sub-event type or a plain name, e.g. air strike, shelling, clash, IED"
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
                "is not a known kind: write an ACLED sub-event type or a plain name, e.g. air strike, shelling, clash, IED",
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
