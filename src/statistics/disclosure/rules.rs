//! How large groups must be, and what may be expected after the batches at hand.

/// The smallest k that a survey can have.
pub const K_FLOOR: u64 = 3;

/// How large groups must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The smallest group that is shown at all.
    pub k: u64,
    /// The smallest group whose ordinal answers are shown in more than three classes.
    pub fine_minimum: u64,
    /// The smallest group for which sensitive questions are shown.
    pub sensitive_minimum: u64,
    /// How many texts there must be before texts are shown.
    pub text_minimum: u64,
    /// The survey has ordinal questions with more than three classes.
    pub has_fine: bool,
    /// The survey has sensitive questions.
    pub has_sensitive: bool,
}

impl Rules {
    /// The rules for a smallest group of `k` people; under [`K_FLOOR`] that is taken instead.
    #[must_use]
    pub fn of(k: u64, has_fine: bool, has_sensitive: bool) -> Rules {
        let k = k.max(K_FLOOR);
        Rules { k, fine_minimum: k.max(20), sensitive_minimum: k.max(10), text_minimum: (2 * k).max(10), has_fine, has_sensitive }
    }

    /// Whether a group or a difference of this size may be shown.
    #[must_use]
    pub fn allow(&self, size: u64) -> bool {
        size == 0 || size >= self.k
    }

    /// The smallest group of which a figure may be shown.
    pub(in crate::statistics) fn minimum(&self, sensitive: bool) -> u64 {
        if sensitive { self.sensitive_minimum } else { self.k }
    }
}

/// What may be expected after the batches at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::statistics) enum Timing {
    /// Nothing new is to be shown yet.
    Wait,
    /// More batches will come: answers that would cost the finer picture wait for them.
    Rolling,
    /// No more will come: every answer that may be shown is shown, if need be in three classes.
    Final,
}
