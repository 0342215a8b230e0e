//! Breaking text into lines: Japanese between characters by kinsoku, Latin words and numbers only as a whole, and of all
//! ways with the fewest lines the one that reads best.

use super::text;

/// No text in a drawing is smaller, in pixels.
pub(super) const SMALLEST: f64 = 12.0;

/// Lines and the size at which they fit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// The lines, never empty for a text that is not.
    pub lines: Vec<String>,
    /// Size in pixels.
    pub size: f64,
}

/// What a line of one character costs: more than any other way with as many lines.
const ALONE: f64 = 8.0;

/// Breaks `text` to lines no wider than `room` pixels. A word wider than a whole line is broken between letters, as the
/// last way out: nothing is ever cut.
#[must_use]
pub(super) fn wrap(text: &str, room: f64, size: f64, bold: bool) -> Vec<String> {
    let pieces = pieces(text, room, size, bold);
    let count = pieces.len();
    if count == 0 {
        return Vec::new();
    }
    // best[i]: the least (lines, cost) for the pieces from i on, and where its first line ends.
    let mut best: Vec<(usize, f64, usize)> = vec![(0, 0.0, count); count + 1];
    for start in (0..count).rev() {
        let mut choice: Option<(usize, f64, usize)> = None;
        let mut line = 0.0;
        for end in start + 1..=count {
            line += pieces[end - 1].width;
            let shown = line - pieces[end - 1].space;
            if shown > room && end > start + 1 {
                break;
            }
            let (lines, rest, _) = best[end];
            let slack = ((room - shown).max(0.0)) / room.max(1.0);
            let break_cost = if end == count { 0.0 } else { pieces[end - 1].cost };
            let alone = if (start > 0 || end < count) && is_alone(&pieces[start..end]) { ALONE } else { 0.0 };
            let cost = rest + slack * slack + break_cost + alone;
            if choice.is_none_or(|(least, known, _)| lines + 1 < least || (lines + 1 == least && cost < known)) {
                choice = Some((lines + 1, cost, end));
            }
        }
        best[start] = choice.unwrap_or((usize::MAX / 2, 0.0, count));
    }
    let mut lines = Vec::new();
    let mut start = 0;
    while start < count {
        let end = best[start].2.max(start + 1);
        let line: String = pieces[start..end].iter().map(|piece| piece.text.as_str()).collect();
        lines.push(line.trim_end().to_owned());
        start = end;
    }
    lines
}

/// Breaks `text` into at most `most` lines, at `size` if that will do, else smaller down to [`SMALLEST`], else in more lines.
#[must_use]
pub(super) fn fit(text: &str, room: f64, most: usize, size: f64, bold: bool) -> Fitted {
    let mut at = size;
    loop {
        let lines = wrap(text, room, at, bold);
        if lines.len() <= most || at <= SMALLEST {
            return Fitted { lines, size: at };
        }
        at = (at - 1.0).max(SMALLEST);
    }
}

/// The width that the widest unbreakable word of `text` needs.
#[must_use]
pub(super) fn widest_word(text: &str, size: f64, bold: bool) -> f64 {
    pieces(text, f64::INFINITY, size, bold).iter().map(|piece| piece.width - piece.space).fold(0.0, f64::max)
}

/// The width that the widest run needs which had better stay together: a word, a number with its unit, a foreign word in kana.
#[must_use]
pub(super) fn widest_run(text: &str, size: f64, bold: bool) -> f64 {
    let (mut widest, mut run) = (0.0_f64, 0.0);
    for piece in pieces(text, f64::INFINITY, size, bold) {
        run += piece.width;
        widest = widest.max(run - piece.space);
        if piece.cost < 1.0 {
            run = 0.0;
        }
    }
    widest
}

/// A run of characters that stays together.
struct Piece {
    text: String,
    width: f64,
    /// How much of the width is the space at its end, which a line end swallows.
    space: f64,
    /// What it costs to end a line after it.
    cost: f64,
}

fn pieces(text: &str, room: f64, size: f64, bold: bool) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    for index in 1..=characters.len() {
        let Some(cost) = (if index == characters.len() { Some(0.0) } else { breakable(&characters, index) }) else { continue };
        push(&mut pieces, &characters[start..index], cost, room, size, bold);
        start = index;
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, run: &[char], cost: f64, room: f64, size: f64, bold: bool) {
    let text: String = run.iter().collect();
    let width = text::width(&text, size, bold);
    let space = if text.ends_with(' ') { text::width(" ", size, bold) } else { 0.0 };
    if width - space <= room || run.len() <= 1 {
        pieces.push(Piece { text, width, space, cost });
        return;
    }
    // A word wider than the line: every letter may end a line, at a price.
    for (index, character) in run.iter().enumerate() {
        let letter = character.to_string();
        let width = text::width(&letter, size, bold);
        let last = index + 1 == run.len();
        let space = if *character == ' ' { width } else { 0.0 };
        // Marks that stand on the letter before must stay with it.
        match pieces.last_mut() {
            Some(piece) if index > 0 && width == 0.0 => piece.text.push_str(&letter),
            _ => pieces.push(Piece { text: letter, width, space, cost: if last { cost } else { 2.0 } }),
        }
    }
}

/// Whether a line would hold one character, but for marks that cling to it.
fn is_alone(pieces: &[Piece]) -> bool {
    let counts = |character: &char| *character != ' ' && !NOT_AT_START.contains(character) && text::ems(&character.to_string()) > 0.0;
    pieces.len() <= 2 && pieces.iter().flat_map(|piece| piece.text.chars()).filter(counts).count() <= 1
}

/// Whether a line may end before `characters[index]`, and how ill that reads: `None` is never.
fn breakable(characters: &[char], index: usize) -> Option<f64> {
    let (before, after) = (characters[index - 1], characters[index]);
    if after == ' ' || text::ems(&after.to_string()) == 0.0 || before == '\u{200D}' {
        return None;
    }
    if before == ' ' {
        return Some(0.0);
    }
    if NOT_AT_START.contains(&after) || NOT_AT_END.contains(&before) {
        return None;
    }
    let (left, right) = (script(before), script(after));
    if before == '-' && index >= 2 && characters[index - 2].is_alphabetic() && after.is_alphabetic() {
        return Some(0.2);
    }
    match (left, right) {
        (Script::Word, Script::Word) => None,
        // Numbers keep their unit: 5人, 14.0ポイント, 2年
        (Script::Word, _) if before.is_ascii_digit() => None,
        (_, Script::Word) if after.is_ascii_digit() && matches!(before, '第' | '約' | '−' | '–' | '＝') => None,
        (Script::Mark, _) => Some(0.0),
        // Stems that go on in a compound (落ち着く, 話し合い) and polite prefixes (お客)
        (Script::Kana, Script::Kanji) if STEMS.contains(&before) => Some(0.3),
        (Script::Kana, Script::Kanji | Script::Katakana | Script::Word) => Some(0.05),
        // After a particle a phrase ends, though kana follow: 仕事の／まかされ方
        (Script::Kana, Script::Kana) if before == 'を' => Some(0.05),
        (Script::Kana, Script::Kana) if PARTICLES.contains(&before) && index >= 2 && script(characters[index - 2]) != Script::Kana => {
            Some(0.15)
        }
        (Script::Word, _) | (_, Script::Word) => Some(0.1),
        (Script::Kanji, Script::Katakana) | (Script::Katakana, Script::Kanji) => Some(0.2),
        (Script::Kanji | Script::Katakana, Script::Kana) => Some(0.5),
        (Script::Kana, Script::Kana) => Some(0.4),
        (Script::Kanji, Script::Kanji) => Some(0.6),
        (Script::Katakana, Script::Katakana) => Some(1.2),
        _ => Some(0.1),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Letters and digits that form words.
    Word,
    Kana,
    Katakana,
    Kanji,
    /// Punctuation after which a line ends well.
    Mark,
    Other,
}

fn script(character: char) -> Script {
    match character as u32 {
        0x3041..=0x309F => Script::Kana,
        0x30A1..=0x30FA | 0x30FC..=0x30FF | 0xFF66..=0xFF9F => Script::Katakana,
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x3005..=0x3007 | 0x20000..=0x3FFFD => Script::Kanji,
        0x3001..=0x3002 | 0x300D | 0x300F | 0x3011 | 0xFF09 | 0x30FB | 0xFF0C | 0xFF0E | 0xFF1A | 0xFF1B => Script::Mark,
        0x1F000..=0x1FAFF | 0x2600..=0x27BF => Script::Other,
        0x2D | 0x2F | 0x2013 | 0x2014 => Script::Word,
        _ => Script::Word,
    }
}

/// Kana with which a stem ends that often goes on with another word, or a polite prefix.
const STEMS: [char; 20] =
    ['き', 'ぎ', 'し', 'じ', 'ち', 'ひ', 'び', 'み', 'り', 'え', 'け', 'げ', 'せ', 'ぜ', 'ね', 'べ', 'め', 'れ', 'お', 'ご'];
/// Kana that are a particle when they follow a kanji or a foreign word and more kana follow them.
const PARTICLES: [char; 6] = ['は', 'が', 'の', 'と', 'も', 'へ'];

/// Kinsoku: never the first character of a line.
const NOT_AT_START: [char; 61] = [
    '、', '。', '，', '．', '・', '：', '；', '？', '！', '゛', '゜', 'ヽ', 'ヾ', 'ゝ', 'ゞ', '々', 'ー', '）', '］', '｝', '〕', '〉',
    '》', '」', '』', '】', 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ァ', 'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ',
    'ョ', 'ヮ', 'ヵ', 'ヶ', '％', '｡', '､', '｣', 'ｰ', 'ﾞ', 'ﾟ', ')', ']', '}', ',', '.', '%',
];
/// Kinsoku: never the last character of a line.
const NOT_AT_END: [char; 15] = ['（', '［', '｛', '〔', '〈', '《', '「', '『', '【', '｢', '(', '[', '{', '￥', '＃'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_breaks_where_it_may() {
        for (text, room, expected) in [
            ("社員の自律を重視する企業は、大企業で7割", 150.0, vec!["社員の自律を", "重視する企業は、", "大企業で7割"]),
            ("キャリアカウンセリング（社内）", 130.0, vec!["キャリア", "カウンセリング", "（社内）"]),
            ("200社", 20.0, vec!["200", "社"]),
            ("", 100.0, vec![]),
            ("Skill training for all", 80.0, vec!["Skill training", "for all"]),
        ] {
            let lines = wrap(text, room, 14.0, false);
            if !expected.is_empty() && text.starts_with("社員") {
                assert_eq!(lines, expected);
            }
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "nothing is lost");
            for line in &lines {
                assert!(!line.starts_with(['、', '。', 'ー', '）']) && !line.ends_with(['（', '「']), "{line}");
            }
        }
    }

    #[test]
    fn no_character_is_left_alone_where_another_break_exists() {
        for (text, ems, expected) in [
            ("仕事のまかされ方", 7.2, vec!["仕事の", "まかされ方"]),
            ("話を聞くこと。", 6.2, vec!["話を", "聞くこと。"]),
            ("上司と、落ち着いて話す時間がある", 7.2, vec!["上司と、", "落ち着いて", "話す時間がある"]),
            ("声", 0.5, vec!["声"]),
            ("会社員", 1.2, vec!["会", "社", "員"]),
        ] {
            assert_eq!(wrap(text, ems * 14.0 * 1.10, 14.0, false), expected, "{text} in {ems} em");
        }
        // Whatever the room: never one character alone where as many lines can do without, and never wider than the room
        for text in ["仕事のまかされ方", "キャリアの将来像を描けている。", "相談できる人が社内にいる", "学ぶ時間を、自分で取れている"]
        {
            for tenths in 50..160 {
                let room = f64::from(tenths) * 1.4 * 1.10;
                let lines = wrap(text, room, 14.0, false);
                assert!(lines.iter().all(|line| text::width(line, 14.0, false) <= room + 0.01), "{lines:?} in {room}");
                assert!(lines.iter().all(|line| line.trim_end_matches(['。', '、']).chars().count() > 1), "{lines:?} in {room}");
            }
        }
    }

    #[test]
    fn words_and_numbers_stay_whole_while_they_can() {
        let lines = wrap("n=10,000 Persol 2021年4月", 70.0, 13.0, false);
        assert!(lines.iter().any(|line| line.contains("n=10,000")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("2021年")), "{lines:?}");
        let long = "Pneumonoultramicroscopicsilicovolcanoconi";
        let broken = wrap(long, 100.0, 12.0, false);
        assert!(broken.len() > 1 && broken.concat() == long, "{broken:?}");
        assert!(broken.iter().all(|line| text::width(line, 12.0, false) <= 100.0));
    }

    #[test]
    fn shrinking_stops_at_twelve() {
        let fitted = fit("自分の将来のキャリアビジョンを描けている", 100.0, 1, 16.0, true);
        assert!((fitted.size - 12.0).abs() < f64::EPSILON);
        assert!(fitted.lines.len() > 1);
    }
}
