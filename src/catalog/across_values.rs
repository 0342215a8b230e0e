//! Checks the figures in the texts of a report: each names a number that the survey, or a wave of it, can have.

use super::everything::Catalog;
use super::names::unknown;
use super::reference::Located;
use super::value::{Value, value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::Survey;
use crate::survey::compared::{By, NET, all, comparable};
use crate::survey::definition::Segment;

/// Says what is wrong with a figure in a text.
pub(super) fn check(catalog: &Catalog, survey: &Survey, written: &Located<String>, diagnostics: &mut Diagnostics) {
    let Some(value) = value(&written.value) else {
        diagnostics.push(
            Diagnostic::error(
                code::PIPING,
                written.place.clone(),
                format!("「{}」は、数の書き方になっていません。", written.value),
                format!("“{}” does not name a figure.", written.value),
            )
            .hint(
                "「{{vision.favourable | 半分ほど}}」のように書きます。集まりや回は「{{vision.mean department=sales wave=ID | …}}」です。",
                "Write it like “{{vision.favourable | about half}}”; of a group or a wave “{{vision.mean department=sales wave=ID | …}}”.",
            ),
        );
        return;
    };
    let mut survey = survey;
    if let Some(wave) = value.wave {
        let waves = catalog.waves(survey);
        match waves.iter().find(|known| known.id == wave) {
            Some(known) => survey = known,
            None => {
                return unknown(catalog, diagnostics, &written.place, ("回", "wave"), wave, waves.iter().map(|known| known.id.as_str()));
            }
        }
    }
    let mut checker = Checker { catalog, survey, place: &written.place, diagnostics };
    checker.number(&value);
    checker.group(&value);
}

struct Checker<'a, 'd> {
    catalog: &'a Catalog,
    survey: &'a Survey,
    place: &'a Place,
    diagnostics: &'d mut Diagnostics,
}

impl Checker<'_, '_> {
    fn unknown(&mut self, what: (&str, &str), id: &str, known: &[&str]) {
        unknown(self.catalog, self.diagnostics, self.place, what, id, known.iter().copied());
    }

    fn number(&mut self, value: &Value<'_>) {
        let number = ("数", "number");
        if value.figure.is_empty() {
            if value.what != "n" || !value.group.is_empty() {
                self.unknown(number, value.what, &["n"]);
            }
            return;
        }
        let things = comparable(self.survey, value.figure);
        let [thing] = &things[..] else {
            let known = all(self.survey);
            let known: Vec<&str> = known.iter().map(String::as_str).filter(|id| comparable(self.survey, id).len() == 1).collect();
            return self.unknown(("質問や尺度", "question or scale"), value.figure, &known);
        };
        let known: Vec<&str> = match &thing.by {
            By::Favourable => vec!["favourable", "n", "interval"],
            By::Recommendation => vec!["favourable", NET, "n", "interval"],
            By::Mean => vec!["mean", "n", "interval"],
            By::Choice(choices) => choices.iter().map(|choice| choice.code.as_str()).chain(["n"]).collect(),
            By::Nothing => vec!["n"],
        };
        if !known.contains(&value.what) {
            self.unknown(number, value.what, &known);
        }
    }

    fn group(&mut self, value: &Value<'_>) {
        if value.group.is_empty() {
            return;
        }
        let Some(segment) = segment_of(self.survey, value) else {
            let names: Vec<String> = self.survey.segments.iter().map(Segment::name).collect();
            let own: Vec<&str> = value.group.iter().map(|(attribute, _)| *attribute).collect();
            let known: Vec<&str> = names.iter().map(String::as_str).collect();
            return self.unknown(("分け方（segments）", "segment"), &own.join("-and-"), &known);
        };
        for attribute in self.survey.attributes_of(segment) {
            let own = value.group.iter().find(|(id, _)| *id == attribute.id).map_or("", |(_, own)| *own);
            if attribute.values.iter().all(|known| known.code != own) {
                let known: Vec<&str> = attribute.values.iter().map(|known| known.code.as_str()).collect();
                self.unknown(("値", "value"), own, &known);
            }
        }
    }
}

/// The segment that a group is one of.
#[must_use]
pub fn segment_of<'s>(survey: &'s Survey, value: &Value<'_>) -> Option<&'s Segment> {
    let named = |id: &String| value.group.iter().any(|(attribute, _)| attribute == id);
    survey.segments.iter().find(|segment| segment.by.len() == value.group.len() && segment.by.iter().all(named))
}
