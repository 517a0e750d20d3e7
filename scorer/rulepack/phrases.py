"""The small phrase language of rule packs, and how the phrases found in a text are asked for.

A phrase is literal text, ``…`` for a gap of up to ``GAP`` characters within one sentence, and ``(a|b|)`` for
alternatives. There are no regular expressions: a pack cannot be slow, whatever its author writes. All literal parts
go into one Aho-Corasick automaton (pyahocorasick; measured 0.4-0.9 ms per 10,000 characters, overlaps included, where
one ``re`` alternation takes 13 ms and loses overlaps).
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from scorer.document import Span, fold

GAP = 12
MAX_EXPANSIONS = 1200
MAX_FORKS = 64
_GAP_MARK = re.compile(r"…+|\.\.\.+")
_GROUP = re.compile(r"\(([^()]*)\)")
_EXPRESSION = re.compile(r"\.[*+?{]|\\|\(\?|^\^|\$$|\*|\[(?:\^|.-.\])")
"""What only a regular expression would have."""


class PhraseError(ValueError):
    """A phrase that cannot be understood; the message says why, in Chinese."""


Slots = tuple[tuple[str, ...], ...]


def expand(phrase: str) -> list[Slots]:
    """What a phrase stands for, folded: sequences of slots with gaps between, each slot a choice of literals.

    Raises ``PhraseError`` for an empty part, an unbalanced bracket, the signs of a regular expression, or more than
    ``MAX_EXPANSIONS`` choices in a slot.
    """
    if _EXPRESSION.search(phrase):
        raise PhraseError(f"“{phrase}”里有正则表达式的写法：短语没有正则表达式，隔开用“…”，任选其一用“(甲|乙)”")
    text = fold(_GAP_MARK.sub("\ue000", phrase.replace("（", "(").replace("）", ")").replace("｜", "|")))
    if text.count("(") != text.count(")"):
        raise PhraseError(f"“{phrase}”的括号或竖线不成对")
    pieces: list[list[str]] = []
    at = 0
    # A bracket without a bar is text of its own: 县(市、区).
    for group in _GROUP.finditer(text):
        if "|" not in group.group(1):
            continue
        pieces.append([text[at : group.start()]])
        pieces.append(group.group(1).split("|"))
        at = group.end()
    pieces.append([text[at:]])
    # Only alternatives that hold a gap themselves make separate sequences; all others are choices within a slot.
    forks = [piece if any("\ue000" in a for a in piece) and len(piece) > 1 else [None] for piece in pieces]
    if math.prod(map(len, forks)) > MAX_FORKS:
        raise PhraseError(f"“{phrase}”括号里带省略号的写法过多，请拆成几条")
    sequences = []
    for choice in itertools.product(*forks):
        slots: list[list[str]] = [[""]]
        for piece, chosen in zip(pieces, choice, strict=True):
            alternatives = piece if chosen is None else [chosen]
            if len(alternatives) == 1:
                first, *others = alternatives[0].split("\ue000")
                slots[-1] = [word + first for word in slots[-1]]
                slots.extend([other] for other in others)
            else:
                slots[-1] = [word + alternative for word in slots[-1] for alternative in alternatives]
            if len(slots[-1]) > MAX_EXPANSIONS:
                raise PhraseError(f"“{phrase}”展开的写法超过{MAX_EXPANSIONS}种，请拆成几条")
        sequences.append(tuple(tuple(dict.fromkeys(slot)) for slot in slots))
    for sequence in sequences:
        for slot in sequence:
            if any("|" in word for word in slot):
                raise PhraseError(f"“{phrase}”的括号或竖线不成对")
            if not all(slot):
                raise PhraseError(f"“{phrase}”有空的部分：省略号两边都要有字，括号不能整条为空")
        if sum(min(map(len, slot)) for slot in sequence) < 2 and not (len(sequence) == 1 and len(phrase) == 1):
            short = [word for slot in sequence for word in slot if len(word) < 2]
            if len(sequence) > 1 or any(not re.match(r"[\u4e00-\u9fff]", word) for word in short):
                raise PhraseError(f"“{phrase}”太短，一条短语至少两个字")
    return sequences


class Table(NamedTuple):
    """The phrases of many named sets, expanded: what is dear to compute and cheap to keep.

    ``slots`` are choices of literals (by number), ``sequences`` chains of slots (by number) with gaps between;
    ``sets`` says for each name which literals and which sequences are its phrases.
    """

    literals: Sequence[str]
    slots: Sequence[Sequence[int]]
    sequences: Sequence[Sequence[int]]
    sets: Mapping[str, tuple[Sequence[int], Sequence[int]]]

    @staticmethod
    def of(sets: Mapping[str, Iterable[str]]) -> Table:
        """Expand ``sets`` (name -> phrases). Raises ``PhraseError`` on the first bad phrase."""
        literals: dict[str, int] = {}
        slots: dict[tuple[int, ...], int] = {}
        sequences: dict[tuple[int, ...], int] = {}
        found: dict[str, tuple[list[int], list[int]]] = {}
        for name, phrases in sets.items():
            single: dict[int, None] = {}
            chains: dict[int, None] = {}
            for phrase in phrases:
                for sequence in expand(phrase):
                    numbered = [tuple(sorted(literals.setdefault(word, len(literals)) for word in slot)) for slot in sequence]
                    if len(numbered) == 1:
                        single.update(dict.fromkeys(numbered[0]))
                    else:
                        chain = tuple(slots.setdefault(slot, len(slots)) for slot in numbered)
                        chains[sequences.setdefault(chain, len(sequences))] = None
            found[name] = (list(single), list(chains))
        return Table(list(literals), list(slots), list(sequences), found)

    def phrases(self, name: str) -> list[str]:
        """The phrases of a set in readable form: literals, and chains as a|b…c."""
        literals, sequences = self.sets[name]
        words = [self.literals[number] for number in literals]
        chains = ["…".join("|".join(self.literals[n] for n in self.slots[slot]) for slot in self.sequences[s]) for s in sequences]
        return words + chains


class Sets(Protocol):
    """Who knows the sets of a pack."""

    def names(self, start: str) -> tuple[str, ...]:
        """The names of all sets that begin so."""

    def literals(self, name: str) -> list[str]:
        """The phrases of a set that have no gap."""


_NONE: tuple[list[Span], list[int]] = [], []


class Hits:
    """Where the phrases of each set stand in a text: the one way to ask, by set and range.

    A range is ``start:end`` and holds a hit that lies wholly in it; sets that the pack does not have are empty. A set is put
    in order when it is first asked for.
    """

    def __init__(
        self,
        sets: Sets,
        lengths: Sequence[int],
        found: Mapping[str, Sequence[Sequence[tuple[int, int]]]],
        chained: Mapping[str, Sequence[tuple[int, int]]],
    ) -> None:
        """``found`` has the hits of the phrases without gaps of a set, in several lists: the last character, and the number of the
        phrase, whose length is in ``lengths``; ``chained`` has those of the phrases with gaps: start and end."""
        self._sets = sets
        self._lengths = lengths
        self._found = found
        self._chained = chained
        self._places: dict[str, tuple[list[Span], list[int]]] = {}
        self._families: dict[str, tuple[list[tuple[Span, str]], list[int]]] = {}

    def names(self, start: str) -> tuple[str, ...]:
        """The names of all sets that begin so."""
        return self._sets.names(start)

    def literals(self, name: str) -> list[str]:
        """The phrases of a set that have no gap."""
        return self._sets.literals(name)

    def get(self, name: str) -> Sequence[Span]:
        """All hits of a set, sorted and distinct."""
        return (self._places.get(name) or self._put(name))[0]

    def within(self, name: str, start: int, end: int) -> list[Span]:
        """The hits of a set in a range, in order."""
        places, starts = self._places.get(name) or self._put(name)
        first = bisect_left(starts, start)
        return [place for place in places[first : bisect_left(starts, end, first)] if place[1] <= end]

    def any(self, name: str, start: int, end: int) -> bool:
        """Whether a hit of a set lies in a range."""
        return self.first(name, start, end) is not None

    def first(self, name: str, start: int, end: int) -> Span | None:
        """The first hit of a set in a range."""
        places, starts = self._places.get(name) or self._put(name)
        at = bisect_left(starts, start)
        # Hits that reach beyond the range are passed over.
        while at < len(starts) and starts[at] < end:
            if places[at][1] <= end:
                return places[at]
            at += 1
        return None

    def count(self, name: str, start: int, end: int) -> int:
        """How many hits of a set lie in a range."""
        return len(self.within(name, start, end))

    def among(self, family: str, start: int, end: int) -> list[tuple[Span, str]]:
        """The hits in a range of all sets whose names begin so, in order, each with the name of its set."""
        if family not in self._families:
            both = sorted((place, name) for name in self.names(family) for place in self.get(name))
            self._families[family] = both, [place[0] for place, _ in both]
        both, starts = self._families[family]
        first = bisect_left(starts, start)
        return [hit for hit in both[first : bisect_left(starts, end, first)] if hit[0][1] <= end]

    def _put(self, name: str) -> tuple[list[Span], list[int]]:
        """Put a set in order; its starts beside it."""
        # Two literals never stand at the same place; a phrase with gaps may be found twice, or where a literal is.
        listed, chained = self._found.get(name), self._chained.get(name)
        if listed is None and chained is None:
            self._places[name] = _NONE
            return _NONE
        lengths, new = self._lengths, tuple.__new__
        found = [(last + 1 - lengths[number], last + 1) for hits in listed or () for last, number in hits]
        places = sorted({*found, *chained} if chained else found)
        # As Span(start, end), in a third of the time.
        self._places[name] = both = [new(Span, place) for place in places], [place[0] for place in places]
        return both
