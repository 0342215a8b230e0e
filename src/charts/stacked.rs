//! The 100 % bar: rows of classes that add up, a bracket over the counted ones, hatching for what the source does not split.

use super::canvas::{Canvas, Type};
use super::division::{Part, parts};
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, nothing, row_data};
use super::lines::fit;
use super::palette::{Token, fill_of};
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::words;
use crate::survey::figure::State;

/// Sizes of one drawing.
struct Plan {
    narrow: bool,
    left: f64,
    right: f64,
    bar: f64,
    gap: f64,
}

/// Draws the bars.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let labels = Labels::beside(reading, true);
    let many = reading.lines.len() > 8;
    let brackets =
        reading.bracket.is_some() && reading.lines.iter().any(|line| line.total.as_ref().is_some_and(|total| total.value.is_some()));
    let left = if narrow { 0.5 } else { labels.end };
    let mut plan = Plan {
        narrow,
        left,
        right: width - 0.5,
        bar: if narrow {
            36.0
        } else if many {
            30.0
        } else {
            38.0
        },
        gap: match (many, brackets) {
            (true, _) => 18.0,
            (false, true) => 30.0,
            (false, false) => 22.0,
        },
    };
    if !narrow {
        plan.right = width - behind_room(reading, &plan, width);
    }
    let canvas = Canvas::new(width);
    let mut y = 0.0;
    for (index, line) in reading.lines.iter().enumerate() {
        canvas.open(row_data(line), None);
        if narrow {
            y += label_above(&canvas, reading, line, y, true) + 4.0;
        }
        let mut top = y + if line.total.as_ref().is_some_and(|total| total.value.is_some()) { 28.0 } else { 4.0 };
        if !narrow {
            // The label is centred on the bar; a high one pushes the bar down.
            top = top.max(y + labels.height(index) / 2.0 - plan.bar / 2.0);
            labels.draw(&canvas, reading, index, top + plan.bar / 2.0);
        }
        let below = if line.hidden {
            hidden_bar(&canvas, reading, plan.left, top, plan.right - plan.left, plan.bar);
            0.0
        } else {
            bar(&canvas, reading, line, &plan, top)
        };
        canvas.close();
        let mut bottom = top + plan.bar + below;
        if !narrow {
            bottom = bottom.max(top + plan.bar / 2.0 + labels.height(index) / 2.0);
        }
        y = bottom + if index + 1 == reading.lines.len() { 4.0 } else { plan.gap };
    }
    canvas.finish(y)
}

/// Room to keep behind the bars for values too wide for their part: what the widest needs, within limits.
fn behind_room(reading: &Reading, plan: &Plan, width: f64) -> f64 {
    let guess = Plan { right: width - 54.0, ..*plan };
    let widest = reading
        .lines
        .iter()
        .filter(|line| !line.hidden)
        .map(|line| {
            let parts = parts(line, None);
            let behind = behind(reading, line, &parts, &guess);
            if behind.is_empty() { 0.0 } else { BEHIND.width(&behind_words(reading, line, &behind)) + 10.0 }
        })
        .fold(0.0, f64::max);
    if widest <= 0.0 { 1.0 } else { widest.clamp(54.0, 120.0) }
}

const BEHIND: Type = Type::new(13.0).token(Token::Ink2);

impl Plan {
    fn x(&self, share: f64) -> f64 {
        self.left + (self.right - self.left) * share / 100.0
    }
}

/// How a value is set inside its part, or `None` where it does not fit.
pub(super) fn inside(words: &str, room: f64, bold: bool, narrow: bool) -> Option<Type> {
    let sizes: &[f64] = if narrow { &[14.0, 13.0, 12.0] } else { &[15.0, 13.0, 12.0] };
    sizes.iter().map(|size| Type::new(*size).bold_if(bold).at(Anchor::Middle)).find(|set| set.width(words) + 4.0 <= room)
}

/// The classes at the right end whose values do not fit inside.
fn behind(reading: &Reading, line: &Line, parts: &[Part], plan: &Plan) -> Vec<usize> {
    let mut classes = Vec::new();
    for part in parts.iter().rev() {
        let Some(class) = part.class else { break };
        let words = reading.drawn(line, &line.cells[class]);
        if inside(&words, plan.x(part.to) - plan.x(part.from) - 1.5, counted(reading, class), plan.narrow).is_some() {
            break;
        }
        classes.push(class);
    }
    classes.reverse();
    classes
}

pub(super) fn counted(reading: &Reading, class: usize) -> bool {
    reading.bracket.as_ref().is_some_and(|(_, first, last)| (*first..=*last).contains(&class))
}

fn behind_words(reading: &Reading, line: &Line, classes: &[usize]) -> String {
    let values: Vec<String> = classes.iter().map(|class| reading.drawn(line, &line.cells[*class])).collect();
    values.join(reading.say(("・", " · ")))
}

/// Draws one bar with its values and bracket; returns how much stands under it.
fn bar(canvas: &Canvas, reading: &Reading, line: &Line, plan: &Plan, top: f64) -> f64 {
    let range = reading.bracket.as_ref().map(|(_, first, last)| (*first, *last));
    let parts = parts(line, range);
    canvas.rect(plan.left, top, plan.right - plan.left, plan.bar, Paint::Token(Token::Sunk));
    let mut under: Vec<(f64, String)> = Vec::new();
    let mut behind = behind(reading, line, &parts, plan);
    if !plan.narrow && BEHIND.width(&behind_words(reading, line, &behind)) + 8.0 > canvas.width - plan.right {
        behind.clear();
    }
    for (index, part) in parts.iter().enumerate() {
        let (from, to) = (plan.x(part.from), plan.x(part.to));
        let gap = ((to - from) / 3.0).min(0.75);
        let inner = from + if index == 0 { 0.0 } else { gap };
        let width = (to - inner - if index + 1 == parts.len() { 0.0 } else { gap }).max(0.0);
        let Some(class) = part.class else {
            canvas.open(
                vec![("state", State::Missing.word().to_owned())],
                Some(format!("{} · {}", line.label, reading.say(words::NO_SPLIT))),
            );
            hatched(canvas, (inner, top, width, plan.bar), &[reading.say(words::NO_SPLIT), reading.say(words::MISSING)]);
            canvas.close();
            continue;
        };
        let (cell, column) = (&line.cells[class], &reading.columns[class]);
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        let words = reading.drawn(line, cell);
        match fill_of(column.tone, reading.steps) {
            Some(fill) => {
                canvas.rect(inner, top, width, plan.bar, Paint::Token(fill));
                match inside(&words, width, counted(reading, class), plan.narrow) {
                    Some(set) => canvas.text(&words, inner + width / 2.0, top + plan.bar / 2.0, set.paint(Paint::On(fill))),
                    None if behind.contains(&class) => {}
                    None => under.push((inner + width / 2.0, words)),
                }
            }
            None => {
                let fits = inside(&words, width - 16.0, false, plan.narrow).is_some();
                let wordings = [words.as_str()];
                hatched(canvas, (inner, top, width, plan.bar), if fits { &wordings } else { &[] });
                if !fits && !behind.contains(&class) {
                    under.push((inner + width / 2.0, words));
                }
            }
        }
        canvas.close();
    }
    // Values of zero have no part to stand in and need none.
    canvas.outline(plan.left, top, plan.right - plan.left, plan.bar, Token::Edge, 1.0);
    bracket(canvas, reading, line, &parts, plan, top);
    let mut below = values_under(canvas, reading, line, &under, plan.left, top + plan.bar);
    if !behind.is_empty() {
        let words = behind_words(reading, line, &behind);
        if plan.narrow {
            let words = format!("{}　{words}", reading.say(words::RIGHT_END));
            let fitted = fit(&words, plan.right - plan.left, 1, 13.0, false);
            for text in &fitted.lines {
                canvas.text(text, plan.right, top + plan.bar + below + 13.0, Type::new(fitted.size).token(Token::Ink2).at(Anchor::End));
                below += 18.0;
            }
        } else {
            canvas.text(&words, plan.right + 8.0, top + plan.bar / 2.0, BEHIND);
        }
    }
    below + benchmark(canvas, reading, line, plan, top + plan.bar, below)
}

/// The benchmark as a tick under the bar, where the counted classes begin at the left, and what it is under it.
/// Returns how high the words are.
fn benchmark(canvas: &Canvas, reading: &Reading, line: &Line, plan: &Plan, bottom: f64, below: f64) -> f64 {
    let counted = reading.bracket.as_ref().is_some_and(|(_, first, _)| *first == 0);
    let Some((cell, value)) = line.benchmark.as_ref().and_then(|cell| cell.value.map(|value| (cell, value))).filter(|_| counted) else {
        return 0.0;
    };
    canvas.open(cell_data("benchmark", cell), Some(hover(reading, line, &reading.benchmark_label, cell)));
    let x = plan.x(value.clamp(0.0, 100.0));
    canvas.line(&[(x, bottom + 1.0), (x, bottom + 11.0)], Token::Kaki, 2.5);
    let words = words::upright_mark(reading.language, &format!("{} {}", reading.benchmark_label, reading.drawn(line, cell)));
    let fitted = fit(&words, canvas.width - plan.left, 2, 12.0, false);
    let set = Type::new(fitted.size).token(Token::Kaki);
    let after = canvas.lines(&fitted.lines, plan.left, bottom + below + 22.0, 17.0, set);
    canvas.close();
    after - bottom - below - 8.0
}

/// Values under parts too narrow for them, each as near to its part as its neighbours allow; where that is not possible,
/// in a list with the names of their classes. Returns how high they are.
pub(super) fn values_under(canvas: &Canvas, reading: &Reading, line: &Line, values: &[(f64, String)], left: f64, top: f64) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let set = Type::new(12.0).token(Token::Ink2).at(Anchor::Middle);
    let widths: Vec<f64> = values.iter().map(|(_, words)| set.width(words) + 4.0).collect();
    let room = canvas.width - left;
    if widths.iter().sum::<f64>() > room {
        let all: Vec<String> = reading
            .columns
            .iter()
            .zip(&line.cells)
            .filter(|(_, cell)| cell.value.is_some())
            .map(|(column, cell)| format!("{} {}", column.label, reading.drawn(line, cell)))
            .collect();
        let fitted = fit(&all.join(reading.say(("、", ", "))), room, usize::MAX, 12.0, false);
        let after = canvas.lines(&fitted.lines, left, top + 12.0, 17.0, set.at(Anchor::Start));
        return after - 8.0 - top;
    }
    // From the left each is pushed right off its neighbour, then from the right back into the room.
    let mut places: Vec<f64> = values.iter().map(|(x, _)| *x).collect();
    let mut edge = left;
    for (place, width) in places.iter_mut().zip(&widths) {
        *place = place.max(edge + width / 2.0);
        edge = *place + width / 2.0;
    }
    let mut edge = canvas.width;
    for (place, width) in places.iter_mut().zip(&widths).rev() {
        *place = place.min(edge - width / 2.0);
        edge = *place - width / 2.0;
    }
    for ((x, words), place) in values.iter().zip(places) {
        canvas.line(&[(*x, top + 1.5), (place, top + 8.0)], Token::Edge, 1.0);
        canvas.text(words, place, top + 15.0, set);
    }
    21.0
}

/// The least width of a bracket with two feet, in px.
const FEET: f64 = 14.0;

/// The bracket over the counted classes with their sum set into its line.
fn bracket(canvas: &Canvas, reading: &Reading, line: &Line, parts: &[Part], plan: &Plan, top: f64) {
    let (Some((name, first, last)), Some(total)) = (&reading.bracket, &line.total) else { return };
    let Some(value) = total.value else { return };
    let counted: Vec<&Part> = parts.iter().filter(|part| part.class.is_some_and(|class| (*first..=*last).contains(&class))).collect();
    let (from, to) = match (counted.first(), counted.last()) {
        (Some(a), Some(b)) => (a.from, b.to),
        // The split is not known, but the sum is, and it begins at the left end.
        _ if *first == 0 && line.cells.iter().all(|cell| cell.value.is_none()) => (0.0, value),
        _ => return,
    };
    let (from, to) = (plan.x(from), plan.x(to));
    let y = top - 12.0;
    let words = format!("{}{}", reading.drawn(line, total), reading.sign(total));
    let words = if total.state == State::Derived && !line.derived { reading.told(line, total) } else { words };
    let number = Type::new(17.0).bold();
    let label = Type::new(13.0).token(Token::Ink2).at(Anchor::End);
    let (number_width, label_width) = (number.width(&words), label.width(name) + 4.0);
    canvas.open(cell_data("total", total), Some(hover(reading, line, name, total)));
    let with_name = label_width + number_width;
    let inset = to - from - 28.0;
    if inset >= number_width {
        let named = inset >= with_name;
        let wide = if named { with_name } else { number_width };
        let start = f64::midpoint(from, to) - wide / 2.0;
        let split = if named { start + label_width } else { start };
        canvas.line(&[(from, top - 6.0), (from, y), (start - 6.0, y)], Token::Ink, 1.5);
        canvas.line(&[(start + wide + 6.0, y), (to, y), (to, top - 6.0)], Token::Ink, 1.5);
        if named {
            canvas.text(name, split - 4.0, y, label);
        }
        canvas.text(&words, split, y, number);
    } else {
        if to - from < FEET {
            // Two feet so close together look like a letter
            let middle = f64::midpoint(from, to);
            canvas.line(&[(middle, top - 6.0), (middle, y)], Token::Ink, 1.5);
        } else {
            canvas.line(&[(from, top - 6.0), (from, y), (to, y), (to, top - 6.0)], Token::Ink, 1.5);
        }
        let behind = canvas.width - to - 8.0;
        if behind >= with_name {
            canvas.text(name, to + 8.0 + label_width - 4.0, y, label);
            canvas.text(&words, to + 8.0 + label_width, y, number);
        } else if behind >= number_width {
            canvas.text(&words, to + 8.0, y, number);
        } else {
            let start = from - 8.0 - number_width;
            canvas.text(&words, from - 8.0, y, number.at(Anchor::End));
            if start - plan.left >= label_width {
                canvas.text(name, start - 4.0, y, label);
            }
        }
    }
    canvas.close();
}
