//! Reads a survey from its file and checks that its parts fit together.

use super::check::{self, Scope};
use super::condition::{Condition, place_in};
use super::definition::{Mode, Page, Publish, Survey};
use super::question::{Choice, Favourable, GridRow, Kind, Need, OTHER, Points, Question};
use super::scoring::{Band, Method, Scale};
use super::shape::SURVEY;
use super::variable::{Measure, Variable};
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check as check_shape, text_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, closest, code};
use crate::language::Language;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the survey `id` from its document. What is wrong is said; what can be read is handed over, so that other files can be
/// checked against it.
pub fn read(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Survey {
    check_shape(node, &Shape::Record(&SURVEY), languages, diagnostics);
    let fields = Fields::of(node);
    let mut survey = Survey {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        revision: fields.integer("revision", 1),
        minutes: fields.integer("minutes", 1),
        mode: match fields.line("mode").as_str() {
            "pseudonymous" => Mode::Pseudonymous,
            "identified" => Mode::Identified,
            _ => Mode::Anonymous,
        },
        publish: if fields.line("publish") == "rolling" { Publish::Rolling } else { Publish::AtClose },
        k: fields.integer("k", 5).max(3),
        purpose: fields.text("purpose"),
        open: fields.optional_day("open"),
        close: fields.optional_day("close"),
        thanks: fields.optional_text("thanks"),
        pages: fields.records("pages").map(|page| read_page(page, diagnostics)).collect(),
        scales: Vec::new(),
    };
    if survey.mode != Mode::Anonymous {
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                fields.place_of("mode"),
                "この版で使えるのは anonymous だけです。",
                "This version takes anonymous surveys only.",
            )
            .hint("mode: anonymous にしてください。", "Write “mode: anonymous”."),
        );
    }
    if let (Some(open), Some(close)) = (survey.open, survey.close)
        && close < open
    {
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            fields.place_of("close"),
            format!("受け付けの最後の日（{close}）が、始める日（{open}）より前です。"),
            format!("The last day ({close}) comes before the first one ({open})."),
        ));
    }
    unique_ids(&survey, diagnostics);
    let variables: BTreeMap<String, Variable> = survey.variables().into_iter().map(|variable| (variable.id.clone(), variable)).collect();
    survey.scales = fields.records("scales").map(|scale| read_scale(scale, &variables, diagnostics)).collect();
    unique_scales(&survey, &variables, diagnostics);
    conditions(&survey, &variables, diagnostics);
    survey
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

fn read_condition(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Condition> {
    let source = fields.optional_line("show_if")?;
    let place = fields.place_of("show_if");
    match Condition::parse(&source, place.clone()) {
        Ok(condition) => Some(condition),
        Err(unreadable) => {
            diagnostics.push(Diagnostic::error(
                code::CONDITION,
                place_in(&place, &source, unreadable.at, unreadable.at + 1),
                format!("条件式を読めません。{}。", unreadable.ja),
                format!("This condition cannot be read: {}.", unreadable.en),
            ));
            None
        }
    }
}

fn read_question(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Question {
    Question {
        id: fields.line("id"),
        place: fields.place_of("id"),
        text: fields.text("text"),
        hint: fields.optional_text("hint"),
        need: match fields.line("need").as_str() {
            "required" => Need::Required,
            "declinable" => Need::Declinable,
            _ => Need::Optional,
        },
        sensitive: fields.flag("sensitive"),
        show_if: read_condition(fields, diagnostics),
        kind: read_kind(fields, diagnostics),
    }
}

fn read_kind(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Kind {
    match fields.line("kind").as_str() {
        "single_choice" => Kind::SingleChoice { choices: read_choices(fields, diagnostics), other: fields.optional_text("other") },
        "multiple_choice" => {
            let choices = read_choices(fields, diagnostics);
            let at_most = fields.optional_integer("at_most");
            if let Some(most) = at_most.filter(|most| *most as usize > choices.len() + 1) {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("at_most"),
                    &format!("選択肢より多い {most} は要りません。"),
                    &format!("{most} is more than there are choices."),
                );
            }
            Kind::MultipleChoice { choices, other: fields.optional_text("other"), at_most }
        }
        "grid" => {
            let rows = fields
                .records("rows")
                .map(|row| GridRow { id: row.line("id"), place: row.place_of("id"), text: row.text("text") })
                .collect();
            Kind::Grid { points: read_points(fields, diagnostics), rows }
        }
        "number" => {
            let (minimum, maximum) = (fields.optional_decimal("minimum"), fields.optional_decimal("maximum"));
            if let (Some(low), Some(high)) = (minimum, maximum)
                && low > high
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("maximum"),
                    "maximum が minimum より小さくなっています。",
                    "The maximum is smaller than the minimum.",
                );
            }
            Kind::Number { minimum, maximum, decimals: fields.integer("decimals", 0), unit: fields.optional_text("unit") }
        }
        "short_text" => Kind::ShortText { max_length: fields.integer("max_length", 200) },
        "long_text" => Kind::LongText { max_length: fields.integer("max_length", 2_000) },
        "date" => {
            let (earliest, latest) = (fields.optional_day("earliest"), fields.optional_day("latest"));
            if let (Some(first), Some(last)) = (earliest, latest)
                && last < first
            {
                say(
                    diagnostics,
                    code::OUT_OF_RANGE,
                    fields.place_of("latest"),
                    "latest が earliest より前の日です。",
                    "The latest day comes before the earliest one.",
                );
            }
            Kind::Date { earliest, latest }
        }
        // The kind is unknown and was said to be; any kind serves to read on
        _ => Kind::Scale(Points { count: 2, labels: Vec::new(), favourable: Favourable::Neither }),
    }
}

fn read_choices(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Choice> {
    let choices: Vec<Choice> = fields
        .records("choices")
        .map(|choice| Choice {
            id: choice.line("id"),
            place: choice.place_of("id"),
            text: choice.text("text"),
            exclusive: choice.flag("exclusive"),
        })
        .collect();
    duplicates(choices.iter().map(|choice| (choice.id.as_str(), &choice.place)), "選択肢", "choice", diagnostics);
    if let Some(choice) = choices.iter().find(|choice| choice.id == OTHER)
        && fields.node("other").is_some()
    {
        say(
            diagnostics,
            code::DUPLICATE_ID,
            choice.place.clone(),
            "「other」は、自由に書ける選択肢の ID として使われます。別の ID にしてください。",
            "“other” is the id of the choice with the text field; use another one.",
        );
    }
    choices
}

fn read_points(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Points {
    let count = u8::try_from(fields.integer("points", 5).clamp(2, 11)).unwrap_or(5);
    let labels = fields.items("labels");
    let ends = fields.items("ends");
    match (fields.node("labels").is_some(), fields.node("ends").is_some()) {
        (true, true) => say(
            diagnostics,
            code::UNKNOWN_KEY,
            fields.place_of("ends"),
            "labels と ends は、どちらか一つだけ書きます。",
            "Write either labels or ends, not both.",
        ),
        (false, false) => {
            diagnostics.push(
                Diagnostic::error(
                    code::MISSING_KEY,
                    fields.place_of("points"),
                    "labels か ends がありません。",
                    "Neither labels nor ends are given.",
                )
                .hint(
                    "すべての段階の文を labels に、両端だけなら ends に書いてください。",
                    "Give a label for every point in “labels”, or for the two ends in “ends”.",
                ),
            );
        }
        (true, false) if labels.len() != usize::from(count) => say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("labels"),
            &format!("labels には points と同じ {count} 個の文が要ります。いまは {} 個です。", labels.len()),
            &format!("“labels” needs {count} texts, one for each point; there are {}.", labels.len()),
        ),
        _ => {}
    }
    let favourable = match fields.line("favourable").as_str() {
        "low" => Favourable::Low,
        "none" => Favourable::Neither,
        _ => Favourable::High,
    };
    let labels = if labels.is_empty() { ends } else { labels };
    Points { count, labels: labels.iter().map(text_of).collect(), favourable }
}

fn read_scale(fields: Fields<'_>, variables: &BTreeMap<String, Variable>, diagnostics: &mut Diagnostics) -> Scale {
    let names = |key: &str| -> Vec<(String, Place)> {
        fields.items(key).iter().filter_map(|item| Some((item.scalar()?.to_owned(), item.place.clone()))).collect()
    };
    let items = names("items");
    let mut points = None;
    for (item, place) in &items {
        match variables.get(item).map(|variable| &variable.measure) {
            Some(Measure::Ordinal(categories)) => {
                let count = categories.len();
                if *points.get_or_insert(count) != count {
                    say(
                        diagnostics,
                        code::OUT_OF_RANGE,
                        place.clone(),
                        &format!("「{item}」は {count} 段階で、ほかの項目と段階の数が違います。"),
                        &format!("“{item}” has {count} points, unlike the items before it."),
                    );
                }
            }
            Some(_) => say(
                diagnostics,
                code::UNKNOWN_REFERENCE,
                place.clone(),
                &format!("「{item}」は段階で答える質問ではありません。"),
                &format!("“{item}” is not answered on a scale."),
            ),
            None => {
                let diagnostic = Diagnostic::error(
                    code::UNKNOWN_REFERENCE,
                    place.clone(),
                    format!("「{item}」という質問はありません。"),
                    format!("There is no question “{item}”."),
                );
                diagnostics.push(match closest(item, variables.keys().map(String::as_str)) {
                    Some(guess) => diagnostic.hint(format!("{guess} の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
                    None => diagnostic,
                });
            }
        }
    }
    duplicates(items.iter().map(|(item, place)| (item.as_str(), place)), "項目", "item", diagnostics);
    let reversed = names("reversed");
    for (item, place) in &reversed {
        if !items.iter().any(|(known, _)| known == item) {
            say(
                diagnostics,
                code::UNKNOWN_REFERENCE,
                place.clone(),
                &format!("「{item}」は items にありません。"),
                &format!("“{item}” is not among the items."),
            );
        }
    }
    let least = fields.integer("min_answered", u32::try_from(items.len()).unwrap_or(u32::MAX));
    if least as usize > items.len() && !items.is_empty() {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("min_answered"),
            &format!("項目は {} 個しかありません。", items.len()),
            &format!("There are only {} items.", items.len()),
        );
    }
    let bands: Vec<Band> = fields
        .records("bands")
        .map(|band| Band { from: band.optional_decimal("from").unwrap_or(0.0), label: band.text("label") })
        .collect();
    if bands.windows(2).any(|pair| pair[0].from >= pair[1].from) {
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            fields.place_of("bands"),
            "bands は from の小さい順に書きます。",
            "Bands are written in rising order of “from”.",
        );
    }
    Scale {
        id: fields.line("id"),
        place: fields.place_of("id"),
        label: fields.text("label"),
        items: items.into_iter().map(|(item, _)| item).collect(),
        reversed: reversed.into_iter().map(|(item, _)| item).collect(),
        method: if fields.line("method") == "sum" { Method::Sum } else { Method::Mean },
        min_answered: least,
        points: points.and_then(|count| u8::try_from(count).ok()).unwrap_or(5),
        bands,
    }
}

/// Ids of pages, questions, rows and the variables they make.
fn unique_ids(survey: &Survey, diagnostics: &mut Diagnostics) {
    duplicates(survey.pages.iter().map(|page| (page.id.as_str(), &page.place)), "ページ", "page", diagnostics);
    duplicates(survey.questions().map(|question| (question.id.as_str(), &question.place)), "質問", "question", diagnostics);
    let mut seen: BTreeMap<String, &Question> = BTreeMap::new();
    for question in survey.questions() {
        if let Kind::Grid { rows, .. } = &question.kind {
            duplicates(rows.iter().map(|row| (row.id.as_str(), &row.place)), "行", "row", diagnostics);
        }
        for variable in question.variables() {
            if ["today", "and", "or", "not", "contains", "score", "answered", "count", "sum", "mean"].contains(&variable.id.as_str()) {
                say(
                    diagnostics,
                    code::INVALID_ID,
                    question.place.clone(),
                    &format!("「{}」は式のことばなので、ID に使えません。", variable.id),
                    &format!("“{}” is a word of the expression language and cannot be an id.", variable.id),
                );
            }
            if let Some(other) = seen.insert(variable.id.clone(), question)
                && other.id != question.id
            {
                diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_ID,
                        question.place.clone(),
                        format!("変数「{}」が別の質問とぶつかります。", variable.id),
                        format!("The variable “{}” collides with that of another question.", variable.id),
                    )
                    .also(other.place.clone(), "もう一つの質問", "the other question"),
                );
            }
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
        let mut judge = |condition: &Option<Condition>, earlier: &BTreeMap<String, Variable>| {
            let Some(condition) = condition else { return };
            let asked = |scale: &&Scale| scale.items.iter().all(|item| earlier.contains_key(item));
            let scales = survey.scales.iter().filter(asked).map(|scale| scale.id.clone()).collect();
            check::check(condition, &Scope { earlier, all, scales: &scales, all_scales: &all_scales }, diagnostics);
        };
        judge(&page.show_if, &earlier);
        for question in &page.questions {
            judge(&question.show_if, &earlier);
            earlier.extend(question.variables().into_iter().map(|variable| (variable.id.clone(), variable)));
        }
    }
}

fn duplicates<'i>(ids: impl Iterator<Item = (&'i str, &'i Place)>, ja: &str, en: &str, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
        if let Some(first) = seen.get(id) {
            diagnostics.push(
                Diagnostic::error(
                    code::DUPLICATE_ID,
                    place.clone(),
                    format!("{ja}の ID「{id}」が二度使われています。"),
                    format!("The {en} id “{id}” is used twice."),
                )
                .hint("どちらかの ID を変えてください。", "Change one of the two.")
                .also((*first).clone(), "一つ目", "the first one"),
            );
        } else {
            seen.insert(id, place);
        }
    }
}

fn say(diagnostics: &mut Diagnostics, name: Code, place: Place, ja: &str, en: &str) {
    diagnostics.push(Diagnostic::error(name, place, ja, en));
}
