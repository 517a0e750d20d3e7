"""``results.jsonl`` of an audit's output folder, read line by line: of each result only what the caller takes is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from scorer.errors import FazhiError

RESULTS, PACK = "results.jsonl", "pack.json"
WAY_OUT = "请给出 fazhi audit 用 -o 写出的文件夹"
MAX_LINE = 5_000_000

T = TypeVar("T")


def results(folder: Path, take: Callable[[dict[str, Any]], T | None]) -> Iterator[T]:
    """What ``take`` makes of each result, in the order of the file; nothing where it gives None.

    Raises ``FazhiError`` where there is no such file, and with the number of a line that is no result: one that is no JSON,
    or in which ``take`` misses what it looks for.
    """
    path = folder / RESULTS
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE), b""), 1):
                try:
                    taken = take(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    raise FazhiError("这一行不是审核结果", where=f"{path} 第{number}行", remedy="请重新运行 fazhi audit 生成") from error
                if taken is not None:
                    yield taken
    except FileNotFoundError as error:
        raise FazhiError(f"这个文件夹里没有审核结果（{RESULTS}）", where=str(folder), remedy=WAY_OUT) from error
    except OSError as error:
        raise FazhiError(f"打不开（{error.strerror}）", where=str(path), remedy="请检查路径和权限") from error
