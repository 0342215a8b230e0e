//! Labels of points in a field: each in a free place near its point; those that find none become numbers with a list.

use super::canvas::{Canvas, Type};
use super::lines::{Fitted, fit, widest_word};
use super::palette::Token;
use super::placement::{Box2, Wish, order, place};
use super::scene::{Anchor, Paint};

/// Radius of a point.
pub(super) const DOT: f64 = 6.0;
const LEADING: f64 = 18.0;

/// A point that wants its label.
pub(super) struct Tag {
    /// What the label says; nothing for none.
    pub words: String,
    /// Set bold, and placed first.
    pub marked: bool,
    /// Where the point is.
    pub point: (f64, f64),
}

/// A label that has found its place.
pub(super) struct Placed {
    label: Fitted,
    at: Box2,
}

/// Finds places in `frame` apart from what is `taken`: first every label in words, then numbers for those that found none.
/// Returns a place for each, and which are to be listed, in the order of their numbers.
pub(super) fn place_tags(tags: &[Tag], frame: &Box2, mut taken: Vec<Box2>) -> (Vec<Option<Placed>>, Vec<usize>) {
    let points: Vec<(f64, f64)> = tags.iter().map(|tag| tag.point).collect();
    taken.extend(points.iter().map(|(x, y)| Box2::around(*x, *y, DOT + 1.5)));
    let mut placed: Vec<Option<Placed>> = tags.iter().map(|_| None).collect();
    let most = ((frame.right - frame.left) * 0.45).min(240.0);
    // Who is marked is named first: the sort keeps the order otherwise.
    let mut order = order(&points);
    order.sort_by_key(|index| !tags[*index].marked);
    for &index in &order {
        let tag = &tags[index];
        // A wide label on one line first, then a narrow one on two or three.
        let wishes = [(most, 14.0), (most, 13.0), (most * 0.6, 13.0), (most, 12.0), (most * 0.6, 12.0)];
        for (room, size) in wishes {
            let label = fit(&tag.words, room, 2, size, tag.marked);
            if label.lines.is_empty() || label.lines.len() > 3 || widest_word(&tag.words, label.size, tag.marked) > room {
                continue;
            }
            let wish = Wish { point: tag.point, size: extent(&label, tag.marked), dot: DOT, reach: 30.0, others: &points };
            if let Some(at) = place(&wish, frame, &taken) {
                taken.push(at);
                placed[index] = Some(Placed { label, at });
                break;
            }
        }
    }
    let mut listed = Vec::new();
    for index in 0..tags.len() {
        if placed[index].is_some() || tags[index].words.is_empty() {
            continue;
        }
        let label = Fitted { lines: vec![(listed.len() + 1).to_string()], size: 12.0 };
        let wish = Wish { point: tags[index].point, size: extent(&label, true), dot: DOT, reach: 800.0, others: &[] };
        if let Some(at) = place(&wish, frame, &taken) {
            taken.push(at);
            placed[index] = Some(Placed { label, at });
        }
        listed.push(index);
    }
    (placed, listed)
}

fn extent(label: &Fitted, bold: bool) -> (f64, f64) {
    let width = label.lines.iter().map(|line| super::text::width(line, label.size, bold)).fold(0.0, f64::max);
    (width + 4.0, LEADING * label.lines.len() as f64)
}

/// Draws a label on paper; one that had to move away is tied to its point.
pub(super) fn draw_tag(canvas: &Canvas, tag: &Tag, placed: Option<&Placed>) {
    let Some(Placed { label, at }) = placed else { return };
    let (x, y) = tag.point;
    let middle = f64::midpoint(at.left, at.right);
    let near = Box2::around(x, y, DOT + 10.0);
    if !near.meets(at) {
        canvas.line(&[(x, y), (x.clamp(at.left, at.right), y.clamp(at.top, at.bottom))], Token::Edge, 1.0);
    }
    canvas.rect(at.left, at.top, at.right - at.left, at.bottom - at.top, Paint::Token(Token::Paper));
    let (anchor, held) = if at.left >= x {
        (Anchor::Start, at.left + 2.0)
    } else if at.right <= x {
        (Anchor::End, at.right - 2.0)
    } else {
        (Anchor::Middle, middle)
    };
    canvas.lines(&label.lines, held, at.top + LEADING / 2.0, LEADING, Type::new(label.size).bold_if(tag.marked).at(anchor));
}
