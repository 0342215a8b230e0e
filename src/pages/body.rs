//! Texts in pages: Markdown parted by charts, and its headings as the contents of the page.

use super::address::Spot;
use super::edition::{Edition, LinkView};
use super::exhibit::ExhibitView;
use super::render::Markup;
use crate::catalog::body_in;
use crate::content::{Document, Part, Reference, Rendering};
use crate::language::Language;
use serde::Serialize;
use std::collections::BTreeMap;

/// A piece of a text: markup or a chart.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartView {
    pub html: Option<Markup>,
    pub exhibit: Option<Box<ExhibitView>>,
    /// Set where the text is in another language than its page.
    pub language: Option<&'static str>,
}

/// A text as a page shows it.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyView {
    pub parts: Vec<PartView>,
    pub contents: Vec<LinkView>,
}

impl Edition<'_> {
    /// A text of several languages: the page's own, else the first there is, marked as such. Charts are numbered from `first`.
    pub(super) fn body(&self, spot: &Spot, body: &BTreeMap<Language, Document>, prefix: &str, first: usize) -> BodyView {
        let Some((language, document)) = body_in(body, self.language) else { return BodyView::default() };
        let resolve = |reference: &Reference| self.resolve(spot, reference);
        let rendering = Rendering { language: self.language, raw_html: self.material.site.raw_html, prefix, resolve: &resolve };
        let foreign = (language != self.language).then(|| language.code());
        let mut number = first;
        let mut parts = Vec::new();
        for part in document.render(&rendering) {
            match part {
                Part::Html(html) => {
                    parts.push(PartView { html: Some(Markup::trusted(html.into_string())), exhibit: None, language: foreign });
                }
                Part::Exhibit { id, caption, .. } => {
                    if let Some(dataset) = self.material.catalog.data.get(&id) {
                        let view = self.dataset_view(spot, dataset, Some(number), caption.as_deref());
                        parts.push(PartView { html: None, exhibit: Some(Box::new(view)), language: None });
                        number += 1;
                    }
                }
            }
        }
        let headings = document.headings().filter(|heading| heading.level == 2);
        let contents = headings.map(|heading| LinkView::new(format!("#{}", heading.id), heading.text.clone())).collect();
        BodyView { parts, contents }
    }
}
