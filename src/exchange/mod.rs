//! Surveys and responses in and out.
