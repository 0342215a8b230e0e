//! `shirube status`: how every survey stands, never what anyone answered.

use super::console::{Console, Exit, Format};
use super::project::{day, sound, store_if_any};
use super::requests;
use super::terms;
use crate::language::{DayTime, Words, count};
use crate::pipeline::response;
use crate::survey::Access;
use crate::survey::definition::Opening;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the command. Counts of answers that wait are told in steps of the smallest group, so that no single arrival shows.
///
/// # Errors
///
/// When the store fails.
pub fn run(root: &Path, today: Option<DayTime>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, _) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let today = day(&loaded, today);
    let store = store_if_any(root, &mut loaded.catalog)?;
    let status = store.as_ref().map(|store| store.status()).transpose()?.unwrap_or_default();
    let mut rows = Vec::new();
    for survey in loaded.catalog.surveys.values() {
        let own = status.surveys.get(&survey.id).cloned().unwrap_or_default();
        let k = u64::from(survey.k);
        let collected = (own.closed + own.waiting) / k * k;
        let state = match survey.opening(today) {
            Opening::NotYet(day) => ("not-yet", Words::new(format!("{day} から"), format!("from {day}"))),
            Opening::Open => ("open", Words::new("受付中", "open")),
            Opening::Closed(day) => ("closed", Words::new(format!("{day} に終了"), format!("closed {day}"))),
        };
        let invited = match &store {
            Some(store) if survey.access == Access::Invited => Some(response::response(survey, &store.invitations(&survey.id)?)),
            _ => None,
        };
        let told = match &store {
            Some(store) if !survey.quotas.is_empty() => store.quotas(&survey.id)?,
            _ => BTreeMap::new(),
        };
        let batches = match &store {
            Some(store) if survey.consent.is_some() => store.batches(&survey.id)?,
            _ => Vec::new(),
        };
        if console.format == Format::Json {
            let mut row = serde_json::json!({"survey": survey.id, "state": state.0, "collected_at_least": collected, "in_batches": own.closed, "batches": own.batches});
            if let Some(invited) = invited {
                row["invitations"] = response::to_json(&invited);
            }
            if !survey.quotas.is_empty() {
                row["quotas"] = terms::quotas_json(survey, &told);
            }
            if survey.consent.is_some() {
                row["consent_at_least"] = serde_json::to_value(terms::versions(survey, &batches))?;
            }
            rows.push(row);
            continue;
        }
        let words = Words::new(
            format!(
                "{}: {}、回答 {} 人以上（{} 人ずつ数えます）、まとめ済み {} 人",
                survey.id,
                state.1.ja,
                count(collected),
                k,
                count(own.closed)
            ),
            format!(
                "{}: {}, {} answers or more (counted in steps of {}), {} in closed batches",
                survey.id,
                state.1.en,
                count(collected),
                k,
                count(own.closed)
            ),
        );
        console.result(words.in_language(console.language));
        if let Some(invited) = invited {
            response::to_lines(survey, &invited, console.language).iter().for_each(|line| console.result(line));
        }
        terms::quota_lines(survey, &told, console.language).iter().for_each(|line| console.result(line));
        if survey.consent.is_some() {
            terms::version_lines(survey, &batches, console.language).iter().for_each(|line| console.result(line));
        }
    }
    if let Some(store) = &store {
        let requests = requests::requests(&loaded.catalog, &**store, today.day)?;
        if console.format == Format::Json {
            rows.extend(requests.map(|requests| requests.to_json()));
        } else if let Some(requests) = requests {
            console.result(&requests.line(console.language));
        }
    }
    if console.format == Format::Json {
        console.result(&serde_json::Value::Array(rows).to_string());
    }
    Ok(Exit::Done)
}
