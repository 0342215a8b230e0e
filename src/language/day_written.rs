//! Days as people and their programs write them. What is certain is taken; what could mean two days is refused, with words on what to
//! write instead.

use super::day::Day;
use super::era::{Era, era_of, folded};
use super::text::Words;

/// Reads a day: `2024-04-01`, `2024/4/1`, `2024.4.1`, `20240401`, `2024年4月1日`, `令和6年4月1日`, `R6.4.1`, each with a midnight behind
/// it as spreadsheets write one, in full-width characters, too.
///
/// # Errors
///
/// Words on what is uncertain or impossible, and what to write.
pub fn day_written(text: &str) -> Result<Day, Words> {
    let text = folded(text);
    let text = without_midnight(text.trim());
    let (era, rest) = era_of(text);
    let parts = parts(rest);
    let Some([first, month, date]) = parts else { return Err(unreadable(text, era.is_some())) };
    match era {
        Some(era) => in_era(text, era, first, month, date),
        None if first.len() == 4 => {
            let year: i32 = first.parse().unwrap_or(0);
            certain(year, month, date).ok_or_else(|| no_such(year, month, date))
        }
        None => Err(two_ways(text)),
    }
}

/// `2024-04-01 0:00:00` is a day; another hour would be something else.
fn without_midnight(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T']) else { return text };
    let midnight = !time.is_empty() && time.trim_end_matches('Z').chars().all(|char| matches!(char, '0' | ':' | '.'));
    if midnight && !day.is_empty() { day } else { text }
}

/// Year, month and date, each as digits; `元` is a first year.
fn parts(text: &str) -> Option<[&str; 3]> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && digits(text) {
        return Some([&text[..4], &text[4..6], &text[6..]]);
    }
    let found: Vec<&str> = match text.split_once('年') {
        Some((year, rest)) => {
            let (month, rest) = rest.split_once('月')?;
            vec![year, month, rest.strip_suffix('日')?]
        }
        None => {
            let gap = ['-', '/', '.'].into_iter().find(|gap| text.contains(*gap))?;
            text.split(gap).collect()
        }
    };
    let [year, month, date] = <[&str; 3]>::try_from(found).ok()?.map(str::trim);
    let year = if year == "元" { "1" } else { year };
    (digits(year) && digits(month) && digits(date) && month.len() <= 2 && date.len() <= 4 && year.len() <= 4).then_some([year, month, date])
}

fn certain(year: i32, month: &str, date: &str) -> Option<Day> {
    Day::of(year, month.parse().ok()?, date.parse().ok()?)
}

fn in_era(text: &str, (name, _, english, first, last): Era, year: &str, month: &str, date: &str) -> Result<Day, Words> {
    let (Some(first), Some(last)) = (Day::parse(first), Day::parse(last)) else { return Err(unreadable(text, true)) };
    let number: i32 = year.parse().unwrap_or(0);
    let western = first.year() + number - 1;
    if number == 0 || year.len() > 2 {
        return Err(unreadable(text, true));
    }
    let day = certain(western, month, date).ok_or_else(|| no_such(western, month, date))?;
    if day < first || day > last {
        return Err(Words::new(
            format!("「{text}」という日はありません。{name}は {first} から{}。西暦で {day} と書いてください", until(last, true)),
            format!("there is no day “{text}”: {english} began on {first}{}; write {day} if that is meant", until(last, false)),
        ));
    }
    Ok(day)
}

fn until(last: Day, ja: bool) -> String {
    match (last.year() == 9999, ja) {
        (true, true) => "です".to_owned(),
        (true, false) => String::new(),
        (false, true) => format!(" {last} までです"),
        (false, false) => format!(" and ended on {last}"),
    }
}

fn no_such(year: i32, month: &str, date: &str) -> Words {
    Words::new(
        format!("{year}年{month}月{date}日という日はありません。2024-04-01 の形で、ある日を書いてください"),
        format!("there is no day {year}-{month:0>2}-{date:0>2}; write a day that there is, such as 2024-04-01"),
    )
}

fn two_ways(text: &str) -> Words {
    Words::new(
        format!("「{text}」は、どの年のことか決められません。西暦4けたから 2024-04-01 の形か、令和6年4月1日の形で書いてください"),
        format!("“{text}” could mean more than one year; write four digits first, such as 2024-04-01"),
    )
}

fn unreadable(text: &str, era: bool) -> Words {
    if !era && (4..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Words::new(
            format!("「{text}」は日付として読めません。表計算ソフトの通し番号なら、セルの書式を日付にして保存し直してください"),
            format!("“{text}” is no date; if it is a spreadsheet’s serial number, format its cell as a date and save again"),
        );
    }
    Words::new(
        format!("「{text}」は日付として読めません。2024-04-01 か、令和6年4月1日の形で書いてください"),
        format!("“{text}” is no date; write it as 2024-04-01"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_is_taken() {
        let day = "2024-04-01";
        for text in [
            "2024-04-01",
            "2024-4-1",
            "2024/4/1",
            "2024/04/01",
            "2024.4.1",
            "20240401",
            "2024年4月1日",
            "２０２４年４月１日",
            "２０２４／０４／０１",
            " 2024/04/01 ",
            "2024/4/1 0:00",
            "2024-04-01T00:00:00Z",
            "令和6年4月1日",
            "令和６年４月１日",
            "㋿6年4月1日",
            "令6.4.1",
            "R6.4.1",
            "r6/4/1",
            "R06-04-01",
            "R.6.4.1",
        ] {
            assert_eq!(day_written(text).map(|day| day.to_string()), Ok(day.to_owned()), "{text}");
        }
        for (text, day) in [
            ("令和元年5月1日", "2019-05-01"),
            ("平成31年4月30日", "2019-04-30"),
            ("昭和64年1月7日", "1989-01-07"),
            ("S60.5.3", "1985-05-03"),
            ("平成元年1月8日", "1989-01-08"),
            ("大正15年12月24日", "1926-12-24"),
            ("H12.2.29", "2000-02-29"),
        ] {
            assert_eq!(day_written(text).map(|day| day.to_string()), Ok(day.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_refused_with_words() {
        for (text, ja) in [
            ("2026年2月30日", "という日はありません"),
            ("2023-02-29", "という日はありません"),
            ("2024-13-01", "という日はありません"),
            ("6/4/1", "どの年のことか"),
            ("24/4/1", "どの年のことか"),
            ("4/1/2024", "どの年のことか"),
            ("01-04-2024", "どの年のことか"),
            ("昭和64年1月8日", "西暦で 1989-01-08 と"),
            ("平成31年5月1日", "西暦で 2019-05-01 と"),
            ("R0.4.1", "読めません"),
            ("令和6年4月", "読めません"),
            ("45383", "通し番号"),
            ("2024-04-01 09:30", "読めません"),
            ("四月一日", "読めません"),
            ("2024", "通し番号"),
            ("", "読めません"),
            ("H", "読めません"),
            ("2024-4", "読めません"),
            ("X6.4.1", "読めません"),
            ("2024-04-01-02", "読めません"),
        ] {
            let refused = day_written(text).expect_err(text);
            assert!(refused.ja.contains(ja), "{text}: {}", refused.ja);
        }
    }
}
