"""Files that come out whole or not at all."""

from __future__ import annotations

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
