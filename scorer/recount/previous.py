"""This year's report against last year's: what it calls last year's figure, and what that report itself said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.report import Report
from scorer.recount.across import quantities, roughly
from scorer.recount.model import Extent, Statement, extents, fits, plain
from scorer.text.figures import Figure
from scorer.vocabulary import Arithmetic

_PAST = re.compile("(?:上年|去年|上一年|(?P<year>(?:19|20)\\d\\d)年)(?:度)?(?:同期)?(?:的|为|是|有|仅为|只有|仅|共)*\\Z")
_CHANGE = re.compile("(?:[较比](?:上年|去年|上一年)(?:度)?(?:同期)?|同比)(?P<way>增加|增长|上升|多|减少|下降|少)(?:了)?(?:约|近)?\\Z")
_DOWN = ("减少", "下降", "少")
NEAR = 20


class Fact(NamedTuple):
    """What a report states for its whole year: what is counted, the figure, and how it is printed."""

    key: str
    figure: Figure
    printed: str


def facts(report: Report) -> tuple[Fact, ...]:
    """The quantities of a report that are stated once, or always with one value."""
    found: dict[tuple[str, str], Fact] = {}
    doubtful: set[tuple[str, str]] = set()
    for quantity in quantities(report):
        name = (quantity.key, quantity.figure.unit)
        fact = Fact(quantity.key, quantity.figure, report.text[quantity.figure.start : quantity.figure.end])
        if found.setdefault(name, fact).figure.value != fact.figure.value:
            doubtful.add(name)
    return tuple(fact for name, fact in found.items() if name not in doubtful)


def against_previous(report: Report, last: Sequence[Fact], last_year: int | None) -> Iterator[Statement]:
    """Contradictions between what a report says of the year before and the facts of that year's report.

    Nothing is compared unless the years of both reports are known and follow one another.
    """
    year = report.metadata.report_year
    if year is None or last_year != year - 1:
        return
    known = {(fact.key, fact.figure.unit): fact for fact in last}
    for quantity in quantities(report):
        fact = known.get((quantity.key, quantity.figure.unit))
        following = next((f for f in quantity.sentence.figures if f.start > quantity.figure.start), None)
        if fact is None or following is None or following.start - quantity.figure.end > NEAR or not following.exact:
            continue
        found = _compared(report, quantity.figure, following, fact, last_year)
        if found is not None:
            yield found


def _compared(report: Report, now: Figure, said: Figure, fact: Fact, last_year: int) -> Statement | None:
    text = report.text
    lead = text[now.end : said.start]
    if "。" in lead or lead.count(",") > 1 or "其中" in lead:
        return None
    span = Span(now.start, said.end)
    printed = text[said.start : said.end]
    past, change = _PAST.search(lead), _CHANGE.search(lead)
    formula = f"上年的报告写的是{fact.printed}"
    if past and said.unit == fact.figure.unit:
        if (past["year"] and int(past["year"]) != last_year) or said.value == fact.figure.value or roughly(said, fact.figure):
            return None
        return _finding(span, printed, fact.printed, formula)
    if not change:
        return None
    was, became = extents(fact.figure, now)
    sign = -1 if change["way"] in _DOWN else 1
    size = Extent((became.low - was.high), (became.high - was.low)) if sign > 0 else Extent(was.low - became.high, was.high - became.low)
    value = (now.value - fact.figure.value) * sign
    if said.unit == fact.figure.unit and not said.rate:
        if fits(said, size):
            return None
        shown = f"{plain(value)}{said.unit}" if value >= 0 else f"{'减少' if sign > 0 else '增加'}{plain(-value)}{said.unit}"
    elif said.unit == "%" and not now.rate and was.low > 0:
        if fits(said, Extent(size.low * 100 / was.high, size.high * 100 / was.low)):
            return None
        shown = f"{value * 100 / fact.figure.value:.2f}%"
    else:
        return None
    return _finding(span, printed, shown, formula)


def _finding(span: Span, printed: str, computed: str, formula: str) -> Statement:
    return Statement(span, "previous", printed, computed, formula, Arithmetic.INCONSISTENT, computed)
