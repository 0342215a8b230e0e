"""Computes with SciPy, statsmodels and NumPy what the statistics of the program must give, and writes it as JSON.

The data are made here, by a small generator of our own, so that they are the same on every machine and version.
Usage: compute.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
from estimates import chances, estimates
from generator import Generator, plain
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.weightstats import DescrStatsW


def wilson(count, n):
    low, high = proportion_confint(count, n, alpha=0.05, method="wilson")
    return {"low": plain(100 * low), "high": plain(100 * high)}


def moments(values):
    described = DescrStatsW(np.array(values, dtype=float))
    low, high = described.tconfint_mean(alpha=0.05)
    return {
        "n": len(values),
        "mean": plain(np.mean(values)),
        "deviation": plain(np.std(values, ddof=1)),
        "low": plain(low),
        "high": plain(high),
    }


def intervals():
    generator = Generator(20261120)
    freedoms = list(range(1, 60)) + [99, 100, 199, 399, 500, 998, 999, 1000, 1001, 2500, 9_999, 100_000, 1_000_000]
    counts = [(74, 200), (177, 200), (333, 400), (0, 1), (1, 1), (0, 20), (20, 20), (1, 2), (9_999, 10_000), (123_456, 1_000_000)]
    for _ in range(40):
        n = 1 + generator.below(3000)
        counts.append((generator.below(n + 1), n))
    pairs = [((142, 200), (114, 200)), ((0, 10), (10, 10)), ((5, 10), (5, 10)), ((0, 7), (0, 9))]
    for _ in range(30):
        n, m = 1 + generator.below(500), 1 + generator.below(500)
        pairs.append(((generator.below(n + 1), n), (generator.below(m + 1), m)))
    newcombe = []
    for a, b in pairs:
        low, high = confint_proportions_2indep(*a, *b, method="newcomb", compare="diff", alpha=0.05)
        newcombe.append({"a": a, "b": b, "low": plain(100 * low), "high": plain(100 * high)})
    samples = []
    for size, make in [
        (2, lambda: generator.below(5) + 1),
        (12, lambda: generator.below(5) + 1),
        (137, lambda: round(1_000_000 + generator.unit() / 10, 6)),
        (400, lambda: round(-40 + 90 * generator.unit() ** 3, 4)),
        (1500, lambda: generator.below(11)),
    ]:
        values = [make() for _ in range(size)]
        samples.append({"values": [str(value) for value in values], **moments(values)})
    return {
        "student": [{"freedom": freedom, "quantile": plain(stats.t.ppf(0.975, freedom))} for freedom in freedoms],
        "wilson": [{"count": count, "n": n, **wilson(count, n)} for count, n in counts],
        "newcombe": newcombe,
        "samples": samples,
    }


# The survey: what each variable can hold. The Rust test builds the same one.
ORDINALS = {"vision": 5, "acting": 5, "meaning": 5, "lost": 5, "health": 4, "plan": 5, "mood": 7, "recommend": 11}
SECTIONS = ["sales", "office", "works", "research"]
SUPPORTS = ["talk", "course", "transfer", "grant", "none"]
NOT_SHOWN, SKIPPED, DECLINED = "#not-shown", "#skipped", "#declined"


def sheet(generator):
    """One person's answers, the items related by a trait of their own."""
    trait = generator.unit()

    def point(points, weight=0.6):
        position = weight * trait + (1 - weight) * generator.unit()
        return str(min(points, 1 + int(position * points)))

    answers = {name: point(points) for name, points in ORDINALS.items()}
    answers["lost"] = str(6 - int(answers["lost"]))
    answers["section"] = SECTIONS[min(3, generator.below(6))]
    chosen = [support for support in SUPPORTS[:-1] if generator.below(10) < 4]
    answers["support"] = chosen or ["none"]
    answers["years"] = str(round(40 * generator.unit() ** 2, 1))
    for name in list(answers):
        draw = generator.below(40)
        if draw < 2:
            answers[name] = SKIPPED
        elif draw == 2:
            answers[name] = DECLINED
    if answers["vision"] not in ("3", "4", "5"):
        answers["plan"] = NOT_SHOWN
    return answers


def given(rows, name):
    return [row[name] for row in rows if not str(row[name]).startswith("#")]


def completeness(rows, name):
    def count(state):
        return sum(1 for row in rows if row[name] == state)

    return {"answered": len(given(rows, name)), "skipped": count(SKIPPED), "declined": count(DECLINED), "not_shown": count(NOT_SHOWN)}


def shares(rows, name, codes):
    answers = given(rows, name)
    n = len(answers)
    result = {}
    for code in codes:
        count = sum(1 for answer in answers if code == answer or (isinstance(answer, list) and code in answer))
        result[code] = {"count": count, "percent": plain(100 * count / n), **wilson(count, n)}
    return {"n": n, "classes": result, "completeness": completeness(rows, name)}


def favourable(rows, name, codes):
    answers = given(rows, name)
    count = sum(1 for answer in answers if answer in codes)
    return {"count": count, "percent": plain(100 * count / len(answers)), **wilson(count, len(answers))}


def alpha(matrix):
    """Cronbach's alpha from the covariance matrix."""
    covariance = np.cov(matrix, rowvar=False, ddof=1)
    k = covariance.shape[0]
    return plain(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def scale(rows, items, turned, points, least, times):
    scores, whole = [], []
    for row in rows:
        values = []
        for item in items:
            if not str(row[item]).startswith("#"):
                value = int(row[item])
                values.append(points + 1 - value if item in turned else value)
        if len(values) >= least:
            scores.append(times * np.mean(values))
        if len(values) == len(items):
            whole.append(values)
    return {**moments(scores), "alpha": alpha(np.array(whole, dtype=float)), "complete": len(whole)}


def survey(seed, n):
    generator = Generator(seed)
    rows = [sheet(generator) for _ in range(n)]
    top = {"vision": "45", "acting": "45", "meaning": "45", "lost": "12", "health": "34", "plan": "45", "mood": "67"}
    expected = {name: shares(rows, name, [str(point) for point in range(1, points + 1)]) for name, points in ORDINALS.items()}
    for name, codes in top.items():
        expected[name]["favourable"] = favourable(rows, name, list(codes))
    expected["recommend"]["favourable"] = favourable(rows, "recommend", ["8", "9", "10", "11"])
    expected["section"] = shares(rows, "section", SECTIONS)
    expected["support"] = shares(rows, "support", SUPPORTS)
    expected["years"] = {**moments([float(value) for value in given(rows, "years")]), "completeness": completeness(rows, "years")}
    items = ["vision", "acting", "meaning", "lost"]
    expected["autonomy"] = scale(rows, items, {"lost"}, 5, 3, 1)
    expected["drive"] = scale(rows, ["acting", "meaning"], set(), 5, 2, 2)
    return {"n": n, "rows": rows, "expected": expected}


def main():
    folder = Path(sys.argv[1])
    files = {"chances": chances(), "estimates": estimates(), "intervals": intervals(), "survey-24": survey(24, 24), "survey-137": survey(137, 137), "survey-600": survey(600, 600)}
    for name, content in files.items():
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")


main()
