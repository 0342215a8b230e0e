//! An exhibit becomes a chart: two drawings for a page, one for a file, and the same in words and numbers.

use super::finding::{brief, finding};
use super::frame::{NARROW, WIDE};
use super::legend::{LegendEntry, legend};
use super::reading::{Line, Reading};
use super::scene::Scene;
use super::svg::{Head, Svg, for_file, for_page};
use super::table::{Table, change, table};
use super::words::{self, listed};
use super::{
    bar, differences, diverging, donut, dumbbell, file, grouped, heatmap, histogram, life_line, path, radar, recommendation, scatter,
    stacked, strip, waves,
};
use crate::language::Language;
use crate::survey::exhibit::{Exhibit, Kind, Tone};

/// A chart with everything that must stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The drawing for wide screens and print, 792 pixels wide: `<svg class="chart chart-wide">`.
    pub wide: Svg,
    /// The drawing for phones, 328 pixels wide: `<svg class="chart chart-narrow">`. The style sheet shows one of the two.
    pub narrow: Svg,
    /// A whole SVG file: plain colours on white, with title, legend and source.
    pub flat: String,
    /// What the drawing shows, for those who do not see it; also in the drawings' `<desc>`.
    pub description: String,
    /// What the figures say, and what they do not, in sentences.
    pub finding: String,
    /// The same as short as a slide needs it.
    pub brief: String,
    /// The same numbers.
    pub table: Table,
    /// What the colours mean, in the order of the bars; empty where the drawing says it itself.
    pub legend: Vec<LegendEntry>,
}

/// Draws an exhibit in a language. Never fails: what cannot be drawn is said in words. The same exhibit gives the same bytes.
#[must_use]
pub fn chart(exhibit: &Exhibit, language: Language) -> Chart {
    let mut reading = Reading::new(exhibit, language);
    reading.kind = fitting(&reading);
    if reading.kind == Kind::Radar && reading.columns.len() > 1 {
        // Its outlines lie over each other: they are told apart as things without order.
        (0_u8..).zip(&mut reading.columns).for_each(|(index, column)| column.tone = Tone::Category(index));
    }
    let reading = reading;
    let description = description(&reading);
    let head = |variant: &'static str| Head { exhibit: &reading.id, variant, title: &reading.title, description: &description, language };
    let drawing = draw(&reading, WIDE);
    let legend = legend(&reading);
    let sheet = file::sheet(&reading, &drawing, &legend);
    Chart {
        wide: for_page(&drawing, &head("wide")),
        narrow: for_page(&draw(&reading, NARROW), &head("narrow")),
        flat: for_file(&sheet, &head("file")),
        finding: finding(&reading),
        brief: brief(&reading),
        table: table(&reading),
        legend,
        description,
    }
}

/// The kind that can show the exhibit: a donut has one row and few classes, a scatter needs a second number.
fn fitting(reading: &Reading) -> Kind {
    let second = reading.lines.iter().any(|line| line.cells.get(1).is_some_and(|cell| cell.value.is_some()));
    let pairs = second && reading.columns.len() >= 2;
    match reading.kind {
        Kind::Scatter | Kind::Quadrant | Kind::LifeLine if !pairs => Kind::Strip,
        Kind::Recommendation if recommendation::parts(reading).is_none() => Kind::StackedBar,
        Kind::Waves if reading.columns.len() > waves::MOST => Kind::GroupedBar,
        Kind::Dumbbell if reading.columns.len() < 2 => Kind::Bar,
        Kind::Radar if !radar::possible(reading) => Kind::GroupedBar,
        Kind::Donut if reading.lines.len() != 1 || reading.columns.len() > donut::MOST => Kind::StackedBar,
        kind => kind,
    }
}

fn draw(reading: &Reading, width: f64) -> Scene {
    match reading.kind {
        Kind::StackedBar => stacked::draw(reading, width),
        Kind::Bar => bar::draw(reading, width),
        Kind::Donut => donut::draw(reading, width),
        Kind::GroupedBar => grouped::draw(reading, width),
        Kind::Scatter | Kind::Quadrant => scatter::draw(reading, width),
        Kind::Diverging => diverging::draw(reading, width),
        Kind::Heatmap => heatmap::draw(reading, width),
        Kind::Waves => waves::draw(reading, width),
        Kind::Dumbbell => dumbbell::draw(reading, width),
        Kind::Radar => radar::draw(reading, width),
        Kind::LifeLine => life_line::draw(reading, width),
        Kind::Histogram | Kind::Dots => histogram::draw(reading, width),
        Kind::Recommendation => recommendation::draw(reading, width),
        Kind::Differences => differences::draw(reading, width),
        Kind::Strip => strip::draw(reading, width),
        Kind::Path => path::draw(reading, width),
    }
}

/// So many rows are read out; the rest is in the table.
const MOST_ROWS: usize = 12;

fn description(reading: &Reading) -> String {
    let japanese = reading.language == Language::Japanese;
    if reading.lines.is_empty() || reading.columns.is_empty() {
        return reading.say(words::NOTHING).to_owned();
    }
    let kind = reading.say(match reading.kind {
        Kind::StackedBar => ("100%積み上げ横棒グラフ", "100% stacked bar chart"),
        Kind::Bar => ("横棒グラフ", "Bar chart"),
        Kind::Donut => ("円環グラフ", "Donut chart"),
        Kind::GroupedBar => ("集合棒グラフ", "Grouped bar chart"),
        Kind::Scatter => ("散布図", "Scatter plot"),
        Kind::Strip => ("点のグラフ", "Dot strip"),
        Kind::Path => ("経路図", "Path diagram"),
        Kind::Diverging => ("左右に分かれる横棒グラフ", "Diverging bar chart"),
        Kind::Quadrant => ("四象限の散布図", "Quadrant chart"),
        Kind::Heatmap => ("色分けした表", "Heat map"),
        Kind::Waves => ("回ごとの折れ線グラフ", "Line chart of waves"),
        Kind::Dumbbell => ("前後の差のグラフ", "Dumbbell chart"),
        Kind::Radar => ("レーダーチャートと横棒グラフ", "Radar chart with bars"),
        Kind::LifeLine => ("ライフライン", "Life line"),
        Kind::Histogram => ("ヒストグラム", "Histogram"),
        Kind::Dots => ("点を積んだ分布図", "Dot plot"),
        Kind::Recommendation => ("すすめたさの帯グラフ", "Recommendation bar"),
        Kind::Differences => ("差と区間のグラフ", "Differences with intervals"),
    });
    let mut text = if japanese { format!("{kind}。") } else { format!("{kind}. ") };
    let rows: Vec<String> = reading.lines.iter().take(MOST_ROWS).map(|line| row(reading, line)).collect();
    text.push_str(&rows.join(reading.say(("。", ". "))));
    text.push_str(reading.say(("。", ". ")));
    let rest = reading.lines.len().saturating_sub(MOST_ROWS);
    if rest > 0 {
        text.push_str(&if japanese { format!("ほか{rest}行。") } else { format!("{rest} more rows. ") });
    }
    text.push_str(reading.say(("同じ数値を表に示します。", "A table gives the same figures.")));
    text
}

fn row(reading: &Reading, line: &Line) -> String {
    let colon = reading.say(("：", ": "));
    let label = match &line.link {
        Some((from, to)) => reading.say(("{}から{}", "{} to {}")).replacen("{}", from, 1).replacen("{}", to, 1),
        None => line.label.clone(),
    };
    if line.hidden {
        return format!("{label}{colon}{}", reading.say(words::HIDDEN));
    }
    let single = reading.columns.len() == 1;
    let mut figures: Vec<String> = reading
        .columns
        .iter()
        .zip(&line.cells)
        .map(|(column, cell)| {
            let told = reading.told(line, cell);
            if single { told } else { format!("{} {told}", column.label) }
        })
        .collect();
    if let (Some(total), Some((name, _, _))) = (&line.total, &reading.bracket) {
        figures.push(format!("{name} {}", reading.told(line, total)));
    }
    if let Some(benchmark) = &line.benchmark {
        figures.push(format!("{} {}", reading.benchmark_label, reading.told(line, benchmark)));
    }
    let index = reading.lines.iter().position(|other| std::ptr::eq(other, line));
    if let Some(change) = index.and_then(|index| change(reading, index)) {
        let name = reading.say(if reading.kind == Kind::Recommendation { words::NET } else { words::CHANGE });
        let interval = reading.interval(&change).map(|interval| format!("（{interval}）")).unwrap_or_default();
        let interval = if reading.language == Language::English { interval.replace('（', " (").replace('）', ")") } else { interval };
        figures.push(format!("{name} {}{interval}", change.shown));
    }
    let size = line.n.map(|_| format!(" {}", reading.size(line))).unwrap_or_default();
    format!("{label}{size}{colon}{}", listed(reading.language, &figures))
}
