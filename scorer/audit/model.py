"""What an audit knows, as frozen data: the run fills it, the outputs render it, the store keeps it.

A ``Summary`` is small on purpose: five thousand of them fit in memory where five thousand assessments do not.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scorer.audit.decisions import Decided
from scorer.vocabulary import Certainty

ASSESSED, NO_REPORT, UNREADABLE, NOT_SUBMITTED, ASKED = "assessed", "no-report", "unreadable", "not-submitted", "asked"
SENT = "sent"
"""A letter or circular of the office itself, left among the submissions: no row of the audit."""
"""``ASKED``: no report was found, but the roster says that there is one, or a file that belongs to nobody may be it."""
STATE_WORDS = {ASSESSED: "已检查", NO_REPORT: "不是年度报告", UNREADABLE: "无法读取", NOT_SUBMITTED: "未报送", ASKED: "待确认"}


class Unit(NamedTuple):
    """A row of the roster: who has to submit, and what the office knows of the submission."""

    name: str
    level: str | None = None
    submitted: datetime.date | None = None
    published: datetime.date | None = None
    address: str = ""
    contact: str = ""
    told: str = ""
    """What the roster says of the submission where it gives no full date: 已报, 2月20日."""


IN_TIME, LATE, UNKNOWN, EXEMPT = "in-time", "late", "unknown", "exempt"
"""Whether something was done by its day; ``EXEMPT`` where a person found that it need not be."""
ROSTER, PAGE, DOCUMENT = "roster", "page", "document"
"""Where a day stands: in the office's roster, on the published page, under the report."""


class Fact(NamedTuple):
    """When a report was handed in, or made public: the day, where it stands (empty when no day is known), what the roster tells
    in words, the first day that is too late, whether it was in time, and what a person said of it. ``rule`` is the element that asks for it."""

    rule: str
    day: datetime.date | None
    source: str
    told: str
    limit: datetime.date | None
    state: str
    decided: Decided | None = None

    @property
    def late(self) -> bool | None:
        """True, False, or None when nothing tells."""
        return {LATE: True, IN_TIME: False, EXEMPT: False}.get(self.state)


class Element(NamedTuple):
    """One element of the checklist, as the head of a column; ``category`` is the title of its group, for people."""

    rule: str
    title: str
    category: str
    severity: str


class Verdict(NamedTuple):
    """The status of one element in one report. ``machine`` is what the program decided; where a person decided, ``status`` is the
    person's, ``by`` names who, ``date`` when (ISO). ``stale`` says that the sentence has changed since: then ``status`` is the
    machine's again, and ``person`` what the person had said. ``quote`` is the sentence it rests on (empty when there is none), ``place`` where that stands, ``certainty`` whether the
    machine is sure."""

    rule: str
    status: str
    machine: str
    by: str = ""
    reason: str = ""
    stale: bool = False
    date: str = ""
    person: str = ""
    quote: str = ""
    place: str = ""
    certainty: str = Certainty.SURE

    @property
    def decided(self) -> bool:
        """Whether a person's decision is in force."""
        return bool(self.by) and not self.stale


class Gap(NamedTuple):
    """Something to mend: ``category`` is the title of its group, ``quote`` is the nearest passage (empty when there is none), ``gain`` the points it would bring."""

    rule: str
    title: str
    category: str
    severity: str
    status: str
    message: str
    fix: str
    basis: str
    quote: str
    gain: float


class Contradiction(NamedTuple):
    """Figures, years or dates that cannot all be right. ``key`` is that of the item (see ``decisions``), ``place`` where the
    sentence stands, ``other`` the other place's sentence where there are two; ``decided`` what a person said of it."""

    quote: str
    kind: str
    printed: str
    computed: str
    formula: str
    key: str = ""
    place: str = ""
    other: str = ""
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """One report that was assessed, reduced to what tables and letters show."""

    title: str
    issuer: str
    report_year: int | None
    level: str | None
    document_date: str
    publication_date: str
    total: float
    grade: str
    capped: str
    verdicts: tuple[Verdict, ...]
    """Where the summary comes from the store, without the sentences they rest on: those of ``resting`` have them."""
    gaps: Sequence[Gap]
    """Rows that may be made anew each time: ask once."""
    contradictions: tuple[Contradiction, ...]
    warnings: tuple[str, ...]
    by_person: float
    """The part (0 to 1) of the points at stake that a person decided."""
    characters: int = 0
    """The length of the text that was read."""
    dismissed: tuple[Contradiction, ...] = ()
    """Contradictions that a person found to be none."""
    machine_total: float | None = None
    """The total by the program alone; None where no person decided anything."""
    lost: tuple[str, ...] = ()
    """Decisions whose item is not in the report any more, in words."""
    told: Sequence[Verdict] = ()

    @property
    def resting(self) -> Sequence[Verdict]:
        """The verdicts with their sentences; rows that may be made anew each time: ask once."""
        return self.told or self.verdicts


class SharedPassage(NamedTuple):
    """A passage that stands in two reports: both wordings, and the figures that differ between them."""

    mine: str
    theirs: str
    changed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a report stands in another one beyond what all reports share.

    ``share`` is the part (0 to 1) of the report's own characters, ``other_share`` that of the other's; ``previous`` when the other is the unit's own
    report of last year; ``old_years`` are passages in which a year of last year's report was left standing. ``decided`` has
    what persons said of it, by unit: each side is decided for itself.
    """

    unit: str
    other: str
    share: float
    passages: Sequence[SharedPassage]
    previous: bool = False
    old_years: tuple[str, ...] = ()
    other_share: float = 0.0
    decided: tuple[tuple[str, Decided], ...] = ()

    def decision(self, unit: str) -> Decided | None:
        """What a person said of it for one of the two units."""
        return next((decided for name, decided in self.decided if name == unit), None)


class FollowUp(NamedTuple):
    """One item of last year's report and what this year's says of it.

    ``kind`` is ``arrangement`` (``state``: done, mentioned, silent) or ``shortcoming`` (``state``: repeated - named again
    word for word - or else gone). ``quote`` is last year's wording, ``answer`` this year's passage - when silent, the
    sentence of this year's plan that takes it up again, or nothing.
    """

    kind: str
    state: str
    quote: str
    answer: str
    decided: Decided | None = None


class Round(NamedTuple):
    """What was decided of a unit in one run: the number of its report (1 for the first, 0 where there was none), the day (ISO),
    the verdict and the machine's, the report's path and the hash of its text, the day of submission by the roster (ISO, may be
    empty), the elements that were lacking, and the number of contradictions."""

    number: int
    day: str
    verdict: str
    machine: str
    path: str
    text: str
    submitted: str
    lacking: tuple[str, ...]
    contradictions: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit: a unit with its report, a unit without one, or a file that belongs to nobody.

    ``path`` is the file in the audited folder (posix form, empty when not submitted), ``report`` the name of its HTML
    report under ``reports/``; ``superseded`` are older files of the same unit; ``doubt`` says why the match of file and
    unit should be confirmed; ``submission`` and ``publication`` are the two facts of time (None where nothing is asked or
    there is no report); ``other_year`` is the report's year where that is not the audited one; ``rounds`` is what was decided of the unit so far, this run included.
    """

    unit: str
    state: str
    path: str = ""
    report: str = ""
    reason: str = ""
    roster: Unit | None = None
    superseded: tuple[str, ...] = ()
    doubt: str = ""
    submission: Fact | None = None
    publication: Fact | None = None
    previous_total: float | None = None
    summary: Summary | None = None
    follow_up: Sequence[FollowUp] = ()
    other_year: int | None = None
    rounds: tuple[Round, ...] = ()

    @property
    def late(self) -> bool | None:
        """Whether the report was handed in too late; None when no date tells."""
        return self.submission.late if self.submission else None

    @property
    def late_public(self) -> bool | None:
        """Whether it was made public too late; None when no date tells."""
        return self.publication.late if self.publication else None


NOTE = "note"
"""What follows where a condition is only told."""
SUBMITTED, YEAR = "submitted", "year"
"""Measures of whether there is a report to be judged at all."""


class Condition(NamedTuple):
    """One condition of the gate: what was asked, what is, whether it holds; ``otherwise`` is the verdict if it does not,
    ``measure`` what it measures, ``items`` are the keys of the items that make it fail (see ``decisions``)."""

    title: str
    asked: str
    actual: str
    holds: bool
    otherwise: str = ""
    measure: str = ""
    items: tuple[str, ...] = ()


class Gate(NamedTuple):
    """The gate's verdict on one unit. ``machine`` is what it would be without any person's decision, ``decided`` a person's
    decision on the verdict itself, ``open`` the keys of the items on which it rests and which nobody has
    confirmed: until then a return is proposed, and a letter is a draft.
    A condition whose ``otherwise`` is ``note`` is told and decides nothing."""

    verdict: str
    conditions: tuple[Condition, ...]
    machine: str = ""
    decided: Decided | None = None
    open: tuple[str, ...] = ()


PASS, MEND, PROPOSED, RETURN, AGAIN, ABSENT, HOLD = "pass", "mend", "proposed", "return", "again", "absent", "hold"
"""``PROPOSED``: to be returned by the machine's lights, and a person has not yet confirmed why. ``AGAIN``: what was sent is no report
of the audited year that can be read; ``ABSENT``: nothing was sent. ``HOLD``: nothing can be said before a person answered whether
the unit has submitted."""
GATE_WORDS = {
    PASS: "通过", MEND: "修改后通过", PROPOSED: "拟退回", RETURN: "退回", AGAIN: "须重新报送", ABSENT: "未报送", HOLD: "待确认"
}  # fmt: skip
ALWAYS = (PASS, MEND, RETURN)
"""The verdicts that are counted also where nobody has them."""
CONFIRM = "在审核台的“文件归属”里点选是谁的，或写进 review.yaml 的 matches（都不是的写 无），再运行一次"
"""The one way out where it is doubtful whose a file is, or whether a unit has submitted."""
OUTSIDE = "名册以外"
"""Stands where a unit has its verdict, for a file that belongs to no unit of the roster."""


@dataclass(frozen=True, slots=True)
class Audit:
    """A whole audit, ready to be rendered. ``gates`` has one gate an entry, in the same order."""

    title: str
    report_year: int | None
    pack_title: str
    pack_version: str
    pack_sha256: str
    elements: tuple[Element, ...]
    entries: tuple[Entry, ...]
    gates: tuple[Gate, ...]
    likenesses: tuple[Likeness, ...]
    notes: tuple[str, ...] = ()
    made: str = ""
    """The one line of time: when the outputs were written. Everything else is the same for the same input."""
    gate_title: str = ""
    days: tuple[str, ...] = ()
    """The elements that ask for a day by which something has to be done."""
    figures: tuple[str, ...] = ()
    """The elements that only say that figures contradict each other, which is told of each contradiction by itself."""

    def counted(self) -> Audit:
        """The audit of those that count: with a roster its units, without one everything. What is told in numbers is told of these."""
        if not any(entry.roster for entry in self.entries):
            return self
        pairs = [pair for pair in zip(self.entries, self.gates, strict=True) if pair[0].roster]
        return replace(self, entries=tuple(entry for entry, _ in pairs), gates=tuple(gate for _, gate in pairs))

    def outside(self) -> tuple[Entry, ...]:
        """The files that belong to no unit of the roster; none where there is no roster."""
        return tuple(entry for entry in self.entries if not entry.roster) if any(entry.roster for entry in self.entries) else ()
