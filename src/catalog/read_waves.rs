//! Reads all surveys: what each file says, and what it takes from another one (`same_as`). A fault in what was taken is told once,
//! where it stands.

use crate::content::Node;
use crate::content::yaml::Value;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::Language;
use crate::survey::{Survey, read, read_hours};
use std::collections::{BTreeMap, BTreeSet};

/// The days of a survey: its answers are its own, so its days are, too.
const DAYS: [&str; 2] = ["open", "close"];
/// What is never taken from another survey.
const OWN: [&str; 4] = ["same_as", "wave", "open", "close"];

type Documents = BTreeMap<String, Node>;

/// Reads the surveys of these documents, and names those that could not be read because of what they take. `unread` says which files
/// are there and are no documents.
pub(super) fn surveys(
    documents: &Documents,
    unread: &dyn Fn(&str) -> bool,
    languages: &[Language],
    zone: &str,
    diagnostics: &mut Diagnostics,
) -> (BTreeMap<String, Survey>, Vec<String>) {
    let (mut surveys, mut faulty, mut told) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let one = |id: &str, node: &Node| {
        let mut found = Diagnostics::new();
        let mut survey = read::read(id, node, languages, &mut found);
        read_hours::settle(&mut survey, node, zone, &mut found);
        (survey, found)
    };
    let all = |taking: bool| documents.iter().filter(move |(_, node)| same_as(node).is_some() == taking);
    for (id, node) in all(false) {
        let (survey, found) = one(id, node);
        told.insert(id.as_str(), found.clone());
        diagnostics.append(found);
        surveys.insert(id.clone(), survey);
    }
    for (id, node) in all(true) {
        let Some((base, place)) = same_as(node) else { continue };
        match content_of(documents, id, base, place, unread) {
            Ok(content) => {
                own_days(node, content, place, diagnostics);
                let (mut survey, found) = one(id, &filled(node, content));
                if node.get("title").is_none() {
                    survey.place = place.clone();
                }
                let before = told.get(base).map(Diagnostics::sorted).unwrap_or_default();
                for fault in found.sorted().into_iter().filter(|fault| !before.iter().any(|told| is_told(told, content, fault, node))) {
                    let elsewhere = fault.place.file != node.place.file;
                    let fault = fault.clone();
                    diagnostics.push(if elsewhere {
                        fault.also(place.clone(), "これを取るアンケート", "the survey that takes it")
                    } else {
                        fault
                    });
                }
                surveys.insert(id.clone(), survey);
            }
            Err(fault) => {
                fault.into_iter().for_each(|fault| diagnostics.push(*fault));
                faulty.push(id.clone());
            }
        }
    }
    days_of_waves(&surveys, documents, diagnostics);
    (surveys, faulty)
}

/// What a document is the same as, and where it says so.
fn same_as(node: &Node) -> Option<(&str, &Place)> {
    let named = node.get("same_as")?;
    Some((named.scalar()?, &named.place))
}

/// The document that another one takes its content from; `Err(None)` where it is no document, which was said.
fn content_of<'d>(
    documents: &'d Documents,
    id: &str,
    base: &str,
    place: &Place,
    unread: &dyn Fn(&str) -> bool,
) -> Result<&'d Node, Option<Box<Diagnostic>>> {
    let fault = |ja: String, en: String| Diagnostic::error(code::SAME_AS, place.clone(), ja, en);
    let Some(found) = documents.get(base) else {
        if unread(base) {
            return Err(None);
        }
        let fault = Diagnostic::error(
            code::UNKNOWN_REFERENCE,
            place.clone(),
            format!("アンケート「{base}」はありません。"),
            format!("There is no survey “{base}”."),
        );
        return Err(said(match closest(base, documents.keys().map(String::as_str).filter(|known| *known != id)) {
            Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => fault,
        }));
    };
    if base == id {
        return Err(said(
            fault("自分自身からは取れません。".to_owned(), "A survey cannot take its content from itself.".to_owned())
                .hint("はじめの回のアンケートの ID を書いてください。", "Name the survey of the first wave."),
        ));
    }
    let Some((next, further)) = same_as(found) else { return Ok(found) };
    let (mut seen, mut end) = (BTreeSet::from([id, base]), next);
    while seen.insert(end)
        && let Some((next, _)) = documents.get(end).and_then(same_as)
    {
        end = next;
    }
    let also = |fault: Diagnostic| fault.also(further.clone(), "取り先も、ほかから取っている", "it takes its content from elsewhere, too");
    Err(said(also(match documents.get(end) {
        Some(node) if same_as(node).is_none() => fault(
            format!("「{base}」も「{next}」から取っています。もとのアンケートを、じかに書きます。"),
            format!("“{base}” itself takes its content from “{next}”. Name the survey where the content stands."),
        )
        .hint(format!("same_as: {end} と書いてください。"), format!("Write “same_as: {end}”.")),
        Some(_) => fault(
            format!("「{id}」と「{base}」が輪になっていて、内容がどこにもありません。"),
            format!("“{id}” and “{base}” go round in a circle; the content stands nowhere."),
        )
        .hint(
            "一つのアンケートに内容を書き、ほかはそれを same_as で指してください。",
            "Let one survey hold the content, and the others name it with “same_as”.",
        ),
        None => fault(
            format!("「{base}」が取っている「{end}」がありません。"),
            format!("“{base}” takes its content from “{end}”, which does not exist."),
        ),
    })))
}

fn said(fault: Diagnostic) -> Option<Box<Diagnostic>> {
    Some(Box::new(fault))
}

/// A wave has days of its own where the survey that it takes from has some.
fn own_days(node: &Node, content: &Node, place: &Place, diagnostics: &mut Diagnostics) {
    for key in DAYS {
        if let Some(first) = content.get(key).filter(|_| node.get(key).is_none()) {
            diagnostics.push(
                Diagnostic::error(
                    code::SAME_AS,
                    place.clone(),
                    format!("「{key}」は引き継がれません。このアンケートの日を書きます。"),
                    format!("“{key}” is not taken over. This survey needs a day of its own."),
                )
                .hint(format!("「{key}: …」を足してください。"), format!("Add “{key}: …”."))
                .also(first.place.clone(), "もとの日", "the other survey’s day"),
            );
        }
    }
}

/// The document with everything that it takes.
fn filled(node: &Node, content: &Node) -> Node {
    let (Value::Map(own), Value::Map(taken)) = (&node.value, &content.value) else { return node.clone() };
    let more = taken.iter().filter(|(key, _)| node.get(&key.text).is_none() && !OWN.contains(&key.text.as_str()));
    Node { place: node.place.clone(), value: Value::Map(own.iter().chain(more).cloned().collect()) }
}

/// Whether a fault was told of the survey that the content stands in: at the same place, or of the file as a whole.
fn is_told(told: &Diagnostic, content: &Node, fault: &Diagnostic, node: &Node) -> bool {
    let whole = told.place == content.place && fault.place == node.place;
    told.code == fault.code && told.message == fault.message && (told.place == fault.place || whole)
}

/// Waves can be put in order: each has a day, and no two of one kind the same.
fn days_of_waves(surveys: &BTreeMap<String, Survey>, documents: &Documents, diagnostics: &mut Diagnostics) {
    let place = |survey: &Survey| {
        let node = documents.get(&survey.id);
        node.and_then(|node| node.get("wave").or(Some(node))).map_or_else(|| survey.place.clone(), |node| node.place.clone())
    };
    let mut seen: BTreeMap<(&str, _), &Survey> = BTreeMap::new();
    for survey in surveys.values().filter(|survey| survey.wave.is_some()) {
        let Some(begins) = survey.begins() else {
            diagnostics.push(
                Diagnostic::error(
                    code::SAME_AS,
                    place(survey),
                    "この回には日付がないので、ほかの回との前後が分かりません。",
                    "This wave has no day, so its order among the others cannot be told.",
                )
                .hint("open か close を書いてください。", "Write “open” or “close”."),
            );
            continue;
        };
        if let Some(other) = seen.insert((survey.family(), begins), survey) {
            diagnostics.push(
                Diagnostic::error(
                    code::SAME_AS,
                    place(survey),
                    format!("「{}」と同じときに始まるので、回の前後が分かりません。", other.id),
                    format!("It begins when “{}” does, so the order of the waves cannot be told.", other.id),
                )
                .also(place(other), "もう一つの回", "the other wave"),
            );
        }
    }
    for survey in surveys.values().filter(|survey| survey.wave.is_none() && survey.same_as.is_none() && survey.begins().is_some()) {
        let Some(wave) = surveys.values().find(|other| other.wave.is_some() && other.family() == survey.id) else { continue };
        diagnostics.push(
            Diagnostic::warning(
                code::SAME_AS,
                survey.place.clone(),
                format!("「{}」はこのアンケートの回ですが、このアンケートには wave がないので、回の並びに入りません。", wave.id),
                format!("“{}” is a wave of this survey, which has no “wave” itself and is not among them.", wave.id),
            )
            .hint("この回の名前を wave に書いてください。", "Give this one a “wave”, too.")
            .also(place(wave), "回のアンケート", "the wave"),
        );
    }
}
