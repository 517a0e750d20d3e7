"""The runs of one to three characters that a model knows, looked up for whole texts at once.

A run is looked up as one machine integer of its UTF-16 units, and whole texts become arrays of such integers: making a string
of every run takes twice as long. Characters beyond the basic plane stand in no run.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, repeat
from operator import and_, eq

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_UNIT = 2
_THREE = (1 << 48) - 1
"""What is left of four units when the last is not looked at."""
_NEITHER = "\n"
"""A character that stands in no run."""


class Runs:
    """Numbers (from 1) of the runs of a list; longer ones stand in the list only without ``"\\n"``."""

    def __init__(self, listed: Sequence[str]) -> None:
        self._listed = listed
        lengths = list(map(len, listed))
        self._one = self._numbered(lengths, 1, "H")
        self._two = self._numbered(lengths, 2, "I")
        self._three = self._numbered(lengths, 3, "Q")

    def _numbered(self, lengths: Sequence[int], length: int, kind: str) -> Mapping[int, int]:
        wanted = list(map(eq, lengths, repeat(length)))
        runs = list(compress(self._listed, wanted))
        numbers: Iterable[int] = compress(range(1, len(lengths) + 1), wanted)
        code = _units(runs, length)
        if len(code) != len(runs) * _UNIT * (4 if length == 3 else length):
            plain = [(run, number) for run, number in zip(runs, numbers, strict=True) if not _WIDE.search(run)]
            runs, numbers = [run for run, _ in plain], [number for _, number in plain]
            code = _units(runs, length)
        return dict(zip(_integers(kind, code), numbers, strict=True))

    def longest(self, words: str) -> list[int | None]:
        """For each character the number of the longest listed run that begins with it; None where there is none."""
        code, size = _filled(words)
        longest: list[int | None] = list(map(self._one.get, _integers("H", code[:size])))
        # What is not found at one length is what was found at the length before. Integers of two units begin at every other
        # character, those of four at every fourth.
        for at in range(2):
            longest[at::2] = map(self._two.get, _integers("I", code[_UNIT * at : size + _UNIT * at]), longest[at::2])
        for at in range(4):
            fours = _integers("Q", code[_UNIT * at : size + _UNIT * at])
            longest[at::4] = map(self._three.get, map(and_, fours, repeat(_THREE)), longest[at::4])
        return longest[: len(words)]

    def all(self, words: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
        """All listed runs, those of one character, of two and of three: where each begins, and its number."""
        found: tuple[list[tuple[int, int]], ...] = [], [], []
        for at, number in enumerate(self.longest(words)):
            while number is not None:
                found[len(self._listed[number - 1]) - 1].append((at, number))
                number = self.shorter(number)
        return found[0], found[1], found[2]

    def shorter(self, number: int) -> int | None:
        """The number of the longest listed run that a longer run begins with."""
        run = self._listed[number - 1]
        known = self._two.get(ord(run[0]) | ord(run[1]) << 16) if len(run) == 3 else None
        return self._one.get(ord(run[0])) if known is None and len(run) > 1 else known


def _filled(words: str) -> tuple[bytes, int]:
    """The units of a text, with zeros behind it, and how many bytes to look at: full groups of four units."""
    code = words.encode("utf-16-le", "surrogatepass")
    if len(code) != _UNIT * len(words):
        code = _WIDE.sub(_NEITHER, words).encode("utf-16-le", "surrogatepass")
    size = -(-len(words) // 4) * 4 * _UNIT
    return code + bytes(size - len(code) + 4 * _UNIT), size


def _units(runs: Sequence[str], length: int) -> bytes:
    """Runs of one length one after the other; those of three filled up to four units."""
    joined = "\0".join([*runs, ""]) if length == 3 else "".join(runs)
    return joined.encode("utf-16-le", "surrogatepass")


def _integers(kind: str, code: bytes) -> array[int]:
    integers = array(kind, code)
    if sys.byteorder == "big":
        integers.byteswap()
    return integers
