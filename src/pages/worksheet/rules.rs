//! A worksheet for the script: its parts and results with their words, in one language.

use super::bounds::bounds;
use super::cards::Deck;
use super::gather::Filled;
use super::pictures::{pictures, sample};
use super::totals;
use super::written::Values;
use crate::catalog::Worksheet;
use crate::catalog::outcome::{Compute, Outcome};
use crate::catalog::worksheet::{Field, FieldKind, Holds, Named, Part, PersonLine};
use crate::charts::drawing;
use crate::kernels;
use crate::language::Text;
use crate::pages::edition::Edition;
use crate::survey::compiled::compiled;
use serde_json::{Map, Value as Json, json};

/// The phrases that the script says.
const SAID: [&str; 25] = [
    "worksheet_me",
    "list_gap",
    "worksheet_years",
    "worksheet_up",
    "worksheet_across",
    "worksheet_none",
    "worksheet_nothing",
    "worksheet_rank",
    "worksheet_card",
    "worksheet_importance",
    "worksheet_lived",
    "worksheet_gap",
    "worksheet_used",
    "worksheet_mean",
    "worksheet_families",
    "worksheet_share",
    "worksheet_year",
    "worksheet_age",
    "worksheet_rise",
    "worksheet_fall",
    "worksheet_stages",
    "worksheet_stage",
    "worksheet_lifts",
    "worksheet_length",
    "worksheet_answers",
];

/// What only the script says, of itself.
const DOES: [&str; 51] = [
    "worksheet_marked_gap",
    "worksheet_marked_first",
    "worksheet_marked_three",
    "worksheet_marked_often",
    "worksheet_first_five",
    "worksheet_one_own",
    "worksheet_one_more",
    "worksheet_one_long",
    "cards_date",
    "totals_nothing",
    "totals_tied",
    "totals_too_many",
    "cards_too_long",
    "window_carried",
    "worksheet_more_rows",
    "worksheet_saved",
    "worksheet_opened",
    "worksheet_opened_left",
    "worksheet_newer_loaded",
    "worksheet_newer_kept",
    "worksheet_open_failed",
    "worksheet_open_other",
    "worksheet_erased",
    "worksheet_sampled",
    "worksheet_replace_sure",
    "worksheet_cleared",
    "worksheet_clear_sure",
    "worksheet_between",
    "worksheet_at_least",
    "worksheet_at_most",
    "worksheet_picked",
    "worksheet_picked_over",
    "worksheet_left_empty",
    "worksheet_left_unread",
    "worksheet_left_order",
    "worksheet_left_outside",
    "worksheet_kept_nowhere",
    "worksheet_erase_sure",
    "worksheet_kept_tab",
    "worksheet_kept_device",
    "worksheet_kept_file",
    "worksheet_not_number",
    "worksheet_not_month",
    "worksheet_number",
    "worksheet_peak",
    "worksheet_valley",
    "worksheet_peaks",
    "worksheet_heavy",
    "worksheet_in_table",
    "worksheet_event",
    "worksheet_future",
];

/// What is said where three lists overlap, and nowhere else.
const OF_OVERLAP: [&str; 14] = [
    "worksheet_wcm",
    "worksheet_wc",
    "worksheet_wm",
    "worksheet_cm",
    "worksheet_w",
    "worksheet_c",
    "worksheet_m",
    "worksheet_wcm_next",
    "worksheet_wc_next",
    "worksheet_wm_next",
    "worksheet_cm_next",
    "worksheet_w_next",
    "worksheet_c_next",
    "worksheet_m_next",
];

/// What is said where others pick words too, and nowhere else.
const OF_JOHARI: [&str; 11] = [
    "worksheet_open",
    "worksheet_blind",
    "worksheet_hidden",
    "worksheet_unknown",
    "worksheet_cards",
    "worksheet_agreement",
    "worksheet_most_named",
    "worksheet_few_others",
    "worksheet_family",
    "worksheet_by_me",
    "worksheet_by_others",
];

/// What is said where things are compared by twos or threes, and nowhere else.
const OF_COMPARED: [&str; 13] = [
    "worksheet_sets_left",
    "worksheet_sets_same",
    "worksheet_best",
    "worksheet_worst",
    "worksheet_score",
    "worksheet_pairs_left",
    "worksheet_circles",
    "worksheet_consistency",
    "worksheet_wins",
    "worksheet_sets_left_one",
    "worksheet_sets_same_one",
    "worksheet_pairs_left_one",
    "worksheet_circles_one",
];

/// What is said where cards are dealt, and nowhere else.
const OF_PILES: [&str; 10] = [
    "worksheet_deal_count",
    "worksheet_deal_pile",
    "worksheet_deal_back",
    "worksheet_deal_later",
    "worksheet_deal_list",
    "worksheet_deal_done",
    "worksheet_deal_next",
    "worksheet_deal_many",
    "worksheet_deal_again",
    "worksheet_deal_unsorted",
];

/// What is said where jobs are listed, and nowhere else.
const OF_JOBS: [&str; 22] = [
    "worksheet_liked_weak",
    "worksheet_liked_strong",
    "worksheet_disliked_weak",
    "worksheet_disliked_strong",
    "worksheet_skill",
    "worksheet_skill_years",
    "worksheet_how_well",
    "worksheet_felt",
    "worksheet_corner",
    "worksheet_on_line",
    "worksheet_now",
    "worksheet_job_1",
    "worksheet_job_2",
    "worksheet_job_task",
    "worksheet_job_learned",
    "worksheet_job_31",
    "worksheet_job_32",
    "worksheet_portable",
    "worksheet_again",
    "worksheet_episodes",
    "worksheet_job_total",
    "worksheet_job_total_one",
];

/// What is said of money, and nowhere else.
const OF_MONEY: [&str; 14] = [
    "worksheet_money_rule",
    "worksheet_children_most",
    "worksheet_at_age",
    "worksheet_never_below",
    "worksheet_below",
    "worksheet_lowest",
    "worksheet_end",
    "worksheet_once",
    "worksheet_income",
    "worksheet_flows",
    "worksheet_expense",
    "worksheet_balance",
    "worksheet_savings",
    "worksheet_plan",
];

/// What is said of people and their years.
const OF_PEOPLE: [&str; 12] = [
    "worksheet_not_birth",
    "worksheet_people_events",
    "worksheet_people_prepared",
    "worksheet_people_fixed",
    "worksheet_people_movable",
    "worksheet_people_by_year",
    "worksheet_people_by_school",
    "worksheet_people_two_ages",
    "worksheet_people_late",
    "worksheet_people_soon",
    "worksheet_people_when",
    "worksheet_people_open",
];

/// What is said where points can be kept from others.
const OF_LIVES: [&str; 8] = [
    "worksheet_saved_own",
    "worksheet_saved_shown",
    "worksheet_whole",
    "worksheet_lifted",
    "worksheet_lowered",
    "worksheet_points",
    "worksheet_by",
    "worksheet_feeling",
];

/// The rules.
pub(super) fn rules(edition: &Edition<'_>, module: &str, sheet: &Worksheet) -> Json {
    let plain = |text: &Text| edition.plain(text);
    let own = |result: &Outcome| -> &[&str] {
        match result.compute {
            Compute::Overlap(..) => &OF_OVERLAP,
            Compute::Johari(..) => &OF_JOHARI,
            Compute::Paired(..) | Compute::BestWorst(..) => &OF_COMPARED,
            Compute::Timeline(..) => &OF_JOBS,
            Compute::CashFlow(..) => &OF_MONEY,
            Compute::Lifeline(_) => &OF_LIVES,
            _ => &[],
        }
    };
    let dealt = |part: &Part| -> &[&str] {
        match &part.holds {
            Holds::Cards { piles, .. } if !piles.is_empty() => &OF_PILES,
            _ => &[],
        }
    };
    let peopled = sheet.parts.iter().any(|part| matches!(part.holds, Holds::People(_)));
    let say: Map<String, Json> = SAID
        .iter()
        .chain(&DOES)
        .chain(sheet.results.iter().flat_map(own))
        .chain(sheet.parts.iter().flat_map(dealt))
        .chain(OF_PEOPLE.iter().filter(|_| peopled))
        .map(|key| ((*key).to_owned(), json!(edition.say(key))))
        .collect();
    json!({
        "key": format!("{}/{module}/{}", edition.material.site.id, sheet.id),
        "sheet": format!("{module}/{}", sheet.id),
        "title": plain(&sheet.title),
        "japanese": edition.language == crate::language::Language::Japanese,
        "parts": sheet.parts.iter().map(|one| part(&plain, one)).collect::<Vec<_>>(),
        "results": sheet.results.iter().map(|one| result(&plain, edition, sheet, one)).collect::<Vec<_>>(),
        "sample": sample(sheet, edition.language),
        "cards": Deck::of(sheet).map(|deck| deck.rules(&plain)),
        "totals": totals::rules(edition, sheet),
        "say": say,
    })
}

fn named(plain: &dyn Fn(&Text) -> String, all: &[Named]) -> Json {
    all.iter().map(|one| json!({"id": one.id, "label": plain(&one.label)})).collect()
}

/// Named things with what they mean, where that is said.
fn noted(plain: &dyn Fn(&Text) -> String, all: &[Named]) -> Json {
    let one = |one: &Named| match &one.note {
        Some(note) => json!({"id": one.id, "label": plain(&one.label), "note": plain(note)}),
        None => json!({"id": one.id, "label": plain(&one.label)}),
    };
    all.iter().map(one).collect()
}

fn field(plain: &dyn Fn(&Text) -> String, field: &Field) -> Json {
    let (kind, choices, from) = match &field.kind {
        FieldKind::Text => ("text", Json::Null, Json::Null),
        FieldKind::Long(_) => ("long", Json::Null, Json::Null),
        FieldKind::Number(..) => ("number", Json::Null, Json::Null),
        FieldKind::Month => ("month", Json::Null, Json::Null),
        FieldKind::Tick => ("tick", Json::Null, Json::Null),
        FieldKind::Choice(choices) => ("choice", named(plain, choices), Json::Null),
        FieldKind::Card(from) => ("card", Json::Null, json!(from.value)),
        FieldKind::Lines => ("lines", Json::Null, Json::Null),
        FieldKind::Who(from) => ("who", Json::Null, json!(from.value)),
    };
    json!({"id": field.id, "label": plain(&field.label), "kind": kind, "choices": choices, "from": from})
}

fn part(plain: &dyn Fn(&Text) -> String, part: &Part) -> Json {
    let fields = |all: &[Field]| all.iter().map(|one| field(plain, one)).collect::<Vec<_>>();
    let own = match &part.holds {
        Holds::Fields(all) | Holds::Prompts(all) => json!({"fields": fields(all)}),
        Holds::Rows(columns, most, _) => json!({"fields": fields(columns), "most": most}),
        Holds::Points { range, categories, most, x, y, .. } => {
            json!({"x": plain(x), "y": plain(y), "range": range, "categories": named(plain, categories), "most": most})
        }
        Holds::Money(lines, more, years) => {
            let lines: Vec<Json> = lines
                .iter()
                .map(|line| json!({"id": line.id, "label": plain(&line.label), "income": line.income, "children": line.children}))
                .collect();
            json!({"lines": lines, "more": more, "years": years})
        }
        Holds::People(lines) => {
            let line = |line: &PersonLine| json!({"id": line.named.id, "label": plain(&line.named.label), "ageless": line.ageless});
            json!({"lines": lines.iter().map(line).collect::<Vec<_>>()})
        }
        Holds::Cards { families, piles, pick, others } => {
            let families: Vec<Json> = families
                .iter()
                .map(|(family, cards)| json!({"id": family.id, "label": plain(&family.label), "cards": noted(plain, cards)}))
                .collect();
            json!({"families": families, "piles": named(plain, piles), "pick": pick, "others": others})
        }
        Holds::Ratings { groups, items, points } => {
            let items: Vec<Json> = items.iter().map(|item| json!({"id": item.id, "of": item.of.value, "reverse": item.reverse})).collect();
            json!({"groups": named(plain, groups), "items": items, "points": points.len()})
        }
        Holds::Pairs(items) | Holds::BestWorst(items) => json!({"items": named(plain, items)}),
    };
    let bounds: Map<String, Json> =
        bounds(part).into_iter().map(|(column, (least, most))| (column.to_owned(), json!([least, most]))).collect();
    let mut rules = json!({"id": part.id, "kind": part.holds.kind(), "title": plain(&part.title), "bounds": bounds});
    if let (Some(rules), Json::Object(own)) = (rules.as_object_mut(), own) {
        rules.extend(own);
    }
    rules
}

fn result(plain: &dyn Fn(&Text) -> String, edition: &Edition<'_>, sheet: &Worksheet, result: &Outcome) -> Json {
    let of: Vec<Option<&str>> = match &result.compute {
        Compute::Overlap(circles) => circles.iter().map(|one| Some(one.value.as_str())).collect(),
        Compute::Johari(one) | Compute::UseGap(one) | Compute::Paired(one) | Compute::BestWorst(one) | Compute::Lifeline(one) => {
            vec![Some(&one.value)]
        }
        Compute::Timeline(one, licences) => vec![Some(&one.value), licences.as_ref().map(|one| one.value.as_str())],
        Compute::Ranking(one, two) | Compute::Recurring(one, two) => vec![Some(&one.value), Some(&two.value)],
        Compute::CashFlow(money, events, scenarios, people) => {
            let name = |one: &crate::catalog::Located<String>| one.value.clone();
            let of: Vec<Option<String>> =
                vec![Some(name(money)), events.as_ref().map(name), scenarios.as_ref().map(name), people.as_ref().map(name)];
            return json!({"compute": "cash_flow", "title": plain(&result.title), "pictures": result.pictures, "of": of});
        }
        Compute::Compose(_) | Compute::Value { .. } => Vec::new(),
    };
    let mut rules = json!({"compute": result.compute.name(), "title": plain(&result.title), "pictures": result.pictures, "of": of});
    match &result.compute {
        Compute::Compose(lines) => {
            let line = |line: &crate::catalog::outcome::ComposedLine| json!({"template": edition.read(&line.template), "each": line.each.as_ref().map(|each| &each.value), "unless": line.unless.as_ref().map(|own| &own.value)});
            rules["lines"] = lines.iter().map(line).collect();
            rules["heavy"] = result.heavy.iter().map(plain).collect();
        }
        Compute::Value { expression, unit, decimals, .. } => {
            rules["expression"] = compiled(expression);
            rules["unit"] = json!(unit.as_ref().map(plain));
            rules["decimals"] = json!(decimals);
            rules["numbers"] = sheet.numbers().into_iter().map(|(id, name)| json!([id, name])).collect();
        }
        _ => {}
    }
    rules
}

/// Everything that the script must make of a worksheet’s sample, for the test that holds both equal: its rules, and for each result
/// the input and output of its kernel and the scenes of its drawings.
#[must_use]
pub fn case(edition: &Edition<'_>, module: &str, sheet: &Worksheet) -> Json {
    case_of(edition, module, sheet, &sample(sheet, edition.language))
}

/// The same of a sheet with these values.
#[must_use]
pub fn case_of(edition: &Edition<'_>, module: &str, sheet: &Worksheet, values: &Values) -> Json {
    let filled = Filled { sheet, values, language: edition.language };
    let say = |key: &str| edition.say(key).to_owned();
    let made = |result: &Outcome| {
        let input = filled.input(result);
        let output = kernels::run(result.compute.name(), &input).unwrap_or(Json::Null);
        let scenes: Vec<Json> = pictures(&filled, result, &input, &output, &say)
            .into_iter()
            .flat_map(|(name, drawn)| [792.0, 328.0].map(|width| (name, wide(&drawn, width))))
            .map(|(name, drawn)| json!({"name": name, "input": drawn, "scene": drawing::scene(name, &drawn)}))
            .collect();
        json!({"compute": result.compute.name(), "input": input, "output": output, "scenes": scenes})
    };
    json!({"rules": rules(edition, module, sheet), "values": values, "results": sheet.results.iter().map(made).collect::<Vec<_>>()})
}

/// The same drawing at a width.
pub(super) fn wide(drawing: &Json, width: f64) -> Json {
    let mut drawing = drawing.clone();
    drawing["width"] = json!(width);
    drawing
}
