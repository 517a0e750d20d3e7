"""So much each, so many of them, so much in all: 4期，每期50人，共200人; 1275人，15期，平均每期85人; 月均4次，全年48次.

Any product of figures of the passage, with the months, quarters and weeks of a year, that gives another figure makes it right. It is
wrong only where the words say what each is of and that very thing is counted, or nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from scorer.recount.model import Extent, Statement, plain, rounded, statement
from scorer.recount.quantity import Taken, agree, counted, dimension, extent, value
from scorer.recount.rows import Run, Term, family

_EACH = re.compile(
    r"每(?:一(?!次|期|月))?(?P<per>[^\W\d_每均]{0,7})|各(?![县区级类乡镇部项种市单地界方处科股行业自有阶式])(?P<all>)|(?P<one>[^\W\d_平])均(?![衡在已按为未由可])|平均(?P<plain>)|(?P<price>单价)|"
    r"(?:^|[,:(])[一1](?P<pair>[^\W\d_]{1,3})[一1](?P<what>[^\W\d_]{0,3})"
)
_LOOSE = re.compile(
    "不少于|至少|以上|不低于|以内|最多|最高|最低|最少|不超过|超过|多的|少的|标准为|提高|增加|降低|下降|年龄|每[万千百]|率|浓度|增长|同比|目标|计划|不等|峰"
)
_TOTAL = re.compile("共|合计|总|累计|先后|全[年部市县]|达|一年|之和|需|收到|收齐|发放|支出|发出|走进|下来")
_WHOLE_YEAR = re.compile("全年|一年|12个月|十二个月|年内|本年|今年|去年|上年|(?:19|20)\\d\\d年|每月|月月|四个季度|52周|365天|每季度|每周")
_YEARS = re.compile("(?P<n>[两二三四五六七八九十]|[2-9])年(?:来|间|累计|共|合计|总|里|内)")
_TIMES = {"月": (12,), "季": (4,), "周": (52,), "日": (365, 366), "天": (365, 366)}
_SAME = {
    "人": "人",
    "案": "件",
    "单": "件",
    "户": "家",
    "宗": "件",
    "校": "所",
    "企": "家",
    "村": "个",
    "镇": "个",
    "乡": "个",
    "县": "个",
    "区": "个",
    "所": "所",
    "院": "所",
}
_ONE = re.compile("[^\\W\\d_]{0,4}一(?P<per>[件户次人名家期场个宗起])")
_UNIT_OF_TIME = {12: ("个月",), 4: ("季度", "个季度", "季"), 52: ("周",), 365: ("天",)}
LEAST_LIST = 3
_OF_TIME = frozenset(("个", "天", "周", "次", "个月"))
_TIME_WORDS = re.compile("全年|一年|12个月|累计|合计|共|总|平均|每|月|季度|周|日|年|均|个|达到?|为|约|下来|之和|[,:;。]")
_FREE = re.compile("[个名位家所支只条一份]")
LEAST_COUNTS, MOST_COUNTS, APART = 2, 6, 50
OFF = 3


class _Each(NamedTuple):
    """The figure that is of each, what one is called, and the parts of a year it is of."""

    term: Term
    per: str
    times: tuple[int, ...]


def eaches(run: Run) -> Iterator[Statement]:
    """Every product or average whose factors are in the passage."""
    if not re.search("每|均|各|单价", run.words):
        return
    counts = [t for t in run.terms if counted(t) and t.figure.value > 0]
    if any(t.figure.rate for t in run.terms):
        return
    found = [each for t in counts if (each := _each(t))]
    if not 0 < len(found) <= 2:
        return
    wrong = _listed_mean(run, found[-1].term, counts) or (_checked(run, found[-1], counts, found) if len(counts) <= MOST_COUNTS else None)
    if wrong:
        yield wrong


def _each(term: Term) -> _Each | None:
    """A figure with 每, 均, 各 before it."""
    lead = term.lead[-20:]
    said = list(_EACH.finditer(lead))
    if not said or not term.figure.exact or _LOOSE.search(lead) or re.search("(?:全年|一年|累计|共)[^,]{0,4}\\Z", lead):
        return None
    per = ""
    times: tuple[int, ...] = ()
    behind = _ONE.match(term.tail)
    if behind and "平均" in lead:
        per = behind["per"]
    for one in said:
        name = one["per"] or one["one"] or one["pair"] or ""
        bare = _FREE.sub("", name)
        time = next((unit for unit in _TIMES if bare.startswith(unit)), "")
        if time and not name.startswith("人"):
            times = (*times, *_TIMES[time])
        elif bare == "年":
            continue
        elif bare or name:
            per = bare or name
    return _Each(term, per, times)


def _checked(run: Run, each: _Each, counts: Sequence[Term], found: Sequence[_Each]) -> Statement | None:
    others = [t for t in counts if t is not each.term]
    totals = [t for t in others if _alike(t, each.term) and not (_is_of(run, t, each) and len(others) > 1)]
    if len(totals) != 1 or not totals[0].figure.exact:
        return None
    total = totals[0]
    bases = [t for t in others if t is not total and t.figure.exact]
    named = [t for t in bases if _is_of(run, t, each)]
    base = named[0] if len(named) == 1 else bases[0] if len(bases) == 1 and not each.per and not each.times else None
    times = _time(run, each)
    if base is None and each.times:
        base = next((t for t in bases if t.figure.unit in _UNIT_OF_TIME.get(each.times[0], ())), None)
    if base is not None and base.figure.unit in _UNIT_OF_TIME.get((each.times or (0,))[0], ()):
        times = 0
    first = found[0]
    chained = Decimal(1)
    if len(found) == 2 and first is not each:
        bases = [t for t in bases if t is not first.term]
        if not (each.per and _is_of(run, first.term, each)):
            return None
        outer = [t for t in bases if _is_of(run, t, first)]
        own = _time(run, first)
        direct = [t for t in bases if _is_of(run, t, each)]
        if len(direct) == 1:
            base = direct[0]
        elif len(outer) == 1:
            base, chained = outer[0], first.term.figure.value
        elif own:
            base, times = first.term, own
        else:
            return None
    if base is None and not times:
        return None
    if each.per and base is None:
        return None
    if base is None and not _of_one(run, each.term, total):
        return None
    wrong = _wrong(run, each, total, base, times, chained)
    return wrong if wrong and not _any_reading(run, each, counts, found) else None


def _any_reading(run: Run, each: _Each, counts: Sequence[Term], found: Sequence[_Each]) -> bool:
    """Whether any product, quotient or mean of the figures of a passage makes it right."""
    others = [t for t in counts if t is not each.term]
    constants = _constants(run, found)
    for total in (t for t in counts if t is not each.term):
        factors = [t for t in counts if t is not total and t is not each.term]
        for some in _products(factors, constants):
            if _product_fits(run, total, each.term, *some) or _product_fits(run, each.term, total, *some, over=True):
                return True
    return _mean(run, each.term, others)


def _of_one(run: Run, each: Term, total: Term) -> bool:
    """Whether a figure of each month and one of the year are of the same doing, with nothing else counted between."""
    first, last = sorted((each, total), key=lambda t: t.figure.start)
    if any(first.figure.start < t.figure.start < last.figure.start and counted(t) and t.figure.unit not in _OF_TIME for t in run.terms):
        return False
    one, other = (_TIME_WORDS.sub("", t.lead) for t in (first, last))
    return len(other) < 2 or any(other[n : n + 2] in one + first.tail for n in range(len(other) - 1))


def _shared(one: str, other: str) -> bool:
    return any(one[n : n + 2] in other for n in range(len(one) - 1))


def _listed_mean(run: Run, mean: Term, counts: Sequence[Term]) -> Statement | None:
    """91分、94分、97分，三轮平均94分: the mean of a list right before it."""
    at = counts.index(mean)
    row: list[Term] = []
    for term in reversed(counts[:at]):
        if not _alike(term, mean) or (row and row[-1].gap[:1] not in ("、", "和", ",")):
            break
        row.append(term)
    if (
        len(row) < LEAST_LIST
        or not re.search("均", mean.lead)
        or any(not t.figure.exact for t in (*row, mean))
        or len(mean.gap) > APART // 2
    ):
        return None
    if "分别" not in run.words and "依次" not in run.words and any("、" not in t.gap for t in row[:-1]):
        return None
    if re.search("日均|月均|年均|人均|其中|[上去]年", mean.lead) and len(mean.lead) < 4:
        return None
    row.reverse()
    computed = sum((value(t) for t in row), Decimal(0)) / len(row)
    if agree(run, mean, lambda _: Extent.exactly(computed)) or not min(map(value, row)) / 2 <= value(mean) <= max(map(value, row)) * 2:
        return None
    worth = dimension(mean.figure.unit)[1]
    formula = f"({'+'.join(plain(t.figure.value) for t in row)})÷{len(row)}={rounded(computed / worth)}"
    return statement(run.text, run.quote(row[0], mean), "average", mean.figure, computed / worth, formula, False)


def _constants(run: Run, found: Sequence[_Each]) -> list[int]:
    """The numbers that a year, a quarter or so many years give."""
    numbers = {n for each in found for n in each.times}
    years = _YEARS.search(run.words)
    if years:
        numbers.add(_number(years["n"]))
    if re.search("月", run.words):
        numbers.add(12)
    if re.search("季", run.words):
        numbers.add(4)
    return sorted(numbers)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else "零一二三四五六七八九十".find(word) if word != "两" else 2


def _time(run: Run, each: _Each) -> int:
    """How many of its time a passage is of: 12 months of a whole year; 0 where it does not say."""
    years = _YEARS.search(run.words)
    if "年均" in each.term.lead and years:
        return _number(years["n"])
    if not each.times or not _WHOLE_YEAR.search(run.words) or re.search("半年|\\d月|[^全]年以来", run.words):
        return 0
    return each.times[0]


def _products(factors: Sequence[Term], constants: Sequence[int]) -> Iterator[tuple[tuple[Term, ...], int]]:
    for count in range(min(len(factors), 3) + 1):
        for some in combinations(factors, count):
            for constant in (1, *constants):
                if some or constant > 1:
                    yield some, constant


def _product_fits(run: Run, total: Term, each: Term, factors: tuple[Term, ...], constant: int, *, over: bool = False) -> bool:
    """Whether a total is so many times the figure of each; ``over``: or the figure of each the total by so many."""

    def computed(taken: Taken) -> Extent:
        result = extent(run, each, (), taken)
        number = Extent.exactly(constant)
        for factor in factors:
            own = extent(run, factor, (), taken)
            plain_ = dimension(factor.figure.unit)[1]
            number = Extent(number.low * own.low / plain_, number.high * own.high / plain_)
        if over:
            return result.over(number) if number.low > 0 else result
        return Extent(result.low * number.low, result.high * number.high)

    return agree(run, total, computed)


def _mean(run: Run, each: Term, others: Sequence[Term]) -> bool:
    """Whether the figure is the mean of others of its kind."""
    row = [t for t in others if _alike(t, each)]
    for some in (row, [t for t in row if t.figure.start < each.figure.start]):
        if len(some) > 1:
            total = sum((value(t) for t in some), Decimal(0)) / len(some)
            if agree(run, each, lambda taken, total=total: Extent.exactly(total)):  # type: ignore[misc]
                return True
    return False


def _alike(one: Term, other: Term) -> bool:
    a, b = dimension(one.figure.unit)[0], dimension(other.figure.unit)[0]
    return a == b or a.startswith(b) or b.startswith(a)


def _is_of(run: Run, count: Term, each: _Each) -> bool:
    """Whether a count is of the things of which each has so much: 4期 of 每期, 12个乡镇 of 每个乡镇, 40名民警 of 每名民警."""
    per = each.per
    if not per:
        return False
    unit = run.text[count.figure.start : count.figure.end].lstrip("0123456789.,万亿千百十一二三四五六七八九两零")
    around = count.tail[:8] + count.lead[-8:]
    if unit and (per.startswith(unit) or unit.startswith(per[:1])):
        return True
    known = _SAME.get(per[:1], "")
    return (
        (bool(known) and family(count.figure.unit) == family(known) and (len(per) == 1 or per[:2] in around))
        or per[:2] in around
        or (len(per) == 1 and per in count.tail[:6])
    )


def _wrong(run: Run, each: _Each, total: Term, base: Term | None, times: int, chained: Decimal) -> Statement | None:
    """What a reader computes: the product for a total that follows, the quotient for an average that follows."""
    number = (base.figure.value if base else Decimal(1)) * (times or 1) * chained
    if number <= 0:
        return None
    ordered = sorted([t for t in (each.term, total, base) if t is not None], key=lambda t: t.figure.start)
    if ordered[-1].figure.start - ordered[0].figure.end > 2 * APART or any(len(t.gap) > APART for t in ordered[1:]):
        return None
    formula_number = "×".join(
        [*([plain(base.figure.value)] if base else []), *([str(times)] if times else []), *([plain(chained)] if chained != 1 else [])]
    )
    if total.figure.start > each.term.figure.start:
        computed, printed, kind = value(each.term) * number, total, "product"
        formula = f"{formula_number}×{plain(value(each.term))}={plain(computed)}"
        if base is not None and not _TOTAL.search(total.gap) and not _shared(total.lead, each.term.lead):
            return None
    else:
        computed, printed, kind = value(total) / number, each.term, "average"
        formula = f"{plain(value(total))}÷{formula_number}={rounded(computed)}"
    if not value(printed) / OFF <= computed <= value(printed) * OFF:
        return None
    worth = dimension(printed.figure.unit)[1]
    return statement(run.text, run.quote(ordered[0], ordered[-1]), kind, printed.figure, computed / worth, formula, False)
