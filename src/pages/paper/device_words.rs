//! What a survey on a device says: the words of its questions and of every complaint, as JSON for `assets/device.js`. The words are
//! those of the served form, because the same functions make them.

use super::marks::Marks;
use crate::language::Text;
use crate::pages::edition::Edition;
use crate::pages::form::terms;
use crate::survey::consent::CONSENT;
use crate::survey::definition::Page;
use crate::survey::own_code::OWN_CODE;
use crate::survey::question::{Choice, Item, Kind, NO, OTHER, Question, YES};
use crate::survey::{Fault, Measure, Survey};
use serde_json::{Map, Value as Json, json};

/// The phrases that the script says by itself.
const SAID: [&str; 51] = [
    "list_gap",
    "title_gap",
    "progress_question",
    "progress_questions",
    "progress_page",
    "next",
    "to_review",
    "no_answer",
    "decline",
    "change",
    "other_answer",
    "pair_answer",
    "rank",
    "fault_item",
    "faults_one",
    "faults_some",
    "faults_missing",
    "faults_missing_one",
    "unknown_choice",
    "only_one",
    "too_many",
    "exclusive",
    "other_missing",
    "other_not_chosen",
    "not_a_number",
    "decimals",
    "no_decimals",
    "too_long",
    "not_a_day",
    "contradiction",
    "rank_taken",
    "ranks_missing",
    "sum_short",
    "sum_over",
    "day_words",
    "day_months",
    "day_weekdays",
    "device_review_title",
    "device_progress",
    "device_saved_whole",
    "device_saved_part",
    "device_open_failed",
    "device_open_other",
    "device_open_revision",
    "device_open_done",
    "device_open_dropped",
    "device_codes",
    "device_codes_too_long",
    "device_code",
    "device_code_name",
    "device_code_only",
];

/// The phrases, by their key.
pub(super) fn phrases(edition: &Edition<'_>) -> Json {
    SAID.iter().map(|key| ((*key).to_owned(), json!(edition.say(key)))).collect::<Map<_, _>>().into()
}

/// The words of what is asked before the first question, by its field.
pub(super) fn first(edition: &Edition<'_>, survey: &Survey) -> Map<String, Json> {
    let say = |fault: Fault| edition.complaint_first(&fault);
    let mut words = Map::new();
    if let Some(consent) = &survey.consent {
        let all = json!({
            "text": edition.say("consent_title"), "label": terms::label(edition, consent),
            "no_consent": say(Fault::NoConsent), "new_wording": say(Fault::NewWording),
        });
        words.insert(CONSENT.to_owned(), all);
    }
    if let Some(code) = &survey.code {
        let all = json!({
            "text": edition.say("own_code_title"), "missing": say(Fault::Missing),
            "code_characters": say(Fault::CodeCharacters), "code_short": say(Fault::CodeShort(code.min_length)),
            "code_pattern": code.pattern.as_ref().map(|pattern| say(Fault::CodePattern(pattern.clone()))),
        });
        words.insert(OWN_CODE.to_owned(), all);
    }
    words
}

/// The words of a page's questions, by the question's id.
pub(super) fn questions(edition: &Edition<'_>, marks: &Marks, page: &Page) -> Map<String, Json> {
    page.questions.iter().map(|question| (question.id.clone(), words(edition, marks, question))).collect()
}

fn words(edition: &Edition<'_>, marks: &Marks, question: &Question) -> Json {
    let plain = |text: &Text| marks.in_text(edition.plain(text));
    let say = |fault: Fault| edition.complaint(question, &fault);
    let labels: Map<String, Json> =
        question.variables().iter().map(|variable| (variable.id.clone(), json!(plain(&variable.label)))).collect();
    let mut words = json!({
        "text": plain(&question.text),
        "labels": labels,
        "names": names(question, &plain),
        "missing": say(Fault::Missing),
        "short": edition.complaint_in_short(question, &Fault::Missing),
    });
    let (unit, own) = match &question.kind {
        Kind::Number { unit, minimum, maximum, .. } => (unit.as_ref(), vec![("range", say(Fault::NumberRange(*minimum, *maximum)))]),
        Kind::Slider(slider) => {
            let range = say(Fault::NumberRange(Some(slider.minimum), Some(slider.maximum)));
            let step = say(Fault::OffStep(slider.minimum, slider.step, slider.decimals()));
            (slider.unit.as_ref(), vec![("range", range), ("off_step", step)])
        }
        Kind::Date { earliest, latest } => (None, vec![("day_range", say(Fault::DayRange(*earliest, *latest)))]),
        Kind::Ranking { top, .. } => (None, vec![("range", say(Fault::NumberRange(Some(1.0), Some(f64::from(*top)))))]),
        Kind::Allocation { total, unit, .. } => {
            (unit.as_ref(), vec![("range", say(Fault::NumberRange(Some(0.0), Some(f64::from(*total)))))])
        }
        Kind::Calculated { unit, .. } => (unit.as_ref(), Vec::new()),
        _ => (None, Vec::new()),
    };
    if let Some(words) = words.as_object_mut() {
        words.extend(own.into_iter().map(|(name, text)| (name.to_owned(), json!(text))));
        words.extend(unit.map(|unit| ("unit".to_owned(), json!(edition.plain(unit)))));
        if let Kind::Table { columns, .. } = &question.kind {
            let columns: Vec<Json> = columns.iter().map(|column| self::words(edition, marks, column)).collect();
            words.insert("columns".to_owned(), json!(columns));
        }
    }
    words
}

/// What codes and parts are called.
fn names(question: &Question, plain: &dyn Fn(&Text) -> String) -> Map<String, Json> {
    let one = |id: &str, text: &Text| (id.to_owned(), json!(plain(text)));
    let items = |items: &[Item]| items.iter().map(|item| one(&item.id, &item.text)).collect::<Vec<_>>();
    let choices = |choices: &[Choice]| choices.iter().map(|choice| one(&choice.id, &choice.text)).collect::<Vec<_>>();
    let named: Vec<(String, Json)> = match &question.kind {
        Kind::SingleChoice { choices: all, other }
        | Kind::Dropdown { choices: all, other }
        | Kind::MultipleChoice { choices: all, other, .. } => {
            choices(all).into_iter().chain(other.as_ref().map(|other| one(OTHER, other))).collect()
        }
        Kind::YesNo { yes, no } => vec![one(YES, yes), one(NO, no)],
        Kind::MultipleGrid { choices: all, .. } => choices(all),
        Kind::CardSort { cards, piles } => items(piles).into_iter().chain(items(cards)).collect(),
        Kind::Ranking { items: all, .. } | Kind::Allocation { items: all, .. } | Kind::PairedComparison { items: all } => items(all),
        // Points have their names from what they measure
        Kind::Scale(_) | Kind::Grid { .. } | Kind::Recommendation { .. } => {
            match question.variables().first().map(|first| &first.measure) {
                Some(Measure::Ordinal(points)) => points.iter().map(|point| one(&point.code, &point.label)).collect(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    named.into_iter().collect()
}
