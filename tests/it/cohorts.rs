//! Cohorts: who is due when, by hand-worked cases and over generated people; what the page, the lists and the calendar tell, and what
//! they do not.

use crate::loop_project::here;
use shirube::catalog::cohorts::{Dates, Rule, What};
use shirube::catalog::due::{Due, Verdict, due};
use shirube::catalog::{Catalog, Cohorts, Site, Target, load};
use shirube::content::{Folder, Table};
use shirube::diagnostic::{Diagnostics, to_text};
use shirube::exchange::people_dates;
use shirube::language::{Day, DayTime, FiscalYear, Language, Period, Today};
use shirube::pages::{Edition, Material, Spot, Theme, site};
use shirube::pipeline::due::{Year, asked};
use std::collections::{BTreeMap, BTreeSet};

fn demonstration() -> Catalog {
    let (folder, faults) = Folder::read(here()).expect("the demonstration");
    assert!(!faults.has_errors());
    let loaded = load(&folder);
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    loaded.catalog
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn today() -> Today {
    let noon = DayTime::parse("2027-04-20 12:00").expect("a moment");
    Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a moment") }
}

fn joined(text: &str) -> Dates {
    Dates { joined: Some(day(text)), ..Dates::default() }
}

fn born(text: &str) -> Dates {
    Dates { born: Some(day(text)), ..Dates::default() }
}

#[test]
fn the_year_in_which_a_rule_holds() {
    let third = Rule::ServiceYear { number: 3, late_from: None };
    let late = Rule::ServiceYear { number: 3, late_from: Some(10) };
    let full = Rule::Anniversary { years: 3 };
    let age = Rule::Age { years: 30, day_before: false };
    let law = Rule::Age { years: 30, day_before: true };
    // Rule, days, first month of the fiscal year, the day on which it holds, the fiscal year
    let cases: &[(Rule, Dates, u32, &str, i32)] = &[
        // The year of joining is the first, whatever the month
        (third, joined("2025-04-01"), 4, "2027-04-01", 2027),
        (third, joined("2025-03-31"), 4, "2027-03-31", 2026),
        (third, joined("2025-10-01"), 4, "2027-10-01", 2027),
        (third, joined("2026-01-15"), 4, "2028-01-15", 2027),
        (third, joined("2025-01-15"), 1, "2027-01-15", 2027),
        // Who joins late begins with the next year
        (late, joined("2025-09-30"), 4, "2027-09-30", 2027),
        (late, joined("2025-10-01"), 4, "2028-04-01", 2028),
        (late, joined("2026-03-31"), 4, "2028-04-01", 2028),
        // Full years
        (full, joined("2024-04-01"), 4, "2027-04-01", 2027),
        (full, joined("2024-03-31"), 4, "2027-03-31", 2026),
        (full, joined("2024-02-29"), 4, "2027-02-28", 2026),
        (Rule::Anniversary { years: 4 }, joined("2024-02-29"), 4, "2028-02-29", 2027),
        // The 28th in a common year, so a fiscal year from March does not gain anybody
        (full, joined("2024-02-29"), 3, "2027-02-28", 2026),
        // Birthdays
        (age, born("1997-04-01"), 4, "2027-04-01", 2027),
        (age, born("1997-03-31"), 4, "2027-03-31", 2026),
        (age, born("1996-02-29"), 4, "2026-02-28", 2025),
        (Rule::Age { years: 40, day_before: false }, born("1988-02-29"), 4, "2028-02-29", 2027),
        // As law counts: born on 1 April goes with the school year before
        (law, born("1997-04-01"), 4, "2027-03-31", 2026),
        (law, born("1997-04-02"), 4, "2027-04-01", 2027),
        (law, born("1997-03-31"), 4, "2027-03-30", 2026),
        (law, born("1997-01-01"), 1, "2026-12-31", 2026),
        (law, born("1996-02-29"), 4, "2026-02-28", 2025),
        (Rule::Age { years: 40, day_before: true }, born("1988-02-29"), 4, "2028-02-28", 2027),
        (Rule::Age { years: 40, day_before: true }, born("1988-03-01"), 3, "2028-02-29", 2027),
    ];
    for (rule, dates, starts, reached, year) in cases {
        let own = rule.reached(dates, *starts).expect("a day");
        assert_eq!((own, FiscalYear::of(own, *starts).year), (day(reached), *year), "{rule:?} {dates:?} {starts}");
    }
    assert_eq!(third.reached(&born("1997-04-01"), 4), None, "nobody is due by a day that is not known");
}

fn of<'d>(all: &'d [Due], cohorts: &Cohorts, cohort: &str, what: &What) -> &'d Due {
    let at = cohorts.cohorts.iter().position(|one| one.id == cohort).expect("a cohort");
    all.iter().find(|one| one.cohort == at && one.what == *what).expect("an offer")
}

#[test]
fn one_talk_a_year_and_none_for_those_who_are_not_there() {
    let catalog = demonstration();
    let cohorts = &catalog.cohorts["milestones"];
    let year = cohorts.year(2027);
    let person =
        |joined: &str, born: &str, left: Option<&str>| Dates { joined: Some(day(joined)), born: Some(day(born)), left: left.map(day) };
    let training = |id: &str| What::Training(id.to_owned());
    // Year five and thirty in one year: both trainings, one talk, the earlier one
    let both = due(&catalog, cohorts, &person("2023-04-01", "1997-08-10", None), year);
    assert_eq!(both.len(), 4);
    assert_eq!(of(&both, cohorts, "year_five", &What::Talk).verdict, Verdict::Offered);
    assert_eq!(of(&both, cohorts, "age_thirty", &What::Talk).verdict, Verdict::Once(1));
    assert_eq!(of(&both, cohorts, "year_five", &training("strengths")).verdict, Verdict::Offered);
    assert_eq!(of(&both, cohorts, "age_thirty", &training("life-plan")).verdict, Verdict::Offered);
    // Whoever has left by the first of the month is not invited; on the last day of the month before, too, not on the first
    for (left, training_, talk) in [
        ("2027-05-31", Verdict::Left, Verdict::Left),
        ("2027-06-01", Verdict::Offered, Verdict::Left),
        ("2027-06-30", Verdict::Offered, Verdict::Left),
        ("2027-07-01", Verdict::Offered, Verdict::Offered),
        ("2020-01-01", Verdict::Left, Verdict::Left),
    ] {
        let all = due(&catalog, cohorts, &person("2019-04-01", "1980-05-05", None), cohorts.year(2021));
        assert_eq!(all.len(), 2, "year three of somebody else");
        let all = due(&catalog, cohorts, &person("2025-04-01", "1980-05-05", Some(left)), year);
        assert_eq!(of(&all, cohorts, "year_three", &training("strengths")).verdict, training_, "{left}");
        assert_eq!(of(&all, cohorts, "year_three", &What::Talk).verdict, talk, "{left}");
    }
    // Who leaves before one talk of the year is still told of the other where it is earlier, and not twice
    let leaving = due(&catalog, cohorts, &person("2023-04-01", "1997-08-10", Some("2027-09-15")), year);
    assert_eq!(of(&leaving, cohorts, "year_five", &What::Talk).verdict, Verdict::Offered);
    assert_eq!(of(&leaving, cohorts, "age_thirty", &What::Talk).verdict, Verdict::Left);
    // Joined only after the months of one offer: the later one still comes
    let new = due(&catalog, cohorts, &person("2027-10-15", "1997-08-10", None), year);
    assert_eq!(of(&new, cohorts, "age_thirty", &training("life-plan")).verdict, Verdict::JoinedLater);
    assert_eq!(of(&new, cohorts, "age_thirty", &What::Talk).verdict, Verdict::Offered);
    assert!(due(&catalog, cohorts, &person("2010-04-01", "1980-05-05", None), year).is_empty());
}

/// People of every sort, without any randomness of the system.
fn people(n: usize) -> Vec<Dates> {
    let mut state = 20_270_401_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let first = day("1960-01-01");
    let mut person = |_| {
        let born = first.plus(i64::try_from(next(16_000)).expect("few"));
        let joined = born.plus_years(18).plus(i64::try_from(next(9_000)).expect("few"));
        Dates { joined: Some(joined), born: Some(born), left: None }
    };
    (0..n).map(&mut person).collect()
}

#[test]
fn everybody_is_due_by_each_rule_in_exactly_one_year_and_asked_once_a_year() {
    let catalog = demonstration();
    let cohorts = &catalog.cohorts["milestones"];
    let all = people(3_000);
    let (mut invited, mut once) = (0, 0);
    for dates in &all {
        let mut times = vec![0; cohorts.cohorts.len()];
        for year in (1975..=2065).map(|year| cohorts.year(year)) {
            let own = due(&catalog, cohorts, dates, year);
            cohorts.of(dates, year).into_iter().for_each(|at| times[at] += 1);
            let offered: Vec<&What> = own.iter().filter(|one| one.verdict == Verdict::Offered).map(|one| &one.what).collect();
            let different: BTreeSet<&&What> = offered.iter().collect();
            assert_eq!(different.len(), offered.len(), "{dates:?} in {year:?} is asked twice: {own:?}");
            // Whatever a cohort offers, its people get: by it, by another one of the year, or they join later
            for one in &own {
                assert_eq!(FiscalYear::of(one.from, cohorts.starts), year);
                if let Verdict::Once(by) = one.verdict {
                    once += 1;
                    assert_eq!(
                        own.iter().find(|other| other.cohort == by && other.what == one.what).expect("it").verdict,
                        Verdict::Offered
                    );
                }
            }
            invited += offered.len();
        }
        assert!(times.iter().all(|times| *times == 1), "{dates:?}: {times:?}");
    }
    assert!(once > 100 && invited > all.len() * 5, "{once} {invited}");
}

fn material<'a>(catalog: &'a Catalog, site: &'a Site, theme: &'a Theme) -> Material<'a> {
    Material { catalog, site, theme, today: today() }
}

const PEOPLE: &str = "社員番号,氏名,メール,言語,入社日,生年月日,退職日,部署,給与\r\n\
    0012,港 花子,hanako@example.co.jp,ja,2025-04-01,1980-12-24,,営業部,777777\r\n\
    0034,\"=HYPERLINK(1)\",,en,令和5年4月1日,H9.8.10,,法務部,888888\r\n\
    0056,森 三郎,,ja,2005-04-01,1987-11-03,2027-12-31,法務部,999999\r\n\
    0078,谷 四郎,,ja,2001-04-01,1975-10-09,,法務部,666666\r\n";

#[test]
fn lists_name_whom_to_invite_and_no_day_of_birth() {
    let catalog = demonstration();
    let theme = Theme::embedded().expect("a theme");
    let cohorts = &catalog.cohorts["milestones"];
    // As Japanese Excel saves it
    let cp932 = shirube::content::encoding::to_cp932(PEOPLE).expect("nothing is lost");
    let read = people_dates::read(asked(cohorts), "people.csv", &cp932);
    assert!(read.diagnostics.is_empty(), "{}", to_text(&read.diagnostics, &read.sources, Language::English));
    let year =
        Year { material: material(&catalog, catalog.home().expect("a site"), &theme), cohorts, period: Period::whole(cohorts.year(2027)) };
    let told = year.told(&read);
    let file =
        |name: &str| told.files.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("{name}"));
    let talk = file("talk.csv");
    assert!(talk.starts_with("\u{FEFF}id,name,mail,language,cohort,cohort_title,from,until\r\n0012,港 花子,hanako@example.co.jp,ja,year_three,入社3年目,2027-07-01,2027-08-31\r\n0034,'=HYPERLINK(1),,en,year_five,Year five,"), "{talk}");
    assert_eq!(talk.lines().count(), 3, "{talk}");
    assert!(file("training-life-plan.csv").contains("0034,"));
    assert!(file("not-invited.csv").contains("0056,森 三郎,age_forty,40歳,キャリアの相談,対象の月が始まる前に退職"));
    assert_eq!(told.others, 1);
    for (name, text) in &told.files {
        // Neither what the rules looked at nor what nobody asked for goes on
        for never in ["1980", "1997-", "1987", "H9.8", "12-24", "2025-04-01", "2023-04-01", "777777", "営業部", "谷 四郎", "0078"] {
            assert!(!text.contains(never), "{name} holds {never}");
        }
        if !name.ends_with(".csv") || name.starts_with("calendar") {
            for never in ["港", "HYPERLINK", "0012", "hanako"] {
                assert!(!text.contains(never), "{name} holds {never}");
            }
        }
        if name.ends_with(".csv") {
            let (table, faults) = Table::read(&name.as_str().into(), text.as_bytes());
            assert!(table.is_some() && faults.is_empty(), "{name}");
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        }
        if name.ends_with(".txt") {
            assert!(!text.contains(['{', '}']) && text.lines().count() > 4, "{name}: {text}");
        }
    }
    // Next year it is somebody else's
    let next = Year { period: Period::whole(cohorts.year(2028)), material: year.material, cohorts };
    let after = next.told(&read);
    assert!(after.lines.iter().all(|line| line.due.verdict != Verdict::Offered), "{:?}", after.lines.len());
}

#[test]
fn a_quarter_names_who_is_due_in_its_months_and_who_was_before() {
    let catalog = demonstration();
    let theme = Theme::embedded().expect("a theme");
    let cohorts = &catalog.cohorts["milestones"];
    let read = people_dates::read(asked(cohorts), "people.csv", PEOPLE.as_bytes());
    let material = material(&catalog, catalog.home().expect("a site"), &theme);
    let year = Year { material, cohorts, period: Period::whole(cohorts.year(2027)) };
    let whole = year.told(&read);
    let line =
        |line: &shirube::pipeline::due::Line<'_>| (line.person.id.clone(), line.due.what.stem(), line.due.verdict == Verdict::Offered);
    // On 10 August it is the second quarter, July to September: two talks until August, one training in September; what June had is over
    let second = Year { material, cohorts, period: Period::quarter_of(day("2027-08-10"), cohorts.starts) };
    let told = second.told(&read);
    let found: Vec<_> = told.lines.iter().map(line).collect();
    let offered = |id: &str, what: &str| (id.to_owned(), what.to_owned(), true);
    assert_eq!(found, [offered("0012", "talk"), offered("0034", "talk"), offered("0034", "training-life-plan")]);
    let before: Vec<_> = told.earlier.iter().map(line).collect();
    assert_eq!(before, [offered("0012", "training-strengths"), offered("0034", "training-strengths")]);
    assert_eq!(told.others, 2, "one is due in the last quarter, one in no year");
    let file = |told: &shirube::pipeline::due::Told<'_>, name: &str| {
        told.files.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone())
    };
    let due_list = file(&told, "due.csv").expect("a list");
    assert!(due_list.lines().count() == 4 && !due_list.contains("2027-06"), "{due_list}");
    assert!(file(&told, "earlier.csv").expect("a list").contains("2027-06,0012,") && file(&whole, "earlier.csv").is_none());
    assert!(file(&told, "training-strengths.csv").is_none() && file(&told, "training-life-plan.csv").is_some());
    // The text of August goes out, that of April has; the calendar holds these months, under the names that the whole year has
    let names: Vec<&str> = told.files.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with("announcement")).collect();
    assert_eq!(names, ["announcement-2027-08-reminder.ja.txt", "announcement-2027-08-reminder.en.txt"]);
    let (dates, all) = (file(&told, "calendar.ja.ics").expect("dates"), file(&whole, "calendar.ja.ics").expect("dates"));
    let starts = |text: &str| text.lines().filter(|line| line.starts_with("DTSTART")).map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(starts(&dates).iter().all(|line| ["202707", "202708", "202709"].iter().any(|month| line.contains(month))), "{dates}");
    let uids = |text: &str| text.lines().filter(|line| line.starts_with("UID")).map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(uids(&dates).is_subset(&uids(&all)) && !uids(&dates).is_empty() && uids(&dates) != uids(&all), "{dates}");
    // What is on across two quarters stands in both; nothing of the year is lost, and no verdict is another
    let mut together = BTreeSet::new();
    for number in 1..=4 {
        let own = Year { material, cohorts, period: Period::quarter(cohorts.year(2027), number).expect("a quarter") };
        together.extend(own.told(&read).lines.iter().map(line));
    }
    assert_eq!(together, whole.lines.iter().map(line).collect());
    let across = Year { material, cohorts, period: Period::months((2027, 11), (2028, 2), cohorts.starts).expect("months") };
    let told = across.told(&read);
    assert!(told.lines.iter().all(|line| line.due.verdict != Verdict::Offered), "talks of the year five came first, the others have left");
    assert!(
        file(&told, "not-invited.csv").expect("a list").lines().count() == 4,
        "a talk twice a year, a training and a talk of one who left"
    );
}

#[test]
fn the_page_tells_rules_and_leads_everywhere() {
    let catalog = demonstration();
    let theme = Theme::embedded().expect("a theme");
    let site_of = catalog.home().expect("a site");
    for language in Language::ALL {
        let edition = Edition { material: material(&catalog, site_of, &theme), language };
        let spot = Spot::Content(Target::Cohorts("milestones".to_owned()));
        let made = site::make(&edition, &spot, &BTreeMap::new()).expect("a page");
        let file = |ending: &str| {
            let file = made.iter().find(|file| file.path.as_str().ends_with(ending)).expect("a file");
            String::from_utf8(file.bytes.clone()).expect("text")
        };
        let page = file(".html");
        for target in [
            "modules/strengths.html",
            "modules/life-plan.html",
            "surveys/pulse.html",
            "consultants.html",
            "milestones.ics",
            "milestones.csv",
        ] {
            assert!(page.contains(target), "{target}");
        }
        assert!(!page.contains(['{', '}']));
        assert_eq!(page.matches("<h3>").count(), 4 + 12, "four milestones, twelve months");
        let dates = file(".ics");
        assert!(dates.split("\r\n").all(|line| line.len() <= 75));
        let uids: BTreeSet<&str> = dates.split("\r\n").filter(|line| line.starts_with("UID:")).collect();
        assert_eq!(uids.len(), dates.matches("BEGIN:VEVENT").count());
        assert_eq!(dates.matches("RRULE:FREQ=YEARLY").count(), uids.len());
        assert!(uids.iter().any(|uid| uid.starts_with("UID:milestones-training-strengths-6-")), "{uids:?}");
        // Another day of building gives the same bytes, another language the same entries
        let other = Edition { material: Material { today: Today { day: day("2031-01-01"), ..today() }, ..edition.material }, ..edition };
        assert_eq!(site::make(&other, &spot, &BTreeMap::new()).expect("a page"), made);
    }
}

#[test]
fn survey_days_are_taken_from_the_survey() {
    let (folder, _) = Folder::read(here()).expect("the demonstration");
    let mut changed = Folder::default();
    let mut faults = Diagnostics::new();
    for file in folder.files() {
        let mut bytes = file.bytes().to_vec();
        if file.path.as_ref() == "content/surveys/pulse.yaml" {
            let text = String::from_utf8(bytes).expect("text");
            bytes = format!("open: 2027-05-10\nclose: 2027-05-28\n{text}").into_bytes();
        }
        if file.path.as_ref() == "content/cohorts/milestones.yaml" {
            let text = String::from_utf8(bytes).expect("text");
            bytes = text.replace("{survey: pulse, every: 6, month: 5}", "{survey: pulse}").into_bytes();
        }
        changed.insert(&file.path, bytes, &mut faults);
    }
    let loaded = load(&changed);
    assert!(!loaded.diagnostics.has_errors(), "{}", to_text(&loaded.diagnostics, &loaded.sources, Language::English));
    let catalog = loaded.catalog;
    let theme = Theme::embedded().expect("a theme");
    let edition = Edition { material: material(&catalog, catalog.home().expect("a site"), &theme), language: Language::Japanese };
    let cohorts = &catalog.cohorts["milestones"];
    use shirube::pages::cohorts::year::{calendar, table};
    let dates = calendar(&edition, cohorts, Some(Period::whole(cohorts.year(2027))));
    assert!(dates.contains("DTSTART;VALUE=DATE:20270510\r\nDTEND;VALUE=DATE:20270529\r\n"), "{dates}");
    assert!(!calendar(&edition, cohorts, Some(Period::whole(cohorts.year(2028)))).contains("20270510"));
    assert!(table(&edition, cohorts, None).contains("2027年5月10日（月）から2027年5月28日（金）まで"));
}

#[test]
fn the_example_of_the_manual_is_read_without_faults() {
    let mut read = 0;
    for block in crate::manual_pages::all_blocks().iter().filter(|block| block.info == "yaml cohorts") {
        let base = here().join("tests/cases/base");
        let (folder, _) = Folder::read(&base).expect("a project");
        let (mut changed, mut faults) = (Folder::default(), Diagnostics::new());
        for file in folder.files() {
            changed.insert(&file.path, file.bytes().to_vec(), &mut faults);
        }
        changed.insert("content/cohorts/example.yaml", block.text.clone().into_bytes(), &mut faults);
        let loaded = load(&changed);
        assert!(loaded.diagnostics.is_empty(), "{}: {}", block.page, to_text(&loaded.diagnostics, &loaded.sources, Language::English));
        read += 1;
    }
    assert_eq!(read, 2, "one in each language");
}
