//! The years ahead: how old everybody is in each, and what happens to whom, as lanes of a drawing.

use super::gather::Filled;
use super::written::whole;
use crate::catalog::worksheet::{Holds, PersonLine, SCHOOL};
use crate::kernels::ages::{Birth, Input, ages};
use crate::language::birth_written;
use serde_json::{Value as Json, json};

/// The years that are drawn, and the age of the person at the end of the first one, where it is known.
pub(super) struct Span {
    pub start: i32,
    pub years: u32,
    pub age: Option<i32>,
}

impl Filled<'_> {
    fn lines(&self, people: &str) -> &[PersonLine] {
        match self.holds(people) {
            Some(Holds::People(lines)) => lines,
            _ => &[],
        }
    }

    fn birth(&self, people: &str, line: &PersonLine) -> Option<Birth> {
        let (year, month, day) = birth_written(self.cell_of(people, line, "born")?)?;
        Some(Birth { year, month, day })
    }

    fn cell_of(&self, people: &str, line: &PersonLine, column: &str) -> Option<&String> {
        self.written(&format!("{people}.{}.{column}", line.named.id)).filter(|_| !line.ageless)
    }

    fn ages_of(&self, people: &str, birth: Birth, start: i32, years: u32) -> Vec<Option<i32>> {
        let input = Input { start, years, school: self.ticked(&format!("{people}.{SCHOOL}")), people: vec![birth] };
        ages(&input).pop().unwrap_or_default()
    }

    /// How old the person of the sheet is in the first year, by the year of birth.
    pub(super) fn own_age(&self, people: &str, start: i32) -> Option<i32> {
        let birth = self.birth(people, self.lines(people).iter().find(|line| !line.ageless)?)?;
        *self.ages_of(people, birth, start, 0).first()?
    }

    /// A lane for everybody and everything that anything is written of, in the order of the sheet, and one for events of nobody.
    pub(super) fn lanes(&self, people: &str, events: Option<&str>, span: &Span) -> Vec<Json> {
        let lines = self.lines(people);
        let own = lines.iter().find(|line| !line.ageless).map(|line| &line.named.id);
        let lane = |line: &PersonLine| {
            let ages: Vec<Option<i32>> = match (self.birth(people, line), span.age.filter(|_| own == Some(&line.named.id))) {
                (_, Some(age)) => (0..=span.years).map(|passed| Some(age + i32::try_from(passed).unwrap_or(0))).collect(),
                (Some(birth), None) => self.ages_of(people, birth, span.start, span.years),
                (None, None) => Vec::new(),
            };
            let called = self.cell_of(people, line, "name");
            let happens = self.flags(events, span, &|who| who == Some(&line.named.id));
            let label = called.map_or_else(|| self.text(&line.named.label), String::as_str);
            let known = called.is_some() || !ages.is_empty() || !happens.is_empty();
            known.then(|| json!({"label": label, "ages": ages, "events": happens}))
        };
        let others = self.flags(events, span, &|who| lines.iter().all(|line| Some(&line.named.id) != who));
        let rest = (!others.is_empty()).then(|| json!({"label": "–", "ages": [], "events": others}));
        lines.iter().filter_map(lane).chain(rest).collect()
    }

    /// The events of a lane within the years: in which column, from which one on they are prepared, whether they can move.
    fn flags(&self, events: Option<&str>, span: &Span, of: &dyn Fn(Option<&String>) -> bool) -> Vec<Json> {
        let Some(part) = events else { return Vec::new() };
        let flag = |row: u32| {
            let column = |name: &str| self.figure(part, row, name).map(|year| i64::from(whole(year)) - i64::from(span.start));
            let at = column("year").filter(|at| (0..=i64::from(span.years)).contains(at) && of(self.cell(part, row, "who")))?;
            let from = column("prepare").filter(|from| *from < at).map(|from| from.max(0));
            Some(json!({"number": row, "at": at, "from": from, "movable": self.cell(part, row, "movable").is_some()}))
        };
        self.rows(part).into_iter().filter_map(flag).collect()
    }
}
