//! Reads what a made-up person wrote on a worksheet: every name is that of a field.

use super::worksheet::Worksheet;
use crate::content::yaml::Value;
use crate::content::{Node, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, closest, code};
use crate::language::Text;

/// The fields that are filled in, with what stands in them.
pub(super) fn sample(sheet: &Worksheet, node: Option<&Node>, diagnostics: &mut Diagnostics) -> Vec<(String, Text)> {
    let Some(Node { value: Value::Map(entries), .. }) = node else { return Vec::new() };
    let names = sheet.names();
    let mut sample = Vec::new();
    for (key, value) in entries {
        if names.contains(&key.text) {
            sample.push((key.text.clone(), text_of(value)));
            continue;
        }
        let fault = Diagnostic::error(
            code::UNKNOWN_REFERENCE,
            key.place.clone(),
            format!("欄「{}」は、このワークシートにありません。", key.text),
            format!("There is no field “{}” on this worksheet.", key.text),
        );
        diagnostics.push(match closest(&key.text, names.iter().map(String::as_str)) {
            Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
            None => fault,
        });
    }
    sample
}
