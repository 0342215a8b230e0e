//! What people wrote, from the answers to a report: only what somebody has read and decided to show is in any file that is built.
#![cfg(unix)]

use crate::loop_project::{Project, Served, text, tree};
use crate::serve::{run, said};
use shirube::server::rebuild::Reason;
use shirube::survey::review::key;
use std::collections::BTreeMap;
use std::io::Read as _;

/// The small project with a report that quotes.
fn project() -> Project {
    let project = Project::small();
    project.edit("content/reports/every.yaml", "  - {kind: method}", "  - {kind: comments, question: word, most: 9}\n  - {kind: method}");
    project
}

/// What a person writes: nobody else writes it, and nothing else holds it.
fn written(number: usize) -> String {
    format!("ことば壱{number:03}で\"書\"いた<文>です")
}

/// So many people answer.
fn answer(served: &Served, people: std::ops::Range<usize>) {
    for number in people {
        let mut body = form_urlencoded::Serializer::new(String::new());
        let word = written(number);
        let sheet = format!("{number:032x}");
        body.extend_pairs([
            ("way", "foot"),
            ("fruit", "apple"),
            ("shoes", "3"),
            ("mood", "4"),
            ("minutes", "10"),
            ("since.declined", "1"),
            ("word", word.as_str()),
            ("_sheet", sheet.as_str()),
            ("_go", "send"),
        ]);
        assert_eq!(served.post("/surveys/every.html", &body.finish()).status(), 303);
    }
}

/// The decisions of the file, by the text: what is set is replaced, the rest stays.
fn decide(project: &Project, decisions: &BTreeMap<String, &str>) {
    let file = project.read("private/review/every.yaml");
    let mut out =
        file.replacen("themes: []", "themes: [{id: pace, label: {ja: 速さ, en: Pace}}, {id: rare, label: {ja: まれ, en: Rare}}]", 1);
    for (text, decision) in decisions {
        let key = key("every", "word", text);
        let (before, after) = out.split_once(&key).expect("the text");
        let after = after.replacen("    state: new\n", decision, 1);
        out = format!("{before}{key}{after}");
    }
    project.write("private/review/every.yaml", out);
}

/// All bytes that a file of a site holds, unpacked where it is packed.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![(name.to_owned(), bytes.to_vec())];
    if name.ends_with(".xlsx") || name.ends_with(".zip") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).expect("a zip");
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).expect("a file");
            let mut inside = Vec::new();
            file.read_to_end(&mut inside).expect("bytes");
            let inner = format!("{name}/{}", file.name().expect("a name"));
            drop(file);
            all.extend(unpacked(&inner, &inside));
        }
    }
    all
}

/// Files that hold this, in any of the ways in which HTML, JSON and CSV write it.
fn holding(files: &[(String, Vec<u8>)], needle: &str) -> Vec<String> {
    let forms = [
        needle.to_owned(),
        needle.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;"),
        needle.replace('"', "\\\""),
        needle.replace('"', "\"\""),
        needle.replace('<', "&lt;").replace('>', "&gt;"),
        needle.split('で').next().expect("a part").to_owned(),
    ];
    let holds = |bytes: &[u8], needle: &str| bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
    files.iter().filter(|(_, bytes)| forms.iter().any(|form| holds(bytes, form))).map(|(name, _)| name.clone()).collect()
}

/// Everything that leaves: both sites' files, the files of figures, the one file, the zip.
fn everything(project: &Project) -> Vec<(String, Vec<u8>)> {
    for arguments in [
        &["build"][..],
        &["figures", "every", "--report", "--to", "out/figures", "--format", "csv,xlsx,json,svg", "--force"],
        &["figures", "every", "--to", "out/all", "--format", "csv,xlsx,json,svg", "--force"],
        &["pack", "small", "--to", "out/site.zip", "--force"],
        &["pack", "small", "--single-file", "--to", "out/site.html", "--force"],
    ] {
        let root = project.root().display().to_string();
        let own: Vec<String> =
            arguments.iter().map(|word| if word.starts_with("out/") { format!("{root}/{word}") } else { (*word).to_owned() }).collect();
        let done = run(project, &own.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(done.status.success(), "{arguments:?}: {}", said(&done));
    }
    let mut all: BTreeMap<String, Vec<u8>> = project.output();
    all.extend(tree(&project.path("out")).into_iter().map(|(name, bytes)| (format!("out/{name}"), bytes)));
    assert!(all.keys().any(|name| name.ends_with(".xlsx")) && all.keys().any(|name| name.ends_with(".zip")), "{:?}", all.keys());
    all.iter().flat_map(|(name, bytes)| unpacked(name, bytes)).collect()
}

/// A project where forty people wrote, whose file of texts was made. All forty come into one batch, however busy the machine is: of
/// several, fewer texts would leave together.
fn reviewed() -> Project {
    let mut served = Served::of(project());
    served.rebuilder.stop();
    answer(&served, 0..40);
    assert_eq!((served.stored("every"), served.waiting("every")), (40, 40));
    let project = std::mem::replace(&mut served.project, project());
    drop(served);
    let done = run(&project, &["review", "every"]);
    assert!(done.status.success(), "{}", said(&done));
    project
}

#[test]
fn only_what_was_decided_on_is_in_any_file() {
    let project = reviewed();
    let before = everything(&project);
    for number in 0..40 {
        assert_eq!(holding(&before, &written(number)), [""; 0], "nobody has decided on anything");
    }
    let word = |from: usize, to: usize, decision: &'static str| (from..to).map(move |number| (written(number), decision));
    let decisions: BTreeMap<String, &str> = word(0, 8, "    state: approved\n    themes: [pace]\n")
        .chain(word(8, 11, "    state: approved\n    themes: [rare]\n"))
        .chain(word(11, 13, "    state: redacted\n    shown: 置き換えた言葉です\n    note: 覚え書き極秘\n"))
        .chain(word(13, 20, "    state: left-out\n    note: 覚え書き極秘\n"))
        .collect();
    decide(&project, &decisions);
    let after = everything(&project);
    for number in 0..40 {
        let found = holding(&after, &written(number));
        assert_eq!(found.is_empty(), number >= 11, "{number}: {found:?}");
    }
    assert_eq!(holding(&after, "覚え書き極秘"), [""; 0]);
    assert_eq!(holding(&after, "まれ、"), [""; 0]);
    // It is told in every form, and counted in steps
    for form in ["small/reports/every.html", "small/en/reports/every.html", "small/reports/every/slides.html", "out/site"] {
        let is = |name: &String| name == form || (name.starts_with(form) && name.ends_with(".html"));
        let page = after.iter().find(|(name, _)| is(name)).unwrap_or_else(|| panic!("no {form}"));
        let page = String::from_utf8_lossy(&page.1);
        assert!(page.contains("置き換えた言葉です"), "{form}");
        assert!(!page.contains("まれ") && !page.contains("Rare"), "three wrote about it: {form}");
    }
    let page =
        String::from_utf8_lossy(&after.iter().find(|(name, _)| name == "small/en/reports/every.html").expect("a page").1).into_owned();
    let page = page.replace("<span class=\"whole\">", "").replace("</span>", "");
    assert!(page.contains("Pace<small>5 people or more</small>"), "{page}");
    for told in ["People who wrote: 40 or more", "read so far: 20 or more", "with words replaced: fewer than 5", "left out: 5 or more"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(holding(&after, "置き換えた言葉です").iter().any(|name| name.contains("xlsx")));
    // The order has to do neither with the words nor with when they came
    let places: Vec<usize> = (0..8).map(|number| page.find(&format!("壱{number:03}")).expect("quoted")).collect();
    assert!(places.windows(2).any(|pair| pair[0] > pair[1]) && places.windows(2).any(|pair| pair[0] < pair[1]), "{places:?}");
    // What was decided outlives gathering, to the byte
    assert!(run(&project, &["review", "every"]).status.success());
    let gathered = project.read("private/review/every.yaml");
    assert!(run(&project, &["review", "every"]).status.success());
    assert_eq!(project.read("private/review/every.yaml"), gathered);
    assert_eq!(gathered.matches("state: approved").count(), 11);
    assert_eq!(gathered.matches("覚え書き極秘").count(), 9);
    assert_eq!(everything(&project), after);
}

#[test]
fn a_copy_brings_decisions_back_and_never_shows_more() {
    let project = reviewed();
    let decisions = |project: &Project| {
        let file = project.read("private/review/every.yaml");
        [0, 1, 2, 3].map(|number| {
            let (_, after) = file.split_once(&key("every", "word", &written(number))).expect("the text");
            after.split("state: ").nth(1).and_then(|rest| rest.split('\n').next()).expect("a state").to_owned()
        })
    };
    let [yes, no] = ["    state: approved\n", "    state: left-out\n"];
    let set = |project: &Project, all: [&'static str; 4]| {
        decide(project, &all.into_iter().enumerate().map(|(number, state)| (written(number), state)).collect());
    };
    let undecided = project.read("private/review/every.yaml");
    set(&project, [yes, no, yes, "    state: new\n"]);
    let told = said(&run(&project, &["backup", "--to", &project.path("kept").display().to_string()]));
    let copy = std::fs::read_dir(project.path("kept")).expect(&told).next().expect("a copy").expect("an entry").path();
    assert!(copy.join("review/every.yaml").is_file());
    // Meanwhile others were decided on; less is shown of each
    project.write("private/review/every.yaml", undecided);
    set(&project, [no, yes, "    state: new\n", yes]);
    let restore = |project: &Project| said(&run(project, &["restore", &copy.display().to_string(), "--lang", "en"]));
    assert!(restore(&project).contains("Decisions on texts are back (2)"));
    assert_eq!(decisions(&project), ["left-out", "left-out", "approved", "approved"]);
    assert!(restore(&project).contains("Nothing was changed"), "once is enough");
    // A file that was lost is there again; of a survey without answers nothing comes
    std::fs::remove_file(project.path("private/review/every.yaml")).expect("lost");
    restore(&project);
    assert_eq!(decisions(&project), ["approved", "left-out", "approved", "new"]);
    std::fs::remove_file(project.path("private/review/every.yaml")).expect("lost");
    let file = copy.join("review/every.yaml");
    let text = std::fs::read_to_string(&file).expect("text");
    let (head, _) = text.split_once("texts:").expect("texts");
    let forged = key("every", "word", "never written");
    let entry = format!("{head}texts:\n  - key: {forged}\n    question: word\n    text: never written\n    state: approved\n");
    std::fs::write(&file, entry).expect("written");
    restore(&project);
    assert!(!project.path("private/review/every.yaml").exists(), "what nobody wrote does not come with a copy");
}

#[test]
fn faults_of_the_file_name_their_line_and_stop_the_build() {
    let project = reviewed();
    let sound = project.read("private/review/every.yaml");
    let first = written(0).replace('"', "\\\"");
    for (from, to, told) in [
        (first.as_str(), "書き直した文", "they were changed"),
        ("    state: new\n", "    state: aproved\n", "approved"),
        ("    state: new\n", "    state: redacted\n", "no words to show"),
        ("    state: new\n", "    state: approved\n    themes: [pase]\n", "There is no theme “pase”"),
        ("survey: every\n", "survey: other\n", "belongs to the survey “other”"),
        ("    state: new\n", "    state: new\n    colour: red\n", "colour"),
    ] {
        assert!(sound.contains(from), "{from}");
        project.write("private/review/every.yaml", sound.replacen(from, to, 1));
        for command in [&["check"][..], &["build"], &["review", "every"]] {
            let done = run(&project, command);
            let said = said(&done);
            assert!(
                !done.status.success() && said.contains(told) && said.contains("private/review/every.yaml:"),
                "{command:?} {told}: {said}"
            );
        }
    }
    // A text that nobody wrote, with its key: told, and no reason to stop
    let alien = format!(
        "  - key: \"{}\"\n    question: word\n    text: \"だれの文でもない\"\n    state: approved\n",
        key("every", "word", "だれの文でもない")
    );
    project.write("private/review/every.yaml", format!("{sound}{alien}"));
    let done = run(&project, &["build"]);
    assert!(done.status.success() && said(&done).contains("None of the answers"), "{}", said(&done));
    assert_eq!(holding(&everything(&project), "だれの文でもない"), [""; 0]);
}

#[test]
fn texts_are_decided_on_at_the_desk() {
    use crate::desk::{HERE, key as desk_key, send};
    let served = Served::of(project());
    answer(&served, 0..9);
    served.until("a batch is closed", |served| served.waiting("every") < 5);
    let nine = text(&served.get("/_desk/surveys/every/texts?lang=en"));
    assert!(nine.contains("There are no texts to review yet"), "{nine}");
    answer(&served, 9..40);
    served.until("texts are released", |served| text(&served.get("/_desk/surveys/every/texts")).contains("壱0"));
    let page = text(&served.get("/_desk/surveys/every/texts?lang=en"));
    assert!(page.contains("To decide (40)") || page.contains("To decide (20)"), "{page}");
    assert!(text(&served.get("/_desk/surveys/every?lang=en")).contains("/_desk/surveys/every/texts?lang=en"));
    let number = (0..40).find(|number| page.contains(&format!("壱{number:03}"))).expect("a text");
    let (one, other) =
        (written(number), (0..40).filter(|other| *other != number).find(|other| page.contains(&format!("壱{other:03}"))).expect("another"));
    let other = written(other);
    let (first, second) = (key("every", "word", &one), key("every", "word", &other));
    let form = |origin: &str, own: &str, fields: &[(&str, &str)]| {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs([("_key", own), ("lang", "en")]).extend_pairs(fields);
        send(&served, "surveys/every/texts", &body.finish(), origin)
    };
    let own = desk_key(&served);
    let state = |key: &str| format!("state-{key}");
    let (state_first, state_second, shown_second) = (state(&first), state(&second), format!("shown-{second}"));
    let approve = [("text", first.as_str()), (state_first.as_str(), "approved")];
    assert_eq!(form("https://elsewhere.example", &own, &approve).status(), 421, "a page of somebody else");
    assert_eq!(form(HERE, "wrong", &approve).status(), 421);
    assert!(!served.project.path("private/review/every.yaml").exists());
    assert_eq!(form(HERE, &own, &approve).status(), 303);
    served.until("the report quotes it", |served| text(&served.get("/reports/every.html")).contains(&format!("壱{number:03}")));
    // Words are to be replaced by others: the same are refused, and the rest of the page is kept
    let same = [("text", second.as_str()), (state_second.as_str(), "redacted"), (shown_second.as_str(), other.as_str())];
    let refused = form(HERE, &own, &same);
    assert_eq!(refused.status(), 422);
    assert!(text(&refused).contains("aria-invalid=\"true\""));
    let replaced = [("text", second.as_str()), (state_second.as_str(), "redacted"), (shown_second.as_str(), "別の言葉")];
    assert_eq!(form(HERE, &own, &replaced).status(), 303);
    served.until("the report quotes it", |served| text(&served.get("/reports/every.html")).contains("別の言葉"));
    let theme = format!("_key={own}&lang=en&label-ja=%E9%80%9F%E3%81%95&label-en=Pace");
    assert_eq!(send(&served, "surveys/every/theme", &theme, HERE).status(), 303);
    let file = served.project.read("private/review/every.yaml");
    assert!(file.contains("{id: theme_1, label: {ja: \"速さ\", en: \"Pace\"}}"), "{file}");
    // A person edits the file while the server runs
    let edited = file.replacen("    state: new\n", "    state: approved\n", 1);
    served.project.write("private/review/every.yaml", &edited);
    served.rebuilder.tell(Reason::Content);
    served.until("the desk says so", |served| text(&served.get("/_desk/surveys/every/texts?lang=en")).contains("Shown (3)"));
    served.project.write("private/review/every.yaml", edited.replacen("state: approved", "state: aproved", 1));
    assert!(text(&served.get("/_desk/surveys/every/texts?lang=en")).contains("The file of the review has faults"));
    assert_eq!(form(HERE, &own, &approve).status(), 422, "nothing is written over a file that cannot be read");
}
