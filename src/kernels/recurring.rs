//! Words that come again: in how many answers each stands.

use serde::{Deserialize, Serialize};

/// Answers and the words that were marked in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The answers.
    pub texts: Vec<String>,
    /// The words.
    pub words: Vec<String>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// The word.
    pub word: String,
    /// In how many answers it stands.
    pub answers: usize,
}

/// Counts, the most frequent first; equals in their order.
#[must_use]
pub fn recurring(input: &Input) -> Vec<Word> {
    let texts: Vec<String> = input.texts.iter().map(|text| text.to_lowercase()).collect();
    let count = |word: &str| texts.iter().filter(|text| text.contains(&word.to_lowercase())).count();
    let words = input.words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
    let mut words: Vec<Word> = words.map(|word| Word { word: word.to_owned(), answers: count(word) }).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.answers));
    words
}
