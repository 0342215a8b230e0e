//! Reads a directory of consultants, and what a site does with one.

use super::consultants::{Consultant, Days, Directory, Hours, Licence, Talks, Value};
use super::read_names::names;
use super::reference::Located;
use super::shape_consultants::CONSULTANTS;
use super::worksheet::Named;
use crate::content::shape::Shape;
use crate::content::{Fields, Node, check, text_of, yaml};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::Language;

/// Names of pages that stand beside those of the people.
pub(super) const RESERVED: [&str; 2] = ["find", "erase"];
/// Digits of a registration number.
const DIGITS: usize = 8;

/// Reads `content/consultants/ID.yaml`.
pub(super) fn directory(id: &str, node: &Node, languages: &[Language], diagnostics: &mut Diagnostics) -> Directory {
    check(node, &Shape::Record(&CONSULTANTS), languages, diagnostics);
    let fields = Fields::of(node);
    let mut reader = Reader { diagnostics };
    let words = |key: &str, reader: &mut Reader<'_>| -> Vec<Named> {
        reader.unique(fields, key);
        fields.records(key).map(named).collect()
    };
    let themes = words("themes", &mut reader);
    let styles = words("styles", &mut reader);
    let lines = words("fields", &mut reader);
    reader.unique(fields, "hours");
    let hours: Vec<Hours> = fields.records("hours").map(|one| reader.hours(one)).collect();
    reader.unique(fields, "values");
    let values: Vec<Value> =
        fields.records("values").map(|one| Value { named: named(one), ask: one.items("ask").iter().map(text_of).collect() }).collect();
    reader.unique(fields, "people");
    let mut directory = Directory {
        id: id.to_owned(),
        place: fields.place_of("title"),
        title: fields.text("title"),
        lead: fields.text("lead"),
        sample: fields.flag("sample"),
        themes,
        styles,
        fields: lines,
        hours,
        values,
        people: Vec::new(),
    };
    directory.people = fields.records("people").map(|one| reader.person(one, &directory)).collect();
    directory
}

/// Reads the `consultants` of a site.
pub(super) fn talks(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Talks {
    let only = fields.node("only").map(|_| names(fields, "only", diagnostics));
    let briefing = fields.optional_text("briefing");
    if only.is_some() != briefing.is_some() {
        let (here, missing) = if only.is_some() { ("only", "briefing") } else { ("briefing", "only") };
        diagnostics.push(
            Diagnostic::error(
                code::MISSING_KEY,
                fields.place_of(here),
                format!("「{missing}」がありません。"),
                format!("“{missing}” is missing."),
            )
            .hint(
                "数人の名を挙げるときは、その人たちが組織について何を聞いているかも書きます。",
                "Where a site names its few consultants, it also says what they were told of the organisation.",
            ),
        );
    }
    Talks {
        from: Located { value: fields.line("from"), place: fields.place_of("from") },
        only,
        briefing,
        seen_by: fields.text("seen_by"),
        keep_days: fields.integer("keep_days", 180),
    }
}

struct Reader<'a> {
    diagnostics: &'a mut Diagnostics,
}

fn named(fields: Fields<'_>) -> Named {
    Named { id: fields.line("id"), label: fields.text("label"), note: fields.optional_text("note") }
}

impl Reader<'_> {
    /// No id twice in a list.
    fn unique(&mut self, fields: Fields<'_>, key: &str) {
        let mut seen: Vec<(String, Place)> = Vec::new();
        for one in fields.records(key) {
            let (id, place) = (one.line("id"), one.place_of("id"));
            if id.is_empty() {
                continue;
            }
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == id) {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_ID,
                        place,
                        format!("「{id}」が二度使われています。"),
                        format!("“{id}” is used twice."),
                    )
                    .also(first.clone(), "一つ目", "the first one"),
                );
            } else {
                seen.push((id, place));
            }
        }
    }

    fn hours(&mut self, fields: Fields<'_>) -> Hours {
        let on = match fields.line("on").as_str() {
            "weekdays" => Some(Days::Weekdays),
            "weekends" => Some(Days::Weekends),
            _ => None,
        };
        let hours = Hours { named: named(fields), from: fields.time("from"), until: fields.time("until"), on };
        if fields.node("from").is_some() && fields.node("until").is_some() && hours.from >= hours.until {
            self.diagnostics.push(Diagnostic::error(
                code::OUT_OF_RANGE,
                fields.place_of("until"),
                "終わる時刻は、始まる時刻よりあとにします。",
                "It has to end after it begins.",
            ));
        }
        hours
    }

    fn person(&mut self, fields: Fields<'_>, directory: &Directory) -> Consultant {
        let id = fields.line("id");
        if RESERVED.contains(&id.as_str()) || id.contains('/') {
            self.diagnostics.push(
                Diagnostic::error(
                    code::INVALID_ID,
                    fields.place_of("id"),
                    format!("「{id}」は相談員の ID に使えません。"),
                    format!("“{id}” cannot be the id of a consultant."),
                )
                .hint(
                    "半角の小文字・数字・ハイフンで、ほかの名前にしてください。",
                    "Use another name of lower-case letters, digits and hyphens.",
                ),
            );
        }
        let known = |all: &[Named]| -> Vec<String> { all.iter().map(|one| one.id.clone()).collect() };
        let hours: Vec<String> = directory.hours.iter().map(|one| one.named.id.clone()).collect();
        let values: Vec<String> = directory.values.iter().map(|one| one.named.id.clone()).collect();
        let confidential = fields.flag("confidential");
        if fields.node("confidential").is_some() && !confidential {
            self.licence_fault(
                fields.place_of("confidential"),
                "守秘義務を負わない人は、候補に出ません。",
                "Somebody who is not bound to silence is never offered.",
            );
        }
        Consultant {
            place: fields.place_of("id"),
            name: fields.text("name"),
            profile: fields.text("profile"),
            career: fields.items("career").iter().map(text_of).collect(),
            themes: self.known(fields, "themes", &known(&directory.themes), ("テーマ", "theme")),
            styles: self.known(fields, "styles", &known(&directory.styles), ("進め方", "style")),
            fields: self.known(fields, "fields", &known(&directory.fields), ("分野", "field")),
            languages: fields.items("languages").iter().filter_map(Node::scalar).filter_map(Language::from_code).collect(),
            hours: self.known(fields, "hours", &hours, ("時間帯", "time of the week")),
            values: self.values(fields, &values),
            licence: self.licence(fields),
            confidential,
            not_for: names(fields, "not_for", self.diagnostics),
            id,
        }
    }

    /// The ids of a list, those that lead nowhere said and left out.
    fn known(&mut self, fields: Fields<'_>, key: &str, known: &[String], kind: (&str, &str)) -> Vec<String> {
        let names = names(fields, key, self.diagnostics);
        let (there, missing): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| known.contains(&name.value));
        for name in missing {
            self.unknown(&name.value, name.place, kind, known);
        }
        there.into_iter().map(|name| name.value).collect()
    }

    fn values(&mut self, fields: Fields<'_>, known: &[String]) -> std::collections::BTreeMap<String, u32> {
        let mut values = std::collections::BTreeMap::new();
        let Some(yaml::Value::Map(entries)) = fields.node("values").map(|node| &node.value) else { return values };
        for (key, value) in entries {
            if known.contains(&key.text) {
                values.extend(value.scalar().and_then(|text| text.parse().ok()).map(|number: u32| (key.text.clone(), number)));
            } else {
                self.unknown(&key.text, key.place.clone(), ("価値観", "value"), known);
            }
        }
        values
    }

    fn unknown(&mut self, id: &str, place: Place, (ja, en): (&str, &str), known: &[String]) {
        let fault =
            Diagnostic::error(code::UNKNOWN_REFERENCE, place, format!("{ja}「{id}」はありません。"), format!("There is no {en} “{id}”."));
        self.diagnostics.push(match closest(id, known.iter().map(String::as_str)) {
            Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => fault.hint(format!("いまあるのは {} です。", known.join("、")), format!("What there is: {}.", known.join(", "))),
        });
    }

    fn licence(&mut self, fields: Fields<'_>) -> Option<Licence> {
        let Some(own) = fields.record("licence") else {
            self.licence_fault(
                fields.place_of("id"),
                "国家資格の登録が書かれていないので、候補に出ません。",
                "Without the national licence this person is never offered.",
            );
            return None;
        };
        let number = own.line("number");
        if number.len() != DIGITS || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            self.licence_fault(own.place_of("number"), "登録番号は 8 桁の数字です。", "A registration number has eight digits.");
        }
        Some(Licence { number, until: own.optional_day("until")?, place: own.place_of("until") })
    }

    fn licence_fault(&mut self, place: Place, ja: &str, en: &str) {
        self.diagnostics.push(Diagnostic::warning(code::LICENCE, place, ja, en));
    }
}
