//! Names under an axis; where they have no room, numbers there and the names in a list under the drawing.

use super::canvas::{Canvas, Type};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::scene::Anchor;

const LEADING: f64 = 17.0;
const NAME: Type = Type::new(13.0).at(Anchor::Middle);

/// A name and what stands under it in small.
pub(super) struct Name {
    /// The name.
    pub words: String,
    /// In small: the sample size.
    pub small: String,
    /// Set bold.
    pub marked: bool,
}

/// Names under an axis with equal slots.
pub(super) struct Names {
    names: Vec<Name>,
    /// The names in lines, or none where they are numbered.
    set: Option<Vec<(Fitted, Fitted)>>,
    pitch: f64,
}

impl Names {
    /// Fits the names into slots of a width.
    pub(super) fn fit(names: Vec<Name>, pitch: f64) -> Names {
        let room = pitch - 6.0;
        let one = |name: &Name| {
            let words = fit(&name.words, room, 3, 13.0, name.marked);
            let small = fit(&name.small, room, 1, 12.0, false);
            let whole = widest_word(&name.words, words.size, name.marked) <= room && widest_word(&name.small, 12.0, false) <= room;
            (whole && words.lines.len() <= 3 && small.lines.len() <= 1).then_some((words, small))
        };
        let set = if room > 0.0 { names.iter().map(one).collect() } else { None };
        Names { names, set, pitch }
    }

    /// Draws them under an axis at `top`, each in the middle of its slot; returns the lower end.
    pub(super) fn draw(&self, canvas: &Canvas, left: f64, top: f64) -> f64 {
        let middle = |index: usize| left + self.pitch * (index as f64 + 0.5);
        let Some(set) = &self.set else {
            let widest = NAME.width(&self.names.len().to_string()) + 8.0;
            let step = ((widest / self.pitch.max(0.1)).ceil() as usize).max(1);
            for index in (0..self.names.len()).step_by(step) {
                let words = (index + 1).to_string();
                let half = NAME.width(&words) / 2.0;
                canvas.text(&words, middle(index).clamp(half, canvas.width - half), top + 12.0, NAME.token(Token::Ink2));
            }
            return top + 24.0;
        };
        let lines = set.iter().map(|(words, _)| words.lines.len()).max().unwrap_or(0) as f64;
        let smalls = set.iter().any(|(_, small)| !small.lines.is_empty());
        for (index, (words, small)) in set.iter().enumerate() {
            let look = Type { size: words.size, ..NAME.bold_if(self.names[index].marked) };
            canvas.lines(&words.lines, middle(index), top + 12.0, LEADING, look);
            let look = Type::new(small.size).token(Token::Ink2).at(Anchor::Middle);
            canvas.lines(&small.lines, middle(index), top + 12.0 + lines * LEADING, LEADING, look);
        }
        top + lines * LEADING + if smalls { LEADING } else { 0.0 } + 6.0
    }

    /// The names behind the numbers, if there are any; returns the lower end.
    pub(super) fn list(&self, canvas: &Canvas, top: f64) -> f64 {
        if self.set.is_some() {
            return top;
        }
        let entries: Vec<(String, bool)> = self
            .names
            .iter()
            .map(|name| (if name.small.is_empty() { name.words.clone() } else { format!("{}  {}", name.words, name.small) }, name.marked))
            .collect();
        list(canvas, &entries, top)
    }
}

/// Numbered names in as many columns as fit, down each column first; returns the lower end.
pub(super) fn list(canvas: &Canvas, entries: &[(String, bool)], top: f64) -> f64 {
    let words = |number: usize, words: &str| format!("{}  {words}", number + 1);
    let widest =
        entries.iter().enumerate().map(|(number, entry)| Type::new(13.0).bold().width(&words(number, &entry.0))).fold(1.0, f64::max) + 20.0;
    let columns = ((canvas.width / widest).floor() as usize).max(1);
    let rows = entries.len().div_ceil(columns);
    let mut lowest = top;
    for (column, part) in entries.chunks(rows.max(1)).enumerate() {
        let left = widest * column as f64;
        let mut y = top;
        for (index, (entry, marked)) in part.iter().enumerate() {
            let fitted = fit(&words(column * rows + index, entry), canvas.width - left, usize::MAX, 13.0, *marked);
            y = canvas.lines(&fitted.lines, left, y + 4.0, 18.0, Type::new(fitted.size).bold_if(*marked)) - 4.0;
        }
        lowest = lowest.max(y);
    }
    lowest
}
