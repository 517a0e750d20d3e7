"""The common words of the language, read only when something may be a slip: is this perhaps two right words side by side?"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

LONGEST = 4


@cache
def words() -> dict[str, str]:
    """The words of two to four characters with their kinds (``nr`` for names of persons), from jieba's list; empty without it."""
    spec = find_spec("jieba")
    if spec is None or not spec.origin:
        return {}
    found = {}
    try:
        with (Path(spec.origin).parent / "dict.txt").open(encoding="utf-8") as lines:
            for line in lines:
                word, _, kind = line.split(" ")
                if 2 <= len(word) <= LONGEST:
                    found[word] = kind.rstrip("\n")
    except (OSError, ValueError):
        return {}
    return found


def parted(text: str, start: int, end: int, own: frozenset[str] = frozenset()) -> bool:
    """Whether the characters of ``text[start:end]`` belong to other words, of the language or of ``own``: a word reaches in from
    the left or one out to the right, and they divide the range between them."""
    known = words()

    def word(first: int, last: int) -> bool:
        return text[first:last] in known or text[first:last] in own

    for cut in range(start + 1, end):
        left = any(word(first, cut) for first in range(max(cut - LONGEST, 0), start))
        right = any(word(cut, last) for last in range(end + 1, min(cut + LONGEST, len(text)) + 1))
        if (left or word(start, cut)) and (right or word(cut, end)) and (left or right):
            return True
    return False


def loose(text: str, start: int, end: int, own: frozenset[str], *, doubtful: bool) -> bool:
    """Whether the two characters ``text[start:end]`` are a word by themselves: a word of ``own`` ends before or begins after them,
    and neither forms a word with its other neighbour. If ``doubtful``, there must be such a word on both sides. What two characters are by chance is mostly cut elsewhere."""
    known = words()
    before = any(text[max(start - size, 0) : start] in own for size in (2, 3, 4))
    after = any(text[end : end + size] in own for size in (2, 3, 4))
    left = before or text[max(start - 1, 0) : start + 1] not in known
    right = after or text[end - 1 : end + 1] not in known
    if not (left and right):
        return False
    if before and after:
        return True
    if before or after:
        return not doubtful
    return (
        not doubtful
        and any(text[max(start - size, 0) : start] in known for size in (2, 3, 4))
        and any(text[end : end + size] in known for size in (2, 3, 4))
    )


def is_word(word: str) -> bool:
    """Whether this is a common word that is no name of a person."""
    kind = words().get(word)
    return kind is not None and not kind.startswith("nr")
