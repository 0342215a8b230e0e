"""What src/estimate must give: data, and the same statistics by SciPy, statsmodels and pingouin; by plain NumPy where none has them.

Each statistic is a list of cases, a case is what goes in and what must come out. tests/it/estimate.rs reads them and checks the names
both ways. Where a library rounds what it prints, its unrounded parts are used.
"""

import itertools
import math
import warnings

import numpy as np
import pandas
import pingouin
import statsmodels.api as sm
from generator import Generator
from scipy import integrate, optimize, special, stats
from statsmodels.stats import contingency_tables, multitest, oneway, proportion, weightstats
from statsmodels.stats.outliers_influence import variance_inflation_factor

Z = stats.norm.ppf(0.975)
generator = Generator(20261123)


def plain(number):
    """A float with 15 significant digits: what differs beneath is the order of sums."""
    return float(f"{float(number):.15g}")


# Data ---------------------------------------------------------------------------------------------------------------------


def likert(n, points=5, lean=0.0):
    """Answers to one item, leaning upwards by so much."""
    return [min(points, max(1, 1 + int(points * (generator.unit() + lean)))) for _ in range(n)]


def decimals(n, scale=10.0, shift=0.0):
    """Numbers with four decimals, skewed."""
    return [round(shift + scale * generator.unit() ** 2, 4) for _ in range(n)]


def items(n, k, points=5, weight=0.5):
    """k answers of n people that share a trait."""
    rows = []
    for _ in range(n):
        trait = generator.unit()
        rows.append([min(points, 1 + int(points * (weight * trait + (1 - weight) * generator.unit()))) for _ in range(k)])
    return rows


# Student (1908), «The probable error of a mean»: additional hours of sleep of ten patients with two drugs
SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
# Hollander & Wolfe (1973), p. 116: how fast particles are cleared from the lungs of three groups
LUNGS = [2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]
# Agresti (1990), p. 350: approval of a prime minister, the same people twice
APPROVAL = 794, 150, 86, 570
# Ehrstein & Croarkin, resistivity of silicon by five instruments, as published by NIST (SiRstv, Statistical Reference Datasets, public
# domain): values with seven digits that differ in the last four
SILICON = [
    [196.3052, 196.1240, 196.1890, 196.2569, 196.3403],
    [196.3042, 196.3825, 196.1669, 196.3257, 196.0422],
    [196.1303, 196.2005, 196.2889, 196.0343, 196.1811],
    [196.2795, 196.1748, 196.1494, 196.1485, 195.9885],
    [196.2119, 196.1051, 196.1850, 196.0052, 196.2090],
]
# British Board of Trade (1912), as in Dawson (1995), Journal of Statistics Education 3: who of the Titanic's first, second and third class
# and of its crew was saved, and who was not
TITANIC = [[203, 122], [118, 167], [178, 528], [212, 673]]
# American National Election Study 1996, as it comes with statsmodels (datasets.anes96, public domain): how far 944 voters lean to the
# right by their party, by where they place themselves, by whom they vote for
VOTERS = sm.datasets.anes96.load_pandas().data[["PID", "selfLR", "vote"]].astype(int).values.tolist()
# Longley (1967), as published by NIST (Statistical Reference Datasets, public domain): nearly collinear
LONGLEY = [
    [83.0, 234289, 2356, 1590, 107608, 1947, 60323],
    [88.5, 259426, 2325, 1456, 108632, 1948, 61122],
    [88.2, 258054, 3682, 1616, 109773, 1949, 60171],
    [89.5, 284599, 3351, 1650, 110929, 1950, 61187],
    [96.2, 328975, 2099, 3099, 112075, 1951, 63221],
    [98.1, 346999, 1932, 3594, 113270, 1952, 63639],
    [99.0, 365385, 1870, 3547, 115094, 1953, 64989],
    [100.0, 363112, 3578, 3350, 116219, 1954, 63761],
    [101.2, 397469, 2904, 3048, 117388, 1955, 66019],
    [104.6, 419180, 2822, 2857, 118734, 1956, 67857],
    [108.4, 442769, 2936, 2798, 120445, 1957, 68169],
    [110.8, 444546, 4681, 2637, 121950, 1958, 66513],
    [112.6, 482704, 3813, 2552, 123366, 1959, 68655],
    [114.2, 502601, 3931, 2514, 125368, 1960, 69564],
    [115.7, 518173, 4806, 2572, 127852, 1961, 69331],
    [116.9, 554894, 4007, 2827, 130081, 1962, 70551],
]

TWO_GROUPS = [
    SLEEP,
    (likert(40), likert(55, lean=0.2)),
    (likert(7, 11), likert(9, 11)),
    (likert(300, 7, 0.1), likert(1200, 7, 0.1)),
    (decimals(25, 40, -10), decimals(18, 60, -10)),
    ([3, 3, 3, 3, 3, 3], likert(30)),
    ([1, 2], [4, 5, 5]),
    (likert(5000, lean=0.02), likert(4000)),
    (likert(2000, lean=0.3), likert(1500)),
    # Apart by many times the spread
    ([1, 1, 2, 1, 1, 1], [5, 5, 5, 5, 4]),
    ([1.01, 1.02, 1.03], [9.01, 9.03]),
    ([1.0, 1.0001, 1.0], [900.0, 900.0002]),
    ([2, 3], [2, 3]),
    # A million people, a small difference
    (
        np.repeat([1, 2, 3, 4, 5], [81_234, 120_111, 140_002, 98_031, 60_622]).tolist(),
        np.repeat([1, 2, 3, 4, 5], [82_500, 121_000, 139_000, 97_000, 60_500]).tolist(),
    ),
]


def packed(values):
    """A long list as counts."""
    if len(values) < 500:
        return values
    distinct, counts = np.unique(values, return_counts=True)
    return {"values": distinct.tolist(), "counts": counts.tolist()}


def pairs_of(n, k, lean):
    first = likert(n, k)
    return first, [min(k, max(1, value + generator.below(3) - 1 + (1 if generator.unit() < lean else 0))) for value in first]


PAIRED = [SLEEP, pairs_of(30, 5, 0.3), pairs_of(400, 7, 0.05), pairs_of(12, 11, 0.5), (decimals(40), decimals(40, 11))]
PROPORTIONS = [
    ((142, 200), (114, 200)),
    ((0, 10), (10, 10)),
    ((5, 10), (6, 11)),
    ((0, 7), (1, 9)),
    ((501_234, 1_000_000), (499_000, 1_000_000)),
]
for _ in range(20):
    n, m = 1 + generator.below(500), 1 + generator.below(500)
    pair = (1 + generator.below(n), n), (generator.below(m), m)
    PROPORTIONS.append(pair)


# Shares -------------------------------------------------------------------------------------------------------------------


def interval(low, high, of=""):
    return {f"low{of}": plain(low), f"high{of}": plain(high)}


def wilson(x, n):
    low, high = proportion.proportion_confint(x, n, alpha=0.05, method="wilson")
    # Of nobody and of all the ends are whole, but for the rounding.
    return 0.0 if x == 0 else low, 1.0 if x == n else high


def share():
    for (count, n), _ in PROPORTIONS:
        low, high = wilson(count, n)
        yield {"count": count, "n": n}, {"percent": plain(100 * count / n), **interval(100 * low, 100 * high)}


def share_of_places():
    for size, points in [(30, 5), (200, 7), (11, 4)]:
        answers = likert(size, points)
        counts = [answers.count(point) for point in range(1, points + 1)]
        for k in (1, 2):
            low, high = wilson(sum(counts[-k:]), size)
            yield {"counts": counts, "k": k}, {"percent": plain(100 * sum(counts[-k:]) / size), **interval(100 * low, 100 * high)}


def two_shares():
    for (a, n), (b, m) in PROPORTIONS:
        z, p = proportion.proportions_ztest([a, b], [n, m])
        low, high = proportion.confint_proportions_2indep(a, n, b, m, method="newcomb", compare="diff", alpha=0.05)
        h = proportion.proportion_effectsize(a / n, b / m)
        # No library has an interval of h: the arcsine of a share has the variance 1 / (4 n)
        half = Z * math.sqrt(4 / (4 * n) + 4 / (4 * m))
        yield {"a": [a, n], "b": [b, m]}, {
            "points": plain(100 * (a / n - b / m)),
            "z": plain(z),
            "p": plain(p),
            "h": plain(h),
            "low_h": plain(h - half),
            "high_h": plain(h + half),
            **interval(100 * low, 100 * high),
        }


def fisher_exact():
    small = [((3, 7), (17, 340)), ((0, 5), (3, 200)), ((5, 5), (1, 30)), ((2, 4), (2, 4)), ((12, 12), (700, 100000)), ((900, 1000), (5, 1000000))]
    for (a, n), (b, m) in PROPORTIONS + small:
        if 0 < a + b < n + m and max(n, m) <= 1000000:
            yield {"a": [a, n], "b": [b, m]}, {"p": plain(stats.fisher_exact([[a, n - a], [b, m - b]]).pvalue)}


FOURFOLD = [APPROVAL, (36, 2, 12, 0), (0, 3, 5, 0), (10, 0, 0, 10), (5, 1, 0, 4), (0, 0, 7, 0), (20, 5, 5, 20), (1, 1, 1, 1)]
FOURFOLD += [tuple(generator.below(60) for _ in range(4)) for _ in range(12)]


def paired_newcombe(both, before, after, neither):
    """Newcombe (1998), method 10, written from the paper; theirs is first minus second, ours after minus before."""
    e, f, g, h = both, after, before, neither
    n = e + f + g + h
    one, other = (e + f) / n, (e + g) / n
    (l2, u2), (l3, u3) = wilson(e + f, n), wilson(e + g, n)
    margins = (e + f) * (g + h) * (e + g) * (f + h)
    if margins == 0:
        phi = 0.0
    elif e * h > f * g:
        phi = max(e * h - f * g - n / 2, 0) / math.sqrt(margins)
    else:
        phi = (e * h - f * g) / math.sqrt(margins)
    d2, e2, d3, e3 = one - l2, u2 - one, other - l3, u3 - other
    low = (f - g) / n - math.sqrt(d2**2 - 2 * phi * d2 * e3 + e3**2)
    high = (f - g) / n + math.sqrt(e2**2 - 2 * phi * e2 * d3 + d3**2)
    return (f - g) / n, low, high


def paired_shares():
    for table in FOURFOLD:
        change, low, high = paired_newcombe(*table)
        yield {"table": table}, {"points": plain(100 * change), **interval(100 * low, 100 * high)}
    # Newcombe (1998), Table II, first example: as printed there
    assert [round(x, 4) for x in paired_newcombe(36, 2, 12, 0)[1:]] == [0.0569, 0.3404]


def mcnemar():
    for a, b, c, d in FOURFOLD:
        if b + c:
            table = [[a, b], [c, d]]
            rough = contingency_tables.mcnemar(table, exact=False, correction=False)
            exact = contingency_tables.mcnemar(table, exact=True)
            yield {"table": [a, b, c, d]}, {"statistic": plain(rough.statistic), "p": plain(rough.pvalue), "p_exact": plain(exact.pvalue)}


def bonett_price(b, c, n):
    p, q = (b + 1) / (n + 2), (c + 1) / (n + 2)
    half = Z * math.sqrt((p + q - (p - q) ** 2) / (n + 2))
    return max(-1, p - q - half), min(1, p - q + half)


def net():
    for b, c, n in [(5, 3, 10), (0, 0, 4), (9, 0, 9), (300, 120, 1000)] + [
        (generator.below(40), generator.below(40), 80 + generator.below(9)) for _ in range(9)
    ]:
        low, high = bonett_price(b, c, n)
        yield {"favour": b, "against": c, "n": n}, {"points": plain(100 * (b - c) / n), **interval(100 * low, 100 * high)}


def recommendation():
    for size in (8, 57, 1000):
        counts = np.bincount([value - 1 for value in likert(size, 11, 0.25)], minlength=11)
        b, c = int(counts[9:].sum()), int(counts[:7].sum())
        low, high = bonett_price(b, c, size)
        out = {"promoters": b, "passives": size - b - c, "detractors": c, "points": plain(100 * (b - c) / size)}
        yield {"counts": counts.tolist()}, {**out, **interval(100 * low, 100 * high)}


# Tables -------------------------------------------------------------------------------------------------------------------


def told_table(table):
    table = np.array(table)
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    found = stats.chi2_contingency(table, correction=False)
    return {
        "n": int(table.sum()),
        "statistic": plain(found.statistic),
        "freedom": int(found.dof),
        "p": plain(found.pvalue),
        "v": plain(stats.contingency.association(table, method="cramer", correction=False)),
        "smallest": plain(found.expected_freq.min()),
        "few": int((found.expected_freq < 5).sum()),
        "cells": int(table.size),
    }


def chi_square():
    tables = [
        [[10, 20], [20, 10]],
        [[1198, 1493], [557, 1278]],
        [[3, 0, 2], [0, 0, 0], [1, 0, 5]],
        [[50, 0], [0, 50]],
        [[300_000, 250_000], [240_000, 210_001]],
        TITANIC,
    ]
    for rows, columns, most in [(2, 5, 40), (6, 5, 30), (12, 7, 900), (3, 3, 4)]:
        tables.append([[generator.below(most) + 1 for _ in range(columns)] for _ in range(rows)])
    for table in tables:
        yield {"table": table}, told_table(table)


def response():
    for segments in [
        [(80, 100), (45, 90), (10, 12)],
        [(5, 5), (4, 8), (0, 0), (7, 20)],
        [(300 + generator.below(99), 400 + generator.below(99)) for _ in range(9)],
    ]:
        answered, invited = (sum(part) for part in zip(*segments))
        whole = wilson(answered, invited)
        found = told_table([(a, b - a) for a, b in segments])
        rates = {f"rate{at}": plain(100 * a / b) for at, (a, b) in enumerate(segments) if b}
        out = {"percent": plain(100 * answered / invited), **interval(100 * whole[0], 100 * whole[1])}
        yield {"segments": segments}, {**out, **rates, **{key: found[key] for key in ("statistic", "freedom", "p", "v")}}


# Means --------------------------------------------------------------------------------------------------------------------


def quantile():
    for values in [SLEEP[0], likert(2), likert(37), likert(1000, 11), decimals(101), [4]]:
        out = {f"at{at}": plain(np.percentile(values, at, method="linear")) for at in (0, 5, 25, 50, 75, 90, 100)}
        yield {"values": packed(values)}, out


def moments():
    for values in [SLEEP[0], likert(2), likert(37), decimals(101, 1, 1_000_000), *SILICON, sum(SILICON, [])]:
        low, high = weightstats.DescrStatsW(np.array(values, dtype=float)).tconfint_mean(alpha=0.05)
        yield {"values": values}, {"mean": plain(np.mean(values)), "variance": plain(np.var(values, ddof=1)), **interval(low, high)}


def welch():
    for a, b in TWO_GROUPS:
        found = stats.ttest_ind(a, b, equal_var=False)
        low, high = found.confidence_interval(0.95)
        out = {
            "difference": plain(np.mean(a) - np.mean(b)),
            "t": plain(found.statistic),
            "freedom": plain(found.df),
            "p": plain(found.pvalue),
        }
        yield {"a": packed(a), "b": packed(b)}, {**out, **interval(low, high)}


def noncentral(t, freedom):
    """Both ends of the noncentrality, by SciPy's noncentral t; where that gives up, by its quadrature over the normal part."""
    size = abs(t)

    def below(shift):
        known = stats.nct.cdf(size, freedom, shift) if size < 30 else math.nan
        if not math.isnan(known):
            return known
        part = lambda z: stats.norm.pdf(z) * stats.chi2.sf(freedom * ((z + shift) / size) ** 2, freedom)
        start = max(-shift, -12)
        return stats.norm.cdf(-shift) + integrate.quad(part, start, start + 24, epsabs=1e-13, epsrel=1e-12, limit=400)[0]

    def end(probability):
        width = 8 + 5 * size / math.sqrt(freedom)
        return optimize.brentq(lambda shift: below(shift) - probability, size - width, size + width, xtol=1e-11, rtol=1e-14)

    ends = end(0.975), end(0.025)
    return ends if t >= 0 else (-ends[1], -ends[0])


def effect():
    for a, b in TWO_GROUPS:
        n, m = len(a), len(b)
        d = pingouin.compute_effsize(a, b, eftype="cohen")
        factor = math.exp(special.gammaln((n + m - 2) / 2) - special.gammaln((n + m - 3) / 2)) / math.sqrt((n + m - 2) / 2)
        unit = math.sqrt(1 / n + 1 / m)
        low, high = (unit * shift for shift in noncentral(d / unit, n + m - 2))
        out = {"d": plain(d), "g": plain(factor * d)}
        yield {"a": packed(a), "b": packed(b)}, {**out, **interval(low, high, "_d"), **interval(factor * low, factor * high, "_g")}


def paired():
    for first, second in PAIRED:
        found = stats.ttest_rel(second, first)
        low, high = found.confidence_interval(0.95)
        changes = np.array(second) - np.array(first)
        d_z = changes.mean() / changes.std(ddof=1)
        ends = [shift / math.sqrt(len(first)) for shift in noncentral(found.statistic, found.df)]
        out = {
            "change": plain(changes.mean()),
            "t": plain(found.statistic),
            "freedom": int(found.df),
            "p": plain(found.pvalue),
            "d_z": plain(d_z),
            "together_low": plain(found.confidence_interval(1 - 0.05 / 3)[0]),
            "together_high": plain(found.confidence_interval(1 - 0.05 / 3)[1]),
            "d_av": plain(pingouin.compute_effsize(second, first, paired=True, eftype="cohen")),
        }
        yield {"first": first, "second": second}, {**out, **interval(low, high), **interval(*ends, "_z")}


def welch_anova():
    for groups in [
        LUNGS,
        SILICON,
        [likert(30), likert(20, lean=0.2), likert(45, lean=0.1)],
        [decimals(12), decimals(9, 15), decimals(30, 12), decimals(7)],
        SLEEP,
    ]:
        found = oneway.anova_oneway(groups, use_var="unequal")
        whole = np.concatenate(groups)
        apart = sum(len(group) * (np.mean(group) - whole.mean()) ** 2 for group in groups)
        out = {"f": plain(found.statistic), "between": plain(found.df_num), "within": plain(found.df_denom), "p": plain(found.pvalue)}
        yield {"groups": [packed(group) for group in groups]}, {**out, "eta_squared": plain(apart / ((whole - whole.mean()) ** 2).sum())}
    # What NIST certifies of its data: the share of the spread that is between instruments
    whole = np.concatenate(SILICON)
    apart = sum(len(group) * (np.mean(group) - whole.mean()) ** 2 for group in SILICON)
    assert math.isclose(apart / ((whole - whole.mean()) ** 2).sum(), 1.90999039051129e-01, rel_tol=1e-8)
    assert math.isclose(stats.f_oneway(*SILICON).statistic, 1.18046237440255, rel_tol=1e-8)



# Ranks --------------------------------------------------------------------------------------------------------------------


def mann_whitney():
    for a, b in TWO_GROUPS:
        found = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
        n, m = len(a), len(b)
        above = found.statistic / (n * m)
        z = math.copysign(stats.norm.isf(found.pvalue / 2), above - 0.5)
        out = {"u": plain(found.statistic), "p": plain(found.pvalue), "z": plain(z)}
        yield {"a": packed(a), "b": packed(b)}, {**out, "superiority": plain(above), "rank_biserial": plain(2 * above - 1)}
    table = pingouin.mwu(TWO_GROUPS[1][0], TWO_GROUPS[1][1], method="asymptotic")
    assert math.isclose(abs(table["RBC"].iloc[0]), abs(2 * stats.mannwhitneyu(*TWO_GROUPS[1]).statistic / (40 * 55) - 1), abs_tol=1e-4)


def kruskal_wallis():
    for groups in [
        LUNGS,
        SILICON,
        SLEEP,
        [likert(30), likert(20, lean=0.2), likert(45, lean=0.1)],
        [decimals(5), decimals(6), decimals(7), decimals(8)],
        [likert(900, 7, 0.01 * at) for at in range(6)],
    ]:
        found = stats.kruskal(*groups)
        n, k = sum(len(group) for group in groups), len(groups)
        out = {"h": plain(found.statistic), "freedom": k - 1, "p": plain(found.pvalue)}
        yield {"groups": [packed(group) for group in groups]}, {
            **out,
            "eta_squared": plain((found.statistic - k + 1) / (n - k)),
            "epsilon_squared": plain(found.statistic / (n - 1)),
        }


def wilcoxon():
    for first, second in PAIRED:
        # Changes of the decimals are rounded, so that equal ones are equal.
        changes = np.round(np.array(second) - np.array(first), 4)
        found = stats.wilcoxon(changes, zero_method="wilcox", correction=True, method="asymptotic")
        moved = changes[changes != 0]
        ranks = stats.rankdata(abs(moved))
        up, down = ranks[moved > 0].sum(), ranks[moved < 0].sum()
        out = {
            "changed": len(moved),
            "up": plain(up),
            "down": plain(down),
            "p": plain(found.pvalue),
            "z": plain(math.copysign(found.zstatistic, up - down)),
        }
        yield {"changes": changes.tolist()}, {**out, "rank_biserial": plain((up - down) / (up + down))}


# Relations ----------------------------------------------------------------------------------------------------------------


def columns(rows):
    return [list(column) for column in zip(*rows)]


RELATED = [columns(items(25, 2)), columns(items(4, 2, 11)), columns(items(800, 2, 7, 0.2)), (decimals(60), decimals(60)), SLEEP]


def fisher(r, n, spread=1.0):
    half = Z * math.sqrt(spread / (n - 3))
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def pearson():
    for x, y in RELATED:
        found = stats.pearsonr(x, y)
        yield {"x": x, "y": y}, {"r": plain(found.statistic), "p": plain(found.pvalue), **interval(*found.confidence_interval(0.95))}


def spearman():
    for x, y in RELATED:
        found = stats.spearmanr(x, y)
        r = found.statistic
        yield {"x": x, "y": y}, {"r": plain(r), "p": plain(found.pvalue), **interval(*fisher(r, len(x), 1 + r * r / 2))}


def published():
    for r, n, controls in [(-0.012, 10_000, 0), (0.201, 10_000, 3), (0.9, 12, 2), (0.0, 5, 1), (-0.55, 40, 0)]:
        freedom = n - controls - 2
        p = 2 * stats.t.sf(abs(r) * math.sqrt(freedom / (1 - r * r)), freedom)
        yield {"r": r, "n": n, "controls": controls}, {"r": r, "p": plain(p), **interval(*fisher(r, n - controls))}


MANY = [
    columns(items(60, 4)),
    columns(items(400, 6, 7, 0.3)),
    columns(LONGLEY),
    [decimals(50), decimals(50, 3), decimals(50, 900)],
    columns(items(30, 3, 11, 0.7)),
]


def partial():
    for data in MANY:
        frame = {f"c{at}": column for at, column in enumerate(data[:-2])}
        found = pingouin.partial_corr(pandas.DataFrame({**frame, "x": data[-2], "y": data[-1]}), "x", "y", list(frame))
        # The same from residuals: pingouin may round.
        design = sm.add_constant(np.array(data[:-2], dtype=float).T)
        scaled = (design - np.r_[0, design[:, 1:].mean(0)]) / np.r_[1, design[:, 1:].std(0)]
        rest = [np.array(column) - scaled @ np.linalg.lstsq(scaled, np.array(column, dtype=float), rcond=None)[0] for column in data[-2:]]
        r = float(np.corrcoef(*rest)[0, 1])
        assert math.isclose(r, found["r"].iloc[0], abs_tol=1e-5)
        n, k = len(data[0]), len(data) - 2
        freedom = n - k - 2
        p = 2 * stats.t.sf(abs(r) * math.sqrt(freedom / (1 - r * r)), freedom)
        yield {"columns": data}, {"r": plain(r), "p": plain(p), **interval(*fisher(r, n - k))}


def standardised(data):
    matrix = np.array(data, dtype=float).T
    return (matrix - matrix.mean(0)) / matrix.std(0, ddof=1), matrix.std(0, ddof=1)


def fitted(data):
    matrix, spreads = standardised(data)
    found = sm.OLS(matrix[:, -1], sm.add_constant(matrix[:, :-1])).fit(method="qr")
    low, high = found.conf_int(0.05).T
    all_low, all_high = found.conf_int(0.05 / (matrix.shape[1] - 1)).T
    out = {
        "r_squared": plain(found.rsquared),
        "adjusted": plain(found.rsquared_adj),
        "f": plain(found.fvalue),
        "p": plain(found.f_pvalue),
        "freedom": int(found.df_resid),
    }
    inflation = np.diag(np.linalg.inv(np.corrcoef(matrix[:, :-1].T))) if matrix.shape[1] > 2 else [1.0]
    for at in range(matrix.shape[1] - 1):
        if len(data) < 5:
            near = variance_inflation_factor(sm.add_constant(matrix[:, :-1]), at + 1)
            assert math.isclose(near, inflation[at], rel_tol=1e-8)
        parts = {
            "beta": found.params[at + 1],
            "slope": found.params[at + 1] * spreads[-1] / spreads[at],
            "error": found.bse[at + 1],
            "t": found.tvalues[at + 1],
            "p": found.pvalues[at + 1],
            "low": low[at + 1],
            "high": high[at + 1],
            "vif": inflation[at],
            "together_low": all_low[at + 1],
            "together_high": all_high[at + 1],
        }
        out |= {f"{key}{at}": plain(value) for key, value in parts.items()}
    return out


def regression():
    for data in MANY:
        yield {"columns": data}, fitted(data)
    # The same of Longley's data as NIST certifies it: R² and one slope
    found = fitted(MANY[2])
    assert math.isclose(found["r_squared"], 0.995479004577296, rel_tol=1e-9)
    assert math.isclose(found["slope5"], 1829.15146461355, rel_tol=1e-8)


def importance():
    for data in [*MANY[:2], MANY[3], columns(items(120, 13, 5, 0.4))]:
        matrix, _ = standardised(data)
        k = matrix.shape[1] - 1
        fits = {}
        for size in range(k + 1):
            for chosen in itertools.combinations(range(k), size):
                part = matrix[:, chosen]
                rest = matrix[:, -1] - part @ np.linalg.lstsq(part, matrix[:, -1], rcond=None)[0] if size else matrix[:, -1]
                fits[chosen] = 1 - (rest @ rest) / (matrix[:, -1] @ matrix[:, -1])
        out = {}
        for own in range(k):
            part = 0.0
            for chosen, fit in fits.items():
                if own not in chosen:
                    weight = math.factorial(len(chosen)) * math.factorial(k - len(chosen) - 1) / math.factorial(k)
                    part += weight * (fits[tuple(sorted((*chosen, own)))] - fit)
            out[f"part{own}"] = plain(part)
        yield {"columns": data}, out


def lmg_shares(matrix, weights):
    """The shares of R² from a weighted correlation matrix, by normal equations."""
    mean = weights @ matrix / weights.sum()
    centred = matrix - mean
    products = (centred * weights[:, None]).T @ centred
    spread = np.sqrt(np.diag(products))
    r = products / np.outer(spread, spread)
    k = matrix.shape[1] - 1
    fits = {(): 0.0}
    for size in range(1, k + 1):
        for chosen in itertools.combinations(range(k), size):
            own = list(chosen)
            fits[chosen] = r[own, k] @ np.linalg.solve(r[np.ix_(own, own)], r[own, k])
    parts = np.zeros(k)
    for own in range(k):
        for chosen, fit in fits.items():
            if own not in chosen:
                weight = math.factorial(len(chosen)) * math.factorial(k - len(chosen) - 1) / math.factorial(k)
                parts[own] += weight * (fits[tuple(sorted((*chosen, own)))] - fit)
    return parts / parts.sum()


def importance_shares():
    # The infinitesimal jackknife: how the shares move when one person counts a little more or less
    for data in [*MANY[:2], columns(items(120, 8, 5, 0.4)), columns(items(300, 5, 5, 0.5))]:
        matrix = np.array(data, dtype=float).T
        n = len(matrix)
        step = 1e-4
        ones = np.ones(n)
        shares = lmg_shares(matrix, ones)
        square = np.zeros(len(shares))
        for person in range(n):
            moved = np.zeros(n)
            moved[person] = step
            square += ((lmg_shares(matrix, ones + moved) - lmg_shares(matrix, ones - moved)) / (2 * step)) ** 2
        out = {}
        for at, (share, error) in enumerate(zip(shares, np.sqrt(square))):
            half = stats.norm.ppf(0.975) * error
            out |= {f"share{at}": plain(share), f"low{at}": plain(max(share - half, 0)), f"high{at}": plain(min(share + half, 1))}
        yield {"columns": data}, out


def reliability():
    for rows in [items(12, 3), items(200, 6, 5, 0.7), items(35, 2, 7), items(90, 10, 4, 0.2), VOTERS]:
        matrix = np.array(rows)
        n, k = matrix.shape
        alpha, _ = pingouin.cronbach_alpha(pandas.DataFrame(matrix))
        ends = [1 - (1 - alpha) * stats.f.ppf(at, n - 1, (n - 1) * (k - 1)) for at in (0.975, 0.025)]
        out = {"alpha": plain(alpha), **interval(*ends)}
        for at in range(k):
            others = np.delete(matrix, at, axis=1)
            out[f"rest{at}"] = plain(np.corrcoef(matrix[:, at], others.sum(axis=1))[0, 1])
            if k > 2:
                out[f"without{at}"] = plain(pingouin.cronbach_alpha(pandas.DataFrame(others))[0])
        yield {"rows": rows}, out


# Weights ------------------------------------------------------------------------------------------------------------------


def weighted(values):
    return values, [round(0.2 + 2.5 * generator.unit() ** 2, 4) for _ in values]


def worth(weights):
    weights = np.array(weights)
    effective = weights.sum() ** 2 / (weights**2).sum()
    return effective, {"effective_n": plain(effective), "design_effect": plain(len(weights) / effective)}


def weighted_share():
    for n in (3, 40, 700):
        values, weights = weighted([generator.below(2) for _ in range(n)])
        effective, out = worth(weights)
        share = np.average(values, weights=weights)
        low, high = wilson(share * effective, effective)
        yield {"values": values, "weights": weights}, {"value": plain(100 * share), **out, **interval(100 * low, 100 * high)}


def weighted_mean():
    for n in (4, 40, 700):
        values, weights = weighted(likert(n))
        effective, out = worth(weights)
        described = weightstats.DescrStatsW(np.array(values, dtype=float), weights=np.array(weights), ddof=0)
        error = math.sqrt(described.var / (effective - 1))
        low, high = (described.mean + side * stats.t.ppf(0.975, effective - 1) * error for side in (-1, 1))
        yield {"values": values, "weights": weights}, {"value": plain(described.mean), **out, **interval(low, high)}


def adjusted():
    """Groups that count for as many people as they are known to have, computed from every single answer."""
    for n, known, share, corrected in [
        (300, (150, 200, 190, 140), True, False),
        (300, (150, 200, 190, 140), True, True),
        (44, (9000, 400, 30), True, False),
        (300, (150, 200, 190, 140), False, False),
        (620, (150, 200, 190, 140), False, True),
        (30, (1000, 20), False, False),
    ]:
        codes = np.array([at % len(known) if at < 2 * len(known) else generator.below(len(known)) for at in range(n)])
        values = np.array([generator.below(2) for _ in range(n)] if share else likert(n), dtype=float)
        sizes = np.bincount(codes, minlength=len(known))
        weights = (np.array(known) / sizes)[codes]
        effective, out = worth(weights)
        everybody = sum(known)
        mean = sum(part / everybody * values[codes == at].mean() for at, part in enumerate(known))
        described = weightstats.DescrStatsW(values, weights=weights, ddof=0)
        assert abs(described.mean - mean) < 1e-12
        if share:
            people = effective * (everybody - 1) / (everybody - n) if corrected else effective
            low, high = wilson(mean * people, people)
            scale = 100
        else:
            error = math.sqrt(described.var / (effective - 1)) * (math.sqrt(1 - n / everybody) if corrected else 1)
            low, high = (mean + side * stats.t.ppf(0.975, effective - 1) * error for side in (-1, 1))
            scale = 1
        population = everybody if corrected else None
        yield (
            {"codes": codes.tolist(), "values": values.tolist(), "known": known, "share": share, "population": population},
            {"value": plain(scale * mean), **out, **interval(scale * low, scale * high)},
        )


def rake():
    for n, sizes, limits in [(60, (3, 2), None), (500, (5, 4, 2), None), (300, (4, 3), (0.3, 3.0)), (80, (3, 3), (0.8, 1.3))]:
        codes = [[generator.below(size) for _ in range(n)] for size in sizes]
        known = [[20 + generator.below(40) for _ in range(size)] for size in sizes]
        weights = np.ones(n)
        shares = [np.array(part) / sum(part) for part in known]
        gap = 1.0
        for _ in range(1000):
            for margin, share in zip(codes, shares):
                sums = np.bincount(margin, weights=weights, minlength=len(share))
                weights = weights * (share * n / sums)[margin]
            if limits:
                weights = np.clip(weights, *limits)
            last, gap = gap, max(
                abs(np.bincount(margin, weights=weights) / weights.sum() - share).max() for margin, share in zip(codes, shares)
            )
            if gap < 1e-10 or abs(last - gap) < 1e-15:
                break
        picked = {f"weight{at}": plain(weights[at]) for at in range(0, n, 7)}
        out = {"converged": int(gap < 1e-10), **worth(weights)[1], **picked}
        yield {"codes": codes, "known": known, "limits": limits}, out


def population():
    for count, n, everybody in [(30, 40, 50), (7, 9, 9), (120, 300, 412), (5, 50, 10_000_000), (0, 12, 20), (12, 12, 20)]:
        worth_of = n * (everybody - 1) / (everybody - n) if everybody > n else math.inf
        low, high = wilson(count / n * worth_of, worth_of) if everybody > n else (count / n, count / n)
        values = likert(n)
        half = stats.t.ppf(0.975, n - 1) * math.sqrt(np.var(values, ddof=1) / n * (1 - n / everybody))
        out = {"correction": plain(math.sqrt((everybody - n) / (everybody - 1))), **interval(100 * low, 100 * high)}
        yield {"count": count, "n": n, "population": everybody, "values": values}, {
            **out,
            **interval(np.mean(values) - half, np.mean(values) + half, "_mean"),
        }


# Sheets, many tests, waves ------------------------------------------------------------------------------------------------


def run():
    for answers in [likert(12), [3] * 9, [1, 1, None, 1, 2, 2, 2, 2, None], likert(30, 2), [None, 4]]:
        given = [answer for answer in answers if answer is not None]
        longest = max(len(list(same)) for _, same in itertools.groupby(given))
        out = {"answered": len(given), "longest": longest, "straight": int(len(set(given)) == 1)}
        yield {"answers": answers}, {**out, **({"spread": plain(np.std(given, ddof=1))} if len(given) > 1 else {})}


def still_there():
    for size in (1, 6, 20):
        gone, ended = [generator.below(9) for _ in range(size)], 100 + generator.below(100)
        n, left, out = sum(gone) + ended, sum(gone) + ended, {}
        for at, lost in enumerate(gone):
            left -= lost
            out[f"at{at}"] = plain(100 * left / n)
        yield {"gone": gone, "ended": ended}, out


def several(method):
    for size in (1, 4, 30):
        probabilities = [round(generator.unit() ** 3, 6) for _ in range(size)] + [0.01, 0.01][: size // 4]
        adjusted = multitest.multipletests(probabilities, method=method)[1]
        yield {"p": probabilities}, {f"p{at}": plain(value) for at, value in enumerate(adjusted)}


def careful_of_shares(a, n, b, m):
    table = [[a, n - a], [b, m - b]]
    if stats.contingency.expected_freq(table).min() < 5:
        return stats.fisher_exact(table).pvalue
    return proportion.proportions_ztest([b, a], [m, n])[1]


def change_of_shares():
    for (a, n), (b, m) in PROPORTIONS[:8] + [((3, 7), (17, 340)), ((4, 9), (30, 200)), ((1, 12), (90, 800))]:
        low, high = proportion.confint_proportions_2indep(b, m, a, n, method="newcomb", compare="diff", alpha=0.05)
        yield {"earlier": [a, n], "later": [b, m]}, {
            "change": plain(100 * (b / m - a / n)),
            "p": plain(careful_of_shares(a, n, b, m)),
            **interval(100 * low, 100 * high),
        }


def change_of_paired_shares():
    for table in FOURFOLD:
        change, low, high = paired_newcombe(*table)
        p = contingency_tables.mcnemar([[table[0], table[1]], [table[2], table[3]]], exact=True).pvalue
        if table[1] + table[2]:
            yield {"table": table}, {"change": plain(100 * change), "p": plain(p), **interval(100 * low, 100 * high)}


def change_of_means():
    for a, b in TWO_GROUPS[:4]:
        found = stats.ttest_ind(b, a, equal_var=False)
        yield {"earlier": a, "later": b}, {
            "change": plain(np.mean(b) - np.mean(a)),
            "p": plain(max(found.pvalue, stats.ttest_ind(b, a).pvalue)),
            **interval(*found.confidence_interval(0.95)),
        }


def pooled_t():
    for a, b in TWO_GROUPS:
        if len(a) < 1000:
            yield {"a": a, "b": b}, {"p": plain(stats.ttest_ind(a, b).pvalue)}


def change_of_paired_means():
    for first, second in PAIRED[:3]:
        found = stats.ttest_rel(second, first)
        change = np.mean(np.array(second) - np.array(first))
        yield {"first": first, "second": second}, {
            "change": plain(change),
            "p": plain(found.pvalue),
            **interval(*found.confidence_interval(0.95)),
        }


def change_of_nets():
    for earlier, later in [((30, 20, 80), (45, 12, 90)), ((3, 9, 20), (4, 4, 17)), ((400, 100, 900), (380, 130, 870))]:
        nets = [(b - c) / n for b, c, n in (earlier, later)]
        (l1, u1), (l2, u2) = bonett_price(*earlier), bonett_price(*later)
        change = nets[1] - nets[0]
        low = change - math.hypot(nets[1] - l2, u1 - nets[0])
        high = change + math.hypot(u2 - nets[1], nets[0] - l1)
        variance = sum(((b + c) / n - ((b - c) / n) ** 2) / n for b, c, n in (earlier, later))
        points = [[100] * b + [-100] * c + [0] * (n - b - c) for b, c, n in (earlier, later)]
        p = max([2 * stats.norm.sf(abs(change) / math.sqrt(variance))] + [stats.ttest_ind(*points, equal_var=same).pvalue for same in (True, False)])
        yield {"earlier": earlier, "later": later}, {"change": plain(100 * change), "p": plain(p), **interval(100 * low, 100 * high)}


def chances():
    """Probabilities and quantiles on a grid from the middle to where nothing is left; src/estimate/chance.rs reads them."""
    student, chi_square, f, f_quantile, student_quantile, normal = [], [], [], [], [], []
    for freedom in (1, 2, 3.5, 10, 59, 1000.5, 1e5, 1e6, 1e9):
        for t in (0.01, 0.1, 0.5, 1, 2, 4, 8, 30, 1e4):
            student.append([t, freedom, plain(2 * stats.t.sf(t, freedom))])
        student_quantile.append([freedom, plain(stats.t.ppf(0.975, freedom))])
    for freedom in (1, 2, 5, 40, 999, 1e5):
        for times in (0.01, 0.5, 0.9, 1, 1.01, 1.2, 2, 10, 40):
            chi_square.append([freedom * times, freedom, plain(stats.chi2.sf(freedom * times, freedom))])
    for first, second in ((1, 1), (1, 30), (5, 12.5), (11, 3000), (300, 2), (999, 8991), (1e6, 9e6)):
        for value in (1e-6, 0.3, 0.99, 1, 1.001, 1.3, 5, 90):
            f.append([value, first, second, plain(stats.f.sf(value, first, second))])
        for lower in (0.025, 0.5, 0.975):
            f_quantile.append([lower, first, second, plain(stats.f.ppf(lower, first, second))])
    for z in (0, 1e-9, 0.5, 1, 1.96, 3, 8, 20, 37):
        normal.append([z, plain(2 * stats.norm.sf(z))])
    return {
        "student": student,
        "student_quantile": student_quantile,
        "chi_square": chi_square,
        "f": f,
        "f_quantile": f_quantile,
        "normal": normal,
    }


def estimates():
    warnings.simplefilter("ignore")
    told = [
        share,
        share_of_places,
        two_shares,
        paired_shares,
        mcnemar,
        net,
        recommendation,
        chi_square,
        response,
        quantile,
        moments,
        welch,
        effect,
        paired,
        welch_anova,
        mann_whitney,
        kruskal_wallis,
        wilcoxon,
        pearson,
        spearman,
        published,
        partial,
        regression,
        importance,
        reliability,
        weighted_share,
        weighted_mean,
        rake,
        population,
        run,
        still_there,
        change_of_shares,
        change_of_paired_shares,
        change_of_means,
        change_of_paired_means,
        change_of_nets,
    ]
    cases = {one.__name__: one() for one in told} | {"holm": several("holm"), "benjamini_hochberg": several("fdr_bh")}
    # Last, so that the numbers of the others stay as they are
    cases["importance_shares"] = importance_shares()
    cases["adjusted"] = adjusted()
    cases["fisher"] = fisher_exact()
    cases["pooled"] = pooled_t()
    return {name: [{"input": given, "expected": wanted} for given, wanted in made] for name, made in cases.items()}
