//! A scene as JSON, as a device makes it too.

use crate::charts::scene::{Anchor, Mark, Paint, Scene, Step, Stroke};
use serde_json::{Value as Json, json};

/// The scene.
pub(super) fn scene(scene: &Scene) -> Json {
    json!({"width": scene.width, "height": scene.height, "marks": scene.marks.iter().map(mark).collect::<Vec<_>>()})
}

fn mark(mark: &Mark) -> Json {
    match mark {
        Mark::Rect { x, y, width, height, fill, stroke } => {
            json!({"kind": "rect", "x": x, "y": y, "width": width, "height": height, "fill": fill.map(paint), "stroke": stroke.map(line)})
        }
        Mark::Line { points, stroke } => json!({"kind": "line", "points": points, "stroke": line(*stroke)}),
        Mark::Path { steps, stroke, .. } => {
            json!({"kind": "path", "steps": steps.iter().map(step).collect::<Vec<_>>(), "stroke": stroke.map(line)})
        }
        Mark::Circle { x, y, radius, fill, stroke } => {
            json!({"kind": "circle", "x": x, "y": y, "radius": radius, "fill": fill.map(paint), "stroke": stroke.map(line)})
        }
        Mark::Text { x, y, text, size, bold, anchor, paint: colour } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            json!({"kind": "text", "x": x, "y": y, "text": text, "size": size, "anchor": anchor, "token": paint(*colour), "bold": bold})
        }
        Mark::Group { marks, .. } => json!({"kind": "group", "marks": marks.iter().map(self::mark).collect::<Vec<_>>()}),
    }
}

fn step(step: &Step) -> Json {
    match step {
        Step::Move(x, y) => json!(["M", x, y]),
        Step::Line(x, y) => json!(["L", x, y]),
        Step::Curve([a, b, c, d, x, y]) => json!(["C", a, b, c, d, x, y]),
        Step::Arc { radius, large, clockwise, x, y } => json!(["A", radius, large, clockwise, x, y]),
        Step::Close => json!(["Z"]),
    }
}

fn paint(paint: Paint) -> String {
    match paint {
        Paint::Token(token) => token.name().to_owned(),
        Paint::On(token) => format!("on-{}", token.name()),
        Paint::Hatch => "hatch".to_owned(),
    }
}

fn line(stroke: Stroke) -> Json {
    json!({"token": paint(stroke.paint), "width": stroke.width, "dash": stroke.dash})
}
