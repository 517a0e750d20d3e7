"""The roster: who has to submit, read from the rows of a table by the heads of its columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from scorer.audit.model import Unit
from scorer.document import fold
from scorer.errors import FazhiError
from scorer.readers.tables import Cell, Row, Sheet
from scorer.text.dates import parse_date

HEAD_ROWS = 15
"""A title and notes may stand above the head of the table."""
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_EMPTY = re.compile(r"[\s/\\—–\-_、.。·*]*")


def read_roster(sheets: Sequence[Sheet], file: str, words: Mapping[str, Any]) -> tuple[Unit, ...]:
    """The units of the first sheet that has a column of units. ``words`` is the section ``audit`` of a pack.

    Raises ``FazhiError``, one line with row and column: no column of units, a date that cannot be read, a unit named twice.
    """
    heads: Mapping[str, Sequence[str]] = words["roster"]
    for sheet in sheets:
        found = _columns(sheet.rows, heads)
        if found is not None:
            number, columns = found
            return _units([row for row in sheet.rows if row.number > number], columns, file, sheet.name, words)
    raise FazhiError(
        "名册里没有单位名称一列",
        where=file,
        remedy=f"请在表头写“{heads['unit'][0]}”，可另有“{'”“'.join(names[0] for key, names in heads.items() if key != 'unit')}”各列",
    )


def _columns(rows: Sequence[Row], heads: Mapping[str, Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The row of the head and the column of each field in it."""
    for row in rows[:HEAD_ROWS]:
        texts = [_head(cell) for cell in row.cells]
        columns: dict[str, int] = {}
        for field, names in heads.items():
            place = next((texts.index(name) for name in names if name in texts), None)
            if place is not None and place not in columns.values():
                columns[field] = place
        # One cell alone may be the table's title; a list of nothing but names has its head in the first row.
        if "unit" in columns and (len(columns) > 1 or sum(1 for text in texts if text) > 1 or row is rows[0]):
            return row.number, columns
    return None


def _head(cell: Cell) -> str:
    return re.sub(r"[\s*：:]", "", _BRACKETS.sub("", str(cell)))


def _units(rows: Sequence[Row], columns: Mapping[str, int], file: str, sheet: str, words: Mapping[str, Any]) -> tuple[Unit, ...]:
    units: list[Unit] = []
    seen: dict[str, int] = {}
    for row in rows:

        def cell(field: str, row: Row = row) -> Cell:
            place = columns.get(field)
            return row.cells[place] if place is not None and place < len(row.cells) else ""

        def date(field: str, row: Row = row) -> datetime.date | None:
            return _date(row, columns.get(field), file, sheet, words.get("blank", ()))

        name = str(cell("unit"))
        leading = [str(cell) for cell in row.cells[: columns["unit"] + 1]]
        if not name or _EMPTY.fullmatch(name) or any(_heading(text, words.get("totals", ())) for text in leading):
            continue
        if name in seen:
            raise FazhiError(
                f"单位“{name}”写了两次（第{seen[name]}行和第{row.number}行）", where=_where(file, sheet), remedy="请删去一行，或写全称区分"
            )
        seen[name] = row.number
        units.append(
            Unit(
                name,
                level_of(str(cell("level")), words.get("levels", {})),
                date("submitted"),
                date("published"),
                _plain(cell("address")),
                _plain(cell("contact")),
            )
        )
    if not units:
        raise FazhiError("名册里一个单位也没有", where=_where(file, sheet), remedy="请在表头下面每行写一个单位")
    return tuple(units)


def _heading(text: str, totals: Sequence[str]) -> bool:
    """Whether a cell says that its row is a total or a note: 合计, 备注：…"""
    return re.split("[:：]", re.sub(r"\s", "", text), maxsplit=1)[0] in totals


def level_of(words: str, levels: Mapping[str, Sequence[str]]) -> str | None:
    """The level that the words of a roster name; None when they name none."""
    return next((level for level, signs in levels.items() if any(sign in words for sign in signs)), None)


def _plain(cell: Cell) -> str:
    text = str(cell)
    return "" if _EMPTY.fullmatch(text) else text


def _date(row: Row, column: int | None, file: str, sheet: str, blank: Sequence[str]) -> datetime.date | None:
    cell = row.cells[column] if column is not None and column < len(row.cells) else ""
    if isinstance(cell, datetime.date):
        return cell
    text = fold(cell).strip()
    if not text or _EMPTY.fullmatch(text) or text in blank:
        return None
    date = parse_date(text)
    if date is None and re.fullmatch(r"(?:19|20)\d{6}", text):
        try:
            date = datetime.datetime.strptime(text, "%Y%m%d").date()
        except ValueError:
            date = None
    if date is None and re.fullmatch(r"[34]\d{4}|5[0-9]{4}", text):
        date = _EXCEL_EPOCH + datetime.timedelta(int(text))  # a date whose cell was formatted as a number
    if date is None:
        assert column is not None
        raise FazhiError(
            f"第{row.number}行第{_letter(column)}列的日期“{cell[:20]}”认不出来",
            where=_where(file, sheet),
            remedy="请写成 2024-02-20 这样，没有就空着",
        )
    return date


def _where(file: str, sheet: str) -> str:
    return f"{file} 的“{sheet}”表" if sheet else file


def _letter(column: int) -> str:
    """0 -> A, 26 -> AA, as the heads of a spreadsheet."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
