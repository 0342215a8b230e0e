//! Counts of two questions, or of one question in several groups.

use super::chance::chi_square_above;
use super::reason::{Estimate, Reason, enough, total};
use super::share::{Share, share};
use super::sums::sum;

/// Whether the rows of a table of counts differ in how they fall on its columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquare {
    /// People in the table.
    pub n: u64,
    /// Pearson's chi-square, without Yates' correction.
    pub statistic: f64,
    /// (rows − 1) × (columns − 1), of those with people.
    pub freedom: u64,
    /// The probability of a statistic as large by chance.
    pub p: f64,
    /// Cramér's V: 0 (no relation) to 1.
    pub v: f64,
    /// The smallest expected count. Below 5 the probability is rough, below 1 it is not to be read.
    pub smallest_expected: f64,
    /// How many cells expect fewer than 5.
    pub few: u64,
    /// How many cells there are.
    pub cells: u64,
}

/// Pearson's chi-square of a table of counts with Cramér's V. Rows and columns without anybody tell nothing and are left out: an
/// expected count of zero never occurs.
///
/// Pearson, K. (1900), Philosophical Magazine 50; Cramér, H. (1946), «Mathematical methods of statistics», chapter 21.
///
/// # Errors
/// Where rows differ in length, nobody is counted, or all are in one row or one column.
pub fn chi_square(table: &[Vec<u64>]) -> Estimate<ChiSquare> {
    let width = table.first().map_or(0, Vec::len);
    if table.iter().any(|row| row.len() != width) {
        return Err(Reason::LengthsDiffer);
    }
    let n = total(table.iter().flatten())?;
    let rows: Vec<(&Vec<u64>, u64)> = table.iter().map(|row| (row, row.iter().sum())).filter(|(_, sum)| *sum > 0).collect();
    let columns: Vec<(usize, u64)> =
        (0..width).map(|column| (column, table.iter().map(|row| row[column]).sum())).filter(|(_, sum)| *sum > 0).collect();
    enough(n, 1)?;
    if rows.len() < 2 || columns.len() < 2 {
        return Err(Reason::OneCategory);
    }
    let people = n as f64;
    let cells: Vec<(f64, f64)> = rows
        .iter()
        .flat_map(|(row, total)| columns.iter().map(move |(column, sum)| (row[*column] as f64, *total as f64 * (*sum as f64 / people))))
        .collect();
    let statistic = sum(cells.iter().map(|(found, expected)| (found - expected) * (found - expected) / expected));
    let freedom = ((rows.len() - 1) * (columns.len() - 1)) as u64;
    let shorter = rows.len().min(columns.len()) as f64 - 1.0;
    Ok(ChiSquare {
        n,
        statistic,
        freedom,
        p: chi_square_above(statistic, freedom as f64),
        v: (statistic / (people * shorter)).sqrt().min(1.0),
        smallest_expected: cells.iter().map(|(_, expected)| *expected).fold(f64::INFINITY, f64::min),
        few: cells.iter().filter(|(_, expected)| *expected < 5.0).count() as u64,
        cells: cells.len() as u64,
    })
}

/// How many of those invited answered, by segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Of everybody.
    pub whole: Share,
    /// Of each segment; nothing where nobody was invited.
    pub segments: Vec<Option<Share>>,
    /// Whether the rates differ more than by chance; the reason why that cannot be told.
    pub differ: Estimate<ChiSquare>,
}

/// Response rates by segment, each (answered, invited), with chi-square of whether they differ.
///
/// A rate of answering is of those invited, and its interval takes them for a sample of people like them; read it beside the
/// sentence on what intervals do not cover.
///
/// # Errors
/// Where nobody was invited, or more answered than were.
pub fn response(segments: &[(u64, u64)]) -> Estimate<Response> {
    if segments.iter().any(|(answered, invited)| answered > invited) {
        return Err(Reason::OutOfRange);
    }
    let whole = share(total(segments.iter().map(|(answered, _)| answered))?, total(segments.iter().map(|(_, invited)| invited))?)?;
    let table: Vec<Vec<u64>> = segments.iter().map(|(answered, invited)| vec![*answered, invited - answered]).collect();
    let segments = segments.iter().map(|(answered, invited)| share(*answered, *invited).ok()).collect();
    Ok(Response { whole, segments, differ: chi_square(&table) })
}
