//! Faults of the world around the store that a person can do something about, in both languages.

use crate::language::Words;
use std::fmt;
use std::path::Path;

/// A fault of the disk or of a database file, with what to do about it.
///
/// It travels inside an [`anyhow::Error`]; `error.downcast_ref::<Trouble>()` finds it again where the reader's language is
/// known. As a plain error it speaks English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    words: Words,
    /// Something that was written is not there as it was.
    damage: bool,
}

impl Trouble {
    /// What happened and what to do.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Whether a file is not as it was written: what a copy helps against.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        self.damage
    }

    fn of_damage(ja: String, en: String) -> Trouble {
        Trouble { damage: true, ..Trouble::new(ja, en) }
    }

    fn new(ja: String, en: String) -> Trouble {
        Trouble { words: Words { ja, en }, damage: false }
    }

    /// The folder cannot be made or written.
    #[must_use]
    pub(super) fn not_writable(path: &Path) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!(
                "{path} に書き込めません。回答を保存できないため、処理を中止しました。書き込みの権限とディスクの状態を確認してください。"
            ),
            format!("{path} cannot be written, so no answer could be stored. Check its permissions and the disk."),
        )
    }

    /// Something else stands where the folder should be.
    #[must_use]
    pub(super) fn not_a_folder(path: &Path) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!("{path} はフォルダーではありません。別の場所へ移してから、もう一度お試しください。"),
            format!("{path} is not a folder. Move it elsewhere and try again."),
        )
    }

    /// The file is not a sound database.
    #[must_use]
    pub(super) fn damaged(path: &Path, detail: &str) -> Trouble {
        let path = path.display();
        Trouble::of_damage(
            format!(
                "{path} が壊れています({detail})。ファイルには手を加えていません。フォルダーごとコピーを取ったうえで、「shirube restore」で控えから戻してください。"
            ),
            format!(
                "{path} is damaged ({detail}). It has been left as it is. Copy the whole folder first, then bring a backup back with “shirube restore”."
            ),
        )
    }

    /// The file is a database of something else.
    #[must_use]
    pub(super) fn foreign(path: &Path) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!("{path} は別の用途のデータベースです。手を加えていません。別の場所へ移してください。"),
            format!("{path} is a database of another kind. It has been left as it is. Move it elsewhere."),
        )
    }

    /// The file was written by a later version.
    #[must_use]
    pub(super) fn newer(path: &Path, found: i64, known: i64) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!(
                "{path} は新しい版の shirube で作られています(形式 {found}、この版が扱えるのは {known} まで)。新しい版をお使いください。"
            ),
            format!(
                "{path} was written by a later version of shirube (format {found}; this one knows up to {known}). Use the later version."
            ),
        )
    }

    /// Another process holds the file.
    #[must_use]
    pub(super) fn in_use(path: &Path) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!("{path} は別のプログラムが使用中です。そのプログラムを終了してから、もう一度お試しください。"),
            format!("{path} is in use by another program. Close that program and try again."),
        )
    }

    /// The place cannot carry a write-ahead log.
    #[must_use]
    pub(super) fn no_log(path: &Path, mode: &str) -> Trouble {
        let path = path.display();
        Trouble::new(
            format!(
                "{path} の場所では回答を確実に保存できません(journal_mode={mode})。ネットワークドライブではなく、このコンピューターのディスクに置いてください。"
            ),
            format!(
                "Answers cannot be kept safely where {path} stands (journal_mode={mode}). Put it on a disk of this computer, not on a network drive."
            ),
        )
    }

    /// Batches that were once closed are not there.
    #[must_use]
    pub(super) fn lost(path: &Path, survey: &str, closed: u32, found: u32) -> Trouble {
        let path = path.display();
        Trouble::of_damage(
            format!(
                "{path} に、アンケート「{survey}」の締め済みの回答がそろっていません({closed} 束のうち {found} 束)。「shirube restore」で控えから戻してください。"
            ),
            format!(
                "{path} lacks closed answers of survey \"{survey}\" ({found} of {closed} batches are there). Bring a backup back with “shirube restore”."
            ),
        )
    }

    /// The disk has no room left.
    #[must_use]
    pub(super) fn full() -> Trouble {
        Trouble::new(
            "ディスクの空き容量がないため、保存できませんでした。".to_owned(),
            "The disk is full, so nothing could be stored.".to_owned(),
        )
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.en)
    }
}

impl std::error::Error for Trouble {}
