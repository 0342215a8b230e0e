//! The addresses of a site: no two pieces of content may claim the same one.
//!
//! Everything but free pages lives in a folder of its own kind, so only a free page can take what belongs to another.

use super::everything::Catalog;
use super::read_consultants::RESERVED;
use super::site::Site;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use std::collections::BTreeMap;

/// Addresses that every site has, whatever it picks.
const FIXED: [(&str, &str, &str); 7] = [
    ("index", "サイトの最初のページ", "the first page of the site"),
    ("modules", "研修の一覧", "the list of modules"),
    ("surveys", "アンケートの一覧", "the list of surveys"),
    ("data", "数値の一覧", "the list of data sets"),
    ("reports", "報告の一覧", "the list of reports"),
    ("sources", "出典の一覧", "the list of sources"),
    ("404", "「ページがありません」のページ", "the page for addresses that lead nowhere"),
];

/// Who has an address: what it is, and where that is defined, unless the program itself has it.
struct Owner {
    ja: String,
    en: String,
    place: Option<Place>,
}

/// Says every free page whose address belongs to something else of the same site.
pub(super) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for site in catalog.sites.values() {
        let owners = owners(catalog, site);
        for name in &site.pages {
            let Some(page) = catalog.pages.get(&name.value) else { continue };
            if let Some(owner) = owners.get(&page.id) {
                taken(&page.id, &page.place, owner, diagnostics);
            } else if let Some(owner) = reserved(&page.id, &site.languages) {
                taken(&page.id, &page.place, &owner, diagnostics);
            }
        }
    }
}

/// Every address of a site that no free page may have.
fn owners(catalog: &Catalog, site: &Site) -> BTreeMap<String, Owner> {
    let mut owners = BTreeMap::new();
    for (address, ja, en) in FIXED {
        owners.insert(address.to_owned(), Owner { ja: ja.to_owned(), en: en.to_owned(), place: None });
    }
    let mut claim = |address: String, ja: String, en: String, place: &Place| {
        owners.insert(address, Owner { ja, en, place: Some(place.clone()) });
    };
    for module in site.modules.iter().filter_map(|name| catalog.modules.get(&name.value)) {
        let id = &module.id;
        claim(format!("modules/{id}"), format!("研修「{id}」"), format!("the module “{id}”"), &module.place);
        for lesson in &module.lessons {
            let lesson_id = &lesson.id;
            claim(
                format!("modules/{id}/{lesson_id}"),
                format!("研修「{id}」のレッスン「{lesson_id}」"),
                format!("the lesson “{lesson_id}” of the module “{id}”"),
                &lesson.place,
            );
        }
    }
    let modules = site.modules.iter().filter_map(|name| catalog.modules.get(&name.value));
    for (module, sheet) in modules.flat_map(|module| module.worksheets.iter().map(move |sheet| (&module.id, sheet))) {
        let id = &sheet.id;
        claim(
            format!("modules/{module}/worksheets/{id}"),
            format!("研修「{module}」のワークシート「{id}」"),
            format!("the worksheet “{id}” of the module “{module}”"),
            &sheet.place,
        );
    }
    for survey in site.surveys.iter().filter_map(|name| catalog.surveys.get(&name.value)) {
        let id = &survey.id;
        claim(format!("surveys/{id}"), format!("アンケート「{id}」"), format!("the survey “{id}”"), &survey.place);
        claim(
            format!("surveys/{id}/thanks"),
            format!("アンケート「{id}」のお礼のページ"),
            format!("the thank-you page of the survey “{id}”"),
            &survey.place,
        );
    }
    if let Some((directory, _)) = catalog.talks(site) {
        let mut talk = |address: &str| {
            claim(
                address.to_owned(),
                format!("相談員の名簿「{}」", directory.id),
                format!("the directory of consultants “{}”", directory.id),
                &directory.place,
            );
        };
        talk("consultants");
        RESERVED.iter().for_each(|name| talk(&format!("consultants/{name}")));
        for person in &directory.people {
            talk(&format!("consultants/{}", person.id));
            talk(&format!("consultants/{}/nominate", person.id));
        }
    }
    for dataset in site.data.iter().filter_map(|name| catalog.data.get(&name.value)) {
        let id = &dataset.id;
        claim(format!("data/{id}"), format!("数値「{id}」"), format!("the data set “{id}”"), &dataset.place);
    }
    for report in site.reports.iter().filter_map(|name| catalog.reports.get(&name.value)) {
        let id = &report.id;
        claim(format!("reports/{id}"), format!("報告「{id}」"), format!("the report “{id}”"), &report.place);
    }
    for plan in site.plans.iter().filter_map(|name| catalog.plans.get(&name.value)) {
        let id = &plan.id;
        claim(format!("plans/{id}"), format!("施策の選び方「{id}」"), format!("the plan “{id}”"), &plan.place);
    }
    for cohorts in site.cohorts.iter().filter_map(|name| catalog.cohorts.get(&name.value)) {
        let id = &cohorts.id;
        claim(format!("cohorts/{id}"), format!("節目「{id}」"), format!("the cohorts “{id}”"), &cohorts.place);
    }
    owners
}

/// Folders of a site that belong to the program: the theme's files, and the pages of the other languages.
fn reserved(id: &str, languages: &[Language]) -> Option<Owner> {
    let folder = id.split_once('/').map(|(folder, _)| folder)?;
    if folder == "assets" {
        return Some(Owner { ja: "デザインのファイル".to_owned(), en: "the theme’s own files".to_owned(), place: None });
    }
    let language = languages.iter().skip(1).find(|language| language.code() == folder)?;
    let code = language.code();
    Some(Owner { ja: format!("「{code}」のことばのページ"), en: format!("the pages in the language “{code}”"), place: None })
}

fn taken(id: &str, place: &Place, owner: &Owner, diagnostics: &mut Diagnostics) {
    let Owner { ja, en, .. } = owner;
    let diagnostic = Diagnostic::error(
        code::ADDRESS_TAKEN,
        place.clone(),
        format!("このページのアドレス「{id}.html」は、{ja}が使います。"),
        format!("The address “{id}.html” of this page belongs to {en}."),
    )
    .hint("このページのファイル名かフォルダー名を変えてください。", "Give this page’s file or folder another name.");
    diagnostics.push(match &owner.place {
        Some(place) => diagnostic.also(place.clone(), "同じアドレスを使うもの", "this has the same address"),
        None => diagnostic,
    });
}
