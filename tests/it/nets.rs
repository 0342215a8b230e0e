//! Net scores of a recommendation held against each other: groups, waves, several questions, and nothing that is not told exactly.

use crate::statistics_sheets::{Sheet, batch, categories, choice, nowhere, points, shape, sheet, variable};
use shirube::charts::chart;
use shirube::estimate::change::{Change, of_nets};
use shirube::estimate::{Net, holm, net};
use shirube::language::{Language, Text};
use shirube::statistics::{
    Against, Comparison, Correction, Ledger, Own, Published, Series, SurveyShape, Trend, Wave, beside, compare, net_score, publish, trend,
};
use shirube::survey::compared::NET;
use shirube::survey::exhibit::Kind;
use shirube::survey::figure::{State, Unit};
use shirube::survey::{Attribute, Exhibit, Figure, Measure};

const GROUPS: [&str; 3] = ["a", "b", "c"];
/// Of each group those who recommend, those in between, those who do not.
const COUNTS: [[u64; 3]; 3] = [[30, 15, 15], [12, 18, 25], [9, 12, 20]];

fn survey() -> SurveyShape {
    let team =
        Attribute { id: "team".into(), place: nowhere(), text: Text::pair("team", "Team"), values: categories(GROUPS), cohort: None };
    SurveyShape {
        segments: vec![vec![team]],
        closed: true,
        recommendations: ["advise", "join"].map(str::to_owned).into(),
        asked_by_answers: std::collections::BTreeSet::new(),
        ..shape(vec![
            variable("advise", Measure::Ordinal(categories((0..=10).map(|point| point.to_string())))),
            variable("join", Measure::Ordinal(categories((0..=10).map(|point| point.to_string())))),
            variable("vision", points(5)),
            variable("team", Measure::Nominal(categories(GROUPS))),
        ])
    }
}

fn people(group: &'static str, [favour, between, against]: [u64; 3]) -> Vec<Sheet> {
    let n = favour + between + against;
    let point = |at: u64| match at {
        at if at < favour => 9 + at % 2,
        at if at < favour + between => 7 + at % 2,
        at => at % 7,
    };
    let one = |at: u64| {
        sheet([
            ("team", choice(group)),
            ("advise", choice(point(at))),
            ("join", choice(point((at + 3) % n))),
            ("vision", choice(1 + at % 5)),
        ])
    };
    (0..n).map(one).collect()
}

fn published(counts: [[u64; 3]; 3]) -> Published {
    let sheets: Vec<Sheet> = GROUPS.into_iter().zip(counts).flat_map(|(group, counts)| people(group, counts)).collect();
    publish(&survey(), &[batch(1, &sheets)], &Ledger::default())
}

fn series(id: &str) -> Series {
    Series { id: id.to_owned(), label: Text::pair(format!("「{id}」"), id), choice: Some(NET.to_owned()) }
}

fn compared(published: &Published, ids: &[&str], against: Against<'_>) -> Exhibit {
    let all: Vec<Series> = ids.iter().map(|id| series(id)).collect();
    compare(Some(published), &Comparison { id: "x".into(), series: &all, by: "team", against, correction: Correction::Holm })
}

fn score(counts: &[[u64; 3]]) -> Net {
    let sum = |at: usize| counts.iter().map(|counts| counts[at]).sum::<u64>();
    net(sum(0), sum(2), sum(0) + sum(1) + sum(2)).unwrap()
}

/// A group against all others.
fn expected(of: usize) -> Change {
    let others: Vec<[u64; 3]> = (0..3).filter(|at| *at != of).map(|at| COUNTS[at]).collect();
    of_nets(&score(&others), &score(&[COUNTS[of]]))
}

fn near(found: &Figure, expected: &Change, p: f64) {
    let interval = found.interval.expect("an interval");
    let ends = [interval.low - expected.interval.low, interval.high - expected.interval.high];
    assert!((found.value.unwrap() - expected.change).abs() < 1e-9 && ends.iter().all(|off| off.abs() < 1e-9), "{found:?} {expected:?}");
    assert!((found.p.unwrap() - p).abs() < 1e-12, "{found:?} {p}");
}

fn says(exhibit: &Exhibit, what: &str) -> bool {
    exhibit.notes.iter().any(|note| note.text.in_language(Language::English).contains(what))
}

#[test]
fn net_scores_of_groups_are_held_against_everybody_else() {
    let published = published(COUNTS);
    let raw: Vec<f64> = (0..3).map(|at| expected(at).p.unwrap()).collect();
    let adjusted = holm(&raw).unwrap();
    let exhibit = compared(&published, &["advise"], Against::EverybodyElse);
    assert_eq!((exhibit.kind, exhibit.unit, exhibit.rows.len()), (Kind::Differences, Unit::Points, 3));
    for (at, row) in exhibit.rows.iter().enumerate() {
        near(&row.figures[0], &expected(at), adjusted[at]);
        let own = score(&[COUNTS[at]]);
        assert!((row.figures[1].value.unwrap() - own.points).abs() < 1e-9 && row.figures[1].interval == Some(own.interval));
        assert_eq!(row.figures[1].n, Some(own.n));
    }
    let title = exhibit.title.in_language(Language::English);
    assert!(title.contains("“advise” is higher in Choice a") && adjusted[0] < 0.05, "{title}");
    assert_eq!(title.contains("lower"), adjusted[1] < 0.05 || adjusted[2] < 0.05, "{title} {adjusted:?}");
    assert!(exhibit.asked.in_language(Language::English).contains("“advise”, recommendation score: difference from everybody else"));
    assert!(says(&exhibit, "two recommendation scores") && says(&exhibit, "minus the share of those who chose 0 to 6"));
    for language in [Language::Japanese, Language::English] {
        let drawn = chart(&exhibit, language);
        let cells = || drawn.table.rows.iter().flat_map(|row| &row.cells);
        assert!(
            cells().any(|cell| cell.text.starts_with("+25.0 (")) && !drawn.finding.contains("+25.0%"),
            "{:?} {}",
            drawn.table,
            drawn.finding
        );
    }
    // Against the whole: the same tests, told as differences to the whole
    let whole = score(&COUNTS).points;
    let exhibit = compared(&published, &["advise"], Against::Whole);
    for (at, row) in exhibit.rows.iter().enumerate() {
        let (found, own) = (&row.figures[0], score(&[COUNTS[at]]).points);
        assert!((found.value.unwrap() - (own - whole)).abs() < 1e-9 && (found.p.unwrap() - adjusted[at]).abs() < 1e-12, "{found:?}");
    }
    // Against one of them
    let exhibit = compared(&published, &["advise"], Against::Group("b"));
    let direct = of_nets(&score(&[COUNTS[1]]), &score(&[COUNTS[0]]));
    assert!((exhibit.rows[0].figures[0].value.unwrap() - direct.change).abs() < 1e-9);
}

#[test]
fn net_scores_of_several_questions_are_a_heat_map() {
    let published = published(COUNTS);
    let exhibit = compared(&published, &["advise", "join"], Against::EverybodyElse);
    assert_eq!((exhibit.kind, exhibit.unit, exhibit.range), (Kind::Heatmap, Unit::Points, Some((-100.0, 100.0))));
    assert_eq!((exhibit.rows.len(), exhibit.details.contrasts.len()), (4, 6));
    let whole = score(&COUNTS).points;
    for contrast in &exhibit.details.contrasts {
        let own = score(&[COUNTS[contrast.to.row - 1]]).points;
        assert!((contrast.figure.value.unwrap() - (own - whole)).abs() < 1e-9, "{contrast:?}");
    }
    assert!(says(&exhibit, "6 differences at once (two recommendation scores"));
}

#[test]
fn net_scores_follow_the_waves() {
    let all =
        [published(COUNTS), published([[22, 18, 20], [14, 20, 21], [10, 14, 17]]), published([[34, 15, 11], [22, 18, 15], [15, 15, 11]])];
    let labels = ["One", "Two", "Three"].map(Text::plain);
    let waves: Vec<Wave<'_>> = all
        .iter()
        .zip(&labels)
        .zip(["one", "two", "three"])
        .map(|((published, label), id)| Wave { id, label, published: Some(published) })
        .collect();
    let line = |group: Option<(String, String)>| Trend { label: Text::plain("advise"), series: vec![Some(series("advise")); 3], group };
    let exhibit = trend("x", &waves, &[line(None)], &[], Correction::Holm);
    assert_eq!((exhibit.kind, exhibit.unit, exhibit.rows.len()), (Kind::Waves, Unit::Points, 3));
    let scores = [score(&COUNTS), score(&[[46, 52, 58]]), score(&[[71, 48, 37]])];
    for (row, score) in exhibit.rows.iter().zip(&scores) {
        assert!((row.figures[0].value.unwrap() - score.points).abs() < 1e-9 && row.n == Some(156), "{row:?}");
    }
    let found: Vec<Change> = [1, 0].into_iter().map(|from: usize| of_nets(&scores[from], &scores[2])).collect();
    let adjusted = holm(&found.iter().map(|one| one.p.unwrap()).collect::<Vec<_>>()).unwrap();
    for ((contrast, expected), p) in exhibit.details.contrasts.iter().zip(&found).zip(adjusted) {
        near(&contrast.figure, expected, p);
    }
    assert!(exhibit.title.in_language(Language::English).contains("rose since Two"), "{:?}", exhibit.title);
    assert!(
        exhibit.asked.in_language(Language::English).contains("recommendation score by wave")
            && says(&exhibit, "two recommendation scores")
    );
    assert!(chart(&exhibit, Language::English).finding.contains("more than chance"));
    // Of one group; and of a wave that asked something else in its place, which has no net score
    let own = trend("x", &waves, &[line(Some(("team".into(), "a".into())))], &[], Correction::Holm);
    assert!((own.rows[2].figures[0].value.unwrap() - score(&[[34, 15, 11]]).points).abs() < 1e-9);
    let other = Trend { series: vec![Some(series("vision")), Some(series("advise")), Some(series("advise"))], ..line(None) };
    let exhibit = trend("x", &waves, &[other], &[], Correction::Holm);
    assert_eq!((exhibit.rows[0].figures[0].state, exhibit.details.contrasts.len()), (State::Hidden, 1));
}

/// The figure of a recommendation is its three parts and the net score with its interval, of each row that may have one.
#[test]
fn a_recommendation_is_drawn_with_its_net_score() {
    let told = published(COUNTS);
    for (id, rows) in [("advise", vec![score(&COUNTS)]), ("advise-by-team", vec![score(&COUNTS), score(&[COUNTS[0]])])] {
        let exhibit = &told.exhibits[id];
        assert_eq!(exhibit.kind, Kind::Recommendation, "{id}");
        for (contrast, score) in exhibit.details.contrasts.iter().zip(&rows) {
            assert_eq!((contrast.figure.value, contrast.figure.interval), (Some(score.points), Some(score.interval)), "{id}");
        }
        assert_eq!(exhibit.details.contrasts.len(), exhibit.rows.len());
        assert!(exhibit.notes.iter().all(|note| !note.lead.in_language(Language::English).contains("score")), "{:?}", exhibit.notes);
        for (language, name) in [(Language::Japanese, "すすめたさの差し引き"), (Language::English, "Recommendation score")] {
            let drawn = chart(exhibit, language);
            assert!(drawn.table.head.iter().any(|cell| cell.text == name) && drawn.wide.as_str().contains(name), "{id}");
        }
    }
    let finding = chart(&told.exhibits["advise"], Language::Japanese).finding;
    assert!(finding.contains("すすめたさの差し引きは−5.8") && finding.contains("95%区間は"), "{finding}");
    // Where one side is told only as «hardly any», nothing stands for the score, not even what could be worked out from the drawing
    let told = published([[30, 15, 15], [2, 18, 35], [9, 12, 20]]);
    let exhibit = &told.exhibits["advise-by-team"];
    let rows: Vec<usize> = exhibit.details.contrasts.iter().map(|contrast| contrast.from.row).collect();
    assert_eq!(rows, [0, 1, 3], "all but the second group");
    let drawn = chart(exhibit, Language::English);
    assert!(!drawn.wide.as_str().contains("−61") && !format!("{:?}", drawn.table).contains("−61"));
}

#[test]
fn a_sentence_may_hold_a_net_score() {
    let published = published(COUNTS);
    let told = |id: &str, row: &str| {
        let exhibit = &published.exhibits[id];
        net_score(exhibit, exhibit.rows.iter().find(|one| one.id == row).expect("a row"))
    };
    assert_eq!(told("advise", "everybody").and_then(|figure| figure.value), Some(score(&COUNTS).points));
    assert_eq!(told("advise-by-team", "a").and_then(|figure| figure.value), Some(25.0));
    assert_eq!(told("vision", "everybody"), None);
}

/// Where hardly anybody recommends, the net score would tell how many do not; of a group that is hidden there is nothing at all.
#[test]
fn what_is_not_told_exactly_has_no_net_score() {
    let exhibit = compared(&published([[30, 15, 15], [2, 18, 35], [9, 12, 20]]), &["advise"], Against::EverybodyElse);
    let shown: Vec<&str> = exhibit.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(shown, ["a", "c"], "{exhibit:?}");
    assert!(says(&exhibit, "Choice b"), "{:?}", exhibit.notes);
    let exhibit = compared(&published([[30, 15, 15], [20, 18, 17], [1, 1, 1]]), &["advise"], Against::EverybodyElse);
    for row in exhibit.rows.iter().filter(|row| row.n.is_none()) {
        assert!(row.figures.iter().all(|figure| *figure == Figure::hidden()), "{row:?}");
    }
    assert!(exhibit.rows.iter().any(|row| row.id == "c" && row.n.is_none()));
}

#[test]
fn an_own_net_score_stands_beside_a_published_one() {
    let own = Own {
        series: series("advise"),
        label: Text::plain("Would recommend"),
        outside: Figure::of(-12.0, State::Given),
        source: Text::plain("Others"),
    };
    let exhibit = beside(Some(&published(COUNTS)), "x", &[own], &Text::plain("Another survey"));
    let found = &exhibit.rows[0].figures[0];
    assert_eq!((exhibit.unit, exhibit.rows[0].n), (Unit::Points, Some(156)));
    assert!((found.value.unwrap() - score(&COUNTS).points).abs() < 1e-9 && found.interval == Some(score(&COUNTS).interval));
}
