//! `due`: which months of a fiscal year are asked for.

use crate::catalog::Cohorts;
use crate::language::{Day, FiscalYear, Language, Period, Words, month_in_words};

/// What of a fiscal year is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A quarter, by its number.
    Quarter(u32),
    /// The quarter of the day.
    ThisQuarter,
    /// The one after it.
    NextQuarter,
    /// From one month until another.
    Months((i32, u32), (i32, u32)),
}

impl Part {
    /// Which months these are of a fiscal year, that of the day where none is named; or why there are none.
    pub(super) fn period(self, cohorts: &Cohorts, year: Option<i32>, today: Day) -> Result<Period, Words> {
        let (named, starts) = (year.is_some(), cohorts.starts);
        let year = year.map_or(FiscalYear::of(today, starts), |year| cohorts.year(year));
        match self {
            Part::Whole => Ok(Period::whole(year)),
            Part::ThisQuarter | Part::NextQuarter if named => Err(Words::new(
                "--quarter this と next は今日から決まります。--year を書くときは、1〜4 の番号にしてください。",
                "--quarter this and next depend on today; with --year, name a quarter by its number, 1 to 4.",
            )),
            Part::ThisQuarter => Ok(Period::quarter_of(today, starts)),
            Part::NextQuarter => Ok(Period::quarter_after(today, starts)),
            Part::Quarter(number) => Ok(Period::quarter(year, number).unwrap_or(Period::whole(year))),
            Part::Months(from, until) => Period::months(from, until, starts).ok_or_else(|| {
                Words::new(
                    format!("--from と --until は、{starts}月に始まる一つの年度の中で、前の月から順に書いてください。"),
                    format!(
                        "--from and --until must lie in one fiscal year, which begins in {}, the earlier month first.",
                        month_in_words(starts, Language::English)
                    ),
                )
            }),
        }
    }
}
