//! What status tells of quotas and of the versions of a consent: in steps of the smallest group, never who.

use crate::language::{Language, count};
use crate::survey::consent::CONSENT;
use crate::survey::{Answer, Batch, Survey, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Quotas for programs: `{"limit": 30, "counted_at_least": 10, "full": false}` by the quota's id.
pub(super) fn quotas_json(survey: &Survey, told: &BTreeMap<String, u64>) -> Json {
    let quota = |id: &str, limit: u32| {
        let (counted, full) = counted(survey, told, id, limit);
        (id.to_owned(), json!({"limit": limit, "counted_at_least": counted, "full": full}))
    };
    Json::Object(survey.quotas.iter().map(|one| quota(&one.id, one.limit)).collect())
}

/// Quotas for people, a line each.
pub(super) fn quota_lines(survey: &Survey, told: &BTreeMap<String, u64>, language: Language) -> Vec<String> {
    let line = |quota: &crate::survey::Quota| {
        let (counted, full) = counted(survey, told, &quota.id, quota.limit);
        let (counted, limit, id) = (count(counted), count(u64::from(quota.limit)), &quota.id);
        match (language, full) {
            (Language::Japanese, true) => format!("  枠 {id}: 定員の {limit} 人に達しました"),
            (Language::Japanese, false) => format!("  枠 {id}: {limit} 人中 {counted} 人以上（まとめ済みの分）"),
            (Language::English, true) => format!("  quota {id}: full, {limit} answers"),
            (Language::English, false) => format!("  quota {id}: {counted} or more of {limit} (in closed batches)"),
        }
    };
    survey.quotas.iter().map(line).collect()
}

fn counted(survey: &Survey, told: &BTreeMap<String, u64>, id: &str, limit: u32) -> (u64, bool) {
    let (told, k) = (told.get(id).copied().unwrap_or(0), u64::from(survey.k.max(1)));
    (told / k * k, told >= u64::from(limit))
}

/// How many people agreed to each version of the consent, in steps of k; `None` where they are fewer than k.
pub(super) fn versions(survey: &Survey, batches: &[Batch]) -> BTreeMap<String, Option<u64>> {
    let k = u64::from(survey.k.max(1));
    let mut held: BTreeMap<String, u64> = survey.consent.iter().map(|consent| (consent.version(), 0)).collect();
    for column in batches.iter().filter_map(|batch| batch.columns.get(CONSENT)) {
        for (answer, n) in column.entries().iter().zip(column.counts(None)) {
            if let Answer::Given(Value::Choice(version)) = answer {
                *held.entry(version.clone()).or_default() += n;
            }
        }
    }
    held.into_iter().map(|(version, n)| (version, (n >= k).then_some(n / k * k))).collect()
}

/// The versions for people, a line each.
pub(super) fn version_lines(survey: &Survey, batches: &[Batch], language: Language) -> Vec<String> {
    let present = survey.consent.as_ref().map(crate::survey::Consent::version);
    let line = |(version, n): (String, Option<u64>)| {
        let now = present.as_ref() == Some(&version);
        match language {
            Language::Japanese => {
                let now = if now { "（いまの文面）" } else { "" };
                let n = n.map_or_else(|| format!("{} 人未満", survey.k), |n| format!("{} 人以上", count(n)));
                format!("  同意の版 {version}{now}: {n}")
            }
            Language::English => {
                let now = if now { " (present wording)" } else { "" };
                let n = n.map_or_else(|| format!("fewer than {}", survey.k), |n| format!("{} or more", count(n)));
                format!("  consent {version}{now}: {n}")
            }
        }
    };
    versions(survey, batches).into_iter().map(line).collect()
}
