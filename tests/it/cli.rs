//! The command line as people see it: every file of `tests/cli/` is a transcript that is typed again.
//!
//! `project: base` or `project: CASE` on the first line says which project of `tests/cases/` the commands are typed in; without it they
//! are typed in an empty folder. Lines after a command are its standard output; those that begin with `! ` its standard error; `? 1`
//! is its exit code, where it is not 0. `serve` is stopped as soon as it says how; its port is written as PORT. `SHIRUBE_BLESS=1 cargo
//! test cli` writes what is said now; read it before you commit it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

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

/// What a server says until it tells how it is stopped; then it is. Whether it had to be.
fn started(command: &mut Command) -> (Output, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| File::create(folder.path().join(name)).expect("a file");
    let mut server = command.stdout(file("out")).stderr(file("err")).spawn().expect("the program runs");
    let said = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    let end = Instant::now() + Duration::from_secs(60);
    let mut runs = true;
    while runs && !said("err").contains("Ctrl-C") && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
        runs = server.try_wait().expect("a child").is_none();
    }
    let _ = server.kill();
    let status = server.wait().expect("a child");
    let out = said("out");
    let port = out.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("none").to_owned();
    (Output { status, stdout: out.replace(&format!(":{port}/"), ":PORT/").into_bytes(), stderr: said("err").into_bytes() }, runs)
}

/// How many files a build wrote is not of interest, only whether it wrote any: every new file of the theme would change it.
fn counted(line: &str) -> String {
    if !line.starts_with("./output/") {
        return line.to_owned();
    }
    let number = |word: &str| word.trim_end_matches(['、', ',']).parse::<u32>().is_ok_and(|number| number > 0);
    let some =
        |word: &str| if number(word) { word.replace(|char: char| char.is_ascii_digit(), "").replacen("", "N", 1) } else { word.to_owned() };
    line.split(' ').map(|word| word.split_inclusive('、').map(some).collect::<String>()).collect::<Vec<_>>().join(" ")
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
    let serves = rest.clone().next().is_some_and(|word| word == "serve");
    command.args(rest).current_dir(root);
    let (output, stopped) = if serves { started(&mut command) } else { (command.output().expect("the program runs"), false) };
    let text = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes)
            .replace("\r\n", "\n")
            .replace("shirube.exe", "shirube")
            .replace(".\\content", "./content")
            .replace("out\\", "out/")
            .replace(".\\output\\", "./output/")
    };
    let mut said = text(&output.stdout);
    for line in text(&output.stderr).lines().map(counted) {
        said += if line.is_empty() { "!\n".to_owned() } else { format!("! {line}\n") }.as_str();
    }
    match output.status.code() {
        Some(0) => {}
        _ if stopped => {}
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
