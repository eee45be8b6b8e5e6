//! Records that were placed once, narrowed to a period: what a frame of a batch is made of.

use jiff::Span;
use jiff::civil::Date;

use super::build::{left_out_displacement, left_out_incident};
use super::{LeftOut, NotPlaced, Placed, PlacedDisplacement, Reason, Selection, Window};
use crate::record::{Period, When};

/// What belongs to other periods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// How many records.
    pub records: usize,
    /// The people that they name.
    pub people: u64,
}

/// Incidents by their first day, to find those of a period without looking at all.
#[derive(Clone, Debug, Default)]
pub struct ByDay {
    /// First day, last day, and index, of those that took no more than [`SHORT`] days.
    short: Vec<(Date, Date, usize)>,
    /// The others.
    long: Vec<usize>,
    /// How many there are.
    all: usize,
}

/// Days that most dates are known to.
const SHORT: i32 = 31;

impl ByDay {
    /// Of some incidents.
    pub fn of(placed: &[Placed]) -> Self {
        let mut by_day = Self {
            all: placed.len(),
            ..Self::default()
        };
        for (index, placed) in placed.iter().enumerate() {
            let when = placed.incident.when();
            let (start, end) = (when.start(), when.end());
            if end <= start.saturating_add(Span::new().days(SHORT)) {
                by_day.short.push((start, end, index));
            } else {
                by_day.long.push(index);
            }
        }
        by_day.short.sort_unstable();
        by_day
    }

    /// Those that may be of a period, in their order, and some that are not.
    fn near(&self, period: Option<Period>) -> Vec<usize> {
        let Some(period) = period else {
            return (0..self.all).collect();
        };
        let first = period.start().saturating_sub(Span::new().days(SHORT));
        let from = self.short.partition_point(|(start, ..)| *start < first);
        let started = self.short.iter().skip(from);
        let mut near: Vec<usize> = started
            .take_while(|(start, ..)| *start <= period.end())
            .filter(|(_, end, _)| *end >= period.start())
            .map(|(.., index)| *index)
            .chain(self.long.iter().copied())
            .collect();
        near.sort_unstable();
        near
    }
}

impl Selection<Placed> {
    /// Those whose dates are none of what is shown, as they are listed.
    pub fn outside(&self, none: impl Fn(&When) -> bool) -> Vec<LeftOut> {
        let records = self.records.iter().map(|placed| &placed.incident);
        let records = records.filter(|incident| none(&incident.when()));
        let records =
            records.map(|one| left_out_incident(one, Reason::OutsidePeriod, String::new()));
        listed(records, &self.left_out, &none)
    }

    /// Those of a period, as if they alone had been placed, and how many are of others.
    pub fn within(&self, window: Window, by_day: &ByDay) -> (Self, Elsewhere) {
        let near = by_day.near(window.period);
        let others = self.records.len().saturating_sub(near.len());
        let near = near.iter().filter_map(|index| self.records.get(*index));
        let (selection, mut elsewhere) = narrowed(
            (near, &self.left_out),
            |placed| placed.incident.when(),
            window,
            |placed, weight| Placed {
                weight,
                ..placed.clone()
            },
            |placed, reason, detail| left_out_incident(&placed.incident, reason, detail),
        );
        elsewhere.records += others;
        (selection, elsewhere)
    }
}

impl Selection<PlacedDisplacement> {
    /// Those whose dates are none of what is shown, as they are listed.
    pub fn outside(&self, none: impl Fn(&When) -> bool) -> Vec<LeftOut> {
        let records = self.records.iter().map(|moved| &moved.displacement);
        let records = records.filter(|record| none(&record.when));
        let records =
            records.map(|one| left_out_displacement(one, Reason::OutsidePeriod, String::new()));
        listed(records, &self.left_out, &none)
    }

    /// Those of a period, as if they alone had been placed, and how many are of others.
    pub fn within(&self, window: Window) -> (Self, Elsewhere) {
        let (selection, mut elsewhere) = narrowed(
            (self.records.iter(), &self.left_out),
            |moved| moved.displacement.when,
            window,
            |moved, weight| PlacedDisplacement {
                weight,
                ..moved.clone()
            },
            |moved, reason, detail| left_out_displacement(&moved.displacement, reason, detail),
        );
        let outside = |when: &When| window.period.is_some_and(|period| !period.overlaps(when));
        let drawn = self.records.iter();
        let drawn = drawn.map(|moved| (moved.displacement.when, moved.displacement.people));
        let left = self.left_out.iter();
        let left = left.filter_map(|left| Some((left.when, left.people?)));
        let people = drawn.chain(left).filter(|(when, _)| outside(when));
        elsewhere.people = people.map(|(_, people)| people.central()).sum();
        (selection, elsewhere)
    }
}

fn listed(
    records: impl Iterator<Item = LeftOut>,
    left_out: &[LeftOut],
    none: impl Fn(&When) -> bool,
) -> Vec<LeftOut> {
    let others = left_out.iter().filter(|left| none(&left.when));
    let others = others.map(|left| LeftOut {
        reason: Reason::OutsidePeriod,
        detail: String::new(),
        ..left.clone()
    });
    let mut list: Vec<LeftOut> = records.chain(others).collect();
    list.sort_by(|a, b| a.rows.cmp(&b.rows));
    list
}

/// Narrows a selection that was made of all periods: `keep` gives a record its weight, `leave` says why it is left out.
fn narrowed<'a, T: 'a>(
    (records, left_out): (impl Iterator<Item = &'a T>, &[LeftOut]),
    when: impl Fn(&T) -> When,
    window: Window,
    keep: impl Fn(&T, f64) -> T,
    leave: impl Fn(&T, Reason, String) -> LeftOut,
) -> (Selection<T>, Elsewhere) {
    let mut selection = Selection {
        records: Vec::new(),
        left_out: Vec::new(),
    };
    let mut elsewhere = Elsewhere::default();
    for record in records {
        match window.weight(&when(record)) {
            Ok(weight) => selection.records.push(keep(record, weight)),
            Err(not) if not.reason == Reason::OutsidePeriod => elsewhere.records += 1,
            Err(NotPlaced { reason, detail }) => {
                selection.left_out.push(leave(record, reason, detail));
            }
        }
    }
    for left in left_out {
        match window.weight(&left.when) {
            Ok(weight) => {
                let shared = matches!(left.reason, Reason::OpenEnded | Reason::WithinOnePlace);
                let people = left.people.map(|people| match shared {
                    true => people.shared(weight),
                    false => people,
                });
                selection.left_out.push(LeftOut {
                    people,
                    ..left.clone()
                });
            }
            Err(not) if not.reason == Reason::OutsidePeriod => elsewhere.records += 1,
            Err(NotPlaced { reason, detail }) => selection.left_out.push(LeftOut {
                reason,
                detail,
                unlocated: None,
                ..left.clone()
            }),
        }
    }
    selection.left_out.sort_by(|a, b| a.rows.cmp(&b.rows));
    (selection, elsewhere)
}
