"""One amount in two measures: 3.6亿元(折合36000万元), 180分钟，也就是3个小时, 1500亩(100公顷)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from scorer.recount.model import Statement, plain, statement
from scorer.recount.quantity import MEASURED, agree, dimension, extent, value
from scorer.recount.rows import Run, Term

_SAYS = re.compile("\\(?[,、]?(?:[^\\W\\d_]{0,2}(?:折合|折算|合计|约合|换算|合|即|也就是|就是|等于|相当于|计)[^\\W\\d_]{0,4})\\Z|\\(\\Z")
# An amount of another kind than the one before it, though in the same measure: 总投资3亿元(已完成1亿元).
_OF_ELSE = re.compile("其中|已|完成|占|增|减|含|另|人均|户均|每")
FAR = Decimal(20)


def sames(run: Run) -> Iterator[Statement]:
    """Amounts that are said to be the one before in another measure, and are not."""
    for a, b in pairwise(run.terms):
        if dimension(a.figure.unit)[0] not in MEASURED or dimension(a.figure.unit)[0] != dimension(b.figure.unit)[0]:
            continue
        gap = run.text[a.figure.end : b.figure.start]
        said = _SAYS.fullmatch(gap)
        bracket = gap == "(" and run.text.startswith(")", b.figure.end)
        if not said or (gap == "(" and not bracket) or _OF_ELSE.search(gap):
            continue
        other_print = a.figure.unit != b.figure.unit or a.figure.scale != b.figure.scale
        if not other_print or not (a.figure.exact or b.figure.exact) or value(a) <= 0:
            continue
        if _one(run, a, b) or _one(run, b, a):
            continue
        quotient = value(b) / value(a)
        if not 1 / FAR <= quotient <= FAR:
            continue
        computed = value(a) / dimension(b.figure.unit)[1]
        formula = f"{run.text[a.figure.start : a.figure.end]}={plain(computed)}{b.figure.unit}"
        yield statement(run.text, run.quote(a, b), "difference", b.figure, computed, formula, False)


def _one(run: Run, one: Term, other: Term) -> bool:
    return agree(run, other, lambda taken: extent(run, one, (), taken))
