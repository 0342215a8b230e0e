//! What holds of estimates whatever the data: symmetries, invariances, ends that do not cross; and what data too poor for an estimate
//! give instead of a number.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use shirube::estimate::{
    Agreement, Distribution, Estimate, Limits, Margin, Observations, Pairs, Reached, Reason, Sample, Twice, Weighted, benjamini_hochberg,
    change, chi_square, effect, effective, holm, importance, interval, kruskal_wallis, mann_whitney, net, paired, partial, pearson,
    population, published, rake, reached, recommendation, regression, response, run, share, share_of_places, spearman, still_there, top,
    two_shares, weighted_mean, weighted_share, welch, welch_anova, wilcoxon,
};

fn of(numbers: &[f64]) -> Distribution {
    Distribution::of(numbers).expect("finite numbers")
}

fn sample(numbers: &[f64]) -> Estimate<Sample> {
    of(numbers).sample()
}

#[track_caller]
fn near(one: f64, other: f64) {
    let size = one.abs().max(other.abs()).max(1e-3);
    assert!((one - other).abs() <= 1e-9 * size, "{one} is not {other}");
}

/// Whatever comes out, no number in it is none.
#[track_caller]
fn sound<T: std::fmt::Debug>(found: &T) {
    let told = format!("{found:?}");
    assert!(!told.contains("NaN") && !told.contains("inf"), "{told}");
}

fn points() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((1..=5_i32).prop_map(f64::from), 3..60)
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-1000..1000_i32).prop_map(|n| f64::from(n) / 16.0), 4..most)
}

/// Numbers as hard as they come.
fn wild() -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![
        4 => (0..4_i32).prop_map(f64::from),
        1 => proptest::sample::select(vec![0.0, -0.0, 1e308, -1e308, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e-200, 1e200, 1e16, 1.0 + f64::EPSILON]),
    ];
    prop_oneof![
        proptest::collection::vec(number, 0..9),
        (proptest::sample::select(vec![0.0, 3.0, 1e308, 1e-310]), 0..6_usize).prop_map(|(one, n)| vec![one; n])
    ]
}

fn shares() -> impl Strategy<Value = (u64, u64)> {
    (1..3000_u64).prop_flat_map(|n| (0..=n, Just(n)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, rng_seed: RngSeed::Fixed(20261123), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn intervals_of_shares_hold_the_share_move_with_it_and_narrow((count, n) in shares(), (other, m) in shares()) {
        let found = share(count, n).unwrap();
        prop_assert!(0.0 <= found.interval.low && found.interval.low <= found.percent && found.percent <= found.interval.high && found.interval.high <= 100.0);
        if count < n {
            let next = share(count + 1, n).unwrap().interval;
            prop_assert!(next.low >= found.interval.low && next.high > found.interval.high);
        }
        let doubled = share(2 * count, 2 * n).unwrap().interval;
        prop_assert!(doubled.high - doubled.low < found.interval.high - found.interval.low);
        // The mirrored share has the mirrored interval, the mirrored difference the mirrored one.
        let mirrored = share(n - count, n).unwrap().interval;
        near(mirrored.low, 100.0 - found.interval.high);
        let (there, back) = (interval::newcombe((count, n), (other, m)).unwrap(), interval::newcombe((other, m), (count, n)).unwrap());
        prop_assert_eq!((there.low, there.high), (-back.high, -back.low));
        if let Ok(test) = two_shares((count, n), (other, m)) {
            let table = chi_square(&[vec![count, n - count], vec![other, m - other]]).unwrap();
            near(test.z * test.z, table.statistic);
            prop_assert!((test.p - table.p).abs() <= 1e-9 * table.p + 1e-300);
            prop_assert_eq!(test.interval, there);
        }
    }

    #[test]
    fn a_known_population_narrows_and_a_large_one_does_not((count, n) in shares(), more in 0..5000_u64) {
        let width = |of| { let interval = population::share_interval(count, n, of).unwrap(); interval.high - interval.low };
        prop_assert!(width(n).abs() < 1e-12);
        prop_assert!(width(n + more) <= width(n + more + 1) + 1e-12);
        let without = share(count, n).unwrap().interval;
        near(width(1 << 50), without.high - without.low);
        prop_assert_eq!(population::share_interval(count, n, n - 1), Err(Reason::OutOfRange));
    }

    #[test]
    fn pairs_of_answers_turned_around_change_the_other_way(both in 0..40_u64, only_before in 0..40_u64, only_after in 0..40_u64, neither in 0..40_u64) {
        let there = Twice { both, only_before, only_after, neither };
        let back = Twice { only_before: only_after, only_after: only_before, ..there };
        match (there.change(), back.change()) {
            (Ok(there), Ok(back)) => {
                near(there.points, -back.points);
                near(there.interval.low, -back.interval.high);
                prop_assert!(there.interval.low <= there.points && there.points <= there.interval.high);
            }
            (one, other) => prop_assert!(one == Err(Reason::NoObservations) && one == other),
        }
        match (there.mcnemar(), back.mcnemar()) {
            (Ok(one), Ok(other)) => prop_assert!(one == other && one.p_exact <= 1.0 && one.p_exact > 0.0),
            (one, other) => prop_assert!(one == other && only_before + only_after == 0),
        }
        let found = net(both, only_before, both + only_before + neither);
        prop_assert!(found.is_err() || found.is_ok_and(|net| net.interval.low <= net.points && net.points <= net.interval.high));
    }

    #[test]
    fn two_groups_change_places_and_units(a in numbers(40), b in numbers(40), scale in 1..9_i32, shift in -50..50_i32) {
        let moved = |numbers: &[f64]| numbers.iter().map(|one| f64::from(scale) * one + f64::from(shift)).collect::<Vec<f64>>();
        let (one, other) = (sample(&a).unwrap(), sample(&b).unwrap());
        let (one_moved, other_moved) = (sample(&moved(&a)).unwrap(), sample(&moved(&b)).unwrap());
        if let (Ok(there), Ok(back)) = (welch(&one, &other), welch(&other, &one)) {
            prop_assert_eq!((there.t, there.p, there.interval.low), (-back.t, back.p, -back.interval.high));
            let elsewhere = welch(&one_moved, &other_moved).unwrap();
            near(there.t, elsewhere.t);
            near(there.interval.high * f64::from(scale), elsewhere.interval.high);
            // An interval that leaves 0 out and a probability below 5 % are the same thing.
            prop_assert_eq!(there.p < 0.05, there.interval.low > 0.0 || there.interval.high < 0.0);
        }
        if let (Ok(there), Ok(back)) = (effect(&one, &other), effect(&other, &one)) {
            near(there.d.size, -back.d.size);
            near(there.d.interval.low, -back.d.interval.high);
            near(there.d.interval.high, effect(&one_moved, &other_moved).unwrap().d.interval.high);
            prop_assert!(there.d.interval.low <= there.d.size && there.d.size <= there.d.interval.high && there.g.size.abs() <= there.d.size.abs());
        }
        // Ranks only ask for the order.
        let cubed = |numbers: &[f64]| of(&numbers.iter().map(|one| one * one * one).collect::<Vec<f64>>());
        if let (Ok(there), Ok(back)) = (mann_whitney(&of(&a), &of(&b)), mann_whitney(&of(&b), &of(&a))) {
            prop_assert_eq!((there.z, there.p), (-back.z, back.p));
            near(there.u + back.u, (a.len() * b.len()) as f64);
            prop_assert_eq!(there, mann_whitney(&cubed(&a), &cubed(&b)).unwrap());
            let whole = kruskal_wallis(&[of(&b), of(&a)]).unwrap();
            prop_assert_eq!(whole, kruskal_wallis(&[of(&a), Distribution::default(), of(&b)]).unwrap());
            prop_assert!((0.0..=1.0).contains(&whole.epsilon_squared) && whole.p <= there.p + 1e-12);
        }
        if let Ok(two) = welch_anova(&[one, other]) {
            let t = welch(&one, &other).unwrap();
            near(two.f, t.t * t.t);
            prop_assert!((two.p - t.p).abs() <= 1e-9 * t.p + 1e-300);
        }
    }

    #[test]
    fn relations_are_mutual_and_without_units(rows in proptest::collection::vec((-20..20_i32, -20..20_i32, -20..20_i32), 6..40), turn in 0..40_usize) {
        let columns: Vec<Vec<f64>> = [0, 1, 2].map(|at| rows.iter().map(|row| f64::from([row.0, row.1, row.2][at])).collect()).into();
        let [x, y, z] = [0, 1, 2].map(|at| columns[at].clone());
        let (there, back) = (pearson(&Pairs::of(&x, &y).unwrap()), pearson(&Pairs::of(&y, &x).unwrap()));
        if let (Ok(there), Ok(back)) = (there, back) {
            near(there.r, back.r);
            prop_assert!((-1.0..=1.0).contains(&there.r) && there.interval.low <= there.r && there.r <= there.interval.high);
            let moved: Vec<f64> = x.iter().map(|one| 3.0 - 7.0 * one).collect();
            near(pearson(&Pairs::of(&moved, &y).unwrap()).unwrap().r, -there.r);
            // Nothing held equal, and one predictor alone, are the same thing.
            near(partial(&Observations::of(&[x.clone(), y.clone()]).unwrap()).unwrap().r, there.r);
            if let Ok(alone) = regression(&Observations::of(&[x.clone(), y.clone()]).unwrap()) {
                near(alone.coefficients[0].beta, there.r);
                near(alone.r_squared, there.r * there.r);
                near(alone.coefficients[0].p, there.p);
            }
            let cubed: Vec<f64> = x.iter().map(|one| one * one * one).collect();
            prop_assert_eq!(spearman(&Pairs::of(&x, &y).unwrap()), spearman(&Pairs::of(&cubed, &y).unwrap()));
        }
        let observations = Observations::of(&columns).unwrap();
        let turned: Vec<Vec<f64>> = columns.iter().map(|column| { let mut turned = column.clone(); turned.rotate_left(turn % column.len()); turned }).collect();
        prop_assert_eq!(regression(&observations), regression(&Observations::of(&turned).unwrap()), "the order of people moves nothing");
        if let (Ok(one), Ok(other)) = (importance(&observations), importance(&Observations::of(&[y.clone(), x.clone(), z.clone()]).unwrap())) {
            near(one.parts[0], other.parts[1]);
            near(one.parts.iter().sum(), one.regression.r_squared);
            prop_assert!(one.parts.iter().all(|part| *part >= -1e-12));
            // The partial correlation has the probability of the coefficient.
            let order = Observations::of(&[x, y, z]).unwrap();
            let held = partial(&order).unwrap();
            near(held.p, regression(&order).unwrap().coefficients[1].p);
        }
    }

    #[test]
    fn weights_that_are_equal_are_none(answers in points(), weight in 1..100_i32, turn in 0..50_usize) {
        let people = |weight: f64| answers.iter().map(|value| Weighted { weight, value: *value, times: 1 }).collect::<Vec<Weighted>>();
        let (one, same) = (weighted_mean(&people(1.0)).unwrap(), weighted_mean(&people(f64::from(weight) / 8.0)).unwrap());
        near(one.value, same.value);
        near(one.interval.low, same.interval.low);
        let plain = sample(&answers).unwrap();
        near(one.interval.high, interval::mean(plain.mean, plain.variance.sqrt(), plain.n).unwrap().high);
        near(one.effective.design_effect, 1.0);
        let uneven: Vec<Weighted> = answers.iter().enumerate().map(|(at, value)| Weighted { weight: 0.5 + at as f64, value: *value, times: 1 }).collect();
        let mut turned = uneven.clone();
        turned.rotate_left(turn % uneven.len());
        prop_assert_eq!(weighted_mean(&uneven), weighted_mean(&turned));
        let found = effective(&uneven).unwrap();
        prop_assert!(found.effective_n < found.n as f64 && found.effective_n >= 1.0);
        let counted: Vec<Weighted> = uneven.iter().map(|one| Weighted { value: f64::from(one.value > 3.0), ..*one }).collect();
        let found = weighted_share(&counted).unwrap();
        prop_assert!(found.interval.low <= found.value && found.value <= found.interval.high);
    }

    #[test]
    fn raked_weights_give_the_margins(cells in proptest::collection::vec(1..40_u64, 6), known in proptest::collection::vec(1..50_u32, 5)) {
        let known: Vec<f64> = known.into_iter().map(f64::from).collect();
        let margins = [
            Margin { categories: vec![0, 0, 0, 1, 1, 1], known: known[..2].to_vec() },
            Margin { categories: vec![0, 1, 2, 0, 1, 2], known: known[2..].to_vec() },
        ];
        let raked = rake(&cells, &margins, None).unwrap();
        prop_assert!(raked.converged && raked.gap <= 1e-10, "{raked:?}");
        let whole: f64 = known[..2].iter().sum();
        let people: f64 = cells.iter().map(|n| *n as f64).sum();
        let first: f64 = cells.iter().zip(&raked.weights).take(3).map(|(n, weight)| *n as f64 * weight).sum();
        near(first / people, known[0] / whole);
        // A person a cell, or people together: the same weights.
        let apart = |codes: &[usize]| codes.iter().zip(&cells).flat_map(|(code, n)| std::iter::repeat_n(*code, *n as usize)).collect::<Vec<usize>>();
        let singly = margins.clone().map(|margin| Margin { categories: apart(&margin.categories), ..margin });
        let alone = rake(&vec![1; singly[0].categories.len()], &singly, None).unwrap();
        near(alone.weights[0], raked.weights[0]);
        let limits = Limits { least: 0.5, most: 2.0 };
        let within = rake(&cells, &margins, Some(limits)).unwrap();
        prop_assert!(within.rounds == 0 || within.weights.iter().all(|weight| (0.5..=2.0).contains(weight)));
        prop_assert!(within.converged == (within.gap <= 1e-10));
    }

    #[test]
    fn adjusted_probabilities_keep_their_order(p in proptest::collection::vec(0.0..1.0_f64, 1..30)) {
        let (strict, mild) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
        for (at, own) in p.iter().enumerate() {
            prop_assert!(*own <= mild[at] && mild[at] <= strict[at] && strict[at] <= 1.0);
            for (other, than) in p.iter().enumerate() {
                prop_assert!(own > than || (strict[at] <= strict[other] && mild[at] <= mild[other]));
            }
        }
    }

    #[test]
    fn items_change_places(rows in proptest::collection::vec(proptest::collection::vec(1..=5_i16, 4), 3..40)) {
        let (mut one, mut other, mut twice) = (Agreement::default(), Agreement::default(), Agreement::default());
        for row in &rows {
            let mut turned = row.clone();
            turned.reverse();
            one.add(row, 1).unwrap();
            other.add(&turned, 1).unwrap();
            twice.add(row, 2).unwrap();
        }
        prop_assert_eq!(one.alpha(), other.alpha());
        prop_assert_eq!(one.alpha(), twice.alpha());
        if let (Ok(one), Ok(other), Ok(twice)) = (one.reliability(), other.reliability(), twice.reliability()) {
            prop_assert_eq!(one.items[0], other.items[3]);
            prop_assert!(one.interval.low <= one.alpha && one.alpha <= one.interval.high && one.alpha <= 1.0);
            prop_assert!(twice.interval.high - twice.interval.low <= one.interval.high - one.interval.low);
        }
    }

    #[test]
    fn quantiles_rise_and_stay_inside(numbers in numbers(50)) {
        let of = of(&numbers);
        let quantiles: Vec<f64> = (0..=20).map(|at| of.quantile(f64::from(at) / 20.0).unwrap()).collect();
        prop_assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]));
        let mut sorted = numbers;
        sorted.sort_by(f64::total_cmp);
        prop_assert_eq!((quantiles[0], quantiles[20]), (sorted[0], sorted[sorted.len() - 1]));
    }

    #[test]
    fn whatever_goes_in_no_number_is_none(a in wild(), b in wild(), c in wild(), d in wild(), counts in proptest::collection::vec(prop_oneof![0..4_u64, Just(u64::MAX), Just(1 << 36)], 11)) {
        let (one, other) = (of(&a), of(&b));
        sound(&(one.mean(), one.deviation(), one.sample(), one.quantile(0.3), one.quantile(f64::NAN)));
        sound(&mann_whitney(&one, &other));
        sound(&kruskal_wallis(&[one.clone(), other.clone(), of(&c), of(&d)]));
        if let (Ok(x), Ok(y)) = (one.sample(), other.sample()) {
            sound(&(welch(&x, &y), effect(&x, &y), change::of_means(&x, &y)));
            sound(&(welch_anova(&[x, y]), welch_anova(&[x]), welch_anova(&[])));
            sound(&population::mean_interval(&x, 9));
        }
        let length = a.len().min(b.len());
        let pairs = Pairs::of(&a[..length], &b[..length]).unwrap();
        sound(&(paired(&pairs), wilcoxon(&pairs), pearson(&pairs), spearman(&pairs), change::of_paired_means(&pairs)));
        let length = length.min(c.len()).min(d.len());
        let observations = Observations::of(&[a[..length].to_vec(), b[..length].to_vec(), c[..length].to_vec(), d[..length].to_vec()]).unwrap();
        sound(&(partial(&observations), regression(&observations), importance(&observations)));
        let people: Vec<Weighted> = a.iter().zip(&b).map(|(weight, value)| Weighted { weight: weight.abs(), value: *value, times: 1 }).collect();
        sound(&(effective(&people), weighted_mean(&people), weighted_share(&people)));
        sound(&(holm(&a), benjamini_hochberg(&b)));
        let margins = [Margin { categories: vec![0; 11], known: a.clone() }, Margin { categories: (0..11).map(|at| at % 2).collect(), known: b.clone() }];
        sound(&(rake(&counts, &margins, None), rake(&counts, &margins[1..], Some(Limits { least: 0.9, most: 1.1 }))));
        sound(&(share(counts[0], counts[1]), top(&counts, 2), share_of_places(&counts, &[0, 12]), share_of_places(&counts, &[1, 3])));
        sound(&(two_shares((counts[0], counts[1]), (counts[2], counts[3])), change::of_shares((counts[0], counts[1]), (counts[2], counts[3]))));
        let twice = Twice { both: counts[0], only_before: counts[1], only_after: counts[2], neither: counts[3] };
        sound(&(twice.change(), twice.mcnemar(), change::of_paired_shares(&twice)));
        let score = recommendation(counts.as_slice().try_into().unwrap());
        sound(&(score.map(|one| change::of_nets(&one.net, &one.net)), score, net(counts[0], counts[1], counts[2])));
        sound(&(chi_square(&[counts[..4].to_vec(), counts[4..8].to_vec()]), response(&[(counts[0], counts[1]), (counts[2], counts[3])])));
        sound(&(still_there(&counts, 3), population::share_interval(counts[0], counts[1], counts[2])));
        let mut agreement = Agreement::default();
        let times = counts[0];
        sound(&(agreement.add(&[i16::MIN, i16::MAX, 3], times), agreement.add(&[1, 2, 3], 1), agreement.reliability()));
        sound(&run(&a.iter().map(|number| (number.abs() < 9.0).then_some(*number as i16)).collect::<Vec<Option<i16>>>()));
    }
}

#[test]
fn poor_data_say_why_there_is_no_estimate() {
    let nobody = Distribution::default();
    assert_eq!(mann_whitney(&nobody, &of(&[1.0])), Err(Reason::NoObservations));
    assert_eq!(mann_whitney(&of(&[2.0]), &of(&[2.0, 2.0])), Err(Reason::AllEqual));
    assert_eq!(kruskal_wallis(&[of(&[1.0, 2.0]), nobody.clone()]), Err(Reason::OneCategory));
    assert_eq!(kruskal_wallis(&[]), Err(Reason::NoObservations));
    let (flat, steep) = (sample(&[3.0, 3.0]).unwrap(), sample(&[1.0, 5.0]).unwrap());
    assert_eq!((welch(&flat, &flat), effect(&flat, &flat).err()), (Err(Reason::AllEqual), Some(Reason::AllEqual)));
    assert!(welch(&flat, &steep).is_ok() && effect(&flat, &steep).is_ok());
    assert_eq!(welch_anova(&[flat, steep]), Err(Reason::AllEqual));
    assert_eq!(welch(&Sample { n: 1, mean: 3.0, variance: 0.0 }, &steep), Err(Reason::OneObservation));
    assert_eq!(welch(&Sample { n: 5, mean: f64::NAN, variance: 1.0 }, &steep), Err(Reason::TooLarge));
    let pairs = |first: &[f64], second: &[f64]| Pairs::of(first, second).unwrap();
    assert_eq!(paired(&pairs(&[1.0, 2.0], &[1.0, 2.0])), Err(Reason::NoDifference));
    assert_eq!(paired(&pairs(&[1.0, 2.0], &[2.0, 3.0])), Err(Reason::AllEqual));
    assert_eq!(wilcoxon(&pairs(&[1.0], &[1.0])), Err(Reason::NoDifference));
    assert_eq!(pearson(&pairs(&[1.0, 2.0, 3.0], &[1.0, 2.0, 4.0])), Err(Reason::TooFew { needed: 4 }));
    assert_eq!(pearson(&pairs(&[1.0; 5], &[1.0, 2.0, 4.0, 4.0, 5.0])), Err(Reason::AllEqual));
    let straight = pearson(&pairs(&[1.0, 2.0, 3.0, 4.0], &[2.0, 4.0, 6.0, 8.0])).unwrap();
    assert!((straight.r - 1.0).abs() < 1e-15 && straight.p < 1e-12);
    assert_eq!(Pairs::of(&[1.0], &[]).err(), Some(Reason::LengthsDiffer));
    assert_eq!(chi_square(&[vec![3, 4]]), Err(Reason::OneCategory));
    assert_eq!(chi_square(&[vec![3, 0], vec![4, 0]]), Err(Reason::OneCategory));
    assert_eq!((chi_square(&[]), chi_square(&[vec![0, 0], vec![0, 0]])), (Err(Reason::NoObservations), Err(Reason::NoObservations)));
    assert_eq!(chi_square(&[vec![3, 1], vec![4]]), Err(Reason::LengthsDiffer));
    assert_eq!(two_shares((0, 5), (0, 9)), Err(Reason::OneCategory));
    assert_eq!(change::of_shares((0, 5), (0, 9)).unwrap().p, Err(Reason::OneCategory));
    assert_eq!(response(&[(5, 5), (4, 4)]).unwrap().differ, Err(Reason::OneCategory));
    assert_eq!(response(&[(6, 5)]), Err(Reason::OutOfRange));
    let rows = |rows: &[[f64; 3]]| Observations::from_rows(3, rows.iter().map(|row| (row.to_vec(), 1))).unwrap();
    let twin: Vec<[f64; 3]> = (0..9).map(|at| [f64::from(at), 2.0 * f64::from(at), f64::from(at * at % 7)]).collect();
    assert_eq!(regression(&rows(&twin)), Err(Reason::Collinear));
    assert_eq!(importance(&rows(&twin)), Err(Reason::Collinear));
    assert_eq!(partial(&rows(&twin)), Err(Reason::Collinear));
    let exact: Vec<[f64; 3]> = (0..9).map(|at| [f64::from(at), f64::from(at * at), f64::from(at + at * at)]).collect();
    assert_eq!(regression(&rows(&exact)), Err(Reason::PerfectFit));
    assert_eq!(regression(&rows(&exact[..3])), Err(Reason::TooFew { needed: 4 }));
    assert_eq!(regression(&Observations::default()), Err(Reason::TooFewVariables));
    let wide = Observations::of(
        &(0..14).map(|column| (0..40).map(|row| f64::from(row * row * (column + 3) % 31)).collect()).collect::<Vec<Vec<f64>>>(),
    );
    assert_eq!(importance(&wide.unwrap()), Err(Reason::TooManyPredictors { most: 12 }));
    let margin = |known: &[f64]| vec![Margin { categories: vec![0, 0, 1], known: known.to_vec() }];
    assert_eq!(rake(&[1, 1, 1], &margin(&[1.0, 1.0, 1.0]), None), Err(Reason::NobodyInCategory));
    assert_eq!(rake(&[1, 1, 1], &margin(&[1.0, 0.0]), None), Err(Reason::OutOfRange));
    assert_eq!(rake(&[1, 1, 1], &margin(&[1.0]), None), Err(Reason::OutOfRange));
    assert_eq!(rake(&[1, 1, 1], &[], None), Err(Reason::TooFewVariables));
    // Margins that contradict one another do not come together, and it is told.
    let contrary = [Margin { categories: vec![0, 1], known: vec![1.0, 3.0] }, Margin { categories: vec![0, 1], known: vec![3.0, 1.0] }];
    let raked = rake(&[10, 10], &contrary, None).unwrap();
    assert!(!raked.converged && raked.gap > 0.4);
    assert_eq!(holm(&[]), Err(Reason::NoObservations));
    assert_eq!(benjamini_hochberg(&[0.5, 1.5]), Err(Reason::OutOfRange));
    assert_eq!(run(&[None, None]), Err(Reason::NoObservations));
    assert_eq!((run(&[Some(4)]).unwrap().spread, run(&[Some(4)]).unwrap().straight), (None, true));
    assert_eq!(reached(&[]), Reached::End);
    assert_eq!((reached(&[true, false, true]), reached(&[true, false, false])), (Reached::End, Reached::BrokenOffAfter(1)));
    assert_eq!(reached(&[false, false]), Reached::BrokenOffAfter(0));
}

#[test]
fn examples_as_they_stand_in_print() {
    // Student (1908): sleep of ten patients; the white paper's difference of large and small firms.
    let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let change = paired(&Pairs::of(&first, &second).unwrap()).unwrap();
    assert_eq!(
        (format!("{:.2}", change.change), format!("{:.4}", change.t), format!("{:.6}", change.p)),
        ("1.58".into(), "4.0621".into(), "0.002833".into())
    );
    let apart = welch(&sample(&first).unwrap(), &sample(&second).unwrap()).unwrap();
    assert_eq!(
        (format!("{:.4}", apart.t), format!("{:.3}", apart.freedom), format!("{:.5}", apart.p)),
        ("-1.8608".into(), "17.776".into(), "0.07939".into())
    );
    let firms = two_shares((142, 200), (114, 200)).unwrap();
    assert_eq!(
        (format!("{:.3}", firms.z), format!("{:.4}", firms.p), format!("{:.3}", firms.h)),
        ("2.917".into(), "0.0035".into(), "0.293".into())
    );
    // Hollander & Wolfe (1973), p. 116
    let lungs = [&[2.9, 3.0, 2.5, 2.6, 3.2][..], &[3.8, 2.7, 4.0, 2.4], &[2.8, 3.4, 3.7, 2.2, 2.0]].map(of);
    let lungs = kruskal_wallis(&lungs).unwrap();
    assert_eq!((format!("{:.5}", lungs.h), format!("{:.2}", lungs.p)), ("0.77143".into(), "0.68".into()));
    // Agresti (1990), p. 350
    let approval = Twice { both: 794, only_before: 150, only_after: 86, neither: 570 }.mcnemar().unwrap();
    assert_eq!(format!("{:.2}", approval.statistic), "17.36");
    // Newcombe (1998), Table II
    let paired = Twice { both: 36, only_before: 2, only_after: 12, neither: 0 }.change().unwrap();
    assert_eq!((format!("{:.2}", paired.interval.low), format!("{:.2}", paired.interval.high)), ("5.69".into(), "34.04".into()));
    // The white paper's two correlations of 10,000 people
    for (r, ends, p) in [(-0.012, ["-0.032", "0.008"], "0.23"), (0.201, ["0.182", "0.220"], "0.00")] {
        let found = published(r, 10_000, 0).unwrap();
        assert_eq!([found.interval.low, found.interval.high].map(|end| format!("{end:.3}")), ends);
        assert_eq!(format!("{:.2}", found.p), p);
    }
    assert_eq!((published(1.5, 9, 0), published(0.5, 4, 1)), (Err(Reason::OutOfRange), Err(Reason::TooFew { needed: 5 })));
    assert_eq!(top(&[29, 0, 0, 44, 27], 2).unwrap().percent, 71.0);
}
