"""Audits of many offices rolled up: those of counties to their cities and the province, judged by the same rules or not at all.

Works on ``results.jsonl`` and ``pack.json`` of output folders, line by line: of each unit a small row is kept, of its elements
only counts, so that six thousand reports fit in memory.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scorer.audit import standing
from scorer.audit.model import ASSESSED
from scorer.audit.resultsfile import PACK, RESULTS, WAY_OUT, results
from scorer.audit.twins import twins
from scorer.errors import FazhiError
from scorer.vocabulary import Arithmetic, Severity, Status

MAX_DEPTH = 4
MAX_AUDITS = 5_000
NAMED = 5
SUPERSEDED = "superseded"
_DIGITS = re.compile(r"(\d{1,9})")


class Unit(NamedTuple):
    """One unit of one audit. ``gate`` is its verdict (None for a file of nobody's where there is a roster), ``report`` the name of
    its gap report, ``sha256`` the hash of the file; ``late`` is None where no date tells; numbers are None without a report."""

    audit: int
    unit: str
    level: str
    state: str
    gate: str | None
    total: float | None
    grade: str
    required: int | None
    gaps: int | None
    contradictions: int | None
    late: bool | None
    year: int | None
    report: str
    reason: str
    sha256: str = ""

    @property
    def outside(self) -> bool:
        """Whether it is a file of no unit of the audit's roster: shown, and counted nowhere."""
        return self.gate is None


class Rule(NamedTuple):
    """An element as the results name it."""

    rule: str
    title: str
    severity: str


@dataclass(frozen=True)
class Source:
    """One audit: its folder, its place in the tree of names (city and below; empty for one level), its own name."""

    folder: Path
    group: str
    name: str


@dataclass(frozen=True)
class Merged:
    """Audits together. ``units`` stand in the order of ``sources``; ``statuses`` counts for each source how many of its reports have
    an element in a status; ``grades`` are from the best down; ``notes`` say what is not alike."""

    sources: tuple[Source, ...]
    units: tuple[Unit, ...]
    rules: tuple[Rule, ...]
    statuses: tuple[Mapping[tuple[str, str], int], ...]
    grades: tuple[str, ...]
    pack: Mapping[str, Any]
    year: int | None
    notes: tuple[str, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The cities, in the order of their audits; none where all audits stand side by side."""
        return tuple(dict.fromkeys(source.group for source in self.sources if source.group))


def merge(folders: Sequence[Path]) -> Merged:
    """The audits in these folders and in folders below them, put together.

    Raises ``FazhiError`` for a folder without an audit, for one named twice, and, naming them, for audits by other rules.
    """
    sources = _sources(folders)
    packs = [_pack(source) for source in sources]
    _same_rules(sources, packs)
    units: list[Unit] = []
    rules: dict[str, Rule] = {}
    statuses: list[Mapping[tuple[str, str], int]] = []
    for number, source in enumerate(sources):
        found, counts = _read(number, source, rules, ())
        units += found
        statuses.append(counts)
    if not units:
        raise FazhiError("这些审核里没有单位", where=str(folders[0]), remedy="请给出 fazhi audit 用 -o 写出的文件夹")
    years = Counter(unit.year for unit in units if unit.year)
    year = max(years, key=lambda one: (years[one], one)) if years else None
    stands = [standing.read(source.folder) for source in sources]
    left, notes = twins(units, [there.made if there else "" for there in stands])
    for number, names in left.items():
        statuses[number] = _read(number, sources[number], rules, names)[1]
    units = [unit for unit in units if unit.outside or unit.unit not in left.get(unit.audit, ())]
    bare = [source.name for source, there in zip(sources, stands, strict=True) if there and not there.plan.get("roster")]
    if bare:
        named = "、".join(bare[:NAMED]) + (f"等{len(bare)}次审核" if len(bare) > NAMED else "")
        notes.append(f"{named}没有名册，应报送数就是报来的文件数。")
    if len(tools := Counter(str(pack.get("tool", "")) for pack in packs)) > 1:
        notes.append(f"各次审核所用的程序版本不同（{'、'.join(sorted(tools))}），认定方法可能有变化。")
    for number, source in enumerate(sources):
        own = Counter(unit.year for unit in units if unit.audit == number and unit.year)
        if own and year and own.most_common(1)[0][0] != year:
            notes.append(f"{source.name}审核的是{own.most_common(1)[0][0]}年度的报告，其余是{year}年度的。")
    lowest: dict[str, float] = {}
    for unit in units:
        if unit.grade and unit.total is not None:
            lowest[unit.grade] = min(unit.total, lowest.get(unit.grade, 100.0))
    grades = tuple(sorted(lowest, key=lambda grade: (-lowest[grade], grade)))
    return Merged(tuple(sources), tuple(units), tuple(rules.values()), tuple(statuses), grades, packs[0], year, tuple(notes))


# -- which audits ---------------------------------------------------------------------------------------------------------------


def _sources(folders: Sequence[Path]) -> list[Source]:
    found: dict[Path, tuple[Path, Path]] = {}
    for folder in folders:
        if not folder.is_dir():
            raise FazhiError("没有这个文件夹", where=str(folder), remedy="请给出 fazhi audit 用 -o 写出的文件夹，或它们的上级文件夹")
        audits = list(_audits(folder, MAX_DEPTH))
        if not audits:
            raise FazhiError(f"这个文件夹里没有审核结果（{RESULTS}）", where=str(folder), remedy=WAY_OUT)
        for audit in audits:
            real = audit.resolve()
            if real in found:
                raise FazhiError("这次审核给了两遍", where=str(audit), remedy="请只给一遍，以免重复计算")
            found[real] = (audit, folder)
    if len(found) > MAX_AUDITS:
        raise FazhiError(f"审核超过{MAX_AUDITS}个", remedy="请分几次汇总")
    parents = {real.parent for real in found}
    # Audits whose folders lie in several folders belong to those: 甲市/A县审核, 乙市/B县审核.
    names = Counter(real.name for real in found)
    return [
        Source(
            audit, real.parent.name if len(parents) > 1 else "", real.name if names[real.name] == 1 else f"{real.parent.name}{real.name}"
        )
        for real, (audit, _) in found.items()
    ]


def _audits(folder: Path, depth: int) -> Iterator[Path]:
    if (folder / RESULTS).is_file():
        yield folder
    elif depth:
        for entry in sorted(
            os.scandir(folder), key=lambda entry: [f"{int(part):09}" if part.isdecimal() else part for part in _DIGITS.split(entry.name)]
        ):
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _audits(folder / entry.name, depth - 1)


def _pack(source: Source) -> Mapping[str, Any]:
    path = source.folder / PACK
    try:
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict) or not data["sha256"]:
            raise ValueError("no pack")
    except (OSError, ValueError, KeyError) as error:
        raise FazhiError(
            f"{source.name}没有留下规则包的记录（{PACK}），不知道是不是同一规则包", where=str(source.folder), remedy="请用本程序重新审核它"
        ) from error
    return data


def _same_rules(sources: Sequence[Source], packs: Sequence[Mapping[str, Any]]) -> None:
    hashes = Counter(str(pack["sha256"]) for pack in packs)
    if len(hashes) == 1:
        return
    usual = max(hashes, key=lambda one: (hashes[one], one == packs[0]["sha256"]))
    others = [(source, pack) for source, pack in zip(sources, packs, strict=True) if pack["sha256"] != usual]
    named = "、".join(f"{source.name}（{_title(pack)}）" for source, pack in others[:NAMED])
    reference = next(pack for pack in packs if pack["sha256"] == usual)
    raise FazhiError(
        f"规则包不同，不能汇总：{named}{f'等{len(others)}个' if len(others) > NAMED else ''}，其余为{_title(reference)}",
        remedy="请用同一规则包重新审核，或先不汇总这些",
    )


def _title(pack: Mapping[str, Any]) -> str:
    return f"{pack.get('title') or pack.get('id') or '未知'} {pack.get('version', '')} {str(pack['sha256'])[:8]}"


# -- what they say --------------------------------------------------------------------------------------------------------------


def _known(data: dict[str, Any]) -> dict[str, Any]:
    data["state"], data["unit"]  # what every result has
    return data


def _read(number: int, source: Source, rules: dict[str, Rule], left: Collection[str]) -> tuple[list[Unit], Counter[tuple[str, str]]]:
    """The units of an audit but those left out by name, and how many reports have an element in a status."""
    counts: Counter[tuple[str, str]] = Counter()
    found = [
        _unit(number, data, rules, counts)
        for data in results(source.folder, _known)
        if data.get("gate") is None or data["unit"] not in left
    ]
    return [unit for unit in found if unit is not None], counts


def _unit(number: int, data: Mapping[str, Any], rules: dict[str, Rule], counts: Counter[tuple[str, str]]) -> Unit | None:
    if data["state"] == SUPERSEDED:
        return None
    assessed = data["state"] == ASSESSED
    findings = data.get("findings", ()) if assessed else ()
    gate = data.get("gate")
    for finding in findings:
        rules.setdefault(finding["rule"], Rule(finding["rule"], finding["title"], finding["severity"]))
    if gate is not None:
        counts.update((finding["rule"], finding["status"]) for finding in findings)
    gaps = [finding for finding in findings if finding["status"] in (Status.MISSING, Status.PARTIAL)]
    profile, score = data.get("profile") or {}, data.get("score") or {}
    return Unit(
        audit=number,
        unit=str(data["unit"]),
        level=str(profile.get("level") or ""),
        state=str(data["state"]),
        gate=gate,
        total=score.get("total") if assessed else None,
        grade=str(score.get("grade") or ""),
        required=sum(1 for f in gaps if f["severity"] == Severity.REQUIRED and f["status"] == Status.MISSING) if assessed else None,
        gaps=len(gaps) if assessed else None,
        contradictions=sum(1 for s in data.get("statements", ()) if s.get("verdict") == Arithmetic.INCONSISTENT) if assessed else None,
        late=data.get("late"),
        year=profile.get("report_year"),
        report=str(data.get("report") or ""),
        reason=str(data.get("reason") or "") if not assessed else "",
        sha256=str((data.get("source") or {}).get("sha256") or ""),
    )
