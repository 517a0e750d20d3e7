"""Workbooks as every output opens them: nothing in them is read as a formula, a number or a link."""

from __future__ import annotations

import datetime
import io
from typing import Any

_MADE = datetime.datetime(2000, 1, 1)
"""The same input gives the same bytes: the time of writing is not part of the result."""


def new_book(buffer: io.BytesIO, *, large: bool = False, **properties: str) -> Any:
    """An xlsxwriter workbook that is written into a buffer when it is closed.

    A ``large`` one keeps no more than one row of a sheet in memory: rows must be written from top to bottom, and a row's height
    be set before the next row is written.
    """
    # Imported here: nothing else needs it, and the command line starts without it.
    import xlsxwriter

    options = {
        "in_memory": not large,
        "constant_memory": large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({**properties, "created": _MADE})
    return book
