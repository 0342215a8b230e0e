//! Files out, atomically.
