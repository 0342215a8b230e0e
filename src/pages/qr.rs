//! QR codes as drawings. The only user of qrcode.

use super::render::Markup;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// The white edge that readers need, in modules.
const EDGE: usize = 4;

/// A QR code for an address as inline SVG, medium correction, black on white in every theme; `None` where it is too long.
#[must_use]
pub(super) fn svg(address: &str, label: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + EDGE, y + EDGE);
            }
            x += run.max(1);
        }
    }
    let side = width + 2 * EDGE;
    let label = Markup::text(label);
    Some(Markup::trusted(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>",
        label.as_str()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_edge() {
        let drawing = svg("https://survey.example/i/7K3MQ9TR7K3MQ9TR7K3MQ9TR7K3M", "<QR>").expect("short enough");
        let text = drawing.as_str();
        // 33 modules (version 4) and the edge
        assert!(text.contains("viewBox=\"0 0 41 41\"") && text.contains("&lt;QR&gt;"), "{text}");
        for corner in ["M4 4h7v1h-7z", "M30 4h7v1h-7z", "M4 30h7v1h-7z"] {
            assert!(text.contains(corner), "{corner}: {text}");
        }
        assert!(svg(&"a".repeat(4_000), "").is_none());
    }
}
