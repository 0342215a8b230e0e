//! What people wrote, as a report quotes it: by theme, with how many wrote at least, and how it was chosen.

use crate::catalog::Report;
use crate::catalog::report::CommentsBlock;
use crate::content::spreadsheet_charts::Held;
use crate::language::count;
use crate::pages::edition::Edition;
use crate::statistics::{Comments, Published, Rules};
use serde::Serialize;

/// A block of comments with something to quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// What was asked, or what the author calls it.
    pub title: String,
    /// The question, where the title is another.
    pub asked: Option<String>,
    /// By theme.
    pub themes: Vec<QuotedTheme>,
    /// How it was chosen, and of how many.
    pub notes: Vec<String>,
}

/// Texts of one theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotedTheme {
    /// Its name; none where all texts stand together.
    pub label: Option<String>,
    /// How many people wrote about it at least.
    pub people: Option<String>,
    /// The texts.
    pub texts: Vec<QuotedText>,
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotedText {
    /// Its words.
    pub words: String,
    /// What is said of it where other words stand in place of what was written.
    pub redacted: Option<String>,
}

/// What a block quotes; `None`: nothing yet.
pub(super) fn quoted(edition: &Edition<'_>, report: &Report, block: &CommentsBlock, published: Option<&Published>) -> Option<Quoted> {
    let comments = published?.comments.get(&block.question.value)?;
    let only: Vec<String> = block.themes.iter().map(|theme| theme.value.clone()).collect();
    let themes = comments.by_theme(&only, usize::try_from(block.most).unwrap_or(usize::MAX));
    if themes.iter().all(|theme| theme.quoted.is_empty()) {
        return None;
    }
    let alone = themes.len() == 1 && themes[0].label.is_none();
    let text = |comment: &&crate::statistics::Comment| QuotedText {
        words: comment.words.clone(),
        redacted: comment.redacted.then(|| edition.say("comments_redacted").to_owned()),
    };
    let asked = asked(edition, report, block);
    let title = block.title.as_ref().map(|title| edition.plain(title));
    Some(Quoted {
        asked: title.as_ref().map(|_| asked.clone()),
        title: title.unwrap_or(asked),
        themes: themes
            .iter()
            .map(|theme| QuotedTheme {
                label: match theme.label {
                    Some(label) => Some(edition.plain(label)),
                    None if alone => None,
                    None => Some(edition.say("comments_other").to_owned()),
                },
                people: theme.people.map(|people| edition.fill("comments_people", &[("n", &count(people))])),
                texts: theme.quoted.iter().map(text).collect(),
            })
            .collect(),
        notes: notes(edition, comments, block.most),
    })
}

/// What was asked.
pub(super) fn asked(edition: &Edition<'_>, report: &Report, block: &CommentsBlock) -> String {
    let survey = edition.material.catalog.surveys.get(&report.survey.value);
    let variables = survey.map(crate::survey::Survey::variables).unwrap_or_default();
    let found = variables.iter().find(|variable| variable.id == block.question.value);
    found.map(|variable| edition.plain(&variable.label)).unwrap_or_default()
}

/// What stands where there is nothing to quote yet: too few wrote, or nobody has decided. Both look alike.
pub(super) fn nothing(edition: &Edition<'_>, report: &Report) -> String {
    let k = edition.material.catalog.surveys.get(&report.survey.value).map_or(0, |survey| survey.k);
    edition.fill("comments_none", &[("n", &Rules::of(u64::from(k), false, false).text_minimum.to_string())])
}

fn notes(edition: &Edition<'_>, comments: &Comments, most: u32) -> Vec<String> {
    let least = |n: u64| match n {
        0 => edition.fill("comments_few", &[("k", &count(comments.step))]),
        n => edition.fill("comments_least", &[("n", &count(n))]),
    };
    let all = [
        ("written", least(comments.written)),
        ("reviewed", least(comments.reviewed)),
        ("redacted", least(comments.redacted)),
        ("left", least(comments.left_out)),
    ];
    let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (*name, text.as_str())).collect();
    vec![edition.fill("comments_how", &[("n", &most.to_string())]), edition.fill("comments_counts", &all)]
}

/// The rows of a sheet of the report's workbook.
pub(super) fn sheet(quoted: &Quoted) -> Vec<Vec<Held>> {
    let mut rows = vec![vec![Held::Title(quoted.title.clone())]];
    rows.extend(quoted.asked.iter().map(|asked| vec![Held::Text(asked.clone())]));
    for theme in &quoted.themes {
        rows.push(Vec::new());
        let head = theme.label.iter().map(|label| Held::Head(label.clone()));
        let row: Vec<Held> = head.chain(theme.people.iter().map(|people| Held::Text(people.clone()))).collect();
        rows.extend((!row.is_empty()).then_some(row));
        rows.extend(theme.texts.iter().map(|text| {
            let words = std::iter::once(Held::Text(text.words.clone()));
            words.chain(text.redacted.iter().map(|said| Held::Text(said.clone()))).collect::<Vec<_>>()
        }));
    }
    rows.push(Vec::new());
    rows.extend(quoted.notes.iter().map(|note| vec![Held::Text(note.clone())]));
    rows
}
