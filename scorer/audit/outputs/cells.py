"""Cells of the workbook's rows: the elements asked of a report, and what persons decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from scorer.audit.decisions import Decided, Kind, status_word
from scorer.audit.model import GATE_WORDS, Audit, Entry, Gap, Gate, Verdict
from scorer.audit.outputs.book import Cell
from scorer.audit.outputs.tally import VERDICT_WORDS
from scorer.vocabulary import Status

SAID = {"复核结论": 10, "复核人": 10, "复核日期": 12, "复核理由": 30}
"""The columns of what a person decided, with their widths."""


def asked(audit: Audit, entry: Entry, verdicts: Mapping[str, Verdict]) -> Iterable[Gap]:
    """All elements that are asked of a report: its gaps, then what a reviewer has to look at or has decided, then what is met."""
    if not entry.summary:
        return
    gaps = tuple(entry.summary.gaps)
    yield from gaps
    known = {gap.rule for gap in gaps}
    elements = {element.rule: element for element in audit.elements}
    rest = [v for v in verdicts.values() if v.rule not in known and v.rule in elements and (v.by or v.status != Status.NOT_APPLICABLE)]
    for verdict in sorted(rest, key=lambda v: v.status == Status.MET and not v.by):
        element = elements[verdict.rule]
        yield Gap(
            element.rule, element.title, element.category, element.severity, verdict.status, "", "", "", verdict.quote, 0.0
        )  # fmt: skip


def said(kind: str, decided: Decided | None) -> tuple[Cell, ...]:
    """What a person decided, with who, when and why."""
    if decided is None:
        return ()
    word = status_word(kind, decided.status) if kind != Kind.VERDICT else GATE_WORDS.get(decided.status, decided.status)
    return word + ("（需重新确认）" if decided.stale else ""), decided.by, _day(decided.date), decided.reason


def by(gate: Gate) -> str:
    """Who decided the verdict itself, and why."""
    decided = gate.decided
    if decided is None:
        return ""
    return f"{decided.by}（{decided.date}）{decided.reason}" + ("（需重新确认）" if decided.stale else "")


def review(verdict: Verdict | None) -> tuple[Cell, ...]:
    """The last four columns: what a person has decided, else open."""
    if verdict is None or not verdict.by:
        return ()
    status = verdict.person if verdict.stale else verdict.status
    return VERDICT_WORDS.get(status, status), verdict.by, _day(verdict.date), verdict.reason


def _day(text: str) -> Cell:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text
