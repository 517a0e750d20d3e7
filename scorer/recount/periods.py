"""Parts of a year and the year: 上半年150件，下半年160件，全年310件; quarters, months, and a part greater than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from scorer.recount.model import Extent, Statement, extents, fits, plain, statement
from scorer.recount.rows import Run, Term, by_unit
from scorer.text.numerals import chinese_number

Months = tuple[int, int]
YEAR: Months = (1, 12)
_N = "[\\d一二三四五六七八九十两]{1,2}"
_PERIOD = re.compile(
    rf"(?P<half>[上下前后]半年|[前后]六个月)|(?P<many>[前后])(?P<quarters>[一二三两1-3])个?季度?(?![月])|第?(?P<quarter>[一二三四1-4])季度|"
    rf"(?P<from>{_N})月?(?:份)?(?:至|-|到)(?P<to>{_N})月|前(?P<months>{_N})个月|(?<!个)(?P<month>{_N})月份?|"
    rf"(?P<year>全年(?:12个月)?|十二个月|年度|年内|一年|今年|去年|本年度?|(?:19|20)\d\d年|[二〇一三四五六七八九]{{4}}年)"
)
_LISTED = re.compile(
    rf"(?:(?P<all>四个季度|第?一至第?四季度|各季度)|(?P<row>(?:第?[一二三四]季度|{_N}月)(?:、(?:第?[一二三四]季度|{_N}月)){{1,12}}(?:和(?:第?[一二三四]季度|{_N}月))?))"
    r"[^\d,。;]{0,10}(?:分别|依次)"
)
_YEARS = re.compile(r"(?:19|20)\d\d年")
_OTHER = re.compile("同比|增长|增加|减少|下降|较|比|计划|目标|任务|其余月份|平均|[日月]均|最")
_FURTHER = re.compile("等(?!级)|另有|截至|累计")
LEAD_MAX = 26


def periods(run: Run) -> Iterator[Statement]:
    """Sums over the parts of a year, and parts that are greater than what holds them."""
    if len(set(_YEARS.findall(run.words))) > 1 or _FURTHER.search(run.words):
        return
    for group in by_unit(run.terms):
        labelled = _labelled(group)
        if len(labelled) < 2 or any(not t.figure.exact for t, _ in labelled):
            continue
        yield from _sums(run, labelled)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else (2 if words == "两" else chinese_number(words) or 0)


def _months(said: re.Match[str]) -> Months | None:
    if said["half"]:
        return (1, 6) if said["half"][0] in "上前" else (7, 12)
    if said["quarters"]:
        months = 3 * _number(said["quarters"])
        return (1, months) if said["many"] == "前" else (13 - months, 12)
    if said["quarter"]:
        last = 3 * _number(said["quarter"])
        return (last - 2, last)
    if said["from"]:
        first, last = _number(said["from"]), _number(said["to"])
        return (first, last) if 1 <= first < last <= 12 else None
    if said["months"]:
        return (1, _number(said["months"])) if 1 <= _number(said["months"]) <= 12 else None
    if said["month"]:
        month = _number(said["month"])
        return (month, month) if 1 <= month <= 12 else None
    return YEAR


def _labelled(group: Sequence[Term]) -> list[tuple[Term, Months]]:
    """The figures of a group with the months they are of; none where one has no period at all."""
    found: list[tuple[Term, Months]] = []
    queue: list[Months] = []
    for term in group:
        listed = _LISTED.search(term.gap)
        if listed:
            if listed["all"]:
                queue = [(1, 3), (4, 6), (7, 9), (10, 12)]
            else:
                queue = [m for p in _PERIOD.finditer(listed["row"]) if (m := _months(p))]
        if queue:
            found.append((term, queue.pop(0)))
            continue
        if _OTHER.search(term.lead) or len(term.lead) > LEAD_MAX:
            return []
        said = list(_PERIOD.finditer(term.lead))
        before = list(_PERIOD.finditer(term.gap[: len(term.gap) - len(term.lead)]))[-1:] if not said else []
        period = _months((said or before)[-1]) if said or before else None
        if period is None and not found:
            period = YEAR
        if period is None:
            return []
        found.append((term, period))
    return found if len({term.figure.start for term, _ in found}) == len(found) else []


def _sums(run: Run, labelled: Sequence[tuple[Term, Months]]) -> Iterator[Statement]:
    if len({months for _, months in labelled}) != len(labelled) or len(labelled) > 8:
        return
    for whole, (first, last) in labelled:
        inside = [(t, m) for t, m in labelled if t is not whole and first <= m[0] and m[1] <= last]
        for count in range(2, len(inside) + 1):
            for parts in combinations(inside, count):
                if not _covers(sorted(m for _, m in parts), first, last):
                    continue
                terms = [t for t, _ in parts]
                spans = extents(whole.figure, *(t.figure for t in terms))
                total = Extent.exactly(0)
                for span in spans[1:]:
                    total += span
                value = sum((t.figure.value for t in terms), start=whole.figure.value * 0)
                formula = f"{'+'.join(plain(t.figure.value) for t in terms)}={plain(value)}"
                yield statement(run.text, _span(run, [whole, *terms]), "total", whole.figure, value, formula, fits(whole.figure, total))
                return
    for whole, (first, last) in labelled:
        for part, months in labelled:
            if (
                part is not whole
                and first <= months[0]
                and months[1] <= last
                and part.figure.value > whole.figure.value + whole.figure.step
            ):
                formula = f"{plain(part.figure.value)}>{plain(whole.figure.value)}，部分大于全部"
                shown = f"不超过{run.text[whole.figure.start : whole.figure.end]}"
                yield statement(run.text, _span(run, [whole, part]), "limit", part.figure, whole.figure.value, formula, False, shown=shown)
                return


def _covers(rows: Sequence[Months], first: int, last: int) -> bool:
    at = first
    for a, b in rows:
        if a != at:
            return False
        at = b + 1
    return at == last + 1


def _span(run: Run, group: Sequence[Term]):  # type: ignore[no-untyped-def]
    return run.quote(min(group, key=lambda t: t.figure.start), max(group, key=lambda t: t.figure.end))
