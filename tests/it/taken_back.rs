//! Taking back what stands in a closed batch: where rows name their person, or carry the person's own code.

use crate::drafts::{Device, SURVEY, project};
use crate::loop_project::{Project, Served, tree};
use crate::serve::{run, said};
use shirube::catalog::Catalog;
use shirube::language::{Day, DayTime, Today};
use shirube::statistics::Published;
use shirube::store::{self, Handle, Invitation, Lock, Store, Submission, Ticket, Withdrawal, text_mark, withdrawal_code};
use shirube::survey::mark::attach;
use shirube::survey::{Answer, Carried, Raw, Response, Token, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The survey of the drafts, for people who are named.
fn named(publish: &str) -> String {
    SURVEY
        .replace("mode: anonymous", "mode: identified\naccess: invited")
        .replace("publish: at-close", &format!("publish: {publish}"))
        .replace("drafts: 14\n", "")
        .replace("close: 2099-03-31", "close: 2026-12-31\nretain_days: 30")
}

fn on(day: &str) -> Today {
    let day = Day::parse(day).expect("a day");
    Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") }
}

/// A survey of named people with its store, and no server.
struct Office {
    project: Project,
    catalog: Catalog,
    store: Arc<dyn Store>,
    next: u32,
}

impl Office {
    fn of(survey: &str) -> Office {
        let project = project(survey);
        let loaded = shirube::pipeline::load(project.root()).expect("content");
        assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
        let store = store::open(&project.path("private")).expect("a store");
        Office { project, catalog: loaded.catalog, store, next: 0 }
    }

    fn sheet(person: u32) -> String {
        format!("{person:032x}")
    }

    fn code(person: u32) -> Token {
        withdrawal_code("talk", &Office::sheet(person))
    }

    /// So many people answer, with a text each; their numbers.
    fn answered(&mut self, people: u32) -> Vec<u32> {
        let survey = &self.catalog.surveys["talk"];
        let all: Vec<u32> = (self.next..self.next + people).collect();
        for person in &all {
            let theme = if person % 3 == 0 { "work" } else { "life" };
            let raw: Raw = [("mood", (person % 5 + 1).to_string()), ("theme", theme.to_owned()), ("words", format!("こえ{person}です。"))]
                .into_iter()
                .map(|(name, value)| (name.to_owned(), vec![value]))
                .collect();
            let mut answers = survey.accept(&raw, Day::parse("2026-12-01").expect("a day")).expect("accepted");
            answers.extend(survey.carry(&Carried::new(), Some(&format!("p{person:04}"))));
            let code = Office::code(*person);
            let handle = Handle::of_withdrawal("talk", &code);
            attach(&mut answers, handle.mark(), |variable| text_mark("talk", variable, &code));
            let submission = Submission {
                response: Response { survey: "talk".into(), revision: 1, answers },
                ticket: Ticket::of("talk", Office::sheet(*person).as_bytes()),
                invitation: None,
                lock: [("mode", "identified"), ("k", "5")].into_iter().collect::<Lock>(),
                claims: Vec::new(),
                draft: None,
                withdrawal: Some(handle),
            };
            self.store.submit(submission).expect("stored");
        }
        self.next += people;
        all
    }

    fn take_back(&self, person: u32) -> Option<Withdrawal> {
        let handle = Handle::of_withdrawal("talk", &Office::code(person));
        let waited = self.store.withdraw("talk", &handle).expect("a store");
        if waited.is_some() { waited } else { self.store.take_back("talk", &Office::code(person)).expect("a store") }
    }

    fn published(&self, day: &str) -> Published {
        shirube::pipeline::collect(&self.catalog, &*self.store, on(day)).expect("a collection").published["talk"].clone()
    }

    /// Who stands in the file.
    fn kept(&self) -> BTreeSet<u32> {
        people(&self.store.batches("talk").expect("batches"))
    }

    /// Whose rows leave.
    fn exported(&self) -> BTreeSet<u32> {
        people(&shirube::pipeline::rows(&*self.store, &self.catalog.surveys["talk"]).expect("rows"))
    }

    /// How many files below `private/` hold this.
    fn on_disk(&self, needle: &[u8]) -> usize {
        tree(&self.project.path("private")).values().filter(|bytes| bytes.windows(needle.len()).any(|window| window == needle)).count()
    }
}

fn people(batches: &[shirube::survey::Batch]) -> BTreeSet<u32> {
    let id = |answer: &Answer| match answer {
        Answer::Given(Value::Choice(id)) => id[1..].parse().expect("a number"),
        other => panic!("{other:?}"),
    };
    batches.iter().filter_map(|batch| batch.columns.get("person")).flatten().map(id).collect()
}

#[test]
fn a_row_is_gone_from_exports_at_once_and_from_the_figures_with_the_next_batch() {
    let mut office = Office::of(&named("rolling"));
    office.answered(20);
    let before = office.published("2026-12-01");
    assert_eq!(before.shown, 20);
    assert!(office.on_disk("こえ7です。".as_bytes()) > 0 && office.on_disk(b"p0007") > 0, "the search finds what is there");
    assert_eq!(office.take_back(7), Some(Withdrawal::Closed));
    assert_eq!(office.take_back(7), Some(Withdrawal::Withdrawn), "a double click");
    // At once: no export has it, and no byte of its text is left
    let others: BTreeSet<u32> = (0..20).filter(|person| *person != 7).collect();
    assert_eq!(office.exported(), others);
    assert_eq!(office.on_disk("こえ7です。".as_bytes()), 0);
    assert_eq!(office.store.status().expect("a status").surveys["talk"].leaving, 1);
    // The figures do not move, today or with four more answers
    for _ in 0..2 {
        let now = office.published("2026-12-02");
        assert_eq!((now.exhibits, now.shown, now.collected), (before.exhibits.clone(), before.shown, before.collected));
        office.answered(2);
    }
    assert!(office.kept().contains(&7));
    // With a batch that covers it they do, and nothing of the row is left
    office.answered(16);
    let after = office.published("2026-12-03");
    assert_eq!(after.shown, 39);
    assert_eq!((office.kept().contains(&7), office.on_disk(b"p0007")), (false, 0));
    assert_eq!(office.store.status().expect("a status").surveys["talk"].leaving, 0);
    assert_eq!(office.take_back(7), Some(Withdrawal::Withdrawn), "it is known that it was taken back");
    assert_eq!(office.take_back(500), None);
}

#[test]
fn as_many_as_a_group_leave_together_also_when_nobody_comes() {
    let mut office = Office::of(&named("rolling"));
    office.answered(40);
    assert_eq!(office.published("2026-12-01").shown, 40);
    for person in 0..20 {
        assert_eq!(office.take_back(person), Some(Withdrawal::Closed));
        let shown = office.published("2026-12-02").shown;
        // A survey that shows five classes moves in steps of twenty people
        assert_eq!(shown, if person < 19 { 40 } else { 20 }, "{person}");
    }
    assert_eq!(office.kept(), (20..40).collect());
}

#[test]
fn before_anything_was_published_a_row_leaves_at_once() {
    let mut office = Office::of(&named("at-close"));
    office.answered(20);
    assert_eq!(office.published("2026-12-01").shown, 0);
    assert_eq!(office.take_back(3), Some(Withdrawal::Closed));
    office.published("2026-12-02");
    assert_eq!((office.kept().len(), office.on_disk(b"p0003")), (19, 0));
    assert_eq!(office.published("2027-01-02").shown, 19);
}

#[test]
fn what_waits_when_the_survey_is_over_goes_with_the_purge() {
    let mut office = Office::of(&named("at-close"));
    office.answered(30);
    let last = office.published("2027-01-02");
    assert_eq!(last.shown, 30);
    assert_eq!(office.take_back(3), Some(Withdrawal::Closed));
    assert_eq!(office.published("2027-01-03").exhibits, last.exhibits, "published figures stay");
    assert!(office.kept().contains(&3) && !office.exported().contains(&3));
    // The command writes what may be shown, and does not stumble over the count
    let Office { project, store, .. } = office;
    store.close_survey("talk", Day::parse("2026-11-01").expect("a day")).expect("closed");
    drop(store);
    let done = run(&project, &["export", "responses", "talk", "--to", project.path("export").to_str().expect("a path")]);
    assert!(done.status.success(), "{}", said(&done));
    let rows = project.read("export/talk.csv");
    assert!(rows.contains("p0004") && !rows.contains("p0003") && rows.lines().count() == 30, "{rows}");
    assert!(!project.read("export/talk-texts.csv").contains("こえ3です。"));
    let purged = run(&project, &["purge", "--yes", "--today", "2027-03-01"]);
    assert!(purged.status.success(), "{}", said(&purged));
    let left = tree(&project.path("private"));
    assert!(left.values().all(|bytes| !bytes.windows(5).any(|window| window == b"p0003")));
}

/// Whoever compares any two publications finds nobody, or at least as many people as a group.
#[test]
fn no_two_publications_differ_by_a_few_people() {
    let mut random = 20_261_123_u64;
    let mut draw = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let mut office = Office::of(&named("rolling"));
    let mut told: Vec<BTreeSet<u32>> = Vec::new();
    let mut gone = BTreeSet::new();
    for step in 0..60 {
        office.answered(u32::try_from(draw(9)).expect("few"));
        for _ in 0..draw(3) {
            let person = u32::try_from(draw(u64::from(office.next.max(1)))).expect("few");
            if office.take_back(person).is_some() {
                gone.insert(person);
            }
        }
        let published = office.published("2026-12-01");
        let batches = office.store.batches("talk").expect("batches");
        let ledger = office.store.ledger("talk").expect("a ledger");
        let first = ledger.last().map_or(0, |last| last.batches as usize);
        let shown = people(&batches[..first.min(batches.len())]);
        assert_eq!(shown.len() as u64, published.shown, "step {step}");
        told.push(shown);
        assert!(office.exported().is_disjoint(&gone), "step {step}");
    }
    told.dedup();
    assert!(told.len() > 4 && gone.len() > 20, "{} publications, {} taken back", told.len(), gone.len());
    for (at, one) in told.iter().enumerate() {
        for other in &told[at + 1..] {
            let (left, came) = (one.difference(other).count(), other.difference(one).count());
            let most = left.max(came);
            assert!(most == 0 || most >= 5, "{left} left and {came} came");
        }
    }
    let waits = office.kept().intersection(&gone).count();
    assert!(waits < gone.len() / 2, "{waits} of {} still wait", gone.len());
}

/// Nothing is lost, and nothing comes back, wherever the program stops.
#[test]
fn a_copy_that_is_put_back_brings_nothing_back() {
    let mut office = Office::of(&named("at-close"));
    office.answered(20);
    office.published("2026-12-01");
    let private = office.project.path("private");
    let Office { project, catalog, store, next } = office;
    drop(store);
    let old = std::fs::read(private.join("answers.sqlite")).expect("a file");
    let store = store::open(&private).expect("a store");
    let office = Office { project, catalog, store, next };
    assert_eq!(office.take_back(4), Some(Withdrawal::Closed));
    office.published("2026-12-02");
    assert_eq!(office.on_disk(b"p0004"), 0);
    let taken = office.store.taken_back("talk").expect("a list");
    assert_eq!(taken.len(), 2, "one row, one text");
    // The older file again, with the list united
    let Office { project, catalog, store, next } = office;
    drop(store);
    std::fs::write(private.join("answers.sqlite"), old).expect("written");
    let file = rusqlite::Connection::open(private.join("answers.sqlite")).expect("a file");
    for mark in &taken {
        file.execute("INSERT INTO taken_back (survey, mark) VALUES ('talk', ?1)", [mark.bytes()]).expect("written");
    }
    drop(file);
    let office = Office { project, catalog, store: store::open(&private).expect("a store"), next };
    assert!(office.kept().contains(&4) && !office.exported().contains(&4));
    office.published("2026-12-03");
    assert!(!office.kept().contains(&4));
    assert_eq!((office.on_disk(b"p0004"), office.on_disk("こえ4です。".as_bytes())), (0, 0));
}

/// The program ended after something was deleted, and before its bytes were wiped: the next start does it.
#[test]
fn what_is_to_be_wiped_is_not_forgotten() {
    let office = Office::of(&named("rolling"));
    let private = office.project.path("private");
    let owed = |change: Option<&str>| -> u32 {
        let file = rusqlite::Connection::open(private.join("intake.sqlite")).expect("a file");
        change.map(|sql| file.execute(sql, []).expect("written"));
        file.query_row("SELECT count(*) FROM unwiped", [], |row| row.get(0)).expect("a number")
    };
    drop(office.store);
    assert_eq!(owed(Some("INSERT INTO unwiped (what) VALUES ('answers')")), 1);
    drop(store::open(&private).expect("a store"));
    assert_eq!(owed(None), 0);
}

#[test]
fn a_store_of_an_older_program_is_read_and_has_no_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(store::open(folder.path()).expect("a store"));
    let path = folder.path().join("answers.sqlite");
    let fresh = rusqlite::Connection::open(&path).expect("a file");
    let kind: u32 = fresh.query_row("PRAGMA application_id", [], |row| row.get(0)).expect("a number");
    drop(fresh);
    std::fs::remove_file(&path).expect("gone");
    let given = |code: &str| Answer::Given(Value::Choice(code.to_owned()));
    let columns = store::encode_columns(2, &[("mood".to_owned(), vec![given("1"), given("4")].into())].into()).expect("bytes");
    let old = rusqlite::Connection::open(&path).expect("a file");
    for migration in
        [include_str!("../../src/store/migrations/answers/0001.sql"), include_str!("../../src/store/migrations/answers/0002.sql")]
    {
        old.execute_batch(migration).expect("tables");
    }
    old.execute("INSERT INTO batch (survey, number, revision, n, columns) VALUES ('talk', 1, 1, 2, ?1)", [columns]).expect("a batch");
    let texts = store::encode_texts(&["a".to_owned()]);
    old.execute("INSERT INTO batch_text (survey, number, variable, texts) VALUES ('talk', 1, 'words', ?1)", [texts]).expect("texts");
    old.execute_batch(&format!("PRAGMA application_id = {kind}; PRAGMA user_version = 2;")).expect("marked");
    drop(old);
    let store = store::open(folder.path()).expect("a store");
    let batch = store.batches("talk").expect("batches").remove(0);
    assert_eq!((batch.n, batch.columns["mood"].len(), batch.texts["words"].as_slice()), (2, 2, &["a".to_owned()][..]));
    assert_eq!(batch.marks, shirube::survey::Marks::default());
    let new = rusqlite::Connection::open(&path).expect("a file");
    let broken: u32 = new.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).expect("a number");
    let to: String = new.query_row("SELECT \"table\" FROM pragma_foreign_key_list('batch_text')", [], |row| row.get(0)).expect("a name");
    assert_eq!((broken, to.as_str()), (0, "batch"));
}

/// A server with so many invitations; their tokens.
fn served(survey: &str, people: u8) -> (Served, Vec<Token>) {
    let served = Served::of(project(survey));
    let tokens: Vec<Token> = (1..=people).map(|number| Token::new([number; 16])).collect();
    let invitations = tokens.iter().enumerate().map(|(at, token)| Invitation {
        ticket: Ticket::of_token(token),
        carried: Carried::new(),
        person: Some(format!("staff-{at:03}")),
    });
    served.store.invite("talk", invitations.collect()).expect("invited");
    (served, tokens)
}

fn answer(served: &Served, token: &Token, words: &str) -> Token {
    let mut device = Device::new(served);
    device.get(&format!("/i/{}", token.in_link())).set("mood", "4").press("next").set("words", words).press("next").press("send");
    assert_eq!(device.status, 200, "{}", device.page);
    Token::read(&device.code()).expect("a code")
}

/// A page without the marks that keep words whole.
fn plain(page: &str) -> String {
    page.replace("<span class=\"whole\">", "").replace("</span>", "")
}

#[test]
fn the_pages_say_what_becomes_of_it_before_and_after() {
    let (served, tokens) = served(&named("at-close"), 21);
    let mut first = Device::new(&served);
    first.get(&format!("/i/{}", tokens[20].in_link()));
    let told = plain(&first.page);
    assert!(told.contains("保存の期限まで取り消せます") && told.contains("ほかの5人以上の変化と重なるとき"), "{told}");
    let codes: Vec<Token> = tokens[..20].iter().map(|token| answer(&served, token, "ないしょ")).collect();
    served.store.close_batch("talk", &["words".to_owned()].into(), 1).expect("closed");
    let mut device = Device::new(&served);
    device.get("/surveys/talk/withdraw.html");
    assert!(
        device.page.contains("その差からあなたの答えが分かってしまう") && device.page.contains("前に書き出した表や控え"),
        "{}",
        device.page
    );
    device.set("_withdraw", &codes[2].in_groups()).press("");
    assert_eq!((device.status, device.heading().as_str()), (200, "回答を取り消しました"));
    assert!(device.page.contains("どの書き出しにも出ません") && device.page.contains("遅くとも保存の期限に消します"), "{}", device.page);
    device.get("/en/surveys/talk/withdraw.html").set("_withdraw", &codes[2].in_groups()).press("");
    assert!(device.status == 200 && device.page.contains("Your row is in no export from now on"), "{}", device.page);
    device.get("/surveys/talk/withdraw.html").set("_withdraw", Token::new([77; 16]).in_link()).press("");
    assert_eq!(device.status, 404);
    // The terms say so: who answered first did it under this promise
    assert_eq!(served.store.lock("talk").expect("a store").expect("terms").settings["withdrawal"], "until-purge");
}

/// The lines of the data sheet and of the receipt are there in both languages.
#[test]
fn the_data_sheet_tells_it() {
    let project = project(&named("at-close"));
    let to = project.path("sheets");
    let done = run(&project, &["datasheet", "talk", "--to", to.to_str().expect("a path")]);
    assert!(done.status.success(), "{}", said(&done));
    let sheets: String = tree(&to).into_values().map(|bytes| String::from_utf8(bytes).expect("text")).collect();
    for line in ["照合用の値", "取り消す前に書き出した表", "a sum by which its code is recognised", "Tables and copies made before"]
    {
        assert!(sheets.contains(line), "{line}: {sheets}");
    }
}

/// Whoever holds `links.csv` and both files: no invitation takes anything back, and no mark leads from a row to a text.
#[test]
fn with_every_invitation_and_both_files_nothing_closed_is_taken_back() {
    let (served, tokens) = served(&named("at-close"), 6);
    let codes: Vec<Token> = tokens.iter().enumerate().map(|(at, token)| answer(&served, token, &format!("声{at}"))).collect();
    served.store.close_batch("talk", &["words".to_owned()].into(), 1).expect("closed");
    let batch = served.store.batches("talk").expect("batches").remove(0);
    let rows: Vec<_> = batch.marks.rows.iter().flatten().copied().collect();
    let texts: Vec<_> = batch.marks.texts["words"].iter().flatten().copied().collect();
    assert_eq!((rows.len(), texts.len()), (6, 6));
    // Everything that the files and the links hold, tried as a code and as a sheet
    let mut secrets: Vec<String> = tokens.iter().flat_map(|token| [token.in_link().to_owned(), token.in_groups()]).collect();
    secrets.extend(rows.iter().chain(&texts).map(|mark| mark.written()));
    secrets.extend(tokens.iter().map(|token| Ticket::of_token(token).bytes().iter().map(|byte| format!("{byte:02x}")).collect()));
    secrets.extend((0..6).map(|at| format!("staff-{at:03}")));
    let mut guesses: Vec<Token> = secrets.iter().map(|secret| withdrawal_code("talk", secret)).collect();
    guesses.extend(secrets.iter().filter_map(|secret| Token::read(secret).ok()));
    guesses.extend(rows.iter().chain(&texts).map(|mark| Token::new(*mark.bytes())));
    for guess in &guesses {
        assert!(!rows.contains(&Handle::of_withdrawal("talk", guess).mark()));
        assert!(!texts.contains(&text_mark("talk", "words", guess)));
        assert_eq!(served.store.take_back("talk", guess).expect("a store"), None);
    }
    assert!(guesses.len() > 30, "{}", guesses.len());
    assert_eq!(served.store.batches("talk").expect("batches").remove(0), batch);
    // The codes themselves are nowhere on the disk, and pair a row with its text: the search would have found them
    for code in &codes {
        let disk = tree(&served.project.path("private"));
        let holds = |needle: &str| disk.values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()));
        assert!(!holds(code.in_link()) && !holds(&code.in_groups()));
        assert!(rows.contains(&Handle::of_withdrawal("talk", code).mark()) && texts.contains(&text_mark("talk", "words", code)));
    }
}

/// Rows that name nobody have no mark, open or closed: nothing could find one again.
#[test]
fn anonymous_rows_have_no_marks() {
    let served = Served::of(project(SURVEY));
    for number in 0..6 {
        let mut device = Device::new(&served);
        device.get("/surveys/talk.html").set("mood", "4").press("next").set("words", &format!("声{number}")).press("next").press("send");
        assert_eq!(device.status, 200);
    }
    let intake = rusqlite::Connection::open(served.project.path("private/intake.sqlite")).expect("a file");
    let rows: Vec<Vec<u8>> = intake
        .prepare("SELECT answers FROM intake")
        .expect("a query")
        .query_map([], |row| row.get(0))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("bytes");
    assert!(rows.len() == 6 && rows.iter().all(|row| !row.windows(5).any(|window| window == b"_mark")));
    served.store.close_batch("talk", &["words".to_owned()].into(), 1).expect("closed");
    let batch = served.store.batches("talk").expect("batches").remove(0);
    assert_eq!(batch.marks, shirube::survey::Marks::default());
    let answers = rusqlite::Connection::open(served.project.path("private/answers.sqlite")).expect("a file");
    let marks: u32 = answers
        .query_row(
            "SELECT (SELECT count(*) FROM batch WHERE marks IS NOT NULL) + (SELECT count(*) FROM batch_text WHERE marks IS NOT NULL)",
            [],
            |row| row.get(0),
        )
        .expect("a number");
    assert_eq!(marks, 0);
}

/// What is exported names no mark, in any format.
#[test]
fn no_export_knows_of_marks() {
    let mut office = Office::of(&named("rolling"));
    office.answered(20);
    office.published("2026-12-01");
    let marks: BTreeMap<String, Vec<u8>> = (0..20)
        .flat_map(|person| {
            let code = Office::code(person);
            [Handle::of_withdrawal("talk", &code).mark(), text_mark("talk", "words", &code)]
        })
        .map(|mark| (mark.written(), mark.bytes().to_vec()))
        .collect();
    let Office { project, store, .. } = office;
    drop(store);
    let to = project.path("export");
    for format in ["csv", "xlsx", "jsonl", "spss", "codebook"] {
        let done = run(&project, &["export", "responses", "talk", "--to", to.to_str().expect("a path"), "--format", format, "--force"]);
        assert!(done.status.success(), "{}", said(&done));
    }
    let files = tree(&to);
    assert!(files.len() > 6, "{:?}", files.keys());
    for (name, bytes) in &files {
        for (written, raw) in &marks {
            assert!(!bytes.windows(32).any(|window| window == written.as_bytes()), "{name}");
            assert!(!bytes.windows(16).any(|window| window == raw), "{name}");
        }
        assert!(!bytes.windows(5).any(|window| window == b"_mark"), "{name}");
    }
}

#[test]
fn a_text_that_was_approved_is_quoted_no_longer_and_leaves_the_file_of_its_review() {
    use shirube::diagnostic::Sources;
    use shirube::pipeline::reviewed::{add_new, hear, write};
    use shirube::survey::review::{Review, Verdict};
    let mut office = Office::of(&named("rolling"));
    office.answered(25);
    let private = office.project.path("private");
    let published = |office: &Office| {
        let mut answers = shirube::pipeline::collect(&office.catalog, &*office.store, on("2026-12-05")).expect("a collection");
        let faults = hear(&private, &office.catalog, Some(&*office.store), &mut answers, &mut Sources::default()).expect("a file");
        assert!(faults.is_empty(), "{:?}", faults.sorted());
        answers.published["talk"].clone()
    };
    let quoted = |published: &Published| -> Vec<String> {
        let themes = published.comments.get("words").map(|comments| comments.by_theme(&[], 99)).unwrap_or_default();
        themes.iter().flat_map(|theme| &theme.quoted).map(|comment| comment.words.clone()).collect()
    };
    let before = published(&office);
    assert_eq!(quoted(&before), [""; 0], "nobody has decided on anything");
    let mut review = Review::default();
    let released = add_new(&office.catalog.surveys["talk"], &mut review, &before.texts);
    assert!(released >= 20, "{released}");
    for decision in review.decisions.values_mut() {
        decision.verdict = Verdict::Approved;
    }
    write(&private, &office.catalog.surveys["talk"], &review).expect("a file");
    let approved = quoted(&published(&office));
    assert_eq!(approved.len(), released);
    assert!(approved.contains(&"こえ3です。".to_owned()));
    assert!(office.take_back(3).is_some());
    let after = published(&office);
    assert!(!quoted(&after).contains(&"こえ3です。".to_owned()));
    assert!(quoted(&after).len() >= 10, "what others wrote stays: {}", quoted(&after).len());
    let file = office.project.read("private/review/talk.yaml");
    assert!(!file.contains("こえ3です。") && file.matches("state: approved").count() == released - 1, "{file}");
}
