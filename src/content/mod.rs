//! Text that knows its place: YAML, CSV, Markdown.
