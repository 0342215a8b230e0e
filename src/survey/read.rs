//! Reads a survey from its file and checks that its parts fit together.

use super::attribute::{Access, Attribute, PERSON};
use super::check::{self, Scope, Wanted};
use super::check_paths;
use super::condition::Condition;
use super::consent::CONSENT;
use super::definition::{Limit, Mode, Page, Publish, Survey};
use super::history::History;
use super::hours::{GRACE, ZONE};
use super::own_code::OWN_CODE;
use super::question::{Kind, Question};
use super::read_order::read_order;
use super::read_parts::{duplicates, say};
use super::read_piping::read_piping;
use super::read_question::{read_condition, read_question};
use super::read_result::read_result;
use super::read_scale::read_scale;
use super::read_segments::{check_segments, read_segment};
use super::read_terms::{check_terms, read_code, read_consent, read_quotas};
use super::read_trial::run_trials;
use super::read_was::read_was;
use super::sample::SAMPLE;
use super::scoring::Scale;
use super::shape::SURVEY;
use super::variable::{Category, Variable};
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check as check_shape};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the survey `id` from its document. What is wrong is said; what can be read is handed over, so that other files can be
/// checked against it.
pub fn read(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Survey {
    let mut found = Diagnostics::new();
    let mut survey = read_parts(id, node, languages, &mut found);
    read_piping(node, &mut survey, &mut found);
    read_order(node, &mut survey, &mut found);
    read_was(node, &mut survey, &mut found);
    // What is walked and tried below stands on a survey that is sound in itself
    if !found.has_errors() {
        check_paths::check(&survey, &mut found);
        run_trials(Fields::of(node), &survey, &mut found);
    }
    diagnostics.append(found);
    survey
}

fn read_parts(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Survey {
    check_shape(node, &Shape::Record(&SURVEY), languages, diagnostics);
    let fields = Fields::of(node);
    let mut survey = Survey {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: titled(fields),
        lead: fields.text("lead"),
        same_as: fields.optional_line("same_as"),
        wave: fields.optional_text("wave"),
        sample: fields.flag("sample"),
        revision: fields.integer("revision", 1),
        minutes: fields.integer("minutes", 1),
        mode: match fields.line("mode").as_str() {
            "pseudonymous" => Mode::Pseudonymous,
            "identified" => Mode::Identified,
            _ => Mode::Anonymous,
        },
        access: match fields.line("access").as_str() {
            "invited" => Access::Invited,
            "room" => Access::Room,
            _ => Access::Open,
        },
        attributes: fields.records("attributes").map(read_attribute).collect(),
        segments: fields.records("segments").map(read_segment).collect(),
        publish: if fields.line("publish") == "rolling" { Publish::Rolling } else { Publish::AtClose },
        k: fields.integer("k", 5).max(3),
        purpose: fields.text("purpose"),
        open: fields.optional_day_time("open").map(|open| Limit::opening(open, ZONE)),
        close: fields.optional_day_time("close").map(|close| Limit::closing(close, ZONE)),
        grace: fields.integer("grace", GRACE),
        population: fields.optional_integer("population"),
        retain_days: fields.node("retain_days").map(|_| fields.integer("retain_days", 365)),
        closed: None,
        drafts: fields.optional_integer("drafts"),
        withdrawal: fields.flag("withdrawal"),
        thanks: fields.optional_text("thanks"),
        result: None,
        pages: fields.records("pages").map(|page| read_page(page, diagnostics)).collect(),
        consent: read_consent(fields),
        code: read_code(fields, diagnostics),
        quotas: read_quotas(fields, diagnostics),
        scales: Vec::new(),
        piped: Vec::new(),
        shuffles: Vec::new(),
        rotations: fields.optional_integer("rotations"),
        history: History::default(),
    };
    fitting_access(&survey, fields, diagnostics);
    check_segments(&survey, diagnostics);
    unique_ids(&survey, diagnostics);
    pages_with_nothing(&survey, diagnostics);
    let variables: BTreeMap<String, Variable> = survey.variables().into_iter().map(|variable| (variable.id.clone(), variable)).collect();
    survey.scales = fields.records("scales").map(|scale| read_scale(scale, &variables, diagnostics)).collect();
    unique_scales(&survey, &variables, diagnostics);
    survey.result = read_result(fields, &survey, diagnostics);
    conditions(&survey, &variables, diagnostics);
    let sensitive = survey.made_sensitive();
    for question in survey.pages.iter_mut().flat_map(|page| &mut page.questions).filter(|one| sensitive.contains(&one.id)) {
        question.sensitive = true;
    }
    check_terms(&survey, fields, &variables, diagnostics);
    survey
}

/// The title, with the name of the wave and the mark of a sample behind it where they do not stand there already: wherever the
/// survey is named, they are.
fn titled(fields: Fields<'_>) -> Text {
    let title = fields.text("title");
    let sample = fields.flag("sample").then(|| Text::pair("見本", "sample"));
    let more: Vec<Text> = fields.optional_text("wave").into_iter().chain(sample).collect();
    if title.is_empty() || more.is_empty() {
        return title;
    }
    let text = |language: Language| {
        let title = title.in_language(language);
        let more: Vec<&str> = more.iter().map(|text| text.in_language(language)).filter(|text| !title.contains(text)).collect();
        match language {
            _ if more.is_empty() => title.to_owned(),
            Language::Japanese => format!("{title}（{}）", more.join("・")),
            Language::English => format!("{title} ({})", more.join(", ")),
        }
    };
    Language::ALL.into_iter().filter(|language| title.speaks(*language)).map(|language| (language, text(language))).collect()
}

fn read_page(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Page {
    Page {
        id: fields.line("id"),
        place: fields.place_of("id"),
        title: fields.optional_text("title"),
        lead: fields.optional_text("lead"),
        show_if: read_condition(fields, diagnostics),
        questions: fields.records("questions").map(|question| read_question(question, diagnostics)).collect(),
    }
}

fn read_attribute(fields: Fields<'_>) -> Attribute {
    let value = |value: Fields<'_>| Category { code: value.line("id"), label: value.text("text") };
    Attribute {
        id: fields.line("id"),
        place: fields.place_of("id"),
        text: fields.text("text"),
        values: fields.records("values").map(value).collect(),
        cohort: fields.optional_line("cohort"),
    }
}

/// Mode, access and attributes go together.
fn fitting_access(survey: &Survey, fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    if survey.mode == Mode::Identified && survey.access != Access::Invited {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                fields.place_of("mode"),
                "記名のアンケートには、一人ずつの招待が要ります。",
                "An identified survey needs invitations: nothing else says who it is.",
            )
            .hint("access: invited と書いてください。", "Write “access: invited”."),
        );
    }
    for (key, set, ja, en) in [
        ("drafts", survey.drafts.is_some(), "途中の保存", "Saving for later"),
        ("withdrawal", survey.withdrawal, "回答の取り消し", "Taking an answer back"),
    ] {
        if set && survey.access == Access::Room {
            diagnostics.push(
                Diagnostic::error(
                    code::UNKNOWN_VALUE,
                    fields.place_of(key),
                    format!("{ja}は、その場で端末を貸し借りする access: room では使えません。"),
                    format!("{en} needs a device of one’s own; in a room people share them."),
                )
                .hint(format!("{key} を消してください。"), format!("Remove “{key}”.")),
            );
        }
    }
    if !survey.attributes.is_empty() && survey.access != Access::Invited {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                fields.place_of("attributes"),
                "属性は招待の名簿から付くので、access: invited のときだけ使えます。",
                "Attributes come from the list of invited people; without “access: invited” there is none.",
            )
            .hint("access: invited と書くか、attributes を消してください。", "Write “access: invited”, or remove “attributes”."),
        );
    }
    duplicates(survey.attributes.iter().map(|attribute| (attribute.id.as_str(), &attribute.place)), "属性", "attribute", diagnostics);
    for attribute in &survey.attributes {
        duplicates(attribute.values.iter().map(|value| (value.code.as_str(), &attribute.place)), "値", "value", diagnostics);
        let taken = survey.variables().iter().any(|variable| variable.id == attribute.id);
        if taken || [PERSON, CONSENT, OWN_CODE, SAMPLE, "id", "name", "mail", "language", "link", "code"].contains(&attribute.id.as_str()) {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                attribute.place.clone(),
                &format!("「{}」は質問か名簿の列の名前なので、属性の ID に使えません。", attribute.id),
                &format!("“{}” is a question or another column of the list of people and cannot be an attribute.", attribute.id),
            );
        }
    }
}

/// Ids of pages, questions, rows and the variables they make.
fn unique_ids(survey: &Survey, diagnostics: &mut Diagnostics) {
    duplicates(survey.pages.iter().map(|page| (page.id.as_str(), &page.place)), "ページ", "page", diagnostics);
    duplicates(survey.questions().map(|question| (question.id.as_str(), &question.place)), "質問", "question", diagnostics);
    let mut seen: BTreeMap<String, &Question> = BTreeMap::new();
    for question in survey.questions() {
        let variables: Vec<String> = question.variables().into_iter().map(|variable| variable.id).collect();
        let own = variables.contains(&question.id);
        for variable in &variables {
            if ["today", "and", "or", "not", "contains", "score", "answered", "count", "sum", "mean"].contains(&variable.as_str()) {
                say(
                    diagnostics,
                    code::INVALID_ID,
                    question.place.clone(),
                    &format!("「{variable}」は式のことばなので、ID に使えません。"),
                    &format!("“{variable}” is a word of the expression language and cannot be an id."),
                );
            }
            if variable.len() > LONGEST_VARIABLE {
                say(
                    diagnostics,
                    code::INVALID_ID,
                    question.place.clone(),
                    &format!("変数「{variable}」が {LONGEST_VARIABLE} 字を超えます。ID を短くしてください。"),
                    &format!("The variable “{variable}” is longer than {LONGEST_VARIABLE} characters. Shorten the ids."),
                );
            }
        }
        // Its own name is taken even where no variable has it: complaints and figures go by it
        let taken = variables.into_iter().chain((!own).then(|| question.id.clone()));
        let collisions: Vec<(&Question, String)> =
            taken.filter_map(|variable| Some((seen.insert(variable.clone(), question)?, variable))).collect();
        // One question twice, or one part of it, was complained of; one collision is enough to mend the others
        let new = |other: &Question| if std::ptr::eq(other, question) { !repeats_an_id(question) } else { other.id != question.id };
        if let Some((other, variable)) = collisions.iter().find(|(other, _)| new(other)) {
            let within = std::ptr::eq(*other, question);
            let (ja, en) = if within {
                ("同じ質問の中で", "another one of the same question")
            } else {
                ("別の質問と", "that of another question")
            };
            let diagnostic = Diagnostic::error(
                code::DUPLICATE_ID,
                question.place.clone(),
                format!("変数「{variable}」が{ja}ぶつかります。"),
                format!("The variable “{variable}” collides with {en}."),
            );
            diagnostics.push(if within {
                diagnostic
            } else {
                diagnostic.also(other.place.clone(), "もう一つの質問", "the other question")
            });
        }
    }
}

/// Most characters of a variable's name that SPSS takes.
const LONGEST_VARIABLE: usize = 64;

/// Whether two rows, items, cards or columns have one id, which was complained of where they stand.
fn repeats_an_id(question: &Question) -> bool {
    let ids: Vec<&str> = match &question.kind {
        Kind::Grid { rows: items, .. }
        | Kind::MultipleGrid { rows: items, .. }
        | Kind::Ranking { items, .. }
        | Kind::CardSort { cards: items, .. }
        | Kind::Allocation { items, .. }
        | Kind::PairedComparison { items } => items.iter().map(|item| item.id.as_str()).collect(),
        Kind::Table { columns, .. } => columns.iter().map(|column| column.id.as_str()).collect(),
        _ => Vec::new(),
    };
    ids.iter().collect::<BTreeSet<_>>().len() < ids.len()
}

/// A page has something to read or to answer.
fn pages_with_nothing(survey: &Survey, diagnostics: &mut Diagnostics) {
    for page in &survey.pages {
        if !page.questions.is_empty() && page.questions.iter().all(|question| matches!(question.kind, Kind::Calculated { .. })) {
            diagnostics.push(
                Diagnostic::error(
                    code::OUT_OF_RANGE,
                    page.place.clone(),
                    "計算だけのページは、見せるものがありません。",
                    "A page of calculated values alone has nothing to show.",
                )
                .hint("計算は、前か後ろのページに移してください。", "Move the calculated values to the page before or after it."),
            );
        }
    }
}

fn unique_scales(survey: &Survey, variables: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) {
    duplicates(survey.scales.iter().map(|scale| (scale.id.as_str(), &scale.place)), "尺度", "scale", diagnostics);
    for scale in &survey.scales {
        if variables.contains_key(&scale.id) || survey.question(&scale.id).is_some() {
            say(
                diagnostics,
                code::DUPLICATE_ID,
                scale.place.clone(),
                &format!("「{}」は質問の ID として使われています。", scale.id),
                &format!("“{}” is already the id of a question.", scale.id),
            );
        }
    }
}

/// Every condition speaks only of what was asked before it. A page's condition is judged before its first question.
fn conditions(survey: &Survey, all: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) {
    let all_scales: BTreeSet<String> = survey.scales.iter().map(|scale| scale.id.clone()).collect();
    let mut earlier = BTreeMap::new();
    for page in &survey.pages {
        let mut judge = |condition: Option<&Condition>, wanted: Wanted, earlier: &BTreeMap<String, Variable>| {
            let Some(condition) = condition else { return };
            let asked = |scale: &&Scale| scale.items.iter().all(|item| earlier.contains_key(item));
            let scales = survey.scales.iter().filter(asked).map(|scale| scale.id.clone()).collect();
            check::check(condition, wanted, &Scope { earlier, all, scales: &scales, all_scales: &all_scales }, diagnostics);
        };
        judge(page.show_if.as_ref(), Wanted::Truth, &earlier);
        for question in &page.questions {
            judge(question.show_if.as_ref(), Wanted::Truth, &earlier);
            if let Kind::Calculated { value, .. } = &question.kind {
                judge(Some(value), Wanted::Number, &earlier);
            }
            earlier.extend(question.variables().into_iter().map(|variable| (variable.id.clone(), variable)));
        }
    }
}
