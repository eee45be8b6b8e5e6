//! When what a mention tells of was.

use jiff::ToSpan;

use super::super::clauses::Mention;
use super::super::dates::Time;
use super::{Context, Story};
use crate::record::When;

impl<'l> Story<'l> {
    /// The time that a mention gives, or that follows from the clause before.
    pub(super) fn when_of(
        &self,
        mention: &Mention<'l>,
        context: &Context,
        main: Option<When>,
    ) -> Option<When> {
        let from_main = |days: i64| {
            let main = main?;
            let day = main.start().checked_sub(days.days()).ok()?;
            Some(When::days(day, day))
        };
        let fixed = |time: &&Time| matches!(time, Time::At(when) if when.is_exact_day());
        let overnight = mention.times.first().is_some_and(
            |time| matches!(time, Time::At(when) if (when.end() - when.start()).get_days() == 1),
        );
        // "last week …; the date was given as 5 June"
        if let Some(Time::At(wide)) = mention.times.first()
            && (wide.end() - wide.start()).get_days() > 3
            && let Some(Time::At(day)) = mention.times.iter().find(fixed)
            && wide.start() <= day.start()
            && day.end() <= wide.end()
        {
            return Some(*day);
        }
        // "overnight … Saturday"
        let times = mention
            .times
            .iter()
            .filter(fixed)
            .take(usize::from(overnight));
        for time in times.chain(&mention.times) {
            match time {
                Time::At(when) | Time::Since(when) => return Some(*when),
                Time::Relative(days) => {
                    // Of what this paragraph tells, else of the news.
                    let here = self.when.filter(|_| self.when_block == context.block);
                    // "On the same day, in X": that of the line before, not that of the bulletin.
                    let dated = context
                        .heading
                        .1
                        .filter(|when| *when != When::day(context.today));
                    let same = self.when.filter(|_| *days == 0 && dated.is_none());
                    // "Police announced on Wednesday the arrest of 11 men that morning."
                    let stated = context.stated.filter(|_| *days == 0);
                    let base = main
                        .or(stated)
                        .or(here)
                        .or(same)
                        .or(context.heading.1)
                        .or(self.when.filter(|_| !context.bullet))
                        .unwrap_or(When::day(context.today));
                    let day = base.start().checked_add(days.days()).ok()?;
                    return Some(When::days(day, day));
                }
                Time::Following(_) | Time::AsOf(_) | Time::Old | Time::Future => {}
            }
        }
        if let Some(days) = mention.after.strip_prefix("back")
            && let Ok(days) = days.parse()
        {
            return from_main(days);
        }
        match mention.after {
            "hours" => {
                let main = main?;
                Some(When::days(
                    main.start().checked_sub(1.days()).ok()?,
                    main.start(),
                ))
            }
            "day" => from_main(1),
            "later" | "meantime" => main,
            "month" | "after" | "days" if main.is_some() && !mention.definite => {
                let day = main?.start();
                format!("{:04}-{:02}~", day.year(), day.month())
                    .parse()
                    .ok()
            }
            _ => None,
        }
    }

    /// The time that the story is at: of the last incident told.
    pub(super) fn story_time(&self) -> Option<When> {
        let last = self
            .told
            .iter()
            .rev()
            .find(|told| told.when.is_some() && !told.link)?;
        last.when
    }
}

/// Whether two times may be one.
pub(super) fn same_time(a: Option<When>, b: Option<When>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            // "On Monday it was said that …" is of about that day.
            let slack = i32::from(a.is_approximate() != b.is_approximate()) * 2;
            let gap = (a.start() - b.end())
                .get_days()
                .max((b.start() - a.end()).get_days());
            gap <= slack.max(0)
        }
        _ => true,
    }
}
