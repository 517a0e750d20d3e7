"""Set phrases that are nearly right: found by pieces in one pass, then measured.

A phrase that differs from the right one in at most k characters has at least one of k+2 pieces unchanged (the pigeonhole
search of Wu and Manber): the pieces stand in one automaton, and only where a piece stands the whole is compared.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import ahocorasick

from scorer.document import Span

SHORTEST = 8
LONGER, LONGEST = 14, 22


class Phrase(NamedTuple):
    """A right phrase (folded) of an entry, and other forms that are right too."""

    entry: str
    right: str
    also: tuple[str, ...]


def reach(length: int) -> int:
    """How many characters may be wrong in a phrase of that length."""
    return 1 if length < LONGER else 2 if length < LONGEST else 3


class Nearly:
    """Finds forms that are nearly a right phrase."""

    def __init__(self, phrases: Sequence[Phrase], alike: Mapping[str, str]) -> None:
        """``alike`` says for each character which others are taken for it."""
        self._phrases, self._alike = phrases, alike
        pieces: dict[str, list[tuple[int, int]]] = {}
        for number, phrase in enumerate(phrases):
            # Two characters in each other's place may spoil two pieces at once.
            parts = reach(len(phrase.right)) + 2
            cuts = [len(phrase.right) * part // parts for part in range(parts + 1)]
            for start, end in itertools.pairwise(cuts):
                pieces.setdefault(phrase.right[start:end], []).append((number, start))
        self._automaton = ahocorasick.Automaton()
        for piece, owners in pieces.items():
            self._automaton.add_word(piece, (len(piece), owners))
        if pieces:
            self._automaton.make_automaton()
        self._any = bool(pieces)

    def find(self, text: str) -> Iterator[tuple[str, Span, str]]:
        """Entry, range and right form of each phrase that is nearly right in a folded text; a place is compared once."""
        if not self._any:
            return
        done: dict[int, int] = {}
        for last, (length, owners) in self._automaton.iter(text):
            for number, offset in owners:
                phrase = self._phrases[number]
                start = last + 1 - length - offset
                if start < done.get(number, -1):
                    continue
                size = len(phrase.right)
                if text.startswith(phrase.right, max(start, 0)):
                    done[number] = start + size
                    continue
                span = self._measured(text, phrase, start)
                if span is not None:
                    done[number] = span.end
                    yield phrase.entry, span, phrase.right

    def _measured(self, text: str, phrase: Phrase, start: int) -> Span | None:
        k = reach(len(phrase.right))
        low, high = max(start - k, 0), start + len(phrase.right) + k
        # A phrase stands in one line.
        low = max(low, text.rfind("\n", low, max(start, 0) + k) + 1)
        line = text.find("\n", low, high)
        window = text[low : high if line < 0 else line]
        if phrase.right in window:
            return None
        found = closest(phrase.right, window, k, self._alike)
        if found is None or _plain(window[found[0] : found[1]]) in _plain(phrase.right):
            return None
        span = Span(low + found[0], low + found[1])
        return None if any(_covered(text, other, span) for other in phrase.also) else span


def _covered(text: str, other: str, span: Span) -> bool:
    """Whether another right form stands there, but for a character at each end."""
    at = text.find(other, max(span.start - len(other), 0), span.end + len(other))
    return at >= 0 and min(at + len(other), span.end) - max(at, span.start) >= span.end - span.start - 2


def _plain(words: str) -> str:
    """Words without the marks that quotations and lists put into them."""
    return "".join(character for character in words if "\u4e00" <= character <= "\u9fff")


def closest(right: str, window: str, k: int, alike: Mapping[str, str]) -> tuple[int, int] | None:
    """The part of ``window`` that is made of ``right`` by 1 to ``k`` changes (a character more, less, another, or two in
    each other's place) and begins and ends as it does, or with characters alike; None when there is none. Takes len(right) * len(window) steps."""
    size = len(window)
    before2: list[tuple[int, int]] = []
    before = [(0, at) for at in range(size + 1)]  # changes, start
    for row, character in enumerate(right, 1):
        line = [(row, 0)]
        for at in range(1, size + 1):
            best = min(
                (before[at - 1][0] + (window[at - 1] != character), before[at - 1][1]),
                (before[at][0] + 1, before[at][1]),
                (line[at - 1][0] + 1, line[at - 1][1]),
            )
            if row > 1 and at > 1 and window[at - 1] == right[row - 2] and window[at - 2] == character:
                best = min(best, (before2[at - 2][0] + 1, before2[at - 2][1]))
            line.append(best)
        before2, before = before, line

    def end(character: str, wanted: str) -> bool:
        return character == wanted or character in alike.get(wanted, "")

    # What lacks its beginning or end is mostly another phrase.
    fitting = [
        (changes, start, at)
        for at, (changes, start) in enumerate(before)
        if 0 < changes <= k
        and at - start >= len(right) - k
        and (end(window[start], right[0]) or window[start : start + 2] == right[1::-1])
        and (end(window[at - 1], right[-1]) or window[at - 2 : at] == right[:-3:-1])
    ]
    if not fitting:
        return None
    _, first, last = min(fitting)
    return first, last


def phrases_of(entries: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> list[Phrase]:
    """The phrases of entries (exact forms, forms that are right too) that are long enough to be compared."""
    return [
        Phrase(entry, right, (*also, *(other for other in exact if other != right)))
        for entry, (exact, also) in entries.items()
        for right in exact
        if len(right) >= SHORTEST
    ]
