//! What is said of fields: which dots lie in which quadrant, where a heat map leaves the whole, where a life turned.

use super::cell::Cell;
use super::comparison::{some_names, value};
use super::heatmap::gap;
use super::quadrant::{CORNERS, corner_of, crossing};
use super::reading::{Line, Reading};
use super::verdict::Verdict;
use super::words::quoted;
use crate::language::Language;
use crate::survey::exhibit::Whole;
use crate::survey::figure::Unit;

fn pair(line: &Line) -> Option<(&Cell, f64, &Cell, f64)> {
    let (x, y) = (line.cells.first()?, line.cells.get(1)?);
    Some((x, x.value?, y, y.value?))
}

/// Who lies in the field that comes first, and who lies so near a line that nobody can tell.
pub(super) fn quadrant(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let Some(cross) = crossing(reading) else { return Vec::new() };
    let mut sentences = Vec::new();
    let unsure = |cell: &Cell, at: f64| cell.interval.is_some_and(|interval| interval.low < at && at < interval.high);
    let mut names: [Vec<String>; 4] = Default::default();
    let mut open = Vec::new();
    for line in &reading.lines {
        let Some((x, across, y, up)) = pair(line) else { continue };
        let corner = corner_of(cross, across, up);
        let name = quoted(reading.language, &line.label);
        // In a field lies what is in it with its whole interval
        if unsure(x, cross.0) || unsure(y, cross.1) {
            open.push(name);
        } else if let Some(place) = CORNERS.iter().position(|known| *known == corner) {
            names[place].push(name);
        }
    }
    for ((field, corner), names) in reading.corners.iter().zip(CORNERS).zip(&names) {
        // Of four fields the one that asks for something is told; without one, all that have a name.
        let told = reading.first_corner.is_none_or(|first| first == corner) && !field.is_empty();
        if told && !names.is_empty() {
            let (field, names) = (quoted(reading.language, field), some_names(reading, names));
            sentences.push(if japanese { format!("{field}にあるのは{names}です。") } else { format!("In {field}: {names}.") });
        }
    }
    if let Some(first) =
        reading.first_corner.filter(|_| sentences.is_empty() && open.is_empty() && names.iter().any(|names| !names.is_empty()))
        && let Some((field, _)) = reading.corners.iter().zip(CORNERS).find(|(field, corner)| *corner == first && !field.is_empty())
    {
        let field = quoted(reading.language, field);
        sentences.push(if japanese { format!("{field}にあるものはありません。") } else { format!("Nothing lies in {field}.") });
    }
    if !open.is_empty() {
        let names = some_names(reading, &open);
        sentences.push(if japanese {
            format!("{names}は、区間が点線をまたぐため、どちら側とも言えません。")
        } else {
            format!(
                "We can’t tell on which side of a line {names} {}: the interval crosses it.",
                if open.len() == 1 { "lies" } else { "lie" }
            )
        });
    }
    if reading.columns.iter().any(|column| column.unit == Unit::Coefficient) {
        sentences.push(reading.say(("関連であって、原因とは限りません。", "This is association, not necessarily cause.")).to_owned());
    }
    sentences
}

/// Where a heat map is farthest above and below the whole, how many differences can be told from chance, of how many.
pub(super) fn heatmap(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let whole = match reading.whole {
        Some(Whole::Row(row)) => reading.lines.get(row).map(|line| line.label.clone()),
        Some(Whole::Class(class)) => reading.columns.get(class).map(|column| column.label.clone()),
        None => None,
    };
    let Some(whole) = whole else { return Vec::new() };
    let whole = quoted(reading.language, &whole);
    let mut all = Vec::new();
    for (row, line) in reading.lines.iter().enumerate() {
        for (class, column) in reading.columns.iter().enumerate() {
            if let Some(gap) = gap(reading, row, class) {
                all.push((line, column, &line.cells[class], gap));
            }
        }
    }
    let mut sentences = Vec::new();
    let farthest = |sign: f64| {
        all.iter().filter(|one| one.3.value * sign > 0.0).fold(None, |best: Option<&(_, _, _, super::heatmap::Gap)>, one| match best {
            Some(best) if best.3.value * sign >= one.3.value * sign => Some(best),
            _ => Some(one),
        })
    };
    let unit = super::cell::sign(reading.unit.of_difference(), reading.language);
    for (sign, ja, en) in [(1.0, "もっとも上回る", "Farthest above"), (-1.0, "もっとも下回る", "Farthest below")] {
        let Some((line, column, cell, gap)) = farthest(sign) else { continue };
        // Groups by name, items in quotation marks.
        let (group, item) = match reading.whole {
            Some(Whole::Class(_)) => (&column.label, quoted(reading.language, &line.label)),
            _ => (&line.label, quoted(reading.language, &column.label)),
        };
        let (shown, difference) = (value(reading, cell), &gap.shown);
        let chance = match (gap.verdict, japanese) {
            (Verdict::Open, true) => "。ただし、差があるとは言えません",
            (Verdict::Open, false) => "; we can’t tell this from chance",
            _ => "",
        };
        sentences.push(if japanese {
            format!("{whole}を{ja}のは、{group}の{item}（{shown}、{difference}{unit}）です{chance}。")
        } else {
            format!("{en} {whole}: {item} in {group} ({shown}, {difference}{unit}){chance}.")
        });
    }
    let tested = all.iter().filter(|one| one.3.verdict != Verdict::Unknown).count();
    let told = all.iter().filter(|one| matches!(one.3.verdict, Verdict::More | Verdict::Less)).count();
    if tested > 0 {
        let open = tested - told;
        sentences.push(if japanese {
            format!("比べた{tested}個のうち、偶然の範囲を超えるのは{told}個です。ほかの{open}個は、差があるとは言えません。")
        } else {
            format!("Of {tested} comparisons {told} are more than chance; of the other {open} we can’t tell.")
        });
    } else if !all.is_empty() {
        let count = all.len();
        sentences.push(if japanese {
            format!("{count}個の差は検定していないため、偶然かどうかは判断できません。")
        } else {
            format!("The {count} differences are not tested, so we cannot judge whether they are chance.")
        });
    }
    sentences
}

/// The summit and the valley of a life.
pub(super) fn life_line(reading: &Reading) -> Vec<String> {
    let japanese = reading.language == Language::Japanese;
    let points: Vec<(&Line, &Cell, f64)> = reading.lines.iter().filter_map(|line| pair(line).map(|(x, _, _, y)| (line, x, y))).collect();
    let summit = points.iter().map(|point| point.2).fold(f64::NEG_INFINITY, f64::max);
    let valley = points.iter().map(|point| point.2).fold(f64::INFINITY, f64::min);
    if points.len() < 2 || summit <= valley {
        return Vec::new();
    }
    let at = |height: f64| {
        let names: Vec<String> = points
            .iter()
            .filter(|point| point.2 == height)
            .map(|(line, x, _)| {
                let name = quoted(reading.language, &line.label);
                if japanese { format!("{name}（{}）", value(reading, x)) } else { format!("{name} ({})", value(reading, x)) }
            })
            .collect();
        some_names(reading, &names)
    };
    let (high, low) = (at(summit), at(valley));
    vec![if japanese {
        format!("もっとも高いのは{high}、もっとも低いのは{low}です。")
    } else {
        format!("Highest at {high}, lowest at {low}.")
    }]
}
