"""The result of an assessment, as frozen data; ``outputs`` render it, ``fazhi-result/1`` is its JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from scorer.document import Quote
from scorer.vocabulary import Actor, Arithmetic, Certainty, Severity, Status


class Passage(NamedTuple):
    """A quoted place: exact text with its offsets, the headings above it, the number of its paragraph from 1, and that of
    its page where the format has pages."""

    quote: Quote
    path: tuple[str, ...]
    paragraph: int
    page: int | None = None


class Near(NamedTuple):
    """A passage that came near, and why it did not count; ``mend`` is what stands in it and what it certainly ought to be."""

    passage: Passage
    because: str
    mend: tuple[str, str] | None = None


class FacetResult(NamedTuple):
    """One side of an element, with the passage that covers it if any."""

    title: str
    passage: Passage | None


class ActResult(NamedTuple):
    """A concrete act with who did it."""

    actor: Actor
    passage: Passage


class BasisResult(NamedTuple):
    """The instrument and the clause in it."""

    source: str
    number: str
    clause: str


class Reviewed(NamedTuple):
    """A person's verdict on one element that stands in place of the machine's: who, when (ISO date), why. ``expires`` is
    the last day of a waiver (empty for one without end, and for a verdict). ``stale`` says that the sentence has changed since: then
    the machine's verdict stands, and ``person`` is what the person had said."""

    by: str
    date: str
    reason: str
    waiver: bool = False
    expires: str = ""
    stale: bool = False
    person: str = ""


class Finding(NamedTuple):
    """The verdict on one element. ``points`` of ``worth`` are points of the total of 100; both are 0 where the element
    does not count (not applicable, needs review). Where a person decided, ``status`` is the person's and ``machine`` the program's."""

    rule: str
    title: str
    category: str
    severity: Severity
    status: Status
    weight: float
    worth: float
    points: float
    message: str
    why: str
    fix: str
    basis: tuple[BasisResult, ...]
    evidence: tuple[Passage, ...]
    near: tuple[Near, ...]
    facets: tuple[FacetResult, ...]
    searched: str
    pack: str
    faults: tuple[Near, ...] = ()
    """The places at which it is wrong, and what is wrong there; empty where something is missing altogether."""
    place: tuple[str, ...] = ()
    """The parts of the pack's skeleton in which it belongs, outermost first (``measures``, ``enforcement``)."""
    certainty: Certainty = Certainty.SURE
    confidence: float = 0.99
    readers: tuple[Near, ...] = ()
    """Where the two readers of the report differ: the passage each goes by and what it says there."""
    machine: str = ""
    review: Reviewed | None = None
    nature: str = ""
    """What a gap is called otherwise: ``late`` or ``contrary``, as the rule says."""
    acts: tuple[ActResult, ...] = ()
    """Where the element asks who acted: the acts in the order of the text."""

    @property
    def gap(self) -> bool:
        """Whether something is to be mended."""
        return self.status in (Status.PARTIAL, Status.MISSING)

    @property
    def gain(self) -> float:
        """The points that mending it gains."""
        return self.worth - self.points


class ShortcomingResult(NamedTuple):
    """One shortcoming with its cause and the arrangement that answers it, where there are such."""

    passage: Passage
    cause: Passage | None
    answered_by: Passage | None


ACROSS = ("same-quantity", "sum", "dated-act", "data-date", "date-order", "instrument-years")
"""Kinds of findings across the document; all others are of figures in one sentence or two."""


class StatementResult(NamedTuple):
    """One recomputed statement, or a finding across the document (its ``kind`` is in ``ACROSS``) with its ``other`` place.

    ``tolerance`` names the printed forms that would agree with what is computed.
    """

    passage: Passage
    kind: str
    printed: str
    computed: str
    formula: str
    verdict: Arithmetic
    tolerance: str = ""
    other: Passage | None = None

    @property
    def across(self) -> bool:
        """Whether it is about two places of the document rather than about figures that determine one another."""
        return self.kind in ACROSS


class SectionResult(NamedTuple):
    """One top-level part, in offsets of the original text."""

    role: str
    heading: str
    start: int
    end: int


class CategoryScore(NamedTuple):
    """The points of one group of elements; ``weight`` is what it is worth, ``counted`` of ``total`` elements count."""

    id: str
    title: str
    points: float
    weight: float
    counted: int
    total: int


class Score(NamedTuple):
    """Total of 100 points, grade, and what capped the grade (empty when nothing did)."""

    total: float
    grade: str
    capped: str
    grades: tuple[tuple[str, float], ...]
    categories: tuple[CategoryScore, ...]


class PackInfo(NamedTuple):
    """Which rules judged."""

    id: str
    title: str
    version: str
    sha256: str


class ModelInfo(NamedTuple):
    """Which model spoke: its version, the digest of the sentences it learned from, their number, and the seed."""

    version: str
    data: str
    sentences: int
    seed: int


class SourceInfo(NamedTuple):
    """What was read: path, hash, format, number of characters, and what was lost. ``recognised`` is the mean confidence
    (0 to 1) where text was recognised in images, None where it was read."""

    path: str
    sha256: str
    format: str
    characters: int
    warnings: tuple[str, ...]
    recognised: float | None = None


@dataclass(frozen=True)
class Assessment:
    """Everything said about one document. ``text`` and ``paragraphs`` are the document itself, for showing passages in it.

    Not an annual report: ``is_annual_report`` is False, ``reason`` says why, there are no findings and no score.
    """

    source: SourceInfo
    pack: PackInfo
    is_annual_report: bool
    reason: str
    report_year: int | None
    level: str | None
    metadata: dict[str, str | None]
    sections: tuple[SectionResult, ...]
    findings: tuple[Finding, ...]
    shortcomings: tuple[ShortcomingResult, ...]
    arrangements: tuple[Passage, ...]
    statements: tuple[StatementResult, ...]
    score: Score | None
    notes: tuple[str, ...]
    text: str
    paragraphs: tuple[tuple[int, int, str], ...]
    """(start, end, kind): kind is title, heading, body, signature or outside (site furniture)."""
    model: ModelInfo | None = None
    """The classifier that was the second reader."""

    def count(self, status: str) -> int:
        """How many findings have the status."""
        return sum(1 for finding in self.findings if finding.status == status)

    def gaps(self) -> tuple[Finding, ...]:
        """What is to be mended, the most points first."""
        order = {finding.rule: number for number, finding in enumerate(self.findings)}
        return tuple(sorted((f for f in self.findings if f.gap), key=lambda f: (-round(f.gain, 4), order[f.rule])))
