//! How numbers and dates are written.

use super::Language;

/// Share `count / n` in per cent with `decimals` places, by integer arithmetic, half away from zero: `(333, 400, 1)` is `83.3`.
/// `None` when `n` is 0.
#[must_use]
pub fn percent(count: u64, n: u64, decimals: u32) -> Option<String> {
    if n == 0 {
        return None;
    }
    let scale = 10_u128.pow(decimals);
    let scaled = (u128::from(count) * 100 * scale * 2 + u128::from(n)) / (u128::from(n) * 2);
    Some(fixed(scaled, scale, decimals))
}

/// A number with `decimals` places, half away from zero, with a true minus sign (U+2212); `–` for what is not finite.
/// Values are taken to be exact to 12 significant digits, so that 2.675 rounds as written.
#[must_use]
pub fn number(value: f64, decimals: u32) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let exact: f64 = format!("{:.11e}", value.abs()).parse().unwrap_or(value.abs());
    let digits = format!("{exact:.*}", 12);
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let keep = decimals as usize;
    let mut scaled: u128 = format!("{whole}{}", &fraction[..keep.min(fraction.len())]).parse().unwrap_or(0);
    if fraction.as_bytes().get(keep).is_some_and(|digit| *digit >= b'5') {
        scaled += 1;
    }
    let text = fixed(scaled, 10_u128.pow(decimals), decimals);
    if value < 0.0 && scaled != 0 { format!("−{text}") } else { text }
}

/// A whole number with thousands separators: `10,000`.
#[must_use]
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A calendar date `year-month-day` in words: `2026年11月20日`, `20 November 2026`.
#[must_use]
pub fn date(year: i16, month: i8, day: i8, language: Language) -> String {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    match language {
        Language::Japanese => format!("{year}年{month}月{day}日"),
        Language::English => {
            let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
            format!("{day} {name} {year}")
        }
    }
}

fn fixed(scaled: u128, scale: u128, decimals: u32) -> String {
    if decimals == 0 { scaled.to_string() } else { format!("{}.{:0width$}", scaled / scale, scaled % scale, width = decimals as usize) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_rounded_half_away_from_zero() {
        for (count, n, decimals, expected) in
            [(333, 400, 1, "83.3"), (74, 200, 1, "37.0"), (1, 8, 0, "13"), (0, 5, 1, "0.0"), (5, 5, 1, "100.0")]
        {
            assert_eq!(percent(count, n, decimals).as_deref(), Some(expected));
        }
        assert_eq!(percent(0, 0, 1), None);
    }

    #[test]
    fn numbers_round_as_written() {
        for (value, decimals, expected) in [
            (2.675, 2, "2.68"),
            (-0.012, 3, "−0.012"),
            (-0.0001, 2, "0.00"),
            (1.0, 0, "1"),
            (0.5, 0, "1"),
            (f64::NAN, 1, "–"),
            (83.25, 1, "83.3"),
        ] {
            assert_eq!(number(value, decimals), expected, "{value}");
        }
        assert_eq!(count(10_000), "10,000");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1,234,567");
    }
}
