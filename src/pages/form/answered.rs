//! Answers in words: what was asked and what was answered, for the page before sending.

use super::control::measured;
use crate::language::{Day, Text};
use crate::pages::edition::Edition;
use crate::survey::question::{Item, Kind, OTHER, Question};
use crate::survey::variables::pairs;
use crate::survey::{Answer, Answers, Measure, Value, Variable};

/// What was asked and what was answered, a pair for each row of a grid, one for all else; `None`: nothing. Nothing at all for
/// notes and for values that respondents do not see.
pub(super) fn answers(edition: &Edition<'_>, question: &Question, answers: &Answers) -> Vec<(String, Option<String>)> {
    let told = Told { edition, question, answers };
    let asked = edition.plain(&question.text);
    match &question.kind {
        Kind::Note => Vec::new(),
        Kind::Calculated { show, .. } => {
            let value = told.single().pop().and_then(|(_, answer)| answer);
            value.filter(|_| *show).map(|value| (asked, Some(value))).into_iter().collect()
        }
        Kind::Ranking { .. } | Kind::CardSort { .. } | Kind::Allocation { .. } | Kind::PairedComparison { .. } | Kind::Table { .. } => {
            vec![(asked, told.together())]
        }
        _ => told.single(),
    }
}

struct Told<'a> {
    edition: &'a Edition<'a>,
    question: &'a Question,
    answers: &'a Answers,
}

impl Told<'_> {
    fn given(&self, variable: &str) -> Option<&Value> {
        self.answers.get(variable).and_then(Answer::value)
    }

    fn single(&self) -> Vec<(String, Option<String>)> {
        let other = self.question.other_variable();
        let variables = self.question.variables();
        let own = variables.iter().filter(|variable| variable.id != other);
        own.map(|variable| (self.edition.plain(&variable.label), self.words(self.question, variable))).collect()
    }

    /// The parts of a question in lines.
    fn together(&self) -> Option<String> {
        let variables = self.question.variables();
        if variables.iter().any(|variable| self.answers.get(&variable.id) == Some(&Answer::Declined)) {
            return Some(self.edition.say("decline").to_owned());
        }
        let lines = match &self.question.kind {
            Kind::Ranking { items, .. } => self.ranks(items),
            Kind::CardSort { cards, piles } => self.piles(cards, piles),
            Kind::Allocation { items, unit, .. } => self.points(items, unit.as_ref()),
            Kind::PairedComparison { items } => self.choices(items),
            Kind::Table { columns, at_most } => (1..=*at_most).filter_map(|row| self.row(columns, row)).collect(),
            _ => Vec::new(),
        };
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn ranks(&self, items: &[Item]) -> Vec<String> {
        let rank = |item: &Item| match self.given(&self.question.row_variable(&item.id)) {
            Some(Value::Number(rank)) => rank.parse::<u32>().ok(),
            _ => None,
        };
        let mut ranked: Vec<(u32, &Item)> = items.iter().filter_map(|item| Some((rank(item)?, item))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let line = |(rank, item): (u32, &Item)| {
            self.line(&self.edition.fill("rank", &[("n", &rank.to_string())]), &self.edition.plain(&item.text))
        };
        ranked.into_iter().map(line).collect()
    }

    /// Each pile with its cards.
    fn piles(&self, cards: &[Item], piles: &[Item]) -> Vec<String> {
        let on = |pile: &Item| -> Vec<String> {
            let here =
                |card: &&Item| matches!(self.given(&self.question.row_variable(&card.id)), Some(Value::Choice(code)) if *code == pile.id);
            cards.iter().filter(here).map(|card| self.edition.plain(&card.text)).collect()
        };
        let line = |pile: &Item| {
            Some(on(pile))
                .filter(|cards| !cards.is_empty())
                .map(|cards| self.line(&self.edition.plain(&pile.text), &cards.join(self.edition.say("list_gap"))))
        };
        piles.iter().filter_map(line).collect()
    }

    fn points(&self, items: &[Item], unit: Option<&Text>) -> Vec<String> {
        let line = |item: &Item| match self.given(&self.question.row_variable(&item.id)) {
            Some(Value::Number(points)) => {
                let points = measured(points, unit.map(|unit| self.edition.plain(unit)));
                Some(self.line(&self.edition.plain(&item.text), &points))
            }
            _ => None,
        };
        items.iter().filter_map(line).collect()
    }

    fn choices(&self, items: &[Item]) -> Vec<String> {
        let line = |(first, second): (&Item, &Item)| match self.given(&self.question.pair_variable(first, second)) {
            Some(Value::Choice(code)) => {
                let (chosen, other) = if *code == first.id { (first, second) } else { (second, first) };
                let named = [("chosen", self.edition.plain(&chosen.text)), ("other", self.edition.plain(&other.text))];
                Some(self.edition.fill("pair_answer", &named.each_ref().map(|(name, text)| (*name, text.as_str()))))
            }
            _ => None,
        };
        pairs(items).filter_map(line).collect()
    }

    /// The cells of a row of a table that have something in them.
    fn row(&self, columns: &[Question], row: u32) -> Option<String> {
        let cell = |column: &Question| {
            let cell = self.question.cell(row, column);
            let variable = cell.variables().into_iter().next()?;
            Some(self.line(&self.edition.plain(&column.text), &self.words(&cell, &variable)?))
        };
        let cells: Vec<String> = columns.iter().filter_map(cell).collect();
        (!cells.is_empty()).then(|| cells.join("\n"))
    }

    fn line(&self, label: &str, text: &str) -> String {
        self.edition.fill("other_answer", &[("label", label.trim_end_matches(['。', '.', '：', ':'])), ("text", text)])
    }

    /// The answer of a variable of a question, or of a cell.
    fn words(&self, question: &Question, variable: &Variable) -> Option<String> {
        let edition = self.edition;
        let label = |code: &str| {
            let categories = match &variable.measure {
                Measure::Nominal(all) | Measure::Ordinal(all) | Measure::Multiple(all) => all.as_slice(),
                Measure::Number | Measure::Text | Measure::Date | Measure::Order(_) | Measure::Identity => &[],
            };
            let label =
                categories.iter().find(|category| category.code == code).map(|category| edition.plain(&category.label)).unwrap_or_default();
            match (code == OTHER, self.given(&question.other_variable())) {
                (true, Some(Value::Text(text))) => edition.fill("other_answer", &[("label", &label), ("text", text)]),
                _ => label,
            }
        };
        match self.answers.get(&variable.id)? {
            Answer::NotShown | Answer::Skipped => None,
            Answer::Declined => Some(edition.say("decline").to_owned()),
            Answer::Given(Value::Choice(code)) => Some(label(code)),
            Answer::Given(Value::Choices(codes)) => {
                Some(codes.iter().map(|code| label(code)).collect::<Vec<_>>().join(edition.say("list_gap")))
            }
            Answer::Given(Value::Number(text)) => Some(measured(text, unit(question).map(|unit| edition.plain(unit)))),
            Answer::Given(Value::Text(text)) => Some(text.clone()),
            Answer::Given(Value::Date(text)) => Some(Day::parse(text).map_or_else(|| text.clone(), |day| day.in_words(edition.language))),
        }
    }
}

fn unit(question: &Question) -> Option<&Text> {
    match &question.kind {
        Kind::Number { unit, .. } | Kind::Calculated { unit, .. } | Kind::Allocation { unit, .. } => unit.as_ref(),
        Kind::Slider(slider) => slider.unit.as_ref(),
        _ => None,
    }
}
