"""The submissions: every file under a folder that may be a report, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from scorer.audit.store import FOLDER
from scorer.errors import FazhiError

MAX_FILES = 20_000
MAX_DEPTH = 20
_NEVER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


class File(NamedTuple):
    """A file: its path within the folder (posix), its path for opening, and what tells quickly that it changed."""

    path: str
    full: str
    size: int
    mtime_ns: int


def walk(folder: Path, skip: Collection[Path] = ()) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """All files, sorted, and notes on what was left out. Hidden files, Office's lock files, ``skip`` (files and folders)
    and the results of other audits are passed over; links are not followed out of the folder, linked folders not at all.

    Raises ``FazhiError`` when there is no such folder or more than ``MAX_FILES`` files.
    """
    if not folder.is_dir():
        raise FazhiError(
            "没有这个文件夹" if not folder.exists() else "不是文件夹", where=str(folder), remedy="请给出存放各单位报告的文件夹"
        )
    root = folder.resolve()
    skipped = {path.resolve() for path in skip}
    files: list[File] = []
    links, odd, deep, results = 0, 0, 0, 0
    pending: list[tuple[Path, str, int]] = [(root, "", 0)]
    while pending:
        place, prefix, depth = pending.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            raise FazhiError(f"打不开文件夹（{error.strerror}）", where=str(place), remedy="请检查是否有权限") from error
        if prefix and any(entry.name == FOLDER and entry.is_dir(follow_symlinks=False) for entry in entries):
            results += 1  # its pages quote whole reports and would count as submissions
            continue
        for entry in entries:
            if _ignored(entry.name) or Path(entry.path) in skipped:
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    pending.append((Path(entry.path), f"{prefix}{entry.name}/", depth + 1))
                else:
                    deep += 1
                continue
            try:
                if entry.is_symlink() and not (entry.is_file() and Path(entry.path).resolve().is_relative_to(root)):
                    links += 1
                    continue
                status = entry.stat()
            except OSError:
                links += 1  # a link in a circle, or to nothing
                continue
            if not stat.S_ISREG(status.st_mode):
                odd += 1
                continue
            files.append(File(_shown(prefix + entry.name), entry.path, status.st_size, status.st_mtime_ns))
            if len(files) > MAX_FILES:
                raise FazhiError(f"文件超过{MAX_FILES}个", where=str(folder), remedy="请分几个文件夹检查")
    notes = []
    if links:
        notes.append(f"有{links}个指向文件夹之外的链接没有检查。")
    if odd:
        notes.append(f"有{odd}个不是普通文件，没有检查。")
    if results:
        notes.append(f"有{results}个文件夹是以前的审核结果，没有检查。")
    if deep:
        notes.append(f"有{deep}个文件夹超过{MAX_DEPTH}层，没有检查。")
    return tuple(sorted(files)), tuple(notes)


def _ignored(name: str) -> bool:
    return name.startswith((".", "~$", "~WRL")) or name.lower() in _NEVER or name.lower().endswith(".tmp")


def _shown(path: str) -> str:
    """A name that can be shown and stored, also where it is in another encoding or holds control characters."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("�" if ord(c) < 32 or ord(c) == 127 else c for c in text)
