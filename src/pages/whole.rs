//! What must not be broken over two lines: numbers with their units, intervals, `n=200`, dates with their weekday.

/// Units that follow a number without a space.
const UNITS: [&str; 26] = [
    "ポイント",
    "ページ",
    "か月",
    "か所",
    "%",
    "％",
    "人",
    "名",
    "社",
    "件",
    "分",
    "問",
    "年",
    "月",
    "日",
    "時",
    "歳",
    "回",
    "枚",
    "組",
    "割",
    "倍",
    "点",
    "字",
    "つ",
    "行",
];

/// The pieces of a text, in order, each with whether it must stay whole.
#[must_use]
pub(super) fn pieces(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let mut before = ' ';
    while at < text.len() {
        let length = if before.is_ascii_alphanumeric() { 0 } else { number(&text[at..]) };
        if length > 0 && text[at..at + length].chars().any(|char| !char.is_ascii_digit()) {
            if from < at {
                pieces.push((false, &text[from..at]));
            }
            pieces.push((true, &text[at..at + length]));
            from = at + length;
        }
        let step = if length > 0 { length } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        before = text[at..at + step].chars().next_back().unwrap_or(' ');
        at += step;
    }
    if from < text.len() {
        pieces.push((false, &text[from..]));
    }
    pieces
}

/// How many bytes at the beginning belong together as a number with its company; 0: none.
fn number(text: &str) -> usize {
    let mut at = 0;
    // n=200, p＝0.0035
    for name in ["n", "N", "p", "r"] {
        for equals in ["=", "＝"] {
            if text.strip_prefix(name).is_some_and(|rest| rest.starts_with(equals)) {
                at = name.len() + equals.len();
            }
        }
    }
    let first = at;
    loop {
        let digits = figure(&text[at..]);
        if digits == 0 {
            return if at > first { at } else { 0 };
        }
        at += digits;
        at += unit(&text[at..]);
        // The rest of a date, the other end of an interval
        match ['–', '/', ':'].into_iter().find(|mark| text[at..].starts_with(*mark)) {
            Some(mark) if figure(&text[at + mark.len_utf8()..]) > 0 => at += mark.len_utf8(),
            _ if text[at..].starts_with(|char: char| char.is_ascii_digit()) => {}
            _ => return at + weekday(&text[at..]),
        }
    }
}

/// A sign and digits with points and commas between them.
fn figure(text: &str) -> usize {
    let sign = text.chars().next().filter(|char| matches!(char, '−' | '+' | '±')).map_or(0, char::len_utf8);
    let mut end = sign;
    for (at, char) in text[sign..].char_indices() {
        let inner = matches!(char, '.' | ',') && text[sign + at + 1..].starts_with(|next: char| next.is_ascii_digit()) && at > 0;
        if !char.is_ascii_digit() && !inner {
            break;
        }
        end = sign + at + 1;
    }
    if end > sign { end } else { 0 }
}

fn unit(text: &str) -> usize {
    UNITS.iter().find(|unit| text.starts_with(**unit)).map_or(0, |unit| unit.len())
}

/// `（金）`
fn weekday(text: &str) -> usize {
    let inside = text.strip_prefix('（').filter(|rest| rest.starts_with(['月', '火', '水', '木', '金', '土', '日']));
    inside.and_then(|rest| rest.find('）').filter(|at| *at == 3)).map_or(0, |at| "（".len() + at + "）".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_company() {
        for (text, expected) in [
            ("差の95%区間は4.6–23.1ポイント。", &["95%", "4.6–23.1ポイント"][..]),
            ("企業400社（n=200）、p＝0.0035", &["400社", "n=200", "p＝0.0035"]),
            ("2026年12月11日（金）まで", &["2026年12月11日（金）"]),
            ("係数は−0.012、n=10,000", &["−0.012", "n=10,000"]),
            ("5人以上（3人1組）", &["5人", "3人1組"]),
            ("13:00 to 14:30", &["13:00", "14:30"]),
            ("plain text, 5 apples, B2, a.b", &[]),
            ("", &[]),
            ("末尾は7", &[]),
            ("1,234", &["1,234"]),
        ] {
            let found: Vec<&str> = pieces(text).into_iter().filter(|(whole, _)| *whole).map(|(_, piece)| piece).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(pieces(text).into_iter().map(|(_, piece)| piece).collect::<String>(), text);
        }
    }
}
