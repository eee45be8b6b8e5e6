//! Phrases for events that no list of words can hold: "set tents on fire", "dragged a man into a car".

use super::super::kinds::What;
use super::super::lexicon::{Role, Tag};
use super::{Read, Trigger};

impl<'l> Read<'_, 'l> {
    /// "seized four suspects", "soldiers took away eleven men": arrested.
    pub(super) fn seized(&self, tag: &Tag<'_>) -> Option<&'static str> {
        let s = self.s;
        let state = |at: usize| {
            matches!(
                s.lower(at),
                "soldiers"
                    | "army"
                    | "police"
                    | "policemen"
                    | "forces"
                    | "sdf"
                    | "intelligence"
                    | "troops"
                    | "gendarmerie"
                    | "asayish"
                    | "authorities"
                    | "patrol"
                    | "officers"
                    | "military"
            ) && !matches!(s.before(at), "former" | "ex")
        };
        let hidden = |at: usize| {
            matches!(
                s.lower(at),
                "gunmen"
                    | "masked"
                    | "unknown"
                    | "unidentified"
                    | "militants"
                    | "abducted"
                    | "kidnapped"
                    | "bandits"
            )
        };
        let neutral = tag.value == "abduction"
            && matches!(
                s.lower(tag.at),
                "took"
                    | "taken"
                    | "led"
                    | "seized"
                    | "seize"
                    | "dragged"
                    | "bundled"
                    | "forced"
                    | "hauled"
                    | "pushed"
                    | "shoved"
                    | "pulled"
                    | "herded"
            );
        let from = (0..tag.at)
            .rev()
            .find(|at| matches!(s.lower(*at), ";" | "while" | "but"))
            .unwrap_or(0);
        let by = (tag.end()..tag.end() + 12)
            .take_while(|at| !matches!(s.lower(*at), "," | ";"))
            .skip_while(|at| s.lower(*at) != "by" && s.before(*at) != "by");
        if neutral
            && !(0..s.len()).any(hidden)
            && ((from..tag.at).any(|at| state(at) && self.free(at)) || by.take(6).any(state))
        {
            return Some("arrest");
        }
        let wanted = |at: usize| {
            matches!(
                s.lower(at),
                "suspects"
                    | "suspect"
                    | "smugglers"
                    | "smuggler"
                    | "dealers"
                    | "dealer"
                    | "operatives"
                    | "operative"
                    | "criminals"
                    | "thieves"
            )
        };
        (tag.value == "abduction"
            && matches!(s.lower(tag.at), "seized" | "seize" | "snatched")
            && (tag.end()..tag.end() + 6).any(wanted))
        .then_some("arrest")
    }

    /// Whether what is taken or destroyed is named: "some 30 vehicles", "the shops".
    pub(super) fn has_loot(&self, from: usize) -> bool {
        let s = self.s;
        let thing = |at: usize| {
            s.has(at, Role::Thing)
                || s.has(at, Role::Target)
                || matches!(
                    s.lower(at),
                    "bank"
                        | "banks"
                        | "office"
                        | "offices"
                        | "property"
                        | "belongings"
                        | "stalls"
                        | "trees"
                        | "crops"
                        | "fields"
                        | "huts"
                        | "livestock"
                        | "sheep"
                        | "cattle"
                        | "medicines"
                        | "fuel"
                        | "supplies"
                        | "equipment"
                        | "furniture"
                        | "goods"
                        | "stocks"
                        | "stock"
                        | "sacks"
                        | "bags"
                        | "tonnes"
                        | "food"
                        | "grain"
                        | "money"
                        | "cash"
                        | "baskets"
                )
        };
        (from..from + 6)
            .take_while(|at| s.is_word(*at) && !s.has(*at, Role::Break))
            .any(thing)
    }

    /// "armed men entered the site and fired on the shelters": they shot.
    pub(super) fn fired(&self, tag: &Tag<'_>) -> Option<&'static str> {
        let s = self.s;
        // "hit by five bullets"
        let bullets = matches!(s.lower(tag.at), "hit" | "struck")
            && (tag.end()..tag.end() + 5)
                .any(|at| matches!(s.lower(at), "bullet" | "bullets" | "gunfire"));
        if bullets {
            return Some("shooting");
        }
        let heavy = (0..s.len()).any(|at| {
            s.tag(at, Role::Means)
                .or_else(|| s.tag(at, Role::Event))
                .is_some_and(|other| {
                    matches!(
                        other.value,
                        "shelling"
                            | "drone strike"
                            | "air strike"
                            | "missile strike"
                            | "rocket attack"
                            | "mortar attack"
                    )
                })
        });
        let men = (0..tag.at).any(|at| {
            s.has(at, Role::Person)
                && matches!(
                    s.lower(at),
                    "men"
                        | "man"
                        | "gunmen"
                        | "gunman"
                        | "soldiers"
                        | "police"
                        | "policemen"
                        | "guards"
                        | "militants"
                        | "fighters"
                        | "attackers"
                        | "assailants"
                        | "militiamen"
                        | "officers"
                )
        });
        (s.lower(tag.at) == "fired" && tag.role == Role::Verb && tag.len == 2 && men && !heavy)
            .then_some("shooting; shelling; air strike; drone strike")
    }

    /// "dragged a pharmacist into a pickup", "bundled him into a van".
    pub(super) fn forced_away(&self, at: usize) -> Option<Trigger<'l>> {
        const HOLDS: [&str; 8] = [
            "dragged", "forced", "bundled", "hauled", "pushed", "shoved", "pulled", "herded",
        ];
        const CARS: [&str; 9] = [
            "car", "cars", "van", "pickup", "pick", "vehicle", "truck", "minibus", "boot",
        ];
        let s = self.s;
        if !self.free(at) {
            return None;
        }
        let behind = |word: &str| {
            (at + 1..at + 10)
                .take_while(|i| s.is_word(*i))
                .find(|i| s.lower(*i) == word)
        };
        let car = HOLDS.contains(&s.lower(at))
            && behind("into")
                .is_some_and(|into| (into + 1..into + 5).any(|i| CARS.contains(&s.lower(i))));
        // "took four farmers from their homes"
        let home = matches!(s.lower(at), "took" | "taken" | "taking")
            && behind("from").is_some_and(|from| {
                (at + 1..from).any(|i| s.has(i, Role::Person))
                    && matches!(s.lower(from + 1), "his" | "her" | "their")
            });
        // "captured an ISIS leader"
        let leader = |i: usize| {
            matches!(
                s.lower(i),
                "leader"
                    | "leaders"
                    | "commander"
                    | "militant"
                    | "militants"
                    | "suspect"
                    | "suspects"
                    | "member"
                    | "members"
                    | "operative"
                    | "operatives"
                    | "emir"
                    | "financier"
                    | "smuggler"
                    | "smugglers"
            )
        };
        let caught = matches!(
            s.lower(at),
            "captured" | "capturing" | "nabbed" | "apprehended"
        ) && (at + 1..at + 7).take_while(|i| s.is_word(*i)).any(leader);
        let tag = Tag {
            at,
            len: 1,
            role: Role::Verb,
            value: if caught { "arrest" } else { "abduction" },
        };
        (car || home || caught).then(|| Trigger {
            what: What::read(self.seized(&tag).unwrap_or(tag.value)),
            tag,
            soft: false,
        })
    }

    /// "several hundred graduates blocked the gates of the port": a protest.
    pub(super) fn blocked(&self, at: usize) -> Option<Trigger<'l>> {
        const WAYS: [&str; 14] = [
            "road",
            "roads",
            "highway",
            "highways",
            "street",
            "streets",
            "bridge",
            "bridges",
            "gate",
            "gates",
            "entrance",
            "square",
            "junction",
            "roundabout",
        ];
        let s = self.s;
        // "gathered in front of the municipality, demanding …"
        let demand = |i: usize| {
            matches!(
                s.lower(i),
                "demanding"
                    | "demand"
                    | "demanded"
                    | "chanting"
                    | "chanted"
                    | "protest"
                    | "denounce"
                    | "denouncing"
            ) || matches!(s.lower(i), "calling" | "called") && s.lower(i + 1) == "for"
        };
        let gathered = matches!(s.lower(at), "gathered" | "assembled" | "massed")
            && (at + 1..at + 18).any(demand);
        if gathered && self.free(at) {
            let tag = Tag {
                at,
                len: 1,
                role: Role::Verb,
                value: "protest",
            };
            return Some(Trigger {
                tag,
                what: What::read("protest"),
                soft: false,
            });
        }
        if !matches!(s.lower(at), "blocked" | "blocking" | "barricaded") || !self.free(at) {
            return None;
        }
        let people = (at.saturating_sub(14)..at).any(|i| {
            s.tag(i, Role::Person)
                .is_some_and(|tag| tag.value == "people")
                || matches!(
                    s.lower(i),
                    "graduates"
                        | "shopkeepers"
                        | "crowd"
                        | "crowds"
                        | "workers"
                        | "dozens"
                        | "hundreds"
                )
        });
        let way = (at + 1..at + 6)
            .take_while(|i| s.is_word(*i))
            .any(|i| WAYS.contains(&s.lower(i)));
        let tag = Tag {
            at,
            len: 1,
            role: Role::Verb,
            value: "protest",
        };
        (people && way).then(|| Trigger {
            tag,
            what: What::read("protest"),
            soft: false,
        })
    }

    /// "set tents on fire", "set a car ablaze".
    pub(super) fn set_on_fire(&self, at: usize) -> Option<Trigger<'l>> {
        let s = self.s;
        if !matches!(s.lower(at), "set" | "setting") || !self.free(at) {
            return None;
        }
        let burnt = (at + 1..at + 8).take_while(|i| s.is_word(*i)).any(|i| {
            matches!(s.lower(i), "ablaze" | "alight") || s.lower(i) == "fire" && s.before(i) == "on"
        });
        let tag = Tag {
            at,
            len: 1,
            role: Role::Verb,
            value: "looting",
        };
        burnt.then(|| Trigger {
            tag,
            what: What::read("looting"),
            soft: false,
        })
    }
}
