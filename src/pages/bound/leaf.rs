//! A page of a site becomes a leaf of the one file: its ids are made its own, its links lead to other leaves, what it needs is
//! carried inside.

use super::attribute;
use super::classes::renamed;
use super::drawings::{Drawings, is_drawing};
use super::markup::{Piece, Tag, element};
use super::repeats::numbered;
use crate::content::byte_letters::base64;
use crate::output::{Artifact, RelativePath, archive};
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
    /// The drawings of all pages.
    pub drawings: Drawings,
    /// Short names of the ids that something leads to; empty: all ids keep their names.
    pub ids: BTreeMap<String, String>,
    /// Short names of the classes that stand often.
    pub classes: BTreeMap<String, String>,
}

/// Elements whose end is where the next one begins or their parent ends.
const ENDS_ITSELF: [&str; 6] = ["td", "th", "tr", "thead", "tbody", "li"];

/// The id of a page's leaf: its path without ending.
#[must_use]
pub(super) fn id(path: &str) -> String {
    path.strip_suffix(".html").unwrap_or(path).to_owned()
}

/// The id of a part of a page, before it is shortened.
fn long(path: &str, name: &str) -> String {
    format!("{}--{name}", id(path))
}

impl Shelf<'_> {
    fn short(&self, long: String) -> String {
        self.ids.get(&long).cloned().unwrap_or(long)
    }

    /// Gives short names to the ids of pages that something leads to, and none to the others.
    pub(super) fn shorten<'p, 'a: 'p>(&mut self, pages: impl Iterator<Item = (&'p str, &'p [Piece<'a>])>) {
        let mut named = BTreeSet::new();
        for (path, pieces) in pages {
            for piece in pieces {
                let Piece::Tag(tag) = piece else { continue };
                for (name, value) in &tag.attributes {
                    let value = value.unwrap_or_default();
                    if NAMES_IDS.contains(name) {
                        named.extend(value.split_ascii_whitespace().map(|id| long(path, id)));
                    } else if let Some((href, fragment)) = value.split_once('#').filter(|_| *name == "href" && !is_elsewhere(value)) {
                        let own = if href.is_empty() { path.to_owned() } else { resolve(path, href) };
                        named.insert(long(&own, fragment));
                    }
                }
            }
        }
        self.ids = named.into_iter().enumerate().map(|(index, long)| (long, format!("--{}", numbered(index)))).collect();
    }
}

/// A page on its way into the file.
pub(super) struct Leaf<'a> {
    shelf: &'a Shelf<'a>,
    path: &'a str,
    /// Files that it carries already: each stands in it once.
    carried: BTreeSet<String>,
    /// Its tables go together.
    together: bool,
    /// So many drawings are written.
    drawn: usize,
    /// What names the figure that is being written.
    figure: Option<&'a str>,
}

impl<'a> Leaf<'a> {
    pub(super) fn new(shelf: &'a Shelf<'a>, path: &'a str) -> Leaf<'a> {
        Leaf { shelf, path, carried: BTreeSet::new(), together: false, drawn: 0, figure: None }
    }

    /// The same with several tables as one file beside its text; with one, that stands where it stood.
    pub(super) fn with_tables_together(mut self, pieces: &[Piece<'_>]) -> Leaf<'a> {
        self.together = self.tables(pieces).len() > 1;
        self
    }

    /// The tables that it has links to.
    fn tables(&self, pieces: &[Piece<'_>]) -> BTreeSet<String> {
        let tags = pieces.iter().filter_map(|piece| if let Piece::Tag(tag) = piece { Some(tag) } else { None });
        let own = tags.filter(|tag| tag.name == "a").filter_map(|tag| tag.get("href")).map(|href| resolve(self.path, href));
        own.filter(|path| path.ends_with(".csv") && self.shelf.files.contains_key(path.as_str())).collect()
    }

    /// All its tables as one zip: what it is called, and an address that holds it.
    pub(super) fn zip(&self, pieces: &[Piece<'_>]) -> Option<(String, String)> {
        if !self.together {
            return None;
        }
        let file = |path: &String| {
            let name = path.rsplit('/').next().unwrap_or_default();
            Some(Artifact { path: RelativePath::new(name).ok()?, bytes: self.shelf.files.get(path.as_str())?.to_vec() })
        };
        let files: Vec<Artifact> = self.tables(pieces).iter().filter_map(file).collect();
        let name = self.file_name(self.path.rsplit('/').next().unwrap_or_default()).replace(".html", "");
        // Each name stands twice in a zip: the folder that unpacking makes bears the report's already
        let zip = archive("csv", &files).ok()?;
        Some((format!("{name}.csv.zip"), format!("data:application/zip;base64,{}", base64(&zip))))
    }

    /// Pieces as markup of this leaf.
    pub(super) fn write(&mut self, pieces: &[Piece<'a>]) -> String {
        let mut out = String::new();
        let mut skipping = false;
        let mut rest = pieces;
        while let Some((piece, after)) = rest.split_first() {
            if let Piece::Tag(tag) = piece {
                let whole = self.instead(&mut out, tag, rest);
                if whole > 0 {
                    rest = rest.get(whole..).unwrap_or_default();
                    continue;
                }
            }
            rest = after;
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

    /// Writes what stands in the place of a whole element that begins here; of how many pieces, none where it stays.
    fn instead(&mut self, out: &mut String, tag: &Tag<'a>, pieces: &[Piece<'a>]) -> usize {
        if tag.closing {
            return 0;
        }
        if tag.name == "p" && tag.has_class("downloads") {
            let all = element(pieces, |tag| tag.name == "p").unwrap_or_default();
            let ways = |piece: &Piece<'_>| matches!(piece, Piece::Tag(tag) if tag.name == "a" && !tag.closing && !self.is_left_out(tag));
            return if all.iter().any(ways) { 0 } else { all.len() };
        }
        if tag.name == "figure" {
            self.figure = tag.get("aria-labelledby");
        }
        if !is_drawing(tag) {
            return 0;
        }
        self.drawn += 1;
        let Some((title, inside)) = self.shelf.drawings.get(self.path, self.drawn - 1) else { return 0 };
        let length = element(pieces, is_drawing).map_or(0, <[_]>::len);
        out.push_str("<svg");
        if tag.has_class("chart") {
            attribute::add(out, "class", "chart");
            attribute::add(out, "role", "img");
            // The same words name the figure that it stands in, and a table in it gives the same numbers
            match self.figure {
                Some(named) => attribute::add(out, "aria-labelledby", &self.own(named)),
                None => attribute::add(out, "aria-label", title),
            }
            attribute::add(out, "viewBox", tag.get("viewBox").unwrap_or_default());
        } else {
            for (name, value) in &tag.attributes {
                attribute::add(out, name, value.unwrap_or_default());
            }
        }
        out.push('>');
        out.push_str(inside);
        out.push_str("</svg>");
        length
    }

    /// A way to a file that this one does not carry, with its words.
    fn is_left_out(&self, tag: &Tag<'_>) -> bool {
        tag.attributes.iter().any(|(name, _)| *name == "download") && tag.get("href").is_some_and(|href| self.file(href).is_none())
    }

    fn tag(&mut self, out: &mut String, tag: &Tag<'_>) {
        if tag.closing && ENDS_ITSELF.contains(&tag.name) {
            return;
        }
        if tag.closing && tag.name == "figure" {
            self.figure = None;
        }
        out.push('<');
        if tag.closing {
            out.push('/');
        }
        out.push_str(tag.name);
        for (name, value) in &tag.attributes {
            let Some(value) = value else {
                let file = (*name == "download").then(|| tag.get("href")).flatten();
                match file {
                    Some(href) => attribute::add(out, name, &self.file_name(href)),
                    None => out.push_str(&format!(" {name}")),
                }
                continue;
            };
            let own = match *name {
                "id" if !self.shelf.ids.is_empty() => self.shelf.ids.get(&long(self.path, value)).cloned(),
                "id" => Some(self.own(value)),
                // Heads of a first row and a first column are heads of their column and row without saying so
                "scope" if matches!(*value, "col" | "row") => None,
                "class" => Some(renamed(value, &self.shelf.classes)),
                "href" => self.href(tag, value),
                "src" => self.carried(value),
                // The leaf bears its language itself; what a switch marks as current stays
                name if NAMES_IDS.contains(&name) => {
                    Some(value.split_ascii_whitespace().map(|id| self.own(id)).collect::<Vec<_>>().join(" "))
                }
                _ => Some(value.replace("url(#", &format!("url(#{}--", id(self.path)))),
            };
            if let Some(own) = own {
                attribute::add(out, name, &own);
            }
        }
        out.push_str(if tag.alone { " />" } else { ">" });
    }

    fn own(&self, name: &str) -> String {
        self.shelf.short(long(self.path, name))
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
            return Some(fragment.map_or_else(|| format!("#{leaf}"), |fragment| format!("#{}", self.shelf.short(long(&path, fragment)))));
        }
        self.shelf.served.as_ref().map(|served| format!("{}/{path}", served.trim_end_matches('/')))
    }

    /// The path of a file that is carried along: tables always, a workbook where there is one for a whole report.
    fn file(&self, href: &str) -> Option<String> {
        let path = resolve(self.path, href);
        // The workbook of a report is large, and stands in the report's own leaf only
        let own = path.strip_suffix(".xlsx").is_some_and(|stem| Some(stem) == self.path.strip_suffix(".html"));
        let carries = (path.ends_with(".csv") && !self.together) || (own && self.shelf.workbooks && !self.carried.contains(&path));
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
            ("<a href=\"../index.html#top\">t</a>", "<a href=#index--top>t</a>"),
            ("<a href=\"#a\">t</a>", "<a href=\"#data/x--a\">t</a>"),
            ("<a href=\"../en/data/x.html\">t</a>", "<a href=\"#en/data/x\">t</a>"),
            ("<a href=\"../surveys/x.html\">t</a>", "<a>t</a>"),
            ("<a href=\"https://a.example/b\">t</a>", "<a href=\"https://a.example/b\">t</a>"),
            ("<a href=\"x.csv\" download>t</a>", "<a href=\"data:text/csv;charset=utf-8;base64,YQ==\" download=data-x.csv>t</a>"),
            ("<p>1 <a href=\"x.json\" download>JSON</a> 2</p>", "<p>1  2</p>"),
            ("<img src=\"../assets/a.png\" alt>", "<img src=\"data:image/png;base64,Yg==\" alt>"),
            ("<path fill=\"url(#h)\"/>", "<path fill=\"url(#data/x--h)\" />"),
        ] {
            assert_eq!(Leaf::new(&shelf, "data/x.html").write(&pieces(html)), expected, "{html}");
        }
        shelf.served = Some("https://s.example/".to_owned());
        let html = Leaf::new(&shelf, "data/x.html").write(&pieces("<a href=\"../surveys/x.html\">t</a>"));
        assert_eq!(html, "<a href=\"https://s.example/surveys/x.html\">t</a>");
        assert_eq!(relative("data/x.html", &resolve("data/x.html", "../a/b.html")), "../a/b.html");
    }
}
