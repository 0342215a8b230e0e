//! What content may look like: one description from which the readers, the JSON Schemas and the manual's key tables all come.

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be absent.
    Optional,
}

/// One key of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What its value may look like.
    pub shape: Shape,
    /// What it is for, in Japanese.
    pub ja: &'static str,
    /// What it is for, in English.
    pub en: &'static str,
}

/// A required key.
#[must_use]
pub const fn required(key: &'static str, shape: Shape, ja: &'static str, en: &'static str) -> Field {
    Field { key, need: Need::Required, shape, ja, en }
}

/// A key that may be absent.
#[must_use]
pub const fn optional(key: &'static str, shape: Shape, ja: &'static str, en: &'static str) -> Field {
    Field { key, need: Need::Optional, shape, ja, en }
}

/// A mapping with known keys.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// What it is called in the manual: `survey`, `question`.
    pub name: &'static str,
    /// Its keys, in the order of the manual.
    pub fields: &'static [Field],
}

/// One of several values, with what it means.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The value.
    pub word: &'static str,
    /// What it means, in Japanese.
    pub ja: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

/// A value on offer.
#[must_use]
pub const fn word(word: &'static str, ja: &'static str, en: &'static str) -> Word {
    Word { word, ja, en }
}

/// A kind of record, chosen by the value of one of its keys.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// The value that chooses it.
    pub word: Word,
    /// The keys that only this kind has.
    pub fields: &'static [Field],
}

/// A record whose keys depend on its kind.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// What it is called in the manual.
    pub name: &'static str,
    /// The key whose value says which kind it is: `kind`.
    pub key: &'static str,
    /// The keys that every kind has.
    pub fields: &'static [Field],
    /// The kinds.
    pub variants: &'static [Variant],
}

/// What a value may look like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text: plain, or `{ja: …, en: …}`. Translations are asked for.
    Text,
    /// A plain text of one or more lines, the same for everybody.
    Line,
    /// The name of a file: `[a-z0-9-]+`, with `/` between folders.
    FileId,
    /// The id of something inside a file: `[a-z][a-z0-9_]*`, at most 32 characters.
    NameId,
    /// A reference: `kind:id`, or the name of a list page.
    Reference,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// A decimal number.
    Decimal,
    /// `true` or `false`.
    Flag,
    /// A day: `2026-11-20`.
    Day,
    /// A day with or without an hour: `2026-11-20`, `2026-11-20 17:00`.
    DayTime,
    /// A time of day: `"13:00"`.
    Time,
    /// An `http://` or `https://` address.
    Url,
    /// A colour: `"#1b4f78"`.
    Colour,
    /// One of these words.
    Word(&'static [Word]),
    /// A list with at least and at most so many items.
    List(&'static Shape, usize, usize),
    /// A mapping with known keys.
    Record(&'static Record),
    /// A mapping whose keys depend on its kind.
    Choice(&'static Choice),
    /// A mapping from the author's own ids to values.
    Map(&'static Shape),
    /// A figure: a number, `{derived: number}`, or `missing`.
    Figure,
    /// A condition in the expression language.
    Condition,
    /// What a respondent would choose or write: one value, or a list of several.
    Answer,
}

/// No upper bound worth naming.
pub const MANY: usize = 2_000;

impl Shape {
    /// What it is called in messages, in Japanese and English.
    #[must_use]
    pub fn called(&self) -> (&'static str, &'static str) {
        match self {
            Shape::Text => ("文（または {ja: …, en: …}）", "a text (or {ja: …, en: …})"),
            Shape::Line => ("文", "a text"),
            Shape::FileId => ("ファイルの名前", "the name of a file"),
            Shape::NameId => ("名前（ID）", "an id"),
            Shape::Reference => ("参照（module:strengths など）", "a reference (such as module:strengths)"),
            Shape::Integer(..) => ("整数", "a whole number"),
            Shape::Decimal => ("数", "a number"),
            Shape::Flag => ("「true」か「false」", "“true” or “false”"),
            Shape::Day => ("日付（2026-11-20 の形）", "a date (such as 2026-11-20)"),
            Shape::DayTime => (
                "日付か、日付と時刻（2026-11-20、2026-11-20 17:00 の形）",
                "a date, or a date and a time (such as 2026-11-20 or 2026-11-20 17:00)",
            ),
            Shape::Time => ("時刻（\"13:00\" の形）", "a time (such as \"13:00\")"),
            Shape::Colour => ("色（\"#1b4f78\" の形。引用符で囲みます）", "a colour (such as \"#1b4f78\", in quotation marks)"),
            Shape::Url => ("「https://」で始まるアドレス", "an address that begins with https://"),
            Shape::Word(_) => ("決まったことばの一つ", "one of the known words"),
            Shape::List(..) => ("「- 」で始まる一覧", "a list (each item begins with “- ”)"),
            Shape::Record(_) | Shape::Choice(_) | Shape::Map(_) => ("「項目: 値」の組", "keys with values (“key: value”)"),
            Shape::Figure => ("数、{derived: 数}、missing のどれか", "a number, {derived: number} or missing"),
            Shape::Condition => ("条件式", "a condition"),
            Shape::Answer => ("値、または値の一覧（[a, b]）", "a value, or a list of values ([a, b])"),
        }
    }
}
