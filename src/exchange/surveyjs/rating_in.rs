//! Ratings: which kind of ours one is, and its points.

use super::choices_in::is_numbered;
use super::element::{Context, Element};
use super::writer::Keys;
use crate::exchange::tree::tree;
use serde_json::{Value as Tree, json};

impl Context<'_> {
    /// How a rating is asked with us.
    pub(super) fn rates_as(&self, element: &Element<'_>, kept: &str) -> &'static str {
        let values = element.list("rateValues");
        let usual = |key: &str, usual: &'static str| Some(element.text(key)).filter(|text| !text.is_empty()).unwrap_or(usual).to_owned();
        let (low, step) = (usual("rateMin", "1"), usual("rateStep", "1"));
        let count = element.text("rateCount");
        let high = if count.is_empty() { usual("rateMax", "5") } else { count.to_owned() };
        match (values.is_empty(), low.as_str(), high.parse::<u32>()) {
            (true, "0", Ok(10)) if step == "1" && matches!(kept, "" | "recommendation") => "recommendation",
            (true, "1", Ok(2..=11)) if step == "1" => "scale",
            (true, ..) => "slider",
            (false, ..) if is_numbered(&values) => "scale",
            _ => "single_choice",
        }
    }

    /// What a rating has of its own.
    pub(super) fn rating(&self, element: &Element<'_>, kind: &str, own: &Keys, question: &mut Keys) {
        for key in ["displayMode", "rateMin", "rateMax", "rateCount", "rateStep", "autoGenerate"] {
            element.text(key);
        }
        let values = element.list("rateValues");
        if !values.is_empty() {
            let (key, labels) = self.labels(&values, false);
            question.insert("points".to_owned(), values.len().to_string().into());
            question.insert(key.to_owned(), labels.into());
            return;
        }
        let ends = ["minRateDescription", "maxRateDescription"];
        let written: Vec<Tree> = ends.iter().map(|key| element.get(key).map(tree).unwrap_or_default()).collect();
        let points = if element.text("rateCount").is_empty() { element.text("rateMax") } else { element.text("rateCount") };
        let points = if points.is_empty() { "5" } else { points };
        if kind == "scale" {
            question.insert("points".to_owned(), points.into());
        }
        if ends.iter().zip(&written).all(|(key, text)| own.get(&format!("~usual_{key}")) == Some(text))
            || own.get("~ends") == Some(&written.clone().into())
        {
            return;
        }
        question.remove("ends");
        let texts: Vec<Option<Tree>> = ends.iter().map(|key| self.words(element, key, &Keys::new(), key)).collect();
        match texts.as_slice() {
            [None, None] if kind == "scale" => {
                let labels: Vec<Tree> = (1..=points.parse().unwrap_or(5_u32)).map(|point| point.to_string().into()).collect();
                question.insert("labels".to_owned(), labels.into());
            }
            [None, None] => {}
            [low, high] => {
                let top = if kind == "scale" { points } else { "10" };
                let low = low.clone().unwrap_or_else(|| if kind == "scale" { "1" } else { "0" }.into());
                question.insert("ends".to_owned(), json!([low, high.clone().unwrap_or_else(|| top.into())]));
            }
            _ => {}
        }
    }
}
