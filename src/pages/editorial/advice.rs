//! What the figures come to, as a page or a report shows it: the figures, the answers, the measures in their order, what would change it.

use crate::advice::{Advice, Change, Judged, Known, Move, Swing, Unknown, advise};
use crate::catalog::{Plan, Report, Target};
use crate::language::{Text, count, number};
use crate::pages::address::Spot;
use crate::pages::edition::{Edition, LinkView};
use crate::pages::render::Markup;
use crate::statistics::Published;
use crate::survey::exhibit::{Class, Exhibit, Kind, Row, Tone};
use crate::survey::figure::{State, Unit};
use crate::survey::span;
use crate::survey::{Figure, exhibit};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the figures come to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AdviceView {
    /// Nothing can be told yet.
    pub open: bool,
    pub states: Vec<StateView>,
    pub note: Option<String>,
    pub steps: Vec<StepView>,
    pub changes: Vec<ChangeView>,
}

/// A question with what the figures say to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StateView {
    text: String,
    answer: Option<String>,
    lines: Vec<String>,
    figures: Vec<String>,
}

/// Measures that come together.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StepView {
    step: &'static str,
    label: String,
    pub measures: Vec<TakenView>,
}

impl StepView {
    /// Whether these are the measures that are not chosen.
    pub(super) fn is_rest(&self) -> bool {
        self.step == "rest"
    }
}

/// A measure with its reasons.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TakenView {
    pub number: usize,
    pub title: String,
    way: Option<LinkView>,
    reasons: Vec<ReasonView>,
}

#[derive(Debug, Clone, Serialize)]
struct ReasonView {
    answer: String,
    text: Option<Markup>,
    given: bool,
}

/// What would change, and what it would come to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ChangeView {
    lines: Vec<String>,
    then: String,
}

/// What a plan tells in a report.
pub(super) struct Told {
    /// The figures that decide.
    pub exhibits: Vec<Exhibit>,
    /// What they come to, in a few words; `None`: nothing yet.
    pub summary: Option<(Text, Text)>,
}

/// What a plan tells in a report.
pub(super) fn told(edition: &Edition<'_>, report: &Report, plan: &Plan, all: &BTreeMap<String, Published>) -> Told {
    let spot = Spot::Content(Target::Report(report.id.clone()));
    let writer = Writer { edition, spot: &spot, plan };
    let (advice, view) = writer.advice(all);
    let mut exhibits = writer.exhibits(&advice);
    exhibits.iter_mut().for_each(|exhibit| exhibit.sample |= report.sample);
    let first = view.steps.iter().find(|step| step.step == "first");
    let names: Option<Vec<String>> = first.map(|step| step.measures.iter().map(|one| format!("{} {}", one.number, one.title)).collect());
    let summary = names.map(|names| {
        let text = edition.fill("plan_then", &[("measures", &names.join(edition.say("list_gap")))]);
        (Text::plain(edition.plain(&plan.title)), Text::plain(text))
    });
    Told { exhibits, summary }
}

/// A plan as one page shows it.
pub(super) struct Writer<'a> {
    pub edition: &'a Edition<'a>,
    pub spot: &'a Spot,
    pub plan: &'a Plan,
}

impl Writer<'_> {
    /// What is known, what it comes to.
    pub(super) fn advice(&self, published: &BTreeMap<String, Published>) -> (Advice, AdviceView) {
        let advice = advise(self.plan, published);
        let answers: Vec<Option<usize>> = advice.questions.iter().map(|judged| judged.answer).collect();
        // Where nothing is decided, the table of all combinations says more
        let changes = advice.changes.iter().filter(|_| advice.says_something());
        let view = AdviceView {
            open: !advice.says_something(),
            states: advice.questions.iter().enumerate().map(|(at, judged)| self.state(at, judged, &advice)).collect(),
            note: self.note(&answers, advice.outcome.led),
            steps: if advice.says_something() { self.steps(&advice.outcome, &answers) } else { Vec::new() },
            changes: changes.map(|change| self.change(change, &advice)).collect(),
        };
        (advice, view)
    }

    /// Why the order is as it is, where that is not plain.
    pub(super) fn note(&self, answers: &[Option<usize>], led: bool) -> Option<String> {
        let open = self.plan.questions.iter().zip(answers).filter(|(_, answer)| answer.is_none());
        let open: Vec<String> = open.map(|(question, _)| self.quoted(&question.text)).collect();
        if !open.is_empty() {
            return (open.len() < answers.len()).then(|| self.edition.fill("plan_partly", &[("questions", &self.joined(&open))]));
        }
        let leading = self.plan.questions.get(self.plan.leads).filter(|_| led && self.plan.questions.len() > 1);
        leading.map(|question| self.edition.fill("plan_led", &[("question", &self.quoted(&question.text))]))
    }

    /// The measures in their order, each with the answers that speak for it.
    pub(super) fn steps(&self, outcome: &crate::advice::Outcome, answers: &[Option<usize>]) -> Vec<StepView> {
        let all = [("first", "plan_first", &outcome.first), ("next", "plan_next", &outcome.next), ("rest", "plan_rest", &outcome.rest)];
        let steps = all.into_iter().filter(|(.., measures)| !measures.is_empty());
        steps
            .map(|(step, label, measures)| StepView {
                step,
                label: self.edition.say(label).to_owned(),
                measures: measures.iter().map(|measure| self.taken(*measure, answers)).collect(),
            })
            .collect()
    }

    fn taken(&self, measure: usize, answers: &[Option<usize>]) -> TakenView {
        let chosen = self.plan.questions.iter().zip(answers).filter_map(|(question, answer)| question.answers.get((*answer)?));
        let reasons = chosen.filter_map(|answer| Some((answer, answer.choose.iter().find(|one| one.measure == measure)?)));
        TakenView {
            number: measure + 1,
            title: self.title(measure),
            way: self.way(measure),
            reasons: reasons
                .map(|(answer, chosen)| ReasonView {
                    answer: self.edition.plain(&answer.label),
                    text: chosen.reason.as_ref().map(|reason| self.edition.inline(self.spot, reason)),
                    given: chosen.given,
                })
                .collect(),
        }
    }

    /// Where a measure begins, if this site has it.
    pub(super) fn way(&self, measure: usize) -> Option<LinkView> {
        let to = &self.plan.measures.get(measure)?.to.as_ref()?.value;
        let page = self.edition.label(to);
        self.edition.has(to).then(|| LinkView::new(self.edition.link(self.spot, to), self.edition.fill("plan_way", &[("page", &page)])))
    }

    pub(super) fn title(&self, measure: usize) -> String {
        self.plan.measures.get(measure).map(|measure| self.edition.plain(&measure.title)).unwrap_or_default()
    }

    fn quoted(&self, text: &Text) -> String {
        self.edition.fill("plan_quoted", &[("text", &self.edition.plain(text))])
    }

    fn joined(&self, all: &[String]) -> String {
        all.join(self.edition.say("list_gap"))
    }

    fn state(&self, at: usize, judged: &Judged, advice: &Advice) -> StateView {
        let edition = self.edition;
        let Some(question) = self.plan.questions.get(at) else {
            return StateView { text: String::new(), answer: None, lines: Vec::new(), figures: Vec::new() };
        };
        let label = |index: usize| question.answers.get(index).map(|answer| self.quoted(&answer.label)).unwrap_or_default();
        let input = |index: usize| self.plan.inputs.get(index).map(|input| self.quoted(&input.label)).unwrap_or_default();
        let bare: Vec<String> = judged.bare.iter().map(|index| input(*index)).collect();
        let mut lines = Vec::new();
        if judged.answer.is_none() {
            for (index, why) in &judged.unknown {
                let key = match why {
                    Unknown::NothingYet => "plan_nothing_yet",
                    Unknown::Held => "plan_held",
                    Unknown::Missing => "plan_missing",
                };
                lines.push(edition.fill(key, &[("input", &input(*index))]));
            }
            if judged.unknown.is_empty() {
                lines.push(edition.fill("plan_coarse", &[("inputs", &self.joined(&bare))]));
            }
        } else if judged.firm() {
            lines.push(edition.say("plan_firm").to_owned());
        } else {
            let others: Vec<String> = judged.possible.iter().filter(|one| judged.answer != Some(**one)).map(|one| label(*one)).collect();
            let others = self.joined(&others);
            lines.push(if bare.is_empty() {
                edition.fill("plan_crossing", &[("others", &others)])
            } else {
                edition.fill("plan_bare", &[("inputs", &self.joined(&bare)), ("others", &others)])
            });
        }
        let named: std::collections::BTreeSet<String> =
            question.answers.iter().flat_map(|answer| span::names(&answer.condition.expression)).collect();
        let spoken = self.plan.inputs.iter().zip(&advice.evidence).filter(|(input, _)| named.contains(&input.id));
        StateView {
            text: edition.plain(&question.text),
            answer: judged.answer.and_then(|index| question.answers.get(index)).map(|answer| edition.plain(&answer.label)),
            lines,
            figures: spoken.filter_map(|(input, known)| Some(self.told(&input.label, known.as_ref().ok()?))).collect(),
        }
    }

    /// A figure with n and interval, in a line.
    fn told(&self, label: &Text, known: &Known) -> String {
        let edition = self.edition;
        let value = value(known);
        let n = known.figure.n.map_or_else(String::new, count);
        let interval = known.interval.map_or_else(String::new, |(low, high)| {
            edition.fill("interval", &[("low", &number(low, decimals(known.unit))), ("high", &number(high, decimals(known.unit)))])
        });
        let parts = [edition.fill("n_people", &[("n", &n)]), interval];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        edition.fill("plan_figure", &[("label", &edition.plain(label)), ("value", &value), ("company", &self.joined(&parts))])
    }

    fn change(&self, change: &Change, advice: &Advice) -> ChangeView {
        let edition = self.edition;
        let question = self.plan.questions.get(change.question);
        let answer = question.and_then(|question| question.answers.get(change.answer));
        let names = [
            ("question", question.map(|question| self.quoted(&question.text)).unwrap_or_default()),
            ("answer", answer.map(|answer| self.quoted(&answer.label)).unwrap_or_default()),
        ];
        let filled = |key: &str| {
            let names: Vec<(&str, &str)> = names.iter().map(|(name, text)| (*name, text.as_str())).collect();
            edition.fill(key, &names)
        };
        let decided = advice.questions.get(change.question).is_some_and(|judged| judged.answer.is_some());
        let mut lines: Vec<String> = change.swings.iter().map(|swing| self.swing(swing, advice)).collect();
        lines.push(match (decided, change.swings.len()) {
            (false, _) => filled("plan_if_open"),
            (true, 0) => filled("plan_if_several"),
            (true, 1) => filled("plan_if"),
            (true, _) => filled("plan_if_any"),
        });
        let first: Vec<String> = change.outcome.first.iter().map(|measure| format!("{} {}", measure + 1, self.title(*measure))).collect();
        let then = match first.as_slice() {
            [] => edition.say("plan_then_none").to_owned(),
            _ if change.outcome.first == advice.outcome.first => edition.say("plan_then_same").to_owned(),
            first => edition.fill("plan_then", &[("measures", &self.joined(first))]),
        };
        ChangeView { lines, then }
    }

    fn swing(&self, swing: &Swing, advice: &Advice) -> String {
        let input = self.plan.inputs.get(swing.input);
        let known = advice.evidence.get(swing.input).and_then(|one| one.as_ref().ok());
        let (value, decimals) = known.map(|known| (value(known), decimals(known.unit))).unwrap_or_default();
        let unit = known.map_or("", |known| if known.unit == Unit::Percent { "%" } else { "" });
        let key = match swing.by {
            Move::AtLeast => "plan_at_least",
            Move::Above => "plan_above",
            Move::AtMost => "plan_at_most",
            Move::Below => "plan_below",
        };
        let input = input.map(|input| self.quoted(&input.label)).unwrap_or_default();
        let threshold = format!("{}{unit}", shortest(swing.threshold, decimals));
        let line = self.edition.fill(key, &[("input", &input), ("threshold", &threshold), ("value", &value)]);
        if swing.within { format!("{line}{}", self.edition.say("plan_within")) } else { line }
    }

    /// The figures that decide, beside the numbers that part them: one exhibit for each scale that they are measured on.
    pub(super) fn exhibits(&self, advice: &Advice) -> Vec<Exhibit> {
        let expressions = self.plan.questions.iter().flat_map(|question| &question.answers).map(|answer| &answer.condition.expression);
        let thresholds = span::thresholds(expressions).unwrap_or_default();
        let mut exhibits: Vec<Exhibit> = Vec::new();
        for (input, known) in self.plan.inputs.iter().zip(&advice.evidence) {
            let Ok(known) = known else { continue };
            let value = (known.point.0 + known.point.1) / 2.0;
            let near = |one: &&f64, two: &&f64| (*one - value).abs().total_cmp(&(*two - value).abs());
            let threshold = thresholds.get(&input.id).and_then(|numbers| numbers.iter().min_by(near));
            let printed =
                |threshold: f64| Figure { printed: Some(shortest(threshold, decimals(known.unit))), ..Figure::of(threshold, State::Given) };
            let row = Row {
                id: input.id.clone(),
                label: input.label.clone(),
                n: known.figure.n,
                figures: vec![known.figure.clone()],
                total: None,
                benchmark: threshold.map(|threshold| printed(*threshold)),
                link: None,
                marked: false,
            };
            match exhibits.iter_mut().find(|exhibit| exhibit.unit == known.unit && exhibit.range == known.range) {
                Some(exhibit) => exhibit.rows.push(row),
                None => exhibits.push(self.exhibit(exhibits.len(), known, row)),
            }
        }
        exhibits
    }

    fn exhibit(&self, at: usize, known: &Known, row: Row) -> Exhibit {
        let edition = self.edition;
        let say = |key: &str| Text::plain(edition.say(key));
        let share = known.unit == Unit::Percent;
        Exhibit {
            id: format!("plan-{}-{}", self.plan.id, at + 1),
            title: say("plan_figures"),
            asked: say(if share { "plan_figures_share" } else { "plan_figures_mean" }),
            row_head: say("plan_input"),
            unit: known.unit,
            range: known.range,
            kind: Kind::Bar,
            classes: vec![Class {
                id: "value".to_owned(),
                label: say(if share { "plan_share" } else { "plan_mean" }),
                tone: Tone::Category(0),
            }],
            rows: vec![row],
            bracket: None,
            benchmark_label: Some(say("plan_threshold")),
            source: Text::default(),
            notes: Vec::new(),
            sample: self.plan.sample,
            details: exhibit::Details { marks: true, ..exhibit::Details::default() },
        }
    }

    /// Where the figures come from: the surveys, with the way to their reports where this site has them.
    pub(super) fn surveys(&self) -> Vec<LinkView> {
        let mut links: Vec<LinkView> = Vec::new();
        let catalog = self.edition.material.catalog;
        for input in &self.plan.inputs {
            let survey = &input.survey.value;
            let report =
                catalog.reports.values().find(|report| report.survey.value == *survey).map(|report| Target::Report(report.id.clone()));
            let own = Target::Survey(survey.clone());
            let label = self.edition.label(&own);
            let target = report.filter(|target| self.edition.has(target)).or(Some(own).filter(|target| self.edition.has(target)));
            let href = target.map(|target| self.edition.link(self.spot, &target));
            let link = LinkView { href, label, current: None };
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }
}

/// How many decimals a figure is told with.
fn decimals(unit: Unit) -> u32 {
    if unit == Unit::Score { 2 } else { 1 }
}

fn value(known: &Known) -> String {
    let unit = if known.unit == Unit::Percent { "%" } else { "" };
    let printed = known.figure.printed.clone();
    format!("{}{unit}", printed.unwrap_or_else(|| number(known.figure.value.unwrap_or(f64::NAN), decimals(known.unit))))
}

/// A number as an author writes it, without zeros at its end.
pub(super) fn shortest(value: f64, decimals: u32) -> String {
    let told = number(value, decimals);
    if told.contains('.') { told.trim_end_matches('0').trim_end_matches('.').to_owned() } else { told }
}
