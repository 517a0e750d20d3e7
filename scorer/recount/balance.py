"""What was there, what came, what went and what is left: 年初存案23件，新受理188件，审结195件，年末尚有16件在审.

A balance is only asked of figures that are all of one unit in one passage, where one is named as what is left and another as
what was there or came in. Whatever way of adding and subtracting the others gives what is left, the balance holds; only where
none does is it a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from scorer.recount.model import Extent, Statement, extents, fits, plain, statement
from scorer.recount.rows import Run, Term, by_unit

LEAST, MOST = 3, 6
CLAUSE_MAX = 24
# Words by which more came or went than is counted here.
_MORE = re.compile("等(?!级|次|待|线)|另有|此外|以及其他|不含|若干|中止[^\\d]*[,。]")
_NEW = re.compile("新|本年|当年|今年|本期|本月|当月|当季|本季|年内|(?:19|20|二〇)[\\d〇一二三四五六七八九]{2}年")
_SUMMED = re.compile("合计|总计|总数|共|总|应|相加|两项")
_MADE_OF = re.compile("其中|包括|包含|含|\\(")
# 其余事项中有20项, 还有新增8件: not all that is left.
_AMONG_REST = re.compile("(?:其余|剩余|余下)[^,]{0,6}[中有]|[还尚仍]有新")
_PAST = re.compile("上年|去年|上一年|往年|历年|跨年")


def balances(run: Run) -> Iterator[Statement]:
    """Balances of a passage, unit by unit."""
    for group in by_unit(run.terms):
        if not LEAST <= len(group) <= MOST or any(not t.figure.exact for t in group):
            continue
        if _MORE.search(run.words):
            continue
        yield from _left(run, group)
        yield from _intake(run, group)


def _opening(run: Run, term: Term) -> bool:
    last = term.figure.end if run.text.startswith("(", term.figure.end) else term.last
    return run.says("figure-opening", term.place, last)


def _left(run: Run, group: Sequence[Term]) -> Iterator[Statement]:
    """What is left at the end."""
    left = [t for t in group if run.term_says("figure-left", t) and not _opening(run, t) and not _AMONG_REST.search(t.lead)]
    if len(left) > 1:
        left = [t for t in left if t is group[-1] or t is group[0]][-1:]
    if len(left) != 1 or any("比" in t.lead or "较" in t.lead for t in group):
        return
    rest = left[0]
    others = [t for t in group if t is not rest]
    opened = [t for t in others if _opening(run, t)]
    came = [t for t in others if t not in opened and _came(run, t)]
    if opened:
        if not came and len(others) < LEAST:
            return
    elif run.says("figure-carried") or not _plain_remainder(others, rest):
        return
    extent = _any_way(rest, others, [*opened, *came])
    if extent is not None:
        value, formula = _balance(others, opened, came)
        yield statement(run.text, _span(run, group), "rest", rest.figure, rest.figure.value, formula, True)
        return
    if rest is not group[-1] and opened:
        return
    value, formula = _balance(others, opened, came)
    if value < 0:
        return
    yield statement(run.text, _span(run, group), "rest", rest.figure, value, formula, False)


def _came(run: Run, term: Term) -> bool:
    if re.search("不予|不|未", term.lead):
        return False  # 不予受理14件
    return (
        run.term_says("figure-new", term)
        or run.term_says("figure-intake", term)
        or bool(_NEW.search(term.lead) and not run.term_says("figure-settling", term))
    )


def _plain_remainder(others: Sequence[Term], rest: Term) -> bool:
    """Whether what is left follows a whole and what was done of it, with nothing else between."""
    whole = max(others, key=lambda t: t.figure.value)
    if (
        len(others) > LEAST
        or rest.figure.value >= whole.figure.value
        or (whole is not others[0] and rest is not min((*others, rest), key=lambda t: t.figure.start))
    ):
        return False
    return not any(
        len(t.gap) > CLAUSE_MAX or t.gap.count("。") or t.gap.count(",") > 1
        for t in (*others, rest)
        if t is not min((*others, rest), key=lambda t: t.figure.start)
    )


def _any_way(rest: Term, others: Sequence[Term], added: Sequence[Term]) -> Extent | None:
    """A sum and difference of two or more of the others that is what is left."""
    spans = extents(rest.figure, *(t.figure for t in others))[1:]
    # What was there or came is never taken off, what went never added; without such words every sign is tried.
    choices = [(1, 0) if t in added else (1, -1, 0) if not added or _SUMMED.search(t.lead) else (-1, 0) for t in others]
    for signs in product(*choices):
        if sum(map(abs, signs)) < 2:
            continue
        low = sum((s.low if sign > 0 else -s.high for s, sign in zip(spans, signs, strict=True) if sign), Decimal(0))
        high = sum((s.high if sign > 0 else -s.low for s, sign in zip(spans, signs, strict=True) if sign), Decimal(0))
        extent = Extent(low, high)
        if fits(rest.figure, extent):
            return extent
    return None


def _balance(others: Sequence[Term], opened: Sequence[Term], came: Sequence[Term]) -> tuple[Decimal, str]:
    whole = [t for t in others if _SUMMED.search(t.lead)][-1:] if len(opened) + len(came) > 1 else []
    base = whole or [*opened, *came] or [max(others, key=lambda t: t.figure.value)]
    gone = [t for t in others if t not in base and t not in opened and t not in came]
    value = sum((t.figure.value for t in base), Decimal(0)) - sum((t.figure.value for t in gone), Decimal(0))
    formula = "+".join(plain(t.figure.value) for t in base) + "".join(f"-{plain(t.figure.value)}" for t in gone)
    return value, f"{formula}={plain(value)}"


def _intake(run: Run, group: Sequence[Term]) -> Iterator[Statement]:
    """What was there and what came, with their sum: 上年结转9件，新收64件，合计73件; 156件(上年续办14件、当年交办142件)."""
    for first in range(len(group) - 2):
        three = group[first : first + 3]
        made = bool(_MADE_OF.search(three[1].gap))
        opened = [t for t in three if (_opening(run, t) or _PAST.search(t.lead)) and not (made and t is three[0])]
        new = [t for t in three if t not in opened and _NEW.search(t.lead) and (t is not three[0] or _SUMMED.search(three[2].lead))]
        rest = [t for t in three if t not in opened and t not in new]
        if len(opened) == 1 and len(new) > 1 and three[0] in new and _MADE_OF.search(three[1].gap):
            rest, new = [three[0]], [t for t in new if t is not three[0]]
        if len(opened) != 1 or len(new) != 1 or len(rest) != 1:
            continue
        whole = rest[0]
        if whole is three[0] and not _MADE_OF.search(three[1].gap):
            continue
        if whole is three[2] and not _SUMMED.search(whole.lead):
            continue
        if whole is three[1] or run.term_says("figure-settling", new[0]):
            continue
        a, b = opened[0], new[0]
        spans = extents(whole.figure, a.figure, b.figure)
        value = a.figure.value + b.figure.value
        formula = f"{plain(a.figure.value)}+{plain(b.figure.value)}={plain(value)}"
        right = fits(whole.figure, spans[1] + spans[2])
        yield statement(run.text, _span(run, three), "total", whole.figure, value, formula, right)
        return


def _span(run: Run, group: Sequence[Term]):  # type: ignore[no-untyped-def]
    first = min(group, key=lambda t: t.figure.start)
    last = max(group, key=lambda t: t.figure.end)
    return run.quote(first, last)
