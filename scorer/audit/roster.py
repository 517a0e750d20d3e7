"""The roster: who has to submit, read from the rows of a table by the heads of its columns."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scorer.audit.model import Unit
from scorer.document import fold
from scorer.errors import FazhiError, TableError
from scorer.readers.tables import Cell, Row, Sheet
from scorer.text.dates import parse_date

HEAD_ROWS = 15
"""A title and notes may stand above the head of the table."""
_BARE_DAY = re.compile(r"(?P<m>\d{1,2})(?:月|[./-])(?P<d>\d{1,2})[日号]?")
"""2月28日, 2.20: a day without its year."""
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_BRACKETS = re.compile(r"[(（\[【].{0,60}?[)）\]】]")
_EMPTY = re.compile(r"[\s/\\—–\-_、.。·*]*")


class Roster(NamedTuple):
    """The units, and what the office should know of rows that were read otherwise than they may be meant."""

    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()


def read_roster(sheets: Sequence[Sheet], file: str, words: Mapping[str, Any], year: int | None = None) -> Roster:
    """The units of the first sheet that has a column of units. ``words`` is the section ``audit`` of a pack.

    ``year`` is that of the reports, where it is known: days without a year are of the next.

    Raises ``FazhiError`` where no sheet has a column of units or no row a unit, and ``TableError`` with every wrong cell at once,
    each with row and column: a date that cannot be read, a unit named twice. A level that no word of the pack names and a row
    without a unit are notes.
    """
    heads: Mapping[str, Sequence[str]] = words["roster"]
    for sheet in sheets:
        found = _columns(sheet.rows, heads)
        if found is not None:
            number, columns = found
            return _Rows(columns, _where(file, sheet.name), words, year).read([row for row in sheet.rows if row.number > number])
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


class _Rows:
    """Goes through the rows below the head, gathering what is wrong and what is odd."""

    def __init__(self, columns: Mapping[str, int], where: str, words: Mapping[str, Any], year: int | None) -> None:
        self.year = year
        self.done: Sequence[str] = words.get("done", ())
        self.columns = columns
        self.where = where
        self.totals: Sequence[str] = words.get("totals", ())
        self.levels: Mapping[str, Sequence[str]] = words.get("levels", {})
        self.blank: Sequence[str] = words.get("blank", ())
        self.problems: list[FazhiError] = []
        self.notes: list[str] = []

    def read(self, rows: Sequence[Row]) -> Roster:
        """All units, or all mistakes."""
        units: list[Unit] = []
        seen: dict[str, int] = {}
        for row in rows:
            name = str(self._cell(row, "unit"))
            leading = [str(cell) for cell in row.cells[: self.columns["unit"] + 1]]
            if any(_heading(text, self.totals) for text in leading):
                continue
            if _EMPTY.fullmatch(name):
                self._nameless(row)
                continue
            if name in seen:
                place = self._place(row, "unit")
                self._wrong(f"{place}的单位“{name[:30]}”写了两次（第{seen[name]}行和第{row.number}行）", "请删去一行，或写全称区分")
            seen.setdefault(name, row.number)
            submitted, published = self._date(row, "submitted"), self._date(row, "published")
            units.append(
                Unit(
                    name,
                    self._level(row),
                    submitted,
                    published,
                    self._text(row, "address"),
                    self._text(row, "contact"),
                    self._told(row, submitted),
                )
            )
        if self.problems:
            raise TableError(tuple(self.problems))
        if not units:
            raise FazhiError("名册里一个单位也没有", where=self.where, remedy="请在表头下面每行写一个单位")
        shown = self.notes[: TableError.SHOWN]
        left = len(self.notes) - len(shown)
        return Roster(tuple(units), (*shown, *([f"{self.where}：另有{left}处这样的提示没有列出。"] if left else [])))

    def _cell(self, row: Row, field: str) -> Cell:
        place = self.columns.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def _text(self, row: Row, field: str) -> str:
        text = str(self._cell(row, field))
        return "" if _EMPTY.fullmatch(text) else text

    def _place(self, row: Row, field: str) -> str:
        return f"第{row.number}行第{_letter(self.columns[field])}列"

    def _wrong(self, what: str, remedy: str) -> None:
        self.problems.append(FazhiError(what, where=self.where, remedy=remedy))

    def _nameless(self, row: Row) -> None:
        """A row in which something is known of a unit that has no name; a mere serial number is an empty line of a form."""
        filled = [field for field in self.columns if field != "unit" and self._text(row, field)]
        if filled:
            self.notes.append(
                f"{self.where}：{self._place(row, 'unit')}没有单位名称，这一行没有用上。请补上单位；"
                "如果这一格是公式，文件里没有存下公式的结果，请用Excel或WPS打开后保存一次，或者改成文字。"
            )

    def _level(self, row: Row) -> str | None:
        text = self._text(row, "level")
        level = level_of(text, self.levels)
        if level is None and text and text not in self.blank:
            known = "、".join(dict.fromkeys(word for signs in self.levels.values() for word in signs if not word.isascii()))
            self.notes.append(
                f"{self.where}：{self._place(row, 'level')}的层级“{text[:20]}”不认识，这个单位的层级改由报告判断。可以写：{known}。"
            )
        return level

    def _date(self, row: Row, field: str) -> datetime.date | None:
        cell = self._cell(row, field)
        if isinstance(cell, datetime.date):
            return cell
        text = fold(cell).strip()
        if _EMPTY.fullmatch(text) or text in self.blank:
            return None
        date = _parsed(text)
        bare = _BARE_DAY.fullmatch(text) if date is None else None
        if bare:
            if self.year is None or re.fullmatch(r"\d{1,2}\.[123]", text):
                return None  # in Excel 2.20 is the number 2.2: what day it was nobody can tell
            date = _of_year(self.year, bare)
        if text in self.done:
            return None
        if date is None:
            self._wrong(f"{self._place(row, field)}的日期“{cell[:20]}”认不出来", "请写成 2024-02-20 这样，没有就空着")
        return date

    def _told(self, row: Row, date: datetime.date | None) -> str:
        """What the cell of the submission says, where it says something and no full date."""
        text = fold(str(self._cell(row, "submitted"))).strip() if date is None and "submitted" in self.columns else ""
        return text if text in self.done or _BARE_DAY.fullmatch(text) else ""


def _of_year(year: int, day: re.Match[str]) -> datetime.date | None:
    """A day of the year after the reports'; None for one that no calendar has."""
    try:
        return datetime.date(year + 1, int(day["m"]), int(day["d"]))
    except ValueError:
        return None


def _heading(text: str, totals: Sequence[str]) -> bool:
    """Whether a cell says that its row is a total or a note: 合计, 备注：…"""
    return re.split("[:：]", re.sub(r"\s", "", text), maxsplit=1)[0] in totals


def level_of(words: str, levels: Mapping[str, Sequence[str]]) -> str | None:
    """The level that the words of a roster name; None when they name none."""
    return next((level for level, signs in levels.items() if any(sign in words for sign in signs)), None)


def _parsed(text: str) -> datetime.date | None:
    date = parse_date(text)
    if date is None and re.fullmatch(r"(?:19|20)\d{6}", text):
        try:
            date = datetime.datetime.strptime(text, "%Y%m%d").date()
        except ValueError:
            date = None
    if date is None and re.fullmatch(r"[34]\d{4}|5[0-9]{4}", text):
        date = _EXCEL_EPOCH + datetime.timedelta(int(text))  # a date whose cell was formatted as a number
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
