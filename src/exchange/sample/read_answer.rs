//! Reads how a number on the line behind an answer becomes that answer, for each kind of variable.

use super::plan::Answering;
use super::random::quantile;
use super::read_parts::{say, share, shared_out, unknown};
use crate::content::yaml::Value;
use crate::content::{Fields, Node};
use crate::diagnostic::Diagnostics;
use crate::survey::question::{Kind, OTHER};
use crate::survey::{Measure, Variable};

/// How a number on the line becomes an answer to this variable.
pub(super) fn answering(record: Fields<'_>, kind: &Kind, variable: &Variable, diagnostics: &mut Diagnostics) -> Option<Answering> {
    let mut lacks = |key: &str| {
        say(
            diagnostics,
            record.place_of("item"),
            format!("「{}」には {key} が要ります。", variable.id),
            format!("“{}” needs “{key}”.", variable.id),
        );
        None
    };
    match (&variable.measure, kind) {
        (Measure::Text, _) => {
            let texts: Vec<String> = record.items("texts").iter().filter_map(Node::scalar).map(str::to_owned).collect();
            if texts.is_empty() {
                return lacks("texts");
            }
            Some(Answering::Texts(share(record, "writing", 0.3, diagnostics), texts))
        }
        (Measure::Ordinal(all) | Measure::Nominal(all), kind) if !matches!(kind, Kind::PairedComparison { .. } | Kind::CardSort { .. }) => {
            let mut codes: Vec<String> = all.iter().map(|category| category.code.clone()).filter(|code| code != OTHER).collect();
            if matches!(kind, Kind::YesNo { .. }) {
                codes.reverse();
            }
            let shares = match record.node("shares") {
                None => vec![1.0; codes.len()],
                Some(node) => node.items().iter().filter_map(number).collect(),
            };
            if shares.len() != codes.len() {
                say(
                    diagnostics,
                    record.place_of("shares"),
                    format!("「{}」の選択肢は {} 個なのに、重みが {} 個あります。", variable.id, codes.len(), shares.len()),
                    format!("“{}” has {} choices, and here are {} weights.", variable.id, codes.len(), shares.len()),
                );
                return None;
            }
            let shares = shared_out(&shares, &record.place_of("shares"), diagnostics)?;
            let mut sum = 0.0;
            let ends = shares.iter().take(codes.len().saturating_sub(1)).map(|share| {
                sum += share;
                quantile(sum)
            });
            let ends = ends.collect();
            Some(Answering::Steps(codes, ends))
        }
        (Measure::Multiple(all), Kind::MultipleChoice { .. }) => {
            let Some(Value::Map(entries)) = record.node("chances").map(|node| &node.value) else { return lacks("chances") };
            for (key, node) in entries {
                if key.text == OTHER || !all.iter().any(|category| category.code == key.text) {
                    let known = all.iter().map(|category| category.code.as_str()).filter(|code| *code != OTHER);
                    unknown(diagnostics, key.place.clone(), ("選択肢", "choice"), &key.text, known);
                } else if !number(node).is_some_and(|share| (0.0..=1.0).contains(&share)) {
                    say(diagnostics, node.place.clone(), "割合は 0 から 1 までの数で書きます。", "A share is a number from 0 to 1.");
                }
            }
            Some(Answering::Several(entries.iter().filter_map(|(key, node)| Some((key.text.clone(), number(node)?))).collect()))
        }
        (Measure::Number, Kind::Number { .. } | Kind::Slider(_)) => {
            let Some((mean, sd)) = record.optional_decimal("mean").zip(record.optional_decimal("sd")) else { return lacks("mean, sd") };
            if sd < 0.0 {
                say(diagnostics, record.place_of("sd"), "標準偏差は 0 以上です。", "A standard deviation is 0 or more.");
            }
            Some(Answering::Number(mean, sd))
        }
        _ => {
            say(
                diagnostics,
                record.place_of("item"),
                format!("「{}」の種類の質問には、回答を作れません。", variable.id),
                format!("“{}” is of a kind for which no answers can be invented.", variable.id),
            );
            None
        }
    }
}

/// A number as it is written.
pub(super) fn number(node: &Node) -> Option<f64> {
    crate::content::scalar::decimal(node.scalar()?)
}
