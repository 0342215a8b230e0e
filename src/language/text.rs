//! Languages, the author's texts and the program's own words.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A language that shirube speaks. To add one: a row here and a file in `themes/default/languages/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Japanese, the first language of most projects.
    Japanese,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order of the table.
    pub const ALL: [Language; 2] = [Language::Japanese, Language::English];

    /// The BCP 47 code: `ja`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::Japanese => "ja",
            Language::English => "en",
        }
    }

    /// The language of a code, `None` where shirube does not speak it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What the language switch shows: the language's own name, short.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Language::Japanese => "日本語",
            Language::English => "EN",
        }
    }

    /// The language of a POSIX locale such as `ja_JP.UTF-8`; English for everything unknown.
    #[must_use]
    pub fn from_locale(locale: &str) -> Language {
        if locale.starts_with("ja") { Language::Japanese } else { Language::English }
    }
}

/// A text by the author: the same in every language, or one for each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Text {
    plain: Option<String>,
    by_language: BTreeMap<Language, String>,
}

impl Text {
    /// A text that is the same in every language.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Text {
        Text { plain: Some(text.into()), by_language: BTreeMap::new() }
    }

    /// A text with its Japanese and its English form.
    #[must_use]
    pub fn pair(ja: impl Into<String>, en: impl Into<String>) -> Text {
        [(Language::Japanese, ja.into()), (Language::English, en.into())].into_iter().collect()
    }

    /// The text in this language, else the text of all languages, else the first one there is, else nothing.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        self.by_language.get(&language).or(self.plain.as_ref()).or_else(|| self.by_language.values().next()).map_or("", String::as_str)
    }

    /// Whether the text can be read in this language without falling back to another.
    #[must_use]
    pub fn speaks(&self, language: Language) -> bool {
        self.plain.is_some() || self.by_language.contains_key(&language)
    }

    /// Whether there is nothing to read in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.as_deref().is_none_or(str::is_empty) && self.by_language.values().all(String::is_empty)
    }

    /// This text, what stands between, and another one, in every language.
    #[must_use]
    pub fn both(&self, gap: &Text, next: &Text) -> Text {
        let joined = |language: Language| [self, gap, next].map(|text| text.in_language(language)).concat();
        Language::ALL.into_iter().map(|language| (language, joined(language))).collect()
    }

    /// The same text, every form of it passed through `change`.
    #[must_use]
    pub fn map(&self, mut change: impl FnMut(&str) -> String) -> Text {
        Text {
            plain: self.plain.as_deref().map(&mut change),
            by_language: self.by_language.iter().map(|(language, text)| (*language, change(text))).collect(),
        }
    }
}

impl FromIterator<(Language, String)> for Text {
    fn from_iter<I: IntoIterator<Item = (Language, String)>>(forms: I) -> Text {
        Text { plain: None, by_language: forms.into_iter().collect() }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::plain(text)
    }
}

/// What the program itself says, in both its languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// Words in Japanese and English.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Words {
        Words { ja: ja.into(), en: en.into() }
    }

    /// The words in this language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// In English, for logs; where a person reads it, ask for [`Words::in_language`].
impl std::fmt::Display for Words {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.en)
    }
}

/// So that a failure of the world can carry words in both languages: `anyhow::Error::downcast_ref::<Words>()`.
impl std::error::Error for Words {}

impl From<Words> for Text {
    fn from(words: Words) -> Text {
        Text::pair(words.ja, words.en)
    }
}
