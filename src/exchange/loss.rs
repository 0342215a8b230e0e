//! What does not cross from one form of survey to another, and what crosses with another meaning: each said, none silent.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::Survey;
use serde_json::{Map, Value as Tree, json};

/// Something that cannot cross: it is not in the result.
pub(super) fn lost(place: Place, ja: impl Into<String>, en: impl Into<String>, diagnostics: &mut Diagnostics) {
    diagnostics.push(Diagnostic::warning(code::LOST, place, ja, en));
}

/// What of a survey as a whole no other form has a place for, in one sentence.
pub(super) fn of_whole(tree: &Tree, shown: &[&str], place: &Place, diagnostics: &mut Diagnostics) {
    let keys: Vec<&str> = tree.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    let known: Vec<&str> = keys.into_iter().filter(|key| !shown.contains(key) && !["consent", "code", "quotas"].contains(key)).collect();
    if !known.is_empty() {
        let ja =
            format!("ほかのソフトは、次の決めごとを守りません（{}）。戻すときのために、ファイルには入れてあります。", known.join("、"));
        let en = format!("Other programs do not keep these rules ({}); the file carries them for the way back.", known.join(", "));
        lost(place.clone(), ja, en, diagnostics);
    }
}

/// What other programs know nothing of, question by question.
pub(super) fn of_question(question: &Map<String, Tree>, place: &Place, also: &[(&str, &str, &str)], diagnostics: &mut Diagnostics) {
    let own = [
        ("sensitive", "集計の人数", "larger groups for its figures"),
        ("unit", "単位", "its unit"),
        ("favourable", "好ましい向き", "which end is favourable"),
        ("pin", "位置の固定", "its fixed place"),
    ];
    for (key, ja, en) in own.iter().chain(also) {
        let within = |list: &Tree| list.as_array().into_iter().flatten().any(|part| part.get(key).is_some());
        let parts = ["choices", "rows", "items", "cards"].iter().filter_map(|list| question.get(*list));
        if question.contains_key(*key) || (*key == "pin" && parts.into_iter().any(within)) {
            lost(
                place.clone(),
                format!("{ja}（{key}）は、ほかのソフトには伝わりません。"),
                format!("Other programs know nothing of {en} ({key})."),
                diagnostics,
            );
        }
    }
    if question.get("need").and_then(Tree::as_str) == Some("declinable") {
        lost(
            place.clone(),
            "「答えたくない」は、ほかのソフトでは選べません。答えなくてもよい質問になります。",
            "Other programs cannot decline; this question may be left empty there.",
            diagnostics,
        );
    }
}

/// What a form of others does not say and every survey needs is proposed, and said to be.
pub(super) fn proposals(survey: &mut Map<String, Tree>, pages: &[Tree], file: &str, diagnostics: &mut Diagnostics) {
    let questions: usize = pages.iter().filter_map(|page| page.get("questions").and_then(Tree::as_array)).map(Vec::len).sum();
    let stem = std::path::Path::new(file).file_stem().map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned());
    let proposals = [
        ("title", json!(stem)),
        ("lead", json!({"ja": "いくつかの質問にお答えください。", "en": "Please answer a few questions."})),
        ("minutes", json!((questions / 5).clamp(1, 180).to_string())),
        ("mode", json!("anonymous")),
        ("purpose", json!({"ja": "回答を何に使うかを、ここに書いてください。", "en": "Say here what the answers are for."})),
    ];
    let mut proposed = Vec::new();
    for (key, value) in proposals {
        if !survey.contains_key(key) {
            survey.insert(key.to_owned(), value);
            proposed.push(key);
        }
    }
    if !proposed.is_empty() {
        diagnostics.push(
            Diagnostic::warning(
                code::LOST,
                Place::whole(&file.into()),
                format!("フォームにないものを仮に書きました（{}）。", proposed.join("、")),
                format!("The form does not say these; they are proposals ({}).", proposed.join(", ")),
            )
            .hint("できたファイルで直してください。", "Correct them in the file that was written."),
        );
    }
}

/// What stands before the first question and what limits the answers: the file carries it, other programs do not ask for it.
pub(super) fn terms(survey: &Survey, diagnostics: &mut Diagnostics) {
    if let Some(consent) = &survey.consent {
        let en = "Other programs do not ask for the consent.";
        lost(consent.place.clone(), "同意の文は、ほかのプログラムでは出ません。", en, diagnostics);
    }
    if let Some(code) = &survey.code {
        let en = "Other programs do not ask for the code of one’s own.";
        lost(code.place.clone(), "合いことばは、ほかのプログラムではたずねません。", en, diagnostics);
    }
    if let Some(quota) = survey.quotas.first() {
        let en = "Other programs do not count quotas.";
        lost(quota.place.clone(), "定員は、ほかのプログラムでは数えません。", en, diagnostics);
    }
}
