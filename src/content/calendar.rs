//! Dates for a calendar: iCalendar (RFC 5545), as every calendar program opens it. Moments are written in UTC, lines are folded at 75
//! bytes, and nothing in it can begin a line of its own.

use crate::language::{Day, Moment};
use std::fmt::Write as _;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from every other one.
    pub id: String,
    /// When it begins.
    pub from: Moment,
    /// When it ends.
    pub until: Moment,
    /// What it is called.
    pub title: String,
    /// It is not settled yet.
    pub tentative: bool,
}

/// A calendar of these entries, made at a moment.
#[must_use]
pub fn calendar(entries: &[Entry], made: Moment) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//shirube//talks//JA");
    line("METHOD:PUBLISH");
    for entry in entries {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@shirube", escaped(&entry.id)));
        line(&format!("DTSTAMP:{}", utc(made)));
        line(&format!("DTSTART:{}", utc(entry.from)));
        line(&format!("DTEND:{}", utc(entry.until)));
        line(&format!("SUMMARY:{}", escaped(&entry.title)));
        line(if entry.tentative { "STATUS:TENTATIVE" } else { "STATUS:CONFIRMED" });
        // Whoever shares a calendar does not share this
        line("CLASS:PRIVATE");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// Something that takes whole days and is no appointment: time beside it stays free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// What tells it from every other one, in every calendar: the same thing keeps it.
    pub id: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// What it is called.
    pub title: String,
    /// What else is said of it; may be empty.
    pub note: String,
    /// It comes again every year.
    pub yearly: bool,
}

/// A calendar of whole days. `stamp` says of which state they are; no clock is asked.
#[must_use]
pub fn days(name: &str, entries: &[Days], stamp: Day) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    let day = |day: Day| day.to_string().replace('-', "");
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//shirube//cohorts//JA");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for entry in entries {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@shirube", escaped(&entry.id)));
        line(&format!("DTSTAMP:{}T000000Z", day(stamp)));
        line(&format!("DTSTART;VALUE=DATE:{}", day(entry.from)));
        // The end is the first day that no longer belongs to it
        line(&format!("DTEND;VALUE=DATE:{}", day(entry.until.max(entry.from).plus(1))));
        if entry.yearly {
            line("RRULE:FREQ=YEARLY");
        }
        line(&format!("SUMMARY:{}", escaped(&entry.title)));
        if !entry.note.is_empty() {
            line(&format!("DESCRIPTION:{}", escaped(&entry.note)));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// `20261201T090000Z`
fn utc(moment: Moment) -> String {
    let day = Day::in_zone(moment.0, "UTC").map(|day| day.to_string().replace('-', "")).unwrap_or_default();
    let minutes = Day::minutes_in_zone(moment.0, "UTC").unwrap_or(0);
    format!("{day}T{:02}{:02}{:02}Z", minutes / 60, minutes % 60, moment.0.rem_euclid(60))
}

/// A text in which nothing means anything.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        match char {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{char}");
            }
            '\n' => out.push_str("\\n"),
            char if char.is_control() => {}
            char => out.push(char),
        }
    }
    out
}

/// Adds a line, folded: what follows begins with a space.
fn fold(out: &mut String, line: &str) {
    const MOST: usize = 75;
    let mut length = 0;
    for char in line.chars() {
        if length + char.len_utf8() > MOST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(char);
        length += char.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_end_with_the_day_behind_them() {
        let day = |text: &str| Day::parse(text).unwrap();
        let entry = |id: &str, from: &str, until: &str, yearly| Days {
            id: id.into(),
            from: day(from),
            until: day(until),
            title: "研修, 6月".into(),
            note: String::new(),
            yearly,
        };
        let all = [entry("a", "2027-02-01", "2027-02-28", true), entry("b", "2027-12-01", "2027-12-31", false)];
        let made = days("節目", &all, day("2027-04-01"));
        assert!(made.contains("DTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270301\r\nRRULE:FREQ=YEARLY\r\n"), "{made}");
        assert!(made.contains("UID:b@shirube\r\nDTSTAMP:20270401T000000Z\r\nDTSTART;VALUE=DATE:20271201\r\nDTEND;VALUE=DATE:20280101\r\nSUMMARY:研修\\, 6月\r\n"), "{made}");
    }

    #[test]
    fn lines_are_folded_and_nothing_breaks_out() {
        let title = format!("相談, 面談; \\ x\r\nATTACH:http://x {}", "あ".repeat(40));
        let entry = Entry { id: "a-1".into(), from: Moment(1_797_580_800), until: Moment(1_797_584_400), title, tentative: true };
        let made = calendar(&[entry], Moment(0));
        assert!(made.contains("DTSTART:20261218T080000Z\r\nDTEND:20261218T090000Z\r\n"), "{made}");
        assert!(made.contains("DTSTAMP:19700101T000000Z"));
        let lines: Vec<&str> = made.split("\r\n").collect();
        assert!(lines.iter().all(|line| line.len() <= 75 && !line.starts_with("ATTACH")), "{made}");
        let unfolded = made.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:相談\\, 面談\\; \\\\ x\\nATTACH:http://x {}", "あ".repeat(40))), "{unfolded}");
    }
}
