"""So many, so much each, so much in all: 4期，每期50人，共200人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from scorer.recount.model import Extent, Statement, extents, fits, plain, statement
from scorer.recount.rows import Run, Term

_EACH = re.compile(
    "(?:每[^\\W\\d_]?|各(?![县区级类乡镇部项种市单地界])|(?:^|[按,])一[^\\W\\d_]|[人均]均)[^\\d,。;]{0,12}\\Z|均[^\\d,。;]{0,6}\\Z"
)
_ALL = re.compile("共|合计|累计|总|先后|支出|发放资金|一年下来|全[年团市]|之和|达到|配备|领取|下乡|数量|收到|人次")
_LOOSE = re.compile("不少于|至少|以上|不低于|以内|最多|不超过|超|等(?!级)|部分|有的|提高|增加|补助标准")
_MONTHS = re.compile("每月|月均|每季度|每周")
LEAST, MOST = 3, 5
GAP_MAX = 26


def products(run: Run) -> Iterator[Statement]:
    """A product of two or three figures before the sum that names it."""
    if not LEAST <= len(run.terms) <= MOST + 1 or _LOOSE.search(run.words):
        return
    terms = run.terms
    for index in range(len(terms) - 1):
        each = terms[index]
        whole = terms[-1]
        if not (each.counted and whole.counted and each.figure.exact and whole.figure.exact):
            continue
        said = _EACH.search(each.lead)
        if not said or whole is each or whole.figure.value <= each.figure.value or len(whole.gap) > GAP_MAX or whole.gap.count("。"):
            continue
        if not _same(each, whole) or not (_ALL.search(whole.lead) or index == len(terms) - 2):
            continue
        before = [t for t in terms[:-1] if t.counted and t is not each]
        if not before or any(not t.figure.exact for t in before):
            continue
        yield from _product(run, before, each, whole)
        return


def _same(each: Term, whole: Term) -> bool:
    a, b = each.figure.unit, whole.figure.unit
    return a == b or b.startswith(a) or a.startswith(b)


def _product(run: Run, before: Sequence[Term], each: Term, whole: Term) -> Iterator[Statement]:
    named = [t for t in before if _called(t, each)]
    rows = [[*some, each] for count in (1, 2, 3) for some in combinations(before, count) if count <= len(before)]
    rows += [list(some) for some in combinations(before, 2)]
    period = 12 if "每月" in run.words else 4 if "每季度" in run.words else 0
    for row in rows:
        value = each.figure.value * 0 + 1
        extent = Extent.exactly(1)
        for t, span in zip(row, extents(*(t.figure for t in row)), strict=True):
            value *= t.figure.value
            extent = Extent(extent.low * span.low, extent.high * span.high)
        for times in (1, period) if period else (1,):
            if fits(whole.figure, Extent(extent.low * times, extent.high * times)):
                formula = (
                    "×".join([*(plain(t.figure.value) for t in row), *([str(times)] if times > 1 else [])]) + f"={plain(value * times)}"
                )
                yield statement(run.text, run.quote(row[0], whole), "product", whole.figure, value * times, formula, True)
                return
    if len(named) != 1:
        return
    count = named[0]
    value = count.figure.value * each.figure.value
    if not whole.figure.value / 2 <= value <= whole.figure.value * 2 or re.search("[日月年周天季]均", each.lead):
        return  # so far apart that they are of different things
    formula = f"{plain(count.figure.value)}×{plain(each.figure.value)}={plain(value)}"
    first = min((count, each), key=lambda t: t.figure.start)
    yield statement(run.text, run.quote(first, whole), "product", whole.figure, value, formula, False)


def _called(count: Term, each: Term) -> bool:
    """Whether a count is of the things of which each has so much: 4期 of 每期, 12个乡镇 of 每个, 65户困难企业 of 每户."""
    words = each.lead
    at = max(words.rfind("每"), words.rfind("各"), words.rfind("均"))
    after = words[at + 1 : at + 4]
    unit = count.figure.unit
    if unit and (after.startswith(unit[:1]) or after[:1] == unit[:1]):
        return True
    head = count.tail[:8] + count.words
    return at < 0 or words[at] in "各均" or (bool(after[:1]) and after[:1] in head)
