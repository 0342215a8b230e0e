//! `shirube new`: a working project to start from.

use super::console::{Console, Exit};
use crate::language::Words;
use anyhow::Context;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;

/// The demonstration, which is also the manual's examples and the largest fixture of the tests.
static DEMONSTRATION: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");
/// What the smaller projects have of their own.
static SCAFFOLDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/commands/scaffolds");

/// A project to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything there is.
    Demonstration,
    /// One module with its lessons and the totals of its class.
    Training,
    /// A short survey and its report.
    Pulse,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Demonstration, Kind::Training, Kind::Pulse];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Demonstration => "demonstration",
            Kind::Training => "training",
            Kind::Pulse => "pulse",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What it takes of the demonstration, by the beginning of the path below `content/`.
    fn takes(self) -> &'static [&'static str] {
        match self {
            Kind::Demonstration => &[""],
            Kind::Training => &["modules/strengths/", "surveys/class-strengths.yaml", "reports/class-strengths.yaml"],
            Kind::Pulse => &["surveys/pulse.yaml"],
        }
    }
}

/// Makes a project in a folder that is empty or not there yet.
///
/// # Errors
///
/// When something stands there, or the disk refuses.
pub fn run(folder: &Path, kind: Kind, console: &Console) -> anyhow::Result<Exit> {
    if folder.exists() {
        let mut entries = std::fs::read_dir(folder).with_context(|| {
            Words::new(format!("{} はフォルダーではありません", folder.display()), format!("{} is not a folder", folder.display()))
        })?;
        if entries.next().is_some() {
            anyhow::bail!(Words::new(
                format!("{} には、もう何かがあります。空のフォルダーか、まだない名前を指定してください", folder.display()),
                format!("{} is not empty; name an empty folder or one that does not exist yet", folder.display()),
            ));
        }
    }
    for (path, bytes) in files(kind) {
        let file = path.split('/').fold(folder.to_path_buf(), |file, part| file.join(part));
        let cannot = || Words::new(format!("{} に書けません", file.display()), format!("cannot write {}", file.display()));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent).with_context(cannot)?;
        }
        std::fs::write(&file, bytes).with_context(cannot)?;
    }
    console.note(&Words::new(
        format!("{} にプロジェクトを作りました。次に、このように打ちます。", folder.display()),
        format!("Made a project in {}. Next, type:", folder.display()),
    ));
    console.result(&format!("shirube serve --root {}", quoted(&folder.display().to_string())));
    Ok(Exit::Done)
}

/// A path as one word of a command, for every shell.
fn quoted(path: &str) -> String {
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path.to_owned() }
}

/// Every file of a new project, by its path below the project.
fn files(kind: Kind) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(&DEMONSTRATION, &mut |path, bytes| {
        if kind.takes().iter().any(|prefix| path.starts_with(prefix)) {
            files.insert(format!("content/{path}"), bytes.to_vec());
        }
    });
    let own = format!("{}/", kind.name());
    collect(&SCAFFOLDS, &mut |path, bytes| {
        if let Some(path) = path.strip_prefix(&own) {
            files.insert(path.to_owned(), bytes.to_vec());
        }
    });
    files.insert(".gitignore".to_owned(), b"/private\n/output\n".to_vec());
    files
}

fn collect(folder: &Dir<'static>, take: &mut dyn FnMut(&str, &[u8])) {
    for file in folder.files() {
        // Paths are written as the building machine does
        take(&file.path().to_string_lossy().replace('\\', "/"), file.contents());
    }
    for inner in folder.dirs() {
        collect(inner, take);
    }
}
