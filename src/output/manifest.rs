//! What the last build wrote: the only files that may ever be replaced or removed.

use super::path::RelativePath;
use crate::language::Words;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The name of the manifest, in the root.
pub const MANIFEST_NAME: &str = ".shirube-manifest.json";

/// The files of a build with the SHA-256 of their bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeMap<RelativePath, String>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Written {
    format: u32,
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest in `root`; empty where there is none.
    pub(super) fn read(root: &Path) -> anyhow::Result<Manifest> {
        let path = root.join(MANIFEST_NAME);
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            return Err(anyhow::Error::new(damaged(&path)));
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Manifest::default()),
            Err(error) => return Err(error).with_context(|| damaged(&path)),
        };
        Manifest::parse(&bytes).with_context(|| damaged(&path))
    }

    fn parse(bytes: &[u8]) -> anyhow::Result<Manifest> {
        let written: Written = serde_json::from_slice(bytes)?;
        anyhow::ensure!(
            written.format == 1,
            Words::new(
                format!("書式{}は新しい版のshirubeのものです", written.format),
                format!("format {} belongs to a newer shirube", written.format),
            )
        );
        let files = written.files.into_iter().map(|(path, hash)| Ok((RelativePath::new(path)?, hash)));
        Ok(Manifest { files: files.collect::<Result<_, Words>>()? })
    }

    /// The manifest as bytes: the same files give the same bytes.
    pub(super) fn to_bytes(&self) -> anyhow::Result<Vec<u8>> {
        let files = self.files.iter().map(|(path, hash)| (path.as_str().to_owned(), hash.clone())).collect();
        let mut bytes = serde_json::to_vec_pretty(&Written { format: 1, files })?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
        text
    })
}

fn damaged(path: &Path) -> Words {
    Words::new(
        format!(
            "{} を読めません。前に書き出したファイルが分からないため、何も変えていません。フォルダーを空にするか、別のフォルダーに書き出してください",
            path.display()
        ),
        format!(
            "cannot read {}; without it the files of the last build are unknown, so nothing was changed: empty the folder or build into another one",
            path.display()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_the_round_trip_and_refuses_paths_that_lead_out() {
        let file = RelativePath::new("en/index.html").expect("a good path");
        let manifest = Manifest { files: [(file, hash(b"abc"))].into() };
        let bytes = manifest.to_bytes().expect("bytes");
        assert_eq!(Manifest::parse(&bytes).expect("a manifest"), manifest);
        assert!(String::from_utf8_lossy(&bytes).contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assert!(Manifest::parse(br#"{"format":1,"files":{"../x":"0"}}"#).is_err());
        assert!(Manifest::parse(br#"{"format":2,"files":{}}"#).is_err());
        assert!(Manifest::parse(b"{").is_err());
    }
}
