//! One file a command; the only files that print.
