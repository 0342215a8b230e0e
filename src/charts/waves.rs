//! Waves: a line a class through the rows in their order. A single line has its interval as a band, several have whiskers.
//! Where a wave is missing or a question began to read otherwise, the line is broken; nothing is smoothed.

use super::axis::{Axis, extent};
use super::canvas::{Canvas, Type};
use super::cell::Cell;
use super::frame::{cell_data, hover, is_narrow, left_out, note, nothing, row_data};
use super::lines::{Fitted, fit, widest_word};
use super::markers::{SERIES, marker};
use super::numbered::{Name, Names};
use super::palette::Token;
use super::reading::{Line, Reading};
use super::scene::{Anchor, Paint, Scene, Step};
use super::words;

/// More lines than this cannot be told apart.
pub(super) const MOST: usize = 6;
const LEADING: f64 = 17.0;
const TICK: Type = Type::new(12.0).token(Token::Ink3);

/// Where the lines are drawn.
struct Plan {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    pitch: f64,
    down: Axis,
}

impl Plan {
    fn x(&self, wave: usize) -> f64 {
        self.left + self.pitch * (wave as f64 + 0.5)
    }
}

/// What stands at the end of a line.
struct End {
    /// Index of its class.
    series: usize,
    /// Its last point.
    at: (f64, f64),
    name: Fitted,
    value: String,
    interval: String,
}

impl End {
    fn height(&self, alone: bool) -> f64 {
        let interval = if self.interval.is_empty() { 0.0 } else { 15.0 };
        self.name.lines.len() as f64 * LEADING + if alone { 26.0 } else { 18.0 } + interval
    }
}

fn known(line: &Line, series: usize) -> Option<(&Cell, f64)> {
    line.cells.get(series).and_then(|cell| cell.value.map(|value| (cell, value)))
}

/// Whether a line may run from the wave before to this one.
pub(super) fn joined(reading: &Reading, wave: usize, series: usize) -> bool {
    !reading.gaps.iter().any(|gap| gap.line == wave && gap.class.is_none_or(|class| class == series))
}

/// Draws the lines.
#[must_use]
pub(super) fn draw(reading: &Reading, width: f64) -> Scene {
    let series: Vec<usize> =
        (0..reading.columns.len().min(MOST)).filter(|index| reading.lines.iter().any(|line| known(line, *index).is_some())).collect();
    let absent = |line: &&Line| line.cells.iter().all(|cell| cell.value.is_none());
    let hidden: Vec<&Line> = reading.lines.iter().filter(absent).filter(|line| line.hidden).collect();
    let missing: Vec<&Line> = reading.lines.iter().filter(absent).filter(|line| !line.hidden).collect();
    if series.is_empty() {
        let canvas = Canvas::new(width);
        let empty = nothing(reading, width);
        let below = left_out(&canvas, reading, &missing, &hidden, empty.height + 8.0);
        let mut scene = canvas.finish(empty.height + 8.0 + below);
        scene.marks.splice(0..0, empty.marks);
        return scene;
    }
    let (narrow, alone) = (is_narrow(width), series.len() == 1);
    let shown = || reading.lines.iter().flat_map(|line| series.iter().filter_map(|index| line.cells.get(*index)));
    let down = Axis::fitted(reading, series[0], &extent(shown()), 5);
    let canvas = Canvas::new(width);
    // On phones the last value of a single line stands over it, so that the waves keep their room.
    let over = narrow && alone;
    let mut top = breaks_height(reading, width) + if alone { 26.0 } else { 12.0 };
    if over {
        top = headline(&canvas, reading, series[0], breaks_height(reading, width)) + 14.0;
    }
    let ticks = down.ticks();
    let tick_room = ticks.iter().enumerate().map(|(index, tick)| TICK.width(&down.label(reading, *tick, index + 1 == ticks.len())));
    let left = tick_room.fold(0.0, f64::max) + 8.0;
    let room = match (over, narrow, alone) {
        (true, ..) => 4.0,
        (_, true, _) => 92.0,
        (_, _, true) => 156.0,
        _ => 176.0,
    };
    let direct = alone || series.iter().all(|index| named_beside(reading, *index, room).is_some());
    let right = width - if direct || alone { room } else { 76.0 };
    let pitch = (right - left) / reading.lines.len() as f64;
    let mut ends = ends(reading, &series, room, direct, narrow);
    let tall: f64 = ends.iter().map(|end| end.height(alone) + 6.0).sum();
    let height = (if narrow { 210.0 } else { 260.0_f64 }).max(tall);
    let plan = Plan { left, right, top, bottom: top + height, pitch, down: down.between(top + height - 8.0, top + 8.0) };
    if alone {
        band(&canvas, reading, series[0], &plan);
    }
    grid(&canvas, reading, &plan);
    breaks(&canvas, reading, &plan);
    for (place, index) in series.iter().enumerate() {
        line(&canvas, reading, *index, (place, series.len()), &plan);
    }
    for end in &mut ends {
        let last = reading.lines.iter().enumerate().rev().find_map(|(wave, line)| known(line, end.series).map(|(_, value)| (wave, value)));
        if let Some((wave, value)) = last {
            end.at = (plan.x(wave), plan.down.at(value));
        }
    }
    if !over {
        place_ends(&canvas, &mut ends, &plan, alone);
    }
    if alone {
        values(&canvas, reading, series[0], &plan);
    }
    canvas.line(&[(left, plan.bottom), (right, plan.bottom)], Token::Ink, 1.5);
    let name = |line: &Line| Name {
        words: line.label.clone(),
        small: line.n.map(|_| reading.size(line)).unwrap_or_default(),
        marked: line.marked,
    };
    let names = Names::fit(reading.lines.iter().map(name).collect(), pitch);
    top = names.draw(&canvas, left, plan.bottom) + 4.0;
    if !direct {
        top = legend(&canvas, reading, &series, top) + 6.0;
    }
    top = names.list(&canvas, top);
    top += notes(&canvas, reading, &plan, alone, shown().any(|cell| cell.interval.is_some()), top + 2.0) + 2.0;
    top += left_out(&canvas, reading, &missing, &hidden, top);
    canvas.finish(top + 4.0)
}

/// The last value of a single line with its wave and interval, over the drawing; returns its lower end.
fn headline(canvas: &Canvas, reading: &Reading, series: usize, top: f64) -> f64 {
    let last = reading.lines.iter().rev().find_map(|line| known(line, series).map(|(cell, _)| (line, cell)));
    let Some((line, cell)) = last else { return top };
    let set = Type::new(24.0).bold().token(Token::Ai).at(Anchor::End);
    let value = format!("{}{}", reading.drawn(line, cell), reading.sign(cell));
    canvas.text(&value, canvas.width, top + 16.0, set);
    let interval = reading.interval(cell).map(|interval| format!("{} {interval}", reading.say(words::INTERVAL)));
    let room = canvas.width - set.width(&value) - 10.0;
    let mut y = top + 8.0;
    for words in [Some(line.label.clone()), interval].into_iter().flatten() {
        let fitted = fit(&words, room, 2, 13.0, false);
        y = canvas.lines(&fitted.lines, room, y, 16.0, Type::new(fitted.size).token(Token::Ink2).at(Anchor::End));
    }
    (y - 8.0).max(top + 34.0)
}

fn grid(canvas: &Canvas, reading: &Reading, plan: &Plan) {
    let ticks = plan.down.ticks();
    for (index, tick) in ticks.iter().enumerate() {
        let y = plan.down.at(*tick);
        canvas.line(&[(plan.left, y), (plan.right, y)], Token::Rule, 1.0);
        let words = plan.down.label(reading, *tick, index + 1 == ticks.len());
        canvas.text(&words, plan.left - 6.0, y, TICK.at(Anchor::End));
    }
}

/// Runs of waves that are joined and have intervals.
fn band(canvas: &Canvas, reading: &Reading, series: usize, plan: &Plan) {
    let mut run: Vec<(f64, f64, f64)> = Vec::new();
    for wave in 0..=reading.lines.len() {
        let ends = reading.lines.get(wave).and_then(|line| known(line, series)).and_then(|(cell, _)| cell.interval);
        if ends.is_none() || !joined(reading, wave, series) {
            fill(canvas, &run);
            run.clear();
        }
        if let Some(interval) = ends {
            run.push((plan.x(wave), plan.down.at(interval.low), plan.down.at(interval.high)));
        }
    }
}

fn fill(canvas: &Canvas, run: &[(f64, f64, f64)]) {
    match run {
        [] => {}
        [(x, low, high)] => upright(canvas, *x, *low, *high, Token::D4),
        _ => {
            let upper = run.iter().map(|(x, _, high)| (*x, *high));
            let lower = run.iter().rev().map(|(x, low, _)| (*x, *low));
            let mut steps: Vec<Step> = upper
                .chain(lower)
                .enumerate()
                .map(|(index, (x, y))| if index == 0 { Step::Move(x, y) } else { Step::Line(x, y) })
                .collect();
            steps.push(Step::Close);
            canvas.path(&steps, Some(Paint::Token(Token::D2)), None);
        }
    }
}

fn upright(canvas: &Canvas, x: f64, low: f64, high: f64, token: Token) {
    canvas.line(&[(x, low), (x, high)], token, 1.5);
    for y in [low, high] {
        canvas.line(&[(x - 4.0, y), (x + 4.0, y)], token, 1.5);
    }
}

fn line(canvas: &Canvas, reading: &Reading, series: usize, (place, count): (usize, usize), plan: &Plan) {
    let alone = count == 1;
    let token = if alone { Token::Ai } else { SERIES[place % 6] };
    // Whiskers of several lines stand beside each other.
    let aside = if alone { 0.0 } else { (place as f64 - (count - 1) as f64 / 2.0) * (plan.pitch / 12.0).min(6.0) };
    let point = |wave: usize| reading.lines.get(wave).and_then(|line| known(line, series)).map(|(cell, value)| (cell, plan.down.at(value)));
    for wave in 1..reading.lines.len() {
        if let (Some((_, from)), Some((_, to)), true) = (point(wave - 1), point(wave), joined(reading, wave, series)) {
            canvas.line(&[(plan.x(wave - 1) + aside, from), (plan.x(wave) + aside, to)], token, 2.5);
        }
    }
    let last = (0..reading.lines.len()).rev().find(|wave| point(*wave).is_some());
    for (wave, line) in reading.lines.iter().enumerate() {
        let (Some((cell, y)), Some(column)) = (point(wave), reading.columns.get(series)) else { continue };
        let x = plan.x(wave) + aside;
        canvas.open(row_data(line), None);
        canvas.open(cell_data(&column.id, cell), Some(hover(reading, line, &column.label, cell)));
        if let Some(interval) = cell.interval.filter(|_| !alone) {
            upright(canvas, x, plan.down.at(interval.low), plan.down.at(interval.high), token);
        }
        match (alone, Some(wave) == last) {
            (true, true) => canvas.dot(x, y, 6.0, token),
            (true, false) => canvas.ring(x, y, 4.0, token, 2.0),
            (false, _) => marker(canvas, place, (x, y), token),
        }
        canvas.close();
        canvas.close();
    }
}

/// The name of a series in the room at the right, where it fits there.
fn named_beside(reading: &Reading, series: usize, room: f64) -> Option<Fitted> {
    let label = &reading.columns.get(series)?.label;
    let room = room - 30.0;
    let fitted = fit(label, room, 2, 13.0, false);
    (fitted.lines.len() <= 2 && widest_word(label, fitted.size, false) <= room).then_some(fitted)
}

fn ends(reading: &Reading, series: &[usize], room: f64, direct: bool, narrow: bool) -> Vec<End> {
    let alone = series.len() == 1;
    let end = |index: &usize| {
        let (line, cell) = reading.lines.iter().rev().find_map(|line| known(line, *index).map(|(cell, _)| (line, cell)))?;
        let name = named_beside(reading, *index, room).filter(|_| direct && !alone);
        let interval = reading.interval(cell).filter(|_| alone).unwrap_or_default();
        let words = format!("{} {interval}", reading.say(words::INTERVAL));
        let interval = match interval.is_empty() {
            false if !narrow && Type::new(12.0).width(&words) <= room - 14.0 => words,
            _ => interval,
        };
        Some(End {
            series: *index,
            at: (0.0, 0.0),
            name: name.unwrap_or(Fitted { lines: Vec::new(), size: 13.0 }),
            value: format!("{}{}", reading.drawn(line, cell), reading.sign(cell)),
            interval: if Type::new(12.0).width(&interval) <= room - 12.0 { interval } else { String::new() },
        })
    };
    series.iter().filter_map(end).collect()
}

/// Puts names and last values beside the ends of their lines, pushed apart where they would meet.
fn place_ends(canvas: &Canvas, ends: &mut [End], plan: &Plan, alone: bool) {
    ends.sort_by(|a, b| a.at.1.total_cmp(&b.at.1).then(a.series.cmp(&b.series)));
    let heights: Vec<f64> = ends.iter().map(|end| end.height(alone) + 6.0).collect();
    let mut tops: Vec<f64> = ends.iter().zip(&heights).map(|(end, height)| end.at.1 - height / 2.0).collect();
    let mut edge = plan.top;
    for (top, height) in tops.iter_mut().zip(&heights) {
        *top = top.max(edge);
        edge = *top + height;
    }
    let mut edge = plan.bottom;
    for (top, height) in tops.iter_mut().zip(&heights).rev() {
        *top = top.min(edge - height);
        edge = *top;
    }
    let mut order: Vec<usize> = ends.iter().map(|end| end.series).collect();
    order.sort_unstable();
    for ((end, top), height) in ends.iter().zip(&tops).zip(&heights) {
        let place = order.iter().position(|series| *series == end.series).unwrap_or(0);
        let token = if alone { Token::Ai } else { SERIES[place % 6] };
        let left = plan.right + 6.0;
        if !alone {
            canvas.line(&[(end.at.0.max(plan.right - plan.pitch / 2.0) + 8.0, end.at.1), (left, top + height / 2.0)], Token::Edge, 1.0);
            marker(canvas, place, (left + 8.0, top + height / 2.0), token);
        }
        let left = left + if alone { 0.0 } else { 20.0 };
        let mut size = if alone { 24.0 } else { 15.0 };
        while Type::new(size).bold().width(&end.value) > canvas.width - left && size > 12.0 {
            size -= 1.0;
        }
        let y = canvas.lines(&end.name.lines, left, top + 3.0 + LEADING / 2.0, LEADING, Type::new(end.name.size));
        let y = y - LEADING / 2.0 + if alone { 13.0 } else { 9.0 };
        let paint = if alone { Token::Ai } else { Token::Ink };
        canvas.text(&end.value, left, y, Type::new(size).bold().token(paint));
        canvas.text(&end.interval, left, y + if alone { 20.0 } else { 16.0 }, Type::new(12.0).token(Token::Ink2));
    }
}

/// The values of a single line over its band, as many as have room; the last one stands at its end.
fn values(canvas: &Canvas, reading: &Reading, series: usize, plan: &Plan) {
    let set = Type::new(14.0).bold().at(Anchor::Middle);
    let all: Vec<(usize, &Line, &Cell, f64)> = reading
        .lines
        .iter()
        .enumerate()
        .filter_map(|(wave, line)| known(line, series).map(|(cell, value)| (wave, line, cell, value)))
        .collect();
    let mut taken = f64::INFINITY;
    for (wave, line, cell, value) in all.iter().rev().skip(1) {
        let words = reading.drawn(line, cell);
        let half = set.width(&words) / 2.0;
        let x = plan.x(*wave);
        if x + half + 3.0 > taken || x - half < 0.0 {
            continue;
        }
        taken = x - half;
        let top = cell.interval.map_or(plan.down.at(*value), |interval| plan.down.at(interval.high));
        canvas.text(&words, x, top - 12.0, set);
    }
}

fn break_words(reading: &Reading, gap: &super::reading::Gap) -> String {
    let japanese = reading.language == crate::language::Language::Japanese;
    let which = gap.class.and_then(|class| reading.columns.get(class)).filter(|_| reading.columns.len() > 1);
    match (japanese, which) {
        (true, Some(column)) => format!("「{}」の文を変更：{}", column.label, gap.label),
        (true, None) => format!("質問の文を変更：{}", gap.label),
        (false, Some(column)) => format!("“{}” reworded: {}", column.label, gap.label),
        (false, None) => format!("Question reworded: {}", gap.label),
    }
    .trim_end_matches(['：', ':', ' '])
    .to_owned()
}

fn break_labels(reading: &Reading, width: f64) -> Vec<Fitted> {
    reading.gaps.iter().map(|gap| fit(&break_words(reading, gap), width * 0.5, 3, 13.0, false)).collect()
}

/// Room over the lines for what the breaks say.
fn breaks_height(reading: &Reading, width: f64) -> f64 {
    break_labels(reading, width).iter().map(|label| label.lines.len() as f64 * LEADING + 4.0).sum()
}

/// An upright dotted line wherever a question began to read otherwise, with words over it.
fn breaks(canvas: &Canvas, reading: &Reading, plan: &Plan) {
    let mut y = 0.0;
    for (gap, label) in reading.gaps.iter().zip(break_labels(reading, canvas.width)) {
        let x = plan.left + plan.pitch * gap.line as f64;
        let set = Type::new(label.size).token(Token::Kaki);
        let wide = label.lines.iter().map(|line| set.width(line)).fold(0.0, f64::max);
        let height = label.lines.len() as f64 * LEADING;
        canvas.dashed(&[(x, y + 2.0), (x, plan.bottom)], Token::Kaki, 1.5, (2.0, 4.0));
        let anchored = if x + 8.0 + wide <= canvas.width { (x + 6.0, Anchor::Start) } else { (x - 6.0, Anchor::End) };
        let left = if anchored.1 == Anchor::Start { anchored.0 } else { anchored.0 - wide };
        canvas.rect(left.max(0.0), y, wide.min(canvas.width), height, Paint::Token(Token::Paper));
        canvas.lines(&label.lines, anchored.0, y + LEADING / 2.0, LEADING, set.at(anchored.1));
        y += height + 4.0;
    }
}

/// The lines by name, where their names have no room at their ends.
fn legend(canvas: &Canvas, reading: &Reading, series: &[usize], top: f64) -> f64 {
    let mut y = top;
    for (place, index) in series.iter().enumerate() {
        let Some(column) = reading.columns.get(*index) else { continue };
        let token = SERIES[place % 6];
        canvas.line(&[(0.0, y + 9.0), (28.0, y + 9.0)], token, 2.5);
        marker(canvas, place, (14.0, y + 9.0), token);
        let fitted = fit(&column.label, canvas.width - 38.0, usize::MAX, 13.0, false);
        y = canvas.lines(&fitted.lines, 38.0, y + 9.0, LEADING, Type::new(fitted.size)) - 5.0;
    }
    y
}

/// What the band is, where the axis begins, that waves stand at equal distances.
fn notes(canvas: &Canvas, reading: &Reading, plan: &Plan, alone: bool, intervals: bool, top: f64) -> f64 {
    let mut parts = Vec::new();
    if intervals {
        parts.push(reading.say(if alone { words::BAND } else { words::WHISKERS }).to_owned());
    }
    if plan.down.low > 0.0 {
        let low = plan.down.label(reading, plan.down.low, true);
        parts.push(match reading.language {
            crate::language::Language::Japanese => format!("縦軸は{low}から"),
            crate::language::Language::English => format!("The axis begins at {low}"),
        });
    }
    if parts.is_empty() { 0.0 } else { note(canvas, &parts.join(reading.say(("。", ". "))), 0.0, top) + 2.0 }
}
