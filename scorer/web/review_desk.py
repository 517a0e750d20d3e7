"""One opened audit on the review desk: the queue, what every reviewer said, what is still open, and the decisions as they come.

Everything is in memory and looked up again when a file changes on the disk; every decision is on the disk before it counts.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from scorer.audit.decisions import WORDS, Decision, Kind
from scorer.audit.model import PROPOSED, RETURN
from scorer.audit.ownfile import OwnFile
from scorer.audit.queue import Queue, Queued, Row
from scorer.audit.reviewers import by_person, decided
from scorer.audit.sampling import Agreement, agreement
from scorer.errors import FazhiError
from scorer.vocabulary import Certainty, Status
from scorer.web.review_said import Said

FIRST, CHECK, REST, SAMPLE, DIFFER = "first", "check", "rest", "sample", "differ"
VIEWS = {FIRST: "定结论的", CHECK: "拿不准的", REST: "其余问题", SAMPLE: "抽查", DIFFER: "意见不一"}
OPEN, STALE, SPLIT, DONE = "open", "stale", "split", "done"
SAMPLE_SIZE = 50
SAMPLE_MORE = 20
MAX_REASON = 300
_SILENT = (Status.MET, Status.NOT_APPLICABLE)


class Look(NamedTuple):
    """What is known of an item: ``state`` (open, stale, split or done), what holds (None where nothing does), and what each says."""

    state: str
    holds: Decision | None
    said: tuple[Decision, ...]


class Progress(NamedTuple):
    """Of a view: how many items, and how many are done."""

    total: int
    done: int


class ReviewDesk:
    """An opened audit. Its methods may be called from any thread; they raise ``FazhiError`` with a sentence for the page."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.lock = threading.RLock()
        self.queue = Queue(out)
        self.own: dict[str, OwnFile] = {}
        self.said = Said(out)
        self._sample = SAMPLE_SIZE
        self._orders: dict[str, tuple[int, ...]] = {}
        self._open: dict[str, set[int]] = {}
        self._lay_out()
        self.refresh()

    # -- what is on the disk

    def refresh(self) -> None:
        """Take in what a run or another reviewer wrote since."""
        with self.lock:
            fresh = self.queue.changed(self.out)
            if fresh:
                self.queue = Queue(self.out)
                self._lay_out()
            fresh = self.said.refresh() or fresh
            if fresh:
                self._open = {view: self._scan(view) for view in self._orders}
                self._enlarge()

    def _scan(self, view: str) -> set[int]:
        """The open items of a view; of what nobody speaks of nothing more is asked."""
        spoken = self.said.spoken()
        items, quiet = self.queue.items, view != DIFFER
        return {n for n in self._orders[view] if (self._is_open(view, n) if items[n - 1].key in spoken else quiet)}

    def _lay_out(self) -> None:
        """The fixed orders of the views."""
        first: list[tuple[int, int, int]] = []
        check: list[tuple[int, int, int]] = []
        rest: list[tuple[int, int, int]] = []
        for item in self.queue.items:
            if item.kind == Kind.VERDICT and not (item.deciding or item.stale):
                continue
            if item.deciding or item.stale:
                first.append((self._rank(item), item.row, item.id))
            elif item.certainty == Certainty.CHECK:
                check.append((0, item.row, item.id))
            elif item.kind != Kind.ELEMENT or item.machine not in _SILENT:
                rest.append((0, item.row, item.id))
        self._alike: dict[tuple[str, str, str], list[int]] = {}
        for item in self.queue.items:
            self._alike.setdefault(_question(item), []).append(item.id)
        drawn = sorted((item for item in self.queue.items if item.chance >= 0), key=lambda item: item.chance)
        self._drawn = tuple(item.id for item in drawn)
        self._orders = {
            FIRST: tuple(number for *_, number in sorted(first)),
            CHECK: tuple(number for *_, number in sorted(check)),
            REST: tuple(number for *_, number in sorted(rest)),
            SAMPLE: self._drawn[: self._sample],
            DIFFER: tuple(item.id for item in self.queue.items),
        }
        self._open = {view: set(order) for view, order in self._orders.items()}

    def _rank(self, item: Queued) -> int:
        """What is looked at first: on what a return rests, then any other verdict; then what was changed since a person decided."""
        if item.deciding:
            return 0 if self.queue.rows[item.row].verdict in (PROPOSED, RETURN) else 1
        return 2

    def _enlarge(self) -> None:
        """A sample that was made larger before is as large again."""
        while len(self._drawn) > self._sample and any(self.look(self._item(n)).said for n in self._drawn[self._sample :][:SAMPLE_MORE]):
            self._sample += SAMPLE_MORE
            self._set_sample()

    def more_samples(self) -> None:
        """Draw some more."""
        with self.lock:
            self._sample = min(len(self._drawn), self._sample + SAMPLE_MORE)
            self._set_sample()

    def _set_sample(self) -> None:
        self._orders[SAMPLE] = self._drawn[: self._sample]
        self._open[SAMPLE] = self._scan(SAMPLE)

    # -- looking

    def _item(self, number: int) -> Queued:
        item = self.queue.item(number)
        if item is None:
            raise FazhiError("没有这一项", remedy="可能重新生成过，请回到列表")
        return item

    def item(self, number: int) -> tuple[Queued, Row]:
        """An item and its unit."""
        item = self._item(number)
        return item, self.queue.rows[item.row]

    def targets(self, row: Row) -> tuple[str, str]:
        """How a unit is named in a review file: (unit, "") where it is on the roster, else ("", file)."""
        return (row.unit, "") if row.roster else ("", row.path)

    def look(self, item: Queued) -> Look:
        """What is known of an item now."""
        row = self.queue.rows[item.row]
        found = self.said.of(row.unit, row.path, item.key)
        if not found:
            return Look(OPEN, None, ())
        said = by_person(found)
        holds = decided(said)
        if holds is None:
            return Look(SPLIT, None, said)
        stale = item.stale and holds.text_sha256 != row.text_sha256
        return Look(STALE if stale else DONE, holds, said)

    def _is_open(self, view: str, number: int) -> bool:
        state = self.look(self._item(number)).state
        return state == SPLIT if view == DIFFER else state in (OPEN, STALE)

    def progress(self, view: str) -> Progress:
        """How far a view is; of differences only those that are open are counted."""
        total = len(self._open[DIFFER]) if view == DIFFER else len(self._orders[view])
        return Progress(total, 0 if view == DIFFER else total - len(self._open[view]))

    def order(self, view: str) -> tuple[int, ...]:
        """The items of a view: one of ``VIEWS``, or ``unit-N`` for those of the unit of that number."""
        if view.startswith("unit-") and view[5:].isdecimal():
            items = self.queue.by_row.get(int(view[5:]), [])
            ranked = sorted(items, key=lambda item: (not item.deciding, item.kind == Kind.ELEMENT and item.machine in _SILENT, item.id))
            return tuple(item.id for item in ranked)
        if view not in self._orders:
            raise FazhiError("没有这个列表")
        return self._orders[view]

    def next_open(self, view: str, after: int = 0, step: int = 1) -> int:
        """The next item of a view that is open, after one of them, from the beginning again at the end; 0 where none is."""
        order = self.order(view)
        is_open: Callable[[int], bool] = self._open[view].__contains__ if view in self._open else lambda number: self._is_open(view, number)
        at = order.index(after) if after in order else -1 if step > 0 else len(order)
        ring = [*order[at + 1 :], *order[: max(at, 0)]] if step > 0 else [*reversed(order[: max(at, 0)]), *reversed(order[at + 1 :])]
        return next((number for number in ring if is_open(number)), 0)

    @property
    def stamp(self) -> str:
        """Which queue the numbers of items belong to: after another run the same number may be another item."""
        return hashlib.sha256(repr(self.queue.stamp).encode()).hexdigest()[:12]

    def open(self, view: str) -> set[int]:
        """The open items of a view."""
        return self._open[view]

    @property
    def rostered(self) -> bool:
        """Whether there is a roster."""
        return any(row.roster for row in self.queue.rows)

    @property
    def population(self) -> int:
        """How many items samples are drawn from."""
        return len(self._drawn)

    def agreement(self) -> Agreement:
        """What the sample says: of the items looked at in their random order, on how many persons agree with the program."""
        looks = [(self._item(number), self.look(self._item(number))) for number in self._orders[SAMPLE]]
        return agreement(look.holds.status == item.machine for item, look in looks if look.holds is not None)

    def alike(self, item: Queued) -> list[tuple[Queued, Row]]:
        """The open items that are the same question: the same kind, element and proposal of the program, in all units."""
        found = (self._item(number) for number in self._alike.get(_question(item), ()))
        return [(one, self.queue.rows[one.row]) for one in found if self.look(one).state in (OPEN, STALE)]

    # -- deciding

    def file_of(self, by: str) -> OwnFile:
        """The file of a reviewer."""
        if by not in self.own:
            self.own[by] = OwnFile(self.out, by)
        return self.own[by]

    def decide(self, by: str, numbers: Iterable[int], status: str, reason: str, today: datetime.date | None = None) -> int:
        """Write a decision on items, all with one reason; how many. Nothing is written where one of them cannot be decided so."""
        chosen = tuple(numbers)
        words = " ".join(reason.split())[:MAX_REASON]
        if not words:
            raise FazhiError("请写理由", remedy="可以按字母选一条，也可以自己写")
        with self.lock:
            entries = [self._decision(by, number, status, words, today or datetime.date.today()) for number in chosen]
            self._add(by, entries, {})
            self._look_again(chosen)
        return len(entries)

    def _decision(self, by: str, number: int, status: str, reason: str, today: datetime.date) -> Decision:
        item, row = self.item(number)
        if status not in WORDS[item.kind].values():
            raise FazhiError("这一项没有这种结论")
        unit, file = self.targets(row)
        rule = item.key.split(":", 1)[1] if item.kind == Kind.ELEMENT else ""
        key = "" if rule else item.key
        return Decision(
            unit, file, rule, status, by, today.isoformat(), reason, "", row.text_sha256, item.sentence, item=key,
        )  # fmt: skip

    def assign(self, by: str, matches: Sequence[tuple[str, str]]) -> None:
        """Write whose files are (path, unit; empty for nobody's)."""
        units = {row.unit for row in self.queue.rows if row.roster}
        paths = {row.path for row in self.queue.rows if row.path}
        for path, unit in matches:
            if path not in paths or (unit and unit not in units):
                raise FazhiError("名册里没有这个单位，或没有这个文件", where=unit or path)
        with self.lock:
            self._add(by, (), dict(matches))

    def _add(self, by: str, entries: Sequence[Decision], matches: dict[str, str]) -> None:
        from scorer.audit import final

        final.refuse(self.out)
        own = self.file_of(by)
        own.add(entries, matches)
        self.said.take(own)

    def undo(self, by: str) -> tuple[int, ...]:
        """Take back what a reviewer wrote last; the items it was about (none where it was about files), or ``FazhiError``."""
        from scorer.audit import final

        with self.lock:
            final.refuse(self.out)
            own = self.file_of(by)
            gone = own.undo()
            if gone is None:
                raise FazhiError("没有可以撤销的决定")
            self.said.take(own)
            about = {(one.unit, one.file, one.about) for one in gone}
            numbers = tuple(
                item.id
                for item in self.queue.items
                if about & {(self.queue.rows[item.row].unit, "", item.key), ("", self.queue.rows[item.row].path, item.key)}
            )
            self._look_again(numbers)
            return numbers

    def _look_again(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            for view, order in self._open.items():
                if view != DIFFER and number not in self._members(view):
                    continue
                (order.add if self._is_open(view, number) else order.discard)(number)

    def _members(self, view: str) -> frozenset[int]:
        known = self.__dict__.setdefault("_sets", {})
        order = self._orders[view]
        if view not in known or known[view][0] is not order:
            known[view] = (order, frozenset(order))
        members: frozenset[int] = known[view][1]
        return members


def _question(item: Queued) -> tuple[str, str, str]:
    return item.kind, item.key if item.kind == Kind.ELEMENT else "", item.machine
