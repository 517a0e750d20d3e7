"""Neighbouring Chinese characters: what two passages share tells whether they speak of the same thing, without a word list."""

from __future__ import annotations

import re
from functools import cache

FUNCTION = "的和了在是为与及对等不有还仍需要进一于以并将由从到个各些"
"""Characters that carry no matter; a pair that holds one of them is left out."""


def pairs(text: str, also: str = "") -> frozenset[str]:
    """The pairs of a folded text, without function words and the characters in ``also``."""
    return frozenset(run[i : i + 2] for run in _content(also).findall(text) for i in range(len(run) - 1))


def pairs_of(words: str) -> list[str]:
    """All pairs of neighbouring characters, in order."""
    return list(map(str.__add__, words, words[1:]))


@cache
def _content(also: str) -> re.Pattern[str]:
    return re.compile(rf"[^\W\da-zA-Z_{FUNCTION}{re.escape(also)}]{{2,}}")
