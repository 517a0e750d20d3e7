"""Folders and files of this machine, for choosing some on the page: names only, never what is in them."""

from __future__ import annotations

import os
import string
import sys
from pathlib import Path
from typing import Any

from scorer.errors import FazhiError

MOST = 2000
ROSTERS = (".xlsx", ".xls", ".ods", ".csv")


def listing(words: str, files: bool) -> dict[str, Any]:
    """What is in a folder (an empty name is the user's home): its path, the way up, its folders, and - asked for - its rosters.

    Raises ``FazhiError`` where it cannot be opened.
    """
    path = Path(words.strip().strip('"')).expanduser() if words.strip() else Path.home()
    if not path.is_absolute():
        raise FazhiError("请写完整的路径", where=words[:200])
    if path.is_file():
        path = path.parent
    folders, tables, count = [], [], 0
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                count += 1
                if entry.name.startswith((".", "~$")) or not _fits(entry.name):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.name.lower().endswith(ROSTERS):
                    tables.append(entry.name)
    except OSError as error:
        raise FazhiError(f"打不开这个文件夹（{error.strerror}）", where=str(path)) from error
    return {
        "path": str(path),
        "up": str(path.parent) if path.parent != path else "",
        "starts": _starts(),
        "folders": [[name, str(path / name)] for name in sorted(folders)[:MOST]],
        "files": [[name, str(path / name)] for name in sorted(tables)[:MOST]] if files else [],
        "count": count,
    }


def _fits(name: str) -> bool:
    """Whether a name can be shown and sent back."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _starts() -> list[list[str]]:
    home = Path.home()
    names = [
        ("个人文件夹", home),
        ("桌面", home / "Desktop"),
        ("桌面", home / "桌面"),
        ("文档", home / "Documents"),
        ("文档", home / "文档"),
    ]
    found = [[words, str(path)] for words, path in names if path.is_dir()]
    if sys.platform == "win32":
        found += [[f"{letter}:", f"{letter}:\\"] for letter in string.ascii_uppercase if Path(f"{letter}:\\").exists()]
    return found
