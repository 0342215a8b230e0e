//! Figures in the texts of a report: `{{vision.favourable | 半分ほど}}`.

/// What stands between the braces: which number of what, of whom, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<'t> {
    /// The question, row of a grid or scale; nothing: the survey itself.
    pub figure: &'t str,
    /// Which number of it: `favourable`, `mean`, `n`, `interval`, or a choice.
    pub what: &'t str,
    /// The wave: the id of its survey.
    pub wave: Option<&'t str>,
    /// The group: attributes and their values.
    pub group: Vec<(&'t str, &'t str)>,
}

/// Reads `vision.favourable department=sales wave=voice-2025-04`, or `n` alone; `None` for anything else.
#[must_use]
pub fn value(text: &str) -> Option<Value<'_>> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let (figure, what) = first.split_once('.').unwrap_or(("", first));
    let mut value = Value { figure, what, wave: None, group: Vec::new() };
    for word in words {
        let (key, of) = word.split_once('=').filter(|(key, of)| !key.is_empty() && !of.is_empty())?;
        match key {
            "wave" => value.wave = Some(of),
            _ => value.group.push((key, of)),
        }
    }
    (!what.is_empty() && (first.contains('.') != figure.is_empty())).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_braces_is_read() {
        let of = |figure, what| Value { figure, what, wave: None, group: Vec::new() };
        for (text, expected) in [
            ("n", Some(of("", "n"))),
            ("vision.mean", Some(of("vision", "mean"))),
            (
                " vision.favourable  department=sales age=young wave=a-1 ",
                Some(Value { wave: Some("a-1"), group: vec![("department", "sales"), ("age", "young")], ..of("vision", "favourable") }),
            ),
            ("", None),
            (".mean", None),
            ("vision.", None),
            ("vision.mean sales", None),
            ("vision.mean department=", None),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
