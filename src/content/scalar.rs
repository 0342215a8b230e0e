//! What single values may look like: ids, numbers, times, addresses.

/// Whether a text can be the name of a file on every system: `[a-z0-9-]+`, with `/` between folders, no device names.
#[must_use]
pub fn is_file_id(text: &str) -> bool {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let part = |part: &str| {
        let device = part.trim_end_matches(|char: char| char.is_ascii_digit());
        !part.is_empty()
            && part.len() <= 64
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !(DEVICES.contains(&part) || (DEVICES[4..].contains(&device) && part.len() == 4))
    };
    text.split('/').all(part)
}

/// Whether a text can be an id inside a file: `[a-z][a-z0-9_]*`, at most 32 characters.
#[must_use]
pub fn is_name_id(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// An `http://` or `https://` address that can stand in an attribute.
#[must_use]
pub fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && text.chars().all(|char| char.is_ascii_graphic() && !matches!(char, '"' | '<' | '>' | '\''))
}

/// A finite decimal number as authors write it: digits, perhaps a sign and a point.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let well_formed =
        digits.starts_with(|first: char| first.is_ascii_digit()) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if well_formed { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// Minutes after midnight of `13:00`.
#[must_use]
pub fn minutes_of_day(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str| if digits.len() == 2 { digits.parse::<u32>().ok() } else { None };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours < 24 && minutes < 60 { Some(hours * 60 + minutes) } else { None }
}
