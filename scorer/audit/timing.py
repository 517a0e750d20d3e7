"""Two facts, each with its own day and source: when a report was handed in, and when it was made public; pure.

The days by which that is due are those of the audited year, whatever year the report is about. A day in the roster is the fact
itself; the date under a report only stands in for the day on which it was handed in.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from scorer.audit.decisions import Decided
from scorer.audit.model import DOCUMENT, EXEMPT, IN_TIME, LATE, PAGE, ROSTER, UNKNOWN, Fact, Summary, Unit, Verdict
from scorer.rulepack.model import Pack
from scorer.vocabulary import Field, Status


class Due(NamedTuple):
    """By when: the rule that asks it, and the day of the year after (``MM-DD``) before which it has to be, by level."""

    rule: str
    before: str
    by_level: Mapping[str, str]

    def limit(self, year: int | None, level: str | None) -> datetime.date | None:
        """The first day that is too late, for a report on a year; None where no year is known."""
        if year is None:
            return None
        month, day = map(int, self.by_level.get(level or "", self.before).split("-"))
        return datetime.date(year + 1, month, day)


class Dues(NamedTuple):
    """What a pack asks of the two days; None for what it does not ask."""

    submission: Due | None
    publication: Due | None

    @property
    def rules(self) -> frozenset[str]:
        """The elements that ask for them."""
        return frozenset(due.rule for due in self if due)


def dues_of(pack: Pack) -> Dues:
    """What a pack asks of the two days."""
    found: dict[bool, Due] = {}
    for rule in pack.rules:
        if rule.check == "deadline":
            public = Field.DOCUMENT_DATE not in rule.params["dates"]
            found[public] = Due(rule.id, rule.params["before"], rule.params.get("before-by-level", {}))
    return Dues(found.get(False), found.get(True))


def submission(due: Due | None, unit: Unit | None, summary: Summary | None, year: int | None) -> Fact | None:
    """When a report was handed in, or has to be; None where nothing is asked."""
    return _told(
        due, unit, summary, year, unit and unit.submitted, summary.document_date if summary else "", DOCUMENT, unit.told if unit else ""
    )


def publication(due: Due | None, unit: Unit | None, summary: Summary | None, year: int | None) -> Fact | None:
    """When it was made public; as ``submission``."""
    return _told(due, unit, summary, year, unit and unit.published, summary.publication_date if summary else "", PAGE, "")


def _told(
    due: Due | None,
    unit: Unit | None,
    summary: Summary | None,
    year: int | None,
    known: datetime.date | None,
    written: str,
    source: str,
    told: str,
) -> Fact | None:
    """A day that the roster knows (``known``), else the one that is ``written`` in the ``source``."""
    if due is None:
        return None
    limit = due.limit(year or (summary.report_year if summary else None), _level(unit, summary))
    if known:
        fact = _fact(due.rule, known, ROSTER, told, limit)
    elif written:
        fact = _fact(due.rule, datetime.date.fromisoformat(written), source, told, limit)
    else:
        fact = Fact(due.rule, None, "", told, limit, UNKNOWN)
    return _decided(fact, summary)


def _level(unit: Unit | None, summary: Summary | None) -> str | None:
    return (unit.level if unit else None) or (summary.level if summary else None)


def _fact(rule: str, day: datetime.date, source: str, told: str, limit: datetime.date | None) -> Fact:
    state = UNKNOWN if limit is None else LATE if day >= limit else IN_TIME
    return Fact(rule, day, source, told, limit, state)


_BY_STATUS = {Status.MET: IN_TIME, Status.MISSING: LATE, Status.PARTIAL: LATE, Status.NOT_APPLICABLE: EXEMPT}


def _decided(fact: Fact, summary: Summary | None) -> Fact:
    """The fact with what a person said of it in its place."""
    verdict = next((v for v in summary.verdicts if v.rule == fact.rule and v.by), None) if summary else None
    if verdict is None:
        return fact
    decided = _decision(verdict, fact.state)
    return fact._replace(decided=decided, state=decided.status if decided.holds else fact.state)


def _decision(verdict: Verdict, machine: str) -> Decided:
    status = _BY_STATUS.get(Status(verdict.person or verdict.status), UNKNOWN) if verdict.person != "waived" else EXEMPT
    return Decided(status, machine, verdict.by, verdict.date, verdict.reason, stale=verdict.stale)
