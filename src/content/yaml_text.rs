//! Texts as YAML writes them, so that every reader takes them for the same text.

/// A text as a YAML scalar on one line: plain where nothing can be mistaken, else between double quotation marks.
#[must_use]
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A text between double quotation marks.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Marks that editors do not show, and separators that YAML takes for line breaks
            char if char.is_control() || matches!(char, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{200B}'..='\u{200F}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(char)));
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// Whether a text needs no quotation marks: letters, digits and punctuation that means nothing, and no word that YAML reads as
/// something else.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let Some(first) = text.chars().next() else { return false };
    let (start, end) = (first.is_alphanumeric(), text.chars().next_back().is_some_and(|last| !last.is_whitespace() && last != ':'));
    let looks_like_a_number = first.is_ascii_digit() || first == '.';
    let harmless = |char: char| {
        char.is_alphanumeric()
            || matches!(
                char,
                ' ' | '_'
                    | '-'
                    | '.'
                    | '/'
                    | '('
                    | ')'
                    | '、'
                    | '。'
                    | '・'
                    | 'ー'
                    | '「'
                    | '」'
                    | '？'
                    | '（'
                    | '）'
                    | '〜'
                    | '…'
                    | '’'
                    | ';'
                    | '?'
                    | '!'
                    | '+'
                    | '='
            )
    };
    start
        && end
        && !looks_like_a_number
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && text.chars().all(harmless)
        && !text.contains("  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml::parse;
    use crate::diagnostic::Diagnostics;

    #[test]
    fn every_text_comes_back_as_it_was() {
        for text in [
            "plain",
            "答える。",
            "no",
            "Null",
            "1.10",
            "007",
            "a: b",
            "- a",
            "#x",
            "a #b",
            "{a}",
            "\"q\"",
            "it's",
            "back\\slash",
            "two\nlines",
            "\ttab",
            " space ",
            "",
            "~",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%",
            "@",
            "`",
            "zero\u{200B}width",
            "\u{FEFF}",
            "a:",
            "はい：いいえ",
            "yes",
            "a  b",
            "\u{85}",
            "emoji 😀",
            "2026-11-20",
            "q.a = 'x'",
            "\u{7}",
        ] {
            let mut diagnostics = Diagnostics::new();
            let node = parse(&"a.yaml".into(), &format!("a: {}\nb: [{}]\n", scalar(text), scalar(text)), 1, &mut diagnostics);
            assert!(diagnostics.is_empty(), "{text:?}: {diagnostics:?}");
            let node = node.expect("YAML");
            assert_eq!(node.get("a").and_then(|node| node.scalar()), Some(text), "{}", scalar(text));
            assert_eq!(node.get("b").and_then(|node| node.items().first()).and_then(|node| node.scalar()), Some(text));
        }
        assert_eq!(scalar("どう通いますか。"), "どう通いますか。");
    }
}
