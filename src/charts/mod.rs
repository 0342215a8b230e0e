//! An exhibit becomes a drawing, a legend, a written finding and a table. The only folder that names plotters.

pub mod palette;
mod scene;
mod text;
mod lines;
mod svg;
mod backend;
mod canvas;
mod words;
mod reading;
mod axis;
mod frame;
mod division;
mod stacked;
mod bar;
mod donut;
mod grouped;
mod strip;
mod placement;
mod scatter;
mod network;
mod path;
mod legend;
mod table;
mod comparison;
mod finding;
mod export;
mod file;
mod chart;
pub mod drawing;

pub use chart::{Chart, chart};
pub use export::{csv, json};
pub use legend::LegendEntry;
pub use svg::Svg;
pub use table::{HeadCell, Table, TableCell, TableRow};
pub use text::width as text_width;
