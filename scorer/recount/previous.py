"""This year's report against last year's: what it calls last year's figure, and what that report itself said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scorer.document import Span
from scorer.parsing.identify import why_no_report
from scorer.parsing.report import Report
from scorer.recount.across import quantities, roughly
from scorer.recount.model import Extent, Statement, extents, fits, plain
from scorer.text.figures import Figure
from scorer.text.names import same_unit
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


class Beside(NamedTuple):
    """What came of holding a report to another that was given as last year's: what is said of it, and the contradictions."""

    note: str
    statements: tuple[Statement, ...] = ()


def beside(report: Report, last: Report) -> Beside:
    """A report held to last year's. Where the other is no report, of another unit or of another year, that is said and nothing compared."""
    if misfit := _misfit(report, last):
        return Beside(misfit)
    compared = [found for _, found in _held(report, facts(last), last.metadata.report_year or 0)]
    wrong = tuple(statement for found in compared for statement in found)
    lead = f"已与上年（{last.metadata.report_year}年度）的报告对照："
    doubt = "" if report.metadata.issuer and last.metadata.issuer else "两份报告没有都认出机关，请确认是同一单位的。"
    if not compared:
        return Beside(f"{lead}本年报告没有说到上年报告里也写了的数字，没有可以核对的。{doubt}")
    result = f"其中{len(wrong)}处对不上，见数字核对" if wrong else "都对得上"
    return Beside(f"{lead}本年报告说到的上年数字，有{len(compared)}处上年报告里也写了，{result}。{doubt}", wrong)


def _misfit(report: Report, last: Report) -> str:
    """Why nothing can be compared, or nothing."""
    if reason := why_no_report(last):
        return f"给出的上年报告不像一份法治政府建设年度报告（{reason}），没有与它对照。"
    mine, theirs = report.metadata, last.metadata
    if mine.issuer and theirs.issuer and not same_unit(mine.issuer.value, theirs.issuer.value):
        return (
            f"给出的上年报告是“{theirs.issuer.value}”的，本报告是“{mine.issuer.value}”的，看来不是同一单位，没有与它对照；"
            "单位改过名的请人工对照。"
        )
    if mine.report_year is None or theirs.report_year is None:
        return f"没有认出{'本报告' if mine.report_year is None else '上年报告'}的报告年度，没有与上年报告对照。"
    if theirs.report_year != mine.report_year - 1:
        return f"给出的上年报告是{theirs.report_year}年度的，不是上一年度（{mine.report_year - 1}年度）的，没有与它对照。"
    return ""


def against_previous(report: Report, last: Sequence[Fact], last_year: int | None) -> Iterator[Statement]:
    """Contradictions between what a report says of the year before and the facts of that year's report.

    Nothing is compared unless the years of both reports are known and follow one another.
    """
    year = report.metadata.report_year
    if year is None or last_year != year - 1:
        return
    for _, found in _held(report, last, last_year):
        yield from found


def _held(report: Report, last: Sequence[Fact], last_year: int) -> Iterator[tuple[Fact, tuple[Statement, ...]]]:
    """Each place that can be compared: the fact of last year's report, and the contradiction if there is one."""
    known = {(fact.key, fact.figure.unit): fact for fact in last}
    for quantity in quantities(report):
        fact = known.get((quantity.key, quantity.figure.unit))
        following = next((f for f in quantity.sentence.figures if f.start > quantity.figure.start), None)
        if fact is None or following is None or following.start - quantity.figure.end > NEAR or not following.exact:
            continue
        found = _compared(report, quantity.figure, following, fact, last_year)
        if found is not None:
            yield fact, found


def _compared(report: Report, now: Figure, said: Figure, fact: Fact, last_year: int) -> tuple[Statement, ...] | None:
    """The contradiction, nothing where both agree, None where they do not speak of the same."""
    text = report.text
    lead = text[now.end : said.start]
    if "。" in lead or lead.count(",") > 1 or "其中" in lead:
        return None
    span = Span(now.start, said.end)
    printed = text[said.start : said.end]
    past, change = _PAST.search(lead), _CHANGE.search(lead)
    formula = f"上年的报告写的是{fact.printed}"
    if past and said.unit == fact.figure.unit:
        if past["year"] and int(past["year"]) != last_year:
            return None
        if said.value == fact.figure.value or roughly(said, fact.figure):
            return ()
        return _finding(span, printed, fact.printed, formula)
    if not change:
        return None
    was, became = extents(fact.figure, now)
    sign = -1 if change["way"] in _DOWN else 1
    size = Extent((became.low - was.high), (became.high - was.low)) if sign > 0 else Extent(was.low - became.high, was.high - became.low)
    value = (now.value - fact.figure.value) * sign
    if said.unit == fact.figure.unit and not said.rate:
        if fits(said, size):
            return ()
        shown = f"{plain(value)}{said.unit}" if value >= 0 else f"{'减少' if sign > 0 else '增加'}{plain(-value)}{said.unit}"
    elif said.unit == "%" and not now.rate and was.low > 0:
        if fits(said, Extent(size.low * 100 / was.high, size.high * 100 / was.low)):
            return ()
        shown = f"{value * 100 / fact.figure.value:.2f}%"
    else:
        return None
    return _finding(span, printed, shown, formula)


def _finding(span: Span, printed: str, computed: str, formula: str) -> tuple[Statement, ...]:
    return (Statement(span, "previous", printed, computed, formula, Arithmetic.INCONSISTENT, computed),)
