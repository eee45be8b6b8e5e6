//! Round numbers, and the scales that turn values into sizes.
//!
//! A map and its legend take their sizes from the same scale, so that what the legend says holds on the map.
//! Sizes are in whatever unit the caller gives (pixels, points).
//!
//! - **Circles**: area ∝ value, so radius ∝ √value. Flannery's correction for perceived area is not applied: a
//!   reader with a ruler must find what the legend says.
//! - **Widths**: ∝ value.
//!
//! Both have a least visible size. Below [`CircleScale::floor_value`] and [`WidthScale::floor_value`] sizes no
//! longer tell values apart, which a legend should say when a value on the map is that small.

/// The greatest of …, 1, 2, 5, 10, 20, 50, … that is at most `x`; 0 unless `x` is positive and finite.
pub fn nice_floor(x: f64) -> f64 {
    if !(x > 0.0 && x.is_finite()) {
        return 0.0;
    }
    let power = x.log10().floor() as i32;
    // the logarithm may be off by one either way next to a power of ten
    (power - 1..=power + 1)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| times_ten(digit, power)))
        .rfind(|&nice| nice <= x)
        .unwrap_or(0.0)
}

/// The least of …, 1, 2, 5, 10, 20, 50, … that is above `x`; 0 unless `x` is positive and finite.
pub fn nice_above(x: f64) -> f64 {
    let floor = nice_floor(x);
    if floor == 0.0 { 0.0 } else { step(floor, 1) }
}

/// The least number of the series that is at least `x`; 0 unless `x` is positive and finite.
fn nice_ceil(x: f64) -> f64 {
    let floor = nice_floor(x);
    if floor == x { floor } else { nice_above(x) }
}

/// `digit` × 10^`power`, as the literal would read: 0.05 and not 0.05000000000000001.
fn times_ten(digit: f64, power: i32) -> f64 {
    if power < 0 {
        digit / 10f64.powi(-power)
    } else {
        digit * 10f64.powi(power)
    }
}

/// The number `by` places up (or down) the 1–2–5 series from one of its numbers.
fn step(nice: f64, by: i32) -> f64 {
    let power = nice.log10().floor() as i32;
    let lead = nice / 10f64.powi(power);
    let place = power * 3
        + if lead < 1.5 {
            0
        } else if lead < 3.5 {
            1
        } else {
            2
        }
        + by;
    times_ten(
        [1.0, 2.0, 5.0][place.rem_euclid(3) as usize],
        place.div_euclid(3),
    )
}

/// Edges of `classes` classes on the 1–2–5 series for values up to `max`: `classes + 1` ascending numbers, of which
/// the last is the first above `max`.
///
/// Each class spans a factor of 2 or 2.5, which suits the long tails of densities and counts. Values below the
/// first edge are in no class. Empty unless `max` is positive and finite and `classes` is at least 1.
///
/// ```
/// assert_eq!(dateline::analyse::scale::round_breaks(37.2, 5), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
/// assert_eq!(dateline::analyse::scale::round_breaks(0.2, 3), [0.05, 0.1, 0.2, 0.5]);
/// ```
pub fn round_breaks(max: f64, classes: usize) -> Vec<f64> {
    let top = nice_above(max);
    let classes = classes.min(64) as i32; // 64 classes span 21 powers of ten
    if top == 0.0 || classes == 0 {
        return Vec::new();
    }
    (0..=classes).rev().map(|down| step(top, -down)).collect()
}

/// Edges of at most `classes` classes for values from `low` to `max`: every number of the 1–2–5 series, else every second
/// (1, 5, 20, 100), else every third, whichever is the first that reaches down to `low` or below; the last is the first
/// above `max`.
///
/// Where not even that does, values below the first edge are in no class. Empty unless both are positive and finite and
/// `classes` is at least 1.
///
/// ```
/// use dateline::analyse::scale::round_breaks_from;
/// assert_eq!(round_breaks_from(1.5, 37.2, 6), [1.0, 2.0, 5.0, 10.0, 20.0, 50.0]);
/// assert_eq!(round_breaks_from(0.3, 3000.0, 6), [0.05, 0.5, 5.0, 50.0, 500.0, 5000.0]);
/// assert_eq!(round_breaks_from(0.3, 80.0, 6), [0.2, 1.0, 5.0, 20.0, 100.0]);
/// ```
pub fn round_breaks_from(low: f64, max: f64, classes: usize) -> Vec<f64> {
    let top = nice_above(max);
    let low = nice_floor(low);
    if top == 0.0 || low == 0.0 || classes == 0 {
        return Vec::new();
    }
    let down = |by: i32| {
        let mut edges = vec![top];
        while edges.len() <= classes && edges[edges.len() - 1] > low {
            edges.push(step(edges[edges.len() - 1], -by));
        }
        edges.reverse();
        edges
    };
    let reaching = (1..=3).map(down).find(|edges| edges[0] <= low);
    reaching.unwrap_or_else(|| down(3))
}

/// The greatest number of one significant digit that is at most `x`; 0 unless `x` is positive and finite.
fn one_digit(x: f64) -> f64 {
    let nice = nice_floor(x);
    if nice == 0.0 {
        return 0.0;
    }
    let power = nice.log10().floor() as i32;
    (1..=9)
        .rev()
        .map(|digit| times_ten(f64::from(digit), power))
        .find(|&value| value <= x)
        .unwrap_or(nice)
}

/// The least number of one significant digit that is at least `x`; 0 unless `x` is positive and finite.
pub fn round_up(x: f64) -> f64 {
    let nice = nice_floor(x);
    if nice == 0.0 {
        return 0.0;
    }
    let power = nice.log10().floor() as i32;
    (1..=10)
        .map(|digit| times_ten(f64::from(digit), power))
        .find(|&value| value >= x)
        .unwrap_or(nice)
}

/// Round values for a legend: one near `max` and others each at most 1/`apart` of the one before, none below `least`.
fn legend(max: f64, least: f64, apart: f64, n: usize) -> Vec<f64> {
    let mut values = Vec::new();
    let mut value = one_digit(max);
    while values.len() < n && value > 0.0 && value >= least {
        values.push(value);
        let next = nice_floor(value / apart);
        value = if next < least && value >= 2.0 * least && least > 0.0 {
            least
        } else {
            next
        };
    }
    values
}

fn or_one(x: f64) -> f64 {
    if x > 0.0 && x.is_finite() { x } else { 1.0 }
}

/// Circles whose area is proportional to the value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CircleScale {
    max_value: f64,
    max_radius: f64,
    min_radius: f64,
}

impl CircleScale {
    /// A scale on which `max_value` has radius `max_radius` and no positive value less than `min_radius`.
    ///
    /// A maximum that is not positive and finite is taken as 1; `min_radius` is held within 0 and `max_radius`.
    pub fn new(max_value: f64, max_radius: f64, min_radius: f64) -> Self {
        let max_radius = or_one(max_radius);
        Self {
            max_value: or_one(max_value),
            max_radius,
            min_radius: min_radius.min(max_radius).max(0.0),
        }
    }

    /// The radius for a value: 0 for a value that is not positive. Values above the maximum go on growing.
    pub fn radius(&self, value: f64) -> f64 {
        if value > 0.0 {
            ((value / self.max_value).sqrt() * self.max_radius).max(self.min_radius)
        } else {
            0.0
        }
    }

    /// The value that the scale was made for.
    pub fn max_value(&self) -> f64 {
        self.max_value
    }

    /// Smaller values all get the least radius.
    pub fn floor_value(&self) -> f64 {
        self.max_value * (self.min_radius / self.max_radius).powi(2)
    }

    /// At most `n` round values for nested legend circles, largest first, each with at most half the radius of the
    /// one before; none below `least` (1 for counts) or below the scale's floor.
    pub fn legend_values(&self, n: usize, least: f64) -> Vec<f64> {
        legend(
            self.max_value,
            least.max(nice_ceil(self.floor_value())),
            4.0,
            n,
        )
    }
}

/// Widths proportional to the value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WidthScale {
    max_value: f64,
    max_width: f64,
    min_width: f64,
}

impl WidthScale {
    /// A scale on which `max_value` has width `max_width` and no positive value less than `min_width`.
    ///
    /// A maximum that is not positive and finite is taken as 1; `min_width` is held within 0 and `max_width`.
    pub fn new(max_value: f64, max_width: f64, min_width: f64) -> Self {
        let max_width = or_one(max_width);
        Self {
            max_value: or_one(max_value),
            max_width,
            min_width: min_width.min(max_width).max(0.0),
        }
    }

    /// The width for a value: 0 for a value that is not positive. Values above the maximum go on growing.
    pub fn width(&self, value: f64) -> f64 {
        if value > 0.0 {
            (value / self.max_value * self.max_width).max(self.min_width)
        } else {
            0.0
        }
    }

    /// The value that the scale was made for.
    pub fn max_value(&self) -> f64 {
        self.max_value
    }

    /// Smaller values all get the least width.
    pub fn floor_value(&self) -> f64 {
        self.max_value * self.min_width / self.max_width
    }

    /// At most `n` round values for a legend, largest first, each with at most 2/5 of the width of the one before;
    /// none below `least` (1 for people) or below the scale's floor.
    pub fn legend_values(&self, n: usize, least: f64) -> Vec<f64> {
        legend(
            self.max_value,
            least.max(nice_ceil(self.floor_value())),
            2.5,
            n,
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nice_numbers() {
        for (x, floor, above) in [
            (1.0, 1.0, 2.0),
            (0.99, 0.5, 1.0),
            (1000.0, 1000.0, 2000.0),
            (999.0, 500.0, 1000.0),
            (4.2, 2.0, 5.0),
            (0.05, 0.05, 0.1),
            (7e9, 5e9, 1e10),
            (0.000_3, 0.000_2, 0.000_5),
        ] {
            assert_eq!((nice_floor(x), nice_above(x)), (floor, above), "{x}");
        }
        for bad in [0.0, -3.0, f64::NAN, f64::INFINITY] {
            assert_eq!((nice_floor(bad), nice_above(bad)), (0.0, 0.0));
            assert!(round_breaks(bad, 5).is_empty());
        }
        assert!(round_breaks(3.0, 0).is_empty());
        assert_eq!(round_breaks(5.0, 2), [2.0, 5.0, 10.0]);
    }

    #[test]
    fn floors_are_rounded_up_to_one_digit() {
        for (x, up) in [
            (13_914.0, 20_000.0),
            (20_000.0, 20_000.0),
            (925.0, 1000.0),
            (0.3, 0.3),
            (9.01, 10.0),
        ] {
            assert_eq!(round_up(x), up, "{x}");
        }
        assert_eq!(round_up(f64::NAN), 0.0);
    }

    #[test]
    fn circle_area_is_proportional_to_value() {
        let scale = CircleScale::new(43.0, 40.0, 2.0);
        assert_eq!(scale.radius(43.0), 40.0);
        let ratio = (scale.radius(40.0) / scale.radius(10.0)).powi(2);
        assert!((ratio - 4.0).abs() < 1e-12);
        assert_eq!(scale.radius(0.01), 2.0);
        assert_eq!(
            (
                scale.radius(0.0),
                scale.radius(-1.0),
                scale.radius(f64::NAN)
            ),
            (0.0, 0.0, 0.0)
        );
        assert_eq!(scale.legend_values(3, 1.0), [40.0, 10.0, 2.0]);
        assert_eq!(
            CircleScale::new(3.0, 40.0, 2.0).legend_values(3, 1.0),
            [3.0, 1.0]
        );
        assert_eq!(
            CircleScale::new(1.0, 40.0, 2.0).legend_values(3, 1.0),
            [1.0]
        );
        // no legend circle that the least radius falsifies
        assert_eq!(
            CircleScale::new(1e6, 40.0, 10.0).legend_values(5, 1.0),
            [1e6, 2e5, 1e5]
        );
    }

    #[test]
    fn width_is_proportional_to_value() {
        let scale = WidthScale::new(38_000.0, 20.0, 1.0);
        assert_eq!(
            (scale.width(19_000.0), scale.width(10.0), scale.width(0.0)),
            (10.0, 1.0, 0.0)
        );
        assert_eq!(scale.floor_value(), 1900.0);
        assert_eq!(scale.legend_values(4, 1.0), [30_000.0, 10_000.0, 2_000.0]);
        assert_eq!(
            WidthScale::new(f64::NAN, -1.0, 5.0),
            WidthScale::new(1.0, 1.0, 1.0)
        );
    }

    proptest! {
        #[test]
        fn breaks_ascend_and_hold_the_maximum(max in 1e-6..1e9f64, n in 1usize..9) {
            let breaks = round_breaks(max, n);
            prop_assert_eq!(breaks.len(), n + 1);
            prop_assert!(breaks[n - 1] <= max && max < breaks[n]);
            prop_assert!(breaks.windows(2).all(|b| (1.99..=2.51).contains(&(b[1] / b[0]))));
        }

        #[test]
        fn legends_are_true_and_apart(max in 0.5..1e9f64, n in 1usize..6) {
            let circles = CircleScale::new(max, 40.0, 1.5);
            let values = circles.legend_values(n, 1.0);
            prop_assert!(max < 1.0 || !values.is_empty());
            prop_assert!(values.iter().all(|&v| v <= max && v >= 1.0));
            for pair in values.windows(2) {
                prop_assert!(circles.radius(pair[1]) < 0.8 * circles.radius(pair[0]));
            }
        }
    }
}
