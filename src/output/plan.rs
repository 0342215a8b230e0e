//! What a build would change below its root; refuses before anything is touched.

use super::artifact::{Artifact, Written};
use super::journal::{self, Operation};
use super::lock::LOCK_NAME;
use super::manifest::{MANIFEST_NAME, Manifest, hash};
use super::path::RelativePath;
use super::refusal::foreign;
use crate::language::Words;
use anyhow::Context;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The work of one build.
pub(super) struct Plan<'a> {
    /// What to do, in order. [`Operation::Put`] names the staged file `0`, `1`, … of `bytes`.
    pub(super) operations: Vec<Operation>,
    /// The bytes of the files to stage, by their number.
    pub(super) bytes: Vec<std::borrow::Cow<'a, [u8]>>,
    /// The report that is true once all is done.
    pub(super) written: Written,
}

/// The files of the last build that this one no longer has.
struct Leaving<'a> {
    exact: BTreeSet<&'a str>,
    folded: BTreeSet<String>,
}

impl<'a> Leaving<'a> {
    fn new(removed: &'a [RelativePath]) -> Leaving<'a> {
        Leaving { exact: removed.iter().map(RelativePath::as_str).collect(), folded: removed.iter().map(RelativePath::folded).collect() }
    }
}

enum State {
    Absent,
    Same,
    Different,
}

/// Compares the artifacts with the disk and the last manifest.
pub(super) fn plan<'a>(root: &Path, artifacts: &'a [Artifact]) -> anyhow::Result<Plan<'a>> {
    check_names(artifacts)?;
    let old = Manifest::read(root)?;
    let wanted: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let removed: Vec<RelativePath> = old.files.keys().filter(|path| !wanted.contains(path.as_str())).cloned().collect();
    let leaving = Leaving::new(&removed);

    // Collected in two steps, so that of several faults always the same one is named.
    let states: Vec<anyhow::Result<(State, String)>> =
        artifacts.par_iter().map(|artifact| Ok((state(root, artifact, &old, &leaving)?, hash(&artifact.bytes)))).collect();
    let states: Vec<(State, String)> = states.into_iter().collect::<anyhow::Result<_>>()?;

    let mut order: Vec<usize> = (0..artifacts.len()).collect();
    order.sort_by_key(|index| (is_page(&artifacts[*index].path), &artifacts[*index].path));
    let mut manifest = Manifest::default();
    let mut plan = Plan { operations: Vec::new(), bytes: Vec::new(), written: Written::default() };
    // What stands where a folder is needed, or a file where a folder stands, or differs in case only, has to go first.
    let folders: BTreeSet<String> = artifacts.iter().flat_map(|artifact| artifact.path.folders().map(str::to_lowercase)).collect();
    let files: BTreeSet<String> = artifacts.iter().map(|artifact| artifact.path.folded()).collect();
    let in_the_way = |path: &RelativePath| {
        let folded = path.folded();
        folders.contains(&folded) || files.contains(&folded) || path.folders().any(|folder| files.contains(&folder.to_lowercase()))
    };
    let (first, last): (Vec<RelativePath>, Vec<RelativePath>) = removed.into_iter().partition(in_the_way);
    plan.operations.extend(first.iter().cloned().map(|path| Operation::Remove { path }));
    for index in order {
        let (artifact, (state, hash)) = (&artifacts[index], &states[index]);
        manifest.files.insert(artifact.path.clone(), hash.clone());
        let list = match state {
            State::Same => {
                plan.written.same.push(artifact.path.clone());
                continue;
            }
            State::Absent => &mut plan.written.created,
            State::Different => &mut plan.written.changed,
        };
        list.push(artifact.path.clone());
        plan.operations.push(Operation::Put {
            path: artifact.path.clone(),
            staged: plan.bytes.len(),
            fresh: matches!(state, State::Absent),
        });
        plan.bytes.push(artifact.bytes.as_slice().into());
    }
    if manifest != old || !root.join(MANIFEST_NAME).exists() {
        plan.operations.push(Operation::Put { path: RelativePath::new(MANIFEST_NAME)?, staged: plan.bytes.len(), fresh: false });
        plan.bytes.push(manifest.to_bytes()?.into());
    }
    plan.operations.extend(last.iter().cloned().map(|path| Operation::Remove { path }));
    plan.written.removed = first.into_iter().chain(last).collect();
    for list in [&mut plan.written.created, &mut plan.written.changed, &mut plan.written.same, &mut plan.written.removed] {
        list.sort();
    }
    Ok(plan)
}

fn is_page(path: &RelativePath) -> bool {
    path.as_str().to_lowercase().ends_with(".html")
}

/// Refuses two artifacts at one place, and names that belong to the writer itself.
fn check_names(artifacts: &[Artifact]) -> anyhow::Result<()> {
    let mut seen: BTreeMap<String, &RelativePath> = BTreeMap::new();
    for artifact in artifacts {
        let first = artifact.path.as_str().split('/').next().unwrap_or_default().to_lowercase();
        if [MANIFEST_NAME, LOCK_NAME, journal::JOURNAL_NAME, journal::STAGING_NAME].contains(&first.as_str()) {
            anyhow::bail!(Words::new(
                format!("「{}」はshirube自身が使う名前です", artifact.path),
                format!("\"{}\" is a name that shirube keeps for itself", artifact.path),
            ));
        }
        if let Some(other) = seen.insert(artifact.path.folded(), &artifact.path) {
            anyhow::bail!(Words::new(
                format!("「{other}」と「{}」は同じファイルになります(大文字と小文字は区別されません)", artifact.path),
                format!("\"{other}\" and \"{}\" would be the same file (case does not count)", artifact.path),
            ));
        }
    }
    for artifact in artifacts {
        if let Some(other) = artifact.path.folders().find_map(|folder| seen.get(&folder.to_lowercase())) {
            anyhow::bail!(Words::new(
                format!("「{other}」はファイルでもありフォルダーでもあります(「{}」)", artifact.path),
                format!("\"{other}\" would be both a file and a folder (\"{}\")", artifact.path),
            ));
        }
    }
    Ok(())
}

/// How the disk compares with an artifact; an error when something foreign stands in its place.
fn state(root: &Path, artifact: &Artifact, old: &Manifest, leaving: &Leaving<'_>) -> anyhow::Result<State> {
    for folder in artifact.path.folders() {
        let path = RelativePath::new(folder)?.below(root);
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => break,
            Ok(found) if found.is_file() && leaving.exact.contains(folder) => return Ok(State::Absent),
            Ok(_) => return Err(foreign(&path)),
            Err(error) if is_absent(&error) => {}
            Err(error) => return Err(error).with_context(|| format!("{}", path.display())),
        }
    }
    // A symlink further up would lead out of the root even when the folders below it are real.
    journal::refuse_links(root, &artifact.path)?;
    let path = artifact.path.below(root);
    match path.symlink_metadata() {
        Ok(found) if found.is_file() && old.files.contains_key(&artifact.path) => {
            let length = usize::try_from(found.len()).unwrap_or(usize::MAX);
            let same = length == artifact.bytes.len() && std::fs::read(&path).is_ok_and(|bytes| bytes == artifact.bytes);
            Ok(if same { State::Same } else { State::Different })
        }
        // The same file under its old capitals, where the system ignores case.
        Ok(found) if found.is_file() && leaving.folded.contains(&artifact.path.folded()) => Ok(State::Absent),
        Ok(found) if found.is_dir() && only_leaving(&path, artifact.path.as_str(), leaving)? => Ok(State::Absent),
        Ok(_) => Err(foreign(&path)),
        Err(error) if is_absent(&error) => Ok(State::Absent),
        Err(error) => Err(error).with_context(|| format!("{}", path.display())),
    }
}

/// Whether a folder holds nothing but files that this build removes.
fn only_leaving(folder: &Path, name: &str, leaving: &Leaving<'_>) -> anyhow::Result<bool> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        let Some(part) = entry.file_name().to_str().map(str::to_owned) else { return Ok(false) };
        let below = format!("{name}/{part}");
        let kind = entry.file_type()?;
        let ours = if kind.is_dir() {
            only_leaving(&entry.path(), &below, leaving)?
        } else {
            kind.is_file() && leaving.exact.contains(below.as_str())
        };
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}
