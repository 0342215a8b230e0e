//! Style sheets and scripts without what only people need: comments, indents, spaces around punctuation.

/// The same style sheet, smaller. Strings stay as they are.
#[must_use]
pub(super) fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(char) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space = true;
            continue;
        }
        if char.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        }
        let tight = |char: char| matches!(char, '{' | '}' | ';' | ',');
        if space && !tight(char) && !out.is_empty() && !out.ends_with(|before| tight(before) || before == ':') {
            out.push(' ');
        }
        space = false;
        if char == '}' && out.ends_with(';') {
            out.pop();
        }
        let length = if matches!(char, '"' | '\'') { string(rest, char) } else { char.len_utf8() };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push('\n');
    out
}

/// The same script, smaller: lines lose their indents, lines of nothing but a comment go. For our own scripts, in which no string
/// goes over several lines.
#[must_use]
pub(super) fn strip(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The length of a string in quotation marks.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_keep_their_lines() {
        assert_eq!(
            strip("// why\n(function () {\n\n  var a = 1; // one\n  return a;\n}());\n"),
            "(function () {\nvar a = 1; // one\nreturn a;\n}());\n"
        );
        for script in ["device.js", "form.js", "judge.js", "kinds.js", "logic.js", "qr.js", "room.js"] {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets").join(script);
            let text = std::fs::read_to_string(path).expect("our script");
            assert!(!text.contains('`'), "{script}: a string over several lines would lose its indents");
        }
    }

    #[test]
    fn what_counts_stays() {
        for (css, expected) in [
            ("a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color:red;margin:0 auto}\n"),
            ("/* x */ a , b > c { }", "a,b > c{}\n"),
            ("a :hover, a:hover { content: \" ;  /* } \" ; }", "a :hover,a:hover{content:\" ;  /* } \"}\n"),
            ("a { width: calc(100% - 2 * var(--x)); }", "a{width:calc(100% - 2 * var(--x))}\n"),
            ("@media screen and (max-width: 640px) { a { b: c } }", "@media screen and (max-width:640px){a{b:c}}\n"),
            ("a { content: \"\\\"{ \" / \"\" }", "a{content:\"\\\"{ \" / \"\"}\n"),
            ("", "\n"),
        ] {
            assert_eq!(squeeze(css), expected);
        }
    }
}
