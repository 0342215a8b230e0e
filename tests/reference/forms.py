"""Converts every .xlsx of a folder with pyxform; exit 1 where one is refused or lacks what a form of ours has."""

import pathlib
import sys

from pyxform.xls2xform import convert

faults = 0
accepted = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    warnings = []
    try:
        form = convert(xlsform=path, validate=False, pretty_print=False, warnings=warnings)
    except Exception as error:  # noqa: BLE001: whatever it says, the form was refused
        print(f"{path.name}: {error}")
        faults += 1
        continue
    if "<translation" not in form.xform or "(ja)" not in form.xform:
        print(f"{path.name}: the translations are missing")
        faults += 1
        continue
    for warning in form.warnings or []:
        if "shirube" in warning and "sheet" not in warning:
            print(f"{path.name}: {warning}")
    accepted += 1
print(f"{accepted} forms accepted")
sys.exit(1 if faults else 0)
