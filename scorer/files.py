"""Files that come out whole or not at all, and the user's cache folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scorer.errors import FazhiError


def save(target: Path, content: str | bytes, inputs: Sequence[Path] = ()) -> None:
    """Write whole or not at all: an interrupted run leaves no half file. None of ``inputs`` is ever written
    over. Raises ``FazhiError`` with the way out."""
    if target.resolve() in {path.resolve() for path in inputs}:
        raise FazhiError("结果会盖掉报告本身", where=str(target), remedy="请用 -o 换一个文件名")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.part")
        try:
            temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FazhiError(
            f"写不进去（{error.strerror}）", where=str(target), remedy="请检查文件夹是否存在、是否有权限，磁盘是否已满，文件是否正被打开"
        ) from error


def cache_folder() -> Path:
    """The user's cache folder of this program; it may not exist. Raises ``RuntimeError`` without a home folder."""
    # Six lines instead of platformdirs: they run at every cold start, where importing it costs more than they do.
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", "") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    return base / "fazhi"


def own_folder(*below: str) -> Path | None:
    """The cache folder, or one below it, made where it is not there; None where that cannot be had or another user owns it.

    A folder of ours in which others may write is closed to them.
    """
    try:
        folder = cache_folder()
        for part in ("", *below):
            folder = folder / part
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.stat()
            if os.name == "posix" and status.st_uid == os.getuid() and status.st_mode & 0o022:
                folder.chmod(0o700)
            if not owned(folder.stat()):
                return None
        return folder
    except (OSError, RuntimeError):
        return None


def owned(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else can write it. Where there are no owners, the cache folder
    lies in the user's profile."""
    return os.name != "posix" or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
