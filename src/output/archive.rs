//! A site as one file to hand on: a zip whose bytes are the same wherever and whenever it is made. Writes no file itself.

use super::artifact::Artifact;
use crate::language::Words;
use anyhow::Context;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// How hard the compressor tries, 1 to 9. Beyond 6 sites shrink by less than a hundredth.
const LEVEL: i64 = 6;

/// These files in one folder of this name, sorted by their paths; no day, owner or order of making in it.
///
/// # Errors
///
/// When there is more than a zip can hold.
pub fn archive(folder: &str, artifacts: &[Artifact]) -> anyhow::Result<Vec<u8>> {
    let failed = || Words::new("zip にまとめられません", "cannot make the zip");
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut sorted: Vec<&Artifact> = artifacts.iter().collect();
    sorted.sort_by_key(|artifact| artifact.path.as_str());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for artifact in sorted {
        zip.start_file(format!("{folder}/{}", artifact.path), options).with_context(failed)?;
        zip.write_all(&artifact.bytes).with_context(failed)?;
    }
    Ok(zip.finish().with_context(failed)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::RelativePath;
    use std::io::Read;

    fn artifact(path: &str, text: &str) -> Artifact {
        Artifact { path: RelativePath::new(path).expect("a path"), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn the_same_files_make_the_same_bytes_in_whatever_order() {
        let files = [artifact("index.html", &"<p>しるべ</p>".repeat(200)), artifact("assets/site.css", "p{}")];
        let made = archive("site", &files).expect("a zip");
        let turned = [files[1].clone(), files[0].clone()];
        assert_eq!(made, archive("site", &turned).expect("a zip"));
        let mut read = zip::ZipArchive::new(Cursor::new(made)).expect("a zip");
        let names: Vec<String> = read.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["site/assets/site.css", "site/index.html"]);
        let mut text = String::new();
        let mut entry = read.by_name("site/index.html").expect("there");
        assert_eq!(entry.last_modified().map(|at| at.year()), Some(1980));
        entry.read_to_string(&mut text).expect("text");
        assert_eq!(text.as_bytes(), files[0].bytes);
    }
}
