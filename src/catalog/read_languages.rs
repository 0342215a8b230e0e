//! Reads lists of languages: the project's, and those that a site has of them.

use crate::content::{Fields, Node};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Language;

/// The languages that are listed, each once, with their nodes. What is no language of ours is said by the shape.
fn listed<'n>(fields: Fields<'n>, diagnostics: &mut Diagnostics) -> Vec<(Language, &'n Node)> {
    let mut languages: Vec<(Language, &Node)> = Vec::new();
    for item in fields.items("languages") {
        let Some(language) = item.scalar().and_then(Language::from_code) else { continue };
        if languages.iter().any(|(known, _)| *known == language) {
            diagnostics.push(Diagnostic::error(
                code::DUPLICATE_ID,
                item.place.clone(),
                format!("「{}」が二度書かれています。", language.code()),
                format!("“{}” stands here twice.", language.code()),
            ));
        } else {
            languages.push((language, item));
        }
    }
    languages
}

/// The languages of a project; never none.
pub(super) fn of_project(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Vec<Language> {
    let mut languages: Vec<Language> = listed(fields, diagnostics).into_iter().map(|(language, _)| language).collect();
    // A language that is missing or misspelt was said to be; the files of the others need no complaint of their own
    let known = fields.items("languages").iter().filter_map(Node::scalar).all(|code| Language::from_code(code).is_some());
    if languages.is_empty() || !known {
        languages.extend(Language::ALL.into_iter().filter(|language| !languages.contains(language)).collect::<Vec<_>>());
    }
    languages
}

/// The languages of a site: those that it lists, else the project's. Never none.
pub(super) fn of_site(fields: Fields<'_>, project: &[Language], diagnostics: &mut Diagnostics) -> Vec<Language> {
    let (own, foreign): (Vec<_>, Vec<_>) = listed(fields, diagnostics).into_iter().partition(|(language, _)| project.contains(language));
    for (language, node) in foreign {
        let (code, all) = (language.code(), project.iter().map(|language| language.code()).collect::<Vec<_>>());
        diagnostics.push(
            Diagnostic::error(
                code::UNKNOWN_VALUE,
                node.place.clone(),
                format!("「{code}」は、プロジェクトの言語（{}）にありません。", all.join("、")),
                format!("“{code}” is not one of the project’s languages ({}).", all.join(", ")),
            )
            .hint(
                "この行から消すか、content/project.yaml の languages に足してください。",
                "Take it out here, or add it to “languages” in content/project.yaml.",
            ),
        );
    }
    if own.is_empty() { project.to_vec() } else { own.into_iter().map(|(language, _)| language).collect() }
}
