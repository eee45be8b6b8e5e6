//! A date as sources give it: EDTF (ISO 8601-2) level 0 and the parts of level 1 that reports need.
//!
//! Source: Library of Congress, *Extended Date/Time Format (EDTF) Specification* (2019).

use std::fmt;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

mod parse;

pub use parse::WhenError;

/// A day, a month, a year or an interval of them, each end perhaps approximate (`~`), uncertain (`?`) or both (`%`).
///
/// ```
/// use dateline::record::When;
/// let when: When = "2019-12~".parse().unwrap();
/// assert_eq!(when.start().to_string(), "2019-12-01");
/// assert_eq!(when.end().to_string(), "2019-12-31");
/// assert!(when.is_approximate() && !when.is_uncertain());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    first: Edge,
    /// The other end of an interval; never the same edge as `first`, never before it.
    last: Option<Edge>,
}

/// How much of the calendar an edge names. Ordered: the finest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    Day,
    Month,
    Year,
}

/// One end of an interval, or the whole of a simple date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    /// First day of the unit.
    pub(super) date: Date,
    pub(super) unit: Unit,
    pub(super) approximate: bool,
    pub(super) uncertain: bool,
}

impl Edge {
    /// Last day of the unit.
    pub(super) fn end(&self) -> Date {
        match self.unit {
            Unit::Day => self.date,
            Unit::Month => self.date.last_of_month(),
            Unit::Year => self.date.last_of_year(),
        }
    }
}

impl When {
    /// This day.
    pub fn day(date: Date) -> When {
        let first = Edge {
            date,
            unit: Unit::Day,
            approximate: false,
            uncertain: false,
        };
        When { first, last: None }
    }

    /// From one day to another, both included, in either order.
    pub fn days(a: Date, b: Date) -> When {
        let (start, end) = (a.min(b), a.max(b));
        let last = (start != end).then_some(When::day(end).first);
        When {
            last,
            ..When::day(start)
        }
    }

    /// The same, marked as approximate.
    pub fn approximate(mut self) -> When {
        self.first.approximate = true;
        if let Some(last) = &mut self.last {
            last.approximate = true;
        }
        self
    }

    pub(super) fn from_edges(first: Edge, last: Option<Edge>) -> When {
        When {
            first,
            last: last.filter(|last| *last != first),
        }
    }

    /// First day that it names.
    pub fn start(&self) -> Date {
        self.first.date
    }

    /// Last day that it names.
    pub fn end(&self) -> Date {
        self.last.unwrap_or(self.first).end()
    }

    /// Whether it is one day and nothing casts doubt on it.
    pub fn is_exact_day(&self) -> bool {
        self.start() == self.end() && !self.is_approximate() && !self.is_uncertain()
    }

    /// Whether either end is marked `~` or `%`: "about".
    pub fn is_approximate(&self) -> bool {
        self.edges().any(|e| e.approximate)
    }

    /// Whether either end is marked `?` or `%`: the source may be mistaken.
    pub fn is_uncertain(&self) -> bool {
        self.edges().any(|e| e.uncertain)
    }

    fn edges(&self) -> impl Iterator<Item = Edge> {
        std::iter::once(self.first).chain(self.last)
    }

    /// The shortest time that holds both: what two claims about one event say together. Commutative; doubts about the
    /// ends that stay are kept.
    pub fn hull(self, other: When) -> When {
        let (a, b) = (self.first, other.first);
        let first = match a.date.cmp(&b.date) {
            std::cmp::Ordering::Less => a,
            std::cmp::Ordering::Greater => b,
            std::cmp::Ordering::Equal => coarser(a, b),
        };
        let (a, b) = (
            self.last.unwrap_or(self.first),
            other.last.unwrap_or(other.first),
        );
        let last = match a.end().cmp(&b.end()) {
            std::cmp::Ordering::Less => b,
            std::cmp::Ordering::Greater => a,
            std::cmp::Ordering::Equal => coarser(a, b),
        };
        When::from_edges(first, Some(last))
    }
}

/// Of two edges at one end, the one that names the larger unit, with the doubts of both.
fn coarser(a: Edge, b: Edge) -> Edge {
    let mut edge = if a.unit >= b.unit { a } else { b };
    edge.approximate = a.approximate || b.approximate;
    edge.uncertain = a.uncertain || b.uncertain;
    edge
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let date = self.date;
        write!(f, "{:04}", date.year())?;
        if self.unit <= Unit::Month {
            write!(f, "-{:02}", date.month())?;
        }
        if self.unit == Unit::Day {
            write!(f, "-{:02}", date.day())?;
        }
        f.write_str(match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.first)?;
        match self.last {
            Some(last) => write!(f, "/{last}"),
            None => Ok(()),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
