//! Figures by cohort: whom a person belongs with is worked out from days in the list of people when links are made. The days stay in
//! the list, and few people are hidden as in every group.

use crate::desk::{HERE, key, send};
use crate::desk_round::{codes, hidden, list};
use crate::invitations::{Browser, STAFF, project};
use crate::loop_project::{Project, Served, text, tree};
use shirube::content::Folder;
use shirube::diagnostic::to_text;
use shirube::language::{Day, DayTime, Language, Today};
use shirube::pipeline;
use std::collections::BTreeMap;

const COHORTS: &str = "title: {ja: 節目, en: Milestones}
lead: {ja: 一年に一度。, en: Once a year.}
from_year: 2026
cohorts:
  - id: third
    title: {ja: 3年目, en: Year three}
    rule: {kind: service_year, number: 3}
    offers: [{kind: survey, survey: staff}]
  - id: thirty
    title: {ja: 30歳, en: Age 30}
    rule: {kind: age, years: 30}
    offers: [{kind: survey, survey: staff}]
  - id: forty
    title: {ja: 40歳, en: Age 40}
    rule: {kind: age, years: 40}
    offers: [{kind: survey, survey: staff}]
free:
  text: {ja: いつでも。, en: Any time.}
";

const REPORT: &str = "title: {ja: 節目の声, en: Voices by milestone}
lead: {ja: 集計です。, en: Results.}
visibility: public
survey: staff
blocks:
  - {kind: figure, figure: mood}
  - {kind: figure, figure: mood-by-milestone}
  - {kind: coverage, by: milestone}
  - {kind: method}
";

/// The survey for invited people with one attribute by cohort.
fn survey() -> String {
    let from = STAFF.find("attributes:").expect("attributes");
    let to = STAFF.find("publish:").expect("what follows them");
    let own = "attributes:
  - {id: milestone, text: {ja: 節目, en: Milestone}, cohort: years}
segments:
  - by: [milestone]
open: 2026-06-01
";
    format!("{}{own}{}", &STAFF[..from], &STAFF[to..])
}

fn cohort_project() -> Project {
    let project = project(&survey());
    project.write("content/cohorts/years.yaml", COHORTS);
    project.write("content/reports/staff.yaml", REPORT);
    project.edit("content/sites/small.yaml", "reports: [", "cohorts: [years]\nreports: [staff, ");
    project
}

/// People of fiscal 2026: those of the third year, of thirty, of forty, and the others.
fn people(sizes: [usize; 4]) -> String {
    let mut list = "社員番号,氏名,メール,入社日,生年月日,退職日\n".to_owned();
    let days = [("2024-05-21", "1971-02-13"), ("2001-05-22", "1996-08-14"), ("2002-05-23", "1986-08-15"), ("2003-05-24", "1972-02-16")];
    let all = days.iter().zip(sizes).flat_map(|(days, n)| std::iter::repeat_n(days, n));
    for (number, (joined, born)) in all.enumerate() {
        list += &format!("{number:04},氏名{number},p{number}@example.co.jp,{joined},{born},\n");
    }
    list
}

/// A page without what only keeps its numbers whole.
fn plain(page: &str) -> String {
    page.replace("<span class=\"whole\">", "").replace("</span>", "")
}

/// What of the days must not lie anywhere.
const DAYS: [&str; 8] = ["2024-05-21", "1971-02", "2001-05", "1996-08", "2002-05", "1986-08", "2003-05", "1972-02"];

fn told(served: &Served, list_text: &str) -> String {
    text(&list(served, &[("list", list_text), ("base", "http://survey.example"), ("do", "check")], None))
}

#[test]
fn links_of_a_list_with_days_lead_to_figures_by_cohort() {
    let served = Served::of(cohort_project());
    let page = text(&served.get("/_desk/surveys/staff?lang=en"));
    assert!(page.contains("joined, born"), "the columns that are needed: {page}");
    assert!(page.contains("Days are read only to work out the cohort"), "{page}");
    let list_text = people([20, 8, 8, 30]);
    let seen = told(&served, &list_text);
    for part in ["Make 66 links", "Year three <b>20</b>", "Age 30 <b>8</b>", "Age 40 <b>8</b>", "Others <b>30</b>"] {
        assert!(seen.contains(part), "{part} is missing in {seen}");
    }
    let sum = hidden(&seen, "seen");
    let issued = list(&served, &[("list", &list_text), ("base", "http://survey.example"), ("do", "issue"), ("seen", &sum)], None);
    assert_eq!(issued.header("location"), Some("/_desk/surveys/staff?lang=en&done=issued"), "{}", text(&issued));
    let mut carried: BTreeMap<String, usize> = BTreeMap::new();
    for one in served.store.invitations("staff").expect("read") {
        assert_eq!(one.invitation.carried.keys().collect::<Vec<_>>(), ["milestone"]);
        *carried.entry(one.invitation.carried["milestone"].clone()).or_default() += 1;
    }
    let expected = [("forty", 8), ("others", 30), ("thirty", 8), ("third", 20)].map(|(code, n)| (code.to_owned(), n));
    assert_eq!(carried, BTreeMap::from(expected));

    // Twelve of twenty, three of eight, two of eight, twenty of thirty answer
    let form = format!("_key={}&lang=en", key(&served));
    let links = codes(&text(&send(&served, "surveys/staff/file", &format!("{form}&name=links.csv"), HERE)));
    let mut browser = Browser::new(&served);
    for number in (0..12).chain(20..23).chain(28..30).chain(36..56) {
        browser.get(&format!("/i/{}", links[number].1));
        assert_eq!(browser.status, 200, "{}", browser.page);
        if number == 20 {
            // Told before the first question, with where it comes from
            assert!(plain(&browser.page).contains("30歳、入社日と生年月日から決めたもの"), "{}", browser.page);
        }
        browser.set("mood", &(number % 5 + 1).to_string()).press("next").press("next").press("send");
        assert_eq!(browser.address, "/surveys/staff/thanks.html");
    }
    assert_eq!(served.stored("staff"), 37);

    // Once it is over, the report has those groups that are large enough
    let day = Day::parse("2099-05-01").expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let mut loaded = pipeline::load(served.project.root()).expect("content");
    let themes = pipeline::read_themes(served.project.root(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    let answers = pipeline::collect(&loaded.catalog, &*served.store, today).expect("a collection");
    let exhibit = &answers.published["staff"].exhibits["mood-by-milestone"];
    let shown: Vec<&str> = exhibit.rows.iter().skip(1).filter(|row| row.n.is_some()).map(|row| row.id.as_str()).collect();
    assert!(shown.contains(&"third") && shown.contains(&"others"), "{shown:?}");
    assert!(!shown.contains(&"thirty") && !shown.contains(&"forty"), "too few have answered: {shown:?}");
    let response = &answers.published["staff"].response["milestone"];
    assert_eq!(response.get("third"), Some(&(20, 10)), "in steps of five: {response:?}");
    assert!(response.values().all(|(_, answered)| *answered == 0 || *answered >= 5), "{response:?}");
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).expect("a site");
    let file = |path: &str| {
        let found = built.sites["small"].iter().find(|file| file.path.as_str() == path).unwrap_or_else(|| panic!("no {path}"));
        plain(&String::from_utf8_lossy(&found.bytes))
    };
    assert!(file("en/reports/staff.html").contains("Year three") && file("reports/staff.html").contains("3年目"));
    // How many of each were invited and answered, in steps; everybody else of the report's pages says the same
    for (path, rows) in [
        (
            "en/reports/staff.html",
            [["Everybody", "66", "37"], ["Year three", "20 or more", "10 or more"], ["Age 30", "5 or more", "fewer than 5"]],
        ),
        ("reports/staff.html", [["全体", "66人", "37人"], ["3年目", "20人以上", "10人以上"], ["30歳", "5人以上", "5人未満"]]),
        (
            "en/reports/staff/slides.html",
            [["Everybody", "66", "37"], ["Others", "30 or more", "20 or more"], ["Age 40", "5 or more", "fewer than 5"]],
        ),
    ] {
        let page = file(path);
        for [label, invited, answered] in rows {
            let row = format!("<th scope=\"row\">{label}</th><td class=\"number\">{invited}</td><td class=\"number\">{answered}</td>");
            assert!(page.contains(&row), "{path}: {row}");
        }
    }
    let method = file("en/reports/staff/method.html");
    assert!(method.contains("Milestone (Year three)") && method.contains("content/cohorts/years.yaml"), "{method}");

    // Nobody's day is anywhere: not in the store, not in links, letters or sheets, not on the site
    for (name, bytes) in tree(served.project.root()) {
        for day in DAYS {
            assert!(!bytes.windows(day.len()).any(|window| window == day.as_bytes()), "{name} holds {day}");
        }
    }
    for site in built.sites.values() {
        for file in site {
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(DAYS.iter().all(|day| !text.contains(day)), "{}", file.path.as_str());
        }
    }
    let sheet = plain(&served.project.read("private/links/staff/data-sheet.ja.html"));
    assert!(sheet.contains("入社日と生年月日から決めたもの"), "the works council is told, too");
}

#[test]
fn cohorts_of_few_count_with_the_others() {
    let served = Served::of(cohort_project());
    let few = told(&served, &people([20, 2, 8, 30]));
    for part in
        ["Only 2 are in “Age 30”, fewer than 5: they count as “Others”.", "Year three <b>20</b>", "Age 40 <b>8</b>", "Others <b>32</b>"]
    {
        assert!(few.contains(part), "{part} is missing in {few}");
    }
    assert!(!few.contains("Age 30 <b>"), "{few}");
    // The others are few themselves: the smallest cohort joins them, else they would follow from the sum
    let others = told(&served, &people([20, 9, 8, 3]));
    for part in ["Fewer than 5 are in “Others”: the 8 of “Age 40” count there, too.", "Age 30 <b>9</b>", "Others <b>11</b>"] {
        assert!(others.contains(part), "{part} is missing in {others}");
    }
    // Who is added later is counted together with those who have a link, who keep what they carry
    let list_text = people([20, 2, 8, 30]);
    let sum = hidden(&told(&served, &list_text), "seen");
    list(&served, &[("list", &list_text), ("base", "http://survey.example"), ("do", "issue"), ("seen", &sum)], None);
    let mut later = list_text.clone();
    for number in 100..104 {
        later += &format!("{number},,,2001-05-22,1996-08-14,\n");
    }
    let seen = told(&served, &later);
    assert!(seen.contains("Only 4 are in “Age 30”") && seen.contains("Others <b>4</b>"), "{seen}");
    later += "104,,,2001-05-22,1996-08-14,\n";
    let seen = told(&served, &later);
    assert!(seen.contains("Age 30 <b>5</b>") && !seen.contains("count as “Others”"), "{seen}");
}

#[test]
fn with_another_attribute_combinations_of_few_are_refused_as_ever() {
    let survey = survey().replace(
        "attributes:\n",
        "attributes:\n  - {id: team, text: {ja: 部署, en: Team}, values: [{id: a, text: A}, {id: b, text: B}]}\n",
    );
    let project = cohort_project();
    project.write("content/surveys/staff.yaml", survey);
    let served = Served::of(project);
    let row = |number: usize, team: &str, born: &str| format!("{number},{team},2001-05-22,{born}\n");
    let mut all = String::from("id,team,joined,born\n");
    all.extend((0..20).map(|number| row(number, if number < 17 { "a" } else { "b" }, "1996-08-14")));
    all.extend((20..60).map(|number| row(number, if number % 2 == 0 { "a" } else { "b" }, "1972-02-16")));
    let seen = told(&served, &all);
    assert!(seen.contains("Only 3 hold the combination “B, Age 30”"), "{seen}");
    assert!(seen.contains("A column “Milestone” in the list stands for what the days come to"), "{seen}");
}

#[test]
fn coverage_waits_until_the_survey_is_over() {
    let mut loaded = {
        let project = cohort_project();
        let mut loaded = pipeline::load(project.root()).expect("content");
        let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
        let day = Day::parse("2026-07-01").expect("a day");
        let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
        let answers = pipeline::nothing_collected(&loaded.catalog, today);
        let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).expect("a site");
        let pages = built.sites["small"].iter().filter(|file| file.path.as_str().starts_with("en/reports/staff"));
        pages.map(|file| (file.path.as_str().to_owned(), plain(&String::from_utf8_lossy(&file.bytes)))).collect::<BTreeMap<_, _>>()
    };
    let page = loaded.remove("en/reports/staff.html").expect("a report");
    assert!(page.contains("Who was invited and who answered, by Milestone") && page.contains("once the survey is over"), "{page}");
    assert!(!page.contains("class=\"table coverage\""), "{page}");
}

#[test]
fn lists_without_days_are_refused() {
    let served = Served::of(cohort_project());
    let without = told(&served, &people([20, 8, 8, 30]).replace("生年月日", "備考"));
    assert!(without.contains("The column “born” is missing"), "{without}");
    let unclear = told(&served, &people([20, 8, 8, 30]).replacen("2024-05-21", "6/5/21", 1).replacen("1996-08-14", "", 1));
    assert!(unclear.contains("Line 2") && unclear.contains("Line 22") && unclear.contains("The day of birth is missing"), "{unclear}");
    assert!(!served.project.path("private/links").exists() && served.store.invitations("staff").expect("read").is_empty());
    // A list of those who are due has no days, but the cohort itself
    let row = |number: usize| format!("{number:04},{}\n", if number < 6 { "third" } else { "30歳" });
    let due: String = (0..12).map(row).collect();
    let seen = told(&served, &format!("id,milestone\n{due}"));
    assert!(seen.contains("Year three <b>6</b>") && seen.contains("Age 30 <b>6</b>"), "{seen}");
    let unknown = told(&served, &format!("id,milestone\n{due}").replacen("third", "fourth", 1));
    assert!(unknown.contains("has no value “fourth”"), "{unknown}");
}

#[test]
fn the_values_of_an_attribute_by_cohort_are_filled_in_for_waves_too() {
    let project = cohort_project();
    project.write("content/surveys/staff-2.yaml", "same_as: staff\nwave: {ja: 二回目, en: Second}\nopen: 2027-06-01\nclose: 2099-02-01\n");
    let (folder, _) = Folder::read(project.root()).expect("a project");
    let loaded = shirube::catalog::load(&folder);
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    for id in ["staff", "staff-2"] {
        let attribute = &loaded.catalog.surveys[id].attributes[0];
        let codes: Vec<&str> = attribute.values.iter().map(|value| value.code.as_str()).collect();
        assert_eq!(codes, ["third", "thirty", "forty", "others"], "{id}");
        assert_eq!(attribute.label("others").in_language(Language::English), "Others");
        assert_eq!(attribute.label("thirty").in_language(Language::Japanese), "30歳");
    }
}

#[test]
fn the_list_of_those_who_are_due_makes_links_without_a_day() {
    let served = Served::of(cohort_project());
    // Somebody of two cohorts is in the one written first, whichever of them offers the survey
    let both = "099,氏名,,2024-05-21,1996-08-14,\n";
    served.project.write("people.csv", format!("{}{both}", people([20, 8, 8, 30])));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_shirube"));
    let typed = ["due", "years", "--people", "people.csv", "--year", "2026", "--to", "private/due", "--lang", "en"];
    let output = command.args(typed).current_dir(served.project.root()).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let due = served.project.read("private/due/survey-staff.csv");
    assert!(due.starts_with("\u{feff}id,name,mail,language,milestone,cohort,cohort_title,from,until\r\n"), "{due}");
    assert!(due.contains("099,氏名,,ja,third,third,"), "{due}");
    assert!(DAYS.iter().all(|day| !due.contains(day)), "{due}");
    let seen = told(&served, due.trim_start_matches('\u{feff}'));
    assert!(seen.contains("Year three <b>21</b>") && seen.contains("Age 30 <b>8</b>") && seen.contains("Make 37 links"), "{seen}");
}
