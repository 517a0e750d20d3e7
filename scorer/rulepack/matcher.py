"""One pass over a text that finds every phrase of a pack.

All literal parts of all phrases stand in one Aho-Corasick automaton (pyahocorasick; measured 0.4-0.9 ms per 10,000
characters, overlaps included, where one ``re`` alternation takes 13 ms and loses overlaps). It holds numbers only, and what
follows from a literal is unpacked when a text first has it: so a compiled pack is plain data that loads in a few milliseconds.
"""

from __future__ import annotations

import marshal
from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import ahocorasick

from scorer.document import Span
from scorer.rulepack.phrases import GAP, Hits, Table
from scorer.text.sentences import SENTENCE_END

_Step = tuple[frozenset[int], Sequence[str]]


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


class _Chain(NamedTuple):
    """What follows from a part of phrases with gaps: the states that it begins - phrases of which it is the first part -, and
    the states that it carries on, each to another state and to the sets whose phrase is then complete."""

    begins: frozenset[int]
    carries: frozenset[int]
    steps: Mapping[int, Sequence[_Step]]


class Matcher:
    """Finds the phrases of a compiled table in one pass over a text; ``table`` gives the table itself when it is asked for."""

    def __init__(self, data: Compiled, table: Callable[[], Table]) -> None:
        self._automaton = ahocorasick.Automaton(*data.automaton) if data.automaton else None
        self._lengths, self._owners = array("I", data.lengths), array("I", data.owners)
        self._groups, self._chains, self._sets = data.groups, data.chains, data.sets
        # Length, group of sets and chain of each literal; those that a text has had.
        self._known: list[tuple[int, int, _Chain | None] | None] = [None] * len(self._lengths)
        self._groups_of: defaultdict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            for name in group:
                self._groups_of[name].append(number)
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
        wait for it. Joining the hits of each phrase afterwards took three times as long.
        """
        known, new = self._known, tuple.__new__
        found: list[list[Span]] = [[] for _ in self._groups]
        grown_up: defaultdict[str, list[Span]] = defaultdict(list)
        sentence = _sentence_starts(text)
        passages: list[tuple[int, int, frozenset[int]]] = []  # start, end, states; in the order of their ends
        # The sentence and all states that wait in it: most hits carry on none of them, and need not look back (a third of the time).
        latest, waiting = -1, set[int]()
        for last, number in self._automaton.iter(text) if self._automaton is not None else ():
            length, group, chain = known[number] or self._literal(number)
            end = last + 1
            start = end - length
            if group:
                # As Span(start, end), in a third of the time.
                found[group].append(new(Span, (start, end)))
            if chain is None:
                continue
            begins, carries, steps = chain
            own = sentence[start]
            if own > latest:
                latest = own
                waiting.clear()
            if carries and (own < latest or not waiting.isdisjoint(carries)):
                grown: set[tuple[int, int, frozenset[int]]] = set()
                reach = max(start - GAP, own)
                for first, stop, states in reversed(passages):
                    if stop < reach:
                        break
                    if stop > start or carries.isdisjoint(states):
                        continue
                    for state in carries & states:
                        for after, complete in steps[state]:
                            for name in complete:
                                grown_up[name].append(Span(first, end))
                            if after:
                                grown.add((first, end, after))
                                waiting |= after
                passages.extend(grown)
            if begins:
                passages.append((start, end, begins))
                waiting |= begins
        return Hits(self, found, grown_up)

    def groups_of(self, name: str) -> Sequence[int]:
        """The numbers of the groups of sets that a set belongs to."""
        return self._groups_of.get(name, ())

    def _literal(self, number: int) -> tuple[int, int, _Chain | None]:
        chain = self._chains.get(number)
        entry = self._lengths[number], self._owners[number], _Chain(*marshal.loads(chain)) if chain else None
        self._known[number] = entry
        return entry


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
    steps: defaultdict[int, dict[int, list[_Step]]] = defaultdict(dict)
    inner = len(table.slots)
    for index, sequence in enumerate(table.sequences):
        before = sequence[0]
        for slot in sequence[1:-1]:
            inward: _Step = (frozenset((inner,)), ())
            for number in table.slots[slot]:
                steps[number].setdefault(before, []).append(inward)
            before, inner = inner, inner + 1
        onward: _Step = (frozenset(), complete[index])
        for number in table.slots[sequence[-1]]:
            steps[number].setdefault(before, []).append(onward)
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, literal in enumerate(table.literals):
        automaton.add_word(literal, number)
    if table.literals:
        automaton.make_automaton()
    groups: dict[tuple[str, ...], int] = {(): 0}  # the first is that of parts which are no phrase by themselves
    owners = [groups.setdefault(tuple(sets.get(number, ())), len(groups)) for number in range(len(table.literals))]
    chains = {
        number: marshal.dumps((frozenset(begins.get(number, ())), frozenset(steps.get(number, ())), dict(steps.get(number, {}))))
        for number in {*begins, *steps}
    }
    return Compiled(
        automaton.__reduce__()[1] if table.literals else (),
        array("I", map(len, table.literals)).tobytes(),
        array("I", owners).tobytes(),
        list(groups),
        chains,
        tuple(table.sets),
    )


def _sentence_starts(text: str) -> list[int]:
    """For each place of a text where its sentence begins; ends of sentences belong to the sentence they end."""
    starts: list[int] = []
    for match in SENTENCE_END.finditer(text):
        starts.extend([len(starts)] * (match.end() - len(starts)))
    starts.extend([len(starts)] * (len(text) - len(starts)))
    return starts
