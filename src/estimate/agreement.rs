//! How well the items of a scale agree.

use super::chance::f_quantile;
use super::interval::{Interval, LEVEL};
use super::reason::{Estimate, MOST_PEOPLE, Reason, enough};

/// The sums from which Cronbach's alpha comes, in whole numbers, over those who answered every item. Turned items are turned before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreement {
    n: u64,
    items: Vec<Item>,
    /// Sum and sum of squares of the items' total.
    total: (i128, i128),
}

/// More items make no scale.
const MOST_ITEMS: usize = 1000;

/// Sums of one item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Item {
    sum: i128,
    squares: i128,
    /// Products with the total.
    products: i128,
}

/// How well the items of a scale agree, and what each adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// How many people answered every item.
    pub n: u64,
    /// Cronbach's alpha: at most 1; below 0 where items contradict one another.
    pub alpha: f64,
    /// Feldt's interval of alpha.
    pub interval: Interval,
    /// One for each item, in their order.
    pub items: Vec<ItemAgreement>,
}

/// One item among the others of its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemAgreement {
    /// Alpha of the others; none where there is only one other, or the others have no spread.
    pub alpha_without: Option<f64>,
    /// The correlation with the sum of the others, −1 to 1; none where one of the two has no spread.
    pub rest: Option<f64>,
}

impl Agreement {
    /// Adds the points of so many people who gave the same answers. The first call fixes how many items there are.
    ///
    /// # Errors
    /// Where there are more or fewer points than before, more than a thousand, or more than 2³⁶ people.
    pub fn add(&mut self, points: &[i16], times: u64) -> Estimate<()> {
        if self.n == 0 {
            self.items.resize(points.len(), Item::default());
        }
        if points.len() != self.items.len() {
            return Err(Reason::LengthsDiffer);
        }
        if points.len() > MOST_ITEMS || self.n.checked_add(times).is_none_or(|n| n > MOST_PEOPLE) {
            return Err(Reason::TooLarge);
        }
        let (people, total) = (i128::from(times), points.iter().map(|point| i128::from(*point)).sum::<i128>());
        for (item, point) in self.items.iter_mut().zip(points) {
            let point = i128::from(*point);
            item.sum += people * point;
            item.squares += people * point * point;
            item.products += people * point * total;
        }
        self.total.0 += people * total;
        self.total.1 += people * total * total;
        self.n += times;
        Ok(())
    }

    /// Adds all of another.
    pub fn merge(&mut self, other: &Agreement) {
        self.items.resize(self.items.len().max(other.items.len()), Item::default());
        for (item, more) in self.items.iter_mut().zip(&other.items) {
            item.sum += more.sum;
            item.squares += more.squares;
            item.products += more.products;
        }
        self.total.0 += other.total.0;
        self.total.1 += other.total.1;
        self.n += other.n;
    }

    /// How many people answered every item.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// n (n − 1) times the variance of the total, and of each item.
    fn spreads(&self) -> (i128, Vec<i128>) {
        let n = i128::from(self.n);
        let items = self.items.iter().map(|item| n * item.squares - item.sum * item.sum);
        (n * self.total.1 - self.total.0 * self.total.0, items.collect())
    }

    /// Cronbach's alpha, k / (k − 1) × (1 − Σ variance of item / variance of total): exact up to the one division.
    ///
    /// Cronbach, L. J. (1951), «Coefficient alpha and the internal structure of tests», Psychometrika 16.
    ///
    /// # Errors
    /// For fewer than two items, fewer than two people, or where everybody has the same total.
    pub fn alpha(&self) -> Estimate<f64> {
        if self.items.len() < 2 {
            return Err(Reason::TooFewVariables);
        }
        enough(self.n, 2)?;
        let (total, items) = self.spreads();
        ratio(self.items.len(), total, items.iter().sum()).ok_or(Reason::AllEqual)
    }

    /// Alpha with Feldt's interval, alpha without each item, and each item's correlation with the sum of the others.
    ///
    /// Feldt, L. S. (1965), «The approximate sampling distribution of Kuder–Richardson reliability coefficient twenty», Psychometrika
    /// 30: (1 − alpha of all) / (1 − alpha found) is F with n − 1 and (n − 1)(k − 1) degrees.
    ///
    /// # Errors
    /// As for alpha.
    pub fn reliability(&self) -> Estimate<Reliability> {
        let alpha = self.alpha()?;
        let (n, k) = (self.n as f64, self.items.len() as f64);
        let (first, second) = (n - 1.0, (n - 1.0) * (k - 1.0));
        let end = |probability: f64| 1.0 - (1.0 - alpha) * f_quantile(probability, first, second);
        let interval = Interval::between(end(f64::midpoint(1.0, LEVEL)), end((1.0 - LEVEL) / 2.0))?;
        let (total, spreads) = self.spreads();
        let all: i128 = spreads.iter().sum();
        let items = self.items.iter().zip(&spreads).map(|(item, own)| {
            let with_total = i128::from(self.n) * item.products - item.sum * self.total.0;
            let rest = total - 2 * with_total + own;
            let alpha_without = if self.items.len() > 2 { ratio(self.items.len() - 1, rest, all - own) } else { None };
            let correlated = *own > 0 && rest > 0;
            let rest = correlated.then(|| (with_total - own) as f64 / ((*own as f64).sqrt() * (rest as f64).sqrt()));
            ItemAgreement { alpha_without, rest: rest.map(|r| r.clamp(-1.0, 1.0)) }
        });
        Ok(Reliability { n: self.n, alpha, interval, items: items.collect() })
    }
}

fn ratio(items: usize, total: i128, own: i128) -> Option<f64> {
    let k = items as i128;
    (total != 0).then(|| (k * (total - own)) as f64 / ((k - 1) * total) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_says_why_not() {
        let mut agreement = Agreement::default();
        assert_eq!(agreement.alpha(), Err(Reason::TooFewVariables));
        agreement.add(&[3, 3], 1).unwrap();
        assert_eq!(agreement.alpha(), Err(Reason::OneObservation));
        agreement.add(&[2, 4], 1).unwrap();
        assert_eq!(agreement.alpha(), Err(Reason::AllEqual));
        agreement.add(&[5, 5], 1).unwrap();
        assert!(agreement.alpha().unwrap() < 1.0);
        assert_eq!(agreement.add(&[5], 1), Err(Reason::LengthsDiffer));
    }
}
