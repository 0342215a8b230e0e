//! A day with or without an hour, as content names the opening and the closing of something.

use super::Language;
use super::day::{Day, Moment, Shown};

/// A day, and the time of day where one is named: `2026-12-18`, `2026-12-18 17:00`. Without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayTime {
    /// The day.
    pub day: Day,
    /// Minutes after midnight, 0 to 1439; `None`: the day as a whole.
    pub minutes: Option<u16>,
}

impl DayTime {
    /// The day as a whole.
    #[must_use]
    pub fn whole(day: Day) -> DayTime {
        DayTime { day, minutes: None }
    }

    /// What is written as `2026-12-18`, `2026-12-18 17:00` or `2026-12-18T17:00`; `None` for anything else, impossible days and
    /// times included.
    #[must_use]
    pub fn parse(text: &str) -> Option<DayTime> {
        let Some((day, time)) = text.split_once([' ', 'T']) else { return Some(DayTime::whole(Day::parse(text)?)) };
        let well_formed =
            time.len() == 5 && time.bytes().enumerate().all(|(at, byte)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() });
        let (hour, minute) = time.split_once(':').filter(|_| well_formed)?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(())?;
        Some(DayTime { day: Day::parse(day)?, minutes: Some(hour * 60 + minute) })
    }

    /// What clocks in a zone show at a moment; `None` for an unknown zone.
    #[must_use]
    pub fn of(moment: Moment, zone: &str) -> Option<DayTime> {
        Some(DayTime { day: Day::in_zone(moment.0, zone)?, minutes: Some(Day::minutes_in_zone(moment.0, zone)?) })
    }

    /// The first moment of it: the beginning of the day, or when clocks first show its time. `None` for an unknown zone.
    #[must_use]
    pub fn begins(self, zone: &str) -> Option<Moment> {
        let Some(minutes) = self.minutes else { return self.day.begins(zone) };
        Some(match self.day.shows(minutes, zone)? {
            Shown::Once(at) | Shown::Twice(at, _) | Shown::Never(at) => at,
        })
    }

    /// The moment at which it is over: the end of the day, or when clocks last show its time. `None` for an unknown zone.
    #[must_use]
    pub fn ends(self, zone: &str) -> Option<Moment> {
        let Some(minutes) = self.minutes else { return self.day.plus(1).begins(zone) };
        Some(match self.day.shows(minutes, zone)? {
            Shown::Once(at) | Shown::Twice(_, at) | Shown::Never(at) => at,
        })
    }

    /// Whether clocks in a zone never show it, because they are put forward over it.
    #[must_use]
    pub fn is_jumped_over(self, zone: &str) -> bool {
        self.minutes.is_some_and(|minutes| matches!(self.day.shows(minutes, zone), Some(Shown::Never(_))))
    }

    /// In words, with the weekday: `2026年12月18日（金）17:00`, `Friday 18 December 2026, 17:00`.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        let day = self.day.in_words(language);
        match (self.clock(), language) {
            (None, _) => day,
            (Some(clock), Language::Japanese) => format!("{day}{clock}"),
            (Some(clock), Language::English) => format!("{day}, {clock}"),
        }
    }

    /// The time of day, `17:00`, where there is one.
    #[must_use]
    pub fn clock(self) -> Option<String> {
        self.minutes.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60))
    }
}

impl std::fmt::Display for DayTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.day)?;
        self.clock().map_or(Ok(()), |clock| write!(out, " {clock}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_and_without_an_hour() {
        for bad in [
            "2026-12-18 24:00",
            "2026-12-18 17:60",
            "2026-12-18 7:00",
            "2026-02-30 17:00",
            "2026-12-18  17:00",
            "2026-12-18 17:00:00",
            "17:00",
        ] {
            assert_eq!(DayTime::parse(bad), None, "{bad}");
        }
        let close = DayTime::parse("2026-12-18 17:00").unwrap();
        assert_eq!(DayTime::parse("2026-12-18T17:00"), Some(close));
        assert_eq!(close.in_words(Language::Japanese), "2026年12月18日（金）17:00");
        assert_eq!(close.in_words(Language::English), "Friday 18 December 2026, 17:00");
        assert_eq!(close.to_string(), "2026-12-18 17:00");
        assert_eq!(DayTime::of(close.ends("Asia/Tokyo").unwrap(), "Asia/Tokyo"), Some(close));
        let whole = DayTime::parse("2026-12-18").unwrap();
        assert_eq!((whole.to_string().as_str(), whole.in_words(Language::Japanese).as_str()), ("2026-12-18", "2026年12月18日（金）"));
        assert_eq!(whole.ends("Asia/Tokyo").unwrap().0 - whole.begins("Asia/Tokyo").unwrap().0, 86_400);
        assert!(close < DayTime::parse("2026-12-18 17:01").unwrap());
    }

    #[test]
    fn nobody_loses_the_hour_that_comes_twice() {
        let (berlin, twice) = ("Europe/Berlin", DayTime::parse("2026-10-25 02:30").unwrap());
        assert_eq!(twice.ends(berlin).unwrap().0 - twice.begins(berlin).unwrap().0, 3_600, "opens at the first, closes at the second");
        assert!(DayTime::parse("2026-03-29 02:30").unwrap().is_jumped_over(berlin) && !twice.is_jumped_over(berlin));
        let last = DayTime::parse("2026-03-29").unwrap();
        assert_eq!(last.ends(berlin).unwrap().0 - last.begins(berlin).unwrap().0, 23 * 3_600);
    }
}
