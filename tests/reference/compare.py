"""Compares two folders of JSON: everything equal, decimals to 1e-10 of their size."""

import json
import math
import sys
from pathlib import Path


def differences(found, expected, place):
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key in found and key in expected:
                yield from differences(found[key], expected[key], f"{place}.{key}")
            else:
                yield f"{place}.{key}: only in the {'computed' if key in found else 'committed'} one"
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{place}: {len(found)} entries, {len(expected)} committed"
        for index, (one, other) in enumerate(zip(found, expected)):
            yield from differences(one, other, f"{place}[{index}]")
    elif isinstance(found, float) and isinstance(expected, (int, float)):
        if not math.isclose(found, expected, rel_tol=1e-10, abs_tol=1e-12):
            yield f"{place}: {found}, {expected} committed"
    elif found != expected:
        yield f"{place}: {found!r}, {expected!r} committed"


def main():
    computed, committed = (Path(folder) for folder in sys.argv[1:3])
    names = sorted({file.name for folder in (computed, committed) for file in folder.glob("*.json")})
    if not names:
        sys.exit("   nothing to compare")
    faults = []
    for name in names:
        texts = [folder / name for folder in (computed, committed)]
        absent = [file for file in texts if not file.is_file()]
        if absent:
            faults += [f"{file} is missing" for file in absent]
            continue
        found, expected = (json.loads(file.read_text(encoding="utf-8")) for file in texts)
        faults += differences(found, expected, name)
    for fault in faults[:40]:
        print(f"   {fault}")
    if faults:
        sys.exit(f"   {len(faults)} reference values differ from the committed ones (tests/reference/prepare --write replaces them)")
    print(f"   {len(names)} files of reference values agree with the committed ones")


main()
