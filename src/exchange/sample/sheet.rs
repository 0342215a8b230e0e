//! What one invented person sends in one wave, as a browser would send it.

use super::plan::{Answering, Item, Plan};
use super::random::{Stream, quantile};
use crate::survey::consent::CONSENT;
use crate::survey::field::{DECLINED, declined_field};
use crate::survey::own_code::OWN_CODE;
use crate::survey::question::{Kind, Need, Question};
use crate::survey::{Measure, OwnCode, Raw, Survey};
use std::collections::BTreeMap;

/// One person of a plan.
pub(super) struct Person<'p> {
    pub(super) plan: &'p Plan,
    /// Its number as the streams know it.
    pub(super) number: usize,
    /// The values of the attributes.
    pub(super) carried: BTreeMap<String, String>,
}

impl Person<'_> {
    /// The stream of something that this person draws.
    pub(super) fn stream(&self, name: &[&str]) -> Stream {
        let number = self.number.to_string();
        let own: Vec<&str> = ["person", number.as_str()].into_iter().chain(name.iter().copied()).collect();
        Stream::new(self.plan.seed, &own)
    }

    /// Where the person stands on every factor in a wave: what stays, what is new, and what the group and the wave bring.
    pub(super) fn factors(&self, survey: &str) -> Vec<f64> {
        let plan = self.plan;
        let draw = |mut stream: Stream| -> Vec<f64> {
            let free: Vec<f64> = plan.factors.iter().map(|_| stream.normal()).collect();
            plan.triangle.iter().map(|row| row.iter().zip(&free).map(|(weight, free)| weight * free).sum()).collect()
        };
        let (stays, new) = (draw(self.stream(&["stays"])), draw(self.stream(&["wave", survey])));
        let shifts = plan.shifts(&|attribute| self.carried.get(attribute).cloned(), survey);
        let (old, fresh) = (plan.stability.sqrt(), (1.0 - plan.stability).sqrt());
        stays.iter().zip(&new).zip(&shifts).map(|((stays, new), shift)| old * stays + fresh * new + shift).collect()
    }

    /// The sheet; `None` for somebody who stops before a question that must be answered, and sends nothing.
    pub(super) fn sheet(&self, survey: &Survey) -> Option<Raw> {
        let factors = self.factors(&survey.id);
        let mut own = self.stream(&["manner", &survey.id]);
        let (stops, line, where_to) = (own.uniform(), own.uniform(), own.uniform());
        let line = (line < self.plan.careless).then(|| own.uniform());
        let questions: Vec<&Question> = survey.questions().collect();
        let end = if stops < self.plan.break_off { 1 + (where_to * questions.len() as f64) as usize } else { questions.len() };
        if questions.iter().skip(end).any(|question| needs_an_answer(question)) {
            return None;
        }
        let mut raw = Raw::new();
        if let Some(consent) = &survey.consent {
            raw.insert(CONSENT.to_owned(), vec![consent.version()]);
        }
        if let Some(code) = &survey.code {
            raw.insert(OWN_CODE.to_owned(), vec![self.code(code)]);
        }
        for question in questions.into_iter().take(end) {
            for variable in question.variables() {
                if let Some(item) = self.plan.items.get(&variable.id) {
                    self.answer(survey, question, item, &factors, line, &mut raw);
                }
            }
        }
        Some(raw)
    }

    fn answer(&self, survey: &Survey, question: &Question, item: &Item, factors: &[f64], line: Option<f64>, raw: &mut Raw) {
        let id = &item.variable.id;
        let mut stream = self.stream(&["item", &survey.id, id]);
        let (left_out, rest) = (stream.uniform(), stream.normal());
        let stand = item.stand(factors) + item.rest * rest;
        if left_out < item.missing && question.need != Need::Required {
            if question.need == Need::Declinable {
                let field = if question.declines_apart() { (declined_field(&question.id), "1") } else { (id.clone(), DECLINED) };
                raw.insert(field.0, vec![field.1.to_owned()]);
            }
            return;
        }
        let values = match &item.answer {
            Answering::Steps(codes, ends) => {
                let at = match line.filter(|_| matches!(item.variable.measure, Measure::Ordinal(_))) {
                    Some(line) => (line * codes.len() as f64) as usize,
                    None => ends.iter().filter(|end| **end < stand).count(),
                };
                codes.get(at).or(codes.last()).cloned().into_iter().collect()
            }
            Answering::Number(mean, sd) => vec![number(&question.kind, mean + sd * stand)],
            Answering::Several(chances) => several(question, item, chances, stand - item.rest * rest, &mut stream),
            Answering::Texts(writing, texts) => {
                if stream.uniform() >= *writing && question.need != Need::Required {
                    return;
                }
                texts.get(stream.below(texts.len())).cloned().into_iter().collect()
            }
        };
        raw.insert(id.clone(), values);
    }

    /// The code that this person makes up, the same in every wave with the same rule.
    fn code(&self, own: &OwnCode) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
        const DIGITS: &[u8] = b"0123456789";
        let rule = own.rule();
        let mut stream = self.stream(&["code", &rule]);
        let pattern = own.pattern.clone().unwrap_or_else(|| {
            // Two digits at the end, as many recipes have them; long enough that hardly any two people have one
            let letters = (own.min_length.max(8) - 2) as usize;
            format!("{}99", "A".repeat(letters))
        });
        let mut pick = |from: &[u8]| char::from(from.get(stream.below(from.len())).copied().unwrap_or(b'A'));
        pattern.chars().map(|place| if place == '9' { pick(DIGITS) } else { pick(LETTERS) }).collect()
    }
}

/// Whether a sheet cannot be sent without this question; one that is only asked of some is taken for one.
fn needs_an_answer(question: &Question) -> bool {
    question.need != Need::Optional && !matches!(question.kind, Kind::Note | Kind::Calculated { .. })
}

/// A number within what the question takes, on its steps.
fn number(kind: &Kind, wanted: f64) -> String {
    let (least, most, decimals) = match kind {
        Kind::Number { minimum, maximum, decimals, .. } => (*minimum, *maximum, *decimals),
        Kind::Slider(slider) => {
            let steps = ((wanted - slider.minimum) / slider.step).round();
            let value = (slider.minimum + steps * slider.step).clamp(slider.minimum, slider.maximum);
            return format!("{value:.*}", slider.decimals() as usize);
        }
        _ => (None, None, 0),
    };
    let text = format!("{wanted:.*}", decimals as usize);
    let within = |value: f64| value.max(least.unwrap_or(f64::MIN)).min(most.unwrap_or(f64::MAX));
    let value = within(text.parse().unwrap_or(wanted));
    format!("{value:.*}", decimals as usize)
}

/// Which of several choices are made: each where its own line is passed, at most as many as may be, one that rules out the others alone.
fn several(question: &Question, item: &Item, chances: &[(String, f64)], stand: f64, stream: &mut Stream) -> Vec<String> {
    let Kind::MultipleChoice { choices, at_most, .. } = &question.kind else { return Vec::new() };
    let mut passed: Vec<(f64, &String)> = Vec::new();
    for (code, share) in chances {
        let over = stand + item.rest * stream.normal() - quantile(1.0 - share);
        passed.push((over, code));
    }
    passed.sort_by(|one, other| other.0.total_cmp(&one.0));
    let alone = |code: &str| choices.iter().any(|choice| choice.id == code && choice.exclusive);
    let least = usize::from(question.need != Need::Optional);
    let most = at_most.map_or(usize::MAX, |most| most as usize);
    let mut made: Vec<String> = Vec::new();
    for (at, (over, code)) in passed.into_iter().enumerate() {
        if (over <= 0.0 && at >= least) || made.len() >= most || (alone(code) && !made.is_empty()) {
            continue;
        }
        made.push(code.clone());
        if alone(code) {
            break;
        }
    }
    made
}
