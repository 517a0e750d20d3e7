"""What an audit has worked out, kept in ``OUT/.fazhi``: results as they come, so that nothing is done twice and nothing is lost.

SQLite in WAL mode; values are JSON, compressed. A lock that the system takes back when the process ends (not a file that
a killed run leaves behind) keeps two runs apart.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from scorer.audit.packed import pack, unpack
from scorer.errors import FazhiError

FOLDER = ".fazhi"
FORMAT = 1
CURRENT, PREVIOUS = "current", "previous"


class Kept(NamedTuple):
    """What is kept of one file. ``key`` is pack and program, ``given`` what was known from outside (roster, review);
    a row holds as long as file, key and given are the same. ``report`` and ``report_size`` are those of its HTML report."""

    side: str
    path: str
    size: int
    mtime_ns: int
    sha256: str
    key: str
    given: str
    state: str
    reason: str
    issuer: str | None
    title: str | None
    year: int | None
    date: str
    report: str
    report_size: int
    text_sha256: str
    summary: bytes
    sketch: bytes


class Lock:
    """One run at a time for one folder. Raises ``FazhiError`` when another run holds it."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = (folder / "lock").open("ab")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise FazhiError(
                "另一个 fazhi audit 正在写这个文件夹", where=str(folder.parent), remedy="请等它做完，或用 -o 换一个文件夹"
            ) from error
        if hasattr(os, "register_at_fork"):
            # A copy of this process must not keep the lock when this one is killed.
            os.register_at_fork(after_in_child=self._file.close)

    def release(self) -> None:
        """Let the next one in."""
        self._file.close()


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":  # pragma: no cover
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class Store:
    """The kept results of one OUT folder. A store that cannot be read any more is put aside and begun anew."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "audit.sqlite"
        self.broken = ""
        try:
            self._open()
        except sqlite3.DatabaseError:
            self._close()
            aside = folder / "audit.sqlite.broken"
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    Path(f"{self.path}{suffix}").replace(f"{aside}{suffix}")
            self.broken = f"存放结果的数据库读不出来，已移到 {aside.name}，全部重新检查。"
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        if self._db.execute("PRAGMA user_version").fetchone()[0] not in (0, FORMAT):
            raise sqlite3.DatabaseError("another format")
        fields = ", ".join(f"{name} NOT NULL" if name not in ("issuer", "title", "year") else name for name in Kept._fields)
        self._db.execute(f"CREATE TABLE IF NOT EXISTS results ({fields}, PRIMARY KEY (side, path)) WITHOUT ROWID")
        self._db.execute("CREATE TABLE IF NOT EXISTS parts (side, path, line, facts, PRIMARY KEY (side, path))")
        self._db.execute("CREATE TABLE IF NOT EXISTS memo (kind, key, value, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        self._db.execute("CREATE TABLE IF NOT EXISTS seen (override PRIMARY KEY, text_sha256) WITHOUT ROWID")
        self._db.execute(f"PRAGMA user_version={FORMAT}")
        self._db.execute("SELECT count(*) FROM results").fetchone()

    def _close(self) -> None:
        with suppress(Exception):
            self._db.close()

    def close(self) -> None:
        """Write back and close."""
        self._close()

    # -- results

    def load(self) -> dict[tuple[str, str], Kept]:
        """All rows by side and path."""
        rows = self._db.execute(f"SELECT {', '.join(Kept._fields)} FROM results")
        return {(row[0], row[1]): Kept(*row) for row in rows}

    def put(self, kept: Kept, line: bytes, facts: bytes) -> None:
        """Keep one result, at once."""
        self._db.execute("BEGIN")
        self._db.execute(f"INSERT OR REPLACE INTO results VALUES ({', '.join('?' * len(kept))})", kept)
        self._db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?)", (kept.side, kept.path, line, facts))
        self._db.execute("COMMIT")

    def touch(self, kept: Iterable[Kept]) -> None:
        """The same files with another time."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "UPDATE results SET size=?, mtime_ns=? WHERE side=? AND path=?", [(k.size, k.mtime_ns, k.side, k.path) for k in kept]
        )
        self._db.execute("COMMIT")

    def drop(self, keys: Iterable[tuple[str, str]]) -> None:
        """Forget files that are gone."""
        gone = list(keys)
        self._db.execute("BEGIN")
        for table in ("results", "parts"):
            self._db.executemany(f"DELETE FROM {table} WHERE side=? AND path=?", gone)
        self._db.execute("COMMIT")

    def clear(self) -> None:
        """Forget all results; what reviewers saw, and which files were written (so that others' are known from them), stays."""
        for table in ("results", "parts"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("DELETE FROM memo WHERE kind NOT IN ('letter', 'circular', 'table', 'sample')")

    def lines(self, side: str) -> Iterator[tuple[str, bytes]]:
        """Path and compressed JSON line of each file of a side, by path."""
        yield from self._db.execute("SELECT path, line FROM parts WHERE side=? ORDER BY path", (side,))

    def facts(self, side: str, path: str) -> bytes:
        """The compressed facts of one file; empty when there are none."""
        row = self._db.execute("SELECT facts FROM parts WHERE side=? AND path=?", (side, path)).fetchone()
        return row[0] if row else b""

    # -- what was worked out from several results

    def begin(self, key: str, kinds: Iterable[str]) -> None:
        """Forget what was remembered of these kinds by another program or pack."""
        if self.remembered("program", "key") != key:
            self._db.executemany("DELETE FROM memo WHERE kind=?", [(kind,) for kind in kinds])
            self.remember("program", "key", key)

    def remembered(self, kind: str, key: str) -> Any:
        """A value kept under a key that names everything it depends on; None when there is none."""
        row = self._db.execute("SELECT value FROM memo WHERE kind=? AND key=?", (kind, key)).fetchone()
        return unpack(row[0]) if row else None

    def remember(self, kind: str, key: str, value: Any) -> None:
        """Keep a value."""
        self._db.execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", (kind, key, pack(value)))

    def all_remembered(self, kind: str) -> dict[str, Any]:
        """All values of a kind by key."""
        return {key: unpack(value) for key, value in self._db.execute("SELECT key, value FROM memo WHERE kind=?", (kind,))}

    def renew(self, kind: str, values: dict[str, Any], old: dict[str, Any]) -> None:
        """Make ``values`` all that is kept of a kind; ``old`` is what was."""
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM memo WHERE kind=? AND key=?", [(kind, key) for key in old if key not in values])
        fresh = [(kind, key, pack(value)) for key, value in values.items() if key not in old or old[key] != value]
        self._db.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", fresh)
        self._db.execute("COMMIT")

    def keys(self, kind: str) -> frozenset[str]:
        """The keys of all values of a kind."""
        return frozenset(key for (key,) in self._db.execute("SELECT key FROM memo WHERE kind=?", (kind,)))

    def retain(self, kind: str, keys: Collection[str]) -> None:
        """Forget all values of a kind but these."""
        gone = [(kind, key) for (key,) in self._db.execute("SELECT key FROM memo WHERE kind=?", (kind,)) if key not in keys]
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM memo WHERE kind=? AND key=?", gone)
        self._db.execute("COMMIT")

    def seen(self) -> dict[str, str]:
        """For each review entry (by its key) the hash of the text it was first applied to."""
        return dict(self._db.execute("SELECT override, text_sha256 FROM seen"))

    def see(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Note the text of entries applied for the first time."""
        self._db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", list(pairs))
