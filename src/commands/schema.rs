//! `shirube schema`: JSON Schemas of every content type, for editors, and tables of their keys, for people.

use super::console::{Console, Exit};
use crate::catalog::TYPES;
use crate::content::schema::{json_schema, key_tables};
use crate::language::{Language, Words};
use crate::output::{Artifact, RelativePath, write};
use std::path::Path;

/// Every key of every type of content as tables, for people.
#[must_use]
pub fn manual(language: Language) -> String {
    let mut text = Words::new("# 項目の一覧\n", "# Keys\n").in_language(language).to_owned();
    for (name, record) in TYPES {
        text.push_str(&format!("\n## {name}\n\n{}", key_tables(record, language)));
    }
    text
}

/// Writes the schemas and the tables of keys into a folder (`schema/` of the project, unless another is named).
///
/// # Errors
///
/// When the folder cannot be written.
pub fn run(root: &Path, to: Option<&Path>, console: &Console) -> anyhow::Result<Exit> {
    let folder = to.map_or_else(|| root.join("schema"), Path::to_path_buf);
    let mut artifacts = Vec::new();
    for (name, record) in TYPES {
        let path = RelativePath::new(format!("{name}.json")).map_err(|words| anyhow::anyhow!(words))?;
        artifacts.push(Artifact { path, bytes: format!("{:#}\n", json_schema(record)).into_bytes() });
    }
    for language in Language::ALL {
        let path = RelativePath::new(format!("keys.{}.md", language.code())).map_err(|words| anyhow::anyhow!(words))?;
        artifacts.push(Artifact { path, bytes: manual(language).into_bytes() });
    }
    write(&folder, &artifacts)?;
    console.note(&Words::new(
        format!("{} に {} 個の JSON Schema と、項目の一覧（keys.ja.md、keys.en.md）を書きました。ファイルの一行目に「# yaml-language-server: $schema=../../schema/survey.json」のように書くと、編集中に項目の説明が出ます。", folder.display(), TYPES.len()),
        format!("Wrote {} JSON Schemas and the tables of keys (keys.ja.md, keys.en.md) to {}. With a first line such as “# yaml-language-server: $schema=../../schema/survey.json”, editors explain the keys.", TYPES.len(), folder.display()),
    ));
    Ok(Exit::Done)
}
