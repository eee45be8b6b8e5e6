//! A number of people or things as sources give it: `8`, `6-9`, `>=8`, `>200000`, `~60000`.
//!
//! A count holds the lowest and the highest figure that was said, and whether the truth may lie below or above them.
//! Adding counts adds the figures and keeps the doubts; laying two claims about one event side by side ([`Count::across`])
//! spans the figures and keeps the doubts. Nothing that was said gets lost, and nothing is added to it.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Serialize, Serializer};

mod parse;

/// A number of people or things with a low, a best and a high figure, each possibly unknown.
///
/// | text | said as | low | best | high |
/// |---|---|---|---|---|
/// | `8` | 8 | 8 | 8 | 8 |
/// | `6-9` | 6 to 9 | 6 | | 9 |
/// | `>=8`, `8+` | at least 8 | 8 | | |
/// | `>200000` | more than 200,000 | 200000 | | |
/// | `<=9` | up to 9 | | | 9 |
/// | `~60000` | some 60,000 | | 60000 | |
/// | `8-12+` | at least 8, another source 12 | 8 | | |
/// | `~60+` | some 60, and those of whom nobody says how many | | | |
/// | `5 (2-9)` | 5, perhaps 2 to 9 | 2 | 5 | 9 |
///
/// ```
/// use dateline::record::Count;
/// let a: Count = ">=8".parse().unwrap();
/// let b: Count = "3".parse().unwrap();
/// assert_eq!((a + b).to_string(), ">=11");
/// assert_eq!("6".parse::<Count>().unwrap().across("9".parse().unwrap()).to_string(), "6-9");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    /// The lowest figure said; `min <= max`.
    min: u64,
    /// The highest figure said.
    max: u64,
    /// The figure said to be the best, where it does not follow from the rest (`has_best`), else 0;
    /// `min <= best <= max`. Tables have many counts: this is smaller than an `Option`.
    best: u64,
    has_best: bool,
    /// The truth may be less than `min`.
    below: bool,
    /// The truth may be more than `max`.
    above: bool,
    /// "More than": the truth is not `min` itself. Only with `min == max`, `above` and not `below`.
    strict: bool,
    /// The figures are about right for a part, and no more than that is known: `~60+`. Only with `below` and `above`.
    open: bool,
}

impl Count {
    /// Just this many.
    pub const fn exactly(n: u64) -> Count {
        Count::span(n, n)
    }

    /// This many or more: `>=8`.
    pub const fn at_least(n: u64) -> Count {
        let mut count = Count::span(n, n);
        count.above = true;
        count
    }

    /// More than this many: `>200000`. Its low figure is the one said, 200,000.
    pub const fn more_than(n: u64) -> Count {
        let mut count = Count::at_least(n);
        count.strict = true;
        count
    }

    /// This many or fewer: `<=9`.
    pub const fn at_most(n: u64) -> Count {
        let mut count = Count::span(n, n);
        count.below = true;
        count
    }

    /// Some, about, nearly this many: `~60000`. How far off that may be is not known, so that it has no low or high.
    pub const fn about(n: u64) -> Count {
        let mut count = Count::at_least(n);
        count.below = true;
        count
    }

    /// From `low` to `high`, both included, in either order: `6-9`.
    pub const fn range(low: u64, high: u64) -> Count {
        if low <= high {
            Count::span(low, high)
        } else {
            Count::span(high, low)
        }
    }

    /// The three figures of a coded data set, each possibly unknown.
    ///
    /// # Errors
    /// If none is known, or if they are not in order.
    pub fn bounds(
        low: Option<u64>,
        best: Option<u64>,
        high: Option<u64>,
    ) -> Result<Count, CountError> {
        let mut known = [low, best, high].into_iter().flatten();
        let Some(min) = known.next() else {
            return Err(CountError::Nothing);
        };
        let mut max = min;
        for figure in known {
            if figure < max {
                return Err(CountError::Order);
            }
            max = figure;
        }
        let count = Count {
            below: low.is_none(),
            above: high.is_none(),
            ..Count::span(min, max)
        };
        Ok(count.with_best(best))
    }

    const fn span(min: u64, max: u64) -> Count {
        Count {
            min,
            max,
            best: 0,
            has_best: false,
            below: false,
            above: false,
            strict: false,
            open: false,
        }
    }

    /// Keeps `best` only where it says more than the rest does, so that equal counts are equal.
    fn with_best(mut self, best: Option<u64>) -> Count {
        let best = best.filter(|_| self.implied_best().is_none());
        self.has_best = best.is_some();
        self.best = best.unwrap_or(0);
        self
    }

    fn implied_best(&self) -> Option<u64> {
        (self.min == self.max && self.below == self.above && !self.open).then_some(self.min)
    }

    /// The least it may be, as far as that was said.
    pub fn low(&self) -> Option<u64> {
        (!self.below).then_some(self.min)
    }

    /// The figure that sources hold most likely, if any.
    pub fn best(&self) -> Option<u64> {
        let said = self.has_best.then_some(self.best);
        said.or_else(|| self.implied_best())
    }

    /// The most it may be, as far as that was said.
    pub fn high(&self) -> Option<u64> {
        (!self.above).then_some(self.max)
    }

    /// One figure to size a symbol by: the best, else the middle of the figures said.
    pub fn central(&self) -> u64 {
        self.best().unwrap_or(self.min + (self.max - self.min) / 2)
    }

    /// The lowest and the highest figure that were said, whether or not the truth may lie beyond.
    pub fn said(&self) -> (u64, u64) {
        (self.min, self.max)
    }

    /// Whether the truth may be far more than the figures: `>=8`, but not `~8`, which is about right.
    pub fn is_open(&self) -> bool {
        self.above && (self.open || !self.below)
    }

    /// What an event adds to a total that happened with this probability: perhaps nothing at all, at most the whole,
    /// and its part of the best figure.
    pub fn shared(self, share: f64) -> Count {
        if share >= 1.0 {
            return self;
        }
        let best = self.best();
        let best = best.map(|best| (best as f64 * share).round() as u64);
        self.perhaps().with_best(best)
    }

    /// What an event adds to a total that may not belong to it: from nothing at all to the whole, which stays the best
    /// figure.
    pub fn perhaps(self) -> Count {
        let count = Count {
            above: self.above,
            ..Count::span(0, self.max)
        };
        count.with_best(self.best())
    }

    /// Whether one figure is all there is to it.
    pub fn is_exact(&self) -> bool {
        self.min == self.max && !self.below && !self.above
    }

    /// What two claims about *one* event say together: the span of both, with the doubts of both. A figure that is only
    /// "about" is an end of the span as it stands: "89" and "about 400" are 89 to 400.
    ///
    /// Commutative and idempotent. The best figure stays only if both have the same one.
    pub fn across(self, other: Count) -> Count {
        let about = |count: &Count| count.below && count.above && !count.open;
        let (a, b) = match (about(&self), about(&other)) {
            (true, false) => (self.bare(), other),
            (false, true) => (self, other.bare()),
            _ => (self, other),
        };
        let count = Count {
            below: a.below || b.below,
            above: a.above || b.above,
            strict: self.strict && other.strict && self.min == other.min,
            ..Count::span(self.min.min(other.min), self.max.max(other.max))
        };
        let count = count.opened(a, b);
        count.with_best(self.best().filter(|_| self.best() == other.best()))
    }

    /// Its figures without the doubts.
    fn bare(self) -> Count {
        Count {
            below: false,
            above: false,
            ..self
        }
    }

    /// The doubts of "about" beside "at least" are more than those of "about".
    fn opened(mut self, a: Count, b: Count) -> Count {
        self.open = self.below && self.above && (a.is_open() || b.is_open());
        self
    }

    /// The sum over several events of which some have no count. An unknown count is not zero: the sum may then be
    /// more. "Up to 9" is 0 to 9, so that it does not unsettle what is known of others. `None` if no count at all is
    /// known.
    pub fn total(counts: impl IntoIterator<Item = Option<Count>>) -> Option<Count> {
        let (mut sum, mut unknown): (Option<Count>, bool) = (None, false);
        for count in counts {
            match (count.map(Count::at_least_none), sum) {
                (None, _) => unknown = true,
                (Some(count), None) => sum = Some(count),
                (Some(count), Some(before)) => sum = Some(before + count),
            }
        }
        sum.map(|sum| {
            if unknown {
                sum + Count::at_least(0)
            } else {
                sum
            }
        })
    }

    /// The same over events of which some count by a part only, see [`Count::shared`]. Parts of the best figures are
    /// rounded once, all together: ten times a quarter of one are two or three, not none.
    pub fn total_of_shares(
        counts: impl IntoIterator<Item = (Option<Count>, f64)>,
    ) -> Option<Count> {
        let (mut parted, mut best) = (false, Some(0.0));
        let shares = counts.into_iter().map(|(count, share)| {
            parted |= share < 1.0;
            let own = count.and_then(|count| count.best());
            best = best.zip(own).map(|(sum, own)| sum + own as f64 * share);
            count.map(|count| count.shared(share))
        });
        let total = Count::total(shares)?;
        if !parted {
            return Some(total);
        }
        let best = best.map(|best: f64| (best.round() as u64).clamp(total.min, total.max));
        Some(total.with_best(best))
    }

    /// The same, its low figure written out where only a high one was said: no number of people is below 0.
    fn at_least_none(self) -> Count {
        if !self.below || self.above {
            return self;
        }
        Count::span(0, self.max).with_best(self.best())
    }
}

/// The sum over two events: figures add, and a bound that is unknown in one is unknown in the sum.
impl Add for Count {
    type Output = Count;

    fn add(self, other: Count) -> Count {
        let min = self.min.saturating_add(other.min);
        let max = self.max.saturating_add(other.max);
        let below = self.below || other.below;
        let above = self.above || other.above;
        let best = match (self.best(), other.best()) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            _ => None,
        };
        let strict = (self.strict || other.strict) && min == max && !below;
        Count {
            below,
            above,
            strict,
            ..Count::span(min, max)
        }
        .opened(self, other)
        .with_best(best)
    }
}

/// Over events; nothing at all sums to zero. See [`Count::total`] where some counts are unknown.
impl Sum for Count {
    fn sum<I: Iterator<Item = Count>>(counts: I) -> Count {
        counts.fold(Count::exactly(0), Add::add)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if !self.has_best {
            return self.fmt_span(f);
        }
        write!(f, "{} (", self.best)?;
        self.fmt_span(f)?;
        f.write_str(")")
    }
}

impl Count {
    fn fmt_span(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let one = self.min == self.max;
        f.write_str(match (self.below, self.above) {
            (true, true) => "~",
            (true, false) => "<=",
            (false, true) if one && self.strict => ">",
            (false, true) if one => ">=",
            _ => "",
        })?;
        write!(f, "{}", self.min)?;
        if !one {
            write!(f, "-{}", self.max)?;
        }
        if self.open || self.above && !self.below && !one {
            f.write_str("+")?;
        }
        Ok(())
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Why a text is not a count, and what to write instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// Neither a number nor one of the forms around it.
    #[error(
        "is not a count: write e.g. 8, 6-9, >=8, >200000 or ~60000, or leave it empty if unknown"
    )]
    Form,
    /// A minus sign before a number.
    #[error("is negative: counts start at 0; leave it empty if unknown")]
    Negative,
    /// A fraction.
    #[error("is not a whole number: write e.g. 8, and no thousands points (60000 or 60,000)")]
    Fraction,
    /// More than a `u64` holds.
    #[error("is too large a number")]
    TooLarge,
    /// The low figure is above the high one.
    #[error("has its figures the wrong way round: write the lower one first, e.g. 6-9")]
    Order,
    /// No figure at all.
    #[error("has no figure: give at least one of low, best and high")]
    Nothing,
}

#[cfg(test)]
mod tests;
