//! What invited people get: the text of a mail, a letter with a QR code on one sheet, labels. Everything said in them comes from
//! the survey itself, as on its first page.

use crate::diagnostic::Diagnostics;
use crate::language::Language;
use crate::pages::edition::{Edition, Material};
use crate::pages::form::promise::{PromiseView, promise};
use crate::pages::form::sheet::Pass;
use crate::pages::qr;
use crate::pages::render::Markup;
use crate::survey::{Carried, Survey};
use serde::Serialize;

/// What one person is handed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The id in the list of people.
    pub id: String,
    /// The name; may be empty.
    pub name: String,
    /// The language.
    pub language: Language,
    /// The person's own address.
    pub link: String,
    /// Its code, in groups.
    pub code: String,
    /// The page where the code is typed.
    pub typing: String,
    /// What the answers will carry.
    pub carried: Carried,
}

/// Why a mail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// The first one.
    Invitation,
    /// To those who have not answered.
    Reminder,
    /// To everyone, answered or not.
    ReminderToAll,
}

/// A mail to many: `{{name}}`, `{{link}}` and `{{code}}` are to be filled in for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// The subject, one line, the same for everybody.
    pub subject: String,
    /// The words, lines ended by CRLF as mail programs of Windows paste them; the link stands on a line of its own.
    pub body: String,
}

impl MailText {
    /// The words for one person. Where there is no name, the line that would address the person is left out. What is filled in is
    /// never read for marks again.
    #[must_use]
    pub fn body_for(&self, name: &str, link: &str, code: &str) -> String {
        let body = match self.body.split_once("\r\n\r\n") {
            Some((first, rest)) if name.is_empty() && first.contains("{{name}}") => rest,
            _ => &self.body,
        };
        let mut parts = body.split("{{");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let known = [("name}}", name), ("link}}", link), ("code}}", code)].into_iter();
            match known.filter_map(|(mark, value)| Some((value, part.strip_prefix(mark)?))).next() {
                Some((value, rest)) => filled.extend([value, rest]),
                None => filled.extend(["{{", part]),
            }
        }
        filled
    }
}

/// The text of a mail as a file for mail merge: the subject on its first line, marks to be filled in from `links.csv`. CRLF.
#[must_use]
pub fn mail(edition: &Edition<'_>, survey: &Survey, occasion: Occasion, typing: &str) -> String {
    let MailText { subject, body } = mail_text(edition, survey, occasion, typing);
    format!("{}\r\n\r\n{body}", edition.fill("mail_subject_line", &[("subject", &subject)]))
}

/// The words of a mail. `typing` is the page where a code is typed.
#[must_use]
pub fn mail_text(edition: &Edition<'_>, survey: &Survey, occasion: Occasion, typing: &str) -> MailText {
    let title = edition.plain(&survey.title);
    let until = survey.close.map(|close| edition.until(close.written)).unwrap_or_default();
    let subject = match (occasion, until.is_empty()) {
        (Occasion::Invitation, false) => edition.fill("mail_subject_until", &[("title", &title), ("until", &until)]),
        (Occasion::Invitation, true) => edition.fill("mail_subject", &[("title", &title)]),
        (_, false) => edition.fill("mail_subject_remind_until", &[("title", &title), ("until", &until)]),
        (_, true) => edition.fill("mail_subject_remind", &[("title", &title)]),
    };
    let opening = match occasion {
        Occasion::Invitation => "mail_opening",
        Occasion::Reminder => "mail_opening_remind",
        Occasion::ReminderToAll => "mail_opening_remind_all",
    };
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    line(&edition.fill("mail_to", &[("name", "{{name}}")]));
    line("");
    line(&edition.plain(&survey.lead));
    line(edition.say(opening));
    line(edition.say("mail_own_link"));
    line("");
    line("{{link}}");
    line("");
    line(&edition.fill("mail_by_hand", &[("address", typing)]));
    line("{{code}}");
    line("");
    for PromiseView { label, text } in promise(edition, survey, Pass::default()) {
        line(&edition.fill("mail_line", &[("label", &label), ("text", &text)]));
    }
    line("");
    line(&edition.organisation());
    MailText { subject, body: text.replace('\n', "\r\n") }
}

#[derive(Serialize)]
struct View {
    language: &'static str,
    title: String,
    style: Markup,
    letters: Vec<LetterView>,
}

#[derive(Serialize)]
struct LetterView {
    language: &'static str,
    organisation: String,
    title: String,
    lead: String,
    to: String,
    id: String,
    qr: Option<Markup>,
    scan: String,
    own: String,
    by_hand: String,
    address: String,
    /// The address without its scheme: labels are small.
    short: String,
    code: String,
    code_label: String,
    promise: Vec<PromiseView>,
}

/// A letter a person, each on an A4 page of its own.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn letters(material: Material<'_>, survey: &Survey, letters: &[Letter]) -> Result<String, Diagnostics> {
    render(material, survey, letters, "letters.html", true)
}

/// Labels, 24 on an A4 page (3 by 8, 70 by 37 mm), with name, id, QR code and code.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn labels(material: Material<'_>, survey: &Survey, letters: &[Letter]) -> Result<String, Diagnostics> {
    render(material, survey, letters, "labels.html", false)
}

fn render(material: Material<'_>, survey: &Survey, letters: &[Letter], template: &str, promises: bool) -> Result<String, Diagnostics> {
    let language = material.site.first_language();
    let view = |letter: &Letter| {
        let edition = Edition { material, language: letter.language };
        let pass = Pass { typed: "", carried: Some(&letter.carried) };
        LetterView {
            language: letter.language.code(),
            organisation: edition.organisation(),
            title: edition.plain(&survey.title),
            lead: edition.plain(&survey.lead),
            to: if letter.name.is_empty() {
                letter.id.clone()
            } else {
                edition.fill(if promises { "mail_to" } else { "label_to" }, &[("name", &letter.name)])
            },
            id: letter.id.clone(),
            qr: qr::labelled(&letter.link, edition.say("letter_qr")),
            scan: edition.say("letter_scan").to_owned(),
            own: edition.say("letter_own").to_owned(),
            by_hand: edition.say("letter_by_hand").to_owned(),
            address: letter.typing.clone(),
            short: letter.typing.split_once("://").map_or(letter.typing.as_str(), |(_, rest)| rest).to_owned(),
            code: letter.code.clone(),
            code_label: edition.say("code_label").to_owned(),
            promise: if promises { promise(&edition, survey, pass) } else { Vec::new() },
        }
    };
    let edition = Edition { material, language };
    let style = material.theme.handout_style(template.trim_end_matches(".html"));
    let letters = letters.iter().map(view).collect();
    let view = View { language: language.code(), title: edition.plain(&survey.title), style, letters };
    material.theme.renderer().render(template, &view, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let body = "{{name}} 様\r\n\r\n{{other}} {{link}}\r\n{{code}}{{".to_owned();
        let text = MailText { subject: String::new(), body };
        assert_eq!(text.body_for("{{link}}{{code}}", "L", "C"), "{{link}}{{code}} 様\r\n\r\n{{other}} L\r\nC{{");
        assert_eq!(text.body_for("", "{{name}}", "C"), "{{other}} {{name}}\r\nC{{");
    }
}
