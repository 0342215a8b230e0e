//! Raw HTML made harmless, where a site asks for it. The only file that names ammonia.

use super::html::Html;

/// Markup without anything that could run, load or frame. Never allows svg or math: both were ways around the cleaner.
pub(super) fn sanitize(markup: &Html) -> Html {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_tags(["section", "figure", "figcaption", "details", "summary"])
        .rm_tags(["svg", "math"])
        .add_generic_attributes(["id", "class", "role", "lang", "aria-label", "aria-hidden", "tabindex"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("details", ["open"])
        // Our own links carry it where it is due.
        .add_tag_attributes("a", ["rel"])
        .link_rel(None)
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough);
    Html::trusted(cleaner.clean(markup.as_str()).to_string())
}
