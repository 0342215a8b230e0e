//! `purge` and its arguments.

use super::arguments::today_argument;
use super::words::say;
use crate::commands::purge::Wish;
use crate::language::Language;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// `shirube purge`.
pub(super) fn command(language: Language) -> Command {
    let say = |ja: &'static str, en: &'static str| say(language, ja, en);
    Command::new("purge")
        .about(say("保存の期限が過ぎた回答を消す（公開した集計は残る）", "Deletes answers whose time is up; published figures stay"))
        .after_help(say("例: shirube purge --dry-run", "Example: shirube purge --dry-run"))
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .conflicts_with("yes")
                .help(say("何を消すかを示すだけで、消さない", "Only say what would be deleted")),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(say("確かめずに消す。元には戻せない", "Delete without asking; there is no way back")),
        )
        .arg(today_argument(language))
}

/// What is asked of it.
pub(super) fn wish(own: &ArgMatches) -> Wish {
    match (own.get_flag("dry-run"), own.get_flag("yes")) {
        (_, true) => Wish::Delete,
        (true, false) => Wish::Look,
        (false, false) => Wish::Unsure,
    }
}
