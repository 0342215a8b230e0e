//! Runs the command line and hands its exit code to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    ExitCode::from(shirube::cli::run(&arguments, &locale.unwrap_or_default()).code())
}
