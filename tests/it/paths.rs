//! The paths through a survey: what is proven of conditions, and what is left alone because it may be.

use shirube::content::yaml;
use shirube::diagnostic::Diagnostics;
use shirube::language::{Day, Language};
use shirube::survey::paths::{Verdict, findings, nothing_asked};
use shirube::survey::{Answers, Survey, read};

/// A survey whose second page and whose last question have these conditions.
fn survey(page: &str, question: &str) -> Survey {
    let text = format!(
        "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
open: 2026-04-01
close: 2026-12-31
pages:
  - id: one
    questions:
      - {{id: team, kind: single_choice, text: x, need: required, other: そのほか,
         choices: [{{id: sales, text: 営業}}, {{id: works, text: 工場}}]}}
      - {{id: reasons, kind: multiple_choice, text: x, at_most: 2,
         choices: [{{id: boss, text: 上司}}, {{id: pay, text: 給与}}, {{id: place, text: 場所}}, {{id: none, text: なし, exclusive: true}}]}}
      - {{id: vision, kind: scale, text: x, need: declinable, points: 5, ends: [低い, 高い]}}
      - {{id: action, kind: scale, text: x, need: required, points: 5, ends: [低い, 高い]}}
      - {{id: feel, kind: grid, text: x, need: required, points: 5, ends: [低い, 高い],
         rows: [{{id: a, text: あ}}, {{id: b, text: い}}, {{id: c, text: う}}]}}
      - {{id: years, kind: number, text: x, need: required, minimum: 0, maximum: 60}}
      - {{id: age, kind: number, text: x, need: required, minimum: 15, maximum: 99, decimals: 1}}
      - {{id: word, kind: short_text, text: x}}
      - {{id: started, kind: date, text: x, need: required, earliest: 2000-01-01, latest: 2026-12-31}}
      - {{id: clients, kind: number, text: x, need: required, minimum: 1, show_if: team = 'sales'}}
      - {{id: machine, kind: short_text, text: x, need: required, show_if: team = 'works'}}
  - id: two
    show_if: \"{page}\"
    questions:
      - {{id: first, kind: scale, text: x, need: required, points: 5, ends: [低い, 高い]}}
      - {{id: last, kind: short_text, text: x, show_if: \"{question}\"}}
scales:
  - {{id: mood, label: x, items: [feel_a, feel_b]}}
  - {{id: total, label: x, items: [feel_a, feel_b, feel_c], method: sum}}
"
    );
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"content/surveys/a.yaml".into(), &text, 1, &mut diagnostics).expect("YAML");
    let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
    assert!(!diagnostics.has_errors(), "{page} / {question}: {:?}", diagnostics.sorted());
    survey
}

/// What is found about the last question: `-` nothing, `n` it never holds, `t` never together with others, `a` always.
fn found(page: &str, question: &str) -> String {
    let survey = survey(page, question);
    let words = findings(&survey).into_iter().map(|finding| {
        let verdict = match &finding.verdict {
            Verdict::NeverHolds => "n".to_owned(),
            Verdict::NeverThere(behind) => format!("t{}", behind.len()),
            Verdict::AlwaysHolds => "a".to_owned(),
        };
        format!("{}{verdict}", if finding.question.is_some() { "" } else { "page " })
    });
    let words: Vec<String> = words.collect();
    if words.is_empty() { "-".to_owned() } else { words.join(", ") }
}

#[test]
fn what_is_proven_and_what_is_left_alone() {
    // A page condition that decides something and says nothing about the rest.
    const PAGE: &str = "word = 'x'";
    for (condition, expected) in [
        ("team = 'sales'", "-"),
        ("team = 'other'", "-"),
        ("team = 'sales' and team = 'works'", "n"),
        ("team = 'sales' or team != 'sales'", "a"),
        ("answered(team)", "a"),
        ("not answered(team)", "t0"),
        ("team != 'sales' and team != 'works'", "-"),
        ("team != 'sales' and team != 'works' and team != 'other'", "n"),
        ("answered(team_other) and team = 'sales'", "-"),
        // Numbers: ranges, decimals, stretches
        ("years > 60", "n"),
        ("years >= 60", "-"),
        ("years < 0", "n"),
        ("years >= 0", "a"),
        ("years > 3 and years < 4", "n"),
        ("years > 2.5 and years < 3.5", "-"),
        ("age > 20 and age < 21", "-"),
        ("age > 20.1 and age < 20.2", "n"),
        ("years = 2.5", "n"),
        ("years > 30 and years < 20", "n"),
        ("years > 20 or years < 30", "a"),
        ("years > -5 + 3", "a"),
        // Arithmetic is taken by its range
        ("years + 5 > 65", "n"),
        ("years + 5 > 64", "-"),
        ("years * 2 < -1", "n"),
        ("years > age", "-"),
        ("years - age > 45", "n"),
        ("mean(years, age) > 99.5", "n"),
        ("sum(years, age) > 159", "n"),
        ("sum(years, age) > 158", "-"),
        ("count(years, age, word) > 3", "n"),
        ("count(team, vision) >= 1", "a"),
        // Points of scales in every combination
        ("vision >= 1", "-"),
        ("action >= 1", "a"),
        ("vision > 5", "n"),
        ("vision + action > 10", "n"),
        ("vision + action = 10", "-"),
        ("vision > action and action > vision", "n"),
        ("vision * action = 7", "n"),
        ("score(mood) > 5", "n"),
        ("score(mood) >= 1", "a"),
        ("score(mood) = 2.25", "n"),
        ("score(mood) = 2.5", "-"),
        ("score(total) > 15", "n"),
        ("score(total) <= 4 and feel_a >= 3", "n"),
        ("score(total) <= 5 and feel_a >= 3", "-"),
        // Sets
        ("reasons contains 'boss' and reasons contains 'pay'", "-"),
        ("reasons contains 'boss' and reasons contains 'none'", "n"),
        ("reasons contains 'boss' and reasons contains 'pay' and reasons contains 'place'", "n"),
        ("reasons contains 'boss' or not reasons contains 'boss'", "a"),
        ("answered(reasons) and not reasons contains 'boss'", "-"),
        // Texts and days
        ("word = 'x'", "a"),
        ("word = 'y'", "t1"),
        ("word != 'y'", "a"),
        ("started > '2026-12-31'", "n"),
        ("started >= '2000-01-01'", "a"),
        ("started > '2026-05-01' and started < '2026-05-02'", "n"),
        ("started < today", "-"),
        ("today > '2026-12-31'", "n"),
        ("today >= '2026-04-01'", "a"),
        ("today >= '2026-05-01'", "-"),
        // Answers that are never given together
        ("answered(clients) and answered(machine)", "t1"),
        ("clients >= 1 and team = 'works'", "t1"),
        ("clients > 1", "-"),
        ("answered(clients) or team != 'sales'", "a"),
        ("first = 3", "-"),
        // On the same page nothing is certain before it is sent
        ("answered(first)", "-"),
    ] {
        let behind = found(PAGE, condition);
        // How many conditions lie behind is a matter of its own
        let kind: String = if expected.starts_with('t') { behind.chars().take(1).collect() } else { behind.clone() };
        let wanted: String = if expected.starts_with('t') { "t".to_owned() } else { expected.to_owned() };
        assert_eq!(kind, wanted, "{condition}: {behind}");
    }
}

#[test]
fn a_page_may_be_followed_by_what_its_answers_decide() {
    let day = Day::parse("2026-05-01").expect("a day");
    // The second page is asked of nobody yet; whether it may be is decided by the first one, or by nothing that is still open
    for (page, question, expected) in [
        ("team = 'sales'", "answered(word)", true),
        ("score(mood) > 3", "answered(word)", true),
        ("today < '2026-12-31'", "answered(word)", true),
        ("today > '2026-12-31'", "answered(word)", false),
        ("answered(word) and today > '2026-12-31'", "answered(word)", true),
    ] {
        let survey = survey(page, question);
        assert_eq!(survey.may_go_on(&Answers::new(), 0, day), expected, "{page}");
        assert!(!survey.may_go_on(&Answers::new(), 1, day), "{page}: nothing comes after the last page");
        assert!(survey.branches());
    }
}

#[test]
fn a_question_is_judged_together_with_its_page() {
    for (page, question, expected) in [
        ("team = 'sales'", "team = 'works'", "t1"),
        ("team = 'sales'", "team = 'sales'", "a"),
        ("team = 'sales'", "clients >= 1", "a"),
        ("years > 10", "years > 5", "a"),
        ("years > 10", "years < 5", "t1"),
        ("years > 10", "years < 20", "-"),
        // Said once, with the page
        ("years > 60", "years > 60", "page n"),
        ("team = 'sales' and answered(machine)", "first = 1", "page t1"),
        ("action <= 5", "first = 1", "page a"),
    ] {
        assert_eq!(found(page, question), expected, "{page} / {question}");
    }
}

#[test]
fn a_survey_that_asks_nothing_is_found() {
    let only = |condition: &str| {
        let text = format!(
            "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
close: 2026-12-31
pages:
  - id: one
    questions:
      - {{id: a, kind: short_text, text: x, show_if: \"{condition}\"}}
  - id: two
    show_if: answered(a)
    questions:
      - {{id: b, kind: short_text, text: x}}
"
        );
        let mut diagnostics = Diagnostics::new();
        let node = yaml::parse(&"content/surveys/a.yaml".into(), &text, 1, &mut diagnostics).expect("YAML");
        let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
        nothing_asked(&survey).map(|day| day.to_string())
    };
    assert_eq!(only("today >= '2026-10-01'").as_deref(), Some("2026-09-30"));
    assert_eq!(only("today < '2026-10-01'").as_deref(), Some("2026-10-01"));
    assert_eq!(only("today < '2027-10-01'"), None);
    assert_eq!(nothing_asked(&survey("years > 3", "first = 1")), None);
}

/// Twenty questions of eleven points in one condition are more than can be tried; the walk says nothing, and says it soon.
#[test]
fn the_walk_is_bounded() {
    let questions: String = (0..20)
        .map(|at| format!("      - {{id: q{at}, kind: scale, text: x, need: required, points: 11, ends: [低い, 高い]}}\n"))
        .collect();
    let all = |operator: &str| (0..20).map(|at| format!("q{at} = {}", at % 11 + 1)).collect::<Vec<_>>().join(operator);
    let text = format!(
        "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
pages:
  - id: one
    questions:
{questions}  - id: two
    questions:
      - {{id: all, kind: short_text, text: x, show_if: \"{}\"}}
      - {{id: any, kind: short_text, text: x, show_if: \"{}\"}}
      - {{id: high, kind: short_text, text: x, show_if: \"score(sum) > 220\"}}
scales:
  - {{id: sum, label: x, method: sum, items: [{}]}}
",
        all(" and "),
        all(" or "),
        (0..20).map(|at| format!("q{at}")).collect::<Vec<_>>().join(", ")
    );
    let begun = std::time::Instant::now();
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"content/surveys/a.yaml".into(), &text, 1, &mut diagnostics).expect("YAML");
    let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
    let found: Vec<&str> = findings(&survey).iter().filter_map(|one| one.question).map(|question| question.id.as_str()).collect();
    assert_eq!(found, ["high"], "the range of a score is known without trying its items");
    assert!(begun.elapsed() < std::time::Duration::from_secs(30), "{:?}", begun.elapsed());
}

/// A page may be shown and each of its questions hidden: nobody is sent to an empty page.
#[test]
fn a_page_on_which_nothing_is_asked_is_not_seen() {
    let text = "
title: x
lead: x
minutes: 1
mode: anonymous
purpose: x
pages:
  - {id: one, questions: [{id: a, kind: number, text: x, need: required}]}
  - {id: two, questions: [{id: b, kind: short_text, text: x, show_if: a > 3}, {id: c, kind: short_text, text: x, show_if: answered(b)}]}
  - {id: three, questions: [{id: d, kind: short_text, text: x}]}
tests:
  - {name: small, answers: {a: 3}, expect: {pages: [one, three], hidden: [b, c]}}
  - {name: large, answers: {a: 4}, expect: {pages: [one, two, three], shown: [b], hidden: [c]}}
  - {name: written, answers: {a: 4, b: x}, expect: {pages: [one, two, three], shown: [b, c]}}
";
    let mut diagnostics = Diagnostics::new();
    let node = yaml::parse(&"content/surveys/a.yaml".into(), text, 1, &mut diagnostics).expect("YAML");
    let survey = read::read("a", &node, &[Language::Japanese], &mut diagnostics);
    assert!(diagnostics.is_empty(), "{:?}", diagnostics.sorted());
    for (a, next) in [("3", 2), ("4", 1)] {
        let raw = [("a".to_owned(), vec![a.to_owned()])].into_iter().collect();
        let answers = survey.judge(&raw, 1, shirube::language::Day::default()).answers;
        assert_eq!(survey.next_page(&answers, Some(0), shirube::language::Day::default()), Some(next));
    }
}

/// A sequence that is the same on every machine (multiplicative congruential, modulo 2^61 − 1).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = u64::try_from(u128::from(self.0) * 3_935_559_000_370_003_845 % ((1 << 61) - 1)).expect("below 2^61");
        usize::try_from(self.0 >> 20).expect("small") % most
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth > 0 {
            let (left, right) = (self.condition(depth - 1), self.condition(depth - 1));
            return match self.below(5) {
                0 => format!("not ({left})"),
                1 | 2 => format!("({left}) and ({right})"),
                _ => format!("({left}) or ({right})"),
            };
        }
        let sign = self.pick(&["=", "!=", "<", "<=", ">", ">="]);
        match self.below(8) {
            0 => format!("team {} '{}'", self.pick(&["=", "!="]), self.pick(&["sales", "works", "other"])),
            1 => format!("reasons contains '{}'", self.pick(&["boss", "pay", "place", "none"])),
            2 => format!("{} {sign} {}", self.pick(&["vision", "action", "feel_a", "first"]), self.below(7)),
            3 => format!("years {sign} {}", self.pick(&["-1", "0", "3", "2.5", "60", "61"])),
            4 => format!("answered({})", self.pick(&["team", "clients", "machine", "reasons", "vision", "first", "team_other"])),
            5 => format!("score({}) {sign} {}", self.pick(&["mood", "total"]), self.pick(&["1", "2.5", "3", "5", "15"])),
            6 => format!("started {sign} '{}'", self.pick(&["2000-01-01", "2026-04-01", "2026-12-31"])),
            _ => format!("{} + {} {sign} {}", self.pick(&["vision", "years", "feel_b"]), self.pick(&["action", "clients"]), self.below(9)),
        }
    }

    /// A sheet as somebody might fill it in, required answers always given.
    fn sheet(&mut self) -> shirube::survey::Raw {
        let point = |dice: &mut Dice| (1 + dice.below(5)).to_string();
        let mut raw = shirube::survey::Raw::new();
        let team = self.pick(&["sales", "works", "other"]);
        raw.insert("team".into(), vec![team.into()]);
        if team == "other" {
            raw.insert("team_other".into(), vec!["x".into()]);
        }
        if self.below(4) > 0 {
            let reasons = self.pick(&["boss", "pay", "place", "none", "boss pay", "pay place"]);
            raw.insert("reasons".into(), reasons.split(' ').map(str::to_owned).collect());
        }
        let vision = if self.below(3) == 0 { "_declined".to_owned() } else { point(self) };
        raw.insert("vision".into(), vec![vision]);
        for name in ["action", "feel_a", "feel_b", "feel_c", "first"] {
            let value = point(self);
            raw.insert(name.into(), vec![value]);
        }
        raw.insert("years".into(), vec![self.pick(&["0", "1", "2", "3", "4", "59", "60"]).into()]);
        raw.insert("age".into(), vec![self.pick(&["15", "33.3", "99"]).into()]);
        raw.insert("started".into(), vec![self.pick(&["2000-01-01", "2026-03-31", "2026-04-01", "2026-12-31"]).into()]);
        raw.insert("clients".into(), vec![self.pick(&["1", "2", "50"]).into()]);
        raw.insert("machine".into(), vec!["x".into()]);
        raw
    }
}

/// What is proven holds for whatever sheets come: none of a hundred, at random but always the same, says otherwise.
#[test]
fn no_sheet_says_otherwise_than_what_is_proven() {
    let mut dice = Dice(20_261_122);
    let sheets: Vec<_> = (0..120).map(|_| dice.sheet()).collect();
    let (mut never, mut always) = (0, 0);
    for at in 0..130 {
        let (page, question) = (dice.condition(at % 2), dice.condition(1 + at % 2));
        if [&page, &question].iter().any(|one| one.contains("first")) && page.contains("first") {
            continue;
        }
        let survey = survey(&page, &question);
        let judged = sheets.iter().map(|raw| survey.judge(raw, 2, shirube::language::Day::parse("2026-06-01").expect("a day")));
        let judged: Vec<_> = judged.filter(|judgement| judgement.complaints.is_empty()).collect();
        assert!(judged.len() > 100, "the sheets are taken");
        for finding in findings(&survey) {
            let id = finding.question.map_or("first", |question| question.id.as_str());
            // A question is judged among those who see its page
            let mut seen = judged.iter().filter(|judgement| finding.question.is_none() || judgement.pages.contains(&1));
            if finding.verdict == Verdict::AlwaysHolds {
                always += 1;
                assert!(seen.all(|judgement| judgement.shown.contains(id)), "{page} / {question} does not always hold");
            } else {
                never += 1;
                assert!(!seen.any(|judgement| judgement.shown.contains(id)), "{page} / {question} can hold");
            }
        }
    }
    assert!(never > 10 && always > 10, "{never} never, {always} always: too few to say anything");
}
