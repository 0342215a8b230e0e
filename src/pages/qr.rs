//! QR codes: for a projector, a printed sheet and a terminal. The only user of qrcode.

use super::render::Markup;
use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// The white margin around a code, in modules: what ISO/IEC 18004 asks for, so that a camera finds it on any ground.
const QUIET: usize = 4;

/// A code as dark and light modules, without its margin.
struct Modules {
    width: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// None when the text is too long for any code (more than 2,331 bytes).
    fn of(text: &str) -> Option<Modules> {
        // Level M mends 15 %: enough for a creased sheet, and the modules stay large on a projector.
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
        Some(Modules { width: code.width(), dark: code.to_colors().into_iter().map(|color| color == Color::Dark).collect() })
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.width && self.dark.get(y * self.width + x).copied().unwrap_or(false)
    }
}

/// The code of `text` as one SVG, black on white with its margin of four modules, sized by its style sheet: the view box is one unit
/// a module. It is hidden from screen readers: say the address beside it. None when the text is longer than 2,331 bytes.
pub fn svg(text: &str) -> Option<String> {
    let modules = Modules::of(text)?;
    let side = modules.width + 2 * QUIET;
    let mut path = String::new();
    for y in 0..modules.width {
        let mut x = 0;
        while x < modules.width {
            let run = (x..modules.width).take_while(|&at| modules.is_dark(at, y)).count();
            if run > 0 {
                // A String takes every write.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some(format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><path fill=\"#ffffff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000000\" d=\"{path}\"/></svg>"
    ))
}

/// The same with words for screen readers, where no address stands beside it.
pub(super) fn labelled(text: &str, label: &str) -> Option<Markup> {
    let words = format!("role=\"img\" aria-label=\"{}\"", Markup::text(label).as_str());
    svg(text).map(|svg| Markup::trusted(svg.replacen("aria-hidden=\"true\"", &words, 1)))
}

/// The code of `text` for a terminal, two modules a character, margin included; light modules are drawn, so that it reads on the usual
/// dark ground. On a light one it comes out inverted, which most cameras read too. None when the text is longer than 2,331 bytes.
pub fn lines(text: &str) -> Option<Vec<String>> {
    let modules = Modules::of(text)?;
    let side = modules.width + 2 * QUIET;
    let light = |x: usize, y: usize| y < side && !(x >= QUIET && y >= QUIET && modules.is_dark(x - QUIET, y - QUIET));
    let line = |y: usize| {
        (0..side)
            .map(|x| match (light(x, y), light(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect()
    };
    Some((0..side).step_by(2).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that an SVG of ours paints dark, margin included.
    fn painted(svg: &str) -> Vec<Vec<bool>> {
        let side: usize = svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
        let mut field = vec![vec![false; side]; side];
        let path = svg.split("#000000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
            (numbers[0]..numbers[0] + numbers[2]).for_each(|x| field[numbers[1]][x] = true);
        }
        field
    }

    #[test]
    fn a_code_keeps_its_margin_and_its_three_corners() {
        let field = painted(&svg("http://192.0.2.10:8080/r/7K42").unwrap());
        let side = field.len();
        for (y, row) in field.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let margin = x < 4 || y < 4 || x >= side - 4 || y >= side - 4;
                assert!(!(margin && *dark), "dark in the margin at {x}, {y}");
            }
        }
        for (x, y) in [(4, 4), (side - 11, 4), (4, side - 11)] {
            let corner: String = (0..7).map(|step| if field[y + 3][x + step] { '#' } else { '.' }).collect();
            assert_eq!(corner, "#.###.#");
        }
    }

    #[test]
    fn the_terminal_shows_the_same_modules() {
        let text = "http://192.0.2.10:8080/r/7K42";
        let field = painted(&svg(text).unwrap());
        let drawn = lines(text).unwrap();
        assert_eq!(drawn.len(), field.len().div_ceil(2));
        for (y, row) in field.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let character = drawn[y / 2].chars().nth(x).unwrap();
                let light = character == '█' || character == if y % 2 == 0 { '▀' } else { '▄' };
                assert_eq!(light, !dark, "{x}, {y}");
            }
        }
    }

    #[test]
    fn a_label_is_escaped() {
        let drawing = labelled("http://192.0.2.10:8080/r/7K42", "<QR>").unwrap();
        assert!(drawing.as_str().contains("role=\"img\" aria-label=\"&lt;QR&gt;\"") && !drawing.as_str().contains("aria-hidden"));
    }

    #[test]
    fn too_long_a_text_has_no_code() {
        assert!(svg(&"x".repeat(2331)).is_some());
        assert!(svg(&"x".repeat(2332)).is_none());
        assert!(lines(&"x".repeat(2332)).is_none());
    }
}
