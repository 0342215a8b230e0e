//! From what a kernel says to the drawings that show it. The script makes the same.

use super::calendar::Span;
use super::gather::Filled;
use super::written::Values;
use crate::catalog::outcome::{Compute, Outcome};
use crate::catalog::worksheet::{Holds, Named};
use crate::language::Text;
use serde_json::{Value as Json, json};

/// A drawing: which of the five, and what it is drawn from, but for the width.
pub(super) type Picture = (&'static str, Json);

fn list<'j>(json: &'j Json, key: &str) -> &'j [Json] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn float(json: &Json, key: &str) -> Option<f64> {
    json.get(key).and_then(Json::as_f64)
}

/// A number as labels print it, with a sign where it is more than nothing.
fn signed(value: f64) -> String {
    let size = value.abs();
    if value > 0.0 {
        format!("+{size}")
    } else if value < 0.0 {
        format!("−{size}")
    } else {
        "0".to_owned()
    }
}

/// The drawings of a result, in the order of the page; none where too little is written.
pub(super) fn pictures(filled: &Filled<'_>, result: &Outcome, input: &Json, output: &Json, say: &dyn Fn(&str) -> String) -> Vec<Picture> {
    let drawn = |word: &String| picture(filled, result, word, (input, output), say);
    result.pictures.iter().filter_map(drawn).collect()
}

fn picture(
    filled: &Filled<'_>,
    result: &Outcome,
    word: &str,
    (input, output): (&Json, &Json),
    say: &dyn Fn(&str) -> String,
) -> Option<Picture> {
    let text = |text: &Text| text.in_language(filled.language).to_owned();
    let label = |all: &[Named], id: &Json| {
        all.iter().find(|one| Some(one.id.as_str()) == id.as_str()).map(|one| text(&one.label)).unwrap_or_default()
    };
    let holds = |part: &str| filled.sheet.part(part).map(|part| &part.holds);
    let (name, drawing) = match (&result.compute, word) {
        (Compute::Lifeline(part), "life_line") => {
            let Some(Holds::Points { range, .. }) = holds(&part.value) else { return None };
            ("life_line", life_line(input, output, *range)?)
        }
        (Compute::CashFlow(_, events, _, people), "cash_flow") => {
            let lanes = match people {
                Some(people) => filled.lanes(&people.value, events.as_ref().map(|one| one.value.as_str()), &span(input)?),
                None => Vec::new(),
            };
            ("cash_flow", cash_flow(input, output, lanes, say)?)
        }
        (Compute::Timeline(part, _), "timeline") => ("timeline", timeline(filled, &part.value)?),
        (Compute::Timeline(..), "bars") => {
            let skills: Vec<&Json> = list(output, "skills").iter().take(12).collect();
            let most = skills.iter().filter_map(|skill| float(skill, "months")).fold(12.0, f64::max);
            let row = |skill: &&Json| {
                let years = crate::kernels::rounding::decimals(float(skill, "months").unwrap_or(0.0) / 12.0, 1);
                json!({"label": skill["name"], "value": skill["months"], "other": null, "words": format!("{years}{}", say("worksheet_years")), "marked": false})
            };
            ("bars", json!({"low": 0.0, "high": most, "rows": skills.iter().map(row).collect::<Vec<_>>()}))
        }
        (Compute::Timeline(..), "quadrant") => {
            let known = |skill: &&Json| !skill["level"].is_null() && !skill["feeling"].is_null();
            let points: Vec<Json> = list(output, "skills")
                .iter()
                .take(12)
                .filter(known)
                .map(|skill| json!({"x": skill["level"], "y": skill["feeling"]}))
                .collect();
            let corners =
                ["worksheet_liked_weak", "worksheet_liked_strong", "worksheet_disliked_weak", "worksheet_disliked_strong"].map(say);
            let (up, across) = (say("worksheet_up"), say("worksheet_across"));
            ("quadrant", json!({"points": points, "x": [1.0, 5.0], "y": [-5.0, 5.0], "corners": corners, "up": up, "across": across}))
        }
        (Compute::UseGap(part), _) => {
            let Some(Holds::Ratings { groups, points, .. }) = holds(&part.value) else { return None };
            let rows = output.as_array()?.iter();
            match word {
                "bars" => {
                    let bar = |row: &Json| {
                        let top = row["rank"].as_u64().is_some_and(|rank| rank <= 5);
                        let mean = float(row, "mean")?;
                        Some(
                            json!({"label": label(groups, &row["id"]), "value": mean, "other": null, "words": mean.to_string(), "marked": top}),
                        )
                    };
                    ("bars", json!({"low": 1.0, "high": points.len() as f64, "rows": rows.filter_map(bar).collect::<Vec<_>>()}))
                }
                "gap" => {
                    let given = |id: &Json| list(input, "groups").iter().find(|group| group["id"] == *id);
                    let bar = |row: &Json| {
                        let group = given(&row["id"])?;
                        let (important, used, gap) = (float(group, "important")?, float(group, "used")?, float(row, "gap")?);
                        Some(
                            json!({"label": label(groups, &row["id"]), "value": important, "other": used, "words": signed(gap), "marked": gap >= 3.0}),
                        )
                    };
                    ("bars", json!({"low": 0.0, "high": 10.0, "rows": rows.filter_map(bar).collect::<Vec<_>>()}))
                }
                _ => return None,
            }
        }
        (Compute::Ranking(part, _), "gap") => {
            let Some(Holds::Cards { families, .. }) = holds(&part.value) else { return None };
            let cards: Vec<Named> = families.iter().flat_map(|(_, cards)| cards.clone()).collect();
            let bar = |row: &Json| {
                let (importance, lived, gap) = (float(row, "importance")?, float(row, "lived")?, float(row, "gap")?);
                Some(
                    json!({"label": label(&cards, &row["id"]), "value": importance, "other": lived, "words": signed(gap), "marked": gap >= 3.0}),
                )
            };
            ("bars", json!({"low": 0.0, "high": 10.0, "rows": list(output, "ranked").iter().filter_map(bar).collect::<Vec<_>>()}))
        }
        (Compute::Paired(part), "bars") => {
            let Some(Holds::Pairs(items)) = holds(&part.value) else { return None };
            if output["answered"] == 0 {
                return None;
            }
            let bar = |at: &Json| {
                let at = usize::try_from(at.as_u64()?).ok()?;
                let (wins, rank) = (output["wins"].get(at)?.as_f64()?, output["ranks"].get(at)?.as_u64()?);
                Some(
                    json!({"label": text(&items.get(at)?.label), "value": wins, "other": null, "words": wins.to_string(), "marked": rank <= 3}),
                )
            };
            (
                "bars",
                json!({"low": 0.0, "high": items.len() as f64 - 1.0, "rows": list(output, "order").iter().filter_map(bar).collect::<Vec<_>>()}),
            )
        }
        (Compute::BestWorst(part), "bars") => {
            let Some(Holds::BestWorst(items)) = holds(&part.value) else { return None };
            if output["answered"] == 0 {
                return None;
            }
            let bar = |at: &Json| {
                let at = usize::try_from(at.as_u64()?).ok()?;
                let count = |key: &str| output[key].get(at)?.as_f64();
                let (best, worst, score, rank) = (count("best")?, count("worst")?, count("scores")?, output["ranks"].get(at)?.as_u64()?);
                Some(
                    json!({"label": text(&items.get(at)?.label), "value": best, "other": worst, "words": signed(score), "marked": rank <= 3}),
                )
            };
            let rows: Vec<Json> = list(output, "order").iter().filter_map(bar).collect();
            ("bars", json!({"low": 0.0, "high": (items.len() as f64 - 1.0) / 2.0, "rows": rows}))
        }
        (Compute::Johari(part), "bars") => {
            let Some(Holds::Cards { families, .. }) = holds(&part.value) else { return None };
            let named: Vec<Named> = families.iter().map(|(family, _)| family.clone()).collect();
            let sums: Vec<(String, f64)> = list(output, "families")
                .iter()
                .map(|family| (label(&named, &family["id"]), float(family, "own").unwrap_or(0.0) + float(family, "others").unwrap_or(0.0)))
                .collect();
            let most = sums.iter().fold(1.0_f64, |most, (_, sum)| most.max(*sum));
            let bar = |(label, sum): &(String, f64)| json!({"label": label, "value": sum, "other": null, "words": sum.to_string(), "marked": false});
            ("bars", json!({"low": 0.0, "high": most, "rows": sums.iter().map(bar).collect::<Vec<_>>()}))
        }
        (Compute::Recurring(..), "bars") => {
            let words = output.as_array()?;
            let most = words.iter().filter_map(|word| float(word, "answers")).fold(3.0, f64::max);
            let bar = |word: &Json| {
                let answers = float(word, "answers").unwrap_or(0.0);
                json!({"label": word["word"], "value": answers, "other": null, "words": answers.to_string(), "marked": answers >= 3.0})
            };
            ("bars", json!({"low": 0.0, "high": most, "rows": words.iter().map(bar).collect::<Vec<_>>()}))
        }
        _ => return None,
    };
    let empty = ["rows", "points", "years"].iter().any(|key| drawing.get(key).and_then(Json::as_array).is_some_and(Vec::is_empty));
    (!empty).then_some((name, drawing))
}

fn life_line(input: &Json, output: &Json, (low, high): (f64, f64)) -> Option<Json> {
    let all = list(input, "points");
    let points: Vec<Json> = list(output, "order")
        .iter()
        .filter_map(|at| all.get(usize::try_from(at.as_u64()?).ok()?))
        .map(|point| json!({"x": point["x"], "y": point["y"], "future": point["future"]}))
        .collect();
    let from = (float(points.first()?, "x")? / 5.0).floor() * 5.0;
    let to = (float(points.last()?, "x")? / 5.0).ceil() * 5.0;
    Some(
        json!({"points": points, "from": from, "to": to, "low": low, "high": high, "peaks": output["peaks"], "valleys": output["valleys"]}),
    )
}

fn span(input: &Json) -> Option<Span> {
    let whole = |key: &str| input[key].as_i64();
    Some(Span {
        start: i32::try_from(whole("start")?).ok()?,
        years: u32::try_from(whole("years")?).ok()?,
        age: whole("age").and_then(|age| i32::try_from(age).ok()),
    })
}

/// Which lines that hold money stand together in a stack, by their places: the last of many are one group, so that colours tell all apart.
fn stacked(lines: &[Json], years: &[Json], income: bool, most: usize) -> Vec<Vec<usize>> {
    let holds = |at: &usize| years.iter().any(|year| year["cells"][*at].as_f64().is_some_and(|cell| cell > 0.0));
    let mut groups: Vec<Vec<usize>> =
        (0..lines.len()).filter(|at| lines[*at]["income"] == income).filter(holds).map(|at| vec![at]).collect();
    if groups.len() > most {
        let rest = groups.split_off(most - 1).concat();
        groups.push(rest);
    }
    groups
}

fn cash_flow(input: &Json, output: &Json, lanes: Vec<Json>, say: &dyn Fn(&str) -> String) -> Option<Json> {
    let courses: Vec<&[Json]> = output.as_array()?.iter().take(3).map(|course| list(course, "years")).collect();
    let lines = list(input, "lines");
    let plan = *courses.first()?;
    let (up, down) = (stacked(lines, plan, true, 3), stacked(lines, plan, false, 5));
    let year = |(at, year): (usize, &Json)| {
        let savings: Vec<&Json> = courses.iter().filter_map(|years| years.get(at).map(|year| &year["savings"])).collect();
        let events: Vec<String> =
            list(input, "events").iter().filter(|event| event["year"] == year["year"]).map(|event| event["number"].to_string()).collect();
        let sums = |groups: &[Vec<usize>]| -> Vec<f64> {
            groups.iter().map(|group| group.iter().fold(0.0, |sum, line| sum + year["cells"][*line].as_f64().unwrap_or(0.0))).collect()
        };
        json!({"year": year["year"], "up": sums(&up), "down": sums(&down), "once": year["once"], "savings": savings, "events": events.join(",")})
    };
    let years: Vec<Json> = plan.iter().enumerate().map(year).collect();
    // The ages of everybody stand in their lanes
    let age = input["age"].as_i64().filter(|_| lanes.is_empty());
    let flows = !lines.is_empty();
    (flows || !lanes.is_empty()).then(|| {
        json!({"years": years, "age": age, "aged": say("worksheet_age"), "flowing": say("worksheet_flows"), "saved": say("worksheet_savings"), "lanes": lanes, "flows": flows})
    })
}

fn timeline(filled: &Filled<'_>, part: &str) -> Option<Json> {
    let jobs = filled.jobs(part);
    let (from, to) = (jobs.iter().map(|job| job.1).min()?, jobs.iter().map(|job| job.2).max()?);
    let row = |(row, from, to): &(u32, i32, i32)| {
        let feeling = filled.number(&format!("{part}.{row}.feeling"));
        json!({"label": filled.role(part, *row), "from": f64::from(*from), "to": f64::from(*to), "feeling": feeling})
    };
    Some(json!({"from": f64::from(from), "to": f64::from(to), "rows": jobs.iter().map(row).collect::<Vec<_>>()}))
}

/// The sample of a worksheet as somebody’s sheet in a language.
pub(super) fn sample(sheet: &crate::catalog::Worksheet, language: crate::language::Language) -> Values {
    sheet.sample.iter().map(|(name, text)| (name.clone(), text.in_language(language).to_owned())).collect()
}
