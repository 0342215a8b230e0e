//! A theme: templates, assets and phrases. Ours is embedded; a project's own is laid over it file by file.

use super::brand;
use super::phrases::Phrases;
use super::render::{Markup, Renderer, Shared, Template};
use super::squeeze::{squeeze, strip};
use crate::catalog::brand::Brand;
use crate::charts::palette;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Where the embedded theme stands in our own repository: the beginning of its places.
const DEFAULT_FOLDER: &str = "themes/default";

/// How the paths of styles begin that go into pages which stand alone.
pub(super) const HANDOUT_STYLES: &str = "assets/handout-";

/// All that a site's pages are made with.
#[derive(Debug, Clone)]
pub struct Theme {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
    phrases: BTreeMap<Language, Phrases>,
    /// The same phrases, ready for the templates.
    words: BTreeMap<Language, Shared>,
    renderer: Renderer,
}

/// A file of a theme: its path below the theme's folder, and its bytes.
pub type ThemeFile<'a> = (&'a str, &'a [u8]);

/// What a folder of a theme holds, before it is ready.
#[derive(Default)]
struct Parts {
    templates: BTreeMap<String, Template>,
    assets: BTreeMap<String, Vec<u8>>,
    phrases: BTreeMap<Language, Phrases>,
}

impl Theme {
    /// The embedded theme.
    ///
    /// # Errors
    ///
    /// A fault in our own files, which the tests rule out.
    pub fn embedded() -> Result<Theme, Diagnostics> {
        let mut parts = Parts::default();
        let mut diagnostics = Diagnostics::new();
        parts.add_embedded(&mut diagnostics);
        parts.finish(diagnostics)
    }

    /// The embedded theme with the files of a folder laid over it. `folder` is the folder's path for diagnostics
    /// (`themes/minato`), `files` its files with paths below it: `templates/home.html`, `assets/site.css`, `languages/ja.yaml`.
    ///
    /// # Errors
    ///
    /// Every fault of the files: broken templates, unknown phrases, files that no page would use.
    pub fn with_layer<'a>(folder: &str, files: impl IntoIterator<Item = ThemeFile<'a>>) -> Result<Theme, Diagnostics> {
        let mut parts = Parts::default();
        let mut diagnostics = Diagnostics::new();
        parts.add_embedded(&mut diagnostics);
        for (path, bytes) in files {
            parts.add(folder, path, bytes, &mut diagnostics);
        }
        parts.finish(diagnostics)
    }

    /// The same theme in the colours of a brand, with its logo.
    #[must_use]
    pub fn wearing(mut self, brand: &Brand) -> Theme {
        self.assets.extend(brand::files(brand));
        self
    }

    /// What fills the templates.
    #[must_use]
    pub fn renderer(&self) -> &Renderer {
        &self.renderer
    }

    /// What the theme says in a language.
    #[must_use]
    pub fn phrases(&self, language: Language) -> &Phrases {
        static NONE: Phrases = Phrases::none();
        self.phrases.get(&language).unwrap_or(&NONE)
    }

    /// What the theme says in a language, ready for templates.
    pub(super) fn words(&self, language: Language) -> Shared {
        self.words.get(&language).cloned().unwrap_or_default()
    }

    /// Files that go beside the pages as they are, by their path: `assets/site.css`.
    pub fn assets(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.as_slice()))
    }

    /// The style of a page that stands alone, as its element: `letters`, `labels`, `data-sheet`. Whoever wrote the theme is trusted
    /// with it; only the end of the element cannot stand inside.
    pub(super) fn handout_style(&self, name: &str) -> Markup {
        let path = format!("{HANDOUT_STYLES}{name}.css");
        let style = self.assets().find(|(known, _)| *known == path).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        Markup::trusted(format!("<style>\n{}</style>", style.unwrap_or_default().replace("</", "<\\/")))
    }

    /// The styles of a page that stands alone and looks like pages of a site, as one element, in this order.
    pub(super) fn standing_style(&self, names: &[&str]) -> Markup {
        let colours = palette::css();
        let style = |name: &&str| match self.assets.get(*name) {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None if *name == "charts.css" => colours.clone(),
            None => String::new(),
        };
        // A brand's colours win over those of the theme
        let styles: String = names.iter().chain(&[brand::STYLE]).map(style).collect();
        Markup::trusted(format!("<style>\n{}</style>", styles.replace("</", "<\\/")))
    }

    /// The templates with the files they stand in: their texts, for showing faults.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        self.templates.values()
    }
}

impl Parts {
    fn add_embedded(&mut self, diagnostics: &mut Diagnostics) {
        let mut folders = vec![&DEFAULT];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                // include_dir writes paths as the building machine does.
                let path = file.path().to_string_lossy().replace('\\', "/");
                let text = std::str::from_utf8(file.contents()).ok();
                let squeezed = text.filter(|_| path.ends_with(".css")).map(squeeze);
                let squeezed = squeezed.or_else(|| text.filter(|_| path.ends_with(".js")).map(strip));
                let bytes = squeezed.as_ref().map_or(file.contents(), String::as_bytes);
                self.add(DEFAULT_FOLDER, &path, bytes, diagnostics);
            }
        }
    }

    fn add(&mut self, folder: &str, path: &str, bytes: &[u8], diagnostics: &mut Diagnostics) {
        let file: Arc<str> = format!("{folder}/{path}").into();
        let text = |diagnostics: &mut Diagnostics| match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(_) => {
                diagnostics.push(Diagnostic::error(
                    code::ENCODING,
                    Place::whole(&file),
                    "UTF-8 で保存してください。",
                    "Save this file as UTF-8.",
                ));
                None
            }
        };
        match path.split_once('/') {
            Some(("templates", name)) if is_template(name) => {
                if let Some(text) = text(diagnostics) {
                    let template = Template { name: name.to_owned(), file: Arc::clone(&file), text: text.into() };
                    self.templates.insert(name.to_owned(), template);
                }
            }
            Some(("assets", name)) => {
                self.assets.insert(name.to_owned(), bytes.to_vec());
            }
            Some(("languages", name)) => match name.strip_suffix(".yaml").and_then(Language::from_code) {
                Some(language) => {
                    let Some(text) = text(diagnostics) else { return };
                    let entries = Phrases::read(&file, text, diagnostics);
                    match self.phrases.get_mut(&language) {
                        Some(ours) => ours.lay_over(entries, diagnostics),
                        None => {
                            self.phrases.insert(language, Phrases::of(entries));
                        }
                    }
                }
                None => diagnostics.push(unused(&file)),
            },
            _ => diagnostics.push(unused(&file)),
        }
    }

    fn finish(self, mut diagnostics: Diagnostics) -> Result<Theme, Diagnostics> {
        let templates: Vec<Template> = self.templates.values().cloned().collect();
        match Renderer::new(&templates) {
            Ok(renderer) if !diagnostics.has_errors() => {
                let words = |phrases: &Phrases| Shared::words(phrases.keys().map(|key| (key, phrases.say(key))));
                let words = self.phrases.iter().map(|(language, phrases)| (*language, words(phrases))).collect();
                Ok(Theme { templates: self.templates, assets: self.assets, phrases: self.phrases, words, renderer })
            }
            Ok(_) => Err(diagnostics),
            Err(faults) => {
                diagnostics.append(faults);
                Err(diagnostics)
            }
        }
    }
}

fn is_template(name: &str) -> bool {
    [".html", ".svg", ".xml"].iter().any(|ending| name.ends_with(ending))
}

fn unused(file: &Arc<str>) -> Diagnostic {
    Diagnostic::error(code::UNKNOWN_FILE, Place::whole(file), "テーマのどこにも使われないファイルです。", "No theme uses this file.").hint(
        "templates/ に .html か .svg、assets/ に何でも、languages/ に ja.yaml や en.yaml を置けます。",
        "Put .html and .svg into templates/, anything into assets/, ja.yaml and en.yaml into languages/.",
    )
}

#[cfg(test)]
mod tests {
    use super::super::phrases::names;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_language_has_every_phrase_with_the_same_names() {
        let theme = Theme::embedded().unwrap();
        let first = theme.phrases(Language::Japanese);
        let keys: BTreeSet<&str> = first.keys().collect();
        assert!(keys.len() > 100);
        for language in Language::ALL {
            let phrases = theme.phrases(language);
            assert_eq!(phrases.keys().collect::<BTreeSet<_>>(), keys, "{}", language.code());
            for key in &keys {
                assert_eq!(names(phrases.say(key)), names(first.say(key)), "{key} in {}", language.code());
            }
        }
    }

    #[test]
    fn every_phrase_that_is_used_exists_and_every_one_that_exists_is_used() {
        let theme = Theme::embedded().unwrap();
        let known: BTreeSet<String> = theme.phrases(Language::Japanese).keys().map(ToOwned::to_owned).collect();
        let mut used = BTreeSet::new();
        for template in theme.templates() {
            for rest in template.text.split("say.").skip(1) {
                used.insert(rest.chars().take_while(|char| char.is_ascii_lowercase() || *char == '_').collect::<String>());
            }
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
        let mut texts = String::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    texts.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
                }
            }
        }
        for rest in ["say(\"", "fill(\""].into_iter().flat_map(|call| texts.split(call).skip(1).collect::<Vec<_>>()) {
            used.insert(rest.split('"').next().unwrap_or_default().to_owned());
        }
        let missing: Vec<&String> = used.difference(&known).collect();
        assert!(missing.is_empty(), "used, but in no file of phrases: {missing:?}");
        // Keys may also be chosen by a table in the code.
        let idle: Vec<&String> = known.difference(&used).filter(|key| !texts.contains(&format!("\"{key}\""))).collect();
        assert!(idle.is_empty(), "in the files of phrases, but nobody says them: {idle:?}");
    }

    #[test]
    fn a_layer_replaces_files_and_its_faults_are_all_named() {
        let home: ThemeFile = ("templates/message.html", b"{% extends \"base.html\" %}{% block main %}own{% endblock main %}");
        let css: ThemeFile = ("assets/site.css", b"body{}");
        let theme = Theme::with_layer("themes/minato", [home, css, ("languages/ja.yaml", "menu: もくじ\n".as_bytes())]).unwrap();
        assert_eq!(theme.phrases(Language::Japanese).say("menu"), "もくじ");
        assert!(theme.assets().any(|(path, bytes)| path == "assets/site.css" && bytes == b"body{}"));
        assert!(theme.templates().any(|template| &*template.file == "themes/minato/templates/message.html"));
        let faults = Theme::with_layer(
            "themes/minato",
            [
                ("templates/message.html", b"{% if %}" as &[u8]),
                ("languages/ja.yaml", b"mneu: x\n"),
                ("read.me", b"x"),
                ("languages/fr.yaml", b""),
            ],
        )
        .unwrap_err();
        let places: Vec<String> = faults.sorted().iter().map(|fault| fault.place.to_string()).collect();
        assert_eq!(
            places,
            [
                "themes/minato/languages/fr.yaml:1:1",
                "themes/minato/languages/ja.yaml:1:1",
                "themes/minato/read.me:1:1",
                "themes/minato/templates/message.html:1:7"
            ]
        );
    }
}
