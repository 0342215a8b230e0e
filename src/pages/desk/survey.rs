//! The desk's page of one survey: everything that is done in its round.

use super::frame::{ActView, DESK, Desk, Listing, REHEARSAL, SURVEYS, StandingView, standing};
use crate::catalog::Target;
use crate::diagnostic::Diagnostics;
use crate::language::{Language, count};
use crate::pages::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::form::sheet::FieldView;
use crate::pages::qr;
use crate::pages::render::Markup;
use crate::pages::room::frame::{ROOMS, step};
use crate::survey::definition::{Opening, Publish};
use crate::survey::{Access, Attribute};
use serde::Serialize;

/// How many of a group were invited, and how many have answered at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The attribute's id.
    pub attribute: String,
    /// The value's code.
    pub code: String,
    /// Invited people.
    pub invited: u64,
    /// Answers, rounded down to a step.
    pub answered: u64,
}

/// What the desk shows of a survey.
#[derive(Debug)]
pub struct Detail<'a> {
    /// How it stands.
    pub listing: &'a Listing<'a>,
    /// Response by group.
    pub groups: &'a [Group],
    /// The names of the files that were made with its links.
    pub files: &'a [String],
    /// What links begin with, as far as it is known or was typed.
    pub base: &'a str,
    /// The ids that were typed for taking links back.
    pub ids: &'a str,
    /// Rows may leave now, and there are some.
    pub exports: bool,
    /// It was closed by hand and may be opened again.
    pub reopens: bool,
    /// Addresses under which it is answered, where anybody may.
    pub ways: &'a [String],
    /// It has a projector page.
    pub room: bool,
    /// Where its form stands, in each language that it is shown in.
    pub forms: &'a [(Language, String)],
}

#[derive(Serialize)]
struct View {
    title: String,
    home: LinkView,
    standing: StandingView,
    acts: Vec<ActView>,
    links: Vec<LinkView>,
    previews: Vec<LinkView>,
    ways: Vec<WayView>,
    alone: bool,
    invited: Option<InvitedView>,
    groups: Vec<GroupView>,
    group_note: String,
    export: Option<ExportView>,
    export_later: Option<String>,
    sheets: Vec<ActView>,
}

#[derive(Serialize)]
struct WayView {
    address: String,
    qr: Option<Markup>,
}

#[derive(Serialize)]
struct InvitedView {
    begun: bool,
    sent: Vec<FilesView>,
    remind: Vec<ActView>,
    revoke: String,
    ids: String,
    fields: Vec<FieldView>,
    list: ListView,
}

/// The form that takes a list of people.
#[derive(Serialize)]
pub(super) struct ListView {
    pub(super) action: String,
    pub(super) fields: Vec<FieldView>,
    pub(super) text: String,
    pub(super) base: String,
    pub(super) columns: String,
    /// What becomes of the days in it.
    days: Vec<String>,
    /// What links may begin with.
    example: &'static str,
}

#[derive(Serialize)]
struct FilesView {
    title: String,
    lead: String,
    files: Vec<ActView>,
}

#[derive(Serialize)]
struct GroupView {
    name: String,
    value: String,
    invited: String,
    answered: String,
    rate: u64,
}

#[derive(Serialize)]
struct ExportView {
    action: String,
    fields: Vec<FieldView>,
    formats: Vec<OptionView>,
    labels: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
}

/// The page of a survey.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(desk: &Desk<'_>, detail: &Detail<'_>) -> Result<String, Diagnostics> {
    let edition = desk.edition();
    let survey = detail.listing.survey;
    let title = edition.plain(&survey.title);
    let exports = |key: &str| edition.fill(key, &[("k", &step(survey).to_string())]);
    let held = survey.publish == Publish::AtClose && !matches!(detail.listing.opening, Opening::Closed(_));
    let languages = edition.material.catalog.spoken(&survey.id);
    let view = View {
        title: title.clone(),
        home: LinkView::new(desk.to(DESK), edition.say("desk_surveys")),
        standing: standing(desk, detail.listing),
        acts: acts(desk, detail),
        links: links(desk, detail),
        previews: previews(detail),
        ways: detail.ways.iter().map(|address| WayView { address: address.clone(), qr: qr::svg(address).map(Markup::trusted) }).collect(),
        alone: survey.access == Access::Open && detail.ways.is_empty() && detail.listing.opening == Opening::Open,
        invited: (survey.access == Access::Invited).then(|| invited(desk, detail)),
        groups: detail.groups.iter().map(|group| group_view(edition, detail, group)).collect(),
        group_note: edition.fill("desk_groups_note", &[("k", &step(survey).to_string())]),
        export: detail.exports.then(|| export(desk, detail)),
        export_later: (!detail.exports).then(|| exports(if held { "desk_export_closed" } else { "desk_export_none" })),
        sheets: languages
            .iter()
            .map(|language| {
                let name = format!("data-sheet.{}.html", language.code());
                desk.act(format!("{SURVEYS}/{}/sheet", survey.id), "desk_sheet", edition.say("desk_sheet"), &[("name", &name)])
                    .named(language.label())
            })
            .collect(),
    };
    desk.render("desk-survey.html", &title, view)
}

fn acts(desk: &Desk<'_>, detail: &Detail<'_>) -> Vec<ActView> {
    let (edition, survey) = (desk.edition(), detail.listing.survey);
    let act = |path: &str, label: &str| desk.act(format!("{SURVEYS}/{}/{path}", survey.id), label, "", &[]);
    match detail.listing.opening {
        Opening::Closed(_) if detail.reopens => vec![act("reopen", "desk_reopen")],
        Opening::Closed(_) => Vec::new(),
        Opening::Open | Opening::NotYet(_) => {
            let warning = match (survey.publish, survey.closes_for_good()) {
                (Publish::AtClose, _) => "desk_close_warning_at_close",
                (Publish::Rolling, true) => "desk_close_warning_rows",
                (Publish::Rolling, false) => "desk_close_warning_rolling",
            };
            vec![act("close", "desk_close").after(edition.fill(warning, &[("k", &survey.k.to_string())]))]
        }
    }
}

fn links(desk: &Desk<'_>, detail: &Detail<'_>) -> Vec<LinkView> {
    let (edition, survey) = (desk.edition(), detail.listing.survey);
    let room = detail.room.then(|| LinkView::new(desk.to(&format!("{ROOMS}/{}", survey.id)), edition.say("desk_room")));
    let report = edition
        .report_on(&survey.id)
        .map(|report: Target| LinkView::new(format!("/{}", edition.path(&Spot::Content(report))), edition.say("see_report")));
    let written = !survey.text_variables().is_empty();
    let texts = written.then(|| LinkView::new(desk.to(&format!("{SURVEYS}/{}/texts", survey.id)), edition.say("desk_texts_title")));
    room.into_iter().chain(report).chain(texts).collect()
}

fn previews(detail: &Detail<'_>) -> Vec<LinkView> {
    let link = |(language, address): &(Language, String)| LinkView::new(format!("{REHEARSAL}{address}"), language.label());
    detail.forms.iter().map(link).collect()
}

fn invited(desk: &Desk<'_>, detail: &Detail<'_>) -> InvitedView {
    let (edition, survey) = (desk.edition(), detail.listing.survey);
    let begun = detail.listing.invited.is_some_and(|invited| invited > 0) || !detail.files.is_empty();
    let at = |path: &str| format!("{SURVEYS}/{}/{path}", survey.id);
    let named = |prefix: &str, files: &[&str]| {
        let mut names: Vec<&String> = detail
            .files
            .iter()
            .filter(|name| name.strip_prefix(prefix).is_some_and(|rest| files.iter().any(|file| rest.starts_with(file))))
            .collect();
        names.sort_by_key(|name| files.iter().position(|file| name[prefix.len()..].starts_with(file)));
        names
    };
    let button = |prefix: &str, name: &String| {
        let rest = name.strip_prefix(prefix).unwrap_or(name);
        let label = match rest.split('.').next().unwrap_or_default() {
            "links" => "desk_file_links",
            "mail" => "desk_file_mail",
            "letters" => "desk_file_letters",
            _ => "desk_file_labels",
        };
        let language =
            crate::language::Language::ALL.into_iter().find(|language| rest.starts_with("mail.") && rest.contains(language.code()));
        let made = desk.act(at("file"), label, name, &[("name", name)]);
        match language {
            Some(language) => {
                let label = format!("{}{}{}", edition.say(label), edition.say("desk_gap"), language.label());
                made.named(&label)
            }
            None => made,
        }
    };
    let files = |prefix: &str, title: &str, lead: &str| FilesView {
        title: edition.say(title).to_owned(),
        lead: edition.say(lead).to_owned(),
        files: named(prefix, &["links.csv", "letters.html", "labels.html", "mail."]).into_iter().map(|name| button(prefix, name)).collect(),
    };
    let sent = [
        files("", "desk_sent_all", "desk_sent_all_lead"),
        files("added-", "desk_sent_added", "desk_sent_added_lead"),
        files("remind-", "desk_sent_remind", "desk_sent_remind_lead"),
    ];
    InvitedView {
        begun,
        sent: sent.into_iter().filter(|part| !part.files.is_empty()).collect(),
        remind: vec![
            desk.act(at("remind"), "desk_remind_missing", "", &[("whom", "missing")]),
            desk.act(at("remind"), "desk_remind_everyone", "", &[("whom", "everyone")]),
        ],
        revoke: at("revoke"),
        ids: detail.ids.to_owned(),
        fields: desk.fields(&[]),
        list: list(desk, detail.listing, detail.base, ""),
    }
}

/// The form that takes a list of people, with what was typed already.
pub(super) fn list(desk: &Desk<'_>, listing: &Listing<'_>, base: &str, text: &str) -> ListView {
    let edition = desk.edition();
    let (by_days, others): (Vec<&Attribute>, Vec<&Attribute>) =
        listing.survey.attributes.iter().partition(|attribute| attribute.cohort.is_some());
    let attributes = others.into_iter().map(|attribute| edition.plain(&attribute.text));
    let cohorts: Vec<_> = by_days.iter().filter_map(|attribute| edition.material.catalog.cohorts.get(attribute.cohort.as_ref()?)).collect();
    let joined = cohorts.iter().any(|one| one.asks_joined()).then(|| edition.say("desk_column_joined").to_owned());
    let born = cohorts.iter().any(|one| one.asks_born()).then(|| edition.say("desk_column_born").to_owned());
    let own = ["desk_column_id", "desk_column_name", "desk_column_mail", "desk_column_language"].map(|key| edition.say(key).to_owned());
    ListView {
        action: format!("{SURVEYS}/{}/people", listing.survey.id),
        fields: desk.fields(&[]),
        text: text.to_owned(),
        base: base.to_owned(),
        example: "https://survey.example",
        days: days(desk, !by_days.is_empty()),
        columns: own.into_iter().chain(attributes).chain(joined).chain(born).collect::<Vec<_>>().join(edition.say("list_gap")),
    }
}

/// What becomes of the days in a list, and how it gets here from another machine.
fn days(desk: &Desk<'_>, asked: bool) -> Vec<String> {
    let edition = desk.edition();
    let far = desk.elsewhere.then(|| edition.say("desk_due_elsewhere"));
    std::iter::once(edition.say("desk_days_kept")).chain(far).filter(|_| asked).map(str::to_owned).collect()
}

fn group_view(edition: &Edition<'_>, detail: &Detail<'_>, group: &Group) -> GroupView {
    let attribute = detail.listing.survey.attributes.iter().find(|attribute| attribute.id == group.attribute);
    GroupView {
        name: attribute.map(|attribute| edition.plain(&attribute.text)).unwrap_or_default(),
        value: attribute.map(|attribute| edition.plain(&attribute.label(&group.code))).unwrap_or_default(),
        invited: count(group.invited),
        answered: if group.answered == 0 { "–".to_owned() } else { edition.fill("desk_at_least", &[("n", &count(group.answered))]) },
        rate: (group.answered * 100).checked_div(group.invited).unwrap_or(0).min(100),
    }
}

fn export(desk: &Desk<'_>, detail: &Detail<'_>) -> ExportView {
    let edition = desk.edition();
    let option = |value: &str, label: String| OptionView { value: value.to_owned(), label };
    let formats = [
        ("csv", "desk_as_csv"),
        ("csv-cp932", "desk_as_cp932"),
        ("xlsx", "desk_as_xlsx"),
        ("jsonl", "desk_as_jsonl"),
        ("spss", "desk_as_spss"),
        ("codebook", "desk_as_codebook"),
    ];
    let languages = edition.material.catalog.project.languages.iter();
    let labels = languages.map(|language| option(language.code(), edition.fill("desk_labels", &[("language", language.label())])));
    ExportView {
        action: format!("{SURVEYS}/{}/export", detail.listing.survey.id),
        fields: desk.fields(&[]),
        formats: formats.into_iter().map(|(value, key)| option(value, edition.say(key).to_owned())).collect(),
        labels: std::iter::once(option("", edition.say("desk_codes").to_owned())).chain(labels).collect(),
    }
}
