//! Published figures drawn in another way: the same numbers, none more and none fewer.

use super::frame::EVERYBODY;
use super::wording;
use crate::language::Text;
use crate::survey::exhibit::{Class, Exhibit, Kind, Note, Row, Tone};
use crate::survey::figure::Figure;

/// Another chart of the same figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Both sides of a scale about its middle.
    Diverging,
    /// The parts of a whole as a ring.
    Donut,
    /// One axis an item.
    Radar,
}

/// The figures in another chart; as they were, where they cannot be drawn so, as while some of them are held back.
#[must_use]
pub fn drawn_as(exhibit: Exhibit, drawn: Drawn) -> Exhibit {
    let known = exhibit.rows.iter().all(|row| row.n.is_some());
    match (drawn, exhibit.kind) {
        (Drawn::Diverging, Kind::StackedBar) => Exhibit { kind: Kind::Diverging, ..exhibit },
        (Drawn::Donut, Kind::Bar) if known && exhibit.classes.len() == 1 && exhibit.rows.iter().all(|row| row.benchmark.is_none()) => {
            ring(exhibit)
        }
        (Drawn::Radar, Kind::Bar) if known && exhibit.classes.len() == 1 => Exhibit { kind: Kind::Radar, ..exhibit },
        (Drawn::Radar, Kind::StackedBar) if known => shape(exhibit),
        _ => exhibit,
    }
}

/// Choices as the parts of one row.
fn ring(mut exhibit: Exhibit) -> Exhibit {
    let rows = std::mem::take(&mut exhibit.rows);
    let class = |(place, row): (u8, &Row)| Class { id: row.id.clone(), label: row.label.clone(), tone: Tone::Category(place % 6) };
    exhibit.classes = (0..).zip(&rows).map(class).collect();
    exhibit.row_head = wording::group_head();
    exhibit.rows = vec![Row {
        id: EVERYBODY.to_owned(),
        label: wording::everybody(),
        n: rows.first().and_then(|row| row.n),
        figures: rows.into_iter().map(|row| row.figures.into_iter().next().unwrap_or_else(Figure::missing)).collect(),
        total: None,
        benchmark: None,
        link: None,
        marked: false,
    }];
    Exhibit { kind: Kind::Donut, ..exhibit }
}

/// The sum of the counted classes of each item.
fn shape(mut exhibit: Exhibit) -> Exhibit {
    let Some(bracket) = exhibit.bracket.clone().filter(|_| exhibit.rows.iter().all(|row| row.total.is_some())) else { return exhibit };
    exhibit.bracket = None;
    exhibit.classes = vec![Class { id: "total".to_owned(), label: bracket.label, tone: Tone::Category(0) }];
    for row in &mut exhibit.rows {
        row.figures = row.total.take().into_iter().collect();
    }
    Exhibit { kind: Kind::Radar, ..exhibit }
}

/// The largest first, those that are held back last; where two are alike, in the order of the author.
pub fn sort(exhibit: &mut Exhibit) {
    let value = |row: &Row| row.figures.first().and_then(|figure| figure.value).unwrap_or(f64::NEG_INFINITY);
    exhibit.rows.sort_by(|one, other| value(other).total_cmp(&value(one)));
}

/// The first rows alone, and how many there are: said where the drawing stands, on a page and on a slide.
pub fn cut(exhibit: &mut Exhibit, most: usize, sorted: bool) {
    use crate::language::Language::{English, Japanese};
    let all = exhibit.rows.len();
    if all <= most {
        return;
    }
    exhibit.rows.truncate(most);
    let (part_ja, part_en) = if sorted {
        (format!("上位{most}件（全{all}件）"), format!("The top {most} of {all}"))
    } else {
        (format!("はじめの{most}件（全{all}件）"), format!("The first {most} of {all}"))
    };
    let asked = |language| exhibit.asked.in_language(language);
    // A question of the author's may end without a stop
    let (asked_ja, asked_en) = (asked(Japanese), asked(English));
    let stop = |text: &str, stop: &'static str| if text.is_empty() || text.ends_with(['。', '？', '.', '?', '!']) { "" } else { stop };
    let japanese = format!("{asked_ja}{}{part_ja}", stop(asked_ja, "。"));
    let english = format!("{asked_en}{} {part_en}", stop(asked_en, "."));
    exhibit.asked = Text::pair(japanese, english.trim());
    exhibit.notes.push(Note {
        lead: Text::pair("一部だけの図", "Not all of them"),
        text: Text::pair(
            format!("図は{part_ja}です。表とファイルには、すべてあります（ファイルは、たずねた順）。"),
            format!("{part_en} are shown. The table and the files hold all of them, the files in the order of the survey."),
        ),
    });
}
