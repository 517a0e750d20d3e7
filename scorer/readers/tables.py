"""Tables from strangers - a roster, a reviewed gap list - as rows of text and dates: .xlsx, .xls, .ods and .csv."""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from scorer.errors import UnreadableError
from scorer.office.archive import Archive

MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 5_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

Cell = str | datetime.date


class Row(NamedTuple):
    """One row: its number in the file from 1, and its cells; an empty cell is an empty string."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(NamedTuple):
    """One sheet of a workbook; a csv file is one sheet without a name. Rows without content are left out."""

    name: str
    rows: tuple[Row, ...]


def read_tables(path: str | os.PathLike[str], *, only: str = "", most: int = MAX_ROWS) -> tuple[Sheet, ...]:
    """All sheets of a file, or the one named ``only``; found by content: .xlsx, .xls, .ods, or csv in any encoding with comma, semicolon or tab.

    Raises ``UnreadableError``: missing, too large, more than ``most`` rows, broken, or of another format.
    """
    shown = os.fspath(path)
    try:
        raw = _load(Path(path))
        if raw.startswith(b"\xd0\xcf\x11\xe0") or (raw.startswith(b"PK\x03\x04") and _ODS in (Archive(raw).part("mimetype") or b"")):
            return _old(raw, only, most)
        if raw.startswith(b"PK\x03\x04"):
            return _workbook(raw, only, most)
        return (Sheet("", tuple(_csv(raw, most))),)
    except UnreadableError as error:
        raise UnreadableError(error.what, where=shown, remedy=error.remedy) from error


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError("这是一个文件夹", remedy="请给出 .xlsx、.xls、.ods 或 .csv 文件")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableError("找不到这个文件", remedy="请检查文件名和路径") from error
    except (OSError, ValueError) as error:
        raise UnreadableError("打不开这个文件", remedy="请检查是否有权限、是否正被占用") from error
    if not raw:
        raise UnreadableError("文件是空的（0字节）", remedy="请检查文件")
    if len(raw) > MAX_BYTES:
        raise UnreadableError(f"表格超过{MAX_BYTES // 1_000_000}MB", remedy="请只保留需要的列和行")
    return raw


def _old(raw: bytes, only: str, most: int) -> tuple[Sheet, ...]:
    from scorer.readers import oldtables

    found = oldtables.sheets(raw, only, most, MAX_COLUMNS)
    return tuple(Sheet(name, tuple(Row(number, tuple(_cell(value) for value in cells)) for number, cells in rows)) for name, rows in found)


def _workbook(raw: bytes, only: str, most: int) -> tuple[Sheet, ...]:
    archive = Archive(raw)
    if not any(name.startswith("xl/") for name in archive.names):
        raise UnreadableError("不是Excel表格", remedy="请给出 .xlsx、.xls、.ods 或 .csv 文件")
    for name in archive.names:
        # Neither Excel nor WPS writes a document type; it is only good for entity tricks.
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in (archive.part(name) or b"")[:2000]:
            raise UnreadableError("表格内部有不该有的内容", remedy="请用Excel或WPS打开后另存一份再试")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        return tuple(Sheet(str(sheet.title), tuple(_rows(sheet, most))) for sheet in book.worksheets if only in ("", sheet.title))
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet in a broken file
        raise UnreadableError("Excel表格已损坏，读不出来", remedy="请用Excel或WPS打开后另存一份再试") from error


def _rows(sheet: Any, most: int) -> Iterator[Row]:
    # A file may claim any size; what is really there is counted.
    sheet.reset_dimensions()
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1):
        row = tuple(_cell(value) for value in _trimmed(cells))
        if any(row):
            if number > most:
                raise UnreadableError(f"表格超过{most}行", remedy="请只保留需要的行")
            empty = 0
            yield Row(number, row)
        else:
            empty += 1
            if empty > most:
                return


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the empty cells at the end, up to which the reader fills every row."""
    last = next((number for number in range(len(cells), 0, -1) if cells[number - 1] is not None), 0)
    return cells[:last]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value)[:MAX_CELL].split())


def _csv(raw: bytes, most: int) -> Iterator[Row]:
    import csv

    from scorer.readers.encoding import decode

    text, _, lossy = decode(raw)
    if "\x00" in text[:10_000] or (lossy and text[:10_000].count("�") > 20):
        raise UnreadableError("不是表格", remedy="请给出 .xlsx、.xls、.ods 或 .csv 文件")
    head = text.partition("\n")[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for count, cells in enumerate(reader):
            if count >= most:
                raise UnreadableError(f"表格超过{most}行", remedy="请只保留需要的行")
            row = tuple(_cell(value) for value in cells[:MAX_COLUMNS])
            if any(row):
                yield Row(reader.line_num, row)
    except csv.Error as error:
        raise UnreadableError(f"第{reader.line_num}行读不出来", remedy="请检查引号是否成对，或另存为 .xlsx 再试") from error
