//! What a word for an event may stand for.

use crate::record::Kind;

/// The kinds that a word may stand for, the likeliest first; of several words, what they have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct What<'l> {
    names: Vec<&'l str>,
}

impl<'l> What<'l> {
    /// From a value of the lexicon: "air strike; shelling".
    pub fn read(value: &'l str) -> What<'l> {
        What {
            names: value.split("; ").collect(),
        }
    }

    /// The likeliest.
    pub fn name(&self) -> &'l str {
        self.names.first().copied().unwrap_or("attack")
    }

    pub fn kind(&self) -> Kind {
        self.name().parse().unwrap_or(Kind::Attack)
    }

    /// Whether barrels are what it is about.
    pub fn is_barrels(&self) -> bool {
        self.names == ["barrel bombs"]
    }

    /// Whether it is what armed people do: an attack that may be a fight.
    pub fn is_armed(&self) -> bool {
        self.names
            .iter()
            .all(|name| matches!(*name, "ambush" | "attack" | "clash" | "shooting" | "raid"))
            || self.names.first() == Some(&"attack") && self.names.contains(&"clash")
    }

    /// Whether it may be a raid on the ground.
    pub fn is_raid(&self) -> bool {
        self.names.contains(&"raid")
    }

    /// Whether it may be several things.
    pub fn is_open(&self) -> bool {
        self.names.len() > 1
    }

    /// What both may stand for; `None` if nothing.
    pub fn both(&self, other: &What<'l>) -> Option<What<'l>> {
        // Barrels are dropped in air strikes, but who tells them apart means two things.
        let special = |what: &What| what.names == ["barrel bombs"];
        if special(self) != special(other) && !self.is_open() && !other.is_open() {
            return None;
        }
        let kinds = |what: &What<'l>| -> Vec<Kind> {
            what.names
                .iter()
                .filter_map(|name| name.parse().ok())
                .collect()
        };
        // The finer of two names for one kind: a drone strike is an air strike too.
        let (wide, narrow) = if self.names.len() >= other.names.len() {
            (self, other)
        } else {
            (other, self)
        };
        let theirs = kinds(wide);
        let names: Vec<&'l str> = narrow
            .names
            .iter()
            .filter(|name| name.parse().is_ok_and(|kind: Kind| theirs.contains(&kind)))
            .copied()
            .collect();
        // "rockets landed": a rocket attack.
        let finer = names == ["air strike"] && wide.names == ["drone strike"]
            || names == ["shelling"]
                && matches!(
                    wide.names.as_slice(),
                    ["rocket attack" | "mortar attack" | "missile strike"]
                );
        if finer {
            return Some(wide.clone());
        }
        (!names.is_empty()).then_some(What { names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_together_say_more() {
        let strike = What::read("air strike; drone strike; missile strike");
        let drone = What::read("drone strike");
        assert_eq!(strike.both(&drone).unwrap().name(), "drone strike");
        assert_eq!(strike.name(), "air strike");
        assert!(drone.both(&What::read("clash")).is_none());
        assert!(
            What::read("barrel bombs")
                .both(&What::read("air strike"))
                .is_none()
        );
    }
}
