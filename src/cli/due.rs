//! `due`: its arguments.

use super::arguments::today_argument;
use super::words::say;
use crate::commands::due::Wish;
use crate::commands::due_period::Part;
use crate::language::{DayTime, Language, month_written};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::{Path, PathBuf};

pub(super) fn command(language: Language) -> Command {
    let path = |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf));
    let month = |name: &'static str| {
        let read = |text: &str| month_written(text).ok_or("2027-07");
        Arg::new(name).long(name).value_name("MONTH").value_parser(read)
    };
    Command::new("due")
        .about(say(
            language,
            "節目の年に当たる人を名簿の日付から調べ、案内の名簿・文面・カレンダーを作る",
            "Who is due in a milestone year: lists to invite by, texts, dates",
        ))
        .after_help(say(
            language,
            "例: shirube due milestones --people people.csv --to private/due",
            "Example: shirube due milestones --people people.csv --to private/due",
        ))
        .arg(Arg::new("cohorts").value_name("COHORTS").required(true).help(say(language, "節目の ID", "Id of the cohorts")))
        .arg(path("people", "FILE").required(true).help(say(
            language,
            "名簿（CSV。id、joined、born など。UTF-8 か Shift_JIS）",
            "The list of people (CSV with id, joined, born; UTF-8 or Shift_JIS)",
        )))
        .arg(Arg::new("year").long("year").value_name("YEAR").value_parser(value_parser!(i32).range(1990..=2200)).help(say(
            language,
            "年度（書かなければ今日の年度）",
            "The fiscal year (default: that of today)",
        )))
        .arg(Arg::new("quarter").long("quarter").value_name("QUARTER").value_parser(["1", "2", "3", "4", "this", "next"]).help(say(
            language,
            "その年度の四半期だけ（1〜4。今日の四半期は this、次は next）",
            "Only a quarter of the fiscal year: 1 to 4, that of today (this) or the one after it (next)",
        )))
        .arg(month("from").requires("until").conflicts_with_all(["year", "quarter"]).help(say(
            language,
            "この月から（2027-07 の形。一つの年度の中で）",
            "From this month on, such as 2027-07; within one fiscal year",
        )))
        .arg(month("until").requires("from").help(say(language, "この月まで", "Until this month")))
        .arg(path("to", "DIR").help(say(
            language,
            "ファイルを書くフォルダー（書かなければ人数を見せるだけ）",
            "Folder for the files (default: none, only numbers are told)",
        )))
        .arg(Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            language,
            "あるファイルを上書きする",
            "Replace files that exist",
        )))
        .arg(today_argument(language))
}

pub(super) fn wish(own: &ArgMatches) -> Wish<'_> {
    let month = |name: &str| own.get_one::<(i32, u32)>(name).copied();
    let part = match (own.get_one::<String>("quarter").map(String::as_str), month("from"), month("until")) {
        (Some("this"), ..) => Part::ThisQuarter,
        (Some("next"), ..) => Part::NextQuarter,
        (Some(number), ..) => Part::Quarter(number.parse().unwrap_or_default()),
        (None, Some(from), Some(until)) => Part::Months(from, until),
        (None, ..) => Part::Whole,
    };
    Wish {
        cohorts: own.get_one::<String>("cohorts").map_or("", String::as_str),
        people: own.get_one::<PathBuf>("people").map_or(Path::new(""), PathBuf::as_path),
        year: own.get_one::<i32>("year").copied(),
        part,
        to: own.get_one::<PathBuf>("to").map(PathBuf::as_path),
        force: own.get_flag("force"),
        today: own.get_one::<DayTime>("today").copied(),
    }
}
