"""Averages beyond what every one of them kept to: 均在60日内审结，平均审理期限为73天; and averages of a passage with two counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scorer.document import Span
from scorer.recount.model import Statement, extents, fits, plain, rounded, statement
from scorer.recount.rows import Run, Term
from scorer.recount.triples import kindred
from scorer.text.numerals import NUMERAL, chinese_number
from scorer.vocabulary import Arithmetic

_LENGTH = re.compile(rf"(?P<n>\d{{1,4}}(?:\.\d)?|[{NUMERAL}]{{1,5}})个?(?P<unit>工作日|小时|日|天)(?!办结率)")
_EVERY = re.compile("所有|均[在于]|均按|一律|无一[^,。;]{0,3}|全部在|最长|最慢|最高")
_LIMIT = re.compile("内|法定|时限|期限|不超过|超出|最长|最慢")
_AVERAGE = re.compile(r"平均|均[^,。;\d]{0,8}\Z")
_EACH = re.compile(
    r"平均每?(?P<per>[^\W\d_]{0,6})|每[^\W\d_]{1,6}平均|(?P<one>[人宗件案场期户家单台季]).{0,2}均|每(?P<per2>[^\W\d_]{1,4})平均"
)
_YEARS = re.compile("(?P<n>[两二三四五六七八九十]|[2-9])年(?:来|间|累计|共|合计|总)")
_LOOSE = re.compile("等(?!级|次|待)|以上|最多|最少|提高|增加|下降|较|比")
_NOT_EACH = re.compile("率|成本|年龄|期限|时限|法定|承诺")


def ceilings(run: Run) -> Iterator[Statement]:
    """An average above the limit that none exceeded, or above the greatest of all."""
    if "均" not in run.words or not _EVERY.search(run.words) or re.search("延长|除|另|扣除", run.words):
        return
    found = [(said, _number(said["n"])) for said in _LENGTH.finditer(run.words)]
    averages = [(said, n) for said, n in found if n and _AVERAGE.search(run.words[max(0, said.start() - 10) : said.start()])]
    others = [(said, n) for said, n in found if n and (said, n) not in averages and _limits(run, said)]
    if len(averages) != 1 or not others:
        return
    (average, value), (limit, most) = averages[0], max(others, key=lambda pair: pair[1])
    if _unit(average["unit"]) != _unit(limit["unit"]) or value <= most:
        return
    start, end = min(average.start(), limit.start()), max(average.end(), limit.end())
    formula = f"{plain(value)}>{plain(most)}，平均数不会大于最大的数"
    span = Span(run.span.start + start, run.span.start + end)
    yield Statement(span, "average", average.group(), f"不超过{limit.group()}", formula, Arithmetic.INCONSISTENT, f"不超过{limit.group()}")


def _limits(run: Run, said: re.Match[str]) -> bool:
    around = run.words[max(0, said.start() - 8) : said.end() + 6]
    return bool(_LIMIT.search(around)) and "平均" not in run.words[max(0, said.start() - 8) : said.start()]


def _number(words: str) -> Decimal:
    if words[0].isdigit():
        return Decimal(words)
    return Decimal(chinese_number(words) or 0)


def _unit(unit: str) -> str:
    return "日" if unit == "天" else unit


def means(run: Run) -> Iterator[Statement]:
    """A total, a number and an average, in whatever order, with nothing else in the passage."""
    terms = [t for t in run.terms if t.figure.unit]
    if _LOOSE.search(run.words) or any(not t.figure.exact for t in terms) or len(run.words) > 90:
        return
    means = [t for t in terms if t.counted and _EACH.search(t.lead) and not _NOT_EACH.search(t.lead)]
    if len(means) != 1 or not all(t.counted for t in terms):
        return
    mean = means[0]
    others = [t for t in terms if t is not mean]
    if len(others) == 1:
        yield from _yearly(run, others[0], mean)
        return
    said = _EACH.search(mean.lead)
    if len(others) != 2 or said is None or re.search("[平]?均每[日天月周季]|[日月周年天]均", mean.lead):
        return
    for total, number in (others, others[::-1]):
        if number.figure.value > 0 and fits(mean.figure, extents(total.figure)[0].over(extents(number.figure)[0])):
            return
    totals = [t for t in others if kindred(t.figure.unit, mean.figure.unit) or t.figure.unit == mean.figure.unit]
    if len(totals) == 2:
        totals = [t for t in totals if t.figure.unit == mean.figure.unit and not _of(t, said)]
    if len(totals) != 1:
        return
    total = totals[0]
    number = next(t for t in others if t is not total)
    if number.figure.value <= 0 or not (_of(number, said) or (said["per"] == "得分" and "合计" in total.lead)):
        return
    value = total.figure.value / number.figure.value
    formula = f"{plain(total.figure.value)}÷{plain(number.figure.value)}={rounded(value)}"
    span = run.quote(min(terms, key=lambda t: t.figure.start), max(terms, key=lambda t: t.figure.start))
    yield statement(run.text, span, "average", mean.figure, value, formula, False)


def _of(number: Term, said: re.Match[str]) -> bool:
    """Whether a count is of the things over which the average is taken."""
    per = (said["per"] or said["per2"] or said["one"] or "").removeprefix("每").removeprefix("一")
    unit = number.figure.unit
    return bool(per) and (kindred(unit, per[:1]) or unit.startswith(per[:1]) or per[:1] in unit or per[:2] in number.words)


def _yearly(run: Run, total: Term, mean: Term) -> Iterator[Statement]:
    """三年累计270次，年均90次."""
    years = _YEARS.search(run.words)
    if not years or "年均" not in mean.lead or total.figure.unit != mean.figure.unit or re.search("率|增", mean.lead):
        return
    count = _number(years["n"])
    value = total.figure.value / count
    if count and not fits(mean.figure, extents(total.figure)[0].over(extents(total.figure)[0].exactly(count))):
        formula = f"{plain(total.figure.value)}÷{plain(count)}={rounded(value)}"
        yield statement(run.text, run.quote(total, mean), "average", mean.figure, value, formula, False)
