//! The codebook: what every variable of an export means, as JSON and as a page.

use super::columns::{DECLINED, NOT_SHOWN, SKIPPED, STATES, WITHHELD, categories, label, state_words};
use super::release::Release;
use crate::content::Html;
use crate::language::Language;
use crate::survey::rotation::ROTATION;
use crate::survey::scoring::Method;
use crate::survey::{Answer, Measure, Variable};
use serde_json::{Map, Value as Json, json};

/// How often each state of a variable occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) given: usize,
    pub(super) not_shown: usize,
    pub(super) skipped: usize,
    pub(super) declined: usize,
    pub(super) withheld: usize,
}

/// Counts the states of a variable.
pub(super) fn counts(release: &Release<'_>, at: usize) -> Counts {
    let mut counts = Counts::default();
    for row in &release.rows {
        match row.get(at) {
            Some(Some(Answer::Given(_))) => counts.given += 1,
            Some(Some(Answer::Skipped)) => counts.skipped += 1,
            Some(Some(Answer::Declined)) => counts.declined += 1,
            Some(None) => counts.withheld += 1,
            Some(Some(Answer::NotShown)) | None => counts.not_shown += 1,
        }
    }
    counts
}

/// The name of what a variable holds.
pub(super) fn measure_name(measure: &Measure) -> &'static str {
    match measure {
        Measure::Nominal(_) => "nominal",
        Measure::Ordinal(_) => "ordinal",
        Measure::Multiple(_) => "multiple",
        Measure::Number => "number",
        Measure::Text => "text",
        Measure::Date => "date",
        Measure::Order(_) => "order",
        Measure::Identity => "identity",
    }
}

fn languages(write: impl Fn(Language) -> String) -> Json {
    Json::Object(Language::ALL.into_iter().map(|language| (language.code().to_owned(), write(language).into())).collect())
}

/// The codebook as JSON: `shirube-codebook`, version 1.
#[must_use]
pub fn json(release: &Release<'_>) -> String {
    let survey = release.survey;
    let mut variables: Vec<Json> = Vec::new();
    for (at, variable) in release.variables.iter().enumerate() {
        let counts = counts(release, at);
        let mut entry = described(release, variable);
        entry.insert("n".to_owned(), counts.given.into());
        entry.insert(
            "without_answer".to_owned(),
            json!({"not_shown": counts.not_shown, "skipped": counts.skipped, "declined": counts.declined, "withheld": counts.withheld}),
        );
        variables.push(Json::Object(entry));
    }
    for variable in survey.variables().iter().filter(|variable| variable.measure == Measure::Text) {
        let mut entry = described(release, variable);
        match (release.texts.get(&variable.id), release.held.contains(&variable.id)) {
            (Some(texts), _) => entry.insert("n".to_owned(), texts.len().into()),
            // How many so few are is nobody's business either
            (None, true) => entry.insert("held_back".to_owned(), true.into()),
            (None, false) => entry.insert("n".to_owned(), 0.into()),
        };
        entry.insert("in_rows".to_owned(), false.into());
        variables.push(Json::Object(entry));
    }
    let scales: Vec<Json> = survey
        .scales
        .iter()
        .map(|scale| {
            json!({
                "id": scale.id,
                "label": languages(|language| scale.label.in_language(language).to_owned()),
                "items": scale.items,
                "reversed": scale.reversed,
                "method": if scale.method == Method::Mean { "mean" } else { "sum" },
                "min_answered": scale.min_answered,
                "points": scale.points,
                "bands": scale.bands.iter().map(|band| json!({
                    "from": band.from, "label": languages(|language| band.label.in_language(language).to_owned()),
                })).collect::<Vec<Json>>(),
            })
        })
        .collect();
    let states: Map<String, Json> = STATES
        .into_iter()
        .filter_map(|state| state_words(state).map(|words| (state.to_owned(), json!({"ja": words.ja, "en": words.en}))))
        .collect();
    let book = json!({
        "format": "shirube-codebook",
        "version": 1,
        "survey": survey.id,
        "title": languages(|language| survey.title.in_language(language).to_owned()),
        "revision": survey.revision,
        "revisions_answered": release.revisions,
        "n": release.rows.len(),
        "states": states,
        "variables": variables,
        "scales": scales,
    });
    format!("{book:#}\n")
}

fn described(release: &Release<'_>, variable: &Variable) -> Map<String, Json> {
    let survey = release.survey;
    let mut entry = Map::new();
    entry.insert("id".to_owned(), variable.id.clone().into());
    entry.insert("question".to_owned(), variable.question.clone().into());
    entry.insert("text".to_owned(), languages(|language| label(survey, variable, language)));
    entry.insert("measure".to_owned(), measure_name(&variable.measure).into());
    if release.retired.contains(&variable.id) {
        entry.insert("retired".to_owned(), true.into());
    }
    let formerly = survey.history.formerly(&variable.id);
    if !formerly.is_empty() {
        entry.insert("formerly".to_owned(), formerly.into());
    }
    let rotated = survey.rotated();
    let values: Vec<Json> = categories(variable)
        .iter()
        .map(|category| {
            let mut value = json!({
                "code": category.code,
                "label": languages(|language| crate::content::plain(category.label.in_language(language))),
            });
            if release.retired.contains(&format!("{}.{}", variable.id, category.code)) {
                value["retired"] = true.into();
            }
            let formerly = survey.history.code_formerly(&variable.id, &category.code);
            if !formerly.is_empty() {
                value["formerly"] = formerly.into();
            }
            if variable.id == ROTATION {
                value["orders"] = rotated
                    .iter()
                    .filter_map(|list| Some(json!({"list": list.id, "page": list.page, "parts": list.order(&category.code)?})))
                    .collect();
            }
            value
        })
        .collect();
    if !values.is_empty() {
        entry.insert("values".to_owned(), values.into());
    }
    let scales: Vec<Json> = survey
        .scales
        .iter()
        .filter(|scale| scale.items.contains(&variable.id))
        .map(|scale| json!({"scale": scale.id, "reversed": scale.reversed.contains(&variable.id)}))
        .collect();
    if !scales.is_empty() {
        entry.insert("scales".to_owned(), scales.into());
    }
    entry
}

/// What something was called before, behind its id.
fn former(ids: &[&str]) -> String {
    if ids.is_empty() {
        String::new()
    } else {
        format!(" ← <code>{}</code>", ids.iter().map(|id| Html::escape(id).to_string()).collect::<Vec<_>>().join(", "))
    }
}

/// The codebook as a page of its own, in both languages side by side.
#[must_use]
pub fn page(release: &Release<'_>) -> String {
    let survey = release.survey;
    let escape = |text: &str| Html::escape(text).to_string();
    let both = |write: &dyn Fn(Language) -> String| -> String {
        let (ja, en) = (write(Language::Japanese), write(Language::English));
        if ja == en { escape(&ja) } else { format!("<span lang=\"ja\">{}</span><br><span lang=\"en\">{}</span>", escape(&ja), escape(&en)) }
    };
    let title = both(&|language| survey.title.in_language(language).to_owned());
    let mut rows = String::new();
    for (at, variable) in release.variables.iter().enumerate() {
        let counts = counts(release, at);
        let mut values = String::new();
        for category in categories(variable) {
            let gone = if release.retired.contains(&format!("{}.{}", variable.id, category.code)) { " ×" } else { "" };
            let label = both(&|language| crate::content::plain(category.label.in_language(language)));
            let formerly = former(&survey.history.code_formerly(&variable.id, &category.code));
            let orders: String = survey
                .rotated()
                .iter()
                .filter(|_| variable.id == ROTATION)
                .filter_map(|list| {
                    let parts: Vec<String> =
                        list.order(&category.code)?.iter().map(|code| format!("<code>{}</code>", escape(code))).collect();
                    Some(format!("<br><code>{}</code>: {}", escape(&list.id), parts.join(" → ")))
                })
                .collect();
            values += &format!("<dt><code>{}</code>{gone}{formerly}</dt><dd>{label}{orders}</dd>", escape(&category.code));
        }
        let scales: Vec<String> = survey
            .scales
            .iter()
            .filter(|scale| scale.items.contains(&variable.id))
            .map(|scale| {
                let mark = if scale.reversed.contains(&variable.id) { " ⇄" } else { "" };
                format!("{}{mark}", escape(&scale.id))
            })
            .collect();
        let numbers = [counts.given, counts.not_shown, counts.skipped, counts.declined, counts.withheld];
        rows += &format!(
            "<tr><th scope=\"row\"><code>{}</code>{}</th><td>{}</td><td>{}</td><td><dl>{values}</dl></td><td>{}</td>{}</tr>\n",
            escape(&variable.id),
            former(&survey.history.formerly(&variable.id)),
            both(&|language| label(survey, variable, language)),
            measure_name(&variable.measure),
            scales.join("<br>"),
            numbers.map(|number| format!("<td class=\"n\">{number}</td>")).concat(),
        );
    }
    let states = [("", "n"), (NOT_SHOWN, ""), (SKIPPED, ""), (DECLINED, ""), (WITHHELD, "")]
        .map(|(state, other)| match state_words(state) {
            Some(words) => format!(
                "<th scope=\"col\"><span lang=\"ja\">{}</span><br><span lang=\"en\">{}</span><br><code>{state}</code></th>",
                escape(&words.ja),
                escape(&words.en)
            ),
            None => format!("<th scope=\"col\">{other}</th>"),
        })
        .concat();
    format!(
        "<!doctype html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{} – {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p><code>{}</code>, revision {}, n = {}. ⇄ 逆転項目 <span lang=\"en\">reversed</span>. × \
         いまの質問にはない選択肢 <span lang=\"en\">no longer on offer</span>. ← 前の ID <span lang=\"en\">former id</span>.</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Codebook\">\n\
         <table>\n<thead><tr><th scope=\"col\"><span lang=\"ja\">変数</span><br><span lang=\"en\">Variable</span></th>\
         <th scope=\"col\"><span lang=\"ja\">質問</span><br><span lang=\"en\">Question</span></th>\
         <th scope=\"col\"><span lang=\"ja\">種類</span><br><span lang=\"en\">Measure</span></th>\
         <th scope=\"col\"><span lang=\"ja\">値</span><br><span lang=\"en\">Values</span></th>\
         <th scope=\"col\"><span lang=\"ja\">尺度</span><br><span lang=\"en\">Scales</span></th>{states}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\n</div>\n</main>\n</body>\n</html>\n",
        escape(survey.title.in_language(Language::Japanese)),
        escape(survey.title.in_language(Language::English)),
        escape(&survey.id),
        survey.revision,
        release.rows.len(),
    )
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:1rem/1.6 system-ui,\"Hiragino Sans\",\"Noto Sans JP\",sans-serif;\
margin:0 auto;max-width:90rem;padding:1rem}h1{font-size:1.4rem;line-height:1.4}.wide{overflow-x:auto}\
table{border-collapse:collapse;font-size:.875rem}th,td{border-bottom:1px solid #8886;padding:.5rem .75rem;text-align:left;\
vertical-align:top}td:nth-child(2){min-width:16rem}dl{display:grid;gap:.25rem .75rem;grid-template-columns:auto 1fr;margin:0;min-width:12rem}\
dd{margin:0}.n{font-variant-numeric:tabular-nums;text-align:right}code{white-space:nowrap}";
