"""What every kind of check takes and gives.

A kind is a function ``(case, rule) -> Outcome``; ``scorer.checks.KINDS`` names them for ``check:`` in rules.
An outcome speaks in ranges of the folded text and in Chinese words for the reader; points, quotes and links are made
from it by ``assess`` and the outputs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from scorer.checks.reading import Reading
from scorer.document import Span
from scorer.parsing.problems import Arrangement
from scorer.parsing.report import Report
from scorer.recount.model import Statement
from scorer.rulepack.model import Rule
from scorer.vocabulary import Actor, Certainty, Status

CONFIDENT = 0.99
"""How often verdicts that no second reader looks at are right."""


class NearMiss(NamedTuple):
    """A passage that looks like the element, and why it does not count; ``mend`` is what stands in it and what it certainly ought
    to be."""

    span: Span
    because: str
    mend: tuple[str, str] | None = None


class Facet(NamedTuple):
    """One side of an element, shown as covered (with its passage) or not; it does not change the status."""

    title: str
    span: Span | None


class Act(NamedTuple):
    """A concrete act with who did it."""

    actor: Actor
    span: Span


class Outcome(NamedTuple):
    """The verdict of one check: status, one sentence why, the passages it rests on, near misses, facets.

    ``searched`` says where it was looked for, for the reader of a gap; ``faults`` are the places that are to be mended.
    """

    status: Status
    message: str
    evidence: tuple[Span, ...] = ()
    near: tuple[NearMiss, ...] = ()
    facets: tuple[Facet, ...] = ()
    searched: str = ""
    faults: tuple[NearMiss, ...] = ()
    certainty: Certainty = Certainty.SURE
    confidence: float = CONFIDENT
    readers: tuple[NearMiss, ...] = ()
    """Where the two readers differ: the passage each goes by and what it says there."""
    acts: tuple[Act, ...] = ()
    """Where the element asks who acted: the acts in the order of the text."""


@dataclass(frozen=True, slots=True)
class Case:
    """What there is to judge: the report, and what follows from it by comparing one place with another.

    ``answers`` holds for each shortcoming the arrangement that answers it, or None, ``unsure`` those on which the two readers
    differ; ``statements`` are those whose figures
    determine one another, ``disagreements`` what is said in two places that cannot both be right; ``reading`` is the second
    reader's view of the report (None without a model), ``meant`` the causes that only that one heard; ``beside`` says what came of
    comparing it with last year's report.
    """

    report: Report
    answers: tuple[Arrangement | None, ...] = ()
    unsure: tuple[NearMiss, ...] = ()
    statements: tuple[Statement, ...] = ()
    disagreements: tuple[Statement, ...] = ()
    reading: Reading | None = None
    meant: frozenset[Span] = frozenset()
    beside: str = ""


Evaluate = Callable[[Case, Rule], Outcome]

PAST_PART = "上一年度工作部分（存在问题和下一年度安排以外的正文）"
EVIDENCE_MAX = 3
FAULTS_MAX = 40


def title_span(report: Report) -> Span | None:
    """Where the title stands."""
    return report.metadata.title.span if report.metadata.title else None


def section_spans(report: Report, role: str) -> tuple[Span, ...]:
    """The heading lines of the parts with a role."""
    starts = []
    for section in report.sections:
        if section.role == role:
            first = next((s for s in report.sentences if s.span.start >= section.span.start), None)
            if first:
                starts.append(first.span)
    return tuple(starts)
