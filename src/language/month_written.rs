//! Months as people write them.

use super::day::Day;
use super::era::{era_of, folded};

/// Reads a month: `2015-04`, `2015/4`, `2015年4月`, `201504`, `平成27年4月`, `H27.4`, in full-width characters, too; its year and its
/// number. None for what is no month, or is none of its era.
#[must_use]
pub fn month_written(text: &str) -> Option<(i32, u32)> {
    let text = folded(text);
    let text = text.trim();
    let (era, counted) = era_of(text);
    let counted = counted.strip_prefix('元').map_or_else(|| counted.to_owned(), |rest| format!("1{rest}"));
    // A word that begins with the letter of an era is none
    let era = era.filter(|_| counted.starts_with(|char: char| char.is_ascii_digit()));
    let digits = if era.is_some() { counted.as_str() } else { text };
    let groups: Vec<&str> = digits.split(|char: char| !char.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let (year, month) = match (era, &groups[..]) {
        (None, [both]) if both.len() == 6 => both.split_at(4),
        (None, [year, month]) => (*year, *month),
        (Some(_), [year, month]) if year.len() <= 2 => (*year, *month),
        _ => return None,
    };
    let (year, month): (i32, u32) = (year.parse().ok()?, month.parse().ok()?);
    let Some((.., first, last)) = era else {
        return ((1800..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month));
    };
    let (first, last) = (Day::parse(first)?, Day::parse(last)?);
    let year = first.year() + year - 1;
    // An era has the months in which any of its days lies
    let begun = Day::of(year, month, 1).is_some_and(|day| day <= last) && (first.year(), first.month()) <= (year, month);
    begun.then_some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_however_they_were_typed() {
        for text in [
            "2015-04",
            "2015/4",
            "2015年4月",
            "２０１５年４月",
            "201504",
            "２０１５０４",
            "平成27年4月",
            "H27.4",
            "h27/04",
            "Ｈ２７．４",
            "㍻27年4月",
        ] {
            assert_eq!(month_written(text), Some((2015, 4)), "{text}");
        }
        for (text, month) in [
            ("平成30年3月", (2018, 3)),
            ("令和元年5月", (2019, 5)),
            ("R1.5", (2019, 5)),
            ("平成31年4月", (2019, 4)),
            ("昭和64年1月", (1989, 1)),
            ("S60.5", (1985, 5)),
        ] {
            assert_eq!(month_written(text), Some(month), "{text}");
        }
        for text in
            ["", "2015", "2015-13", "15-4", "2015-04-01", "平成31年5月", "令和元年4月", "H0.4", "H27", "R100.4", "20150", "201513", "いま"]
        {
            assert_eq!(month_written(text), None, "{text}");
        }
    }
}
