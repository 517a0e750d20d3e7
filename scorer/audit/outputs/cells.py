"""Cells of the workbook's rows: the elements asked of a report, and what persons decided."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scorer.audit import rounds
from scorer.audit.decisions import Decided, Kind, status_word
from scorer.audit.model import (
    ASKED,
    GATE_WORDS,
    NO_REPORT,
    NOT_SUBMITTED,
    OUTSIDE,
    STATE_WORDS,
    UNREADABLE,
    Audit,
    Entry,
    Gap,
    Gate,
    Verdict,
)
from scorer.audit.outputs.book import Cell
from scorer.audit.outputs.tally import VERDICT_WORDS, level_word, unit_name
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
    return word + ("（需重新确认）" if decided.stale else ""), decided.by, day_of(decided.date), decided.reason


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
    return VERDICT_WORDS.get(status, status), verdict.by, day_of(verdict.date), verdict.reason


def day_of(text: str) -> Cell:
    """A day written as one; other words stay words."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def rounds_of(audit: Audit) -> Iterator[tuple[Cell, ...]]:
    """What was decided of each unit so far, and what was mended between its reports; units that have more than one line."""
    for entry in audit.entries:
        for number, one in enumerate(entry.rounds if len(entry.rounds) > 1 else (), 1):
            found = rounds.since(audit, replace(entry, rounds=entry.rounds[:number]))
            told = ["；".join(part) for part in (found.mended, found.left, found.new)] if found else []
            verdicts = (GATE_WORDS.get(one.verdict, one.verdict), GATE_WORDS.get(one.machine, one.machine))
            days = (day_of(one.day), day_of(one.submitted))
            yield (unit_name(entry), one.number or None, *days, one.path, *verdicts, one.contradictions, *told)


def absent_of(audit: Audit) -> Iterator[tuple[Cell, ...]]:
    """The units and files without a report that was judged, each with its reason."""
    outside = audit.outside()
    for entry in audit.entries:
        if entry.state in (NOT_SUBMITTED, ASKED, NO_REPORT, UNREADABLE):
            reason = entry.reason or entry.doubt or ("名册中有这个单位，文件夹里没有它的报告" if entry.state == NOT_SUBMITTED else "")
            state = STATE_WORDS[entry.state] + (f"（{OUTSIDE}）" if entry in outside else "")
            yield unit_name(entry), level_word(entry), state, entry.path, reason, entry.roster.contact if entry.roster else None
