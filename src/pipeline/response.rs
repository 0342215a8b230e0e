//! Response by group: how many were invited and how many have answered, never who.
//!
//! Which groups are told is decided at the door of all figures: invited people pass it as if being invited were an answer, so that no
//! group of fewer than k of them is told, nor can be worked out from the others. How many of a group have answered is told in steps of
//! k, since it is looked at again and again; that (nearly) all of them have is not told.

use crate::language::{Language, Text, count};
use crate::statistics::{self, Ledger, SurveyShape};
use crate::store::{Invited, Standing};
use crate::survey::definition::Publish;
use crate::survey::history::History;
use crate::survey::{Answer, Attribute, Batch, Category, Column, Measure, Survey, Value, Variable};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// Invitations that are not taken back, and those that were used, rounded down to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Invitations that are not taken back.
    pub invited: u64,
    /// Those that were used, rounded down to a step.
    pub answered: u64,
}

/// A survey's response.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response {
    /// Of all.
    pub all: Counted,
    /// By attribute, in the survey's order, and code; those that may be told.
    pub groups: Vec<(String, BTreeMap<String, Counted>)>,
}

/// That somebody was invited, as a variable; no attribute is called so.
const INVITED: &str = "_invited";

/// Counts these invitations.
fn count_of<'i>(invited: impl Iterator<Item = &'i Invited>, step: u64) -> Counted {
    let mut counted = Counted::default();
    for one in invited {
        counted.invited += 1;
        counted.answered += u64::from(one.standing == Standing::Used);
    }
    counted.answered = counted.answered / step * step;
    counted
}

/// Counts a survey's invitations, all of them and by each attribute.
#[must_use]
pub fn response(survey: &Survey, invited: &[Invited]) -> Response {
    let step = u64::from(survey.k.max(1));
    let invited: Vec<&Invited> = invited.iter().filter(|one| one.standing != Standing::Revoked).collect();
    let told = told(survey, &invited);
    let group = |id: &String| {
        let mut by_code: BTreeMap<String, Vec<&Invited>> = BTreeMap::new();
        for one in &invited {
            let code = one.invitation.carried.get(id).filter(|code| told.contains(&(id.clone(), (*code).clone())));
            code.into_iter().for_each(|code| by_code.entry(code.clone()).or_default().push(one));
        }
        let counted = |own: Vec<&Invited>| {
            let mut counted = count_of(own.into_iter(), step);
            // Below 95 % of them, as a share of answers is told
            counted.answered = counted.answered.min((19 * counted.invited).saturating_sub(1) / 20 / step * step);
            counted
        };
        by_code.into_iter().map(|(code, own)| (code, counted(own))).collect()
    };
    let groups = survey.attributes.iter().map(|attribute| (attribute.id.clone(), group(&attribute.id))).collect();
    Response { all: count_of(invited.iter().copied(), step), groups }
}

/// What reports tell of the groups of a survey that is over: both numbers in steps, of groups of which k people or more did not answer.
/// How many of a group are counted stands in figures, so beside an exact number of invited people it would tell that all of a few had
/// answered, and so would the numbers of all other groups beside that of everybody: as many of those stay untold as leave it open
/// whether k people of the untold are missing.
#[must_use]
pub fn at_the_end(survey: &Survey, invited: &[Invited]) -> BTreeMap<String, BTreeMap<String, (u64, u64)>> {
    let step = u64::from(survey.k.max(1));
    let missing = |id: &String, code: &String| {
        let open = invited.iter().filter(|one| one.standing == Standing::Open && one.invitation.carried.get(id) == Some(code));
        open.count() as u64
    };
    let all: Vec<&Invited> = invited.iter().filter(|one| one.standing != Standing::Revoked).collect();
    let told = |id: String, codes: BTreeMap<String, Counted>| {
        let kept = codes.into_iter().filter(|(code, _)| missing(&id, code) >= step);
        let mut numbers: BTreeMap<_, _> = kept.map(|(code, counted)| (code, (counted.invited / step * step, counted.answered))).collect();
        while let Some(smallest) = numbers.iter().min_by_key(|(_, (invited, _))| *invited).map(|(code, _)| code.clone()) {
            // How many were invited in all is told exactly: what is left after the groups that are told bounds the others
            let others = || all.iter().filter(|one| one.invitation.carried.get(&id).is_none_or(|code| !numbers.contains_key(code)));
            let answered = others().filter(|one| one.standing == Standing::Used).count() as u64;
            let most = all.len() as u64 - numbers.values().map(|(invited, _)| invited).sum::<u64>();
            if others().next().is_none() || most - answered >= step {
                break;
            }
            numbers.remove(&smallest);
        }
        (id, numbers)
    };
    let groups = response(survey, invited).groups.into_iter().map(|(id, codes)| told(id, codes));
    groups.filter(|(_, codes)| !codes.is_empty()).collect()
}

/// The groups that may be told, by attribute and code: those of which a figure might be shown that is counted from all who were invited.
fn told(survey: &Survey, invited: &[&Invited]) -> BTreeSet<(String, String)> {
    let choice = |code: &str| Answer::Given(Value::Choice(code.to_owned()));
    let category = |code: &str| Category { code: code.to_owned(), label: Text::plain(code) };
    let column = |attribute: &Attribute| {
        let cell = |one: &&Invited| one.invitation.carried.get(&attribute.id).map_or(Answer::NotShown, |code| choice(code));
        (attribute.id.clone(), invited.iter().map(cell).collect::<Column>())
    };
    let own = (INVITED.to_owned(), Column::of_one(choice("yes"), invited.len()));
    let columns: BTreeMap<String, Column> = survey.attributes.iter().map(column).chain([own]).collect();
    let batch = Batch { survey: survey.id.clone(), revision: 1, number: 1, n: invited.len() as u64, columns, ..Batch::default() };
    // The values of an attribute may be as the list of people has them
    let segment = |attribute: &Attribute| {
        let codes: BTreeSet<&String> = invited.iter().filter_map(|one| one.invitation.carried.get(&attribute.id)).collect();
        vec![Attribute { values: codes.into_iter().map(|code| category(code)).collect(), ..attribute.clone() }]
    };
    let variable = Variable {
        id: INVITED.to_owned(),
        question: INVITED.to_owned(),
        label: Text::plain(INVITED),
        measure: Measure::Nominal(vec![category("yes")]),
        sensitive: false,
    };
    let plain = Survey { pages: Vec::new(), scales: Vec::new(), segments: Vec::new(), history: History::default(), ..survey.clone() };
    let shape = SurveyShape {
        variables: vec![variable],
        segments: survey.attributes.iter().map(segment).collect(),
        publish: Publish::AtClose,
        ..SurveyShape::of(&plain, true)
    };
    let published = statistics::publish(&shape, &[batch], &Ledger::new([]));
    let rows = survey.attributes.iter().flat_map(|attribute| {
        let exhibit = published.exhibits.get(&format!("{INVITED}-by-{}", attribute.id));
        let shown = exhibit.into_iter().flat_map(|exhibit| exhibit.rows.iter().skip(1)).filter(|row| row.n.is_some());
        shown.map(|row| (attribute.id.clone(), row.id.clone())).collect::<Vec<_>>()
    });
    rows.collect()
}

/// For programs.
#[must_use]
pub fn to_json(response: &Response) -> Json {
    let pair = |counted: &Counted| json!({"invited": counted.invited, "answered_at_least": counted.answered});
    let mut all = pair(&response.all);
    for (attribute, codes) in &response.groups {
        all["by"][attribute] = codes.iter().map(|(code, counted)| (code.clone(), pair(counted))).collect::<serde_json::Map<_, _>>().into();
    }
    all
}

/// For people, a line a group.
#[must_use]
pub fn to_lines(survey: &Survey, response: &Response, language: Language) -> Vec<String> {
    let line = |counted: &Counted| {
        let (invited, answered) = (count(counted.invited), count(counted.answered));
        match language {
            Language::Japanese => format!("招待 {invited} 人、うち回答 {answered} 人以上"),
            Language::English => format!("{invited} invited, {answered} or more have answered"),
        }
    };
    let mut lines = vec![format!("  {}", line(&response.all))];
    for (id, codes) in &response.groups {
        let Some(attribute) = survey.attributes.iter().find(|attribute| attribute.id == *id) else { continue };
        let order = |code: &String| attribute.values.iter().position(|value| value.code == *code);
        let mut codes: Vec<(&String, &Counted)> = codes.iter().collect();
        codes.sort_by_key(|(code, _)| order(code));
        for (code, counted) in codes {
            let (name, value) = (attribute.text.in_language(language), attribute.label(code));
            lines.push(format!("  {name} {}: {}", value.in_language(language), line(counted)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::yaml;
    use crate::diagnostic::Diagnostics;
    use crate::store::{Invitation, Ticket};

    const SURVEY: &str = "title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
access: invited
attributes:
  - {id: team, text: x, values: [{id: a, text: a}, {id: b, text: b}, {id: c, text: c}]}
  - {id: place, text: x}
pages:
  - {id: one, questions: [{id: word, kind: short_text, text: x}]}
";

    fn people(groups: &[(&str, &str, usize, usize)]) -> (Survey, Vec<Invited>) {
        let mut diagnostics = Diagnostics::new();
        let node = yaml::parse(&"content/surveys/s.yaml".into(), SURVEY, 1, &mut diagnostics).expect("YAML");
        let survey = crate::survey::read::read("s", &node, &[Language::Japanese], &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{:?}", diagnostics.sorted());
        let person = |team: &str, place: &str, at: usize, answered: usize| Invited {
            survey: "s".to_owned(),
            invitation: Invitation {
                ticket: Ticket::of("s", format!("{team} {place} {at}").as_bytes()),
                carried: [("team".to_owned(), team.to_owned()), ("place".to_owned(), place.to_owned())].into(),
                person: None,
            },
            standing: if at < answered { Standing::Used } else { Standing::Open },
        };
        let people = groups.iter().flat_map(|(team, place, n, answered)| (0..*n).map(move |at| person(team, place, at, *answered)));
        let people = people.collect();
        (survey, people)
    }

    fn of(groups: &[(&str, &str, usize, usize)]) -> Response {
        let (survey, people) = people(groups);
        response(&survey, &people)
    }

    fn told(response: &Response, attribute: usize) -> Vec<(&str, u64, u64)> {
        response.groups[attribute].1.iter().map(|(code, counted)| (code.as_str(), counted.invited, counted.answered)).collect()
    }

    #[test]
    fn a_group_that_follows_from_the_others_is_not_told() {
        let response = of(&[("a", "x", 40, 23), ("b", "x", 12, 3), ("c", "x", 3, 3)]);
        assert_eq!((response.all.invited, response.all.answered), (55, 25));
        assert_eq!(told(&response, 0), [("a", 40, 20)], "of b and all the three of c would follow");
        assert_eq!(told(&response, 1), [("x", 55, 25)]);
        let response = of(&[("a", "x", 40, 23), ("b", "y", 12, 3)]);
        assert_eq!(told(&response, 0), [("a", 40, 20), ("b", 12, 0)]);
        assert_eq!(told(&response, 1), [("x", 40, 20), ("y", 12, 0)], "whatever the list of people calls them");
    }

    /// Whoever reads a report knows how many of each group are counted, and all of this. More than one number of invited people fits.
    #[test]
    fn at_the_end_no_reader_learns_that_all_of_a_group_have_answered() {
        for answered in 0..=12 {
            let (survey, all) = people(&[("a", "x", 43, 23), ("b", "y", 12, answered), ("c", "z", 21, 11)]);
            let told = at_the_end(&survey, &all);
            assert_eq!(told["team"]["a"], (40, 20));
            let lines: u64 = ["a", "c"].iter().filter_map(|code| Some(told["team"].get(*code)?.0)).sum();
            match told["team"].get("b") {
                Some((invited, told)) => assert!(answered <= 7 && *invited == 10 && *told <= answered as u64),
                None => {
                    assert!(answered > 7);
                    // The others may be up to 4 more each; where that would leave fewer than k open, one of them is not told either
                    let alone = told["team"].contains_key("c");
                    let most = all.len() as u64 - lines;
                    let counted = answered as u64 + if alone { 0 } else { 11 };
                    assert!(alone == (answered < 12) && most >= counted + 5, "{answered}: {most}");
                }
            }
        }
        // Numbers that their steps do not blur, and all that lie between
        for (a, c) in (20..26).flat_map(|a| (20..26).map(move |c| (a, c))) {
            for answered in [0, 7, 11, 12] {
                let (survey, all) = people(&[("a", "x", a, 10), ("b", "y", 12, answered), ("c", "z", c, 10)]);
                let told = at_the_end(&survey, &all).remove("team").unwrap_or_default();
                let lines: u64 = told.values().map(|(invited, _)| invited).sum();
                let counted: usize =
                    [("a", 10), ("b", answered), ("c", 10)].iter().filter(|(code, _)| !told.contains_key(*code)).map(|(_, n)| n).sum();
                let missing = all.len() as u64 - lines - counted as u64;
                assert!(told.len() == 3 || missing >= 5, "{a}, {c}, {answered}: at most {missing} are missing");
            }
        }
        let (survey, all) = people(&[("a", "x", 40, 23), ("b", "y", 12, 3), ("c", "z", 3, 1)]);
        assert_eq!(at_the_end(&survey, &all)["team"].keys().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn that_all_have_answered_is_not_told() {
        let response = of(&[("a", "x", 40, 40), ("b", "y", 12, 6), ("c", "z", 5, 5)]);
        assert_eq!(response.all.answered, 50);
        assert_eq!(told(&response, 0), [("a", 40, 35), ("b", 12, 5), ("c", 5, 0)]);
    }
}
