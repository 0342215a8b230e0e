"""Reads QR codes with ZXing: says what a scanner reads in each field of modules.

    codes.py FILE

FILE: {"codes": [[rows of 1 and 0]]}. Prints a list: {"text", "level"} of each, or null where nothing is read.
"""

import json
import sys

import numpy
import zxingcpp

SIZE = 4  # pixels a module
QUIET = 4  # modules of margin


def read(rows):
    modules = numpy.array([[int(module) for module in row] for row in rows], dtype=numpy.uint8)
    picture = numpy.pad(255 * (1 - modules), QUIET, constant_values=255).repeat(SIZE, axis=0).repeat(SIZE, axis=1)
    found = zxingcpp.read_barcodes(numpy.ascontiguousarray(picture, dtype=numpy.uint8), formats=zxingcpp.BarcodeFormat.QRCode)
    return {"text": found[0].text, "level": found[0].ec_level} if len(found) == 1 else None


with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([read(rows) for rows in json.load(file)["codes"]]))
