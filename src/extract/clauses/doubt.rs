//! Why what a clause names did not happen, and which times are those of a statement.

use std::ops::Range;

use super::super::dates::{Moment, Time};
use super::super::lexicon::{Role, Tag};
use super::super::tolls::Toll;
use super::{Read, Trigger};

impl<'l> Read<'_, 'l> {
    /// A time right behind the verb of saying is that of the statement.
    pub fn is_statement(&self, moment: &Moment) -> bool {
        let s = self.s;
        // "the number of dead rose to 17 on Thursday": when it did.
        let start = moment.tokens.start;
        // "confirmed Tuesday's strike"
        if self.owns_event(moment) {
            return false;
        }
        // "in our bulletin of Monday", "claimed the attack on Wednesday"
        let edition = matches!(s.before(start), "of" | "from")
            && start >= 2
            && matches!(
                s.lower(start - 2),
                "bulletin" | "report" | "edition" | "note" | "statement" | "update" | "entry"
            );
        let claimed = (start.saturating_sub(6)..start).any(|at| {
            s.lower(at) == "claimed" && matches!(s.lower(at + 1), "the" | "responsibility" | "it")
        }) && s.before(start) == "on"
            && (start.saturating_sub(4)..start)
                .all(|at| !matches!(s.lower(at), "," | "and" | "that"));
        if edition || claimed {
            return true;
        }
        let rose = self.numbers.iter().any(|number| {
            number.tokens.end <= start
                && (number.tokens.end..start)
                    .all(|at| matches!(s.lower(at), "on" | "by" | "late" | "early"))
                && matches!(s.before(number.tokens.start), "to" | "at" | "of")
                && (number.tokens.start.saturating_sub(5)..number.tokens.start).any(|at| {
                    matches!(
                        s.lower(at),
                        "put"
                            | "gave"
                            | "toll"
                            | "figure"
                            | "count"
                            | "rose"
                            | "risen"
                            | "climbed"
                            | "rises"
                            | "increased"
                            | "grew"
                            | "grown"
                            | "raised"
                            | "revised"
                    )
                })
        });
        // "Police on Monday raised to 11 the number of …"
        let raised = matches!(
            s.lower(moment.tokens.end),
            "raised" | "revised" | "put" | "lowered" | "corrected"
        ) && self.moments.iter().any(|other| other.tokens.start > start);
        if rose || raised || self.is_of_death(moment) {
            return true;
        }
        self.attributions
            .iter()
            .flat_map(|found| [found.tokens.end, found.after])
            .any(|after| {
                let start = moment.tokens.start;
                (after..=after + 5).contains(&start)
                    && (after..start).all(|at| {
                        matches!(
                            s.lower(at),
                            "on" | "late"
                                | "early"
                                | "in"
                                | "a"
                                | "statement"
                                | "reporters"
                                | "its"
                                | ","
                                | "daily"
                                | "bulletin"
                                | "report"
                                | "by"
                                | "via"
                                | "released"
                                | "posted"
                                | "online"
                                | "telegram"
                                | "update"
                                | "the"
                                | "published"
                                | "journalists"
                        )
                    })
            })
    }

    /// "The next morning the hospital reported five killed": when it said so.
    pub(super) fn leads_to_source(&self, moment: &Moment) -> bool {
        let end = moment.tokens.end;
        self.attributions.iter().any(|found| {
            found.tokens.start == end || found.tokens.start == end + 1 && self.s.lower(end) == ","
        })
    }

    /// "in which 212 have been killed since 2018": a sum of the war, not of what was told.
    pub(super) fn in_general(&self, range: &Range<usize>, tolls: &[Toll]) -> Option<&'static str> {
        let s = self.s;
        tolls.first()?;
        let general = range.clone().any(|at| {
            s.has(at, Role::General) && self.moments.iter().all(|m| !m.tokens.contains(&at))
        });
        let perfect = tolls.iter().any(|toll| {
            let from = toll.tokens.start.saturating_sub(4).max(range.start);
            (from..toll.tokens.end).any(|at| matches!(s.lower(at), "has" | "have"))
        });
        let long = self.moments.iter().any(|moment| match moment.time {
            Time::Old => true,
            Time::Since(when) | Time::At(when) => (when.end() - when.start()).get_days() > 20,
            _ => false,
        });
        // "Our count for the week stands at eleven", "In all, the week claimed 14 lives"
        let span = range.clone().any(|at| {
            matches!(s.lower(at), "week" | "month" | "period" | "quarter")
                && matches!(s.before(at), "the" | "this" | "reporting" | "whole")
                && !(at + 1..at + 3).any(|i| matches!(s.lower(i), "before" | "after"))
        });
        // "More than 300 have lost their lives since the government stepped up its bombardment."
        let killed_since = tolls.iter().any(|toll| {
            toll.count.central() >= 20
                && (toll.tokens.start..toll.tokens.end + 3).any(|at| {
                    matches!(s.lower(at), "has" | "have")
                        && matches!(s.lower(at + 1), "been" | "lost" | "died" | "perished")
                })
        });
        let since = killed_since
            && (0..s.len()).any(|at| s.lower(at) == "since")
            && !self
                .spots
                .iter()
                .any(|spot| range.contains(&spot.tokens.start));
        (general || span || since || perfect && long).then_some("in general, not one event")
    }

    /// "Tuesday's strike"
    pub(super) fn owns_event(&self, moment: &Moment) -> bool {
        let s = self.s;
        let owns =
            |at: usize| s.lower(at) == "'s" && (at + 1..at + 4).any(|i| s.has(i, Role::Event));
        owns(moment.tokens.end) || owns(moment.tokens.end.saturating_sub(1))
    }

    /// "four people who had fled X only a month ago were killed": not when they were.
    pub(super) fn is_of_before(&self, moment: &Moment) -> bool {
        let s = self.s;
        let start = moment.tokens.start;
        // "a school that had stood empty since 2018"
        let empty = matches!(moment.time, Time::Old | Time::Since(_))
            && (start.saturating_sub(7)..start).any(|at| {
                matches!(s.lower(at), "that" | "which" | "who")
                    && matches!(s.lower(at + 1), "had" | "has" | "have")
            });
        if empty {
            return true;
        }
        let who = (start.saturating_sub(9)..start)
            .rev()
            .find(|at| s.lower(*at) == "who" && s.lower(*at + 1) == "had");
        who.is_some_and(|who| {
            (who..start).all(|at| {
                !matches!(s.lower(at), "," | "was" | "were" | ";" | "been")
                    && !s.has(at, Role::Dead)
                    && !s.has(at, Role::Hurt)
            }) && (moment.tokens.end..moment.tokens.end + 3)
                .any(|at| matches!(s.lower(at), "was" | "were" | ","))
        })
    }

    /// "died today of wounds he suffered on Monday", "who had been hurt in Saturday's raid died on Tuesday": not when it
    /// happened.
    fn is_of_death(&self, moment: &Moment) -> bool {
        let s = self.s;
        let start = moment.tokens.start;
        let died = (start.saturating_sub(9)..start).rev().find(|at| {
            s.tag(*at, Role::Dead)
                .is_some_and(|tag| tag.value == "passive" || s.lower(*at) == "succumbed")
        });
        let Some(died) = died else {
            return false;
        };
        let apart = (died + 1..start).any(|at| {
            matches!(
                s.lower(at),
                "," | ";"
                    | "and"
                    | "when"
                    | "after"
                    | "suffered"
                    | "sustained"
                    | "received"
                    | "inflicted"
            ) || s.has(at, Role::Verb)
                || s.has(at, Role::Event)
        });
        if apart {
            return false;
        }
        let wound = |at: usize| matches!(s.lower(at), "wounds" | "injuries" | "burns");
        let later = (died..died + 9).any(|at| wound(at) || s.has(at, Role::Hospital));
        let hurt = |at: usize| matches!(s.lower(at), "wounded" | "injured" | "hurt");
        let before = (1..died).any(|at| {
            hurt(at)
                && matches!(s.before(at), "been" | "the" | "was" | "those")
                && (s.before(at) != "was"
                    || (at.saturating_sub(4)..at).any(|i| s.lower(i) == "who"))
        });
        later || before || s.lower(died) == "succumbed"
    }

    /// Why what a clause tells of is no event.
    pub(super) fn unreal(
        &self,
        range: &Range<usize>,
        hard: &[&&Trigger<'l>],
        harmed: bool,
        times: &[Time],
    ) -> Option<&'static str> {
        let s = self.s;
        let first = hard.first().map(|t| t.tag.at)?;
        let from = range.start;
        let last = hard.last().map_or(first, |t| t.tag.at);
        if !harmed && (0..s.len()).any(|at| s.has(at, Role::False)) {
            return Some("said to be false");
        }
        // "fear that an assault on …"
        let feared = s.lower(from) == "that"
            && from
                .checked_sub(1)
                .and_then(|before| s.within(before, Role::Unreal))
                .is_some();
        if feared && !harmed {
            return Some("planned, feared or possible");
        }
        for at in from..last {
            let close = last - at <= 12
                && !s.has(at, Role::Month)
                && self.moments.iter().all(|m| !m.tokens.contains(&at));
            let clear = self.free(at) || s.has(at, Role::No);
            if !clear || !close {
                continue;
            }
            let number = self.numbers.iter().any(|n| n.tokens.contains(&at));
            // "against any civilian" is none; "killing any of them" may be.
            let meant = !(s.lower(at) == "any" && harmed);
            let named = self.spots.iter().any(|spot| spot.core.contains(&at));
            // "without prior warning"
            let without = matches!(s.lower(at), "warning" | "warnings")
                && (at.saturating_sub(3)..at).any(|i| matches!(s.lower(i), "without" | "no"));
            if s.has(at, Role::Unreal) && meant && !number && !named && !without {
                return Some("planned, feared or possible");
            }
            // "aircraft that nobody has identified"
            let aside = matches!(s.lower(at), "nobody" | "none" | "not")
                && matches!(s.before(at), "that" | "which" | "whom")
                // "despite the announced pause, fighting was reported"
                || (at.saturating_sub(4)..at).any(|i| matches!(s.lower(i), "despite" | "spite"));
            if s.tag(at, Role::No).is_some()
                && !aside
                && first.saturating_sub(at) <= 5
                && at < first
                && !harmed
                && !number
                && !matches!(s.lower(at + 1), "casualties" | "injuries" | "immediate")
                && !s.has(at, Role::Listener)
                // "Nobody was killed in that attack."
                && !(matches!(s.lower(at), "nobody" | "none" | "no")
                    && (at + 1..at + 5).any(|i| s.has(i, Role::Dead) || s.has(i, Role::Hurt)))
                // "a car without plates"
                && !(s.lower(at) == "without" && !s.lower(at + 1).ends_with("ing") && at + 1 < first)
                // "was destroyed by artillery fire"
                && !(matches!(s.lower(at + 1), "by" | "in" | "when") && s.lower(at) == "destroyed")
            {
                return Some("denied, or did not happen");
            }
            // "accused the army of a massacre"
            let accused = s.lower(at).starts_with("accus");
            if s.has(at, Role::Blame)
                && !harmed
                && (at..first).any(|i| s.lower(i) == "for" || accused && s.lower(i) == "of")
            {
                return Some("a charge, not a report");
            }
        }
        // "the attacks must stop", "strikes on X could follow"
        let end = hard.last().map_or(first, |t| t.tag.end());
        let verb = |at: &usize| {
            if self.moments.iter().any(|m| m.tokens.contains(at)) {
                return false;
            }
            let modal = matches!(
                s.lower(*at),
                "could" | "would" | "may" | "might" | "will" | "must" | "should"
            );
            let other = s.has(*at, Role::Verb) || s.has(*at, Role::Dead) || s.has(*at, Role::Say);
            modal
                || other
                || matches!(
                    s.lower(*at),
                    "was" | "were" | "has" | "have" | "had" | "came" | ","
                )
        };
        let next = (end..range.end.min(end + 12)).find(verb);
        let modal = next.is_some_and(|at| s.has(at, Role::Unreal));
        if modal && !harmed {
            return Some("planned, feared or possible");
        }
        // "more raids are planned"
        let planned = (end..(end + 5).min(range.end)).any(|at| {
            s.has(at, Role::Unreal) && matches!(s.before(at), "is" | "are" | "was" | "were")
        });
        if planned && !harmed {
            return Some("planned, feared or possible");
        }
        // "Protests against X are called for Friday"
        let called = s
            .all(end..range.end, Role::Unreal)
            .any(|tag| tag.len >= 3 && s.lower(tag.end() - 1) == "for");
        if called && !harmed {
            return Some("planned, feared or possible");
        }
        // "Reports that X had been shelled were denied by its operator"
        let reports = (0..from.min(3)).any(|at| {
            matches!(
                s.lower(at),
                "reports"
                    | "report"
                    | "claims"
                    | "claim"
                    | "rumours"
                    | "rumors"
                    | "allegations"
                    | "news"
            )
        });
        let denied = (end..s.len()).any(|at| {
            matches!(s.lower(at), "denied" | "dismissed" | "rejected" | "refuted")
                && matches!(s.before(at), "was" | "were" | "been" | "later" | "quickly")
        });
        if reports && denied {
            return Some("denied, or did not happen");
        }
        // The saying itself may deny.
        if (0..first).any(|at| {
            s.has(at, Role::No) && matches!(s.lower(at), "denied" | "denies" | "deny" | "denying")
        }) {
            return Some("denied, or did not happen");
        }
        // "in the past 24 hours" is a time.
        let timed = |tag: Tag<'_>| {
            self.moments
                .iter()
                .any(|m| m.tokens.start < tag.end() && tag.at < m.tokens.end)
        };
        // "the strike on X on 5 October is the deadliest": of a day.
        let of_a_day = |tag: Tag<'_>| {
            matches!(
                s.lower(tag.end() - 1),
                "deadliest" | "worst" | "bloodiest" | "of"
            ) && matches!(s.lower(tag.at), "is" | "was" | "under")
                && times.iter().any(Time::is_day)
        };
        if s.all(range.clone(), Role::General)
            .any(|tag| !timed(tag) && !of_a_day(tag))
            && !harmed
        {
            return Some("in general, not one event");
        }
        if times.contains(&Time::Future) {
            return Some("planned, feared or possible");
        }
        if times.contains(&Time::Old) && !times.iter().any(Time::is_day) {
            return Some("long ago, or in general");
        }
        // "to escalate attacks", "to carry out strikes"
        let to = (from.max(first.saturating_sub(4))..first).any(|at| {
            s.lower(at) == "to"
                && s.is_word(at + 1)
                && s.lower(at + 1) != "be"
                && !s.has(at + 1, Role::Inner)
                && !s.lower(at + 1).ends_with("ing")
                && self
                    .spots
                    .iter()
                    .all(|spot| !spot.tokens.contains(&(at + 1)))
                && !s.is_capital(at + 1)
                && !matches!(s.lower(at + 1), "a" | "the" | "an")
        }) && !harmed;
        if to
            && hard.len() == 1
            && hard
                .iter()
                .all(|t| t.tag.role == Role::Event && t.tag.value != "protest")
        {
            return Some("an aim, not an event");
        }
        None
    }
}
