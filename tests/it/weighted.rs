//! Figures adjusted to known numbers of people: worked out from published figures alone, or not at all.

use crate::statistics_sheets::{Sheet, batch, categories, choice, nowhere, points, scale, shape, sheet, variable};
use shirube::charts::{chart, csv, json};
use shirube::estimate::{self, Distribution, Sample, Stratum, adjusted_mean, adjusted_share, rake};
use shirube::language::{Language, Text};
use shirube::statistics::{Known, Ledger, Margin, Published, Series, SurveyShape, Weighting, publish, weighted};
use shirube::survey::exhibit::Kind;
use shirube::survey::figure::State;
use shirube::survey::scoring::Method;
use shirube::survey::{Answer, Attribute, Exhibit, Measure};

const TEAMS: [&str; 3] = ["a", "b", "c"];
const SITES: [&str; 2] = ["north", "south"];

fn attribute(id: &str, codes: &[&str]) -> Attribute {
    Attribute {
        id: id.into(),
        place: nowhere(),
        text: Text::pair(format!("属性{id}"), id),
        values: categories(codes.iter().copied()),
        cohort: None,
    }
}

fn survey() -> SurveyShape {
    let (team, site) = (attribute("team", &TEAMS), attribute("site", &SITES));
    SurveyShape {
        segments: vec![vec![team.clone()], vec![site.clone()], vec![team, site]],
        closed: true,
        scales: vec![scale("both", &["vision", "acting"], &[], 2, Method::Mean, &[])],
        ..shape(vec![
            variable("vision", points(5)),
            variable("acting", points(5)),
            variable("team", Measure::Nominal(categories(TEAMS))),
            variable("site", Measure::Nominal(categories(SITES))),
        ])
    }
}

/// People of a group, of whom so many are favourable.
fn people(team: &'static str, site: &'static str, n: usize, favourable: usize) -> Vec<Sheet> {
    let one = |at: usize| {
        let vision = if at < favourable { 4 + at % 2 } else { 1 + at % 3 };
        sheet([("team", choice(team)), ("site", choice(site)), ("vision", choice(vision)), ("acting", choice(1 + (at * 7 + n) % 5))])
    };
    (0..n).map(one).collect()
}

fn everybody() -> Vec<Sheet> {
    [
        people("a", "north", 40, 30),
        people("a", "south", 30, 18),
        people("b", "north", 25, 8),
        people("b", "south", 45, 20),
        people("c", "north", 24, 15),
        people("c", "south", 36, 14),
    ]
    .concat()
}

fn published(sheets: &[Sheet]) -> Published {
    publish(&survey(), &[batch(1, sheets)], &Ledger::default())
}

fn series(id: &str) -> Series {
    Series { id: id.to_owned(), label: Text::pair(format!("「{id}」"), id), choice: None }
}

fn margin(id: &str, people: &[(&str, u64)]) -> Margin {
    let known = |(value, people): &(&str, u64)| Known { value: (*value).to_owned(), label: Text::plain(*value), people: *people };
    Margin {
        label: Text::pair(format!("属性{id}"), id), known: people.iter().map(known).collect(), source: Text::pair("名簿", "The list")
    }
}

fn teams(a: u64, b: u64, c: u64) -> Margin {
    margin("team", &[("a", a), ("b", b), ("c", c)])
}

fn told(published: &Published, ids: &[&str], by: &str, margins: &[Margin], population: Option<u64>) -> Exhibit {
    let all: Vec<Series> = ids.iter().map(|id| series(id)).collect();
    weighted(Some(published), &Weighting { id: "pulse-weighted".into(), series: &all, by, margins, population })
}

fn says(exhibit: &Exhibit, what: &str) -> bool {
    exhibit.notes.iter().any(|note| note.text.in_language(Language::English).contains(what))
}

/// All that anybody gets to see of a figure.
fn seen(exhibit: &Exhibit) -> String {
    let one = |language| {
        let drawn = chart(exhibit, language);
        let parts = [drawn.wide.as_str(), drawn.narrow.as_str(), &drawn.finding].concat();
        format!("{} {} {parts} {:?}", csv(exhibit, language), json(exhibit, language), drawn.table)
    };
    format!("{exhibit:?} {}", Language::ALL.map(one).concat())
}

#[test]
fn a_share_is_adjusted_from_the_groups_that_are_published() {
    let published = published(&everybody());
    let margins = [teams(200, 80, 220)];
    let exhibit = told(&published, &["vision"], "team", &margins, None);
    assert_eq!((exhibit.kind, exhibit.rows.len()), (Kind::GroupedBar, 1));
    let (plain, adjusted) = (&exhibit.rows[0].figures[0], &exhibit.rows[0].figures[1]);
    assert_eq!((plain.count, plain.n, plain.state), (Some(105), Some(200), State::Given));
    assert_eq!(plain, published.exhibits["vision"].rows[0].total.as_ref().expect("a sum"), "as it stands elsewhere");
    // Σ (N_g / N) p_g
    let by_hand = 100.0 * (0.4 * 48.0 / 70.0 + 0.16 * 28.0 / 70.0 + 0.44 * 29.0 / 60.0);
    assert!(
        (adjusted.value.unwrap() - by_hand).abs() < 1e-9 && adjusted.state == State::Derived && adjusted.n == Some(200),
        "{adjusted:?}"
    );
    let groups = [(200.0, 48, 70_u32), (80.0, 28, 70), (220.0, 29, 60)]
        .map(|(known, count, n)| Stratum { weight: known / f64::from(n), found: (count, n.into()) });
    let expected = adjusted_share(&groups, None).unwrap();
    assert_eq!(adjusted.interval, Some(expected.interval));
    assert!(expected.effective.effective_n < 200.0 && says(&exhibit, &format!("are worth {:.1}", expected.effective.effective_n)));
    assert!(says(&exhibit, "a 200, b 80, c 220. The list."), "{:?}", exhibit.notes);
    let title = exhibit.title.in_language(Language::English);
    let moved = by_hand - 52.5;
    assert!(title.contains(&format!("favourable answers to “vision” rise by {moved:.1} points")), "{title} {moved}");
    for language in Language::ALL {
        let drawn = chart(&exhibit, language);
        let heads: Vec<&str> = drawn.table.head.iter().map(|head| head.text.as_str()).collect();
        assert_eq!(heads.len(), 6, "{heads:?}");
        assert!(heads[4].contains(exhibit.classes[0].label.in_language(language)), "{heads:?}");
        assert!(heads[5].contains(exhibit.classes[1].label.in_language(language)), "{heads:?}");
        assert!(drawn.table.rows[0].cells[3].state == State::Derived && drawn.table.rows[0].cells[5].text.contains('–'));
    }
    // Known to be as they answered: nothing moves, and the effective n is n
    let same = told(&published, &["vision"], "team", &[teams(70, 70, 60)], None);
    let figures = &same.rows[0].figures;
    assert!((figures[0].value.unwrap() - figures[1].value.unwrap()).abs() < 1e-9);
    assert!(same.title.in_language(Language::English).contains("hardly anything changes"), "{:?}", same.title);
    // How many people there are makes both narrower
    let narrow = told(&published, &["vision"], "team", &margins, Some(500));
    let width = |exhibit: &Exhibit| exhibit.rows[0].figures[1].interval.map(|interval| interval.high - interval.low).unwrap();
    assert_eq!(narrow.rows[0].figures[1].interval, Some(adjusted_share(&groups, Some(500)).unwrap().interval));
    assert!(width(&narrow) < width(&exhibit));
}

#[test]
fn a_mean_is_adjusted_from_means_and_spreads() {
    let sheets = everybody();
    let exhibit = told(&published(&sheets), &["both"], "team", &[teams(200, 80, 220)], None);
    let scores = |team: &str| {
        let point = |sheet: &Sheet, id: &str| match sheet[id].value() {
            Some(shirube::survey::Value::Choice(code)) => code.parse::<f64>().unwrap(),
            _ => panic!("a point"),
        };
        let own = sheets.iter().filter(|sheet| sheet["team"] == choice(team));
        let all: Vec<f64> = own.map(|sheet| f64::midpoint(point(sheet, "vision"), point(sheet, "acting"))).collect();
        Distribution::of(&all).unwrap().sample().unwrap()
    };
    let groups: Vec<Stratum<Sample>> = TEAMS
        .into_iter()
        .zip([200.0, 80.0, 220.0])
        .map(|(team, known)| Stratum { weight: known / scores(team).n as f64, found: scores(team) })
        .collect();
    let expected = adjusted_mean(&groups, None).unwrap();
    let found = &exhibit.rows[0].figures[1];
    let interval = found.interval.unwrap();
    assert!((found.value.unwrap() - expected.value).abs() < 1e-9 && (interval.low - expected.interval.low).abs() < 1e-9, "{found:?}");
    assert!(found.printed.is_none() || interval.high - interval.low > expected.interval.high - expected.interval.low);
}

#[test]
fn two_margins_are_raked_over_the_groups_that_they_cross() {
    let published = published(&everybody());
    let margins = [teams(180, 120, 200), margin("site", &[("north", 300), ("south", 200)])];
    let exhibit = told(&published, &["vision", "acting"], "team-and-site", &margins, None);
    let cells = [(40_u64, 30_u64), (30, 18), (25, 8), (45, 20), (24, 15), (36, 14)];
    let times: Vec<u64> = cells.iter().map(|(n, _)| *n).collect();
    let raked = rake(
        &times,
        &[
            estimate::Margin { categories: vec![0, 0, 1, 1, 2, 2], known: vec![180.0, 120.0, 200.0] },
            estimate::Margin { categories: vec![0, 1, 0, 1, 0, 1], known: vec![300.0, 200.0] },
        ],
        None,
    )
    .unwrap();
    assert!(raked.converged);
    let groups: Vec<_> = cells.iter().zip(raked.weights).map(|((n, count), weight)| Stratum { weight, found: (*count, *n) }).collect();
    let expected = adjusted_share(&groups, None).unwrap();
    let found = exhibit.rows[0].figures[1].value.unwrap();
    assert!((found - expected.value).abs() < 1e-9 && says(&exhibit, "(raking)"), "{found} {expected:?}");
}

/// Whatever the people of groups that are not shown answer, the same is told: that there is no figure, and why.
#[test]
fn hidden_answers_move_no_byte() {
    // Two small teams are hidden together. Between them answers change hands, so all that is published stays.
    let with = |a: usize, b: usize| [people("a", "north", 60, 35), people("b", "south", 4, a), people("c", "south", 4, b)].concat();
    let (one, other) = (published(&with(4, 0)), published(&with(0, 4)));
    assert_eq!(one.exhibits["vision-by-team"], other.exhibits["vision-by-team"]);
    assert!(one.exhibits["vision-by-team"].rows.iter().filter(|row| row.n.is_none()).count() >= 2);
    let margins = [teams(100, 50, 40)];
    let [first, second] = [&one, &other].map(|published| told(published, &["vision"], "team", &margins, None));
    assert_eq!(seen(&first), seen(&second));
    assert!(first.rows.is_empty() && says(&first, "Some are not shown"), "{:?}", first.notes);
    // An empty group looks like a small one
    let nobody = told(&published(&people("a", "north", 68, 39)), &["vision"], "team", &margins, None);
    assert_eq!(nobody.notes, first.notes);
    // Nothing of what is told of everybody is worked out but from the groups: all else may be taken away
    let whole = published(&everybody());
    let margins = [teams(200, 80, 220)];
    let mut bare = whole.clone();
    bare.exhibits.retain(|name, _| ["vision", "vision-by-team"].contains(&name.as_str()));
    bare.segments.retain(|name, _| name == "vision-by-team");
    (bare.moments, bare.texts, bare.publication) = Default::default();
    let [first, second] = [&whole, &bare].map(|published| told(published, &["vision"], "team", &margins, None));
    assert_eq!(seen(&first), seen(&second));
}

#[test]
fn what_cannot_be_adjusted_is_said() {
    let all = everybody();
    let coarse = [all.clone(), people("c", "north", 140, 140)].concat();
    // Nearly everybody agrees, in each of the teams
    let agreed = [people("a", "north", 60, 59), people("b", "south", 60, 59), people("c", "north", 60, 58)].concat();
    let exhibit = told(&published(&agreed), &["vision"], "team", &[teams(90, 90, 90)], None);
    assert!(exhibit.rows.is_empty() && says(&exhibit, "told only as 95% or more"), "{:?}", exhibit.notes);
    // More people than there are
    let exhibit = told(&published(&coarse), &["vision"], "team", &[teams(90, 90, 90)], None);
    assert!(exhibit.rows.is_empty() && says(&exhibit, "more people answered than it is said to have"), "{:?}", exhibit.notes);
    let exhibit = told(&published(&all), &["vision"], "team", &[teams(100, 0, 100)], None);
    assert!(exhibit.rows.is_empty() && says(&exhibit, "more people answered than it is said to have"), "{:?}", exhibit.notes);
    // Asked of some only; the other figure stands
    let mut some = all.clone();
    some.iter_mut().take(30).for_each(|sheet| {
        sheet.insert("acting".to_owned(), Answer::NotShown);
    });
    let exhibit = told(&published(&some), &["vision", "acting"], "team", &[teams(200, 80, 220)], None);
    let states: Vec<State> = exhibit.rows.iter().map(|row| row.figures[1].state).collect();
    assert_eq!(states, [State::Derived, State::Hidden]);
    assert!(says(&exhibit, "“acting”. Not everybody was asked"), "{:?}", exhibit.notes);
    // A team that by all that is known has nobody, and in which nobody answered
    let two = [people("a", "north", 60, 30), people("b", "south", 60, 20)].concat();
    let exhibit = told(&published(&two), &["vision"], "team", &[teams(90, 70, 0)], None);
    assert!((exhibit.rows[0].figures[1].value.unwrap() - (90.0 * 50.0 + 70.0 * 100.0 / 3.0) / 160.0).abs() < 1e-9);
    // Nothing yet
    let nothing = weighted(
        None,
        &Weighting { id: "x".into(), series: &[series("vision")], by: "team", margins: &[teams(1, 1, 1)], population: None },
    );
    assert!(nothing.rows.is_empty() && nothing.notes.is_empty());
}
