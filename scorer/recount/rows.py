"""A sentence as a row of figures with the words around each: what recognisers look at.

What stands in brackets is a row of its own, led by the figure before the bracket: 12份(其中甲6份、乙6份). Two neighbouring
sentences of one paragraph may be one row, for figures that continue the same subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.units import Sentence
from scorer.recount.model import Statement
from scorer.rulepack.phrases import Hits
from scorer.text.figures import POINTS, Figure

_BRACKET = re.compile(r"\(([^()]*)\)")
_STOP = re.compile("[,:;。、]")


class Term(NamedTuple):
    """A figure and its words. ``gap`` is all that stands since the figure before it in the row, ``lead`` the part of it in
    the figure's own clause, ``tail`` what follows in that clause; ``place`` is where the lead begins, ``last`` where the tail ends."""

    figure: Figure
    gap: str
    lead: str
    tail: str
    place: int
    last: int

    @property
    def counted(self) -> bool:
        """Whether it counts something: no rate, no difference of rates, not without unit."""
        unit = self.figure.unit
        return bool(unit) and unit not in ("%", "‰", "分之", "倍", POINTS)

    @property
    def words(self) -> str:
        """The words of its clause, before and after."""
        return self.lead + self.tail


class Run:
    """A row of terms and the text they stand in; ``lexicon`` knows where the pack's words stand."""

    def __init__(self, text: str, span: Span, terms: Sequence[Term], lexicon: Hits, joint: int = 0, flat: bool = False) -> None:
        self.text = text
        self.span = span
        self.terms = terms
        self.lexicon = lexicon
        self.flat = flat  # brackets and all
        self.joint = joint  # how many of the terms stand in the sentence before
        self.words = text[span.start : span.end]
        self.ways: dict[Term, tuple[int, bool]] = {}  # what was found of directions, each asked for by several readers

    def says(self, name: str, start: int | None = None, end: int | None = None) -> bool:
        """Whether a word of a list of the pack stands in the row or in a part of it."""
        return self.lexicon.any(f"lexicon.{name}", self.span.start if start is None else start, self.span.end if end is None else end)

    def term_says(self, name: str, term: Term) -> bool:
        """Whether a word of a list of the pack stands in the clause of a term."""
        return self.lexicon.any(f"lexicon.{name}", term.place, term.last)

    def alike(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether a stretch of the row (the name of a rate) and another (the clause of a figure) speak of the same outcome."""
        outcomes = self._outcomes(start, end)
        return bool(outcomes) and not outcomes.isdisjoint(self._outcomes(first, last))

    def _outcomes(self, start: int, end: int) -> set[str]:
        """The groups of outcomes (办结, 审结 and 结案 are one) that a stretch speaks of."""
        return {name for _, name in self.lexicon.among("lexicon.outcome-", start, end)}

    def of_other(self, rate: Term, whole: Term, part: Term) -> bool:
        """Whether a rate names another kind of matter (复议纠错率) than whole and part do (处罚1240件，纠错11件)."""
        spans = ((rate.place, rate.figure.start), (whole.place, whole.last), (part.place, part.last))
        of_rate, of_whole, of_part = ({name for _, name in self.lexicon.among("lexicon.subject-", *span)} for span in spans)
        return bool(of_rate and of_whole) and of_rate.isdisjoint(of_whole | of_part)

    def quote(self, first: Term, last: Term) -> Span:
        """From the beginning of the clause of one term to the end of the figure of another."""
        start = min(first.place, last.place)
        return Span(start, max(first.figure.end, last.figure.end))

    def counts(self, before: int) -> list[int]:
        """The places of the counts before a place in the row."""
        return [i for i in range(before) if self.terms[i].counted]


_UNIT_NAMES = {
    **dict.fromkeys(("起", "宗", "例", "单", "案"), "件"),
    **dict.fromkeys(("名", "位", "员"), "人"),
    **dict.fromkeys(("户",), "家"),
    **dict.fromkeys(("条", "个"), "项"),
}


def family(unit: str) -> str:
    """The unit by which kindred measure words (件, 起, 宗) are counted together."""
    return _UNIT_NAMES.get(unit, unit)


def by_unit(terms: Sequence[Term]) -> list[list[Term]]:
    """The counts of a row by kindred units, in order."""
    groups: dict[str, list[Term]] = {}
    for term in terms:
        if term.counted:
            groups.setdefault(family(term.figure.unit), []).append(term)
    return list(groups.values())


Recogniser = Callable[[Run], Iterator[Statement]]


def runs_of(text: str, sentence: Sentence, hits: Hits) -> Iterator[Run]:
    """The rows of a sentence: the sentence without its brackets, and each bracket led by the figure before it."""
    start, end = sentence.span
    figures = sentence.figures
    brackets = _brackets(text, start, end, figures)
    if not brackets:
        yield Run(text, sentence.span, terms_of(text, start, end, figures), hits)
        return
    inside = [[f for f in figures if a < f.start < b] for a, b in brackets]
    outside = [f for f in figures if not any(a < f.start < b for a, b in brackets)]
    yield Run(text, sentence.span, terms_of(text, start, end, outside, brackets), hits)
    for (a, b), own in zip(brackets, inside, strict=True):
        head = [f for f in outside if f.end <= a][-1:]
        if own and len(head) + len(own) >= 2:
            yield Run(text, Span(start if head else a, b), terms_of(text, start if head else a + 1, b - 1, [*head, *own]), hits)
    if any(inside):
        yield Run(text, sentence.span, terms_of(text, start, end, figures), hits, flat=True)


def _brackets(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The brackets of a stretch, except those around one bare figure: 较上年(96件)增长."""
    if text.find("(", start, end) < 0:
        return []
    bare = {(f.start - 1, f.end + 1) for f in figures}
    return [span for match in _BRACKET.finditer(text, start, end) if (span := match.span()) not in bare]


def joined(text: str, before: Sentence, sentence: Sentence, hits: Hits) -> Run:
    """Two neighbouring sentences as one row."""
    span = Span(before.span.start, sentence.span.end)
    every = (*before.figures, *sentence.figures)
    brackets = _brackets(text, *span, every)
    figures = [f for f in every if not any(a < f.start < b for a, b in brackets)]
    return Run(text, span, terms_of(text, *span, figures, brackets), hits, sum(f.end <= before.span.end for f in figures))


def terms_of(text: str, start: int, end: int, figures: Sequence[Figure], brackets: Sequence[tuple[int, int]] = ()) -> tuple[Term, ...]:
    """The figures of a row with their words."""
    gaps: list[tuple[int, str]] = []
    at = start
    for figure in figures:
        gaps.append((at, text[at : figure.start]))
        at = figure.end
    gaps.append((at, text[at:end]))
    if brackets:
        gaps = [(place, _BRACKET.sub(lambda match: "\0" * len(match.group()), gap) if "(" in gap else gap) for place, gap in gaps]
    terms = []
    for index, figure in enumerate(figures):
        place, gap = gaps[index]
        if gap[:1] == ")":
            place, gap = place + 1, gap[1:]
        gap = gap.removesuffix("(") if text.startswith(")", figure.end) else gap
        cut = max(gap.rfind(","), gap.rfind(":"), gap.rfind("。"), gap.rfind(";")) + 1
        after_place, after = gaps[index + 1]
        after = after.removeprefix(")")
        stop = _STOP.search(after)
        tail = after[: stop.start()] if stop else after
        unit = figure.unit
        # 分别为12、15和20件: the unit stands at the last figure only.
        if not unit and after in ("、", "和", "及") and index + 1 < len(figures):
            unit = next((f.unit for f in figures[index + 1 :] if f.unit), "")
            if unit:
                figure = figure._replace(unit=unit)
        lead = gap[cut:]
        last = after_place + len(tail)
        if brackets:
            gap, lead, tail = gap.replace("\0", ""), lead.replace("\0", ""), tail.replace("\0", "")
        terms.append(Term(figure, gap, lead, tail, place + cut, last))
    return tuple(terms)
