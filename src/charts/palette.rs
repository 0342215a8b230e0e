//! The chart colours: names of roles, their values by day and by night, and the one text colour that may stand on each.
//!
//! In a page a fill is `var(--d1,#DDE9EA)`, so that the theme decides; in a file it is the plain value for light paper.

use crate::survey::exhibit::Tone;
use std::fmt::Write as _;

/// A colour by its role. [`Fill`](Token::is_fill) tokens carry a text colour of their own, the others are for lines and text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Token {
    D1,
    D2,
    D3,
    D4,
    D5,
    D6,
    Mid,
    K1,
    K2,
    K3,
    K4,
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    Paper,
    Sunk,
    Sheet,
    Ink,
    Ink2,
    Ink3,
    Rule,
    Edge,
    Ai,
    Kaki,
}

/// What a token is: its CSS name without dashes, light and dark value, and for fills the text colour on it, light and dark.
struct Tint {
    token: Token,
    name: &'static str,
    light: &'static str,
    dark: &'static str,
    on: Option<(&'static str, &'static str)>,
}

const fn fill(
    token: Token,
    name: &'static str,
    light: &'static str,
    on_light: &'static str,
    dark: &'static str,
    on_dark: &'static str,
) -> Tint {
    Tint { token, name, light, dark, on: Some((on_light, on_dark)) }
}

const fn line(token: Token, name: &'static str, light: &'static str, dark: &'static str) -> Tint {
    Tint { token, name, light, dark, on: None }
}

/// Text colours on fills: dark and light ink by day, dark, light and white by night.
const INK: &str = "#211F1B";
const THREAD: &str = "#FFFDF8";
const NIGHT: &str = "#0E151B";
const UNBLEACHED: &str = "#EDE7DA";
const WHITE: &str = "#FFFFFF";

/// In the order of [`Token`], so that a token's number is its place here.
const TINTS: [Tint; 27] = [
    fill(Token::D1, "d1", "#DDE9EA", INK, "#1E3445", UNBLEACHED),
    fill(Token::D2, "d2", "#B4D0DA", INK, "#27506C", UNBLEACHED),
    fill(Token::D3, "d3", "#83B0C6", INK, "#3B7296", WHITE),
    fill(Token::D4, "d4", "#5491B2", INK, "#5F9CC2", NIGHT),
    fill(Token::D5, "d5", "#265F89", THREAD, "#92C4E3", NIGHT),
    fill(Token::D6, "d6", "#123A5A", THREAD, "#CFE6F2", NIGHT),
    fill(Token::Mid, "mid", "#DAD2C1", INK, "#4A4A48", WHITE),
    fill(Token::K1, "k1", "#F3DCC6", INK, "#3F2B1C", UNBLEACHED),
    fill(Token::K2, "k2", "#E6B893", INK, "#6E4426", WHITE),
    fill(Token::K3, "k3", "#CF8654", INK, "#BC7443", NIGHT),
    fill(Token::K4, "k4", "#A3471B", THREAD, "#F0A574", NIGHT),
    fill(Token::C1, "c1", "#1B5A88", THREAD, "#7DB6DB", NIGHT),
    fill(Token::C2, "c2", "#B65A28", THREAD, "#EB9A66", NIGHT),
    fill(Token::C3, "c3", "#437F73", THREAD, "#7FBFB0", NIGHT),
    fill(Token::C4, "c4", "#8E6C0B", THREAD, "#D9B44A", NIGHT),
    fill(Token::C5, "c5", "#5F5A51", THREAD, "#B3ADA0", NIGHT),
    fill(Token::C6, "c6", "#9C5F66", THREAD, "#DB9FA3", NIGHT),
    line(Token::Paper, "paper", "#F8F4EA", "#12171D"),
    line(Token::Sunk, "sunk", "#EFE8D9", "#1A2129"),
    line(Token::Sheet, "sheet", "#FFFDF8", "#1D252E"),
    line(Token::Ink, "ink", "#211F1B", "#EDE7DA"),
    line(Token::Ink2, "ink2", "#514C43", "#C2BBAC"),
    line(Token::Ink3, "ink3", "#676154", "#A19B8D"),
    line(Token::Rule, "rule", "#D8CFBC", "#343D47"),
    line(Token::Edge, "edge", "#857C6B", "#85909A"),
    line(Token::Ai, "ai", "#1B4F78", "#92C4E3"),
    line(Token::Kaki, "kaki", "#A3471B", "#F0A574"),
];

impl Token {
    fn tint(self) -> &'static Tint {
        // The table stands in the order of the enum; a test holds that.
        &TINTS[self as usize]
    }

    /// Its CSS custom property without the dashes: `d1`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.tint().name
    }

    /// Its value on light paper, `#RRGGBB`.
    #[must_use]
    pub fn light(self) -> &'static str {
        self.tint().light
    }

    /// Its value by night, `#RRGGBB`.
    #[must_use]
    pub fn dark(self) -> &'static str {
        self.tint().dark
    }

    /// Whether figures may stand on it: it then has a text colour, `--on-NAME`.
    #[must_use]
    pub fn is_fill(self) -> bool {
        self.tint().on.is_some()
    }

    /// The text colour on it by day and by night.
    #[must_use]
    pub fn on(self) -> Option<(&'static str, &'static str)> {
        self.tint().on
    }

    /// Its number, for libraries that only know numbers as colours.
    pub(super) fn number(self) -> u8 {
        self as u8
    }

    /// The token of a number.
    pub(super) fn from_number(number: u8) -> Option<Token> {
        TINTS.get(usize::from(number)).map(|tint| tint.token)
    }
}

/// The fill of a class that means `tone`, one of `steps` ordered steps where it is a step. `None`: hatched.
#[must_use]
pub fn fill_of(tone: Tone, steps: usize) -> Option<Token> {
    Some(match tone {
        Tone::Step(step) => step_fill(usize::from(step), steps),
        Tone::VeryPositive => Token::D6,
        Tone::Positive => Token::D4,
        Tone::Neutral => Token::Mid,
        Tone::Negative => Token::K2,
        Tone::VeryNegative => Token::K4,
        Tone::None => return None,
        Tone::Category(number) => [Token::C1, Token::C2, Token::C3, Token::C4, Token::C5, Token::C6][usize::from(number) % 6],
    })
}

/// Steps of an ordered amount, the strongest first. Four steps end in `mid`, because their last one is a plain «no».
/// More than six steps share the six dips evenly, so that neighbours may look alike: values and order carry those.
fn step_fill(step: usize, steps: usize) -> Token {
    const DIPS: [Token; 6] = [Token::D6, Token::D5, Token::D4, Token::D3, Token::D2, Token::D1];
    let scale: &[Token] = match steps {
        0 | 1 => &[Token::D5],
        2 => &[Token::D5, Token::D2],
        3 => &[Token::D6, Token::D4, Token::D2],
        4 => &[Token::D6, Token::D4, Token::D2, Token::Mid],
        5 => &[Token::D6, Token::D5, Token::D4, Token::D2, Token::Mid],
        _ => &DIPS,
    };
    let last = scale.len() - 1;
    let place = if steps > scale.len() { step * last / (steps - 1) } else { step };
    scale[place.min(last)]
}

/// The CSS custom properties of all chart colours: light on `:root`, dark by preference and by `[data-theme]` over it.
/// Paper is always light: dark values hold on screens only.
#[must_use]
pub fn css() -> String {
    let mut text = String::new();
    let light = block(|tint| (tint.light, tint.on.map(|on| on.0)));
    let dark = block(|tint| (tint.dark, tint.on.map(|on| on.1)));
    let _ =
        write!(text, ":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\n");
    let _ = writeln!(text, "@media screen{{:root[data-theme=\"dark\"]{{{dark}}}}}");
    text
}

fn block(values: impl Fn(&Tint) -> (&'static str, Option<&'static str>)) -> String {
    let mut text = String::new();
    for tint in &TINTS {
        let (value, on) = values(tint);
        let _ = write!(text, "--{}:{value};", tint.name);
        if let Some(on) = on {
            let _ = write!(text, "--on-{}:{on};", tint.name);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_table_stands_in_the_order_of_the_tokens() {
        for (index, tint) in TINTS.iter().enumerate() {
            assert_eq!(tint.token as usize, index, "{}", tint.name);
        }
    }

    #[test]
    fn text_on_every_fill_is_readable_by_day_and_by_night() {
        for tint in &TINTS {
            if let Some((light, dark)) = tint.on {
                assert!(contrast(tint.light, light) >= 4.5, "{} by day", tint.name);
                assert!(contrast(tint.dark, dark) >= 4.5, "{} by night", tint.name);
            }
        }
        for token in [Token::Ink, Token::Ink2, Token::Ink3, Token::Kaki, Token::Ai] {
            assert!(contrast(token.light(), Token::Paper.light()) >= 4.5, "{token:?} by day");
            assert!(contrast(token.dark(), Token::Paper.dark()) >= 4.5, "{token:?} by night");
        }
    }

    #[test]
    fn steps_keep_their_order_however_many_there_are() {
        for steps in 1..=12 {
            let fills: Vec<_> = (0..steps).map(|step| step_fill(step, steps)).collect();
            let strength: Vec<_> = fills.iter().map(|fill| luminance(fill.light())).collect();
            assert!(strength.windows(2).all(|pair| pair[0] <= pair[1] + 0.02), "{steps}: {fills:?}");
        }
        assert_eq!(step_fill(250, 3), Token::D2);
    }
}
