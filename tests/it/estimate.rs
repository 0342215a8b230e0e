//! Every estimate against SciPy, statsmodels and pingouin, or plain NumPy where none has it (tests/reference/estimates.py).
//!
//! One line a statistic is printed, with the largest difference; names are checked both ways, and every public function of
//! `src/estimate` that estimates something must be among them.

use serde_json::Value as Json;
use shirube::estimate::{
    Agreement, Distribution, Estimate, Interval, Limits, Margin, Observations, Pairs, Sample, Stratum, Twice, Weighted, adjusted_mean,
    adjusted_share, benjamini_hochberg, change, chi_square, effect, effective, fisher, holm, importance, importance_shares, interval,
    kruskal_wallis, mann_whitney, net, paired, partial, pearson, pooled, population, published, rake, recommendation, regression, response,
    run, share, share_of_places, spearman, still_there, top, two_shares, weighted_mean, weighted_share, welch, welch_anova, wilcoxon,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

type Found = BTreeMap<String, f64>;

/// A statistic, the functions of `src/estimate` that it tries, how near it must come, and how its cases are computed.
struct Row {
    name: &'static str,
    tries: &'static [&'static str],
    within: f64,
    compute: fn(&Json) -> Estimate<Found>,
}

/// What is computed in closed form, or to the last bit.
const EXACT: f64 = 1e-9;
/// What is documented as iterative.
const ITERATIVE: f64 = 1e-6;

const fn row(name: &'static str, tries: &'static [&'static str], within: f64, compute: fn(&Json) -> Estimate<Found>) -> Row {
    Row { name, tries, within, compute }
}

const ROWS: &[Row] = &[
    row("share", &["share", "wilson"], EXACT, |json| {
        let found = share(count(json, "count"), count(json, "n"))?;
        Ok(told([("percent", found.percent)]).with(found.interval, ""))
    }),
    row("share_of_places", &["share_of_places", "top"], EXACT, |json| {
        let (counts, k) = (counts(json, "counts"), count(json, "k") as usize);
        let places: Vec<usize> = (counts.len() - k..counts.len()).collect();
        let found = share_of_places(&counts, &places)?;
        assert_eq!(found, top(&counts, k)?);
        Ok(told([("percent", found.percent)]).with(found.interval, ""))
    }),
    row("two_shares", &["two_shares", "newcombe"], EXACT, |json| {
        let found = two_shares(of_two(json, "a"), of_two(json, "b"))?;
        Ok(told([("points", found.points), ("z", found.z), ("p", found.p), ("h", found.h)])
            .with(found.interval, "")
            .with(found.h_interval, "_h"))
    }),
    row("fisher", &["fisher"], EXACT, |json| Ok(told([("p", fisher(of_two(json, "a"), of_two(json, "b"))?)]))),
    row("paired_shares", &["change"], EXACT, |json| {
        let found = twice(json).change()?;
        Ok(told([("points", found.points)]).with(found.interval, ""))
    }),
    row("mcnemar", &["mcnemar"], EXACT, |json| {
        let found = twice(json).mcnemar()?;
        Ok(told([("statistic", found.statistic), ("p", found.p), ("p_exact", found.p_exact)]))
    }),
    row("net", &["net"], EXACT, |json| {
        let found = net(count(json, "favour"), count(json, "against"), count(json, "n"))?;
        Ok(told([("points", found.points)]).with(found.interval, ""))
    }),
    row("recommendation", &["recommendation"], EXACT, |json| {
        let counts: [u64; 11] = counts(json, "counts").try_into().expect("eleven counts");
        let found = recommendation(&counts)?;
        let people = [("promoters", found.promoters), ("passives", found.passives), ("detractors", found.detractors)];
        let people = people.map(|(name, n)| (name, n as f64));
        Ok(told(people).and([("points", found.net.points)]).with(found.net.interval, ""))
    }),
    row("chi_square", &["chi_square"], EXACT, |json| {
        let table: Vec<Vec<u64>> = json["table"].as_array().expect("rows").iter().map(whole_numbers).collect();
        let found = chi_square(&table)?;
        Ok(told([
            ("n", found.n as f64),
            ("statistic", found.statistic),
            ("freedom", found.freedom as f64),
            ("p", found.p),
            ("v", found.v),
            ("smallest", found.smallest_expected),
            ("few", found.few as f64),
            ("cells", found.cells as f64),
        ]))
    }),
    row("response", &["response"], EXACT, |json| {
        let segments: Vec<(u64, u64)> = json["segments"].as_array().expect("segments").iter().map(two).collect();
        let found = response(&segments)?;
        let differ = found.differ?;
        let rates = found.segments.iter().enumerate().filter_map(|(at, rate)| Some((format!("rate{at}"), rate.as_ref()?.percent)));
        let test = [("statistic", differ.statistic), ("freedom", differ.freedom as f64), ("p", differ.p), ("v", differ.v)];
        Ok(rates.collect::<Found>().and([("percent", found.whole.percent)]).and(test).with(found.whole.interval, ""))
    }),
    row("quantile", &["quantile"], EXACT, |json| {
        let of = distribution(json, "values");
        [0_u8, 5, 25, 50, 75, 90, 100].iter().map(|at| Ok((format!("at{at}"), of.quantile(f64::from(*at) / 100.0)?))).collect()
    }),
    row("moments", &["sample", "mean", "student"], EXACT, |json| {
        let of = distribution(json, "values").sample()?;
        let interval = interval::mean(of.mean, of.variance.sqrt(), of.n)?;
        Ok(told([("mean", of.mean), ("variance", of.variance)]).with(interval, ""))
    }),
    row("welch", &["welch"], EXACT, |json| {
        let found = welch(&sample(json, "a"), &sample(json, "b"))?;
        let parts = [("difference", found.difference), ("t", found.t), ("freedom", found.freedom), ("p", found.p)];
        Ok(told(parts).with(found.interval, ""))
    }),
    row("pooled", &["pooled"], EXACT, |json| Ok(told([("p", pooled(&sample(json, "a"), &sample(json, "b"))?)]))),
    row("effect", &["effect"], ITERATIVE, |json| {
        let found = effect(&sample(json, "a"), &sample(json, "b"))?;
        Ok(told([("d", found.d.size), ("g", found.g.size)]).with(found.d.interval, "_d").with(found.g.interval, "_g"))
    }),
    row("paired", &["paired", "differences", "together"], ITERATIVE, |json| {
        let found = paired(&pairs(json, "first", "second"))?;
        let parts = [("change", found.change), ("t", found.t), ("freedom", found.freedom), ("p", found.p), ("d_z", found.d_z.size)];
        let together = found.together(3)?;
        let parts = told(parts).and([("d_av", found.d_av.expect("both times have spread"))]);
        let parts = parts.and([("together_low", together.low), ("together_high", together.high)]);
        Ok(parts.with(found.interval, "").with(found.d_z.interval, "_z"))
    }),
    row("welch_anova", &["welch_anova"], EXACT, |json| {
        let groups = groups(json).iter().map(Distribution::sample).collect::<Estimate<Vec<Sample>>>()?;
        let found = welch_anova(&groups)?;
        let parts = [("f", found.f), ("between", found.between), ("within", found.within), ("p", found.p)];
        Ok(told(parts).and([("eta_squared", found.eta_squared)]))
    }),
    row("mann_whitney", &["mann_whitney"], EXACT, |json| {
        let found = mann_whitney(&distribution(json, "a"), &distribution(json, "b"))?;
        let parts = [("u", found.u), ("z", found.z), ("p", found.p), ("superiority", found.superiority)];
        Ok(told(parts).and([("rank_biserial", found.rank_biserial)]))
    }),
    row("kruskal_wallis", &["kruskal_wallis"], EXACT, |json| {
        let found = kruskal_wallis(&groups(json))?;
        let eta = found.eta_squared.expect("more people than groups");
        let parts = [("h", found.h), ("freedom", found.freedom as f64), ("p", found.p), ("eta_squared", eta)];
        Ok(told(parts).and([("epsilon_squared", found.epsilon_squared)]))
    }),
    row("wilcoxon", &["wilcoxon"], EXACT, |json| {
        let pairs = Pairs::from_counts(numbers(json, "changes").into_iter().map(|change| (0.0, change, 1)))?;
        let found = wilcoxon(&pairs)?;
        let parts = [("changed", found.changed as f64), ("up", found.up), ("down", found.down), ("z", found.z), ("p", found.p)];
        Ok(told(parts).and([("rank_biserial", found.rank_biserial)]))
    }),
    row("pearson", &["pearson"], EXACT, |json| {
        let found = pearson(&pairs(json, "x", "y"))?;
        Ok(told([("r", found.r), ("p", found.p)]).with(found.interval, ""))
    }),
    row("spearman", &["spearman"], EXACT, |json| {
        let found = spearman(&pairs(json, "x", "y"))?;
        Ok(told([("r", found.r), ("p", found.p)]).with(found.interval, ""))
    }),
    row("published", &["published"], EXACT, |json| {
        let r = json["r"].as_f64().expect("a coefficient");
        let found = published(r, count(json, "n"), count(json, "controls"))?;
        Ok(told([("r", found.r), ("p", found.p)]).with(found.interval, ""))
    }),
    row("partial", &["partial"], EXACT, |json| {
        let found = partial(&observations(json))?;
        Ok(told([("r", found.r), ("p", found.p)]).with(found.interval, ""))
    }),
    row("regression", &["regression", "together"], EXACT, |json| {
        let found = regression(&observations(json))?;
        let together = found.together()?;
        let whole = [("r_squared", found.r_squared), ("adjusted", found.adjusted), ("f", found.f), ("p", found.p)];
        let mut parts = told(whole).and([("freedom", found.freedom as f64)]);
        for (at, one) in found.coefficients.iter().enumerate() {
            let own = [("beta", one.beta), ("slope", one.slope), ("error", one.error), ("t", one.t), ("p", one.p), ("vif", one.vif)];
            parts.extend(own.map(|(name, value)| (format!("{name}{at}"), value)));
            parts = parts.with(one.interval, &at.to_string());
            parts.extend([(format!("together_low{at}"), together[at].low), (format!("together_high{at}"), together[at].high)]);
        }
        Ok(parts)
    }),
    row("importance_shares", &["importance_shares"], ITERATIVE, |json| {
        let mut parts = Found::new();
        for (at, (share, interval)) in importance_shares(&observations(json))?.into_iter().enumerate() {
            parts.insert(format!("share{at}"), share);
            parts = parts.with(interval, &at.to_string());
        }
        Ok(parts)
    }),
    row("importance", &["importance"], EXACT, |json| {
        let found = importance(&observations(json))?;
        let whole: f64 = found.parts.iter().sum();
        assert!((whole - found.regression.r_squared).abs() < 1e-12, "the parts make {whole}, R² is {}", found.regression.r_squared);
        Ok(found.parts.iter().enumerate().map(|(at, part)| (format!("part{at}"), *part)).collect())
    }),
    row("reliability", &["reliability", "alpha"], EXACT, |json| {
        let mut agreement = Agreement::default();
        for row in json["rows"].as_array().expect("rows") {
            let points: Vec<i16> = whole_numbers(row).into_iter().map(|point| i16::try_from(point).expect("a point")).collect();
            agreement.add(&points, 1)?;
        }
        let found = agreement.reliability()?;
        assert_eq!(Ok(found.alpha), agreement.alpha());
        let mut parts = told([("alpha", found.alpha)]).with(found.interval, "");
        for (at, item) in found.items.iter().enumerate() {
            parts.extend(item.rest.map(|rest| (format!("rest{at}"), rest)));
            parts.extend(item.alpha_without.map(|alpha| (format!("without{at}"), alpha)));
        }
        Ok(parts)
    }),
    row("weighted_share", &["weighted_share", "effective"], EXACT, |json| {
        let people = weighted(json);
        let found = weighted_share(&people)?;
        assert_eq!(found.effective, effective(&people)?);
        let parts =
            [("value", found.value), ("effective_n", found.effective.effective_n), ("design_effect", found.effective.design_effect)];
        Ok(told(parts).with(found.interval, ""))
    }),
    row("weighted_mean", &["weighted_mean"], EXACT, |json| {
        let found = weighted_mean(&weighted(json))?;
        let parts =
            [("value", found.value), ("effective_n", found.effective.effective_n), ("design_effect", found.effective.design_effect)];
        Ok(told(parts).with(found.interval, ""))
    }),
    row("adjusted", &["adjusted_share", "adjusted_mean"], EXACT, |json| {
        let (codes, values, known) = (whole_numbers(&json["codes"]), numbers(json, "values"), numbers(json, "known"));
        let of = |group: usize| codes.iter().zip(&values).filter(move |(code, _)| **code == group as u64).map(|(_, value)| *value);
        let weight = |at: usize| known[at] / of(at).count() as f64;
        let population = json["population"].as_u64();
        let found = if json["share"] == true {
            let group = |at: usize| Stratum {
                weight: weight(at),
                found: (of(at).filter(|value| *value > 0.5).count() as u64, of(at).count() as u64),
            };
            adjusted_share(&(0..known.len()).map(group).collect::<Vec<_>>(), population)?
        } else {
            let group = |at: usize| Stratum {
                weight: weight(at),
                found: Distribution::of(&of(at).collect::<Vec<f64>>()).expect("numbers").sample().expect("two or more"),
            };
            let groups: Vec<Stratum<Sample>> = (0..known.len()).map(group).collect();
            // The same as of every single person
            if population.is_none() {
                let people = codes.iter().zip(&values);
                let people = people.map(|(code, value)| Weighted { weight: weight(*code as usize), value: *value, times: 1 });
                let (one, all) = (adjusted_mean(&groups, None)?, weighted_mean(&people.collect::<Vec<Weighted>>())?);
                assert!((one.value - all.value).abs() < 1e-12 && (one.interval.low - all.interval.low).abs() < 1e-9, "{one:?} {all:?}");
            }
            adjusted_mean(&groups, population)?
        };
        let parts =
            [("value", found.value), ("effective_n", found.effective.effective_n), ("design_effect", found.effective.design_effect)];
        Ok(told(parts).with(found.interval, ""))
    }),
    row("rake", &["rake"], ITERATIVE, |json| {
        let margins = json["codes"].as_array().expect("codes").iter().zip(json["known"].as_array().expect("margins"));
        let margins = margins.map(|(codes, known)| Margin {
            categories: whole_numbers(codes).into_iter().map(|code| usize::try_from(code).expect("a code")).collect(),
            known: decimals(known),
        });
        let margins: Vec<Margin> = margins.collect();
        let limits = json["limits"].as_array().map(|ends| Limits { least: ends[0].as_f64().unwrap(), most: ends[1].as_f64().unwrap() });
        let found = rake(&vec![1; margins[0].categories.len()], &margins, limits)?;
        let parts = [("converged", f64::from(found.converged)), ("effective_n", found.effective.effective_n)];
        let weights = found.weights.iter().enumerate().step_by(7).map(|(at, weight)| (format!("weight{at}"), *weight));
        Ok(weights.collect::<Found>().and(parts).and([("design_effect", found.effective.design_effect)]))
    }),
    row("population", &["correction", "share_interval", "mean_interval"], EXACT, |json| {
        let (count, n, everybody) = (count(json, "count"), count(json, "n"), count(json, "population"));
        let of_share = population::share_interval(count, n, everybody)?;
        let of_mean = population::mean_interval(&sample(json, "values"), everybody)?;
        Ok(told([("correction", population::correction(n, everybody)?)]).with(of_share, "").with(of_mean, "_mean"))
    }),
    row("run", &["run"], EXACT, |json| {
        let answers = json["answers"].as_array().expect("answers").iter().map(|answer| answer.as_i64().map(|one| one as i16));
        let found = run(&answers.collect::<Vec<Option<i16>>>())?;
        let parts = [("answered", found.answered as f64), ("longest", found.longest as f64), ("straight", f64::from(found.straight))];
        Ok(told(parts).and(found.spread.map(|spread| ("spread", spread))))
    }),
    row("still_there", &["still_there"], EXACT, |json| {
        let found = still_there(&counts(json, "gone"), count(json, "ended"))?;
        Ok(found.iter().enumerate().map(|(at, share)| (format!("at{at}"), share.percent)).collect())
    }),
    row("holm", &["holm"], EXACT, |json| Ok(numbered(&holm(&numbers(json, "p"))?))),
    row("benjamini_hochberg", &["benjamini_hochberg"], EXACT, |json| Ok(numbered(&benjamini_hochberg(&numbers(json, "p"))?))),
    row("change_of_shares", &["of_shares"], EXACT, |json| changed(change::of_shares(of_two(json, "earlier"), of_two(json, "later"))?)),
    row("change_of_paired_shares", &["of_paired_shares"], EXACT, |json| changed(change::of_paired_shares(&twice(json))?)),
    row("change_of_means", &["of_means"], EXACT, |json| changed(change::of_means(&sample(json, "earlier"), &sample(json, "later"))?)),
    row("change_of_paired_means", &["of_paired_means"], EXACT, |json| changed(change::of_paired_means(&pairs(json, "first", "second"))?)),
    row("change_of_nets", &["of_nets", "of_difference"], EXACT, |json| {
        let [earlier, later] = ["earlier", "later"].map(|key| {
            let three = counts(json, key);
            net(three[0], three[1], three[2])
        });
        changed(change::of_nets(&earlier?, &later?))
    }),
];

/// What only takes numbers in.
const TAKES_IN: &[&str] = &["of", "from_counts", "from_rows", "add", "n"];

#[test]
fn every_estimate_is_that_of_the_libraries_for_it() {
    let path = format!("{}/tests/expected/statistics/estimates.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}; tests/reference/prepare --write makes it"));
    let reference: BTreeMap<String, Vec<Json>> = serde_json::from_str(&text).expect("well-formed reference values");
    let (own, theirs): (BTreeSet<&str>, BTreeSet<&str>) =
        (ROWS.iter().map(|row| row.name).collect(), reference.keys().map(String::as_str).collect());
    assert_eq!(own, theirs, "a statistic is computed on one side only");
    let (mut report, mut faults) = (String::new(), Vec::new());
    for row in ROWS {
        let cases = &reference[row.name];
        assert!(cases.len() >= 3, "{}: only {} cases", row.name, cases.len());
        let (mut compared, mut widest) = (0, 0.0_f64);
        for (at, case) in cases.iter().enumerate() {
            let found = (row.compute)(&case["input"]).unwrap_or_else(|why| panic!("{} {at}: {why:?}", row.name));
            let expected = case["expected"].as_object().expect("what is expected");
            let names = |keys: Vec<&String>| keys.into_iter().cloned().collect::<BTreeSet<String>>();
            assert_eq!(names(found.keys().collect()), names(expected.keys().collect()), "{} {at}", row.name);
            for (name, value) in &found {
                let wanted = expected[name].as_f64().expect("a number");
                assert!(value.is_finite(), "{} {at}: {name} is {value}", row.name);
                // Small probabilities too are compared by their size; only nothing has none.
                let difference = if (value - wanted).abs() <= 0.0 { 0.0 } else { (value - wanted).abs() / wanted.abs() };
                if difference > row.within {
                    faults.push(format!("{} {at}: {name} is {value}, reference {wanted}", row.name));
                }
                widest = widest.max(difference);
                compared += 1;
            }
        }
        report += &format!("   {:<26}{compared:>5} numbers, largest difference {widest:.1e} (at most {:.0e})\n", row.name, row.within);
    }
    // Not through `println!`, which a test that passes keeps to itself.
    std::io::stderr().write_all(report.as_bytes()).expect("somewhere to print");
    assert!(faults.is_empty(), "{} numbers differ:\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

#[test]
fn every_estimating_function_is_compared() {
    let tried: BTreeSet<&str> = ROWS.iter().flat_map(|row| row.tries).copied().collect();
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(format!("{}/src/estimate", env!("CARGO_MANIFEST_DIR"))).expect("the room") {
        let text = std::fs::read_to_string(entry.expect("a file").path()).expect("text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for signature in code.split("pub fn ").skip(1) {
            let name: String = signature.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            let signature = signature.split('{').next().unwrap_or_default();
            let estimates = signature.contains("-> Estimate<") || signature.contains("-> Interval") || signature.contains("-> Change");
            if estimates && !TAKES_IN.contains(&name.as_str()) {
                assert!(
                    tried.contains(name.as_str()),
                    "{name} is compared with nothing: give it a row here and in tests/reference/estimates.py"
                );
                seen.insert(name);
            }
        }
    }
    let gone: Vec<&&str> = tried.iter().filter(|name| !seen.contains(**name)).collect();
    assert!(gone.is_empty(), "no such functions: {gone:?}");
}

// What goes in, and what comes out ---------------------------------------------------------------------------------------

fn count(json: &Json, key: &str) -> u64 {
    json[key].as_u64().unwrap_or_else(|| panic!("{key} is no count"))
}

fn whole_numbers(json: &Json) -> Vec<u64> {
    json.as_array().expect("a list").iter().map(|one| one.as_u64().expect("a count")).collect()
}

fn decimals(json: &Json) -> Vec<f64> {
    json.as_array().expect("a list").iter().map(|one| one.as_f64().expect("a number")).collect()
}

fn counts(json: &Json, key: &str) -> Vec<u64> {
    whole_numbers(&json[key])
}

fn numbers(json: &Json, key: &str) -> Vec<f64> {
    decimals(&json[key])
}

fn two(json: &Json) -> (u64, u64) {
    let both = whole_numbers(json);
    (both[0], both[1])
}

fn of_two(json: &Json, key: &str) -> (u64, u64) {
    two(&json[key])
}

fn twice(json: &Json) -> Twice {
    let cells = counts(json, "table");
    Twice { both: cells[0], only_before: cells[1], only_after: cells[2], neither: cells[3] }
}

fn distribution(json: &Json, key: &str) -> Distribution {
    of_list(&json[key])
}

/// A list of numbers, or the distinct ones with how often each occurs.
fn of_list(json: &Json) -> Distribution {
    if json.is_array() {
        return Distribution::of(&decimals(json)).expect("numbers");
    }
    Distribution::from_counts(numbers(json, "values").into_iter().zip(counts(json, "counts"))).expect("numbers")
}

fn sample(json: &Json, key: &str) -> Sample {
    distribution(json, key).sample().expect("a sample")
}

fn groups(json: &Json) -> Vec<Distribution> {
    json["groups"].as_array().expect("groups").iter().map(of_list).collect()
}

fn pairs(json: &Json, first: &str, second: &str) -> Pairs {
    Pairs::of(&numbers(json, first), &numbers(json, second)).expect("pairs")
}

fn observations(json: &Json) -> Observations {
    let columns: Vec<Vec<f64>> = json["columns"].as_array().expect("columns").iter().map(decimals).collect();
    Observations::of(&columns).expect("observations")
}

fn weighted(json: &Json) -> Vec<Weighted> {
    let both = numbers(json, "values").into_iter().zip(numbers(json, "weights"));
    both.map(|(value, weight)| Weighted { weight, value, times: 1 }).collect()
}

fn told<const N: usize>(parts: [(&str, f64); N]) -> Found {
    parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn numbered(values: &[f64]) -> Found {
    values.iter().enumerate().map(|(at, value)| (format!("p{at}"), *value)).collect()
}

fn changed(found: change::Change) -> Estimate<Found> {
    let told_apart = found.interval.low > 0.0 || found.interval.high < 0.0;
    assert_eq!(found.is_distinguishable(), told_apart);
    Ok(told([("change", found.change), ("p", found.p?)]).with(found.interval, ""))
}

trait More: Sized {
    fn and<'a>(self, parts: impl IntoIterator<Item = (&'a str, f64)>) -> Self;
    fn with(self, interval: Interval, of: &str) -> Self;
}

impl More for Found {
    fn and<'a>(mut self, parts: impl IntoIterator<Item = (&'a str, f64)>) -> Found {
        self.extend(parts.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self
    }

    fn with(mut self, interval: Interval, of: &str) -> Found {
        assert!((interval.level - 0.95).abs() < 1e-15 && interval.low <= interval.high);
        self.insert(format!("low{of}"), interval.low);
        self.insert(format!("high{of}"), interval.high);
        self
    }
}
