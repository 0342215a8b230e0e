//! Lists of people: read and shown first, with everything that is wrong; links are made only of what was looked at.

use super::office::{Office, Showing, told};
use crate::diagnostic::{Diagnostic, Severity};
use crate::exchange::list_text::{list_text, table_name};
use crate::pages::desk::frame::{Done, KEY, SURVEYS};
use crate::pages::desk::people::{Preview, page};
use crate::pipeline::round::base_address;
use crate::server::multipart::Parts;
use crate::server::refusal::Refusal;
use crate::server::reply::Reply;
use crate::server::request::Request;
use crate::survey::{Access, Carried, Survey};
use sha2::{Digest, Sha256};

impl Office<'_> {
    /// A list that was pasted or chosen.
    pub(super) fn people(&self, request: &Request, survey: &Survey) -> anyhow::Result<Reply> {
        let parts = match Parts::of(request) {
            Ok(parts) => parts,
            Err(refusal) => return Ok(Reply::refusal(refusal)),
        };
        let field = |name: &str| parts.text(name).unwrap_or_default();
        if !self.admits(request, Some(&field(KEY))) {
            return Ok(Reply::refusal(Refusal::Misdirected));
        }
        let (Access::Invited, Some(round)) = (survey.access, self.round(survey)) else { return Ok(Reply::refusal(Refusal::Fault)) };
        let code = field("lang");
        let language = self.language(Some(&code));
        // A file that was chosen stands for what is in the field; it is shown there from now on
        let mut faults: Vec<Diagnostic> = Vec::new();
        let (text, encoding) = match parts.file("file") {
            Some(file) => list_text(file.file.as_deref().unwrap_or_default(), &file.content).unwrap_or_else(|found| {
                faults = found;
                (field("list"), String::new())
            }),
            None => (field("list"), String::new()),
        };
        let text = text.replace("\r\n", "\n");
        let handed = if round.begun()? { Some(round.handed()?) } else { None };
        let read = round.read(table_name(&text), text.as_bytes(), handed.as_ref());
        if faults.is_empty() {
            faults = read.diagnostics.sorted().into_iter().filter(|fault| fault.severity == Severity::Error).cloned().collect();
        }
        let warnings: Vec<Diagnostic> =
            read.diagnostics.sorted().into_iter().filter(|one| one.severity == Severity::Warning).cloned().collect();
        let already = handed.as_ref().map(|handed| handed.carried()).unwrap_or_default();
        let fresh: Vec<_> = read.people.iter().filter(|person| !already.contains_key(&person.id)).collect();
        let (seen, typed) = (sum(&text), field("base"));
        let base = base_address(&typed);
        let mut alert = base.as_ref().err().and_then(|error| told(error, language));
        if let (true, true, Ok(base)) = (field("do") == "issue" && field("seen") == seen, faults.is_empty() && !fresh.is_empty(), &base) {
            let made = match handed {
                Some(handed) => round.add(handed, read.people.clone(), base).map(|_| Done::Added),
                None => round.issue(read.people.clone(), base).map(|_| Done::Issued),
            };
            match made {
                Ok(done) => return self.back(&format!("{SURVEYS}/{}", survey.id), language, done),
                Err(error) => alert = Some(told(&error, language).ok_or(error)?),
            }
        }
        let carried: Vec<Carried> = fresh.iter().map(|person| person.carried.clone()).collect();
        let listing = self.listing(survey, &self.store.status()?)?;
        let preview = Preview {
            listing: &listing,
            text: &text,
            seen: if alert.is_none() { &seen } else { "" },
            base: &typed,
            encoding: &encoding,
            rows: read.rows,
            carried: &carried,
            without_mail: fresh.iter().filter(|person| person.mail.is_empty()).count(),
            already: read.people.len() - fresh.len(),
            unused: &read.unused,
            faults: &faults,
            warnings: &warnings,
            adds: !already.is_empty(),
        };
        let here = format!("{SURVEYS}/{}", survey.id);
        let faulty = !faults.is_empty() || alert.is_some();
        let showing = Showing { here: &here, language: Some(&code), done: None, alert: alert.as_deref(), faulty };
        Ok(self.show(showing, |desk| page(desk, &preview)))
    }
}

/// What names a text.
pub(super) fn sum(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
