//! What happened: the event and sub-event types of ACLED, and plain names for them.
//!
//! Source: Armed Conflict Location & Event Data Project (2023), *ACLED Codebook*, table 2. The last three kinds are
//! `type_of_violence` of the UCDP Georeferenced Event Dataset, which does not say what weapon was used.

use std::fmt;

use serde::{Serialize, Serializer};

mod names;
mod table;

pub use names::KindError;

/// ACLED's event types, and UCDP's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// Fighting between two organised armed groups.
    Battles,
    /// One side uses explosives or weapons that reach far.
    ExplosionsRemoteViolence,
    /// An organised armed group harms unarmed people.
    ViolenceAgainstCivilians,
    /// Unarmed demonstrations.
    Protests,
    /// Violent demonstrations and mobs.
    Riots,
    /// Events without violence that bear on the conflict.
    StrategicDevelopments,
    /// UCDP: organised violence of which the weapon is not said.
    OrganisedViolence,
}

impl EventType {
    /// The name as ACLED writes it.
    pub fn label(self) -> &'static str {
        match self {
            EventType::Battles => "Battles",
            EventType::ExplosionsRemoteViolence => "Explosions/Remote violence",
            EventType::ViolenceAgainstCivilians => "Violence against civilians",
            EventType::Protests => "Protests",
            EventType::Riots => "Riots",
            EventType::StrategicDevelopments => "Strategic developments",
            EventType::OrganisedViolence => "Organised violence",
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $event:ident, $label:literal;)*) => {
        /// What happened: an ACLED sub-event type, or a UCDP type of violence.
        ///
        /// `FromStr` takes the label and plain names; see [`KindError`] for what it says of others.
        ///
        /// ```
        /// use dateline::record::Kind;
        /// assert_eq!("air strikes".parse(), Ok(Kind::AirDroneStrike));
        /// assert_eq!(Kind::AirDroneStrike.label(), "Air/drone strike");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)*
        }

        impl Kind {
            /// All kinds, in the order of the codebook.
            pub const ALL: &[Kind] = &[$(Kind::$name),*];

            /// The name as ACLED writes it.
            pub fn label(self) -> &'static str {
                match self {
                    $(Kind::$name => $label,)*
                }
            }

            /// The event type that it belongs to.
            pub fn event_type(self) -> EventType {
                match self {
                    $(Kind::$name => EventType::$event,)*
                }
            }
        }
    };
}

kinds! {
    /// A state wins back ground by fighting.
    GovernmentRegainsTerritory, Battles, "Government regains territory";
    /// An armed group wins ground by fighting.
    NonStateActorOvertakesTerritory, Battles, "Non-state actor overtakes territory";
    /// Two armed groups fight; no ground changes hands.
    ArmedClash, Battles, "Armed clash";
    /// A chemical weapon is used.
    ChemicalWeapon, ExplosionsRemoteViolence, "Chemical weapon";
    /// A strike from the air, manned or not, barrel bombs too.
    AirDroneStrike, ExplosionsRemoteViolence, "Air/drone strike";
    /// A bomber dies by their own bomb, on foot or in a vehicle.
    SuicideBomb, ExplosionsRemoteViolence, "Suicide bomb";
    /// Fire from the ground that reaches far: artillery, mortars, rockets, missiles.
    ShellingArtilleryMissileAttack, ExplosionsRemoteViolence, "Shelling/artillery/missile attack";
    /// A bomb that was laid or left: mines, roadside and car bombs, unexploded ordnance.
    RemoteExplosiveLandmineIed, ExplosionsRemoteViolence, "Remote explosive/landmine/IED";
    /// A hand grenade.
    Grenade, ExplosionsRemoteViolence, "Grenade";
    /// Sexual violence.
    SexualViolence, ViolenceAgainstCivilians, "Sexual violence";
    /// An attack on unarmed people by other means than those above.
    Attack, ViolenceAgainstCivilians, "Attack";
    /// People are taken away.
    AbductionForcedDisappearance, ViolenceAgainstCivilians, "Abduction/forced disappearance";
    /// A protest that nobody hinders.
    PeacefulProtest, Protests, "Peaceful protest";
    /// A protest that is broken up.
    ProtestWithIntervention, Protests, "Protest with intervention";
    /// A protest that is met with deadly force.
    ExcessiveForceAgainstProtesters, Protests, "Excessive force against protesters";
    /// A demonstration that turns violent.
    ViolentDemonstration, Riots, "Violent demonstration";
    /// A crowd attacks people or property.
    MobViolence, Riots, "Mob violence";
    /// A truce, an exchange, a peace deal.
    Agreement, StrategicDevelopments, "Agreement";
    /// A state or a group in control detains people.
    Arrests, StrategicDevelopments, "Arrests";
    /// A group splits, merges, moves or changes what it does.
    ChangeToGroupActivity, StrategicDevelopments, "Change to group/activity";
    /// A weapon is intercepted, defused or seized.
    DisruptedWeaponsUse, StrategicDevelopments, "Disrupted weapons use";
    /// A base is set up.
    HeadquartersOrBaseEstablished, StrategicDevelopments, "Headquarters or base established";
    /// Property is looted, burnt or torn down.
    LootingPropertyDestruction, StrategicDevelopments, "Looting/property destruction";
    /// Ground changes hands without a fight.
    NonViolentTransferOfTerritory, StrategicDevelopments, "Non-violent transfer of territory";
    /// Anything else that bears on the conflict.
    Other, StrategicDevelopments, "Other";
    /// UCDP 1: a state against another state or an armed group.
    StateBasedConflict, OrganisedViolence, "State-based conflict";
    /// UCDP 2: armed groups against each other.
    NonStateConflict, OrganisedViolence, "Non-state conflict";
    /// UCDP 3: a state or an armed group against civilians.
    OneSidedViolence, OrganisedViolence, "One-sided violence";
}

impl Kind {
    /// The kind of a UCDP `type_of_violence`, 1 to 3.
    pub fn from_ucdp(type_of_violence: u8) -> Option<Kind> {
        match type_of_violence {
            1 => Some(Kind::StateBasedConflict),
            2 => Some(Kind::NonStateConflict),
            3 => Some(Kind::OneSidedViolence),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}
