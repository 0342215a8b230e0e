"""Writes forms as workbooks of before 2007 with what such files have: a formula, a day, merged cells (BIFF 8, by xlwt); and texts in
CP932, as Japanese Excel 95 wrote them (BIFF 5, records written here)."""

import datetime
import pathlib
import struct
import sys

import xlwt
from xlwt.CompoundDoc import XlsDoc

HEADS = ["type", "name", "label::日本語 (ja)", "label::English (en)", "required", "relevant", "constraint"]
SURVEY = [
    HEADS,
    ["text", "name", "お名前は？", "Your name?", "yes"],
    ["select_one way", "way", "通い方は？", "How do you come?"],
    ["integer", "age", "年齢は？", "Age?", "", "", ". >= 18"],
    ["date", "since", "いつから？", "Since when?", "", "${way} = 'train'"],
]
CHOICES = [HEADS[2:2] + ["list_name", "name"] + HEADS[2:4], ["way", "train", "電車"], ["way", "foot", "歩き〜①"]]
SETTINGS = [["form_title"], ["通勤のアンケート"]]
SHEETS = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def biff8(path):
    book = xlwt.Workbook(encoding="utf-8")
    sheets = {name: book.add_sheet(name) for name in SHEETS}
    for name, rows in SHEETS.items():
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheets[name].write(number, column, text)
    sheets["survey"].write_merge(6, 6, 1, 3, "merged")
    sheets["choices"].write(1, 3, datetime.date(2026, 11, 20), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    # A formula that the program which wrote it has not worked out
    sheets["choices"].write(2, 3, xlwt.Formula('"On " & "foot"'))
    book.save(str(path))


def record(number, data=b""):
    return struct.pack("<HH", number, len(data)) + data


def biff5(path):
    begin = lambda kind: record(0x0809, struct.pack("<HHHH", 0x0500, kind, 0x0DBB, 1996))
    sheets = []
    for rows in SHEETS.values():
        width = max(len(row) for row in rows)
        body = begin(0x0010) + record(0x0200, struct.pack("<HHHHH", 0, len(rows), 0, width, 0))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    # Excel writes the wave dash as the full-width tilde of its code page
                    bytes_ = text.replace("〜", "～").encode("cp932")
                    body += record(0x0204, struct.pack("<HHHH", number, column, 0, len(bytes_)) + bytes_)
        sheets.append(body + record(0x000A))
    start = begin(0x0005) + record(0x0042, struct.pack("<H", 932))
    names = [name.encode() for name in SHEETS]
    at = len(start) + sum(4 + 7 + len(name) for name in names) + len(record(0x000A))
    for name, sheet in zip(names, sheets):
        start += record(0x0085, struct.pack("<IHB", at, 0, len(name)) + name)
        at += len(sheet)
    stream = start + record(0x000A) + b"".join(sheets)
    XlsDoc().save(str(path), stream)
    # The stream of these files is called Book
    long, short = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
    entry = path.read_bytes()
    found = entry.index(long)
    whole = bytearray(entry)
    whole[found : found + 64] = short.ljust(64, b"\0")
    whole[found + 64 : found + 66] = struct.pack("<H", len(short) + 2)
    path.write_bytes(bytes(whole))


folder = pathlib.Path(sys.argv[1])
biff8(folder / "biff8.xls")
biff5(folder / "biff5.xls")
