//! A worksheet: parts to fill in, what is worked out of them, questions to think about.

use super::outcome::Outcome;
use super::reference::Located;
use super::totals::Totals;
use crate::diagnostic::Place;
use crate::kernels::best_worst::sets;
use crate::language::Text;
use crate::survey::licence::Licence;

/// With whom what was written is shared; it is handed over by the person alone, never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// With nobody.
    Nobody,
    /// With the trainer, if one wishes.
    Trainer,
    /// With the group, if one wishes.
    Group,
}

/// A thing with an id and a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// A few words on what it means.
    pub note: Option<Text>,
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines, so many on paper.
    Long(u32),
    /// A number between two bounds, with its unit.
    Number(Option<f64>, Option<f64>, Option<Text>),
    /// A month.
    Month,
    /// A mark.
    Tick,
    /// One of several.
    Choice(Vec<Named>),
    /// A card of a part.
    Card(Located<String>),
    /// Numbers of the lines of other parts.
    Lines,
    /// Whom or what it is about: a line of a part with people.
    Who(Located<String>),
}

/// A field, or a column of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What it asks for.
    pub label: Text,
    /// A few words of help.
    pub hint: Option<Text>,
    /// What it takes.
    pub kind: FieldKind,
}

/// A line of a money table.
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// Whether money comes in.
    pub income: bool,
    /// Whether it goes to children and what they learn.
    pub children: bool,
}

/// Somebody in a plan of the years ahead, or something that stands beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonLine {
    /// Its id and name.
    pub named: Named,
    /// Whether it has no age: a home, work.
    pub ageless: bool,
}

/// An item of a self-assessment.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its words.
    pub text: Text,
    /// The strength it belongs to.
    pub of: Located<String>,
    /// Whether it is turned round.
    pub reverse: bool,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    /// Single fields.
    Fields(Vec<Field>),
    /// Questions that are answered in words.
    Prompts(Vec<Field>),
    /// A table: its columns, how many rows there can be and how many are seen at first.
    Rows(Vec<Field>, u32, u32),
    /// Points of a chart: what is along, what is up with its ends, what they can be about, how many.
    Points {
        /// Along.
        x: Text,
        /// Up.
        y: Text,
        /// The ends of what is up.
        range: (f64, f64),
        /// What a point can be about.
        categories: Vec<Named>,
        /// How many points there can be.
        most: u32,
        /// How many are seen at first.
        shown: u32,
    },
    /// Money: its lines, how many lines of one’s own on each side, how many years.
    Money(Vec<MoneyLine>, u32, u32),
    /// People with their years of birth, oneself first, and things that events are about.
    People(Vec<PersonLine>),
    /// Cards in families; to pick some, to sort into piles, or to count what others picked.
    Cards {
        /// The families with their cards.
        families: Vec<(Named, Vec<Named>)>,
        /// How many are picked.
        pick: Option<u32>,
        /// The piles, the most important first.
        piles: Vec<Named>,
        /// Whether others pick too.
        others: bool,
    },
    /// Items on a scale, grouped into strengths.
    Ratings {
        /// The strengths.
        groups: Vec<Named>,
        /// The items.
        items: Vec<Item>,
        /// The points of the scale, the lowest first.
        points: Vec<Text>,
    },
    /// Things to compare two by two.
    Pairs(Vec<Named>),
    /// Things of which the most and the least important are chosen, three at a time.
    BestWorst(Vec<Named>),
}

/// A part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// How to fill it in.
    pub hint: Option<Text>,
    /// What it holds.
    pub holds: Holds,
}

/// `content/modules/MODULE/worksheets/ID.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Worksheet {
    /// Its id: the name of its file.
    pub id: String,
    /// Where it is defined.
    pub place: Place,
    /// Its title.
    pub title: Text,
    /// One or two sentences.
    pub lead: Text,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// The lesson it belongs to.
    pub lesson: Option<Located<String>>,
    /// With whom it is shared.
    pub share: Share,
    /// What of it a person can add to the totals of a class.
    pub totals: Option<Totals>,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// What is worked out.
    pub results: Vec<Outcome>,
    /// Questions to think about.
    pub reflect: Vec<Text>,
    /// A note on the material: whose words they are, what was not validated.
    pub material: Option<Text>,
    /// Whose words it is made of.
    pub licence: Option<Licence>,
    /// Whether its scales have been validated.
    pub validated: bool,
    /// A made-up person’s sheet: names of fields and what stands in them.
    pub sample: Vec<(String, Text)>,
    /// Its sources.
    pub sources: Vec<Located<String>>,
}

impl Worksheet {
    /// Whether it measures something without having been validated.
    #[must_use]
    pub fn unproven(&self) -> bool {
        self.licence.is_some() && !self.validated && self.parts.iter().any(|part| matches!(part.holds, Holds::Ratings { .. }))
    }

    /// The part with an id.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// The names of all fields, in the order of the page.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.parts.iter().flat_map(Part::names).collect()
    }
}

impl Part {
    /// The names of its fields, in the order of the page.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let own = &self.id;
        match &self.holds {
            Holds::Fields(fields) | Holds::Prompts(fields) => fields.iter().map(|field| format!("{own}.{}", field.id)).collect(),
            Holds::Rows(columns, most, _) => {
                (1..=*most).flat_map(|row| columns.iter().map(move |column| format!("{own}.{row}.{}", column.id))).collect()
            }
            Holds::Points { most, .. } => {
                (1..=*most).flat_map(|row| POINT_COLUMNS.iter().map(move |column| format!("{own}.{row}.{column}"))).collect()
            }
            Holds::Money(lines, more, _) => {
                let mut names: Vec<String> = MONEY_FIELDS.iter().map(|field| format!("{own}.{field}")).collect();
                let ids = lines.iter().map(|line| line.id.clone());
                let own_lines = ["in", "out"].iter().flat_map(|side| (1..=*more).map(move |number| format!("{side}{number}")));
                for line in ids.chain(own_lines) {
                    names.extend(MONEY_COLUMNS.iter().map(|column| format!("{own}.{line}.{column}")));
                }
                names
            }
            Holds::People(lines) => {
                let aged = lines.iter().filter(|line| !line.ageless);
                let own = aged.flat_map(|line| PERSON_COLUMNS.map(|column| format!("{own}.{}.{column}", line.named.id)));
                std::iter::once(format!("{}.{SCHOOL}", self.id)).chain(own).collect()
            }
            Holds::Cards { families, pick, piles, others } => {
                let mut names = Vec::new();
                for card in families.iter().flat_map(|(_, cards)| cards) {
                    names.extend((pick.is_some()).then(|| format!("{own}.{}.own", card.id)));
                    names.extend((!piles.is_empty()).then(|| format!("{own}.{}.pile", card.id)));
                    names.extend(others.then(|| format!("{own}.{}.others", card.id)));
                }
                names
            }
            Holds::Ratings { groups, items, .. } => {
                let mut names: Vec<String> = items.iter().map(|item| format!("{own}.{}", item.id)).collect();
                names.extend(groups.iter().flat_map(|group| ["important", "used"].map(|what| format!("{own}.{}.{what}", group.id))));
                names
            }
            Holds::Pairs(items) => pairs(items.len()).map(|(a, b)| format!("{own}.{}.{}", items[a].id, items[b].id)).collect(),
            Holds::BestWorst(items) => (1..=sets(items.len()).len()).flat_map(|set| ENDS.map(|end| format!("{own}.{set}.{end}"))).collect(),
        }
    }
}

/// The columns of chart points.
pub const POINT_COLUMNS: [&str; 7] = ["x", "y", "event", "category", "feeling", "future", "private"];
/// The columns of a person.
pub const PERSON_COLUMNS: [&str; 2] = ["name", "born"];
/// The mark by which ages are those at the end of a school year.
pub const SCHOOL: &str = "school";
/// The fields of a money table that stand alone.
pub const MONEY_FIELDS: [&str; 5] = ["start", "age", "years", "savings", "rate"];
/// The columns of a line of money.
pub const MONEY_COLUMNS: [&str; 5] = ["label", "amount", "growth", "from", "until"];

/// What is chosen of a set of three.
pub const ENDS: [&str; 2] = ["best", "worst"];

/// Every pair of so many things, in an order in which neighbours share few.
pub fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    // By distance, so that one thing does not stand in all of the first pairs
    (1..count).flat_map(move |apart| (0..count - apart).map(move |first| (first, first + apart)))
}

impl Holds {
    /// The word of its kind, as it is written.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Holds::Fields(_) => "fields",
            Holds::Prompts(_) => "prompts",
            Holds::Rows(..) => "rows",
            Holds::Points { .. } => "points",
            Holds::Money(..) => "money",
            Holds::People(_) => "people",
            Holds::Cards { .. } => "cards",
            Holds::Ratings { .. } => "ratings",
            Holds::Pairs(_) => "pairs",
            Holds::BestWorst(_) => "best_worst",
        }
    }
}

impl Worksheet {
    /// Whether a place of a composed line is filled: `part.field`, for rows `part.column` with all rows or, where the line is repeated
    /// for them, `column`.
    #[must_use]
    pub fn fills(&self, name: &str, each: Option<&str>) -> bool {
        let has = |part: &str, field: &str| {
            self.part(part).is_some_and(|part| match &part.holds {
                Holds::Fields(fields) | Holds::Prompts(fields) | Holds::Rows(fields, ..) => fields.iter().any(|one| one.id == field),
                Holds::Cards { pick: Some(_), .. } => field == "own",
                _ => false,
            })
        };
        match name.split_once('.') {
            Some((part, field)) => has(part, field),
            None => each.is_some_and(|part| has(part, name)),
        }
    }

    /// The number fields that stand alone: `part_field` as expressions call them, and their names.
    #[must_use]
    pub fn numbers(&self) -> Vec<(String, String)> {
        let mut numbers = Vec::new();
        for part in &self.parts {
            if let Holds::Fields(fields) = &part.holds {
                for field in fields.iter().filter(|field| matches!(field.kind, FieldKind::Number(..))) {
                    numbers.push((format!("{}_{}", part.id, field.id), format!("{}.{}", part.id, field.id)));
                }
            }
        }
        numbers
    }
}
