//! Templates become text. The only user of the template engine.

use super::{phrases, whole};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, Kwargs, Map, State, Tera, TeraResult, Value};

/// Markup that a template prints as it is. It is only made from what the rooms beneath have already made safe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

/// The key that marks markup on its way to the template: no field of a view can be called so.
const MARK: &str = "\u{1}markup";

impl Markup {
    /// Markup out of other trusted markup, by code of this room.
    pub(super) fn trusted(markup: impl Into<String>) -> Markup {
        Markup(markup.into())
    }

    /// A text as markup.
    #[must_use]
    pub fn text(text: &str) -> Markup {
        let mut out = String::with_capacity(text.len());
        for char in text.chars() {
            match char {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                other => out.push(other),
            }
        }
        Markup(out)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Markup {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(MARK, &self.0)?;
        map.end()
    }
}

/// A template: its name for other templates, the file it stands in for diagnostics, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// `base.html`
    pub name: String,
    /// `themes/default/templates/base.html`
    pub file: Arc<str>,
    /// What it says.
    pub text: Arc<str>,
}

/// What many pages show, made ready for the templates once.
#[derive(Clone)]
pub struct Shared(Value);

impl Default for Shared {
    fn default() -> Shared {
        Shared::words(std::iter::empty())
    }
}

impl Shared {
    /// Words by their keys.
    pub(super) fn words<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> Shared {
        let mut map = Map::default();
        for (key, word) in words {
            map.insert(key.to_owned().into(), Value::normal_string(word));
        }
        Shared(Value::from(map))
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// All templates of a theme, ready to be filled.
#[derive(Clone)]
pub struct Renderer {
    tera: Tera,
    files: BTreeMap<String, Arc<str>>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Renderer").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Renderer {
    /// Reads templates.
    ///
    /// # Errors
    ///
    /// The first fault of a template, with its place: the engine stops there.
    pub fn new(templates: &[Template]) -> Result<Renderer, Diagnostics> {
        let files = templates.iter().map(|template| (template.name.clone(), Arc::clone(&template.file))).collect();
        let mut tera = Tera::new();
        // Drawings are escaped like pages.
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        tera.register_filter("fill", fill);
        tera.register_filter("whole", Whole);
        // Markup comes only as `Markup`: nothing can be declared safe inside a template.
        tera.register_filter("safe", |_: &str, _: Kwargs, _: &State| -> TeraResult<String> {
            Err(Error::message("`safe` cannot be used: markup comes only from the program"))
        });
        let mut renderer = Renderer { tera, files };
        let all: Vec<(&str, &str)> = templates.iter().map(|template| (template.name.as_str(), &*template.text)).collect();
        match renderer.tera.add_raw_templates(all) {
            Ok(()) => Ok(renderer),
            Err(error) => Err(renderer.explain(&error, "")),
        }
    }

    /// Fills a template with a view, whose fields become the template's variables, and with what many pages share.
    ///
    /// # Errors
    ///
    /// The fault in the template, with its place.
    pub fn render(&self, template: &str, view: &impl Serialize, shared: &[(&'static str, Shared)]) -> Result<String, Diagnostics> {
        let mut context =
            serde_json::to_value(view).map_err(|error| self.explain(&Error::message(error), template)).map(|value| context(&value))?;
        for (name, Shared(value)) in shared {
            context.insert_value(*name, value.clone());
        }
        self.tera.render(template, &context).map_err(|error| self.explain(&error, template))
    }

    /// Whether there is such a template.
    #[must_use]
    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    fn explain(&self, error: &Error, template: &str) -> Diagnostics {
        let (place, message) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let length = if span.end_line == span.start_line { span.end_col.saturating_sub(span.start_col).max(1) } else { 1 };
                let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                let file = self.file(report.filename());
                // The engine counts columns from 0.
                (
                    Place::new(&file, number(span.start_line), number(span.start_col.saturating_add(1)), number(length)),
                    report.message().to_owned(),
                )
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                (Place::whole(&self.file(tpl)), error.to_string())
            }
            ErrorKind::MissingParent { current, .. } => (Place::whole(&self.file(current)), error.to_string()),
            _ => (Place::whole(&self.file(template)), error.to_string()),
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::error(
            code::TEMPLATE,
            place,
            format!("テンプレートを読めません（{message}）。"),
            format!("This template cannot be read ({message})."),
        ));
        diagnostics
    }

    fn file(&self, template: &str) -> Arc<str> {
        self.files.get(template).cloned().unwrap_or_else(|| format!("themes/templates/{template}").into())
    }
}

fn context(view: &serde_json::Value) -> Context {
    let mut context = Context::new();
    if let serde_json::Value::Object(fields) = view {
        for (key, field) in fields {
            context.insert_value(key.clone(), value(field));
        }
    }
    context
}

fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Object(fields) => match fields.get(MARK) {
            Some(serde_json::Value::String(markup)) => Value::safe_string(markup),
            _ => {
                let mut map = Map::default();
                for (key, field) in fields {
                    map.insert(key.clone().into(), value(field));
                }
                Value::from(map)
            }
        },
        serde_json::Value::Array(items) => Value::from(items.iter().map(value).collect::<Vec<_>>()),
        serde_json::Value::String(text) => Value::normal_string(text),
        other => Value::from_serializable(other),
    }
}

/// `{{ say.until | fill(date=x) }}`: fills the names in braces.
fn fill(text: &str, values: Kwargs, _: &State) -> TeraResult<String> {
    let values: BTreeMap<String, serde_json::Value> = values.deserialize()?;
    let values: Vec<(String, String)> =
        values.into_iter().map(|(name, value)| (name, value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned))).collect();
    let pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(phrases::fill(text, &pairs))
}

/// `{{ text | whole }}`: a plain text whose numbers stay with their units on one line.
struct Whole;

impl tera::Filter<&str, String> for Whole {
    fn call(&self, text: &str, _: Kwargs, _: &State) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        for (whole, piece) in whole::pieces(text) {
            let piece = Markup::text(piece);
            if whole {
                out.push_str("<span class=\"whole\">");
                out.push_str(piece.as_str());
                out.push_str("</span>");
            } else {
                out.push_str(piece.as_str());
            }
        }
        out
    }

    fn is_safe(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(name: &str, text: &str) -> Template {
        Template { name: name.into(), file: format!("themes/x/templates/{name}").into(), text: text.into() }
    }

    #[derive(Serialize)]
    struct View {
        title: &'static str,
        body: Markup,
        parts: Vec<Markup>,
    }

    #[test]
    fn texts_are_escaped_and_markup_is_not() {
        let page = "{{ title }} {{ body }}{% for part in parts %}{{ part }}{% endfor %} {{ '{n}人' | fill(n=3) }}";
        let view = View { title: "<b>&\"'", body: Markup::trusted("<i>x</i>"), parts: vec![Markup::text("<")] };
        let renderer = Renderer::new(&[template("a.html", page), template("a.svg", "{{ title }}")]).unwrap();
        assert_eq!(renderer.render("a.html", &view, &[]).unwrap(), "&lt;b&gt;&amp;&quot;&#39; <i>x</i>&lt; 3人");
        assert!(renderer.render("a.svg", &view, &[]).unwrap().starts_with("&lt;b"));
    }

    #[test]
    fn faults_know_their_place() {
        let faulty = |text: &str| match Renderer::new(&[template("a.html", text)]) {
            Err(faults) => faults.sorted()[0].place.to_string(),
            Ok(renderer) => {
                let view = View { title: "x", body: Markup::default(), parts: Vec::new() };
                renderer.render("a.html", &view, &[]).unwrap_err().sorted()[0].place.to_string()
            }
        };
        assert_eq!(faulty("<p>\n  {{ titel }}"), "themes/x/templates/a.html:2:6");
        assert_eq!(faulty("<p>{% if %}"), "themes/x/templates/a.html:1:10");
        assert_eq!(faulty("a {{ title | safe }}"), "themes/x/templates/a.html:1:14");
        assert_eq!(faulty("{% extends \"none.html\" %}"), "themes/x/templates/a.html:1:1");
    }
}
