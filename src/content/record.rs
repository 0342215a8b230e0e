//! One line of a CSV file, as spreadsheets read it.

/// The byte order mark that tells Excel that a file is UTF-8.
pub const BOM: char = '\u{FEFF}';

/// Adds a record: fields parted by commas, quoted where needed (RFC 4180), ended by CRLF. What a spreadsheet would take for a
/// formula begins with `'`.
pub fn push_record(out: &mut String, fields: impl IntoIterator<Item = impl AsRef<str>>) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let field = defused(field.as_ref());
        if field.contains(['"', ',', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}

/// A text that no spreadsheet runs: signs that open a formula, full-width ones and control characters too, get a `'` before them.
/// A plain negative number stays a number.
fn defused(field: &str) -> String {
    let number = field.strip_prefix(['-', '−', '+']).is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_digit())
            && rest.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ','))
    });
    let first = field.trim_start_matches([' ', '\u{3000}']).chars().next();
    let opens = first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'));
    if opens && !number { format!("'{field}") } else { field.to_owned() }
}

/// The text that [`push_record`] made of a field, before it was defused.
#[must_use]
pub fn undefused(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if defused(rest) == field => rest,
        _ => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_safe_and_read_back() {
        let mut out = String::new();
        push_record(&mut out, ["a", "1,2", "say \"hi\"", "=1+1", "-5", "−3.2", "-x", "＝A1", " b", "two\nlines", "'quoted"]);
        assert_eq!(out, "a,\"1,2\",\"say \"\"hi\"\"\",'=1+1,-5,−3.2,'-x,'＝A1,\" b\",\"two\nlines\",'quoted\r\n");
        for text in ["=1+1", "-x", "@a", "plain", "'quoted", "-5"] {
            let mut out = String::new();
            push_record(&mut out, [text]);
            assert_eq!(undefused(out.trim_end()), text);
        }
    }
}
