//! A plan's page: the figures and what they come to, the same by hand, all combinations, the measures with strengths and limits.

use super::advice::{AdviceView, StepView, Writer};
use super::told;
use crate::advice::outcome;
use crate::catalog::plan::{Input, Question};
use crate::catalog::{Plan, Target};
use crate::charts::figure_sheet;
use crate::diagnostic::Diagnostics;
use crate::language::Text;
use crate::output::Artifact;
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::exhibit::{ExhibitView, Setting};
use crate::pages::render::Markup;
use crate::statistics::Published;
use crate::survey::compiled::compiled;
use crate::survey::question::Kind;
use crate::survey::span;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct View {
    plan: PlanView,
}

#[derive(Serialize)]
struct PlanView {
    title: String,
    lead: Markup,
    sample: bool,
    surveys: Vec<LinkView>,
    exhibits: Vec<ExhibitView>,
    advice: AdviceView,
    questions: Vec<QuestionView>,
    combinations_title: String,
    combinations: Vec<CombinationView>,
    measures: Vec<MeasureView>,
    ours: Markup,
    rules: String,
}

#[derive(Serialize)]
struct QuestionView {
    id: String,
    text: String,
    hint: Option<Markup>,
    inputs: Vec<InputView>,
    answers: Vec<AnswerView>,
}

#[derive(Serialize)]
struct InputView {
    id: String,
    label: String,
    marks: String,
    /// A keypad of digits has all that it takes.
    keypad: bool,
}

#[derive(Serialize)]
struct AnswerView {
    id: String,
    label: String,
    says: Option<Markup>,
}

#[derive(Serialize)]
struct CombinationView {
    answers: Vec<String>,
    now: bool,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct MeasureView {
    number: usize,
    title: String,
    strength: Markup,
    limit: Markup,
    fits: Option<Markup>,
    way: Option<LinkView>,
}

/// What is answered here stays here, and the page says so to the browser.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'";

/// A plan's page and the files of its figures.
///
/// # Errors
///
/// A fault in the theme's template.
pub fn page(edition: &Edition<'_>, plan: &Plan, published: &BTreeMap<String, Published>) -> Result<Vec<Artifact>, Diagnostics> {
    let target = Target::Plan(plan.id.clone());
    let spot = Spot::Content(target);
    let title = edition.plain(&plan.title);
    let mut page = edition.page_view(&spot, title.clone(), edition.plain(&plan.lead));
    page.policy = POLICY.to_owned();
    page.crumbs = edition.crumbs(&spot, &[Target::Reports], &title);
    page.sources = edition.source_lines(&spot, &plan.sources);
    let writer = Writer { edition, spot: &spot, plan };
    let (advice, view) = writer.advice(published);
    let now: Vec<Option<usize>> = advice.questions.iter().map(|judged| judged.answer).collect();
    let mut artifacts = Vec::new();
    let mut exhibits = Vec::new();
    for (at, exhibit) in writer.exhibits(&advice).iter().enumerate() {
        let stem = format!("{}/figures-{}", edition.path(&spot).trim_end_matches(".html"), at + 1);
        artifacts.extend(edition.exhibit_files(exhibit, &stem)?);
        let sheet = figure_sheet(exhibit, edition.language, &edition.fill("figure", &[("n", &(at + 1).to_string())]));
        artifacts.push(told::as_workbook(&format!("{stem}.xlsx"), &title, &[sheet])?);
        let files = format!("{stem}.html");
        let setting = Setting { spot: &spot, number: Some(at + 1), caption: None, files: &files, own: None, workbook: None };
        exhibits.push(edition.exhibit_view(exhibit, setting));
    }
    let combinations = plan.combinations();
    let view = View {
        plan: PlanView {
            title,
            lead: edition.inline(&spot, &plan.lead),
            sample: plan.sample,
            surveys: writer.surveys(),
            exhibits,
            advice: view,
            questions: plan.questions.iter().map(|question| question_view(&writer, question)).collect(),
            combinations_title: edition.fill("plan_combinations", &[("n", &combinations.len().to_string())]),
            combinations: combinations.iter().map(|answers| combination(&writer, answers, &now)).collect(),
            measures: measures(&writer),
            ours: edition.inline(&spot, &plan.ours),
            rules: live(&writer).to_string(),
        },
    };
    artifacts.push(edition.artifact("plan.html", &spot, &page, &view)?);
    Ok(artifacts)
}

fn question_view(writer: &Writer<'_>, question: &Question) -> QuestionView {
    let (edition, spot) = (writer.edition, writer.spot);
    let expressions = || question.answers.iter().map(|answer| &answer.condition.expression);
    let thresholds = span::thresholds(expressions()).unwrap_or_default();
    let named: std::collections::BTreeSet<String> = expressions().flat_map(span::names).collect();
    let inputs = writer.plan.inputs.iter().filter(|input| named.contains(&input.id));
    let marks = |id: &str| {
        let numbers: Vec<String> = thresholds.get(id).into_iter().flatten().map(|number| super::advice::shortest(*number, 2)).collect();
        edition.fill("plan_marks", &[("numbers", &numbers.join(edition.say("list_gap")))])
    };
    QuestionView {
        id: question.id.clone(),
        text: edition.plain(&question.text),
        hint: question.hint.as_ref().map(|hint| edition.inline(spot, hint)),
        inputs: inputs
            .map(|input| InputView {
                id: input.id.clone(),
                label: edition.plain(&input.label),
                marks: marks(&input.id),
                keypad: ends(edition, input).is_some_and(|(low, _)| low >= 0.0),
            })
            .collect(),
        answers: question
            .answers
            .iter()
            .map(|answer| AnswerView {
                id: answer.id.clone(),
                label: edition.plain(&answer.label),
                says: answer.says.as_ref().map(|says| edition.inline(spot, says)),
            })
            .collect(),
    }
}

/// The ends of what a score is given on, where it has any.
fn ends(edition: &Edition<'_>, input: &Input) -> Option<(f64, f64)> {
    let survey = edition.material.catalog.surveys.get(&input.survey.value)?;
    let id = &input.figure.value;
    if let Some(scale) = survey.scales.iter().find(|scale| scale.id == *id) {
        return Some(scale.range());
    }
    match &survey.question(id)?.kind {
        Kind::Scale(points) => Some((1.0, f64::from(points.count))),
        Kind::Number { minimum, maximum, .. } => (*minimum).zip(*maximum),
        _ => None,
    }
}

/// One way of answering, in a line of the table.
fn combination(writer: &Writer<'_>, answers: &[usize], now: &[Option<usize>]) -> CombinationView {
    let chosen: Vec<Option<usize>> = answers.iter().copied().map(Some).collect();
    let questions = writer.plan.questions.iter().zip(answers);
    let mut steps = writer.steps(&outcome(writer.plan, &chosen), &chosen);
    // What is not chosen is seen from what is
    steps.retain(|step| !step.is_rest());
    CombinationView {
        answers: questions.filter_map(|(question, at)| Some(writer.edition.plain(&question.answers.get(*at)?.label))).collect(),
        now: now == chosen,
        steps,
    }
}

fn measures(writer: &Writer<'_>) -> Vec<MeasureView> {
    let inline = |text| writer.edition.inline(writer.spot, text);
    let all = writer.plan.measures.iter().enumerate();
    all.map(|(at, measure)| MeasureView {
        number: at + 1,
        title: writer.edition.plain(&measure.title),
        strength: inline(&measure.strength),
        limit: inline(&measure.limit),
        fits: measure.fits.as_ref().map(inline),
        way: writer.way(at),
    })
    .collect()
}

/// The phrases that the script says.
const SAID: [&str; 16] = [
    "plan_first",
    "plan_next",
    "plan_rest",
    "plan_led",
    "plan_partly",
    "plan_quoted",
    "plan_ours",
    "plan_order",
    "plan_given",
    "plan_yours",
    "plan_nothing_chosen",
    "plan_from_figures",
    "plan_scores_open",
    "plan_not_score",
    "plan_outside",
    "list_gap",
];

/// The same with the ways that this page leads.
fn live(writer: &Writer<'_>) -> Json {
    let mut rules = rules(writer.edition, writer.plan);
    let ways = (0..writer.plan.measures.len()).map(|at| json!(writer.way(at).map(|way| json!([way.href, way.label]))));
    rules["ways"] = ways.collect();
    rules
}

/// The plan for the script: the same rules, and the words to tell what they come to.
#[must_use]
pub fn rules(edition: &Edition<'_>, plan: &Plan) -> Json {
    let plain = |text: &Text| edition.plain(text);
    let answer = |answer: &crate::catalog::plan::Answer| {
        let chosen = |one: &crate::catalog::plan::Chosen| json!({"measure": one.measure, "reason": one.reason.as_ref().map(plain), "ours": !one.given});
        json!({
            "id": answer.id,
            "label": plain(&answer.label),
            "if": compiled(&answer.condition.expression),
            "choose": answer.choose.iter().map(chosen).collect::<Vec<_>>(),
        })
    };
    let question = |question: &Question| {
        let named: std::collections::BTreeSet<String> =
            question.answers.iter().flat_map(|answer| span::names(&answer.condition.expression)).collect();
        json!({
            "id": question.id,
            "text": plain(&question.text),
            "inputs": named,
            "answers": question.answers.iter().map(answer).collect::<Vec<_>>(),
        })
    };
    let say: serde_json::Map<String, Json> = SAID.iter().map(|key| ((*key).to_owned(), json!(edition.say(key)))).collect();
    let ends: serde_json::Map<String, Json> =
        plan.inputs.iter().filter_map(|input| Some((input.id.clone(), json!(ends(edition, input)?)))).collect();
    json!({
        "ends": ends,
        "leads": plan.leads,
        "measures": plan.measures.iter().map(|measure| plain(&measure.title)).collect::<Vec<_>>(),
        "questions": plan.questions.iter().map(question).collect::<Vec<_>>(),
        "say": say,
    })
}
