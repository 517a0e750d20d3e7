"""The paper of the audit's workbook: formats, tables, links, print settings."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from scorer.office.sheets import new_book
from scorer.text.shorten import xml_text

CELL_MAX = 32_767
"""The most characters that a cell of Excel holds."""

GROUND = {"缺失": "#FBD9D5", "不足": "#FBE9C6", "待复核": "#E5E9F2", "具备": "#DCEFE2"}
_COLOURED = {
    **GROUND,
    "退回": "#FBD9D5",
    "拟退回": "#FBD9D5",
    "须重新报送": "#FBD9D5",
    "未报送": "#FBD9D5",
    "修改后通过": "#FBE9C6",
    "通过": "#DCEFE2",
    "未提": "#FBD9D5",
    "逐字重提": "#FBD9D5",
    "提到": "#FBE9C6",
    "已落实": "#DCEFE2",
    "逾期": "#FBD9D5",
}

Cell = str | int | float | datetime.date | None


@lru_cache(maxsize=4096)
def fit(text: str) -> str:
    """The text as a cell can hold it: no characters that XML forbids, at most ``CELL_MAX`` characters."""
    clean = xml_text(text)
    return clean if len(clean) <= CELL_MAX else clean[: CELL_MAX - 1] + "…"


def height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """The height in points of a row whose texts wrap: programs other than Excel do not work it out themselves."""
    lines = max((-(-_wide(cell) // int(width)) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str)), default=1)
    return min(3 + 14.0 * max(lines, 1), 400.0)


# Kept, as what ``fit`` gives: what is asked and its basis and advice stand in hundreds of rows.
@lru_cache(maxsize=4096)
def _wide(text: str) -> int:
    """The width in columns: GBK gives a Han character two bytes, as the width of a column counts it two."""
    return len(text.encode("gbk", "replace"))


class Book:
    """A workbook with the formats of the audit; subclasses write the sheets."""

    links = "reports/"
    """What the links of the first column begin with."""

    def __init__(self, title: str) -> None:
        self.buffer = io.BytesIO()
        self.book = new_book(self.buffer, large=True, title=fit(title)[:250], author="")
        base: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "valign": "top"}
        self.plain = self.book.add_format({**base, "text_wrap": True})
        self.head = self.book.add_format(
            {**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1D4266", "font_color": "#FFFFFF", "border": 1}
        )
        self.turned = self.book.add_format(
            {
                **base,
                "bold": True,
                "font_size": 9,
                "text_wrap": True,
                "rotation": 90,
                "align": "center",
                "bg_color": "#1D4266",
                "font_color": "#FFFFFF",
                "border": 1,
            }
        )
        self.centred = self.book.add_format({**base, "font_size": 9, "align": "center", "shrink": True})
        self.middle = self.book.add_format({**base, "align": "center"})
        self.day = self.book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.points = self.book.add_format({**base, "num_format": "0.0"})
        self.moved = self.book.add_format({**base, "num_format": "+0.0;-0.0;0.0"})
        self.share = self.book.add_format({**base, "num_format": "0%"})
        self.link = self.book.add_format({**base, "font_color": "#1D4266", "underline": 1, "text_wrap": True})
        self.open = self.book.add_format({**base, "text_wrap": True, "bg_color": "#FFFBE6", "border": 1, "border_color": "#D9DCD8"})
        self.open_day = self.book.add_format(
            {**base, "num_format": "yyyy-mm-dd", "bg_color": "#FFFBE6", "border": 1, "border_color": "#D9DCD8"}
        )
        self.title = self.book.add_format({**base, "bold": True, "font_size": 14})
        self.grounds = {word: self.book.add_format({"bg_color": colour}) for word, colour in _COLOURED.items()}

    def _table(
        self,
        name: str,
        columns: Mapping[str, float],
        rows: Iterable[Sequence[Cell]],
        formats: dict[str, Any] | None = None,
        *,
        coloured: Iterable[str] = (),
        links: Iterable[str] = (),
        frozen: int = 1,
        printed: int = 0,
    ) -> tuple[Any, int]:
        """A sheet with one row an item, and how many there are; ``links`` names the report that the first cell of each row leads
        to, ``printed`` how many columns go on paper (0: all). Rows are taken and written one by one: a hundred thousand of them
        are never in memory together."""
        sheet = self.book.add_worksheet(name)
        heads = list(columns)
        styles = [(formats or {}).get(head, self.plain) for head in heads]
        sheet.set_row(0, 32)
        for column, (head, width) in enumerate(columns.items()):
            sheet.write_string(0, column, head, self.head)
            sheet.set_column(column, column, width)
        widths = tuple(columns.values())
        last = 0
        for last, (row, link) in enumerate(zip_longest(rows, links, fillvalue=""), 1):
            self._row(sheet, last, row, styles, link)
            sheet.set_row(last, height(row, widths))
        last = max(last, 1)
        for head in coloured:
            self._colour(sheet, 1, heads.index(head), last, heads.index(head), _COLOURED)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, len(heads) - 1)
        self._paper(sheet, rows=(0, 0))
        if printed:
            sheet.print_area(0, 0, last, printed - 1)
        return sheet, last

    def _row(self, sheet: Any, at: int, row: Sequence[Cell], styles: Sequence[Any], link: str) -> None:
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                if column == 0 and link:
                    self._link(sheet, at, link, value)
                else:
                    sheet.write_string(at, column, fit(value), styles[column])
            elif isinstance(value, datetime.date):
                sheet.write_datetime(at, column, value, self.day)
            else:
                sheet.write_number(at, column, value, styles[column])

    def _link(self, sheet: Any, row: int, report: str, word: str) -> None:
        from xlsxwriter.url import Url

        if row > 65_000:  # Excel bears 65,530 links in a sheet; what is beyond stays plain text
            sheet.write_string(row, 0, fit(word), self.plain)
            return
        url = Url(f"external:{self.links}" + xml_text(report).replace("%", "%25"))
        # The library writes paths with backslashes, as Excel does on Windows; WPS and LibreOffice on Linux do not follow those.
        url._relationship_link = url._relationship_link.replace("\\", "/")
        url._text = fit(word)
        sheet.write_url(row, 0, url, self.link)

    def _colour(self, sheet: Any, top: int, left: int, bottom: int, right: int, words: Iterable[str]) -> None:
        for word in words:
            rule = {"type": "text", "criteria": "begins with", "value": word, "format": self.grounds[word]}
            sheet.conditional_format(top, left, bottom, right, rule)

    def _paper(self, sheet: Any, rows: tuple[int, int] | None = None, columns: tuple[int, int] | None = None) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        if rows:
            sheet.repeat_rows(*rows)
        if columns:
            sheet.repeat_columns(*columns)
