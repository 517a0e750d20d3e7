"""Totals over the units of several audits."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scorer.audit.merge import Merged, Rule, Unit
from scorer.audit.model import ASSESSED
from scorer.vocabulary import Level, Status


class Lack(NamedTuple):
    """How often an element is lacking; ``asked`` counts the reports in which it counts."""

    rule: Rule
    missing: int
    partial: int
    asked: int


class LevelRow(NamedTuple):
    """The reports of one level of units: how many, their scores, and how many have each grade, in the order of ``Merged.grades``."""

    word: str
    reports: int
    lowest: float
    median: float
    mean: float
    highest: float
    grades: tuple[int, ...]


class Totals(NamedTuple):
    """What is counted over some audits; files of nobody's are ``outside`` and in no other count."""

    due: int
    read: int
    states: Counter[str]
    gates: Counter[str]
    mean: float | None
    lacking_required: int
    contradictory: int
    contradictions: int
    late: int
    outside: int


def totals(units: Iterable[Unit]) -> Totals:
    """Count units."""
    everything = list(units)
    own = [unit for unit in everything if not unit.outside]
    read = [unit for unit in own if unit.state == ASSESSED]
    scores = [unit.total for unit in read if unit.total is not None]
    return Totals(
        due=len(own),
        read=len(read),
        states=Counter(unit.state for unit in own),
        gates=Counter(unit.gate for unit in own if unit.gate),
        mean=statistics.fmean(scores) if scores else None,
        lacking_required=sum(1 for unit in read if unit.required),
        contradictory=sum(1 for unit in read if unit.contradictions),
        contradictions=sum(unit.contradictions or 0 for unit in read),
        late=sum(1 for unit in read if unit.late),
        outside=len(everything) - len(own),
    )


def levels(units: Iterable[Unit], grades: Sequence[str]) -> tuple[LevelRow, ...]:
    """The distribution of scores by level of units, from the highest level down."""
    found: dict[str, list[tuple[float, str]]] = {}
    for unit in units:
        if not unit.outside and unit.total is not None:
            found.setdefault(Level.shown(unit.level), []).append((unit.total, unit.grade))
    order = {word: number for number, word in enumerate(Level.words().values())}
    rows = []
    for word in sorted(found, key=lambda word: (order.get(word, len(order)), word)):
        scores, given = [total for total, _ in found[word]], Counter(grade for _, grade in found[word])
        about = (min(scores), statistics.median(scores), statistics.fmean(scores), max(scores))
        rows.append(LevelRow(word, len(scores), *about, tuple(given[grade] for grade in grades)))
    return tuple(rows)


def lacks(merged: Merged, statuses: Iterable[Mapping[tuple[str, str], int]]) -> tuple[Lack, ...]:
    """Elements lacking somewhere, the most often lacking first."""
    seen: Counter[tuple[str, str]] = Counter()
    for counts in statuses:
        seen.update(counts)
    rows = []
    for rule in merged.rules:
        missing, partial = seen[rule.rule, Status.MISSING], seen[rule.rule, Status.PARTIAL]
        if missing or partial:
            rows.append(Lack(rule, missing, partial, missing + partial + seen[rule.rule, Status.MET]))
    return tuple(sorted(rows, key=lambda row: (-(row.missing * 2 + row.partial), row.rule.rule)))
