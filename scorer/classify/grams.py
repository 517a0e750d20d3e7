"""What the classifier sees of a sentence: its runs of one to three characters, every figure as one sign."""

from __future__ import annotations

import re
from operator import add

LONGEST = 600
"""Characters of a sentence that are looked at: bounds the time on hostile text, and keeps sums within their fields."""
FIGURE = "0"
_FIGURE = re.compile(r"\d[\d.,]*(?<![.,])|[一二三四五六七八九十百千万亿〇零两]{2,}")


def plain(text: str) -> str:
    """The (folded) sentence as the classifier reads it."""
    return _FIGURE.sub(FIGURE, text[:LONGEST])


def grams(words: str) -> list[str]:
    """All runs of one, two and three characters of a plain sentence, as often as they stand there."""
    two = list(map(add, words, words[1:]))
    return [*words, *two, *map(add, two, words[2:])]


def places(text: str) -> tuple[str, list[int]]:
    """The plain sentence, and for each of its characters the offset in ``text`` (one more for the end)."""
    words: list[str] = []
    origins: list[int] = []
    text = text[:LONGEST]
    at = 0
    for match in _FIGURE.finditer(text):
        words.append(text[at : match.start()] + FIGURE)
        origins.extend(range(at, match.start() + 1))
        at = match.end()
    words.append(text[at:])
    origins.extend(range(at, len(text) + 1))
    return "".join(words), origins
