//! Where there is nothing to find, hardly anything is found: many small groups and answers that crowd at one end, tested together.

use shirube::estimate::change::{of_means, of_nets, of_shares};
use shirube::estimate::{Distribution, Interval, holm, net, pooled, welch};

/// A generator of our own, so that every run sees the same people.
struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).expect("31 bits")) / f64::from(1_u32 << 31)
    }

    /// A place, each as probable as these say.
    fn place(&mut self, probabilities: &[f64]) -> usize {
        let mut left = self.unit();
        for (place, probability) in probabilities.iter().enumerate() {
            left -= probability;
            if left < 0.0 {
                return place;
            }
        }
        probabilities.len() - 1
    }
}

/// One test: its probability, and its interval.
type Tested = (f64, Interval);

/// Whether anything is found, as reports judge it: by Holm, where the interval leaves zero out.
fn finds(tested: &[Tested]) -> bool {
    let judged = holm(&tested.iter().map(|(p, _)| *p).collect::<Vec<_>>()).unwrap_or_default();
    judged.iter().zip(tested).any(|(p, (_, within))| *p < 0.05 && (within.low > 0.0 || within.high < 0.0))
}

/// Departments of a middling company, of a small one, and of one with many hardly larger than is shown at all.
fn companies() -> [Vec<u64>; 4] {
    let many = |of: u64| [vec![of; 20], vec![200]].concat();
    [vec![150, 190, 90, 110, 60, 60, 12, 8], many(5), many(8), many(20)]
}

/// In so many of the rounds something is found, at most.
fn at_most(rounds: u32) -> u32 {
    // One in twenty, and three standard deviations of that
    let rounds = f64::from(rounds);
    (rounds * 0.05 + 3.0 * (rounds * 0.05 * 0.95).sqrt()) as u32
}

const ROUNDS: u32 = 200;

#[test]
fn shares_of_small_groups() {
    let mut worst_naive = 0;
    for company in companies() {
        for (percent, items) in [(6.0, 1), (8.0, 15), (25.0, 5), (50.0, 15), (93.0, 1), (90.0, 15)] {
            let (mut chance, mut found, mut naive) = (Chance(20_261_123), 0, 0);
            for _ in 0..ROUNDS {
                let (mut careful, mut by_z) = (Vec::new(), Vec::new());
                for _ in 0..items {
                    let groups: Vec<(u64, u64)> =
                        company.iter().map(|n| ((0..*n).filter(|_| chance.unit() * 100.0 < percent).count() as u64, *n)).collect();
                    let all = groups.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
                    for one in &groups {
                        let others = (all.0 - one.0, all.1 - one.1);
                        // What is told as «nearly all» or «hardly any» is not compared
                        let exact = |of: (u64, u64)| of.0 * 20 > of.1 && of.0 * 20 < 19 * of.1;
                        if exact(*one) && exact(others) {
                            let change = of_shares(others, *one).expect("people");
                            careful.push((change.p.expect("a test"), change.interval));
                            by_z.push((shirube::estimate::two_shares(*one, others).expect("people").p, change.interval));
                        }
                    }
                }
                found += u32::from(finds(&careful));
                naive += u32::from(finds(&by_z));
            }
            assert!(found <= at_most(ROUNDS), "{company:?}, {percent} %, {items}: {found} of {ROUNDS}");
            worst_naive = worst_naive.max(naive);
        }
    }
    assert!(worst_naive > 3 * at_most(ROUNDS), "the test of two proportions alone finds too much: {worst_naive}");
}

#[test]
fn scores_of_small_groups() {
    let shapes = [[0.1, 0.2, 0.4, 0.2, 0.1], [0.05, 0.05, 0.15, 0.25, 0.5], [0.02, 0.03, 0.08, 0.17, 0.7]];
    let mut worst_naive = 0;
    for company in companies() {
        for shape in shapes {
            let (mut chance, mut found, mut naive) = (Chance(20_261_124), 0, 0);
            for _ in 0..ROUNDS {
                let mut group = |n: &u64| {
                    // Three items that go together
                    let person = |chance: &mut Chance| {
                        let own = chance.place(&shape);
                        let item = |chance: &mut Chance| if chance.unit() < 0.6 { own } else { chance.place(&shape) };
                        (0..3).map(|_| item(chance) as f64 + 1.0).sum::<f64>() / 3.0
                    };
                    (0..*n).map(|_| person(&mut chance)).collect::<Vec<f64>>()
                };
                let groups: Vec<Vec<f64>> = company.iter().map(&mut group).collect();
                let (mut careful, mut by_welch) = (Vec::new(), Vec::new());
                for (at, own) in groups.iter().enumerate() {
                    let others: Vec<f64> =
                        groups.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, one)| one.clone()).collect();
                    let [own, others] = [own, &others].map(|one| Distribution::of(one).expect("numbers"));
                    // Where nearly all have one score it is not compared
                    if own.mode().is_some_and(|(_, times)| times * 20 >= 19 * own.n()) {
                        continue;
                    }
                    let [own, others] = [own, others].map(|one| one.sample().expect("people"));
                    if let Ok(change) = of_means(&others, &own) {
                        careful.push((change.p.expect("a test"), change.interval));
                        by_welch.push((welch(&own, &others).expect("spread").p, change.interval));
                        assert!(change.p.expect("a test") >= pooled(&own, &others).expect("spread"));
                    }
                }
                found += u32::from(finds(&careful));
                naive += u32::from(finds(&by_welch));
            }
            assert!(found <= at_most(ROUNDS), "{company:?}, {shape:?}: {found} of {ROUNDS}");
            worst_naive = worst_naive.max(naive);
        }
    }
    assert!(worst_naive > at_most(ROUNDS), "Welch's test alone finds too much: {worst_naive}");
}

#[test]
fn recommendation_scores_of_small_groups() {
    for company in companies() {
        for shape in [[0.3, 0.4, 0.3], [0.7, 0.2, 0.1], [0.12, 0.28, 0.6]] {
            let (mut chance, mut found) = (Chance(20_261_125), 0);
            for _ in 0..ROUNDS {
                let groups: Vec<[u64; 3]> = company
                    .iter()
                    .map(|n| {
                        let mut counts = [0; 3];
                        (0..*n).for_each(|_| counts[chance.place(&shape)] += 1);
                        counts
                    })
                    .collect();
                let all = groups.iter().fold([0; 3], |all, one| [all[0] + one[0], all[1] + one[1], all[2] + one[2]]);
                let of = |counts: [u64; 3]| net(counts[0], counts[2], counts.iter().sum()).expect("people");
                let exact = |counts: &[u64; 3]| {
                    let n: u64 = counts.iter().sum();
                    [counts[0], counts[2]].iter().all(|count| count * 20 > n && count * 20 < 19 * n)
                };
                let others = |one: &[u64; 3]| [all[0] - one[0], all[1] - one[1], all[2] - one[2]];
                let compared = groups.iter().filter(|one| exact(one) && exact(&others(one)));
                let tested: Vec<Tested> = compared
                    .filter_map(|one| {
                        let change = of_nets(&of(others(one)), &of(*one));
                        Some((change.p.ok()?, change.interval))
                    })
                    .collect();
                found += u32::from(finds(&tested));
            }
            assert!(found <= at_most(ROUNDS), "{company:?}, {shape:?}: {found} of {ROUNDS}");
        }
    }
}
