//! Reads a data set, with its table where it has one, and checks its sums.

use super::dataset::Dataset;
use super::read_details::{details, unit};
use super::read_figure::{figure, say, written};
use super::reference::Located;
use super::shape_data::DATASET;
use crate::content::shape::Shape;
use crate::content::table::{Cell, Table};
use crate::content::{Fields, Node, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Language, Text, number};
use crate::survey::exhibit::{Bracket, Class, Exhibit, Kind, Note, Row, Tone};
use crate::survey::figure::{Figure, State, Unit};
use std::collections::BTreeMap;

/// Reads `content/data/ID.yaml` and its table.
pub(super) fn dataset(id: &str, node: &Node, table: Option<&Table>, languages: &[Language], diagnostics: &mut Diagnostics) -> Dataset {
    check(node, &Shape::Record(&DATASET), languages, diagnostics);
    let fields = Fields::of(node);
    let classes: Vec<Class> = fields
        .records("classes")
        .map(|class| Class { id: class.line("id"), label: class.text("label"), tone: tone(&class.line("tone")) })
        .collect();
    unique(fields, "classes", ("区分", "class"), diagnostics);
    unique(fields, "rows", ("行", "row"), diagnostics);
    let bracket = fields.record("bracket").and_then(|bracket| read_bracket(bracket, &classes, diagnostics));
    let kind = kind(&fields.line("kind"));
    let reader = Reader { classes: &classes, bracket: bracket.as_ref(), kind };
    let mut tabled = table.map(|table| tabled_rows(table, &classes, fields, diagnostics)).unwrap_or_default();
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for row in fields.records("rows") {
        let from_table = tabled.remove(&row.line("id"));
        let given = |key: &str| row.node(key).map(|node| node.place.clone());
        let whole = from_table.as_ref().map(|row| row.place.clone());
        places.push(RowPlace {
            values: given("values").or_else(|| whole.clone()).unwrap_or_else(|| row.place()),
            total: given("total").or(whole).unwrap_or_else(|| row.place()),
        });
        rows.push(reader.row(row, from_table, diagnostics));
    }
    let unit = unit(&fields.line("unit"));
    let details = details(fields, kind, unit, &classes, &rows, diagnostics);
    let range = match fields.items("range") {
        [low, high] => low.scalar().zip(high.scalar()).and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?))),
        _ => None,
    };
    if let Some((low, high)) = range
        && low >= high
    {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("range"),
            "range は小さいほうから書きます。",
            "Write the smaller end of the range first.",
        );
    }
    let exhibit = Exhibit {
        id: format!("data-{id}"),
        title: fields.text("title"),
        asked: fields.text("asked"),
        row_head: fields.text("row_head"),
        unit,
        range,
        kind,
        classes,
        rows,
        bracket,
        benchmark_label: None,
        source: Text::default(),
        notes: fields.records("notes").map(|note| Note { lead: note.text("lead"), text: note.text("text") }).collect(),
        sample: fields.flag("sample"),
        details,
    };
    sums(&exhibit, &places, diagnostics);
    Dataset {
        id: id.to_owned(),
        place: fields.place_of("title"),
        source: Located { value: fields.line("source"), place: fields.place_of("source") },
        source_note: fields.optional_text("source_note"),
        unknown: fields.optional_text("unknown"),
        exhibit,
    }
}

struct Reader<'a> {
    classes: &'a [Class],
    bracket: Option<&'a Bracket>,
    kind: Kind,
}

/// Where the figures of a row stand.
struct RowPlace {
    values: Place,
    total: Place,
}

/// A row of the table: where it stands, n, a figure for each class, the total.
struct Tabled {
    place: Place,
    n: Option<u64>,
    figures: Vec<Figure>,
    total: Option<Figure>,
}

impl Reader<'_> {
    fn row(&self, fields: Fields<'_>, tabled: Option<Tabled>, diagnostics: &mut Diagnostics) -> Row {
        let n = fields.optional_integer("n").map(u64::from);
        let (n, figures, given) = match (fields.node("values"), tabled) {
            (Some(_), Some(_)) => {
                say(
                    diagnostics,
                    code::DUPLICATE_ID,
                    fields.place_of("values"),
                    "この行の値は表（CSV）にもあります。どちらか一つにしてください。",
                    "This row has its values in the table (CSV) as well; keep one of the two.",
                );
                (n, self.values(fields, diagnostics), fields.node("total").map(|node| figure(node, diagnostics)))
            }
            (_, Some(tabled)) => {
                (n.or(tabled.n), tabled.figures, fields.node("total").map(|node| figure(node, diagnostics)).or(tabled.total))
            }
            (_, None) => (n, self.values(fields, diagnostics), fields.node("total").map(|node| figure(node, diagnostics))),
        };
        let link = match (fields.optional_text("from"), fields.optional_text("to")) {
            (Some(from), Some(to)) => Some((from, to)),
            _ => None,
        };
        if self.kind == Kind::Path && link.is_none() {
            say(
                diagnostics,
                code::MISSING_KEY,
                fields.place_of("id"),
                "経路図の行には from と to が要ります。",
                "A row of a path diagram needs “from” and “to”.",
            );
        }
        let mut figures = figures;
        for figure in &mut figures {
            figure.n = n;
        }
        let total = self.bracket.map(|bracket| given.unwrap_or_else(|| sum(&figures[bracket.first..=bracket.last])));
        Row {
            id: fields.line("id"),
            label: fields.text("label"),
            n,
            figures,
            total: total.map(|total| Figure { n, ..total }),
            benchmark: None,
            link,
            marked: fields.flag("marked"),
        }
    }

    fn values(&self, fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Figure> {
        let values = fields.node("values");
        if let Some(Node { value: crate::content::yaml::Value::Map(entries), .. }) = values {
            for (key, _) in entries.iter().filter(|(key, _)| self.classes.iter().all(|class| class.id != key.text)) {
                unknown_class(&key.text, &key.place, self.classes, diagnostics);
            }
        }
        let one = |class: &Class| values.and_then(|values| values.get(&class.id)).map(|node| figure(node, diagnostics));
        self.classes.iter().map(one).map(|figure| figure.unwrap_or_else(Figure::missing)).collect()
    }
}

/// The sum of figures: derived, as soon as all of them are there.
fn sum(figures: &[Figure]) -> Figure {
    let all: Option<Vec<f64>> = figures.iter().map(|figure| figure.value).collect();
    match all {
        // Printed figures have few decimals: the sum is what they add up to on paper, not in binary
        Some(values) => Figure::of((values.iter().sum::<f64>() * 1e6).round() / 1e6, State::Derived),
        None => Figure::missing(),
    }
}

fn tabled_rows(table: &Table, classes: &[Class], fields: Fields<'_>, diagnostics: &mut Diagnostics) -> BTreeMap<String, Tabled> {
    let column = |name: &str| table.head.iter().position(|cell| cell.text.trim() == name);
    let row_column = column("row");
    // Without its rows the table is something else altogether
    for cell in table.head.iter().filter(|cell| row_column.is_some() && !cell.text.is_empty()) {
        let name = cell.text.trim();
        if !["row", "n", "total"].contains(&name) && classes.iter().all(|class| class.id != name) {
            unknown_class(name, &cell.place, classes, diagnostics);
        }
    }
    let Some(row_column) = row_column else {
        if let Some(first) = table.head.first() {
            say(diagnostics, code::MISSING_KEY, first.place.clone(), "表に row の列がありません。", "The table has no column “row”.");
        }
        return BTreeMap::new();
    };
    let known: Vec<String> = fields.records("rows").map(|row| row.line("id")).collect();
    let mut rows = BTreeMap::new();
    for cells in &table.rows {
        let Some(id) = cells.get(row_column) else { continue };
        if !known.iter().any(|known| known == id.text.trim()) {
            say(
                diagnostics,
                code::UNKNOWN_REFERENCE,
                id.place.clone(),
                &format!("行「{}」は YAML の rows にありません。", id.text),
                &format!("There is no row “{}” in the YAML file.", id.text),
            );
        }
        let mut read = |name: &str| column(name).and_then(|index| cells.get(index)).and_then(|cell| table_figure(cell, diagnostics));
        let n = read("n").and_then(|figure| figure.value).filter(|n| *n >= 1.0).map(|n| n as u64);
        let figures = classes.iter().map(|class| read(&class.id).unwrap_or_else(Figure::missing)).collect();
        let tabled = Tabled { place: id.place.clone(), n, figures, total: read("total") };
        if rows.insert(id.text.trim().to_owned(), tabled).is_some() {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                id.place.clone(),
                &format!("行「{}」が表に二度あります。", id.text),
                &format!("The row “{}” stands in the table twice.", id.text),
            );
        }
    }
    rows
}

/// `12.5` is given, `(12.5)` derived, an empty cell missing.
fn table_figure(cell: &Cell, diagnostics: &mut Diagnostics) -> Option<Figure> {
    let text = cell.text.trim();
    if text.is_empty() {
        return None;
    }
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let figure = written(inner.unwrap_or(text), if inner.is_some() { State::Derived } else { State::Given });
    if figure.value.is_none() {
        diagnostics.push(
            Diagnostic::error(
                code::WRONG_TYPE,
                cell.place.clone(),
                format!("「{text}」は数として読めません。"),
                format!("“{text}” is not a number."),
            )
            .hint(
                "数だけを書きます。計算した値は (2.5) のようにかっこで、ない値は空のままにします。",
                "Write the number only; (2.5) for a derived one, nothing for a missing one.",
            ),
        );
    }
    Some(figure)
}

/// Complete rows of per cents add up to 100, totals are the sum of what they count. A tenth is left for rounding.
fn sums(exhibit: &Exhibit, places: &[RowPlace], diagnostics: &mut Diagnostics) {
    const ROUNDING: f64 = 0.1 + 1e-9;
    for (row, place) in exhibit.rows.iter().zip(places) {
        let all: Option<Vec<f64>> = row.figures.iter().map(|figure| figure.value).collect();
        let whole = exhibit.kind.parts_in_a_row() && exhibit.unit == Unit::Percent;
        if let Some(values) = all.filter(|_| whole) {
            let sum: f64 = values.iter().sum();
            if (sum - 100.0).abs() > ROUNDING {
                say(
                    diagnostics,
                    code::SUM,
                    place.values.clone(),
                    &format!("行「{}」の合計が {} です。100 になるはずです。", row.id, number(sum, 1)),
                    &format!("Row “{}” adds up to {}, not to 100.", row.id, number(sum, 1)),
                );
            }
        } else if whole {
            let known: f64 = row.figures.iter().filter_map(|figure| figure.value).sum();
            if known > 100.0 + ROUNDING {
                say(
                    diagnostics,
                    code::SUM,
                    place.values.clone(),
                    &format!("行「{}」の合計が 100 を超えています。", row.id),
                    &format!("Row “{}” adds up to more than 100.", row.id),
                );
            }
        }
        let Some(bracket) = &exhibit.bracket else { continue };
        let counted = sum(&row.figures[bracket.first..=bracket.last]);
        if let (Some(total), Some(sum)) = (row.total.as_ref().and_then(|total| total.value), counted.value)
            && (total - sum).abs() > ROUNDING
        {
            say(
                diagnostics,
                code::SUM,
                place.total.clone(),
                &format!("行「{}」の total は {} ですが、区分を足すと {} です。", row.id, number(total, 1), number(sum, 1)),
                &format!("The total of row “{}” is {}, but its classes add up to {}.", row.id, number(total, 1), number(sum, 1)),
            );
        }
    }
}

fn read_bracket(fields: Fields<'_>, classes: &[Class], diagnostics: &mut Diagnostics) -> Option<Bracket> {
    let mut find = |key: &str| {
        let id = fields.line(key);
        let found = classes.iter().position(|class| class.id == id);
        if found.is_none() && !id.is_empty() {
            unknown_class(&id, &fields.place_of(key), classes, diagnostics);
        }
        found
    };
    let (first, last) = (find("from")?, find("to")?);
    if first > last {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("to"),
            "to は from よりあとの区分にします。",
            "“to” has to come after “from”.",
        );
        return None;
    }
    Some(Bracket { label: fields.text("label"), first, last })
}

fn unknown_class(id: &str, place: &Place, classes: &[Class], diagnostics: &mut Diagnostics) {
    let diagnostic = Diagnostic::error(
        code::UNKNOWN_REFERENCE,
        place.clone(),
        format!("「{id}」という区分はありません。"),
        format!("There is no class “{id}”."),
    );
    diagnostics.push(match closest(id, classes.iter().map(|class| class.id.as_str())) {
        Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => diagnostic,
    });
}

fn unique(fields: Fields<'_>, key: &str, (ja, en): (&str, &str), diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for one in fields.records(key) {
        let id = one.line("id");
        if let Some(first) = seen.insert(id.clone(), one.place_of("id")).filter(|_| !id.is_empty()) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    one.place_of("id"),
                    format!("{ja}の ID「{id}」が二度使われています。"),
                    format!("The {en} id “{id}” is used twice."),
                )
                .hint("どちらかの ID を変えてください。", "Change one of the two.")
                .also(first, "一つ目", "the first one"),
            );
        }
    }
}

fn kind(word: &str) -> Kind {
    match word {
        "diverging" => Kind::Diverging,
        "quadrant" => Kind::Quadrant,
        "heatmap" => Kind::Heatmap,
        "waves" => Kind::Waves,
        "dumbbell" => Kind::Dumbbell,
        "radar" => Kind::Radar,
        "life_line" => Kind::LifeLine,
        "histogram" => Kind::Histogram,
        "dots" => Kind::Dots,
        "recommendation" => Kind::Recommendation,
        "differences" => Kind::Differences,
        "bar" => Kind::Bar,
        "donut" => Kind::Donut,
        "grouped_bar" => Kind::GroupedBar,
        "scatter" => Kind::Scatter,
        "strip" => Kind::Strip,
        "path" => Kind::Path,
        _ => Kind::StackedBar,
    }
}

fn tone(word: &str) -> Tone {
    let numbered = |prefix: &str| word.strip_prefix(prefix).and_then(|digit| digit.parse().ok());
    match word {
        "very_positive" => Tone::VeryPositive,
        "positive" => Tone::Positive,
        "negative" => Tone::Negative,
        "very_negative" => Tone::VeryNegative,
        "none" => Tone::None,
        _ => numbered("step_").map(Tone::Step).or_else(|| numbered("category_").map(Tone::Category)).unwrap_or(Tone::Neutral),
    }
}
