//! The demonstration organisation and `sample`: the same bytes everywhere, answers as the plan has them, the whole way to a built
//! site, and no invented answer among real ones.

use crate::hr_round::rows;
use crate::loop_project::{Project, here};
use crate::pages::skipped;
use crate::serve::{run, said};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const WAVES: [&str; 3] = ["voice-2024-04", "voice-2024-10", "voice-2025-04"];
const FOLDER: &str = "docs/demonstration";

fn demonstration() -> Project {
    let project = Project::of(&here().join(FOLDER));
    project.write("sample.yaml", std::fs::read(here().join(FOLDER).join("sample.yaml")).expect("a plan"));
    project
}

fn done(project: &Project, arguments: &[&str]) -> String {
    let output = run(project, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    String::from_utf8(output.stdout).expect("text")
}

fn refused(project: &Project, arguments: &[&str]) -> String {
    let output = run(project, arguments);
    assert_ne!(output.status.code(), Some(0), "{arguments:?}");
    said(&output)
}

fn invent(project: &Project) -> serde_json::Value {
    let (plan, to) = (project.path("sample.yaml"), project.path("made"));
    let [plan, to] = [&plan, &to].map(|path| path.to_str().expect("text"));
    serde_json::from_str(&done(project, &["sample", plan, "--to", to, "--force", "--format", "json"])).expect("JSON")
}

/// The rows of a wave, each as its columns.
fn answers(project: &Project, wave: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = rows(&project.read(&format!("made/{wave}.sample.csv"))).into_iter();
    let head = lines.next().expect("a head");
    lines.map(|cells| head.iter().cloned().zip(cells).collect()).collect()
}

/// The mean of a scale's items, the reversed one turned.
fn score(row: &BTreeMap<String, String>, figure: &str) -> Option<f64> {
    let items: Vec<(&String, f64)> = match figure.strip_suffix("_score") {
        None => vec![(row.get_key_value(figure)?.0, row[figure].parse().ok()?)],
        Some(stem) => {
            let own = row.iter().filter(|(id, _)| id.starts_with(&format!("{stem}_")));
            own.filter_map(|(id, text)| Some((id, text.parse().ok()?))).collect()
        }
    };
    let values = items.iter().map(|(id, value)| if *id == "belonging_alone" { 6.0 - value } else { *value });
    (!items.is_empty()).then(|| values.sum::<f64>() / items.len() as f64)
}

/// n, mean and variance.
fn moments(values: &[f64]) -> (f64, f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (n, mean, values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0))
}

/// The difference of two means and its standard error.
fn difference(one: &[f64], other: &[f64]) -> (f64, f64) {
    let ((n, mean, variance), (m, average, spread)) = (moments(one), moments(other));
    (mean - average, (variance / n + spread / m).sqrt())
}

#[test]
fn the_demonstration_is_the_same_everywhere_and_holds_what_was_planted() {
    let project = demonstration();
    let told = invent(&project);
    let sums: Vec<String> = WAVES
        .iter()
        .map(|wave| {
            let sum: [u8; 32] = Sha256::digest(project.read(&format!("made/{wave}.sample.csv"))).into();
            sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
        })
        .collect();
    assert_eq!(sums, SUMS, "the same plan gave other bytes");

    let waves: BTreeMap<&str, Vec<BTreeMap<String, String>>> = WAVES.iter().map(|wave| (*wave, answers(&project, wave))).collect();
    for (file, wave) in told["files"].as_array().expect("files").iter().zip(WAVES) {
        let all = &waves[wave];
        assert_eq!(file["rows"], all.len());
        assert!((560..=640).contains(&all.len()), "{wave}: {}", all.len());
        assert!(all.iter().all(|row| row["sample"] == "invented_by_shirube"), "{wave}");
        let skipped = all.iter().filter(|row| row["growth_learn"] == "_skipped").count() as f64 / all.len() as f64;
        assert!((0.005..0.06).contains(&skipped), "{wave}: {skipped}");
    }
    let of = |wave: &str, figure: &str, keep: &dyn Fn(&BTreeMap<String, String>) -> bool| -> Vec<f64> {
        waves[wave].iter().filter(|row| keep(row)).filter_map(|row| score(row, figure)).collect()
    };
    let everybody: &dyn Fn(&BTreeMap<String, String>) -> bool = &|_| true;
    let planted = told["planted"].as_array().expect("planted lines");
    assert!(planted.len() >= 8);
    for line in planted {
        let word = |key: &str| line[key].as_str().unwrap_or_default();
        let (figure, size) = (word("figure"), line["size"].as_f64().expect("a size"));
        let (found, error) = match word("kind") {
            "group" => {
                let own = of(WAVES[0], figure, &|row| row[word("attribute")] == word("value"));
                difference(&own, &of(WAVES[0], figure, &|row| row[word("attribute")] != word("value")))
            }
            "change" => difference(&of(word("to"), figure, everybody), &of(word("from"), figure, everybody)),
            _ => {
                let pairs: Vec<(f64, f64)> =
                    waves[WAVES[0]].iter().filter_map(|row| Some((score(row, figure)?, score(row, word("with"))?))).collect();
                let (one, other): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
                let ((n, mean, variance), (_, average, spread)) = (moments(&one), moments(&other));
                let products: f64 = pairs.iter().map(|(x, y)| (x - mean) * (y - average)).sum::<f64>() / (n - 1.0);
                (products / (variance * spread).sqrt(), 1.0 / n.sqrt())
            }
        };
        // Steps and careless people take something of what lies behind the answers
        let lost = if word("expect") == "nothing" { 0.0 } else { 0.2 * size.abs() };
        assert!((found - size).abs() < 3.5 * error + lost, "{}: planted {size:.3}, found {found:.3} ± {error:.3}", line["id"]);
        if word("expect") != "nothing" {
            assert!(found * size > 0.0 && found.abs() > 3.0 * error, "{}: {found:.3} ± {error:.3}", line["id"]);
        }
    }
}

/// The sums of the three tables.
const SUMS: [&str; 3] = ["e841c1760b71be5a", "8399e43670e47a39", "c5384c83b0a1030f"];

#[test]
fn the_whole_way_from_the_plan_to_the_built_site() {
    let project = demonstration();
    let asked = "  - {kind: figure, figure: recommend}\n";
    project.edit("content/reports/voice-2025-04.yaml", asked, &format!("{asked}{NETS}"));
    for template in ["executive", "department"] {
        project.write(&format!("content/reports/{template}.yaml"), format!("survey: voice-2025-04\ntemplate: {template}\n"));
    }
    project.edit("content/sites/voices.yaml", "reports: [", "reports: [executive, department, ");
    invent(&project);
    let today = ["--today", "2025-06-01"];
    for wave in WAVES {
        let table = project.path(&format!("made/{wave}.sample.csv"));
        let table = table.to_str().expect("text");
        let all = answers(&project, wave).len();
        let told: serde_json::Value =
            serde_json::from_str(&done(&project, &["import", "responses", wave, table, "--format", "json"])).expect("JSON");
        assert_eq!((told["rows"].as_u64(), told["taken"].as_u64()), (Some(all as u64), Some(all as u64)), "{told}");
        done(&project, &[&["close", wave][..], &today].concat());
    }
    done(&project, &[&["build", "--quiet"][..], &today].concat());
    let output = project.output();
    let page = |name: &str| {
        let found = output.iter().find(|(path, _)| path.ends_with(name)).unwrap_or_else(|| panic!("{name}"));
        String::from_utf8(found.1.clone()).expect("text")
    };
    for wave in WAVES {
        let report = page(&format!("voices/reports/{wave}.html"));
        assert!(report.contains("class=\"sample\"") && report.contains("見本"), "{wave}");
        assert!(
            report.contains("「仕事のまかされ方」は、物流部でほかの全員より低いと言えます"),
            "{wave}: the department that the plan lowers"
        );
    }
    let last = page("voices/en/reports/voice-2025-04.html");
    assert!(last.contains("class=\"sample\">sample<"));
    every_planted_line_is_found(&project, &last);
    // The workload drives the wish to leave, belonging holds people
    let english = page("voices/en/reports/voice-2025-04.html");
    assert!(english.contains("“Workload” goes together most with “I sometimes wish to leave this firm”"), "the planted relation");
    assert!(english.contains("higher among people with more of “Workload”, and lower with more of “Belonging”"), "both ways");
    // Figures stand in sentences; the list of reports, which knows none, has the words that stand in for them
    assert!(last.contains("603 people of a made-up firm") && last.contains("growth scored 3.35, after 3.20 the time before"));
    assert!(page("voices/en/reports.html").contains("some 600 people") && page("voices/en/reports.html").contains("growth scored about 3"));
    net_scores_are_told(&last);
    for (path, bytes) in output.iter().filter(|(path, _)| path.contains("reports/") && path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("text");
        assert_eq!(skipped(html), None, "{path} skips a level of headings");
    }
    every_department_has_a_page(&output);
    templates_find_what_was_planted(&output);
    // What leaves says so, too, in every row
    let out = project.path("out");
    done(&project, &["export", "responses", WAVES[0], "--to", out.to_str().expect("text")]);
    let table = rows(&project.read(&format!("out/{}.csv", WAVES[0])));
    let at = table[0].iter().position(|head| head == "sample").expect("the mark's column");
    assert!(table.len() > 500 && table[1..].iter().all(|row| row[at] == "invented_by_shirube"));
}

/// Net scores, of groups, from wave to wave and in a sentence.
const NETS: &str = "  - {kind: compare, figure: recommend, choice: net, by: [department]}
  - {kind: trend, figures: [recommend], choice: net}
  - {kind: text, text: {ja: \"すすめたさの差し引きは{{recommend.net}}です。\", en: \"The recommendation score is {{recommend.net | unknown}}.\"}}
";

fn net_scores_are_told(report: &str) {
    for name in ["compare-recommend-and-net-by-department", "trend-recommend-and-net"] {
        let (_, own) = report.split_once(&format!("id=\"voice-2025-04-{name}\"")).unwrap_or_else(|| panic!("no {name}"));
        assert!(own.contains("two recommendation scores: z or t"), "{name}");
    }
    // What a net score is stands beside the first of them
    assert_eq!(report.matches("minus the share of those who chose 0 to 6").count(), 1);
    let (_, sentence) = report.split_once("The recommendation score is −").expect("more people do not recommend the firm than do");
    assert!(sentence.split('.').take(2).collect::<String>().contains(" points"), "{:.40}", sentence);
}

/// A report of one line says what differs where, what goes together, and of whom nothing can be said: in its headlines, too.
fn templates_find_what_was_planted(output: &BTreeMap<String, Vec<u8>>) {
    let text = |path: &str| String::from_utf8(output[&format!("voices/{path}")].clone()).expect("text");
    let headline = |path: &str| {
        let page = text(path);
        let (_, from) = page.split_once("<h1").and_then(|(_, from)| from.split_once('>')).expect("a headline");
        let inner = from.split_once("</h1>").expect("its end").0;
        inner.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<String>()
    };
    let found = "「負担」は製造部で高く、「仕事のまかされ方」は物流部で低いと言えます（部署による差37個のうち2個）";
    assert_eq!(headline("reports/department.html"), found);
    assert_eq!(headline("reports/executive.html"), "「成長」は、2024年10月より高くなったと言えます");
    for form in ["reports/department.html", "reports/department/slides.html"] {
        assert!(text(form).contains("職場の声（2025年4月・見本）　部署ごとのまとめ"), "{form}: its name stands above");
    }
    assert!(text("reports.html").contains("部署ごとのまとめ") && !text("reports.html").contains(found), "a list knows names");
    // One department: apart in one thing of six, and of the rest nothing is said to be alike
    let own = |group: &str, language: &str| headline(&format!("{language}reports/department/by/department/{group}.html"));
    assert_eq!(own("logistics", ""), "物流部がほかの全員より低いと言えるのは、「仕事のまかされ方」です");
    assert_eq!(own("logistics", "en/"), "Logistics is lower than everybody else in “A say in one’s work”, more than chance");
    assert_eq!(own("sales", ""), "営業部とほかの全員とのあいだに、差があるとは言えません");
    let page = text("reports/department/by/department/logistics.html");
    assert!(page.contains("「この会社で働くことを、親しい人に勧めますか」の差があるとは言えません"), "what does not differ is named");
    let executive = text("en/reports/executive.html").replace("<span class=\"whole\">", "").replace("</span>", "");
    assert!(executive.contains("What goes together most with “Would you recommend"), "relations");
    assert!(executive.contains("which of them, we can’t tell"), "no order that nobody can tell");
    assert!(executive.contains("“Workload” in Production 0.43 (0.25–0.61)"), "how large");
}

/// A page for each department, linked from the report; one that may not be shown says the same whoever it is.
fn every_department_has_a_page(output: &BTreeMap<String, Vec<u8>>) {
    let text = |path: &str| String::from_utf8(output[path].clone()).expect("text");
    let report = text("voices/reports/voice-2025-04.html");
    let mut shown = 0;
    for group in ["sales", "production", "logistics", "development", "quality", "office", "legal", "audit"] {
        let address = format!("voice-2025-04/by/department/{group}.html");
        assert!(report.contains(&format!("href=\"{address}\"")), "{group} is not linked");
        let page = text(&format!("voices/reports/{address}"));
        let few = page.contains("いまは載せていません");
        assert_ne!(few, page.contains("ほかの全員との差</th>") || page.contains("id=\"voice-2025-04-department-"), "{group}");
        shown += usize::from(!few);
        assert!(page.contains("href=\"../../../voice-2025-04.html\""), "{group} leads nowhere back");
        if group == "logistics" {
            assert!(page.contains("「仕事のまかされ方」"), "what the plan lowers");
            let table = text("voices/reports/voice-2025-04/by/department/logistics/scores.csv");
            assert!(table.contains("autonomy_score") && table.contains(",difference,"), "{table}");
        }
    }
    assert!(shown >= 6, "{shown}");
}

/// Of each thing that the plan has put in, or left out, the report says so in a sentence.
fn every_planted_line_is_found(project: &Project, report: &str) {
    let told = invent(project);
    let mut met = 0;
    for line in told["planted"].as_array().expect("planted lines") {
        let word = |key: &str| line[key].as_str().unwrap_or_default();
        let figure = word("figure");
        let name = match word("kind") {
            "group" => format!("compare-{figure}-by-{}", word("attribute")),
            "change" => format!("trend-{figure}"),
            _ => format!("drivers-{figure}-coefficients"),
        };
        let anchor = format!("id=\"voice-2025-04-{name}\"");
        let (_, own) = report.split_once(&anchor).unwrap_or_else(|| panic!("{}: no {name}", line["id"]));
        let finding = own.split(" finding\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a finding");
        let finding: String = finding.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
        let sentences: Vec<&str> = finding.split(". ").collect();
        let says = |what: &str, of: &str| sentences.iter().any(|sentence| sentence.contains(what) && sentence.contains(of));
        let group = match word("value") {
            "logistics" => "“Logistics”",
            "thirties" => "“30 to 39”",
            _ => "",
        };
        // Coefficients: each before the thing that it is of
        let with = match word("with") {
            "belonging_score" => "“Belonging”",
            _ => "“Workload”",
        };
        let before = finding.split_once(&format!(" for {with} and ")).map(|(before, _)| before.rsplit(' ').next().unwrap_or_default());
        // Sentences of waves: from where to where, then whether that is more than chance
        let from = match word("from") {
            "voice-2024-04" => "in April 2024,",
            _ => "in October 2024,",
        };
        let judged = sentences.windows(2).find(|pair| pair[0].contains(from)).map(|pair| pair[1]).unwrap_or_default();
        let is_said = match (word("kind"), word("expect")) {
            ("group", "lower") => says("Below zero, more than chance", group),
            ("group", "higher") => says("Above zero, more than chance", group),
            ("group", _) => says("Not distinguishable from no difference", group),
            ("relation", "higher") => before.is_some_and(|told| told.parse::<f64>().is_ok_and(|told| told > 0.0)),
            ("relation", "lower") => before.is_some_and(|told| told.starts_with('−')),
            ("relation", _) => says("we can’t tell it from chance", "No relation was found between “Workload” and “Growth”"),
            (_, "nothing") => judged.contains("can’t tell this difference from chance"),
            (_, "higher") => judged.starts_with("The difference of +") && judged.contains("is more than chance"),
            (_, _) => judged.starts_with("The difference of −") && judged.contains("is more than chance"),
        };
        assert!(is_said, "{}: {finding}", line["id"]);
        met += 1;
    }
    assert_eq!(met, 8, "four that are there, four of nothing");
}
/// The course: the same people twice, found by their codes; what was planted is told, and of the rest that no change can be told.
#[test]
fn the_course_is_told_of_the_same_people() {
    let project = demonstration();
    project.write("course.yaml", std::fs::read(here().join(FOLDER).join("course.yaml")).expect("a plan"));
    let [plan, to] = ["course.yaml", "made"].map(|name| project.path(name).to_string_lossy().into_owned());
    done(&project, &["sample", &plan, "--to", &to]);
    let figures = |today: &str| -> serde_json::Value {
        let told = done(&project, &["figures", "course-after", "--today", today, "--lang", "en"]);
        serde_json::from_str::<serde_json::Value>(&told).expect("JSON")["figures"].clone()
    };
    for (wave, closed) in [("course-before", "2025-05-20"), ("course-after", "2025-06-10")] {
        let table = project.path(&format!("made/{wave}.sample.csv"));
        done(&project, &["import", "responses", wave, table.to_str().expect("text")]);
        done(&project, &["close", wave, "--today", closed]);
        done(&project, &["build", "--quiet", "--today", closed]);
        if wave == "course-before" {
            // Nothing of the items is told before there are pairs
            let told = done(&project, &["figures", "course-before", "--today", closed]);
            let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
            assert_eq!(
                (told["figures"]["readiness"]["rows"][0]["n"].as_u64(), told["shown"].as_u64()),
                (None, Some(answers(&project, wave).len() as u64))
            );
        }
    }
    let codes = |wave: &str| answers(&project, wave).into_iter().map(|row| row["own_code"].clone()).collect::<Vec<_>>();
    let (before, after) = (codes("course-before"), codes("course-after"));
    let both = before.iter().filter(|code| after.contains(code)).count() as u64;
    assert!(both > 45 && before.len() as u64 > both && after.len() as u64 > both);
    let told = figures("2025-06-10");
    let change = &told["change-course-before"];
    let title = change["title"].as_str().expect("a title");
    assert!(title.contains("higher in “Readiness to look ahead”, lower in “I keep putting off"), "{title}");
    for row in change["rows"].as_array().expect("rows") {
        assert!(row["n"].as_u64().is_some_and(|n| n <= both && n + 5 > both), "{row}");
    }
    let output = project.output();
    let (_, page) = output.iter().find(|(path, _)| path.ends_with("voices/reports/course.html")).expect("the report");
    let page = String::from_utf8(page.clone()).expect("text");
    assert!(page.contains("効果とは限りません") && page.contains("class=\"sample\""));
    // How many could be paired, and nothing of it where hardly anybody could not
    let answered = [&before, &after].map(|codes| codes.len() as u64);
    let most = change["rows"].as_array().expect("rows").iter().filter_map(|row| row["n"].as_u64()).max().expect("pairs");
    let paired = if answered.iter().all(|all| all - most >= 5) {
        format!("前に答えた{}人、後に答えた{}人のうち、組にできたのは", answered[0], answered[1])
    } else {
        "組にできなかった人が5人に満たない回がある".to_owned()
    };
    let words = page.replace("<span class=\"whole\">", "").replace("</span>", "");
    assert!(words.contains(&paired), "{paired}");
    let (_, english) = output.iter().find(|(path, _)| path.ends_with("voices/en/reports/course.html")).expect("the report");
    let finding = "Not distinguishable from no change: “I can tell my manager what I hope for” and “I find the time to learn”";
    assert!(String::from_utf8_lossy(english).contains(finding), "what is not planted is not found");
    let all: Vec<u8> = output.values().flatten().copied().collect();
    let all = String::from_utf8_lossy(&all).into_owned();
    assert!(before.iter().chain(&after).all(|code| !all.contains(code.as_str())), "no code leaves");
}

/// The first answer has fixed that the survey is a sample; tables of invented answers are known by their mark.
#[test]
fn what_was_invented_never_becomes_real() {
    let project = demonstration();
    invent(&project);
    let first = project.path(&format!("made/{}.sample.csv", WAVES[0]));
    done(&project, &["import", "responses", WAVES[0], first.to_str().expect("text")]);
    project.edit("content/surveys/voice-2024-04.yaml", "sample: true\n", "");
    let made = project.path(&format!("made/{}.sample.csv", WAVES[1]));
    let told = refused(&project, &["import", "responses", WAVES[0], made.to_str().expect("text")]);
    assert!(told.contains("error[invented]"), "{told}");
    let text = project.read(&format!("made/{}.sample.csv", WAVES[1]));
    // Under another name of the column, by a mapping that leaves it out, in words
    let renamed = text.replacen("sample", "note", 1);
    project.write("renamed.csv", renamed.replace("invented_by_shirube", "見本（作られた回答）"));
    project.write("mapping.yaml", "columns:\n  \"note\": ~\n");
    let [renamed, mapping] = ["renamed.csv", "mapping.yaml"].map(|name| project.path(name).to_string_lossy().into_owned());
    let told = refused(&project, &["import", "responses", WAVES[0], &renamed, "--mapping", &mapping]);
    assert!(told.contains("error[invented]"), "{told}");
    // Whoever takes the mark out by hand meets the terms of the first answer
    project.write("stripped.csv", text.replacen("sample", "note", 1).replace("invented_by_shirube", ""));
    let stripped = project.path("stripped.csv").to_string_lossy().into_owned();
    let told = refused(&project, &["import", "responses", WAVES[0], &stripped, "--mapping", &mapping]);
    assert!(told.contains("(sample)"), "{told}");
}

/// A plan for the demonstration with one thing changed, and what is said of it.
fn plan_says(project: &Project, from: &str, to: &str) -> String {
    let plan = std::fs::read_to_string(here().join(FOLDER).join("sample.yaml")).expect("a plan");
    assert!(plan.contains(from), "{from}");
    project.write("changed.yaml", plan.replacen(from, to, 1));
    let plan = project.path("changed.yaml");
    refused(project, &["sample", plan.to_str().expect("text"), "--to", project.path("none").to_str().expect("text")])
}

#[test]
fn what_is_wrong_with_a_plan_is_said_where_it_stands() {
    let project = demonstration();
    for (from, to, told) in [
        ("item: growth_train", "item: growth_trian", "error[unknown-reference]: There is no variable of a question “growth_trian”."),
        ("shares: [6, 14, 28, 37, 15]", "shares: [6, 14, 28, 37]", "“autonomy_way” has 5 choices, and here are 4 weights."),
        ("shares: [6, 14, 28, 37, 15]", "shares: [0, 0, 0, 0, 0]", "one of them at least is above 0"),
        ("{workload: 0.5, growth", "{workload: 0.95, growth", "which is more than all of it"),
        ("{workload: 0.5, growth", "{wrkload: 0.5, growth", "There is no factor “wrkload”."),
        ("value: logistics, by", "value: logistic, by", "There is no value “logistic”."),
        ("talk, belonging], r: 0.4", "talk, belonging], r: 1", "No factors can have all these correlations at once."),
        ("talk, belonging], r: 0.4", "talk, talk], r: 0.4", "A correlation is of two different factors"),
        ("answering: 0.89", "answering: 89", "A share is a number from 0 to 1."),
        ("survey: voice-2024-10, answering", "survey: voice-2024-11, answering", "There is no survey “voice-2024-11”."),
        ("people: 680", "people: 0", "error[out-of-range]"),
        ("seed: 20240408", "sead: 20240408", "error[unknown-key]"),
        ("attribute: age\n    shares: {under30", "attribute: age\n    shares: {under40", "There is no value “under40”."),
        ("attribute: tenure\n", "attribute: tenur\n", "There is no attribute “tenur”."),
        (
            "expect: nothing, attribute: age, value: thirties",
            "expect: lower, attribute: age, value: thirties",
            "is 0.000, which is not what it expects",
        ),
        ("expect: lower, attribute: department", "expect: nothing, attribute: department", "which is not what it expects"),
        ("with: workload_score", "with: words", "There is no planned question or scale with numbers “words”."),
        ("      - いまのままでよいと思う。", &format!("      - {}", "長".repeat(401)), "does not take what this plan answers"),
    ] {
        let said = plan_says(&project, from, to);
        assert!(said.contains(told) && said.contains("changed.yaml:"), "{from} → {to}:\n{said}");
    }
    // Real surveys get no invented answers
    project.edit("content/surveys/voice-2024-04.yaml", "sample: true\n", "");
    let plan = project.path("sample.yaml");
    let said = refused(&project, &["sample", plan.to_str().expect("text")]);
    assert!(said.contains("error[invented]: “voice-2024-04” is no sample") && said.contains("sample.yaml:"), "{said}");
    assert!(!project.path("private").exists());
}

/// Other kinds of survey: a code of one's own that joins people across waves, conditions, numbers, several choices, degenerate sizes.
#[test]
fn every_kind_that_can_be_invented_is_taken_and_people_stay_the_same() {
    let project = Project::small();
    let survey = |more: &str| {
        format!(
            "title: 前\nlead: 一問です。\nminutes: 1\nmode: pseudonymous\naccess: open\nsample: true\nopen: 2024-01-01\n{more}purpose: x\ncode:\n  parts: [x]\n  pattern: AA99\nconsent:\n  text: x\npages:\n  - id: one\n    questions:\n      - {{id: sure, kind: yes_no, text: x, need: required}}\n      - {{id: why, kind: short_text, text: x, need: required, show_if: \"sure = 'no'\", max_length: 20}}\n      - {{id: hours, kind: number, text: x, minimum: 0, maximum: 80, decimals: 1, need: declinable}}\n      - {{id: mood, kind: slider, text: x, minimum: 0, maximum: 10, step: 0.5, need: required}}\n      - id: ways\n        kind: multiple_choice\n        text: x\n        need: required\n        at_most: 2\n        choices: [{{id: a, text: a}}, {{id: b, text: b}}, {{id: none, text: 0, exclusive: true}}]\n      - {{id: twice, kind: calculated, text: x, value: \"hours * 2\", decimals: 1}}\n      - {{id: rank, kind: ranking, text: x, items: [{{id: a, text: a}}, {{id: b, text: b}}]}}\n"
        )
    };
    project.write("content/surveys/before.yaml", survey(""));
    project.write("content/surveys/after.yaml", "same_as: before\ntitle: 後\nopen: 2024-02-01\n");
    let plan = |people: usize| {
        format!(
            "seed: 5\npeople: {people}\nmissing: 0.1\nstability: 1\nsurveys: [{{survey: before}}, {{survey: after}}]\nfactors: [{{id: f}}]\nitems:\n  - {{item: sure, on: {{f: 0.9}}, shares: [50, 50]}}\n  - {{item: why, texts: [忙しい, \"=1+1\"], writing: 0.1}}\n  - {{item: hours, on: {{f: 0.9}}, mean: 40, sd: 12}}\n  - {{item: mood, on: {{f: -0.5}}, mean: 5, sd: 3}}\n  - {{item: ways, on: {{f: 0.4}}, chances: {{a: 0.5, b: 0.4, none: 0.2}}}}\n"
        )
    };
    for people in [1, 2, 300] {
        project.write("plan.yaml", plan(people));
        let (plan, to) = (project.path("plan.yaml"), project.path("made"));
        done(&project, &["sample", plan.to_str().expect("text"), "--to", to.to_str().expect("text"), "--force"]);
        let [before, after] = ["before", "after"].map(|wave| answers(&project, wave));
        assert_eq!((before.len(), after.len()), (people, people));
        assert!(before.iter().zip(&after).all(|(one, other)| one["own_code"] == other["own_code"]));
    }
    let (before, after) = (answers(&project, "before"), answers(&project, "after"));
    let hours = |rows: &[BTreeMap<String, String>]| rows.iter().map(|row| row["hours"].parse::<f64>().ok()).collect::<Vec<_>>();
    let pairs: Vec<(f64, f64)> = hours(&before).into_iter().zip(hours(&after)).filter_map(|(one, other)| one.zip(other)).collect();
    assert!(pairs.len() > 200 && pairs.iter().filter(|(one, other)| (one - other).abs() < 15.0).count() * 10 > pairs.len() * 8);
    assert!(before.iter().any(|row| row["hours"] == "_declined") && before.iter().all(|row| row["rank_a"] == "_skipped"));
    assert!(before.iter().all(|row| (row["why"] == "_not_shown") == (row["sure"] == "yes")));
    for wave in ["before", "after"] {
        let table = project.path(&format!("made/{wave}.sample.csv"));
        done(&project, &["import", "responses", wave, table.to_str().expect("text")]);
    }
    // A kind that nothing can be invented for, and a question that needs an answer
    project.edit("content/surveys/before.yaml", "kind: ranking, text: x,", "kind: ranking, need: required, text: x,");
    let said = refused(&project, &["sample", project.path("plan.yaml").to_str().expect("text")]);
    assert!(said.contains("“rank_a” needs an answer, and the plan says nothing of it."), "{said}");
    project.edit("plan.yaml", "  - {item: mood", "  - {item: rank_a}\n  - {item: mood");
    let said = refused(&project, &["sample", project.path("plan.yaml").to_str().expect("text")]);
    assert!(said.contains("“rank_a” is of a kind for which no answers can be invented."), "{said}");
}
