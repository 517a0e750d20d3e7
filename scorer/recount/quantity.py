"""A figure as a reader takes it: what it counts, in which dimension, and the values it can stand for.

``Extent.of`` knows how printed digits round; here 约, 余, 近, 以上 widen it, 公里 and 米 become one dimension, a measure word that
is on no list is known by standing behind two figures (800顶 … 560顶), and 2亿4000万元 is one amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache

from scorer.document import Span
from scorer.recount.model import Extent
from scorer.recount.rows import Run, Term, family, terms_of
from scorer.rulepack.phrases import Hits
from scorer.text.figures import FRACTION, POINTS, TIMES, Figure
from scorer.text.numerals import NUMERAL, chinese_number

_D = Decimal
# Measure words of one dimension, with what one of each is worth in the smallest.
_DIMENSIONS: dict[str, tuple[str, Decimal]] = {
    "元": ("money", _D(1)),
    "毫米": ("length", _D("0.001")),
    "米": ("length", _D(1)),
    "千米": ("length", _D(1000)),
    "公里": ("length", _D(1000)),
    "里": ("length", _D(500)),
    "平方米": ("area", _D(1)),
    "平方公里": ("area", _D(10**6)),
    "公顷": ("area", _D(10_000)),
    "亩": ("area", _D(10_000) / _D(15)),
    "吨": ("mass", _D(1000)),
    "公斤": ("mass", _D(1)),
    "千克": ("mass", _D(1)),
    "斤": ("mass", _D("0.5")),
    "分钟": ("time", _D(1)),
    "小时": ("time", _D(60)),
    "天": ("time", _D(1440)),
    "日": ("time", _D(1440)),
}
MEASURED = frozenset(("money", "length", "area", "mass", "time"))
_PERSONS = frozenset(("人", "人次"))
_WIDE = re.compile(
    "(?P<under>近|不足|不到|低于|少于|不超过|至多)|(?P<over>超过|超|逾|突破|高于|多于|不少于|不低于|至少|上)|(?P<about>约|大约|将近|大概)"
)
_AFTER = re.compile("(?P<over>余|多|以上|之多|有余)|(?P<under>以下|以内)|(?P<about>左右|上下)")
_FURTHER = re.compile(
    rf"(?P<half>一半|过半数?|半数)|(?<![月\d.至第{NUMERAL}])(?P<days>\d{{1,4}}|[{NUMERAL}]{{1,6}})个?(?:日|自然日)(?!均|常|前|报|照|内瓦)|"
    rf"(?<![\d第{NUMERAL}])(?P<few>[{NUMERAL}]{{1,3}})(?:个工作日|工作日|个月|小时|天)"
)
_WIDE_UNITS = (*"个名位家座轮期批班组队村镇乡县区条场次台辆间栋所户项宗周季", "季度", "个季度", "个月", "批次", "台次")
_ONE_NAME = {"名": "人", "位": "人"}
_EACH_OF = re.compile("每([^\\W\\d_])")
_SMALL = re.compile(rf"(?<![\d第初上每这{NUMERAL}])(?P<n>[{NUMERAL}]{{1,3}})(?![{NUMERAL}])")
_TIME = re.compile(r"\d{1,2}月?(?:份)?[至到~-]\d{1,2}月|[前后头全]\d{1,2}个月")
_UNDER_HALF = re.compile("[不未](?:到|足|及|满)?\\Z")
_ORDINAL = re.compile("[上这每首第前同某各逐]\\Z|(?<![余剩])下\\Z")
_UNKNOWN_UNIT = re.compile(r"[^\W\d_a-zA-Z年月日号第的和与及或至到为了是在有中里件降升增减比较占约近超余多达共]")
NEAR = 4
# A fraction in words (三分之一) stands for shares as near to it as this, in points.
FRACTION_WITHIN = _D(3)
HALF_NEAR = 14


@cache
def dimension(unit: str) -> tuple[str, Decimal]:
    """The dimension of a measure word and what one of it is worth: 公里 is 1000 of length; counts are their own family."""
    return _DIMENSIONS.get(unit) or (family(unit), _D(1))


def kin(one: Term, other: Term) -> bool:
    """Whether two counts can be a whole and its part: both things, both persons, or of one dimension."""
    a, b = (dimension(t.figure.unit)[0] for t in (one, other))
    if a in MEASURED or b in MEASURED:
        return a == b
    return (a in _PERSONS) == (b in _PERSONS) or "家" in (a, b)


def same(one: Term, other: Term) -> bool:
    """Whether two figures are of one dimension, so that they can be added and compared."""
    return dimension(one.figure.unit)[0] == dimension(other.figure.unit)[0]


class Taken(StrEnum):
    """How printed digits came about: rounded, cut off, or exact as they stand."""

    ROUNDED = "rounded"
    CUT = "cut"
    EXACT = "exact"


def extent(run: Run, term: Term, beside: Sequence[Term] = (), taken: Taken = Taken.ROUNDED) -> Extent:
    """What a figure can stand for, in its smallest unit; ``beside`` are the figures whose decimals say how exact it is."""
    figure = term.figure
    low = high = figure.value
    if not ((figure.scale == 1 and figure.digits == 0) or figure.rate) and taken is not Taken.EXACT:
        fine = [t.figure.step for t in (term, *beside) if t.figure.unit == figure.unit and t.figure.scale > 1]
        step = min(fine, default=figure.step) if figure.scale > 1 else figure.step
        low, high = (low - step / 2, high + step / 2) if taken is Taken.ROUNDED else (low, high + step)
    if figure.unit == FRACTION:
        low, high = _of_fraction(run, term)
    if not figure.exact:
        low, high = _widened(run, figure, low, high)
    worth = dimension(figure.unit)[1]
    return Extent(low * worth, high * worth)


def _of_fraction(run: Run, term: Term) -> tuple[Decimal, Decimal]:
    """What a share in words stands for: 超过应到人数的二分之一 is any above a half."""
    half = term.figure.value
    before = run.text[max(term.place, term.figure.start - HALF_NEAR) : term.figure.end]
    if re.search("超过|多于|高于|过半|大于", before) or run.text.startswith(("以上", "还多", "强"), term.figure.end):
        return half, _D(100)
    if re.search("不到|不足|未到|未过|未达|不及|少于|低于|没有?到|没过|尚未过", before):
        return _D(0), half
    return half - FRACTION_WITHIN, half + FRACTION_WITHIN


def _widened(run: Run, figure: Figure, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """What a figure with 约, 余, 近, 以上 can stand for."""
    coarse = _coarse(figure)
    before = list(_WIDE.finditer(run.text, max(run.span.start, figure.start - NEAR), figure.start))
    after = _AFTER.search(run.text, figure.start, min(figure.end + NEAR - 1, run.span.end))
    for said in (*before[-1:], *([after] if after else [])):
        name = said.lastgroup
        if name == "over":
            return low, max(high, low + coarse) if said.group() in ("余", "多", "有余") else high * 2
        if name == "under":
            return max(low - coarse, low / 2) if said.group() == "近" else low / 2, high
        if name == "about":
            return low - coarse, high + coarse
    return low - coarse, high + coarse


def _coarse(figure: Figure) -> Decimal:
    """What the last digit that is not nought is worth: 100 of 1200, 0.1万 of 1.2万."""
    exponent = figure.value.normalize().as_tuple().exponent
    return max(_D(1).scaleb(int(exponent)), figure.step) if figure.value else figure.step


def agree(run: Run, term: Term, formula: Callable[[Taken], Extent]) -> bool:
    """Whether a printed figure can be what a formula gives (in the smallest unit).

    Either everything was rounded, or the operands were cut off and the result rounded, or the result was cut off from the
    operands as they stand. A share in whole tens (七成) is never cut off: 77 % are nearly eight.
    """
    figure = term.figure
    worth = dimension(figure.unit)[1]
    if not figure.exact or figure.unit == FRACTION:
        printed = extent(run, term)
        got = formula(Taken.ROUNDED)
        return printed.low <= got.high and got.low <= printed.high
    step, printed_value = figure.step * worth, figure.value * worth
    for taken in (Taken.ROUNDED, Taken.CUT):
        got = formula(taken)
        if printed_value - step / 2 <= got.high and got.low < printed_value + step / 2:
            return True
    got = formula(Taken.EXACT)
    return figure.digits >= 0 and printed_value <= got.high and got.low < printed_value + step


def value(term: Term) -> Decimal:
    """The printed value in the smallest unit of its dimension."""
    return term.figure.value * dimension(term.figure.unit)[1]


def run_of(text: str, span: Span, figures: Sequence[Figure], hits: Hits, *, wide: bool = False) -> Run:
    """A passage as a row of figures, brackets and all, with compound amounts joined and unknown measure words named.

    ``wide`` takes every small number in words (三座, 四个) for a figure; many are no more than set phrases.
    """
    kept = [
        f for f in figures if f.value > 3 or text[f.start].isdigit() or not _ORDINAL.search(text, max(span.start, f.start - 2), f.start)
    ]
    if not wide:
        kept = [f for f in kept if f.value != 1 or text[f.start] != "一" or f.unit == TIMES]  # 一次通过, 未发生一起
    times = [said.span() for said in _TIME.finditer(text, *span)]
    kept = [f for f in kept if not any(a <= f.start < b for a, b in times)]
    every = sorted(
        [
            *named(text, joined(kept), _EACH_OF.findall(text, *span) if wide else ()),
            *_further(text, span, kept),
            *_small(text, span, kept, wide=wide),
        ]
    )
    return Run(text, span, terms_of(text, *span, every), hits, flat=True)


def _small(text: str, span: Span, figures: Sequence[Figure], *, wide: bool) -> Iterator[Figure]:
    """Small numbers in words (十项) beside others of their measure word; by themselves they may be set phrases."""
    units = {f.unit for f in figures if f.unit and not f.rate}
    if wide:
        units.update(_WIDE_UNITS)
        units.update(_EACH_OF.findall(text, *span))
    taken = {f.start for f in figures}
    longest = sorted(units, key=len, reverse=True)
    for said in _SMALL.finditer(text, *span) if units else ():
        start, words = said.start(), said["n"]
        unit = next((u for u in longest if text.startswith(u, said.end())), "")
        number = chinese_number(words)
        if unit and number and start not in taken and not (number == 1 and (wide or len(units) == 1)):
            yield Figure(start, said.end() + len(unit), _D(number), _ONE_NAME.get(unit, unit), True, 0)


def _further(text: str, span: Span, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Lengths of time in days, small numbers of working days, and halves in words: none of them is a figure by itself."""
    taken = {f.start for f in figures}
    for said in _FURTHER.finditer(text, *span):
        start, end = said.span()
        if any(start <= at < end for at in taken):
            continue
        if said["half"]:
            over, under = "过" in said["half"], bool(_UNDER_HALF.search(text, max(span.start, start - 3), start))
            near = (
                over
                or under
                or bool(_WIDE.search(text, max(span.start, start - 3), start) or _AFTER.match(text, end, min(end + 2, span.end)))
            )
            yield Figure(start, end, _D(50), FRACTION, not near, 0)
            continue
        words = said["days"] or said["few"]
        number = int(words) if words.isdigit() else chinese_number(words)
        if number:
            yield Figure(start, end, _D(number), "天" if said["days"] else text[start + len(words) : end], True, 0)


def joined(figures: Sequence[Figure]) -> list[Figure]:
    """2亿4000万元 and 43万6千元 as one figure each."""
    found: list[Figure] = []
    for figure in figures:
        last = found[-1] if found else None
        if last and last.end == figure.start and not last.unit and last.scale > figure.scale > 1 and figure.value < last.scale:
            found[-1] = last._replace(
                end=figure.end, value=last.value + figure.value, unit=figure.unit, scale=figure.scale, digits=figure.digits
            )
        else:
            found.append(figure)
    return found


def named(text: str, figures: Sequence[Figure], known: Sequence[str] = ()) -> list[Figure]:
    """Figures whose measure word is on no list get it where two or more have the same character behind them, or it is ``known``."""
    nameless = [n for n, figure in enumerate(figures) if not figure.unit]
    behind = {n: text[figures[n].end : figures[n].end + 1] for n in nameless}
    result = list(figures)
    for n, word in behind.items():
        often = sum(other == word for other in behind.values()) > 1 and _UNKNOWN_UNIT.fullmatch(word or " ")
        if text.startswith("周年", figures[n].end):
            continue
        if often or (word and word in known):
            result[n] = figures[n]._replace(unit=word, end=figures[n].end + 1)
    return result


def rate(term: Term) -> bool:
    """Whether a figure is a share or a rate, or a difference of such."""
    return term.figure.rate or term.figure.unit == POINTS


def counted(term: Term) -> bool:
    """Whether a figure counts or measures something."""
    return term.counted and term.figure.unit != TIMES
