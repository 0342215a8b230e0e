//! Reads a worksheet: what a file may look like is said by its shape, here is what its names must lead to.

use super::read_names::names;
use super::read_worksheet_sample::sample;
use super::reference::Located;
use super::shape_worksheet::WORKSHEET;
use super::totals::{Fill, Totals};
use super::worksheet::{ComposedLine, Compute, Field, FieldKind, Holds, Item, MoneyLine, Named, Outcome, Part, Share, Worksheet};
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::kernels::best_worst::COUNTS;
use crate::language::Language;
use crate::survey::expression::{self, Expression, Term};
use crate::survey::licence::Licence;

/// Reads `content/modules/MODULE/worksheets/ID.yaml`.
pub(super) fn worksheet(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Worksheet {
    check(node, &Shape::Record(&WORKSHEET), languages, diagnostics);
    let fields = Fields::of(node);
    let mut reader = Reader { diagnostics };
    let parts: Vec<Part> = fields.records("parts").map(|part| reader.part(part)).collect();
    reader.duplicates(parts.iter().map(|part| (part.id.as_str(), &part.place)));
    let results = fields.records("results").filter_map(|result| reader.result(result)).collect();
    let mut sheet = Worksheet {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        minutes: fields.integer("minutes", 1),
        lesson: located(fields, "lesson"),
        share: match fields.line("share").as_str() {
            "trainer" => Share::Trainer,
            "group" => Share::Group,
            _ => Share::Nobody,
        },
        totals: totals(fields),
        parts,
        results,
        reflect: fields.items("reflect").iter().map(text_of).collect(),
        material: fields.optional_text("material"),
        licence: Licence::read(fields),
        validated: fields.flag("validated"),
        sample: Vec::new(),
        sources: names(fields, "sources", reader.diagnostics),
    };
    reader.references(&sheet);
    sheet.sample = sample(&sheet, fields.node("sample"), diagnostics);
    sheet
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
}

fn located(fields: Fields<'_>, key: &str) -> Option<Located<String>> {
    fields.optional_line(key).map(|value| Located { value, place: fields.place_of(key) })
}

fn totals(fields: Fields<'_>) -> Option<Totals> {
    let own = fields.record("totals")?;
    let fill = own.records("fill").filter_map(|one| Some(Fill { question: located(one, "question")?, from: located(one, "from")? }));
    Some(Totals { place: fields.place_of("totals"), survey: located(own, "survey")?, fill: fill.collect() })
}

fn named(fields: Fields<'_>) -> Named {
    Named { id: fields.line("id"), label: fields.text("label"), note: fields.optional_text("note") }
}

fn pair(nodes: &[Node]) -> (f64, f64) {
    let number = |node: Option<&Node>| node.and_then(Node::scalar).and_then(|text| text.parse().ok());
    (number(nodes.first()).unwrap_or(-100.0), number(nodes.get(1)).unwrap_or(100.0))
}

impl Reader<'_> {
    fn say(&mut self, place: &Place, name: crate::diagnostic::Code, ja: String, en: String) {
        self.diagnostics.push(Diagnostic::error(name, place.clone(), ja, en));
    }

    fn duplicates<'i>(&mut self, ids: impl Iterator<Item = (&'i str, &'i Place)>) {
        let mut seen: Vec<(&str, &Place)> = Vec::new();
        for (id, place) in ids.filter(|(id, _)| !id.is_empty()) {
            match seen.iter().find(|(known, _)| *known == id) {
                Some((_, first)) => self.diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_ID,
                        place.clone(),
                        format!("ID「{id}」が二度使われています。"),
                        format!("The id “{id}” is used twice."),
                    )
                    .also((*first).clone(), "一つ目", "the first one"),
                ),
                None => seen.push((id, place)),
            }
        }
    }

    fn nameds(&mut self, fields: Fields<'_>, key: &str) -> Vec<Named> {
        let places: Vec<(String, Place)> = fields.records(key).map(|one| (one.line("id"), one.place_of("id"))).collect();
        self.duplicates(places.iter().map(|(id, place)| (id.as_str(), place)));
        fields.records(key).map(named).collect()
    }

    fn fields(&mut self, fields: Fields<'_>, key: &str) -> Vec<Field> {
        let places: Vec<(String, Place)> = fields.records(key).map(|one| (one.line("id"), one.place_of("id"))).collect();
        self.duplicates(places.iter().map(|(id, place)| (id.as_str(), place)));
        fields.records(key).map(|field| self.field(field)).collect()
    }

    fn field(&mut self, fields: Fields<'_>) -> Field {
        let kind = match fields.line("kind").as_str() {
            "long" => FieldKind::Long(fields.integer("lines", 3)),
            "number" => FieldKind::Number(fields.optional_decimal("least"), fields.optional_decimal("most"), fields.optional_text("unit")),
            "month" => FieldKind::Month,
            "tick" => FieldKind::Tick,
            "choice" => FieldKind::Choice(self.nameds(fields, "choices")),
            "card" => located(fields, "from").map_or(FieldKind::Text, FieldKind::Card),
            "lines" => FieldKind::Lines,
            _ => FieldKind::Text,
        };
        Field { id: fields.line("id"), label: fields.text("label"), hint: fields.optional_text("hint"), kind }
    }

    fn part(&mut self, fields: Fields<'_>) -> Part {
        let holds = match fields.line("kind").as_str() {
            "prompts" => {
                let prompts: Vec<Field> = fields
                    .records("prompts")
                    .map(|prompt| Field {
                        id: prompt.line("id"),
                        label: prompt.text("label"),
                        hint: prompt.optional_text("hint"),
                        kind: FieldKind::Long(prompt.integer("lines", 2)),
                    })
                    .collect();
                let places: Vec<Place> = fields.records("prompts").map(|prompt| prompt.place_of("id")).collect();
                self.duplicates(prompts.iter().map(|prompt| prompt.id.as_str()).zip(&places));
                Holds::Prompts(prompts)
            }
            "rows" => Holds::Rows(self.fields(fields, "columns"), fields.integer("most", 1), fields.integer("shown", 3)),
            "points" => Holds::Points {
                x: fields.text("x"),
                y: fields.text("y"),
                range: pair(fields.items("range")),
                categories: self.nameds(fields, "categories"),
                most: fields.integer("most", 2),
                shown: fields.integer("shown", 5),
            },
            "money" => {
                let line = |line: Fields<'_>| MoneyLine {
                    id: line.line("id"),
                    label: line.text("label"),
                    income: line.line("side") == "in",
                    children: line.flag("children"),
                };
                let places: Vec<Place> = fields.records("lines").map(|line| line.place_of("id")).collect();
                let lines: Vec<MoneyLine> = fields.records("lines").map(line).collect();
                self.duplicates(lines.iter().map(|line| line.id.as_str()).zip(&places));
                Holds::Money(lines, fields.integer("own_lines", 2), fields.integer("years", 20))
            }
            "cards" => {
                let families: Vec<(Named, Vec<Named>)> =
                    fields.records("families").map(|family| (named(family), family.records("cards").map(named).collect())).collect();
                let ids: Vec<(String, Place)> = fields
                    .records("families")
                    .flat_map(|family| family.records("cards").map(|card| (card.line("id"), card.place_of("id"))).collect::<Vec<_>>())
                    .collect();
                self.duplicates(ids.iter().map(|(id, place)| (id.as_str(), place)));
                Holds::Cards {
                    families,
                    pick: fields.optional_integer("pick"),
                    piles: self.nameds(fields, "piles"),
                    others: fields.flag("others"),
                }
            }
            "ratings" => {
                let groups = self.nameds(fields, "groups");
                let items: Vec<Item> = fields
                    .records("items")
                    .map(|item| Item {
                        id: item.line("id"),
                        text: item.text("text"),
                        of: Located { value: item.line("of"), place: item.place_of("of") },
                        reverse: item.flag("reverse"),
                    })
                    .collect();
                let places: Vec<Place> = fields.records("items").map(|item| item.place_of("id")).collect();
                self.duplicates(items.iter().map(|item| item.id.as_str()).zip(&places));
                for item in items.iter().filter(|item| groups.iter().all(|group| group.id != item.of.value)) {
                    self.unknown(&item.of, ("強み", "strength"), groups.iter().map(|group| group.id.as_str()));
                }
                Holds::Ratings { groups, items, points: fields.items("points").iter().map(text_of).collect() }
            }
            "pairs" => Holds::Pairs(self.nameds(fields, "items")),
            "best_worst" => {
                let items = self.nameds(fields, "items");
                // Fewer or more than the shape admits is told there
                if (7..=13).contains(&items.len()) && !COUNTS.contains(&items.len()) {
                    let count = items.len();
                    self.say(
                        &fields.place_of("items"),
                        code::OUT_OF_RANGE,
                        format!("三つずつ比べるものは、7、9、13のどれかの数にします（いまは{count}）。どの二つも一度ずつ並ぶのは、この数だけです。"),
                        format!("Compare 7, 9 or 13 things by threes, not {count}: of these, every two meet exactly once."),
                    );
                }
                Holds::BestWorst(items)
            }
            _ => Holds::Fields(self.fields(fields, "fields")),
        };
        Part { id: fields.line("id"), place: fields.place_of("id"), title: fields.text("title"), hint: fields.optional_text("hint"), holds }
    }

    fn result(&mut self, fields: Fields<'_>) -> Option<Outcome> {
        let named = |key: &str| located(fields, key);
        let compute = match fields.line("compute").as_str() {
            "overlap" => {
                let circles: Vec<Located<String>> = fields
                    .items("circles")
                    .iter()
                    .filter_map(|node| Some(Located { value: node.scalar()?.to_owned(), place: node.place.clone() }))
                    .collect();
                Compute::Overlap(circles.try_into().ok()?)
            }
            "johari" => Compute::Johari(named("cards")?),
            "ranking" => Compute::Ranking(named("cards")?, named("top")?),
            "use_gap" => Compute::UseGap(named("ratings")?),
            "cash_flow" => Compute::CashFlow(named("money")?, named("events"), named("scenarios")),
            "paired" => Compute::Paired(named("pairs")?),
            "best_worst" => Compute::BestWorst(named("sets")?),
            "timeline" => Compute::Timeline(named("rows")?, named("licences")),
            "lifeline" => Compute::Lifeline(named("points")?),
            "compose" => {
                let line = |line: Fields<'_>| ComposedLine {
                    place: line.place_of("line"),
                    template: line.text("line"),
                    each: located(line, "each"),
                    unless: located(line, "unless"),
                };
                Compute::Compose(fields.records("lines").map(line).collect())
            }
            "recurring" => Compute::Recurring(named("prompts")?, named("words")?),
            "value" => Compute::Value {
                place: fields.place_of("expression"),
                expression: self.expression(fields)?,
                unit: fields.optional_text("unit"),
                decimals: fields.integer("decimals", 0),
            },
            _ => return None,
        };
        let own: Vec<String> = fields.items("picture").iter().filter_map(Node::scalar).map(str::to_owned).collect();
        let all: &[&str] = match &compute {
            Compute::Overlap(_) => &["venn", "list"],
            Compute::Johari(_) => &["window", "bars"],
            Compute::Ranking(..) => &["list", "gap"],
            Compute::UseGap(_) => &["bars", "gap", "table"],
            Compute::CashFlow(..) => &["cash_flow", "table"],
            Compute::Paired(_) | Compute::BestWorst(_) => &["bars", "table"],
            Compute::Timeline(..) => &["timeline", "bars", "quadrant", "job_card"],
            Compute::Lifeline(_) => &["life_line", "list"],
            Compute::Compose(_) => &["card"],
            Compute::Recurring(..) => &["bars"],
            Compute::Value { .. } => &["list"],
        };
        let pictures = if own.is_empty() { all.iter().map(|word| (*word).to_owned()).collect() } else { own };
        let heavy = fields.items("heavy").iter().map(text_of).collect();
        Some(Outcome { title: fields.text("title"), hint: fields.optional_text("hint"), compute, pictures, heavy })
    }

    fn expression(&mut self, fields: Fields<'_>) -> Option<Expression> {
        let source = fields.optional_line("expression").filter(|source| !source.trim().is_empty())?;
        match expression::parse(&source) {
            Ok(expression) => Some(expression),
            Err(unreadable) => {
                let (ja, en) =
                    (format!("式を読めません。{}。", unreadable.ja), format!("This expression cannot be read: {}.", unreadable.en));
                self.say(&fields.place_of("expression"), code::CONDITION, ja, en);
                None
            }
        }
    }

    fn unknown<'k>(&mut self, name: &Located<String>, (ja, en): (&str, &str), known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        let id = &name.value;
        let fault = Diagnostic::error(
            code::UNKNOWN_REFERENCE,
            name.place.clone(),
            format!("{ja}「{id}」は、このワークシートにありません。"),
            format!("There is no {en} “{id}” on this worksheet."),
        );
        self.diagnostics.push(match closest(id, known.iter().copied()) {
            Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => fault.hint(format!("いまあるのは {} です。", known.join("、")), format!("What there is: {}.", known.join(", "))),
        });
    }

    /// Every part that is named is there and of the right kind, with the columns that are worked with.
    fn references(&mut self, sheet: &Worksheet) {
        for part in &sheet.parts {
            if let Holds::Fields(fields) | Holds::Rows(fields, ..) = &part.holds {
                for field in fields {
                    if let FieldKind::Card(from) = &field.kind {
                        self.wants(sheet, from, "cards", &[]);
                    }
                }
            }
        }
        for result in &sheet.results {
            match &result.compute {
                Compute::Overlap(circles) => {
                    const JOINED: [&[&str]; 3] = [&["line"], &["line", "with_1"], &["line", "with_1", "with_2"]];
                    circles.iter().zip(JOINED).for_each(|(circle, columns)| self.wants(sheet, circle, "rows", columns));
                }
                Compute::Johari(cards) => self.wants(sheet, cards, "cards", &[]),
                Compute::Ranking(cards, top) => {
                    self.wants(sheet, cards, "cards", &[]);
                    self.wants(sheet, top, "rows", &["card", "lived"]);
                }
                Compute::UseGap(ratings) => self.wants(sheet, ratings, "ratings", &[]),
                Compute::CashFlow(money, events, scenarios) => {
                    self.wants(sheet, money, "money", &[]);
                    events.iter().for_each(|events| self.wants(sheet, events, "rows", &["event", "year", "cost"]));
                    scenarios
                        .iter()
                        .for_each(|rows| self.wants(sheet, rows, "rows", &["name", "rate", "stop", "from", "until", "move", "to"]));
                }
                Compute::Paired(pairs) => self.wants(sheet, pairs, "pairs", &[]),
                Compute::BestWorst(sets) => self.wants(sheet, sets, "best_worst", &[]),
                Compute::Timeline(rows, licences) => {
                    self.wants(sheet, rows, "rows", &["from", "to", "role", "skills", "feeling", "level"]);
                    licences.iter().for_each(|own| self.wants(sheet, own, "rows", &["name", "when"]));
                }
                Compute::Lifeline(points) => self.wants(sheet, points, "points", &[]),
                Compute::Compose(lines) => lines.iter().for_each(|line| self.composed(sheet, line)),
                Compute::Recurring(prompts, words) => {
                    self.wants(sheet, prompts, "prompts", &[]);
                    self.wants(sheet, words, "rows", &["word"]);
                }
                Compute::Value { place, expression, .. } => self.numbers(sheet, expression, place),
            }
        }
    }

    fn wants(&mut self, sheet: &Worksheet, name: &Located<String>, kind: &str, columns: &[&str]) {
        let Some(part) = sheet.part(&name.value) else {
            self.unknown(name, ("部分", "part"), sheet.parts.iter().map(|part| part.id.as_str()));
            return;
        };
        if part.holds.kind() != kind {
            let (id, is) = (&name.value, part.holds.kind());
            self.say(
                &name.place,
                code::UNKNOWN_REFERENCE,
                format!("ここで使えるのは kind: {kind} の部分です。「{id}」は {is} です。"),
                format!("This works with a part of kind: {kind}, and “{id}” is {is}."),
            );
            return;
        }
        let Holds::Rows(own, ..) = &part.holds else { return };
        let absent: Vec<&str> = columns.iter().copied().filter(|column| own.iter().all(|one| one.id != *column)).collect();
        if !absent.is_empty() {
            let (id, absent) = (&name.value, absent.join(", "));
            self.say(
                &name.place,
                code::MISSING_KEY,
                format!("計算に使う列 {absent} が、表「{id}」にありません。"),
                format!("The table “{id}” lacks the columns {absent}, which this works with."),
            );
        }
    }

    /// Every place of a composed line leads to something that is written.
    fn composed(&mut self, sheet: &Worksheet, line: &ComposedLine) {
        if let Some(each) = &line.each {
            self.wants(sheet, each, "rows", &[]);
        }
        if let Some(unless) = line.unless.as_ref().filter(|unless| !sheet.fills(&unless.value, None)) {
            self.unknown(unless, ("欄", "field"), sheet.parts.iter().map(|part| part.id.as_str()));
        }
        for text in Language::ALL.iter().map(|language| line.template.in_language(*language)) {
            for hole in text.split('{').skip(1) {
                let name = hole.split(['}', ':']).next().unwrap_or_default();
                if sheet.fills(name, line.each.as_ref().map(|each| each.value.as_str())) {
                    continue;
                }
                let name = Located { value: name.to_owned(), place: line.place.clone() };
                self.unknown(&name, ("欄", "field"), sheet.parts.iter().map(|part| part.id.as_str()));
            }
        }
    }

    fn numbers(&mut self, sheet: &Worksheet, expression: &Expression, place: &Place) {
        match &expression.term {
            Term::Variable(id) => {
                let numbers: Vec<String> = sheet.numbers().into_iter().map(|(id, _)| id).collect();
                if !numbers.contains(id) {
                    let name = Located { value: id.clone(), place: place.clone() };
                    self.unknown(&name, ("数の欄", "number field"), numbers.iter().map(String::as_str));
                }
            }
            Term::Not(inner) | Term::Negative(inner) => self.numbers(sheet, inner, place),
            Term::Binary(_, left, right) => {
                self.numbers(sheet, left, place);
                self.numbers(sheet, right, place);
            }
            Term::Aggregate(_, parts) => parts.iter().for_each(|part| self.numbers(sheet, part, place)),
            Term::Number(_) | Term::Text(_) | Term::Today | Term::Score(_) | Term::Answered(_) => {}
        }
    }
}
