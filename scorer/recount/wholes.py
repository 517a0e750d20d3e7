"""Rates above all of it, parts above their whole, and all of it with two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.recount.model import Statement, plain, statement
from scorer.recount.rates import NAME_MAX, NAMED
from scorer.recount.rows import Run, Term
from scorer.vocabulary import Arithmetic

_LISTED = ("、", "和", "及")
IMPOSSIBLE = "不超过100%"


def limits(run: Run) -> Iterator[Statement]:
    """A rate above 100 % where nothing can be more than all, and a part that is greater than its whole."""
    if run.says("figure-carried") or run.says("figure-opening"):
        return
    for term in run.terms:
        rate = term.figure
        if rate.unit == "%" and rate.exact and rate.value > 100 and (named := NAMED.search(term.lead)):
            begin = term.place + max(0, named.start() - NAME_MAX)
            if not run.says("figure-unlimited", begin, term.place + named.end()) and not run.says("figure-unlimited", begin, rate.start):
                yield statement(run.text, run.quote(term, term), "limit", rate, Decimal(100), "部分不会多于总数", False, shown=IMPOSSIBLE)
    for whole, part in zip(run.terms, run.terms[1:], strict=False):
        w, p = whole.figure, part.figure
        if not (whole.counted and p.unit == w.unit and p.value > w.value > 0 and w.exact and p.exact) or part.gap.count(",") > 2:
            continue
        # 劳动纠纷80件、其他纠纷25件，其中…: of the whole list
        among = part.gap.startswith((",其中", "(其中", "。其中", ";其中", "其中")) and whole.gap[:1] not in _LISTED
        staged = (
            (run.term_says("figure-intake", whole) or run.term_says("figure-new", whole))
            and (not run.term_says("figure-new", whole) or run.term_says("figure-in-time", part))
            and run.term_says("figure-settling", part)
            and not run.says("figure-other-time")
        )
        if among or (staged and part.gap.count(",") == 1 and not re.search("[、。;]", part.gap)):
            formula = f"{plain(p.value)}>{plain(w.value)}，部分大于总数"
            limit = f"不超过{run.text[w.start : w.end]}"
            yield statement(run.text, run.quote(whole, part), "limit", p, w.value, formula, False, shown=limit)


def everything(run: Run) -> Iterator[Statement]:
    """All of it with two numbers, or as a rate in words: 收到215件，全部按期答复，共答复212件; 6项…6项，实现全覆盖."""
    text = run.text
    for whole, part in zip(run.terms, run.terms[1:], strict=False):
        w, p = whole.figure, part.figure
        if not (whole.counted and p.unit == w.unit and w.exact and p.exact and w.value > 0):
            continue
        if run.says("figure-carried"):
            return
        after = text[p.end : min(part.last + 16, run.span.end)]
        if w.value == p.value:
            full = next(iter(run.lexicon.within("lexicon.figure-full", p.end, min(p.end + 36, run.span.end))), None)
            if full:
                formula = f"{plain(p.value)}÷{plain(w.value)}=100%"
                shown = text[full.start : full.end]
                span = run.quote(whole, part)._replace(end=full.end)
                yield Statement(span, "all", shown, "100%", formula, Arithmetic.CONSISTENT, "100%")
        elif run.term_says("figure-intake", whole) and not run.term_says("figure-other-time", whole) and _all_of(run, whole, part, after):
            formula = f"全部，即{plain(w.value)}"
            yield statement(text, run.quote(whole, part), "all", p, w.value, formula, False)


_ALL = re.compile(r"[,;](?:现|目前)?(?:已|均)?(?:全部|全数|均已|均按期|均按时|全都)")


def _all_of(run: Run, whole: Term, part: Term, after: str) -> bool:
    """Whether the text says that all of the whole was done, and then a different number for it."""
    gap = part.gap
    if gap.count(",") > 2 or re.search("其中|[。;、]", gap) or not run.term_says("figure-settling", part):
        return False
    said = _ALL.match(gap)
    if said and (gap.count(",") == 2 or re.match("[,]已?(?:全部|全数)", gap)):
        return run.says("figure-settling", whole.figure.end, part.figure.start)
    return bool(re.match(",(?:已|现已)?全部", after)) and run.says(
        "figure-settling", part.figure.end, min(part.figure.end + 10, run.span.end)
    )
