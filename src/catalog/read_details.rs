//! Reads what only some kinds of chart ask for: units of classes, tested differences, breaks, fields, a whole, a scale.

use super::read_figure::{figure, say};
use crate::content::scalar::decimal;
use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::survey::exhibit::{Break, Class, Contrast, Corner, Corners, Details, Kind, Row, Spot, Tone, Whole};
use crate::survey::figure::Unit;

/// Where ids of rows and classes are looked up.
struct Ids<'a> {
    classes: &'a [Class],
    rows: &'a [Row],
}

/// Reads the details of a data set whose classes and rows are read.
pub(super) fn details(
    fields: Fields<'_>,
    kind: Kind,
    whole_unit: Unit,
    classes: &[Class],
    rows: &[Row],
    diagnostics: &mut Diagnostics,
) -> Details {
    let ids = Ids { classes, rows };
    let own = |class: Fields<'_>| class.node("unit").and_then(Node::scalar).map_or(whole_unit, unit);
    let units: Vec<Unit> = fields.records("classes").map(own).collect();
    let mut contrasts = changes(fields, kind, &ids, diagnostics);
    contrasts.extend(fields.records("comparisons").filter_map(|one| comparison(one, &ids, diagnostics)));
    let breaks = fields.records("breaks").filter_map(|one| {
        let row = ids.row(one, "row", diagnostics)?;
        let class = if one.node("class").is_some() { Some(ids.class(one, "class", diagnostics)?) } else { None };
        Some(Break { row, class, label: one.text("label") })
    });
    let breaks = breaks.collect();
    let crossing = match fields.items("crossing") {
        [x, y] => x.scalar().and_then(decimal).zip(y.scalar().and_then(decimal)),
        _ => None,
    };
    let bins = fields.record("bins").and_then(|bins| {
        let number = |key: &str| bins.node(key).and_then(Node::scalar).and_then(decimal);
        let pair = number("start").zip(number("width"))?;
        if pair.1 <= 0.0 {
            say(diagnostics, code::OUT_OF_RANGE, bins.place_of("width"), "width は 0 より大きい数です。", "The width is a number above 0.");
        }
        Some(pair)
    });
    Details {
        units: if units.iter().all(|unit| *unit == whole_unit) { Vec::new() } else { units },
        contrasts,
        apart: fields.line("neutral") == "apart",
        crossing,
        corners: fields.record("corners").map(corners),
        breaks,
        bins,
        mean: fields.node("mean").map(|node| figure(node, diagnostics)),
        marks: false,
        people: None,
        whole: fields.node("whole").and_then(|_| whole(fields, &ids, diagnostics)),
    }
}

/// `change` of the rows: from the first class to the second, of a recommendation from those against to those for it.
fn changes(fields: Fields<'_>, kind: Kind, ids: &Ids<'_>, diagnostics: &mut Diagnostics) -> Vec<Contrast> {
    let side = |tones: [Tone; 2]| ids.classes.iter().position(|class| tones.contains(&class.tone));
    let (from, to) = match kind {
        Kind::Recommendation => (side([Tone::Negative, Tone::VeryNegative]), side([Tone::Positive, Tone::VeryPositive])),
        _ => (Some(0), Some(1)),
    };
    let mut contrasts = Vec::new();
    for (row, one) in fields.records("rows").enumerate() {
        let (Some(node), Some(from), Some(to)) = (one.node("change"), from, to) else { continue };
        let spot = |class: usize| Spot { row, class: Some(class) };
        contrasts.push(Contrast { from: spot(from), to: spot(to), figure: figure(node, diagnostics) });
    }
    contrasts
}

fn comparison(one: Fields<'_>, ids: &Ids<'_>, diagnostics: &mut Diagnostics) -> Option<Contrast> {
    let mut row = |key: &str| if one.node(key).is_some() { ids.row(one, key, diagnostics).map(Some) } else { Some(None) };
    let (to_row, from_row) = (row("row")??, row("from_row")?);
    let mut class = |key: &str| if one.node(key).is_some() { ids.class(one, key, diagnostics).map(Some) } else { Some(None) };
    let (to_class, from_class) = (class("class")?.unwrap_or(0), class("from_class")?);
    let to = Spot { row: to_row, class: Some(to_class) };
    let from = Spot { row: from_row.unwrap_or(to_row), class: Some(from_class.unwrap_or(to_class)) };
    if from == to {
        say(
            diagnostics,
            code::MISSING_KEY,
            one.place(),
            "比べる相手がありません。from_row か from_class を書いてください。",
            "There is nothing to compare with: give from_row or from_class.",
        );
        return None;
    }
    one.node("difference").map(|node| Contrast { from, to, figure: figure(node, diagnostics) })
}

fn corners(fields: Fields<'_>) -> Corners {
    let first = match fields.line("first").as_str() {
        "upper_left" => Some(Corner::UpperLeft),
        "upper_right" => Some(Corner::UpperRight),
        "lower_left" => Some(Corner::LowerLeft),
        "lower_right" => Some(Corner::LowerRight),
        _ => None,
    };
    let text = |key: &str| fields.text(key);
    Corners {
        upper_left: text("upper_left"),
        upper_right: text("upper_right"),
        lower_left: text("lower_left"),
        lower_right: text("lower_right"),
        first,
    }
}

fn whole(fields: Fields<'_>, ids: &Ids<'_>, diagnostics: &mut Diagnostics) -> Option<Whole> {
    let id = fields.line("whole");
    let row = ids.rows.iter().position(|row| row.id == id).map(Whole::Row);
    let found = row.or_else(|| ids.classes.iter().position(|class| class.id == id).map(Whole::Class));
    if found.is_none() {
        let known = ids.rows.iter().map(|row| row.id.as_str()).chain(ids.classes.iter().map(|class| class.id.as_str()));
        unknown(&id, &fields.place_of("whole"), ("行も区分も", "row or class"), known, diagnostics);
    }
    found
}

impl Ids<'_> {
    fn row(&self, fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<usize> {
        let id = fields.line(key);
        let found = self.rows.iter().position(|row| row.id == id);
        if found.is_none() && !id.is_empty() {
            unknown(&id, &fields.place_of(key), ("行は", "row"), self.rows.iter().map(|row| row.id.as_str()), diagnostics);
        }
        found
    }

    fn class(&self, fields: Fields<'_>, key: &str, diagnostics: &mut Diagnostics) -> Option<usize> {
        let id = fields.line(key);
        let found = self.classes.iter().position(|class| class.id == id);
        if found.is_none() && !id.is_empty() {
            unknown(&id, &fields.place_of(key), ("区分は", "class"), self.classes.iter().map(|class| class.id.as_str()), diagnostics);
        }
        found
    }
}

fn unknown<'a>(id: &str, place: &Place, (ja, en): (&str, &str), known: impl Iterator<Item = &'a str>, diagnostics: &mut Diagnostics) {
    let diagnostic = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place.clone(),
        format!("「{id}」という{ja}ありません。"),
        format!("There is no {en} “{id}”."),
    );
    diagnostics.push(match closest(id, known) {
        Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => diagnostic,
    });
}

/// The unit of a word.
pub(super) fn unit(word: &str) -> Unit {
    match word {
        "points" => Unit::Points,
        "count" => Unit::Count,
        "score" => Unit::Score,
        "coefficient" => Unit::Coefficient,
        "ratio" => Unit::Ratio,
        _ => Unit::Percent,
    }
}
