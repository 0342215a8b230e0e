//! A round as personnel departments run it: a list from Excel, links, answers, reminders to whoever is missing, closing, export.
#![cfg(unix)]

use crate::invitations::{STAFF, project};
use crate::loop_project::Project;
use crate::serve::{Serving, run, said, shirube};
use shirube::content::encoding::to_cp932;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::thread;

/// A thousand people in a list as Japanese Excel saves it: leading zeros, commas, names that look like formulas.
fn people(n: usize) -> String {
    let mut list = "社員番号,氏名,メール,言語,部署,年代,備考\r\n".to_owned();
    for number in 0..n {
        let department = if number % 4 == 0 { "法務部" } else { "営業部" };
        let language = ["", "ja", "英語"][number % 3];
        list += &format!(
            "{number:06},\"=氏,名{number}\",p{number}@example.co.jp,{language},{department},{}代,{number}\r\n",
            number % 5 * 10 + 20
        );
    }
    list
}

/// The rows of a CSV file that has no line ends in its cells.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let split = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for char in line.chars() {
            match char {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cells.last_mut().expect("a cell").push(other),
            }
        }
        cells
    };
    text.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty()).map(split).collect()
}

pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into()
}

/// One person: opens the link, gets the cookie, sends the sheet.
pub(crate) fn answer(agent: &ureq::Agent, address: &str, path: &str, number: usize) {
    let reply = agent.get(format!("http://{address}{path}")).call().expect("a reply");
    assert_eq!(reply.status().as_u16(), 303, "{path}");
    let form = reply.headers()["location"].to_str().expect("text").trim_end_matches("?invited").to_owned();
    let own = format!("Path={form};");
    let cookies = reply.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let cookie = cookies.filter(|cookie| cookie.contains(&own)).map(|cookie| cookie.split(';').next().expect("a pair")).next();
    let cookie = cookie.expect("a cookie for the form");
    let mood = (number % 5 + 1).to_string();
    let sheet = format!("{number:032x}");
    let sent = agent
        .post(format!("http://{address}{form}"))
        .header("Cookie", cookie)
        .header("Origin", format!("http://{address}"))
        .send_form([("mood", mood.as_str()), ("words", "ひとこと"), ("_sheet", &sheet), ("_go", "send")])
        .expect("a reply");
    assert_eq!(sent.status().as_u16(), 303, "{path}");
    assert!(sent.headers()["location"].to_str().expect("text").ends_with("thanks.html"));
}

fn links(project: &Project, more: &[&str]) -> String {
    let output = run(project, &[&["links", "staff"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    said(&output)
}

fn status(project: &Project, more: &[&str]) -> serde_json::Value {
    let output = run(project, &[&["status", "--format", "json"], more].concat());
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    all.as_array().expect("a list").iter().find(|row| row["survey"] == "staff").expect("a row").clone()
}

#[test]
fn a_thousand_are_invited_seven_hundred_answer_and_three_hundred_are_reminded() {
    let project = project(STAFF);
    project.write("people.csv", to_cp932(&people(1_000)).expect("in CP932"));
    let list = project.path("people.csv").display().to_string();
    let told = links(&project, &["--people", &list, "--base-url", "http://survey.example"]);
    assert!(
        told.contains("Read 1000 rows (Shift_JIS (CP932))") && told.contains("Columns not used: 備考") && told.contains("1,000"),
        "{told}"
    );

    let handed = rows(&project.read("private/links/staff/links.csv"));
    assert_eq!(handed[0], ["id", "name", "mail", "language", "department", "band", "link", "code"]);
    assert_eq!(handed.len(), 1_001);
    assert_eq!(handed[1][..5], ["000000", "'=氏,名0", "p0@example.co.jp", "ja", "law"]);
    assert!(handed[3][6].starts_with("http://survey.example/en/i/"), "{:?}", handed[3]);
    let codes: BTreeSet<&String> = handed.iter().map(|row| &row[7]).collect();
    assert_eq!(codes.len(), 1_001, "every code is its own");
    let files = std::fs::read_dir(project.path("private/links/staff")).expect("a folder");
    for file in files.map(|file| file.expect("a file")) {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().expect("rights").permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
    // The store has no code and no id
    for name in ["intake.sqlite", "intake.sqlite-wal"] {
        let bytes = std::fs::read(project.path(&format!("private/{name}"))).unwrap_or_default();
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!has(&handed[1][7]) && !has(&handed[1][7].replace('-', "")) && !has("000999") && !has("example.co.jp"), "{name}");
    }

    let serving = Serving::start(&project);
    let address = Arc::new(serving.address.to_string());
    let paths: Arc<Vec<String>> =
        Arc::new(handed[1..].iter().map(|row| row[6].trim_start_matches("http://survey.example").to_owned()).collect());
    // Seven of ten answer, from four machines
    let chosen = |number: &usize| number % 10 < 7;
    let threads: Vec<_> = (0..4)
        .map(|part| {
            let (address, paths) = (Arc::clone(&address), Arc::clone(&paths));
            thread::spawn(move || {
                let agent = agent();
                (0..1_000)
                    .filter(chosen)
                    .filter(|number| number % 4 == part)
                    .for_each(|number| answer(&agent, &address, &paths[number], number));
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("everyone is answered"));
    drop(serving);

    let standing = status(&project, &[]);
    assert_eq!(standing["collected_at_least"], 700);
    assert_eq!(standing["invitations"]["invited"], 1_000);
    assert_eq!(standing["invitations"]["answered_at_least"], 700);
    assert_eq!(standing["invitations"]["by"]["department"]["law"]["invited"], 250);

    // Exactly those who are missing, and whom nobody can tell apart in the other letter
    links(&project, &["--remind"]);
    let reminded: BTreeSet<String> =
        rows(&project.read("private/links/staff/remind-links.csv"))[1..].iter().map(|row| row[0].clone()).collect();
    let missing: BTreeSet<String> = (0..1_000).filter(|number| !chosen(number)).map(|number| format!("{number:06}")).collect();
    assert_eq!(reminded, missing);
    assert_eq!(missing.len(), 300);
    assert!(project.read("private/links/staff/remind-mail.ja.txt").contains("まだ回答が届いていない方"));
    links(&project, &["--remind", "everyone"]);
    assert_eq!(rows(&project.read("private/links/staff/remind-links.csv")).len(), 1_001);
    assert!(project.read("private/links/staff/remind-mail.ja.txt").contains("回答がすんだ方にも"));

    // The survey closes by its date; the next build seals what waits
    project.edit("content/surveys/staff.yaml", "close: 2099-03-31", "close: 2026-03-31");
    let built = run(&project, &["build", "--today", "2026-04-01"]);
    assert_eq!(built.status.code(), Some(0), "{}", said(&built));
    assert_eq!(status(&project, &["--today", "2026-04-01"])["in_batches"], 700);
    let exported = shirube(&project, &["export", "responses", "staff", "--to"]).arg(project.path("out")).output().expect("runs");
    assert_eq!(exported.status.code(), Some(0), "{}", said(&exported));
    let out = rows(&project.read("out/staff.csv"));
    assert_eq!(out[0], ["department", "band", "mood"]);
    // Fewer than k people who came after the last batch stay, and are told
    let rest = 700 - (out.len() - 1);
    assert!(rest < 5, "as many rows as were stored, but for fewer than k: {rest} stay");
    let told = format!("{} 人分を書き出しました", 700 - rest);
    let english = format!("Wrote {} of 700 stored responses", 700 - rest);
    assert!([told, english].iter().any(|words| said(&exported).contains(words.as_str())), "{}", said(&exported));
    let mut combinations: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in &out[1..] {
        *combinations.entry((&row[0], &row[1])).or_default() += 1;
    }
    assert!(combinations.values().all(|n| *n >= 5), "{combinations:?}");
    assert_eq!(combinations.len(), 9, "of one combination nobody answered");
}

#[test]
fn people_are_added_and_links_taken_back() {
    let project = project(STAFF);
    project.write("people.csv", people(200));
    project.write("more.csv", people(260));
    let (list, more) = (project.path("people.csv").display().to_string(), project.path("more.csv").display().to_string());
    links(&project, &["--people", &list, "--base-url", "https://survey.example/"]);
    let again = run(&project, &["links", "staff", "--people", &list]);
    assert_eq!(again.status.code(), Some(3), "{}", said(&again));
    assert!(said(&again).contains("links were made already"), "{}", said(&again));
    let before = rows(&project.read("private/links/staff/links.csv"));

    let told = links(&project, &["--people", &more, "--add"]);
    assert!(told.contains("200 of them had links before") && told.contains("60 links added"), "{told}");
    let after = rows(&project.read("private/links/staff/links.csv"));
    assert_eq!((after.len(), &after[..201]), (261, &before[..]), "those of before are as they were");
    assert_eq!(rows(&project.read("private/links/staff/added-links.csv"))[1..], after[201..]);

    let unknown = run(&project, &["links", "staff", "--revoke", "000003", "--revoke", "nobody"]);
    assert_eq!(unknown.status.code(), Some(3));
    assert_eq!(rows(&project.read("private/links/staff/links.csv")).len(), 261);
    links(&project, &["--revoke", "000003", "--revoke", "000259"]);
    let left = rows(&project.read("private/links/staff/links.csv"));
    assert_eq!(left.len(), 259);
    assert!(left.iter().all(|row| row[0] != "000003" && row[0] != "000259"));
    assert_eq!(status(&project, &[])["invitations"]["invited"], 258);
    // Somebody whose link was lost gets a new one
    links(&project, &["--people", &list, "--add"]);
    let new = rows(&project.read("private/links/staff/links.csv"));
    let of = |rows: &[Vec<String>]| rows.iter().find(|row| row[0] == "000003").map(|row| row[7].clone());
    assert!(of(&new).is_some() && of(&new) != of(&after));
}

#[test]
fn a_list_with_faults_makes_no_link_and_says_where() {
    let project = project(STAFF);
    let list = "id,name,mail,language,department,band\n\
        007,A,a@example.jp,ja,Sales,30\n\
        007,B,b@example.jp,fr,Slaes,30\n\
        ,C,not a mail,en,law,\n\
        009,D,,,law,30\n";
    project.write("people.csv", list);
    let file = project.path("people.csv").display().to_string();
    let output = run(&project, &["links", "staff", "--people", &file, "--base-url", "http://x"]);
    assert_eq!(output.status.code(), Some(1));
    let told = said(&output).replace(&file, "people.csv");
    for part in [
        "people.csv:3:1\n",
        "The id “007” stands here twice",
        "people.csv:3:20",
        "There is no language “fr”",
        "people.csv:3:23",
        "Did you mean “Sales”?",
        "people.csv:4:1",
        "The id is missing",
        "“not a mail” is not a mail address",
        "“Age band” is missing",
    ] {
        assert!(told.contains(part), "{part} is missing in\n{told}");
    }
    assert!(!project.path("private/links").exists());
    // Few of a kind are refused, with a proposal
    let mut list = "id,department,band\n".to_owned();
    for number in 0..20 {
        list += &format!("{number},{},{}\n", if number < 3 { "law" } else { "sales" }, if number < 12 { "30" } else { "40" });
    }
    project.write("people.csv", list);
    let output = run(&project, &["links", "staff", "--people", &file, "--base-url", "http://x"]);
    let told = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("Only 3 hold the combination “Legal, 30”"), "{told}");
    assert!(told.contains("Department: “Sales” and “Legal”"), "{told}");
    assert_eq!(status(&project, &[])["invitations"]["invited"], 0);
}
