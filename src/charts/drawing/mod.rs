//! The five drawings of worksheets: input → scene. `assets/worksheet-drawings.js` draws the same on a device; coordinates are rounded
//! to a tenth and made with + − × ÷ alone, so that both draw the same.

mod paper;
mod life_line;
mod lanes;
mod cash_flow;
mod timeline;
mod quadrant;
mod bars;
mod as_json;
mod draw;

pub use draw::{NAMES, draw, scene};
