"""What a person can decide, laid out for the review desk: ``.fazhi/queue.sqlite``, written whole at the end of a run.

It holds what the program proposes; what was decided since stands in the review files, and whoever reads the queue lays it over.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from scorer.audit.decisions import Kind
from scorer.audit.items import Item, items_of, key_of_likeness
from scorer.audit.model import Audit, Likeness
from scorer.audit.sampling import place
from scorer.audit.store import CURRENT, FOLDER, Kept
from scorer.errors import FazhiError
from scorer.vocabulary import Certainty, Status

NAME = f"{FOLDER}/queue.sqlite"
FORMAT = 2
PASSAGES = 12
"""So many passages of a likeness are shown."""


class Row(NamedTuple):
    """A unit, or a file that belongs to none. ``number`` counts from 0 in the order of the audit; ``roster`` says whether it is on
    the roster; ``text_sha256`` is the hash of its report's text (empty without one); ``open`` is how many items a return waits for; ``grounds`` are the
    conditions of the gate that fail, a line each."""

    number: int
    unit: str
    path: str
    report: str
    state: str
    verdict: str
    doubt: str
    reason: str
    roster: bool
    text_sha256: str
    issuer: str
    title: str
    total: float | None
    open: int
    grounds: str


class Queued(NamedTuple):
    """An item: ``id`` is its place in the queue's file, ``row`` the number of its unit; the rest as in ``items.Item``.
    ``chance`` is its place in the random order from which samples are drawn (-1 for what no sample is drawn from), ``stale`` that a
    person's decision on it has to be confirmed again. ``detail`` is JSON: the passages of a likeness ([here, there], ...)."""

    id: int
    row: int
    key: str
    kind: str
    title: str
    machine: str
    status: str
    sentence: str
    place: str
    deciding: bool
    certainty: str
    stale: bool
    chance: int
    detail: str


def write(out: Path, audit: Audit, kept: Mapping[tuple[str, str], Kept], seed: str) -> None:
    """Write the queue of an audit, whole or not at all; samples are drawn by ``seed``. Raises ``FazhiError``."""
    target = out / NAME
    temporary = target.with_name(f".{target.name}.part")
    try:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA synchronous=OFF")
            db.execute(f"PRAGMA user_version={FORMAT}")
            db.execute(f"CREATE TABLE rows ({', '.join(Row._fields)}, PRIMARY KEY (number))")
            db.execute(f"CREATE TABLE items ({', '.join(Queued._fields)}, PRIMARY KEY (id))")
            db.execute("BEGIN")
            db.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(Row._fields))})", _rows(audit, kept))
            db.executemany(f"INSERT INTO items VALUES ({', '.join('?' * len(Queued._fields))})", _items(audit, seed))
            db.execute("CREATE INDEX by_row ON items (row)")
            db.execute("CREATE INDEX alike ON items (kind, title, machine)")
            db.execute("COMMIT")
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise FazhiError(f"写不进去（{error}）", where=str(target), remedy="请检查是否有权限、磁盘是否已满") from error


def _rows(audit: Audit, kept: Mapping[tuple[str, str], Kept]) -> Iterable[Row]:
    for number, (entry, gate) in enumerate(zip(audit.entries, audit.gates, strict=True)):
        row = kept.get((CURRENT, entry.path))
        yield Row(
            number,
            entry.unit,
            entry.path,
            entry.report,
            entry.state,
            gate.verdict,
            entry.doubt,
            entry.reason,
            entry.roster is not None,
            row.text_sha256 if row else "",
            (row.issuer if row else "") or "",
            (row.title if row else "") or "",
            entry.summary.total if entry.summary else None,
            len(gate.open),
            "\n".join(f"{one.title}：{one.actual}" for one in gate.conditions if not one.holds),
        )


def _items(audit: Audit, seed: str) -> Iterable[Queued]:
    elements = {element.rule: element for element in audit.elements}
    by_unit: dict[str, list[Likeness]] = {}
    for likeness in audit.likenesses:
        for name in {likeness.unit, likeness.other}:
            by_unit.setdefault(name, []).append(likeness)
    number = 0
    for row, (entry, gate) in enumerate(zip(audit.entries, audit.gates, strict=True)):
        own = {key_of_likeness(one, entry.unit): one for one in by_unit.get(entry.unit, ())}
        for item in items_of(entry, gate, tuple(own.values()), elements):
            number += 1
            # Where a return rests on no item (the score is too low), the verdict itself is to be confirmed.
            deciding = item.deciding or item.key in gate.open
            yield _queued(number, row, item._replace(deciding=deciding), seed, own)


def _queued(number: int, row: int, item: Item, seed: str, likenesses: Mapping[str, Likeness]) -> Queued:
    passed = item.kind == Kind.ELEMENT and item.machine == Status.MET and item.certainty == Certainty.SURE
    stale = item.decided is not None and item.decided.stale
    return Queued(
        number, row, item.key, item.kind, item.title, item.machine, item.status, item.sentence, item.place, item.deciding,
        str(item.certainty), stale, place(seed, item.unit, item.path, item.key) if passed else -1,
        _detail(item, likenesses),
    )  # fmt: skip


def _detail(item: Item, likenesses: Mapping[str, Likeness]) -> str:
    likeness = likenesses.get(item.key)
    if likeness is None:
        return "[]"
    mine = likeness.previous or likeness.unit == item.unit
    pairs = [(one.mine, one.theirs) if mine else (one.theirs, one.mine) for one in likeness.passages[:PASSAGES]]
    return json.dumps(pairs, ensure_ascii=False)


class Queue:
    """The queue of a folder, read; many may read at once. Raises ``FazhiError`` where there is none or it is another version's."""

    def __init__(self, out: Path) -> None:
        path = out / NAME
        try:
            stamp = path.stat()
            self.stamp = (stamp.st_mtime_ns, stamp.st_size, stamp.st_ino)
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
                if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                    raise FazhiError("是别的版本的程序做的", where=str(out), remedy="请用这一版再运行一次 fazhi audit")
                self.rows = tuple(
                    Row(*values)._replace(roster=bool(values[8])) for values in db.execute("SELECT * FROM rows ORDER BY number")
                )
                self.items = tuple(map(Queued._make, db.execute("SELECT * FROM items ORDER BY id")))
        except (OSError, sqlite3.Error) as error:
            raise FazhiError(
                "这个文件夹里没有可以复核的审核结果", where=str(out), remedy="请先运行 fazhi audit，或在审核台里新做一次审核"
            ) from error
        self.by_row: dict[int, list[Queued]] = {}
        for item in self.items:
            self.by_row.setdefault(item.row, []).append(item)

    def changed(self, out: Path) -> bool:
        """Whether another run has written a new one."""
        try:
            stamp = (out / NAME).stat()
        except OSError:
            return False
        return (stamp.st_mtime_ns, stamp.st_size, stamp.st_ino) != self.stamp

    def item(self, number: int) -> Queued | None:
        """The item of that id."""
        return self.items[number - 1] if 0 < number <= len(self.items) else None

    def counts(self) -> Counter[str]:
        """How many units got which verdict."""
        rostered = any(row.roster for row in self.rows)
        return Counter(row.verdict for row in self.rows if row.roster or not rostered)
