"""How well changes are noticed: every labelled report changed in known ways, and what the program then says.

Noticed is what the change must show by; collateral is every other decision (status of an element, fact of the page) that is
not what it was, although nothing it rests on was touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scorer.evaluation.agreement import Rate
from scorer.evaluation.alter import KINDS, Change, Known, changes
from scorer.result import Assessment, Finding
from scorer.vocabulary import Field


class Miss(NamedTuple):
    """A change that was not noticed."""

    kind: str
    report: str
    what: str


class Collateral(NamedTuple):
    """Another decision that changed: the element or fact, before and after."""

    kind: str
    report: str
    what: str
    decision: str
    before: str
    after: str


@dataclass(frozen=True)
class Noticed:
    """What was measured: for each kind the share noticed, and the share of other decisions that changed."""

    caught: dict[str, Rate]
    others: dict[str, Rate]
    misses: tuple[Miss, ...]
    collateral: tuple[Collateral, ...]

    @property
    def total(self) -> Rate:
        """The share noticed over all kinds."""
        return _sum(self.caught.values())

    @property
    def other(self) -> Rate:
        """The share of other decisions that changed."""
        return _sum(self.others.values())


def measure(
    known: Iterable[Known], kinds: frozenset[str] = frozenset(KINDS), every: int = 1, progress: Callable[[str], None] = lambda _: None
) -> Noticed:
    """Make the changes of reports (each ``every``-th of them), judge, and count."""
    caught = dict.fromkeys(KINDS, Rate(0, 0))
    others = dict.fromkeys(KINDS, Rate(0, 0))
    misses: list[Miss] = []
    collateral: list[Collateral] = []
    number = 0
    for one in known:
        for change in changes(one, kinds):
            number += 1
            if number % every:
                continue
            after = one.judged(change.text)
            noticed = after.is_annual_report and change.noticed(after)
            if not noticed:
                misses.append(Miss(change.kind, change.report, change.what))
            wrong, total = _others(one.before, after, change)
            collateral.extend(wrong)
            caught[change.kind] = Rate(caught[change.kind].hits + noticed, caught[change.kind].total + 1)
            others[change.kind] = Rate(others[change.kind].hits + len(wrong), others[change.kind].total + total)
        progress(one.name)
    return Noticed(
        {kind: rate for kind, rate in caught.items() if rate.total},
        {kind: rate for kind, rate in others.items() if rate.total},
        tuple(misses),
        tuple(collateral),
    )


def merged(results: Sequence[Noticed]) -> Noticed:
    """What was measured over several reports apart, as one."""
    kinds = [kind for kind in KINDS if any(kind in result.caught for result in results)]
    return Noticed(
        {kind: _sum(result.caught[kind] for result in results if kind in result.caught) for kind in kinds},
        {kind: _sum(result.others[kind] for result in results if kind in result.others) for kind in kinds},
        tuple(miss for result in results for miss in result.misses),
        tuple(change for result in results for change in result.collateral),
    )


def _others(before: Assessment, after: Assessment, change: Change) -> tuple[list[Collateral], int]:
    """The other decisions that changed, and how many there are."""
    found: list[Collateral] = []
    now = {finding.rule: finding for finding in after.findings}
    total = 0
    for finding in before.findings:
        if _aimed(finding.rule, change.aims) or _touched(finding, change):
            continue
        total += 1
        got = now[finding.rule].status if finding.rule in now else "-"
        if got != finding.status:
            found.append(Collateral(change.kind, change.report, change.what, finding.rule, finding.status, got))
    about = {"title-year": (Field.TITLE,), "addressee-dropped": (Field.ADDRESSEE,), "posted-late": (Field.PUBLICATION_DATE,)}
    for name in Field:
        if name in about.get(change.kind, ()):
            continue
        total += 1
        was, is_now = before.metadata.get(name), after.metadata.get(name)
        if was != is_now:
            found.append(Collateral(change.kind, change.report, change.what, name, str(was), str(is_now)))
    return found, total


def _aimed(rule: str, aims: Sequence[str]) -> bool:
    return any(rule == aim or (aim.endswith(".*") and rule.startswith(aim[:-1])) for aim in aims)


def _touched(finding: Finding, change: Change) -> bool:
    """Whether a passage that a verdict rests on was changed: then it may rightly be another."""
    passages = [*finding.evidence, *(n.passage for n in (*finding.near, *finding.faults, *finding.readers))]
    return any(part.meets(passage) for part in change.parts for passage in passages)


def _sum(rates: Iterable[Rate]) -> Rate:
    listed = list(rates)
    return Rate(sum(r.hits for r in listed), sum(r.total for r in listed))
