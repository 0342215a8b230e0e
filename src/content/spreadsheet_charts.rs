//! Workbooks of figures: each sheet a table with its words and, where a spreadsheet can draw it, a native chart. The same bytes for
//! the same figures.

use anyhow::Context;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition, ChartMarker, ChartMarkerType,
    ChartPoint, ChartRange, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet,
};

/// What a cell holds. A text is never a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// Nothing: missing or held back, which look alike.
    Empty,
    /// A text.
    Text(String),
    /// A text that heads a column or a row.
    Head(String),
    /// The title of the sheet.
    Title(String),
    /// A number with how it is shown (`0.0`); one that was worked out is set in italics.
    Number(f64, String, bool),
}

/// A strip of cells, down a column or along a row: its first and its last cell as row and column, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strip {
    /// The first one.
    pub first: (u32, u16),
    /// The last one.
    pub last: (u32, u16),
}

/// How a spreadsheet draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Bars of parts of a whole, a bar a row.
    Stacked,
    /// Bars side by side, a group a row.
    Bars,
    /// A ring of parts.
    Donut,
    /// Dots at two numbers: the first series' values across, the second's up.
    Dots,
    /// Lines from row to row.
    Lines,
    /// Columns side by side, a group a row.
    Columns,
    /// An axis a row.
    Radar,
}

/// One series of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesOut {
    /// Its name.
    pub name: String,
    /// Its numbers.
    pub values: Strip,
    /// What they belong to, or the numbers across.
    pub categories: Strip,
    /// Its colour, `0xRRGGBB`; for a ring one a part.
    pub colours: Vec<u32>,
    /// How its labels are shown.
    pub shown: String,
    /// How far its intervals reach above and below its numbers.
    pub whiskers: Option<(Strip, Strip)>,
}

/// A native chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartOut {
    /// How.
    pub drawn: Drawn,
    /// Its title.
    pub title: String,
    /// The same in words, for those who do not see it.
    pub alt: String,
    /// The cell of its upper left corner.
    pub at: (u32, u16),
    /// Its series.
    pub series: Vec<SeriesOut>,
    /// Ends of the axis of values.
    pub range: Option<(f64, f64)>,
    /// How many rows it has to show.
    pub rows: usize,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSheet {
    /// Its name, at most 31 characters.
    pub name: String,
    /// Its cells.
    pub rows: Vec<Vec<Held>>,
    /// The row of heads, which stays in sight.
    pub head: Option<u32>,
    /// Its chart.
    pub chart: Option<ChartOut>,
}

/// The bytes of a workbook of figures. Its day of making is fixed.
///
/// # Errors
///
/// When a sheet is larger than a workbook can hold, or two are called the same.
pub fn figures_workbook(title: &str, sheets: &[FigureSheet]) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1).context("a fixed day")?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_author("shirube").set_creation_datetime(&made));
    for sheet in sheets {
        let out = workbook.add_worksheet();
        out.set_name(&sheet.name).with_context(|| format!("sheet {}", sheet.name))?;
        write(out, sheet).with_context(|| format!("sheet {}", sheet.name))?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(out: &mut Worksheet, sheet: &FigureSheet) -> anyhow::Result<()> {
    let bold = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0x00EF_E8D9));
    let title = Format::new().set_bold().set_font_size(14);
    let mut widths: Vec<usize> = Vec::new();
    for (row, cells) in sheet.rows.iter().enumerate() {
        let number = u32::try_from(row)?;
        // What stands alone in its row runs on to the right; it makes no column wide
        let alone = cells.len() == 1;
        for (column, held) in cells.iter().enumerate() {
            let at = u16::try_from(column)?;
            if widths.len() <= column {
                widths.resize(column + 1, 0);
            }
            let wide = |text: &str| text.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).sum::<usize>();
            let width = match held {
                Held::Empty | Held::Title(_) => 0,
                Held::Text(_) | Held::Head(_) if alone => 0,
                Held::Text(text) => wide(text),
                Held::Head(text) => wide(text).min(if column == 0 { 40 } else { 14 }),
                Held::Number(..) => 8,
            };
            widths[column] = widths[column].max(width);
            match held {
                Held::Empty => {}
                Held::Text(text) => drop(out.write_string(number, at, text)?),
                Held::Head(text) => drop(out.write_string_with_format(number, at, text, &bold)?),
                Held::Title(text) => drop(out.write_string_with_format(number, at, text, &title)?),
                Held::Number(value, shown, derived) => {
                    let format = Format::new().set_num_format(shown);
                    let format = if *derived { format.set_italic() } else { format };
                    out.write_number_with_format(number, at, *value, &format)?;
                }
            }
        }
    }
    for (column, width) in widths.into_iter().enumerate() {
        out.set_column_width(u16::try_from(column)?, width.clamp(6, 44) as f64 + 2.0)?;
    }
    if let Some(head) = sheet.head {
        out.set_freeze_panes(head + 1, 1)?;
    }
    if let Some(chart) = &sheet.chart {
        out.insert_chart(chart.at.0, chart.at.1, &native(&sheet.name, chart))?;
    }
    out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn native(sheet: &str, out: &ChartOut) -> Chart {
    let kind = match out.drawn {
        Drawn::Stacked => ChartType::BarStacked,
        Drawn::Bars => ChartType::Bar,
        Drawn::Donut => ChartType::Doughnut,
        Drawn::Dots => ChartType::Scatter,
        Drawn::Lines => ChartType::Line,
        Drawn::Columns => ChartType::Column,
        Drawn::Radar => ChartType::RadarWithMarkers,
    };
    let mut chart = Chart::new(kind);
    let font = ChartFont::new();
    for series in &out.series {
        let range = |strip: Strip| (sheet, strip.first.0, strip.first.1, strip.last.0, strip.last.1);
        let own = chart.add_series();
        own.set_name(series.name.as_str()).set_values(range(series.values)).set_categories(range(series.categories));
        let fill = |colour: &u32| ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(*colour))).clone();
        match (out.drawn, series.colours.first()) {
            (Drawn::Donut, Some(_)) => {
                let points: Vec<ChartPoint> = series.colours.iter().map(|colour| ChartPoint::new().set_format(&mut fill(colour))).collect();
                own.set_points(&points);
            }
            (Drawn::Lines | Drawn::Dots, Some(colour)) => {
                own.set_marker(ChartMarker::new().set_type(ChartMarkerType::Circle).set_size(8).set_format(&mut fill(colour)));
            }
            (_, Some(colour)) => drop(own.set_format(&mut fill(colour))),
            (_, None) => {}
        }
        if out.drawn != Drawn::Dots {
            own.set_data_label(ChartDataLabel::new().show_value().set_num_format(series.shown.as_str()));
        }
        if let Some((above, below)) = series.whiskers {
            let reach = |strip: Strip| ChartRange::new_from_range(sheet, strip.first.0, strip.first.1, strip.last.0, strip.last.1);
            let reach = ChartErrorBarsType::Custom(reach(above), reach(below));
            let mut bars = ChartErrorBars::new();
            bars.set_type(reach);
            // Lying bars reach along the other axis
            if out.drawn == Drawn::Bars {
                own.set_x_error_bars(&bars)
            } else {
                own.set_y_error_bars(&bars)
            };
        }
        match out.drawn {
            Drawn::Stacked => drop(own.set_gap(60).set_overlap(100)),
            Drawn::Bars => drop(own.set_gap(60)),
            _ => {}
        }
    }
    chart.title().set_name(out.title.as_str()).set_font(ChartFont::new().set_size(12).set_bold());
    chart.set_name("chart").set_alt_text(&out.alt);
    if matches!(out.drawn, Drawn::Stacked | Drawn::Bars) {
        // The first row at the top, as in the table
        chart.x_axis().set_reverse().set_font(&font);
        chart.y_axis().set_major_gridlines(false);
    }
    if let Some((low, high)) = out.range.filter(|_| out.drawn != Drawn::Donut) {
        let axis = chart.y_axis();
        axis.set_min(low).set_max(high);
    }
    if out.series.len() > 1 || out.drawn == Drawn::Donut {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    let rows = u32::try_from(out.rows).unwrap_or(20);
    let groups = if out.drawn == Drawn::Bars { rows * u32::try_from(out.series.len()).unwrap_or(1) } else { rows };
    let height = if matches!(out.drawn, Drawn::Stacked | Drawn::Bars) { 150 + 36 * groups } else { 380 };
    chart.set_width(760).set_height(height.clamp(260, 1_200));
    chart
}
