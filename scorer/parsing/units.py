"""Sentences of the report with what is needed to judge them: role, heading, tense, clauses, figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.headings import Heading
from scorer.parsing.lines import Line
from scorer.parsing.roles import Zone
from scorer.rulepack.phrases import Hits
from scorer.text import sentences as split
from scorer.text.figures import Figure, find_figures, is_result
from scorer.vocabulary import PAST


class Sentence(NamedTuple):
    """One sentence of the body. ``heading`` marks the words of a heading, ``future`` a sentence about what is still to come,
    ``owner`` is the index of the heading it stands under (None before the first); ``results`` are those of its ``figures`` that
    report a result."""

    span: Span
    role: str
    heading: bool
    future: bool
    owner: int | None
    line: int
    clauses: tuple[Span, ...]
    figures: tuple[Figure, ...]
    results: tuple[Figure, ...]

    @property
    def past(self) -> bool:
        """Whether it tells of the past year: neither among problems or plan nor about the future."""
        return self.role in PAST and not self.future


def sentences_of(text: str, body: Sequence[Line], zones: Sequence[Zone], headings: Sequence[Heading], hits: Hits) -> tuple[Sentence, ...]:
    """All sentences of the body in order; the words of a run-in heading are a sentence of their own."""
    starts = [zone.span.start for zone in zones]
    by_line = {heading.line: heading for heading in headings}
    figures = tuple(find_figures(text))
    places = [figure.start for figure in figures]
    result = []
    owner: int | None = None

    def figures_in(start: int, end: int) -> tuple[Figure, ...]:
        return figures[bisect_left(places, start) : bisect_left(places, end)]

    for line in body:
        start = line.span.start
        heading = by_line.get(line.number)
        if heading:
            owner = heading.number
            if heading.title.end > heading.title.start:
                result.append(_sentence(text, heading.span, _role(zones, starts, heading.span.start), True, False, owner, line.number, ()))
            start = heading.span.end
            if text[start : start + 1] in ":。":
                start += 1
        for a, b in split.sentences(text, start, line.span.end):
            coming = hits.any("lexicon.future", a, b) and not hits.any("lexicon.not-future", a, b)
            result.append(_sentence(text, Span(a, b), _role(zones, starts, a), False, coming, owner, line.number, figures_in(a, b)))
    return tuple(result)


def _role(zones: Sequence[Zone], starts: Sequence[int], position: int) -> str:
    index = bisect_right(starts, position) - 1
    return zones[index].role if index >= 0 else "other"


def _sentence(
    text: str, span: Span, role: str, heading: bool, future: bool, owner: int | None, line: int, figures: tuple[Figure, ...]
) -> Sentence:
    clauses = tuple(Span(a, b) for a, b in split.clauses(text, span.start, span.end))
    return Sentence(span, role, heading, future, owner, line, clauses, figures, tuple(figure for figure in figures if is_result(figure)))
