"""From one figure to another: rate of change, difference, multiple (由372项压减至170项，精减54.3%; 是上年的1.5倍)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.recount.bases import BETWEEN, MOVES, Pair, by_time, comparable, direction_of, from_to, pair_before, told_pair
from scorer.recount.model import Extent, Statement, extents, fits, percent, plain, rounded, statement
from scorer.recount.parts import one_since
from scorer.recount.rows import Run, Term
from scorer.text.figures import POINTS, TIMES
from scorer.vocabulary import Arithmetic

_LAST_YEAR = re.compile("[较比](?:上年|去年|上一年)")
_AGAINST_YEAR = re.compile("[与较比和](?:19|20)\\d\\d年")
_MULTIPLE = re.compile(r"(?:是|为|达|到|至|相当于|的)(?:了)?\Z")
_DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两二三])?番(?!以上|多|有余)")
_HALVED = re.compile(rf"[{MOVES}][^,。;\d]{{0,3}}(?:一半|半数)(?!以上|多|左右)|减半")


def changes(run: Run) -> Iterator[Statement]:
    """Every rate of change, difference and multiple whose two figures stand before it."""
    terms = run.terms
    for index, term in enumerate(terms):
        figure = term.figure
        if not figure.exact or not figure.unit:
            continue
        if figure.unit == TIMES:
            found = _multiple(run, index) if index else None
        else:
            found = _change(run, index, direction_of(term.lead))
        if found:
            yield found
    yield from _doubled(run)


def _change(run: Run, index: int, direction: int) -> Statement | None:
    term = run.terms[index]
    if run.says("figure-yearly", term.place, term.figure.start):
        return None  # 年均增长6.2%: a rate of every year between
    pair = told_pair(run, index)
    if pair is None and not direction:
        return None
    if pair is None:
        pair = pair_before(run, index)
        if pair is None:
            return _from_difference(run, index, direction)
    return _between(run, term, pair, direction)


def against(run: Run, base: Term, now: Term, index: int) -> Statement | None:
    """The change at a place of the row from a base that stands behind it in brackets."""
    term = run.terms[index]
    direction = direction_of(term.lead)
    found = _between(run, term, Pair(base, now), direction) if direction else None
    return found._replace(span=run.quote(now, base)) if found else None


def _between(run: Run, term: Term, pair: Pair, direction: int) -> Statement | None:
    """The change from one figure to another as a rate or a difference."""
    figure = term.figure
    base, now = pair.base.figure, pair.now.figure
    if _LAST_YEAR.search(term.lead) and _AGAINST_YEAR.search(pair.base.lead):
        return None  # 与2020年的1860件相比，1210件，较上年下降: two bases
    if base.rate and figure.unit == "%" and figure.value < abs(now.value - base.value) + 1:
        return None  # 由80%提高到92%，提高12%: points or percent, nobody can say
    was, became = extents(base, now)
    delta = now.value - base.value
    difference = "-".join(plain(value) for value in sorted((now.value, base.value), reverse=True))
    size = became.minus(was)
    # 从63天压到30天，提速52%: what moved is not what the word says; only known words have a direction.
    wrong_way = delta * direction < 0
    first, last = sorted((pair.first, pair.last, term), key=lambda t: t.figure.start)[::2]
    span = run.quote(first, last)
    sign = "" if not wrong_way else ("上升" if delta > 0 else "下降")
    if figure.unit in ("%", "‰", "分之") and not base.rate:
        if base.value <= 0 or was.low <= 0:
            return None
        computed = abs(delta) * 100 / base.value
        extent = size.size().over(was, 100) if size.size().low >= 0 else Extent(Decimal(0), max(abs(size.low), size.high) * 100 / was.low)
        formula = f"({difference})÷{plain(base.value)}={percent(computed)}"
        kind = "change"
    elif figure.unit == base.unit or (base.unit == "%" and figure.unit == POINTS):
        computed, extent, kind = abs(delta), size.size(), "difference"
        if base.rate:
            step = max(base.step, now.step)
            extent = Extent(computed, computed) if base.digits == now.digits == figure.digits else Extent(computed - step, computed + step)
        formula = f"{difference}={plain(computed)}"
    else:
        return None
    right = fits(figure, extent) and not wrong_way
    if base.rate and figure.unit == "%" and not right and base.value > 0 and fits(figure, Extent.exactly(abs(delta) * 100 / base.value)):
        return None  # 由4.5%下降到1.1%、下降76%: a rate of the rate
    if not right and figure.rate and base.unit == "元" and run.says("figure-real"):
        return None  # 生产总值, 人均收入: the printed rate is at comparable prices
    if wrong_way:
        if not from_to(*sorted(pair, key=lambda t: t.figure.start)) and "同比" not in term.lead:
            return None
        shown = sign + statement(run.text, span, kind, figure, computed, formula, False).computed
        return statement(run.text, span, kind, figure, computed, formula, False, shown=shown)
    return statement(run.text, span, kind, figure, computed, formula, right)


def _from_difference(run: Run, index: int, direction: int) -> Statement | None:
    """102件，比上年增加17件，增长20%: the base is what is now less what came to it."""
    terms = run.terms
    if index < 2 or terms[index].figure.unit != "%":
        return None
    now, more, rate = terms[index - 2 : index + 1]
    if not one_since(rate, more):
        return None
    if not (now.counted and more.figure.unit == now.figure.unit and now.figure.exact and more.figure.exact):
        return None
    if (
        direction_of(more.lead) != direction
        or rate.gap.count(",") != 1
        or len(rate.gap) > 12
        or more.gap.count(",") > 1
        or len(more.gap) > 16
    ):
        return None
    if not re.search(
        "同比|比上年|较上年|比去年|较去年|比上一年|较上一年|比(?:19|20)\\d\\d年|较(?:19|20)\\d\\d年|上年同期|去年同期", more.gap + rate.gap
    ):
        return None
    base = now.figure.value - direction * more.figure.value
    if base <= 0 or run.says("figure-yearly", more.place, rate.figure.start):
        return None
    was = extents(now.figure, more.figure)
    extent = was[1].over(was[0].minus(was[1]) if direction > 0 else was[0] + was[1], 100)
    computed = more.figure.value * 100 / base
    if not fits(rate.figure, extent) and now.figure.unit == "元" and run.says("figure-real"):
        return None
    sign = "-" if direction > 0 else "+"
    formula = f"{plain(more.figure.value)}÷({plain(now.figure.value)}{sign}{plain(more.figure.value)})={percent(computed)}"
    return statement(run.text, run.quote(now, rate), "change", rate.figure, computed, formula, fits(rate.figure, extent))


def _of_base(run: Run, index: int) -> Pair | None:
    """A件，是(同期…)B件的N倍: the base stands right before the multiple."""
    if index < 2:
        return None
    now, base = run.terms[index - 2 : index]
    if _FORMER.fullmatch(run.terms[index].gap) and comparable(now, base):
        return Pair(base, now)
    if run.terms[index].gap != "的":
        return None
    if not comparable(now, base) or not now.counted or base.gap.count(",") > 1:
        return None
    return Pair(base, now) if _IS.search(base.gap.rpartition(",")[2]) else None


_FORMER = re.compile(",前者(?:数量)?[是为]后者的")
_IS = re.compile("^[^,]{0,4}?(?:是|为|达|相当于)")


def _multiple(run: Run, index: int) -> Statement | None:
    """是上年的1.5倍; 增长1.5倍."""
    term = run.terms[index]
    if re.search("是(?:今年|本年)的", term.gap):
        return None  # 上年的一千件是今年的两倍
    pair = _of_base(run, index) or pair_before(run, index)
    if pair is None or pair.base.figure.value <= 0 or pair.base.figure.rate:
        return None
    base, now = pair.base.figure, pair.now.figure
    was, became = extents(base, now)
    direction = direction_of(term.lead)
    if direction < 0:
        return None
    if direction > 0:
        computed = (now.value - base.value) / base.value
        extent = became.minus(was).over(was)
        formula = f"({plain(now.value)}-{plain(base.value)})÷{plain(base.value)}={rounded(computed)}倍"
    elif _MULTIPLE.search(term.lead) or term.gap.endswith("的"):
        computed = now.value / base.value
        extent = became.over(was)
        formula = f"{plain(now.value)}÷{plain(base.value)}={rounded(computed)}倍"
    else:
        return None
    if computed < 0:
        return None
    return statement(run.text, run.quote(pair.first, term), "multiple", term.figure, computed, formula, fits(term.figure, extent))


def _doubled(run: Run) -> Iterator[Statement]:
    """从123人发展到209人，实现翻一番."""
    if not ("番" in run.words or "半" in run.words):
        return
    for said in (*_DOUBLED.finditer(run.words), *_HALVED.finditer(run.words)):
        start, end = run.span.start + said.start(), run.span.start + said.end()
        before = [n for n, t in enumerate(run.terms) if t.figure.end <= start]
        if len(before) < 2 or start - run.terms[before[-1]].figure.end > 10 or run.text.endswith(("近", "约", "超", "超过"), 0, start):
            continue
        a, b = run.terms[before[-2]], run.terms[before[-1]]
        if a.figure.unit != b.figure.unit or not a.figure.exact or not b.figure.exact or len(b.gap) > BETWEEN:
            continue
        subject = run.text[b.figure.end : start].lstrip(",实现").removesuffix("数量")
        if len(subject) > 1 and subject not in run.text[run.span.start : b.figure.end]:
            continue  # 时限从10天缩短到4天，申报材料减半
        pair = from_to(a, b) or by_time(a, b)
        if pair is None or pair.base.figure.value <= 0:
            continue
        if "半" in said.group():
            times = Decimal("0.5")
        else:
            times = Decimal(2 ** {"两": 2, "二": 2, "三": 3}.get(said["n"] or "一", 1))
        computed = pair.now.figure.value / pair.base.figure.value
        right = times * Decimal("0.975") <= computed < times * Decimal("1.05")
        formula = f"{plain(pair.now.figure.value)}÷{plain(pair.base.figure.value)}={rounded(computed)}倍"
        span = run.quote(pair.first, pair.last)._replace(end=end)
        verdict = Arithmetic.CONSISTENT if right else Arithmetic.INCONSISTENT
        yield Statement(span, "multiple", said.group(), f"{rounded(computed, 1)}倍", formula, verdict, f"{times}倍左右才是{said.group()}")
