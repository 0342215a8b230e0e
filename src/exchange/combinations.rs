//! Combinations of attributes that few of the invited people hold, and what to merge.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::language::Language;
use crate::survey::definition::Mode;
use crate::survey::{Attribute, Carried, Survey, merge};
use std::collections::BTreeMap;

/// The most combinations that are named one by one.
const MOST_NAMED: usize = 10;

/// Somebody of a list.
pub(super) struct Row<'a> {
    /// The id in the list.
    pub(super) id: &'a str,
    /// What the answers will carry.
    pub(super) carried: &'a Carried,
    /// Where it stands.
    pub(super) place: &'a Place,
}

/// A combination of attributes that few people hold would tell who answered. Nothing to hide where the survey is identified.
pub(super) fn combinations(survey: &Survey, people: &[Row<'_>], already: &BTreeMap<String, Carried>, diagnostics: &mut Diagnostics) {
    if survey.mode == Mode::Identified {
        return;
    }
    let k = u64::from(survey.k);
    let all: Vec<&Carried> =
        people.iter().filter(|row| !already.contains_key(row.id)).map(|row| row.carried).chain(already.values()).collect();
    if let (Some(orders), Some(first)) = (survey.rotations, people.first())
        && (all.len() as u64) < u64::from(orders) * k
    {
        let people = all.len();
        diagnostics.push(
            Diagnostic::warning(
                code::ORDER,
                first.place.clone(),
                format!("招待するのは {people} 人なので、{orders} 通りの順に分けると、{k} 人に届かない順が必ず出ます。"),
                format!("{people} people are invited: not every one of {orders} orders can be seen by {k} of them."),
            )
            .hint(
                "少なすぎる順は、受付が終わると空欄になります。rotations を減らすこともできます。",
                "Orders that too few have seen are blanked once the survey closes. “rotations” can be made fewer.",
            ),
        );
    }
    if survey.attributes.is_empty() {
        return;
    }
    let label = |language: Language, attribute: &Attribute, code: &String| attribute.label(code).in_language(language).to_owned();
    let small = merge::small(&survey.attributes, all.iter().copied(), k);
    let unnamed = small.len().saturating_sub(MOST_NAMED);
    for (codes, n) in small.into_iter().take(MOST_NAMED) {
        let named = |language: Language, gap: &str| {
            survey.attributes.iter().zip(&codes).map(|(attribute, code)| label(language, attribute, code)).collect::<Vec<_>>().join(gap)
        };
        let holds = |row: &&Row<'_>| survey.attributes.iter().zip(&codes).all(|(own, code)| row.carried.get(&own.id) == Some(code));
        let Some(Row { place, .. }) = people.iter().find(holds).or(people.first()) else { continue };
        let (ja, en) = (named(Language::Japanese, "・"), named(Language::English, ", "));
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            (*place).clone(),
            format!("「{ja}」の組み合わせは {n} 人だけです。{k} 人に満たないと、だれの答えか分かるおそれがあります。"),
            format!("Only {n} hold the combination “{en}”. With fewer than {k}, it could be told whose the answers are."),
        ));
    }
    let Some(first) = people.first().map(|row| row.place).filter(|_| diagnostics.has_errors()) else { return };
    let fault = match merge::propose(&survey.attributes, all.iter().copied(), k) {
        None => Diagnostic::error(
            code::OUT_OF_RANGE,
            first.clone(),
            format!("全員を合わせても {k} 人に満たないので、属性は付けられません。"),
            format!("All of them together are fewer than {k}: no attributes can be carried."),
        ),
        Some(merges) => {
            let proposals = |language: Language, gap: &str, quote: (&str, &str), colon: &str| {
                let one = |merge: &merge::Merge| {
                    let attribute = survey.attributes.iter().find(|attribute| attribute.id == merge.attribute);
                    let codes = merge.codes.iter().map(|code| {
                        let text = attribute.map_or_else(|| code.clone(), |attribute| label(language, attribute, code));
                        format!("{}{text}{}", quote.0, quote.1)
                    });
                    let name = attribute.map_or("", |attribute| attribute.text.in_language(language));
                    format!("{name}{colon}{}", codes.collect::<Vec<_>>().join(gap))
                };
                merges.iter().map(one).collect::<Vec<_>>().join(if language == Language::Japanese { "／" } else { "; " })
            };
            // What days come to is not in the list to be mended
            let by_cohort = survey.attributes.iter().find(|own| own.cohort.is_some());
            let column = |language: Language| by_cohort.map_or("", |own| own.text.in_language(language));
            let also = by_cohort.map_or_else(Default::default, |_| {
                (
                    format!("名簿に「{}」の列を足すと、日付からではなく、そこに書いた値になります。", column(Language::Japanese)),
                    format!(". A column “{}” in the list stands for what the days come to.", column(Language::English)),
                )
            });
            Diagnostic::error(
                code::OUT_OF_RANGE,
                first.clone(),
                format!("{k} 人に満たない組み合わせをなくすには、値をまとめます。"),
                format!("Merge values so that every combination is held by {k} or more."),
            )
            .hint(
                format!("{}たとえば、次をそれぞれ一つの値にします。{}", also.0, proposals(Language::Japanese, "と", ("「", "」"), "：")),
                format!(
                    "For example, make one value of each of these. {}{}",
                    proposals(Language::English, " and ", ("“", "”"), ": "),
                    also.1
                ),
            )
        }
    };
    diagnostics.push(fault);
    if unnamed > 0 {
        diagnostics.push(Diagnostic::error(
            code::OUT_OF_RANGE,
            first.clone(),
            format!("ほかにも {unnamed} 個の組み合わせが {k} 人に満ちません。"),
            format!("Fewer than {k} hold {unnamed} more combinations."),
        ));
    }
}
