"""Tables in plain text: lines whose cells stand between ``|``, between commas, or as a name and numbers with blanks between them.

Folding takes away tabs beside Chinese characters, so that the head of such a table is one word; what it ends in names the last column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

ROWS_MAX, COLUMNS_MAX, LINE_MAX = 200, 20, 400
_CELL = re.compile(r"[^|\n]+")
_RULE = re.compile(r"[|:\s-]+\Z")
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,6})?)(?P<unit>[^\d,.|+-]{0,4})\Z")
_COMMAS = re.compile(r"[^\d,。;:]{1,16}(?:,(?:[+-]?\d{1,12}(?:\.\d{1,4})?%?|[^\d,。;:]{1,12})){1,8}\Z")
_BLANKS = re.compile(r"[^\W\d_][^\d\n。,;:]{0,24}(?:[+-]?\d{1,12}(?:\.\d{1,4})?%?)(?: [+-]?\d{1,12}(?:\.\d{1,4})?%?)*\Z")
_NUMBERS = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,4})?%?")


class Cell(NamedTuple):
    """A cell with its place; ``value`` is None where it holds no number, ``unit`` what stands behind the number."""

    start: int
    end: int
    text: str
    value: Decimal | None
    digits: int
    unit: str


Row = list[Cell]


def grids(text: str) -> Iterator[tuple[int, list[Row]]]:
    """The tables of a text with their beginnings; work is linear in its length."""
    rows: list[Row] = []
    kind, begin, at = "", 0, 0
    head: tuple[int, str] | None = None
    for line in text.split("\n"):
        own = _kind(line)
        if (rows and own != kind) or len(rows) >= ROWS_MAX:
            yield from _whole(kind, begin, rows)
            rows = []
        if own and not _RULE.match(line):
            if not rows:
                begin, kind = at, own
                if own == "blanks" and head and len(head[1]) <= LINE_MAX // 10:
                    begin = head[0]
                    rows.append([Cell(head[0], head[0] + len(head[1]), head[1], None, 0, "")])
            rows.append(_cells(line, at, own))
        head = (at, line) if line and not own else None
        at += len(line) + 1
    yield from _whole(kind, begin, rows)


def _whole(kind: str, begin: int, rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    """A table, where its lines are enough to be one; names for the columns of one without marks."""
    if not rows:
        return
    if kind == "blanks":
        width = max((len(row) for row in rows), default=0)
        rows = [row for row in rows if len(row) == width or row is rows[0]]
        if len(rows) < (3 if len(rows[0]) == 1 else 4) or width < 2:
            return
        if len(rows[0]) == 1 and width > 1:
            title = rows[0][0]
            rows = [[*(title._replace(text="") for _ in range(width - 1)), title], *rows[1:]]
    if kind == "commas" and len(rows) < 3:
        return
    if rows:
        yield begin, rows


def _kind(line: str) -> str:
    if not line or len(line) > LINE_MAX or "。" in line:
        return ""
    if "|" in line:
        return "bars"
    if _COMMAS.match(line):
        return "commas"
    return "blanks" if _BLANKS.match(line) else ""


def _cells(line: str, at: int, kind: str) -> Row:
    if kind == "bars":
        return [_cell(said.group(), at + said.start()) for said in _CELL.finditer(line)][:COLUMNS_MAX]
    if kind == "commas":
        return [_cell(said.group(), at + said.start()) for said in re.finditer("[^,]+", line)][:COLUMNS_MAX]
    first = _NUMBERS.search(line)
    assert first is not None
    cells = [_cell(line[: first.start()], at)]
    return [*cells, *(_cell(said.group(), at + said.start()) for said in _NUMBERS.finditer(line))][:COLUMNS_MAX]


def _cell(raw: str, at: int) -> Cell:
    words = raw.strip()
    start = at + len(raw) - len(raw.lstrip())
    number = _NUMBER.fullmatch(words)
    value, digits = None, 0
    if number and not number["unit"].startswith(("年", "月", "日", "季")):
        try:
            value = Decimal(number["sign"] + number["number"].replace(",", ""))
            digits = len(number["number"].partition(".")[2])
        except InvalidOperation:
            value = None
    return Cell(start, start + len(words), words, value, digits, number["unit"] if number else "")
