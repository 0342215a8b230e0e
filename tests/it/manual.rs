//! The manual says what is: its examples are read by the program, its tables are whole, its commands exist, and it opens everywhere.

use crate::loop_project::{Served, here, text};
use crate::manual_pages::{all_blocks, blocks, code_spans, pages};
use serde_json::Value;
use shirube::catalog::shape_data::DATASET;
use shirube::catalog::{Loaded, TYPES, load};
use shirube::content::Folder;
use shirube::content::schema::json_schema;
use shirube::content::shape::{Record, Shape, Variant};
use shirube::diagnostic::{Diagnostics, code, to_text};
use shirube::language::Language;
use shirube::pipeline::{manual, manual_content};
use shirube::survey::exhibit::Kind;
use shirube::survey::expression::{Aggregate, Operator, WORDS, parse};
use shirube::survey::shape::SURVEY;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn keys(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|inner| keys(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| keys(inner, found)),
        _ => {}
    }
}

/// The pages of the manual as readers get them, by their path.
fn built() -> BTreeMap<String, String> {
    let files = manual().unwrap_or_else(|error| panic!("{error}"));
    let pages = files.into_iter().filter(|file| file.path.as_str().ends_with(".html"));
    pages.map(|file| (file.path.as_str().to_owned(), String::from_utf8(file.bytes).expect("text"))).collect()
}

#[test]
fn the_manual_has_no_faults_and_no_warnings() {
    let Loaded { diagnostics, sources, .. } = manual_content();
    assert!(diagnostics.is_empty(), "{}", to_text(&diagnostics, &sources, Language::English));
    let built = built();
    for (page, ..) in pages() {
        let address = match page.strip_suffix(".en.md") {
            Some(name) => format!("en/{name}.html"),
            None => page.replace(".md", ".html"),
        };
        assert!(built.contains_key(&address), "{address} is not built");
    }
}

#[test]
fn every_key_stands_in_the_manual_with_its_meaning() {
    let built = built();
    for (prefix, language) in [("", Language::Japanese), ("en/", Language::English)] {
        let pages: String =
            built.iter().filter(|(path, _)| path.starts_with(&format!("{prefix}keys/"))).map(|(_, page)| page.as_str()).collect();
        for (name, record) in TYPES {
            let mut all = BTreeSet::new();
            keys(&json_schema(record), &mut all);
            // Forms of a text and of a figure, not keys of their own
            all.retain(|key| !["ja", "en", "derived", "value", "low", "high"].contains(&key.as_str()));
            assert!(all.len() >= 2, "{name}: {all:?}");
            for key in all {
                let row = pages.split("<tr>").find(|row| row.contains(&format!("<td><code>{key}</code></td>")));
                let row = row.unwrap_or_else(|| panic!("{name}: {key} is not in the {} manual", language.code()));
                // What the kinds mean stands with each of them
                assert!(key == "kind" || key == "compute" || !row.contains("<td></td></tr>"), "{name}: {key} has no meaning");
            }
        }
    }
}

#[test]
fn every_kind_of_chart_has_its_section_and_its_example_is_of_that_kind() {
    let kind = DATASET.fields.iter().find(|field| field.key == "kind").expect("a kind");
    let Shape::Word(words) = kind.shape else { panic!("the kind is not a word") };
    assert_eq!(words.len(), Kind::ALL.len(), "content can ask for every kind");
    let Loaded { catalog, .. } = manual_content();
    for (page, _, text) in pages().into_iter().filter(|(page, ..)| page.starts_with("charts.")) {
        let sections: Vec<&str> = text.split("\n## ").skip(2).collect();
        assert_eq!(sections.len(), words.len(), "{page}");
        for (section, word) in sections.iter().zip(words) {
            let title = section.lines().next().unwrap_or_default();
            assert!(title.ends_with(&format!("（{}）", word.word)) || title.ends_with(&format!("({})", word.word)), "{page}: {title}");
            let Some(id) = section.split("](data:").nth(1).and_then(|rest| rest.split(')').next()) else { continue };
            assert!(section.contains(&format!("<!-- data: {id} -->")), "{page}: {id} is not shown as it is written");
            let dataset = catalog.data.get(id).unwrap_or_else(|| panic!("{page}: no {id}"));
            assert!(dataset.exhibit.sample, "{id} is not marked as a sample");
            let file = std::fs::read_to_string(here().join(format!("docs/manual/content/data/{id}.yaml"))).expect("a data set");
            assert!(file.contains(&format!("\nkind: {}\n", word.word)), "{page}: {id} is no {}", word.word);
        }
        assert!(text.matches("](data:").count() >= 11, "{page}");
    }
}

/// The kinds of question that content may have.
fn kinds() -> Vec<&'static str> {
    fn within(record: &Record) -> Option<&'static [Variant]> {
        record.fields.iter().find_map(|field| of(&field.shape))
    }
    fn of(shape: &Shape) -> Option<&'static [Variant]> {
        match shape {
            Shape::List(inner, ..) | Shape::Map(inner) => of(inner),
            Shape::Record(record) => within(record),
            Shape::Choice(choice) if choice.name == "question" => Some(choice.variants),
            _ => None,
        }
    }
    within(&SURVEY).expect("kinds of question").iter().map(|variant| variant.word.word).collect()
}

/// A survey as it stands in a page, or questions of one, in a project; asked before them, everything that conditions of pages speak of.
fn survey(info: &str, text: &str) -> String {
    if info == "yaml survey" {
        return text.to_owned();
    }
    let lines: String = text.lines().map(|line| format!("      {line}\n")).collect();
    format!(
        "title: x\nlead: x\nminutes: 1\nmode: anonymous\npurpose: x\npages:\n  - id: before\n    questions:\n      - {{id: asked_before, kind: yes_no, text: x}}\n  - id: example\n    questions:\n{lines}"
    )
}

/// A project with this survey.
fn project(survey: &str) -> (Loaded, String) {
    let (mut folder, mut faults) = (Folder::default(), Diagnostics::new());
    let base = here().join("tests/cases/base/content/project.yaml");
    let site = "title: x\nlead: x\nnavigation: [{to: surveys}]\nsurveys: [example]\nhome: {title: x, lead: x}\nfooter: x\n";
    for (path, bytes) in [
        ("content/project.yaml", std::fs::read(base).expect("a project")),
        ("content/sites/small.yaml", site.as_bytes().to_vec()),
        ("content/surveys/example.yaml", survey.as_bytes().to_vec()),
    ] {
        folder.insert(path, bytes, &mut faults);
    }
    let mut loaded = load(&folder);
    loaded.diagnostics.append(faults);
    let told = to_text(&loaded.diagnostics, &loaded.sources, Language::English);
    (loaded, told)
}

#[test]
fn every_example_of_a_survey_is_read_without_faults() {
    let mut read = 0;
    for block in all_blocks().iter().filter(|block| ["yaml question", "yaml survey"].contains(&block.info.as_str())) {
        let (loaded, told) = project(&survey(&block.info, &block.text));
        assert!(loaded.diagnostics.is_empty(), "{}:\n{}\n{told}", block.page, block.text);
        read += 1;
    }
    assert!(read >= 50, "only {read} examples");
}

#[test]
fn every_kind_of_question_has_its_section_with_its_columns() {
    let kinds = kinds();
    assert!(kinds.len() >= 20);
    for (page, language, text) in pages().into_iter().filter(|(page, ..)| page.starts_with("questions.")) {
        let sections: Vec<&str> = text.split("\n## ").skip(1).collect();
        for kind in &kinds {
            let named = [format!("（{kind}）\n"), format!(" ({kind})\n")];
            let own: Vec<&&str> = sections.iter().filter(|section| named.iter().any(|name| section.contains(name.as_str()))).collect();
            let [section] = own[..] else { panic!("{page}: {} sections of {kind}", own.len()) };
            let examples = blocks(&page, language, &format!("## {section}"));
            let [example] = &examples[..] else { panic!("{page}: {} examples of {kind}", examples.len()) };
            assert!(example.text.contains(&format!("kind: {kind}\n")), "{page}: the example of {kind} is of another kind");
            let (loaded, told) = project(&survey(&example.info, &example.text));
            let read = &loaded.catalog.surveys.get("example").unwrap_or_else(|| panic!("{told}")).pages[1].questions;
            let columns: Vec<String> = read.iter().flat_map(|question| question.variables()).map(|variable| variable.id).collect();
            let line = section.lines().find(|line| line.starts_with("列：") || line.starts_with("Columns: ")).unwrap_or_default();
            let told: Vec<&str> = code_spans(line.split(['。', '.']).next().unwrap_or_default());
            assert_eq!(told, columns, "{page}: the columns of {kind}");
        }
        assert_eq!(sections.len(), kinds.len(), "{page}: sections of no kind");
    }
}

#[test]
fn the_table_of_signs_is_whole_and_every_expression_is_read() {
    let whole: BTreeSet<&str> =
        Operator::ALL.iter().map(|operator| operator.sign()).chain(Aggregate::ALL.iter().map(|one| one.name())).chain(WORDS).collect();
    for (page, _, text) in pages().into_iter().filter(|(page, ..)| page.starts_with("logic.")) {
        let rows: Vec<Vec<&str>> = text.lines().filter(|line| line.starts_with("| `")).map(code_spans).collect();
        let told: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
        assert_eq!(told, whole, "{page}");
        for row in &rows {
            let example = row.last().expect("an example");
            assert!(example.contains(row[0]), "{page}: {example} is no example of {}", row[0]);
            parse(example).unwrap_or_else(|fault| panic!("{page}: {example}: {}", fault.en));
        }
    }
    let mut read = 0;
    for block in all_blocks().iter().filter(|block| block.info == "expression") {
        for line in block.text.lines() {
            parse(line).unwrap_or_else(|fault| panic!("{}: {line}: {}", block.page, fault.en));
            read += 1;
        }
    }
    assert!(read >= 16, "only {read} expressions");
}

/// What the manual says of faults is what the program says: the faulty projects of the tests have it so.
#[test]
fn faults_are_told_in_the_words_of_the_program() {
    let mut told: BTreeMap<Language, String> = BTreeMap::new();
    for entry in std::fs::read_dir(here().join("tests/cases")).expect("cases").map(|entry| entry.expect("an entry").path()) {
        for language in Language::ALL {
            let text = std::fs::read_to_string(entry.join(format!("expected.{}.txt", language.code()))).unwrap_or_default();
            *told.entry(language).or_default() += &text;
        }
    }
    let mut found = 0;
    for block in all_blocks().iter().filter(|block| block.info == "text fault") {
        let line = block.text.trim_end();
        assert!(told[&block.language].lines().any(|said| said == line), "{}: nothing is said like this: {line}", block.page);
        let name = line.split(['[', ']']).nth(1).unwrap_or_default();
        assert!(code::ALL.iter().any(|code| code.0 == name), "{line}");
        found += 1;
    }
    assert!(found >= 30, "only {found} faults");
}

/// The words of a command line that the program would have to know.
fn help(words: &[&str]) -> Option<String> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_shirube")).args(words).args(["--help", "--lang", "en"]).output().expect("the program runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn every_command_stands_in_the_manual_and_every_option_exists() {
    let mut named: BTreeMap<Language, BTreeSet<String>> = BTreeMap::new();
    let mut pages: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for block in all_blocks().iter().filter(|block| block.info == "sh") {
        for line in block.text.lines().filter(|line| !line.starts_with("cd ")) {
            let mut words = line.split_whitespace();
            assert_eq!(words.next(), Some("shirube"), "{}: {line}", block.page);
            let words: Vec<&str> = words.collect();
            let nested = usize::from(["import", "export", "desk"].contains(&words[0]));
            let command: Vec<String> = words[..=nested].iter().map(|word| (*word).to_owned()).collect();
            let text = pages.entry(command.clone()).or_insert_with(|| {
                help(&command.iter().map(String::as_str).collect::<Vec<_>>()).unwrap_or_else(|| panic!("{}: {line}", block.page))
            });
            for option in words.iter().filter(|word| word.starts_with("--")) {
                assert!(text.contains(*option), "{}: {line}: there is no {option}", block.page);
            }
            named.entry(block.language).or_default().insert(words[0].to_owned());
        }
    }
    let whole = help(&[]).expect("help");
    let commands = whole.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let commands: BTreeSet<String> =
        commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|word| *word != "help").map(str::to_owned).collect();
    assert!(commands.len() >= 14, "{commands:?}");
    for (language, named) in named {
        assert_eq!(named, commands, "in {}", language.code());
    }
    // The README has a row for each of them.
    let readme = std::fs::read_to_string(here().join("README.md")).expect("README.md");
    let rows: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `")).collect();
    let untold: Vec<&String> = commands
        .iter()
        .filter(|command| !rows.iter().any(|row| row.contains(&format!("`{command}`")) || row.contains(&format!("`{command} "))))
        .collect();
    assert!(untold.is_empty(), "README.md says nothing of {untold:?}");
}

#[test]
fn both_languages_have_the_same_examples() {
    let shape = |language: Language| -> Vec<(String, String)> {
        let own = all_blocks().into_iter().filter(|block| block.language == language);
        own.map(|block| (block.page.replace(".en.md", ".md"), block.info)).collect()
    };
    assert_eq!(shape(Language::Japanese), shape(Language::English));
}

#[test]
fn the_manual_stands_beside_the_sites() {
    let served = Served::small();
    for (address, status) in [
        ("/_manual/", 200),
        ("/_manual/en/", 200),
        ("/_manual/first-survey", 200),
        ("/_manual/en/keys/survey.html", 200),
        ("/_manual/assets/site.css", 200),
        ("/_manual", 303),
        ("/_manual/en", 303),
        ("/_manual/nowhere", 404),
        ("/_manualx", 404),
    ] {
        assert_eq!(served.get(address).status(), status, "{address}");
    }
    assert_eq!(served.post("/_manual/", "").status(), 405);
    assert!(text(&served.get("/_manual/en/")).contains("first-survey.html"));
    assert!(text(&served.get("/_desk?lang=en")).contains("href=\"/_manual/en/\""));
    assert!(text(&served.get("/_desk")).contains("href=\"/_manual/\""));
}
