"""Reports beside the units' own of last year: work for the processes of a pool, one pair at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, overload

from scorer.audit.packed import unpack
from scorer.audit.plain import as_data
from scorer.audit.store import CURRENT, PREVIOUS, Store


class Pair(NamedTuple):
    """The facts of a report and of the unit's own of last year, packed."""

    mine: bytes
    theirs: bytes


class Pairs(Sequence[Pair]):
    """Pairs of paths (this year's, last year's) as tasks: their facts are read from the store when a process is given them."""

    def __init__(self, store: Store, paths: Sequence[tuple[str, str]]) -> None:
        self._store = store
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Pair]: ...
    def __getitem__(self, index: int | slice) -> Pair | Sequence[Pair]:
        if isinstance(index, slice):
            return Pairs(self._store, self._paths[index])
        mine, theirs = self._paths[index]
        return Pair(self._store.facts(CURRENT, mine), self._store.facts(PREVIOUS, theirs))


def compared(pair: Pair) -> list[Any]:
    """What came of a pair, as plain data: the likeness (None when there is nothing to say) without its names, and the follow-up."""
    from scorer.audit import facts, followthrough, similarity

    mine, theirs = (facts.from_data(unpack(packed)) for packed in pair)
    likeness = similarity.likeness_to_previous(mine, theirs, "")
    followed = followthrough.follow_up(theirs, mine)
    return [as_data(likeness)[2:] if likeness else None, [list(item) for item in followed]]
