"""The frequencies, means and crossings of `answers.csv` in a folder, by DuckDB or pandas: prints seconds, peak MB and what was counted.

Each keeps the answers in its own form first (untimed, once): a database of DuckDB, Parquet for pandas. `kept` is the time from that form to
all figures, `counting` the part after everything is in memory."""
import json
import pathlib
import sys
import time

SCALES = [f"s{i}" for i in range(20)]
SINGLES = [f"o{i}" for i in range(6)]
SEVERAL = [f"m{i}_{c}" for i in range(2) for c in range(1, 6)]
NUMBERS = ["n0", "n1"]
SEGMENTS = {"department": 12, "age": 6}
MEANS = {"one": SCALES[:6], "two": SCALES[6:12]}


def by_duckdb(folder):
    import duckdb

    path = folder / "answers.duckdb"
    if not path.exists():
        with duckdb.connect(str(path)) as base:
            columns = ", ".join(
                f"CAST({name} AS UTINYINT) AS {name}" for name in [*SEGMENTS, *SCALES, *SINGLES, *SEVERAL, *NUMBERS]
            )
            base.execute(f"CREATE TABLE answers AS SELECT {columns} FROM read_csv('{folder / 'answers.csv'}')")
    figures = {}

    def count(base):
        for by in [None, *SEGMENTS]:
            name, group, select = ("", "", "'everybody'") if by is None else (f"-by-{by}", f"GROUP BY {by}", f"'c' || {by}")
            for question in SCALES + SINGLES:
                inner = f"{question}" if by is None else f"{by}, {question}"
                for row in base.execute(f"SELECT {select if by else select}, {question}, count(*) FROM answers GROUP BY {inner}").fetchall():
                    if row[1] is not None and question in SCALES:
                        key = f"{question}{name}/{row[0]}"
                        figures[key] = figures.get(key, 0) + row[2]
            sums = ", ".join(f"sum({one}), count({one})" for one in SEVERAL)
            base.execute(f"SELECT {select}, {sums} FROM answers {group}").fetchall()
            numbers = ", ".join(f"avg({one}), stddev_samp({one}), quantile_cont({one}, [0.25, 0.5, 0.75])" for one in NUMBERS)
            base.execute(f"SELECT {select}, {numbers} FROM answers {group}").fetchall()
            for scale, items in MEANS.items():
                score = "(" + " + ".join(items) + ") / 6.0"
                for row in base.execute(f"SELECT {select}, avg({score}), stddev_samp({score}) FROM answers {group}").fetchall():
                    figures[f"{scale}{name}/{row[0]}"] = row[1]

    start = time.perf_counter()
    with duckdb.connect(str(path), read_only=True) as base:
        count(base)
        kept = time.perf_counter() - start
    with duckdb.connect() as base:
        base.execute(f"ATTACH '{path}' AS kept (READ_ONLY)")
        base.execute("CREATE TABLE answers AS SELECT * FROM kept.answers")
        figures.clear()
        start = time.perf_counter()
        count(base)
        counting = time.perf_counter() - start
    return kept, counting, figures


def by_pandas(folder):
    import pandas

    path = folder / "answers.parquet"
    if not path.exists():
        frame = pandas.read_csv(folder / "answers.csv")
        for name in SCALES + SINGLES:
            frame[name] = frame[name].astype("Int8")
        for name in [*SEGMENTS, *SEVERAL, *NUMBERS]:
            frame[name] = frame[name].astype("int8")
        frame.to_parquet(path)
    figures = {}

    def count(frame):
        for scale, items in MEANS.items():
            frame[scale] = frame[items].sum(axis=1, skipna=False).astype("Float64") / 6.0
        for question in SCALES + SINGLES:
            counts = frame[question].value_counts()
            if question in SCALES:
                figures[f"{question}/everybody"] = int(counts.sum())
        frame[SEVERAL].sum()
        frame[NUMBERS].agg(["mean", "std"])
        frame[NUMBERS].quantile([0.25, 0.5, 0.75])
        for scale in MEANS:
            figures[f"{scale}/everybody"] = float(frame[scale].mean())
            frame[scale].std()
        for by in SEGMENTS:
            groups = frame.groupby(by)
            for question in SCALES + SINGLES:
                counts = groups[question].value_counts()
                if question in SCALES:
                    for value, n in counts.groupby(level=0).sum().items():
                        figures[f"{question}-by-{by}/c{value}"] = int(n)
            groups[SEVERAL].sum()
            groups[NUMBERS].agg(["mean", "std"])
            groups[NUMBERS].quantile([0.25, 0.5, 0.75])
            moments = groups[list(MEANS)].agg(["mean", "std"])
            for scale in MEANS:
                for value, mean in moments[scale]["mean"].items():
                    figures[f"{scale}-by-{by}/c{value}"] = float(mean)
        # The row of everybody stands beside those of the segments
        for name in SCALES + list(MEANS):
            for by in SEGMENTS:
                figures[f"{name}-by-{by}/everybody"] = figures[f"{name}/everybody"]

    start = time.perf_counter()
    frame = pandas.read_parquet(path)
    loaded = time.perf_counter()
    count(frame)
    end = time.perf_counter()
    return end - start, end - loaded, figures


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    kept, counting, figures = {"DuckDB": by_duckdb, "pandas": by_pandas}[name](folder)
    for one in SCALES + list(MEANS):
        for by in SEGMENTS:
            figures.setdefault(f"{one}-by-{by}/everybody", figures[f"{one}/everybody"])
    status = pathlib.Path("/proc/self/status")
    # ru_maxrss would be that of the program that called us, if it had more
    lines = status.read_text().splitlines() if status.exists() else []
    peak = next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), None)
    print(json.dumps({"kept": kept, "counting": counting, "peak": peak, "figures": figures}))


main()
