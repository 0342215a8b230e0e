//! A page of a site becomes a leaf of the one file: its ids are made its own, its links lead to other leaves, what it needs is
//! carried inside.

use super::base64::base64;
use super::markup::{Piece, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// Attributes that name ids of the same page.
const NAMES_IDS: [&str; 9] =
    ["for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage"];

/// Everything that links can lead to.
#[derive(Debug, Default)]
pub(super) struct Shelf<'a> {
    /// The paths of the pages that become leaves.
    pub leaves: BTreeSet<String>,
    /// All files of the site.
    pub files: BTreeMap<&'a str, &'a [u8]>,
    /// Where the site is served, for pages that only make sense there.
    pub served: Option<String>,
    /// Workbooks are carried along.
    pub workbooks: bool,
}

/// The id of a page's leaf: its path without ending.
#[must_use]
pub(super) fn id(path: &str) -> String {
    path.strip_suffix(".html").unwrap_or(path).to_owned()
}

/// A page on its way into the file.
pub(super) struct Leaf<'a> {
    shelf: &'a Shelf<'a>,
    path: &'a str,
    /// Files that it carries already: each stands in it once.
    carried: BTreeSet<String>,
}

impl<'a> Leaf<'a> {
    pub(super) fn new(shelf: &'a Shelf<'a>, path: &'a str) -> Leaf<'a> {
        Leaf { shelf, path, carried: BTreeSet::new() }
    }

    /// Pieces as markup of this leaf.
    pub(super) fn write(&mut self, pieces: &[Piece<'_>]) -> String {
        let mut out = String::new();
        let mut skipping = false;
        for piece in pieces {
            match piece {
                Piece::Text(text) if !skipping => out.push_str(text),
                Piece::Text(_) => {}
                Piece::Tag(tag) if tag.name == "a" && skipping => skipping = false,
                Piece::Tag(tag) if tag.name == "a" && self.is_left_out(tag) => skipping = true,
                Piece::Tag(tag) => self.tag(&mut out, tag),
            }
        }
        out
    }

    /// A way to a file that this one does not carry, with its words.
    fn is_left_out(&self, tag: &Tag<'_>) -> bool {
        tag.attributes.iter().any(|(name, _)| *name == "download") && tag.get("href").is_some_and(|href| self.file(href).is_none())
    }

    fn tag(&mut self, out: &mut String, tag: &Tag<'_>) {
        out.push('<');
        if tag.closing {
            out.push('/');
        }
        out.push_str(tag.name);
        for (name, value) in &tag.attributes {
            let Some(value) = value else {
                let file = (*name == "download").then(|| tag.get("href")).flatten();
                out.push_str(&file.map_or_else(|| format!(" {name}"), |href| format!(" download=\"{}\"", self.file_name(href))));
                continue;
            };
            let own = match *name {
                "id" => Some(self.own(value)),
                "href" => self.href(tag, value),
                "src" => self.carried(value),
                // The leaf bears its language itself; what a switch marks as current stays
                name if NAMES_IDS.contains(&name) => {
                    Some(value.split_ascii_whitespace().map(|id| self.own(id)).collect::<Vec<_>>().join(" "))
                }
                _ => Some(value.replace("url(#", &format!("url(#{}--", id(self.path)))),
            };
            if let Some(own) = own {
                out.push_str(&format!(" {name}=\"{}\"", own.replace('"', "&quot;")));
            }
        }
        out.push_str(if tag.alone { "/>" } else { ">" });
    }

    fn own(&self, name: &str) -> String {
        format!("{}--{name}", id(self.path))
    }

    /// Where a link leads inside the one file; `None`: nowhere.
    fn href(&mut self, tag: &Tag<'_>, href: &str) -> Option<String> {
        if let Some(fragment) = href.strip_prefix('#') {
            return Some(format!("#{}", self.own(fragment)));
        }
        if is_elsewhere(href) {
            return Some(href.to_owned());
        }
        if tag.attributes.iter().any(|(name, _)| *name == "download") {
            let path = self.file(href)?;
            self.carried.insert(path.clone());
            return self.carried(href);
        }
        let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
        let path = resolve(self.path, path);
        if self.shelf.leaves.contains(&path) {
            let leaf = id(&path);
            return Some(fragment.map_or_else(|| format!("#{leaf}"), |fragment| format!("#{leaf}--{fragment}")));
        }
        self.shelf.served.as_ref().map(|served| format!("{}/{path}", served.trim_end_matches('/')))
    }

    /// The path of a file that is carried along: tables always, a workbook where there is one for a whole report.
    fn file(&self, href: &str) -> Option<String> {
        let path = resolve(self.path, href);
        // The workbook of a report is large, and stands in the report's own leaf only
        let own = path.strip_suffix(".xlsx").is_some_and(|stem| Some(stem) == self.path.strip_suffix(".html"));
        let carries = path.ends_with(".csv") || (own && self.shelf.workbooks && !self.carried.contains(&path));
        (carries && self.shelf.files.contains_key(path.as_str())).then_some(path)
    }

    fn file_name(&self, href: &str) -> String {
        resolve(self.path, href).trim_start_matches("en/").replace('/', "-")
    }

    /// A file of the site inside an address.
    fn carried(&self, href: &str) -> Option<String> {
        if is_elsewhere(href) {
            return href.starts_with("data:").then(|| href.to_owned());
        }
        data(&resolve(self.path, href), &self.shelf.files)
    }
}

/// A file as an address that holds it.
#[must_use]
pub(super) fn data(path: &str, files: &BTreeMap<&str, &[u8]>) -> Option<String> {
    let bytes = files.get(path)?;
    let kind = match path.rsplit('.').next().unwrap_or_default() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "csv" => "text/csv;charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
    Some(format!("data:{kind};base64,{}", base64(bytes)))
}

fn is_elsewhere(href: &str) -> bool {
    href.starts_with("//") || href.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The path below the site that a link of a page means.
#[must_use]
pub(super) fn resolve(from: &str, href: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::markup::pieces;
    use super::*;
    use crate::pages::address::relative;

    #[test]
    fn links_ids_and_files_are_pointed_inside() {
        let files: BTreeMap<&str, &[u8]> = [("data/x.csv", b"a" as &[u8]), ("assets/a.png", b"b"), ("data/x.json", b"c")].into();
        let leaves = ["index.html", "en/data/x.html", "data/x.html"].map(str::to_owned).into();
        let mut shelf = Shelf { leaves, files, ..Shelf::default() };
        for (html, expected) in [
            ("<p id=\"a\" aria-labelledby=\"b c\">t</p>", "<p id=\"data/x--a\" aria-labelledby=\"data/x--b data/x--c\">t</p>"),
            ("<a href=\"../index.html#top\">t</a>", "<a href=\"#index--top\">t</a>"),
            ("<a href=\"#a\">t</a>", "<a href=\"#data/x--a\">t</a>"),
            ("<a href=\"../en/data/x.html\">t</a>", "<a href=\"#en/data/x\">t</a>"),
            ("<a href=\"../surveys/x.html\">t</a>", "<a>t</a>"),
            ("<a href=\"https://a.example/b\">t</a>", "<a href=\"https://a.example/b\">t</a>"),
            ("<a href=\"x.csv\" download>t</a>", "<a href=\"data:text/csv;charset=utf-8;base64,YQ==\" download=\"data-x.csv\">t</a>"),
            ("<p>1 <a href=\"x.json\" download>JSON</a> 2</p>", "<p>1  2</p>"),
            ("<img src=\"../assets/a.png\" alt>", "<img src=\"data:image/png;base64,Yg==\" alt>"),
            ("<path fill=\"url(#h)\"/>", "<path fill=\"url(#data/x--h)\"/>"),
        ] {
            assert_eq!(Leaf::new(&shelf, "data/x.html").write(&pieces(html)), expected, "{html}");
        }
        shelf.served = Some("https://s.example/".to_owned());
        let html = Leaf::new(&shelf, "data/x.html").write(&pieces("<a href=\"../surveys/x.html\">t</a>"));
        assert_eq!(html, "<a href=\"https://s.example/surveys/x.html\">t</a>");
        assert_eq!(relative("data/x.html", &resolve("data/x.html", "../a/b.html")), "../a/b.html");
    }
}
