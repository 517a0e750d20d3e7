"""Supporting files (佐证材料) among the submissions: folders and archives of them are named and not taken for reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from scorer.audit.folder import File

_ARCHIVES = (".zip", ".rar", ".7z")
SHOWN = 5


def set_aside(files: Sequence[File], words: Mapping[str, Any]) -> tuple[tuple[File, ...], list[str]]:
    """The files that may be reports, and notes on what is none.

    ``words`` has ``words`` (what such a folder or archive is called) and ``except``: a folder or file whose name has one of these
    may hold a report all the same.
    """
    called, exempt = tuple(words.get("words", ())), tuple(words.get("except", ()))

    def supporting(name: str) -> bool:
        return any(word in name for word in called) and not any(word in name for word in exempt)

    kept: list[File] = []
    folders: Counter[str] = Counter()
    archives: list[str] = []
    for file in files:
        path = PurePosixPath(file.path)
        parts = path.parts[:-1]
        at = next((number for number, part in enumerate(parts) if supporting(part)), None)
        if at is not None and not any(word in path.name for word in exempt):
            folders["/".join(parts[: at + 1])] += 1
        elif path.suffix.lower() in _ARCHIVES and supporting(path.name):
            archives.append(file.path)
        else:
            kept.append(file)
    notes = [f"文件夹“{folder}”是佐证材料（{count}个文件），没有作为报告检查。" for folder, count in sorted(folders.items())[:SHOWN]]
    if len(folders) > SHOWN:
        notes.append(f"另有{len(folders) - SHOWN}个佐证材料的文件夹，没有作为报告检查。")
    if archives:
        more = f"等{len(archives)}个" if len(archives) > SHOWN else ""
        notes.append(f"压缩包“{'”、“'.join(archives[:SHOWN])}”{more}是佐证材料，没有作为报告检查。")
    return tuple(kept), notes
