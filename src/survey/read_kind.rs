//! Reads what each kind of question alone needs.

use super::question::{Favourable, Kind, Need, Points, Question, Slider};
use super::read_parts::{duplicates, read_choices, read_ends, read_expression, read_items, read_points, say};
use crate::content::Fields;
use crate::diagnostic::{Diagnostics, Place, code};
use crate::language::Text;

pub(super) fn read_kind(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Kind {
    match fields.line("kind").as_str() {
        "single_choice" => Kind::SingleChoice { choices: read_choices(fields, diagnostics), other: fields.optional_text("other") },
        "dropdown" => Kind::Dropdown { choices: read_choices(fields, diagnostics), other: fields.optional_text("other") },
        "yes_no" => Kind::YesNo {
            yes: fields.optional_text("yes").unwrap_or_else(|| Text::pair("はい", "Yes")),
            no: fields.optional_text("no").unwrap_or_else(|| Text::pair("いいえ", "No")),
        },
        "multiple_choice" => {
            let choices = read_choices(fields, diagnostics);
            let other = fields.optional_text("other");
            let at_most = read_at_most(fields, choices.len() + usize::from(other.is_some()), diagnostics);
            Kind::MultipleChoice { choices, other, at_most }
        }
        "multiple_grid" => {
            let choices = read_choices(fields, diagnostics);
            let at_most = read_at_most(fields, choices.len(), diagnostics);
            Kind::MultipleGrid { choices, rows: read_items(fields, "rows", "行", "row", diagnostics), at_most }
        }
        "scale" => Kind::Scale(read_points(fields, diagnostics)),
        "grid" => Kind::Grid { points: read_points(fields, diagnostics), rows: read_items(fields, "rows", "行", "row", diagnostics) },
        "recommendation" => Kind::Recommendation {
            ends: read_ends(fields).unwrap_or_else(|| {
                (Text::pair("まったくすすめない", "Not at all likely"), Text::pair("ぜひすすめたい", "Extremely likely"))
            }),
        },
        "number" => {
            let (minimum, maximum) = (fields.optional_decimal("minimum"), fields.optional_decimal("maximum"));
            if let (Some(low), Some(high)) = (minimum, maximum)
                && low > high
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("maximum"),
                    "maximum が minimum より小さくなっています。",
                    "The maximum is smaller than the minimum.",
                );
            }
            Kind::Number { minimum, maximum, decimals: fields.integer("decimals", 0), unit: fields.optional_text("unit") }
        }
        "slider" => Kind::Slider(read_slider(fields, diagnostics)),
        "short_text" => Kind::ShortText { max_length: fields.integer("max_length", 200) },
        "long_text" => Kind::LongText { max_length: fields.integer("max_length", 2_000) },
        "date" => {
            let (earliest, latest) = (fields.optional_day("earliest"), fields.optional_day("latest"));
            if let (Some(first), Some(last)) = (earliest, latest)
                && last < first
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("latest"),
                    "latest が earliest より前の日です。",
                    "The latest day comes before the earliest one.",
                );
            }
            Kind::Date { earliest, latest }
        }
        "ranking" => {
            let items = read_items(fields, "items", "項目", "item", diagnostics);
            let all = u32::try_from(items.len()).unwrap_or(u32::MAX);
            let top = fields.integer("top", all);
            if top > all && all > 0 {
                too_many(fields.place_of("top"), top, all, "項目", "items", diagnostics);
            }
            Kind::Ranking { items, top: top.min(all) }
        }
        "card_sort" => Kind::CardSort {
            cards: read_items(fields, "cards", "カード", "card", diagnostics),
            piles: read_items(fields, "piles", "山", "pile", diagnostics),
        },
        "allocation" => Kind::Allocation {
            items: read_items(fields, "items", "項目", "item", diagnostics),
            total: fields.integer("total", 100),
            unit: fields.optional_text("unit"),
        },
        "paired_comparison" => Kind::PairedComparison { items: read_items(fields, "items", "項目", "item", diagnostics) },
        "table" => {
            let columns: Vec<Question> = fields.records("columns").map(|column| read_column(column, diagnostics)).collect();
            duplicates(columns.iter().map(|column| (column.id.as_str(), &column.place)), "列", "column", diagnostics);
            Kind::Table { columns, at_most: fields.integer("at_most", 1).clamp(1, 20) }
        }
        "calculated" => match read_expression(fields, "value", diagnostics) {
            Some(value) => Kind::Calculated {
                value,
                decimals: fields.integer("decimals", 2),
                unit: fields.optional_text("unit"),
                show: fields.flag("show"),
            },
            // It was complained of; what is read on may speak of its variable, which is a number
            None => Kind::Number { minimum: None, maximum: None, decimals: 0, unit: None },
        },
        "note" => Kind::Note,
        // The kind is unknown and was said to be; any kind serves to read on
        _ => Kind::Scale(Points { count: 2, labels: Vec::new(), favourable: Favourable::Neither }),
    }
}

/// A question that is asked in every row of a table.
fn read_column(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Question {
    Question {
        id: fields.line("id"),
        place: fields.place_of("id"),
        text: fields.text("text"),
        hint: None,
        need: if fields.line("need") == "required" { Need::Required } else { Need::Optional },
        sensitive: false,
        show_if: None,
        kind: read_kind(fields, diagnostics),
    }
}

fn read_at_most(fields: Fields<'_>, choices: usize, diagnostics: &mut Diagnostics) -> Option<u32> {
    let at_most = fields.optional_integer("at_most")?;
    let all = u32::try_from(choices).unwrap_or(u32::MAX);
    if at_most > all {
        too_many(fields.place_of("at_most"), at_most, all, "選択肢", "choices", diagnostics);
    }
    Some(at_most)
}

fn too_many(place: Place, given: u32, all: u32, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    say(
        diagnostics,
        code::OUT_OF_RANGE,
        place,
        &format!("{ja}は {all} 個しかないので、{given} にはできません。"),
        &format!("There are only {all} {en}, fewer than {given}."),
    );
}

fn read_slider(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Slider {
    // Places after the point that can be told apart without an error of binary fractions
    const MOST_DECIMALS: u32 = 6;
    let minimum = fields.optional_decimal("minimum").unwrap_or(0.0);
    let maximum = fields.optional_decimal("maximum").unwrap_or(100.0);
    let step = fields.optional_decimal("step").unwrap_or(1.0);
    let slider = Slider { minimum, maximum, step, unit: fields.optional_text("unit"), ends: read_ends(fields) };
    let mut out_of_range = |key: &str, ja: &str, en: &str| say(diagnostics, code::OUT_OF_RANGE, fields.place_of(key), ja, en);
    if minimum >= maximum {
        out_of_range("maximum", "maximum は minimum より大きい数にします。", "The maximum has to be larger than the minimum.");
    } else if step <= 0.0 {
        out_of_range("step", "step は 0 より大きい数にします。", "The step has to be larger than 0.");
    } else if slider.decimals() > MOST_DECIMALS {
        out_of_range("step", "小数点以下は 6 けたまでにします。", "At most 6 places after the point are taken.");
    } else if !slider.is_on_step(maximum) {
        out_of_range(
            "step",
            "この間隔では、minimum から maximum までを割り切れません。",
            "This step does not divide the range from minimum to maximum.",
        );
    } else {
        return slider;
    }
    // Something that can be counted in, so that reading goes on
    Slider { minimum: 0.0, maximum: 100.0, step: 1.0, ..slider }
}
