"""Pairs of counts, a whole and a part of it, and whether a printed rate is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from scorer.recount.model import Extent, Statement, extents, fits, percent, plain, rounded, statement
from scorer.recount.rows import Run, Term
from scorer.text.figures import Figure

_FAMILIES = (("人", "人次", "员"), ("件", "起", "宗", "例", "件次", "单"), ("家", "户", "个", "家次", "户次"))


class Pair(NamedTuple):
    """A whole and a part of it, and the share in percent."""

    whole: Sequence[Term]
    part: Sequence[Term]
    share: Extent
    value: Decimal

    @property
    def formula(self) -> str:
        """The division in words."""
        up, down = ("+".join(plain(t.figure.value) for t in row) for row in (self.part, self.whole))
        return f"{f'({up})' if '+' in up else up}÷{f'({down})' if '+' in down else down}={percent(self.value)}"


def pairs_of_counts(run: Run, wholes: Sequence[int], p: int) -> Iterator[Pair]:
    """Whole and part in every way they can be meant: nearest first, then sums of parts and of wholes."""
    terms = run.terms
    part = terms[p]
    for w in reversed(wholes):
        pair = pair_of([terms[w]], [part])
        if pair and terms[w].figure.exact and part.figure.exact:
            yield pair
    # 调解30件、撤诉20件，调撤率…: the part is a sum.
    first = p
    while first > 0 and terms[first].gap[:1] in ("、", "和", ",") and terms[first - 1].figure.unit == part.figure.unit:
        first -= 1
        parts = terms[first : p + 1]
        for w in reversed([w for w in wholes if w < first]):
            pair = pair_of([terms[w]], parts)
            if pair:
                yield pair
        if p - first > 4:
            break
    # 受理22件，调解结案13件，作出裁决6件，总办结率…: the part goes on after the figure that is called like the rate.
    last = p + 1
    while last < len(terms) and terms[last].counted and terms[last].figure.unit == part.figure.unit and last - p < 4:
        last += 1
        for w in reversed(wholes):
            pair = pair_of([terms[w]], terms[p:last])
            if pair:
                yield pair
    # 受理120件、上年结转8件，办结…: the whole is a sum.
    if len(wholes) >= 2:
        for count in range(2, min(len(wholes), 4) + 1):
            pair = pair_of([terms[w] for w in wholes[-count:]], [part])
            if pair:
                yield pair


def pair_of(wholes: Sequence[Term], parts: Sequence[Term]) -> Pair | None:
    """Wholes and parts, each added up, as one pair; None where there is no whole."""
    amount = sum((t.figure.value for t in wholes), Decimal(0))
    done = sum((t.figure.value for t in parts), Decimal(0))
    if amount <= 0:
        return None
    value = done * 100 / amount
    if all(t.figure.scale == 1 and t.figure.digits == 0 for t in (*wholes, *parts)):
        return Pair(wholes, parts, Extent(value, value), value)
    spans = extents(*(t.figure for t in (*wholes, *parts)))
    whole, part = spans[0], spans[len(wholes)]
    for other in spans[1 : len(wholes)]:
        whole += other
    for other in spans[len(wholes) + 1 :]:
        part += other
    return Pair(wholes, parts, part.over(whole, 100), value) if whole.low > 0 else None


def kindred_counts(one: Term, other: Term, rate: Figure) -> bool:
    """Whether two counts are of the same unit, or of kindred ones (件 and 起) where the rate is too precise for chance."""
    a, b = one.figure.unit, other.figure.unit
    return a == b or (rate.digits > 0 and any(a in family and b in family for family in _FAMILIES))


def rate_agrees(rate: Figure, pair: Pair) -> bool:
    """Whether a printed rate is the share of a pair."""
    times = 10 if rate.unit == "‰" else 1
    return fits(rate, Extent(pair.share.low * times, pair.share.high * times))


def rate_statement(run: Run, pair: Pair, term: Term, right: bool, kind: str) -> Statement:
    """What is said of a printed rate and its pair."""
    first = min((*pair.whole, *pair.part), key=lambda t: t.figure.start)
    value, formula = pair.value, pair.formula
    if term.figure.unit == "‰":
        value, formula = value * 10, f"{pair.formula.partition('=')[0]}={rounded(value * 10)}‰"
    if pair.value > 100 and not right and term.figure.unit != "‰":
        formula += "，部分大于总数"
    return statement(run.text, run.quote(first, term), kind, term.figure, value, formula, right)
