//! A fault, and a collection of them.

use super::{Code, Place};
use crate::language::Words;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be built until it is mended.
    Error,
    /// A build goes on; `--strict` stops it.
    Warning,
}

/// One fault: where, what, and where it can be guessed what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where the fault stands.
    pub place: Place,
    /// How bad it is.
    pub severity: Severity,
    /// Its name, stable between versions.
    pub code: Code,
    /// What is wrong and what was expected.
    pub message: Words,
    /// What to do about it.
    pub hint: Option<Words>,
    /// Other places that belong to it, each with a few words: the first definition of a duplicate id, say.
    pub also: Vec<(Place, Words)>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, place: Place, ja: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        Diagnostic { place, severity: Severity::Error, code, message: Words::new(ja, en), hint: None, also: Vec::new() }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, place: Place, ja: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, ja, en) }
    }

    /// The same with advice on what to do.
    #[must_use]
    pub fn hint(mut self, ja: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.hint = Some(Words::new(ja, en));
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn also(mut self, place: Place, ja: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.also.push((place, Words::new(ja, en)));
        self
    }
}

/// Faults as they are found; read out sorted by place, each once.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn append(&mut self, other: Diagnostics) {
        self.found.extend(other.found);
    }

    /// Whether there is nothing at all, not even a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many errors there are.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.sorted().iter().filter(|one| one.severity == Severity::Error).count()
    }

    /// How many warnings there are.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.sorted().iter().filter(|one| one.severity == Severity::Warning).count()
    }

    /// Whether a build must stop.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|one| one.severity == Severity::Error)
    }

    /// All of them, sorted by place, without repetitions.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.found.iter().collect();
        all.sort();
        all.dedup();
        all
    }
}
