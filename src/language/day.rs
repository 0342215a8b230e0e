//! Calendar days, and the moments at which clocks show them. The only user of jiff.
//!
//! Zones come from the table inside the program, never from the system's: a build gives the same bytes on every machine.

use super::Language;
use super::format::date;
use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp};

/// A point in time: whole seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

impl Moment {
    /// So many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: u32) -> Moment {
        Moment(self.0.saturating_add(i64::from(minutes) * 60))
    }
}

/// The moment of a build or a request, and the day it is then in the project's zone. Made above the server, handed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Today {
    /// The day.
    pub day: Day,
    /// The moment.
    pub now: Moment,
}

impl Today {
    /// The day of a moment in a zone; `None` for an unknown zone.
    #[must_use]
    pub fn at(now: Moment, zone: &str) -> Option<Today> {
        Some(Today { day: Day::in_zone(now.0, zone)?, now })
    }
}

/// When clocks in a zone show a time of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Once, as nearly always.
    Once(Moment),
    /// Twice: that night they are put back.
    Twice(Moment, Moment),
    /// Never: that night they are put forward; the moment at which they jump over it.
    Never(Moment),
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

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

    /// The day of this year, month and date; `None` where there is no such day.
    #[must_use]
    pub fn of(year: i32, month: u32, date: u32) -> Option<Day> {
        let (year, month, date) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(date).ok()?);
        Date::new(year, month, date).ok().map(Day)
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// Its month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        u32::from(self.0.month().unsigned_abs())
    }

    /// Its day of the month.
    #[must_use]
    pub fn date(self) -> u32 {
        u32::from(self.0.day().unsigned_abs())
    }

    /// The same date so many years later; of 29 February the 28th, where a year has no 29th.
    #[must_use]
    pub fn plus_years(self, years: u32) -> Day {
        Day(self.0.saturating_add(Span::new().try_years(years).unwrap_or_default()))
    }

    /// The day it is in a time zone (`Asia/Tokyo`) at a moment given in seconds since 1970-01-01 UTC; `None` for an unknown zone.
    #[must_use]
    pub fn in_zone(seconds: i64, zone: &str) -> Option<Day> {
        let zone = self::zone(zone)?;
        Some(Day(Timestamp::from_second(seconds).ok()?.to_zoned(zone).date()))
    }

    /// Whether there is such a time zone.
    #[must_use]
    pub fn knows_zone(zone: &str) -> bool {
        self::zone(zone).is_some()
    }

    /// Minutes after midnight that clocks in a zone show at a moment; `None` for an unknown zone.
    #[must_use]
    pub fn minutes_in_zone(seconds: i64, zone: &str) -> Option<u16> {
        let shown = Timestamp::from_second(seconds).ok()?.to_zoned(self::zone(zone)?).time();
        Some(u16::from(shown.hour().unsigned_abs()) * 60 + u16::from(shown.minute().unsigned_abs()))
    }

    /// The moment at which the day begins in a zone: midnight, or what follows where clocks jump over it. `None` for an unknown zone.
    #[must_use]
    pub fn begins(self, zone: &str) -> Option<Moment> {
        self.0.to_zoned(self::zone(zone)?).ok().map(|start| Moment(start.timestamp().as_second()))
    }

    /// When clocks in a zone show so many `minutes` after midnight (0 to 1439) of this day; `None` for an unknown zone.
    #[must_use]
    pub fn shows(self, minutes: u16, zone: &str) -> Option<Shown> {
        let time = self.0.at(i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?, 0, 0);
        let found = self::zone(zone)?.to_ambiguous_timestamp(time);
        let offset = found.offset();
        let moment = |at: Result<Timestamp, jiff::Error>| Some(Moment(at.ok()?.as_second()));
        Some(match offset {
            AmbiguousOffset::Unambiguous { .. } => Shown::Once(moment(found.compatible())?),
            AmbiguousOffset::Fold { .. } => Shown::Twice(moment(found.earlier())?, moment(found.later())?),
            AmbiguousOffset::Gap { .. } => Shown::Never(moment(found.later())?),
        })
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
    fn clocks_that_are_put_forward_and_back() {
        let day = |text: &str| Day::parse(text).unwrap();
        let seconds = |text: &str, zone: &str| day(text).begins(zone).unwrap().0;
        assert_eq!(seconds("1970-01-01", "Asia/Tokyo"), -9 * 3_600);
        // Berlin loses an hour on this day, gains one on that
        assert_eq!(seconds("2026-03-30", "Europe/Berlin") - seconds("2026-03-29", "Europe/Berlin"), 23 * 3_600);
        assert_eq!(seconds("2026-10-26", "Europe/Berlin") - seconds("2026-10-25", "Europe/Berlin"), 25 * 3_600);
        assert!(matches!(day("2026-03-29").shows(150, "Europe/Berlin"), Some(Shown::Never(_))));
        let Some(Shown::Twice(first, second)) = day("2026-10-25").shows(150, "Europe/Berlin") else { panic!("02:30 comes twice") };
        assert_eq!(second.0 - first.0, 3_600);
        assert_eq!(Day::minutes_in_zone(first.0, "Europe/Berlin"), Some(150));
        assert_eq!(day("2026-12-18").shows(1_020, "Asia/Tokyo"), Some(Shown::Once(Moment(1_797_580_800))));
        assert_eq!(day("2026-12-18").shows(1_020, "Asia/Atlantis"), None);
        // Midnight does not exist there on that day: it begins at one
        assert_eq!(Day::minutes_in_zone(day("2018-11-04").begins("America/Sao_Paulo").unwrap().0, "America/Sao_Paulo"), Some(60));
    }

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
        let leap = Day::of(2024, 2, 29).unwrap();
        assert_eq!([1, 4].map(|years| leap.plus_years(years).to_string()), ["2025-02-28", "2028-02-29"]);
        assert!(Day::of(2026, 2, 30).is_none() && Day::of(2026, 13, 1).is_none() && Day::of(99_999, 1, 1).is_none());
    }
}
