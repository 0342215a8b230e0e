//! Reads questions.

use super::condition::Condition;
use super::question::{Kind, Need, Question};
use super::read_kind::read_kind;
use super::read_parts::{read_expression, say};
use crate::content::Fields;
use crate::diagnostic::{Diagnostics, code};

pub(super) fn read_condition(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Condition> {
    read_expression(fields, "show_if", diagnostics)
}

pub(super) fn read_question(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Question {
    let question = Question {
        id: fields.line("id"),
        place: fields.place_of("id"),
        text: fields.text("text"),
        hint: fields.optional_text("hint"),
        need: match fields.line("need").as_str() {
            "required" => Need::Required,
            "declinable" => Need::Declinable,
            _ => Need::Optional,
        },
        sensitive: fields.flag("sensitive"),
        show_if: read_condition(fields, diagnostics),
        kind: read_kind(fields, diagnostics),
    };
    let unanswered = matches!(question.kind, Kind::Note | Kind::Calculated { .. });
    if unanswered && question.need != Need::Optional {
        say(
            diagnostics,
            code::UNKNOWN_VALUE,
            fields.place_of("need"),
            "答えるところがないので、need は要りません。",
            "There is nothing to answer here, so nothing can be needed.",
        );
    }
    question
}
