"""Holds what is hidden in tables of small groups against the optimum, by linear and integer programming (SciPy's HiGHS).

    suppression.py FILE

FILE is JSON: {"minimum": 5, "tables": [{"people": [...], "groups": [[...]], "costs": [...], "kept": [...]}, ...]}: people by atom (those
whom no group parts), groups as lists of atoms, what hiding each costs, and which of them the program shows. Of every table:

1. Nothing that is shown tells of fewer people than the minimum: for no set of atoms of so few people is there a combination of what is
   shown with a part of nobody else. One linear program an atom of each set.
2. The hidden groups cannot be pinned down: the sizes that fit all that is shown leave each of them an interval (two linear programs), and
   another whole number (an integer program).
3. No other choice that tells nothing costs less: the integer program of the cheapest hitting set, in which every find of 1 becomes a row
   that asks for one of its groups to be hidden, until nothing is found any more.

It has nothing in common with the program's own search (elimination over atoms, branch and bound).
"""

import itertools
import json
import sys

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp


def telling(rows, people, minimum):
    """The groups of a combination that tells of few people, as few groups as the program finds; None where there is none."""
    if not len(rows):
        return None
    matrix = np.array(rows, dtype=float)
    atoms = range(len(people))
    small = [atom for atom in atoms if people[atom] < minimum]
    for size in range(1, minimum):
        for few in itertools.combinations(small, size):
            if sum(people[atom] for atom in few) >= minimum:
                continue
            others = [atom for atom in atoms if atom not in few]
            for atom in few:
                # Weights as differences of two numbers from 0 up; their sum is what is kept small
                both = np.hstack([matrix.T, -matrix.T])
                equal = np.vstack([both[others], both[[atom]]])
                right = np.append(np.zeros(len(others)), 1.0)
                answer = linprog(np.ones(both.shape[1]), A_eq=equal, b_eq=right, bounds=(0, None), method="highs")
                if answer.status == 0:
                    weights = answer.x[: len(rows)] - answer.x[len(rows) :]
                    return [place for place, weight in enumerate(weights) if abs(weight) > 1e-7]
    return None


def indicator(groups, atoms):
    return [[1 if atom in group else 0 for atom in range(atoms)] for group in groups]


def own_costs(table):
    """The costs, with that of everybody no more than just above all others together: a larger number would drown theirs."""
    others = sum(cost for cost in table["costs"] if cost < 2**39)
    return [min(cost, others + 1) for cost in table["costs"]]


def cheapest(table, minimum):
    """What the cheapest choice that tells nothing costs, and which groups it hides."""
    rows = indicator(table["groups"], len(table["people"]))
    costs = np.array(own_costs(table), dtype=float)
    finds = []
    while True:
        constraints = [LinearConstraint(np.array(finds), lb=1)] if finds else []
        answer = milp(costs, integrality=np.ones(len(costs)), bounds=(0, 1), constraints=constraints, options={"mip_rel_gap": 0})
        assert answer.status == 0, answer.message
        hidden = answer.x > 0.5
        shown = [place for place in range(len(rows)) if not hidden[place]]
        found = telling([rows[place] for place in shown], table["people"], minimum)
        if found is None:
            return int(round(costs[hidden].sum())), hidden
        row = np.zeros(len(costs))
        row[[shown[place] for place in found]] = 1
        finds.append(row)


def pinned(table):
    """The hidden groups whose size follows from what is shown, and the narrowest interval of the others."""
    people = np.array(table["people"], dtype=float)
    rows = np.array(indicator(table["groups"], len(people)), dtype=float)
    kept = np.array(table["kept"], dtype=bool)
    if kept.all():
        return [], None
    shown, sizes = rows[kept], rows[kept] @ people
    fixed = {"A_eq": shown, "b_eq": sizes} if kept.any() else {}
    most = people.sum()
    found, narrowest = [], None
    for place in np.flatnonzero(~kept):
        ends = [linprog(sign * rows[place], bounds=(0, most), method="highs", **fixed) for sign in (1, -1)]
        low, high = ends[0].fun, -ends[1].fun
        own = rows[place] @ people
        constraints = [LinearConstraint(shown, sizes, sizes)] if kept.any() else []
        # Another whole number of people, above or below the true one
        others = [LinearConstraint(rows[place], own + 1, np.inf), LinearConstraint(rows[place], 0, own - 1)]
        whole = [
            milp(np.zeros(len(people)), integrality=np.ones(len(people)), bounds=(0, most), constraints=[*constraints, other])
            for other in others
            if not (other is others[1] and own < 1)
        ]
        if not any(answer.status == 0 for answer in whole):
            found.append(int(place))
        width = high - low
        narrowest = width if narrowest is None else min(narrowest, width)
    return found, narrowest


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        work = json.load(file)
    minimum = work["minimum"]
    faults, ours, best, narrow, naive = [], 0, 0, [], 0
    for number, table in enumerate(work["tables"]):
        rows = indicator(table["groups"], len(table["people"]))
        shown = [row for row, kept in zip(rows, table["kept"]) if kept]
        if telling(shown, table["people"], minimum) is not None:
            faults.append(f"table {number}: what is shown tells of few people: {table}")
        pins, narrowest = pinned(table)
        if pins:
            faults.append(f"table {number}: groups {pins} follow from what is shown: {table}")
        if narrowest is not None:
            narrow.append(narrowest)
        cost = sum(cost for cost, kept in zip(own_costs(table), table["kept"]) if not kept)
        least, hidden = cheapest(table, minimum)
        if cost < least:
            faults.append(f"table {number}: cheaper than the cheapest: {cost} < {least}")
        if cost > least:
            print(f"table {number}: {cost} lost, {least} would do: {table}, hidden {np.flatnonzero(hidden).tolist()}")
        ours, best = ours + cost, best + least
        naive += telling(rows, table["people"], minimum) is not None
    ratio = ours / best if best else 1.0
    print(
        f"{len(work['tables'])} tables: {ours} lost, {best} at best, ratio {ratio:.4f}; a threshold alone tells in {naive}; "
        f"narrowest interval of a hidden group {min(narrow, default=float('nan')):.0f} people"
    )
    for fault in faults:
        print(fault)
    sys.exit(1 if faults or ratio > work.get("most", 1.0) else 0)


if __name__ == "__main__":
    main()
