//! What a question takes, as a form says it.

use super::writer::{Keys, string};
use serde_json::Value as Tree;

/// The constraint of a question's row; empty where everything is taken.
pub(super) fn constraint(kind: &str, question: &Keys) -> String {
    let of = |key: &str| Some(string(question, key)).filter(|text| !text.is_empty());
    let mut parts: Vec<String> = Vec::new();
    match kind {
        "number" => {
            parts.extend(of("minimum").map(|low| format!(". >= {low}")));
            parts.extend(of("maximum").map(|high| format!(". <= {high}")));
        }
        "date" => {
            parts.extend(of("earliest").map(|first| format!(". >= date('{first}')")));
            parts.extend(of("latest").map(|last| format!(". <= date('{last}')")));
        }
        "short_text" | "long_text" => {
            let most = of("max_length").unwrap_or(if kind == "short_text" { "200" } else { "2000" });
            parts.push(format!("string-length(.) <= {most}"));
        }
        "multiple_choice" | "multiple_grid" => {
            parts.extend(of("at_most").map(|most| format!("count-selected(.) <= {most}")));
            for choice in question.get("choices").and_then(Tree::as_array).into_iter().flatten().filter_map(Tree::as_object) {
                if string(choice, "exclusive") == "true" {
                    parts.push(format!("not(selected(., '{}') and count-selected(.) > 1)", string(choice, "id")));
                }
            }
        }
        _ => {}
    }
    parts.join(" and ")
}

/// Of an item that is given points: none below nought, and with the last one the total is right.
pub(super) fn of_points(id: &str, items: &[&str], total: &str, last: bool) -> String {
    let mut parts = vec![". >= 0".to_owned(), format!(". <= {total}")];
    if last {
        let own = items.iter().map(|item| format!("${{{id}_{item}}}"));
        let others: Vec<String> = own.take(items.len() - 1).map(|path| format!("if({path} = '', 0, {path})")).collect();
        parts.push(format!(". + {} = {total}", others.join(" + ")));
    }
    parts.join(" and ")
}
