//! Where the private folder stands, and why it should not stand there: what synchronises copies, what crosses a network breaks.
//!
//! A program that synchronises a folder takes the answers to other machines, among them open batches, and writes older copies
//! over newer ones. A network drive knows no shared memory between machines, which the log of the database needs.

use crate::language::Words;
use std::path::{Component, Path, Prefix};

/// Why answers are not safe in a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// A program copies the folder elsewhere; its name.
    Synced(String),
    /// The folder stands on another machine; the kind of file system.
    Network(String),
}

impl Risk {
    /// What is wrong and what to do.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Risk::Synced(name) => Words::new(
                format!(
                    "回答のフォルダーが、自動でコピーされる場所（{name}）にあります。回答が別の場所に渡り、古い写しで上書きされるおそれがあります。プロジェクトを、同期されないフォルダーへ移してください。"
                ),
                format!(
                    "The folder of answers lies where {name} copies it elsewhere: answers would leave this machine, and an older copy could replace them. Move the project to a folder that is not synchronised."
                ),
            ),
            Risk::Network(kind) => Words::new(
                format!(
                    "回答のフォルダーが、ネットワーク上のドライブ（{kind}）にあります。回答を確実に保存できません。プロジェクトを、このコンピューターのディスクへ移してください。"
                ),
                format!(
                    "The folder of answers lies on a network drive ({kind}), where answers cannot be kept safely. Move the project to a disk of this computer."
                ),
            ),
        }
    }
}

/// How the folders of programs that synchronise are called; whole names, or their beginnings before a space or a hyphen.
const SYNCED: &[&str] = &[
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "My Drive",
    "マイドライブ",
    "iCloud Drive",
    "iCloudDrive",
    "Mobile Documents",
    "CloudStorage",
    "Box",
    "Box Sync",
    "Nextcloud",
    "ownCloud",
    "Syncthing",
    "Sync",
];

/// File systems that stand on other machines.
const NETWORK: &[&str] =
    &["nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "glusterfs", "fuse.sshfs", "davfs", "fuse.davfs2"];

/// What endangers answers in this folder. `mounts` is the system's table of mounted file systems in the form of Linux'
/// `/proc/self/mounts`, where there is one.
#[must_use]
pub fn risks(folder: &Path, mounts: Option<&str>) -> Vec<Risk> {
    let mut risks: Vec<Risk> = folder.components().filter_map(|component| synced(&component.as_os_str().to_string_lossy())).collect();
    if let Some(Component::Prefix(prefix)) = folder.components().next()
        && matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..))
    {
        risks.push(Risk::Network("UNC".to_owned()));
    }
    risks.extend(mounts.and_then(|mounts| network(folder, mounts)));
    risks.sort();
    risks.dedup();
    risks
}

fn synced(name: &str) -> Option<Risk> {
    let is = |known: &&&str| {
        let known = known.to_lowercase();
        let name = name.to_lowercase();
        name.strip_prefix(&known).is_some_and(|rest| rest.is_empty() || (known.len() > 4 && rest.starts_with([' ', '-'])))
    };
    SYNCED.iter().find(is).map(|_| Risk::Synced(name.to_owned()))
}

/// The deepest mount that holds the folder decides.
fn network(folder: &Path, mounts: &str) -> Option<Risk> {
    let rows = mounts.lines().filter_map(|line| {
        let mut cells = line.split(' ').skip(1);
        Some((unescape(cells.next()?), cells.next()?))
    });
    let (_, kind) = rows.filter(|(point, _)| folder.starts_with(point)).max_by_key(|(point, _)| Path::new(point).components().count())?;
    NETWORK.contains(&kind).then(|| Risk::Network(kind.to_owned()))
}

/// White space and backslashes stand as octal numbers in the table.
fn unescape(cell: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(cell.to_owned(), |cell, (from, to)| cell.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &str) -> Vec<Risk> {
        let mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/staff /staff nfs4 rw 0 0\n/dev/sdb1 /staff/local ext4 rw 0 0\n//nas/hr /mnt/h\\040r cifs rw 0 0\n";
        risks(Path::new(folder), Some(mounts))
    }

    #[test]
    fn folders_that_are_copied_elsewhere_are_known_by_name() {
        for (folder, name) in [
            ("/data/OneDrive - みなと精機/survey/private", "OneDrive - みなと精機"),
            ("/data/Dropbox/private", "Dropbox"),
            ("/data/a/Library/Mobile Documents/private", "Mobile Documents"),
            ("/data/マイドライブ/private", "マイドライブ"),
            ("/data/dropbox-team/private", "dropbox-team"),
        ] {
            assert_eq!(found(folder), [Risk::Synced(name.to_owned())], "{folder}");
        }
        for folder in ["/data/survey/private", "/data/boxes/private", "/data/box-office/private", "/data/synchronised/private"] {
            assert_eq!(found(folder), [], "{folder}");
        }
    }

    #[test]
    fn the_deepest_mount_tells_whether_a_folder_is_on_another_machine() {
        for (folder, expected) in [
            ("/srv/private", None),
            ("/staff/a/private", Some("nfs4")),
            ("/staff/local/private", None),
            ("/mnt/h r/private", Some("cifs")),
            ("/staffs/private", None),
        ] {
            let expected: Vec<Risk> = expected.into_iter().map(|kind: &str| Risk::Network(kind.to_owned())).collect();
            assert_eq!(found(folder), expected, "{folder}");
        }
    }
}
