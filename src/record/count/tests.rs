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
        ("~60+", None, None, None, 60),
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
        ("~60000", "70000", "60000-70000"),
        ("89", "~400", "89-400"),
        ("~60", "~70", "~60-70"),
        (">=8", "~60", "8-60+"),
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
        ("~60", "~5", "~65"),
        ("~60", ">=5", "~65+"),
        ("~60+", "5", "~65+"),
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
    assert_eq!(Count::total([Some(c("~60")), None]), Some(c("~60+")));
    assert_eq!(Count::total([None, None]), None);
    // Nor does a figure known only from above take away what is known of another.
    assert_eq!(
        Count::total([Some(c("6-9")), Some(c("<=5"))]),
        Some(c("6-14"))
    );
}

#[test]
fn shares_are_rounded_all_together() {
    let total = |shares: &[(&str, f64)]| {
        let counts = shares
            .iter()
            .map(|(count, share)| ((!count.is_empty()).then(|| c(count)), *share));
        Count::total_of_shares(counts).unwrap().to_string()
    };
    assert_eq!(total(&[("1", 0.25); 10]), "3 (0-10)");
    assert_eq!(total(&[("1", 0.25), ("8", 1.0)]), "8 (8-9)");
    assert_eq!(total(&[("3", 1.0), ("8", 1.0)]), "11");
    assert_eq!(total(&[("8", 0.5), ("", 1.0)]), "0-8+");
    assert_eq!(total(&[("6-9", 0.5), ("8", 1.0)]), "8-17");
}

#[test]
fn a_share_may_be_nothing_and_is_no_more_than_the_whole() {
    for (whole, share, part) in [
        ("8", 0.25, "2 (0-8)"),
        ("6-9", 0.5, "0-9"),
        (">=8", 0.5, "0-8+"),
        ("~60", 0.5, "30 (0-60+)"),
        ("<=9", 0.5, "0-9"),
        ("8", 1.0, "8"),
    ] {
        assert_eq!(
            c(whole).shared(share).to_string(),
            part,
            "{share} of {whole}"
        );
    }
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

/// Counts of some incidents, of which some are unknown.
fn incidents() -> impl Strategy<Value = Vec<Option<Count>>> {
    prop::collection::vec(prop::option::weighted(0.8, any_count()), 1..12)
}

proptest! {
    #[test]
    fn the_total_of_parts_is_the_total_of_all(counts in incidents(), parts in prop::collection::vec(0usize..4, 12)) {
        let of_part = |part: usize| {
            let own = counts.iter().zip(&parts).filter(|(_, p)| **p == part);
            own.map(|(count, _)| *count).collect::<Vec<_>>()
        };
        // A part without incidents adds nothing; one with incidents of which nothing is known does.
        let subtotals = (0..4).map(of_part).filter(|own| !own.is_empty()).map(Count::total);
        prop_assert_eq!(Count::total(subtotals), Count::total(counts.clone()));
    }

    #[test]
    fn the_order_does_not_matter(counts in incidents(), seed in any::<u64>()) {
        let mut shuffled = counts.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(Count::total(shuffled), Count::total(counts));
    }

    #[test]
    fn a_total_keeps_within_what_was_said(counts in incidents()) {
        if let Some(total) = Count::total(counts.clone()) {
            let sum = |of: fn(&Count) -> u64| counts.iter().flatten().map(of).sum::<u64>();
            prop_assert!(total.said().0 <= sum(|c| c.said().0));
            prop_assert_eq!(total.said().1, sum(|c| c.said().1));
            let open = counts.iter().any(|c| c.is_none_or(|c| c.high().is_none()));
            prop_assert_eq!(total.high().is_none(), open);
            prop_assert_eq!(total.high().is_none_or(|h| h == sum(|c| c.said().1)), true);
        }
    }

    #[test]
    fn a_retelling_adds_nobody(claim in any_count(), others in incidents(), retold in 1usize..4) {
        let once = claim;
        let again = (0..retold).fold(claim, |told, _| told.across(claim));
        let total = |one: Count| Count::total(others.iter().copied().chain([Some(one)]));
        prop_assert_eq!(total(again), total(once));
        // A claim that says less than another does not raise the sum either, nor one that says more its low figure.
        for other in others.iter().flatten() {
            let both = claim.across(*other);
            prop_assert!(both.said().0 <= claim.said().0);
            prop_assert_eq!(both.said().1, claim.said().1.max(other.said().1));
        }
    }
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
        // Beside another claim, "about 400" is 400.
        let about = |count: Count| count.low().is_none() && count.high().is_none() && !count.is_open();
        let ends = |one: Count, other: Count| match about(one) && !about(other) {
            true => (Some(one.said().0), Some(one.said().1)),
            false => (one.low(), one.high()),
        };
        let ((al, ah), (bl, bh)) = (ends(a, b), ends(b, a));
        prop_assert_eq!(both.low(), al.and_then(|x| Some(x.min(bl?))));
        prop_assert_eq!(both.high(), ah.and_then(|x| Some(x.max(bh?))));
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
