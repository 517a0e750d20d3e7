"""What every reader delivers, and what may be told while it works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scorer.document import Block

Progress = Callable[[int, int], None]
"""Called with (page from 1, pages) before each page that takes seconds."""


class Reading(NamedTuple):
    """The paragraphs of one file, the format they came from, what the file says of itself, and what was lost.

    ``hints`` are statements of the file about its title, date or source (keys: title, publication_date, source, site);
    ``warnings`` are Chinese sentences; ``recognised`` is the mean confidence (0 to 1) where text was recognised in images,
    None where it was read.
    """

    blocks: Sequence[Block]
    format: str
    hints: Mapping[str, str] = {}
    warnings: Sequence[str] = ()
    recognised: float | None = None
