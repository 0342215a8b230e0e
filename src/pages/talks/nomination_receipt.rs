//! A nomination has come in: who reads it, until when it is kept, and the code by which it is erased.

use super::asked::Asked;
use super::offer::LineView;
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::pages::address::Spot;
use crate::pages::edition::LinkView;
use crate::pages::form::sheet::SurveyView;
use crate::survey::Token;
use serde::Serialize;

#[derive(Serialize)]
struct ReceiptPage {
    survey: SurveyView,
    received: ReceivedView,
}

#[derive(Serialize)]
struct ReceivedView {
    title: String,
    lead: String,
    sample: Option<String>,
    lines: Vec<LineView>,
    code: String,
    erase: LinkView,
    home: LinkView,
}

impl Asked<'_, '_> {
    /// It has come in; `code` erases it.
    ///
    /// # Errors
    ///
    /// A fault in the theme's template.
    pub fn receipt(&self, code: &Token) -> Result<String, Diagnostics> {
        let edition = self.edition;
        let spot = self.spot();
        let title = edition.say("ask_received_title").to_owned();
        let page = edition.page_view(&spot, title.clone(), String::new());
        let view = ReceiptPage {
            survey: SurveyView::titled(edition.plain(&edition.material.site.title)),
            received: ReceivedView {
                title,
                lead: edition.fill("ask_received_lead", &[("name", &self.person())]),
                sample: self.offer.offer.directory.sample.then(|| edition.say("ask_received_sample").to_owned()),
                lines: self.promise(),
                code: code.in_groups(),
                erase: LinkView::new(edition.link_to(&spot, &Spot::Erase), edition.say("erase_title")),
                home: LinkView::new(edition.link(&spot, &Target::Consultants), edition.say("talk_back")),
            },
        };
        edition.render("nomination-received.html", &spot, &page, &view)
    }
}
