//! Calendar days. The only user of jiff.

use super::Language;
use super::format::date;
use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

/// A calendar day of the Gregorian calendar, without a time or a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(Date);

impl Day {
    /// The day written as `2026-11-20`; `None` for anything else, impossible days included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let well_formed = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        if well_formed { text.parse().ok().map(Day) } else { None }
    }

    /// The day it is in a time zone (`Asia/Tokyo`) at a moment given in seconds since 1970-01-01 UTC; `None` for an unknown zone.
    #[must_use]
    pub fn in_zone(seconds: i64, zone: &str) -> Option<Day> {
        let zone = TimeZone::get(zone).ok()?;
        Some(Day(Timestamp::from_second(seconds).ok()?.to_zoned(zone).date()))
    }

    /// Whether there is such a time zone.
    #[must_use]
    pub fn knows_zone(zone: &str) -> bool {
        TimeZone::get(zone).is_ok()
    }

    /// The day in words, with its weekday: `2026年12月11日（金）`, `Friday 11 December 2026`.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        let weekday = usize::from(self.0.weekday().to_monday_zero_offset().unsigned_abs());
        let date = date(self.0.year(), self.0.month(), self.0.day(), language);
        match language {
            Language::Japanese => format!("{date}（{}）", ["月", "火", "水", "木", "金", "土", "日"][weekday]),
            Language::English => {
                format!("{} {date}", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday])
            }
        }
    }

    /// The day so many days later, or earlier where `days` is negative; the last or first day there is where it would lie beyond.
    #[must_use]
    pub fn plus(self, days: i64) -> Day {
        Day(self.0.saturating_add(Span::new().try_days(days).unwrap_or_default()))
    }

    /// Days since 1970-01-01, for arithmetic.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from((self.0 - Date::constant(1970, 1, 1)).get_days())
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_real_days() {
        assert!(Day::parse("2026-02-30").is_none());
        assert!(Day::parse("2026-2-3").is_none());
        let day = Day::parse("2026-12-11").unwrap();
        assert_eq!(day.in_words(Language::Japanese), "2026年12月11日（金）");
        assert_eq!(day.in_words(Language::English), "Friday 11 December 2026");
        assert_eq!(Day::in_zone(0, "Asia/Tokyo").unwrap().to_string(), "1970-01-01");
        assert_eq!(
            Day::in_zone(1_796_052_600, "Asia/Tokyo").unwrap().to_string(),
            "2026-12-01",
            "00:30 in Tokyo is still the day before in London"
        );
        assert!(Day::in_zone(0, "Asia/Atlantis").is_none());
        assert_eq!(Day::parse("1970-01-02").unwrap().number(), 1);
        assert_eq!(Day::parse("2026-02-28").unwrap().plus(1).to_string(), "2026-03-01");
        assert_eq!(Day::parse("9999-12-31").unwrap().plus(1).to_string(), "9999-12-31");
    }
}
