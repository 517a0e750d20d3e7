"""Causes in everyday words: where no phrase gives the cause of a shortcoming, the second reader is asked.

Of 128 labelled shortcomings without a cause no sentence reached the bound.
"""

from __future__ import annotations

from scorer.checks.reading import Reading
from scorer.document import Span
from scorer.parsing.problems import Shortcoming
from scorer.parsing.report import Report

LABEL = "cause"
CLEAR = 1.0


def explained(report: Report, reading: Reading | None) -> tuple[tuple[Shortcoming, ...], frozenset[Span]]:
    """The shortcomings, those without a cause with the one that the second reader hears; and the places of these causes."""
    if reading is None or LABEL not in reading.model.names:
        return report.shortcomings, frozenset()
    found: list[Shortcoming] = []
    meant: set[Span] = set()
    for named in report.shortcomings:
        cause = None if named.cause is not None else _heard(report, reading, named)
        if cause is not None:
            meant.add(cause)
            named = named._replace(cause=cause)
        found.append(named)
    return tuple(found), frozenset(meant)


def _heard(report: Report, reading: Reading, named: Shortcoming) -> Span | None:
    """The clauses of the item that most clearly tell why, if any does."""
    own = [s for s in report.sentences if s.span.overlaps(named.item) and not s.heading]
    best = max(own, key=lambda s: reading.score(s.span, LABEL), default=None)
    if best is None or reading.score(best.span, LABEL) < CLEAR:
        return None
    told = reading.carried(best, LABEL)
    # The words that name the shortcoming are not its cause, though 原因分析 stand in them.
    return None if told.overlaps(named.span) else told
