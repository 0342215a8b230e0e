//! Fiscal years: twelve months from any month on, called by the year in which they begin.

use super::Language;
use super::day::Day;
use super::format::date;

/// A fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FiscalYear {
    /// The calendar year in which it begins.
    pub year: i32,
    /// The month with which it begins, 1 to 12.
    pub starts: u32,
}

impl FiscalYear {
    /// The fiscal year in which a day lies.
    #[must_use]
    pub fn of(day: Day, starts: u32) -> FiscalYear {
        FiscalYear { year: if day.month() < starts { day.year() - 1 } else { day.year() }, starts }
    }

    /// Its months in order, each with its calendar year.
    #[must_use]
    pub fn months(self) -> Vec<(i32, u32)> {
        (0..12).map(|at| self.starts + at).map(|month| (self.year + i32::from(month > 12), (month - 1) % 12 + 1)).collect()
    }

    /// The first day of one of its months.
    #[must_use]
    pub fn first_of(self, month: u32) -> Day {
        let year = if month < self.starts { self.year + 1 } else { self.year };
        Day::of(year, month, 1).unwrap_or_default()
    }

    /// The last day of one of its months.
    #[must_use]
    pub fn last_of(self, month: u32) -> Day {
        let next = self.first_of(month);
        let (year, month) = if month == 12 { (next.year() + 1, 1) } else { (next.year(), month + 1) };
        Day::of(year, month, 1).unwrap_or_default().plus(-1)
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Day {
        self.first_of(self.starts)
    }

    /// The fiscal year after it.
    #[must_use]
    pub fn next(self) -> FiscalYear {
        FiscalYear { year: self.year + 1, ..self }
    }

    /// The place of a month among its months, 0 to 11.
    #[must_use]
    pub fn place_of(self, month: u32) -> u32 {
        (month + 12 - self.starts) % 12
    }

    /// What it is called: `2027年度`, `fiscal 2027`; the plain year where it begins in January.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        let year = self.year;
        match (language, self.starts) {
            (Language::Japanese, 1) => format!("{year}年"),
            (Language::Japanese, _) => format!("{year}年度"),
            (Language::English, 1) => year.to_string(),
            (Language::English, _) => format!("fiscal {year}"),
        }
    }
}

/// A month in words: `6月`, `June`.
#[must_use]
pub fn month_in_words(month: u32, language: Language) -> String {
    match language {
        Language::Japanese => format!("{month}月"),
        Language::English => {
            let words = date(2001, i8::try_from(month).unwrap_or(1), 1, Language::English);
            words.split(' ').nth(1).unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_begin_in_any_month() {
        let day = |text: &str| Day::parse(text).unwrap();
        for (text, starts, year) in
            [("2027-03-31", 4, 2026), ("2027-04-01", 4, 2027), ("2027-01-01", 1, 2027), ("2027-11-30", 12, 2026), ("2024-02-29", 3, 2023)]
        {
            assert_eq!(FiscalYear::of(day(text), starts).year, year, "{text} {starts}");
        }
        let year = FiscalYear { year: 2027, starts: 4 };
        assert_eq!(year.months()[8..10], [(2027, 12), (2028, 1)]);
        assert_eq!([4, 12, 2].map(|month| year.last_of(month).to_string()), ["2027-04-30", "2027-12-31", "2028-02-29"]);
        assert_eq!((year.place_of(4), year.place_of(3)), (0, 11));
        assert_eq!(FiscalYear { year: 2027, starts: 1 }.months()[11], (2027, 12));
        assert_eq!((month_in_words(6, Language::Japanese), month_in_words(12, Language::English)), ("6月".into(), "December".into()));
        for starts in 1..=12 {
            for (at, (_, month)) in (FiscalYear { year: 2027, starts }).months().into_iter().enumerate() {
                let year = FiscalYear { year: 2027, starts };
                assert_eq!(FiscalYear::of(year.first_of(month), starts), year);
                assert_eq!(FiscalYear::of(year.last_of(month), starts), year);
                assert_eq!(year.place_of(month) as usize, at);
            }
        }
    }
}
