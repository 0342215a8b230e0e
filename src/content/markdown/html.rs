//! Markup that may stand in a page as it is.

/// Trusted HTML. Templates print it unescaped, so it can only be made inside this crate, by code that escapes what it is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Markup that was made by us, every foreign text in it escaped.
    pub(crate) fn trusted(markup: impl Into<String>) -> Html {
        Html(markup.into())
    }

    /// A text as HTML: it shows as it was written.
    #[must_use]
    pub fn escape(text: &str) -> Html {
        let mut html = Html::default();
        html.push_text(text);
        html
    }

    /// Adds a text, escaped for content and for quoted attributes.
    pub fn push_text(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
    }

    /// Adds markup.
    pub fn push(&mut self, other: &Html) {
        self.0.push_str(&other.0);
    }

    /// Adds markup of our own.
    pub(super) fn push_markup(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Html {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}
