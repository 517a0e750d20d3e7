"""So many times as much, or a third of it: 后者是前者的4倍, 仅为原来的四分之一, 多出3倍, with two figures of one kind beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorer.recount.model import Extent, Statement, percent, plain, rounded, statement
from scorer.recount.parts import direction
from scorer.recount.quantity import Taken, agree, counted, extent, same, value
from scorer.recount.rows import Run, Term
from scorer.text.figures import FRACTION, TIMES

_OF = re.compile("(?:是|为|相当于|达到?|仅|只有|等于|抵)[^,。;]{0,14}的\\Z")
_OTHER = re.compile("以上|多倍|近|约|超|目标|年均|分别|其中")
NEAR, FAR = 24, 100


def multiples(run: Run) -> Iterator[Statement]:
    """Multiples and fractions of which the passage has exactly the two figures."""
    for term in run.terms:
        unit = term.figure.unit
        if unit not in (TIMES, FRACTION, "%") or not term.figure.exact or _OTHER.search(term.lead):
            continue
        found = _checked(run, term)
        if found:
            yield found


def _checked(run: Run, term: Term) -> Statement | None:
    before = run.text[max(run.span.start, term.figure.start - NEAR) : term.figure.start]
    grown = direction(run, term)[0] > 0 and term.figure.unit == TIMES
    if not grown and not _OF.search(before):
        return None
    counts = [
        t
        for t in run.terms
        if (counted(t) and abs(t.figure.start - term.figure.start) <= FAR and not direction(run, t)[0] > 0) or _arrives(run, t)
    ]
    counts = [t for t in counts if counted(t) and value(t) > 0]
    if len(counts) != 2 or not same(*counts) or any(not t.figure.exact for t in counts):
        return None
    if any(
        t.figure.rate or t.figure.unit == TIMES
        for t in run.terms
        if t is not term and min(c.figure.start for c in counts) < t.figure.start < term.figure.start
    ):
        return None
    small, large = sorted(counts, key=value)
    if not _linked(term, counts):
        return None
    few = term.figure.unit != TIMES

    def computed(taken: Taken) -> Extent:
        a, b = extent(run, small, (large,), taken), extent(run, large, (small,), taken)
        if few:
            return a.over(b, 100)
        quotient = b.over(a)
        return Extent(quotient.low - 1, quotient.high - 1) if grown else quotient

    if agree(run, term, computed):
        return None
    ordered = sorted((*counts, term), key=lambda t: t.figure.start)
    span = run.quote(ordered[0], ordered[-1])
    if few:
        share = value(small) * 100 / value(large)
        return statement(
            run.text, span, "share", term.figure, share, f"{plain(value(small))}÷{plain(value(large))}={percent(share)}", False
        )
    times = value(large) / value(small) - (1 if grown else 0)
    if not times / 4 <= value(term) <= times * 4:
        return None
    formula = f"{plain(value(large))}÷{plain(value(small))}={rounded(value(large) / value(small))}倍"
    return statement(run.text, span, "multiple", term.figure, times, formula, False)


def _arrives(run: Run, term: Term) -> bool:
    return counted(term) and direction(run, term)[1]


def _linked(term: Term, counts: list[Term]) -> bool:
    """Whether the three stand together, and the multiple speaks of what is counted."""
    ordered = sorted((*counts, term), key=lambda t: t.figure.start)
    if any(len(t.gap) > NEAR + 10 or t.gap.count("。") > 1 or "、" in t.gap[:1] for t in ordered[1:]):
        return False
    said = term.lead + term.gap
    if re.search("上年|去年|同期", said) and any(re.search(r"(?:19|20)\d\d年", t.lead) for t in counts):
        return False
    if term.gap == "的" and ordered[2] is not term:
        return False
    if re.search("前者|后者|原|上年|去年|前[一两]?年|此前|今年|同期|起步|计划|数量|上一|最初", said) or (
        ordered[1] is counts[1] and term.gap == "的"
    ):
        return True
    words = "".join(t.words for t in counts)
    subject = re.sub("[是为的相当于达到仅只有等,]", "", term.lead)
    return len(subject) < 2 or any(subject[n : n + 2] in words for n in range(len(subject) - 1))
