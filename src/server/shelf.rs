//! What is served: every file of every site, in memory, by its address. A whole shelf is swapped at once, so no reader sees half
//! of a build.

use super::reply::etag;
use crate::catalog::{Catalog, Target};
use crate::language::Language;
use crate::pages::{Addresses, Spot, Theme};
use crate::pipeline::Built;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Its type.
    pub content_type: &'static str,
    /// What names these bytes.
    pub etag: String,
}

/// Where a survey's form stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSpot {
    /// The site.
    pub site: String,
    /// The survey.
    pub survey: String,
    /// The language of the form.
    pub language: Language,
    /// The address of the receipt, from the root.
    pub thanks: String,
}

/// Everything that is served between two builds.
pub struct Shelf {
    /// The content that the sites were made of.
    pub catalog: Catalog,
    /// The themes, by site.
    pub themes: BTreeMap<String, Theme>,
    /// Changes with every build that changes anything.
    pub version: String,
    files: BTreeMap<String, Shelved>,
    forms: BTreeMap<String, FormSpot>,
    lost: BTreeMap<String, Shelved>,
}

impl Shelf {
    /// Puts a build on the shelf: the home site at `/`, every site at `/ID/`.
    #[must_use]
    pub fn new(catalog: Catalog, themes: BTreeMap<String, Theme>, built: &Built) -> Shelf {
        let home = catalog.home().map(|site| site.id.clone());
        let addresses = Addresses { first: catalog.project.languages.first().copied().unwrap_or(Language::Japanese) };
        let (mut files, mut forms, mut lost) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (site, artifacts) in &built.sites {
            let mut roots = vec![format!("/{site}/")];
            if home.as_ref() == Some(site) {
                roots.push("/".to_owned());
            }
            for artifact in artifacts {
                let shelved = Shelved {
                    etag: etag(&artifact.bytes),
                    bytes: artifact.bytes.as_slice().into(),
                    content_type: content_type(artifact.path.as_str()),
                };
                for root in &roots {
                    files.insert(format!("{root}{}", artifact.path), shelved.clone());
                }
            }
            let surveys = catalog.sites.get(site).map(|site| site.surveys.as_slice()).unwrap_or_default();
            for (root, language) in roots.iter().flat_map(|root| catalog.languages().iter().map(move |language| (root, *language))) {
                for survey in surveys {
                    let form = Spot::Content(Target::Survey(survey.value.clone()));
                    let thanks = format!("{root}{}", addresses.path(&Spot::Thanks(survey.value.clone()), language));
                    let spot = FormSpot { site: site.clone(), survey: survey.value.clone(), language, thanks };
                    forms.insert(format!("{root}{}", addresses.path(&form, language)), spot);
                }
                let page = format!("{root}{}", addresses.path(&Spot::NotFound, language));
                if let Some(shelved) = files.get(&page) {
                    let bytes = rooted(&shelved.bytes, &page);
                    let folder = page.trim_end_matches("404.html").to_owned();
                    lost.insert(folder, Shelved { etag: etag(&bytes), bytes: bytes.into(), content_type: shelved.content_type });
                }
            }
        }
        let tags: String = files.iter().map(|(path, file)| format!("{path} {}\n", file.etag)).collect();
        Shelf { catalog, themes, version: etag(tags.as_bytes()), files, forms, lost }
    }

    /// The file of an address. A folder is its `index.html`; a page may be asked for without its ending.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Shelved> {
        self.name(path).and_then(|name| self.files.get(&name))
    }

    /// The form of an address.
    #[must_use]
    pub fn form(&self, path: &str) -> Option<&FormSpot> {
        self.forms.get(path).or_else(|| self.forms.get(&format!("{path}.html")))
    }

    /// «There is no such page» for an address: that of the nearest site and language.
    #[must_use]
    pub fn not_found(&self, path: &str) -> Option<&Shelved> {
        let nearest = self.lost.iter().filter(|(root, _)| path.starts_with(root.as_str())).max_by_key(|(root, _)| root.len());
        nearest.map(|(_, page)| page)
    }

    fn name(&self, path: &str) -> Option<String> {
        let tries = [path.to_owned(), format!("{path}.html"), format!("{}/index.html", path.trim_end_matches('/'))];
        tries.into_iter().find(|name| self.files.contains_key(name))
    }
}

/// A page whose links hold wherever it is shown: «there is no such page» answers addresses of any depth, so links relative to
/// its own address would lead astray.
fn rooted(page: &[u8], path: &str) -> Vec<u8> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::new();
    let text = String::from_utf8_lossy(page);
    let mut rest = text.as_ref();
    while let Some((at, name)) = ["href=\"", "src=\"", "action=\""].into_iter().filter_map(|name| Some((rest.find(name)?, name))).min() {
        let start = at + name.len();
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find('"').unwrap_or(rest.len());
        let address = &rest[..end];
        let relative =
            !address.is_empty() && !address.starts_with(['#', '/']) && !address.split(['/', '?', '#']).next().unwrap_or("").contains(':');
        if relative {
            let (mut steps, mut name) = (folder, address);
            while let Some(up) = name.strip_prefix("../") {
                steps = steps.rsplit_once('/').map_or("", |(above, _)| above);
                name = up;
            }
            out.push_str(steps);
            out.push('/');
            out.push_str(name);
        } else {
            out.push_str(address);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.into_bytes()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::rooted;

    #[test]
    fn a_page_shown_anywhere_links_from_the_root() {
        let page = b"<a href=\"../modules.html\">a</a><link href=\"../assets/site.css\"><a href=\"#main\">b</a><a href=\"https://x.example/\">c</a><a href=\"index.html\">d</a>";
        let rooted = String::from_utf8(rooted(page, "/site/en/404.html")).unwrap();
        assert_eq!(
            rooted,
            "<a href=\"/site/modules.html\">a</a><link href=\"/site/assets/site.css\"><a href=\"#main\">b</a><a href=\"https://x.example/\">c</a><a href=\"/site/en/index.html\">d</a>"
        );
    }
}
