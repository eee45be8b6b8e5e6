//! What a clause says of its event besides the kind: how many, told before or not, between armed people.

use std::ops::Range;

use super::super::lexicon::Role;
use super::{Read, Trigger};
use crate::record::Count;

impl<'l> Read<'_, 'l> {
    /// Whether gunmen attack those who are armed themselves: soldiers, a checkpoint, a patrol.
    pub(super) fn on_forces(&self, range: &Range<usize>, here: &[&Trigger<'l>]) -> bool {
        let s = self.s;
        let storms = here.iter().any(|t| {
            matches!(
                s.lower(t.tag.at),
                "attack"
                    | "attacks"
                    | "attacked"
                    | "assault"
                    | "assaulted"
                    | "stormed"
                    | "overrun"
                    | "overran"
                    | "ambush"
                    | "ambushed"
                    | "raided"
            )
        });
        let far = here.iter().any(|t| {
            t.tag.role == Role::Means && !matches!(s.lower(t.tag.at), "gunmen" | "gunman")
        });
        let first = here.first().map_or(range.start, |t| t.tag.end());
        let armed = |at: usize| {
            matches!(
                s.lower(at),
                "soldiers"
                    | "soldier"
                    | "troops"
                    | "checkpoint"
                    | "checkpoints"
                    | "post"
                    | "posts"
                    | "outpost"
                    | "patrol"
                    | "patrols"
                    | "barracks"
                    | "policemen"
                    | "garrison"
                    | "peshmerga"
                    | "militiamen"
            ) || matches!(
                s.lower(at),
                "convoy" | "column" | "bus" | "buses" | "truck" | "vehicle" | "pickup"
            ) && matches!(
                s.before(at),
                "army" | "military" | "supply" | "regime" | "government" | "militia" | "junta"
            )
        };
        let fighters = |at: usize| {
            matches!(
                s.lower(at),
                "gunmen"
                    | "gunman"
                    | "militants"
                    | "fighters"
                    | "jihadists"
                    | "insurgents"
                    | "cells"
                    | "rebels"
                    | "isis"
                    | "members"
                    | "assailants"
                    | "attackers"
                    | "tribesmen"
            ) || s.has(at, Role::Force)
                && s.tag(at, Role::Force)
                    .is_some_and(|tag| tag.value == "name")
        };
        storms && !far && (first..range.end).any(armed) && (range.start..first).any(fighters)
    }

    /// "14 air raids", "struck seven times", "some 25 barrels".
    pub(super) fn event_count(&self, range: &Range<usize>, here: &[&Trigger<'l>]) -> Option<Count> {
        let s = self.s;
        for trigger in here {
            if trigger.tag.role == Role::Means || trigger.tag.role == Role::Verb {
                continue;
            }
            let at = trigger.tag.at;
            for number in self
                .numbers
                .iter()
                .filter(|n| range.contains(&n.tokens.start))
            {
                if number.tokens.end > at
                    || at - number.tokens.end > 3
                    || number.known
                    || number.glued
                {
                    continue;
                }
                let plain = (number.tokens.end..at).all(|i| {
                    s.is_word(i)
                        && !s.has(i, Role::Person)
                        && !s.has(i, Role::Verb)
                        && !s.has(i, Role::Dead)
                        && !s.has(i, Role::Hurt)
                        && !matches!(
                            s.lower(i),
                            "in" | "of"
                                | "by"
                                | "with"
                                | "to"
                                | "at"
                                | "when"
                                | "and"
                                | "days"
                                | "hours"
                                | "day"
                        )
                });
                let dated = self
                    .moments
                    .iter()
                    .any(|m| m.tokens.contains(&number.tokens.start));
                let plural = s.lower(trigger.tag.end() - 1).ends_with('s')
                    || s.lower(at).ends_with('s')
                    || number.count.best() == Some(1);
                if plain && !dated && plural {
                    return Some(number.count);
                }
            }
        }
        self.numbers
            .iter()
            .find(|n| {
                range.contains(&n.tokens.start)
                    && s.lower(n.tokens.end) == "times"
                    && !here.is_empty()
            })
            .map(|number| number.count)
    }

    pub(super) fn is_definite(&self, at: usize, role: Role) -> bool {
        let s = self.s;
        // "the vehicle was raked with fire": told before.
        if role == Role::Verb {
            // "His wife was also hit": of what was told.
            let hit = matches!(s.lower(at), "hit" | "struck")
                && (at.saturating_sub(2)..at).any(|i| matches!(s.lower(i), "was" | "were"))
                && (at.saturating_sub(5)..at).any(|i| s.has(i, Role::Person))
                && self.spots.is_empty();
            if hit {
                return true;
            }
            let passive = matches!(s.before(at), "was" | "were");
            return passive
                && at >= 3
                && matches!(s.lower(at - 3), "the" | "their" | "his" | "her")
                && (s.has(at - 2, Role::Target) || s.has(at - 2, Role::Person))
                && self.spots.iter().all(|spot| spot.tokens.end != at - 1);
        }
        if role != Role::Event {
            return false;
        }
        // "in what it called a terrorist attack": what others tell of
        let called = (at.saturating_sub(5)..at).any(|i| {
            matches!(s.lower(i), "called" | "calls" | "described" | "spoke")
                && (i..at).any(|i| matches!(s.lower(i), "a" | "an"))
        });
        if called {
            return true;
        }
        let from = at.saturating_sub(4);
        for i in (from..at).rev() {
            match s.lower(i) {
                "the" | "that" | "this" | "these" | "those" | "both" => return true,
                // "Monday's raids"
                "'s" if i > 0 && s.has(i - 1, Role::Weekday) => return true,
                "'s" | "," | "a" | "an" | "in" | "of" | "on" | "by" | "with" | "and"
                | "another" => return false,
                _ => {}
            }
        }
        false
    }

    /// "a street sweeper was killed early on Tuesday by a drone"
    pub(super) fn did_harm(&self, means: usize) -> bool {
        let s = self.s;
        let by = (means.saturating_sub(4)..means)
            .rev()
            .find(|at| s.lower(*at) == "by");
        by.is_some_and(|by| {
            (by.saturating_sub(6)..by).any(|at| {
                let harm = s.tag(at, Role::Dead).or_else(|| s.tag(at, Role::Hurt));
                harm.is_some_and(|tag| tag.value == "verb") || s.lower(at) == "slain"
            })
        })
    }

    /// Whether those who did it are a crowd.
    pub(super) fn is_of_a_crowd(&self, subject: Range<usize>) -> bool {
        let s = self.s;
        subject.into_iter().any(|at| {
            matches!(
                s.lower(at),
                "protesters" | "demonstrators" | "rioters" | "mob" | "mobs" | "crowd"
            ) && self.free(at)
                && !matches!(s.before(at), "on" | "at" | "against" | "the" | "with")
        })
    }
}
