//! Groups and waves held against each other: only from published figures, judged together, nothing of what is hidden.

use crate::statistics_sheets::{Sheet, batch, categories, choice, nowhere, points, scale, shape, sheet, variable};
use shirube::charts::{chart, csv, json};
use shirube::estimate::{Distribution, benjamini_hochberg, holm, pooled, two_shares, welch};
use shirube::language::{Language, Text, number};
use shirube::statistics::{
    Against, Comparison, Correction, Ledger, Own, Published, Series, SurveyShape, Trend, Turn, Wave, beside, compare, profile, publish,
    trend,
};
use shirube::survey::exhibit::{Kind, Whole};
use shirube::survey::figure::State;
use shirube::survey::question::Favourable;
use shirube::survey::scoring::Method;
use shirube::survey::{Attribute, Exhibit, Measure};

fn attribute(id: &str, codes: &[&str]) -> Attribute {
    Attribute { id: id.into(), place: nowhere(), text: Text::pair(id, id), values: categories(codes.iter().copied()), cohort: None }
}

fn survey(groups: &[&'static str]) -> SurveyShape {
    SurveyShape {
        segments: vec![vec![attribute("team", groups)]],
        closed: true,
        scales: vec![scale("both", &["vision", "acting"], &[], 2, Method::Mean, &[])],
        ..shape(vec![
            variable("vision", points(5)),
            variable("acting", points(5)),
            variable("team", Measure::Nominal(categories(groups.iter().copied()))),
        ])
    }
}

/// People of a group, of whom so many are favourable.
fn people(group: &'static str, n: usize, favourable: usize) -> Vec<Sheet> {
    let one = |at: usize| {
        let vision = if at < favourable { 4 + at % 2 } else { 1 + at % 3 };
        sheet([("team", choice(group)), ("vision", choice(vision)), ("acting", choice(1 + (at * 7 + n) % 5))])
    };
    (0..n).map(one).collect()
}

fn published(groups: &[&'static str], sheets: &[Sheet]) -> Published {
    publish(&survey(groups), &[batch(1, sheets)], &Ledger::default())
}

fn series(id: &str) -> Series {
    Series { id: id.to_owned(), label: Text::pair(format!("「{id}」"), id), choice: None }
}

fn compared(published: &Published, ids: &[&str], against: Against<'_>, correction: Correction) -> Exhibit {
    let all: Vec<Series> = ids.iter().map(|id| series(id)).collect();
    compare(Some(published), &Comparison { id: "pulse-compare".into(), series: &all, by: "team", against, correction })
}

/// How large differences of shares are, as it is told.
fn size_note(exhibit: &Exhibit) -> &str {
    let note = exhibit.notes.iter().find(|note| note.lead.in_language(Language::English) == "Size (Cohen’s h)");
    note.expect("sizes").text.in_language(Language::English)
}

#[test]
fn groups_are_held_against_everybody_else() {
    let groups = ["a", "b", "c", "d"];
    let counts = [(60, 45), (50, 20), (40, 22), (45, 24)];
    let sheets: Vec<Sheet> = groups.iter().zip(counts).flat_map(|(group, (n, favourable))| people(group, n, favourable)).collect();
    let published = published(&groups, &sheets);
    let (whole, all) = (111_u64, 195_u64);
    let raw: Vec<f64> = counts
        .iter()
        .map(|(n, count)| two_shares((*count as u64, *n as u64), (whole - *count as u64, all - *n as u64)).unwrap().p)
        .collect();
    for (correction, adjusted) in
        [(Correction::Holm, holm(&raw).unwrap()), (Correction::BenjaminiHochberg, benjamini_hochberg(&raw).unwrap())]
    {
        let exhibit = compared(&published, &["vision"], Against::EverybodyElse, correction);
        assert_eq!((exhibit.kind, exhibit.rows.len()), (Kind::Differences, 4));
        for ((row, (n, count)), p) in exhibit.rows.iter().zip(counts).zip(adjusted) {
            let expected = two_shares((count as u64, n as u64), (whole - count as u64, all - n as u64)).unwrap();
            let found = &row.figures[0];
            assert!((found.value.unwrap() - expected.points).abs() < 1e-9 && (found.p.unwrap() - p).abs() < 1e-12, "{}", row.id);
            assert!((found.interval.unwrap().low - expected.interval.low).abs() < 1e-9);
            assert_eq!((row.n, row.figures[1].count), (Some(n as u64), Some(count as u64)));
        }
        // How large each is, of the same two figures
        let sizes = counts.map(|(n, count)| two_shares((count as u64, n as u64), (whole - count as u64, all - n as u64)).unwrap().h);
        let told = size_note(&exhibit);
        for ((group, size), row) in groups.iter().zip(sizes).zip(&exhibit.rows) {
            // Of what cannot be told from chance no size is told
            let apart = row.figures[0].p.is_some_and(|p| p < 0.05);
            assert_eq!(told.contains(&format!("Choice {group} {}", number(size, 2))), apart, "{told}");
        }
        let text = chart(&exhibit, Language::English).finding;
        assert!(text.contains("Above zero, more than chance: “Choice a”") && text.contains("Not distinguishable"), "{text}");
        assert!(
            exhibit.title.in_language(Language::English).contains("more frequent in Choice a and less frequent in Choice b"),
            "{:?}",
            exhibit.title
        );
    }
    // Against the whole: the same tests, the differences as they are to the whole
    let exhibit = compared(&published, &["vision"], Against::Whole, Correction::Holm);
    let difference = exhibit.rows[0].figures[0].value.unwrap();
    assert!((difference - (75.0 - 100.0 * 111.0 / 195.0)).abs() < 1e-9, "{difference}");
    // Against one of the groups, which has no row then
    let exhibit = compared(&published, &["vision"], Against::Group("b"), Correction::Holm);
    assert_eq!(exhibit.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["a", "c", "d"]);
    assert!((exhibit.rows[0].figures[0].value.unwrap() - 35.0).abs() < 1e-9);
}

/// Where agreeing is the unfavourable end, titles say of what the share is: more people who agree are fewer favourable answers.
#[test]
fn titles_say_of_what_a_share_is() {
    let groups = ["a", "b", "c"];
    let shape = SurveyShape { favourable: [("vision".to_owned(), Favourable::Low)].into(), ..survey(&groups) };
    let told = |counts: [(usize, usize); 3]| {
        let sheets: Vec<Sheet> = groups.iter().zip(counts).flat_map(|(group, (n, agreeing))| people(group, n, agreeing)).collect();
        publish(&shape, &[batch(1, &sheets)], &Ledger::default())
    };
    let published = told([(60, 45), (60, 8), (60, 32)]);
    let title = |exhibit: &Exhibit| exhibit.title.clone();
    let both = |text: Text| [Language::Japanese, Language::English].map(|language| text.in_language(language).to_owned());
    // Those of a agree most, so the fewest of them answered favourably
    let [ja, en] = both(title(&compared(&published, &["vision"], Against::EverybodyElse, Correction::Holm)));
    assert_eq!(
        en,
        "Favourable answers to “vision” are more frequent in Choice b and less frequent in Choice a than for everybody else, more than chance"
    );
    assert_eq!(ja, "「「vision」」に好意的に答えた人の割合は、ほかの全員と比べて選択肢 bで高く、選択肢 aで低いと言えます");
    let own = profile(Some(&published), "x", &[series("vision")], "team", "a");
    let [ja, en] = both(title(&own[0]));
    assert_eq!(en, "Choice a: favourable answers are less frequent to “vision” than among everybody else, more than chance");
    assert_eq!(ja, "選択肢 aで好意的に答えた人の割合がほかの全員より低いと言えるのは、「「vision」」です");
    // More who agree than the wave before
    let all = [told([(60, 20), (60, 20), (60, 20)]), told([(60, 50), (60, 45), (60, 50)])];
    let labels = ["One", "Two"].map(Text::plain);
    let waves: Vec<Wave<'_>> = all
        .iter()
        .zip(&labels)
        .zip(["one", "two"])
        .map(|((published, label), id)| Wave { id, label, published: Some(published) })
        .collect();
    let line =
        |label: &str, group: Option<(String, String)>| Trend { label: Text::plain(label), series: vec![Some(series("vision")); 2], group };
    let [ja, en] = both(title(&trend("x", &waves, &[line("vision", None)], &[], Correction::Holm)));
    assert_eq!(en, "Favourable answers to “vision” have become less frequent since One, more than chance");
    assert_eq!(ja, "「vision」に好意的に答えた人の割合は、Oneより低くなったと言えます");
    let of = |group: &str| line(&format!("Team {group}"), Some(("team".into(), group.into())));
    let [ja, en] = both(title(&trend("x", &waves, &[of("a"), of("c")], &[], Correction::Holm)));
    assert_eq!(en, "Favourable answers in “Team a” and “Team c” have become less frequent since One, more than chance");
    assert_eq!(ja, "「Team a」「Team c」で好意的に答えた人の割合は、Oneより低くなったと言えます");
}

/// Where every group that is shown is told only as «nearly all» or «hardly any», the note says so; of hidden ones nothing is told.
#[test]
fn a_comparison_of_nothing_says_why() {
    let told = published(&["a", "b"], &[people("a", 60, 0), people("b", 60, 0)].concat());
    let exhibit = compared(&told, &["vision"], Against::EverybodyElse, Correction::Holm);
    assert!(exhibit.rows.is_empty());
    assert!(exhibit.notes.last().is_some_and(|note| note.text.in_language(Language::English).starts_with("Choice a and Choice b.")));
    let few = published(&["a", "b"], &[people("a", 2, 1), people("b", 60, 30)].concat());
    let exhibit = compared(&few, &["vision"], Against::EverybodyElse, Correction::Holm);
    assert!(exhibit.rows.is_empty() && exhibit.notes.is_empty(), "{:?}", exhibit.notes);
}

/// Of two groups that everybody is in, one is above just as far as the other is below: one test, not two.
#[test]
fn both_sides_of_two_groups_are_one_test() {
    let sheets: Vec<Sheet> = [people("a", 60, 40), people("b", 55, 27)].concat();
    let told = published(&["a", "b"], &sheets);
    let raw = two_shares((40, 60), (27, 55)).unwrap().p;
    for against in [Against::EverybodyElse, Against::Whole] {
        let exhibit = compared(&told, &["vision"], against, Correction::Holm);
        for row in &exhibit.rows {
            assert!((row.figures[0].p.unwrap() - raw).abs() < 1e-12, "{against:?} {:?}", row.figures[0].p);
        }
        assert_eq!(exhibit.rows.len(), 2);
    }
    // Of two things: two tests, each seen from both sides
    let exhibit = compared(&told, &["vision", "acting"], Against::EverybodyElse, Correction::Holm);
    let ps: Vec<f64> = exhibit.details.contrasts.iter().map(|contrast| contrast.figure.p.unwrap()).collect();
    assert_eq!(ps.len(), 4);
    assert!((ps[0] - ps[2]).abs() < 1e-15 && (ps[1] - ps[3]).abs() < 1e-15, "{ps:?}");
    // The title counts each once, as the note does
    assert!(exhibit.title.in_language(Language::English).starts_with("Of 2 differences by"), "{:?}", exhibit.title);
    assert!(exhibit.notes[0].text.in_language(Language::English).starts_with("2 differences at once"), "{:?}", exhibit.notes[0]);
    assert!((ps[0] - 2.0 * raw).abs() < 1e-12 || (ps[0] - raw.max(ps[1])).abs() < 1e-12, "{ps:?} {raw}");
    // Somebody in neither: the others of the one are more than the other
    let sheets: Vec<Sheet> = [sheets, people("c", 12, 6)].concat();
    let exhibit = compared(&published(&["a", "b", "c"], &sheets), &["vision"], Against::EverybodyElse, Correction::Holm);
    assert!(exhibit.rows[0].figures[0].p.unwrap() > raw);
}

#[test]
fn means_are_held_against_what_the_others_say() {
    let groups = ["a", "b"];
    let sheets: Vec<Sheet> = [people("a", 30, 20), people("b", 40, 10)].concat();
    let published = published(&groups, &sheets);
    let scores = |group: &str| {
        let point = |sheet: &Sheet, id: &str| match sheet[id].value() {
            Some(shirube::survey::Value::Choice(code)) => code.parse::<f64>().unwrap(),
            _ => panic!("a point"),
        };
        let own = sheets.iter().filter(|sheet| sheet["team"] == choice(group));
        let all: Vec<f64> = own.map(|sheet| f64::midpoint(point(sheet, "vision"), point(sheet, "acting"))).collect();
        Distribution::of(&all).unwrap().sample().unwrap()
    };
    let expected = welch(&scores("a"), &scores("b")).unwrap();
    for against in [Against::EverybodyElse, Against::Group("b")] {
        let exhibit = compared(&published, &["both"], against, Correction::Holm);
        let found = &exhibit.rows[0].figures[0];
        assert!((found.value.unwrap() - expected.difference).abs() < 1e-9, "{found:?} {expected:?}");
        assert!((found.interval.unwrap().low - expected.interval.low).abs() < 1e-9);
        // Two groups against each other are one test, seen from both sides
        let careful = pooled(&scores("a"), &scores("b")).unwrap().max(expected.p);
        assert!((found.p.unwrap() - careful).abs() < 1e-9, "{found:?} {expected:?}");
    }
}

#[test]
fn a_heat_map_tests_every_cell_against_the_others() {
    let groups = ["a", "b", "c"];
    let sheets: Vec<Sheet> = [people("a", 60, 48), people("b", 60, 20), people("c", 60, 30)].concat();
    let published = published(&groups, &sheets);
    let exhibit = compared(&published, &["vision", "acting"], Against::EverybodyElse, Correction::Holm);
    assert_eq!((exhibit.kind, exhibit.details.whole), (Kind::Heatmap, Some(Whole::Row(0))));
    assert_eq!(exhibit.details.contrasts.len(), 6);
    for contrast in &exhibit.details.contrasts {
        let at = |row: usize| exhibit.rows[row].figures[contrast.to.class.unwrap()].value.unwrap();
        assert!((contrast.figure.value.unwrap() - (at(contrast.to.row) - at(0))).abs() < 1e-9);
    }
    let text = chart(&exhibit, Language::Japanese).finding;
    assert!(text.contains("比べた6個のうち"), "{text}");
    // What is told apart is named; how large each of it is, of the two shares that were tested, with its interval
    let both = |text: &Text| Language::ALL.map(|language| text.in_language(language).to_owned());
    let [ja, en] = both(&exhibit.title);
    assert!(
        ja.starts_with("好意的に答えた人の割合は、") && ja.contains("選択肢 aで高く、選択肢 bで低い") && ja.contains("6個のうち"),
        "{ja}"
    );
    assert!(en.contains("more frequent to") && en.contains("in Choice a") && en.contains("of 6 differences by"), "{en}");
    let expected = two_shares((48, 60), (50, 120)).unwrap();
    let [h, low, high] = [expected.h, expected.h_interval.low, expected.h_interval.high].map(|value| number(value, 2));
    let sizes = size_note(&exhibit);
    assert!(sizes.contains(&format!("in Choice a {h} ({low}–{high})")), "{sizes} {h} {low} {high}");
    assert!(!sizes.contains("Choice c"), "{sizes}");
}

/// Groups that are not shown, shares that are told coarsely, rests that would be: none of them has a difference.
#[test]
fn what_is_not_told_exactly_is_not_compared() {
    let groups = ["a", "b", "c", "few"];
    let sheets: Vec<Sheet> = [people("a", 60, 30), people("b", 40, 39), people("c", 50, 25), people("few", 3, 2)].concat();
    let published = published(&groups, &sheets);
    let by = &published.exhibits["vision-by-team"];
    let hidden: Vec<&str> = by.rows.iter().filter(|row| row.n.is_none()).map(|row| row.id.as_str()).collect();
    assert!(hidden.contains(&"few") && hidden.len() >= 2, "{hidden:?}");
    for against in [Against::EverybodyElse, Against::Whole, Against::Group("a"), Against::Group("few")] {
        let exhibit = compared(&published, &["vision"], against, Correction::Holm);
        for row in &exhibit.rows {
            let is_hidden = hidden.contains(&row.id.as_str());
            assert_eq!(row.n.is_none(), is_hidden, "{}", row.id);
            assert!(!is_hidden || row.figures.iter().all(|figure| figure.state == State::Hidden && figure.value.is_none()));
        }
        assert!(exhibit.rows.iter().all(|row| row.id != "b" || row.n.is_none()), "nearly all of b agree");
        if against == Against::Group("few") {
            assert!(exhibit.rows.iter().all(|row| row.n.is_none()) && exhibit.details.contrasts.is_empty());
        }
    }
    let exhibit = compared(&published, &["vision", "acting"], Against::EverybodyElse, Correction::Holm);
    for contrast in &exhibit.details.contrasts {
        let (row, class) = (&exhibit.rows[contrast.to.row], contrast.to.class.unwrap_or(0));
        assert!(row.figures[class].state != State::Hidden && (class > 0 || !hidden.contains(&row.id.as_str())), "{}", row.id);
    }
    for language in Language::ALL {
        let text = format!("{} {} {}", csv(&exhibit, language), json(&exhibit, language), chart(&exhibit, language).finding);
        assert!(!text.contains("97.5") || text.contains("≥95"));
    }
    // A figure of which all but one group is shown cannot give the last one away
    assert_eq!(
        compare(
            None,
            &Comparison { id: "x".into(), series: &[series("vision")], by: "team", against: Against::Whole, correction: Correction::Holm }
        )
        .rows
        .len(),
        0
    );
}

/// Where nothing is planted, at most one block in twenty finds something, however many groups it compares.
#[test]
fn one_of_twenty_blocks_at_most_finds_what_is_not_there() {
    let groups = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let mut state = 20_260_401_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let (rounds, mut found, mut naive) = (200, 0, 0);
    for _ in 0..rounds {
        let sheets: Vec<Sheet> = groups
            .iter()
            .flat_map(|group| (0..40).map(|_| *group).collect::<Vec<_>>())
            .map(|group| sheet([("team", choice(group)), ("vision", choice(1 + next() % 5)), ("acting", choice(3))]))
            .collect();
        let exhibit = compared(&published(&groups, &sheets), &["vision"], Against::EverybodyElse, Correction::Holm);
        let apart = |figure: &shirube::survey::Figure| figure.interval.is_some_and(|one| one.low > 0.0 || one.high < 0.0);
        found += usize::from(exhibit.rows.iter().any(|row| apart(&row.figures[0]) && row.figures[0].p.unwrap() < 0.05));
        naive += usize::from(exhibit.rows.iter().any(|row| apart(&row.figures[0])));
        let text = chart(&exhibit, Language::English).finding;
        let told = exhibit.rows.iter().filter(|row| row.figures[0].p.unwrap() < 0.05).count();
        assert_eq!(
            text.contains("more than chance"),
            told > 0 && exhibit.rows.iter().any(|row| apart(&row.figures[0]) && row.figures[0].p.unwrap() < 0.05),
            "{text}"
        );
    }
    assert!(found * 20 <= rounds + 40 && naive * 4 > rounds, "{found}, {naive}");
}

#[test]
fn waves_are_tested_against_the_one_before_and_the_first_that_compares() {
    let groups = ["a", "b"];
    let wave = |n: usize, favourable: usize| published(&groups, &[people("a", n, favourable), people("b", n, favourable)].concat());
    let all = [wave(60, 20), wave(60, 22), wave(60, 40)];
    let labels = ["One", "Two", "Three"].map(Text::plain);
    let waves: Vec<Wave<'_>> = all
        .iter()
        .zip(&labels)
        .zip(["one", "two", "three"])
        .map(|((published, label), id)| Wave { id, label, published: Some(published) })
        .collect();
    let line = |group: Option<(String, String)>| Trend { label: Text::plain("vision"), series: vec![Some(series("vision")); 3], group };
    let exhibit = trend("x", &waves, &[line(None)], &[], Correction::Holm);
    assert_eq!((exhibit.kind, exhibit.rows.len(), exhibit.rows[0].n), (Kind::Waves, 3, Some(120)));
    let spots: Vec<(usize, usize)> = exhibit.details.contrasts.iter().map(|one| (one.from.row, one.to.row)).collect();
    assert_eq!(spots, [(1, 2), (0, 2)]);
    let expected = two_shares((80, 120), (44, 120)).unwrap();
    assert!((exhibit.details.contrasts[0].figure.value.unwrap() - expected.points).abs() < 1e-9);
    assert!(exhibit.title.in_language(Language::English).contains("have become more frequent since Two"), "{:?}", exhibit.title);
    let text = chart(&exhibit, Language::English).finding;
    assert!(text.contains("more than chance"), "{text}");
    // How large each step is that can be told from chance
    let [h, low, high] = [expected.h, expected.h_interval.low, expected.h_interval.high].map(|value| number(value, 2));
    let sizes = size_note(&exhibit);
    assert!(sizes.contains(&format!("since Two {h} ({low}–{high}), since One ")), "{sizes}");
    // Broken before the second wave: the first is compared with nothing
    let turn = Turn { line: 0, wave: 1, label: Text::plain("wording") };
    let exhibit = trend("x", &waves, &[line(None)], &[turn], Correction::Holm);
    assert_eq!((exhibit.details.contrasts.len(), exhibit.details.breaks.len()), (1, 1));
    // Before the last: with nothing at all
    let turn = Turn { line: 0, wave: 2, label: Text::plain("wording") };
    let exhibit = trend("x", &waves, &[line(None)], &[turn], Correction::Holm);
    assert!(exhibit.details.contrasts.is_empty());
    assert!(chart(&exhibit, Language::English).finding.contains("reworded from Three on"));
    // By group, and of a wave that did not ask, and of none that is published
    let own = line(Some(("team".into(), "a".into())));
    let exhibit = trend(
        "x",
        &waves,
        &[own, Trend { series: vec![None, Some(series("vision")), Some(series("vision"))], ..line(Some(("team".into(), "b".into()))) }],
        &[],
        Correction::Holm,
    );
    assert_eq!(exhibit.rows[0].figures[1].state, State::Missing);
    assert_eq!(exhibit.details.contrasts.len(), 3);
    let empty: Vec<Wave<'_>> = waves.iter().map(|wave| Wave { published: None, ..*wave }).collect();
    assert!(trend("x", &empty, &[line(None)], &[], Correction::Holm).rows.is_empty());
}

/// The page of a group: shares and scores apart, the same differences as where all groups stand together, nothing of one that is hidden.
#[test]
fn one_group_has_all_its_figures_beside_everybody_else() {
    let groups = ["a", "b", "c", "few"];
    let sheets: Vec<Sheet> = [people("a", 60, 48), people("b", 60, 20), people("c", 60, 30), people("few", 2, 1)].concat();
    let published = published(&groups, &sheets);
    let all = ["vision", "acting", "both"].map(series);
    let hidden = published.exhibits["vision-by-team"].rows.iter().filter(|row| row.n.is_none()).map(|row| row.id.clone());
    let hidden: Vec<String> = hidden.collect();
    assert!(hidden.contains(&"few".to_owned()) && hidden.len() < 4, "{hidden:?}");
    for group in &hidden {
        assert_eq!(profile(Some(&published), "x", &all, "team", group), []);
    }
    assert_eq!(profile(Some(&published), "x", &all, "team", "nobody"), []);
    assert_eq!(profile(None, "x", &all, "team", "a"), []);
    let group = groups.iter().find(|group| !hidden.iter().any(|own| own == *group)).expect("a group that is shown");
    let exhibits = profile(Some(&published), "x", &all, "team", group);
    let rows: Vec<Vec<&str>> = exhibits.iter().map(|exhibit| exhibit.rows.iter().map(|row| row.id.as_str()).collect()).collect();
    assert_eq!(rows, [vec!["vision", "acting"], vec!["both"]]);
    // Each says how many of its own were tested, and by what; and that all are judged together
    let told = |exhibit: &Exhibit, text: &str| exhibit.notes.iter().any(|note| note.text.in_language(Language::English).contains(text));
    assert!(told(&exhibits[0], "2 differences at once (") && !told(&exhibits[0], "Welch"), "{:?}", exhibits[0].notes);
    assert!(told(&exhibits[1], "One test (") && !told(&exhibits[1], "3 differences"), "{:?}", exhibits[1].notes);
    let together = "2 differences of shares and 1 of a mean: all 3 are judged together.";
    assert!(exhibits.iter().all(|exhibit| told(exhibit, together)), "{:?}", exhibits[1].notes);
    for row in exhibits.iter().flat_map(|exhibit| &exhibit.rows) {
        let together = compared(&published, &[&row.id], Against::EverybodyElse, Correction::Holm);
        let own = together.rows.iter().find(|one| one.id == *group).expect("the group");
        assert_eq!((row.figures[0].value, &row.figures[1]), (own.figures[0].value, &own.figures[1]), "{}", row.id);
    }
}

#[test]
fn own_figures_stand_beside_published_ones_and_say_that_they_are_others() {
    let groups = ["a", "b"];
    let published = published(&groups, &[people("a", 60, 48), people("b", 60, 20)].concat());
    let own = |id: &str, value: f64| Own {
        series: series(id),
        label: Text::plain(id),
        outside: shirube::survey::Figure::of(value, State::Given),
        source: Text::plain("Another survey."),
    };
    let label = Text::plain("Large firms");
    let exhibit = beside(Some(&published), "x", &[own("vision", 71.0), own("acting", 40.0)], &label);
    assert_eq!(
        exhibit.rows.iter().map(|row| row.benchmark.as_ref().and_then(|one| one.value)).collect::<Vec<_>>(),
        [Some(71.0), Some(40.0)]
    );
    assert_eq!((exhibit.benchmark_label.clone(), exhibit.rows[0].figures[0].count), (Some(label.clone()), Some(68)));
    let told = |text: &str| exhibit.notes.iter().any(|note| note.text.in_language(Language::English).contains(text));
    assert!(told("not the same sample") && told("Another survey"), "{:?}", exhibit.notes);
    assert!(chart(&exhibit, Language::English).finding.contains("Large firms"));
    assert!(beside(None, "x", &[own("vision", 71.0)], &label).rows.is_empty());
}
