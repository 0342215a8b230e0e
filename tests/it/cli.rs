//! The command line as people see it: every file of `tests/cli/` is a transcript that is typed again.
//!
//! `project: base` or `project: CASE` on the first line says which project of `tests/cases/` the commands are typed in; without it they
//! are typed in an empty folder. Lines after a command are its standard output; those that begin with `! ` its standard error; `? 1`
//! is its exit code, where it is not 0. `SHIRUBE_BLESS=1 cargo test cli` writes what is said now; read it before you commit it.

use std::path::{Path, PathBuf};
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// Words as a shell parts them: by spaces, single quotation marks hold together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for char in line.chars() {
        match char {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("a word").push(other),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// What a command says, as a transcript writes it.
fn typed(line: &str, root: &Path) -> String {
    let all = words(line);
    let (settings, rest): (Vec<&String>, Vec<&String>) = all.iter().partition(|word| word.contains('=') && !word.starts_with('-'));
    let mut rest = rest.into_iter();
    match rest.next().map(String::as_str) {
        Some("ls") => {
            let mut names: Vec<String> = std::fs::read_dir(root.join(rest.next().map_or(".", String::as_str)))
                .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
                .unwrap_or_default();
            names.sort();
            return names.iter().map(|name| format!("{name}\n")).collect();
        }
        Some("shirube") => {}
        other => panic!("«{other:?}» is not known to transcripts"),
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(variable);
    }
    for (name, value) in settings.iter().filter_map(|setting| setting.split_once('=')) {
        command.env(name, value);
    }
    let output = command.args(rest).current_dir(root).output().expect("the program runs");
    let text = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .replace("\r\n", "\n")
            .replace("shirube.exe", "shirube")
            .replace(".\\content", "./content")
            .replace("out\\", "out/")
    };
    let mut said = text(&output.stdout);
    for line in text(&output.stderr).lines() {
        said += if line.is_empty() { "!\n".to_owned() } else { format!("! {line}\n") }.as_str();
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => said += &format!("? {code}\n"),
        None => said += "? killed\n",
    }
    said
}

#[test]
fn transcripts_come_out_as_they_are_written() {
    let bless = std::env::var_os("SHIRUBE_BLESS").is_some() && std::env::var_os("CI").is_none();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder("cli")).expect("tests/cli").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() >= 8, "only {} transcripts", files.len());
    let mut report = String::new();
    for file in files {
        let expected = std::fs::read_to_string(&file).expect("a transcript").replace("\r\n", "\n");
        let root = tempfile::tempdir().expect("a folder");
        let mut said = String::new();
        let mut lines = expected.lines().peekable();
        if let Some(case) = lines.peek().and_then(|line| line.strip_prefix("project: ")) {
            super::cases::lay_out(case, root.path());
            said += &format!("project: {case}\n");
        }
        for line in lines.filter_map(|line| line.strip_prefix("$ ")) {
            said += &format!("$ {line}\n{}", typed(line, root.path()));
        }
        if said != expected {
            if bless {
                std::fs::write(&file, said).expect("a file");
            } else {
                report += &format!("\n== {}\n-- expected\n{expected}\n-- said\n{said}", file.display());
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}
