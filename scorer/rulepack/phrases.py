"""The small phrase language of rule packs, and one pass over a text that finds every phrase of a pack.

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
from functools import cache
from typing import NamedTuple

import ahocorasick

from scorer.document import fold

GAP = 12
MAX_EXPANSIONS = 1200
MAX_FORKS = 64
LONGEST = 60
SENTENCE_END = re.compile(r"[。!?;\n]")
_GAP_MARK = re.compile(r"…+|\.\.\.+")
_GROUP = re.compile(r"\(([^()]*)\)")


class PhraseError(ValueError):
    """A phrase that cannot be understood; the message says why, in Chinese."""


Slots = tuple[tuple[str, ...], ...]


def expand(phrase: str) -> list[Slots]:
    """What a phrase stands for, folded: sequences of slots with gaps between, each slot a choice of literals.

    Raises ``PhraseError`` for an empty part, an unbalanced bracket or more than ``MAX_EXPANSIONS`` choices in a slot.
    """
    text = fold(_GAP_MARK.sub("\ue000", phrase.replace("（", "(").replace("）", ")").replace("｜", "|")))
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


class Matcher:
    """Finds the phrases of a table in one pass over a text."""

    def __init__(self, table: Table) -> None:
        self._automaton = ahocorasick.Automaton()
        for number, literal in enumerate(table.literals):
            self._automaton.add_word(literal, (number, len(literal)))
        if table.literals:
            self._automaton.make_automaton()
        self._usable = bool(table.literals)
        self.literals = table.literals
        self.sequences = table.sequences
        self.slots = tuple(map(frozenset, table.slots))
        self.sets = {name: (frozenset(literals), sequences) for name, (literals, sequences) in table.sets.items()}

    @cache  # noqa: B019 - a matcher lives as long as its pack
    def names(self, start: str) -> tuple[str, ...]:
        """The names of all sets that begin so."""
        return tuple(name for name in self.sets if name.startswith(start))

    def find(self, text: str) -> Hits:
        """All hits in a folded text, by set."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for last, (number, length) in self._automaton.iter(text) if self._usable else ():
            spans.setdefault(number, []).append((last + 1 - length, last + 1))
        return Hits(self, text, spans)


class Hits:
    """Where the phrases of each set stand in a text; a set is worked out when it is first asked for.

    The pass over the text is one; what is put off is joining phrases with gaps, of which a report needs only those of
    the rules that apply to it.
    """

    def __init__(self, matcher: Matcher, text: str, spans: dict[int, list[tuple[int, int]]]) -> None:
        self._matcher = matcher
        self._text = text
        self._spans = spans
        self._present = frozenset(spans)
        self._found: dict[str, tuple[tuple[int, int], ...]] = {}
        self._joined: dict[int, list[tuple[int, int]]] = {}
        self._slots: dict[int, list[tuple[int, int]]] = {}

    def names(self, start: str) -> tuple[str, ...]:
        """The names of all sets that begin so."""
        return self._matcher.names(start)

    def get(self, name: str, default: Sequence[tuple[int, int]] = ()) -> Sequence[tuple[int, int]]:
        """The sorted, distinct (start, end) ranges of a set; ``default`` for a set the pack does not have."""
        if name not in self._found:
            if name not in self._matcher.sets:
                return default
            literals, sequences = self._matcher.sets[name]
            places: set[tuple[int, int]] = set()
            for number in literals & self._present:
                places.update(self._spans[number])
            for index in sequences:
                places.update(self._join(index))
            self._found[name] = tuple(sorted(places))
        return self._found[name]

    def within(self, name: str, start: int, end: int) -> list[tuple[int, int]]:
        """The hits of a set that lie wholly in ``start:end``, in order."""
        places = self.get(name)
        found = []
        for index in range(bisect_left(places, (start, 0)), len(places)):
            if places[index][0] >= end:
                break
            if places[index][1] <= end:
                found.append(places[index])
        return found

    def literals(self, name: str) -> list[str]:
        """The phrases of a set that have no gap."""
        return [self._matcher.literals[number] for number in sorted(self._matcher.sets[name][0])] if name in self._matcher.sets else []

    def _join(self, index: int) -> list[tuple[int, int]]:
        if index not in self._joined:
            slots = self._matcher.sequences[index]
            usable = not any(self._matcher.slots[slot].isdisjoint(self._present) for slot in slots)
            self._joined[index] = _join(self._text, [self._slot(slot) for slot in slots]) if usable else []
        return self._joined[index]

    def _slot(self, slot: int) -> list[tuple[int, int]]:
        if slot not in self._slots:
            parts = [self._spans[number] for number in self._matcher.slots[slot] & self._present]
            self._slots[slot] = parts[0] if len(parts) == 1 else sorted(itertools.chain.from_iterable(parts))
        return self._slots[slot]


def _join(text: str, slots: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Chains of one place per slot, each within ``GAP`` characters and the same sentence as the one before."""
    chains = slots[0]
    for places in slots[1:]:
        longer = []
        if len(places) * 4 < len(chains):
            # Few places after many beginnings: look back from each place instead of forward from each beginning.
            for start, end in places:
                for index in range(bisect_left(chains, (start - GAP - LONGEST, 0)), bisect_left(chains, (start, 0))):
                    first, last = chains[index]
                    if 0 <= start - last <= GAP and not SENTENCE_END.search(text, last, start):
                        longer.append((first, end))
        else:
            for first, last in chains:
                # All places within reach: the nearest one may lead nowhere.
                index = bisect_left(places, (last, 0))
                while index < len(places) and places[index][0] - last <= GAP and not SENTENCE_END.search(text, last, places[index][0]):
                    longer.append((first, places[index][1]))
                    index += 1
        chains = sorted(set(longer))
        if not chains:
            break
    return chains
