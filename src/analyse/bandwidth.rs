//! A bandwidth that the data chooses: likelihood cross-validation.
//!
//! Of all bandwidths that one is best by which each place is the least surprising given all others: the h with the
//! greatest Σᵢ wᵢ·log f₋ᵢ(xᵢ), where f₋ᵢ is the Gaussian kernel density of all places but the i-th (Habbema, Hermans &
//! van den Broek 1974; Duin 1976). Events at one coordinate are left out together: most are known to a town and not to a
//! house, and would otherwise explain each other with a bandwidth of 0.
//!
//! Cost: O(places²) for each of some 40 bandwidths. Of more than 3000 places every k-th is taken, and the bandwidth made
//! smaller by k^(-1/6), the rate at which the best one shrinks (Marron 1987).

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::density::Event;

/// Bandwidths tried, in kilometres.
pub const RANGE_KM: (f64, f64) = (0.5, 100.0);
/// Each bandwidth that is tried first over the one before.
const RATIO: f64 = 1.2;
/// Places that are compared at most.
const PLACES: usize = 3000;

/// The bandwidth in kilometres, within [`RANGE_KM`]. `None` for fewer than three places, or positions or weights that are
/// not finite.
pub fn cross_validated_km(events: &[Event]) -> Option<f64> {
    let places = places(events)?;
    let step = places.len().div_ceil(PLACES).max(1);
    let some: Vec<(Coord, f64)> = places.iter().copied().step_by(step).collect();
    if some.len() < 3 {
        return None;
    }
    let score = |log: f64| -log_likelihood(&some, log.exp());
    let (low, high) = (RANGE_KM.0.ln(), RANGE_KM.1.ln());
    let tries = ((high - low) / RATIO.ln()).ceil() as usize;
    let width = (high - low) / tries as f64;
    let best = (0..=tries)
        .map(|i| low + width * i as f64)
        .map(|log| (log, score(log)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?
        .0;
    let log = golden(&score, (best - width).max(low), (best + width).min(high));
    let thinned = some.len() as f64 / places.len() as f64;
    Some((log.exp() * thinned.powf(1.0 / 6.0)).clamp(RANGE_KM.0, RANGE_KM.1))
}

/// Each coordinate once, with the weight of all events there.
fn places(events: &[Event]) -> Option<Vec<(Coord, f64)>> {
    let mut places: Vec<(Coord, f64)> = Vec::new();
    let mut seen: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    for Event { at, weight } in events {
        if !(at.x.is_finite() && at.y.is_finite() && weight.is_finite()) {
            return None;
        }
        if *weight <= 0.0 {
            continue;
        }
        let place = *seen
            .entry((at.x.to_bits(), at.y.to_bits()))
            .or_insert(places.len());
        match places.get_mut(place) {
            Some(known) => known.1 += weight,
            None => places.push((*at, *weight)),
        }
    }
    Some(places)
}

/// How likely the places are, each given the others; up to a constant.
fn log_likelihood(places: &[(Coord, f64)], bandwidth_km: f64) -> f64 {
    let scale = -0.5 / (bandwidth_km * bandwidth_km);
    let of_one = |(i, (at, weight)): (usize, &(Coord, f64))| {
        let others = || {
            let others = places.iter().enumerate().filter(move |(j, _)| *j != i);
            others.map(|(_, (other, weight))| {
                let off = *other - *at;
                (off.x * off.x + off.y * off.y, *weight)
            })
        };
        // the nearest one's part is taken out, so that far places do not come out as impossible
        let nearest = others().map(|(far, _)| far).fold(f64::INFINITY, f64::min);
        let (sum, all) = others().fold((0.0, 0.0), |(sum, all), (far, other)| {
            (sum + other * ((far - nearest) * scale).exp(), all + other)
        });
        weight * (nearest * scale + (sum / all).ln())
    };
    let each: Vec<f64> = places.par_iter().enumerate().map(of_one).collect();
    let weight: f64 = places.iter().map(|(_, weight)| weight).sum();
    // summed in order, so that the number of threads does not show
    each.iter().sum::<f64>() - 2.0 * weight * bandwidth_km.ln()
}

/// The least value of a function with one dip between two ends.
fn golden(f: &impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let part = (5f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - part * (high - low), low + part * (high - low));
    let (mut at_a, mut at_b) = (f(a), f(b));
    while high - low > 0.004 {
        if at_a <= at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - part * (high - low);
            at_a = f(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + part * (high - low);
            at_b = f(b);
        }
    }
    low.midpoint(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(list: &[(f64, f64)]) -> Vec<Event> {
        let event = |&at: &(f64, f64)| Event {
            at: at.into(),
            weight: 1.0,
        };
        list.iter().map(event).collect()
    }

    #[test]
    fn too_few_places_choose_nothing() {
        assert_eq!(cross_validated_km(&[]), None);
        assert_eq!(cross_validated_km(&events(&[(0.0, 0.0); 9])), None);
        assert_eq!(cross_validated_km(&events(&[(0.0, 0.0), (1.0, 0.0)])), None);
        assert_eq!(cross_validated_km(&events(&[(0.0, f64::NAN); 3])), None);
    }

    #[test]
    fn three_places_in_a_row_have_a_closed_form() {
        // at -d, 0 and d, with u = d²/2h², the score is -3u + 2·log(1 + exp(-3u)) - 6·log h, but for a constant
        let d = 10.0_f64;
        let score = |h: f64| {
            let u = d * d / (2.0 * h * h);
            -3.0 * u + 2.0 * (1.0 + (-3.0 * u).exp()).ln() - 6.0 * h.ln()
        };
        let tries = (500..100_000).map(|i| f64::from(i) / 1000.0);
        let best = tries
            .max_by(|a, b| score(*a).total_cmp(&score(*b)))
            .unwrap();
        let found = cross_validated_km(&events(&[(-d, 0.0), (0.0, 0.0), (d, 0.0)])).unwrap();
        assert!((found - best).abs() < 0.01 * best, "{found} and not {best}");
    }

    /// Made by tests/reference/bandwidth.py.
    #[test]
    fn the_bandwidth_is_that_of_an_optimiser() {
        let rows = include_str!("../../tests/reference/density_events.csv")
            .lines()
            .skip(1);
        let list: Vec<(f64, f64)> = rows
            .map(|row| row.split_once(',').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        let best: f64 = include_str!("../../tests/reference/bandwidth_cv.txt")
            .trim()
            .parse()
            .unwrap();
        let found = cross_validated_km(&events(&list)).unwrap();
        assert!(
            (found - best).abs() < 0.005 * best,
            "{found} and not {best}"
        );
    }

    #[test]
    fn a_coordinate_said_often_does_not_explain_itself() {
        let mut list: Vec<(f64, f64)> = (0..40)
            .map(|i| (f64::from(i % 8) * 20.0, f64::from(i / 8) * 20.0))
            .collect();
        list.extend([(0.0, 0.0); 50]);
        let found = cross_validated_km(&events(&list)).unwrap();
        assert!(found > 5.0, "{found}");
    }
}
