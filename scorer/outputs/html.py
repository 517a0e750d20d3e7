"""The gap report: one self-contained HTML page that asks nothing of the network and is complete without script.

Here the assessment is made ready to be shown - points in whole tenths that add up, quotes shortened, the text cut at
the borders of its marks; how it looks is the business of ``templates/report.html.j2`` and its stylesheet.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from scorer.outputs.belongs import Spot, spots
from scorer.outputs.sentences import NEVER
from scorer.outputs.shares import Share, Shares, tenths
from scorer.outputs.templates import page
from scorer.outputs.words import FORMAT_WORDS, QUOTE_MAX, advice, is_late, report_name, status_word, verdict, where, wrong_word
from scorer.result import Assessment, CategoryScore, Finding, Passage, Score, ShortcomingResult, StatementResult
from scorer.text.shorten import shorten
from scorer.vocabulary import Arithmetic, Level, Severity, Status

GROUPS = (Status.MISSING, Status.PARTIAL, Status.NEEDS_REVIEW, Status.MET, Status.NOT_APPLICABLE)


TOP = 10
"""So many mends stand on the first page."""


def render(assessment: Assessment) -> str:
    """The page. The same assessment gives the same bytes; raises ``ValueError`` for what is no annual report."""
    return page("report.html.j2", styles=("report.css",), script="report.js").render(context(assessment))


def context(assessment: Assessment, *, ranked: bool = False) -> dict[str, Any]:
    """What a template shows of an assessment; ``lines`` are its paragraphs in their order, cut at the borders of the marks.

    Findings are numbered by status, or ``ranked``: what is to be mended first, by the points to be gained, then what is late.

    Raises ``ValueError`` for what is no annual report.
    """
    if not assessment.is_annual_report or assessment.score is None:
        raise ValueError(f"not an annual report, nothing to render: {assessment.reason}")
    return _View(assessment, assessment.score, ranked).context()


# -- the text and its marks ----------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A quoted passage as shown; ``anchor`` leads to it in the full text (empty where it cannot be shown there)."""

    quote: str
    where: str
    anchor: str
    because: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    first: int
    kind: str
    label: str
    target: str


class Segment(NamedTuple):
    """A run of text under the same marks; ``refs`` (label, target) stand after it."""

    text: str
    kind: str
    anchor: str
    refs: tuple[tuple[str, str], ...]


class _Text:
    """Collects marks, says where they will stand, and cuts the paragraphs at their borders."""

    # The kind that is seen where marks overlap: the first of these.
    KINDS = ("wrong", "gap", "proof", "issue", "near")

    def __init__(self, assessment: Assessment) -> None:
        self.text = assessment.text
        self.paragraphs = assessment.paragraphs
        self.starts = [start for start, _, _ in assessment.paragraphs]
        self.ends = [end for _, end, _ in assessment.paragraphs]
        self.marks: list[dict[_Mark, None]] = [{} for _ in assessment.paragraphs]

    def mark(self, passage: Passage, kind: str, label: str, target: str) -> str:
        """Mark a passage, with a link back to ``target``; gives the anchor of its first character."""
        start, end = passage.quote.start, passage.quote.end
        index = bisect_right(self.ends, start)
        if start >= end or index == len(self.ends) or self.starts[index] >= end:
            return ""
        last = bisect_left(self.starts, end) - 1
        first = max(start, self.starts[index])
        mark = _Mark(start, min(end, self.ends[last]), first, kind, label, target)
        for number in range(index, last + 1):
            self.marks[number][mark] = None
        return f"t{first}"

    def lines(self) -> list[tuple[str, list[Segment]]]:
        """Every paragraph: its kind, its segments. Lines outside the report that serve as evidence are of kind ``page``."""
        result = []
        for (start, end, kind), marks in zip(self.paragraphs, self.marks, strict=True):
            here = sorted(marks, key=lambda mark: (mark.start, mark.end))
            result.append(("page" if kind == "outside" and here else kind, self._cut(start, end, here)))
        return result

    def _cut(self, start: int, end: int, marks: list[_Mark]) -> list[Segment]:
        if not marks:
            return [Segment(self.text[start:end], "", "", ())]
        borders = {start, end}
        for mark in marks:
            borders.update((max(start, mark.start), min(end, mark.end)))
        points = sorted(borders)
        anchors = {mark.first for mark in marks}
        segments = []
        for first, last in pairwise(points):
            over = [mark for mark in marks if mark.start < last and mark.end > first]
            kind = min((mark.kind for mark in over), key=self.KINDS.index, default="")
            refs = tuple(dict.fromkeys((mark.label, mark.target) for mark in over if mark.end == last))
            segments.append(Segment(self.text[first:last], kind, f"t{first}" if first in anchors else "", refs))
        return segments


# -- the page ------------------------------------------------------------------------------------------------------------


class Card(NamedTuple):
    """A finding ready to be shown."""

    number: int
    finding: Finding
    share: Share
    category: str
    advice: str
    model: str
    evidence: tuple[Place, ...]
    near: tuple[Place, ...]
    facets: tuple[tuple[str, Place | None], ...]
    word: str
    """The verdict in a word: that of the status, or 逾期, or 矛盾."""
    never: bool
    """Whether the report nowhere comes near it: the same sentence for many elements, said once for all."""
    spot: Spot | None
    """Where something that is missing belongs."""


class _View:
    """Gathers what the template shows."""

    def __init__(self, assessment: Assessment, score: Score, ranked: bool = False) -> None:
        self.assessment = assessment
        self.score = score
        self.shares = Shares.of(assessment)
        self.text = _Text(assessment)
        self.gaps = self.shares.gaps(assessment)
        everything = (*self.gaps, *(finding for finding in assessment.findings if not finding.gap))
        self.ordered = [finding for status in GROUPS for finding in everything if finding.status == status]
        if ranked:
            # As they are shown: what can be mended, what is too late to mend, the rest.
            self.ordered.sort(key=lambda finding: (is_late(finding), everything.index(finding)) if finding.gap else (True, len(everything)))
        self.numbers = {finding.rule: number for number, finding in enumerate(self.ordered, 1)}
        self.spots = spots(assessment)
        self.titles = {category.id: category.title for category in score.categories}

    def context(self) -> dict[str, Any]:
        assessment = self.assessment
        cards = [self._card(finding) for finding in self.ordered]
        shortcomings = [self._shortcoming(number, row) for number, row in enumerate(assessment.shortcomings, 1)]
        ordered = sorted(
            (s for s in assessment.statements if not s.across), key=lambda statement: statement.verdict != Arithmetic.INCONSISTENT
        )
        statements = [self._statement(number, row) for number, row in enumerate(ordered, 1)]
        disagreements = [self._disagreement(number, row) for number, row in enumerate((s for s in assessment.statements if s.across), 1)]
        first = self._first()
        year = f"{assessment.report_year}年度" if assessment.report_year else "报告年度未识别"
        issuer = assessment.metadata.get("issuer") or "机关未识别"
        return {
            "assessment": assessment,
            "title": report_name(assessment),
            "about": [issuer, year, *([Level.shown(assessment.level)] if assessment.level else [])],
            "verdict": verdict(assessment),
            "groups": [(s, Status(s).word, own) for s in GROUPS if (own := [c for c in cards if c.finding.status == s])],
            "gauge": _gauge(self.score, self.shares.total.points),
            "total": self.shares.total,
            "categories": self._categories(),
            "first": first,
            "brief": self._brief(cards, first, [*statements, *disagreements]),
            "cards": {card.finding.rule: card for card in cards},
            "shortcomings": shortcomings,
            "statements": statements,
            "disagreements": disagreements,
            "wrong": sum(1 for s in assessment.statements if s.verdict == Arithmetic.INCONSISTENT),
            "wrong_word": wrong_word(assessment),
            "lines": _blocks(self.text.lines()),
            "format": FORMAT_WORDS.get(assessment.source.format, assessment.source.format),
        }

    def _brief(self, cards: list[Card], first: list[tuple[Finding, Share, int]], statements: list[Any]) -> dict[str, Any]:
        """The first page: what is required, what contradicts itself, what to mend first and what nothing can mend."""
        by_rule = {card.finding.rule: card for card in cards}
        rest = [by_rule[finding.rule] for finding, _, _ in first[TOP:]]
        return {
            "required": [
                by_rule[f.rule] for f in self.assessment.findings if f.severity == Severity.REQUIRED and f.status != Status.NOT_APPLICABLE
            ],
            "late": [card for card in cards if is_late(card.finding)],
            "wrong": [(row[1], row[2]) for row in statements if row[1].verdict == Arithmetic.INCONSISTENT],
            "mend": [(by_rule[finding.rule], reached) for finding, _, reached in first[:TOP]],
            "never": [card for card in rest if card.never],
            "more": [card for card in rest if not card.never],
        }

    def _place(self, passage: Passage | None, kind: str, label: str, target: str, because: str = "") -> Place | None:
        if passage is None:
            return None
        anchor = self.text.mark(passage, kind, label, target)
        return Place(shorten(passage.quote.quote, QUOTE_MAX), where(passage, self.assessment), anchor, because)

    def _places(self, passages: Iterable[tuple[Passage, str]], kind: str, finding: Finding) -> tuple[Place, ...]:
        label = str(self.numbers[finding.rule])
        return tuple(place for p, because in passages if (place := self._place(p, kind, label, finding.rule, because)))

    def _card(self, finding: Finding) -> Card:
        label = str(self.numbers[finding.rule])
        text, model = advice(finding.fix)
        return Card(
            number=self.numbers[finding.rule],
            finding=finding,
            share=self.shares.findings.get(finding.rule, Share()),
            category=self.titles.get(finding.category, finding.category),
            advice=text,
            model=model,
            evidence=self._places(((p, "") for p in finding.evidence), "gap" if finding.gap else "proof", finding),
            near=self._places(((n.passage, n.because) for n in finding.near), "near", finding),
            facets=tuple((f.title, self._place(f.passage, "proof", label, finding.rule)) for f in finding.facets),
            word=status_word(finding),
            never=finding.status == Status.MISSING and finding.message.rstrip("。") == NEVER,
            spot=self.spots.get(finding.rule),
        )

    def _shortcoming(self, number: int, row: ShortcomingResult) -> tuple[int, Place | None, Place | None, Place | None]:
        label, target = f"问{number}", f"q{number}"
        return (
            number,
            self._place(row.passage, "issue", label, target),
            self._place(row.cause, "issue", label, target),
            self._place(row.answered_by, "issue", label, target),
        )

    def _statement(self, number: int, row: StatementResult) -> tuple[int, StatementResult, Place | None]:
        kind = "wrong" if row.verdict == Arithmetic.INCONSISTENT else "issue"
        return number, row, self._place(row.passage, kind, f"数{number}", f"s{number}")

    def _disagreement(self, number: int, row: StatementResult) -> tuple[int, StatementResult, Place | None, Place | None]:
        label, target = f"前后{number}", f"d{number}"
        return number, row, self._place(row.passage, "wrong", label, target), self._place(row.other, "wrong", label, target)

    def _categories(self) -> list[tuple[CategoryScore, Share, str]]:
        """Each category with its points and the rule to go to: its greatest gap, or its first element."""
        rows = []
        for category in self.score.categories:
            own = (f.rule for f in (*self.gaps, *self.assessment.findings) if f.category == category.id)
            rows.append((category, self.shares.categories[category.id], next(own, "")))
        return rows

    def _first(self) -> list[tuple[Finding, Share, int]]:
        """What writing can mend in the order of its gain, each with the score reached when all down to it are mended."""
        reached = self.shares.total.points
        rows = []
        for finding in self.shares.mends(self.assessment):
            share = self.shares.findings.get(finding.rule, Share())
            reached += share.gain
            rows.append((finding, share, reached))
        return rows


class Gauge(NamedTuple):
    """Geometry of the half-circle and the bands of the scale: (name, range in words, whether it is the grade given)."""

    points: int
    needle: str
    ticks: tuple[tuple[str, str, str, str], ...]
    bands: tuple[tuple[str, str, bool], ...]


def _gauge(score: Score, points: int) -> Gauge:
    floors = [round(floor * 10) for _, floor in score.grades]
    bands = []
    for index, (name, _) in enumerate(score.grades):
        low, high = tenths(floors[index]), tenths(floors[index - 1] - 1) if index else tenths(1000)
        bands.append((name, f"{low.removesuffix('.0')}–{high.removesuffix('.0')}", name == score.grade))
    ticks = []
    for floor in floors:
        if 0 < floor < 1000:
            (x1, y1), (x2, y2), (x3, y3) = (_polar(floor, radius) for radius in (80, 100, 111))
            ticks.append((f"M{x1} {y1}L{x2} {y2}", str(x3), str(y3), tenths(floor).removesuffix(".0")))
    tip, left, right = _polar(points, 79), _polar(points - 22, 67), _polar(points + 22, 67)
    return Gauge(points, f"M{tip[0]} {tip[1]}L{left[0]} {left[1]}L{right[0]} {right[1]}Z", tuple(ticks), tuple(bands))


def _polar(points: int, radius: float) -> tuple[float, float]:
    angle = math.pi * (1 - points / 1000)
    return round(120 + radius * math.cos(angle), 1), round(116 - radius * math.sin(angle), 1)


def _blocks(lines: list[tuple[str, list[Segment]]]) -> list[tuple[bool, list[tuple[str, list[Segment]]]]]:
    """Lines in runs: (whether they are page furniture, the lines)."""
    runs: list[tuple[bool, list[tuple[str, list[Segment]]]]] = []
    for line in lines:
        outside = line[0] == "outside"
        if not runs or runs[-1][0] != outside:
            runs.append((outside, []))
        runs[-1][1].append(line)
    return runs
