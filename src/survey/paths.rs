//! Walks the paths through a survey: which conditions no sheet can meet, which every sheet meets, whether anything is asked at all.
//!
//! For every condition the answers it speaks of are tried in every combination that conditions can tell apart, in the order of
//! asking: an answer is there only where its question can be asked, and required answers on earlier pages are never missing. More
//! than [`MOST_COMBINATIONS`] are not tried; then answers are taken as unknown within their range, those first that matter
//! indirectly only. The same goes for texts and dates that are compared with other answers and for numbers in arithmetic. So a
//! condition can be impossible without being found, for example `years > age` where the years can never exceed it, or two scores
//! that exclude each other by many items. What is found is proven.

use super::answer::{Answer, Answers, Value};
use super::condition::Condition;
use super::definition::{Page, Survey};
use super::domain::{Comparisons, TODAY, names, note, range, todays, values};
use super::possible::{Known, Possible, Ranges};
use super::question::{Kind, Need, Question};
use super::variable::{Measure, Variable};
use crate::language::Day;
use std::collections::{BTreeMap, BTreeSet};

/// The most combinations of answers that are tried for one condition.
pub const MOST_COMBINATIONS: usize = 20_000;

/// What was found about one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// The condition.
    pub condition: &'a Condition,
    /// The page it stands on or decides about.
    pub page: &'a Page,
    /// The question it decides about; `None`: the page.
    pub question: Option<&'a Question>,
    /// What was found.
    pub verdict: Verdict<'a>,
}

/// What was found about a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict<'a> {
    /// It contradicts itself, or the values that its answers can take.
    NeverHolds,
    /// It contradicts the conditions under which its answers are given or its page is seen: these.
    NeverThere(Vec<&'a Condition>),
    /// It always holds.
    AlwaysHolds,
}

/// Where a variable is asked.
struct Asked<'a> {
    page: usize,
    question: &'a Question,
    variable: Variable,
}

/// One variable to be tried out: its values, and whether its question can be left without an answer.
struct Tried<'a> {
    name: String,
    asked: Option<&'a Asked<'a>>,
    values: Vec<Value>,
}

/// What the combinations have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    hold: bool,
    fail: bool,
}

/// Everything that was found about the conditions of a survey, in the order of asking.
#[must_use]
pub fn findings(survey: &Survey) -> Vec<Finding<'_>> {
    let walker = Walker::of(survey);
    let mut found = Vec::new();
    for (index, page) in survey.pages.iter().enumerate() {
        let mut unreachable = false;
        if let Some(condition) = &page.show_if
            && let Some(verdict) = walker.verdict(condition, None, index)
        {
            unreachable = verdict != Verdict::AlwaysHolds;
            found.push(Finding { condition, page, question: None, verdict });
        }
        // What stands on a page that nobody sees was said with the page
        for question in page.questions.iter().filter(|_| !unreachable) {
            if let Some(condition) = &question.show_if
                && let Some(verdict) = walker.verdict(condition, page.show_if.as_ref(), index)
            {
                found.push(Finding { condition, page, question: Some(question), verdict });
            }
        }
    }
    found
}

/// What was found about a condition that is judged by the whole sheet, as that of a quota is.
#[must_use]
pub fn at_the_end<'a>(survey: &'a Survey, condition: &'a Condition) -> Option<Verdict<'a>> {
    Walker::of(survey).verdict(condition, None, survey.pages.len())
}

/// A day on which nothing at all is asked, if there is one: then no answer is there, so every condition is judged without any.
#[must_use]
pub fn nothing_asked(survey: &Survey) -> Option<Day> {
    let mut comparisons = Comparisons::new();
    for condition in conditions(survey) {
        note(&condition.expression, &survey.scales, &mut comparisons);
    }
    let days = comparisons.get(TODAY).map_or_else(
        || vec![Day::default()],
        |today| todays(today, survey.open.map(|open| open.written.day), survey.close.map(|close| close.written.day)).unwrap_or_default(),
    );
    days.into_iter().find(|day| survey.next_page(&Answers::new(), None, *day).is_none())
}

fn conditions(survey: &Survey) -> impl Iterator<Item = &Condition> {
    let of_page = |page| -> Vec<&Condition> {
        let page: &Page = page;
        page.show_if.iter().chain(page.questions.iter().filter_map(|question| question.show_if.as_ref())).collect()
    };
    survey.pages.iter().flat_map(of_page)
}

struct Walker<'a> {
    survey: &'a Survey,
    asked: BTreeMap<String, Asked<'a>>,
    /// Names of variables, in the order of asking.
    order: BTreeMap<String, usize>,
}

impl<'a> Walker<'a> {
    fn of(survey: &'a Survey) -> Walker<'a> {
        let mut asked = BTreeMap::new();
        let mut order = BTreeMap::new();
        for (page, one) in survey.pages.iter().enumerate() {
            for question in &one.questions {
                for variable in question.variables() {
                    order.insert(variable.id.clone(), order.len());
                    asked.insert(variable.id.clone(), Asked { page, question, variable });
                }
            }
        }
        Walker { survey, asked, order }
    }

    fn verdict(&self, condition: &'a Condition, own_page: Option<&'a Condition>, page: usize) -> Option<Verdict<'a>> {
        let alone = self.walk(condition, None, page, false);
        if !alone.hold {
            return Some(Verdict::NeverHolds);
        }
        let there = self.walk(condition, own_page, page, true);
        match (there.hold, there.fail) {
            (false, true) => Some(Verdict::NeverThere(self.behind(condition, own_page))),
            (true, false) => Some(Verdict::AlwaysHolds),
            // Neither: its page is never seen, and that was said
            _ => None,
        }
    }

    /// The conditions that decide whether the answers of a condition are there.
    fn behind(&self, condition: &'a Condition, own_page: Option<&'a Condition>) -> Vec<&'a Condition> {
        let mut named = BTreeSet::new();
        names(&condition.expression, &self.survey.scales, &mut named);
        let mut behind: Vec<&Condition> = own_page.into_iter().collect();
        for asked in named.iter().filter_map(|name| self.asked.get(name)) {
            behind.extend(self.deciding(asked));
        }
        let mut seen = BTreeSet::new();
        behind.retain(|condition| seen.insert(condition.place.clone()));
        behind
    }

    /// The conditions under which a variable is asked.
    fn deciding(&self, asked: &Asked<'a>) -> impl Iterator<Item = &'a Condition> + use<'a> {
        let page = self.survey.pages.get(asked.page).and_then(|page| page.show_if.as_ref());
        page.into_iter().chain(asked.question.show_if.as_ref())
    }

    /// Tries every combination of answers. `there`: answers are there only where their questions can be asked, and only sheets
    /// count that see the page.
    fn walk(&self, condition: &'a Condition, own_page: Option<&'a Condition>, page: usize, there: bool) -> Seen {
        let mut direct = BTreeSet::new();
        names(&condition.expression, &self.survey.scales, &mut direct);
        let mut named = direct.clone();
        let mut deciding: Vec<&Condition> = [Some(condition), own_page].into_iter().flatten().collect();
        if there {
            if let Some(own) = own_page {
                names(&own.expression, &self.survey.scales, &mut named);
            }
            // What decides about an answer lies before it, so this ends
            loop {
                let more: Vec<&Condition> =
                    named.iter().filter_map(|name| self.asked.get(name)).flat_map(|one| self.deciding(one)).collect();
                let before = named.len();
                for condition in &more {
                    names(&condition.expression, &self.survey.scales, &mut named);
                }
                if named.len() == before {
                    deciding.extend(more);
                    break;
                }
            }
        }
        let mut comparisons = Comparisons::new();
        for condition in &deciding {
            note(&condition.expression, &self.survey.scales, &mut comparisons);
        }
        let (tried, unknown) = self.choose(&named, &direct, &comparisons);
        let mut walk = Walk {
            walker: self,
            tried: &tried,
            unknown: &unknown,
            condition,
            own_page,
            page,
            there,
            seen: Seen { hold: false, fail: false },
        };
        walk.step(0, &mut Answers::new(), Day::default());
        walk.seen
    }

    /// Which variables are tried, in the order of asking with the day first, and which are left unknown.
    fn choose(&'a self, named: &BTreeSet<String>, direct: &BTreeSet<String>, comparisons: &Comparisons) -> (Vec<Tried<'a>>, Ranges) {
        let mut tried = Vec::new();
        let mut unknown = BTreeMap::new();
        for name in named {
            let compared = comparisons.get(name).cloned().unwrap_or_default();
            let asked = self.asked.get(name);
            let all = match asked {
                Some(asked) => values(asked.question, &asked.variable, &compared),
                None => todays(&compared, self.survey.open.map(|open| open.written.day), self.survey.close.map(|close| close.written.day))
                    .map(|days| days.into_iter().map(|day| Value::Date(day.to_string())).collect()),
            };
            match all {
                Some(values) => tried.push(Tried { name: name.clone(), asked, values }),
                None => {
                    unknown.insert(name.clone(), asked.and_then(|asked| range(asked.question, &asked.variable)));
                }
            }
        }
        let combinations = |tried: &[Tried<'_>]| tried.iter().fold(1_usize, |all, one| all.saturating_mul(one.values.len() + 1));
        while combinations(&tried) > MOST_COMBINATIONS {
            let costly = |(at, one): &(usize, &Tried<'_>)| (!direct.contains(&one.name), one.values.len(), *at);
            let Some((at, _)) = tried.iter().enumerate().max_by_key(costly) else { break };
            let gone = tried.remove(at);
            unknown.insert(gone.name, gone.asked.and_then(|asked| range(asked.question, &asked.variable)));
        }
        tried.sort_by_key(|one| self.order.get(&one.name).map_or(0, |at| at + 1));
        (tried, unknown)
    }
}

/// One walk through the combinations.
struct Walk<'a, 'w> {
    walker: &'w Walker<'a>,
    tried: &'w [Tried<'w>],
    unknown: &'w Ranges,
    condition: &'w Condition,
    own_page: Option<&'w Condition>,
    page: usize,
    there: bool,
    seen: Seen,
}

impl Walk<'_, '_> {
    fn step(&mut self, at: usize, answers: &mut Answers, today: Day) {
        if self.seen.hold && self.seen.fail {
            return;
        }
        let Some(one) = self.tried.get(at) else { return self.arrive(answers, today) };
        let Some(asked) = one.asked else {
            let days = one.values.iter().filter_map(|value| if let Value::Date(text) = value { Day::parse(text) } else { None });
            days.for_each(|day| self.step(at + 1, answers, day));
            return;
        };
        let shown = if self.there { self.shown(asked, answers, today) } else { Possible::EITHER };
        if shown.hold {
            for value in &one.values {
                answers.insert(one.name.clone(), Answer::Given(value.clone()));
                self.step(at + 1, answers, today);
            }
        }
        let empty = shown.hold && !(self.there && asked.page < self.page && is_certain(asked));
        if shown.fail || empty {
            answers.insert(one.name.clone(), Answer::NotShown);
            self.step(at + 1, answers, today);
        }
        answers.remove(&one.name);
    }

    fn shown(&self, asked: &Asked<'_>, answers: &Answers, today: Day) -> Possible {
        self.walker.deciding(asked).fold(Possible::HOLDS, |all, condition| all.and(self.judge(condition, answers, today)))
    }

    fn judge(&self, condition: &Condition, answers: &Answers, today: Day) -> Possible {
        Known { answers, unknown: self.unknown, scales: &self.walker.survey.scales, today }.judge(&condition.expression)
    }

    fn arrive(&mut self, answers: &Answers, today: Day) {
        let sees = self.own_page.filter(|_| self.there).is_none_or(|page| self.judge(page, answers, today).hold);
        if sees {
            let judged = self.judge(self.condition, answers, today);
            self.seen.hold |= judged.hold;
            self.seen.fail |= judged.fail;
        }
    }
}

/// Whether a variable has an answer wherever its question was asked on a page that was sent.
fn is_certain(asked: &Asked<'_>) -> bool {
    let kind = match &asked.question.kind {
        // «Other» has a text only where it is chosen
        Kind::SingleChoice { .. } | Kind::Dropdown { .. } | Kind::MultipleChoice { .. } => asked.variable.measure != Measure::Text,
        Kind::Ranking { items, top } => *top as usize == items.len(),
        // Rows may stay empty, and what is calculated may be missing
        Kind::Table { .. } | Kind::Calculated { .. } | Kind::Note => false,
        Kind::YesNo { .. }
        | Kind::MultipleGrid { .. }
        | Kind::Scale(_)
        | Kind::Grid { .. }
        | Kind::Recommendation { .. }
        | Kind::Number { .. }
        | Kind::Slider(_)
        | Kind::ShortText { .. }
        | Kind::LongText { .. }
        | Kind::Date { .. }
        | Kind::CardSort { .. }
        | Kind::Allocation { .. }
        | Kind::PairedComparison { .. } => true,
    };
    kind && asked.question.need == Need::Required
}
