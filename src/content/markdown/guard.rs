//! The emphasis guard: makes `**強調。**次` strong.
//!
//! CommonMark lets `**` close only where the characters beside it look right to an English eye (commonmark-spec#650). Beside each
//! run of `*` or `~` that touches punctuation, while either side of the run is wide, the guard puts a private-use character that
//! counts as a letter, and takes it out of everything that the parser returns. When a release of the parser knows the rule for
//! itself, this file goes and its tests stay.

use super::wide::{is_punctuation, is_wide};

/// The private-use character that may not stand in content.
pub(super) const SENTINEL: char = '\u{E0FF}';

/// A text with the guard's characters in it.
pub(super) struct Guarded {
    /// What the parser reads.
    pub(super) text: String,
    /// Where the sentinels stand in `text`, in bytes, ascending.
    inserted: Vec<usize>,
}

impl Guarded {
    /// Guards a text that holds no sentinel of its own.
    pub(super) fn new(text: &str) -> Guarded {
        let mut guarded = Guarded { text: String::with_capacity(text.len() + 64), inserted: Vec::new() };
        // Line by line: what stands beside a run at the beginning or end of a line is white space.
        for line in text.split_inclusive('\n') {
            guarded.line(line);
        }
        guarded
    }

    fn line(&mut self, line: &str) {
        // Quote marks before a run are no neighbours of it: `>**「…` opens a quote, then a strong text.
        let prefix = line.find(|char: char| char != '>' && char != ' ' && char != '\t').unwrap_or(line.len());
        self.text.push_str(&line[..prefix]);
        let mut rest = prefix;
        while let Some(found) = line[rest..].find(['*', '~', '}']) {
            let start = rest + found;
            self.text.push_str(&line[rest..start]);
            if line[start..].starts_with('}') {
                self.text.push('}');
                rest = start + 1;
                if ends_in_ruby(&line[..rest]) && line[rest..].trim_end_matches([' ', '\t', '\n', '#']).is_empty() {
                    // Else a heading would take {漢字|かんじ} at its end for its attributes.
                    self.insert();
                }
                continue;
            }
            rest = self.run(line, prefix, start);
        }
        self.text.push_str(&line[rest..]);
    }

    /// Guards the run that starts at `start`; returns where it ends.
    fn run(&mut self, line: &str, prefix: usize, mut start: usize) -> usize {
        let mark = line.as_bytes()[start];
        if line[..start].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
            self.text.push(char::from(mark));
            start += 1;
        }
        let end = start + line[start..].bytes().take_while(|byte| *byte == mark).count();
        if start == end {
            return end;
        }
        let before = if start == prefix { None } else { line[..start].chars().next_back() };
        let after = line[end..].chars().next();
        let wide = before.is_some_and(is_wide) || after.is_some_and(is_wide);
        // A cell's edge is no neighbour either, and the parser has to see it.
        let guarded = |char: char| wide && is_punctuation(char) && char != '|';
        if before.is_some_and(guarded) {
            self.insert();
        }
        self.text.push_str(&line[start..end]);
        if after.is_some_and(guarded) {
            self.insert();
        }
        end
    }

    fn insert(&mut self) {
        // Between two runs («*~») both may ask for the same place: once is enough.
        if !self.text.ends_with(SENTINEL) {
            self.inserted.push(self.text.len());
            self.text.push(SENTINEL);
        }
    }

    /// The offset in the original text of an offset in the guarded one.
    pub(super) fn original(&self, offset: usize) -> usize {
        offset - SENTINEL.len_utf8() * self.inserted.partition_point(|inserted| *inserted < offset)
    }
}

fn ends_in_ruby(text: &str) -> bool {
    text.rfind('{').is_some_and(|open| text[open..].contains(['|', '｜']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_map_back() {
        let text = "これは**「重要」**です。\n> **注意：**本文";
        let guarded = Guarded::new(text);
        assert!(guarded.inserted.len() >= 3);
        for (index, char) in guarded.text.char_indices().filter(|(_, char)| *char != SENTINEL) {
            assert!(text[guarded.original(index)..].starts_with(char));
        }
        assert_eq!(guarded.original(guarded.text.len()), text.len());
        assert_eq!(guarded.text.replace(SENTINEL, ""), text);
    }

    #[test]
    fn ascii_is_left_alone() {
        for text in ["**a.** b", "a **\"b\"** c", "~~x~~(y)", "* a\n* b", "***", "\\**a*"] {
            assert_eq!(Guarded::new(text).text, text);
        }
    }

    proptest::proptest! {
        /// What the guard does not change renders as it would without it.
        #[test]
        fn a_text_without_wide_characters_is_left_alone(text in "[ -~\n\t]{0,80}") {
            let ruby = text.lines().any(|line| line.contains('{') && line.contains('|'));
            proptest::prop_assert!(ruby || Guarded::new(&text).text == text);
        }

        /// Taking the sentinels out gives the text back, and every offset leads home.
        #[test]
        fn the_guard_can_be_taken_out(text in "[a*~_。「（）！あ漢}{|\\\\ \n>-]{0,40}") {
            let guarded = Guarded::new(&text);
            proptest::prop_assert_eq!(guarded.text.replace(SENTINEL, ""), text.clone());
            for (index, char) in guarded.text.char_indices().filter(|(_, char)| *char != SENTINEL) {
                proptest::prop_assert!(text[guarded.original(index)..].starts_with(char));
            }
        }
    }
}
