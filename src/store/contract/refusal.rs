//! Why an answer was not stored.

use super::invitations::Standing;
use crate::language::Words;
use crate::store::trouble::Trouble;
use std::fmt;

/// Why nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Too many submissions wait to be written (4,096); worth another try in a second.
    Busy,
    /// The survey's terms differ from those of its first answer.
    Locked {
        /// The names of the settings that differ, in order.
        changed: Vec<String>,
    },
    /// The operator has closed the survey.
    Closed,
    /// A quota has no room for it.
    Full {
        /// Its id.
        quota: String,
    },
    /// There is no such invitation to this survey (`None`), or it was used or revoked.
    Uninvited(Option<Standing>),
    /// The disk or the database failed.
    NotStored(Trouble),
    /// Something inside the program failed; the detail is for its log.
    Failed(String),
}

impl Refusal {
    /// What happened, for the operator; a respondent's page has its own phrases.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Refusal::Busy => Words::new(
                "回答が集中しているため、まだ保存できていません。少し待ってから、もう一度送信してください。",
                "Too many answers are arriving at once, so this one is not stored yet. Wait a moment and send it again.",
            ),
            Refusal::Locked { changed } => Words::new(
                format!("最初の回答のあとに設定が変わっているため、保存できません({})。設定を元に戻してください。", changed.join("、")),
                format!("Not stored: settings have changed since the first answer ({}). Set them back.", changed.join(", ")),
            ),
            Refusal::Closed => Words::new(
                "アンケートの受付は終わっています。回答は保存していません。",
                "The survey has been closed; the answer is not stored.",
            ),
            Refusal::Full { quota } => Words::new(
                format!("枠「{quota}」の定員を超えるため、保存していません。受け付けるには、アンケートの quotas で定員を増やします。"),
                format!("Not stored: the quota “{quota}” has no room. Raise its limit in the survey to take more."),
            ),
            Refusal::Uninvited(standing) => match standing {
                Some(Standing::Used) => Words::new("この招待では、もう回答されています。", "This invitation was used already."),
                Some(Standing::Revoked) => Words::new("この招待は取り消されています。", "This invitation was revoked."),
                Some(Standing::Open) | None => {
                    Words::new("このアンケートへの招待ではありません。", "This is no invitation to this survey.")
                }
            },
            Refusal::NotStored(trouble) => trouble.words().clone(),
            Refusal::Failed(detail) => Words::new(format!("保存できませんでした({detail})。"), format!("Not stored ({detail}).")),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Refusal {}
