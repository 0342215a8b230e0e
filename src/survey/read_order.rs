//! Reads what stands in random order.

use super::definition::{Mode, Survey};
use super::domain::names;
use super::rotation::ROTATION;
use super::shuffle::Shuffle;
use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use std::collections::BTreeSet;

/// The keys under which the parts of a question stand that can be put in order.
const PARTS: [&str; 4] = ["choices", "rows", "items", "cards"];

/// Reads the keys `order` and `pin` of a survey.
pub(super) fn read_order(root: &Node, survey: &mut Survey, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    for (index, (page, known)) in Fields::of(root).records("pages").zip(&survey.pages).enumerate() {
        if is_random(page) {
            let pinned = pinned(page.items("questions"));
            found.push(Shuffle { page: index, question: None, pinned });
        }
        for (question, known) in page.records("questions").zip(&known.questions).filter(|(question, _)| is_random(*question)) {
            let pinned = PARTS.iter().flat_map(|key| pinned(question.items(key))).collect();
            found.push(Shuffle { page: index, question: Some(known.id.clone()), pinned });
        }
    }
    survey.shuffles = found;
    dependants(survey, diagnostics);
    rotations(survey, Fields::of(root), diagnostics);
    let taken = survey.variables();
    for order in survey.order_variables() {
        let Some(variable) = taken.iter().find(|variable| variable.id == order.id) else { continue };
        let place = survey.question(&variable.question).map_or_else(|| survey.place.clone(), |question| question.place.clone());
        diagnostics.push(Diagnostic::error(
            code::DUPLICATE_ID,
            place,
            format!("「{}」は、見えた順を残す列の名前なので、質問には使えません。", order.id),
            format!("“{}” is the column that keeps an order and cannot be a question.", order.id),
        ));
    }
}

/// Whether the fixed orders of a survey are orders of something, each another one, and can be told apart by enough people.
fn rotations(survey: &Survey, fields: Fields<'_>, diagnostics: &mut Diagnostics) {
    let Some(orders) = survey.rotations else { return };
    let place = fields.place_of("rotations");
    let lists = survey.rotated();
    let different: BTreeSet<Vec<&Vec<String>>> =
        (0..orders as usize).map(|at| lists.iter().filter_map(|list| list.orders.get(at)).collect()).collect();
    if different.len() == 1 {
        diagnostics.push(
            Diagnostic::error(
                code::ORDER,
                place.clone(),
                "rotations がありますが、並びの変わるものがありません。",
                "There is “rotations”, but nothing that could change places.",
            )
            .hint(
                "順を変えたいページか質問に order: random と書くか、rotations を消してください。",
                "Write “order: random” at a page or a question, or remove “rotations”.",
            ),
        );
    } else if different.len() < orders as usize {
        let different = different.len();
        diagnostics.push(
            Diagnostic::error(
                code::ORDER,
                place.clone(),
                format!("順を入れ替えても {different} 通りしかできないので、{orders} 通りにはなりません。"),
                format!("What changes places has {different} different orders, not {orders}."),
            )
            .hint(format!("rotations: {different} にしてください。"), format!("Write “rotations: {different}”.")),
        );
    }
    for quota in survey.quotas.iter().filter(|quota| quota.when.is_none()) {
        let most = quota.limit / survey.k.max(1);
        if survey.mode != Mode::Identified && most < orders {
            let (k, limit) = (survey.k, quota.limit);
            let diagnostic = Diagnostic::error(
                code::OUT_OF_RANGE,
                place.clone(),
                format!("回答は {limit} 件までなので、{orders} 通りに分けると、最小人数（k={k}）に届かない順が必ず出ます。"),
                format!("With {limit} answers at most, {orders} orders cannot all have k ({k}) of them."),
            )
            .also(quota.place.clone(), "回答の数の上限", "the most answers taken");
            diagnostics.push(if most < 2 {
                diagnostic.hint("rotations を消してください。", "Remove “rotations”.")
            } else {
                diagnostic.hint(format!("rotations は {most} までにしてください。"), format!("Write “rotations: {most}” at most."))
            });
        }
    }
    let question = survey.questions().find(|one| one.id == ROTATION || one.variables().iter().any(|variable| variable.id == ROTATION));
    let attribute = survey.attributes.iter().find(|attribute| attribute.id == ROTATION);
    if let Some(place) = question.map(|one| &one.place).or(attribute.map(|attribute| &attribute.place)) {
        diagnostics.push(Diagnostic::error(
            code::DUPLICATE_ID,
            place.clone(),
            format!("「{ROTATION}」は、どの順で見たかを残す列の名前なので、質問や属性には使えません。"),
            format!("“{ROTATION}” is the column that keeps which order was seen and cannot be a question or an attribute."),
        ));
    }
}

fn is_random(fields: Fields<'_>) -> bool {
    fields.line("order") == "random"
}

fn pinned(items: &[Node]) -> BTreeSet<String> {
    items.iter().map(Fields::of).filter(|item| item.flag("pin")).map(|item| item.line("id")).collect()
}

/// A question that depends on another one of its page comes after it: both have to keep their places.
fn dependants(survey: &Survey, diagnostics: &mut Diagnostics) {
    for shuffle in survey.shuffles.iter().filter(|shuffle| shuffle.question.is_none()) {
        let Some(page) = survey.pages.get(shuffle.page) else { continue };
        for question in &page.questions {
            let mut named = BTreeSet::new();
            if let Some(condition) = &question.show_if {
                names(&condition.expression, &survey.scales, &mut named);
            }
            let asks = |variables: Vec<super::variable::Variable>| variables.iter().any(|variable| named.contains(&variable.id));
            let loose = |id: &str| !shuffle.pinned.contains(id);
            let on = page.questions.iter().find(|other| asks(other.variables()) && (loose(&other.id) || loose(&question.id)));
            if let (Some(on), Some(condition)) = (on, &question.show_if) {
                diagnostics.push(
                    Diagnostic::error(
                        code::ORDER,
                        condition.place.clone(),
                        format!("順が変わると、質問「{}」が、もとになる「{}」より先に出ることがあります。", question.id, on.id),
                        format!("In random order the question “{}” can come before “{}”, on which it depends.", question.id, on.id),
                    )
                    .hint(
                        "二つとも pin: true で止めるか、別のページに分けてください。",
                        "Write “pin: true” at both, or put them on different pages.",
                    )
                    .also(on.place.clone(), "もとになる質問", "the question it depends on"),
                );
            }
        }
    }
}
