//! A drawing by its name, from the JSON that a device would draw it from.

use super::{as_json, bars, cash_flow, life_line, quadrant, timeline};
use crate::charts::scene::Scene;
use crate::charts::svg::{Head, Svg, for_page};
use crate::language::Language;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// Every drawing.
pub const NAMES: [&str; 5] = ["life_line", "cash_flow", "timeline", "quadrant", "bars"];

fn made(name: &str, input: &Json) -> Option<Scene> {
    fn read<T: DeserializeOwned>(input: &Json) -> Option<T> {
        serde_json::from_value(input.clone()).ok()
    }
    Some(match name {
        "life_line" => life_line::draw(&read(input)?),
        "cash_flow" => cash_flow::draw(&read(input)?),
        "timeline" => timeline::draw(&read(input)?),
        "quadrant" => quadrant::draw(&read(input)?),
        "bars" => bars::draw(&read(input)?),
        _ => return None,
    })
}

/// The scene of a drawing as JSON; `None` for a name or an input that it does not know.
#[must_use]
pub fn scene(name: &str, input: &Json) -> Option<Json> {
    made(name, input).map(|scene| as_json::scene(&scene))
}

/// A drawing for a page, with what is read of it.
#[must_use]
pub fn draw(name: &str, input: &Json, (id, title, description): (&str, &str, &str), language: Language) -> Option<Svg> {
    let variant = if input.get("width").and_then(Json::as_f64).is_some_and(|width| width < 500.0) { "narrow" } else { "wide" };
    made(name, input).map(|scene| for_page(&scene, &Head { exhibit: id, variant, title, description, language }))
}
