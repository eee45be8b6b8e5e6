//! Clauses about one event taken together.

use super::Mention;

/// What follows is about the same event.
pub(super) fn join<'l>(mention: &mut Mention<'l>, other: Mention<'l>) {
    mention.tolls.extend(other.tolls);
    mention.sides.extend(other.sides);
    for spot in other.spots {
        let known = mention.spots.iter().any(|known| known.agrees(&spot));
        if !known && mention.spots.is_empty() {
            mention.spots.push(spot);
        } else if known {
            // The finer of the two.
            if let Some(first) = mention.spots.first_mut()
                && first.covers(&spot)
            {
                *first = spot;
            }
        }
    }
    mention.times.extend(other.times);
    mention.count = mention.count.or(other.count);
    mention.triggers.extend(other.triggers);
    mention.tokens.end = mention.tokens.end.max(other.tokens.end);
    mention.there |= other.there;
    mention.actor = mention.actor.take().or(other.actor);
    mention.target = mention.target.take().or(other.target);
}

pub(super) fn prepend<'l>(mention: &mut Mention<'l>, before: Mention<'l>) {
    let tolls = std::mem::take(&mut mention.tolls);
    mention.tolls = before.tolls;
    mention.tolls.extend(tolls);
    for spot in before.spots {
        if mention.spots.is_empty() {
            mention.spots.push(spot);
        }
    }
    if mention.times.is_empty() {
        mention.times = before.times;
    }
    mention.count = mention.count.or(before.count);
    mention.tokens.start = before.tokens.start;
    mention.there |= before.there;
    mention.actor = mention.actor.take().or(before.actor);
    mention.target = mention.target.take().or(before.target);
}
