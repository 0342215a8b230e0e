//! The manual's first page, followed to the letter: its commands are typed, its files written, its phones answered with, and what it
//! shows has to come out.
#![cfg(unix)]

use crate::loop_project::fields;
use crate::manual_pages::{Block, all_blocks};
use shirube::language::Language;
use shirube::server::{room_address::addresses, room_code};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Somebody at a terminal, in a folder.
struct Reader {
    language: Language,
    root: tempfile::TempDir,
    /// Where they stand.
    folder: PathBuf,
    /// The server that they have started, with what it says and where it answers.
    serving: Option<(Child, String)>,
    /// Every page that a browser has shown.
    seen: String,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.serving {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Reader {
    fn new(language: Language) -> Reader {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().to_owned();
        Reader { language, root, folder, serving: None, seen: String::new() }
    }

    fn command(&self, arguments: &[&str], said: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
        for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(variable);
        }
        let out = File::create(said).expect("a file");
        let same = out.try_clone().expect("the same file");
        let locale = if self.language == Language::Japanese { "ja_JP.UTF-8" } else { "en_US.UTF-8" };
        command.env("LANG", locale).args(arguments).current_dir(&self.folder).stdin(Stdio::null()).stdout(out).stderr(same);
        command
    }

    /// Types the lines of a block; what the program says to them.
    fn type_in(&mut self, block: &Block) -> String {
        let mut all = String::new();
        for line in block.text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["cd", folder] => self.folder.push(folder),
                ["shirube", "serve", ..] => all += &self.serve(&words[1..]),
                ["shirube", ..] => {
                    let said = self.root.path().join("said.txt");
                    let status = self.command(&words[1..], &said).status().expect("the program runs");
                    all += &std::fs::read_to_string(&said).expect("what it said");
                    assert!(status.success(), "{line}: {all}");
                }
                _ => panic!("{line}"),
            }
        }
        all
    }

    /// Starts the server as the page says, on a free port; what it says until it is ready.
    fn serve(&mut self, arguments: &[&str]) -> String {
        let said = self.root.path().join("serving.txt");
        let child = self.command(&[arguments, &["--port", "0"]].concat(), &said).spawn().expect("the program runs");
        self.serving = Some((child, String::new()));
        let text = patiently("the server is ready", || {
            let text = std::fs::read_to_string(&said).unwrap_or_default();
            text.contains("Ctrl-C").then_some(text)
        });
        let address = text.lines().find_map(|line| line.strip_prefix("http://127.0.0.1:")).expect("an address");
        if let Some((_, port)) = &mut self.serving {
            *port = address.trim_end_matches('/').to_owned();
        }
        text
    }

    /// Ctrl-C.
    fn stop(&mut self) {
        let (mut child, _) = self.serving.take().expect("a server");
        assert!(Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status().expect("a signal").success());
        assert!(child.wait().expect("an end").success());
    }

    /// A browser shows a page; with a body, after a button was pressed. Where a redirection leads is shown in its place.
    fn browse(&mut self, path: &str, body: Option<&[(String, String)]>) -> (String, String) {
        let port = &self.serving.as_ref().expect("a server").1;
        let agent: ureq::Agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
        let address = format!("http://127.0.0.1:{port}{path}");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";
        let reply = match body {
            None => agent.get(&address).header("User-Agent", phone).header("Accept-Language", self.language.code()).call(),
            Some(fields) => agent
                .post(&address)
                .header("User-Agent", phone)
                .send_form(fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        };
        let mut reply = reply.expect("a reply");
        if reply.status().is_redirection() {
            let next = reply.headers()["location"].to_str().expect("text").to_owned();
            return self.browse(&next, None);
        }
        let page = reply.body_mut().read_to_string().expect("a page");
        assert!(reply.status().is_success(), "{path}: {} {page}", reply.status());
        self.seen += &page;
        (path.to_owned(), page)
    }

    /// One person answers on a phone: the code, the form, a look at the answers, the button.
    fn answer(&mut self, code: &str, given: &[(String, String)]) {
        let (form, page) = self.browse(&format!("/r/{code}/"), None);
        let mut sheet = fields(&page);
        for (name, value) in given.iter().filter(|(_, value)| !value.is_empty()) {
            sheet.retain(|(known, _)| known != name);
            assert!(page.contains(&format!("name=\"{name}\"")), "the form has no {name}");
            sheet.push((name.clone(), value.clone()));
        }
        sheet.push(("_go".to_owned(), "next".to_owned()));
        let (_, page) = self.browse(&form, Some(&sheet));
        let mut sheet = fields(&page);
        sheet.push(("_go".to_owned(), "send".to_owned()));
        let (at, _) = self.browse(&form, Some(&sheet));
        assert!(at.ends_with("thanks.html"), "{at}");
    }
}

fn patiently<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// A line without the digits of addresses, which differ from machine to machine.
fn masked(line: &str) -> String {
    let mut parts = line.split("http://");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "http://*" + part.trim_start_matches(|char: char| char.is_ascii_digit() || ".:".contains(char)))
}

/// The people of the page's table: what they answer, by the ids of the survey's questions.
fn people(block: &Block, survey: &str) -> Vec<Vec<(String, String)>> {
    let rows: Vec<Vec<String>> = block
        .before
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    let code = |label: &str| {
        let line = survey.lines().find(|line| line.ends_with(&format!("text: {label}}}"))).unwrap_or_else(|| panic!("no choice {label}"));
        line.split("id: ").nth(1).and_then(|rest| rest.split(',').next()).expect("an id").to_owned()
    };
    let person = |row: &Vec<String>| {
        vec![("enough".to_owned(), code(&row[1])), ("minutes".to_owned(), row[2].clone()), ("wish".to_owned(), row[3].clone())]
    };
    rows[2..].iter().map(person).collect()
}

/// What the page puts between quotation marks in its numbered steps and below: words on the screen.
fn quoted(text: &str) -> Vec<String> {
    let steps = text.rsplit("\n## ").next().unwrap_or_default();
    let mut all = Vec::new();
    for (open, close) in [('「', '」'), ('“', '”')] {
        all.extend(steps.split(open).skip(1).filter_map(|rest| Some(rest.split_once(close)?.0.to_owned())));
    }
    all
}

fn follow(language: Language) {
    let page = if language == Language::Japanese { "first-survey.md" } else { "first-survey.en.md" };
    let mut reader = Reader::new(language);
    let (mut said, mut compared, mut survey) = (String::new(), 0, String::new());
    let blocks: Vec<Block> = all_blocks().into_iter().filter(|block| block.page == page).collect();
    for block in &blocks {
        let file = |reader: &Reader| {
            let path = block.named().find(|word| word.starts_with("content/")).expect("the name of a file");
            reader.folder.join(path)
        };
        match block.info.as_str() {
            "sh" => {
                if reader.serving.is_some() {
                    in_the_room(&mut reader, block, &survey);
                }
                said = reader.type_in(block);
            }
            "yaml write" => {
                let file = file(&reader);
                assert!(!file.exists(), "{} is there already", file.display());
                std::fs::write(file, &block.text).expect("a file");
                if survey.is_empty() {
                    survey.clone_from(&block.text);
                }
            }
            "yaml change" => {
                let file = file(&reader);
                let mut text = std::fs::read_to_string(&file).expect("a file");
                for line in block.text.lines() {
                    let key = line.split(':').next().expect("a key");
                    let old =
                        text.lines().find(|old| old.starts_with(&format!("{key}:"))).unwrap_or_else(|| panic!("no line {key}")).to_owned();
                    text = text.replace(&old, line);
                }
                std::fs::write(file, text).expect("a file");
            }
            "text" if reader.serving.is_some() => {
                let real: Vec<String> = said.lines().map(masked).collect();
                for line in block.text.lines().filter(|line| !line.contains("192.0.2.") || !addresses().is_empty()) {
                    assert!(real.contains(&masked(line)), "{page}: «{line}» is not said:\n{said}");
                    compared += 1;
                }
            }
            "text" => {
                assert_eq!(said, block.text, "{page}");
                compared += 1;
            }
            "text slip" => {
                let words: Vec<&str> = block.named().take(2).collect();
                let file = reader.folder.join("content/surveys/lunch-break.yaml");
                let sound = std::fs::read_to_string(&file).expect("the survey");
                let (right, wrong) = if sound.contains(words[0]) { (words[0], words[1]) } else { (words[1], words[0]) };
                assert!(sound.contains(right) && !sound.contains(wrong), "{words:?}");
                std::fs::write(&file, sound.replace(right, wrong)).expect("a file");
                let out = reader.root.path().join("said.txt");
                assert_eq!(reader.command(&["check"], &out).status().expect("the program runs").code(), Some(1));
                let told = std::fs::read_to_string(out).expect("what it said").replace("./content", "content");
                assert_eq!(told, block.text, "{page}");
                std::fs::write(&file, sound).expect("a file");
                compared += 1;
            }
            "csv" => {
                let name = block.named().find(|word| word.ends_with(".csv")).expect("the name of a table");
                let table = std::fs::read_to_string(reader.folder.join(name)).expect("a table");
                assert_eq!(table.trim_start_matches('\u{feff}').replace("\r\n", "\n"), block.text, "{page}");
                compared += 1;
            }
            other => panic!("{page}: nobody can follow a block of {other}"),
        }
    }
    assert!(compared >= 7, "{page}: only {compared} outputs were compared");
    assert!(reader.folder.join("output/survey/index.html").is_file());
}

/// Step 4: a projector, three phones, a report that moves with the third; then Ctrl-C.
fn in_the_room(reader: &mut Reader, block: &Block, survey: &str) {
    let people = people(block, survey);
    assert_eq!(people.len(), 3);
    let (_, list) = reader.browse("/_room", None);
    assert!(list.contains("/_room/lunch-break"), "{list}");
    reader.browse("/_room/lunch-break", None);
    let codes = room_code::codes(["lunch-break", "pulse"]);
    let code = codes.iter().find(|(_, survey)| *survey == "lunch-break").expect("a code").0.clone();
    let report = "/reports/lunch-break";
    let (_, empty) = reader.browse(report, None);
    for person in &people[..2] {
        reader.answer(&code, person);
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(reader.browse(report, None).1, empty, "two answers move nothing");
    reader.answer(&code, &people[2]);
    patiently("the third answer brings figures", || reader.browse(report, None).1.contains("n=3").then_some(()));
    // The words of the screens that the page names
    let steps = block.before.rsplit("\n## ").nth(1).unwrap_or_default().to_owned();
    let words = quoted(&steps);
    assert!(words.len() >= 5, "{words:?}");
    for word in words {
        assert!(reader.seen.contains(&word), "no screen says «{word}»");
    }
    reader.stop();
}

#[test]
fn the_first_survey_is_made_as_the_manual_says() {
    follow(Language::Japanese);
}

#[test]
fn the_first_survey_is_made_as_the_english_manual_says() {
    follow(Language::English);
}
