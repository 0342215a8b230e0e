//! What every element of a SurveyJS survey is written with: texts in their languages, conditions, and what travels along for our own
//! eyes.

use super::expression_out::Answered;
use crate::content::plain;
use crate::diagnostic::{Diagnostics, Place};
use crate::exchange::expression_out::{Nuance, Translated};
use crate::exchange::loss::lost;
use crate::language::{Language, Text};
use crate::survey::Survey;
use crate::survey::piping::{Piece, pieces};
use serde_json::{Map, Value as Tree};

pub(super) type Keys = Map<String, Tree>;

/// The key that holds what SurveyJS has no word for; it passes it over.
pub(super) const OWN: &str = "shirube";

pub(super) struct Writer<'a> {
    pub(super) survey: &'a Survey,
    pub(super) languages: &'a [Language],
    pub(super) dialect: Answered<'a>,
    pub(super) diagnostics: Diagnostics,
    pub(super) values: Vec<Tree>,
}

pub(super) fn string<'t>(keys: &'t Keys, key: &str) -> &'t str {
    keys.get(key).and_then(Tree::as_str).unwrap_or_default()
}

/// The records of a list.
pub(super) fn records<'t>(keys: &'t Keys, key: &str) -> impl Iterator<Item = &'t Keys> {
    keys.get(key).and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object)
}

pub(super) fn rest(keys: &Keys, without: &[&str]) -> Keys {
    keys.iter().filter(|(key, _)| !without.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// A number that was written.
pub(super) fn numeric(text: &str) -> Tree {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// A text that was read, as the tree of its file has it.
pub(super) fn text_tree(text: &Text, languages: &[Language]) -> Tree {
    let forms = languages.iter().map(|language| (language.code().to_owned(), Tree::from(text.in_language(*language))));
    Tree::Object(forms.collect())
}

/// Puts our own keys into an element.
pub(super) fn own(element: &mut Keys, keys: Keys) {
    if !keys.is_empty() {
        element.insert(OWN.to_owned(), Tree::Object(keys));
    }
}

/// A text in its languages as SurveyJS has it: English is `default` there.
pub(super) fn localized(text: &Tree, form: &dyn Fn(&str) -> String) -> Tree {
    match text {
        Tree::Object(forms) => {
            let mut out = Keys::new();
            for (language, text) in forms {
                let key = if language == Language::English.code() { "default" } else { language };
                out.insert(key.to_owned(), form(text.as_str().unwrap_or_default()).into());
            }
            Tree::Object(out)
        }
        other => form(other.as_str().unwrap_or_default()).into(),
    }
}

impl Writer<'_> {
    pub(super) fn place(&self, id: &str) -> Place {
        self.survey.question(id).map_or_else(|| self.survey.place.clone(), |question| question.place.clone())
    }

    pub(super) fn lose(&mut self, place: &Place, ja: impl Into<String>, en: impl Into<String>) {
        lost(place.clone(), ja, en, &mut self.diagnostics);
    }

    /// `{{nickname | you}}` as SurveyJS fills in an answer: `{nickname}`; the words behind the bar where it cannot.
    fn words(&self, text: &str) -> String {
        let filled: String = pieces(text).map_or_else(
            |_| text.to_owned(),
            |pieces| {
                let words = |piece: &Piece<'_>| match piece {
                    Piece::Words(words) => (*words).to_owned(),
                    Piece::Answer { variable, instead, .. } => self.dialect.filled(variable).unwrap_or(instead).to_owned(),
                };
                pieces.iter().map(words).collect()
            },
        );
        plain(&filled)
    }

    /// A text under a key; the original travels along where it has marks or fills in answers.
    pub(super) fn text(&mut self, element: &mut Keys, own: &mut Keys, to: &str, key: &str, text: Option<&Tree>, place: &Place) {
        let Some(text) = text else { return };
        let (there, same) = (localized(text, &|text| self.words(text)), localized(text, &str::to_owned));
        if there != same {
            own.insert(key.to_owned(), text.clone());
            own.insert(format!("~{to}"), there.clone());
            if text.to_string().contains("{{") {
                self.lose(
                    place,
                    "答えを差し込む文です。SurveyJS では、答えがないときの言葉が出ません。",
                    "This text fills in an answer; SurveyJS shows nothing where there is none.",
                );
            } else {
                self.lose(place, "太字などの飾りは、SurveyJS では出ません。", "SurveyJS shows this text without its emphasis.");
            }
        }
        element.insert(to.to_owned(), there);
    }

    /// A translated expression; what is not quite the same is said.
    pub(super) fn translated(&mut self, translated: Result<Translated, String>, place: &Place) -> Option<String> {
        match translated {
            Ok(Translated { text, nuances }) => {
                for nuance in nuances {
                    let (ja, en) = match nuance {
                        Nuance::Rounded => (
                            "小数の和や積は、SurveyJS では桁をそろえて丸められます。",
                            "SurveyJS rounds sums and products of fractions to the places of their parts.",
                        ),
                        Nuance::Capitals => (
                            "文を比べるとき、SurveyJS は大文字と小文字を区別しません。",
                            "SurveyJS does not tell capitals from small letters when it compares texts.",
                        ),
                    };
                    self.lose(place, ja, en);
                }
                Some(text)
            }
            Err(part) => {
                self.lose(
                    place,
                    format!("「{part}」は SurveyJS で書けません。SurveyJS では、この式はないものになります。"),
                    format!("SurveyJS has no words for “{part}”; it does without this expression."),
                );
                None
            }
        }
    }
}
