"""Tables from strangers."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import formats
import pytest
from helpers import zipped
from openpyxl import Workbook

from scorer.errors import UnreadableError
from scorer.readers.tables import MAX_ROWS, read_tables

WIDE = 'table:number-columns-repeated="16384"'


def book(path: Path, *rows: tuple[object, ...]) -> Path:
    """A workbook of one sheet."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_workbook(tmp_path: Path) -> None:
    """Text, whole numbers and dates as they are; empty rows are left out and still count."""
    day = datetime.datetime(2024, 2, 20)
    (sheet,) = read_tables(book(tmp_path / "a.xlsx", ("单位", "日期"), (), (" 甲 县 ", day), (3.0, 0.5)))

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("单位", "日期")),
        (3, ("甲 县", day.date())),
        (4, ("3", "0.5")),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Every encoding and delimiter that Excel and WPS write; a cell may hold both."""
    path = tmp_path / "a.csv"
    path.write_text(f'单位{delimiter}备注\r\n平川县司法局{delimiter}"一，二{delimiter}三"\r\n', encoding)

    assert read_tables(path)[0].rows[1].cells == ("平川县司法局", f"一，二{delimiter.strip() or ' '}三")


def bomb() -> bytes:
    """A small zip that unpacks to much."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return buffer.getvalue()


def entities() -> bytes:
    """A workbook whose strings are entities."""
    made = io.BytesIO()
    Workbook().save(made)
    buffer = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + data if "workbook" in name else data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "空的"),
        (b"PK\x03\x04rubbish", "损坏"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "不是表格，或已损坏"),
        (bomb(), "过大|压缩比"),
        (entities(), "不该有"),
        ("单位\n".encode() * (MAX_ROWS + 1), f"{MAX_ROWS}行"),
        (b"a\x00b\x00\x00\x01" * 50, "不是表格"),
    ],
    ids=["empty", "rubbish", "old-excel", "bomb", "entities", "rows", "binary"],  # bytes with a time in them are no names
)
def test_bad_tables(tmp_path: Path, raw: bytes, words: str) -> None:
    """One clear line with the file's name."""
    path = tmp_path / "名册.xlsx"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError, match=rf"名册\.xlsx：.*(?:{words})"):
        read_tables(path)


def ods(*rows: str) -> bytes:
    """An OpenDocument table; each row is its XML."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<table:table table:name="名册">{"".join(f"<table:table-row>{row}</table:table-row>" for row in rows)}</table:table>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def cell(text: str, more: str = "") -> str:
    """A cell of an OpenDocument table."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def test_open_document(tmp_path: Path) -> None:
    """Rows without content still count."""
    day = '<table:table-cell office:value-type="date" office:date-value="2024-02-20"><text:p>x</text:p></table:table-cell>'
    path = tmp_path / "a.ods"
    path.write_bytes(ods(cell("单位") + cell("日期"), "<table:table-cell/>", cell("甲县") + day))

    (sheet,) = read_tables(path)
    assert sheet.name == "名册"
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("单位", "日期")), (3, ("甲县", datetime.date(2024, 2, 20)))]
    assert read_tables(path, only="别的") == ()


def test_old_excel(tmp_path: Path) -> None:
    """As LibreOffice writes it."""
    made = book(tmp_path / "a.xlsx", (), ("", "单位", "份数"), ("", "甲县", 3))
    path = tmp_path / "a.xls"
    path.write_bytes(formats.converted(made.read_bytes(), ".xlsx", "xls"))

    (sheet,) = read_tables(path)
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("", "单位", "份数")), (3, ("", "甲县", "3"))]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([f'{cell("甲", WIDE)}</table:table-row><table:table-row table:number-rows-repeated="1000000">{cell("乙", WIDE)}'], "过大|已损坏"),
        ([cell(str(n * n)) for n in range(MAX_ROWS + 1)], f"{MAX_ROWS}行"),
    ],
    ids=["repeated", "rows"],
)
def test_tables_without_end(tmp_path: Path, rows: list[str], words: str) -> None:
    """A few bytes may stand for more cells than the memory holds: that ends the process that reads it, not ours."""
    path = tmp_path / "a.ods"
    path.write_bytes(ods(*rows))
    with pytest.raises(UnreadableError, match=words):
        read_tables(path)


def test_missing(tmp_path: Path) -> None:
    """A path to nothing."""
    with pytest.raises(UnreadableError, match="找不到"):
        read_tables(tmp_path / "无.xlsx")
