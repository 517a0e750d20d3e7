"""A pack tried on the reports of an audit that was made with another: what would change before it is used.

Both packs judge every report anew by the same program, with the level and year the audit knew, so that what differs comes of the packs
alone. Nothing is written; decisions of persons are not taken into account, they were made on the old rules.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scorer.assessing import Options, assess
from scorer.audit import resultsfile
from scorer.audit.model import ASSESSED
from scorer.errors import FazhiError, UnreadableError
from scorer.readers import read
from scorer.result import Assessment
from scorer.rulepack.model import Pack
from scorer.rulepack.store import load_pack
from scorer.vocabulary import Status


class Turn(NamedTuple):
    """One element of one unit whose status is another by the new pack; None where a pack has no such rule."""

    rule: str
    title: str
    before: Status | None
    now: Status | None


@dataclass(frozen=True)
class UnitTrial:
    """One report by both packs: score (points of 100), grade, numbers of met, partial and missing elements, and what turned."""

    unit: str
    before: tuple[float, str]
    now: tuple[float, str]
    before_counts: tuple[int, int, int]
    now_counts: tuple[int, int, int]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Trial:
    """All reports of an audit by both packs; ``left`` are those that could not be compared: (unit, why)."""

    first: str
    second: str
    units: tuple[UnitTrial, ...]
    left: tuple[tuple[str, str], ...]


def trial(pack: str, results: Path, reports: Path, tell: Callable[[int, int], None] = lambda done, total: None, base: str = "") -> Trial:
    """Judge the audited reports by ``pack`` and by ``base`` (the pack of the audit when none is given).

    Raises ``FazhiError`` for a folder that is no audit's output, and for packs that cannot be loaded.
    """
    second = load_pack(pack)
    first = load_pack(base or _pack_of(results))
    if not reports.is_dir():
        raise FazhiError("没有这个报告文件夹", where=str(reports), remedy="请用 --reports 给出那次审核的报告文件夹")
    lines = list(resultsfile.results(results, _row))
    tried, left = [], []
    for number, row in enumerate(lines, 1):
        try:
            tried.append(_unit(row, reports, first, second))
        except (FazhiError, UnreadableError) as error:
            left.append((row.unit, error.what))
        tell(number, len(lines))
    return Trial(_named(first), _named(second), tuple(tried), tuple(left))


def _named(pack: Pack) -> str:
    return f"{pack.title} {pack.version}"


def _unit(row: _Row, reports: Path, first: Pack, second: Pack) -> UnitTrial:
    path = reports / row.path
    if not path.resolve().is_relative_to(reports.resolve()) or not path.is_file():
        raise FazhiError("报告文件夹里没有这份报告")
    document = read(path)
    if document.sha256 != row.sha256:
        raise FazhiError("报告在审核以后改过")
    options = Options(report_year=row.year, level=row.level, published=row.published)
    before, now = (assess(document, pack, options) for pack in (first, second))
    old, new = ({f.rule: f for f in assessment.findings} for assessment in (before, now))
    turns = []
    for rule in [*new, *(rule for rule in old if rule not in new)]:
        a, b = (found[rule].status if rule in found else None for found in (old, new))
        if a != b:
            turns.append(Turn(rule, (new.get(rule) or old[rule]).title, a, b))
    return UnitTrial(row.unit, _score(before), _score(now), _counts(before), _counts(now), tuple(turns))


def _score(assessment: Assessment) -> tuple[float, str]:
    if assessment.score is None:
        raise FazhiError(assessment.reason or "不是年度报告")
    return assessment.score.total, assessment.score.grade


def _counts(assessment: Assessment) -> tuple[int, int, int]:
    counted = Counter(finding.status for finding in assessment.findings)
    return counted[Status.MET], counted[Status.PARTIAL], counted[Status.MISSING]


def _pack_of(results: Path) -> str:
    try:
        return str(json.loads((results / resultsfile.PACK).read_bytes())["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return "national"


class _Row(NamedTuple):
    """One assessed report: its unit, its file, and what the audit knew of it."""

    unit: str
    path: str
    sha256: str
    year: int | None
    level: str | None
    published: datetime.date | None


def _row(data: dict[str, Any]) -> _Row | None:
    """An assessed report that stands for its unit; None for all else."""
    if data["state"] != ASSESSED:
        return None
    source, profile, published = data["source"], data["profile"], data["metadata"]["publication_date"]
    day = datetime.date.fromisoformat(published) if published else None
    return _Row(data["unit"], source["path"], source["sha256"], profile["report_year"], profile["level"], day)


def by_rule(made: Trial) -> list[tuple[str, str, Counter[tuple[Status | None, Status | None]]]]:
    """For each rule that turned anywhere its id, title, and how often it turned from what to what; most turns first."""
    found: dict[str, tuple[str, Counter[tuple[Status | None, Status | None]]]] = {}
    for unit in made.units:
        for turn in unit.turns:
            found.setdefault(turn.rule, (turn.title, Counter()))[1][turn.before, turn.now] += 1
    return sorted(((rule, title, counts) for rule, (title, counts) in found.items()), key=lambda item: -item[2].total())
