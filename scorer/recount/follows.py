"""Changes whose base stands behind them: 75件，同比增长25%，上年备案60件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from scorer.recount.model import Extent, Statement, extents, fits, percent, plain, rounded, statement
from scorer.recount.parts import in_same_time
from scorer.recount.rows import Run, Term, family
from scorer.text.figures import POINTS, TIMES

_PAST = re.compile("上年|去年|上一年|前一年|上一届|上一次|上年末|扩容前|基数|此前|同期|之前|五年前|三年前|末只|(?:19|20)\\d\\d年|这一数字")
_OTHER = re.compile("其中|预期|目标|计划|年均|以上|不变价|可比|实际增长|生产总值|占")
GAP_MAX = 26
_DOUBLE = re.compile("翻(?:了)?(?P<n>[一两二三])?番(?!多|有余|以上)|(?P<twice>(?P<many>[两二三四五])倍)")


def follows(run: Run) -> Iterator[Statement]:
    """A figure, its change, and the base behind: in this order and nothing between."""
    if _OTHER.search(run.words):
        return
    terms = run.terms
    for now, change, base in zip(terms, terms[1:], terms[2:], strict=False):
        found = _change(run, now, change, base)
        if found:
            yield found
            return
    for now, base in pairwise(terms):
        found = _doubled(run, now, base)
        if found:
            yield found
            return


def _usable(run: Run, now: Term, base: Term) -> bool:
    if in_same_time(run, base) or not (
        now.figure.unit and family(now.figure.unit) == family(base.figure.unit) and now.figure.exact and base.figure.exact
    ):
        return False
    return now.figure.value > 0 and base.figure.value > 0 and not _PAST.search(now.lead)


def _change(run: Run, now: Term, change: Term, base: Term) -> Statement | None:
    if not _usable(run, now, base) or not change.figure.exact or not _PAST.search(base.gap):
        return None
    if (
        len(change.gap) > GAP_MAX
        or len(base.gap) > GAP_MAX
        or change.gap.count(",") > 1
        or "、" in change.gap + base.gap
        or "。" in change.gap
    ):
        return None
    years = re.findall("(?:19|20)\\d\\d年", change.gap + base.gap)
    if len(set(years)) > 1 or (years and years[0] in change.gap and years[0] not in base.gap):
        return None
    if re.search("从|比|较|总数达到", base.gap) or (years and not re.search("同比|比|较|上年|降|减|增长|幅|此前|提升", change.gap)):
        return None  # 一年净增500亿元，从2020年3847亿元; 同比增长20%，比2020年的800人次: another base
    place = change.place
    up = run.says("figure-up", place, change.figure.start) or change.lead.rstrip("了").endswith(("长", "增", "升", "增幅达到", "扩容"))
    down = run.says("figure-down", place, change.figure.start) or bool(re.search("降|减|少|缩", change.lead))
    if up == down:
        if not re.search("多投入|净增|增幅|增长|提升|扩容|多出", change.lead):
            return None
        up, down = True, False
    was, became = extents(base.figure, now.figure)
    sign = 1 if up else -1
    size = Extent(became.low - was.high, became.high - was.low) if sign > 0 else Extent(was.low - became.high, was.high - became.low)
    value = (now.figure.value - base.figure.value) * sign
    difference = (
        f"{plain(now.figure.value)}-{plain(base.figure.value)}" if sign > 0 else f"{plain(base.figure.value)}-{plain(now.figure.value)}"
    )
    figure = change.figure
    if figure.rate and not now.figure.rate:
        extent = Extent(size.low * 100 / was.high, size.high * 100 / max(was.low, Decimal("0.0001")))
        computed = value * 100 / base.figure.value
        formula = f"({difference})÷{plain(base.figure.value)}={percent(computed)}"
    elif figure.unit == TIMES:
        return None
    elif family(figure.unit) == family(now.figure.unit) or (now.figure.rate and figure.unit == POINTS):
        extent, computed = size, value
        formula = f"{difference}={plain(computed)}"
        if now.figure.rate and base.figure.digits != now.figure.digits:
            step = max(base.figure.step, now.figure.step)
            extent = Extent(value - step, value + step)
    else:
        return None
    right = fits(figure, extent)
    shown = "" if computed >= 0 else ("下降" if sign > 0 else "上升")
    kind = "change" if figure.rate else "difference"
    return statement(run.text, run.quote(now, base), kind, figure, computed, formula, right, shown=shown)


def _doubled(run: Run, now: Term, base: Term) -> Statement | None:
    """2.4万户，同比翻了一番，上年仅为1.5万户; 640件，是上年数的两倍，上年没收400件."""
    if not _usable(run, now, base) or len(base.gap) > GAP_MAX or not _PAST.search(base.lead):
        return None
    said = _DOUBLE.search(base.gap)
    if not said or re.search("[近约超]", base.gap):
        return None
    numbers = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
    times = Decimal(numbers[said["many"]]) if said["twice"] else Decimal(2 ** numbers[said["n"] or "一"])
    before = base.gap[: said.start()]
    if said["twice"] and re.search("增|多|长", before[-3:]):
        times += 1
    computed = now.figure.value / base.figure.value
    right = times * Decimal("0.95") <= computed <= times * Decimal("1.06")
    formula = f"{plain(now.figure.value)}÷{plain(base.figure.value)}={rounded(computed)}倍"
    found = statement(run.text, run.quote(now, base), "multiple", now.figure, computed, formula, right, shown=f"{rounded(computed, 1)}倍")
    return found._replace(printed=said.group())
