"""Passages that reports share, made ready to be shown side by side within the room of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from scorer.audit.model import Likeness
from scorer.text.shorten import shorten

ROOM = 2_500
"""Characters of quoted passages shown in one section."""
QUOTE_MAX = 110


class Pair(NamedTuple):
    """Two reports that share text, with as many passages as there was room for."""

    unit: str
    other: str
    share: str
    other_share: str
    shared: int
    passages: tuple[tuple[list[tuple[str, bool]], list[tuple[str, bool]]], ...]
    old_years: tuple[str, ...]


def room(whole: int) -> Callable[[int], bool]:
    """Says of each piece whether it still fits into the whole; after the first that does not, none does."""
    used = 0

    def fits(size: int) -> bool:
        nonlocal used
        used += size
        return used <= whole

    return fits


def pairs(likenesses: Iterable[Likeness]) -> list[Pair]:
    """The pairs, with as many passages as there is room for."""
    fits = room(ROOM)
    pairs = []
    for likeness in likenesses:
        passages = []
        for passage in likeness.passages[:3]:
            mine, theirs = shorten(passage.mine, QUOTE_MAX), shorten(passage.theirs, QUOTE_MAX)
            if fits(len(mine) + len(theirs)):
                passages.append((marked(mine, [a for a, _ in passage.changed]), marked(theirs, [b for _, b in passage.changed])))
        years = tuple(line for year in likeness.old_years[:3] if fits(len(line := shorten(year, QUOTE_MAX))))
        share, other_share = f"{likeness.share * 100:.0f}%", f"{likeness.other_share * 100:.0f}%"
        pairs.append(Pair(likeness.unit, likeness.other, share, other_share, len(likeness.passages), tuple(passages), years))
    return pairs


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words; words are looked for one after the other."""
    pieces, at = [], 0
    for word in words:
        found = text.find(word, at) if word else -1
        if found >= 0:
            pieces += [(text[at:found], False), (word, True)]
            at = found + len(word)
    pieces.append((text[at:], False))
    return [piece for piece in pieces if piece[0]]
