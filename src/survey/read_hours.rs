//! Takes a survey's days and hours as those of the project's time zone and says which of them cannot be.

use super::definition::Survey;
use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, code};

/// Settles the survey, which was read from this document, in the zone: every limit becomes a moment. Says where it closes before it
/// opens and where clocks in the zone never show a time.
pub fn settle(survey: &mut Survey, node: &Node, zone: &str, diagnostics: &mut Diagnostics) {
    survey.settle_in(zone);
    let fields = Fields::of(node);
    for (key, limit) in [("open", survey.open), ("close", survey.close)] {
        if let Some(limit) = limit.filter(|limit| limit.written.is_jumped_over(zone)) {
            diagnostics.push(
                Diagnostic::error(
                    code::OUT_OF_RANGE,
                    fields.place_of(key),
                    format!("{zone} では、時計を進めるため、{} という時刻がありません。", limit.written),
                    format!("Clocks in {zone} are put forward over {}: there is no such time.", limit.written),
                )
                .hint("前後一時間の時刻にしてください。", "Name a time an hour earlier or later."),
            );
        }
    }
    if let (Some(open), Some(close)) = (survey.open, survey.close)
        && close.at <= open.at
    {
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            fields.place_of("close"),
            format!("受付の終わり（{}）が、始まり（{}）より前です。", close.written, open.written),
            format!("It closes ({}) before it opens ({}).", close.written, open.written),
        ));
    }
}
