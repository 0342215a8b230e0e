//! An exhibit becomes a drawing, a legend and a table. The only folder that names plotters.
