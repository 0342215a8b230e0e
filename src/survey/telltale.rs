//! What in a text may tell who wrote it or whom it is about: addresses, numbers, names. It finds what looks like one, not what is
//! one, so that a person looks twice; what it does not find may tell just as much.

use std::collections::BTreeSet;

/// What a text seems to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telltale {
    /// A mail address or a link.
    Address,
    /// A telephone number.
    Phone,
    /// A number that may be somebody's: of an employee, an account.
    Number,
    /// A name.
    Name,
}

impl Telltale {
    /// Every one.
    pub const ALL: [Telltale; 4] = [Telltale::Address, Telltale::Phone, Telltale::Number, Telltale::Name];

    /// The word that stands for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Telltale::Address => "address",
            Telltale::Phone => "phone",
            Telltale::Number => "number",
            Telltale::Name => "name",
        }
    }
}

/// Digits in a row from which on they may be somebody's number.
const LONG: usize = 5;

/// Words behind a Japanese name.
const TITLES: &[&str] = &[
    "さん",
    "様",
    "氏",
    "くん",
    "君",
    "ちゃん",
    "先生",
    "社長",
    "専務",
    "常務",
    "本部長",
    "部長",
    "次長",
    "課長",
    "係長",
    "主任",
    "室長",
    "店長",
    "所長",
    "工場長",
    "リーダー",
    "マネージャー",
    "マネジャー",
];

/// What stands before such a word without being a name.
const NO_NAMES: &[&str] = &[
    "皆",
    "みな",
    "お客",
    "客",
    "同",
    "各",
    "前",
    "現",
    "新",
    "元",
    "副",
    "両",
    "上司",
    "同僚",
    "先輩",
    "後輩",
    "奥",
    "旦那",
    "神",
    "王",
    "娘",
    "息子",
    "お子",
    "赤",
    "本",
    "社",
    "人事",
    "総務",
    "営業",
    "経理",
    "開発",
    "製造",
    "企画",
    "技術",
    "管理",
    "担当",
    "法務",
    "財務",
    "広報",
    "購買",
    "品質",
    "生産",
    "物流",
    "情報",
    "研究",
    "次",
    "多",
    "仕",
    "有",
    "異",
    "模",
    "同じ",
    "今の",
    "チーム",
    "グループ",
    "プロジェクト",
    "プレイング",
    "サブ",
    "ミドル",
    "シニア",
    "ライン",
    "ある",
    "その",
    "この",
    "どの",
];

/// The most frequent family names, none of them a word of every day.
const FAMILY: &[&str] = &[
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "渡邊",
    "渡邉",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山田",
    "佐々木",
    "山口",
    "松本",
    "井上",
    "木村",
    "清水",
    "山崎",
    "阿部",
    "池田",
    "橋本",
    "山下",
    "石川",
    "中島",
    "前田",
    "藤田",
    "小川",
    "後藤",
    "岡田",
    "長谷川",
    "村上",
    "近藤",
    "石井",
    "斎藤",
    "斉藤",
    "齋藤",
    "坂本",
    "遠藤",
    "青木",
    "藤井",
    "西村",
    "福田",
    "太田",
    "三浦",
    "藤原",
    "松田",
    "岡本",
    "中川",
    "中野",
    "原田",
    "小野",
    "竹内",
    "金子",
    "和田",
    "中山",
    "石田",
    "上田",
    "森田",
    "柴田",
    "酒井",
    "工藤",
    "横山",
    "宮崎",
    "宮本",
    "内田",
    "高木",
    "安藤",
    "谷口",
    "大野",
    "丸山",
    "今井",
    "武田",
    "河野",
    "藤本",
    "村田",
    "杉山",
    "増田",
    "小島",
    "平野",
    "大塚",
    "千葉",
    "久保",
    "松井",
    "岩崎",
    "桜井",
    "野口",
    "松尾",
    "木下",
    "菊地",
    "菊池",
    "野村",
    "新井",
    "サトウ",
    "スズキ",
    "タナカ",
    "ヤマダ",
];

/// What a text seems to hold. `known`: names, ids and addresses of people who were invited.
#[must_use]
pub fn telltales<'k>(text: &str, known: impl IntoIterator<Item = &'k str>) -> BTreeSet<Telltale> {
    let narrow: String = text.chars().map(narrow).collect();
    let mut found = BTreeSet::new();
    if has_address(&narrow) {
        found.insert(Telltale::Address);
    }
    for (digits, parted) in numbers(&narrow) {
        // 03-1234-5678, 090 1234 5678, +81 …: ten or eleven digits, more with a country in front
        if (10..=13).contains(&digits) && (parted || digits < 12) {
            found.insert(Telltale::Phone);
        } else if digits >= LONG {
            found.insert(Telltale::Number);
        }
    }
    let lower = narrow.to_lowercase();
    if ["社員番号", "社員no", "職員番号", "社員id", "employee no", "employee number", "staff number", "employee id"]
        .iter()
        .any(|word| lower.contains(word))
        && lower.chars().any(|char| char.is_ascii_digit())
    {
        found.insert(Telltale::Number);
    }
    if titled(&narrow) || FAMILY.iter().any(|name| narrow.contains(name)) || english_name(&narrow) {
        found.insert(Telltale::Name);
    }
    for one in known {
        let one: String = one.chars().map(self::narrow).filter(|char| !char.is_whitespace()).collect();
        let joined = || narrow.chars().filter(|char| !char.is_whitespace()).collect::<String>();
        if one.chars().count() >= 2 && joined().contains(&one) {
            found.insert(if one.chars().any(|char| char.is_ascii_digit()) { Telltale::Number } else { Telltale::Name });
        }
    }
    found
}

/// Full-width letters, digits and signs as narrow ones.
fn narrow(char: char) -> char {
    match char {
        '！'..='～' => char::from_u32(u32::from(char) - 0xFEE0).unwrap_or(char),
        '　' => ' ',
        _ => char,
    }
}

fn has_address(text: &str) -> bool {
    let word = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_' | '+');
    let mail = text.char_indices().filter(|(_, char)| *char == '@').any(|(at, _)| {
        text[..at].chars().next_back().is_some_and(word) && text[at + 1..].chars().next().is_some_and(|char| char.is_ascii_alphanumeric())
    });
    mail || ["http://", "https://", "www."].iter().any(|start| text.to_lowercase().contains(start))
}

/// Runs of digits with single hyphens, spaces or brackets between: how many digits, and whether something parts them.
fn numbers(text: &str) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    let (mut digits, mut parted, mut gap) = (0, false, 0);
    for char in text.chars().chain(std::iter::once('\n')) {
        if char.is_ascii_digit() {
            parted |= gap > 0 && digits > 0;
            (digits, gap) = (digits + 1, 0);
        } else if digits > 0 && gap < 2 && matches!(char, '-' | 'ー' | '－' | '‐' | '−' | ' ' | '(' | ')') {
            gap += 1;
        } else {
            found.extend((digits > 0).then_some((digits, parted)));
            (digits, parted, gap) = (0, false, 0);
        }
    }
    found
}

/// A word of one to five kanji or two to eight katakana before «さん», «課長» and the like.
fn titled(text: &str) -> bool {
    TITLES.iter().any(|title| {
        text.match_indices(title).any(|(at, _)| {
            let before = &text[..at];
            let run = |is: fn(char) -> bool| before.chars().rev().take_while(|char| is(*char)).count();
            let (kanji, kana) = (run(is_kanji), run(is_katakana));
            let length = if kanji > 0 { kanji } else { kana };
            let name: String = before.chars().skip(before.chars().count() - length).collect();
            let likely = if kanji > 0 { (1..=5).contains(&kanji) } else { (2..=8).contains(&kana) };
            let no_name = NO_NAMES.iter().any(|word| name == *word || before.ends_with(word));
            likely && !no_name
        })
    })
}

fn is_kanji(char: char) -> bool {
    matches!(char, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '々' | 'ヶ')
}

fn is_katakana(char: char) -> bool {
    matches!(char, '\u{30A1}'..='\u{30FA}' | 'ー')
}

/// «Mr Sato», or two words with capitals in the middle of a sentence: «as Ken Sato said».
fn english_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(|char: char| char.is_whitespace() || !char.is_ascii()).collect();
    let bare = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_owned();
    let capital = |word: &str| {
        let word = bare(word);
        word.chars().count() > 1 && word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase)
    };
    let ends = |word: &str| word.ends_with(['.', '!', '?', ':', ';', ',']);
    words.windows(2).enumerate().any(|(at, pair)| {
        let titled = matches!(bare(pair[0]).as_str(), "Mr" | "Mrs" | "Ms" | "Dr" | "Prof") && capital(pair[1]);
        let middle = at > 0 && !words[at - 1].is_empty() && !words[at - 1].ends_with(['.', '!', '?', ':']);
        titled || (middle && !ends(pair[0]) && capital(pair[0]) && capital(pair[1]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_tell_who_is_found() {
        use Telltale::{Address, Name, Number, Phone};
        for (text, expected) in [
            ("課長が話を聞いてくれた。", vec![]),
            ("皆さんのおかげです。お客様も、お客さんも、上司さんも。", vec![]),
            ("3年で2回、10人のチームで働いた。2026年4月から。", vec![]),
            ("Our team in Osaka should talk more. The Tokyo office, too.", vec![]),
            ("人事部長の話がよかった。", vec![]),
            ("大田課長の話がよかった。", vec![Name]),
            ("田中に相談した。", vec![Name]),
            ("ワタナベさんがこわい", vec![Name]),
            ("as Ken Sato said", vec![Name]),
            ("Mr. Sato helped me.", vec![Name]),
            ("連絡は taro@example.co.jp まで", vec![Address]),
            ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ へ", vec![Address]),
            ("https://example.com を見て", vec![Address]),
            ("電話は０３－１２３４－５６７８です", vec![Phone]),
            ("090 1234 5678", vec![Phone]),
            ("社員番号は A123 です", vec![Number]),
            ("私は 20481 です", vec![Number]),
        ] {
            assert_eq!(telltales(text, []).into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
        assert_eq!(telltales("港花子の言うとおり", ["港 花子"]).into_iter().collect::<Vec<_>>(), [Name]);
        assert_eq!(telltales("a77 より", ["a77"]).into_iter().collect::<Vec<_>>(), [Number]);
    }
}
