"""Where in a report that which is missing belongs."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from scorer.result import Assessment, Finding, SectionResult
from scorer.text.shorten import shorten
from scorer.vocabulary import Status

_TAIL = 8
_HEAD = 30
_ORDER = ("measures", "first-responsible", "problems", "plan")
_PAST = _ORDER[:2]


class Range(NamedTuple):
    """A range of the original text."""

    start: int
    end: int


class Where:
    """Places in the text for what is not in it."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.own = [p for p in assessment.paragraphs if p[2] != "outside"] or list(assessment.paragraphs)
        self.findings = assessment.findings
        self.ahead = self._ahead()

    def _ahead(self) -> list[Range]:
        """The parts on problems and plan: under their own headings, and in a part of several roles from the first shortcoming
        or arrangement on."""
        sections = self.assessment.sections
        past = [s for s in sections if s.role in _PAST]
        found = [
            Range(s.start, s.end) for s in sections if s.role in ("problems", "plan") and all(s.start != other.start for other in past)
        ]
        named = [row.passage.quote.start for row in self.assessment.shortcomings]
        named += [passage.quote.start for passage in self.assessment.arrangements]
        for start, end in [(s.start, s.end) for s in past] or [(0, len(self.assessment.text))]:
            inside = [self._line(place) for place in named if start <= place < end]
            found += [Range(min(inside), end)] if inside else []
        return found

    def _told(self, place: int) -> bool:
        """Whether a place is about the past year."""
        return not any(part.start <= place < part.end for part in self.ahead)

    def _line(self, place: int) -> int:
        """Where the paragraph of a place begins."""
        return max((p[0] for p in self.own if p[0] <= place), default=place)

    def title(self) -> Range:
        """The title, or the first line."""
        named = next((p for p in self.own if p[2] == "title"), None)
        return Range(*named[:2]) if named else self._head(self.own[0])

    def belongs(self, finding: Finding) -> tuple[Range, str]:
        """Where a missing element belongs, and a word on how it is put there."""
        part = finding.place[0] if finding.place else ""
        if part in _ORDER:
            beside = self._beside(finding)
            return (beside, "可接着这一段写。") if beside else self._section(part)
        if part == "addressee":
            return self._head(next((p for p in self.own if p[2] in ("body", "heading")), self.own[-1])), "写在这一段之前，单独成行。"
        if part == "signature":
            signed = [p for p in self.own if p[2] == "signature"]
            return self._tail((signed or self.own)[-1]), "" if signed else "写在正文之后，单独成行。"
        return self.title(), ""

    def _beside(self, finding: Finding) -> Range | None:
        """The end of the last paragraph that tells of the same part of the outline."""
        if len(finding.place) < 2:
            return None
        near = [f for f in self.findings if f.place == finding.place]
        starts = [p.quote.start for f in near if f.status == Status.MET for p in f.evidence]
        starts += [fault.passage.quote.start for f in near for fault in f.faults]
        if finding.place[0] in _PAST:
            starts = list(filter(self._told, starts))
        inside = [p for p in self.own if p[2] == "body" and any(p[0] <= start < p[1] for start in starts)]
        return self._tail(inside[-1]) if inside else None

    def _section(self, role: str) -> tuple[Range, str]:
        """The heading of the part; where there is none, the end of the part before it."""
        sections = self.assessment.sections
        own = next((s for s in sections if s.role == role), None)
        if role in _PAST and own is None:
            return self._past()
        if own is not None:
            return self._head(self._paragraph(own)), "写在这一部分。"
        before = [s for s in sections if s.role in _ORDER[: _ORDER.index(role)]]
        if not before:
            return self._tail(next((p for p in reversed(self.own) if p[2] in ("body", "heading")), self.own[-1])), "在这里另起一部分写。"
        end = max(s.end for s in before)
        last = next((p for p in reversed(self.own) if p[0] < end and p[2] in ("body", "heading")), self.own[-1])
        return self._tail(last), "在这里另起一部分写。"

    def _past(self) -> tuple[Range, str]:
        """The end of what tells of the past year; before the first part where nothing does."""
        told = [p for p in self.own if p[2] in ("body", "heading") and self._told(p[0])]
        if told:
            return self._tail(told[-1]), "在这里另起一部分写。"
        return self._head(next((p for p in self.own if p[2] in ("body", "heading")), self.own[-1])), "写在这一段之前，另起一部分。"

    def _paragraph(self, section: SectionResult) -> tuple[int, int, str]:
        return next((p for p in self.own if p[1] > section.start), self.own[-1])

    @staticmethod
    def _head(paragraph: tuple[int, int, str]) -> Range:
        return Range(paragraph[0], min(paragraph[1], paragraph[0] + _HEAD))

    @staticmethod
    def _tail(paragraph: tuple[int, int, str]) -> Range:
        return Range(max(paragraph[0], paragraph[1] - _TAIL), paragraph[1])


class Spot(NamedTuple):
    """The paragraph at which something that is missing belongs: its number and range, its beginning, and how to write there."""

    number: int
    start: int
    end: int
    quote: str
    how: str

    @property
    def anchor(self) -> str:
        """The paragraph in the page."""
        return f"p{self.number}"


def spots(assessment: Assessment) -> dict[str, Spot]:
    """For each rule of which something is missing, where it belongs."""
    where = Where(assessment)
    starts = [start for start, _, _ in assessment.paragraphs]
    found = {}
    for finding in assessment.findings:
        if finding.gap and not finding.faults and finding.place:
            place, how = where.belongs(finding)
            number = bisect_right(starts, place.start)
            start, end, _ = assessment.paragraphs[number - 1]
            found[finding.rule] = Spot(number, start, end, shorten(assessment.text[start:end], 22), how)
    return found
