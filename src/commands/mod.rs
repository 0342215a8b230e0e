//! One file a command; the only files that print.

pub mod console;
mod project;
pub mod new;
pub mod check;
pub mod schema;
pub mod manual;
pub mod build;
mod chromium;
pub mod personal;
pub mod pack;
pub mod serve;
pub mod desk;
pub mod figures;
pub mod import;
pub mod survey_files;
pub mod export;
pub mod sample;
pub mod due_period;
pub mod due;
pub mod links;
pub mod mail_told;
pub mod mail;
pub mod datasheet;
pub mod review;
mod terms;
mod requests;
pub mod status;
pub mod close;
pub mod backup;
pub mod purge;
pub mod restore;
pub mod doctor;

pub use console::{Console, Exit, Format};
