//! A world that does not do what it should: content that breaks while it is served, folders and databases that refuse.

use crate::loop_project::{Project, Served, changes, text};
use crate::serve::{Serving, run, said};
use shirube::server::rebuild::Reason;
use std::time::{Duration, Instant};

/// Waits until a page says something.
fn until(serving: &Serving, address: &str, holds: impl Fn(u16, &str) -> bool) -> (u16, String) {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let (status, page) = serving.page(address);
        if holds(status, &page) {
            return (status, page);
        }
        assert!(Instant::now() < end, "{address} still says {status}:\n{page}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

#[cfg(unix)]
#[test]
fn content_and_themes_may_break_and_be_mended_while_they_are_served() {
    let project = Project::small();
    let serving = Serving::start(&project);
    let before = project.output();
    assert_eq!(serving.page("/_faults").0, 303, "nothing is wrong");
    project.edit("content/pages/about.md", "はじめの文", "つぎの文");
    until(&serving, "/about.html", |_, page| page.contains("つぎの文"));

    // A slip of the pen: shown with its place, while the last good site stays up, whole
    project.edit("content/surveys/every.yaml", "minutes: 3", "minuets: 3");
    let (_, page) = until(&serving, "/_faults", |status, _| status == 503);
    assert!(page.contains("content/surveys/every.yaml:4:1") && page.contains("minuets") && page.contains("minutes"), "{page}");
    until(&serving, "/_live", |_, state| state.starts_with("faulty"));
    for address in ["/", "/about.html", "/surveys/every.html", "/en/reports/every.html", "/assets/site.css", "/data/rest.svg"] {
        assert_eq!(serving.page(address).0, 200, "{address}");
    }
    assert_eq!(changes(&before, &project.output()), ["small/.shirube-manifest.json", "small/about.html"]);
    // A second slip beside the first is shown too
    project.edit("content/pages/about.md", "title: ", "titel: ");
    let (_, page) = until(&serving, "/_faults", |_, page| page.contains("titel"));
    assert!(page.contains("minuets"), "both are shown: {page}");
    project.edit("content/pages/about.md", "titel: ", "title: ");
    project.edit("content/surveys/every.yaml", "minuets: 3", "minutes: 3");
    until(&serving, "/_live", |_, state| state.starts_with("good"));

    // A theme that is made while the server runs, with a template that cannot be read, then with one that cannot be filled in
    for (template, word) in [
        ("{% block main %}{% if %}{% endblock main %}", "{% if %}"),
        ("{% extends \"base.html\" %}{% block main %}{{ nothing.here }}{% endblock main %}", "nothing"),
    ] {
        project.write("themes/own/templates/text.html", template);
        if !project.read("content/sites/small.yaml").contains("theme:") {
            project.edit("content/sites/small.yaml", "visibility: public", "visibility: public\ntheme: own");
        }
        // The place, and the line itself
        let place = "themes/own/templates/text.html:1";
        until(&serving, "/_faults", |status, page| status == 503 && page.contains(place) && page.contains(word));
        assert!(serving.page("/about.html").1.contains("つぎの文"), "the last good site stays up");
    }
    project.write(
        "themes/own/templates/text.html",
        "{% extends \"base.html\" %}{% block main %}<h1>わたしたちのひな形</h1>{% endblock main %}",
    );
    until(&serving, "/about.html", |_, page| page.contains("わたしたちのひな形"));
    assert_eq!(serving.page("/_faults").0, 303);
    // The folder is replaced as a whole, as a version control system does
    std::fs::rename(project.path("content"), project.path("content.old")).expect("a move");
    crate::loop_project::copy(&project.path("content.old"), &project.path("content.new"));
    std::fs::rename(project.path("content.new"), project.path("content")).expect("a move");
    until(&serving, "/_live", |_, state| state.starts_with("good"));
    project.edit("content/sites/small.yaml", "\ntheme: own", "");
    project.edit("content/pages/about.md", "つぎの文", "さいごの文");
    until(&serving, "/about.html", |_, page| page.contains("さいごの文"));
}

/// While the content has faults the answers go on moving the last good site, and the faults stay in sight.
#[test]
fn a_batch_moves_the_last_good_site_while_the_content_is_faulty() {
    let served = Served::small();
    served.project.edit("content/surveys/every.yaml", "minutes: 3", "minuets: 3");
    served.rebuilder.tell(Reason::Content);
    served.until("the fault is found", |served| served.last_news() == "faulty");
    let (before, state) = (served.project.output(), served.stage.state(false));
    for number in 0..5 {
        let sheet = format!("way=foot&fruit=apple&shoes=3&mood=5&minutes=1&since.declined=1&word.declined=1&_sheet={number:032x}&_go=send");
        assert_eq!(served.post("/surveys/every.html", &sheet).status(), 303);
    }
    served.until("the batch is built", |served| served.stage.state(false) != state);
    assert!(changes(&before, &served.project.output()).contains(&"small/reports/every.html".to_owned()));
    assert!(served.stage.state(true).starts_with("faulty"), "the operator still sees the faults");
    assert_eq!(served.get("/_faults").status(), 503);
    served.project.edit("content/surveys/every.yaml", "minuets: 3", "minutes: 3");
    served.rebuilder.tell(Reason::Content);
    served.until("it is mended", |served| served.stage.state(true).starts_with("good"));
}

/// A template that fails leaves the last good theme in place for the builds that answers cause.
#[test]
fn a_broken_theme_does_not_hold_up_the_answers() {
    let served = Served::small();
    served.project.write("themes/own/templates/report.html", "{{ nothing.here }}");
    served.project.edit("content/sites/small.yaml", "visibility: public", "visibility: public\ntheme: own");
    served.rebuilder.tell(Reason::Content);
    served.until("the fault is found", |served| served.last_news() == "faulty");
    let state = served.stage.state(false);
    for number in 0..5 {
        let sheet = format!("way=foot&fruit=apple&shoes=3&mood=5&minutes=1&since.declined=1&word.declined=1&_sheet={number:032x}&_go=send");
        assert_eq!(served.post("/surveys/every.html", &sheet).status(), 303);
    }
    served.until("the batch is built", |served| served.stage.state(false) != state);
    assert!(served.stage.state(true).starts_with("faulty"));
}

/// A build that the disk refused is made as soon as it can be.
#[test]
fn what_the_disk_refused_is_built_later() {
    let served = Served::small();
    let page = served.project.path("output/small/reports/every.html");
    let old = std::fs::read(&page).expect("a page");
    let state = served.stage.state(true);
    // A folder of somebody else stands where the page should go
    std::fs::remove_file(&page).expect("removed");
    std::fs::create_dir(&page).expect("a folder");
    std::fs::write(page.join("mine.txt"), "mine").expect("a file");
    let sheet = |number: usize| {
        format!("way=foot&fruit=apple&shoes=3&mood=5&minutes=1&since.declined=1&word.declined=1&_sheet={number:032x}&_go=send")
    };
    for number in 0..5 {
        assert_eq!(served.post("/surveys/every.html", &sheet(number)).status(), 303);
    }
    served.until("the build fails", |served| served.last_news().starts_with("failed"));
    assert_eq!(served.stage.state(true), state, "the last good site stays up");
    assert_eq!(served.get("/reports/every.html").status(), 200);
    std::fs::remove_dir_all(&page).expect("removed");
    // One more answer is no batch, but it is a reason to try what is owed
    assert_eq!(served.post("/surveys/every.html", &sheet(5)).status(), 303);
    served.until("it is built", |served| served.stage.state(true) != state);
    assert_ne!(std::fs::read(&page).expect("a page"), old);
    assert_eq!(served.waiting("every"), 1);
}

/// What is fresh is left as it was: nothing but the lock stands in the output.
fn nothing_written(project: &Project) {
    assert_eq!(project.output().into_keys().filter(|name| name != "small/about.html").collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_foreign_file_in_the_output_stops_the_build() {
    let project = Project::small();
    project.write("output/small/about.html", "somebody's own");
    for command in [&["build"][..], &["serve", "--port", "0"]] {
        let output = run(&project, command);
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        let words = said(&output);
        assert!(words.contains("about.html was not made by shirube and is not overwritten"), "{words}");
        assert_eq!(project.read("output/small/about.html"), "somebody's own");
        nothing_written(&project);
    }
    std::fs::rename(project.path("output/small/about.html"), project.path("output/small/mine.html")).expect("a move");
    assert_eq!(run(&project, &["build"]).status.code(), Some(0));
    assert_eq!(project.read("output/small/mine.html"), "somebody's own", "what does not stand in the way stays");
}

#[test]
fn an_output_that_cannot_be_written_stops_the_build() {
    let project = Project::small();
    project.write("output", "a file where the folder should be");
    let output = run(&project, &["build"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("cannot write"), "{}", said(&output));
    assert_eq!(project.read("output"), "a file where the folder should be");
}

#[cfg(unix)]
#[test]
fn folders_that_may_only_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let mark = |path: &std::path::Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("rights");
    let project = Project::small();
    std::fs::create_dir(project.path("private")).expect("a folder");
    mark(&project.path("private"), 0o500);
    let output = run(&project, &["serve", "--port", "0"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("private cannot be written, so no answer could be stored"), "{}", said(&output));
    mark(&project.path("private"), 0o700);
    assert!(project.output().is_empty());

    std::fs::create_dir_all(project.path("output/small")).expect("a folder");
    mark(&project.path("output/small"), 0o500);
    // The administrator may write it all the same
    let is_administrator = std::fs::write(project.path("output/small/try"), "").is_ok();
    let output = run(&project, &["build"]);
    assert_eq!(output.status.code(), Some(if is_administrator { 0 } else { 3 }), "{}", said(&output));
    assert!(is_administrator || said(&output).contains("cannot write to"), "{}", said(&output));
    mark(&project.path("output/small"), 0o700);
}

#[test]
fn databases_that_are_damaged_or_of_another_kind_are_left_alone() {
    for (name, bytes) in [
        ("answers.sqlite", b"not a database, and long enough to have a head of a hundred bytes ".repeat(40)),
        ("intake.sqlite", b"SQLite format 3\0".repeat(300)),
    ] {
        let project = Project::small();
        project.write(&format!("private/{name}"), &bytes);
        for command in [&["build"][..], &["serve", "--port", "0"], &["status"], &["figures", "every"], &["export", "responses", "every"]] {
            let output = run(&project, command);
            assert_eq!(output.status.code(), Some(3), "{name} {command:?}: {}", said(&output));
            assert!(said(&output).contains(name) && said(&output).contains("left as it is"), "{name}: {}", said(&output));
        }
        assert!(std::fs::read(project.path(&format!("private/{name}"))).expect("a file") == bytes, "{name} is as it was");
        assert!(project.output().is_empty());
    }
}

#[test]
fn a_database_that_another_program_holds_is_named() {
    let project = Project::small();
    assert_eq!(run(&project, &["build"]).status.code(), Some(0));
    drop(shirube::store::open(&project.path("private")).expect("a store"));
    let before = project.output();
    let held = rusqlite::Connection::open(project.path("private/intake.sqlite")).expect("a database");
    held.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (x);").expect("a lock");
    let begun = Instant::now();
    let output = run(&project, &["build"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("in use by another program"), "{}", said(&output));
    assert!(begun.elapsed() < Duration::from_secs(60), "it took {:?}", begun.elapsed());
    assert_eq!(changes(&before, &project.output()), [""; 0]);
    held.execute_batch("ROLLBACK").expect("a release");
    drop(held);
    assert_eq!(run(&project, &["build"]).status.code(), Some(0));
}

#[test]
fn files_that_are_too_large_or_unknown_or_bombs_are_named() {
    let long = "あいうえお".repeat(350_000);
    assert!(long.len() > 5_000_000);
    let bomb = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned())
        .chain((1..30).map(|level| format!("a{level}: &a{level} [{}]", vec![format!("*a{}", level - 1); 9].join(", "))));
    for (name, bytes) in [
        ("content/pages/big.md", format!("---\ntitle: Big\n---\n\n{long}\n").into_bytes()),
        ("content/data/big.yaml", format!("title: {long}\n").into_bytes()),
        ("content/surveys/bomb.yaml", bomb.collect::<Vec<_>>().join("\n").into_bytes()),
        ("content/pages/latin.md", b"---\ntitle: caf\xe9\n---\n".to_vec()),
        ("content/surveys/every.yml", b"title: x\n".to_vec()),
        ("content/notes.docx", b"PK\x03\x04".to_vec()),
    ] {
        let project = Project::small();
        project.write(name, bytes);
        let begun = Instant::now();
        let output = run(&project, &["build", "--strict"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        assert!(said(&output).contains(name), "{name}: {}", said(&output));
        assert!(said(&output).len() < 20_000, "{name}: {} bytes are said", said(&output).len());
        assert!(begun.elapsed() < Duration::from_secs(60), "{name} took {:?}", begun.elapsed());
        assert!(project.output().is_empty(), "{name}: nothing is written");
    }
}

/// A database that fails while answers are read stops a build, and a served page says nothing of it to visitors.
#[test]
fn a_server_without_its_database_keeps_showing_the_site() {
    let served = Served::small();
    served.faults.limit_pages(1);
    served.project.edit("content/pages/about.md", "はじめの文", "つぎの文");
    served.rebuilder.tell(Reason::Content);
    served.until("it is built all the same", |served| text(&served.get("/about.html")).contains("つぎの文"));
}
