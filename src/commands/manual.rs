//! `shirube manual`: the manual as a folder of pages that opens without a network.

use super::console::{Console, Exit};
use crate::language::{Language, Words};
use crate::output::write;
use crate::pipeline;
use anyhow::Context;
use std::path::Path;

/// Where the manual goes unless another folder is named.
const FOLDER: &str = "shirube-manual";

/// Writes the manual into a folder, and says which of its files to open.
///
/// # Errors
///
/// When the folder cannot be written, or holds files of others.
pub fn run(to: Option<&Path>, console: &Console) -> anyhow::Result<Exit> {
    let folder = to.unwrap_or(Path::new(FOLDER));
    write(folder, &pipeline::manual()?).with_context(|| {
        Words::new(format!("{} にマニュアルを書けません", folder.display()), format!("cannot write the manual to {}", folder.display()))
    })?;
    console.note(&Words::new(
        "マニュアルを書きました。次のファイルをブラウザーで開きます。ネットワークは要りません。",
        "Wrote the manual. Open this file in a browser; no network is needed.",
    ));
    let first = if console.language == Language::Japanese { folder.join("index.html") } else { folder.join("en").join("index.html") };
    console.result(&first.display().to_string());
    Ok(Exit::Done)
}
