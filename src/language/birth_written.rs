//! When somebody was born, as people write it: the year, its month and day where they are known.

use super::day::Day;
use super::era::{era_of, folded};
use super::month_written::month_written;

/// Reads `1991`, `1991年5月`, `1991-05-12`, `19910512`, `平成3年`, `H3.5.12`, in full-width characters, too: the year, the month, the day.
#[must_use]
pub fn birth_written(text: &str) -> Option<(i32, Option<u32>, Option<u32>)> {
    let text = folded(text);
    let text = text.trim();
    let (era, counted) = era_of(text);
    let counted = counted.strip_prefix('元').map_or_else(|| counted.to_owned(), |rest| format!("1{rest}"));
    let era = era.filter(|_| counted.starts_with(|char: char| char.is_ascii_digit()));
    let digits = if era.is_some() { counted.as_str() } else { text };
    let mut groups: Vec<&str> = digits.split(|char: char| !char.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    if let (None, [all]) = (era, &groups[..]) {
        let all = *all;
        groups = match all.len() {
            6 => vec![&all[..4], &all[4..]],
            8 => vec![&all[..4], &all[4..6], &all[6..]],
            _ => groups,
        };
    }
    let (year, rest) = groups.split_first()?;
    let known = |at: usize| rest.get(at).map(|digits| digits.parse::<u32>().ok());
    match (rest.len(), era) {
        (0, None) => {
            (year.len() == 4).then(|| year.parse().ok())?.filter(|year| (1800..=2200).contains(year)).map(|year| (year, None, None))
        }
        (0, Some((.., first, last))) => {
            let (first, last) = (Day::parse(first)?, Day::parse(last)?);
            let counted: i32 = Some(year).filter(|year| year.len() <= 2)?.parse().ok()?;
            let year = first.year() + counted - 1;
            (counted > 0 && year <= last.year()).then_some((year, None, None))
        }
        (1 | 2, _) => {
            let month = known(0)??;
            let (year, month) = month_written(&format!("{}{year}-{month}", era.map_or("", |era| era.0)))?;
            match known(1) {
                None => Some((year, Some(month), None)),
                Some(day) => Day::of(year, month, day?).map(|_| (year, Some(month), day)),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn births_are_read_however_they_were_typed() {
        for (text, expected) in [
            ("1991", Some((1991, None, None))),
            ("１９９１年", Some((1991, None, None))),
            ("平成3年", Some((1991, None, None))),
            ("S33", Some((1958, None, None))),
            ("令和元年", Some((2019, None, None))),
            ("1991-05", Some((1991, Some(5), None))),
            ("199105", Some((1991, Some(5), None))),
            ("昭和64年1月", Some((1989, Some(1), None))),
            ("平成3年5月12日", Some((1991, Some(5), Some(12)))),
            ("H3.5.12", Some((1991, Some(5), Some(12)))),
            ("19910512", Some((1991, Some(5), Some(12)))),
            ("2024/2/29", Some((2024, Some(2), Some(29)))),
            ("2023/2/29", None),
            ("昭和65年", None),
            ("34歳", None),
            ("91-05", None),
            ("", None),
        ] {
            assert_eq!(birth_written(text), expected, "{text}");
        }
    }
}
