"""What audit stands in a folder of results, so that another one does not take its place unasked, and a browser can run it again.

``.fazhi/standing.json``: the plan of the last whole run, its pack and year, and each unit's verdict. Written last of all.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit.model import Audit
from scorer.audit.plan import Plan
from scorer.audit.store import FOLDER
from scorer.errors import FazhiError
from scorer.files import save
from scorer.rulepack.model import Pack
from scorer.version import VERSION

NAME = f"{FOLDER}/standing.json"
SCHEMA = "fazhi-standing/2"
LARGEST = 20_000_000
ONCE = frozenset({"out", "now", "fresh", "replace", "final", "accept_open", "reopen", "by"})
"""What of a plan is asked for one run alone."""


class Standing(NamedTuple):
    """The last whole run: the pack's id, version and hash, the year (None where none was told or found), the program's version,
    when (ISO, local), each unit's or file's verdict, the plan as data, and the hash of each review file as the run read it."""

    pack: str
    version: str
    sha256: str
    year: int | None
    program: str
    made: str
    verdicts: Mapping[str, str]
    plan: Mapping[str, Any]
    reviews: Mapping[str, str] = {}


def read(out: Path) -> Standing | None:
    """What stands in a folder; None where nothing does, or where it cannot be read any more."""
    try:
        with (out / NAME).open("rb") as stream:
            data = json.loads(stream.read(LARGEST))
        if data.pop("schema") != SCHEMA:
            return None
        return Standing(**data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(out: Path, plan: Plan, rules: Pack, audit: Audit, now: datetime.datetime, reviews: Mapping[str, str]) -> None:
    """Note what stands there now; ``reviews`` are the hashes of the review files by name. Raises ``FazhiError``."""
    standing = Standing(
        rules.id,
        rules.version,
        rules.sha256,
        audit.report_year,
        VERSION,
        now.isoformat(timespec="seconds"),
        verdicts_of(audit),
        plan_data(plan),
        reviews,
    )
    save(out / NAME, json.dumps({"schema": SCHEMA, **standing._asdict()}, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def verdicts_of(audit: Audit) -> dict[str, str]:
    """The gate's verdict on each that counts."""
    counted = audit.counted()
    return {entry.unit: gate.verdict for entry, gate in zip(counted.entries, counted.gates, strict=True)}


def refuse(out: Path, standing: Standing | None, rules: Pack, year: int | None) -> None:
    """Raises ``FazhiError`` where another pack or another year stands in the folder. ``year`` is None where nobody knows yet."""
    if standing is None:
        return
    what = ""
    if (standing.pack, standing.version) != (rules.id, rules.version):
        what = f"规则包“{standing.pack}”{standing.version}的审核，这次用的是“{rules.id}”{rules.version}"
    elif year is not None and standing.year is not None and year != standing.year:
        what = f"{standing.year}年度的审核，这次是{year}年度"
    if what:
        raise FazhiError(
            f"这个文件夹里是{what}，没有改动任何文件", where=str(out), remedy="请用 -o 换一个文件夹；确要盖掉原来的结果，加 --replace"
        )


# -- the plan as data -----------------------------------------------------------------------------------------------------


def paths_of(plan: Plan) -> dict[str, Path]:
    """The files and folders that the office gave, by the plan's names for them."""
    values = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return {name: value for name, value in values.items() if isinstance(value, Path) and name != "out"}


def plan_data(plan: Plan) -> dict[str, Any]:
    """What a plan holds for every run of it, as plain data: paths and days are told by the key that they stand under."""
    data: dict[str, Any] = {}
    for field in fields(plan):
        value = getattr(plan, field.name)
        if field.name in ONCE or value is None:
            continue
        if isinstance(value, Path):
            data[field.name] = {"path": places(value, plan.out)}
        else:
            data[field.name] = {"day": value.isoformat()} if isinstance(value, datetime.date) else value
    if _is_file(plan.pack):
        data["pack"] = {"path": places(Path(plan.pack), plan.out)}
    return data


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # a name no file can have
        return False


def places(path: Path, out: Path) -> list[str]:
    """Where a file or folder is: its absolute path, and its path from the results (empty on another drive)."""
    try:
        relative = Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
    except ValueError:
        relative = ""
    return [str(path.resolve()), relative]


def plan_of(standing: Standing, out: Path) -> Plan:
    """The plan of the last run, to be run again; what was moved together with the results is found there.

    Raises ``FazhiError`` where the reports or what else the office gave are no longer there.
    """
    known = {field.name for field in fields(Plan)} - ONCE
    values = {name: _value(value, out) for name, value in standing.plan.items() if name in known}
    values["pack"] = str(values.get("pack", "national"))
    return Plan(out=out, **values)


def _value(value: Any, out: Path) -> Any:
    if not isinstance(value, dict):
        return value
    return _found(value["path"], out) if "path" in value else datetime.date.fromisoformat(value["day"])


def _found(places: list[str], out: Path) -> Path:
    absolute, relative = places
    for path in (out.resolve() / relative if relative else None, Path(absolute)):
        if path is not None and path.exists():
            return path
    raise FazhiError("找不到上次审核用的文件或文件夹", where=absolute, remedy="请放回原处，或用 fazhi audit 重新指定后再打开")
