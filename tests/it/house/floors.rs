//! Floors and the order within a folder.

use super::imports::{House, Import};
use super::{Fault, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// The rooms, from the ground up; within the ground floor a room may use those named before it.
const FLOORS: &[(usize, &[&str])] = &[
    (1, &["estimate", "language", "diagnostic", "output"]),
    (2, &["content"]),
    (3, &["kernels", "survey"]),
    (4, &["catalog", "statistics", "store"]),
    (5, &["advice", "charts"]),
    (6, &["exchange", "pages"]),
    (7, &["pipeline"]),
    (8, &["mail", "server"]),
    (9, &["commands"]),
    (10, &["cli"]),
    (11, &["main"]),
];

/// The floor of a room, if it is one of ours.
pub(crate) fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(floor, _)| *floor)
}

/// The room that a file stands in and its floor; a new room must be given one first.
pub(crate) fn floor_of(path: &str) -> usize {
    let room = path.split('/').next().unwrap_or_default();
    floor(room.strip_suffix(".rs").unwrap_or(room)).unwrap_or(0)
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule {
            name: "a file uses only what stands beneath it",
            find: upward,
            bad: &[
                &[("survey/a.rs", "use crate::pages::render::Page;"), ("pages/render.rs", "pub struct Page;")],
                &[("store/a.rs", "fn f() { let x = crate::statistics::mean(); }"), ("statistics/mod.rs", "")],
                &[("output.rs", "use crate::{language::Text, content::{yaml::Node, table}};"), ("content/yaml.rs", "pub struct Node;")],
                &[("language/text.rs", "use super::super::diagnostic::Place;"), ("diagnostic/place.rs", "pub struct Place;")],
                &[("cellar/a.rs", "use crate::language::Text;"), ("language/mod.rs", "")],
                &[("content/mod.rs", "pub use crate::server::Gate;"), ("server/gate.rs", "pub struct Gate;")],
                &[("cli.rs", "fn f() { shirube::main::x() } mod tests { use crate::main::x; }"), ("main.rs", "")],
                &[("pages/a.rs", "use crate::exchange::csv;"), ("exchange/csv.rs", "")],
                &[("charts/a.rs", "#[cfg(test)] mod tests { use crate::pages::Page; }"), ("pages/mod.rs", "")],
            ],
            good: &[
                &[("pages/a.rs", "use crate::charts::Chart; use crate::survey::Figure;"), ("charts/mod.rs", ""), ("survey/mod.rs", "")],
                &[("diagnostic/a.rs", "use crate::language::Text;"), ("language/mod.rs", "")],
                &[("main.rs", "fn main() { shirube::cli::run() }"), ("cli.rs", "pub fn run() {}")],
                &[("survey/a.rs", "// use crate::pages::Page;\nconst X: &str = \"crate::pages::Page\";"), ("pages/mod.rs", "")],
            ],
        },
        Rule {
            name: "a file uses only those listed above it in its folder's mod.rs",
            find: sideways,
            bad: &[
                &[("survey/mod.rs", "mod a;\nmod b;"), ("survey/a.rs", "use super::b::B;"), ("survey/b.rs", "pub struct B;")],
                &[("survey/mod.rs", "mod a;\nmod b;\npub use b::B;"), ("survey/a.rs", "use super::B;"), ("survey/b.rs", "pub struct B;")],
                &[("survey/mod.rs", "mod a;\nmod b;\npub use b::*;"), ("survey/a.rs", "use super::B;"), ("survey/b.rs", "pub struct B;")],
                &[("survey/mod.rs", "mod a;\nmod b;"), ("survey/a.rs", "use crate::survey::b::B;"), ("survey/b.rs", "pub struct B;")],
                &[("survey/mod.rs", "mod a;\nmod b;"), ("survey/a.rs", "use super::*;"), ("survey/b.rs", "pub struct B;")],
                // A circle, whatever the order.
                &[
                    ("survey/mod.rs", "mod a;\nmod b;"),
                    ("survey/a.rs", "use super::b::B; pub struct A;"),
                    ("survey/b.rs", "use super::a::A; pub struct B;"),
                ],
                // A part that uses the file it is part of.
                &[("content/yaml.rs", "mod hint;\npub struct Node;"), ("content/yaml/hint.rs", "use super::Node;")],
                // A folder's file that uses a later neighbour of its folder.
                &[
                    ("store/mod.rs", "mod sql;\nmod open;"),
                    ("store/sql/row.rs", "use crate::store::open::x;"),
                    ("store/open.rs", "pub fn x() {}"),
                ],
            ],
            good: &[
                &[
                    ("survey/mod.rs", "mod b;\nmod a;\npub use b::{B, C as D};"),
                    ("survey/a.rs", "use super::{B, D};\n#[cfg(test)]\nmod tests { use super::*; }"),
                    ("survey/b.rs", "pub struct B; pub struct C;"),
                ],
                // What a neighbour takes in for its tests, it does not hand on.
                &[
                    ("survey/mod.rs", "mod a;\nmod b;\npub use a::date;"),
                    ("survey/a.rs", "pub fn date() {}\n#[cfg(test)]\nmod tests { use super::super::*; use super::*; }"),
                    ("survey/b.rs", "fn f() { super::a::date() }"),
                ],
                &[("content/yaml.rs", "mod hint;\nuse hint::Hint;"), ("content/yaml/hint.rs", "pub struct Hint;")],
                &[
                    ("survey/mod.rs", "mod a;\n#[cfg(test)]\nmod cases;"),
                    ("survey/a.rs", "pub struct A;"),
                    ("survey/cases.rs", "use super::a::A;"),
                ],
            ],
        },
        Rule {
            name: "only pipeline, server and commands hold the store",
            find: store_is_held_above,
            bad: &[
                &[("pages/a.rs", "use crate::store::Store;"), ("store/mod.rs", "")],
                &[("charts/a.rs", "fn f(s: &crate::store::sqlite::Sqlite) {}"), ("store/sqlite.rs", "")],
                &[("exchange/a.rs", "use crate::{store, survey};"), ("store/mod.rs", "")],
            ],
            good: &[&[("pipeline.rs", "use crate::store::Store;"), ("store/mod.rs", ""), ("store/a.rs", "use crate::store::b;")]],
        },
        Rule {
            name: "every file is declared",
            find: undeclared,
            bad: &[&[("survey/mod.rs", "mod a;"), ("survey/a.rs", ""), ("survey/b.rs", "")]],
            good: &[&[("lib.rs", "pub mod survey;"), ("main.rs", ""), ("survey/mod.rs", "mod a;"), ("survey/a.rs", "")]],
        },
    ]
}

/// The first parts in which two modules differ; `None` when one holds the other.
fn fork(import: &Import) -> Option<(usize, &str, &str)> {
    let same = import.from.iter().zip(&import.to).take_while(|(a, b)| a == b).count();
    Some((same, import.from.get(same)?, import.to.get(same)?))
}

fn fault(house: &House, import: &Import, message: String) -> Fault {
    Fault::new(&house.files[&import.from].path, import.line, message)
}

fn upward(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (module, file) in &house.files {
        if module.first().is_some_and(|room| floor(room).is_none()) {
            faults.push(Fault::new(&file.path, 1, "stands on no floor: give its room one in lib.rs and in tests/it/house/floors.rs"));
        }
    }
    for import in house.imports() {
        let Some((0, from, to)) = fork(&import) else { continue };
        let (Some(own), Some(other)) = (floor(from), floor(to)) else { continue };
        let ground = FLOORS[0].1;
        let place = |room: &str| ground.iter().position(|name| *name == room);
        let neighbours = own == 1 && other == 1 && place(to) < place(from);
        if other > own || (other == own && !neighbours) {
            let relation = if other > own { "stands above" } else { "stands beside" };
            faults.push(fault(
                house,
                &import,
                format!("uses `{}`, but {to} (floor {other}) {relation} {from} (floor {own})", import.written),
            ));
        }
    }
    faults
}

const NOT_ABOVE: &str = "is not listed above";

fn sideways(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut wants: BTreeMap<Vec<String>, BTreeSet<(String, String)>> = BTreeMap::new();
    for import in house.imports().iter().filter(|import| !import.test) {
        // A file that names a part of its own, or itself, is at home.
        if import.to.starts_with(&import.from) {
            continue;
        }
        let Some((depth, from, to)) = fork(import) else {
            let place = import.to.join("::");
            let message = if house.files.get(&import.to).is_some_and(super::source::Source::is_contents) {
                format!("cannot tell which file of {place} defines `{}`: name it", import.written)
            } else {
                format!("uses `{}`, but it is a part of {place}, which uses it: a circle", import.written)
            };
            // What lib.rs itself defines is nothing.
            faults.push(fault(house, import, message));
            continue;
        };
        let folder = import.from[..depth].to_vec();
        if depth == 0 {
            continue;
        }
        let order = house.files.get(&folder).map(|file| file.children.as_slice()).unwrap_or_default();
        let place = |name: &str| order.iter().position(|child| child == name);
        wants.entry(folder.clone()).or_default().insert((from.to_owned(), to.to_owned()));
        if place(to) >= place(from) || place(to).is_none() {
            faults.push(fault(house, import, format!("uses `{}`, but {to} {NOT_ABOVE} {from}", import.written)));
        }
    }
    // One line for a folder whose files only stand in the wrong order, as rustfmt leaves them where it sorts.
    for (folder, wants) in wants {
        let Some(contents) = house.files.get(&folder) else { continue };
        let place = |fault: &Fault| fault.path.strip_prefix(&format!("{}/", folder.join("/"))).is_some_and(|rest| !rest.contains('/'));
        match order(&contents.children, &wants) {
            Ok(order) if order != contents.children => {
                faults.retain(|fault| !(place(fault) && fault.message.contains(NOT_ABOVE)));
                let lines = order.iter().map(|name| format!("mod {name};")).collect::<Vec<_>>().join(" ");
                faults.push(Fault::new(
                    &contents.path,
                    1,
                    format!("its mod lines are not in the order of use; this one would do: {lines}"),
                ));
            }
            Ok(_) => {}
            Err(circle) => {
                faults.push(Fault::new(&contents.path, 1, format!("no order will do, there is a circle among {}", circle.join(", "))));
            }
        }
    }
    faults
}

/// An order in which everyone stands below what it uses, close to the one there is; or the names that turn in a circle.
fn order(names: &[String], wants: &BTreeSet<(String, String)>) -> Result<Vec<String>, Vec<String>> {
    let mut left: Vec<String> = names.to_vec();
    let mut done = Vec::new();
    while !left.is_empty() {
        let free = left.iter().position(|name| !wants.iter().any(|(from, to)| from == name && left.contains(to)));
        match free {
            Some(at) => done.push(left.remove(at)),
            None => return Err(left),
        }
    }
    Ok(done)
}

fn store_is_held_above(house: &House) -> Vec<Fault> {
    let imports = house.imports();
    let beneath = imports.iter().filter(|import| {
        let room = import.from.first().map(String::as_str).unwrap_or_default();
        import.to.first().is_some_and(|to| to == "store") && room != "store" && floor(room).is_some_and(|floor| floor < 7)
    });
    beneath.map(|import| fault(house, import, format!("uses `{}`: nobody beneath the pipeline knows the store", import.written))).collect()
}

fn undeclared(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (module, file) in &house.files {
        let Some((name, parent)) = module.split_last() else { continue };
        // Examples without a lib.rs stand for a part of the house.
        let Some(parent) = house.files.get(parent) else { continue };
        if file.path != "main.rs" && !parent.children.contains(name) && !parent.test_children.contains(name) {
            faults.push(Fault::new(&file.path, 1, format!("{} does not declare it", parent.path)));
        }
    }
    faults
}
