//! The data sheet of a survey, for a works council or a health committee: what is kept where, who sees it, from how many people on,
//! until when, and what the promise does not cover. Made from the same survey that the program obeys.

use super::honest::honest;
use crate::diagnostic::Diagnostics;
use crate::language::{Language, count};
use crate::pages::edition::{Edition, Material};
use crate::pages::form::fill;
use crate::pages::form::promise::{batch_size, is_quoted, segments, withdrawal, worked_out};
use crate::pages::form::sheet::for_devices;
use crate::pages::form::terms::{label, look, paragraphs};
use crate::pages::render::Markup;
use crate::survey::definition::{Limit, Mode, Publish};
use crate::survey::order::Rotated;
use crate::survey::{Access, Measure, Quota, Survey};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    language: &'static str,
    heading: String,
    title: String,
    style: Markup,
    lead: String,
    parts: Vec<PartView>,
    honest: PartView,
    made: String,
}

#[derive(Serialize)]
struct PartView {
    heading: String,
    rows: Vec<RowView>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    text: String,
    note: String,
}

/// The sheet in one language, as a page of its own that prints on A4. `version` is the program's.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(material: Material<'_>, language: Language, survey: &Survey, version: &str) -> Result<String, Diagnostics> {
    let edition = Edition { material, language };
    let sheet = Sheet { edition, survey };
    let view = View {
        language: language.code(),
        heading: edition.say("sheet_heading").to_owned(),
        title: edition.plain(&survey.title),
        style: material.theme.handout_style("data-sheet"),
        lead: edition.say("sheet_lead").to_owned(),
        parts: [sheet.rules(), sheet.kept(), sheet.seen(), sheet.asked()].into_iter().chain(sheet.consent()).collect(),
        honest: sheet.honest(),
        made: edition.fill("sheet_made", &[("version", version), ("survey", &survey.id), ("revision", &survey.revision.to_string())]),
    };
    material.theme.renderer().render("data-sheet.html", &view, &[("say", material.theme.words(language))])
}

struct Sheet<'a> {
    edition: Edition<'a>,
    survey: &'a Survey,
}

impl Sheet<'_> {
    fn say(&self, key: &str) -> String {
        self.edition.material.theme.phrases(self.edition.language).say(key).to_owned()
    }

    fn row(&self, label: &str, text: String) -> RowView {
        RowView { label: self.say(label), text, note: String::new() }
    }

    fn part(&self, heading: &str, rows: Vec<RowView>) -> PartView {
        PartView { heading: self.say(heading), rows, notes: Vec::new() }
    }

    /// The plans of the site that its figures decide.
    fn decides(&self) -> Vec<String> {
        let edition = &self.edition;
        let plans = edition.material.site.plans.iter().filter_map(|id| edition.material.catalog.plans.get(&id.value));
        let plans = plans.filter(|plan| plan.inputs.iter().any(|input| input.survey.value == self.survey.id));
        plans.map(|plan| edition.fill("plan_quoted", &[("text", &edition.plain(&plan.title))])).collect()
    }

    /// What the first answer fixes.
    fn rules(&self) -> PartView {
        let (survey, edition) = (self.survey, &self.edition);
        let project = &edition.material.catalog.project;
        let (k, batch) = (survey.k.to_string(), batch_size(survey).to_string());
        let mode = match survey.mode {
            Mode::Anonymous => "sheet_anonymous",
            Mode::Pseudonymous => "sheet_pseudonymous",
            Mode::Identified => "sheet_identified",
        };
        let access = match survey.access {
            Access::Open => "sheet_open",
            Access::Invited => "sheet_invited",
            Access::Room => "sheet_room",
        };
        let publish = match survey.publish {
            Publish::AtClose => "sheet_at_close",
            Publish::Rolling => "sheet_rolling",
        };
        let carried: Vec<String> = survey
            .attributes
            .iter()
            .map(|attribute| {
                let values = attribute.values.iter().map(|value| edition.plain(&value.label));
                let values: Vec<String> = values.chain(worked_out(edition, attribute).map(str::to_owned)).collect();
                let values = if values.is_empty() { self.say("sheet_free_values") } else { values.join(edition.say("list_gap")) };
                edition.fill("attribute_value", &[("attribute", &edition.plain(&attribute.text)), ("value", &values)])
            })
            .collect();
        let carried = if carried.is_empty() { self.say("sheet_none") } else { carried.join(edition.say("list_gap")) };
        let day = |limit: Option<Limit>| limit.map_or_else(|| self.say("sheet_not_fixed"), |limit| edition.limit(limit.written));
        let mut part = self.part(
            "sheet_rules",
            vec![
                self.row("promise_purpose", edition.plain(&survey.purpose)),
                self.row("sheet_mode", self.say(mode)),
                self.row("sheet_access", self.say(access)),
                self.row("sheet_carried", carried),
                self.row(
                    "sheet_segments",
                    if survey.segments.is_empty() {
                        self.say("sheet_none")
                    } else {
                        segments(edition, survey).join(edition.say("list_gap"))
                    },
                ),
                self.row("sheet_k", edition.fill("sheet_k_text", &[("k", &k)])),
                self.row("sheet_publish", edition.fill(publish, &[("k", &k)])),
                self.row("sheet_batch", edition.fill("sheet_batch_text", &[("batch", &batch)])),
                self.row("sheet_first_day", day(survey.open)),
                self.row("sheet_last_day", day(survey.close)),
                self.row("sheet_grace", edition.fill("sheet_grace_text", &[("minutes", &survey.grace.to_string())])),
                self.row(
                    "sheet_retain",
                    edition.fill("sheet_retain_text", &[("days", &survey.retain_days.unwrap_or(project.retain_days).to_string())]),
                ),
                self.row("sheet_drafts", survey.drafts.map_or_else(|| self.say("sheet_no"), |days| self.draft_rule(days))),
                self.row(
                    "promise_withdrawal",
                    if survey.withdrawal {
                        edition
                            .fill(withdrawal(survey, "sheet_withdrawal_text", "sheet_withdrawal_marked"), &[("batch", &batch), ("k", &k)])
                    } else {
                        self.say("sheet_no")
                    },
                ),
                self.row("promise_contact", edition.plain(&project.contact)),
            ],
        );
        if !survey.attributes.is_empty() {
            // Behind what figures are broken down by
            part.rows.insert(5, self.row("promise_response", edition.fill("promise_response_text", &[("k", &k)])));
        }
        if survey.result.is_some() {
            let key = if survey.mode == Mode::Identified { "sheet_result_identified" } else { "sheet_result_text" };
            part.rows.insert(part.rows.len() - 1, self.row("promise_result", self.say(key)));
        }
        let sheets = fill::sheets(edition, survey);
        if !sheets.is_empty() {
            let names: Vec<String> =
                sheets.iter().map(|sheet| edition.fill("plan_quoted", &[("text", &edition.plain(&sheet.title))])).collect();
            let text = edition.fill("sheet_fill_text", &[("sheets", &names.join(edition.say("list_gap")))]);
            part.rows.insert(part.rows.len() - 1, self.row("promise_fill", text));
        }
        part.rows.splice(3..3, self.terms());
        let decides = self.decides();
        if !decides.is_empty() {
            let text = edition.fill("sheet_decides_text", &[("plans", &decides.join(edition.say("list_gap")))]);
            part.rows.insert(1, self.row("sheet_decides", text));
        }
        if survey.sample {
            part.rows.insert(0, self.row("promise_sample", self.say("sheet_sample")));
        }
        part.notes.push(self.say("sheet_locked"));
        part
    }

    /// For how long a sheet that was put aside is kept.
    fn draft_rule(&self, days: u32) -> String {
        self.edition.fill("promise_drafts_text", &[("days", &days.to_string()), ("most", &(days + 6).to_string())])
    }

    /// What is kept where.
    fn kept(&self) -> PartView {
        let survey = self.survey;
        let file = |name: &str, text: &str, note: &str| RowView { label: name.to_owned(), text: self.say(text), note: self.say(note) };
        let mut rows = vec![
            file("private/intake.sqlite", "sheet_intake", "sheet_intake_until"),
            file(
                "private/answers.sqlite",
                match survey.mode {
                    Mode::Anonymous => "sheet_answers",
                    Mode::Pseudonymous => "sheet_answers_pseudonymous",
                    Mode::Identified => "sheet_answers_identified",
                },
                "sheet_answers_until",
            ),
        ];
        if survey.access == Access::Invited {
            let text = if survey.mode == Mode::Identified { "sheet_invitations_identified" } else { "sheet_invitations" };
            rows.insert(1, file("private/intake.sqlite", text, "sheet_invitations_until"));
            rows.push(file(&format!("private/links/{}/", survey.id), "sheet_links", "sheet_links_until"));
            if self.edition.material.catalog.project.mail.is_some() {
                rows.push(file(&format!("private/links/{}/mailed.journal", survey.id), "sheet_mailed", "sheet_mailed_until"));
            }
        }
        if survey.drafts.is_some() {
            rows.insert(1, file("private/intake.sqlite", "sheet_draft", "sheet_draft_until"));
        }
        if survey.withdrawal {
            rows.insert(
                1,
                file("private/intake.sqlite", "sheet_withdrawal", withdrawal(survey, "sheet_withdrawal_until", "sheet_withdrawal_moved")),
            );
            if survey.takes_back_closed() {
                rows.push(file("private/answers.sqlite", "sheet_marks", "sheet_marks_until"));
            }
        }
        if !survey.quotas.is_empty() {
            rows.insert(1, file("private/intake.sqlite", "sheet_quota_kept", "sheet_quota_until"));
        }
        if !survey.text_variables().is_empty() {
            rows.push(file(&format!("private/review/{}.yaml", survey.id), "sheet_review", "sheet_review_until"));
        }
        if survey.result.is_some() {
            rows.push(RowView {
                label: self.say("promise_result"),
                text: self.say("sheet_result_kept"),
                note: self.say("sheet_result_until"),
            });
        }
        if survey.result.is_some() && survey.mode == Mode::Identified {
            rows.push(file(&format!("private/personal/{}/", survey.id), "sheet_personal", "sheet_personal_until"));
        }
        if let Some(talks) = &self.edition.material.site.consultants {
            let until = self.edition.fill("sheet_requests_until", &[("days", &talks.keep_days.to_string())]);
            rows.push(RowView { note: until, ..file("private/nominations.sqlite", "sheet_requests", "sheet_requests") });
        }
        rows.push(file("private/backups/, private/set-aside/", "sheet_copies", "sheet_copies_until"));
        if for_devices(self.survey) {
            let text = self.say("sheet_device_text");
            rows.push(RowView { label: self.say("sheet_device"), text, note: self.say("sheet_device_until") });
        }
        rows.push(file("output/", "sheet_output", "sheet_output_until"));
        let mut part = self.part("sheet_kept", rows);
        part.notes.push(self.say(if survey.mode == Mode::Identified { "sheet_never_identified" } else { "sheet_never" }));
        part
    }

    /// Who sees what.
    fn seen(&self) -> PartView {
        let survey = self.survey;
        let identified = survey.mode == Mode::Identified;
        let k = [("k", survey.k.to_string())];
        let k = k.each_ref().map(|(name, value)| (*name, value.as_str()));
        let hr = match survey.mode {
            Mode::Anonymous => "sheet_hr_text",
            Mode::Pseudonymous => "sheet_hr_pseudonymous",
            Mode::Identified => "sheet_hr_identified",
        };
        let mut rows =
            vec![self.row("sheet_readers", self.edition.fill("sheet_readers_text", &k)), self.row("sheet_hr", self.edition.fill(hr, &k))];
        if is_quoted(&self.edition, survey) {
            let n = (2 * survey.k).max(10).to_string();
            rows.push(self.row("promise_quoted", self.edition.fill("promise_quoted_text", &[("n", &n)])));
        }
        if survey.access == Access::Invited && !identified {
            rows.push(self.row("sheet_whether", self.edition.fill("sheet_whether_text", &k)));
        }
        rows.push(
            self.row("sheet_admin", self.say(if survey.access == Access::Invited { "sheet_admin_invited" } else { "sheet_admin_text" })),
        );
        if survey.access == Access::Invited && self.edition.material.catalog.project.mail.is_some() {
            rows.push(self.row("sheet_mail", self.say("sheet_mail_text")));
        }
        if let Some(talks) = &self.edition.material.site.consultants {
            let seen_by = self.edition.plain(&talks.seen_by);
            let who = [("who", seen_by.trim_end_matches(['。', '.']))];
            rows.push(self.row("sheet_requests_seen", self.edition.fill("sheet_requests_who", &who)));
        }
        self.part("sheet_seen", rows)
    }

    /// The surveys with whose answers a report pairs these ones, person by person.
    fn paired_with(&self) -> Vec<String> {
        let catalog = self.edition.material.catalog;
        let mut others = std::collections::BTreeSet::new();
        for after in catalog.surveys.values() {
            for (_, change) in catalog.changes(&after.id) {
                if after.id == self.survey.id {
                    others.insert(change.before.value);
                } else if change.before.value == self.survey.id {
                    others.insert(after.id.clone());
                }
            }
        }
        others.iter().filter_map(|id| catalog.surveys.get(id)).map(|other| self.edition.plain(&other.title)).collect()
    }

    /// Consent, code and quotas, a row each.
    fn terms(&self) -> Vec<RowView> {
        let (survey, edition) = (self.survey, &self.edition);
        let mut rows = Vec::new();
        if let Some(consent) = &survey.consent {
            let key = if consent.required { "sheet_consent_required" } else { "sheet_consent_optional" };
            rows.push(self.row("sheet_consent", edition.fill(key, &[("version", &consent.version())])));
        }
        if let Some(code) = &survey.code {
            rows.push(self.row("sheet_code", edition.fill("sheet_code_text", &[("look", &look(edition, code))])));
        }
        let paired = self.paired_with();
        if !paired.is_empty() {
            let told = [("surveys", paired.join(edition.say("list_gap"))), ("k", survey.k.to_string())];
            let told: Vec<(&str, &str)> = told.iter().map(|(name, text)| (*name, text.as_str())).collect();
            rows.push(self.row("sheet_paired", edition.fill("sheet_paired_text", &told)));
        }
        if let Some(orders) = survey.rotations {
            let key = if survey.mode == Mode::Identified { "sheet_rotation_identified" } else { "sheet_rotation" };
            rows.push(self.row("sheet_order", edition.fill(key, &[("n", &orders.to_string()), ("k", &survey.k.to_string())])));
        } else if !survey.shuffles.is_empty() {
            rows.push(self.row("sheet_order", self.say(if survey.keeps_orders() { "sheet_order_kept" } else { "sheet_order_not_kept" })));
        }
        if !survey.quotas.is_empty() {
            let quota = |quota: &Quota| {
                let label = quota.label.as_ref().map_or_else(|| self.condition(quota), |label| edition.plain(label));
                edition.fill("sheet_quota", &[("label", &label), ("limit", &count(u64::from(quota.limit)))])
            };
            let all: Vec<String> = survey.quotas.iter().map(quota).collect();
            let gap = if edition.say("list_gap").ends_with(' ') { ". " } else { "。" };
            rows.push(self.row("sheet_quotas", [all.join(edition.say("list_gap")), self.say("sheet_quota_text")].join(gap)));
        }
        rows
    }

    fn condition(&self, quota: &Quota) -> String {
        quota.when.as_ref().map_or_else(|| self.say("sheet_quota_all"), |condition| condition.source.clone())
    }

    /// What people agree to, in full.
    fn consent(&self) -> Option<PartView> {
        let consent = self.survey.consent.as_ref()?;
        let mut part = self.part("sheet_consent_text", Vec::new());
        part.notes = paragraphs(&self.edition, consent);
        part.notes.push(format!("☐ {}", label(&self.edition, consent)));
        part.notes.push(self.edition.fill("consent_version", &[("version", &consent.version())]));
        part.notes.push(self.say("sheet_consent_how"));
        Some(part)
    }

    /// What is asked, so that the sheet can be judged without opening the survey.
    fn asked(&self) -> PartView {
        let row = |variable: crate::survey::Variable| RowView {
            text: self.edition.plain(&variable.label),
            note: self.say(if variable.measure == Measure::Text { "sheet_text" } else { "sheet_column" }),
            label: variable.id,
        };
        let list = |list: Rotated| {
            let label = |code: &String| list.parts.iter().find(|part| part.code == *code).map(|part| self.edition.plain(&part.label));
            let order = |(at, order): (usize, &Vec<String>)| {
                let parts: Vec<String> = order.iter().filter_map(label).collect();
                self.edition
                    .fill("sheet_rotation_order", &[("n", &(at + 1).to_string()), ("parts", &parts.join(self.edition.say("order_gap")))])
            };
            let orders: Vec<String> = list.orders.iter().enumerate().map(order).collect();
            RowView { text: self.edition.plain(&list.label), note: orders.join(self.edition.say("orders_gap")), label: list.id.clone() }
        };
        let asked = self.survey.variables().into_iter().map(row);
        self.part("sheet_asked", asked.chain(self.survey.rotated().into_iter().map(list)).collect())
    }

    /// What the promise does not cover.
    fn honest(&self) -> PartView {
        PartView { notes: honest(&self.edition, self.survey), ..self.part("sheet_honest", Vec::new()) }
    }
}
