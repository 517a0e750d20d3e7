"""Statements whose figures determine one another, recomputed.

Only what cannot be read otherwise is called inconsistent; where it is not certain that figures belong together the
statement is passed over. The printed figure is right when it is the computed one rounded, or cut off, to the printed
digits. ``run`` makes rows of figures with their words, each kind has a module of its own, ``RECOGNISERS`` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scorer.document import Span
from scorer.parsing.units import Sentence
from scorer.recount.averages import averages
from scorer.recount.ceilings import ceilings, means
from scorer.recount.changes import changes
from scorer.recount.days import days
from scorer.recount.each import eaches
from scorer.recount.explained import explained
from scorer.recount.follows import follows
from scorer.recount.hundred import hundred
from scorer.recount.model import Statement, agrees
from scorer.recount.moves import moves
from scorer.recount.multiples import multiples
from scorer.recount.order import orders
from scorer.recount.periods import periods
from scorer.recount.places import places
from scorer.recount.products import products
from scorer.recount.quantity import run_of
from scorer.recount.rates import rates
from scorer.recount.ratio import ratios
from scorer.recount.rows import Recogniser, Run, joined, runs_of, terms_of
from scorer.recount.same import sames
from scorer.recount.scales import scaled
from scorer.recount.shares import halves, shares
from scorer.recount.signs import signs
from scorer.recount.sums import sums
from scorer.recount.tables import tables
from scorer.recount.totals import rests, totals
from scorer.recount.triples import triples
from scorer.recount.wholes import everything, limits
from scorer.rulepack.phrases import Hits
from scorer.text.figures import Figure
from scorer.vocabulary import Arithmetic

__all__ = ["CONSISTENT", "INCONSISTENT", "Statement", "agrees", "find_statements"]

MAX_FIGURES = 60
MAX_SENTENCE = 3000
MAX_JOINED = 200
MAX_PASSAGE = 200
NEARBY = 256
MAX_OF_PASSAGE = 12
OPENING = 14

# Each with the characters of which a row must have one, and the least number of figures. The order is that in which they
# are believed where two find a fault in the same figure.
RECOGNISERS: tuple[tuple[Recogniser, frozenset[str], int], ...] = (
    (rates, frozenset("率比"), 2),
    (shares, frozenset("占完达为约"), 2),
    (halves, frozenset("半"), 2),
    (changes, frozenset("增减降升高压缩少多番倍精回简涨扩提翻快省节低短窄落充壮半"), 2),
    (totals, frozenset("共计其分包涵、,:("), 3),
    (rests, frozenset("余剩其另未在待尚"), 3),
    (averages, frozenset("均每"), 2),
    (everything, frozenset("全应均"), 2),
    (limits, frozenset("其率受排抽应收开接发"), 1),
)
# What is asked of whole passages, brackets and all.
OF_PASSAGES: tuple[Recogniser, ...] = (
    products,
    follows,
    ceilings,
    means,
    triples,
    signs,
    places,
)
# What a careful reader asks of a passage: every reading is tried before a contradiction is called one.
READERS: tuple[Recogniser, ...] = (moves, ratios, periods, sums, hundred, orders, sames, multiples)
WITHOUT_FIGURES: tuple[Recogniser, ...] = (ceilings, places)
_OF_RATES = (rates, shares)
_ACROSS = tuple(row for row in RECOGNISERS if row[0] in (rates, shares, totals, rests))
# How a sentence goes on about the whole of the one before.
_OF_A_WHOLE = re.compile("[率占比]")
_EACH = re.compile("[每均各]|单价")
_GOES_ON = re.compile("其中|分别|其余|余下|剩余|合计|共计|两项")


def find_statements(text: str, sentences: Sequence[Sentence], hits: Hits) -> tuple[Statement, ...]:
    """All checkable statements of the body in order; ``hits`` are the pack's words in ``text``."""
    found = _Found()
    before: Sentence | None = None
    for sentence in sentences:
        count = len(sentence.figures)
        start, end = sentence.span
        bounded = 0 < count <= MAX_FIGURES and end - start <= MAX_SENTENCE
        if bounded and (count > 1 or _alone(text, sentence)) and _related(text, sentence, before):
            own = [statement for run in runs_of(text, sentence, hits) for statement in _recognised(run)]
            if before is not None and _goes_on(text, before, sentence, own):
                own.extend(_continued(text, before, sentence, hits, own))
            if own:
                found.take(own)
        before = sentence
    for span, figures in _passages(text, sentences):
        run = Run(text, span, terms_of(text, *span, figures), hits, flat=True)
        # Ranks and lengths of time are no figures; all else needs two.
        new = [s for recognise in (OF_PASSAGES if len(figures) > 1 else WITHOUT_FIGURES) for s in recognise(run)]
        new.extend(days(text, span.start, span.end, hits))
        if len(figures) > 1:
            read = run_of(text, span, figures, hits)
            new.extend(s for reader in READERS for s in reader(read))
        if figures and _EACH.search(text, *span):
            new.extend(eaches(run_of(text, span, figures, hits, wide=True)))
        if new:
            found.take(new)
    for statement in _in_two_sentences(text, sentences, hits):
        found.take([statement])
    for statement in tables(text):
        found.take([statement])
    found.take(list(scaled(text, sentences, found.all, lambda other, s: [x for run in runs_of(other, s, hits) for x in _recognised(run)])))
    return tuple(sorted(found.all, key=lambda s: (s.span.start, s.span.end)))


def _passages(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[Span, list[Figure]]]:
    """Sentences, those that a semicolon joins together, with two figures or more: what balances is told in one go."""
    start = -1
    figures: list[Figure] = []
    for index, sentence in enumerate(sentences):
        if start < 0:
            start, figures = sentence.span.start, []
        figures += sentence.figures
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        goes_on = (
            following is not None
            and following.line == sentence.line
            and text[sentence.span.end - 1] == ";"
            and following.span.end - start <= MAX_PASSAGE
        )
        if not goes_on:
            if len(figures) <= MAX_OF_PASSAGE and sentence.span.end - start <= MAX_SENTENCE:
                yield Span(start, sentence.span.end), figures
            start = -1


def _in_two_sentences(text: str, sentences: Sequence[Sentence], hits: Hits) -> Iterator[Statement]:
    """What two neighbouring short sentences say together: 答复143件，同比增长30%。上年共答复125件."""
    chained = False
    for one, two in pairwise(sentences):
        inside, chained = chained, text[one.span.end - 1] == ";" and one.line == two.line
        if inside or text[two.span.end - 1] == ";":
            continue  # in the middle of a list
        figures = [*one.figures, *two.figures]
        if one.line != two.line or not one.figures or not two.figures or len(figures) > MAX_OF_PASSAGE:
            continue
        if two.span.end - one.span.start > MAX_JOINED:
            continue
        opening = min(two.span.start + OPENING, two.span.end)
        if not hits.any("lexicon.figure-goes-on", two.span.start, opening) and not hits.any("lexicon.figure-past", *two.span):
            continue
        read = run_of(text, Span(one.span.start, two.span.end), figures, hits)
        for statement in (s for reader in READERS for s in reader(read)):
            if statement.span.start < one.span.end <= statement.span.end - 1:
                yield statement


def _alone(text: str, sentence: Sentence) -> bool:
    """Whether a sentence with one figure can be wrong by itself (a rate above 100 %, a rank), or goes on about another's."""
    figure = sentence.figures[0]
    if figure.rate:
        return figure.value > 100 or text.find("占", *sentence.span) >= 0
    return text.find("第", figure.end, sentence.span.end) >= 0


def _related(text: str, sentence: Sentence, before: Sentence | None) -> bool:
    """Whether two figures of a sentence can have to do with each other: they share a unit, or one is a rate."""
    units = [figure.unit for figure in sentence.figures]
    if len(set(units)) < len(units) or any(figure.rate for figure in sentence.figures):
        return True
    start, end = sentence.span
    return text.find("第", start, end) >= 0 or (before is not None and bool(_GOES_ON.search(text, start, sentence.figures[0].start)))


def _recognised(run: Run) -> Iterator[Statement]:
    """What each recogniser finds in a row."""
    if run.flat:
        yield from explained(run)
        return
    count, characters = len(run.terms), frozenset(run.words)
    rated = any(term.figure.rate for term in run.terms)
    for recognise, needs, least in RECOGNISERS:
        if count >= least and not needs.isdisjoint(characters) and (rated or recognise not in _OF_RATES):
            yield from recognise(run)


def _goes_on(text: str, before: Sentence, sentence: Sentence, own: Sequence[Statement]) -> bool:
    """Whether a sentence may speak of a whole in the sentence before it: 受理427件。其中办结345件，办结率88%."""
    if before.line != sentence.line or not before.figures or sentence.span.end - before.span.start > MAX_JOINED:
        return False
    if len(before.figures) + len(sentence.figures) > MAX_FIGURES:
        return False
    if _GOES_ON.search(text, sentence.span.start, sentence.figures[0].start):
        return True
    ends = {statement.span.end for statement in own}
    units = {figure.unit for figure in before.figures}
    for index, figure in enumerate(sentence.figures):
        if figure.rate and figure.end not in ends and _OF_A_WHOLE.search(text, max(sentence.span.start, figure.start - 16), figure.start):
            # A part of its own, whose whole is not in the same sentence but may be in the one before.
            counts = [f.unit for f in sentence.figures[:index] if not f.rate]
            if counts and counts[-1] in units and counts.count(counts[-1]) == 1:
                return True
    return False


def _continued(text: str, before: Sentence, sentence: Sentence, hits: Hits, own: Sequence[Statement]) -> Iterator[Statement]:
    """What two neighbouring sentences say together."""
    run = joined(text, before, sentence, hits)
    ends = {statement.span.end for statement in own}
    for recognise, needs, least in _ACROSS:
        if len(run.terms) >= least and not needs.isdisjoint(run.words):
            for statement in recognise(run):
                if statement.span.start < before.span.end and statement.span.end > sentence.span.start and statement.span.end not in ends:
                    yield statement


class _Found:
    """Statements by place, so that each is only compared with its neighbours."""

    def __init__(self) -> None:
        self.all: list[Statement] = []
        self._near: dict[int, list[Statement]] = {}

    def take(self, new: Sequence[Statement]) -> None:
        """Add statements; of two on the same figure the first stays, and a right one stays before a wrong one."""
        for statement in sorted(new, key=lambda s: s.verdict == Arithmetic.INCONSISTENT):
            places = range(statement.span.start // NEARBY, statement.span.end // NEARBY + 1)
            near = (other for place in places for other in self._near.get(place, ()))
            if any(statement.span.overlaps(other.span) and _same(statement, other) for other in near):
                continue
            self.all.append(statement)
            for place in places:
                self._near.setdefault(place, []).append(statement)


def _same(one: Statement, other: Statement) -> bool:
    """Whether two statements are about the same printed figure, or a fault overlaps another."""
    if one.kind == other.kind == "multiple" and one.at != other.at:
        return False
    if one.kind == "rest" and other.kind == "total":
        return True
    if one.kind == other.kind and one.printed == other.printed and (one.span.end == other.span.end or one.span.start == other.span.start):
        return True
    return one.verdict == other.verdict == Arithmetic.INCONSISTENT or (one.span.end == other.span.end and one.printed == other.printed)
