//! The heat map: a cell for every row and class, coloured by its difference to the whole, never by its size alone. Every cell
//! prints its number. Where cells would be too narrow the rows become lists.

use super::canvas::{Canvas, Type};
use super::cell::{Cell, print, share_decimals};
use super::frame::{Labels, cell_data, hatched, hidden_bar, hover, is_narrow, label_above, note, nothing, row_data};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene};
use super::verdict::{Verdict, of_difference};
use super::words;
use crate::survey::exhibit::{Spot, Whole};
use crate::survey::figure::{State, Unit};

const GAP: f64 = 2.0;
const CELL: f64 = 54.0;

/// From where on a difference has a colour, and a strong one, in the unit of the exhibit.
#[must_use]
pub(super) fn thresholds(reading: &Reading) -> (f64, f64) {
    let span = match (reading.unit, reading.range) {
        (Unit::Percent, _) => 100.0,
        (_, Some((low, high))) => high - low,
        (Unit::Coefficient, None) => 2.0,
        (_, None) => {
            let values = || reading.lines.iter().flat_map(|line| &line.cells).filter_map(|cell| cell.value);
            let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
            if most > least { most - least } else { 1.0 }
        }
    };
    (span * 0.04, span * 0.10)
}

/// A cell's difference to the whole, as printed, and whether it was tested and can be told from chance.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gap {
    /// The difference as printed.
    pub value: f64,
    /// In words, with its sign.
    pub shown: String,
    /// What its test says.
    pub verdict: Verdict,
}

/// The difference of a cell to its whole; `None` for the whole itself and where one of the two is not shown.
#[must_use]
pub(super) fn gap(reading: &Reading, row: usize, class: usize) -> Option<Gap> {
    let (from, is_whole) = match reading.whole? {
        Whole::Row(whole) => ((whole, class), whole == row),
        Whole::Class(whole) => ((row, whole), whole == class),
    };
    if is_whole {
        return None;
    }
    let at = |(row, class): (usize, usize)| reading.lines.get(row)?.cells.get(class);
    let (whole, cell) = (at(from)?, at((row, class))?);
    // «95 % or more» is no number that anything could be taken from
    let apart = cell.known()? - whole.known()?;
    let unit = cell.unit.of_difference();
    let tested = reading
        .change(Spot { row: from.0, class: Some(from.1) }, Spot { row, class: Some(class) })
        .map(|change| (&change.cell, of_difference(&change.cell)));
    let n = cell.n.into_iter().chain(whole.n).min();
    let value = tested.and_then(|(change, _)| change.value).unwrap_or(apart);
    let decimals = match unit {
        Unit::Points | Unit::Percent => share_decimals(n),
        Unit::Coefficient => 3,
        _ => 2,
    };
    let factor = [1.0, 10.0, 100.0, 1000.0][decimals as usize];
    let rounded = (value * factor + if value < 0.0 { -1.0e-9 } else { 1.0e-9 }).round() / factor;
    Some(Gap { value: rounded, shown: print(rounded, unit, true, n), verdict: tested.map_or(Verdict::Unknown, |(_, verdict)| verdict) })
}

/// The colour of a difference.
fn fill(reading: &Reading, gap: Option<&Gap>) -> Token {
    let (some, much) = thresholds(reading);
    match gap.map(|gap| gap.value) {
        Some(value) if value >= much - 1.0e-9 => Token::D5,
        Some(value) if value >= some - 1.0e-9 => Token::D2,
        Some(value) if value <= -much + 1.0e-9 => Token::K3,
        Some(value) if value <= -some + 1.0e-9 => Token::K2,
        _ => Token::Sunk,
    }
}

/// Rows and classes in the order of the drawing: the whole first, then as they come.
fn orders(reading: &Reading) -> (Vec<usize>, Vec<usize>) {
    let order = |count: usize, whole: Option<usize>| {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|index| Some(*index) != whole);
        order
    };
    match reading.whole {
        Some(Whole::Row(whole)) => (order(reading.lines.len(), Some(whole)), order(reading.columns.len(), None)),
        Some(Whole::Class(whole)) => (order(reading.lines.len(), None), order(reading.columns.len(), Some(whole))),
        None => (order(reading.lines.len(), None), order(reading.columns.len(), None)),
    }
}

/// Draws the map.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return nothing(reading, width);
    }
    let narrow = is_narrow(width);
    let labels = Labels::beside(reading, sizes(reading));
    let left = if narrow { 0.0 } else { labels.end };
    let cell = (width - left + GAP) / reading.columns.len() as f64;
    let canvas = Canvas::new(width);
    let y = match heads(reading, cell - GAP - 6.0) {
        Some(heads) => grid(&canvas, reading, &labels, &heads, (left, cell)),
        None => lists(&canvas, reading),
    };
    let key = key(reading);
    let height = if key.is_empty() { 0.0 } else { note(&canvas, &key, 0.0, y + 8.0) + 8.0 };
    canvas.finish(y + height + 2.0)
}

fn sizes(reading: &Reading) -> bool {
    reading.lines.iter().any(|line| line.n.is_some())
}

/// What stands in a class, if all its cells are about equally many people.
fn column_size(reading: &Reading, class: usize) -> Option<u64> {
    if !matches!(reading.whole, Some(Whole::Class(_))) {
        return None;
    }
    let mut sizes = reading.lines.iter().filter_map(|line| line.cells.get(class)).filter_map(|cell| cell.n);
    let first = sizes.next()?;
    sizes.all(|size| size == first).then_some(first)
}

/// The heads of the columns in `room`; `None` where cells are too narrow for them or for their numbers.
fn heads(reading: &Reading, room: f64) -> Option<Vec<Fitted>> {
    let numbers = || reading.lines.iter().flat_map(|line| line.cells.iter().map(|cell| reading.drawn(line, cell)));
    if room < 30.0 || numbers().any(|words| Type::new(13.0).bold().width(&words) > room) {
        return None;
    }
    let head = |label: &str| {
        let fitted = fit(label, room, 4, 13.0, false);
        (fitted.lines.len() <= 4 && widest_word(label, fitted.size, false) <= room).then_some(fitted)
    };
    reading.columns.iter().map(|column| head(&column.label)).collect()
}

fn grid(canvas: &Canvas, reading: &Reading, labels: &Labels, heads: &[Fitted], (left, pitch): (f64, f64)) -> f64 {
    let narrow = is_narrow(canvas.width);
    let (rows, columns) = orders(reading);
    let deepest = heads.iter().map(|head| head.lines.len()).max().unwrap_or(1) as f64;
    let groups = (0..reading.columns.len()).any(|class| column_size(reading, class).is_some());
    let whole = if let Some(Whole::Class(whole)) = reading.whole { Some(whole) } else { None };
    for (place, class) in columns.iter().enumerate() {
        let x = left + pitch * place as f64 + (pitch - GAP) / 2.0;
        let head = &heads[*class];
        let first = 8.0 + (deepest - head.lines.len() as f64) * 17.0;
        canvas.lines(&head.lines, x, first, 17.0, Type::new(head.size).bold_if(whole == Some(*class)).at(Anchor::Middle));
        if groups {
            let size = column_size(reading, *class).map_or_else(|| "–".to_owned(), crate::language::count);
            canvas.text(&format!("n={size}"), x, deepest * 17.0 + 8.0, Type::new(12.0).token(Token::Ink2).at(Anchor::Middle));
        }
    }
    let mut y = deepest * 17.0 + if groups { 17.0 } else { 0.0 } + 6.0;
    let rule = |y: f64| canvas.line(&[(0.0, y), (canvas.width, y)], Token::Ink, 2.0);
    rule(y);
    y += 4.0;
    for row in rows {
        let line = &reading.lines[row];
        canvas.open(row_data(line), None);
        let mut height = CELL;
        if narrow {
            y += label_above(canvas, reading, line, y + 4.0, sizes(reading)) + 8.0;
        } else {
            height = height.max(labels.height(row) + 6.0);
            labels.draw(canvas, reading, row, y + height / 2.0);
        }
        if line.hidden {
            hidden_bar(canvas, reading, left + 0.5, y + (height - 34.0) / 2.0, canvas.width - left - 1.0, 34.0);
        } else {
            for (place, class) in columns.iter().enumerate() {
                cell(canvas, reading, (row, *class), (left + pitch * place as f64, y, pitch - GAP, height - GAP));
            }
        }
        canvas.close();
        y += height;
        if reading.whole == Some(Whole::Row(row)) {
            rule(y + 1.0);
            y += 5.0;
        }
    }
    y
}

/// Whether a cell belongs to the whole itself, which has no colour.
fn is_whole(reading: &Reading, (row, class): (usize, usize)) -> bool {
    matches!(reading.whole, Some(Whole::Row(whole)) if whole == row) || matches!(reading.whole, Some(Whole::Class(whole)) if whole == class)
}

fn cell(canvas: &Canvas, reading: &Reading, at: (usize, usize), (x, y, width, height): (f64, f64, f64, f64)) {
    let (line, column) = (&reading.lines[at.0], &reading.columns[at.1]);
    let figure = &line.cells[at.1];
    canvas.open(cell_data(&column.id, figure), Some(hover(reading, line, &column.label, figure)));
    if figure.value.is_none() {
        empty_cell(canvas, reading, figure, (x, y, width, height));
        canvas.close();
        return;
    }
    let gap = gap(reading, at.0, at.1);
    let fill = fill(reading, gap.as_ref());
    let ink = if is_whole(reading, at) {
        Paint::Token(Token::Ink)
    } else {
        canvas.rect(x, y, width, height, Paint::Token(fill));
        Paint::On(fill)
    };
    let words = reading.drawn(line, figure);
    let mut set = Type::new(17.0).bold().at(Anchor::Middle).paint(ink);
    while set.width(&words) > width - 4.0 && set.size > 13.0 {
        set.size -= 1.0;
    }
    let middle = (x + width / 2.0, y + height / 2.0);
    match gap {
        Some(gap) if Type::new(12.0).bold().width(&gap.shown) <= width - 4.0 => {
            canvas.text(&words, middle.0, middle.1 - 8.0, set);
            let small = Type::new(12.0).bold_if(told(&gap)).at(Anchor::Middle).paint(ink);
            canvas.text(&gap.shown, middle.0, middle.1 + 11.0, small);
        }
        _ => canvas.text(&words, middle.0, middle.1, set),
    }
    canvas.close();
}

/// Whether the difference was tested and can be told from chance.
fn told(gap: &Gap) -> bool {
    matches!(gap.verdict, Verdict::More | Verdict::Less)
}

/// Hidden and missing cells are hatched; the word has room or not.
fn empty_cell(canvas: &Canvas, reading: &Reading, figure: &Cell, place: (f64, f64, f64, f64)) {
    let words = if figure.state == State::Hidden { words::HIDDEN_SHORT } else { words::MISSING };
    hatched(canvas, place, &[reading.say(words), "–"]);
    canvas.outline(place.0 + 0.5, place.1 + 0.5, place.2 - 1.0, place.3 - 1.0, Token::Edge, 1.0);
}

/// The same as lists, one a row: name of the class, its number on its colour, the difference.
fn lists(canvas: &Canvas, reading: &Reading) -> f64 {
    let (rows, columns) = orders(reading);
    let value = Type::new(15.0).bold();
    let numbers = || reading.lines.iter().flat_map(|line| line.cells.iter().map(|cell| reading.drawn(line, cell)));
    let wide = numbers().map(|words| value.width(&words)).fold(40.0, f64::max) + 16.0;
    let gaps: f64 = (0..reading.lines.len())
        .flat_map(|row| (0..reading.columns.len()).filter_map(move |class| gap(reading, row, class)))
        .map(|gap| Type::new(13.0).bold().width(&gap.shown))
        .fold(0.0, f64::max);
    let right = if gaps > 0.0 { canvas.width - gaps - 10.0 } else { canvas.width };
    let mut y = 0.0;
    for row in rows {
        let line = &reading.lines[row];
        canvas.open(row_data(line), None);
        let weight = if reading.whole == Some(Whole::Row(row)) { 2.0 } else { 1.0 };
        canvas.line(&[(0.0, y + 1.0), (canvas.width, y + 1.0)], Token::Ink, weight);
        y += label_above(canvas, reading, line, y + 8.0, sizes(reading)) + 14.0;
        if line.hidden {
            hidden_bar(canvas, reading, 0.5, y, canvas.width - 1.0, 30.0);
            y += 44.0;
            canvas.close();
            continue;
        }
        for class in &columns {
            y += entry(canvas, reading, line, (row, *class), (right, wide), y);
        }
        canvas.close();
        y += 12.0;
    }
    y
}

fn entry(canvas: &Canvas, reading: &Reading, line: &Line, at: (usize, usize), (right, wide): (f64, f64), y: f64) -> f64 {
    let (column, figure) = (&reading.columns[at.1], &line.cells[at.1]);
    let label = fit(&column.label, right - wide - 12.0, 3, 14.0, false);
    let height = (label.lines.len() as f64 * 18.0).max(30.0);
    let middle = y + height / 2.0;
    canvas.open(cell_data(&column.id, figure), Some(hover(reading, line, &column.label, figure)));
    canvas.lines(&label.lines, 0.0, y + height / 2.0 - (label.lines.len() as f64 - 1.0) * 9.0, 18.0, Type::new(label.size));
    let place = (right - wide, middle - 14.0, wide, 28.0);
    if figure.value.is_none() {
        empty_cell(canvas, reading, figure, place);
    } else {
        let gap = gap(reading, at.0, at.1);
        let fill = fill(reading, gap.as_ref());
        let ink = if is_whole(reading, at) {
            Paint::Token(Token::Ink)
        } else {
            canvas.rect(place.0, place.1, place.2, place.3, Paint::Token(fill));
            Paint::On(fill)
        };
        canvas.text(&reading.drawn(line, figure), right - wide / 2.0, middle, Type::new(15.0).bold().at(Anchor::Middle).paint(ink));
        if let Some(gap) = gap {
            canvas.text(&gap.shown, canvas.width, middle, Type::new(13.0).bold_if(told(&gap)).token(Token::Ink2).at(Anchor::End));
        }
    }
    canvas.close();
    height + 4.0
}

/// What the small numbers are.
fn key(reading: &Reading) -> String {
    let japanese = reading.language == crate::language::Language::Japanese;
    let name = match reading.whole {
        Some(Whole::Row(row)) => reading.lines.get(row).map(|line| &line.label),
        Some(Whole::Class(class)) => reading.columns.get(class).map(|column| &column.label),
        None => None,
    };
    let Some(name) = name else { return String::new() };
    let mut parts = vec![if japanese {
        format!("色と小さな数字は、「{name}」との差")
    } else {
        format!("Colour and small figures: difference to {name}")
    }];
    if reading.changes.iter().any(|change| change.cell.interval.is_some()) {
        let words = ("太字の差は、偶然の範囲を超えるもの", "Differences in bold can be told from chance");
        parts.push(reading.say(words).to_owned());
    }
    parts.join(reading.say(("。", ". ")))
}
