//! What a run says of itself on stderr: what is on the maps, and what is not.

use std::fmt::Write;
use std::path::Path;

use itertools::Itertools;

use dateline::layer::{Layer, Reason, Summary};
use dateline::pipeline::Built;
use dateline::record::{DateRule, counted};
use dateline::write::OutputFiles;

/// What was drawn and what was not, and where it is written.
pub fn text(built: &Built, out: &Path, files: &OutputFiles) -> String {
    let left_out = out.join("left-out.csv");
    let see = if built.left_out.is_empty() {
        String::new()
    } else {
        format!(", see {}", left_out.display())
    };
    format!(
        "{}  wrote         {} to {}{see}\n",
        counts(built),
        counted(files.len(), "file"),
        out.display()
    )
}

/// How many clusters there are, and what is wrong with them.
fn clusters(built: &Built) -> String {
    let Layer { features, style } = &built.layers.clusters;
    let mut text = features.len().to_string();
    // Writing to a string does not fail.
    if style.undated > 0 {
        let undated = counted(style.undated, "incident");
        write!(text, "; {undated} with dates too vague for them").unwrap_or_default();
    }
    let chained = features.iter().filter(|one| one.attributes.chained);
    let widths = chained.map(|one| one.attributes.width_km);
    let (n, widest) = widths.fold((0, 0.0), |(n, km), width| (n + 1, width.max(km)));
    if n > 0 {
        let days = match style.rule.days {
            None => ", a number of days (--cluster-days)",
            Some(_) => "",
        };
        write!(
            text,
            "; {n} chain as far as {widest:.0} km, which says little: try a smaller distance (--cluster-km){days} or a shorter period"
        )
        .unwrap_or_default();
    }
    text
}

/// What was done with uncertain dates.
fn dates(summary: &Summary) -> String {
    match summary.dates {
        DateRule::Any if summary.incidents_date_uncertain > 0 => ", counted in full".to_owned(),
        DateRule::Any => String::new(),
        DateRule::Share => format!(
            "; {} counted by the part of their days in the period, all together as {}",
            summary.incidents_date_shared, summary.incidents_counted
        ),
        DateRule::Certain => format!(
            "; {} left out for their dates",
            summary.incidents_date_left_out
        ),
    }
}

/// What is on the maps and what is not, a few lines.
pub fn counts(built: &Built) -> String {
    let summary = &built.layers.summary;
    let mut text = String::new();
    // Writing to a string does not fail.
    let mut line = |words: String| writeln!(text, "{words}").unwrap_or_default();
    let period = built
        .spec
        .period
        .map_or_else(String::new, |period| format!(", {}", period.label()));
    line(format!("{}{period}", built.spec.area_name));
    if built.has_incidents {
        line(format!(
            "  incidents     {} of {} drawn: {} as points, {} as areas or rings; {} with an uncertain date{}",
            summary.incidents_drawn,
            summary.incidents_read,
            summary.incidents_exact,
            summary.incidents_vague,
            summary.incidents_date_uncertain,
            dates(summary)
        ));
        line(format!("  clusters      {}", clusters(built)));
    }
    if summary.coarsened() > 0 {
        line(format!(
            "  moved         {} to {}, for the safety of people there",
            counted(summary.coarsened(), "record"),
            summary.coarsen
        ));
    }
    if built.has_displacement {
        let open = match summary.displacement_one_end {
            0 => String::new(),
            n => format!(" and {n} with one unknown end"),
        };
        line(format!(
            "  displacement  {} of {} drawn: {} as {}{open}",
            summary.displacement_drawn,
            summary.displacement_read,
            summary.displacement_drawn - summary.displacement_one_end,
            counted(built.layers.flows.features.len(), "flow")
        ));
    }
    let outside = summary.incidents_outside_period + summary.displacement_outside_period;
    if outside > 0 {
        line(format!("  not shown     {outside} outside of the period"));
    }
    let reasons = built.left_out.counts().into_iter();
    let reasons = reasons
        .filter(|(reason, _)| *reason != Reason::OutsidePeriod)
        .map(|(reason, n)| format!("{n} {}", reason.as_str()))
        .join(", ");
    if !reasons.is_empty() {
        line(format!("  left out      {reasons}"));
    }
    text
}
