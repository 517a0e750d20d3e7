"""Kinds ``title``, ``field`` and ``numbering``: the form of the document (guide: form.*)."""

from __future__ import annotations

import re

from scorer.checks.base import FAULTS_MAX, Case, NearMiss, Outcome, title_span
from scorer.document import UNFILLED, Span
from scorer.parsing.headings import Heading
from scorer.parsing.report import Report
from scorer.rulepack.model import Rule
from scorer.text.places import SUFFIX
from scorer.vocabulary import Status

OLDER_BEFORE = 2016
FIELD_NAMES = {
    "title": "标题",
    "issuer": "发文机关",
    "addressee": "主送机关",
    "document_date": "成文日期",
    "publication_date": "公开发布日期",
    "index_number": "索引号",
    "document_number": "发文字号",
}
PLACE_NAMES = {"header": "页面信息栏", "signature": "落款", "body": "正文", "title": "标题", "option": "使用者给出", "file": "文件属性"}


def title(case: Case, rule: Rule) -> Outcome:
    """Organ or place, year and subject with genre; one of the three absent is partial."""
    report = case.report
    span = title_span(report)
    if span is None:
        return Outcome(Status.MISSING, "没有找到法治政府建设年度报告的标题。", searched="全文开头")
    year = report.metadata.report_year
    subject = report.hits.any(rule.set("subject"), *span)
    if not subject and year is not None and year < OLDER_BEFORE:
        subject = report.hits.any(rule.set("older-subject"), *span)
    genre = report.hits.any(rule.set("genre"), *span)
    text = report.text[span.start : span.end]
    dated = bool(re.search(r"(?:19|20)\d\d年?|二[〇零○][一二三四五六七八九〇零○]{2}年", text))
    named = (report.metadata.issuer is not None and report.metadata.issuer.place == "title") or _names_place(text)
    lacking = [
        word for word, there in (("机关或地区名称", named), ("年份", dated), ("“法治政府建设”和文种", subject and genre)) if not there
    ]
    if UNFILLED in text:
        return Outcome(Status.PARTIAL, "标题还有空格没有填。", (span,), faults=(NearMiss(span, "标题还有空格没有填"),))
    if not lacking:
        return Outcome(Status.MET, "标题写明了机关（地区）、年份和事项。", (span,))
    faults = (NearMiss(span, f"标题缺少{'、'.join(lacking)}"),)
    if len(lacking) < 3:
        return Outcome(Status.PARTIAL, f"标题缺少{'、'.join(lacking)}。", (span,), faults=faults)
    return Outcome(Status.MISSING, "标题不是法治政府建设年度报告的标题。", (span,), faults=faults)


def _names_place(text: str) -> bool:
    head = re.split(r"关于|(?:19|20)\d\d年|法治政府|依法行政", text)[0]
    return bool(re.search(rf"{SUFFIX}|局|厅|委|办|部|政府|院|中心", head))


def field(case: Case, rule: Rule) -> Outcome:
    """A fact that the page must give: met, partial where it can only be inferred, missing."""
    report = case.report
    name = rule.params["field"]
    words = FIELD_NAMES[name]
    datum = getattr(report.metadata, name)
    if name == "issuer":
        datum = report.metadata.publisher or datum
    if datum is None or (name == "addressee" and datum.span and not report.text[datum.span.start : datum.span.end].endswith(":")):
        # 受…委托，我向…报告 in a sentence is no line of its own.
        return Outcome(Status.MISSING, f"没有写明{words}。", searched="页面信息栏、标题下方、正文开头和落款")
    evidence = (datum.span,) if datum.span else ()
    if datum.place in rule.params.get("partial-from", ()):
        return Outcome(Status.PARTIAL, f"{words}只能从{PLACE_NAMES[datum.place]}推知，没有署名，也没有写在页面信息栏。", evidence)
    return Outcome(Status.MET, f"{PLACE_NAMES[datum.place]}写明了{words}：{datum.value}。", evidence)


def numbering(case: Case, rule: Rule) -> Outcome:
    """Hierarchical numbering without gap, repeat or skipped level."""
    report = case.report
    numbered = [heading for heading in report.headings if heading.mark is not None]
    length = sum(line.span.end - line.span.start for line in report.body)
    if not numbered:
        if length > rule.params["long-text"]:
            return Outcome(Status.PARTIAL, "正文较长而没有层次序数（一、（一）1.（1）），不便查阅。", searched="正文各段段首")
        return Outcome(Status.MET, "短文，不用层次序数也可以。")
    slips = _slips(report, numbered)
    if not slips:
        first = tuple(heading.span for heading in numbered[:2])
        return Outcome(Status.MET, "层次序数连贯，没有跳号、重号和越级。", first)
    words = "；".join(message for _, message in slips[:6])
    spans = tuple(span for span, _ in slips[:6])
    faults = tuple(NearMiss(span, message) for span, message in slips[:FAULTS_MAX])
    if len(slips) <= rule.params["few-slips"]:
        return Outcome(Status.PARTIAL, f"层次序数有{len(slips)}处差错：{words}。", spans, faults=faults)
    return Outcome(Status.MISSING, f"层次序数有{len(slips)}处差错：{words}{'等' if len(slips) > 6 else ''}。", spans, faults=faults)


def _slips(report: Report, headings: list[Heading]) -> list[tuple[Span, str]]:
    """Gaps, repeats and skipped levels, with what is wrong."""
    slips: list[tuple[Span, str]] = []
    last: dict[int, tuple[int, str]] = {}
    open_levels: list[int] = []
    skips: set[tuple[int, int]] = set()
    ended: dict[int, int] = {}
    for heading in headings:
        level, mark = heading.level, heading.mark or 0
        label = report.quote(Span(heading.span.start, heading.title.start)).quote.strip(" 　、.．")
        while open_levels and open_levels[-1] > level:
            closed = open_levels.pop()
            ended[closed] = last.pop(closed, (0, ""))[0]
        if level in last:
            before, named = last[level]
            if mark == before:
                slips.append((heading.span, f"“{label}”用了两次"))
            elif mark != before + 1:
                slips.append((heading.span, f"“{named}”之后直接是“{label}”"))
        else:
            # Items may also be numbered straight through all parts (1. to 22.).
            if mark not in (1, ended.get(level, 0) + 1):
                slips.append((heading.span, f"这一层从“{label}”开始，没有第一项"))
            above = open_levels[-1] if open_levels else None
            if above is not None and level - above > 1 and (above, level) not in skips and level <= 3:
                skips.add((above, level))
                slips.append((heading.span, f"“{label}”跳过了上一层序数"))
            open_levels.append(level)
        last[level] = mark, label
    return slips
