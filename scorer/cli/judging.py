"""Reading and judging one file in bounded time, for the commands."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from scorer import confined

if TYPE_CHECKING:
    from scorer.assessing import Options
    from scorer.document import Document
    from scorer.readers.base import Progress
    from scorer.result import Assessment
    from scorer.rulepack.model import Pack

T = TypeVar("T")


def document_of(file: str | os.PathLike[str], progress: Progress | None = None) -> Document:
    """The file as a document. Raises ``FazhiError`` for what cannot be read, and when reading takes too long."""
    from scorer.readers import read

    with confined.limited(confined.READING, os.fspath(file), "读取") as again:

        def turned(page: int, pages: int) -> None:
            again()
            if progress is not None:
                progress(page, pages)

        return read(file, progress=turned)


def judged(document: Document, pack: Pack, options: Options | None = None) -> Assessment:
    """The document judged. Raises ``FazhiError`` when that takes too long."""
    from scorer.assessing import assess

    with confined.limited(confined.JUDGING, document.path):
        return assess(document, pack, options)


def in_time(file: str | os.PathLike[str], work: Callable[[], T], what: str) -> T:
    """Any other work on one file. Raises ``FazhiError`` when it takes too long."""
    with confined.limited(confined.JUDGING, os.fspath(file), what):
        return work()
