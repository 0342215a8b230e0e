//! Attributes as briefly as HTML allows: without quotation marks where nothing in the value needs them.

/// Whether a value can stand without quotation marks.
fn is_plain(value: &str) -> bool {
    let needs = |char: char| char.is_ascii_whitespace() || matches!(char, '"' | '\'' | '=' | '<' | '>' | '`' | '/');
    !value.is_empty() && !value.contains(needs)
}

/// Adds an attribute. A value is as it stands in markup: characters that have a meaning are escaped already.
pub(super) fn add(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push('=');
    if is_plain(value) {
        out.push_str(value);
    } else {
        out.push('"');
        out.push_str(&value.replace('"', "&quot;"));
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_stand_where_they_are_needed() {
        for (value, expected) in [
            ("a-1", " x=a-1"),
            ("#--1", " x=#--1"),
            ("", " x=\"\""),
            ("a b", " x=\"a b\""),
            ("a/", " x=\"a/\""),
            ("a=", " x=\"a=\""),
            ("say \"a\"", " x=\"say &quot;a&quot;\""),
            ("しるべ", " x=しるべ"),
        ] {
            let mut out = String::new();
            add(&mut out, "x", value);
            assert_eq!(out, expected);
        }
    }
}
