use proptest::prelude::*;

use super::*;

/// The sum of squares about the means of the classes that start where given.
fn cost(sorted: &[f64], starts: &[usize]) -> f64 {
    let ends = starts.iter().copied().skip(1).chain([sorted.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let class = &sorted[start..end];
            let mean = class.iter().sum::<f64>() / class.len() as f64;
            class.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
        })
        .sum()
}

/// The least cost over every way to divide the values.
fn least(sorted: &[f64], classes: usize) -> f64 {
    fn divide(sorted: &[f64], starts: &mut Vec<usize>, classes: usize) -> f64 {
        let mut best = cost(sorted, starts);
        if starts.len() < classes {
            for start in starts[starts.len() - 1] + 1..sorted.len() {
                starts.push(start);
                best = best.min(divide(sorted, starts, classes));
                starts.pop();
            }
        }
        best
    }
    divide(sorted, &mut vec![0], classes)
}

#[test]
fn numbers_with_few_digits_are_found() {
    for (low, high, simple) in [
        (1.0, 2.3, 2.0),
        (8.0, 12.0, 10.0),
        (0.231, 0.239, 0.239),
        (0.229, 0.239, 0.23),
        (99.0, 100.0, 100.0),
        (1234.0, 1299.0, 1290.0),
    ] {
        assert_eq!(few_digits(low, high), simple, "{low} to {high}");
    }
    assert_eq!(
        [above(9.0), above(0.31), above(100.0), above(37.2)],
        [10.0, 0.4, 110.0, 40.0]
    );
}

#[test]
fn quantiles_do_not_part_equal_values() {
    let values = [1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0];
    assert_eq!(quantiles(&values, 4), [0, 4, 6]);
    assert_eq!(quantiles(&[7.0; 5], 3), [0]);
    let even: Vec<f64> = (1..=12).map(f64::from).collect();
    assert_eq!(quantiles(&even, 4), [0, 3, 6, 9]);
    assert_eq!(
        edges(&even, Classing::Quantiles, 4, 0.0),
        [1.0, 4.0, 7.0, 10.0, 13.0]
    );
}

#[test]
fn nothing_has_no_classes() {
    for classing in [Classing::Round, Classing::Quantiles, Classing::Jenks] {
        assert!(edges(&[], classing, 5, 0.0).is_empty());
        assert!(edges(&[0.0, -1.0, f64::NAN], classing, 5, 0.0).is_empty());
        assert_eq!(edges(&[3.0], classing, 1, 0.0).len(), 2);
    }
}

/// Made by tests/reference/jenks.py.
#[test]
fn natural_breaks_are_those_of_jenkspy() {
    let numbers =
        |line: &str| -> Vec<f64> { line.split(',').map(|cell| cell.parse().unwrap()).collect() };
    let mut lines = include_str!("../../../tests/reference/jenks.csv").lines();
    let mut sorted = numbers(lines.next().unwrap());
    sorted.sort_by(f64::total_cmp);
    let mut tried = 0;
    for line in lines {
        // the greatest value of each class but the last
        let tops = numbers(line);
        let starts = jenks(&sorted, tops.len() + 1);
        let ours: Vec<f64> = starts[1..].iter().map(|&start| sorted[start - 1]).collect();
        assert_eq!(ours, tops);
        tried += 1;
    }
    assert_eq!(tried, 6);
}

proptest! {
    #[test]
    fn natural_breaks_are_the_best_there_are(
        values in prop::collection::vec(1u32..60, 1..13), classes in 1usize..5
    ) {
        let mut sorted: Vec<f64> = values.into_iter().map(f64::from).collect();
        sorted.sort_by(f64::total_cmp);
        let starts = jenks(&sorted, classes);
        prop_assert!(starts.len() <= classes);
        prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(cost(&sorted, &starts) <= least(&sorted, classes) + 1e-6);
    }

    #[test]
    fn edges_ascend_and_hold_every_value(
        values in prop::collection::vec(1e-6..1e6f64, 1..200), classes in 1usize..9, jenks in any::<bool>()
    ) {
        let classing = if jenks { Classing::Jenks } else { Classing::Quantiles };
        let found = edges(&values, classing, classes, 0.0);
        prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(found.len() <= classes + 1);
        for value in values {
            prop_assert!(value >= found[0] && value < found[found.len() - 1]);
        }
    }
}
