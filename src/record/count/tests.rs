use proptest::prelude::*;

use super::*;

fn c(text: &str) -> Count {
    text.parse().unwrap_or_else(|e| panic!("{text:?} {e}"))
}

#[test]
fn forms_of_the_table() {
    for (text, low, best, high, central) in [
        ("8", Some(8), Some(8), Some(8), 8),
        ("6-9", Some(6), None, Some(9), 7),
        (">=8", Some(8), None, None, 8),
        (">200000", Some(200_000), None, None, 200_000),
        ("<=9", None, None, Some(9), 9),
        ("~60000", None, Some(60_000), None, 60_000),
        ("~60000-70000", None, None, None, 65_000),
        ("8-12+", Some(8), None, None, 10),
        ("5 (2-9)", Some(2), Some(5), Some(9), 5),
        ("5 (2-5+)", Some(2), Some(5), None, 5),
        ("0", Some(0), Some(0), Some(0), 0),
    ] {
        let count = c(text);
        assert_eq!(
            (count.low(), count.best(), count.high(), count.central()),
            (low, best, high, central),
            "{text}"
        );
        assert_eq!(count.to_string(), text);
    }
}

#[test]
fn other_spellings_read_the_same() {
    for (text, same) in [
        ("6 – 9", "6-9"),
        ("6–9", "6-9"),
        ("6 to 9", "6-9"),
        ("≥ 8", ">=8"),
        ("8+", ">=8"),
        ("At least 8", ">=8"),
        ("more than 200,000", ">200000"),
        (">200 000", ">200000"),
        ("some 60,000", "~60000"),
        ("1,234", "1234"),
        ("1\u{202f}234\u{a0}567", "1234567"),
        ("12.0", "12"),
        ("< 5", "<=4"),
        ("6-6", "6"),
        (" 008 ", "8"),
    ] {
        assert_eq!(c(text).to_string(), same, "{text}");
    }
}

#[test]
fn what_is_no_count_says_why() {
    use CountError::*;
    for (text, error) in [
        ("", Form),
        ("many", Form),
        ("8 killed", Form),
        ("a8", Form),
        ("8-", Form),
        (">6-9", Form),
        (">=8+", Form),
        ("٨", Form),
        ("-3", Negative),
        (">=-3", Negative),
        ("<0", Negative),
        ("6--9", Negative),
        ("1.5", Fraction),
        ("60.000", Fraction),
        ("1,23", Fraction),
        ("1234,567", Fraction),
        ("99999999999999999999", TooLarge),
        ("9-6", Order),
        ("1 (2-9)", Order),
    ] {
        assert_eq!(text.parse::<Count>(), Err(error), "{text}");
    }
}

#[test]
fn claims_about_one_event_span_and_do_not_add() {
    for (a, b, both) in [
        ("6", "9", "6-9"),
        ("6", "6", "6"),
        (">=8", "8", ">=8"),
        (">=8", "12", "8-12+"),
        (">200000", ">200000", ">200000"),
        (">200000", ">300000", "200000-300000+"),
        ("~60000", "70000", "~60000-70000"),
        ("5 (2-9)", "5", "5 (2-9)"),
        ("5 (2-9)", "6", "2-9"),
    ] {
        assert_eq!(c(a).across(c(b)).to_string(), both, "{a} | {b}");
        assert_eq!(c(b).across(c(a)).to_string(), both, "{b} | {a}");
    }
}

#[test]
fn events_add() {
    for (a, b, sum) in [
        ("8", "3", "11"),
        (">=8", "3", ">=11"),
        (">8", "3", ">11"),
        (">8", "3-5", "11-13+"),
        ("6-9", "3", "9-12"),
        ("~60000", "5", "~60005"),
        ("5 (2-9)", "3", "8 (5-12)"),
        ("5 (2-9)", ">=3", "5-12+"),
    ] {
        assert_eq!((c(a) + c(b)).to_string(), sum, "{a} + {b}");
    }
    assert_eq!(
        Count::exactly(u64::MAX) + Count::exactly(1),
        Count::exactly(u64::MAX)
    );
    assert_eq!([].into_iter().sum::<Count>(), Count::exactly(0));
}

#[test]
fn unknown_is_not_zero() {
    assert_eq!(Count::total([Some(c("8")), None]), Some(c(">=8")));
    assert_eq!(Count::total([None, Some(c("6-9"))]), Some(c("6-9+")));
    assert_eq!(Count::total([Some(c("8")), Some(c("0"))]), Some(c("8")));
    assert_eq!(Count::total([None, None]), None);
}

#[test]
fn bounds_of_coded_data() {
    let b = |low, best, high| Count::bounds(low, best, high).map(|c| c.to_string());
    assert_eq!(b(Some(2), Some(5), Some(9)), Ok("5 (2-9)".into()));
    assert_eq!(b(Some(5), Some(5), Some(5)), Ok("5".into()));
    assert_eq!(b(Some(6), None, Some(9)), Ok("6-9".into()));
    assert_eq!(b(Some(8), None, None), Ok(">=8".into()));
    assert_eq!(b(None, Some(8), None), Ok("~8".into()));
    assert_eq!(b(None, None, None), Err(CountError::Nothing));
    assert_eq!(b(Some(9), None, Some(6)), Err(CountError::Order));
    assert_eq!(b(Some(2), Some(10), Some(9)), Err(CountError::Order));
}

fn any_count() -> impl Strategy<Value = Count> {
    let n = || prop_oneof![0u64..20, 0u64..1_000_000_000_000];
    prop_oneof![
        n().prop_map(Count::exactly),
        n().prop_map(Count::at_least),
        n().prop_map(Count::more_than),
        n().prop_map(Count::at_most),
        n().prop_map(Count::about),
        (n(), n()).prop_map(|(a, b)| Count::range(a, b)),
        (n(), n(), n(), any::<[bool; 3]>()).prop_filter_map("no figure", |(a, b, c, keep)| {
            let mut f = [a, b, c];
            f.sort();
            let f = |i: usize| keep[i].then_some(f[i]);
            Count::bounds(f(0), f(1), f(2)).ok()
        }),
    ]
}

proptest! {
    #[test]
    fn text_round_trips(a in any_count(), b in any_count()) {
        for count in [a, b, a.across(b), a + b] {
            prop_assert_eq!(count.to_string().parse(), Ok(count));
        }
    }

    #[test]
    fn sums_add_their_bounds(a in any_count(), b in any_count()) {
        let sum = a + b;
        let add = |x: Option<u64>, y: Option<u64>| Some(x? + y?);
        prop_assert_eq!(sum, b + a);
        prop_assert_eq!(sum.low(), add(a.low(), b.low()));
        prop_assert_eq!(sum.high(), add(a.high(), b.high()));
    }

    #[test]
    fn across_holds_both(a in any_count(), b in any_count()) {
        let both = a.across(b);
        prop_assert_eq!(both, b.across(a));
        prop_assert_eq!(a.across(a), a);
        prop_assert_eq!(both.low(), a.low().and_then(|x| Some(x.min(b.low()?))));
        prop_assert_eq!(both.high(), a.high().and_then(|x| Some(x.max(b.high()?))));
        prop_assert!(both.low().is_none_or(|l| l <= both.central()));
        prop_assert!(both.high().is_none_or(|h| h >= both.central()));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}", near in "[0-9<>=~+(), –-]{0,10}") {
        for text in [text, near] {
            if let Ok(count) = text.parse::<Count>() {
                prop_assert_eq!(count.to_string().parse(), Ok(count));
            }
        }
    }
}
