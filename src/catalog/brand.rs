//! The look of a site that is made for somebody: name, logo, two colours. What of them is missing is worked out, and all of it can be
//! read on every ground.

use super::reference::Located;
use crate::content::Colour;
use crate::language::Text;

/// `brand:` of a site.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Brand {
    /// Whose site it is: stands where the project's organisation would.
    pub name: Option<Text>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Its colours, light and dark; `None`: those of the theme.
    pub colours: Option<Colours>,
}

/// A logo with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    /// The file below `content/`.
    pub file: Located<String>,
    /// The file for dark screens; `None`: the same on a light ground.
    pub dark_file: Option<Located<String>>,
    /// What it says, for whoever does not see it.
    pub alt: Text,
    /// The picture, cleaned; `None` while its file was not read, or could not be.
    pub picture: Option<Picture>,
    /// The picture for dark screens.
    pub dark: Option<Picture>,
}

/// A picture that can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `svg` or `png`.
    pub ending: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its proportions.
    pub width: u64,
    /// Its proportions.
    pub height: u64,
}

/// The colours of a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// On paper.
    pub light: Tones,
    /// At night.
    pub dark: Tones,
}

/// The colours of one ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tones {
    /// Links, buttons: takes the place of `ai`.
    pub accent: Colour,
    /// The same under the pointer: `aideep`.
    pub hover: Colour,
    /// A ground that carries words and the accent: `aitint`.
    pub tint: Colour,
    /// Words on the accent: `onai`.
    pub on_accent: Colour,
    /// «Here»: takes the place of `kaki`.
    pub here: Colour,
    /// A marked passage: `kakitint`.
    pub here_tint: Colour,
    /// Words on it: `onkaki`.
    pub on_here: Colour,
}

/// A ground that colours are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    /// Its name in Japanese and English.
    pub called: (&'static str, &'static str),
    /// Its colour.
    pub colour: Colour,
}

/// What a theme stands on, light or dark.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// Paper, sunk bands, sheets of fields.
    pub all: [Ground; 3],
    /// Text.
    pub ink: Colour,
    /// The two colours of words on a colour; the first is taken where it can be read.
    pub on: [Colour; 2],
    /// Where a colour goes that must be read better.
    pub away: Colour,
    /// How many of 256 parts of a colour are in its tint.
    pub tint: u32,
    /// How many of 256 parts of the other end are in the colour under the pointer.
    pub hover: u32,
}

const fn ground(called: (&'static str, &'static str), number: u32) -> Ground {
    Ground { called, colour: Colour::of(number) }
}

/// Paper by day.
pub const LIGHT: Grounds = Grounds {
    all: [
        ground(("紙（明るい画面）", "paper (light)"), 0x00f8_f4ea),
        ground(("沈んだ帯（明るい画面）", "sunk bands (light)"), 0x00ef_e8d9),
        ground(("記入欄（明るい画面）", "fields (light)"), 0x00ff_fdf8),
    ],
    ink: Colour::of(0x0021_1f1b),
    on: [Colour::of(0x00ff_fdf8), Colour::of(0x000e_151b)],
    away: Colour::BLACK,
    tint: 30,
    hover: 96,
};

/// The same at night.
pub const DARK: Grounds = Grounds {
    all: [
        ground(("紙（暗い画面）", "paper (dark)"), 0x0012_171d),
        ground(("沈んだ帯（暗い画面）", "sunk bands (dark)"), 0x001a_2129),
        ground(("記入欄（暗い画面）", "fields (dark)"), 0x001d_252e),
    ],
    ink: Colour::of(0x00ed_e7da),
    on: [Colour::of(0x000e_151b), Colour::of(0x00ff_fdf8)],
    away: Colour::WHITE,
    tint: 48,
    hover: 120,
};

/// What text needs, in hundredths.
pub const TEXT: u32 = 450;

/// What a colour that is worked out for the night reaches: light on dark tires sooner.
const NIGHT: u32 = 650;

impl Grounds {
    /// The ground on which a colour is read worst, with the contrast there.
    #[must_use]
    pub fn worst(&self, colour: Colour) -> (Ground, u32) {
        let [first, rest @ ..] = self.all;
        rest.into_iter().fold((first, colour.contrast(first.colour)), |worst, ground| {
            let found = colour.contrast(ground.colour);
            if found < worst.1 { (ground, found) } else { worst }
        })
    }

    /// The nearest colour of the same hue that reaches so much on every ground.
    #[must_use]
    pub fn nearest(&self, colour: Colour, least: u32) -> Colour {
        let steps = (0..=256).map(|parts| colour.toward(self.away, parts));
        let mut passing = steps.filter(|one| self.worst(*one).1 >= least);
        passing.next().unwrap_or(self.away)
    }

    /// The colour under the pointer that belongs to an accent.
    #[must_use]
    pub fn hover(&self, accent: Colour) -> Colour {
        accent.toward(self.away, self.hover)
    }

    /// All tones of an accent and of «here». Both can be read on every ground, so their tints exist: at worst they are the paper.
    #[must_use]
    pub fn tones(&self, accent: Colour, hover: Colour, here: Colour) -> Tones {
        let on = |colour: Colour| if self.on[0].contrast(colour) >= TEXT { self.on[0] } else { self.on[1] };
        Tones { accent, hover, tint: self.tint_of(accent), on_accent: on(accent), here, here_tint: self.tint_of(here), on_here: on(here) }
    }

    /// A ground of this colour on which the colour itself and text can be read.
    fn tint_of(&self, colour: Colour) -> Colour {
        let paper = self.all[0].colour;
        let tints = (0..=self.tint).rev().map(|parts| paper.toward(colour, parts));
        let mut good = tints.filter(|tint| tint.contrast(colour) >= TEXT && tint.contrast(self.ink) >= TEXT);
        good.next().unwrap_or(paper)
    }
}

/// What a colour of the day becomes at night: brighter in its own hue first, so that it does not turn grey on its way to white.
#[must_use]
pub fn at_night(colour: Colour) -> Colour {
    DARK.nearest(colour.toward(colour.brightest(), 128), NIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_colours_every_tone_can_be_read() {
        let mut seen = 0;
        for red in (0..=255_u8).step_by(51) {
            for green in (0..=255_u8).step_by(51) {
                for blue in (0..=255_u8).step_by(51) {
                    let colour = Colour { parts: [red, green, blue] };
                    let day = LIGHT.nearest(colour, TEXT);
                    assert_eq!(day == colour, LIGHT.worst(colour).1 >= TEXT);
                    for (grounds, one) in [(&LIGHT, day), (&DARK, at_night(colour))] {
                        let tones = grounds.tones(one, grounds.hover(one), one);
                        assert!(grounds.worst(one).1 >= TEXT && grounds.worst(tones.hover).1 >= TEXT, "{one}");
                        for (text, ground) in [
                            (tones.on_accent, tones.accent),
                            (tones.on_accent, tones.hover),
                            (tones.on_here, tones.here),
                            (tones.accent, tones.tint),
                            (grounds.ink, tones.tint),
                            (tones.here, tones.here_tint),
                            (grounds.ink, tones.here_tint),
                        ] {
                            assert!(text.contrast(ground) >= TEXT, "{text} on {ground} of {colour}");
                        }
                        seen += 1;
                    }
                }
            }
        }
        assert_eq!(seen, 2 * 6 * 6 * 6);
    }

    #[test]
    fn the_nearest_is_the_first_that_passes() {
        let light = Colour::of(0x007a_b800);
        assert!(LIGHT.worst(light).1 < TEXT);
        let near = LIGHT.nearest(light, TEXT);
        assert!((450..470).contains(&LIGHT.worst(near).1), "{near}");
        // Green stays the strongest of its parts
        assert!(near.parts[1] > near.parts[0] && near.parts[0] > near.parts[2], "{near}");
    }
}
