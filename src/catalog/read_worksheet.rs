//! Reads a worksheet: what a file may look like is said by its shape, here is what its names must lead to.

use super::outcome::{ComposedLine, Compute, Outcome};
use super::read_names::names;
use super::read_worksheet_links;
use super::read_worksheet_sample::sample;
use super::reference::Located;
use super::shape_worksheet::WORKSHEET;
use super::totals::{Fill, Totals};
use super::worksheet::{Field, FieldKind, Holds, Item, MoneyLine, Named, Part, PersonLine, Share, Worksheet};
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::kernels::best_worst::COUNTS;
use crate::language::Language;
use crate::survey::expression::{self, Expression};
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
    read_worksheet_links::check(&sheet, diagnostics);
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
            "who" => located(fields, "from").map_or(FieldKind::Text, FieldKind::Who),
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
            "people" => {
                let lines: Vec<PersonLine> =
                    fields.records("lines").map(|line| PersonLine { named: named(line), ageless: line.flag("ageless") }).collect();
                let places: Vec<Place> = fields.records("lines").map(|line| line.place_of("id")).collect();
                self.duplicates(lines.iter().map(|line| line.named.id.as_str()).zip(&places));
                Holds::People(lines)
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
                    read_worksheet_links::unknown(
                        self.diagnostics,
                        &item.of,
                        ("強み", "strength"),
                        groups.iter().map(|group| group.id.as_str()),
                    );
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
            "cash_flow" => Compute::CashFlow(named("money")?, named("events"), named("scenarios"), named("people")),
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
}
