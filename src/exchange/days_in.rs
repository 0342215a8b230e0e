//! Columns of days in a list of people: which they are, what stands in them, and in which order these days can be.

use crate::catalog::cohorts::Dates;
use crate::content::Cell;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Day, day_written};

/// Which days a list has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Of joining.
    pub joined: bool,
    /// Of birth.
    pub born: bool,
}

/// Which day a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Joined,
    Born,
    Left,
}

const DATES: &[(&str, When)] = &[
    ("joined", When::Joined),
    ("hired", When::Joined),
    ("入社日", When::Joined),
    ("入社年月日", When::Joined),
    ("born", When::Born),
    ("birthday", When::Born),
    ("生年月日", When::Born),
    ("誕生日", When::Born),
    ("left", When::Left),
    ("退職日", When::Left),
    ("退職年月日", When::Left),
];

/// The day that a column of this name holds.
pub(super) fn date_column(name: &str) -> Option<When> {
    let name = name.trim().to_lowercase();
    DATES.iter().find(|(known, _)| *known == name).map(|(_, when)| *when)
}

/// The columns that are asked for and are not there. `held` says which days have one, `head` is where the list begins, `others` are the
/// names of columns that nobody knows.
pub(super) fn missing(asked: Asked, held: &[When], head: Option<&Cell>, others: &[String], diagnostics: &mut Diagnostics) {
    for (when, ja, en, needed) in [(When::Joined, "入社日", "joined", asked.joined), (When::Born, "生年月日", "born", asked.born)] {
        let Some(first) = head.filter(|_| needed && !held.contains(&when)) else { continue };
        let fault = Diagnostic::error(
            code::MISSING_KEY,
            first.place.clone(),
            format!("「{ja}」の列がありません（列の名前は {en} でもかまいません）。"),
            format!("The column “{en}” is missing."),
        );
        let near = [ja, en].into_iter().find_map(|name| closest(name, others.iter().map(String::as_str))).map(str::to_owned);
        diagnostics.push(match near {
            Some(near) => fault.hint(format!("「{near}」のことですか。"), format!("Is it “{near}”?")),
            None => fault,
        });
    }
}

/// The day that stands in a cell, into the days of a person.
pub(super) fn take(asked: Asked, when: When, text: &str, cell: &Cell, dates: &mut Dates, diagnostics: &mut Diagnostics) {
    let day = day(asked, when, text, cell, diagnostics);
    match when {
        When::Joined => dates.joined = day,
        When::Born => dates.born = day,
        When::Left => dates.left = day,
    }
}

fn day(asked: Asked, when: When, text: &str, cell: &Cell, diagnostics: &mut Diagnostics) -> Option<Day> {
    let (ja, en, needed) = match when {
        When::Joined => ("入社日", "day of joining", asked.joined),
        When::Born => ("生年月日", "day of birth", asked.born),
        When::Left => ("退職日", "day of leaving", false),
    };
    if text.is_empty() {
        if needed {
            refuse(diagnostics, &cell.place, format!("{ja}がありません。"), format!("The {en} is missing."));
        }
        return None;
    }
    match day_written(text) {
        Ok(day) => Some(day),
        Err(words) => {
            let mut first = words.en.chars();
            let en = first.next().map(|char| char.to_uppercase().chain(first).collect::<String>()).unwrap_or_default();
            refuse(diagnostics, &cell.place, format!("{}。", words.ja), format!("{en}."));
            None
        }
    }
}

/// Nobody joins before being born, or leaves before joining.
pub(super) fn in_order(dates: &Dates, places: &[(When, Place)], diagnostics: &mut Diagnostics) {
    let place = |when: When| places.iter().find(|(known, _)| *known == when).map(|(_, place)| place.clone());
    if let (Some(born), Some(joined), Some(place)) = (dates.born, dates.joined, place(When::Joined))
        && joined <= born
    {
        let en = format!("The day of joining, {joined}, is not after that of birth, {born}.");
        refuse(diagnostics, &place, format!("入社日（{joined}）が生年月日（{born}）より後ではありません。"), en);
    }
    if let (Some(joined), Some(left), Some(place)) = (dates.joined, dates.left, place(When::Left))
        && left < joined
    {
        let en = format!("The day of leaving, {left}, is before that of joining, {joined}.");
        refuse(diagnostics, &place, format!("退職日（{left}）が入社日（{joined}）より前です。"), en);
    }
}

fn refuse(diagnostics: &mut Diagnostics, place: &Place, ja: String, en: String) {
    diagnostics.push(Diagnostic::error(code::REFUSED_ROW, place.clone(), ja, en));
}
