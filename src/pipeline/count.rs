//! The figures of what was drawn and what was not.

use crate::layer::{OneEnded, Placed, PlacedDisplacement, Reason, Selection, Summary, hundredths};
use crate::record::{Count, Footprint, Period, When};

/// Fills in the figures of what was drawn and what was not.
pub(super) fn count(
    summary: &mut Summary,
    placed: &Selection<Placed>,
    (moved, open): (&Selection<PlacedDisplacement>, &[OneEnded]),
    period: Option<Period>,
) {
    let unplaced = [Reason::Unresolved, Reason::Ambiguous, Reason::TooVague];
    summary.incidents_drawn = placed.records.len();
    summary.incidents_exact = placed
        .records
        .iter()
        .filter(|placed| matches!(placed.location.footprint, Footprint::Point(_)))
        .count();
    summary.incidents_vague = summary.incidents_drawn - summary.incidents_exact;
    summary.incidents_date_uncertain = placed
        .records
        .iter()
        .map(|placed| placed.incident.when())
        .filter(|when| uncertain(when, period))
        .count();
    summary.incidents_date_shared = placed
        .records
        .iter()
        .filter(|placed| placed.weight < 1.0)
        .count();
    summary.incidents_counted = hundredths(placed.records.iter().map(|placed| placed.weight));
    let coarsened = placed.records.iter().filter(|placed| placed.coarsened);
    summary.incidents_coarsened = coarsened.count();
    summary.incidents_date_left_out = placed.left_out_for(&[Reason::DateUncertain]);
    summary.incidents_outside_period += placed.left_out_for(&[Reason::OutsidePeriod]);
    summary.incidents_outside_extent = placed.left_out_for(&[Reason::OutsideExtent]);
    summary.incidents_unplaced = placed.left_out_for(&unplaced);
    summary.killed_unplaced = placed.toll_left_out_for(&unplaced);
    let killed = || {
        let records = placed.records.iter();
        records.map(|placed| {
            let killed = placed.incident.killed();
            let within = !uncertain(&placed.incident.when(), period);
            let killed = killed.map(|killed| if within { killed } else { killed.perhaps() });
            (killed, placed.weight)
        })
    };
    summary.killed = Count::total_of_shares(killed()).into();
    summary.killed_unknown = killed().filter(|(killed, _)| killed.is_none()).count();
    summary.displacement_drawn = moved.records.len() + open.len();
    summary.displacement_one_end = open.len();
    let whens = moved.records.iter().map(|moved| moved.displacement.when);
    let whens = whens.chain(open.iter().map(|one| one.known.when));
    summary.displacement_date_uncertain = whens.filter(|when| uncertain(when, period)).count();
    let coarsened = moved.records.iter().filter(|moved| moved.coarsened);
    summary.displacement_coarsened = coarsened.count();
    summary.displacement_date_left_out = moved.left_out_for(&[Reason::DateUncertain]);
    summary.displacement_outside_period += moved.left_out_for(&[Reason::OutsidePeriod]);
    summary.displacement_outside_extent = moved.left_out_for(&[Reason::OutsideExtent]);
    summary.displacement_open_ended = moved.left_out_for(&[Reason::OpenEnded]);
    summary.displacement_unplaced = moved.left_out_for(&unplaced);
    summary.displacement_within = moved.left_out_for(&[Reason::WithinOnePlace]);
    summary.people_unplaced = moved.people_left_out_for(&unplaced);
    let outside = [
        Reason::OutsidePeriod,
        Reason::DateUncertain,
        Reason::OutsideExtent,
    ];
    summary.people_outside += moved.people_left_out_for(&outside);
    summary.people_open_ended = moved.people_left_out_for(&[Reason::OpenEnded]);
    summary.people_within = moved.people_left_out_for(&[Reason::WithinOnePlace]);
    let people = || moved.records.iter().map(PlacedDisplacement::people);
    // What counts by a part of its days, counts elsewhere by the rest.
    let whole = moved
        .records
        .iter()
        .map(|moved| moved.displacement.people.central() - moved.people().central());
    summary.people_outside += whole.sum::<u64>();
    summary.named_people = people().map(|people| people.central()).sum();
    summary.people = Count::total(people().map(Some)).into();
    let people = || open.iter().map(|one| one.people);
    summary.people_one_end = people().map(|people| people.central()).sum();
    summary.one_end = Count::total(people().map(Some)).into();
}

/// Whether a date may lie outside of the period.
fn uncertain(when: &When, period: Option<Period>) -> bool {
    period.is_some_and(|period| !period.surely_contains(when))
}
