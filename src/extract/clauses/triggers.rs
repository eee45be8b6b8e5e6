//! The words of a sentence that tell of events.

use super::super::kinds::What;
use super::super::lexicon::{Role, Tag};
use super::{Read, Trigger};

/// Events that may set something on fire.
const BURNS: &str =
    "air strike; drone strike; shelling; rocket attack; missile strike; IED; car bomb; clash";

impl<'l> Read<'_, 'l> {
    /// The words that tell of events, none within another.
    pub(super) fn triggers(&self) -> Vec<Trigger<'l>> {
        let s = self.s;
        let mut found: Vec<Trigger<'l>> = Vec::new();
        let mut at = 0;
        while at < s.len() {
            let of = |role| s.tag(at, role);
            let none = of(Role::Not);
            // The last of the longest: a noun rather than a verb.
            let candidates = [Role::SoftVerb, Role::Means, Role::Verb, Role::Event]
                .into_iter()
                .filter_map(of);
            let Some(tag) = candidates.max_by_key(|tag| tag.len) else {
                let phrase = self.set_on_fire(at).or_else(|| self.blocked(at));
                found.extend(phrase.or_else(|| self.forced_away(at)));
                at += none.map_or(1, |tag| tag.len);
                continue;
            };
            if let Some(none) = none
                && none.len >= tag.len
            {
                at = none.end();
                continue;
            }
            let end = tag.end();
            // "who had been hit in the chest": what became of him.
            if [Role::Hurt, Role::Dead].iter().any(|role| {
                s.tag(at, *role).is_some_and(|harm| {
                    harm.len > tag.len
                        && tag.role == Role::Verb
                        && matches!(harm.value, "passive" | "none")
                })
            }) {
                at = end;
                continue;
            }
            // "His wife was also hit", "a woman who was hit on her balcony"
            let passive = (at.saturating_sub(2)..at)
                .find(|i| matches!(s.lower(*i), "was" | "were"))
                .and_then(|at| at.checked_sub(1));
            let somebody = passive.is_some_and(|subject| {
                matches!(s.lower(subject), "who" | "he" | "she")
                    || s.has(subject, Role::Person) && !s.has(subject, Role::Target)
            });
            if matches!(s.lower(at), "hit" | "struck") && somebody && s.lower(end) != "by" {
                at = end;
                continue;
            }
            // "the latest in a string of assassinations and bombings"
            let string = (at.saturating_sub(5)..at).any(|i| {
                matches!(
                    s.lower(i),
                    "string" | "series" | "spate" | "wave" | "succession" | "rash"
                ) && s.lower(i + 1) == "of"
                    && (i + 2..at).all(|j| s.is_word(j))
            });
            if string {
                at = end;
                continue;
            }
            // "He was hit by five bullets."
            let bullets = s.lower(end) == "by"
                && (end + 1..end + 5).any(|i| {
                    matches!(
                        s.lower(i),
                        "bullet" | "bullets" | "shrapnel" | "gunfire" | "splinters"
                    )
                });
            if bullets && tag.role == Role::Verb {
                at = end;
                continue;
            }
            let name = s.is_capital(at)
                && at > 0
                && s.is_capital(at - 1)
                && !s.has(at - 1, Role::Weekday)
                && tag.len == 1
                && self.spots.iter().all(|spot| !spot.core.contains(&(at - 1)));
            let place = self.spots.iter().any(|spot| spot.core.contains(&at));
            // "bombing raids" is one; "hit" after "was not" is still a word for it.
            // "during the two days of fighting" says when.
            let timed = self.moments.iter().any(|m| m.tokens.contains(&at));
            if self.free(at)
                && !place
                && !timed
                && !self.is_support(&tag)
                && !self.is_ruled_out(at)
                && !(name
                    && tag.role != Role::Event
                    && self.moments.iter().all(|m| !m.tokens.contains(&(at - 1))))
            {
                let soft = tag.role == Role::SoftVerb || tag.role == Role::Means;
                let value = self.seized(&tag).or_else(|| self.fired(&tag));
                let tag = Tag {
                    value: value.unwrap_or(tag.value),
                    ..tag
                };
                let what = What::read(tag.value);
                // "burned down sixty houses", not "the house burned down"
                let soft = soft && !(tag.value == "looting" && self.has_loot(end));
                // "a drone destroyed a lorry", not "destroyed three drones"
                let by_means = s.lower(at) != "destroyed"
                    || (at.saturating_sub(6)..at)
                        .any(|i| s.has(i, Role::Means) || s.has(i, Role::Event))
                        && !matches!(s.before(at), "was" | "were" | "been" | "be");
                // "seized three shepherds", not "seized the town"
                let somebody = tag.value != "abduction"
                    || !matches!(s.lower(at), "seized" | "seize" | "took")
                    || (end..end + 5)
                        .take_while(|i| {
                            s.is_word(*i) && (!s.has(*i, Role::Inner) || s.has(*i, Role::One))
                        })
                        .any(|i| s.has(i, Role::Person));
                if !somebody || !by_means {
                    at = end;
                    continue;
                }
                // "hunger-striking prisoners", "air-dropped"
                let joined = s.tokens.get(at).is_some_and(|token| token.hyphened)
                    && tag.role == Role::Verb
                    && at > 0
                    && !s.has(at - 1, Role::Means);
                let hyphened = joined
                    || s.tokens.get(end).is_some_and(|token| token.hyphened)
                        && tag.role != Role::Event;
                if !hyphened {
                    found.push(Trigger { tag, what, soft });
                }
            }
            at = end;
        }
        // "shells hit a market and set fire to shops", "drones set fire to a silo": what came of it.
        let burns = What::read(BURNS);
        let weapon = |t: &Trigger<'_>| {
            t.tag.role != Role::SoftVerb
                && t.what.name() != "looting"
                && t.what.both(&burns).is_some()
        };
        if found.iter().any(weapon) {
            for burnt in found.iter_mut().filter(|t| t.tag.value == "looting") {
                burnt.what = What::read(BURNS);
                burnt.soft = true;
            }
        }
        found
    }

    /// "backed by helicopters, the army raided houses": not what was done.
    fn is_support(&self, tag: &Tag<'_>) -> bool {
        let s = self.s;
        let overhead = (tag.at.saturating_sub(4)..tag.at).any(|at| s.lower(at) == "with")
            && (tag.end()..tag.end() + 9).any(|at| s.lower(at) == "overhead");
        tag.role == Role::Means
            && (overhead
                || (tag.at.saturating_sub(5)..tag.at).any(|at| {
                    matches!(
                        s.lower(at),
                        "backed"
                            | "supported"
                            | "covered"
                            | "accompanied"
                            | "escorted"
                            | "support"
                            | "cover"
                    ) && matches!(s.lower(at + 1), "by" | "of" | "from")
                }))
    }

    /// "was due to its age and not to any bombardment"
    fn is_ruled_out(&self, at: usize) -> bool {
        const CAUSES: [&str; 8] = ["to", "by", "from", "of", "due", "because", "result", "in"];
        let s = self.s;
        let mut from = at;
        while from > 0
            && (CAUSES.contains(&s.before(from))
                || matches!(s.before(from), "any" | "a" | "an" | "the"))
        {
            from -= 1;
        }
        s.before(from) == "not" && (from..at).any(|at| CAUSES.contains(&s.lower(at)))
    }
}
