"""One pass over a text that finds every phrase of a pack.

All literal parts of all phrases stand in one Aho-Corasick automaton (pyahocorasick; measured 0.4-0.9 ms per 10,000
characters, overlaps included, where one ``re`` alternation takes 13 ms and loses overlaps). It holds numbers only, and what
follows from a literal is unpacked when a text first has it: so a compiled pack is plain data that loads in a few milliseconds.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import ahocorasick

from scorer.rulepack.phrases import GAP, Hits, Table
from scorer.text.sentences import SENTENCE_END

_Onward = Sequence[tuple[Sequence[int], Sequence[str]]]
_Place = tuple[int, int]
# Of a literal: length and group of sets; of parts of phrases with gaps also the states that they begin - phrases of which they are
# the first part -, and the states that they carry on, each to others and to the sets whose phrase is then complete. A plain tuple:
# one with names is taken apart five times as slowly.
_Literal = tuple[int, int, frozenset[int], frozenset[int], Mapping[int, _Onward]]


class Compiled(NamedTuple):
    """A table as plain data for ``marshal``: the arguments that make the automaton; for each literal its length and the
    number of the group of sets that it belongs to (unsigned machine integers); what follows from those that are parts of
    phrases with gaps, each packed by ``marshal``; the names of all sets."""

    automaton: Sequence[Any]
    lengths: bytes
    owners: bytes
    groups: Sequence[tuple[str, ...]]
    chains: Mapping[int, bytes]
    sets: Sequence[str]


# The most frequent signs of official prose, the most frequent first. The automaton looks through what may follow a state in the
# order in which it was added, and nearly every character is looked for among the first ones of all phrases.
_FREQUENT = (
    ',法。2政1、"件行03治人府4一执建6全年()项8市设县开公的办案.9制会议5次实理化作7工查个务责大不主发事部审度推'
    "规中和民进:合三委督出展监强是成解区重范加持员平动要应文机学二处管组等提依;决调改体报题在为镇力习%业律率对专信问场定策"
    "级关有任领新通条上性面落单复职万门情清入告党权点用诉导下企省《》局格罚深服四证整以结名分到时坚布效现安乡道况社负完生家织"
    "期常纠网思与日营立运位数评五环能同施交核量程严自庭高检干接普-意革参综想考经心联宣目系受近份协方请传各纷防计队前十户资收"
)
_NO_CHARACTER = "\uffff"


class Matcher:
    """Finds the phrases of a compiled table in one pass over a text; ``table`` gives the table itself when it is asked for."""

    def __init__(self, data: Compiled, table: Callable[[], Table]) -> None:
        self._automaton = ahocorasick.Automaton(*data.automaton) if data.automaton else None
        self._lengths, self._owners = array("I", data.lengths), array("I", data.owners)
        self._groups, self._chains, self._sets = data.groups, data.chains, data.sets
        # Those that a text has had.
        self._known: list[_Literal | None] = [None] * len(self._lengths)
        self._make = table

    @staticmethod
    def of(table: Table) -> Matcher:
        """The matcher of a table that was not compiled before."""
        return Matcher(compiled(table), lambda: table)

    @cached_property
    def table(self) -> Table:
        """The table itself."""
        return self._make()

    @cache  # noqa: B019 - a matcher lives as long as its pack
    def names(self, start: str) -> tuple[str, ...]:
        """The names of all sets that begin so."""
        return tuple(name for name in self._sets if name.startswith(start))

    @cache  # noqa: B019
    def literals(self, name: str) -> list[str]:
        """The phrases of a set that have no gap."""
        table = self.table
        return [table.literals[number] for number in sorted(table.sets[name][0])] if name in table.sets else []

    def find(self, text: str) -> Hits:
        """All hits in a folded text, by set.

        Phrases with gaps grow while the text is passed over (the search with bounded gaps of Navarro and Raffinot, 2003, over
        words instead of characters): a hit looks back at the few passages that end within reach and goes on from those that
        wait for it. Joining the hits of each phrase afterwards took three times as long, keeping what waits by state twice.
        """
        known = self._known
        found: defaultdict[int, list[_Place]] = defaultdict(list)
        grown_up: defaultdict[str, list[_Place]] = defaultdict(list)
        passages: list[tuple[int, int, frozenset[int]]] = []  # start, end, states; in the order of their ends
        # The states that wait in a sentence: most hits carry on none of them, and need not look back (a third of the time).
        waiting = set[int]()
        ends = [match.end() for match in SENTENCE_END.finditer(text)]
        begin, border, later = 0, -1, iter([*ends, len(text) + 1])
        for hit in self._automaton.iter(text) if self._automaton is not None else ():
            last, number = hit
            length, group, begins, carries, onward = known[number] or self._literal(number)
            if group:
                found[group].append(hit)
            if not carries and not begins:
                continue
            end = last + 1
            start = end - length
            if start >= border:
                waiting.clear()
                while start >= border:
                    begin, border = max(border, 0), next(later)
            if carries and (start < begin or not waiting.isdisjoint(carries)):
                # A hit that begins in the sentence before and ends in this one is an exception.
                reach = max(start - GAP, begin if start >= begin else _last(ends, start))
                grown: set[tuple[int, int, frozenset[int]]] = set()
                for first, stop, states in reversed(passages):
                    if stop < reach:
                        break
                    if stop > start or carries.isdisjoint(states):
                        continue
                    for state in carries & states:
                        for after, complete in onward[state]:
                            for name in complete:
                                grown_up[name].append((first, end))
                            if after:
                                grown.add((first, end, frozenset(after)))
                                waiting.update(after)
                passages.extend(grown)
            if begins:
                passages.append((start, end, begins))
                waiting |= begins
        by_set: defaultdict[str, list[list[_Place]]] = defaultdict(list)
        for group, hits in found.items():
            for name in self._groups[group]:
                by_set[name].append(hits)
        return Hits(self, self._lengths, by_set, grown_up)

    def _literal(self, number: int) -> _Literal:
        chain = self._chains.get(number)
        begins, onward = marshal.loads(chain) if chain else ((), {})
        self._known[number] = literal = self._lengths[number], self._owners[number], frozenset(begins), frozenset(onward), onward
        return literal


def _last(ends: Sequence[int], place: int) -> int:
    """The last of the sorted ends that is not behind a place, or 0."""
    number = bisect_right(ends, place)
    return ends[number - 1] if number else 0


def compiled(table: Table) -> Compiled:
    """Compile a table. States have numbers: first those of slots that begin sequences, then inner ones."""
    sets: defaultdict[int, list[str]] = defaultdict(list)
    complete: defaultdict[int, list[str]] = defaultdict(list)
    for name, (literals, sequences) in table.sets.items():
        for number in literals:
            sets[number].append(name)
        for index in sequences:
            complete[index].append(name)
    begins: defaultdict[int, list[int]] = defaultdict(list)
    for slot in {sequence[0] for sequence in table.sequences}:
        for number in table.slots[slot]:
            begins[number].append(slot)
    steps: defaultdict[int, dict[int, list[tuple[Sequence[int], Sequence[str]]]]] = defaultdict(dict)
    inner = len(table.slots)
    for index, sequence in enumerate(table.sequences):
        before = sequence[0]
        for slot in sequence[1:-1]:
            inward = ((inner,), ())
            for number in table.slots[slot]:
                steps[number].setdefault(before, []).append(inward)
            before, inner = inner, inner + 1
        onward = ((), tuple(complete[index]))
        for number in table.slots[sequence[-1]]:
            steps[number].setdefault(before, []).append(onward)
    groups: dict[tuple[str, ...], int] = {(): 0}  # the first is that of parts which are no phrase by themselves
    owners = [groups.setdefault(tuple(sets.get(number, ())), len(groups)) for number in range(len(table.literals))]
    chains = {number: marshal.dumps((tuple(begins.get(number, ())), dict(steps.get(number, {})))) for number in {*begins, *steps}}
    automaton, lengths = _automaton(table.literals)
    return Compiled(
        automaton,
        array("I", lengths).tobytes(),
        array("I", owners + [0] * (len(lengths) - len(owners))).tobytes(),
        list(groups),
        chains,
        tuple(table.sets),
    )


def _automaton(literals: Sequence[str]) -> tuple[Sequence[Any], list[int]]:
    """The arguments that make the automaton, and the length of each word of it: the literals, then some that no text has, so that
    every frequent sign is known to the first state."""
    if not literals:
        return (), []
    frequent = {sign: place for place, sign in enumerate(_FREQUENT)}
    firsts = {literal[0] for literal in literals}
    words = [*literals, *(sign + _NO_CHARACTER for sign in _FREQUENT if sign not in firsts)]
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number in sorted(range(len(words)), key=lambda number: frequent.get(words[number][0], len(frequent))):
        automaton.add_word(words[number], number)
    automaton.make_automaton()
    return automaton.__reduce__()[1], list(map(len, words))
