//! The bar on both sides of a middle line: unfavourable answers to the left, favourable ones to the right. Neutral answers lie
//! across the line or stand apart; no answers always stand apart.

use super::canvas::{Canvas, Type};
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::palette::{Token, fill_of};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::sides::{Reach, Sides, sum};
use super::stacked::{counted, inside, values_under};
use super::words;
use crate::survey::figure::State;

/// Between the scale and what stands apart.
const APART: f64 = 14.0;
const TOTAL: Type = Type::new(17.0).bold().at(Anchor::End);

/// Where everything stands, in pixels.
struct Plan {
    left: f64,
    middle: f64,
    /// Where neutral answers begin that stand apart.
    neutral: f64,
    /// Where no answers begin.
    none: f64,
    right: f64,
    /// Pixels of one per cent.
    scale: f64,
    bar: f64,
    narrow: bool,
}

impl Plan {
    fn new(reading: &Reading, sides: &Sides, left: f64, right: f64, narrow: bool) -> Plan {
        let reach = Reach::of(reading, sides, reading.lines.iter().filter(|line| splits(line)));
        let gaps = [reach.middle, reach.none].into_iter().filter(|share| *share > 0.0).count() as f64 * APART;
        let whole = reach.left + reach.right + reach.middle + reach.none;
        let scale = if whole > 0.0 { (right - left - gaps) / whole } else { (right - left) / 100.0 };
        let middle = if whole > 0.0 { left + reach.left * scale } else { f64::midpoint(left, right) };
        let neutral = middle + reach.right * scale + APART;
        let none = if reach.middle > 0.0 { neutral + reach.middle * scale + APART } else { neutral };
        let bar = if narrow {
            34.0
        } else if reading.lines.len() > 8 {
            28.0
        } else {
            36.0
        };
        Plan { left, middle, neutral, none, right, scale, bar, narrow }
    }
}

/// Whether a line can be parted: every class is known.
fn splits(line: &Line) -> bool {
    !line.hidden && line.cells.iter().all(|cell| cell.value.is_some())
}

/// Draws the bars.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let sides = Sides::of(&reading.columns);
    let labels = Labels::beside(reading, true);
    let totals = reading.lines.iter().filter_map(|line| total_words(reading, line)).map(|words| TOTAL.width(&words)).fold(0.0, f64::max);
    let room = if totals > 0.0 { totals + 16.0 } else { 1.0 };
    let plan = Plan::new(reading, &sides, if narrow { 0.5 } else { labels.end }, width - room, narrow);
    let canvas = Canvas::new(width);
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        let mut top = y + 6.0;
        if narrow {
            top = y + label_above(&canvas, reading, line, y, true) + 6.0;
        } else {
            top = top.max(y + labels.height(index) / 2.0 - plan.bar / 2.0);
            labels.draw(&canvas, reading, index, top + plan.bar / 2.0);
        }
        let below = row(&canvas, reading, line, &sides, &plan, top);
        if let (Some(words), Some(total)) = (total_words(reading, line), &line.total) {
            canvas.open(cell_data("total", total), Some(hover(reading, line, bracket_name(reading), total)));
            canvas.text(&words, width, top + plan.bar / 2.0, TOTAL);
            canvas.close();
        }
        canvas.close();
        let mut bottom = top + plan.bar + below;
        if !narrow {
            bottom = bottom.max(top + plan.bar / 2.0 + labels.height(index) / 2.0);
        }
        y = bottom + 16.0;
    }
    let key = key(reading, &sides, totals > 0.0);
    y += note(&canvas, &key, if narrow { 0.0 } else { plan.left }, y - 4.0);
    canvas.finish(y + 2.0)
}

fn bracket_name(reading: &Reading) -> &str {
    reading.bracket.as_ref().map_or(reading.say(words::TOTAL), |(name, _, _)| name.as_str())
}

fn total_words(reading: &Reading, line: &Line) -> Option<String> {
    let total = line.total.as_ref().filter(|total| total.value.is_some())?;
    Some(format!("{}{}", reading.drawn(line, total), reading.sign(total)))
}

/// What the middle line is, and what stands at the right.
fn key(reading: &Reading, sides: &Sides, totals: bool) -> String {
    let named = |classes: &[usize]| {
        let names: Vec<String> = classes.iter().map(|class| words::quoted(reading.language, &reading.columns[*class].label)).collect();
        words::listed(reading.language, &names)
    };
    let (middle, none) = (named(&sides.middle), named(&sides.none));
    let japanese = reading.language == crate::language::Language::Japanese;
    let mut parts = vec![match (japanese, middle.is_empty() || reading.apart) {
        (true, true) => "点線は、二つの側の境".to_owned(),
        (true, false) => format!("点線は、{middle}の真ん中"),
        (false, true) => "The dotted line parts the two sides".to_owned(),
        (false, false) => format!("The dotted line is the middle of {middle}"),
    }];
    let aside: Vec<String> = [(reading.apart, middle), (true, none)]
        .into_iter()
        .filter(|(apart, names)| *apart && !names.is_empty())
        .map(|(_, names)| names)
        .collect();
    if !aside.is_empty() {
        let names = words::listed(reading.language, &aside);
        parts.push(if japanese {
            format!("{names}は右に離して置いています")
        } else {
            format!("{names} set apart at the right")
        });
    }
    if totals {
        let name = words::quoted(reading.language, bracket_name(reading));
        parts.push(if japanese { format!("右端の数は{name}") } else { format!("At the right edge: {name}") });
    }
    parts.join(reading.say(("。", ". ")))
}

/// Draws a bar; returns how much stands under it.
fn row(canvas: &Canvas, reading: &Reading, line: &Line, sides: &Sides, plan: &Plan, top: f64) -> f64 {
    if line.hidden {
        hidden_bar(canvas, reading, plan.left, top, plan.right - plan.left, plan.bar);
        return 0.0;
    }
    if !splits(line) {
        // A part that nobody knows may lie on either side.
        return unsplit(canvas, reading, line, plan, top);
    }
    // Behind the bar, so that it runs through no number.
    canvas.dashed(&[(plan.middle, top - 7.0), (plan.middle, top + plan.bar + 9.0)], Token::Ink, 1.5, (2.0, 3.0));
    let middle = sum(line, &sides.middle);
    let start = plan.middle - (sum(line, &sides.left) + if reading.apart { 0.0 } else { middle / 2.0 }) * plan.scale;
    let mut scale = sides.left.clone();
    if !reading.apart {
        scale.extend(&sides.middle);
    }
    scale.extend(&sides.right);
    let mut under = Vec::new();
    run(canvas, reading, line, &scale, (start, top), plan, &mut under);
    if reading.apart {
        run(canvas, reading, line, &sides.middle, (plan.neutral, top), plan, &mut under);
    }
    run(canvas, reading, line, &sides.none, (plan.none, top), plan, &mut under);
    values_under(canvas, reading, line, &under, if plan.narrow { 0.0 } else { plan.left }, top + plan.bar + 3.0)
}

/// Classes beside each other from `left` on.
fn run(
    canvas: &Canvas,
    reading: &Reading,
    line: &Line,
    classes: &[usize],
    (left, top): (f64, f64),
    plan: &Plan,
    under: &mut Vec<(f64, String)>,
) {
    let whole = sum(line, classes) * plan.scale;
    let mut x = left;
    let known: Vec<usize> = classes.iter().copied().filter(|class| line.cells[*class].value.is_some_and(|value| value > 0.0)).collect();
    for (place, class) in known.iter().enumerate() {
        let (cell, column) = (&line.cells[*class], &reading.columns[*class]);
        let wide = cell.value.unwrap_or(0.0) * plan.scale;
        let gap = (wide / 3.0).min(0.75);
        let (inner, end) = (x + if place == 0 { 0.0 } else { gap }, x + wide - if place + 1 == known.len() { 0.0 } else { gap });
        let words = reading.drawn(line, cell);
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        match fill_of(column.tone, reading.steps) {
            Some(fill) => {
                canvas.rect(inner, top, end - inner, plan.bar, Paint::Token(fill));
                match inside(&words, end - inner, counted(reading, *class), plan.narrow) {
                    Some(set) => canvas.text(&words, f64::midpoint(inner, end), top + plan.bar / 2.0, set.paint(Paint::On(fill))),
                    None => under.push((f64::midpoint(inner, end), words)),
                }
            }
            None => {
                let fits = inside(&words, end - inner - 20.0, false, plan.narrow).is_some();
                let wordings = [words.as_str()];
                hatched(canvas, (inner, top, end - inner, plan.bar), if fits { &wordings } else { &[] });
                if !fits {
                    under.push((f64::midpoint(inner, end), words));
                }
            }
        }
        canvas.close();
        x += wide;
    }
    if whole > 0.0 {
        canvas.outline(left, top, whole, plan.bar, Token::Edge, 1.0);
    }
}

/// A line whose split is not known: hatched, with what is known of it under it.
fn unsplit(canvas: &Canvas, reading: &Reading, line: &Line, plan: &Plan, top: f64) -> f64 {
    canvas.open(vec![("state", State::Missing.word().to_owned())], Some(format!("{} · {}", line.label, reading.say(words::NO_SPLIT))));
    hatched(canvas, (plan.left, top, plan.right - plan.left, plan.bar), &[reading.say(words::NO_SPLIT), reading.say(words::MISSING)]);
    canvas.outline(plan.left, top, plan.right - plan.left, plan.bar, Token::Edge, 1.0);
    canvas.close();
    let known: Vec<String> = reading
        .columns
        .iter()
        .zip(&line.cells)
        .filter(|(_, cell)| cell.value.is_some())
        .map(|(column, cell)| format!("{} {}", column.label, reading.drawn(line, cell)))
        .collect();
    for (column, cell) in reading.columns.iter().zip(&line.cells).filter(|(_, cell)| cell.value.is_some()) {
        canvas.open(cell_data(&column.id, cell), None);
        canvas.close();
    }
    if known.is_empty() {
        return 0.0;
    }
    note(canvas, &known.join(reading.say(("、", ", "))), if plan.narrow { 0.0 } else { plan.left }, top + plan.bar + 4.0) + 4.0
}
