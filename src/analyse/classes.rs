//! Classes of values: where one colour of a legend ends and the next begins.
//!
//! - **round**: edges on the 1–2–5 series ([`round_breaks_from`]);
//! - **quantiles**: as many values in each class, as far as equal values allow;
//! - **jenks**: natural breaks, the classes with the least sum of squares about their means (Fisher 1958; Jenks 1977). The
//!   optimum is exact: dynamic programming over sorted values, each row by divide and conquer, as the best split never
//!   moves back (Wang & Song, *Ckmeans.1d.dp*, The R Journal 3/2, 2011; Song & Zhong 2020).
//!
//! Edges of the latter two fall between values, where a number with few digits is.
//!
//! Cost: O(n·log n) for quantiles, O(classes · n · log n) time and O(classes · n) memory for natural breaks.

use std::str::FromStr;

use super::scale::round_breaks_from;

/// The most classes that colours tell apart.
pub const MAX_CLASSES: usize = 9;

/// How values are classed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Classing {
    /// Round numbers.
    #[default]
    Round,
    /// As many values in each class.
    Quantiles,
    /// Natural breaks.
    Jenks,
}

impl Classing {
    /// Its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Quantiles => "quantiles",
            Self::Jenks => "jenks",
        }
    }
}

impl FromStr for Classing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "round" => Ok(Self::Round),
            "quantiles" => Ok(Self::Quantiles),
            "jenks" => Ok(Self::Jenks),
            _ => Err(format!(
                "\"{text}\" is no way to class: write round, quantiles or jenks"
            )),
        }
    }
}

/// Edges of up to `classes` classes for values: ascending from above 0, one more than classes. A class holds the values
/// from its lower edge up to, and without, its upper one.
///
/// Values that are not positive and finite are in no class, as are those below the lowest of round numbers that do not reach
/// far enough. Fewer distinct values make fewer classes; no value gives no edges. Edges may be off by `give`, a part of them, to find a number
/// with few digits: 0 keeps every value in its class, more suits samples of a field.
///
/// ```
/// use dateline::analyse::classes::{Classing, edges};
/// let values = [1.0, 1.2, 1.1, 5.0, 5.3, 40.0];
/// assert_eq!(edges(&values, Classing::Jenks, 3, 0.0), [1.0, 5.0, 40.0, 50.0]);
/// ```
pub fn edges(values: &[f64], classing: Classing, classes: usize, give: f64) -> Vec<f64> {
    let mut sorted: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| *value > 0.0 && value.is_finite())
        .collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else {
        return Vec::new();
    };
    let starts = match classing {
        Classing::Round => return round_breaks_from(first, last, classes),
        Classing::Quantiles => quantiles(&sorted, classes),
        Classing::Jenks => jenks(&sorted, classes),
    };
    let mut edges = vec![few_digits(first * 0.8, first)];
    for start in starts.into_iter().skip(1) {
        let (before, value) = (sorted[start - 1], sorted[start]);
        let edge = few_digits(before.min(value * (1.0 - give)), value * (1.0 + give));
        if edge <= last && edges.last().is_some_and(|lower| edge > *lower) {
            edges.push(edge);
        }
    }
    edges.push(above(last));
    edges
}

/// The number with the fewest digits that is more than `low` and at most `high`, both positive.
fn few_digits(low: f64, high: f64) -> f64 {
    let top = high.log10().ceil() as i32;
    (top - 17..=top)
        .rev()
        .map(|power| multiple(high, power, f64::floor))
        .find(|x| *x > low && *x <= high)
        .unwrap_or(high)
}

/// A number with few digits above a positive one.
fn above(x: f64) -> f64 {
    let top = x.log10().ceil() as i32;
    (top - 17..=top)
        .rev()
        .map(|power| multiple(x, power, |n| n.floor() + 1.0))
        .find(|up| *up > x && *up <= 1.3 * x)
        .unwrap_or(x * (1.0 + 1e-9))
}

/// A multiple of a power of ten next to `x`, as the literal would read.
fn multiple(x: f64, power: i32, to_whole: impl Fn(f64) -> f64) -> f64 {
    if power < 0 {
        let ten = 10f64.powi(-power);
        to_whole(x * ten) / ten
    } else {
        let ten = 10f64.powi(power);
        to_whole(x / ten) * ten
    }
}

/// Where the classes of sorted values start, with as many values in each; equal values are never in two.
fn quantiles(sorted: &[f64], classes: usize) -> Vec<usize> {
    let mut starts = vec![0];
    for class in 1..classes {
        let at = (sorted.len() * class).div_ceil(classes);
        let Some(&value) = sorted.get(at) else {
            break;
        };
        let before = starts[starts.len() - 1]; // the first start is there
        let mut start = sorted.partition_point(|x| *x < value);
        if start <= before && at > start {
            start = sorted.partition_point(|x| *x <= value);
        }
        if start > before && start < sorted.len() {
            starts.push(start);
        }
    }
    starts
}

/// Where the natural classes of sorted values start.
fn jenks(sorted: &[f64], classes: usize) -> Vec<usize> {
    // distinct values, each with how many there are and where the first is
    let mut distinct: Vec<(f64, f64, usize)> = Vec::new();
    for (i, &value) in sorted.iter().enumerate() {
        match distinct.last_mut() {
            Some(last) if last.0 == value => last.1 += 1.0,
            _ => distinct.push((value, 1.0, i)),
        }
    }
    let n = distinct.len();
    let classes = classes.clamp(1, n.max(1));
    let sums = Sums::of(&distinct);
    // the least cost of the first j + 1 values in the classes so far
    let mut cost: Vec<f64> = (0..n).map(|j| sums.cost(0, j)).collect();
    let mut splits: Vec<Vec<u32>> = Vec::with_capacity(classes);
    for class in 1..classes {
        let mut row = Row {
            before: &cost,
            cost: vec![f64::INFINITY; n],
            split: vec![class as u32; n],
        };
        row.fill(&sums, (class, n - 1), (class, n - 1));
        let Row {
            cost: next, split, ..
        } = row;
        cost = next;
        splits.push(split);
    }
    let mut starts = Vec::with_capacity(classes);
    let mut end = n - 1;
    for split in splits.iter().rev() {
        let start = split[end] as usize;
        starts.push(distinct[start].2);
        end = start - 1; // a class starts after the values that those before it need
    }
    starts.push(0);
    starts.reverse();
    starts
}

/// Running sums, from which the sum of squares of a run of values about its mean follows.
struct Sums {
    weight: Vec<f64>,
    sum: Vec<f64>,
    squares: Vec<f64>,
}

impl Sums {
    fn of(distinct: &[(f64, f64, usize)]) -> Self {
        // about the middle value, so that little is lost of squares
        let middle = distinct.get(distinct.len() / 2).map_or(0.0, |one| one.0);
        let mut sums = Self {
            weight: vec![0.0],
            sum: vec![0.0],
            squares: vec![0.0],
        };
        let (mut weight, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for (value, n, _) in distinct {
            let value = value - middle;
            weight += n;
            sum += n * value;
            squares += n * value * value;
            sums.weight.push(weight);
            sums.sum.push(sum);
            sums.squares.push(squares);
        }
        sums
    }

    /// Of the values `from` to `to`, both included.
    fn cost(&self, from: usize, to: usize) -> f64 {
        let part = |sums: &[f64]| sums[to + 1] - sums[from];
        let sum = part(&self.sum);
        (part(&self.squares) - sum * sum / part(&self.weight)).max(0.0)
    }
}

/// One more class: the least cost up to each value, and where the last class starts for it.
struct Row<'a> {
    before: &'a [f64],
    cost: Vec<f64>,
    split: Vec<u32>,
}

impl Row<'_> {
    /// Fills in the values `from` to `to`, whose splits lie within `low` to `high`.
    fn fill(&mut self, sums: &Sums, (from, to): (usize, usize), (low, high): (usize, usize)) {
        let middle = from.midpoint(to);
        for split in low..=high.min(middle) {
            let cost = self.before[split - 1] + sums.cost(split, middle);
            if cost < self.cost[middle] {
                self.cost[middle] = cost;
                self.split[middle] = split as u32;
            }
        }
        let at = self.split[middle] as usize;
        if middle > from {
            self.fill(sums, (from, middle - 1), (low, at));
        }
        if middle < to {
            self.fill(sums, (middle + 1, to), (at, high));
        }
    }
}

#[cfg(test)]
mod tests;
