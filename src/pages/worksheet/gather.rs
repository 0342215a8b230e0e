//! From what is written on a sheet to the input of a kernel. The script gathers the same way.

use super::bounds::{bounds_of, within};
use super::written::{Values, month, number, numbers, whole, words};
use crate::catalog::outcome::{Compute, Outcome};
use crate::catalog::worksheet::{ENDS, Field, FieldKind, Holds, Named, Worksheet, pairs};
use crate::kernels::best_worst::sets;
use crate::language::{Language, Text};
use serde_json::{Map, Value as Json, json};

/// Words by which a line of one’s own is known to be about children and what they learn.
const CHILDREN: [&str; 14] =
    ["子ども", "こども", "子供", "教育", "学費", "塾", "保育", "child", "school", "educat", "tuition", "university", "college", "nursery"];

/// Whether a line that somebody added is about children.
fn about_children(label: Option<&String>) -> bool {
    let label = label.map(|label| label.to_lowercase()).unwrap_or_default();
    CHILDREN.iter().any(|word| label.contains(word))
}

/// A sheet as somebody filled it in.
pub(super) struct Filled<'a> {
    pub sheet: &'a Worksheet,
    pub values: &'a Values,
    pub language: Language,
}

impl Filled<'_> {
    /// What stands in a field, without space around it.
    pub(super) fn written(&self, name: &str) -> Option<&String> {
        self.values.get(name).filter(|value| !value.trim().is_empty())
    }

    /// The number in a field; one outside its bounds counts as not written.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        let part = self.sheet.part(name.split('.').next()?)?;
        number(self.written(name)).filter(|value| within(*value, bounds_of(part, name)))
    }

    pub(super) fn ticked(&self, name: &str) -> bool {
        self.written(name).is_some()
    }

    pub(super) fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.language)
    }

    pub(super) fn holds(&self, part: &str) -> Option<&Holds> {
        self.sheet.part(part).map(|part| &part.holds)
    }

    /// The rows of a table in which anything is written, by their numbers.
    pub(super) fn rows(&self, part: &str) -> Vec<u32> {
        let Some(Holds::Rows(columns, most, _)) = self.holds(part) else { return Vec::new() };
        let used = |row: &u32| columns.iter().any(|column| self.written(&format!("{part}.{row}.{}", column.id)).is_some());
        (1..=*most).filter(used).collect()
    }

    pub(super) fn cell(&self, part: &str, row: u32, column: &str) -> Option<&String> {
        self.written(&format!("{part}.{row}.{column}"))
    }

    pub(super) fn figure(&self, part: &str, row: u32, column: &str) -> Option<f64> {
        self.number(&format!("{part}.{row}.{column}"))
    }

    /// The input of a result’s kernel.
    pub(super) fn input(&self, result: &Outcome) -> Json {
        match &result.compute {
            Compute::Overlap(circles) => self.overlap([&circles[0].value, &circles[1].value, &circles[2].value]),
            Compute::Johari(cards) => self.johari(&cards.value),
            Compute::Ranking(cards, top) => self.ranking(&cards.value, &top.value),
            Compute::UseGap(ratings) => self.use_gap(&ratings.value),
            Compute::CashFlow(money, events, scenarios, people) => {
                let [events, scenarios, people] = [events, scenarios, people].map(|part| part.as_ref().map(|one| one.value.as_str()));
                self.cash_flow(&money.value, events, scenarios, people)
            }
            Compute::Paired(part) => self.paired(&part.value),
            Compute::BestWorst(part) => self.best_worst(&part.value),
            Compute::Timeline(rows, _) => self.timeline(&rows.value),
            Compute::Lifeline(points) => self.lifeline(&points.value),
            Compute::Compose(lines) => {
                let lines = lines.iter().map(|line| {
                    let each = line.each.as_ref().map(|each| each.value.as_str());
                    let own = line.unless.as_ref().and_then(|unless| unless.value.split_once('.'));
                    let left_out = own.is_some_and(|(part, field)| !self.said(part, field).is_empty());
                    let rows = if left_out { Vec::new() } else { self.composed(self.text(&line.template), each) };
                    json!({"template": self.text(&line.template), "rows": rows})
                });
                json!({"japanese": self.language == Language::Japanese, "lines": lines.collect::<Vec<_>>()})
            }
            Compute::Recurring(prompts, words) => {
                let Some(Holds::Prompts(all)) = self.holds(&prompts.value) else { return Json::Null };
                let texts: Vec<&String> =
                    all.iter().filter_map(|prompt| self.written(&format!("{}.{}", prompts.value, prompt.id))).collect();
                let rows = self.rows(&words.value);
                let words: Vec<&String> = rows.into_iter().filter_map(|row| self.cell(&words.value, row, "word")).collect();
                json!({"texts": texts, "words": words})
            }
            Compute::Value { .. } => Json::Null,
        }
    }

    fn overlap(&self, circles: [&String; 3]) -> Json {
        let mut lines = Vec::new();
        let mut places: Vec<(usize, i32)> = Vec::new();
        for (circle, part) in circles.iter().enumerate() {
            for row in self.rows(part).into_iter().filter(|row| self.cell(part, *row, "line").is_some()) {
                lines.push(circle);
                places.push((circle, i32::try_from(row).unwrap_or(0)));
            }
        }
        let mut links = Vec::new();
        for (at, (circle, row)) in places.iter().enumerate() {
            for other in 0..*circle {
                let joined = numbers(self.written(&format!("{}.{row}.with_{}", circles[*circle], other + 1)));
                links.extend(joined.iter().filter_map(|line| places.iter().position(|place| *place == (other, *line))).map(|to| (at, to)));
            }
        }
        json!({"lines": lines, "links": links})
    }

    fn johari(&self, part: &str) -> Json {
        let Some(Holds::Cards { families, .. }) = self.holds(part) else { return Json::Null };
        let card = |family: &Named, card: &Named| {
            let others = self.number(&format!("{part}.{}.others", card.id)).unwrap_or(0.0);
            json!({"id": card.id, "family": family.id, "own": self.ticked(&format!("{part}.{}.own", card.id)), "others": others as u32})
        };
        families.iter().flat_map(|(family, cards)| cards.iter().map(move |one| card(family, one))).collect()
    }

    fn ranking(&self, part: &str, top: &str) -> Json {
        let Some(Holds::Cards { families, piles, .. }) = self.holds(part) else { return Json::Null };
        let card = |family: &Named, card: &Named| {
            let pile = self.written(&format!("{part}.{}.pile", card.id));
            json!({"family": family.id, "pile": pile.and_then(|pile| piles.iter().position(|one| one.id == *pile))})
        };
        let cards: Vec<Json> = families.iter().flat_map(|(family, cards)| cards.iter().map(move |one| card(family, one))).collect();
        let ranked = |row: u32| Some(json!({"id": self.cell(top, row, "card")?, "lived": self.figure(top, row, "lived")}));
        json!({"cards": cards, "top": self.rows(top).into_iter().filter_map(ranked).collect::<Vec<_>>()})
    }

    fn use_gap(&self, part: &str) -> Json {
        let Some(Holds::Ratings { groups, items, points }) = self.holds(part) else { return Json::Null };
        let group = |group: &Named| {
            let own = items.iter().filter(|item| item.of.value == group.id);
            let items: Vec<Json> =
                own.map(|item| json!({"score": self.number(&format!("{part}.{}", item.id)), "reverse": item.reverse})).collect();
            let asked = |what: &str| self.number(&format!("{part}.{}.{what}", group.id));
            json!({"id": group.id, "items": items, "important": asked("important"), "used": asked("used")})
        };
        json!({"points": points.len() as f64, "groups": groups.iter().map(group).collect::<Vec<_>>()})
    }

    fn cash_flow(&self, part: &str, events: Option<&str>, scenarios: Option<&str>, people: Option<&str>) -> Json {
        let Some(Holds::Money(lines, more, most)) = self.holds(part) else { return Json::Null };
        let of = |name: &str| self.number(&format!("{part}.{name}"));
        let year_of = |name: &str| of(name).map(whole);
        let Some(start) = year_of("start") else { return Json::Null };
        let known = lines.iter().map(|line| (line.id.clone(), line.income, line.children));
        let own = [("in", true), ("out", false)]
            .into_iter()
            .flat_map(|(side, income)| (1..=*more).map(move |at| (format!("{side}{at}"), income)))
            .map(|(id, income)| {
                let children = about_children(self.written(&format!("{part}.{id}.label")));
                (id, income, children)
            });
        let mut ids = Vec::new();
        let mut table = Vec::new();
        for (id, income, children) in known.chain(own) {
            let Some(amount) = of(&format!("{id}.amount")) else { continue };
            let growth = of(&format!("{id}.growth")).unwrap_or(0.0);
            let (from, until) = (year_of(&format!("{id}.from")), year_of(&format!("{id}.until")));
            table.push(json!({"income": income, "amount": amount, "growth": growth, "from": from, "until": until, "children": children}));
            ids.push(id);
        }
        // What costs nothing costs 0; what cannot be read stays out, and the page says so
        let event = |part: &str, row: u32| {
            let year = self.figure(part, row, "year").map(whole)?;
            let cost = if self.cell(part, row, "cost").is_none() { 0.0 } else { self.figure(part, row, "cost")? };
            Some(json!({"number": row, "year": year, "cost": cost}))
        };
        let events: Vec<Json> =
            events.map(|part| self.rows(part).into_iter().filter_map(|row| event(part, row)).collect()).unwrap_or_default();
        let scenario = |part: &str, row: u32| {
            let year = |column: &str| self.figure(part, row, column).map(whole);
            let line = self.cell(part, row, "stop").and_then(|id| ids.iter().position(|known| known == id));
            let stop =
                line.zip(year("from")).map(|(line, from)| json!({"line": line, "from": from, "until": year("until").unwrap_or(9999)}));
            let moved = year("move").zip(year("to")).map(|(event, to)| json!({"event": event.max(0), "to": to}));
            json!({"rate": self.figure(part, row, "rate"), "stop": stop, "move": moved})
        };
        let scenarios: Vec<Json> =
            scenarios.map(|part| self.rows(part).into_iter().map(|row| scenario(part, row)).collect()).unwrap_or_default();
        let years = of("years").unwrap_or(10.0).clamp(0.0, f64::from(*most));
        json!({
            "start": start, "age": year_of("age").or_else(|| self.own_age(people?, start)), "years": years as u32, "savings": of("savings").unwrap_or(0.0), "rate": of("rate").unwrap_or(0.0),
            "decimals": 0, "lines": table, "events": events, "scenarios": scenarios,
        })
    }

    fn paired(&self, part: &str) -> Json {
        let Some(Holds::Pairs(items)) = self.holds(part) else { return Json::Null };
        let pair = |(a, b): (usize, usize)| {
            let chosen = self.written(&format!("{part}.{}.{}", items[a].id, items[b].id));
            let side = chosen.and_then(|id| if *id == items[a].id { Some(0) } else { (*id == items[b].id).then_some(1) });
            json!([a, b, side])
        };
        json!({"count": items.len(), "pairs": pairs(items.len()).map(pair).collect::<Vec<_>>()})
    }

    fn best_worst(&self, part: &str) -> Json {
        let Some(Holds::BestWorst(items)) = self.holds(part) else { return Json::Null };
        let chosen = |set: usize, end: &str| {
            let id = self.written(&format!("{part}.{set}.{end}"))?;
            items.iter().position(|item| item.id == *id)
        };
        let answers: Vec<Json> = (1..=sets(items.len()).len()).map(|set| json!(ENDS.map(|end| chosen(set, end)))).collect();
        json!({"count": items.len(), "answers": answers})
    }

    /// What a job is called: its role, else where it was, else what was done.
    pub(super) fn role(&self, part: &str, row: u32) -> Option<&String> {
        ["role", "place", "task"].iter().find_map(|column| self.cell(part, row, column))
    }

    /// The rows of a table of jobs that have a name and a beginning; one whose end is empty lasts as long as the latest month that is
    /// written. An end that cannot be read, or lies before the beginning, leaves the row out, and the page says so.
    pub(super) fn jobs(&self, part: &str) -> Vec<(u32, i32, i32)> {
        let months = |row: u32| (month(self.cell(part, row, "from")), month(self.cell(part, row, "to")));
        let rows = self.rows(part);
        let last = rows.iter().flat_map(|row| <[Option<i32>; 2]>::from(months(*row))).flatten().max().unwrap_or(0);
        let job = |row: u32| {
            let (Some(from), to) = months(row) else { return None };
            self.role(part, row)?;
            match (self.cell(part, row, "to"), to) {
                (None, _) => Some((row, from, last.max(from))),
                (Some(_), to) => to.filter(|to| *to >= from).map(|to| (row, from, to)),
            }
        };
        rows.into_iter().filter_map(job).collect()
    }

    fn timeline(&self, part: &str) -> Json {
        let row = |(row, from, to): (u32, i32, i32)| {
            let of = |column: &str| self.figure(part, row, column);
            json!({"from": from, "to": to, "skills": words(self.cell(part, row, "skills")), "feeling": of("feeling"), "level": of("level"),
                "place": self.cell(part, row, "place").map(String::as_str).unwrap_or_default(), "again": self.cell(part, row, "again").is_some()})
        };
        self.jobs(part).into_iter().map(row).collect()
    }

    fn lifeline(&self, part: &str) -> Json {
        let Some(Holds::Points { most, .. }) = self.holds(part) else { return Json::Null };
        let point = |row: u32| {
            let (x, y) = (self.figure(part, row, "x")?, self.figure(part, row, "y")?);
            let category = self.cell(part, row, "category").cloned().unwrap_or_default();
            Some(json!({"x": x, "y": y, "category": category, "future": self.cell(part, row, "future").is_some()}))
        };
        json!({"points": (1..=*most).filter_map(point).collect::<Vec<_>>(), "prominence": 10.0})
    }

    /// What a composed line is filled with: once, or for every row of a table.
    fn composed(&self, template: &str, each: Option<&str>) -> Vec<Json> {
        let holes = template.split('{').skip(1).map(|hole| hole.split('}').next().unwrap_or_default());
        let names: Vec<(&str, bool)> =
            holes.map(|hole| hole.split_once(':').map_or((hole, false), |(name, how)| (name, how == "last"))).collect();
        let row = |row: Option<u32>| {
            let mut filled = Map::new();
            for (name, last) in &names {
                let texts = match (name.split_once('.'), each, row) {
                    (Some((part, field)), ..) if *last => self.latest(part, field),
                    (Some((part, field)), ..) => self.said(part, field),
                    (None, Some(part), Some(row)) => self.shown(part, name, self.cell(part, row, name)).into_iter().collect(),
                    _ => Vec::new(),
                };
                filled.insert((*name).to_owned(), json!(texts));
            }
            Json::Object(filled)
        };
        match each {
            Some(part) => self.rows(part).into_iter().map(|number| row(Some(number))).collect(),
            None => vec![row(None)],
        }
    }

    /// What a column has in the last row whose last column is written: of versions one below the other, the latest.
    fn latest(&self, part: &str, field: &str) -> Vec<String> {
        let Some(Holds::Rows(columns, ..)) = self.holds(part) else { return self.said(part, field) };
        let Some(column) = columns.last() else { return Vec::new() };
        let row = self.rows(part).into_iter().rfind(|row| self.cell(part, *row, &column.id).is_some());
        row.and_then(|row| self.shown(part, field, self.cell(part, row, field))).into_iter().collect()
    }

    /// Everything written in a field of a part, in words.
    fn said(&self, part: &str, field: &str) -> Vec<String> {
        match self.holds(part) {
            Some(Holds::Fields(_) | Holds::Prompts(_)) => {
                self.shown(part, field, self.written(&format!("{part}.{field}"))).into_iter().collect()
            }
            Some(Holds::Rows(..)) => {
                self.rows(part).into_iter().filter_map(|row| self.shown(part, field, self.cell(part, row, field))).collect()
            }
            Some(Holds::Cards { families, .. }) => {
                let cards = families.iter().flat_map(|(_, cards)| cards);
                let own = cards.filter(|card| self.ticked(&format!("{part}.{}.own", card.id)));
                own.map(|card| self.text(&card.label).to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A value as a person reads it: the name of a choice or card instead of its id.
    fn shown(&self, part: &str, field: &str, value: Option<&String>) -> Option<String> {
        let value = value?;
        let (Some(Holds::Fields(fields) | Holds::Prompts(fields)) | Some(Holds::Rows(fields, ..))) = self.holds(part) else { return None };
        let named = |all: &[Named]| all.iter().find(|one| one.id == *value).map(|one| self.text(&one.label).to_owned());
        match fields.iter().find(|one: &&Field| one.id == field).map(|one| &one.kind) {
            Some(FieldKind::Choice(choices)) => named(choices),
            Some(FieldKind::Card(from)) => match self.holds(&from.value) {
                Some(Holds::Cards { families, .. }) => families.iter().find_map(|(_, cards)| named(cards)),
                _ => None,
            },
            Some(_) => Some(value.clone()),
            None => None,
        }
    }
}
