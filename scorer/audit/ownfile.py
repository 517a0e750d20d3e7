"""One reviewer's own file of decisions, ``review-NAME.yaml``: written by the desk, whole and safely on the disk before anything is answered.

A person may write in it too: what changed on the disk is read again first, and a file that holds more than entries (comments of
one's own) is copied aside before it is written in the desk's form.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from scorer.audit.decisions import Decision
from scorer.audit.review import NOTHING, Review, read_review
from scorer.audit.reviewfile import entry_text
from scorer.audit.store import FOLDER
from scorer.audit.write import file_names
from scorer.errors import FazhiError

HEAD = "# {}的复核决定，由审核台写成。格式与 review.yaml 相同；几位复核人各有一个文件，重新生成时合在一起。\n"
MAX_NAME = 20


def clean_name(name: str) -> str:
    """A reviewer's name as it is written. Raises ``FazhiError`` for what is none."""
    short = " ".join(name.split())
    if not short or len(short) > MAX_NAME or not all(c.isprintable() for c in short) or "、" in short:
        raise FazhiError("请写复核人的姓名", remedy=f"不超过{MAX_NAME}个字，一次写一个人")
    return short


def path_of(out: Path, name: str) -> Path:
    """The file of a reviewer."""
    return out / f"review-{file_names([name], '.yaml')[name]}"


class OwnFile:
    """The file of one reviewer. Raises ``FazhiError`` where it cannot be read or written."""

    def __init__(self, out: Path, name: str) -> None:
        self.out = out
        self.name = name
        self.path = path_of(out, name)
        self.matches: dict[str, str] = {}
        self.entries: list[Decision] = []
        self._undo: list[tuple[dict[str, str], list[Decision]]] = []
        self._digest = ""
        self.refresh()

    @property
    def review(self) -> Review:
        """What is in it."""
        return Review(dict(self.matches), tuple(self.entries))

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to be taken back."""
        return bool(self._undo or self.entries)

    def refresh(self) -> bool:
        """Read it again if it was changed on the disk; whether it was."""
        raw = self._raw()
        digest = hashlib.sha256(raw).hexdigest()
        if digest == self._digest:
            return False
        read = read_review(raw, str(self.path)) if raw else NOTHING
        self.matches, self.entries = dict(read.matches), [entry._replace(line=0) for entry in read.overrides]
        self._undo.clear()
        if raw and self._text() != raw:
            self._copy_aside(raw)
        self._digest = digest
        return True

    def add(self, entries: Sequence[Decision], matches: Mapping[str, str] | None = None) -> None:
        """Write decisions (and files' units) at the end; on the disk when this returns."""
        self.refresh()
        before = (dict(self.matches), list(self.entries))
        self.entries.extend(entries)
        self.matches.update(matches or {})
        self._save(before)
        self._undo.append(before)

    def undo(self) -> tuple[Decision, ...] | None:
        """Take back what was written last - all of it, where it was written at once; what was taken back, None for nothing.

        Of what an earlier session wrote, one entry at a time.
        """
        self.refresh()
        if not self.can_undo:
            return None
        before = (dict(self.matches), list(self.entries))
        known = self._undo.pop() if self._undo else (dict(self.matches), self.entries[:-1])
        self.matches, self.entries = known
        self._save(before)
        return tuple(before[1][len(self.entries) :])

    # -- the disk

    def _raw(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise FazhiError(f"打不开（{error.strerror}）", where=str(self.path)) from error

    def _text(self) -> bytes:
        parts = [HEAD.format(self.name), "\nmatches:\n"]
        parts += [
            f"  {json.dumps(path, ensure_ascii=False)}: {json.dumps(unit or '无', ensure_ascii=False)}\n"
            for path, unit in self.matches.items()
        ]
        parts.append("\nentries:\n")
        parts += [entry_text(entry, "  ") for entry in self.entries]
        return "".join(parts).encode("utf-8", "replace")

    def _save(self, before: tuple[dict[str, str], list[Decision]]) -> None:
        body = self._text()
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        try:
            try:
                with temporary.open("wb") as stream:
                    stream.write(body)
                    stream.flush()
                    os.fsync(stream.fileno())
                temporary.replace(self.path)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            self.matches, self.entries = before
            raise FazhiError(
                f"决定没有存上（{error.strerror}）", where=str(self.path), remedy="请检查磁盘和权限，文件是否正被打开，再按一次"
            ) from error
        self._digest = hashlib.sha256(body).hexdigest()

    def _copy_aside(self, raw: bytes) -> None:
        aside = self.out / FOLDER / f"{self.path.stem}-{datetime.datetime.now():%Y%m%d-%H%M%S}.yaml"
        with suppress(OSError):
            aside.write_bytes(raw)
