//! Reads the terms of a survey (consent, a code of one's own, quotas) and checks that they fit the rest of it.

use super::check::{self, Scope, Wanted};
use super::consent::{CONSENT, Consent};
use super::definition::{Mode, Survey};
use super::domain::TODAY;
use super::own_code::{OWN_CODE, OwnCode, is_pattern};
use super::quota::Quota;
use super::read_parts::{duplicates, read_expression, say};
use super::sample::SAMPLE;
use super::variable::{Measure, Variable};
use crate::content::{Fields, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest characters of a code where the author does not say it.
const USUAL_LENGTH: u32 = 6;

/// What people agree to.
pub(super) fn read_consent(fields: Fields<'_>) -> Option<Consent> {
    let own = fields.record("consent")?;
    Some(Consent {
        place: own.place_of("text"),
        text: own.text("text"),
        label: own.optional_text("label"),
        required: own.node("required").is_none() || own.flag("required"),
    })
}

/// How people make up their codes.
pub(super) fn read_code(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<OwnCode> {
    let own = fields.record("code")?;
    let pattern = own.optional_line("pattern").filter(|pattern| !pattern.is_empty());
    let length = pattern.as_ref().map(|pattern| u32::try_from(pattern.chars().count()).unwrap_or(u32::MAX));
    if pattern.as_ref().is_some_and(|pattern| !is_pattern(pattern)) || length.is_some_and(|length| !(4..=32).contains(&length)) {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                own.place_of("pattern"),
                "字の並びは、A（文字）、9（数字）、*（どちらでも）を4字から32字並べて書きます。",
                "A pattern is 4 to 32 of these: A for a letter, 9 for a digit, * for either.",
            )
            .hint("たとえば「AA9999」のように書きます。", "Write it like “AA9999”."),
        );
    }
    if pattern.is_some() && own.node("min_length").is_some() {
        say(
            diagnostics,
            code::UNKNOWN_KEY,
            own.place_of("min_length"),
            "pattern があるときは、字数もそれで決まります。min_length は書きません。",
            "The pattern decides the length; leave min_length out.",
        );
    }
    let code = OwnCode {
        place: own.place(),
        parts: own.items("parts").iter().map(text_of).collect(),
        example: own.optional_text("example"),
        min_length: length.unwrap_or_else(|| own.integer("min_length", USUAL_LENGTH)),
        pattern: pattern.filter(|pattern| is_pattern(pattern)),
    };
    let fits = |example: &Text| Language::ALL.iter().all(|language| code.read(example.in_language(*language)).is_ok());
    if code.example.as_ref().is_some_and(|example| !fits(example)) {
        say(
            diagnostics,
            code::UNKNOWN_VALUE,
            own.place_of("example"),
            "見本の合いことばが、決まりに合いません。",
            "The example is no code after these rules.",
        );
    }
    Some(code)
}

/// Quotas, as they are written.
pub(super) fn read_quotas(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Quota> {
    fields
        .records("quotas")
        .map(|quota| Quota {
            id: quota.line("id"),
            place: quota.place_of("id"),
            label: quota.optional_text("label"),
            when: read_expression(quota, "when", diagnostics),
            limit: quota.integer("limit", 0),
            message: quota.optional_text("message"),
        })
        .collect()
}

/// Whether the terms fit the survey: its mode, its ids, its answers.
pub(super) fn check_terms(survey: &Survey, fields: Fields<'_>, variables: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) {
    match (survey.mode == Mode::Pseudonymous, &survey.code) {
        (true, None) => diagnostics.push(
            Diagnostic::error(
                code::MISSING_KEY,
                fields.place_of("mode"),
                "pseudonymous のアンケートには、合いことばの作り方（code）が要ります。",
                "A pseudonymous survey needs the key “code”: how people make up theirs.",
            )
            .hint(
                "code: の下に parts を書き、本人だけが毎回同じに作れる合いことばの作り方を示してください。",
                "Give “code:” with “parts”, a recipe that comes to the same code every time.",
            ),
        ),
        (false, Some(own)) => diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_KEY,
                own.place.clone(),
                "合いことば（code）は、mode: pseudonymous のときだけ使えます。",
                "A code of one’s own goes with “mode: pseudonymous” only.",
            )
            .hint("mode: pseudonymous にするか、code を消してください。", "Write “mode: pseudonymous”, or remove “code”."),
        ),
        _ => {}
    }
    for (id, taken) in [(CONSENT, survey.consent.is_some()), (OWN_CODE, survey.code.is_some()), (SAMPLE, survey.sample)] {
        let question = survey.questions().find(|question| question.id == id || question.variables().iter().any(|one| one.id == id));
        if let Some(question) = question.filter(|_| taken) {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                question.place.clone(),
                &format!("「{id}」は、同意・合いことば・見本の印の列の名前なので、質問には使えません。"),
                &format!("“{id}” is the column of the consent, the code or the mark of a sample and cannot be a question."),
            );
        }
    }
    check_quotas(survey, fields, variables, diagnostics);
}

fn check_quotas(survey: &Survey, fields: Fields<'_>, variables: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) {
    duplicates(survey.quotas.iter().map(|quota| (quota.id.as_str(), &quota.place)), "枠", "quota", diagnostics);
    let scales: BTreeSet<String> = survey.scales.iter().map(|scale| scale.id.clone()).collect();
    let scope = Scope { earlier: variables, all: variables, scales: &scales, all_scales: &scales };
    for (quota, written) in survey.quotas.iter().zip(fields.records("quotas")) {
        if quota.limit < survey.k || !quota.limit.is_multiple_of(survey.k) {
            diagnostics.push(limit(survey, quota, written));
        }
        let Some(condition) = &quota.when else { continue };
        check::check(condition, Wanted::Truth, &scope, diagnostics);
        for name in survey.speaks_of(&condition.expression) {
            if survey.variables().iter().any(|variable| variable.id == name && variable.sensitive) {
                let ja = format!(
                    "「{name}」は慎重に扱う質問（sensitive）です。定員に達したことから、ほかの人の答えが分かるおそれがあるので、枠の条件には使えません。"
                );
                let en = format!("“{name}” is sensitive; that a quota is full could tell what others answered, so none can speak of it.");
                say(diagnostics, code::CONDITION, condition.place.clone(), &ja, &en);
                continue;
            }
            let text = variables.get(&name).is_some_and(|variable| variable.measure == Measure::Text);
            if !text && name != TODAY {
                continue;
            }
            let (ja, en) = if text {
                (
                    format!("「{name}」は自由に書く文です。文はほかの答えから切り離して残すので、枠の条件には使えません。"),
                    format!("“{name}” is free text, which is kept apart from other answers; no quota can speak of it."),
                )
            } else {
                (
                    "答えた日は残さないので、枠の条件に today は使えません。".to_owned(),
                    "The day of an answer is not kept; no quota can speak of today.".to_owned(),
                )
            };
            say(diagnostics, code::CONDITION, condition.place.clone(), &ja, &en);
        }
    }
}

fn limit(survey: &Survey, quota: &Quota, written: Fields<'_>) -> Diagnostic {
    let (k, limit) = (survey.k, quota.limit);
    let below = limit / k * k;
    let near = if below == 0 { vec![k] } else { vec![below, below.saturating_add(k)] };
    let near: Vec<String> = near.iter().map(u32::to_string).collect();
    Diagnostic::error(
        code::OUT_OF_RANGE,
        written.place_of("limit"),
        format!("枠の人数は、最小人数（k={k}）の倍数にします。いまは {limit} です。"),
        format!("A quota is a whole number of k ({k}); this one is {limit}."),
    )
    .hint(
        format!("{} にしてください。半端な数だと、定員に達したことから一人の答えが分かるおそれがあります。", near.join(" か ")),
        format!("Make it {}. With any other number, a full quota could give one person’s answer away.", near.join(" or ")),
    )
}
