//! One door for each library, and what must never be written.

use super::floors::floor_of;
use super::imports::House;
use super::source::{Kind, Source, matching};
use super::{Fault, Find, Rule};

/// A library and the only files that name it, as the beginnings of their paths.
const DOORS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic/show"]),
    ("strsim", &["diagnostic/suggest"]),
    ("walkdir", &["content/folder"]),
    ("serde_saphyr", &["content/yaml"]),
    ("csv", &["content/table"]),
    ("encoding_rs", &["content/encoding"]),
    ("data_encoding", &["content/byte_letters"]),
    ("crc32fast", &["content/byte_letters"]),
    ("calamine", &["content/workbook"]),
    ("zip", &["content/workbook", "output/archive"]),
    ("rust_xlsxwriter", &["content/spreadsheet"]),
    ("pulldown_cmark", &["content/markdown"]),
    ("ammonia", &["content/markdown"]),
    ("quick_xml", &["content/svg"]),
    ("plotters", &["charts/"]),
    ("plotters_backend", &["charts/"]),
    ("nalgebra", &["estimate/decomposition"]),
    ("rusqlite", &["store/"]),
    ("chacha20poly1305", &["store/sealed"]),
    ("hkdf", &["store/sealed"]),
    ("aes_gcm", &["output/sealed"]),
    ("pbkdf2", &["output/sealed"]),
    ("flate2", &["output/sealed"]),
    ("tera", &["pages/render"]),
    ("qrcode", &["pages/qr"]),
    // The theme and the demonstration are embedded, each by the file that hands it out.
    ("include_dir", &["pages/theme", "pipeline/manual", "commands/embedded", "commands/new"]),
    ("tiny_http", &["server/serve"]),
    ("httparse", &["server/gate"]),
    ("form_urlencoded", &["server/"]),
    ("rlimit", &["server/"]),
    ("socket2", &["server/gate"]),
    ("if_addrs", &["server/room_address"]),
    ("ctrlc", &["server/stop"]),
    ("notify", &["server/watch", "server/rebuild"]),
    ("getrandom", &["store/", "pipeline/round", "server/", "commands/pack", "commands/personal"]),
    ("argon2", &["server/password"]),
    ("fs4", &["store/space"]),
    // Codes of one's own are folded before they are compared.
    ("icu_normalizer", &["survey/own_code"]),
    ("lettre", &["mail/"]),
    ("clap", &["cli"]),
];

/// Libraries that are part of the language we write in, allowed on every floor.
const EVERYWHERE: &[&str] = &["anyhow", "jiff", "libm", "rayon", "serde", "serde_json", "sha2"];

/// The highest a file may grow, in lines that hold code.
const LONGEST: usize = 400;

/// A sequence of tokens that must not stand in some files.
struct Ban {
    /// Tokens parted by spaces.
    words: &'static str,
    /// Where it is allowed: floors from here on …
    from_floor: usize,
    /// … and files whose paths begin so.
    rooms: &'static [&'static str],
    why: &'static str,
}

/// Allowed on no floor at all.
const NOWHERE: usize = 99;

const fn ban(words: &'static str, from_floor: usize, rooms: &'static [&'static str], why: &'static str) -> Ban {
    Ban { words, from_floor, rooms, why }
}

const CLOCK: &str = "no clock beneath the server: the same input gives the same bytes";
const ORDER: &str = "its order changes from run to run: use BTreeMap or BTreeSet";
const PRINTS: &str = "only commands print";
const FILES: &str = "only output, store, server and commands write or remove files";
const WORLD: &str = "what is built must not depend on the machine";
const PLATFORM: &str = "its last bits differ from system to system: use libm";
const NET: &str = "only the server has sockets";

const BANS: &[Ban] = &[
    ban("SystemTime", 8, &["output"], CLOCK),
    ban("Instant", 8, &["store/"], CLOCK),
    ban("Zoned :: now", 8, &[], CLOCK),
    ban("Timestamp :: now", 8, &[], CLOCK),
    ban("HashMap", 8, &[], ORDER),
    ban("HashSet", 8, &[], ORDER),
    ban("RandomState", 8, &[], ORDER),
    ban("print !", 9, &[], PRINTS),
    ban("println !", 9, &[], PRINTS),
    ban("eprint !", 9, &[], PRINTS),
    ban("eprintln !", 9, &[], PRINTS),
    ban("stdout (", 9, &[], PRINTS),
    ban("stderr (", 9, &[], PRINTS),
    ban("dbg !", NOWHERE, &[], "left over from a search"),
    ban("todo !", NOWHERE, &[], "unfinished"),
    ban("unimplemented !", NOWHERE, &[], "unfinished"),
    ban("process :: exit", 11, &[], "main alone hands out the exit code"),
    ban("fs :: write", 8, &["output", "store/"], FILES),
    ban("fs :: rename", 8, &["output", "store/"], FILES),
    ban("fs :: copy", 8, &["output", "store/"], FILES),
    ban("remove_file", 8, &["output", "store/"], FILES),
    ban("remove_dir", 8, &["output", "store/"], FILES),
    ban("remove_dir_all", 8, &["output", "store/"], FILES),
    ban("create_dir", 8, &["output", "store/"], FILES),
    ban("create_dir_all", 8, &["output", "store/"], FILES),
    ban("File :: create", 8, &["output", "store/"], FILES),
    ban("File :: create_new", 8, &["output", "store/"], FILES),
    ban("OpenOptions", 8, &["output", "store/"], FILES),
    ban("env :: var", 8, &["store/"], WORLD),
    ban("env :: vars", 8, &["store/"], WORLD),
    ban("env :: current_dir", 8, &[], WORLD),
    ban("env :: temp_dir", 8, &[], WORLD),
    ban("env :: set_var", NOWHERE, &[], "process-wide mutable state"),
    ban("set_current_dir", NOWHERE, &[], "process-wide mutable state"),
    ban("TimeZone :: system", 8, &[], WORLD),
    ban("TcpStream", 8, &[], NET),
    ban("TcpListener", 8, &[], NET),
    ban("UdpSocket", 8, &[], NET),
    ban("static mut", NOWHERE, &[], "process-wide mutable state"),
    ban("thread_local !", NOWHERE, &[], "process-wide mutable state"),
    ban("unsafe", NOWHERE, &[], "forbidden"),
    ban(". exp (", NOWHERE, &[], PLATFORM),
    ban(". exp2 (", NOWHERE, &[], PLATFORM),
    ban(". exp_m1 (", NOWHERE, &[], PLATFORM),
    ban(". ln (", NOWHERE, &[], PLATFORM),
    ban(". ln_1p (", NOWHERE, &[], PLATFORM),
    ban(". log (", NOWHERE, &[], PLATFORM),
    ban(". log2 (", NOWHERE, &[], PLATFORM),
    ban(". log10 (", NOWHERE, &[], PLATFORM),
    ban(". powf (", NOWHERE, &[], PLATFORM),
    ban(". powi (", NOWHERE, &[], PLATFORM),
    ban(". sin (", NOWHERE, &[], PLATFORM),
    ban(". cos (", NOWHERE, &[], PLATFORM),
    ban(". tan (", NOWHERE, &[], PLATFORM),
    ban(". asin (", NOWHERE, &[], PLATFORM),
    ban(". acos (", NOWHERE, &[], PLATFORM),
    ban(". atan (", NOWHERE, &[], PLATFORM),
    ban(". atan2 (", NOWHERE, &[], PLATFORM),
    ban(". sinh (", NOWHERE, &[], PLATFORM),
    ban(". cosh (", NOWHERE, &[], PLATFORM),
    ban(". tanh (", NOWHERE, &[], PLATFORM),
    ban(". asinh (", NOWHERE, &[], PLATFORM),
    ban(". acosh (", NOWHERE, &[], PLATFORM),
    ban(". atanh (", NOWHERE, &[], PLATFORM),
    ban(". cbrt (", NOWHERE, &[], PLATFORM),
    ban(". hypot (", NOWHERE, &[], PLATFORM),
];

/// What makes a `static` changeable.
const CHANGEABLE: &[&str] = &["Mutex", "RwLock", "Cell", "RefCell", "OnceCell", "OnceLock", "UnsafeCell"];

/// Names that say nothing: faces make knots.
const FACELESS: &[&str] = &["util", "utils", "common", "helper", "helpers", "manager", "misc"];

/// Whether a dependency of ours has a row.
pub(crate) fn library_is_known(name: &str) -> bool {
    EVERYWHERE.contains(&name) || DOORS.iter().any(|(library, _)| *library == name)
}

/// A made-up faulty file for every row of the tables, so that no row can be blind.
pub(crate) fn rows() -> Vec<(Find, String)> {
    let doors_rows = DOORS.iter().map(|(library, _)| (doors as Find, format!("use {library}::x;")));
    let ban_rows = BANS.iter().map(|ban| (bans as Find, format!("fn f() {{ {} }}", ban.words)));
    let static_rows = CHANGEABLE.iter().map(|word| (statics as Find, format!("static X: {word}<u8> = y;")));
    doors_rows.chain(ban_rows).chain(static_rows).collect()
}

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule {
            name: "one door for each library",
            find: doors,
            bad: &[
                &[("pages/home.rs", "use tera::Context;")],
                &[("server/routes.rs", "fn f(r: tiny_http::Request) {}")],
                &[("catalog/load.rs", "fn f() { let y = serde_saphyr::from_str(\"\"); }")],
                &[("charts/a.rs", "#[cfg(test)] mod tests { fn f() { ::rusqlite::x() } }")],
                &[("commands/check.rs", "extern crate clap;")],
            ],
            good: &[
                &[("content/yaml.rs", "use serde_saphyr as yaml;"), ("content/yaml/node.rs", "use serde_saphyr::x;")],
                &[("pages/home.rs", "// tera::Context\nfn f() { self::tera::x(); \"tera::y\" }")],
                &[("exchange/csv.rs", "use crate::exchange::csv::Row;")],
            ],
        },
        Rule {
            name: "what each floor must not name",
            find: bans,
            bad: &[
                &[("pages/a.rs", "use std::time::SystemTime;")],
                &[("statistics/a.rs", "fn f() { std::time::Instant::now(); }")],
                &[("catalog/a.rs", "use std::collections::{BTreeMap, HashMap};")],
                &[("server/a.rs", "fn f() { eprintln!(\"x\"); }")],
                &[("content/a.rs", "fn f() { jiff::Zoned::now(); }")],
                &[("pages/pack.rs", "fn f() { std::fs::remove_dir_all(\"x\"); }")],
                &[("survey/a.rs", "fn f() { todo!() }")],
                &[("commands/a.rs", "fn f() { std::process::exit(1) }")],
                &[("store/a.rs", "thread_local! { static X: u8 = 1; }")],
                &[("language/a.rs", "fn f() { std::env::var(\"LANG\"); }")],
                &[("server/a.rs", "static mut COUNT: u32 = 0;")],
                &[("estimate/a.rs", "fn f(x: f64) -> f64 { x.ln().sqrt() }")],
            ],
            good: &[
                &[("store/a.rs", "use std::time::Instant;"), ("commands/a.rs", "fn f() { println!(\"x\") }")],
                &[("pages/a.rs", "// HashMap\nconst A: &str = \"println!\";")],
                &[("pages/a.rs", "#[cfg(test)]\nmod tests { use std::collections::HashSet; fn f() { println!(\"x\"); } }")],
                &[("survey/a.rs", "/// print! todo!\nfn fingerprint() {}")],
                &[("estimate/a.rs", "fn f(x: f64) -> f64 { libm::log(x).sqrt().abs().floor() }")],
            ],
        },
        Rule {
            name: "no process-wide mutable state",
            find: statics,
            bad: &[
                &[("server/a.rs", "static STOP: AtomicBool = AtomicBool::new(false);")],
                &[("store/a.rs", "pub(crate) static X: std::sync::Mutex<Vec<u8>> = Mutex::new(Vec::new());")],
                &[("store/a.rs", "static X: OnceLock<u8> = OnceLock::new();")],
            ],
            good: &[
                &[("pages/a.rs", "static X: LazyLock<BTreeMap<u8, u8>> = LazyLock::new(f); fn g(x: &'static Mutex<u8>) {}")],
                &[("pages/a.rs", "static X: [u8; 3] = [1, 2, 3]; struct S { m: Mutex<u8> }")],
            ],
        },
        Rule {
            name: "a library returns, it does not panic",
            find: panics,
            bad: &[
                &[("content/a.rs", "fn f() { x.unwrap(); }")],
                &[("content/a.rs", "fn f() { x\n    .expect(\"a number\"); }")],
                &[("server/a.rs", "fn f() { panic!(\"no\"); }")],
                &[("survey/a.rs", "fn f() { unreachable!(); }")],
                &[("survey/a.rs", "// cannot fail:\nfn f() { x.unwrap(); }")],
                &[("survey/a.rs", "// cannot fail: checked above\n\n\nfn f() { x.unwrap(); }")],
            ],
            good: &[
                &[("content/a.rs", "fn f() { x.unwrap_or(1); self.expect(Token::Comma)?; }")],
                &[("content/a.rs", "fn f() {\n    // cannot fail: the pattern is a constant\n    x.unwrap();\n}")],
                &[("content/a.rs", "fn f() { x.expect(\"digits\") } // cannot fail: only digits get here")],
                &[("content/a.rs", "#[cfg(test)]\nmod tests { fn f() { x.unwrap(); panic!() } }")],
                &[("content/a.rs", "#[cfg(test)]\nmod cases;"), ("content/a/cases.rs", "fn f() { x.unwrap(); }")],
            ],
        },
        Rule {
            name: "a mod.rs holds no code",
            find: contents_only,
            bad: &[
                &[("content/mod.rs", "mod a;\nfn f() {}")],
                &[("content/mod.rs", "mod a { }")],
                &[("lib.rs", "pub const X: u8 = 1;")],
                &[("content/mod.rs", "mod a;\n#[derive(Debug)]\npub struct X;")],
            ],
            good: &[&[(
                "content/mod.rs",
                "//! Doc.\n#![allow(x)]\nmod a;\n#[cfg(test)]\npub(crate) mod b;\npub use a::{X, Y as Z};\npub use b::*;",
            )]],
        },
        Rule {
            name: "names say what a thing is",
            find: faceless,
            bad: &[
                &[("content/utils.rs", "")],
                &[("common/mod.rs", "")],
                &[("server/helpers/a.rs", "")],
                &[("content/a.rs", "mod util { }")],
            ],
            good: &[&[("content/folder.rs", "")]],
        },
        Rule {
            name: "no file above 400 lines of code",
            find: long,
            bad: &[&[("content/a.rs", LONG)]],
            good: &[&[("content/a.rs", LONG_TEST)]],
        },
        Rule {
            name: "a call for one system is fenced off from the others",
            find: one_sided,
            bad: &[
                &[("server/a.rs", "use std::os::unix::net::UnixListener;")],
                &[("server/a.rs", "#[cfg(windows)]\nuse std::os::unix::net::UnixListener;")],
                &[("server/mod.rs", "#[cfg(unix)]\nmod b;\nmod a;"), ("server/a.rs", "fn f() { std::os::unix::x() }"), ("server/b.rs", "")],
            ],
            good: &[
                &[("server/a.rs", "#[cfg(unix)] use std::os::unix::x;\n#[cfg(not(unix))] fn y() {}")],
                &[("server/mod.rs", "#[cfg(unix)]\nmod a;"), ("server/a.rs", "fn f() { std::os::unix::x() }")],
            ],
        },
        Rule {
            name: "a statistic takes an admitted group",
            find: admitted,
            bad: &[
                &[("statistics/summary.rs", "pub fn mean(values: &[f64]) -> Figure { x }")],
                &[("statistics/scale.rs", "pub(crate) fn alpha(columns: &Columns, g: Group) -> Vec<Figure> {}")],
            ],
            good: &[
                &[("statistics/summary.rs", "pub fn mean(group: &Admitted<'_>) -> Figure { x }\nfn wilson(x: u64) -> Figure { y }")],
                &[("statistics/summary.rs", "pub fn quantile(values: &[f64]) -> f64 { x }")],
            ],
        },
    ]
}

fn doors(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.files.values() {
        for (at, token) in file.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Word) {
            let Some((library, rooms)) = DOORS.iter().find(|(library, _)| token.text == *library) else { continue };
            let inside_a_path = at > 0 && file.is(at - 1, "::") && at > 1 && file.tokens[at - 2].kind == Kind::Word;
            let named = file.is(at + 1, "::") || (at > 0 && (file.is(at - 1, "use") || file.is(at - 1, "crate")));
            let own_child = file.children.contains(&token.text);
            if named && !inside_a_path && !own_child && !rooms.iter().any(|room| file.path.starts_with(room)) {
                faults.push(Fault::new(&file.path, token.line, format!("names {library}, whose door is {}", rooms.join(" or "))));
            }
        }
    }
    faults
}

fn bans(house: &House) -> Vec<Fault> {
    each_token(house, |file, at, faults| {
        for ban in BANS.iter().filter(|ban| file.reads(at, ban.words)) {
            let allowed = floor_of(&file.path) >= ban.from_floor || ban.rooms.iter().any(|room| file.path.starts_with(room));
            if !allowed {
                faults.push(Fault::new(&file.path, file.tokens[at].line, format!("`{}`: {}", ban.words.replace(' ', ""), ban.why)));
            }
        }
    })
}

fn statics(house: &House) -> Vec<Fault> {
    each_token(house, |file, at, faults| {
        if !file.is(at, "static") || !file.is(at + 2, ":") {
            return;
        }
        let kind = file.tokens[at..].iter().take_while(|token| token.text != "=" && token.text != ";");
        if let Some(word) = kind.into_iter().find(|token| CHANGEABLE.contains(&token.text.as_str()) || token.text.starts_with("Atomic")) {
            faults.push(Fault::new(&file.path, word.line, format!("a static {}: two sites may live in one process", word.text)));
        }
    })
}

fn panics(house: &House) -> Vec<Fault> {
    each_token(house, |file, at, faults| {
        let call = |name: &str| file.is(at, ".") && file.is(at + 1, name) && file.is(at + 2, "(");
        // An `expect` of our own, a parser's say, takes no message first.
        let message = file.tokens.get(at + 3).is_some_and(|token| token.kind == Kind::Text) || file.is(at + 3, "&");
        let method = call("unwrap") || call("unwrap_err") || ((call("expect") || call("expect_err")) && message);
        let shout = ["panic", "unreachable", "assert_unchecked"].iter().any(|name| file.is(at, name)) && file.is(at + 1, "!");
        let line = file.tokens[(at + usize::from(method)).min(file.tokens.len() - 1)].line;
        let reason = (line.saturating_sub(1)..=line).filter_map(|line| file.comments.get(&line));
        let reasoned = reason.into_iter().any(|comment| comment.split_once("cannot fail:").is_some_and(|(_, why)| why.trim().len() > 5));
        if (method || shout) && !reasoned {
            faults.push(Fault::new(
                &file.path,
                line,
                "may panic: return an error, or say `// cannot fail: …` on this line or the one before",
            ));
        }
    })
}

fn contents_only(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.files.values().filter(|file| file.is_contents()) {
        let mut at = 0;
        while at < file.tokens.len() {
            if file.is(at, "#") {
                at = matching(&file.tokens, if file.is(at + 1, "!") { at + 2 } else { at + 1 }) + 1;
                continue;
            }
            let line = file.tokens[at].line;
            if file.is(at, "pub") {
                at = if file.is(at + 1, "(") { matching(&file.tokens, at + 1) + 1 } else { at + 1 };
            }
            let plain = file.is(at, "use") || (file.is(at, "mod") && file.is(at + 2, ";"));
            if !plain {
                faults.push(Fault::new(&file.path, line, "only doc comments, attributes, mod and use lines stand here"));
                break;
            }
            while at < file.tokens.len() && !file.is(at, ";") {
                at += 1;
            }
            at += 1;
        }
    }
    faults
}

fn faceless(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.files.values() {
        let parts = file.path.trim_end_matches(".rs").split('/');
        let inline = (0..file.tokens.len()).filter(|at| file.is(*at, "mod")).map(|at| file.tokens.get(at + 1).map_or("", |t| &t.text));
        if let Some(name) = parts.chain(inline).find(|part| FACELESS.contains(part)) {
            faults.push(Fault::new(&file.path, 1, format!("«{name}» says nothing: name what it holds")));
        }
    }
    faults
}

fn long(house: &House) -> Vec<Fault> {
    let files = house.files.values().filter(|file| !house.is_test_file(&file.module()));
    let long = files.filter(|file| file.lines_of_code() > LONGEST);
    long.map(|file| Fault::new(&file.path, 1, format!("{} lines of code: split it by what it says", file.lines_of_code()))).collect()
}

fn one_sided(house: &House) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (module, file) in &house.files {
        let any = |pattern: &str| (0..file.tokens.len()).find(|at| file.reads(*at, pattern));
        for system in ["unix", "windows"] {
            let declared = module.split_last().and_then(|(name, parent)| Some((name, house.files.get(parent)?)));
            let fence = |name: &str| format!("# [ cfg ( {system} ) ] {name}");
            let fenced = any(&format!("cfg ( {system} )")).is_some()
                || declared.is_some_and(|(name, parent)| {
                    let line = |start: &str| fence(&format!("{start}mod {name}"));
                    (0..parent.tokens.len()).any(|at| parent.reads(at, &line("")) || parent.reads(at, &line("pub ")))
                });
            if let Some(at) = any(&format!("os :: {system}")).filter(|_| !fenced) {
                faults.push(Fault::new(&file.path, file.tokens[at].line, format!("std::os::{system} without `#[cfg({system})]`")));
            }
        }
    }
    faults
}

/// The files whose public functions make figures out of answers.
const STATISTICS: &[&str] = &["statistics/summary", "statistics/scale", "statistics/comparison", "statistics/association"];

fn admitted(house: &House) -> Vec<Fault> {
    each_token(house, |file, at, faults| {
        let is_statistic = STATISTICS.iter().any(|room| file.path.starts_with(room));
        if !is_statistic || !file.is(at, "fn") || !file.is(at + 2, "(") {
            return;
        }
        let public = at > 0 && (file.is(at - 1, "pub") || file.is(at - 1, ")"));
        let close = matching(&file.tokens, at + 2);
        let result = file.tokens[close..].iter().take_while(|token| token.text != "{" && token.text != ";");
        let gives = result.into_iter().any(|token| ["Figure", "Exhibit", "Interval"].contains(&token.text.as_str()));
        let takes = file.tokens[at..close].iter().any(|token| token.text == "Admitted" || token.text == "self");
        if public && gives && !takes {
            let name = &file.tokens[at + 1].text;
            faults.push(Fault::new(&file.path, file.tokens[at].line, format!("`{name}` makes a figure of a group that nobody admitted")));
        }
    })
}

/// Looks at every token that is no test.
fn each_token(house: &House, look: fn(&Source, usize, &mut Vec<Fault>)) -> Vec<Fault> {
    let mut faults = Vec::new();
    for file in house.files.values().filter(|file| !house.is_test_file(&file.module())) {
        for at in (0..file.tokens.len()).filter(|at| !file.tokens[*at].test) {
            look(file, at, &mut faults);
        }
    }
    faults
}

macro_rules! ten_times {
    ($($text:tt)*) => {
        concat!($($text)*, $($text)*, $($text)*, $($text)*, $($text)*, $($text)*, $($text)*, $($text)*, $($text)*, $($text)*)
    };
}

/// 1000 lines of code.
const LONG: &str = ten_times!(ten_times!(ten_times!("const A: u8 = 1;\n")));
/// The same as a test, and as comments, neither of which counts.
const LONG_TEST: &str = concat!(
    "#[cfg(test)]\nmod tests {\n",
    ten_times!(ten_times!(ten_times!("const A: u8 = 1;\n"))),
    "}\n",
    ten_times!(ten_times!(ten_times!("// A comment.\n\n")))
);
