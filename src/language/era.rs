//! The eras by which years are counted in Japan. The script of worksheets has the same table (`worksheet-gather.js`), held equal.

/// An era: its name, the name in short, the English one with its letter first, the first day, the last one.
pub(super) type Era = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The eras in which one can be born or hired: the latest first.
const ERAS: [Era; 5] = [
    ("令和", "令", "Reiwa", "2019-05-01", "9999-12-31"),
    ("平成", "平", "Heisei", "1989-01-08", "2019-04-30"),
    ("昭和", "昭", "Showa", "1926-12-25", "1989-01-07"),
    ("大正", "大", "Taisho", "1912-07-30", "1926-12-24"),
    ("明治", "明", "Meiji", "1868-10-23", "1912-07-29"),
];

/// Full-width characters as half-width ones, an era that is one character as its two.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        match char {
            '\u{32FF}' => out.push_str("令和"),
            '\u{337B}' => out.push_str("平成"),
            '\u{337C}' => out.push_str("昭和"),
            '\u{337D}' => out.push_str("大正"),
            '\u{337E}' => out.push_str("明治"),
            '\u{3000}' => out.push(' '),
            '−' | '‐' | '–' => out.push('-'),
            '\u{FF01}'..='\u{FF5E}' => out.push(char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char)),
            other => out.push(other),
        }
    }
    out
}

/// The era that a text begins with, and what follows.
pub(super) fn era_of(text: &str) -> (Option<Era>, &str) {
    for era in ERAS {
        let initial = |first: &char| era.2.starts_with(first.to_ascii_uppercase());
        let letter = text.chars().next().filter(initial).map(|_| &text[1..]);
        if let Some(rest) = text.strip_prefix(era.0).or_else(|| text.strip_prefix(era.1)).or(letter) {
            return (Some(era), rest.trim_start_matches(['.', ' ']));
        }
    }
    (None, text)
}
