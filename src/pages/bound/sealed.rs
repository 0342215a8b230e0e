//! A page that holds another one behind a password and opens it by itself, in the browser, without a network. It says nothing of
//! what is inside: neither title, nor organisation, nor colour, nor size to more than 64 KB.

use super::book::sum;
use crate::content::byte_letters::base64;
use crate::diagnostic::Diagnostics;
use crate::output::Sealed;
use crate::pages::render::Markup;
use crate::pages::theme::{HANDOUT_STYLES, Theme};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    policy: String,
    style: Markup,
    script: Markup,
    salt: String,
    nonce: String,
    rounds: u32,
    code: bool,
    bytes: String,
}

/// The page. `code`: the password was made by this program, so slips of the pen in it can be mended.
///
/// # Errors
///
/// A fault in our own template, which the tests rule out.
pub fn page(sealed: &Sealed, code: bool) -> Result<Vec<u8>, Diagnostics> {
    // Never the site's own theme: it would tell whose it is
    let theme = Theme::embedded()?;
    let asset = |name: &str| {
        let path = format!("{HANDOUT_STYLES}{name}");
        theme.assets().find(|(known, _)| *known == path).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    };
    let script = asset("sealed.js");
    let view = View {
        // What is opened brings styles of its own, under its own stricter policy. Naming them here would tell what is inside
        policy: format!(
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '{}'; base-uri 'none'; form-action 'none'",
            sum(&script)
        ),
        style: Markup::trusted(format!("<style>{}</style>", asset("sealed.css"))),
        script: Markup::trusted(format!("<script>{script}</script>")),
        salt: base64(&sealed.salt),
        nonce: base64(&sealed.nonce),
        rounds: sealed.rounds,
        code,
        bytes: base64(&sealed.bytes),
    };
    theme.renderer().render("sealed.html", &view, &[]).map(String::into_bytes)
}
