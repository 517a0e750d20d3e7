"""``运行记录.txt``: one line a run, only ever added to - when, by which version and pack, how many, what changed, and who."""

from __future__ import annotations

import datetime
import getpass
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from scorer.audit.model import ALWAYS, GATE_WORDS, Audit
from scorer.audit.standing import Standing, verdicts_of
from scorer.errors import FazhiError
from scorer.rulepack.model import Pack
from scorer.version import VERSION

NAME = "运行记录.txt"
NAMED = 30
"""So many changed units are named in a line, the others counted."""


def user() -> str:
    """Who is logged in; empty where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def counts(audit: Audit) -> str:
    """How many got which verdict."""
    verdicts = list(verdicts_of(audit).values())
    told = [f"{word}{verdicts.count(verdict)}" for verdict, word in GATE_WORDS.items() if verdict in ALWAYS or verdict in verdicts]
    return "、".join(told)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Whose verdict is another one than at the last run."""
    moved = [
        f"{unit} {GATE_WORDS.get(before[unit], before[unit])}→{GATE_WORDS.get(verdict, verdict)}"
        for unit, verdict in after.items()
        if unit in before and before[unit] != verdict
    ]
    come, gone = [unit for unit in after if unit not in before], [unit for unit in before if unit not in after]
    parts = [f"结论有变{len(moved)}个：{_named(moved)}"] if moved else []
    parts += [f"新增{len(come)}个：{_named(come)}"] if come else []
    parts += [f"不再有{len(gone)}个：{_named(gone)}"] if gone else []
    return "；".join(parts) or "结论没有变"


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def line_of_run(rules: Pack, audit: Audit, before: Standing | None, worked: int, kept: int, decided: int) -> list[str]:
    """What is said of one run."""
    parts = [f"规则包 {rules.id} {rules.version}（{rules.sha256[:12]}）"]
    if before is not None and before.sha256 != rules.sha256:
        parts[0] += f"，上次是 {before.pack} {before.version}（{before.sha256[:12]}）"
    parts.append(f"{audit.report_year}年度" if audit.report_year else "年度不明")
    parts.append(f"文件{worked + kept}个（新检查{worked}、沿用{kept}）")
    parts.append(counts(audit))
    parts.append(f"人工决定{decided}条")
    if before is not None:
        parts.append(changed(before.verdicts, verdicts_of(audit)))
    return parts


def append(out: Path, what: str, parts: Sequence[str], now: datetime.datetime, by: str = "") -> None:
    """Add a line, in one write. Raises ``FazhiError`` where the file cannot be written to."""
    fields = [now.isoformat(" ", "seconds"), what, f"fazhi {VERSION}", *parts, *([f"操作人 {by}"] if by else [])]
    line = " | ".join(" ".join(field.split()) for field in fields).encode("utf-8", "replace") + b"\n"
    path = out / NAME
    try:
        with path.open("a+b") as stream:
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":  # a line that a broken run began
                    line = b"\n" + line
            stream.write(line)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise FazhiError(f"写不进去（{error.strerror}）", where=str(path), remedy="文件可能正在别的程序中打开，请关闭后再运行") from error
