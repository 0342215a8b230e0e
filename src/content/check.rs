//! Holds a tree of nodes against its description and collects every complaint.

use super::colour::Colour;
use super::scalar::{decimal, is_file_id, is_name_id, is_url, minutes_of_day};
use super::shape::{Choice, Field, Need, Record, Shape, Word, required};
use super::yaml::{Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Day, DayTime, Language};

const DERIVED: Field = required("derived", Shape::Decimal, "公表値から計算した値", "worked out from printed figures");
const GIVEN: Field = required("value", Shape::Decimal, "公表された値", "as printed in the source");
const LOW: Field = required("low", Shape::Decimal, "区間の下の端", "lower end of its interval");
const HIGH: Field = required("high", Shape::Decimal, "区間の上の端", "upper end of its interval");

const fn figure(fields: &'static [Field]) -> Record {
    Record { name: "figure", fields }
}

/// What a figure with more than its number may say: derived or given, without and with its interval.
const FIGURES: [[Record; 2]; 2] = [[figure(&[DERIVED]), figure(&[DERIVED, LOW, HIGH])], [figure(&[GIVEN]), figure(&[GIVEN, LOW, HIGH])]];

/// Says everything that is wrong with a node, from top to bottom.
///
/// `languages` are those of the project, in order: a text that lacks one of them is warned of.
pub fn check(node: &Node, shape: &Shape, languages: &[Language], diagnostics: &mut Diagnostics) {
    Checker { languages, diagnostics }.value(node, shape);
}

struct Checker<'a> {
    languages: &'a [Language],
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn value(&mut self, node: &Node, shape: &Shape) {
        match (shape, &node.value) {
            (_, Value::Null) => self.wrong_type(node, shape),
            (Shape::Text, Value::Scalar(text)) => self.not_empty(node, text),
            (Shape::Text, Value::Map(_)) => self.text(node),
            (Shape::Line, Value::Scalar(text)) => self.not_empty(node, text),
            (Shape::FileId, Value::Scalar(text)) => self.id(
                node,
                text,
                is_file_id(text),
                "半角の小文字・数字・ハイフンだけを使います",
                "lower-case letters, digits and hyphens",
            ),
            (Shape::NameId, Value::Scalar(text)) => {
                self.id(
                    node,
                    text,
                    is_name_id(text),
                    "半角の小文字で始め、小文字・数字・下線（_）で 32 字までにします",
                    "a lower-case letter, then lower-case letters, digits and underscores, 32 characters at most",
                );
            }
            (Shape::Integer(low, high), Value::Scalar(text)) => match text.parse::<i64>() {
                Ok(number) if (*low..=*high).contains(&number) => {}
                Ok(_) => self.say(
                    node,
                    code::OUT_OF_RANGE,
                    format!("ここには {low} から {high} までの整数を書きます。「{text}」は範囲の外です。"),
                    format!("This takes a whole number from {low} to {high}, and “{text}” is outside."),
                ),
                Err(_) => self.wrong_type(node, shape),
            },
            (Shape::Decimal, Value::Scalar(text)) if decimal(text).is_some() => {}
            (Shape::Flag, Value::Scalar(text)) if text == "true" || text == "false" => {}
            (Shape::Day, Value::Scalar(text)) if Day::parse(text).is_some() => {}
            (Shape::DayTime, Value::Scalar(text)) if DayTime::parse(text).is_some() => {}
            (Shape::Time, Value::Scalar(text)) if minutes_of_day(text).is_some() => {}
            (Shape::Url, Value::Scalar(text)) if is_url(text) => {}
            (Shape::Colour, Value::Scalar(text)) if Colour::parse(text).is_some() => {}
            (Shape::Reference | Shape::Condition, Value::Scalar(text)) => self.not_empty(node, text),
            (Shape::Word(words), Value::Scalar(text)) => self.word(node, text, words),
            (Shape::Answer, Value::Scalar(text)) => self.not_empty(node, text),
            (Shape::Answer, Value::List(items)) => {
                for item in items {
                    self.value(item, &Shape::Line);
                }
            }
            (Shape::List(of, least, most), Value::List(items)) => {
                if !(*least..=*most).contains(&items.len()) {
                    let (ja, en) = if items.len() < *least {
                        (format!("{least} 件以上書きます"), format!("at least {least} item{}", if *least == 1 { "" } else { "s" }))
                    } else {
                        (format!("{most} 件まで書けます"), format!("at most {most} item{}", if *most == 1 { "" } else { "s" }))
                    };
                    self.say(
                        node,
                        code::OUT_OF_RANGE,
                        format!("この一覧には {ja}。いまは {} 件です。", items.len()),
                        format!("This list takes {en}; it has {}.", items.len()),
                    );
                }
                for item in items {
                    self.value(item, of);
                }
            }
            (Shape::Record(record), Value::Map(_)) => self.record(node, record),
            (Shape::Choice(choice), Value::Map(_)) => self.choice(node, choice),
            (Shape::Map(of), Value::Map(entries)) => {
                self.duplicates(node);
                for (_, value) in entries {
                    self.value(value, of);
                }
            }
            (Shape::Figure, Value::Scalar(text)) if text == "missing" || decimal(text).is_some() => {}
            (Shape::Figure, Value::Map(_)) => {
                self.record(
                    node,
                    &FIGURES[usize::from(node.get("value").is_some())]
                        [usize::from(node.get("low").is_some() || node.get("high").is_some())],
                );
            }
            _ => self.wrong_type(node, shape),
        }
    }

    fn record(&mut self, node: &Node, record: &Record) {
        self.duplicates(node);
        let Value::Map(entries) = &node.value else { return };
        for (key, value) in entries {
            match record.fields.iter().find(|field| field.key == key.text) {
                Some(field) => self.value(value, &field.shape),
                None => self.unknown_key(&key.text, &key.place, record.fields.iter().map(|field| field.key)),
            }
        }
        self.missing_keys(node, record.fields.iter());
    }

    fn choice(&mut self, node: &Node, choice: &Choice) {
        self.duplicates(node);
        let Value::Map(entries) = &node.value else { return };
        let named = node.get(choice.key).and_then(Node::scalar);
        let words: Vec<Word> = choice.variants.iter().map(|variant| variant.word).collect();
        match node.get(choice.key) {
            Some(kind) => match kind.scalar() {
                Some(text) => self.word(kind, text, &words),
                None => self.wrong_type(kind, &Shape::Word(&[])),
            },
            None => self.missing(node, &[choice.key]),
        }
        let variant = choice.variants.iter().find(|variant| Some(variant.word.word) == named);
        for (key, value) in entries {
            if key.text == choice.key {
                continue;
            }
            let own = variant.map_or(&[][..], |variant| variant.fields);
            if let Some(field) = choice.fields.iter().chain(own).find(|field| field.key == key.text) {
                self.value(value, &field.shape);
                continue;
            }
            let elsewhere: Vec<&str> = choice
                .variants
                .iter()
                .filter(|variant| variant.fields.iter().any(|field| field.key == key.text))
                .map(|variant| variant.word.word)
                .collect();
            match (variant, named) {
                // The kind itself is wrong and was said to be; its own keys cannot be judged
                (None, _) if !elsewhere.is_empty() => {}
                (Some(_), Some(named)) if !elsewhere.is_empty() => {
                    let (kinds_ja, kinds) = (elsewhere.join("、"), elsewhere.join(", "));
                    self.diagnostics.push(
                        Diagnostic::error(
                            code::UNKNOWN_KEY,
                            key.place.clone(),
                            format!("「{}」は {named} では意味を持ちません。", key.text),
                            format!("“{}” has no meaning for {named}.", key.text),
                        )
                        .hint(format!("この項目を使えるのは {kinds_ja} です。"), format!("It belongs to {kinds}.")),
                    );
                }
                _ => self.unknown_key(&key.text, &key.place, choice.fields.iter().chain(own).map(|field| field.key).chain([choice.key])),
            }
        }
        self.missing_keys(node, choice.fields.iter().chain(variant.map_or(&[][..], |variant| variant.fields)));
    }

    fn text(&mut self, node: &Node) {
        self.duplicates(node);
        let Value::Map(entries) = &node.value else { return };
        for (key, value) in entries {
            if Language::from_code(&key.text).is_none() {
                // `{en: A pattern, not a cause}`: the comma ends the text, and what follows reads like a key
                if value.value == Value::Null {
                    self.comma_in_text(&key.text, &key.place);
                    continue;
                }
                self.unknown_key(&key.text, &key.place, Language::ALL.iter().map(|language| language.code()));
            }
            match value.scalar() {
                Some(text) => self.not_empty(value, text),
                None => self.wrong_type(value, &Shape::Line),
            }
        }
        let absent: Vec<&str> = self.languages.iter().map(|language| language.code()).filter(|code| node.get(code).is_none()).collect();
        if !absent.is_empty() {
            let absent = absent.join(", ");
            self.diagnostics.push(
                Diagnostic::warning(
                    code::MISSING_TRANSLATION,
                    node.place.clone(),
                    format!("この文には {absent} がありません。ほかの言語の文で補います。"),
                    format!("This text has no {absent}; another language stands in."),
                )
                .hint(format!("「{absent}: …」を足してください。"), format!("Add “{absent}: …”.")),
            );
        }
    }

    fn comma_in_text(&mut self, key: &str, place: &Place) {
        self.diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_KEY,
                place.clone(),
                format!("文が「, 」で切れ、「{key}」が別の項目として読まれています。"),
                format!("The text ends at its comma, and “{key}” is read as a key of its own."),
            )
            .hint(
                "{ } の中で「, 」を含む文は、引用符（\"…\"）で囲みます。",
                "Inside { }, put a text that holds a comma between quotes (\"…\").",
            ),
        );
    }

    fn word(&mut self, node: &Node, text: &str, words: &[Word]) {
        if words.iter().any(|word| word.word == text) {
            return;
        }
        let all: Vec<&str> = words.iter().map(|word| word.word).collect();
        let diagnostic = Diagnostic::error(
            code::UNKNOWN_VALUE,
            node.place.clone(),
            format!("「{text}」は選べません。選べるのは {} です。", all.join("、")),
            format!("“{text}” is not on offer. Choose one of {}.", all.join(", ")),
        );
        self.diagnostics.push(with_guess(diagnostic, text, all.into_iter()));
    }

    fn id(&mut self, node: &Node, text: &str, fits: bool, ja: &str, en: &str) {
        if !fits {
            self.say(
                node,
                code::INVALID_ID,
                format!("「{text}」は ID に使えません。{ja}。"),
                format!("“{text}” cannot be an id. Use {en}."),
            );
        }
    }

    fn not_empty(&mut self, node: &Node, text: &str) {
        if text.trim().is_empty() {
            self.say(node, code::WRONG_TYPE, "ここに書く文が空です。", "The text here is empty.");
        }
    }

    fn duplicates(&mut self, node: &Node) {
        let Value::Map(entries) = &node.value else { return };
        for (index, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..index].iter().find(|(earlier, _)| earlier.text == key.text) {
                self.diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_KEY,
                        key.place.clone(),
                        format!("「{}」が二度書かれています。", key.text),
                        format!("“{}” stands here twice.", key.text),
                    )
                    .hint("どちらかを消してください。", "Remove one of them.")
                    .also(first.place.clone(), "一つ目", "the first one"),
                );
            }
        }
    }

    /// Says in one go which keys are missing.
    fn missing_keys<'f>(&mut self, node: &Node, fields: impl Iterator<Item = &'f Field>) {
        let absent = |field: &&Field| field.need == Need::Required && node.get(field.key).is_none();
        let keys: Vec<&str> = fields.filter(absent).map(|field| field.key).collect();
        if !keys.is_empty() {
            self.missing(node, &keys);
        }
    }

    fn missing(&mut self, node: &Node, keys: &[&str]) {
        let ja: String = keys.iter().map(|key| format!("「{key}」")).collect();
        let en: Vec<String> = keys.iter().map(|key| format!("“{key}”")).collect();
        let (verb, example) = (if keys.len() == 1 { "is" } else { "are" }, keys[0]);
        self.diagnostics.push(
            Diagnostic::error(
                code::MISSING_KEY,
                node.place.clone(),
                format!("{ja}がありません。"),
                format!("{} {verb} missing.", en.join(", ")),
            )
            .hint(format!("「{example}: …」のように足してください。"), format!("Add “{example}: …” here, for example.")),
        );
    }

    fn unknown_key<'k>(&mut self, key: &str, place: &Place, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        let diagnostic = Diagnostic::error(
            code::UNKNOWN_KEY,
            place.clone(),
            format!("「{key}」という項目はありません。"),
            format!("There is no key “{key}” here."),
        );
        if key.starts_with('\u{3000}') {
            self.diagnostics.push(diagnostic.hint(
                "行の初めに全角の空白があります。半角の空白に替えてください。",
                "This line begins with a full-width space. Use ordinary spaces.",
            ));
            return;
        }
        let guess = closest(key, known.iter().copied());
        self.diagnostics.push(match guess {
            Some(_) => with_guess(diagnostic, key, known.into_iter()),
            None => diagnostic.hint(
                format!("ここで使える項目は、{} です。", known.join("、")),
                format!("Keys that can stand here are {}.", known.join(", ")),
            ),
        });
    }

    fn wrong_type(&mut self, node: &Node, shape: &Shape) {
        let (ja, en) = shape.called();
        let (found_ja, found_en) = match &node.value {
            Value::Null => ("何も書かれていません".to_owned(), "there is nothing".to_owned()),
            Value::Scalar(text) => (format!("「{}」とあります", shorten(text)), format!("there is “{}”", shorten(text))),
            Value::List(_) => ("一覧があります".to_owned(), "there is a list".to_owned()),
            Value::Map(_) => ("「項目: 値」の組があります".to_owned(), "there are keys with values".to_owned()),
        };
        self.say(node, code::WRONG_TYPE, format!("ここには{ja}を書きます。いまは{found_ja}。"), format!("This takes {en}; {found_en}."));
    }

    fn say(&mut self, node: &Node, name: crate::diagnostic::Code, ja: impl Into<String>, en: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(name, node.place.clone(), ja, en));
    }
}

fn with_guess<'k>(diagnostic: Diagnostic, word: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    match closest(word, known) {
        Some(guess) => diagnostic.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
        None => diagnostic,
    }
}

fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}
