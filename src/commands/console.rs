//! Where commands print, in the language of the person who runs them.

use crate::diagnostic::{Diagnostics, Sources, to_json, to_text};
use crate::language::{Language, Words};
use crate::store::Trouble;
use std::io::Write;

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done: 0.
    Done,
    /// The content has errors: 1.
    Content,
    /// The arguments are wrong: 2.
    Arguments,
    /// The world failed (disk, database, port): 3.
    World,
}

impl Exit {
    /// The code that the system sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Content => 1,
            Exit::Arguments => 2,
            Exit::World => 3,
        }
    }
}

/// What a command prints: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Sentences.
    Text,
    /// JSON.
    Json,
}

/// Where commands print.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    /// The language of the person.
    pub language: Language,
    /// For people or for programs.
    pub format: Format,
    /// Only results and faults.
    pub quiet: bool,
}

impl Console {
    /// A result, on standard output. A closed pipe ends the printing, not the program.
    pub fn result(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
    }

    /// What is going on, on standard error; nothing when quiet.
    pub fn note(&self, words: &Words) {
        if !self.quiet {
            self.fault(words.in_language(self.language));
        }
    }

    /// What went wrong, on standard error.
    pub fn fault(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end_matches('\n'));
    }

    /// What failed in the world and why, on standard error.
    pub fn failed(&self, error: &anyhow::Error) {
        let label = Words::new("エラー", "error");
        self.fault(&format!("{}: {}", label.in_language(self.language), self.told(error)));
    }

    /// What failed in the world and why, outermost first, in the person's language where we have words for it.
    #[must_use]
    pub fn told(&self, error: &anyhow::Error) -> String {
        // Words that were put before a cause are found through the error only, the outermost of them
        let before = error.downcast_ref::<Words>().map(|words| (words.to_string(), words));
        let said = error.chain().map(|cause| {
            let own = before.as_ref().filter(|(text, _)| *text == cause.to_string()).map(|(_, words)| *words);
            let words = own.or_else(|| cause.downcast_ref::<Words>()).or_else(|| cause.downcast_ref::<Trouble>().map(Trouble::words));
            words.map_or_else(|| cause.to_string(), |words| words.in_language(self.language).to_owned())
        });
        said.collect::<Vec<_>>().join(": ")
    }

    /// All faults of the content: as sentences on standard error, as JSON on standard output.
    pub fn diagnostics(&self, diagnostics: &Diagnostics, sources: &Sources) {
        match self.format {
            Format::Json => self.result(&to_json(diagnostics).to_string()),
            Format::Text if diagnostics.is_empty() => {}
            Format::Text => self.fault(&to_text(diagnostics, sources, self.language)),
        }
    }
}
