//! The parts of a worksheet as controls, for the template.

use super::bounds::bounds_of;
use crate::catalog::worksheet::{Field, FieldKind, Holds, Named, Part, PersonLine, SCHOOL, pairs};
use crate::kernels::best_worst::sets;
use crate::language::Text;
use crate::pages::address::Spot;
use crate::pages::edition::Edition;
use crate::pages::render::Markup;
use serde::Serialize;

/// A part.
#[derive(Serialize)]
pub(super) struct PartView {
    id: String,
    kind: &'static str,
    title: String,
    hint: Option<Markup>,
    controls: Vec<ControlView>,
    rows: Vec<RowView>,
    /// Few columns stand as a table, many as blocks.
    layout: &'static str,
    hidden: bool,
    /// How many are picked.
    pick: Option<u32>,
    /// Whether cards go into piles: the script deals them one by one.
    piles: bool,
    families: Vec<FamilyView>,
    points: Vec<String>,
    sets: Vec<SetView>,
}

/// Three things, of which the most and the least important are chosen.
#[derive(Serialize)]
struct SetView {
    label: String,
    name: String,
    items: Vec<OptionView>,
}

/// A row of controls.
#[derive(Serialize)]
struct RowView {
    number: String,
    label: Option<String>,
    /// What its controls are called after.
    named: String,
    later: bool,
    controls: Vec<ControlView>,
}

/// A family of cards, or of items.
#[derive(Serialize)]
struct FamilyView {
    label: Option<String>,
    cards: Vec<CardView>,
}

/// A card with its controls, an item with its scale, a pair.
#[derive(Serialize)]
struct CardView {
    label: String,
    note: Option<String>,
    controls: Vec<ControlView>,
}

/// A control.
#[derive(Serialize, Default)]
pub(super) struct ControlView {
    control: &'static str,
    /// How wide it wants to be in a row.
    size: &'static str,
    /// A keypad of digits has all that it takes: those of phones have no minus.
    keypad: bool,
    name: String,
    id: String,
    label: String,
    hint: Option<String>,
    unit: Option<String>,
    /// The part whose cards are chosen from: the script offers them, on paper there is a line.
    from: Option<String>,
    lines: u32,
    lists: Vec<ListView>,
    /// The part whose lines the script offers: in every row, they would make up a third of the page.
    lines_of: Option<String>,
}

/// What a control offers, under a heading where it has one.
#[derive(Serialize)]
struct ListView {
    label: Option<String>,
    options: Vec<OptionView>,
}

#[derive(Serialize)]
struct OptionView {
    id: String,
    value: String,
    label: String,
    note: Option<String>,
}

/// Makes controls in one language.
pub(super) struct Maker<'a> {
    pub edition: &'a Edition<'a>,
    pub spot: &'a Spot,
}

impl Maker<'_> {
    fn plain(&self, text: &Text) -> String {
        self.edition.plain(text)
    }

    fn say(&self, key: &str) -> String {
        self.edition.say(key).to_owned()
    }

    fn control(&self, control: &'static str, size: &'static str, name: String, label: String) -> ControlView {
        ControlView { control, size, id: format!("f-{}", name.replace(['.', '_'], "-")), name, label, lines: 1, ..ControlView::default() }
    }

    fn options(&self, name: &str, all: &[Named]) -> Vec<OptionView> {
        let id = |value: &str| format!("f-{}-{}", name.replace(['.', '_'], "-"), value.replace('_', "-"));
        let option = |one: &Named| OptionView {
            id: id(&one.id),
            value: one.id.clone(),
            label: self.plain(&one.label),
            note: one.note.as_ref().map(|note| self.plain(note)),
        };
        all.iter().map(option).collect()
    }

    fn field(&self, part: &str, field: &Field) -> ControlView {
        let name = format!("{part}.{}", field.id);
        let (control, size) = match &field.kind {
            FieldKind::Text => ("text", "wide"),
            FieldKind::Long(_) => ("long", "wide"),
            FieldKind::Number(..) => ("number", "small"),
            FieldKind::Month => ("month", "small"),
            FieldKind::Tick => ("tick", "tiny"),
            FieldKind::Choice(_) | FieldKind::Who(_) => ("choice", "middle"),
            FieldKind::Card(_) => ("card", "middle"),
            FieldKind::Lines => ("lines", "small"),
        };
        let mut view = self.control(control, size, name.clone(), self.plain(&field.label));
        view.hint = field.hint.as_ref().map(|hint| self.plain(hint));
        match &field.kind {
            FieldKind::Long(lines) => view.lines = *lines,
            FieldKind::Number(_, _, unit) => view.unit = unit.as_ref().map(|unit| self.plain(unit)),
            FieldKind::Choice(choices) => view.lists = vec![ListView { label: None, options: self.options(&name, choices) }],
            FieldKind::Card(from) => view.from = Some(from.value.clone()),
            FieldKind::Who(from) => view.lines_of = Some(from.value.clone()),
            _ => {}
        }
        view
    }

    /// A part.
    pub(super) fn part(&self, part: &Part) -> PartView {
        let mut view = PartView {
            id: part.id.clone(),
            kind: part.holds.kind(),
            title: self.plain(&part.title),
            hint: part.hint.as_ref().map(|hint| self.edition.inline(self.spot, hint)),
            controls: Vec::new(),
            rows: Vec::new(),
            layout: "table",
            hidden: false,
            pick: None,
            piles: false,
            families: Vec::new(),
            points: Vec::new(),
            sets: Vec::new(),
        };
        let id = &part.id;
        match &part.holds {
            Holds::Fields(fields) | Holds::Prompts(fields) => view.controls = fields.iter().map(|field| self.field(id, field)).collect(),
            Holds::Rows(columns, most, shown) => {
                view.layout = if columns.len() > 5 { "blocks" } else { "table" };
                view.rows = (1..=*most)
                    .map(|row| RowView {
                        number: row.to_string(),
                        label: None,
                        named: row.to_string(),
                        later: row > *shown,
                        controls: columns.iter().map(|column| self.field(&format!("{id}.{row}"), column)).collect(),
                    })
                    .collect();
                view.hidden = most > shown;
            }
            Holds::Points { x, y, categories, most, shown, .. } => {
                view.layout = "points";
                view.rows = (1..=*most).map(|row| self.point(id, row, row > *shown, (x, y), categories)).collect();
                view.hidden = most > shown;
            }
            Holds::Money(..) => self.money(&mut view, part),
            Holds::People(lines) => {
                view.layout = "people";
                view.controls = vec![self.control("tick", "wide", format!("{id}.{SCHOOL}"), self.say("worksheet_people_school"))];
                view.rows = lines.iter().filter(|line| !line.ageless).map(|line| self.person(id, line)).collect();
            }
            Holds::Cards { families, pick, piles, .. } => {
                view.pick = *pick;
                view.piles = !piles.is_empty();
                let family = |(family, cards): &(Named, Vec<Named>)| FamilyView {
                    label: Some(self.plain(&family.label)),
                    cards: cards.iter().map(|card| self.card(part, card)).collect(),
                };
                view.families = families.iter().map(family).collect();
            }
            Holds::Ratings { .. } => self.ratings(&mut view, part),
            Holds::Pairs(items) => {
                let pair = |(a, b): (usize, usize)| {
                    let (a, b) = (&items[a], &items[b]);
                    let name = format!("{id}.{}.{}", a.id, b.id);
                    let mut control = self.control("segments", "wide", name.clone(), self.say("worksheet_pair"));
                    control.lists = vec![ListView { label: None, options: self.options(&name, &[a.clone(), b.clone()]) }];
                    let label = format!("{}{}{}", self.plain(&a.label), self.say("worksheet_or"), self.plain(&b.label));
                    CardView { label, note: None, controls: vec![control] }
                };
                view.families = vec![FamilyView { label: None, cards: pairs(items.len()).map(pair).collect() }];
            }
            Holds::BestWorst(items) => {
                let all = sets(items.len());
                let set = |(at, set): (usize, &[usize; 3])| {
                    let name = format!("{id}.{}", at + 1);
                    let own = set.map(|item| items[item].clone());
                    SetView { label: format!("{} / {}", at + 1, all.len()), items: self.options(&name, &own), name }
                };
                view.sets = all.iter().enumerate().map(set).collect();
            }
        }
        for control in view.controls.iter_mut().chain(view.rows.iter_mut().flat_map(|row| &mut row.controls)) {
            control.keypad = keypad(part, control);
        }
        for card in view.families.iter_mut().flat_map(|family| &mut family.cards) {
            card.controls.iter_mut().for_each(|control| control.keypad = keypad(part, control));
        }
        view
    }

    fn point(&self, id: &str, row: u32, later: bool, (x, y): (&Text, &Text), categories: &[Named]) -> RowView {
        let name = |column: &str| format!("{id}.{row}.{column}");
        let mut category = self.control("choice", "middle", name("category"), self.say("worksheet_category"));
        category.lists = vec![ListView { label: None, options: self.options(&category.name, categories) }];
        RowView {
            number: row.to_string(),
            label: None,
            named: row.to_string(),
            later,
            controls: vec![
                self.control("number", "small", name("x"), self.plain(x)),
                self.control("number", "small", name("y"), self.plain(y)),
                self.control("text", "wide", name("event"), self.say("worksheet_event")),
                category,
                self.control("text", "wide", name("feeling"), self.say("worksheet_feeling")),
                self.control("tick", "tiny", name("future"), self.say("worksheet_future")),
                self.control("tick", "private", name("private"), self.say("worksheet_private")),
            ],
        }
    }

    fn person(&self, id: &str, line: &PersonLine) -> RowView {
        let name = |column: &str| format!("{id}.{}.{column}", line.named.id);
        let label = self.plain(&line.named.label);
        RowView {
            number: String::new(),
            label: Some(label.clone()),
            named: label,
            later: false,
            controls: vec![
                self.control("text", "wide", name("name"), self.say("worksheet_people_name")),
                self.control("birth", "middle", name("born"), self.say("worksheet_people_born")),
            ],
        }
    }

    fn money(&self, view: &mut PartView, part: &Part) {
        let Holds::Money(lines, more, _) = &part.holds else { return };
        let id = &part.id;
        for (field, key, unit) in [
            ("start", "worksheet_money_start", None),
            ("age", "worksheet_money_age", None),
            ("years", "worksheet_money_years", None),
            ("savings", "worksheet_money_savings", Some("worksheet_money_unit")),
            ("rate", "worksheet_money_rate", Some("worksheet_percent")),
        ] {
            let mut control = self.control("number", "small", format!("{id}.{field}"), self.say(key));
            control.unit = unit.map(|unit| self.say(unit));
            view.controls.push(control);
        }
        for (income, side) in [(true, "in"), (false, "out")] {
            let known = lines.iter().filter(|line| line.income == income).map(|line| (line.id.clone(), Some(self.plain(&line.label))));
            let own = (1..=*more).map(|number| (format!("{side}{number}"), None));
            let other = self.say(if income { "worksheet_money_other_in" } else { "worksheet_money_other_out" });
            for (line, label) in known.chain(own) {
                let name = |column: &str| format!("{id}.{line}.{column}");
                let mut controls = Vec::new();
                // Lines of one’s own are told apart by number, as the table of what may be otherwise speaks of them
                let named = label.clone().unwrap_or_else(|| format!("{other} {}", line.trim_start_matches(side)));
                if label.is_none() {
                    controls.push(self.control("text", "wide", name("label"), other.clone()));
                }
                for (column, key) in [
                    ("amount", "worksheet_money_amount"),
                    ("growth", "worksheet_money_growth"),
                    ("from", "worksheet_money_from"),
                    ("until", "worksheet_money_until"),
                ] {
                    controls.push(self.control("number", "small", name(column), self.say(key)));
                }
                view.rows.push(RowView {
                    number: if income { "A".to_owned() } else { "B".to_owned() },
                    label,
                    named,
                    later: false,
                    controls,
                });
            }
        }
        view.layout = "money";
    }

    fn card(&self, part: &Part, card: &Named) -> CardView {
        let mut controls = Vec::new();
        if let Holds::Cards { pick, piles, others, .. } = &part.holds {
            let name = |what: &str| format!("{}.{}.{what}", part.id, card.id);
            if pick.is_some() {
                controls.push(self.control("pick", "tiny", name("own"), self.plain(&card.label)));
            }
            if !piles.is_empty() {
                // Its card stands before what it asks
                let mut control = self.control("segments", "wide", name("pile"), String::new());
                control.lists = vec![ListView { label: None, options: self.options(&control.name, piles) }];
                controls.push(control);
            }
            if *others {
                controls.push(self.control("number", "tiny", name("others"), self.say("worksheet_others")));
            }
        }
        CardView { label: self.plain(&card.label), note: card.note.as_ref().map(|note| self.plain(note)), controls }
    }

    fn ratings(&self, view: &mut PartView, part: &Part) {
        let Holds::Ratings { groups, items, points } = &part.holds else { return };
        let id = &part.id;
        view.points = points.iter().map(|point| self.plain(point)).collect();
        let scale: Vec<Named> =
            points.iter().enumerate().map(|(at, point)| Named { id: (at + 1).to_string(), label: point.clone(), note: None }).collect();
        let item = |item: &crate::catalog::worksheet::Item| {
            let name = format!("{id}.{}", item.id);
            let mut control = self.control("scale", "wide", name.clone(), String::new());
            control.lists = vec![ListView { label: None, options: self.options(&name, &scale) }];
            CardView { label: self.plain(&item.text), note: None, controls: vec![control] }
        };
        view.families = vec![FamilyView { label: None, cards: items.iter().map(item).collect() }];
        view.rows = groups
            .iter()
            .map(|group| RowView {
                number: String::new(),
                label: Some(self.plain(&group.label)),
                named: self.plain(&group.label),
                later: false,
                controls: [("important", "worksheet_importance"), ("used", "worksheet_used")]
                    .map(|(what, key)| self.control("number", "small", format!("{id}.{}.{what}", group.id), self.say(key)))
                    .into(),
            })
            .collect();
    }
}

fn keypad(part: &Part, control: &ControlView) -> bool {
    control.control == "number" && bounds_of(part, &control.name).0.is_some_and(|least| least >= 0.0)
}
