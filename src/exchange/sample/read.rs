//! Reads a plan and holds it against the surveys that it is for. Every fault is told, with its place.

use super::plan::{Expected, Factor, Item, Plan, Planted, Question, Shift, Wave};
use super::read_answer::{answering, number};
use super::read_parts::{say, share, shared_out, triangle, unknown};
use super::shape::PLAN;
use crate::content::encoding::utf8;
use crate::content::shape::Shape;
use crate::content::yaml::{self, Value};
use crate::content::{Fields, check};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::language::Language;
use crate::survey::question::{Kind, Need};
use crate::survey::{Measure, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reads a plan from a file of this name. `None`: it has faults.
#[must_use]
pub fn read(
    surveys: &BTreeMap<String, Survey>,
    languages: &[Language],
    name: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
    sources: &mut Sources,
) -> Option<Plan> {
    let file: Arc<str> = name.into();
    let text = match utf8(&file, bytes) {
        Ok(text) => text,
        Err(fault) => {
            diagnostics.push(*fault);
            return None;
        }
    };
    sources.insert(Arc::clone(&file), text.clone().into());
    let node = yaml::parse(&file, &text, 1, diagnostics)?;
    check(&node, &Shape::Record(&PLAN), languages, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let fields = Fields::of(&node);
    let mut reader = Reader { all: surveys, used: Vec::new(), diagnostics };
    let plan = reader.plan(fields);
    let planned = plan.filter(|_| !diagnostics.has_errors())?;
    super::truth::check(&planned, surveys, diagnostics);
    (!diagnostics.has_errors()).then_some(planned)
}

struct Reader<'a> {
    all: &'a BTreeMap<String, Survey>,
    /// The surveys of the plan, as far as they are there.
    used: Vec<&'a Survey>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn plan(&mut self, fields: Fields<'_>) -> Option<Plan> {
        let surveys: Vec<Wave> = fields.records("surveys").filter_map(|record| self.wave(record)).collect();
        let attributes = self.attributes(fields);
        let factors: Vec<Factor> = fields.records("factors").map(|record| self.factor(record, &attributes, &surveys)).collect();
        let names: Vec<String> = factors.iter().map(|factor| factor.id.clone()).collect();
        self.twice(fields, "factors", "id");
        let correlations = self.correlations(fields, &names);
        let triangle = triangle(&correlations);
        if triangle.is_none() {
            say(
                self.diagnostics,
                fields.place_of("correlations"),
                "この相関を同時に満たす因子はありません。",
                "No factors can have all these correlations at once.",
            );
        }
        let missing = share(fields, "missing", 0.0, self.diagnostics);
        self.twice(fields, "items", "item");
        let mut items = BTreeMap::new();
        for record in fields.records("items") {
            if let Some(item) = self.item(record, &names, &correlations, missing) {
                items.insert(record.line("item"), item);
            }
        }
        self.everything_needed(fields, &items, &attributes);
        self.twice(fields, "planted", "id");
        let planted = fields.records("planted").map(|record| self.planted(record, &attributes, &surveys)).collect();
        Some(Plan {
            seed: fields.line("seed").parse().unwrap_or(0),
            people: fields.integer("people", 1) as usize,
            stability: share(fields, "stability", 0.6, self.diagnostics),
            careless: share(fields, "careless", 0.0, self.diagnostics),
            break_off: share(fields, "break_off", 0.0, self.diagnostics),
            surveys,
            attributes,
            factors,
            triangle: triangle?,
            items,
            planted,
        })
    }

    /// One survey: it is there, and it is a sample.
    fn wave(&mut self, record: Fields<'_>) -> Option<Wave> {
        let (id, place) = (record.line("survey"), record.place_of("survey"));
        let Some(survey) = self.all.get(&id) else {
            unknown(self.diagnostics, place, ("アンケート", "survey"), &id, self.all.keys().map(String::as_str));
            return None;
        };
        if !survey.sample {
            self.diagnostics.push(
                Diagnostic::error(
                    code::INVENTED,
                    place.clone(),
                    format!("「{id}」は見本のアンケートではないので、回答を作りません。"),
                    format!("“{id}” is no sample, so no answers are invented for it."),
                )
                .hint("見本なら、アンケートに「sample: true」と書いてください。", "If it is one, write “sample: true” into the survey.")
                .also(survey.place.clone(), "アンケート", "the survey"),
            );
        }
        if self.used.iter().any(|used| used.id == id) {
            say(self.diagnostics, place, format!("「{id}」が二度書かれています。"), format!("“{id}” stands here twice."));
        }
        self.used.push(survey);
        Some(Wave { survey: id, answering: share(record, "answering", 1.0, self.diagnostics) })
    }

    /// Every attribute of the surveys, with every value that the plan names.
    fn attributes(&mut self, fields: Fields<'_>) -> Vec<(String, Vec<(String, f64)>)> {
        self.twice(fields, "attributes", "attribute");
        let known: BTreeSet<String> =
            self.used.iter().flat_map(|survey| &survey.attributes).map(|attribute| attribute.id.clone()).collect();
        let mut found = Vec::new();
        for record in fields.records("attributes") {
            let (id, place) = (record.line("attribute"), record.place_of("attribute"));
            if !known.contains(&id) {
                unknown(self.diagnostics, place, ("属性", "attribute"), &id, known.iter().map(String::as_str));
                continue;
            }
            let Some(Value::Map(entries)) = record.node("shares").map(|node| &node.value) else { continue };
            for (key, _) in entries {
                for attribute in self.used.iter().flat_map(|survey| &survey.attributes).filter(|attribute| attribute.id == id) {
                    if !attribute.values.is_empty() && !attribute.values.iter().any(|value| value.code == key.text) {
                        let values = attribute.values.iter().map(|value| value.code.as_str());
                        unknown(self.diagnostics, key.place.clone(), ("値", "value"), &key.text, values);
                        break;
                    }
                }
            }
            let weights: Vec<f64> = entries.iter().filter_map(|(_, node)| number(node)).collect();
            if let Some(shares) = shared_out(&weights, &record.place_of("shares"), self.diagnostics) {
                found.push((id, entries.iter().map(|(key, _)| key.text.clone()).zip(shares).collect()));
            }
        }
        found
    }

    fn factor(&mut self, record: Fields<'_>, attributes: &[(String, Vec<(String, f64)>)], surveys: &[Wave]) -> Factor {
        let mut shifts = Vec::new();
        for shift in record.records("shifts") {
            let group = match (shift.optional_line("attribute"), shift.optional_line("value")) {
                (None, None) => None,
                (Some(attribute), Some(value)) => {
                    self.value(shift, attributes, &attribute, &value);
                    Some((attribute, value))
                }
                _ => {
                    say(
                        self.diagnostics,
                        shift.place(),
                        "attribute と value は、どちらも書くか、どちらも書きません。",
                        "“attribute” and “value” go together.",
                    );
                    None
                }
            };
            let survey = shift.optional_line("survey");
            if let Some(survey) = &survey {
                self.planned(shift, "survey", survey, surveys);
            }
            if group.is_none() && survey.is_none() {
                say(
                    self.diagnostics,
                    shift.place(),
                    "だれの差か（attribute と value）か、どの回の差か（survey）を書きます。",
                    "Say whom it concerns (“attribute” and “value”) or which wave (“survey”).",
                );
            }
            shifts.push(Shift { group, survey, by: shift.optional_decimal("by").unwrap_or(0.0) });
        }
        Factor { id: record.line("id"), shifts }
    }

    fn value(&mut self, record: Fields<'_>, attributes: &[(String, Vec<(String, f64)>)], attribute: &str, value: &str) {
        match attributes.iter().find(|(id, _)| id == attribute) {
            None => {
                let known = attributes.iter().map(|(id, _)| id.as_str());
                unknown(self.diagnostics, record.place_of("attribute"), ("属性", "attribute"), attribute, known);
            }
            Some((_, values)) if !values.iter().any(|(code, _)| code == value) => {
                let known = values.iter().map(|(code, _)| code.as_str());
                unknown(self.diagnostics, record.place_of("value"), ("値", "value"), value, known);
            }
            Some(_) => {}
        }
    }

    fn planned(&mut self, record: Fields<'_>, key: &str, survey: &str, surveys: &[Wave]) {
        if !surveys.iter().any(|wave| wave.survey == survey) {
            let known = surveys.iter().map(|wave| wave.survey.as_str());
            unknown(self.diagnostics, record.place_of(key), ("この計画のアンケート", "survey of this plan"), survey, known);
        }
    }

    fn correlations(&mut self, fields: Fields<'_>, names: &[String]) -> Vec<Vec<f64>> {
        let mut all: Vec<Vec<f64>> =
            (0..names.len()).map(|row| (0..names.len()).map(|column| if row == column { 1.0 } else { 0.0 }).collect()).collect();
        let mut seen = BTreeSet::new();
        for record in fields.records("correlations") {
            let mut both = Vec::new();
            for node in record.items("of") {
                let id = node.scalar().unwrap_or_default();
                match names.iter().position(|name| name == id) {
                    Some(at) => both.push(at),
                    None => unknown(self.diagnostics, node.place.clone(), ("因子", "factor"), id, names.iter().map(String::as_str)),
                }
            }
            let [one, other] = both[..] else { continue };
            let r = record.optional_decimal("r").unwrap_or(0.0);
            if one == other || !(-1.0..=1.0).contains(&r) || !seen.insert((one.min(other), one.max(other))) {
                say(
                    self.diagnostics,
                    record.place(),
                    "相関は、別々の二つの因子に一度ずつ、-1 から 1 までで書きます。",
                    "A correlation is of two different factors, named once, from −1 to 1.",
                );
                continue;
            }
            all[one][other] = r;
            all[other][one] = r;
        }
        all
    }

    /// How one variable is answered, held against the first survey that has it.
    fn item(&mut self, record: Fields<'_>, names: &[String], correlations: &[Vec<f64>], missing: f64) -> Option<Item> {
        let (id, place) = (record.line("item"), record.place_of("item"));
        let found = self.used.iter().find_map(|survey| {
            let variable = survey.variables().into_iter().find(|variable| variable.id == id)?;
            Some((survey.question(&variable.question)?, variable))
        });
        let Some((question, variable)) = found else {
            let known: BTreeSet<String> = self.used.iter().flat_map(|survey| survey.variables()).map(|variable| variable.id).collect();
            unknown(self.diagnostics, place, ("質問の変数", "variable of a question"), &id, known.iter().map(String::as_str));
            return None;
        };
        let mut weights = vec![0.0; names.len()];
        if let Some(Value::Map(entries)) = record.node("on").map(|node| &node.value) {
            for (key, node) in entries {
                match names.iter().position(|name| *name == key.text) {
                    Some(at) => weights[at] = number(node).unwrap_or(0.0),
                    None => {
                        unknown(self.diagnostics, key.place.clone(), ("因子", "factor"), &key.text, names.iter().map(String::as_str));
                    }
                }
            }
        }
        let explained: f64 = (0..names.len())
            .flat_map(|one| (0..names.len()).map(move |other| (one, other)))
            .map(|(one, other)| weights[one] * correlations[one][other] * weights[other])
            .sum();
        if explained > 1.0 {
            say(
                self.diagnostics,
                record.place_of("on"),
                format!("因子が説明する分散が {explained:.2} で、1 を超えます。重みを小さくしてください。"),
                format!("The factors explain a variance of {explained:.2}, which is more than all of it. Make the weights smaller."),
            );
        }
        let answer = answering(record, &question.kind, &variable, self.diagnostics)?;
        let own = record.node("missing").map(|_| share(record, "missing", 0.0, self.diagnostics));
        if question.need == Need::Required && own.is_some_and(|own| own > 0.0) {
            say(
                self.diagnostics,
                record.place_of("missing"),
                format!("「{id}」はかならず答える質問なので、抜けません。"),
                format!("“{id}” must be answered, so none is left out."),
            );
        }
        Some(Item { place, variable, weights, rest: (1.0 - explained).max(0.0).sqrt(), missing: own.unwrap_or(missing), answer })
    }

    /// What must be answered is planned, and so is every attribute.
    fn everything_needed(&mut self, fields: Fields<'_>, items: &BTreeMap<String, Item>, attributes: &[(String, Vec<(String, f64)>)]) {
        let named: BTreeSet<String> = fields.records("items").map(|record| record.line("item")).collect();
        let mut lacking: BTreeMap<String, Place> = BTreeMap::new();
        for survey in &self.used {
            let asked = survey.questions().filter(|question| question.need != Need::Optional);
            for variable in asked.flat_map(crate::survey::Question::variables) {
                let worked_out = survey.question(&variable.question).is_some_and(|one| matches!(one.kind, Kind::Calculated { .. }));
                if !worked_out && variable.measure != Measure::Text && !items.contains_key(&variable.id) && !named.contains(&variable.id) {
                    lacking.entry(variable.id).or_insert_with(|| survey.place.clone());
                }
            }
            for attribute in &survey.attributes {
                if !attributes.iter().any(|(id, _)| *id == attribute.id)
                    && !fields.records("attributes").any(|record| record.line("attribute") == attribute.id)
                {
                    lacking.entry(attribute.id.clone()).or_insert_with(|| attribute.place.clone());
                }
            }
        }
        for (id, place) in lacking {
            self.diagnostics.push(
                Diagnostic::error(
                    code::PLAN,
                    fields.place_of("items"),
                    format!("「{id}」は答えが要るのに、計画にありません。"),
                    format!("“{id}” needs an answer, and the plan says nothing of it."),
                )
                .also(place, "アンケート", "the survey"),
            );
        }
    }

    fn planted(&mut self, record: Fields<'_>, attributes: &[(String, Vec<(String, f64)>)], surveys: &[Wave]) -> Planted {
        let question = match record.line("kind").as_str() {
            "group" => {
                let (attribute, value) = (record.line("attribute"), record.line("value"));
                self.value(record, attributes, &attribute, &value);
                Question::Group { attribute, value }
            }
            "change" => {
                let (from, to) = (record.line("from"), record.line("to"));
                self.planned(record, "from", &from, surveys);
                self.planned(record, "to", &to, surveys);
                Question::Change { from, to }
            }
            _ => Question::Relation { with: record.line("with") },
        };
        let expected = match record.line("expect").as_str() {
            "higher" => Expected::Higher,
            "lower" => Expected::Lower,
            _ => Expected::Nothing,
        };
        Planted { id: record.line("id"), place: record.place_of("id"), figure: record.line("figure"), question, expected }
    }

    /// Says what is named twice in a list.
    fn twice(&mut self, fields: Fields<'_>, list: &str, key: &str) {
        let mut seen = BTreeSet::new();
        for record in fields.records(list) {
            let id = record.line(key);
            if !seen.insert(id.clone()) {
                say(
                    self.diagnostics,
                    record.place_of(key),
                    format!("「{id}」が二度書かれています。"),
                    format!("“{id}” stands here twice."),
                );
            }
        }
    }
}
