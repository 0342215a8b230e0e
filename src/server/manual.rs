//! The manual, beside the sites: `/_manual/`, made when it is first asked for.

use super::refusal::Refusal;
use super::reply::{Reply, etag};
use super::request::{Method, Request};
use super::shelf::{Shelved, content_type};
use crate::pipeline;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Where the manual stands.
const MANUAL: &str = "/_manual";

/// The manual's files by their path, once somebody has asked.
#[derive(Default)]
pub(super) struct Manual {
    files: OnceLock<BTreeMap<String, Shelved>>,
}

impl Manual {
    /// The reply to a request below [`MANUAL`]; `None`: it asks for something else.
    pub(super) fn reply(&self, request: &Request) -> Option<Reply> {
        let path = request.path.strip_prefix(MANUAL)?;
        let Some(path) = path.strip_prefix('/') else {
            return path.is_empty().then(|| see(&format!("{MANUAL}/")));
        };
        if request.method == Method::Post {
            return Some(Reply::refusal(Refusal::Method));
        }
        let files = self.files.get_or_init(files);
        let named = [path.to_owned(), format!("{path}.html"), format!("{path}index.html")];
        if let Some(file) = named.iter().find_map(|name| files.get(name)) {
            return Some(Reply::bytes(file.content_type, file.bytes.clone()).with_etag(&file.etag).unless_known(request));
        }
        if files.contains_key(&format!("{path}/index.html")) {
            return Some(see(&format!("{MANUAL}/{path}/")));
        }
        Some(Reply::plain(404, "404"))
    }
}

fn see(address: &str) -> Reply {
    Reply::see_other(address).unwrap_or_else(|_| Reply::refusal(Refusal::Fault))
}

/// Nothing where the manual is faulty, which the tests would have found.
fn files() -> BTreeMap<String, Shelved> {
    let all = pipeline::manual().unwrap_or_default().into_iter();
    let shelved = all.map(|artifact| {
        let path = artifact.path.as_str().to_owned();
        let file = Shelved { etag: etag(&artifact.bytes), content_type: content_type(&path), bytes: artifact.bytes.into() };
        (path, file)
    });
    shelved.collect()
}
