//! Figures from answers, small groups hidden before any statistic runs.
