//! What is looked at of a fiscal year: all of it, one of its quarters, or some months that follow each other.

use super::Language;
use super::day::Day;
use super::fiscal_year::{FiscalYear, month_in_words};

/// Months in a quarter.
const QUARTER: u32 = 3;

/// A fiscal year, or some of its months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The fiscal year.
    pub year: FiscalYear,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// 1 to 4.
    Quarter(u32),
    /// From one month until another, by their numbers.
    Months(u32, u32),
}

impl Period {
    /// All of it.
    #[must_use]
    pub fn whole(year: FiscalYear) -> Period {
        Period { year, part: Part::Whole }
    }

    /// One of its quarters, counted from the month with which it begins; `None` where the number is not 1 to 4.
    #[must_use]
    pub fn quarter(year: FiscalYear, number: u32) -> Option<Period> {
        (1..=4).contains(&number).then_some(Period { year, part: Part::Quarter(number) })
    }

    /// The quarter in which a day lies.
    #[must_use]
    pub fn quarter_of(day: Day, starts: u32) -> Period {
        let year = FiscalYear::of(day, starts);
        Period { year, part: Part::Quarter(year.place_of(day.month()) / QUARTER + 1) }
    }

    /// The quarter after the one in which a day lies.
    #[must_use]
    pub fn quarter_after(day: Day, starts: u32) -> Period {
        let own = Period::quarter_of(day, starts);
        Period::quarter_of(own.until().plus(1), starts)
    }

    /// From one month until another, each with its calendar year; `None` where they do not follow each other within one fiscal year.
    #[must_use]
    pub fn months(from: (i32, u32), until: (i32, u32), starts: u32) -> Option<Period> {
        let first = |(year, month): (i32, u32)| Day::of(year, month, 1);
        let year = FiscalYear::of(first(from)?, starts);
        (from <= until && FiscalYear::of(first(until)?, starts) == year).then_some(Period { year, part: Part::Months(from.1, until.1) })
    }

    /// Whether it is the whole year.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.part == Part::Whole
    }

    /// Which quarter it was asked for as.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self.part {
            Part::Quarter(number) => Some(number),
            Part::Whole | Part::Months(..) => None,
        }
    }

    /// Its first day.
    #[must_use]
    pub fn from(self) -> Day {
        self.year.first_of(self.ends().0)
    }

    /// Its last day.
    #[must_use]
    pub fn until(self) -> Day {
        self.year.last_of(self.ends().1)
    }

    /// Whether what lasts from one day until another is on at any time of it. Of a whole year that is said of everything in it, a survey
    /// that began before it, too.
    #[must_use]
    pub fn meets(self, from: Day, until: Day) -> bool {
        self.is_whole() || (from <= self.until() && until >= self.from())
    }

    /// `2027年度`, `2027年度の第3四半期（2027年10月から12月まで）`, `2027年11月から2028年1月まで`; always with its months where it is no whole year.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        let year = self.year.in_words(language);
        match (self.part, language) {
            (Part::Whole, _) => year,
            (Part::Quarter(number), Language::Japanese) => format!("{year}の第{number}四半期（{}）", self.months_in_words(language)),
            (Part::Quarter(number), Language::English) => format!("quarter {number} of {year} ({})", self.months_in_words(language)),
            (Part::Months(..), _) => self.months_in_words(language),
        }
    }

    /// Its months, each year named once: `2027年10月から12月まで`, `October to December 2027`.
    #[must_use]
    pub fn months_in_words(self, language: Language) -> String {
        let (from, until) = (self.from(), self.until());
        let [first, last] = [from, until].map(|day| month_in_words(day.month(), language));
        let (one, other) = (from.year(), until.year());
        match language {
            Language::Japanese if first == last => format!("{one}年{first}"),
            Language::Japanese if one == other => format!("{one}年{first}から{last}まで"),
            Language::Japanese => format!("{one}年{first}から{other}年{last}まで"),
            Language::English if first == last => format!("{first} {one}"),
            Language::English if one == other => format!("{first} to {last} {one}"),
            Language::English => format!("{first} {one} to {last} {other}"),
        }
    }

    /// The numbers of its first and its last month.
    fn ends(self) -> (u32, u32) {
        let month = |place: u32| (self.year.starts - 1 + place) % 12 + 1;
        match self.part {
            Part::Whole => (month(0), month(11)),
            Part::Quarter(number) => (month((number - 1) * QUARTER), month(number * QUARTER - 1)),
            Part::Months(from, until) => (from, until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_counted_from_the_month_with_which_the_year_begins() {
        let day = |text: &str| Day::parse(text).unwrap();
        for (text, starts, year, number, from, until) in [
            ("2027-04-01", 4, 2027, 1, "2027-04-01", "2027-06-30"),
            ("2027-12-31", 4, 2027, 3, "2027-10-01", "2027-12-31"),
            ("2028-01-01", 4, 2027, 4, "2028-01-01", "2028-03-31"),
            ("2028-02-29", 1, 2028, 1, "2028-01-01", "2028-03-31"),
            ("2027-01-15", 12, 2026, 1, "2026-12-01", "2027-02-28"),
            ("2027-11-30", 12, 2026, 4, "2027-09-01", "2027-11-30"),
        ] {
            let own = Period::quarter_of(day(text), starts);
            assert_eq!((own.year.year, own.number(), own.from(), own.until()), (year, Some(number), day(from), day(until)), "{text}");
            assert_eq!(Period::quarter(own.year, number), Some(own));
            assert_eq!(Period::quarter_after(day(text), starts).from(), own.until().plus(1), "{text}");
        }
        let year = FiscalYear { year: 2027, starts: 4 };
        assert!(Period::quarter(year, 0).is_none() && Period::quarter(year, 5).is_none());
        let third = Period::quarter(year, 3).unwrap();
        assert_eq!(third.in_words(Language::Japanese), "2027年度の第3四半期（2027年10月から12月まで）");
        assert_eq!(third.in_words(Language::English), "quarter 3 of fiscal 2027 (October to December 2027)");
        let across = Period::quarter(FiscalYear { year: 2027, starts: 12 }, 1).unwrap();
        assert_eq!(across.months_in_words(Language::Japanese), "2027年12月から2028年2月まで");
        assert_eq!(across.in_words(Language::English), "quarter 1 of fiscal 2027 (December 2027 to February 2028)");
        assert_eq!(Period::whole(year).in_words(Language::English), "fiscal 2027");
    }

    #[test]
    fn months_follow_each_other_within_one_year() {
        let own = Period::months((2027, 11), (2028, 1), 4).unwrap();
        assert_eq!((own.from().to_string(), own.until().to_string()), ("2027-11-01".into(), "2028-01-31".into()));
        assert_eq!(own.in_words(Language::Japanese), "2027年11月から2028年1月まで");
        assert_eq!(Period::months((2028, 2), (2028, 2), 4).unwrap().in_words(Language::English), "February 2028");
        for (from, until, starts) in
            [((2027, 11), (2027, 10), 4), ((2028, 3), (2028, 4), 4), ((2027, 12), (2028, 1), 1), ((2027, 13), (2027, 13), 4)]
        {
            assert!(Period::months(from, until, starts).is_none(), "{from:?} {until:?}");
        }
        // What is on at any time of it: the first and the last day count
        let day = |text: &str| Day::parse(text).unwrap();
        for (from, until, on) in [
            ("2027-10-01", "2027-10-31", false),
            ("2027-10-01", "2027-11-01", true),
            ("2028-01-31", "2028-02-10", true),
            ("2028-02-01", "2028-02-29", false),
            ("2027-09-01", "2028-03-31", true),
        ] {
            assert_eq!(own.meets(day(from), day(until)), on, "{from}");
        }
    }
}
