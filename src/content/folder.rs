//! The files of a project's `content/` folder, read once, in sorted order. The only file that names walkdir.

use super::encoding;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Sources, code};
use crate::language::Words;
use crate::output::RelativePath;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;

/// What a file is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `.yaml`, `.yml`
    Yaml,
    /// `.md`
    Markdown,
    /// `.csv`, `.tsv`
    Table,
    /// Everything else: images, documents to hand out.
    Other,
}

impl FileKind {
    /// The kind of a path.
    #[must_use]
    pub fn of(path: &str) -> FileKind {
        match path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
            Some("yaml" | "yml") => FileKind::Yaml,
            Some("md") => FileKind::Markdown,
            Some("csv" | "tsv") => FileKind::Table,
            _ => FileKind::Other,
        }
    }

    /// The largest size in MiB. Far above anything a person writes, far below what would make a build slow.
    #[must_use]
    pub fn limit_in_mib(self) -> u64 {
        match self {
            FileKind::Yaml | FileKind::Markdown => 4,
            FileKind::Table => 32,
            FileKind::Other => 8,
        }
    }
}

/// What stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// YAML and Markdown: UTF-8 without byte order mark, lines ended by `\n`.
    Text(Arc<str>),
    /// Tables and everything else, as it is on the disk.
    Bytes(Arc<[u8]>),
}

/// One file of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path below the project's root, with `/`: `content/surveys/pulse.yaml`.
    pub path: Arc<str>,
    /// What it is.
    pub kind: FileKind,
    /// What stands in it.
    pub body: Body,
}

impl File {
    /// The text of a YAML or Markdown file.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.body {
            Body::Text(text) => Some(text),
            Body::Bytes(_) => None,
        }
    }

    /// The SHA-256 of what stands in it, the same whatever editor and system wrote it: texts and tables with LF line ends and
    /// without a byte order mark.
    #[must_use]
    pub fn sum(&self) -> [u8; 32] {
        let bytes = self.bytes();
        if self.kind == FileKind::Other {
            return Sha256::digest(bytes).into();
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut sum = Sha256::new();
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            match part.strip_suffix(b"\r\n") {
                Some(line) => sum.update([line, b"\n"].concat()),
                None => sum.update(part),
            }
        }
        sum.finalize().into()
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Text(text) => text.as_bytes(),
            Body::Bytes(bytes) => bytes,
        }
    }
}

/// The files of a folder of the project, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    files: BTreeMap<Arc<str>, File>,
    refused: BTreeSet<Arc<str>>,
}

impl Folder {
    /// Reads `content/` of the project at `root`. Files that cannot be read as what they are stay out and are reported.
    ///
    /// # Errors
    /// When there is no `content/`, or the disk refuses.
    pub fn read(root: &Path) -> anyhow::Result<(Folder, Diagnostics)> {
        Folder::read_below(root, "content")
    }

    /// Reads another folder of the project, `themes/mine` say. Dotfiles and what editors and systems leave behind are passed
    /// over; links are not followed.
    ///
    /// # Errors
    /// When there is no such folder, or the disk refuses.
    pub fn read_below(root: &Path, below: &str) -> anyhow::Result<(Folder, Diagnostics)> {
        let start = below.split('/').fold(root.to_path_buf(), |path, part| path.join(part));
        if !start.is_dir() {
            anyhow::bail!(Words::new(
                format!("{} フォルダーがありません。プロジェクトのフォルダーで実行するか、shirube new で作ってください。", start.display()),
                format!("There is no folder {}. Run this in a project’s folder, or make a project with “shirube new”.", start.display()),
            ));
        }
        let mut folder = Folder::default();
        let mut diagnostics = Diagnostics::new();
        let walk = walkdir::WalkDir::new(&start).follow_root_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_left_behind)) {
            let entry = entry.with_context(|| cannot_read(&start))?;
            if entry.depth() == 0 || entry.file_type().is_dir() {
                continue;
            }
            let parts: Vec<_> = entry.path().strip_prefix(root).unwrap_or(entry.path()).iter().map(|part| part.to_string_lossy()).collect();
            let path: Arc<str> = parts.join("/").into();
            match read_file(&entry, Arc::clone(&path), &mut diagnostics)? {
                Some(file) => {
                    folder.files.insert(path, file);
                }
                None => {
                    folder.refused.insert(path);
                }
            }
        }
        report_same_names(&folder, &mut diagnostics);
        Ok((folder, diagnostics))
    }

    /// A folder of files that are already in memory.
    #[must_use]
    pub fn of(files: impl IntoIterator<Item = File>) -> Folder {
        Folder { files: files.into_iter().map(|file| (Arc::clone(&file.path), file)).collect(), refused: BTreeSet::new() }
    }

    /// Adds a file that is already in memory, by path and bytes, with the same checks as a file on the disk.
    pub fn insert(&mut self, path: &str, bytes: Vec<u8>, diagnostics: &mut Diagnostics) {
        match take(path.into(), bytes, diagnostics) {
            Some(file) => {
                self.files.insert(Arc::clone(&file.path), file);
            }
            None => {
                self.refused.insert(path.into());
            }
        }
    }

    /// Paths of files that are there and could not be read: nobody should say that they are missing.
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.refused.iter().map(|path| &**path)
    }

    /// Every file, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.values()
    }

    /// The file of a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// Every file whose path starts with `prefix`, sorted: `content/surveys/`.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a File> {
        self.files
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .map(|(_, file)| file)
            .take_while(move |file| file.path.starts_with(prefix))
    }

    /// The texts, for showing diagnostics.
    #[must_use]
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for file in self.files.values() {
            if let Body::Text(text) = &file.body {
                sources.insert(Arc::clone(&file.path), Arc::clone(text));
            }
        }
        sources
    }
}

/// Dotfiles, editors' copies, and what file managers leave.
fn is_left_behind(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with('#') && name.ends_with('#')
        || [".swp", ".swo", ".bak", ".orig", ".tmp", "~"].iter().any(|end| lower.ends_with(end))
        || ["thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str())
}

fn read_file(entry: &walkdir::DirEntry, path: Arc<str>, diagnostics: &mut Diagnostics) -> anyhow::Result<Option<File>> {
    if !entry.file_type().is_file() {
        diagnostics.push(
            Diagnostic::warning(
                code::FILE_NAME,
                Place::whole(&path),
                "リンクなどの特殊なファイルは読みません。",
                "Links and other special files are not read.",
            )
            .hint("ファイルそのものを、ここに置いてください。", "Put the file itself here."),
        );
        return Ok(None);
    }
    let length = entry.metadata().with_context(|| cannot_read(entry.path()))?.len();
    if is_too_large(&path, length, diagnostics) {
        return Ok(None);
    }
    let bytes = std::fs::read(entry.path()).with_context(|| cannot_read(entry.path()))?;
    Ok(take(path, bytes, diagnostics))
}

fn take(path: Arc<str>, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> Option<File> {
    if let Err(why) = RelativePath::new(&*path) {
        diagnostics.push(
            Diagnostic::error(
                code::FILE_NAME,
                Place::whole(&path),
                format!("パソコンによっては使えないファイル名です。{}。", why.ja),
                format!("This name cannot be used on every system: {}.", why.en),
            )
            .hint("名前を変えてください。", "Rename it."),
        );
        return None;
    }
    if is_too_large(&path, bytes.len() as u64, diagnostics) {
        return None;
    }
    let kind = FileKind::of(&path);
    let body = match kind {
        FileKind::Yaml | FileKind::Markdown => match encoding::utf8(&path, &bytes) {
            Ok(text) => Body::Text(text.into()),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                return None;
            }
        },
        FileKind::Table | FileKind::Other => Body::Bytes(bytes.into()),
    };
    Some(File { path, kind, body })
}

fn is_too_large(path: &Arc<str>, length: u64, diagnostics: &mut Diagnostics) -> bool {
    const MIB: u64 = 1 << 20;
    let limit = FileKind::of(path).limit_in_mib();
    if length <= limit * MIB {
        return false;
    }
    #[allow(clippy::cast_precision_loss, reason = "a size in MiB with one decimal needs no more than 52 bits")]
    let size = crate::language::number(length as f64 / MIB as f64, 1);
    diagnostics.push(
        Diagnostic::error(
            code::FILE_TOO_LARGE,
            Place::whole(path),
            format!("ファイルが大きすぎます（{size} MB）。読めるのは {limit} MB までです。"),
            format!("The file is too large ({size} MB). At most {limit} MB are read."),
        )
        .hint("いくつかに分けるか、小さくしてください。", "Split it, or make it smaller."),
    );
    true
}

/// Two names that differ in case only are one file on Windows and macOS.
fn report_same_names(folder: &Folder, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<String, &Arc<str>> = BTreeMap::new();
    for path in folder.files.keys() {
        if let Some(first) = seen.insert(path.to_lowercase(), path) {
            diagnostics.push(Diagnostic::error(
                code::FILE_NAME,
                Place::whole(path),
                format!("{first} とは、大文字と小文字しか違いません。Windows や Mac では同じファイルになります。"),
                format!("This name differs from {first} only in capital letters. On Windows and macOS they are one file."),
            ));
        }
    }
}

fn cannot_read(path: &Path) -> Words {
    Words::new(format!("{} を読めません", path.display()), format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_typed_and_decoded() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        for folder in ["surveys", ".git", "pages/b"] {
            std::fs::create_dir_all(content.join(folder)).expect("a folder");
        }
        for (name, bytes) in [
            ("surveys/b.yaml", b"a: 1\r\nb: 2\r\n".as_slice()),
            ("surveys/a.yaml", b"\xef\xbb\xbftitle: x".as_slice()),
            ("surveys/a.yaml~", b""),
            ("surveys/.a.yaml.swp", b""),
            (".DS_Store", b"\0"),
            (".git/config", b""),
            ("Thumbs.db", b""),
            ("pages/b/photo.png", b"\x89PNG\r\n"),
            ("data.csv", b"a,b\r\n"),
        ] {
            std::fs::write(content.join(name), bytes).expect("a file");
        }
        let (folder, diagnostics) = Folder::read(root.path()).expect("a folder");
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let paths: Vec<&str> = folder.files().map(|file| &*file.path).collect();
        assert_eq!(paths, ["content/data.csv", "content/pages/b/photo.png", "content/surveys/a.yaml", "content/surveys/b.yaml"]);
        assert_eq!(folder.get("content/surveys/a.yaml").and_then(File::text).map(|text| &**text), Some("title: x"));
        assert_eq!(folder.get("content/surveys/b.yaml").and_then(File::text).map(|text| &**text), Some("a: 1\nb: 2\n"));
        assert_eq!(folder.get("content/data.csv").map(File::bytes), Some(b"a,b\r\n".as_slice()));
        assert_eq!(folder.under("content/surveys/").count(), 2);
        assert!(Folder::read(&root.path().join("nowhere")).is_err());
    }

    #[test]
    fn sizes_encodings_and_names_are_all_reported_in_one_run() {
        let mut folder = Folder::default();
        let mut diagnostics = Diagnostics::new();
        let shift_jis = encoding::to_cp932("title: x\nname: 満足度").expect("in CP932");
        let euc = [b"name: ".as_slice(), &[0xcb, 0xfe, 0xc2, 0xad]].concat();
        for (path, bytes) in [
            ("content/big.yaml", vec![b'a'; 5_000_000]),
            ("content/big.csv", vec![b'a'; 5_000_000]),
            ("content/huge.csv", vec![b'a'; 33 << 20]),
            ("content/sjis.yaml", shift_jis),
            ("content/utf16.md", vec![0xff, 0xfe, b'a', 0]),
            ("content/euc.md", euc),
            ("content/aux.md", Vec::new()),
            ("content/a.md", Vec::new()),
            ("content/A.md", Vec::new()),
        ] {
            folder.insert(path, bytes, &mut diagnostics);
        }
        report_same_names(&folder, &mut diagnostics);
        let found: Vec<String> = diagnostics.sorted().iter().map(|one| format!("{} {}", one.place, one.code)).collect();
        assert_eq!(
            found,
            [
                "content/a.md:1:1 file-name",
                "content/aux.md:1:1 file-name",
                "content/big.yaml:1:1 file-too-large",
                "content/euc.md:1:7 encoding",
                "content/huge.csv:1:1 file-too-large",
                "content/sjis.yaml:2:7 encoding",
                "content/utf16.md:1:1 encoding",
            ]
        );
        let hint = |path: &str| {
            diagnostics
                .sorted()
                .into_iter()
                .find(|one| &*one.place.file == path)
                .and_then(|one| one.hint.clone())
                .map(|words| words.en)
                .unwrap_or_default()
        };
        assert!(hint("content/sjis.yaml").contains("Shift_JIS"));
        assert!(hint("content/utf16.md").contains("UTF-16"));
        assert_eq!(folder.files().count(), 3);
    }
}
