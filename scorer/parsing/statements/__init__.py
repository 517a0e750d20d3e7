"""Statements whose figures determine one another, recomputed.

Only what cannot be read otherwise is called inconsistent; where it is not certain that figures belong together the
statement is passed over. The printed figure is right when it is the computed one rounded, or cut off, to the printed
digits. ``run`` makes rows of figures with their words, each kind has a module of its own, ``RECOGNISERS`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from scorer.parsing.statements.averages import averages
from scorer.parsing.statements.changes import changes
from scorer.parsing.statements.explained import explained
from scorer.parsing.statements.model import CONSISTENT, INCONSISTENT, Statement, agrees
from scorer.parsing.statements.ranks import ranks
from scorer.parsing.statements.rates import everything, limits, rates, shares
from scorer.parsing.statements.run import Recogniser, Run, joined, runs_of
from scorer.parsing.statements.totals import rests, totals
from scorer.parsing.units import Sentence
from scorer.rulepack.phrases import Hits

__all__ = ["CONSISTENT", "INCONSISTENT", "Statement", "agrees", "find_statements"]

MAX_FIGURES = 60
MAX_SENTENCE = 3000
MAX_JOINED = 200

# Each with the words without which it can find nothing, and the number of figures it needs at least. The order is that in
# which they are believed where two find a fault in the same figure.
RECOGNISERS: tuple[tuple[Recogniser, tuple[str, ...], int], ...] = (
    (rates, ("率", "比例", "比重"), 2),
    (shares, ("占", "完成", "达"), 2),
    (changes, tuple("增减降升高压缩少多番倍精回简涨"), 2),
    (totals, ("其中", "共", "计", "分别", "包括", "、", ",", ":"), 3),
    (rests, ("余", "剩", "其他", "另", "未", "在", "待", "尚"), 3),
    (averages, ("均",), 3),
    (everything, ("全",), 2),
    (limits, ("其中", "率", "件", "人"), 1),
    (ranks, ("第",), 1),
)
_ACROSS = (rates, shares, totals, rests)


def find_statements(text: str, sentences: Sequence[Sentence], hits: Hits) -> tuple[Statement, ...]:
    """All checkable statements of the body in order; ``hits`` are the pack's words in ``text``."""
    found: list[Statement] = []
    before: Sentence | None = None
    for sentence in sentences:
        figures = len(sentence.figures)
        if not figures:
            before = sentence
            continue
        if figures <= MAX_FIGURES and sentence.span.end - sentence.span.start <= MAX_SENTENCE:
            own = list(chain.from_iterable(_recognised(run) for run in runs_of(text, sentence, hits)))
            if before is not None and before.line == sentence.line and before.figures and figures + len(before.figures) <= MAX_FIGURES:
                own.extend(_continued(text, before, sentence, hits, own))
            _take(found, own)
        before = sentence
    return tuple(sorted(found, key=lambda s: (s.span.start, s.span.end)))


def _recognised(run: Run) -> Iterator[Statement]:
    """What each recogniser finds in a row."""
    if run.flat:
        yield from explained(run)
        return
    count, words = len(run.terms), run.words
    for recognise, needs, least in RECOGNISERS:
        if count >= least and any(word in words for word in needs):
            yield from recognise(run)


def _continued(text: str, before: Sentence, sentence: Sentence, hits: Hits, own: Sequence[Statement]) -> Iterator[Statement]:
    """What a sentence says of a whole in the sentence before it: 受理427件。其中办结345件，办结率88%."""
    if sentence.span.end - before.span.start > MAX_JOINED:
        return
    run = joined(text, before, sentence, hits)
    words = run.words
    for recognise in _ACROSS:
        needs = next(words for kind, words, _ in RECOGNISERS if kind is recognise)
        if any(word in words for word in needs):
            for statement in recognise(run):
                across = statement.span.start < before.span.end and statement.span.end > sentence.span.start
                if across and not any(statement.span.overlaps(other.span) and _last(statement) == _last(other) for other in own):
                    yield statement


def _last(statement: Statement) -> int:
    return statement.span.end


def _take(found: list[Statement], new: Sequence[Statement]) -> None:
    """Add statements; of two on the same figure the first stays, and a right one stays before a wrong one."""
    for statement in sorted(new, key=lambda s: s.verdict == INCONSISTENT):
        if any(statement.span.overlaps(other.span) and (_same(statement, other)) for other in found):
            continue
        found.append(statement)


def _same(one: Statement, other: Statement) -> bool:
    """Whether two statements are about the same printed figure, or a fault overlaps another."""
    if one.kind == "rest" and other.kind == "total":
        return True
    if one.kind == other.kind and one.printed == other.printed and (one.span.end == other.span.end or one.span.start == other.span.start):
        return True
    return one.verdict == other.verdict == INCONSISTENT or (one.span.end == other.span.end and one.printed == other.printed)
