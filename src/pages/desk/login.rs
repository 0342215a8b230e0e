//! Where the password of the desk is typed, on another machine.

use super::frame::DESK;
use crate::diagnostic::Diagnostics;
use crate::pages::room::frame::Place;
use serde::Serialize;

/// Why the password is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It is wrong.
    Wrong,
    /// Too many wrong ones came.
    TooMany,
}

#[derive(Serialize)]
struct View {
    action: String,
    fault: Option<String>,
    language: &'static str,
}

/// The page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(place: &Place<'_>, trouble: Option<Trouble>) -> Result<String, Diagnostics> {
    let edition = place.edition;
    let fault = trouble.map(|trouble| match trouble {
        Trouble::Wrong => "desk_login_wrong",
        Trouble::TooMany => "desk_login_many",
    });
    let view =
        View { action: format!("{DESK}/enter"), fault: fault.map(|key| edition.say(key).to_owned()), language: edition.language.code() };
    place.render_with("desk-login.html", edition.say("desk_login"), "desk", view)
}
