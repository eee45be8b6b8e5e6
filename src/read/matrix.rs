//! An origin–destination matrix → displacement: origins in the first column, destinations in the header, people in the
//! cells. Totals are checked and left out.

use crate::record::{Count, Displacement, Text, When};

use super::cells::Memory;
use super::columns::{Field, Format};
use super::displacement::known;
use super::header::{Header, fold};
use super::problem::Problems;
use super::sheet::Sheet;
use super::{Outside, ReadOptions, Table};

/// Whether the header could be a matrix's: no column of the native table but perhaps the first, "From".
pub(super) fn is_header(header: &Header) -> bool {
    let native = [
        Field::Date,
        Field::DateStart,
        Field::Destination,
        Field::People,
        Field::PeopleLow,
        Field::PeopleHigh,
    ];
    let destinations = header.extra.iter().filter(|&&i| i > 0).count();
    !native.iter().any(|&field| header.has(field))
        && destinations + 1 == header.names.len()
        && (destinations > 2 || header.column(Field::Origin) == Some(0) && destinations > 0)
}

fn is_total(name: &str) -> bool {
    ["total", "grand_total", "sum"].contains(&fold(name).as_str())
}

/// Reads a matrix. `None` if there is any problem.
pub(super) fn read(
    file: &str,
    sheet: &Sheet,
    header: Header,
    options: &ReadOptions,
    problems: &mut Problems,
) -> Option<Table<Displacement>> {
    let mut table = Table {
        records: Vec::new(),
        rows: 0,
        outside: Vec::new(),
        format: Format::Matrix,
        sheet: sheet.name(),
    };
    let Some(when) = options.matrix_when.or(options.period.map(When::from)) else {
        problems.row(
            header.row,
            "is the header of an origin–destination matrix, which does not say when: give its date as the period, e.g. 2017-03",
        );
        return None;
    };
    let file: Text = file.into();
    let mut memory = Memory::default();
    let label = |column: usize| header.labels.get(column).map_or("", |label| &**label);
    let mut column_sums = vec![0u64; header.names.len()];
    sheet.rows(&header, problems, |row, problems| {
        let name = row.column(0);
        if !is_total(name) {
            table.rows += 1;
        }
        let mut row_sum = 0u64;
        for (column, destination) in header.names.iter().enumerate().skip(1) {
            let cell = row.column(column);
            let people = match people(cell) {
                Ok(people) => people,
                Err(message) => {
                    problems.cell(row.number, label(column), cell, message);
                    continue;
                }
            };
            let expected = match (is_total(name), is_total(destination)) {
                (true, _) => column_sums[column],
                (false, true) => row_sum,
                (false, false) => {
                    row_sum = row_sum.saturating_add(people);
                    column_sums[column] = column_sums[column].saturating_add(people);
                    if people > 0 {
                        let mut record = Displacement::new(row.number, when, Count::exactly(people));
                        record.file = Some(file.clone());
                        record.matrix = true;
                        record.origin = known(name, &mut memory);
                        record.destinations = known(destination, &mut memory).into_iter().collect();
                        table.records.push(record);
                    }
                    continue;
                }
            };
            if is_total(destination) && !is_total(name) {
                column_sums[column] = column_sums[column].saturating_add(row_sum);
            }
            if !cell.is_empty() && people != expected {
                problems.cell(
                    row.number,
                    label(column),
                    cell,
                    format_args!("is not the sum of the cells, {expected}: correct it, or leave the totals out"),
                );
            }
        }
    });
    header.needs_rows(table.rows, problems);
    if options.period.is_some_and(|period| !period.overlaps(&when)) {
        table.outside = table.records.drain(..).map(Outside::from).collect();
    }
    problems.is_empty().then_some(table)
}

/// People in a cell; here a point, a comma, a space or an apostrophe before three digits separates thousands, and an
/// empty cell is nobody.
fn people(cell: &str) -> Result<u64, &'static str> {
    if cell.is_empty() || cell == "-" {
        return Ok(0);
    }
    let wrong = "is not a number of people: write e.g. 1522 or 1.522";
    // A table program writes 12 as 12.0 or 12,00.
    let whole = ["0", "00"].iter().find_map(|zeros| {
        let whole = cell.strip_suffix(zeros)?.strip_suffix(['.', ','])?;
        (!whole.is_empty()).then_some(whole)
    });
    let digits = whole.unwrap_or(cell).replace(['.', '\'', '’'], ",");
    let count: Count = digits.parse().map_err(|_| wrong)?;
    count.best().filter(|_| count.is_exact()).ok_or(wrong)
}
