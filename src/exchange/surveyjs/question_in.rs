//! An element becomes a question, or several.

use super::choices_in::is_numbered;
use super::element::{Context, Element, bare};
use super::writer::Keys;
use crate::exchange::expression_in::number;
use crate::exchange::tree::{COMMENT, tree};
use serde_json::Value as Tree;

/// Whether a question of this kind left as an element of this type.
fn fits(kind: &str, typed: &str) -> bool {
    let left = match kind {
        "single_choice" => "radiogroup",
        "multiple_choice" => "checkbox",
        "yes_no" => "boolean",
        "scale" | "recommendation" => "rating",
        "grid" | "multiple_grid" | "card_sort" => "matrix",
        "number" | "short_text" | "date" => "text",
        "long_text" => "comment",
        "allocation" => "multipletext",
        "paired_comparison" => "panel",
        "table" => "matrixdynamic",
        "calculated" => "expression",
        "note" => "html",
        same => same,
    };
    left == typed
}

impl Context<'_> {
    /// The questions of an element that is no panel of others; none where we have none like it, which is said.
    pub(super) fn questions(&self, element: &Element<'_>) -> Vec<Keys> {
        let typed = element.text("type");
        match typed {
            "matrixdropdown" => self.spread(element),
            "multipletext" if element.own().get("kind").is_none() => self.fields(element),
            "matrix"
                if element.own().get("kind").is_none()
                    && element.text("cellType") != "checkbox"
                    && !is_numbered(&element.list("columns")) =>
            {
                self.lines(element)
            }
            _ => self.question(element, typed, element.text("name")).into_iter().collect(),
        }
    }

    /// A question with the keys that every kind has, for an element under this name.
    pub(super) fn base(&self, element: &Element<'_>, name: &str, own: &Keys) -> Keys {
        let mut question = bare(own);
        question.remove("show_if");
        let id = self.ids.get(name).cloned().unwrap_or_default();
        if id != name && !name.contains(['.', '[']) {
            question.insert(COMMENT.to_owned(), format!("name: {name}").into());
        }
        question.insert("id".to_owned(), id.into());
        let title = self.words(element, "title", own, "text").unwrap_or_else(|| name.into());
        question.entry("text").or_insert(title.clone());
        if element.node.get("title").is_some() {
            question.insert("text".to_owned(), title);
        }
        match self.words(element, "description", own, "hint") {
            Some(hint) => drop(question.insert("hint".to_owned(), hint)),
            None => drop(question.remove("hint")),
        }
        if let Some(source) = self.condition(element, "visibleIf", own, "show_if") {
            question.insert("show_if".to_owned(), source.into());
        }
        let refuses = element.is("showRefuseItem");
        let required = element.is("isRequired");
        match (required, refuses, question.get("need").and_then(Tree::as_str)) {
            (true, true, _) => drop(question.insert("need".to_owned(), "declinable".into())),
            (true, ..) => drop(question.insert("need".to_owned(), "required".into())),
            (false, _, Some("required")) => drop(question.remove("need")),
            _ => {}
        }
        if refuses && !required {
            self.lose(element, "showRefuseItem", "");
        }
        question
    }

    /// The question of an element of this type under this name.
    pub(super) fn question(&self, element: &Element<'_>, typed: &str, name: &str) -> Option<Keys> {
        let mut own = element.own();
        let kept = own.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        if !kept.is_empty() && !fits(&kept, typed) {
            own.retain(|key, _| key == "need" || key == "sensitive");
        }
        let kept = own.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        let mut question = self.base(element, name, &own);
        let mut is = |kind: &str| drop(question.insert("kind".to_owned(), kind.into()));
        match typed {
            "radiogroup" | "buttongroup" | "imagepicker" if typed != "imagepicker" || !element.is("multiSelect") => is("single_choice"),
            "dropdown" => is("dropdown"),
            "checkbox" | "tagbox" | "imagepicker" => is("multiple_choice"),
            "ranking" => is("ranking"),
            "boolean" => is("yes_no"),
            "comment" => is("long_text"),
            "slider" => is("slider"),
            "text" => match element.text("inputType") {
                "number" | "range" => is("number"),
                "date" => is("date"),
                other => {
                    if !matches!(other, "" | "text") {
                        self.lose(element, "inputType", other);
                    }
                    is("short_text");
                }
            },
            "matrix" if element.text("cellType") == "checkbox" => is("multiple_grid"),
            "matrix" if kept.is_empty() => is("grid"),
            "matrix" | "multipletext" | "panel" => {}
            "rating" => is(self.rates_as(element, &kept)),
            "matrixdynamic" | "paneldynamic" => is("table"),
            "expression" => is("calculated"),
            "html" => is("note"),
            _ => {
                self.lose(element, "type", typed);
                return None;
            }
        }
        let kind = question.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        self.parts(element, &kind, &own, &mut question)?;
        self.validators(element, &mut question);
        self.unread(element);
        Some(question)
    }

    /// What only this kind has; `None` where it cannot be taken over.
    fn parts(&self, element: &Element<'_>, kind: &str, own: &Keys, question: &mut Keys) -> Option<()> {
        let name = element.text("name");
        let mut takes = |from: &str, to: &str| {
            if let Some(text) = element.get(from).and_then(|node| node.scalar()) {
                question.insert(to.to_owned(), text.into());
            }
        };
        match kind {
            "single_choice" | "dropdown" | "multiple_choice" | "ranking" => {
                let (choices, other) = self.choices(element);
                takes("maxSelectedChoices", if kind == "ranking" { "top" } else { "at_most" });
                if kind == "ranking" {
                    element.is("selectToRankEnabled");
                    element.text("minSelectedChoices");
                }
                if choices.is_empty() {
                    self.lose(element, "choices", name);
                    return None;
                }
                question.insert(if kind == "ranking" { "items" } else { "choices" }.to_owned(), choices.into());
                question.extend(other.map(|other| ("other".to_owned(), other)));
                match element.text("choicesOrder") {
                    "random" => drop(question.insert("order".to_owned(), "random".into())),
                    "none" => drop(question.insert("order".to_owned(), "fixed".into())),
                    "" => {}
                    order => self.lose(element, "choicesOrder", order),
                }
            }
            "yes_no" => {
                for (to, value) in [("displayMode", "radio"), ("valueTrue", "yes"), ("valueFalse", "no")] {
                    if !matches!(element.text(to), "" | "true" | "false") && element.text(to) != value && to == "displayMode" {
                        self.lose(element, to, element.text(to));
                    }
                }
                for (from, to) in [("labelTrue", "yes"), ("labelFalse", "no")] {
                    let usual = own.get(&format!("~usual_{to}"));
                    if let Some(text) = self.words(element, from, own, to)
                        && element.get(from).map(tree).as_ref() != usual
                    {
                        question.insert(to.to_owned(), text);
                    }
                }
            }
            "number" => {
                takes("min", "minimum");
                takes("max", "maximum");
                let step = element.text("step");
                let places = step.split_once('.').map_or(0, |(_, places)| places.len().min(6));
                if places > 0 || step == "any" {
                    question.insert("decimals".to_owned(), if step == "any" { 2 } else { places }.to_string().into());
                }
                if !step.is_empty() && step.trim_start_matches(['0', '.']) != "1" {
                    self.lose(element, "step", step);
                }
            }
            "date" => {
                takes("min", "earliest");
                takes("max", "latest");
            }
            "short_text" | "long_text" => {
                let usual = if kind == "short_text" { "200" } else { "2000" };
                let most = element.text("maxLength");
                match most {
                    "" | "-1" => {}
                    most if most == usual => {}
                    most => drop(question.insert("max_length".to_owned(), most.into())),
                }
            }
            "slider" => {
                takes("step", "step");
                for (from, to, usual) in [("min", "minimum", "0"), ("max", "maximum", "100")] {
                    let written = element.text(from);
                    question.insert(to.to_owned(), if written.is_empty() { usual } else { written }.into());
                }
            }
            "scale" | "recommendation" => self.rating(element, kind, own, question),
            "grid" | "multiple_grid" | "card_sort" => self.matrix(element, kind, own, question),
            "allocation" => {
                let items: Vec<Tree> = element
                    .list("items")
                    .iter()
                    .map(|item| {
                        let own = item.own();
                        let mut keys = bare(&own);
                        keys.insert("id".to_owned(), item.text("name").into());
                        keys.insert("text".to_owned(), self.words(item, "title", &own, "text").unwrap_or_else(|| item.text("name").into()));
                        Tree::Object(keys)
                    })
                    .collect();
                question.insert("items".to_owned(), items.into());
                element.get("validators");
            }
            "paired_comparison" => {
                // The pairs stand there; the items are ours
                element.get("elements");
            }
            "table" => self.table(element, question)?,
            "calculated" => self.calculated(element, own, question)?,
            "note" => {
                let html = element.get("html").map(tree);
                if html.as_ref() != own.get("~html") {
                    let text = self.words(element, "html", &Keys::new(), "html").unwrap_or_default();
                    if text.to_string().contains('<') {
                        self.lose(element, "html", "<…>");
                    }
                    question.insert("text".to_owned(), without_marks(&text));
                } else if let Some(text) = own.get("text") {
                    question.insert("text".to_owned(), text.clone());
                }
                question.remove("need");
            }
            _ => {}
        }
        Some(())
    }

    /// How a value is worked out.
    pub(super) fn calculated(&self, element: &Element<'_>, own: &Keys, question: &mut Keys) -> Option<()> {
        let written = element.text("expression");
        let left = own.get("~expression").and_then(Tree::as_str);
        let format = element.get("format").map(tree);
        question.remove("need");
        if own.get("value").is_some() && left == Some(written) {
            let _ = format;
            return Some(());
        }
        match super::expression_in::read(written).and_then(|tree| number(&tree, self.manner())) {
            Ok(value) => {
                question.insert("value".to_owned(), value.into());
                question.entry("decimals").or_insert_with(|| "6".into());
                if element.text("type") == "expression" {
                    question.entry("show").or_insert_with(|| "true".into());
                }
                Some(())
            }
            Err(part) => {
                self.lose(element, "expression", &part);
                None
            }
        }
    }

    /// Rules that a key of ours says; others are lost.
    pub(super) fn validators(&self, element: &Element<'_>, question: &mut Keys) {
        if question.get("kind").and_then(Tree::as_str) == Some("allocation") {
            return;
        }
        let kind = question.get("kind").and_then(Tree::as_str).unwrap_or_default().to_owned();
        for rule in element.list("validators") {
            let known: &[(&str, &str)] = match (rule.text("type"), kind.as_str()) {
                ("numeric", "number") => &[("minValue", "minimum"), ("maxValue", "maximum")],
                ("text", "short_text" | "long_text") => &[("maxLength", "max_length")],
                ("answercount", "multiple_choice") => &[("maxCount", "at_most")],
                _ => &[],
            };
            for (from, to) in known {
                let bound = rule.text(from);
                if !bound.is_empty() && bound != "0" || (!bound.is_empty() && kind == "number") {
                    question.insert((*to).to_owned(), bound.into());
                }
            }
            if known.is_empty() {
                self.lose(&rule, "type", rule.text("type"));
            } else {
                self.unread(&rule);
            }
        }
    }
}

/// A text of HTML without its marks.
fn without_marks(text: &Tree) -> Tree {
    match text {
        Tree::Object(forms) => forms.iter().map(|(key, form)| (key.clone(), without_marks(form))).collect(),
        other => {
            let (mut out, mut inside) = (String::new(), false);
            for char in other.as_str().unwrap_or_default().chars() {
                match char {
                    '<' => inside = true,
                    '>' if inside => {
                        inside = false;
                        out.push(' ');
                    }
                    char if !inside => out.push(char),
                    _ => {}
                }
            }
            let words: Vec<&str> = out.split_whitespace().collect();
            let text = words.join(" ");
            ["&lt;<", "&gt;>", "&quot;\"", "&#39;'", "&nbsp; ", "&amp;&"]
                .iter()
                .fold(text, |text, pair| pair.split_once(';').map_or(text.clone(), |(name, sign)| text.replace(&format!("{name};"), sign)))
                .into()
        }
    }
}
