//! The house: eleven floors, one door for each library, and what must never be. ARCHITECTURE.md says why.
//!
//! Every rule is a row: what must not be found, and made-up files in which it must be. A rule that finds nothing in its
//! own bad example fails, so none can go blind unseen.

mod floors;
mod imports;
mod rules;
mod source;

use imports::House;
use std::path::Path;

/// One fault found by a rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    pub(crate) path: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(path: &str, line: usize, message: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), line, message: message.into() }
    }
}

/// Finds what one rule forbids.
pub(crate) type Find = fn(&House) -> Vec<Fault>;

/// One rule with examples of both sorts; an example is a few files.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) find: Find,
    /// Each of these must be found out.
    pub(crate) bad: &'static [&'static [(&'static str, &'static str)]],
    /// None of these may be complained of.
    pub(crate) good: &'static [&'static [(&'static str, &'static str)]],
}

fn all_rules() -> Vec<Rule> {
    floors::rules().into_iter().chain(rules::rules()).collect()
}

#[test]
fn the_house_stands() {
    let files = source::read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(files.len() > 10, "only {} files found: the test looks in the wrong place", files.len());
    let house = House::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut report = String::new();
    for rule in all_rules() {
        let mut faults = (rule.find)(&house);
        faults.sort();
        faults.dedup();
        for fault in faults {
            report += &format!("\nsrc/{}:{}: {} ({})", fault.path, fault.line, fault.message, rule.name);
        }
    }
    assert!(report.is_empty(), "the house rules are broken:{report}\n");
}

#[test]
fn every_rule_finds_its_bad_examples_and_leaves_the_good_ones_alone() {
    for rule in all_rules() {
        assert!(!rule.bad.is_empty(), "«{}» has no bad example", rule.name);
        for example in rule.bad {
            let faults = (rule.find)(&House::new(example.iter().copied()));
            assert!(!faults.is_empty(), "«{}» is blind to {example:?}", rule.name);
        }
        for example in rule.good {
            let faults = (rule.find)(&House::new(example.iter().copied()));
            assert!(faults.is_empty(), "«{}» complains of {example:?}: {faults:?}", rule.name);
        }
    }
}

#[test]
fn every_row_of_the_tables_finds_something() {
    for (find, text) in rules::rows() {
        let faults = find(&House::new([("language/example.rs", text.as_str())]));
        assert!(!faults.is_empty(), "nothing found in {text}");
    }
}

#[test]
fn every_library_has_a_row() {
    let manifest = include_str!("../../Cargo.toml");
    let wanted = manifest.split("\n[dependencies]").nth(1).expect("a table of dependencies");
    let wanted = wanted.split("\n[").next().unwrap_or_default();
    let names: Vec<String> = wanted
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .collect();
    assert!(names.len() > 10, "the table was not read");
    for name in names {
        assert!(rules::library_is_known(&name), "{name} has no door: give it a row in tests/it/house/rules.rs");
    }
}

#[test]
fn the_floors_are_those_of_lib_rs() {
    let lib = include_str!("../../src/lib.rs");
    let mut floor = 0;
    let mut seen = 0;
    for line in lib.lines() {
        if let Some(rest) = line.strip_prefix("// Floor ") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            floor = digits.parse().expect("a number after «Floor»");
        }
        let name = line.strip_prefix("pub mod ").or_else(|| line.strip_prefix("mod "));
        if let Some(name) = name.and_then(|rest| rest.strip_suffix(';')) {
            assert_eq!(floors::floor(name), Some(floor), "{name} stands on another floor in tests/it/house/floors.rs than in lib.rs");
            seen += 1;
        }
    }
    assert!(seen > 5, "lib.rs was not read");
}
