//! What is hidden in tables of two attributes against the optimum of integer programming (tests/reference/suppression.py, SciPy's
//! HiGHS): nothing that is shown tells of few people, nothing hidden follows from what is shown, and no other choice loses less.

use crate::loop_project::here;
use crate::statistics_sheets::{Sheet, batch, categories, choice, nowhere, shape, variable};
use serde_json::{Value as Json, json};
use shirube::language::Text;
use shirube::statistics::{Ledger, SurveyShape, publish};
use shirube::survey::{Attribute, Measure};
use std::path::PathBuf;
use std::process::Command;

const K: u64 = 5;
/// Two by two up to three by three, so many of each size.
const OF_EACH: u32 = 24;

/// A sequence that is the same on every machine (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}

fn attribute(id: &str, codes: &[&str]) -> Attribute {
    Attribute { id: id.into(), place: nowhere(), text: Text::pair(id, id), values: categories(codes.iter().copied()), cohort: None }
}

/// A table, what hiding each of its groups costs, and what the program shows of it.
fn table(chance: &mut Chance, teams: &[&str], ages: &[&str]) -> Json {
    let cells: Vec<(&str, &str)> = teams.iter().flat_map(|team| ages.iter().map(move |age| (*team, *age))).collect();
    let most = [4, 9, 14];
    let mut size = || {
        let most = most[chance.below(3) as usize];
        1 + chance.below(most)
    };
    let people: Vec<u64> = cells.iter().map(|_| size()).collect();
    let sheets = cells.iter().zip(&people).flat_map(|((team, age), n)| {
        let one = move |at: u64| {
            let wish = choice(if at.is_multiple_of(2) { "yes" } else { "no" });
            Sheet::from([("team".to_owned(), choice(team)), ("age".to_owned(), choice(age)), ("wish".to_owned(), wish)])
        };
        (0..*n).map(one)
    });
    let (team, age) = (attribute("team", teams), attribute("age", ages));
    let segments = vec![vec![team.clone()], vec![age.clone()], vec![team, age]];
    let survey = SurveyShape { k: K, closed: true, segments, ..shape(vec![variable("wish", Measure::Nominal(categories(["yes", "no"])))]) };
    let published = publish(&survey, &[batch(1, &sheets.collect::<Vec<_>>())], &Ledger::default());
    let shown = published.publication.map(|publication| publication.groups).unwrap_or_default();
    let mut groups: Vec<(Vec<usize>, u64, bool)> = Vec::new();
    let mut candidate = |names: [String; 2], level: u64, holds: &dyn Fn(&str, &str) -> bool| {
        let atoms: Vec<usize> = (0..cells.len()).filter(|cell| holds(cells[*cell].0, cells[*cell].1)).collect();
        let n: u64 = atoms.iter().map(|atom| people[*atom]).sum();
        if n >= K {
            groups.push((atoms, if level == 0 { 1 << 40 } else { level * n }, names.iter().any(|name| shown.contains_key(name))));
        }
    };
    let twice = |name: String| [name.clone(), name];
    candidate(twice("everybody".to_owned()), 0, &|_, _| true);
    teams.iter().for_each(|own| candidate(twice(format!("chose:team={own}")), 4, &|team, _| team == *own));
    ages.iter().for_each(|own| candidate(twice(format!("chose:age={own}")), 4, &|_, age| age == *own));
    for (team, age) in &cells {
        let (one, other) = (format!("chose:team={team}"), format!("chose:age={age}"));
        candidate([format!("{one},{other}"), format!("{other},{one}")], 1, &|of_team, of_age| (of_team, of_age) == (*team, *age));
    }
    let parts = |of: fn(&(Vec<usize>, u64, bool)) -> Json| groups.iter().map(of).collect::<Vec<Json>>();
    json!({"people": people, "groups": parts(|one| json!(one.0)), "costs": parts(|one| json!(one.1)), "kept": parts(|one| json!(one.2))})
}

#[test]
#[allow(clippy::print_stdout)]
fn what_is_hidden_is_enough_and_the_least() {
    let mut chance = Chance(20_261_123);
    let (teams, ages) = (["x", "y", "z"], ["old", "mid", "new"]);
    let sizes = [(2, 2), (2, 3), (3, 3)];
    let tables: Vec<Json> = sizes
        .iter()
        .flat_map(|(rows, columns)| (0..OF_EACH).map(|_| (*rows, *columns)))
        .map(|(rows, columns)| table(&mut chance, &teams[..rows], &ages[..columns]))
        .collect();
    let anything = |table: &Json| table["kept"].as_array().is_some_and(|kept| kept.iter().any(|one| *one == json!(true)));
    assert!(tables.iter().filter(|table| anything(table)).count() > tables.len() / 2, "the names of groups are those of the ledger");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from);
    let found = ["bin/python", "Scripts/python.exe"].map(|inside| target.join("reference/venv").join(inside));
    let Some(python) = found.into_iter().find(|python| python.exists()) else {
        assert!(std::env::var_os("SHIRUBE_REFERENCE").is_none(), "tests/reference/prepare has not run");
        return;
    };
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("suppression.json");
    std::fs::write(&file, json!({"minimum": K, "tables": tables, "most": 1.0}).to_string()).expect("a file");
    let output = Command::new(python).arg(here().join("tests/reference/suppression.py")).arg(&file).output().expect("Python runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{said}");
    assert!(output.status.success(), "{said}");
}
