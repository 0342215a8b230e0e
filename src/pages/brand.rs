//! The look of a brand as files beside the pages: its colours as a style sheet, its logo, the mark in its colours. Equal bytes everywhere.

use crate::catalog::brand::{Brand, Colours, DARK, LIGHT, Picture, Tones};
use crate::content::Colour;
use crate::language::Text;
use serde::Serialize;
use std::fmt::Write as _;

/// The style sheet of a brand, behind that of the theme.
pub(super) const STYLE: &str = "brand.css";
/// The icon of a site.
pub(super) const MARK: &str = "mark.svg";
/// How high a logo stands in the header, and how wide it may become, in pixels.
const HIGH: u64 = 40;
const WIDE: u64 = 200;

/// A logo as the header shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LogoView {
    pub src: String,
    pub dark: Option<String>,
    pub alt: String,
    pub width: u64,
    pub height: u64,
}

/// The files of a brand by their names among the assets.
pub(super) fn files(brand: &Brand) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    if let Some(colours) = &brand.colours {
        files.push((STYLE.to_owned(), style(colours).into_bytes()));
        files.push((MARK.to_owned(), mark(colours).into_bytes()));
    }
    if let Some(logo) = &brand.logo {
        let named = [("logo", &logo.picture), ("logo-dark", &logo.dark)];
        files.extend(named.into_iter().filter_map(|(name, one)| one.as_ref().map(|one| (file(name, one), one.bytes.clone()))));
    }
    files
}

/// The colours of a brand for a page that stands alone.
pub(super) fn style(colours: &Colours) -> String {
    let [day, night] = HILLS;
    let light = tones(&colours.light, LIGHT.all[0].colour, day);
    let dark = format!("{};--stitch:{}", tones(&colours.dark, DARK.all[0].colour, night), colours.dark.hover);
    format!(
        ":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}:root[data-theme=\"dark\"]{{{dark}}}\
         @media print{{:root,:root[data-theme],:root:not([data-theme=\"light\"]){{{light}}}}}\n"
    )
}

/// The logo of a brand as its header shows it; `alt` reads its words. `assets` is where the files lie.
pub(super) fn logo(brand: &Brand, assets: &str, alt: impl Fn(&Text) -> String) -> Option<LogoView> {
    let logo = brand.logo.as_ref()?;
    let picture = logo.picture.as_ref()?;
    let (ratio_width, ratio_height) = (picture.width.max(1), picture.height.max(1));
    let width = (HIGH * ratio_width / ratio_height).max(1);
    let (width, height) = if width > WIDE { (WIDE, (WIDE * ratio_height / ratio_width).max(1)) } else { (width, HIGH) };
    let path = |name, picture| format!("{assets}{}", file(name, picture));
    Some(LogoView {
        src: path("logo", picture),
        dark: logo.dark.as_ref().map(|dark| path("logo-dark", dark)),
        alt: alt(&logo.alt),
        width,
        height,
    })
}

fn file(name: &str, picture: &Picture) -> String {
    format!("{name}.{}", picture.ending)
}

/// How many of 256 parts of the accent are in each of the far hills of the first page: dipped less and less, as the theme's indigo is.
/// At night they stay in the dark.
const HILLS: [[u32; 5]; 2] = [[36, 76, 130, 240, 0], [24, 40, 78, 60, 28]];

fn tones(tones: &Tones, paper: Colour, hills: [u32; 5]) -> String {
    let mut css = format!(
        "--ai:{};--aideep:{};--aitint:{};--onai:{};--kaki:{};--kakitint:{};--onkaki:{};--sun:{}",
        tones.accent, tones.hover, tones.tint, tones.on_accent, tones.here, tones.here_tint, tones.on_here, tones.here
    );
    for (at, parts) in (1..).zip(hills) {
        let hill = if parts == 0 { tones.hover } else { paper.toward(tones.accent, parts) };
        let _ = write!(css, ";--hill{at}:{hill}");
    }
    css
}

/// The signpost in the colours of a brand.
fn mark(colours: &Colours) -> String {
    let (light, dark) = (&colours.light, &colours.dark);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><style>@media (prefers-color-scheme:dark){{path{{stroke:{}}}circle{{fill:{}}}}}</style><path d=\"M10 4V18.5a7.5 7.5 0 0 0 15 0\" fill=\"none\" stroke=\"{}\" stroke-width=\"4\"/><circle cx=\"25\" cy=\"10\" r=\"3.6\" fill=\"{}\"/></svg>\n",
        dark.accent, dark.here, light.accent, light.here
    )
}
