//! A kernel by its name, over JSON: what the shared cases and the device speak.

use super::{ages, best_worst, cash_flow, compose, johari, lifeline, matching, overlap, paired, ranking, recurring, timeline, use_gap};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

/// Every kernel.
pub const NAMES: [&str; 13] = [
    "overlap",
    "johari",
    "ranking",
    "use_gap",
    "cash_flow",
    "ages",
    "paired",
    "best_worst",
    "timeline",
    "lifeline",
    "compose",
    "recurring",
    "matching",
];

/// What a kernel makes of an input; `None` for a name or an input that it does not know.
#[must_use]
pub fn run(kernel: &str, input: &Json) -> Option<Json> {
    fn read<T: DeserializeOwned>(input: &Json) -> Option<T> {
        serde_json::from_value(input.clone()).ok()
    }
    Some(match kernel {
        "overlap" => json!(overlap::overlap(&read(input)?)),
        "johari" => json!(johari::johari(&read::<Vec<_>>(input)?)),
        "ranking" => json!(ranking::ranking(&read(input)?)),
        "use_gap" => json!(use_gap::use_gap(&read(input)?)),
        "cash_flow" => json!(cash_flow::cash_flow(&read(input)?)),
        "ages" => json!(ages::ages(&read(input)?)),
        "paired" => json!(paired::paired(&read(input)?)),
        "best_worst" => json!(best_worst::best_worst(&read(input)?)),
        "timeline" => json!(timeline::timeline(&read::<Vec<_>>(input)?)),
        "lifeline" => json!(lifeline::lifeline(&read(input)?)),
        "compose" => json!(compose::compose(&read(input)?)),
        "recurring" => json!(recurring::recurring(&read(input)?)),
        "matching" => json!(matching::matching(&read(input)?)),
        _ => return None,
    })
}
