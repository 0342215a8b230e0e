//! tmp
use crate::diagnostic::{Diagnostics, Place};
use std::sync::Arc;
/// c
pub struct Cell { /// t
 pub text: String, /// p
 pub place: Place }
/// t
pub struct Table { /// h
 pub head: Vec<Cell>, /// r
 pub rows: Vec<Vec<Cell>> }
impl Table { /// p
 pub fn parse(_file: &Arc<str>, _bytes: &[u8]) -> (Table, Diagnostics) { (Table{head: vec![], rows: vec![]}, Diagnostics::new()) } }
