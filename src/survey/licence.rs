//! Whose words an instrument is made of, and whether it measures what it says.

use crate::content::Fields;
use crate::content::shape::{Field, Shape, Word, optional, word};

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Licence {
    /// Written for this project.
    Own,
    /// In the public domain.
    PublicDomain,
    /// After an official notice, which is free to use.
    Official,
    /// Used with somebody's permission.
    Permitted,
}

const WORDS: &[Word] = &[
    word("own", "自分たちで書いたもの", "written for this project"),
    word("public-domain", "だれでも使えるもの（パブリックドメイン）", "in the public domain"),
    word("official", "官公庁の告示などに沿ったもの", "after an official notice"),
    word("permitted", "許しを得て使うもの", "used with permission"),
];

/// How it is written.
pub const LICENCE: Field = optional(
    "licence",
    Shape::Word(WORDS),
    "ことばや質問がだれのものか。出典のページの一覧に出る",
    "Whose words it is made of; listed on the page of sources",
);
/// How it is said that an instrument was validated.
pub const VALIDATED: Field = optional(
    "validated",
    Shape::Flag,
    "尺度の妥当性を検証してある。書かなければ、検証していないとページに出る",
    "Its scales have been validated; otherwise the page says that they have not",
);

impl Licence {
    /// What stands in a file.
    #[must_use]
    pub fn read(fields: Fields<'_>) -> Option<Licence> {
        match fields.line("licence").as_str() {
            "own" => Some(Licence::Own),
            "public-domain" => Some(Licence::PublicDomain),
            "official" => Some(Licence::Official),
            "permitted" => Some(Licence::Permitted),
            _ => None,
        }
    }
}
