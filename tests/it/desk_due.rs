//! Who is due, at the desk: a list is looked through in memory, its files are taken away, and nothing of it is left behind.

use crate::desk::{HERE, key, unpacked};
use crate::desk_round::{from_elsewhere, hidden, with_password};
use crate::loop_project::{Project, Served, changes, copy, here, text, tree};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};

/// The small project with cohorts.
fn served() -> Served {
    let project = Project::of(&here().join("tests/cases/base"));
    copy(&here().join("tests/cases/cohorts-sound/content"), &project.path("content"));
    Served::of(project)
}

/// The year that the page offers first.
fn year(served: &Served) -> i32 {
    let page = text(&served.get("/_desk/cohorts?lang=en"));
    let years = page.split("id=\"year\"").nth(1).expect("years").split("</select>").next().expect("their end");
    let chosen = years.split("\" selected").next().expect("one is chosen");
    chosen.rsplit('"').next().expect("a year").parse().expect("a number")
}

/// Three people: one in the third year, one who turns thirty, one who is due for nothing.
fn people(year: i32) -> String {
    format!(
        "id,name,mail,joined,born\n\
         0012,港 花子,hanako@example.co.jp,{}-04-01,1960-12-24\n\
         0034,谷 四郎,shiro@example.co.jp,2001-04-02,{}-08-11\n\
         0056,森 三郎,,2001-04-03,1961-03-03\n",
        year - 2,
        year - 30
    )
}

/// What a browser sends of the form.
fn body(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let value = value.replace('\n', "\r\n");
        body.extend_from_slice(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    body.extend_from_slice(format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    body
}

fn request(origin: &str, body: Vec<u8>) -> Request {
    let mut request = Request::new(Method::Post, "/_desk/cohorts/due").expect("a target");
    request.headers.content_type = Some("multipart/form-data; boundary=b".to_owned());
    request.headers.host = Some("127.0.0.1:8080".to_owned());
    request.headers.origin = Some(origin.to_owned());
    request.body = body;
    request
}

fn send(served: &Served, language: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Reply {
    let key = key(served);
    let all: Vec<(&str, &str)> =
        [("_key", key.as_str()), ("lang", language), ("cohorts", "years")].into_iter().chain(fields.iter().copied()).collect();
    served.routes.reply(&request(HERE, body(&all, file)))
}

#[test]
fn a_list_is_looked_through_and_its_files_are_taken_away() {
    let served = served();
    let year = year(&served);
    let (list, number) = (people(year), year.to_string());
    assert!(text(&served.get("/_desk?lang=en")).contains("href=\"/_desk/cohorts?lang=en\""));
    let told = send(&served, "en", &[("year", &number), ("list", &list)], None);
    let page = text(&told);
    assert_eq!(told.status(), 200, "{page}");
    for part in [
        &format!("Milestones, fiscal {year}: 2 people are invited."),
        "Read 3 rows",
        "In no cohort of the year: 1",
        "Year three <b>1</b>",
        "Age 30 <b>1</b>",
        "value=\"training-first.csv\"",
        "value=\"calendar.ja.ics\"",
        "no file and no log",
    ] {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
    assert!(!page.contains("not encrypted"), "on this machine nothing goes over a network");
    // Taken is what was looked at
    let seen = hidden(&page, "seen");
    let take = |list: &str, name: &str| send(&served, "en", &[("year", &number), ("list", list), ("seen", &seen), ("take", name)], None);
    let zip = take(&list, "zip");
    assert_eq!(zip.header("content-disposition"), Some(format!("attachment; filename=\"years-{year}.zip\"").as_str()));
    let due = unpacked(&zip, &format!("years-{year}/due.csv"));
    assert!(due.contains("0012,港 花子,third") && due.contains("0034,谷 四郎,thirty") && !due.contains("0056"), "{due}");
    assert_eq!(take(&list, "zip").body(), zip.body(), "the same bytes each time");
    let one = take(&list, "training-first.csv");
    let named = format!("attachment; filename=\"years-{year}-training-first.csv\"");
    assert_eq!((one.header("content-disposition"), one.header("content-type")), (Some(named.as_str()), Some("text/csv; charset=utf-8")));
    assert!(text(&one).contains("hanako@example.co.jp") && !text(&one).contains("0034"));
    assert_eq!(take(&list, "calendar.en.ics").header("content-type"), Some("text/calendar; charset=utf-8"));
    for name in ["due.csv", "not-invited.csv", "training-first.csv", "survey-pulse.csv"] {
        let file = text(&take(&list, name));
        for day in ["1960", "12-24", &format!("{}-04-01", year - 2), &format!("{}-08-11", year - 30), "2001-04"] {
            assert!(!file.contains(day), "{name} holds {day}");
        }
    }
    assert_eq!(take(&list, "../private/desk-password").status(), 500, "only files that are named here");
    // What was changed meanwhile is looked at again; another year, too
    let other = take(&list.replace("0056", "0057"), "zip");
    assert_eq!((other.status(), other.header("content-disposition")), (200, None));
    let next = send(&served, "en", &[("year", &(year + 1).to_string()), ("list", &list), ("seen", &seen), ("take", "zip")], None);
    assert!(next.header("content-disposition").is_none() && text(&next).contains(&format!("fiscal {}: 0 people", year + 1)));
    // As Japanese Excel saves it, in the other language
    let cp932 = shirube::content::encoding::to_cp932(&list.replace("id,name", "社員番号,氏名")).expect("nothing is lost");
    let page = text(&send(&served, "ja", &[("year", &number)], Some(("名簿.csv", &cp932))));
    assert!(
        page.contains(&format!("節目、{year}年度：2人に案内します。")) && page.contains("CP932") && page.contains("0056,森 三郎"),
        "{page}"
    );
}

#[test]
fn a_quarter_is_chosen_by_its_months() {
    let served = served();
    let year = year(&served);
    let list = people(year);
    let page = text(&served.get("/_desk/cohorts?lang=en"));
    let options = page.split("id=\"year\"").nth(1).expect("years").split("</select>").next().expect("their end");
    assert!(options.find("This quarter (").expect("this one") < options.find("Next quarter (").expect("the next one"), "{options}");
    assert_eq!(options.matches(" selected").count(), 1, "the whole year at first: {options}");
    assert!(options.contains(&format!("value=\"{year}-q2\">quarter 2 of fiscal {year} (July to September {year})")), "{options}");
    let quarter = format!("{year}-q2");
    let told = text(&send(&served, "en", &[("year", &quarter), ("list", &list)], None));
    // One survey in July and August, another in the birthday's August; the training of June was before; one is never due
    for part in [
        &format!("Milestones, quarter 2 of fiscal {year} (July to September {year}): 2 people are invited."),
        "Not due in these months: 1",
        "Offers whose months were over before: 1 (earlier.csv)",
        &format!("value=\"{quarter}\" selected"),
        "value=\"earlier.csv\"",
    ] {
        assert!(told.contains(part), "{part} is missing in {told}");
    }
    assert!(!told.contains("value=\"training-first.csv\""), "{told}");
    let seen = hidden(&told, "seen");
    let take = |period: &str, name: &str| send(&served, "en", &[("year", period), ("list", &list), ("seen", &seen), ("take", name)], None);
    let zip = take(&quarter, "zip");
    let named = format!("attachment; filename=\"years-{quarter}.zip\"");
    assert_eq!(zip.header("content-disposition"), Some(named.as_str()));
    let due = unpacked(&zip, &format!("years-{quarter}/due.csv"));
    assert!(due.contains("0012,") && due.contains("0034,") && !due.contains("-06-01"), "{due}");
    assert!(take(&format!("{year}-q3"), "zip").header("content-disposition").is_none(), "another quarter is looked at first");
    assert!(take(&year.to_string(), "zip").header("content-disposition").is_none(), "the whole year, too");
    let words = text(&send(&served, "ja", &[("year", &quarter), ("list", &list)], None));
    assert!(words.contains(&format!("節目、{year}年度の第2四半期（{year}年7月から9月まで）：2人に案内します。")), "{words}");
    // What is no choice is the running year, whole
    for odd in [&format!("{year}-q9"), "q2", "-q", "1990-q1", ""] {
        assert!(
            text(&send(&served, "en", &[("year", odd), ("list", &list)], None)).contains(&format!("Milestones, fiscal {year}:")),
            "{odd}"
        );
    }
}

#[test]
fn faults_are_told_with_row_and_column_and_no_file_is_made() {
    let served = served();
    let list = people(year(&served)).replace("1961-03-03", "6/4/1").replace("2001-04-02", "2001-02-30");
    for take in ["", "zip", "due.csv"] {
        let told = send(&served, "en", &[("list", &list), ("take", take), ("seen", "")], None);
        let page = text(&told);
        assert_eq!((told.status(), told.header("content-disposition")), (422, None));
        assert!(page.contains("Line 3, “joined”") && page.contains("Line 4, “born”") && page.contains("2 places"), "{page}");
        assert!(!page.contains("people are invited") && !page.contains("name=\"take\""), "{page}");
    }
    let without = text(&send(&served, "ja", &[("list", "id,入社曰\n1,2025-04-01\n")], None));
    assert!(without.contains("「入社日」の列がありません") && without.contains("「生年月日」の列がありません"), "{without}");
    let empty = send(&served, "ja", &[("list", "")], None);
    assert_eq!(empty.status(), 422);
    let broken = send(&served, "en", &[("list", &list)], Some(("a.xlsx", b"PK\x03\x04nothing")));
    assert_eq!(broken.status(), 422);
}

#[test]
fn nobody_else_gets_it_and_nothing_of_it_stays() {
    let served = served();
    let list = people(year(&served));
    let key = key(&served);
    let form = |key: &str, take: &str| {
        let fields = [("_key", key), ("lang", "en"), ("cohorts", "years"), ("list", &list), ("take", take), ("seen", "")];
        body(&fields, None)
    };
    let before = tree(served.project.root());
    for (origin, key) in [("http://evil.example", key.as_str()), ("null", &key), (HERE, ""), (HERE, "00000000000000000000000000000000")] {
        for take in ["", "zip"] {
            let refused = served.routes.reply(&request(origin, form(key, take)));
            assert!(refused.status() == 421 && !text(&refused).contains("花子"), "{origin}");
        }
    }
    let mut plain = request(HERE, b"_key=x".to_vec());
    plain.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
    assert_eq!(served.routes.reply(&plain).status(), 415, "no form of ours");
    let mut far = request("http://192.168.0.2:8080", form(&key, ""));
    far.peer = "192.168.0.9".parse().expect("an address");
    far.headers.host = Some("192.168.0.2:8080".to_owned());
    assert_eq!(served.routes.reply(&far).status(), 404, "this machine alone");
    assert_eq!(served.get("/_desk/cohorts/due").status(), 405);
    let unknown = body(&[("_key", &key), ("cohorts", "nothing"), ("list", &list)], None);
    assert_eq!(served.routes.reply(&request(HERE, unknown)).status(), 500);

    // Looked at and taken: no file is new, none is changed, and no part of the list lies in any
    let told = served.routes.reply(&request(HERE, form(&key, "")));
    let page = text(&told);
    assert!(told.status() == 200 && page.contains("花子"));
    let seen = hidden(&page, "seen");
    let fields = [("_key", key.as_str()), ("lang", "en"), ("cohorts", "years"), ("list", &list), ("take", "zip"), ("seen", &seen)];
    assert_eq!(served.routes.reply(&request(HERE, body(&fields, None))).header("content-type"), Some("application/zip"));
    let after = tree(served.project.root());
    assert!(changes(&before, &after).iter().all(|name| name.ends_with("-shm")), "{:?}", changes(&before, &after));
    for (name, bytes) in &after {
        for part in ["花子", "hanako", "shiro@", "1960-12-24", "2001-04-02"] {
            assert!(!bytes.windows(part.len()).any(|window| window == part.as_bytes()), "{name} holds {part}");
        }
    }
    let news = served.news.lock().expect("a list").join(" ");
    assert!(!news.contains("花子") && !news.contains("0012"), "{news}");
    for target in ["/_desk/cohorts", "/_desk", "/_desk/site"] {
        let page = text(&served.get(target));
        assert!(!page.contains("花子") && !page.contains("0012"), "the next request knows nothing: {target}");
    }
}

#[test]
fn another_machine_needs_the_password_and_is_told_of_the_network() {
    let served = served();
    let list = people(year(&served));
    let (routes, password) = with_password(&served);
    let origin = "http://192.168.0.2:8080";
    let get = |target: &str, cookie: Option<&str>| from_elsewhere(&routes, Method::Get, target, "", cookie, origin);
    assert_eq!(get("/_desk/cohorts", None).status(), 403);
    let entered = from_elsewhere(&routes, Method::Post, "/_desk/enter", &format!("password={password}&lang=en"), None, origin);
    let cookie = entered.header("set-cookie").expect("a cookie").split(';').next().expect("it").to_owned();
    let page = get("/_desk/cohorts?lang=en", Some(&cookie));
    assert!(page.status() == 200 && text(&page).contains("The connection is not encrypted"));
    let key = hidden(&text(&page), "_key");
    let post = |cookie: Option<&str>, key: &str, origin: &str| {
        let fields = [("_key", key), ("lang", "en"), ("cohorts", "years"), ("list", list.as_str())];
        let mut request = request(origin, body(&fields, None));
        request.peer = "192.168.0.9".parse().expect("an address");
        request.headers.host = Some("192.168.0.2:8080".to_owned());
        request.headers.cookie = cookie.map(str::to_owned);
        routes.reply(&request)
    };
    assert_eq!(post(None, &key, origin).status(), 403);
    assert_eq!(post(Some(&cookie), &key, "http://evil.example").status(), 421);
    assert_eq!(post(Some(&cookie), "", origin).status(), 421);
    let told = post(Some(&cookie), &key, origin);
    assert!(told.status() == 200 && text(&told).contains("2 people are invited"), "{}", text(&told));
}

#[test]
fn a_project_without_cohorts_has_no_such_page() {
    let served = Served::small();
    assert_eq!(served.get("/_desk/cohorts").status(), 404);
    assert!(!text(&served.get("/_desk")).contains("/_desk/cohorts"));
}
