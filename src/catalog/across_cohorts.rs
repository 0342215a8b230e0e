//! Checks of cohorts across files: what they offer is there, dates are said once, and a site that shows them has it all.

use super::cohorts::{Cohorts, What};
use super::due::dated;
use super::everything::Catalog;
use super::names::{all_targets, exists, picked, unknown};
use super::reference::{Located, Target};
use super::site::Site;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};

/// Says what is wrong with cohorts, and with sites that list them.
pub(super) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for cohorts in catalog.cohorts.values() {
        let mut checker = Checker { catalog, diagnostics };
        checker.offers(cohorts);
        checker.waves(cohorts);
        for to in cohorts.read.iter().chain(&cohorts.free_to) {
            checker.there(to);
        }
    }
    for site in catalog.sites.values() {
        for name in &site.cohorts {
            if let Some(cohorts) = catalog.cohorts.get(&name.value) {
                Checker { catalog, diagnostics }.site(site, cohorts);
            }
        }
    }
}

struct Checker<'a> {
    catalog: &'a Catalog,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn offers(&mut self, cohorts: &Cohorts) {
        let catalog = self.catalog;
        for offer in cohorts.cohorts.iter().flat_map(|cohort| &cohort.offers) {
            match &offer.what {
                What::Talk => {}
                What::Training(id) if !catalog.modules.contains_key(id) => {
                    unknown(catalog, self.diagnostics, &offer.place, ("研修", "module"), id, catalog.modules.keys().map(String::as_str));
                }
                What::Training(_) => {}
                What::Survey(id) => self.survey(id, &offer.place, offer.month.is_some()),
            }
        }
    }

    fn waves(&mut self, cohorts: &Cohorts) {
        for wave in &cohorts.waves {
            let (id, place) = (&wave.survey.value, &wave.survey.place);
            self.survey(id, place, wave.every.is_some());
            if wave.every.is_none() && self.catalog.surveys.contains_key(id) && dated(self.catalog, id).is_empty() {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::COHORT_DATES,
                        place.clone(),
                        format!("アンケート「{id}」には受付の日がないので、いつ知らせるかが決まりません。"),
                        format!("The survey “{id}” has no dates, so nothing says when people are told of it."),
                    )
                    .hint(
                        "アンケートに open を書くか、ここに every と month を書いてください。",
                        "Give the survey its “open”, or write “every” and “month” here.",
                    ),
                );
            }
        }
    }

    /// It is there, and its dates are said in one place.
    fn survey(&mut self, id: &str, place: &Place, months: bool) {
        let catalog = self.catalog;
        if !catalog.surveys.contains_key(id) {
            unknown(catalog, self.diagnostics, place, ("アンケート", "survey"), id, catalog.surveys.keys().map(String::as_str));
            return;
        }
        let Some(first) = dated(catalog, id).first().copied().filter(|_| months) else { return };
        self.diagnostics.push(
            Diagnostic::error(
                code::COHORT_DATES,
                place.clone(),
                format!("アンケート「{id}」には受付の日があるので、ここに月は書きません。"),
                format!("The survey “{id}” has dates of its own, so no month stands here."),
            )
            .hint("month と every を消してください。", "Delete “month” and “every”.")
            .also(first.place.clone(), "受付の日があるアンケート", "the survey with the dates"),
        );
    }

    fn there(&mut self, to: &Located<Target>) {
        if !exists(self.catalog, &to.value) {
            let known = all_targets(self.catalog);
            unknown(
                self.catalog,
                self.diagnostics,
                &to.place,
                ("参照先", "target"),
                &to.value.to_string(),
                known.iter().map(String::as_str),
            );
        }
    }

    /// What the page of cohorts leads to is part of the site.
    fn site(&mut self, site: &Site, cohorts: &Cohorts) {
        let offers = cohorts.cohorts.iter().flat_map(|cohort| &cohort.offers).map(|offer| (offer.what.target(), &offer.place));
        let waves = cohorts.waves.iter().map(|wave| (Target::Survey(wave.survey.value.clone()), &wave.survey.place));
        let others = cohorts.read.iter().chain(&cohorts.free_to).map(|to| (to.value.clone(), &to.place));
        for (target, place) in offers.chain(waves).chain(others) {
            if exists(self.catalog, &target) && !picked(site, &target) {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::UNKNOWN_REFERENCE,
                        place.clone(),
                        format!("「{target}」は、この節目を載せるサイト「{}」に入っていません。", site.id),
                        format!("“{target}” is not part of the site “{}”, which shows these cohorts.", site.id),
                    )
                    .hint(
                        "サイトの一覧（modules、surveys、consultants など）に足してください。",
                        "Add it to the site’s lists (modules, surveys, consultants, …).",
                    ),
                );
            }
        }
    }
}
