//! What is done with a record whose date is wider than the period: "some day of December" on a map of Christmas week.
//!
//! Nobody knows whether it belongs there. It may be shown in full and marked, count for the part of its days that the
//! period holds (each day is taken for as likely as any other), or be left out.

use std::str::FromStr;

use super::{Period, When};

/// How records count whose dates may lie outside of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateRule {
    /// In full, marked as uncertain.
    #[default]
    Any,
    /// By the part of their days that lies within the period.
    Share,
    /// Not at all: only what certainly lies within the period is shown.
    Certain,
}

impl DateRule {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Share => "share",
            Self::Certain => "certain",
        }
    }

    /// How much of a record counts that may lie in the period, above 0 and up to 1; `None` if it is left out.
    ///
    /// "About" and "probably" do not say how far off the truth may be, so that they do not make the share less.
    pub fn weight(self, period: Option<Period>, when: &When) -> Option<f64> {
        let Some(period) = period else {
            // All that the tables hold is shown: no date lies outside.
            return Some(1.0);
        };
        match self {
            Self::Any => Some(1.0),
            Self::Share => Some(period.share(when)),
            Self::Certain => period.surely_contains(when).then_some(1.0),
        }
    }
}

impl FromStr for DateRule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "any" => Ok(Self::Any),
            "share" => Ok(Self::Share),
            "certain" => Ok(Self::Certain),
            _ => Err(format!(
                "\"{text}\" does not say what to do with uncertain dates: write any (count in full, marked), \
                 share (by the part of their days in the period) or certain (leave out)"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn when(text: &str) -> When {
        text.parse().unwrap()
    }

    #[test]
    fn each_rule_does_what_it_says() {
        let december: Period = "2019-12".parse().unwrap();
        let week: Period = "2019-12-25/2019-12-31".parse().unwrap();
        use DateRule::*;
        for (rule, period, date, weight) in [
            (Any, week, "2019-12", Some(1.0)),
            (Share, week, "2019-12", Some(7.0 / 31.0)),
            (Certain, week, "2019-12", None),
            // A month is whole in itself.
            (Share, december, "2019-12", Some(1.0)),
            (Certain, december, "2019-12", Some(1.0)),
            (Share, december, "2019-12-30/2020-01-02", Some(0.5)),
            // Doubts have no width, but are none the less doubts.
            (Share, december, "2019-12-24?", Some(1.0)),
            (Certain, december, "2019-12-24?", None),
            (Certain, december, "2019-12~", None),
            (Certain, december, "2019-12-04~", None),
            // Far from the ends they make no difference.
            (Certain, december, "2019-12-14~", Some(1.0)),
            (Certain, "2018/2020".parse().unwrap(), "2019-12~", Some(1.0)),
        ] {
            let got = rule.weight(Some(period), &when(date));
            assert_eq!(got, weight, "{rule:?} {period} {date}");
        }
        assert_eq!(Certain.weight(None, &when("2019~")), Some(1.0));
        assert!("some".parse::<DateRule>().is_err());
        for rule in [Any, Share, Certain] {
            assert_eq!(rule.name().parse(), Ok(rule));
        }
    }

    proptest! {
        #[test]
        fn the_shares_of_windows_side_by_side_are_the_whole(
            start in 0i64..4000, long in 1i64..400, cuts in prop::collection::vec(0i64..4400, 0..6),
        ) {
            let day = |n: i64| jiff::civil::date(2015, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap();
            let date = When::days(day(start), day(start + long - 1));
            let mut cuts = cuts;
            cuts.extend([0, 4400]);
            cuts.sort_unstable();
            cuts.dedup();
            let windows = cuts.windows(2).map(|w| Period::new(day(w[0]), day(w[1] - 1)));
            let sum: f64 = windows.map(|window| window.share(&date)).sum();
            prop_assert!((sum - 1.0).abs() < 1e-12, "{}", sum);
        }
    }
}
