//! What a drawing may be made of: shapes, their looks, and values that neither load nor hide anything.

/// What may be drawn.
pub(super) const ELEMENTS: [&str; 15] = [
    "svg",
    "g",
    "defs",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
];

/// What an editor keeps for itself, and words that the page says with `alt`.
pub(super) const LEFT_OUT: [&str; 3] = ["title", "desc", "metadata"];

/// How it may look.
pub(super) const ATTRIBUTES: [&str; 53] = [
    "id",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "width",
    "height",
    "points",
    "transform",
    "viewBox",
    "preserveAspectRatio",
    "fill",
    "fill-opacity",
    "fill-rule",
    "clip-rule",
    "clip-path",
    "mask",
    "opacity",
    "color",
    "display",
    "visibility",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "paint-order",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "offset",
    "stop-color",
    "stop-opacity",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "mask-type",
    "vector-effect",
    "pathLength",
];

/// What may stand before a bracket in a value.
const FUNCTIONS: [&str; 11] = ["rgb", "rgba", "hsl", "hsla", "url", "matrix", "translate", "scale", "rotate", "skewX", "skewY"];

/// Why something cannot stay.
#[derive(Clone, Copy)]
pub(super) enum Why {
    Runs,
    Loads,
    Words,
    Styles,
    Unknown,
}

/// Why an element cannot stay.
pub(super) fn why(element: &str) -> Why {
    match element {
        "script" | "foreignObject" | "animate" | "animateTransform" | "animateMotion" | "set" | "a" | "iframe" => Why::Runs,
        "image" | "use" => Why::Loads,
        "text" | "tspan" | "textPath" => Why::Words,
        "style" => Why::Styles,
        _ => Why::Unknown,
    }
}

/// `#id`, nothing else.
pub(super) fn is_inside(href: &str) -> bool {
    href.strip_prefix('#').is_some_and(|id| !id.is_empty() && id.chars().all(is_of_id))
}

fn is_of_id(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '-' | '_' | '.')
}

/// Whether a value can neither load nor hide anything: known functions alone, and `url(#id)`.
pub(super) fn is_plain(value: &str) -> bool {
    if value.chars().any(|char| char.is_control() || matches!(char, '\\' | '@' | '<' | '>' | '{' | '}')) || value.contains("/*") {
        return false;
    }
    let mut parts = value.split('(');
    let mut before = parts.next().unwrap_or_default();
    for part in parts {
        let name = before.rsplit(|char: char| !char.is_ascii_alphanumeric() && char != '-').next().unwrap_or_default();
        let inner = part.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        if !FUNCTIONS.contains(&name) || (name == "url" && !is_inside(inner)) {
            return false;
        }
        before = part;
    }
    true
}
