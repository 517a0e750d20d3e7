"""Tables of old Excel and WPS (.xls, .et) and of OpenDocument (.ods), through calamine in a process of its own.

calamine keeps a sheet as one block from its first to its last cell, so that two cells far apart take gigabytes and end the
process. That is why new workbooks (.xlsx) are read row by row with openpyxl, and why this process is not ours.
"""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from scorer.errors import UnreadableError

SECONDS = 60.0
MEMORY = 2 * 2**30
_BROKEN = "请用Excel或WPS打开后另存为.xlsx再试"

Rows = list[tuple[int, list[Any]]]


def sheets(raw: bytes, only: str, most: int, columns: int) -> list[tuple[str, Rows]]:
    """The sheets by name (or the one named ``only``), each with its filled rows (numbers from 1), none with more than ``columns`` cells.

    Raises ``UnreadableError``: broken, with a password, more than ``most`` rows, too large or too slow.
    """
    context = multiprocessing.get_context("spawn")
    pipe, inner = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(inner, raw, only, most, columns), daemon=True)
    process.start()
    inner.close()
    said: Any = "表格过大或已损坏，读不出来"
    with suppress(EOFError, OSError):
        if pipe.poll(SECONDS):
            said = pipe.recv()
    process.kill()
    process.join()
    pipe.close()
    if isinstance(said, str):
        raise UnreadableError(said, remedy=_BROKEN)
    found: list[tuple[str, Rows]] = said
    return found


def _work(pipe: Connection, raw: bytes, only: str, most: int, columns: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe.send(_read(raw, only, most, columns))


def _read(raw: bytes, only: str, most: int, columns: int) -> list[tuple[str, Rows]] | str:
    """The sheets, or what is wrong."""
    from python_calamine import PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(raw))
        found = []
        for name in book.sheet_names:
            if only in ("", name):
                rows = list(_filled(book.get_sheet_by_name(name), columns))
                if any(number > most for number, _ in rows):
                    return f"表格超过{most}行"
                found.append((name, rows))
        return found
    except PasswordError:
        return "表格设有密码"
    except Exception:  # its own errors, and those of what it stands on
        return "不是表格，或已损坏"


def _filled(sheet: Any, columns: int) -> Iterator[tuple[int, list[Any]]]:
    """Rows with something in them; the block may begin anywhere in the sheet."""
    top, left = sheet.start or (0, 0)
    for number, cells in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        row = ([None] * left + cells)[:columns]
        while row and row[-1] in (None, ""):
            row.pop()
        if row:
            yield number, row
