//! `--ranges`: a table of periods.

use std::path::Path;

use dateline::pipeline::Range;
use dateline::record::Period;

use super::Error;

/// The columns that a table of periods has.
const COLUMNS: &str = "give start and end (YYYY-MM-DD), or period (2020-03, 2020-03-01/2020-03-15), and if you like name";

/// Reads a table of periods.
///
/// # Errors
/// Everything that is wrong with it, by row.
pub fn read(path: &Path) -> Result<Vec<Range>, Error> {
    let file = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::Settings(vec![format!("{file}: cannot be read: {error}")]))?;
    parse(&text).map_err(|problems| {
        let problems = problems.into_iter();
        Error::Settings(problems.map(|one| format!("{file}: {one}")).collect())
    })
}

fn parse(text: &str) -> Result<Vec<Range>, Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = table.headers().map_err(|error| vec![error.to_string()])?;
    let column = |name: &str| header.iter().position(|one| one.eq_ignore_ascii_case(name));
    let (start, end) = (column("start"), column("end"));
    let (period, name) = (column("period"), column("name"));
    if period.is_none() && (start.is_none() || end.is_none()) {
        return Err(vec![format!("has no column for periods: {COLUMNS}")]);
    }
    let mut ranges: Vec<Range> = Vec::new();
    let mut problems = Vec::new();
    for record in table.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.push(error.to_string());
                break;
            }
        };
        let row = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let read = match period {
            Some(_) => cell(period)
                .parse::<Period>()
                .map_err(|error| format!("\"{}\" {error}", cell(period))),
            None => between(cell(start), cell(end)),
        };
        match read {
            Ok(period) if ranges.iter().any(|range| range.period == period) => {
                problems.push(format!("row {row}: {} is given twice", period.label()));
            }
            Ok(period) => ranges.push(Range {
                period,
                name: Some(cell(name).to_owned()).filter(|name| !name.is_empty()),
            }),
            Err(problem) => problems.push(format!("row {row}: {problem}")),
        }
    }
    if ranges.is_empty() && problems.is_empty() {
        problems.push(format!("has no row: {COLUMNS}"));
    }
    if problems.is_empty() {
        Ok(ranges)
    } else {
        Err(problems)
    }
}

/// From a first to a last day, both included.
fn between(start: &str, end: &str) -> Result<Period, String> {
    let date = |column: &str, text: &str| {
        text.parse::<jiff::civil::Date>()
            .map_err(|_| format!("{column} \"{text}\" is no date: write YYYY-MM-DD"))
    };
    let (first, last) = (date("start", start)?, date("end", end)?);
    if last < first {
        return Err(format!("ends on {last}, before it starts on {first}"));
    }
    Ok(Period::new(first, last))
}
