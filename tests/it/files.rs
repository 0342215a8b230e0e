//! Every text file of the repository: plain, portable, free of traces of the machine it was written on, and within the
//! rules of themes and content. Each rule proves itself on a made-up faulty file.

use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const SKIPPED: &[&str] = &[".git", "target", "node_modules", "private", "output", "__pycache__", ".venv"];
/// Files that a tool writes.
const GENERATED: &[&str] = &["Cargo.lock", "tests/browser/package-lock.json"];
/// Endings of files that are not text.
const BINARY: &[&str] = &["png", "jpg", "webp", "woff2", "ico", "pdf", "xlsx", "xls", "sqlite", "zip", "gz"];
/// Names that say nothing.
const FACELESS: &[&str] = &["util", "utils", "common", "helper", "helpers", "manager", "misc"];
/// Machine paths and package hosts; written in halves, so that this file does not find itself.
const TRACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("registry.", "npmjs"),
    concat!("static.", "crates.io"),
    concat!("files.python", "hosted"),
];

/// The most a file may weigh; measurements and pictures do not belong to the source.
const LARGEST: usize = 1_000_000;

/// One rule: which files it is about, what is wrong with a text, and a path and text that must be found out.
struct Rule {
    name: &'static str,
    about: fn(&str) -> bool,
    wrong: fn(&str, &[u8]) -> Option<String>,
    bad: &'static [(&'static str, &'static [u8])],
    good: &'static [(&'static str, &'static [u8])],
}

const RULES: &[Rule] = &[
    Rule {
        name: "text is UTF-8 with line feeds and ends with one",
        about: |path| !is_expected_output(path) && !is_other_encoding(path),
        wrong: |_, bytes| {
            let Ok(text) = std::str::from_utf8(bytes) else { return Some("not UTF-8".to_owned()) };
            let fault = [("\r", "carriage returns"), ("\u{feff}", "a byte order mark")].iter().find(|(sign, _)| text.contains(sign));
            match fault {
                Some((_, fault)) => Some(format!("holds {fault}")),
                None => (!text.is_empty() && !text.ends_with('\n')).then(|| "does not end with a line feed".to_owned()),
            }
        },
        bad: &[("a.md", b"x\r\n"), ("a.md", b"x"), ("a.md", b"\xff\n"), ("a.md", b"\xef\xbb\xbfx\n")],
        good: &[("a.md", "あ\n".as_bytes()), ("a.md", b"")],
    },
    Rule {
        name: "no trace of the machine it was written on",
        about: |path| !GENERATED.contains(&path),
        wrong: |_, bytes| {
            let text = String::from_utf8_lossy(bytes);
            TRACES.iter().find_map(|trace| {
                // A trace within a page's address is none.
                let at = text.match_indices(trace).map(|(at, _)| at).find(|at| {
                    let before = text[..*at].chars().next_back();
                    !trace.starts_with('/')
                        || !before.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '}' | '/' | '*' | '-' | '_'))
                })?;
                Some(format!("line {}: {trace}", line_of(&text, at)))
            })
        },
        bad: &[
            ("a.rs", concat!("// see /wo", "rk/x\n").as_bytes()),
            ("a.json", concat!("\"https://registry.", "npmjs.org/x\"\n").as_bytes()),
        ],
        good: &[("a.md", b"[x](pages/home/index.html)\n")],
    },
    Rule {
        name: "nothing large, nothing left over",
        about: |_| true,
        wrong: |path, bytes| {
            let left = path
                .split('/')
                .any(|part| part.starts_with(".tmp") || part.ends_with('~') || part.ends_with(".orig") || part.ends_with(".rej"));
            match (left, bytes.len() > LARGEST) {
                (true, _) => Some("was left over".to_owned()),
                (_, true) => Some(format!("{} bytes, {LARGEST} at most", bytes.len())),
                _ => None,
            }
        },
        bad: &[(".tmpA1/raw", b"x\n"), ("src/a.rs.orig", b""), ("a.csv", &[b'x'; LARGEST + 1])],
        good: &[("a.csv", b"x\n")],
    },
    Rule {
        name: "the lock file of the browser tests names no host",
        about: |path| path.ends_with("package-lock.json"),
        wrong: |_, bytes| String::from_utf8_lossy(bytes).contains("\"resolved\"").then(|| "records where packages came from".to_owned()),
        bad: &[("tests/browser/package-lock.json", b"{\"resolved\": \"x\"}\n")],
        good: &[("tests/browser/package-lock.json", b"{\"version\": \"1.0.0\"}\n")],
    },
    Rule {
        name: "names say what a thing is",
        about: |_| true,
        wrong: |path, _| {
            let mut parts = path.split('/').map(|part| part.split('.').next().unwrap_or(part));
            parts.find(|part| FACELESS.contains(part)).map(|part| format!("«{part}» says nothing"))
        },
        bad: &[("themes/default/templates/common.html", b"")],
        good: &[("themes/default/templates/home.html", b"")],
    },
    Rule {
        name: "templates trust nothing and carry no script or style in line",
        about: is_template,
        wrong: |_, bytes| {
            let text = String::from_utf8_lossy(bytes);
            let squeezed: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("| ", "|");
            let words = [
                ("|safe", "markup comes only as Html or Svg"),
                ("autoescape false", "everything is escaped"),
                (" style=\"", "the policy forbids it"),
            ];
            if let Some((word, why)) = words.iter().find(|(word, _)| squeezed.contains(word)) {
                return Some(format!("{}: {why}", word.trim()));
            }
            if squeezed.contains("<style")
                || squeezed.split("<script").skip(1).any(|rest| !rest.split('>').next().is_some_and(|tag| tag.contains("src=")))
            {
                return Some("script or style in line: the policy forbids it".to_owned());
            }
            let handler = squeezed.split(" on").skip(1).find(|rest| {
                let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
                name.len() > 3 && rest[name.len()..].starts_with("=\"")
            });
            handler.map(|_| "an event handler in line: the policy forbids it".to_owned())
        },
        bad: &[
            ("themes/default/templates/a.html", b"{{ body | safe }}\n"),
            ("themes/default/templates/a.html", b"{{ body|safe }}\n"),
            ("themes/default/templates/a.html", b"<p style=\"color: red\">\n"),
            ("themes/default/templates/a.html", b"<script>alert(1)</script>\n"),
            ("themes/default/templates/a.html", b"<style>a{}</style>\n"),
            ("themes/default/templates/a.html", b"<a onclick=\"x()\">\n"),
        ],
        good: &[(
            "themes/default/templates/a.html",
            b"<script src=\"{{ up }}site.js\" defer></script><p class=\"on\">safe | {{ a | upper }}</p>\n",
        )],
    },
    Rule {
        name: "a theme fetches nothing from elsewhere",
        about: |path| path.starts_with("themes/"),
        wrong: |_, bytes| {
            let text = String::from_utf8_lossy(bytes);
            ["http://", "https://"].iter().find_map(|start| {
                let at = text
                    .match_indices(start)
                    .map(|(at, _)| at)
                    .find(|at| !text[*at..].contains("w3.org/") || !text[*at..*at + 24.min(text.len() - at)].contains("w3.org"))?;
                Some(format!("line {}: an address elsewhere", line_of(&text, at)))
            })
        },
        bad: &[("themes/default/assets/a.css", b"@import url(https://example.org/a.css);\n")],
        good: &[("themes/default/assets/mark.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>\n")],
    },
    Rule {
        name: "Japanese raises its voice nowhere",
        about: |path| path.starts_with("content/") || path.starts_with("themes/"),
        wrong: |_, bytes| {
            let text = String::from_utf8_lossy(bytes);
            text.find('！').map(|at| format!("line {}: 「！」", line_of(&text, at)))
        },
        bad: &[("content/pages/a.md", "できました！\n".as_bytes())],
        good: &[("content/pages/a.md", "できました。\n".as_bytes())],
    },
    Rule {
        name: "links between the repository's own pages lead somewhere",
        about: |path| path.ends_with(".md") && !path.contains('/'),
        wrong: |_, bytes| {
            let text = String::from_utf8_lossy(bytes);
            let targets = text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
                .map(|target| target.split('#').next().unwrap_or_default());
            let own = targets.filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:"));
            let mut gone = own.filter(|target| !repository().join(target).exists());
            gone.next().map(|target| format!("{target} is not there"))
        },
        bad: &[("README.md", b"[x](nowhere.md)\n")],
        good: &[("README.md", b"[x](Cargo.toml) [y](https://example.org/) [z](#part)\n")],
    },
];

/// Expected output may hold whatever the program says.
fn is_expected_output(path: &str) -> bool {
    path.starts_with("tests/cases/")
        || path.starts_with("tests/expected/")
        || path.starts_with("tests/cli/")
        || path.starts_with("tests/sites/")
}

/// Tables in other encodings are there to be read as such.
fn is_other_encoding(path: &str) -> bool {
    path.starts_with("tests/") && (path.ends_with(".csv") || path.ends_with(".bin"))
}

fn is_template(path: &str) -> bool {
    path.starts_with("themes/") && (path.ends_with(".html") || path.ends_with(".svg")) && path.contains("/templates/")
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file, by its path with `/`.
fn texts() -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                // A git-ignored environment of the reference program, wherever it stands, has this file.
                if !SKIPPED.contains(&name.as_str()) && !path.join("pyvenv.cfg").exists() {
                    walk(&path, found);
                }
                continue;
            }
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
            // A worktree's `.git` is a file.
            if name != ".git" && !BINARY.contains(&ending.as_str()) {
                let own = path.strip_prefix(repository()).expect("beneath the repository").to_string_lossy().replace('\\', "/");
                // What another test just took away is not there to be judged.
                if let Ok(bytes) = std::fs::read(&path) {
                    found.push((own, bytes));
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&repository(), &mut found);
    found.sort();
    found
}

#[test]
fn every_file_keeps_the_rules() {
    let texts = texts();
    assert!(texts.len() > 20, "only {} files found", texts.len());
    let mut report = String::new();
    for rule in RULES {
        for (path, bytes) in texts.iter().filter(|(path, _)| (rule.about)(path)) {
            if let Some(fault) = (rule.wrong)(path, bytes) {
                report += &format!("\n{path}: {fault} ({})", rule.name);
            }
        }
    }
    assert!(report.is_empty(), "{report}\n");
}

#[test]
fn every_rule_finds_its_bad_examples_and_leaves_the_good_ones_alone() {
    for rule in RULES {
        assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "«{}» lacks examples", rule.name);
        let judged = |(path, bytes): &(&str, &[u8])| (rule.about)(path).then(|| (rule.wrong)(path, bytes)).flatten();
        for example in rule.bad {
            assert!(judged(example).is_some(), "«{}» is blind to {}: {}", rule.name, example.0, String::from_utf8_lossy(example.1));
        }
        for example in rule.good {
            assert_eq!(judged(example), None, "«{}» complains of {}", rule.name, example.0);
        }
    }
}

#[test]
fn what_a_stranger_looks_for_is_there() {
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        let text = std::fs::read_to_string(repository().join(name)).unwrap_or_default();
        assert!(text.len() > 500, "{name} is missing or says next to nothing");
    }
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap_or_default();
    for command in ["cargo run --release -- serve", "tests/run"] {
        assert!(readme.contains(command), "README.md does not name {command}");
    }
    let security = std::fs::read_to_string(repository().join("SECURITY.md")).unwrap_or_default();
    for advisory in ["CVE-2026-66752", "CVE-2026-66753"] {
        assert!(security.contains(advisory), "SECURITY.md does not name {advisory}");
    }
    let changes = std::fs::read_to_string(repository().join("CHANGELOG.md")).unwrap_or_default();
    assert!(changes.contains("## [Unreleased]"), "CHANGELOG.md has no place for what is not released");
}

#[test]
fn every_test_file_is_run() {
    let sources: Vec<(PathBuf, String)> = std::fs::read_dir(repository().join("tests/it"))
        .expect("tests/it")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| (path.clone(), std::fs::read_to_string(&path).expect("a readable source")))
        .collect();
    for (path, _) in sources.iter().filter(|(path, _)| !path.ends_with("main.rs")) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let lines = [format!("mod {name};"), format!("pub(crate) mod {name};"), format!("#[path = \"{name}.rs\"]")];
        let run = sources.iter().any(|(_, text)| text.lines().any(|line| lines.iter().any(|wanted| line.trim() == wanted)));
        assert!(run, "tests/it/main.rs does not run {name}.rs");
    }
}

#[cfg(unix)]
#[test]
fn scripts_can_be_started() {
    use std::os::unix::fs::PermissionsExt as _;
    for name in ["tests/run", "tests/install", ".ci/run"] {
        let mode = std::fs::metadata(repository().join(name)).unwrap_or_else(|error| panic!("{name}: {error}")).permissions().mode();
        assert!(mode & 0o111 != 0, "{name} is not executable");
    }
}
