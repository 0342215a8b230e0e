//! The first page: what there is to do, the trainings, the road, and who sees what.

use crate::catalog::Target;
use crate::catalog::module::Picture;
use crate::catalog::site::{Notice, Opening, Plate, Step, Triad, TriadPart};
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    home: HomeView,
}

#[derive(Serialize)]
struct HomeView {
    title: String,
    lead: Markup,
    signpost: Vec<String>,
    actions: Vec<LinkView>,
    notices: Option<NoticesView>,
    steps: Option<StepsView>,
    triad: Option<TriadView>,
    pages: Option<PagesView>,
    modules: Option<ModulesView>,
    road: Option<RoadView>,
    visibility: Option<VisibilityView>,
}

#[derive(Serialize)]
struct NoticesView {
    title: String,
    rows: Vec<NoticeView>,
}

#[derive(Serialize)]
struct StepsView {
    title: String,
    lead: Markup,
    rows: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    title: String,
    note: Markup,
    href: String,
    label: String,
}

#[derive(Serialize)]
struct TriadView {
    title: String,
    lead: Markup,
    centre: TriadPartView,
    parts: Vec<TriadPartView>,
}

#[derive(Serialize)]
struct TriadPartView {
    title: String,
    note: Markup,
    everyone: String,
    each: String,
}

#[derive(Serialize)]
struct NoticeView {
    plate: String,
    tone: &'static str,
    title: String,
    href: String,
    note: Markup,
    date: Option<String>,
}

#[derive(Serialize)]
struct PagesView {
    title: String,
    lead: Markup,
    rows: Vec<FreeView>,
}

#[derive(Serialize)]
struct FreeView {
    plate: Option<String>,
    title: String,
    href: String,
    lead: Option<Markup>,
}

#[derive(Serialize)]
struct ModulesView {
    title: String,
    lead: Markup,
    rows: Vec<ModuleView>,
}

#[derive(Serialize)]
struct ModuleView {
    picture: &'static str,
    plate: String,
    title: String,
    href: String,
    lead: Markup,
    duration: String,
    audience: String,
}

#[derive(Serialize)]
struct RoadView {
    title: String,
    milestones: Vec<StoneView>,
    more: Vec<LinkView>,
}

#[derive(Serialize)]
struct StoneView {
    title: String,
    note: String,
    here: bool,
}

#[derive(Serialize)]
struct VisibilityView {
    title: String,
    lead: Markup,
    honest: String,
    heads: Vec<String>,
    rows: Vec<SeenView>,
}

#[derive(Serialize)]
struct SeenView {
    label: String,
    note: Option<String>,
    cells: Vec<SeenCell>,
}

#[derive(Serialize)]
struct SeenCell {
    mark: &'static str,
    text: String,
}

/// The words on the arms of the signpost.
fn signpost(edition: &Edition<'_>, own: &[Text]) -> Vec<String> {
    match own {
        [] => [edition.say("plate_picture"), edition.say("plate_build"), edition.say("plate_learn")].map(str::to_owned).to_vec(),
        own => own.iter().map(|text| edition.plain(text)).collect(),
    }
}

/// The first page.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>) -> Result<Artifact, Diagnostics> {
    let spot = Spot::Content(Target::Home);
    let site = edition.material.site;
    let home = &site.home;
    let mut page = edition.page_view(&spot, edition.plain(&site.title), edition.plain(&site.lead));
    page.crumbs.clear();
    let notices = home.notices.as_ref().map(|(title, rows)| NoticesView {
        title: edition.plain(title),
        rows: rows.iter().map(|row| notice(edition, &spot, row)).collect(),
    });
    let road = home.road.as_ref().map(|(title, stones)| RoadView {
        title: edition.plain(title),
        milestones: stones
            .iter()
            .map(|stone| StoneView { title: edition.plain(&stone.title), note: edition.plain(&stone.note), here: stone.here })
            .collect(),
        // Where one file of cohorts is shown, nothing needs to say which
        more: match edition.material.site.cohorts.as_slice() {
            [only] => vec![LinkView::new(edition.link(&spot, &Target::Cohorts(only.value.clone())), edition.say("cohorts_more"))],
            several => several.iter().map(|one| edition.target_view(&spot, &Target::Cohorts(one.value.clone()))).collect(),
        },
    });
    let view = View {
        home: HomeView {
            title: edition.plain(&home.opening.title),
            lead: edition.inline(&spot, &home.opening.lead),
            signpost: signpost(edition, &home.signpost),
            actions: home.actions.iter().map(|link| edition.link_view(&spot, link)).collect(),
            notices,
            steps: home.steps.as_ref().map(|(opening, rows)| steps(edition, &spot, opening, rows)),
            triad: home.triad.as_ref().map(|one| triad(edition, &spot, one)),
            pages: home.pages.as_ref().map(|opening| pages(edition, &spot, opening)),
            modules: home.modules.as_ref().map(|opening| modules(edition, &spot, opening)),
            road,
            visibility: home.visibility.as_ref().map(|opening| visibility(edition, &spot, opening)),
        },
    };
    edition.artifact("home.html", &spot, &page, &view)
}

fn notice(edition: &Edition<'_>, spot: &Spot, row: &Notice) -> NoticeView {
    let (plate, tone) = match row.plate {
        Plate::Answer => ("plate_answer", "here"),
        Plate::Join => ("plate_join", "soft"),
        Plate::Read => ("plate_read", "soft"),
    };
    NoticeView {
        plate: edition.say(plate).to_owned(),
        tone,
        title: row.title.as_ref().map_or_else(|| edition.label(&row.to.value), |title| edition.plain(title)),
        href: edition.link(spot, &row.to.value),
        note: edition.inline(spot, &row.note),
        date: row.date.as_ref().map(|date| edition.plain(date)),
    }
}

/// The steps in which a visitor is led.
fn steps(edition: &Edition<'_>, spot: &Spot, opening: &Opening, rows: &[Step]) -> StepsView {
    let row = |row: &Step| StepView {
        title: edition.plain(&row.title),
        note: edition.inline(spot, &row.note),
        href: edition.link(spot, &row.to.value),
        label: row.label.as_ref().map_or_else(|| edition.label(&row.to.value), |label| edition.plain(label)),
    };
    StepsView { title: edition.plain(&opening.title), lead: edition.inline(spot, &opening.lead), rows: rows.iter().map(row).collect() }
}

/// The picture of the whole.
fn triad(edition: &Edition<'_>, spot: &Spot, triad: &Triad) -> TriadView {
    let part = |part: &TriadPart| TriadPartView {
        title: edition.plain(&part.title),
        note: edition.inline(spot, &part.note),
        everyone: edition.plain(&part.everyone),
        each: edition.plain(&part.each),
    };
    TriadView {
        title: edition.plain(&triad.opening.title),
        lead: edition.inline(spot, &triad.opening.lead),
        centre: part(&triad.centre),
        parts: triad.parts.iter().map(part).collect(),
    }
}

/// The site's free pages, in reading order.
fn pages(edition: &Edition<'_>, spot: &Spot, opening: &Opening) -> PagesView {
    let all = edition.material.site.pages.iter().filter_map(|id| edition.material.catalog.pages.get(&id.value));
    let rows = all.map(|page| FreeView {
        plate: page.plate.as_ref().map(|plate| edition.plain(plate)),
        title: edition.plain(&page.title),
        href: edition.link(spot, &Target::Page(page.id.clone())),
        lead: page.lead.as_ref().map(|lead| edition.inline(spot, lead)),
    });
    PagesView { title: edition.plain(&opening.title), lead: edition.inline(spot, &opening.lead), rows: rows.collect() }
}

fn modules(edition: &Edition<'_>, spot: &Spot, opening: &Opening) -> ModulesView {
    let all = edition.material.site.modules.iter().filter_map(|id| edition.material.catalog.modules.get(&id.value));
    let rows = all.map(|module| ModuleView {
        picture: match module.picture {
            Picture::Overlap => "overlap",
            Picture::Line => "line",
            Picture::Card => "card",
        },
        plate: edition.plain(&module.plate),
        title: edition.plain(&module.title),
        href: edition.link(spot, &Target::Module(module.id.clone())),
        lead: edition.inline(spot, &module.lead),
        duration: edition.fill("minutes", &[("n", &module.minutes().to_string())]),
        audience: edition.plain(&module.audience),
    });
    ModulesView { title: edition.plain(&opening.title), lead: edition.inline(spot, &opening.lead), rows: rows.collect() }
}

/// Who sees what: generated from the surveys, so that the table cannot say anything else than what is built.
fn visibility(edition: &Edition<'_>, spot: &Spot, opening: &Opening) -> VisibilityView {
    let site = edition.material.site;
    let surveys = site.surveys.iter().filter_map(|id| edition.material.catalog.surveys.get(&id.value));
    // What holds for all of them is the smallest of their thresholds.
    let k = surveys.map(|survey| survey.k).min();
    let cell = |mark: &'static str, key: &str| SeenCell { mark, text: edition.say(key).to_owned() };
    let nobody = || cell("no", "cannot_see");
    let everybody = || cell("all", "can_see");
    let rows = k.map_or_else(Vec::new, |k| {
        vec![
            SeenView {
                label: edition.say("sees_answer").to_owned(),
                note: None,
                cells: vec![cell("own", "until_sent"), nobody(), nobody()],
            },
            SeenView {
                label: edition.say("sees_whether").to_owned(),
                note: None,
                cells: vec![cell("own", "only_you"), nobody(), nobody()],
            },
            SeenView {
                label: edition.say("sees_totals").to_owned(),
                note: Some(edition.fill("sees_totals_note", &[("k", &k.to_string())])),
                cells: vec![everybody(), everybody(), everybody()],
            },
        ]
    });
    VisibilityView {
        title: edition.plain(&opening.title),
        lead: edition.inline(spot, &opening.lead),
        honest: edition.say("honest").to_owned(),
        heads: ["you", "hr", "manager"].iter().map(|key| edition.say(key).to_owned()).collect(),
        rows,
    }
}
