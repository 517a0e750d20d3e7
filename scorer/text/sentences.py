"""Sentences and clauses of folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。!?;\n]*[。!?;]+[\"')》]*|[^。!?;\n]+")
_COMMA = re.compile(r"[,:](?:(?<!\d.)|(?!\d{3}(?!\d)))")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``text[start:end]``, ended by 。！？； or the end of the line, as (start, end) ranges."""
    for match in _SENTENCE.finditer(text, start, end):
        if match.end() > match.start():
            yield match.start(), match.end()


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of ``text[start:end]`` between commas and colons; a comma inside a number does not part."""
    at = start
    for match in _COMMA.finditer(text, start, end):
        yield at, match.end()
        at = match.end()
    if at < end:
        yield at, end
