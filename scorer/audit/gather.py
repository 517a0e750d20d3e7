"""The results of all files: kept ones as they are, the others worked out in processes of their own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorer.audit import write
from scorer.audit.folder import File
from scorer.audit.job import Given, Result, Settings, Task, nothing, settle
from scorer.audit.matching import Match, Matcher
from scorer.audit.model import ASSESSED, UNREADABLE
from scorer.audit.plan import Tell
from scorer.audit.store import CURRENT, PREVIOUS, Kept, Store
from scorer.audit.workers import Failure, Pool
from scorer.errors import FazhiError
from scorer.version import VERSION

PER_WORKER = 20
"""A second process costs more than it gives below so many files each."""


@lru_cache(maxsize=1)
def code_stamp() -> str:
    """Which program worked a result out: its version and the state of its files."""
    digest = hashlib.sha256(VERSION.encode())
    base = Path(__file__).parent.parent
    from scorer.outputs.templates import templates_folder

    for folder in (base, templates_folder()):
        for path in sorted(p for pattern in ("*.py", "*.j2", "*.css", "*.js", "*.yaml") for p in folder.rglob(pattern)):
            status = path.stat()
            digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:24]


class Gatherer:
    """Works out what is new, keeps what is not, and matches files with units."""

    def __init__(self, out: Path, key: str, organs: Mapping[str, Any], store: Store, tell: Tell) -> None:
        self.out = out
        self.key = key
        self.organs = organs
        self.store = store
        self.tell = tell
        self.worked = 0
        self.matcher: Matcher | None = None
        self._matches: dict[tuple[str, str, str | None, str | None], Match] = {}

    def work(self, pool: Pool, settings: Settings, files: Sequence[File], earlier: Sequence[File]) -> dict[tuple[str, str], Kept]:
        """The results of all files: those kept as they are, the others worked out and kept as they come."""
        store = self.store
        stored = store.load()
        asked = {(CURRENT, file.path): file for file in files} | {(PREVIOUS, file.path): file for file in earlier}
        names = write.file_names([file.path for file in files], ".html")
        reports = self.out / write.REPORTS
        sizes = {entry.name: entry.stat().st_size for entry in os.scandir(reports)}
        given = Given(settings)
        matcher = self.matcher = Matcher(settings.units, self.organs) if settings.units else None
        kept: dict[tuple[str, str], Kept] = {}
        tasks: list[Task] = []
        touched: list[Kept] = []
        for (side, path), file in asked.items():
            row = stored.get((side, path))
            report = names[path] if side == CURRENT else ""
            if row is not None and self._same_file(row, file):
                unit = self.match(matcher, settings.matches, row).unit
                current = row._replace(size=file.size, mtime_ns=file.mtime_ns)
                if row.state == UNREADABLE:
                    fits = row.reason.startswith(HUNG)  # a tool that reads it may have been installed since; a hang is not tried again
                else:
                    fits = row.given == given.text(path, unit, side) and (
                        row.state != ASSESSED or not report or (row.report == report and sizes.get(report) == row.report_size)
                    )
                if fits:
                    kept[side, path] = current
                    if current != row:
                        touched.append(current)
                    continue
                tasks.append(Task(side, path, file.full, file.size, file.mtime_ns, report, True, unit))
            else:
                tasks.append(Task(side, path, file.full, file.size, file.mtime_ns, report))
        store.touch(touched)
        gone = [key for key in stored if key not in asked]
        store.drop(gone)
        self.worked = len(tasks)
        if tasks:
            from scorer.readers import soffice

            soffice.convert_all([task.full for task in tasks])
        for done, (number, result) in enumerate(pool.run(tasks), 1):
            task = tasks[number]
            if not isinstance(result, Result):
                result = Result(nothing(task, self.key, UNREADABLE, failed(result)), b"", b"")
            store.put(*result)
            kept[task.side, task.path] = result.kept
            self.tell("检查报告", done, len(tasks))
        # Reports of files that are gone or stand under another name; only what this program wrote.
        written = {row.report for row in kept.values() if row.report}
        for row in stored.values():
            if row.report and row.report not in written:
                (reports / row.report).unlink(missing_ok=True)
        return kept

    def match(self, matcher: Matcher | None, matches: Mapping[str, str], row: Kept) -> Match:
        """The unit of a kept file."""
        key = (row.side, row.path, row.issuer, row.title)
        if key not in self._matches:
            self._matches[key] = settle(matcher, matches, row.side, row.path, row.issuer, row.title)
        return self._matches[key]

    def forget(self) -> None:
        """Matches found by another roster."""
        self._matches.clear()

    def _same_file(self, row: Kept, file: File) -> bool:
        if row.key != self.key or row.size != file.size:
            return False
        if row.mtime_ns == file.mtime_ns:
            return True
        if not row.sha256:
            return False
        try:
            with Path(file.full).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == row.sha256
        except OSError:
            return False


HUNG = "检查超过"


def failed(result: Any) -> str:
    """Words for a file that a worker could not finish. Raises ``FazhiError`` when the run cannot go on."""
    if not isinstance(result, Failure):
        return "检查时程序出错，这是本工具的缺陷；请反馈给维护者"
    if result.kind == "stop":
        raise FazhiError(result.detail)
    return {
        "hung": f"{HUNG}{result.detail}秒没有完成，已放弃；请另存为.docx或.txt再报，或用 --timeout 放宽",
        "crashed": "检查时进程意外中止，文件可能已损坏；请用Word或WPS打开后另存一份再试",
        "memory": "检查时内存不够，文件可能异常；请用Word或WPS打开后另存一份再试",
    }.get(result.kind, f"检查时程序出错（{result.detail}），这是本工具的缺陷；请把这份文件的情况反馈给维护者")


def cores() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
