//! Numbers in, estimates out: statistics as mathematics, which knows nothing of people, surveys, groups or languages.
//!
//! Every function says what it computes, in which unit, in which range and by whom it was published. What cannot be computed gives
//! a [`Reason`], never a number that is none. Everything is held against SciPy, statsmodels, pingouin and plain NumPy in
//! `tests/it/estimate.rs`. Which people a number may be about is decided elsewhere (`statistics`), before anything here is called.
//!
//! Shares and their differences are in per cent and percentage points; every interval is at one level, [`LEVEL`].
//! Logarithms and their kin come from `libm`, sums run in an order of their own: the same input gives the same bits everywhere.

// why not
mod reason;
mod sums;
// what probabilities come from
mod special;
mod chance;
pub mod interval;
mod noncentral;
// numbers in
mod distribution;
mod pairs;
mod observations;
// estimates out: shares
mod share;
mod net;
mod table;
// (means and ranks)
mod mean;
mod groups;
mod ranks;
// (several numbers of one person)
mod agreement;
mod correlation;
mod decomposition;
mod regression;
mod importance;
// (who answered, and how)
mod weights;
mod raking;
pub mod population;
mod adjusted;
mod attention;
// many at once, and over time
mod several;
pub mod change;

pub use adjusted::{Stratum, adjusted_mean, adjusted_share};
pub use agreement::{Agreement, ItemAgreement, Reliability};
pub use attention::{Reached, Run, reached, run, still_there};
pub use correlation::{Correlation, pearson, published, spearman};
pub use distribution::{Distribution, Sample};
pub use groups::{WelchAnova, welch_anova};
pub use importance::{Importance, MOST_PREDICTORS, importance, importance_shares};
pub use interval::{Interval, LEVEL};
pub use mean::{Effect, Effects, MeanChanged, MeansDiffer, effect, paired, pooled, welch};
pub use net::{Net, Recommendation, net, recommendation};
pub use observations::Observations;
pub use pairs::Pairs;
pub use raking::{CLOSE, Limits, Margin, Raked, rake};
pub use ranks::{KruskalWallis, MannWhitney, Wilcoxon, kruskal_wallis, mann_whitney, wilcoxon};
pub use reason::{Estimate, Reason};
pub use regression::{Coefficient, Regression, partial, regression};
pub use several::{benjamini_hochberg, holm};
pub use share::{McNemar, Share, ShareChanged, SharesDiffer, Twice, fisher, share, share_of_places, top, two_shares};
pub use table::{ChiSquare, Response, chi_square, response};
pub use weights::{Effective, Weighted, WeightedEstimate, effective, weighted_mean, weighted_share};
