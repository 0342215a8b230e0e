//! Charts as a reader meets them.
