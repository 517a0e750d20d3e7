"""What changed between two assessments: of one draft before and after a save, or of one body's reports of two years."""

from __future__ import annotations

from typing import NamedTuple

from scorer.result import Assessment, Finding, StatementResult
from scorer.vocabulary import Arithmetic, Status

_ORDER = {Status.MISSING: 0, Status.PARTIAL: 1}


class Change(NamedTuple):
    """One element before and after; None where the element was not judged then. ``gain`` is in points of the total of 100."""

    before: Finding | None
    after: Finding | None
    gain: float

    @property
    def title(self) -> str:
        """What the element is called."""
        finding = self.after or self.before
        return finding.title if finding else ""


class Changes(NamedTuple):
    """Elements ``mended`` (a gap before, none now), ``better`` and ``worse`` (a gap before and now), ``new`` (a gap only now),
    ``moved`` (the same status, other words); contradictory statements that went and came; the points of both totals, None
    for what is no annual report."""

    mended: tuple[Change, ...]
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    new: tuple[Change, ...]
    moved: tuple[Change, ...]
    settled: tuple[StatementResult, ...]
    contradictory: tuple[StatementResult, ...]
    before: float | None
    after: float | None

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return any(self[:7]) or self.before != self.after

    @property
    def gain(self) -> float:
        """The change of the total, in points; 0 where one of the two has none."""
        return self.after - self.before if self.after is not None and self.before is not None else 0.0


def changes(before: Assessment, after: Assessment) -> Changes:
    """Compare two assessments, element by element in the order of the later one's findings."""
    old = {finding.rule: finding for finding in before.findings}
    new = {finding.rule: finding for finding in after.findings}
    groups: dict[str, list[Change]] = {"mended": [], "better": [], "worse": [], "new": [], "moved": []}
    for rule in dict.fromkeys((*new, *old)):
        first, then = old.get(rule), new.get(rule)
        group = _group(first, then)
        if group:
            points = (then.points if then else 0.0) - (first.points if first else 0.0)
            groups[group].append(Change(first, then, points))
    wrong_before, wrong_after = _wrong(before), _wrong(after)
    return Changes(
        mended=tuple(groups["mended"]),
        better=tuple(groups["better"]),
        worse=tuple(groups["worse"]),
        new=tuple(groups["new"]),
        moved=tuple(groups["moved"]),
        settled=tuple(statement for words, statement in wrong_before.items() if words not in wrong_after),
        contradictory=tuple(statement for words, statement in wrong_after.items() if words not in wrong_before),
        before=before.score.total if before.score else None,
        after=after.score.total if after.score else None,
    )


def _group(before: Finding | None, after: Finding | None) -> str:
    was, is_now = before is not None and before.gap, after is not None and after.gap
    if was and not is_now:
        return "mended" if after is not None else ""
    if is_now and not was:
        return "new"
    if not was or before is None or after is None:
        return ""
    if before.status != after.status:
        return "better" if _ORDER[after.status] > _ORDER[before.status] else "worse"
    return "moved" if before.message != after.message else ""


def _wrong(assessment: Assessment) -> dict[tuple[str, str, str], StatementResult]:
    """The contradictory statements by their figures: a statement that only moved in the text is the same one."""
    return {(s.kind, s.printed, s.formula): s for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT}
