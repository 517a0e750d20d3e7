"""Kinds ``deadline`` and ``date-order``: reporting and publishing in time (guide: timing.*)."""

from __future__ import annotations

import datetime

from scorer.checks.base import Case, NearMiss, Outcome
from scorer.checks.form import FIELD_NAMES
from scorer.parsing.metadata import Datum
from scorer.rulepack.model import Rule
from scorer.vocabulary import Status


def deadline(case: Case, rule: Rule) -> Outcome:
    """The first known of the dates is before the day of the year after the report year."""
    report = case.report
    metadata = report.metadata
    level = metadata.level or ""
    month, day = map(int, rule.params.get("before-by-level", {}).get(level, rule.params["before"]).split("-"))
    names = rule.params["dates"]
    known: list[tuple[str, Datum]] = [(name, datum) for name in names if (datum := getattr(metadata, name)) is not None]
    # The day on which it was handed in is the fact itself; the day of the document only stands in for it.
    handed_in = metadata.submission_date if "document_date" in names else None
    if handed_in is not None:
        known = [("document_date", handed_in), *(pair for pair in known if pair[0] != "document_date")]
    wanted = "、".join(FIELD_NAMES[name] for name in names)
    if not known:
        return Outcome(Status.NEEDS_REVIEW, f"文中未见{wanted}，无法判断是否按时，请核实。", searched="页面信息栏、标题下方和落款")
    if metadata.report_year is None:
        return Outcome(Status.NEEDS_REVIEW, "不能确定报告年度，无法判断是否按时，请核实。")
    limit = datetime.date(metadata.report_year + 1, month, day)
    name, datum = known[0]
    evidence = (datum.span,) if datum.span else ()
    date = datetime.date.fromisoformat(datum.value)
    shown = f"{'报送日期' if datum is handed_in else FIELD_NAMES[name]}为{datum.value}"
    limit_words = f"{limit.year}年{limit.month}月{limit.day}日前"
    if date is not None and date < limit:
        return Outcome(Status.MET, f"{shown}，在{limit_words}。", evidence)
    if name != rule.params.get("decisive", name):
        return Outcome(Status.NEEDS_REVIEW, f"只有{shown}，不在{limit_words}；公开晚于报送，报送日期请核实。", evidence)
    words = f"逾期：{shown}，应于{limit_words}{'公开' if name == 'publication_date' else '报送'}"
    return Outcome(Status.MISSING, f"{words}。", evidence, faults=tuple(NearMiss(span, words) for span in evidence))


def date_order(case: Case, rule: Rule) -> Outcome:
    """The first date is not after the second."""
    report = case.report
    first_name, then_name = rule.params["first"], rule.params["then"]
    first, then = report.metadata.date(first_name), report.metadata.date(then_name)
    data = [getattr(report.metadata, name) for name in (first_name, then_name)]
    evidence = tuple(datum.span for datum in data if datum and datum.span)
    if first is None or then is None:
        absent = FIELD_NAMES[first_name if first is None else then_name]
        return Outcome(Status.NEEDS_REVIEW, f"文中未见{absent}，无法比较先后。", evidence)
    if first <= then:
        return Outcome(Status.MET, f"{FIELD_NAMES[first_name]}{first}不晚于{FIELD_NAMES[then_name]}{then}。", evidence)
    words = f"{FIELD_NAMES[first_name]}{first}晚于{FIELD_NAMES[then_name]}{then}，其中一个日期有误"
    return Outcome(Status.MISSING, f"{words}。", evidence, faults=tuple(NearMiss(span, words) for span in evidence[:1]))
