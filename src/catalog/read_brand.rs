//! Reads `brand:` of a site: its colours are held against every ground, its logo is cleaned.

use super::brand::{Brand, Colours, DARK, Grounds, LIGHT, Logo, Picture, TEXT, at_night};
use super::reference::Located;
use crate::content::{Colour, Fields, Folder, png, svg};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, closest, code};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The largest file of a logo: every page carries it, on a phone too.
const LARGEST: usize = 20 * 1024;

/// The most pixels a side of a PNG may have, and the fewest its height.
const SIDES: (u32, u32) = (40, 1600);

/// Persimmon, which stays where no other colour for «here» is named.
const HERE: (Colour, Colour) = (Colour::of(0x00a3_471b), Colour::of(0x00f0_a574));

/// Reads the settings.
pub(super) fn brand(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Brand {
    let logo = fields.record("logo").and_then(|logo| {
        let file = |key: &str| logo.optional_line(key).map(|value| Located { value, place: logo.place_of(key) });
        Some(Logo { file: file("file")?, dark_file: file("dark"), alt: logo.text("alt"), picture: None, dark: None })
    });
    Brand {
        name: fields.optional_text("name"),
        logo,
        colours: fields.record("colours").and_then(|colours| read_colours(colours, diagnostics)),
    }
}

fn read_colours(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Colours> {
    let mut read = |key: &str, grounds: &Grounds| {
        let colour = Colour::parse(&fields.optional_line(key)?)?;
        judge(colour, key, fields.place_of(key), grounds, diagnostics);
        Some(colour)
    };
    let accent = read("accent", &LIGHT)?;
    let dark = read("accent_dark", &DARK).unwrap_or_else(|| at_night(accent));
    let hover = read("hover", &LIGHT).unwrap_or_else(|| LIGHT.hover(accent));
    let hover_dark = read("hover_dark", &DARK).unwrap_or_else(|| DARK.hover(dark));
    let here = read("here", &LIGHT);
    let here_dark = read("here_dark", &DARK).unwrap_or_else(|| here.map_or(HERE.1, at_night));
    Some(Colours { light: LIGHT.tones(accent, hover, here.unwrap_or(HERE.0)), dark: DARK.tones(dark, hover_dark, here_dark) })
}

/// Says where a colour cannot be read, and which one near it can.
fn judge(colour: Colour, key: &str, place: Place, grounds: &Grounds, diagnostics: &mut Diagnostics) {
    let (ground, found) = grounds.worst(colour);
    if found >= TEXT {
        return;
    }
    let near = grounds.nearest(colour, TEXT);
    let ratio = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let (found, least, reached) = (ratio(found), ratio(TEXT), ratio(grounds.worst(near).1));
    let (ja, en) = ground.called;
    diagnostics.push(
        Diagnostic::error(
            code::CONTRAST,
            place,
            format!("「{key}」の色 {colour} は、{ja} {} の上では {found}:1 で、文字に要る {least}:1 に届きません。", ground.colour),
            format!("The colour {colour} of “{key}” reaches {found}:1 on {en} {}, and text needs {least}:1.", ground.colour),
        )
        .hint(
            format!("いちばん近い、読める色は \"{near}\" です（{reached}:1）。"),
            format!("The nearest colour that can be read is \"{near}\" ({reached}:1)."),
        ),
    );
}

/// Reads the files of a site's logo. Which files were looked at is noted in `taken`, their texts in `sources`.
pub(super) fn pictures(
    brand: &mut Brand,
    folder: &Folder,
    taken: &mut BTreeSet<Arc<str>>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) {
    let Some(logo) = &mut brand.logo else { return };
    logo.picture = picture(&logo.file, folder, taken, sources, diagnostics);
    logo.dark = logo.dark_file.as_ref().and_then(|file| picture(file, folder, taken, sources, diagnostics));
}

fn picture(
    file: &Located<String>,
    folder: &Folder,
    taken: &mut BTreeSet<Arc<str>>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Picture> {
    let path = format!("content/{}", file.value);
    let Some(found) = folder.get(&path) else {
        if !folder.refused().any(|refused| refused == path) {
            let pictures: Vec<&str> = folder
                .files()
                .filter_map(|file| file.path.strip_prefix("content/"))
                .filter(|path| path.ends_with(".svg") || path.ends_with(".png"))
                .collect();
            let missing = Diagnostic::error(
                code::MISSING_FILE,
                file.place.clone(),
                format!("ロゴのファイル {path} がありません。"),
                format!("There is no file {path} for the logo."),
            );
            diagnostics.push(match closest(&file.value, pictures) {
                Some(guess) => missing.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
                None => missing.hint(
                    "SVG か PNG を content/sites/ に置き、「sites/名前.svg」と書きます。",
                    "Put an SVG or PNG into content/sites/ and write “sites/NAME.svg”.",
                ),
            });
        }
        return None;
    };
    taken.insert(Arc::clone(&found.path));
    let bytes = found.bytes();
    let whole = Place::whole(&found.path);
    if bytes.len() > LARGEST {
        let size = bytes.len().div_ceil(1024);
        diagnostics.push(
            Diagnostic::error(
                code::LOGO,
                whole,
                format!("ロゴが大きすぎます（{size} KB）。20 KB までです。"),
                format!("The logo is too large ({size} KB). At most 20 KB are taken."),
            )
            .hint(
                "どのページも携帯の回線で運ぶファイルです。SVG にするか、高さ 120 ピクセルほどの PNG にします。",
                "Every page carries it, over mobile networks too. Use an SVG, or a PNG about 120 pixels high.",
            ),
        );
        return None;
    }
    if path.ends_with(".svg") {
        let Ok(text) = std::str::from_utf8(bytes) else {
            diagnostics.push(Diagnostic::error(code::ENCODING, whole, "UTF-8 で保存してください。", "Save this file as UTF-8."));
            return None;
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        sources.insert(Arc::clone(&found.path), text.into());
        let svg = svg::clean(&found.path, text, diagnostics)?;
        return Some(Picture { ending: "svg", bytes: svg.text.into_bytes(), width: svg.width, height: svg.height });
    }
    let Some(png) = png::read(bytes).filter(|_| path.ends_with(".png")) else {
        diagnostics.push(
            Diagnostic::error(code::LOGO, whole, "ロゴとして読めません。", "This cannot be read as a logo.")
                .hint("SVG か PNG のファイルだけが使えます。", "Only SVG and PNG files can be used."),
        );
        return None;
    };
    let (least, most) = SIDES;
    if png.width > most || png.height > most || png.height < least {
        let (width, height) = (png.width, png.height);
        diagnostics.push(
            Diagnostic::error(
                code::LOGO,
                whole,
                format!("ロゴの大きさ {width} × {height} ピクセルは使えません。"),
                format!("A logo of {width} × {height} pixels cannot be used."),
            )
            .hint(
                format!("高さは {least} ピクセルから、幅も高さも {most} ピクセルまでです。"),
                format!("At least {least} pixels high, and no side above {most} pixels."),
            ),
        );
        return None;
    }
    Some(Picture { ending: "png", bytes: png.bytes, width: png.width.into(), height: png.height.into() })
}
