"""Sentences and clauses of folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDS = "。!?;"
"""What ends a sentence of folded text, beside the end of the line."""
BREAKS = ENDS + ",:"
"""What ends a clause or a sentence."""
SENTENCE_END = re.compile(f"[{ENDS}\n]")
POINT = re.compile(
    r"(?:第?(?:[一二三四五六七八九]|十[一二三四五]?)(?:是|要|方面[,:]?)|第[一二三四五六七八九十][,:、]|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳]|"
    r"[一二三四五六七八九十]、|(?:首先|其次|再次|再者|最后|此外|另外|还有)[,:])"
)
"""How a point of a list begins: 一是, 第二, 3., (四), ⑤, 首先."""
_SENTENCE = re.compile(rf"[^{ENDS}\n]*[{ENDS}]+[\"')》]*|[^{ENDS}\n]+")
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
