//! Reads the blocks that hold figures against each other.

use super::reference::Located;
use super::report::{Against, Block, Compare, Correction, Trend};
use crate::content::Fields;
use crate::diagnostic::{Diagnostic, Diagnostics, code};

fn located(fields: Fields<'_>, key: &str) -> Vec<Located<String>> {
    let item = |node: &crate::content::Node| Some(Located { value: node.scalar()?.to_owned(), place: node.place.clone() });
    fields.items(key).iter().filter_map(item).collect()
}

fn one(fields: Fields<'_>, key: &str) -> Option<Located<String>> {
    fields.optional_line(key).map(|value| Located { value, place: fields.place_of(key) })
}

fn correction(fields: Fields<'_>) -> Correction {
    if fields.line("correction") == "benjamini_hochberg" { Correction::BenjaminiHochberg } else { Correction::Holm }
}

/// `kind: compare`.
pub(super) fn compare(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Option<Block> {
    let (single, several) = (one(fields, "figure"), located(fields, "figures"));
    if single.is_some() != several.is_empty() {
        diagnostics.push(
            Diagnostic::error(code::MISSING_KEY, fields.place(), "何を比べるかがはっきりしません。", "It is not clear what is compared.")
                .hint("figure か figures の、どちらか一つを書きます。", "Write either “figure” or “figures”."),
        );
        return None;
    }
    let against = match fields.optional_line("against").as_deref() {
        None | Some("everybody_else") => Against::EverybodyElse,
        Some("whole") => Against::Whole,
        Some(_) => one(fields, "against").map_or(Against::EverybodyElse, Against::Group),
    };
    Some(Block::Compare(Compare {
        figures: single.into_iter().chain(several).collect(),
        choice: one(fields, "choice"),
        by: located(fields, "by"),
        against,
        correction: correction(fields),
        title: fields.optional_text("title"),
    }))
}

/// `kind: trend`.
pub(super) fn trend(fields: Fields<'_>) -> Block {
    Block::Trend(Trend {
        place: fields.place_of("kind"),
        figures: located(fields, "figures"),
        choice: one(fields, "choice"),
        by: located(fields, "by"),
        groups: located(fields, "groups"),
        waves: located(fields, "waves"),
        correction: correction(fields),
        title: fields.optional_text("title"),
    })
}
